"""Numbers that whole ones do not come to, as floats that lie no further from the true number than is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import narwhals as nw
from attrs import evolve, frozen

from kinerja.engine.columns.lines import Ratio, Whole
from kinerja.engine.columns.terms import Stages, Term, Truth, all_of
from kinerja.errors import Fault
from kinerja.numbers import Rounding

__all__ = ["Near", "Nearly"]

#: What one step of the arithmetic may add, of its result: 256 times what any engine's functions are off by.
STEP = 2.0**-45
#: The same for powers, where the exponent is off as well: by as much as the logarithm of the greatest float.
POWER = 2.0**-40
#: What a result near zero may lose.
LOST = 2.0**-1000
#: An exponential beyond this is left to the interpreter, which has more digits than floats.
GREATEST = 700.0
#: No end of a result is known to lie beyond this.
HUGE = 1e300
#: So many steps of a rounding are told apart.
PLACES = 2**40


def _term(made: Callable[..., Any], *terms: Term) -> Term:
    return Term(made(*(each.expr for each in terms)), max(each.level for each in terms))


def _lit(value: float) -> nw.Expr:
    return nw.lit(value, dtype=nw.Float64)


def _where(truth: nw.Expr, one: nw.Expr, other: nw.Expr) -> nw.Expr:
    return nw.when(truth).then(one).otherwise(other)


def _size(value: nw.Expr) -> nw.Expr:
    return _where(value < _lit(0.0), _lit(0.0) - value, value)


def float_of(value: Fraction) -> float:
    """The nearest float; infinity beyond all of them."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


