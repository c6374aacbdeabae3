"""Broken: a step of a ladder that counts for nothing, since one before it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kinerja.checks.settled import settled
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedIndicator

__all__ = ["broken"]


def broken(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every ladder with a step that can be fulfilled without one before it.

    Such an answer scores like one without it.  Where every row of the source repeats the row before, that is one way
    to read it; a reading with `settles: gap` that changes the ladder says so.
    """
    for node in plan.nodes.values():
        if not isinstance(node, PlannedIndicator) or "gap" in settled(plan, node, "ladder"):
            continue
        pairs = combinations(node.ladder, 2)
        found = next(((one, other) for one, other in pairs if not one.needs <= other.needs), None)
        if found is not None:
            assert node.measure is not None
            earlier, later = found
            values = {"name": node.path, "earlier": earlier.id, "later": later.id}
            sheet = {node.measure.name: later.needs}
            yield Diagnostic("K249", (*node.location, "ladder"), {**values, "sheet": sheet})
