"""Scores on the real line, beside the finite sets of `kinerja.lattices`: the same operations, with intervals."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kinerja.intervals import EVERYTHING, Interval, IntervalSet
from kinerja.lattices import Lattice

__all__ = ["ANYWHERE", "Numbers", "Span", "span"]

#: So many pieces are kept apart; of more, only the hull is known.
PIECES = 1_000


@frozen
class Span:
    """Scores on the real line: those that can occur; or, where that is not exact, a set that holds all of them."""

    numbers: IntervalSet
    is_exact: bool = True

    def __bool__(self) -> bool:
        return not self.numbers.is_empty

    def __contains__(self, number: Fraction) -> bool:
        return number in self.numbers

    def __add__(self, other: Numbers) -> Span:
        there = span(other)
        pieces = len(list(self.numbers)) * len(list(there.numbers))
        if pieces > PIECES:
            return Span(_hull(self.numbers) + _hull(there.numbers), is_exact=False)
        return Span(self.numbers + there.numbers, is_exact=self.is_exact and there.is_exact)

    def __or__(self, other: Numbers) -> Span:
        there = span(other)
        return Span(self.numbers | there.numbers, is_exact=self.is_exact and there.is_exact)

    def linear(self, slope: Fraction, offset: Fraction = Fraction(0)) -> Span:
        """The scores times `slope`, plus `offset`."""
        return Span(self.numbers.linear(slope, offset), is_exact=self.is_exact)


Numbers = Lattice | Span

#: A score that can be anything, as far as anybody knows.
ANYWHERE = Span(EVERYTHING, is_exact=False)


def span(numbers: Numbers) -> Span:
    """A finite set among intervals: its points, or its hull where they are many."""
    if isinstance(numbers, Span):
        return numbers
    if len(numbers) <= PIECES:
        return Span(IntervalSet.of(*numbers))
    high = numbers.offset + (numbers.bits.bit_length() - 1) * numbers.step
    return Span(IntervalSet.of(Interval(numbers.offset, high)), is_exact=False)


def _hull(numbers: IntervalSet) -> IntervalSet:
    """The smallest interval that holds all of a set that is not empty."""
    first, *_ = pieces = list(numbers)
    last = pieces[-1]
    return IntervalSet.of(
        Interval(first.low, last.high, low_closed=first.low_closed, high_closed=last.high_closed)
    )
