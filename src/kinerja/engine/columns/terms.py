"""What columns are made of: terms that share their parts, fold where they are known, and know their ends."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

__all__ = [
    "DIGITS",
    "WIDEST",
    "Kind",
    "Term",
    "Truth",
    "all_of",
    "any_of",
    "chosen",
    "column",
    "compared",
    "constant",
    "divided",
    "joined",
    "negated",
    "number",
    "only",
    "where",
]

T = TypeVar("T")

#: What the cells of a column are.
Kind: TypeAlias = Literal["truth", "whole", "float", "decimal", "text"]
#: So many terms at most are remembered as holding wherever another one holds.
REMEMBERED = 16
#: Whole numbers up to this one are floats too.
SAFE = 2**53
#: So many digits of a decimal are read.
DIGITS = 18
#: The least and the greatest whole number of 64 bits.
WIDEST = (-(2**63), 2**63 - 1)


class Term:
    """
    A column, a constant, or what an operation makes of other terms; the same term in two places is made once.

    Whole numbers lie between `low` and `high` in every row, whatever the frame holds: so they are as narrow as they
    may be and never run over.
    """

    __slots__ = ("contrary", "high", "holding", "kind", "low", "operation", "parts", "value")

    def __init__(
        self,
        operation: str,
        parts: tuple[Term, ...] = (),
        *,
        kind: Kind,
        value: Any = None,
        ends: tuple[int, int] = WIDEST,
    ) -> None:
        self.operation = operation
        self.parts = parts
        self.kind = kind
        self.value = value
        self.low, self.high = ends if _fits(*ends) else WIDEST
        self.contrary: Term | None = None
        #: What holds wherever this holds, itself among it.
        self.holding = _holding(self)

    @property
    def negation(self) -> Term:
        """The contrary of a truth, the same one whenever asked for."""
        if self.contrary is None:
            self.contrary = self.parts[0] if self.operation == "not" else Term("not", (self,), kind="truth")
            self.contrary.contrary = self
        return self.contrary

    # --- numbers

    def __add__(self, other: Term) -> Term:
        """The sum, with its constant part last: of sums of many the constants are added here and now."""
        if self.kind == "whole":
            one, known = self.split
            two, more = other.split
            if one is None or two is None:
                rest = one if two is None else two
                return number(known + more) if rest is None else rest.plus(known + more)
            if (known or more) and _fits(one.low + two.low, one.high + two.high):
                return (one + two).plus(known + more)
        return self._counted("+", other, (self.low + other.low, self.high + other.high))

    def plus(self, known: int) -> Term:
        """The sum with a constant."""
        return self._counted("+", number(known), (self.low + known, self.high + known))

    @property
    def split(self) -> tuple[Term | None, int]:
        """What a whole number is made of: a part that differs by the row, and a constant one."""
        if self.operation == "constant":
            return None, self.value
        if self.operation == "+" and self.parts[1].operation == "constant":
            return self.parts[0], self.parts[1].value
        return self, 0

    def __sub__(self, other: Term) -> Term:
        return (
            self + other * number(-1)
            if self.operation == "constant" and self.kind == "whole"
            else self._counted("-", other, (self.low - other.high, self.high - other.low))
        )

    def __mul__(self, other: Term) -> Term:
        if self.kind == "whole" and other.operation == "constant":
            rest, known = self.split
            if rest is None:
                return number(known * other.value)
            if known and _fits(rest.low * other.value, rest.high * other.value):
                return (rest * other).plus(known * other.value)
            if self.operation == "*" and self.parts[1].operation == "constant":
                return self.parts[0] * number(self.parts[1].value * other.value)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return self._counted("*", other, (min(ends), max(ends)))

    def __floordiv__(self, other: Term) -> Term:
        """The quotient by what is above zero, for what is not below it."""
        return self._counted("//", other, (0, self.high) if self.low >= 0 and other.low > 0 else WIDEST)

    def __mod__(self, other: Term) -> Term:
        return self._counted("%", other, (0, other.high) if self.low >= 0 and other.low > 0 else WIDEST)

    def _counted(self, sign: str, other: Term, ends: tuple[int, int]) -> Term:
        if other.operation == "constant" and other.value == _NEUTRAL.get(sign) and other.kind == "whole":
            return self
        return Term(sign, (self, other), kind=self.kind, ends=ends)

    def over(self, other: Term) -> Term:
        """The quotient of floats."""
        return Term("/", (self, other), kind="float")

    # --- comparisons

    def __lt__(self, other: Term) -> Truth:
        return compared("<", self, other)

    def __le__(self, other: Term) -> Truth:
        return compared("<=", self, other)

    def __gt__(self, other: Term) -> Truth:
        return compared(">", self, other)

    def __ge__(self, other: Term) -> Truth:
        return compared(">=", self, other)

    def equals(self, other: Term) -> Truth:
        """Whether both are the same, of texts to the last byte."""
        if self.kind == "text":
            return Term("same text", (self, other), kind="truth")
        return compared("==", self, other)

    # --- other types

    def is_nothing(self) -> Term:
        """Whether the cell is empty."""
        return Term("is null", (self,), kind="truth")

    def floor(self) -> Term:
        """The greatest whole float that is not above it."""
        return Term("floor", (self,), kind="float")

    def log(self) -> Term:
        """The natural logarithm of a float."""
        return Term("log", (self,), kind="float")

    def exp(self) -> Term:
        """The exponential of a float."""
        return Term("exp", (self,), kind="float")

    def is_finite(self) -> Term:
        """Whether a float is a number."""
        return Term("is finite", (self,), kind="truth")

    def as_whole(self, ends: tuple[int, int] = WIDEST) -> Term:
        """A truth, a float or a column of the frame as a whole number; who calls it knows between which ends."""
        return Term("as", (self,), kind="whole", ends=(0, 1) if self.kind == "truth" else ends)

    def of_width(self, bits: int) -> Term:
        """A whole number as wide as the columns that come out have to be."""
        return Term("as", (self,), kind="whole", value=bits, ends=(self.low, self.high))

    def as_float(self) -> Term:
        """The float nearest to a whole number; Arrow casts none that is no float itself, but it divides them."""
        if max(-self.low, self.high) > SAFE:
            return Term("/", (self, number(1)), kind="float")
        return Term("as", (self,), kind="float")

    def in_units(self, scale: int) -> Term:
        """A decimal of no more digits than are read, as a whole number of its last place."""
        most = 10**DIGITS - 1
        return Term("units", (self,), kind="whole", value=scale, ends=(-most, most))

    def as_text(self) -> Term:
        """The text of a category or of a whole number."""
        return Term("as", (self,), kind="text")


#: What changes nothing when it is added, taken away, or goes into a product.
_NEUTRAL = {"+": 0, "-": 0, "*": 1, "//": 1}
#: A column of truth values without nulls, or one truth value for all rows.
Truth: TypeAlias = Term | bool

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _fits(*ends: int) -> bool:
    return WIDEST[0] <= min(ends) and max(ends) <= WIDEST[1]


def _holding(term: Term) -> frozenset[Term]:
    found: frozenset[Term] = frozenset({term})
    if term.operation == "and":
        found |= term.parts[0].holding | term.parts[1].holding
    elif term.operation == "not" and term.parts[0].operation == "or":
        # Where neither holds, the contrary of each does.
        one, two = term.parts[0].parts
        found |= one.negation.holding | two.negation.holding
    return found if len(found) <= REMEMBERED else frozenset({term})


def column(name: str, kind: Kind, ends: tuple[int, int] = WIDEST) -> Term:
    """A column of the frame."""
    return Term("column", kind=kind, value=name, ends=ends)


def constant(value: Any, kind: Kind) -> Term:
    """The same in every row; None for nothing."""
    ends = (value, value) if kind == "whole" and value is not None else (0, 0)
    return Term("constant", kind=kind, value=value, ends=ends)


def number(value: int) -> Term:
    """A whole number in every row."""
    return constant(value, "whole")


def divided(value: Term, by: int) -> Term:
    """
    The float nearest to a whole number, given as a float, over another one.

    Polars multiplies by the reciprocal where the divisor is a constant, which is not always the nearest; so that it is
    a column, it is made of the other one.
    """
    if by & (by - 1) == 0:
        # The reciprocal is a float itself.
        return value if by == 1 else value * constant(1 / by, "float")
    return value.over(value * constant(0.0, "float") + constant(float(by), "float"))


def compared(sign: str, one: Term, other: Term) -> Truth:
    """Whether one is `<`, `<=`, `>`, `>=` or `==` the other; known where their ends say so."""
    if one.kind == "whole":
        if sign == "==":
            if one.high < other.low or one.low > other.high:
                return False
            if one.low == one.high == other.low == other.high:
                return True
        else:
            ends = {
                _SIGNS[sign](one.low, other.high),
                _SIGNS[sign](one.high, other.low),
            }
            if len(ends) == 1:
                return ends.pop()
    return Term(sign, (one, other), kind="truth")


def negated(truth: Truth) -> Truth:
    """The contrary."""
    return not truth if isinstance(truth, bool) else truth.negation


def all_of(truths: Iterable[Truth]) -> Truth:
    """
    Whether all hold; what stands first may be what keeps the others from being null.

    What holds anyway where another one does is left out, and where two exclude each other nothing is left.
    """
    several: dict[Term, None] = {}
    for each in truths:
        if each is False:
            return False
        if isinstance(each, Term):
            several[each] = None
    if not several:
        return True
    holding: dict[Term, int] = {}
    for each in several:
        for held in each.holding:
            holding[held] = holding.get(held, 0) + 1
    if any(each.operation == "not" and each.parts[0] in holding for each in holding):
        return False
    return joined([each for each in several if holding[each] == 1], _and)


def any_of(truths: Iterable[Truth]) -> Truth:
    """Whether at least one holds; what never holds alone is left out."""
    several: dict[Term, None] = {}
    for each in truths:
        if each is True:
            return True
        if isinstance(each, Term):
            several[each] = None
    if not several:
        return False
    if any(each.operation == "not" and each.parts[0] in several for each in several):
        return True
    left = [each for each in several if not any(h in several for h in each.holding if h is not each)]
    return joined(left, _or)


def _and(left: Term, right: Term) -> Term:
    return Term("and", (left, right), kind="truth")


def _or(left: Term, right: Term) -> Term:
    return Term("or", (left, right), kind="truth")


def joined(several: Sequence[T], made: Callable[[T, T], T]) -> T:
    """Many made one, as a balanced tree: a long chain is more than the engines' own recursion bears."""
    if len(several) == 1:
        return several[0]
    middle = len(several) // 2
    return made(joined(several[:middle], made), joined(several[middle:], made))


def where(truth: Truth, one: Term, other: Term) -> Term:
    """One where something holds, else the other."""
    if isinstance(truth, bool):
        return one if truth else other
    if truth.operation == "not":
        truth, one, other = truth.parts[0], other, one
    ends = (min(one.low, other.low), max(one.high, other.high))
    return Term("where", (truth, one, other), kind=one.kind, ends=ends)


def only(truth: Truth, value: Term) -> Term:
    """A value where something holds, and nothing elsewhere."""
    if isinstance(truth, bool):
        return value if truth else constant(None, value.kind)
    return Term("only", (truth, value), kind=value.kind, ends=(value.low, value.high))


def chosen(truths: Sequence[Term], values: Sequence[Term]) -> Term:
    """The value of the one truth that holds, of several of which exactly one does."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    left = any_of(truths[:middle])
    one, other = chosen(truths[:middle], values[:middle]), chosen(truths[middle:], values[middle:])
    return where(left, one, other)
