"""
Sets of numbers as unions of intervals, over the real line or over the multiples of a step.

A set is always canonical: its pieces are sorted, disjoint, not empty and joined where they touch.
Two sets are therefore equal exactly when they hold the same numbers of the same domain.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor

from attrs import field, frozen

from kinerja.numbers import text

__all__ = ["EVERYTHING", "NOTHING", "Interval", "IntervalSet"]

#: An edge lies between numbers: (0, v, 0) just below v, (0, v, 1) just above it, -1 and 1 first for the two infinities.
Edge = tuple[int, Fraction, int]

_BOTTOM: Edge = (-1, Fraction(0), 0)
_TOP: Edge = (1, Fraction(0), 0)


@frozen
class Interval:
    """
    One piece of the number line; an end of None is unbounded.

    `str()` gives its S-FEEL spelling, `-` where both ends are unbounded.

    >>> str(Interval(Fraction(30), Fraction(40), low_closed=False))
    '(30..40]'
    """

    low: Fraction | None = None
    high: Fraction | None = None
    low_closed: bool = field(default=True, kw_only=True)
    high_closed: bool = field(default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        # An unbounded end is never closed, so that equal intervals compare equal.
        if self.low is None:
            object.__setattr__(self, "low_closed", False)
        if self.high is None:
            object.__setattr__(self, "high_closed", False)

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one number."""
        return self.low is not None and self.low == self.high and self.low_closed and self.high_closed

    def __str__(self) -> str:
        if self.low is None and self.high is None:
            return "-"
        if self.low is None and self.high is not None:
            return f"{'<=' if self.high_closed else '<'} {text(self.high)}"
        if self.high is None and self.low is not None:
            return f"{'>=' if self.low_closed else '>'} {text(self.low)}"
        assert self.low is not None
        assert self.high is not None
        if self.is_point:
            return text(self.low)
        opening, closing = "[" if self.low_closed else "(", "]" if self.high_closed else ")"
        return f"{opening}{text(self.low)}..{text(self.high)}{closing}"

    def _edges(self) -> tuple[Edge, Edge]:
        start = _BOTTOM if self.low is None else (0, self.low, 0 if self.low_closed else 1)
        end = _TOP if self.high is None else (0, self.high, 1 if self.high_closed else 0)
        return start, end


