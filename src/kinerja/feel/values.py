"""
What a formula computes with, and the arithmetic itself.

An exact number is a plain `Fraction`.
`Inexact` wraps the result of a root, logarithm or exponential that is not rational, taken to 34 significant digits.
`NOT_APPLICABLE` and `MISSING` stand where there is no number.
Every result is bounded to 10,000 digits, and what could grow beyond is refused before it is computed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from fractions import Fraction

from attrs import frozen

from kinerja.errors import Fault
from kinerja.numbers import DIGITS, text

__all__ = ["MISSING", "NOT_APPLICABLE", "Absent", "Inexact", "Lookup", "Operand"]


class Absent(Enum):
    """Why there is no number: the question does not arise, or nobody answered it."""

    NOT_APPLICABLE = "not-applicable"
    MISSING = "missing"


NOT_APPLICABLE = Absent.NOT_APPLICABLE
MISSING = Absent.MISSING


@frozen
class Inexact:
    """A number that is known to 34 significant digits only; whatever is computed from it is inexact too."""

    number: Fraction


#: One value in a formula.
Operand = Fraction | Inexact | Absent
#: What a name stands for; several values only where min, max, sum or mean take them in.
Lookup = Callable[[str], Operand | tuple[Operand, ...]]

SIGNIFICANT = 34
EXPONENT = 1_000

_BOUND: int = 10**DIGITS
_LOWER: int = -_BOUND
_BITS = _BOUND.bit_length()
#: exp() of more than this has more than 10,000 digits.
_LARGEST_LOGARITHM = 23_026
#: Working digits: a result of up to 10,000 digits loses five of them to the size of its logarithm.
_WORKING = 80


#: So near to 1 a logarithm is its series' first two terms.
_NEAR = Fraction(1, 10**40)


def _context(precision: int) -> Context:
    # Every field is given: what is left out comes from a default that a caller may have changed.
    return Context(precision, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], [])


def _decimal(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _inexact(value: Decimal) -> Inexact:
    return Inexact(Fraction(*_context(SIGNIFICANT).plus(value).as_integer_ratio()))


def too_long() -> Fault:
    """The fault of a result over 10,000 digits; whoever knows the expression adds its text."""
    return Fault("K139", limit=DIGITS)


def bounded(value: Fraction) -> Fraction:
    """The value itself, if it has at most 10,000 digits."""
    if _LOWER < value.numerator < _BOUND and value.denominator < _BOUND:
        return value
    raise too_long()


def power(base: Fraction, exponent: Fraction) -> Fraction | Inexact:
    """
    One number to the power of another: exact where the result is rational; 0 ** 0 is 1.

    Raises `Fault`: K147 for an exponent beyond 1,000, K178 for 0 to a negative power, K179 for a fractional power of a
    negative number, K139 for a result over 10,000 digits.
    """
    if abs(exponent) > EXPONENT:
        raise Fault("K147", text=text(exponent), limit=EXPONENT)
    if base == 0 and exponent < 0:
        raise Fault("K178")
    if exponent.denominator == 1:
        return _whole_power(base, exponent.numerator)
    if base < 0:
        raise Fault("K179", number=text(base))
    root = _rational_root(base, exponent.denominator)
    if root is not None:
        return _whole_power(root, exponent.numerator)
    context = _context(_WORKING)
    return _exponential(context.multiply(context.ln(_decimal(base, context)), _decimal(exponent, context)))


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    # A number of n bits is at least 2 ** (n - 1): what must come out too long is not computed at all.
    bits = max(base.numerator.bit_length(), base.denominator.bit_length()) - 1
    if bits * abs(exponent) > _BITS:
        raise too_long()
    return bounded(base**exponent)


def _rational_root(value: Fraction, degree: int) -> Fraction | None:
    """The root of a number of at least zero, where it is rational."""
    above, below = _whole_root(value.numerator, degree), _whole_root(value.denominator, degree)
    return None if above is None or below is None else Fraction(above, below)


def _whole_root(number: int, degree: int) -> int | None:
    """The root of a whole number of at least zero, where it is whole."""
    if number < 2:
        return number
    if degree >= number.bit_length():
        return None
    if degree == 2:
        root = math.isqrt(number)
        return root if root * root == number else None
    # Newton's method in integers, from above: it falls until it stands on the floor of the root.
    root = 1 << -(-number.bit_length() // degree)
    while True:
        lower = ((degree - 1) * root + number // root ** (degree - 1)) // degree
        if lower >= root:
            return root if root**degree == number else None
        root = lower


def _exponential(value: Decimal) -> Inexact:
    if value.copy_abs() > _LARGEST_LOGARITHM:
        raise too_long()
    result = _inexact(_context(_WORKING).exp(value))
    bounded(result.number)
    return result


def square_root(value: Fraction) -> Fraction | Inexact:
    """The square root: exact where it is rational; raises `Fault` K179 below zero."""
    if value < 0:
        raise Fault("K179", number=text(value))
    root = _rational_root(value, 2)
    if root is not None:
        return root
    context = _context(_WORKING)
    return _inexact(context.sqrt(_decimal(value, context)))


def logarithm(value: Fraction) -> Fraction | Inexact:
    """The natural logarithm: exact only at 1; raises `Fault` K179 at zero and below."""
    if value <= 0:
        raise Fault("K179", number=text(value))
    if value == 1:
        return Fraction(0)
    near = value - 1
    if abs(near) < _NEAR:
        # Of the series, the third term is beyond the last digit; ln() would carry as many digits as cancel.
        context = _context(_WORKING)
        small = _decimal(near, context)
        return _inexact(context.subtract(small, context.divide(context.multiply(small, small), Decimal(2))))
    # Near 1 the leading digits cancel, so as many more are carried.
    context = _context(_WORKING + max(0, value.denominator.bit_length() - abs(near.numerator).bit_length()))
    return _inexact(context.ln(_decimal(value, context)))


def exponential(value: Fraction) -> Fraction | Inexact:
    """The exponential: exact only at 0; raises `Fault` K139 for a result over 10,000 digits."""
    return Fraction(1) if value == 0 else _exponential(_decimal(value, _context(_WORKING)))


def mean(values: list[Fraction]) -> Fraction:
    """The arithmetic mean of at least one number."""
    return bounded(total(values) / len(values))


def total(values: list[Fraction]) -> Fraction:
    """The sum of at least one number, bounded at every step."""
    result = values[0]
    for value in values[1:]:
        result = bounded(result + value)
    return result