@frozen
class Near:
    """Floats, how far off each may be, and the ends that they lie between; infinity where nothing is known."""

    value: Term
    error: Term
    low: float
    high: float
    #: Whether they are quotients of whole numbers that are too large to be counted.
    is_rational: bool = False

    @classmethod
    def of(cls, ratio: Ratio, stages: Stages) -> Near:
        """
        The quotients of whole numbers; the one below is above zero.

        Raises `Fault` K620, without a text, on an engine that cannot leave single rows to the interpreter.
        """
        if not stages.settles:
            raise Fault("K620")
        above, below = ratio.above, ratio.below
        unit = float_of(above.unit / below.unit)
        level = max(above.level, below.level)
        value = above.floats * _lit(unit) / below.floats
        ends = [
            float_of(Fraction(end, max(by, 1)) * (above.unit / below.unit))
            for end in (above.low, above.high)
            for by in (below.low, below.high)
        ]
        found = cls._kept(stages, Term(value, level), None, *_ends(ends))
        return evolve(found, is_rational=True)

    @classmethod
    def _kept(
        cls, stages: Stages, value: Term, error: Term | None, low: float, high: float, *, step: float = STEP
    ) -> Near:
        """The same in columns, with what the last step adds to the error, and the ends as far apart as that."""
        value = stages.keep(value)
        own = value.to(lambda a: _size(a) * _lit(step))
        error = own if error is None else _term(lambda a, b: a + b, own, error)
        low, high = min(low, HUGE), max(high, -HUGE)
        return cls(value, stages.keep(error), low - abs(low) * POWER, high + abs(high) * POWER)

    def negated(self) -> Near:
        """The numbers below zero."""
        value = self.value.to(lambda a: _lit(0.0) - a)
        return evolve(self, value=value, low=-self.high, high=-self.low)

    def size(self, stages: Stages) -> Near:
        """The numbers without their signs."""
        ends = sorted((abs(self.low), abs(self.high)))
        low = 0.0 if self.low <= 0.0 <= self.high else ends[0]
        return evolve(self, value=stages.keep(self.value.to(_size)), low=low, high=ends[1])

    def plus(self, other: Near, stages: Stages) -> Near:
        """The sums."""
        value = _term(lambda a, b: a + b, self.value, other.value)
        error = _term(lambda a, b: a + b, self.error, other.error)
        return self._made(other, stages, value, error, (self.low + other.low, self.high + other.high))

    def times(self, other: Near, stages: Stages) -> Near:
        """The products."""
        value = _term(lambda a, b: a * b, self.value, other.value)
        error = _term(
            lambda a, b, c, d: _size(a) * d + _size(c) * b + b * d + _lost(a, b, c, d),
            *(self.value, self.error, other.value, other.error),
        )
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return self._made(other, stages, value, error, ends)

    def over(self, other: Near, stages: Stages) -> Near:
        """The quotients; where what they are divided by may be zero, nothing is known."""
        far = _term(lambda c, d: _size(c) > d, other.value, other.error)
        safe = stages.keep(_term(lambda t, c: _where(t, c, _lit(1.0)), far, other.value))
        value = stages.keep(_term(lambda a, c: a / c, self.value, safe))
        error = _term(
            lambda t, a, b, q, c, d: _where(
                t, (b + _size(q) * d) / (_size(c) - d) + _lost(a, b), _lit(math.inf)
            ),
            *(far, self.value, self.error, value, safe, other.error),
        )
        ends = [math.nan]
        if other.low > 0 or other.high < 0:
            ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return self._made(other, stages, value, error, ends)

    def _made(self, other: Near, stages: Stages, value: Term, error: Term, ends: Sequence[float]) -> Near:
        found = self._kept(stages, value, error, *_ends(ends))
        return evolve(found, is_rational=self.is_rational and other.is_rational)

    def chosen(self, other: Near, first: Term, stages: Stages) -> Near:
        """These where something holds, else the others; each may be the other by as much as both are off."""
        value = _term(_where, first, self.value, other.value)
        error = _term(lambda a, b: _where(a > b, a, b), self.error, other.error)
        ends = min(self.low, other.low), max(self.high, other.high)
        both = self.is_rational and other.is_rational
        return Near(stages.keep(value), stages.keep(error), *ends, is_rational=both)

    def gated(self, truth: Truth, stages: Stages) -> Near:
        """The numbers where something holds, else zero, which is not off at all."""
        if truth is True:
            return self
        if truth is False:
            return Near(Term(_lit(0.0)), Term(_lit(0.0)), 0.0, 0.0)
        value, error = (
            stages.keep(_term(lambda t, a: _where(t, a, _lit(0.0)), truth, each))
            for each in (self.value, self.error)
        )
        return Near(value, error, min(self.low, 0.0), max(self.high, 0.0), is_rational=self.is_rational)

    # --- functions; each is asked only of what it is for, and elsewhere nothing is known

    def power(self, exponent: Term, stages: Stages, *, least: float, greatest: float) -> Near:
        """The numbers to the power of others; zero to a power above zero is zero."""
        far = stages.keep(_term(lambda a, b: a > b, self.value, self.error))
        safe = stages.keep(_term(lambda t, a: _where(t, a, _lit(1.0)), far, self.value))
        zero = _term(
            lambda a, b, y: (a == _lit(0.0)) & (b == _lit(0.0)) & (y > _lit(0.0)), *self.pair, exponent
        )
        value = stages.keep(
            _term(lambda z, a, y: _where(z, _lit(0.0), (a.log() * y).exp()), zero, safe, exponent)
        )
        error = _term(
            lambda t, z, a, b, y, v: _where(
                t,
                v * (_size(y) * b / (a - b)) * _lit(2.0),
                _where(z, _lit(0.0), _lit(math.inf)),
            ),
            *(far, zero, safe, self.error, exponent, value),
        )
        # Beyond these the error is not small any more, or the result is not a float.
        fits = _term(
            lambda z, a, b, y: (
                z | ((_size(a.log() * y) < _lit(GREATEST)) & (_size(y) * b < (a - b) * _lit(0.25)))
            ),
            *(zero, safe, self.error, exponent),
        )
        error = _term(lambda t, e: _where(t, e, _lit(math.inf)), fits, error)
        ends = [_power(a, b) for a in (max(self.low, 0.0), max(self.high, 0.0)) for b in (least, greatest)]
        return self._kept(stages, value, error, *_ends(ends), step=POWER)

    def logarithm(self, stages: Stages) -> Near:
        """The natural logarithms."""
        far = stages.keep(_term(lambda a, b: a > b, self.value, self.error))
        safe = stages.keep(_term(lambda t, a: _where(t, a, _lit(1.0)), far, self.value))
        value = safe.to(lambda a: a.log())
        error = _term(lambda t, a, b: _where(t, b / (a - b), _lit(math.inf)), far, safe, self.error)
        low = math.log(self.low) if self.low > 0 else -math.inf
        high = math.log(self.high) if self.high > 0 else -math.inf
        return self._kept(stages, value, error, low, high)

    def exponential(self, stages: Stages) -> Near:
        """The exponentials."""
        fits = stages.keep(
            _term(lambda a, b: (_size(a) < _lit(GREATEST)) & (b < _lit(0.25)), self.value, self.error)
        )
        value = stages.keep(_term(lambda t, a: _where(t, a, _lit(0.0)).exp(), fits, self.value))
        error = _term(lambda t, v, b: _where(t, v * b * _lit(2.0), _lit(math.inf)), fits, value, self.error)
        return self._kept(stages, value, error, _exp(self.low), _exp(self.high), step=POWER)

    @property
    def unbounded(self) -> Term:
        """Where nothing is known of the numbers."""
        return _term(lambda a, b: ~(a.is_finite() & b.is_finite()), *self.pair)

    @property
    def pair(self) -> tuple[Term, Term]:
        """The floats, and how far off they may be."""
        return self.value, self.error


