"""Skipped: a printed number that is left out between two rows of one group."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kinerja.checks.printed import printed
from kinerja.checks.settled import settled
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedGroup, PlannedNode

__all__ = ["skipped"]


def skipped(plan: Plan) -> Iterator[Diagnostic]:
    """Every row after whose printed number the count goes on further than to the next."""
    for group in plan.nodes.values():
        if isinstance(group, PlannedGroup):
            for places in _counted(group).values():
                for before, after in pairwise(sorted(places)):
                    row, text = places[before]
                    if after > before + 1 and "numbering" not in settled(plan, row):
                        values = {"number": text, "next": places[after][1], "count": after - before - 1}
                        yield Diagnostic("K217", (*row.location, "number"), values)


def _counted(group: PlannedGroup) -> dict[str, dict[int, tuple[PlannedNode, str]]]:
    """For each stem the places that are taken, each with the last row that takes it and its number."""
    rows = (*group.children, *group.aside)
    found: dict[str, dict[int, tuple[PlannedNode, str]]] = {}
    for row, counts in zip(rows, printed(row.model.number for row in rows), strict=True):
        for count in counts:
            if count.place is not None:
                found.setdefault(count.stem, {})[count.place] = (row, count.text)
    return found
