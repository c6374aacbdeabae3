"""Roots of quotients of whole numbers, rounded and compared by whole powers."""

from __future__ import annotations

import math
from fractions import Fraction

from attrs import frozen

from kinerja.engine.columns.lines import Ratio, Whole
from kinerja.engine.columns.terms import Term, Truth, all_of, any_of, constant, negated, number, where
from kinerja.engine.shapes import common
from kinerja.errors import Fault
from kinerja.numbers import Rounding

__all__ = ["DEGREES", "Root"]

#: A root of a higher degree is not looked for in whole numbers, whose powers would not fit.
DEGREES = range(2, 64)
#: So many steps of a rounding are found by floats and told apart by whole numbers.
PLACES = 2**40
#: What is added before the next lower whole number is taken; for what rounds to the nearest, a half.
_GUESSES = {"down": 0.0, "floor": 0.0, "up": 1.0, "ceiling": 1.0}


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

    def rounded(self, rounding: Rounding) -> Whole:
        """
        Rounded to the multiples of what the rounding says; `Fault` K616 where the powers of these do not fit.

        Floats find the place, no further off than the next one, and whole numbers say which of them it is.
        """
        above, below = self.ratio.above, self.ratio.below
        unit = above.unit / below.unit
        top = self._place_of(Fraction(above.high, max(below.low, 1)) * unit, rounding)
        is_zero = above.expr.equals(number(0))
        size = (above.expr.as_float() * _float(unit)).over(below.expr.as_float())
        safe = where(is_zero, constant(1.0, "float"), size)
        place = (safe.log() * constant(1 / self.degree, "float")).exp() * _float(1 / rounding.to)
        guess = (place + constant(_GUESSES.get(rounding.mode, 0.5), "float")).floor().as_whole((0, top + 1))
        found = Whole(where(is_zero, number(0), guess), Fraction(1), 0, top + 1)
        more, less = self._reached(found, 1, rounding), self._reached(found, 0, rounding)
        fewer = where(all_of([found.expr > number(0), negated(less)]), number(1), number(0))
        made = found.expr + where(more, number(1), number(0)) - fewer
        return Whole(made.as_whole((0, top + 1)), rounding.to, 0, top + 1)

    def _place_of(self, high: Fraction, rounding: Rounding) -> int:
        """The greatest place that there can be."""
        if high <= 0:
            return 0
        found = math.exp(math.log(high) / self.degree) / float(rounding.to)
        if found >= PLACES:
            raise Fault("K616")
        return math.ceil(found) + 1

    def _reached(self, place: Whole, more: int, rounding: Rounding) -> Truth:
        """Whether a root is rounded to at least a place, or so many more, that is above zero."""
        mode, to = rounding.mode, rounding.to
        # Where the numbers begin that are rounded so: at a place, half a step before or the one before.
        before = {"down": 0, "floor": 0, "up": 2, "ceiling": 2}.get(mode, 1)
        # Nothing begins below zero: that place is not asked for.
        twice = place.expr * number(2) + number(2 * more - before)
        top = max(2 * place.high + 2 * more - before, 0)
        line = Whole(where(twice < number(0), number(0), twice).as_whole((0, top)), to / 2, 0, top)
        power = line
        for _ in range(self.degree - 1):
            power = power.multiplied(line)
        left, right = power.multiplied(self.ratio.below), self.ratio.above
        unit = common((left.unit, right.unit))
        left, right = left.counted(unit), right.counted(unit)
        beyond, at = left.expr < right.expr, left.expr.equals(right.expr)
        if mode in ("half-down", "up", "ceiling"):
            return beyond
        if mode == "half-even":
            at = all_of([at, ((place.expr + number(more)) % number(2)).equals(number(0))])
        return any_of([beyond, at])


def _float(value: Fraction) -> Term:
    return constant(float(value), "float")
