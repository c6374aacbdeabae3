"""Text against rule: a band or grade whose condition holds other numbers than its text says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kinerja.checks.lines import Table, tables
from kinerja.checks.settled import settled
from kinerja.checks.words import numbers_of
from kinerja.errors import Diagnostic
from kinerja.intervals import Interval, IntervalSet
from kinerja.plan import Plan

__all__ = ["texts"]

SOME = IntervalSet.of(Interval(Fraction(0), low_closed=False))


def texts(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every band or grade that holds a number which its text excludes, or the other way round.

    A reading accounts for what it settles: `gap` for numbers that no text of the node names, `overlap` for those that
    several name, `text` for the lines whose condition its alternatives change.
    """
    for table in tables(plan):
        spoken = _spoken(table)
        kinds = frozenset[str]().union(*(settled(plan, table.node, part) for part in table.parts))
        for line in table.lines:
            if line.id not in spoken or "text" in settled(plan, table.node, *line.inside, "when"):
                continue
            region = _differing(line.held & table.whole, line.id, spoken, kinds)
            if not region.is_empty:
                assert line.said.numbers is not None
                values = {
                    "text": line.text,
                    "said": numbers_of(line.said.numbers),
                    "held": numbers_of(line.held & table.whole),
                }
                yield Diagnostic("K213", (*line.location, "when"), {**values, "region": numbers_of(region)})


def _spoken(table: Table) -> dict[str, IntervalSet]:
    """
    The numbers that each text speaks of, where all of it is understood.

    Beside a line for none, the other lines speak of some, unless they name 0 themselves.
    """
    has_none = any(line.said.is_none for line in table.lines)
    found = {}
    for line in table.lines:
        numbers = line.said.numbers
        if numbers is None or line.said.unread:
            continue
        if has_none and not line.said.is_none and 0 not in numbers.cuts():
            numbers = numbers & SOME
        found[line.id] = numbers.on_step(table.whole.step) & table.whole
    return found


def _differing(
    held: IntervalSet, name: str, spoken: dict[str, IntervalSet], kinds: frozenset[str]
) -> IntervalSet:
    """What a condition and its text do not share, but for what a gap or an overlap of the texts accounts for."""
    added, missed = held - spoken[name], spoken[name] - held
    for other, numbers in spoken.items():
        if "overlap" in kinds and other != name:
            missed = missed - numbers
    if "gap" in kinds:
        named = spoken[name]
        for numbers in spoken.values():
            named = named | numbers
        added = added & named
    return added | missed
