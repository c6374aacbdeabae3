"""
Finite sets of exact numbers on a common grid, kept as the bits of one integer.

What totals can occur is a sum of sums: nine indicators with five scores each make two million sheets and a few
hundred totals.  Adding a set to a set is a shift for each number of the smaller one, however large the other is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import gcd

from attrs import field, frozen

__all__ = ["CELLS", "MEMBERS", "Lattice", "TooLargeError"]

#: How wide a set may be, in cells of its grid, and how many members are gone through one by one.
CELLS = 10**8
MEMBERS = 10**6


class TooLargeError(Exception):
    """A set with more cells or members than are gone through."""


@frozen(repr=False)
class Lattice:
    """
    A finite set of numbers; it is canonical, so two sets are equal exactly when they hold the same numbers.

    Raises `TooLargeError` where a set would be wider than `CELLS`, or more than `MEMBERS` would be gone through.

    >>> two = Lattice.of([0, 1, 2])
    >>> list(map(int, two + two)), len(Lattice.of([0, Fraction(1, 3)]) + two)
    ([0, 1, 2, 3, 4], 6)
    """

    offset: Fraction = Fraction(0)
    #: The distance between two cells; 0 for a single number.
    step: Fraction = Fraction(0)
    #: Bit i says whether `offset + i * step` is there; the lowest bit always is, but for the empty set.
    bits: int = field(default=0)

    @classmethod
    def of(cls, numbers: Iterable[Fraction | int]) -> Lattice:
        """The set of these numbers."""
        members = sorted({Fraction(number) for number in numbers})
        if not members:
            return cls()
        first = members[0]
        step = Fraction(0)
        for number in members[1:]:
            step = _common(step, number - first)
        if not step:
            return cls(first, step, 1)
        if (members[-1] - first) / step > CELLS:
            raise TooLargeError
        marks = bytearray(b"0") * (int((members[-1] - first) / step) + 1)
        for number in members:
            marks[-1 - int((number - first) / step)] = 49
        return cls(first, step, int(marks, 2))

    @classmethod
    def steps(cls, low: Fraction, high: Fraction, step: Fraction) -> Lattice:
        """The numbers from `low` to `high`, a step apart."""
        count = int((high - low) / step) + 1
        if count > CELLS:
            raise TooLargeError
        return cls(low, step if count > 1 else Fraction(0), (1 << count) - 1)

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __bool__(self) -> bool:
        return bool(self.bits)

    def __contains__(self, number: Fraction | int) -> bool:
        away = number - self.offset
        if not self.step:
            return bool(self.bits) and not away
        at = away / self.step
        return at.denominator == 1 and at >= 0 and bool(self.bits >> at.numerator & 1)

    def __iter__(self) -> Iterator[Fraction]:
        """Its members in ascending order."""
        marks = bin(self.bits)[:1:-1]
        at = marks.find("1")
        while at >= 0:
            yield self.offset + at * self.step
            at = marks.find("1", at + 1)

    def between(self, low: Fraction, high: Fraction) -> Iterator[Fraction]:
        """
        Its members from `low` to `high`, in ascending order, without going through the others.

        >>> [str(number) for number in Lattice.of([0, 1, 3, 5]).between(Fraction(1), Fraction(4))]
        ['1', '3']
        """
        if len(self) < 2:
            yield from (number for number in self if low <= number <= high)
            return
        first = max(0, -((self.offset - low) // self.step))
        last = (high - self.offset) // self.step
        if last >= first:
            here = self.bits >> first & ((1 << last - first + 1) - 1)
            yield from (self.offset + (first + at) * self.step for at in _places(here))

    def __repr__(self) -> str:
        return f"<Lattice of {len(self)}>"

    def __add__(self, other: Lattice) -> Lattice:
        """Every sum of one member of each."""
        if not self or not other:
            return Lattice()
        step = _common(self.step, other.step)
        if not step:
            return Lattice(self.offset + other.offset, step, 1)
        many, few = sorted((self._on(step), other._on(step)), key=int.bit_count, reverse=True)
        if many.bit_length() + few.bit_length() > CELLS:
            raise TooLargeError
        found = 0
        for shift in _places(few):
            found |= many << shift
        return Lattice(self.offset + other.offset, step, found)

    def __or__(self, other: Lattice) -> Lattice:
        """Every number that is a member of either."""
        if not self or not other:
            return self or other
        first = min(self.offset, other.offset)
        step = _common(_common(self.step, other.step), abs(self.offset - other.offset))
        if not step:
            return self
        here = self._on(step) << int((self.offset - first) / step)
        there = other._on(step) << int((other.offset - first) / step)
        return Lattice(first, step, here | there)

    def linear(self, slope: Fraction, offset: Fraction = Fraction(0)) -> Lattice:
        """Its members times `slope`, plus `offset`."""
        if not self:
            return self
        if not slope:
            return Lattice(offset, Fraction(0), 1)
        if slope > 0:
            return Lattice(self.offset * slope + offset, self.step * slope, self.bits)
        width = self.bits.bit_length() - 1
        turned = int(bin(self.bits)[:1:-1], 2)
        return Lattice((self.offset + width * self.step) * slope + offset, -self.step * slope, turned)

    def mapped(self, change: Callable[[Fraction], Fraction | None]) -> Lattice:
        """What comes of its members one by one; a member that nothing comes of is left out."""
        if len(self) > MEMBERS:
            raise TooLargeError
        return Lattice.of(number for number in map(change, self) if number is not None)

    def _on(self, step: Fraction) -> int:
        """Its bits on a finer grid."""
        if len(self) == 1 or step == self.step:
            return self.bits
        factor = int(self.step / step)
        if self.bits.bit_length() * factor > CELLS:
            raise TooLargeError
        return int(("0" * (factor - 1)).join(f"{self.bits:b}"), 2)


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The widest step that both are multiples of; 0 is a multiple of any."""
    return Fraction(
        gcd(one.numerator * other.denominator, other.numerator * one.denominator),
        one.denominator * other.denominator,
    )


def _places(bits: int) -> Iterator[int]:
    marks = bin(bits)[:1:-1]
    at = marks.find("1")
    while at >= 0:
        yield at
        at = marks.find("1", at + 1)
