"""Numbers in columns, and how they are compared and rounded there without losing a digit."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Protocol

from attrs import frozen

from kinerja.engine.columns.terms import Term, Truth, all_of, any_of, compared, constant, number, where
from kinerja.engine.lines import Held, Run, runs
from kinerja.engine.shapes import common
from kinerja.errors import Fault
from kinerja.intervals import Interval, IntervalSet
from kinerja.numbers import Rounding, exact

__all__ = [
    "LARGEST",
    "Comparable",
    "Floats",
    "Line",
    "Ratio",
    "Whole",
    "Wholes",
    "before",
    "by_place",
    "holes",
    "inside",
    "stretched",
    "tree",
]

#: Whole numbers beyond this do not fit.
WIDEST = 2**63 - 1
#: The greatest number that a float counts as.
LARGEST = exact(sys.float_info.max)


class Comparable(Protocol):
    """Numbers that can be compared with a bound."""

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """Whether they are `<`, `<=`, `>` or `>=` a bound."""
        ...


class Line(Comparable, Protocol):
    """The same, of which it is known what lies between two of them."""

    @property
    def held(self) -> Held:
        """What kind of number they are: whole ones have nothing between them."""
        ...


@frozen
class Floats:
    """A column of floats, each of which counts as its shortest decimal."""

    term: Term

    @property
    def held(self) -> Held:
        """Numbers of any kind."""
        return Held("", "exact")

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """
        By the float at the bound: decimals are ordered as their floats are.

        The least float whose decimal is not below the bound stands for it; where it is above, no float is on it.
        """
        bound = _float_at(cut)
        if bound == math.inf:
            return sign in ("<", "<=")
        if exact(bound) != cut:
            sign = "<" if sign in ("<", "<=") else ">="
        return compared(sign, self.term, constant(bound, "float"))


def _float_at(cut: Fraction) -> float:
    """The least float whose shortest decimal is not below a number; infinity where there is none."""
    if abs(cut) > LARGEST:
        return math.inf if cut > 0 else -sys.float_info.max
    found = float(cut)
    while math.isfinite(found) and exact(found) < cut:
        found = math.nextafter(found, math.inf)
    return found


@frozen
class Wholes:
    """A column of whole numbers, of any size that it holds."""

    term: Term

    @property
    def held(self) -> Held:
        """Whole numbers."""
        return Held("", "int")

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By the whole number at the bound."""
        return _compared(self.term, sign, cut, -WIDEST - 1, WIDEST)


def _compared(term: Term, sign: str, cut: Fraction, low: int, high: int) -> Truth:
    """Whole numbers between two ends, compared with a number."""
    below = sign in ("<", "<=")
    # Up to and including this one, or not.
    last = floor(cut) if sign in ("<=", ">") else ceil(cut) - 1
    if last < low or last >= high:
        return below is (last >= high)
    return term <= number(last) if below else term > number(last)


