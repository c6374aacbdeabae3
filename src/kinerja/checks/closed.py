"""Closed: numbers between the printed lines that only a rounding brings to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from kinerja.checks.lines import Table, tables
from kinerja.checks.settled import settled
from kinerja.checks.words import numbers_of
from kinerja.errors import Diagnostic
from kinerja.intervals import Interval, IntervalSet
from kinerja.plan import Plan, PlannedIndicator
from kinerja.plan.parts import Location
from kinerja.writing import Figures

__all__ = ["closed"]


def closed(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every table of bands or grades whose texts leave out numbers between them, where these are rounded away.

    A text as "60 - 70" beside "71 - 80" says nothing of 70.5; how that is rounded decides where it falls.  A reading
    with `settles: gap` or `text` that changes the lines or the rounding accounts for it.
    """
    for table in tables(plan):
        rounding, location = _rounding(table)
        if rounding is None or _settled(plan, table) & {"gap", "text"}:
            continue
        left = _between(table)
        if not left.is_empty:
            values = {"name": table.node.path, "region": numbers_of(left), "to": rounding}
            yield Diagnostic("K248", location, values)


def _settled(plan: Plan, table: Table) -> frozenset[str]:
    """What readings settle at the lines of a table, or at what its numbers are made by."""
    return frozenset[str]().union(*(settled(plan, table.node, part) for part in table.parts))


def _rounding(table: Table) -> tuple[Figures | None, Location]:
    """The step that the numbers of a table are rounded to, and where that stands."""
    node = table.node
    if table.parts[0] == "grades":
        found, location = node.model.round, node.location
    else:
        assert isinstance(node, PlannedIndicator)
        assert node.measure is not None
        found, location = node.measure.rounding, node.measure.location
    return Figures.of(found.to) if found is not None else None, (*location, "round")


def _between(table: Table) -> IntervalSet:
    """What lies between the numbers that the texts name, and holds none that is left after rounding."""
    spoken = [line.said.numbers for line in table.lines if line.text]
    if not spoken or any(each is None for each in spoken) or any(line.said.unread for line in table.lines):
        return IntervalSet.of()
    named = reduce(IntervalSet.__or__, (each for each in spoken if each is not None))
    return IntervalSet.of(
        *(piece for piece in ~named if not _is_outside(piece) and _is_rounded_away(piece, table))
    )


def _is_outside(piece: Interval) -> bool:
    return piece.low is None or piece.high is None


def _is_rounded_away(piece: Interval, table: Table) -> bool:
    return (IntervalSet.of(piece).on_step(table.whole.step) & table.whole).is_empty
