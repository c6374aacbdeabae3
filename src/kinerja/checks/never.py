"""Never: a node that applies to no sheet."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.boxes import boxes
from kinerja.errors import Diagnostic
from kinerja.plan import Plan

__all__ = ["never"]


def never(plan: Plan) -> Iterator[Diagnostic]:
    """Every node whose `applies` cannot hold with that of the groups around it; what stands in it is not told."""
    for node in plan.nodes.values():
        if node.applies is not None and boxes(plan, node.around) == [] != boxes(plan, node.around[:-1]):
            yield Diagnostic("K226", (*node.location, "applies"), {"name": node.path})
