"""Roots of quotients of whole numbers, rounded and compared by whole powers."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import narwhals as nw
from attrs import frozen

from kinerja.engine.columns.lines import Ratio, Whole
from kinerja.engine.columns.terms import Stages, Term, Truth, any_of, number, where
from kinerja.engine.shapes import common
from kinerja.errors import Fault
from kinerja.numbers import Rounding

__all__ = ["DEGREES", "Root"]

#: A root of a higher degree is not looked for in whole numbers, whose powers would not fit.
DEGREES = range(2, 64)
#: So many steps of a rounding are found by floats and told apart by whole numbers.
PLACES = 2**40


@frozen
class Root:
    """The root, so many-fold, of numbers that are nowhere below zero."""

    ratio: Ratio
    degree: int

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By the power of the bound; `Fault` K616 where that does not fit."""
        if cut < 0:
            return sign in (">", ">=")
        return self.ratio.compared(sign, cut**self.degree)

    def rounded(self, rounding: Rounding, stages: Stages) -> Whole:
        """
        Rounded to the multiples of what the rounding says; `Fault` K616 where the powers of these do not fit.

        Floats find the place, no further off than the next one, and whole numbers say which of them it is.
        """
        above, below = self.ratio.above, self.ratio.below
        unit = above.unit / below.unit
        top = self._place_of(Fraction(above.high, max(below.low, 1)) * unit, rounding)
        is_zero = stages.keep(Term(above.expr == number(0), above.level))
        size = Term(above.floats * nw.lit(float(unit)) / below.floats, max(above.level, below.level))
        safe = Term(where(is_zero, nw.lit(1.0), size.expr), max(is_zero.level, size.level))
        by = nw.lit(float(1 / rounding.to))
        place = stages.keep(safe.to(lambda a: (a.log() * nw.lit(1 / self.degree)).exp() * by))
        lower: dict[str, Callable[[nw.Expr], nw.Expr]] = {
            "down": lambda a: a.floor(),
            "floor": lambda a: a.floor(),
            "up": lambda a: a.floor() + nw.lit(1.0),
            "ceiling": lambda a: a.floor() + nw.lit(1.0),
        }
        guess = place.to(lower.get(rounding.mode, lambda a: (a + nw.lit(0.5)).floor()))
        whole = Term(where(is_zero, number(0), guess.expr.cast(nw.Int64)), max(is_zero.level, guess.level))
        found = Whole(stages.keep(whole), Fraction(1), 0, top + 1)
        more = self._reached(found, 1, rounding, stages)
        less = self._reached(found, 0, rounding, stages)
        made = (
            found.expr
            + more.expr.cast(nw.Int64)
            - where(Term(found.expr > number(0)), (~less.expr).cast(nw.Int64), number(0))
        )
        term = stages.keep(Term(made, max(found.level, more.level, less.level)))
        return Whole(term, rounding.to, 0, top + 1)

    def _place_of(self, high: Fraction, rounding: Rounding) -> int:
        """The greatest place that there can be."""
        if high <= 0:
            return 0
        found = math.exp(math.log(high) / self.degree) / float(rounding.to)
        if found >= PLACES:
            raise Fault("K616")
        return math.ceil(found) + 1

    def _reached(self, place: Whole, more: int, rounding: Rounding, stages: Stages) -> Term:
        """Whether a root is rounded to at least a place, or so many more, that is above zero."""
        mode, to = rounding.mode, rounding.to
        # Where the numbers begin that are rounded so: at a place, half a step before or the one before.
        before = {"down": 0, "floor": 0, "up": 2, "ceiling": 2}.get(mode, 1)
        term = place.expr * number(2) + number(2 * more - before)
        # Nothing begins below zero: that place is not asked for.
        term = nw.when(term < number(0)).then(number(0)).otherwise(term)
        line = Whole(
            stages.keep(Term(term, place.level)), to / 2, 0, max(2 * place.high + 2 * more - before, 0)
        )
        power = line
        for _ in range(self.degree - 1):
            power = power.multiplied(line)
        left, right = power.multiplied(self.ratio.below), self.ratio.above
        unit = common((left.unit, right.unit))
        left, right = left.counted(unit), right.counted(unit)
        level = max(left.level, right.level)
        beyond, at = Term(left.expr < right.expr, level), Term(left.expr == right.expr, level)
        if mode in ("half-down", "up", "ceiling"):
            return beyond
        if mode == "half-even":
            even = Term((place.expr + number(more)) % number(2) == number(0), place.level)
            at = at.with_(even, lambda a, b: a & b)
        found = any_of([beyond, at])
        assert isinstance(found, Term)
        return found