@frozen(repr=False)
class IntervalSet:
    """
    A set of numbers: a union of intervals, on the real line or on the multiples of `step`.

    Made with `IntervalSet.of`, from other sets with `|`, `&`, `-` and `~`, or from a condition.
    Two sets of different steps do not mix: that raises ValueError, since it is the caller's mistake.

    >>> ages = IntervalSet.of(Interval(Fraction(30), Fraction(40)))
    >>> str(~ages), 35 in ages
    ('< 30, > 40', True)
    """

    #: Strictly increasing, even in number; every other gap between them belongs to the set.
    _edges: tuple[Edge, ...] = ()
    step: Fraction | None = None

    @classmethod
    def of(cls, *pieces: Interval | Fraction | int, step: Fraction | None = None) -> IntervalSet:
        """
        The union of these intervals and single numbers; empty intervals are left out.

        >>> str(IntervalSet.of(1, 2, Interval(Fraction(2), Fraction(3)), step=Fraction(1)))
        '[1..3]'
        """
        spans = [p._edges() if isinstance(p, Interval) else _around(Fraction(p)) for p in pieces]
        edges: list[Edge] = []
        for start, end in sorted(span for span in spans if span[0] < span[1]):
            if edges and start <= edges[-1]:
                edges[-1] = max(edges[-1], end)
            else:
                edges += [start, end]
        return cls(tuple(edges)).on_step(step)

    def on_step(self, step: Fraction | None) -> IntervalSet:
        """
        The members that are multiples of `step`, counted from 0; None leaves a dense set dense.

        Raises ValueError for a step that is not above zero, and for a set that has another step already.

        >>> str(IntervalSet.of(Interval(Fraction(1, 2), Fraction(7, 2))).on_step(Fraction(1)))
        '[1..3]'
        """
        if step == self.step:
            return self
        if self.step is not None or step is None:
            raise ValueError(f"a set on step {self.step} cannot be moved to step {step}")
        if step <= 0:
            raise ValueError(f"a step is above 0, not {step}")
        edges: list[Edge] = []
        for edge in self._edges:
            moved = _moved(edge, step)
            # Two edges in one place bound an empty piece or an empty gap: neither is there any more.
            if edges and edges[-1] == moved:
                edges.pop()
            else:
                edges.append(moved)
        return IntervalSet(tuple(edges), step)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no number at all."""
        return not self._edges

    @property
    def count(self) -> int | None:
        """How many numbers it holds; None for infinitely many."""
        total = 0
        for piece in self:
            if piece.low is None or piece.high is None:
                return None
            if piece.low == piece.high:
                total += 1
            elif self.step is None:
                return None
            else:
                total += int((piece.high - piece.low) / self.step) + 1
        return total

    def points(self) -> Iterator[Fraction]:
        """
        Its numbers in ascending order, one at a time; raises ValueError where `count` is None.

        >>> [int(n) for n in IntervalSet.of(Interval(Fraction(1), Fraction(3)), step=Fraction(1)).points()]
        [1, 2, 3]
        """
        if self.count is None:
            raise ValueError(f"{self} holds infinitely many numbers")
        return self._walk()

    def _walk(self) -> Iterator[Fraction]:
        for piece in self:
            assert piece.low is not None
            assert piece.high is not None
            number = piece.low
            yield number
            while self.step is not None and number < piece.high:
                number += self.step
                yield number

    def cuts(self) -> tuple[Fraction, ...]:
        """The distinct end points of its pieces, in ascending order."""
        ends = [end for piece in self for end in (piece.low, piece.high) if end is not None]
        return tuple(dict.fromkeys(ends))

    def example(self) -> Fraction | None:
        """
        One simple member, a whole number or a short decimal where there is one; None for the empty set.

        >>> IntervalSet.of(
        ...     Interval(Fraction(97), Fraction(98), low_closed=False, high_closed=False)
        ... ).example()
        Fraction(971, 10)
        """
        found = [self._simple(piece) for piece in self]
        return min(
            found, key=lambda number: (bool(10**30 % number.denominator), number.denominator), default=None
        )

    def _simple(self, piece: Interval) -> Fraction:
        if piece.low is None and piece.high is None:
            return Fraction(0)
        if piece.is_point or self.step is not None:
            end = piece.low if piece.low is not None else piece.high
            assert end is not None
            return end
        start, end_ = piece._edges()
        unit = Fraction(1)
        while True:
            number = _moved(start, unit)[1] if piece.low is not None else _moved(end_, unit)[1] - unit
            if number in self:
                return number
            unit /= 10

    def covers(self, other: IntervalSet) -> bool:
        """Whether it holds every number of the other set."""
        return (other - self).is_empty

    def __contains__(self, value: Fraction | int) -> bool:
        if self.step is not None and value % self.step:
            return False
        return bisect_right(self._edges, (0, Fraction(value), 0)) % 2 == 1

    def __iter__(self) -> Iterator[Interval]:
        edges = iter(self._edges)
        for start, end in zip(edges, edges, strict=True):
            low = None if start == _BOTTOM else start[1]
            high = None if end == _TOP else end[1]
            if self.step is not None:
                high = None if high is None else high - self.step
                yield Interval(low, high)
            else:
                yield Interval(low, high, low_closed=start[2] == 0, high_closed=end[2] == 1)

    def __or__(self, other: IntervalSet) -> IntervalSet:
        return self._combined(other, lambda here, there: here or there)

    def __and__(self, other: IntervalSet) -> IntervalSet:
        return self._combined(other, lambda here, there: here and there)

    def __sub__(self, other: IntervalSet) -> IntervalSet:
        return self._combined(other, lambda here, there: here and not there)

    def __invert__(self) -> IntervalSet:
        return IntervalSet((_BOTTOM, _TOP), self.step) - self

    def __add__(self, other: IntervalSet) -> IntervalSet:
        """
        Every sum of one member of each, of dense sets; a piece for each pair of pieces, joined where they touch.

        >>> str(IntervalSet.of(0, 10) + IntervalSet.of(Interval(Fraction(1), Fraction(2), high_closed=False)))
        '[1..2), [11..12)'
        """
        if self.step is not None or other.step is not None:
            raise ValueError("only dense sets are added")
        return IntervalSet.of(*(_sum(one, two) for one in self for two in other))

    def linear(self, slope: Fraction, offset: Fraction = Fraction(0)) -> IntervalSet:
        """
        Its members times `slope`, plus `offset`, of a dense set.

        >>> str(IntervalSet.of(Interval(Fraction(1), Fraction(2), high_closed=False)).linear(Fraction(-2)))
        '(-4..-2]'
        """
        if self.step is not None:
            raise ValueError("only dense sets change their scale")
        if not slope:
            return self if self.is_empty else IntervalSet.of(offset)
        pieces = []
        for piece in self:
            low = None if piece.low is None else piece.low * slope + offset
            high = None if piece.high is None else piece.high * slope + offset
            closed = piece.low_closed, piece.high_closed
            if slope < 0:
                low, high, closed = high, low, closed[::-1]
            pieces.append(Interval(low, high, low_closed=closed[0], high_closed=closed[1]))
        return IntervalSet.of(*pieces)

    def _combined(self, other: IntervalSet, keep: Callable[[bool, bool], bool]) -> IntervalSet:
        if self.step != other.step:
            raise ValueError(f"sets on different steps do not mix: {self.step} and {other.step}")
        edges: list[Edge] = []
        inside = False
        for edge in sorted((*self._edges, *other._edges)):
            here = bisect_right(self._edges, edge) % 2 == 1
            there = bisect_right(other._edges, edge) % 2 == 1
            if keep(here, there) != inside:
                inside = not inside
                edges.append(edge)
        return IntervalSet(tuple(edges), self.step)

    def __str__(self) -> str:
        return ", ".join(str(piece) for piece in self) or "not(-)"

    def __repr__(self) -> str:
        step = "" if self.step is None else f" on step {text(self.step)}"
        return f"<IntervalSet {self}{step}>"


def _sum(one: Interval, other: Interval) -> Interval:
    low = None if one.low is None or other.low is None else one.low + other.low
    high = None if one.high is None or other.high is None else one.high + other.high
    return Interval(
        low,
        high,
        low_closed=one.low_closed and other.low_closed,
        high_closed=one.high_closed and other.high_closed,
    )


def _around(number: Fraction) -> tuple[Edge, Edge]:
    return (0, number, 0), (0, number, 1)


def _moved(edge: Edge, step: Fraction) -> Edge:
    """The edge just below the first multiple of `step` that lies above this edge."""
    infinite, number, side = edge
    if infinite:
        return edge
    quotient = number / step
    index = floor(quotient) + 1 if side else ceil(quotient)
    return (0, index * step, 0)


#: The whole real line.
EVERYTHING = IntervalSet((_BOTTOM, _TOP))
#: The set without members.
NOTHING = IntervalSet()