def _lost(*parts: nw.Expr) -> nw.Expr:
    """What a product may lose near zero; nothing where one of its parts is zero and known to be."""
    nothing = (parts[0] == _lit(0.0)) & (parts[1] == _lit(0.0))
    if len(parts) > 2:
        nothing = nothing | ((parts[2] == _lit(0.0)) & (parts[3] == _lit(0.0)))
    return _where(nothing, _lit(0.0), _lit(LOST))


def _ends(found: Sequence[float]) -> tuple[float, float]:
    """The least and the greatest; infinity where one of them is not known."""
    if any(map(math.isnan, found)):
        return -math.inf, math.inf
    return min(found), max(found)


def _power(base: float, exponent: float) -> float:
    if base in (0.0, math.inf) and exponent < 0:
        return math.inf if base == 0.0 else 0.0
    try:
        return float(base**exponent)
    except OverflowError:
        return math.inf


def _exp(value: float) -> float:
    return math.exp(value) if value < GREATEST else math.inf


@frozen
class Nearly:
    """Such numbers where they are asked for: rows in which a bound is too near are left to the interpreter."""

    near: Near
    here: Truth
    stages: Stages

    def _doubted(self, far: Term, value: Term, margin: Term) -> Term:
        """Where it is sure on which side a number lies; elsewhere the row is noted."""
        sure = _term(
            lambda a, v, b: v.is_finite() & b.is_finite() & ((a > b) | (b == _lit(0.0))), far, value, margin
        )
        sure = self.stages.keep(sure)
        self.stages.doubt(all_of([self.here, sure.to(lambda a: ~a)]))
        return sure

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By the float at the bound, where none of both can be on the other side."""
        at = float_of(cut)
        value, error = self.near.pair
        margin = error.to(lambda b: b + _lit(min(abs(at), 1e300) * STEP))
        self._doubted(self.stages.keep(value.to(lambda a: _size(a - _lit(at)))), value, margin)
        signs: dict[str, Callable[[nw.Expr], nw.Expr]] = {
            "<": lambda a: a < _lit(at),
            "<=": lambda a: a <= _lit(at),
            ">": lambda a: a > _lit(at),
            ">=": lambda a: a >= _lit(at),
        }
        return value.to(signs[sign])

    def rounded(self, rounding: Rounding) -> Whole:
        """Rounded to the multiples of what the rounding says, where the number cannot lie on two sides of a line."""
        by = float_of(1 / rounding.to)
        place = self.stages.keep(self.near.value.to(lambda a: a * _lit(by)))
        margin = self.stages.keep(
            _term(lambda a, b: b * _lit(by) * _lit(1 + STEP) + _size(a) * _lit(STEP), place, self.near.error)
        )
        half, one, zero = _lit(0.5), _lit(1.0), _lit(0.0)
        if rounding.mode.startswith("half"):
            far = place.to(lambda a: _size(a - a.floor() - half))
        else:
            far = place.to(lambda a: _size(a - (a + half).floor()))
        fits = place.to(lambda a: _size(a) < _lit(float(PLACES)))
        far = _term(lambda t, a: _where(t, a, _lit(-1.0)), fits, far)
        sure = self._doubted(far, place, margin)
        usable = all_of([self.here, sure])
        assert isinstance(usable, Term)
        safe = self.stages.keep(_term(lambda t, a: _where(t, a, zero), usable, place))

        def ceiling(a: nw.Expr) -> nw.Expr:
            return a.floor() + _where(a > a.floor(), one, zero)

        modes: dict[str, Callable[[nw.Expr], nw.Expr]] = {
            "up": lambda a: _where(a < zero, a.floor(), ceiling(a)),
            "down": lambda a: _where(a < zero, ceiling(a), a.floor()),
            "floor": lambda a: a.floor(),
            "ceiling": ceiling,
        }
        term = safe.to(modes.get(rounding.mode, lambda a: (a + half).floor()))
        term = self.stages.keep(term.to(lambda a: a.cast(nw.Int64)))
        ends = [_place(end, rounding) for end in (self.near.low, self.near.high)]
        return Whole(term, rounding.to, min(ends[0], 0), max(ends[1], 0))


def _place(end: float, rounding: Rounding) -> int:
    """An end in steps of a rounding, as far as they are told apart."""
    limit = PLACES * rounding.to
    if abs(end) >= float_of(limit):
        return int(math.copysign(PLACES, end))
    return int(rounding.apply(Fraction(end)) / rounding.to)