@frozen
class Whole:
    """Whole numbers of a unit between two ends; without a term, the same number in every row."""

    term: Term | None
    unit: Fraction
    low: int
    high: int

    @classmethod
    def of(cls, value: Fraction) -> Whole:
        """One number in every row."""
        unit = abs(value) or Fraction(1)
        place = int(value / unit)
        return cls(None, unit, place, place)

    @property
    def held(self) -> Held:
        """Whole numbers of the unit."""
        return Held("", "int", self.unit)

    @property
    def domain(self) -> IntervalSet:
        """Where the numbers lie."""
        return IntervalSet.of(Interval(self.low * self.unit, self.high * self.unit), step=None)

    @property
    def expr(self) -> Term:
        """The column, or the number."""
        return number(self.low) if self.term is None else self.term

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By the whole number at the bound; known where all numbers lie on one side."""
        return _compared(self.expr, sign, cut / self.unit, self.low, self.high)

    def fitting(self) -> Whole:
        """The same, once it is known to fit; else `Fault` K616, to which who knows the name adds it."""
        if max(abs(self.low), abs(self.high)) > WIDEST:
            raise Fault("K616")
        return self

    def of_term(self, term: Term) -> Whole:
        """Other numbers in the same unit, between the same ends."""
        return Whole(term, self.unit, self.low, self.high)

    def times(self, factor: int) -> Whole:
        """So many times the number, in the same unit."""
        if factor == 1:
            return self
        ends = sorted((self.low * factor, self.high * factor))
        term = None if self.term is None else self.term * number(factor)
        return Whole(term, self.unit, *ends).fitting()

    def counted(self, unit: Fraction) -> Whole:
        """The same number in a unit that goes into its own."""
        return _at(self.times(int(self.unit / unit)), unit)

    def scaled(self, factor: Fraction) -> Whole:
        """So many times the number, by another unit; the factor is above zero."""
        return _at(self, self.unit * factor)

    def negated(self) -> Whole:
        """The number below zero."""
        return self.times(-1)

    def plus(self, other: Whole) -> Whole:
        """The sum."""
        unit = common((self.unit, other.unit))
        one, two = self.counted(unit), other.counted(unit)
        made = _made(one, two, lambda a, b: a + b)
        return Whole(made, unit, one.low + two.low, one.high + two.high).fitting()

    def multiplied(self, other: Whole) -> Whole:
        """The product."""
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        made = _made(self, other, lambda a, b: a * b)
        return Whole(made, self.unit * other.unit, min(ends), max(ends)).fitting()

    def gated(self, truth: Truth, otherwise: int = 0) -> Whole:
        """The number where something holds, else another one."""
        if truth is True:
            return self
        if truth is False:
            return Whole(None, self.unit, otherwise, otherwise)
        ends = min(self.low, otherwise), max(self.high, otherwise)
        return Whole(where(truth, self.expr, number(otherwise)), self.unit, *ends)

    def rounded(self, rounding: Rounding) -> Whole:
        """Rounded to the multiples of what the rounding says."""
        return Ratio(self, Whole.of(Fraction(1))).rounded(rounding)


def _at(whole: Whole, unit: Fraction) -> Whole:
    return Whole(whole.term, unit, whole.low, whole.high)


def _made(one: Whole, two: Whole, made: Callable[[Term, Term], Term]) -> Term | None:
    if one.term is None and two.term is None:
        return None
    return made(one.expr, two.expr)


@frozen
class Ratio:
    """One number over another that is above zero; compared by multiplying across."""

    above: Whole
    below: Whole

    @property
    def held(self) -> Held:
        """Numbers of any kind."""
        return Held("", "exact")

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By multiplying across."""
        factor = cut * self.below.unit / self.above.unit
        one = self.above.times(factor.denominator)
        two = self.below.times(factor.numerator)
        return compared(sign, one.expr, two.expr)

    def rounded(self, rounding: Rounding) -> Whole:
        """Rounded to the multiples of what the rounding says: on the absolute value, then with its sign."""
        factor = self.above.unit / self.below.unit / rounding.to
        above = self.above.times(factor.numerator)
        below = self.below.times(factor.denominator)
        least = max(below.low, 1)
        ends = [
            int(rounding.apply(Fraction(end, least) * rounding.to) / rounding.to)
            for end in (above.low, above.high)
        ]
        low, high = min(ends[0], 0), max(ends[1], 0)
        # Twice the greatest of both has to fit: the halves are compared so.
        Whole(None, Fraction(1), 0, 2 * max(abs(above.low), abs(above.high)) + 2 * below.high).fitting()
        is_low = above.compared("<", Fraction(0)) if above.unit else False
        a, b = above.expr, below.expr
        size = a if is_low is False else where(a < number(0), number(0) - a, a)
        modes: dict[str, Callable[[], tuple[Term, Term]]] = {
            "half-up": lambda: (_half(size, b, 0),) * 2,
            "half-down": lambda: (_half(size, b, 1),) * 2,
            "half-even": lambda: (_even(size, b),) * 2,
            "up": lambda: (_up(size, b),) * 2,
            "down": lambda: (size // b,) * 2,
            "floor": lambda: (size // b, _up(size, b)),
            "ceiling": lambda: (_up(size, b), size // b),
        }
        over, under = modes[rounding.mode]()
        if is_low is not False:
            over = where(a < number(0), number(0) - under, over)
        return Whole(over, rounding.to, low, high)


def _half(size: Term, below: Term, less: int) -> Term:
    return (size * number(2) + below - number(less)) // (below * number(2))


def _up(size: Term, below: Term) -> Term:
    return (size + below - number(1)) // below


def _even(size: Term, below: Term) -> Term:
    """The nearest, and of two the even one: the upper one, less one where it is an odd one just half above."""
    upper = _half(size, below, 0)
    tied = ((size * number(2) + below) % (below * number(2))).equals(number(0))
    is_odd = (upper % number(2)).equals(number(1))
    return where(all_of([tied, is_odd]), upper - number(1), upper)


# --- sets of numbers


def inside(line: Comparable, numbers: IntervalSet) -> Truth:
    """Whether a set holds the numbers."""
    return any_of(_piece(line, piece) for piece in numbers)


def _piece(line: Comparable, piece: Interval) -> Truth:
    truths: list[Truth] = []
    if piece.low is not None:
        truths.append(line.compared(">=" if piece.low_closed else ">", piece.low))
    if piece.high is not None:
        truths.append(line.compared("<=" if piece.high_closed else "<", piece.high))
    return all_of(truths)


def before(numbers: IntervalSet, rounding: Rounding | None) -> IntervalSet:
    """The numbers that are in a set once they are rounded."""
    if rounding is None:
        return numbers
    return IntervalSet.of(*(each for piece in numbers for each in _before(piece, rounding)))


def _before(piece: Interval, rounding: Rounding) -> list[Interval]:
    to = rounding.to
    low = high = None
    low_closed = high_closed = False
    if piece.low is not None:
        first = ceil(piece.low / to) if piece.low_closed else floor(piece.low / to) + 1
        low, low_closed = _edge(first, rounding)
    if piece.high is not None:
        last = floor(piece.high / to) if piece.high_closed else ceil(piece.high / to) - 1
        high, closed = _edge(last + 1, rounding)
        high_closed = not closed
    if (
        low is not None
        and high is not None
        and (low > high or (low == high and not (low_closed and high_closed)))
    ):
        return []
    return [Interval(low, high, low_closed=low_closed, high_closed=high_closed)]


def _edge(place: int, rounding: Rounding) -> tuple[Fraction, bool]:
    """Where the numbers begin that are rounded to at least so many steps, and whether that one is among them."""
    to = rounding.to
    reached = place * to
    for quarters in (3, 2, 1):
        if rounding.apply(reached - to * quarters / 4) >= reached:
            # Beyond the whole step before, from the half on, or beyond the half.
            return (reached - to, False) if quarters == 3 else (reached - to / 2, quarters == 2)
    return reached, True


def holes(sets: Sequence[IntervalSet], domain: IntervalSet) -> IntervalSet:
    """The numbers of a domain that not exactly one of several sets holds."""
    once, twice = IntervalSet.of(), IntervalSet.of()
    for each in sets:
        twice, once = twice | (once & each), once | each
    return domain - (once - twice)


def stretched(
    sets: Sequence[IntervalSet], held: Held, *, whole: bool
) -> list[tuple[int, Fraction | None, bool]]:
    """
    The number line in stretches, each with the place of the set that holds it, -1 for none or several.

    Where `whole`, there are no such numbers: what is between two sets goes to the one before.
    """
    found: list[tuple[int, Fraction | None, bool]] = []
    stretches: list[Run] = runs(sets, held, None)
    for at, cut, closed in stretches:
        which = -1 if at is None else at
        if whole and at is None:
            which = found[-1][0] if found else next(each for each, _, _ in stretches if each is not None)
        if found and found[-1][0] == which:
            found.pop()
        found.append((which, cut, closed))
    return found


def tree(line: Line, stretches: Sequence[tuple[int, Fraction | None, bool]]) -> Term:
    """The place of the stretch that each number lies in, by a balanced tree of comparisons."""
    if len(stretches) == 1:
        return number(stretches[0][0])
    middle = len(stretches) // 2
    _, cut, closed = stretches[middle - 1]
    assert cut is not None
    here = line.compared("<=" if closed else "<", cut)
    if isinstance(here, bool):
        return tree(line, stretches[:middle] if here else stretches[middle:])
    return where(here, tree(line, stretches[:middle]), tree(line, stretches[middle:]))


def by_place(place: Term, values: Sequence[int]) -> Term:
    """
    The number at a place: on a line where the numbers lie on one, else by a tree.

    At no place, which is below 0, the first one: products of what lies beyond the ends might not fit.
    """
    rise = values[1] - values[0] if len(values) > 1 else 0
    if all(b - a == rise for a, b in pairwise(values)):
        there = where(place < number(0), number(0), place)
        return there * number(rise) + number(values[0]) if rise else number(values[0])
    found: list[tuple[int, Fraction | None, bool]] = []
    for at, value in enumerate(values):
        if found and found[-1][0] == value:
            found.pop()
        found.append((value, Fraction(at), True))
    return tree(Whole(place, Fraction(1), place.low, place.high), found)
