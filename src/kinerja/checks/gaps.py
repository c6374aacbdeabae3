"""Gap: an answer inside the domain that no band holds."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.cells import configurations, domain
from kinerja.checks.words import key_of, said
from kinerja.errors import Diagnostic
from kinerja.intervals import IntervalSet
from kinerja.plan import Plan, PlannedIndicator

__all__ = ["gaps"]


def gaps(plan: Plan) -> Iterator[Diagnostic]:
    """Every stretch of a measure, or combination of answers, that no band of its indicator holds."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator) and node.bands:
            location = (*node.location, key_of(node))
            region = _uncovered(plan, node)
            if region:
                yield Diagnostic("K203", location, {"name": node.path, "region": region})


def _uncovered(plan: Plan, node: PlannedIndicator) -> str:
    measure = node.measure
    if measure is not None and node.regions is not None:
        whole = domain(measure)
        covered = IntervalSet.of(step=whole.step)
        for band in node.bands:
            covered = covered | band.rule.numbers(step=whole.step)
        left = whole - covered
        return "" if left.is_empty else str(left)
    for configuration in configurations(plan, [band.rule for band in node.bands]) or ():
        if not any(band.rule.holds(configuration) for band in node.bands):
            return said(configuration)
    return ""
