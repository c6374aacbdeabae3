"""Numbers that whole ones do not come to, as floats that lie no further from the true number than is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.lines import Ratio, Whole
from kinerja.engine.columns.terms import Term, Truth, all_of, any_of, compared, constant, negated, where
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


def _lit(value: float) -> Term:
    return constant(value, "float")


def _size(value: Term) -> Term:
    return where(value < _lit(0.0), _lit(0.0) - value, value)


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
    def of(cls, ratio: Ratio, doubts: Doubts) -> Near:
        """
        The quotients of whole numbers; the one below is above zero.

        Raises `Fault` K620, without a text, on an engine that cannot leave single rows to the interpreter.
        """
        if not doubts.settles:
            raise Fault("K620")
        above, below = ratio.above, ratio.below
        unit = float_of(above.unit / below.unit)
        value = (above.expr.as_float() * _lit(unit)).over(below.expr.as_float())
        ends = [
            float_of(Fraction(end, max(by, 1)) * (above.unit / below.unit))
            for end in (above.low, above.high)
            for by in (below.low, below.high)
        ]
        return evolve(cls._made(value, None, *_ends(ends)), is_rational=True)

    @classmethod
    def _made(cls, value: Term, error: Term | None, low: float, high: float, *, step: float = STEP) -> Near:
        """The same with what the last step adds to the error, and the ends as far apart as that."""
        own = _size(value) * _lit(step)
        error = own if error is None else own + error
        low, high = min(low, HUGE), max(high, -HUGE)
        return cls(value, error, low - abs(low) * POWER, high + abs(high) * POWER)

    def negated(self) -> Near:
        """The numbers below zero."""
        return evolve(self, value=_lit(0.0) - self.value, low=-self.high, high=-self.low)

    def size(self) -> Near:
        """The numbers without their signs."""
        ends = sorted((abs(self.low), abs(self.high)))
        low = 0.0 if self.low <= 0.0 <= self.high else ends[0]
        return evolve(self, value=_size(self.value), low=low, high=ends[1])

    def plus(self, other: Near) -> Near:
        """The sums."""
        ends = self.low + other.low, self.high + other.high
        return self._both(other, self.value + other.value, self.error + other.error, ends)

    def times(self, other: Near) -> Near:
        """The products."""
        a, b, c, d = self.value, self.error, other.value, other.error
        error = _size(a) * d + _size(c) * b + b * d + _lost(a, b, c, d)
        ends = [x * y for x in (self.low, self.high) for y in (other.low, other.high)]
        return self._both(other, a * c, error, ends)

    def over(self, other: Near) -> Near:
        """The quotients; where what they are divided by may be zero, nothing is known."""
        a, b, d = self.value, self.error, other.error
        far = _size(other.value) > d
        c = where(far, other.value, _lit(1.0))
        value = a.over(c)
        known = (b + _size(value) * d).over(_size(c) - d) + _lost(a, b)
        ends = [math.nan]
        if other.low > 0 or other.high < 0:
            ends = [x / y for x in (self.low, self.high) for y in (other.low, other.high)]
        return self._both(other, value, where(far, known, _lit(math.inf)), ends)

    def _both(self, other: Near, value: Term, error: Term, ends: Sequence[float]) -> Near:
        found = self._made(value, error, *_ends(ends))
        return evolve(found, is_rational=self.is_rational and other.is_rational)

    def chosen(self, other: Near, first: Truth) -> Near:
        """These where something holds, else the others; each may be the other by as much as both are off."""
        error = where(self.error > other.error, self.error, other.error)
        ends = min(self.low, other.low), max(self.high, other.high)
        both = self.is_rational and other.is_rational
        return Near(where(first, self.value, other.value), error, *ends, is_rational=both)

    def gated(self, truth: Truth) -> Near:
        """The numbers where something holds, else zero, which is not off at all."""
        if truth is True:
            return self
        value, error = (where(truth, each, _lit(0.0)) for each in (self.value, self.error))
        return Near(value, error, min(self.low, 0.0), max(self.high, 0.0), is_rational=self.is_rational)

    # --- functions; each is asked only of what it is for, and elsewhere nothing is known

    def power(self, exponent: Term, *, least: float, greatest: float) -> Near:
        """The numbers to the power of others; zero to a power above zero is zero."""
        b, nothing = self.error, _lit(0.0)
        far = self.value > b
        a = where(far, self.value, _lit(1.0))
        zero = all_of([self.value.equals(nothing), b.equals(nothing), exponent > nothing])
        value = where(zero, nothing, (a.log() * exponent).exp())
        error = where(
            far,
            value * (_size(exponent) * b).over(a - b) * _lit(2.0),
            where(zero, nothing, _lit(math.inf)),
        )
        # Beyond these the error is not small any more, or the result is not a float.
        small = all_of(
            [_size(a.log() * exponent) < _lit(GREATEST), _size(exponent) * b < (a - b) * _lit(0.25)]
        )
        error = where(any_of([zero, small]), error, _lit(math.inf))
        ends = [_power(x, y) for x in (max(self.low, 0.0), max(self.high, 0.0)) for y in (least, greatest)]
        return self._made(value, error, *_ends(ends), step=POWER)

    def logarithm(self) -> Near:
        """The natural logarithms."""
        far = self.value > self.error
        safe = where(far, self.value, _lit(1.0))
        error = where(far, self.error.over(safe - self.error), _lit(math.inf))
        low = math.log(self.low) if self.low > 0 else -math.inf
        high = math.log(self.high) if self.high > 0 else -math.inf
        return self._made(safe.log(), error, low, high)

    def exponential(self) -> Near:
        """The exponentials."""
        fits = all_of([_size(self.value) < _lit(GREATEST), self.error < _lit(0.25)])
        value = where(fits, self.value, _lit(0.0)).exp()
        error = where(fits, value * self.error * _lit(2.0), _lit(math.inf))
        return self._made(value, error, _exp(self.low), _exp(self.high), step=POWER)

    @property
    def unbounded(self) -> Truth:
        """Where nothing is known of the numbers."""
        return negated(all_of([self.value.is_finite(), self.error.is_finite()]))


def _lost(*parts: Term) -> Term:
    """What a product may lose near zero; nothing where one of its parts is zero and known to be."""
    zero = _lit(0.0)
    nothing = any_of(
        all_of([value.equals(zero), error.equals(zero)])
        for value, error in zip(parts[::2], parts[1::2], strict=True)
    )
    return where(nothing, zero, _lit(LOST))


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
    doubts: Doubts

    def _doubted(self, far: Term, value: Term, margin: Term) -> Truth:
        """Where it is sure on which side a number lies; elsewhere the row is noted."""
        beyond = any_of([far > margin, margin.equals(_lit(0.0))])
        sure = all_of([value.is_finite(), margin.is_finite(), beyond])
        self.doubts.doubt(all_of([self.here, negated(sure)]))
        return sure

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By the float at the bound, where none of both can be on the other side."""
        at, value = float_of(cut), self.near.value
        margin = self.near.error + _lit(min(abs(at), 1e300) * STEP)
        self._doubted(_size(value - _lit(at)), value, margin)
        return compared(sign, value, _lit(at))

    def rounded(self, rounding: Rounding) -> Whole:
        """Rounded to the multiples of what the rounding says, where the number cannot lie on two sides of a line."""
        by = float_of(1 / rounding.to)
        place = self.near.value * _lit(by)
        margin = self.near.error * _lit(by) * _lit(1 + STEP) + _size(place) * _lit(STEP)
        half, one, zero = _lit(0.5), _lit(1.0), _lit(0.0)
        if rounding.mode.startswith("half"):
            far = _size(place - place.floor() - half)
        else:
            far = _size(place - (place + half).floor())
        far = where(_size(place) < _lit(float(PLACES)), far, _lit(-1.0))
        safe = where(all_of([self.here, self._doubted(far, place, margin)]), place, zero)

        def ceiling(a: Term) -> Term:
            return a.floor() + where(a > a.floor(), one, zero)

        def nearest(a: Term) -> Term:
            return (a + half).floor()

        modes: dict[str, Callable[[Term], Term]] = {
            "up": lambda a: where(a < zero, a.floor(), ceiling(a)),
            "down": lambda a: where(a < zero, ceiling(a), a.floor()),
            "floor": lambda a: a.floor(),
            "ceiling": ceiling,
        }
        ends = [_place(end, rounding) for end in (self.near.low, self.near.high)]
        low, high = min(ends[0], 0), max(ends[1], 0)
        return Whole(modes.get(rounding.mode, nearest)(safe).as_whole((low, high)), rounding.to, low, high)


def _place(end: float, rounding: Rounding) -> int:
    """An end in steps of a rounding, as far as they are told apart."""
    limit = PLACES * rounding.to
    if abs(end) >= float_of(limit):
        return int(math.copysign(PLACES, end))
    return int(rounding.apply(Fraction(end)) / rounding.to)
