"""What columns are made of: truths that fold where they are known, and stages in which columns are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

import narwhals as nw

__all__ = [
    "Stages",
    "Term",
    "Truth",
    "all_of",
    "any_of",
    "chosen",
    "divided",
    "joined",
    "negated",
    "number",
    "where",
]

T = TypeVar("T")


class Term:
    """An expression, and the first stage in which all that it is made from stands."""

    __slots__ = ("expr", "is_column", "level")

    def __init__(self, expr: nw.Expr, level: int = 0, *, is_column: bool = False) -> None:
        self.expr = expr
        self.level = level
        self.is_column = is_column

    def with_(self, other: Term, made: Callable[[nw.Expr, nw.Expr], nw.Expr]) -> Term:
        """What is made of two."""
        return Term(made(self.expr, other.expr), max(self.level, other.level))

    def to(self, made: Callable[[nw.Expr], nw.Expr]) -> Term:
        """What is made of one."""
        return Term(made(self.expr), self.level)


#: A column of truth values without nulls, or one truth value for all rows.
Truth: TypeAlias = Term | bool


def number(value: int) -> nw.Expr:
    """A whole number in every row, as wide on every engine."""
    return nw.lit(value, dtype=nw.Int64)


def divided(value: nw.Expr, by: int) -> nw.Expr:
    """
    The float nearest to a whole number, given as a float, over another one.

    Polars multiplies by the reciprocal where the divisor is a constant, which is not always the nearest; so that it is
    a column, it is made of the other one.
    """
    return value if by == 1 else value / (value * nw.lit(0.0) + nw.lit(float(by)))


def negated(truth: Truth) -> Truth:
    """The contrary."""
    return not truth if isinstance(truth, bool) else truth.to(lambda a: ~a)


def all_of(truths: Iterable[Truth]) -> Truth:
    """Whether all hold; what stands first may be what keeps the others from being null."""
    several = [each for each in truths if each is not True]
    if any(each is False for each in several):
        return False
    return joined([each for each in several if isinstance(each, Term)], _and) if several else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Whether at least one holds."""
    several = [each for each in truths if each is not False]
    if any(each is True for each in several):
        return True
    return joined([each for each in several if isinstance(each, Term)], _or) if several else False


def _and(left: Term, right: Term) -> Term:
    return left.with_(right, lambda a, b: a & b)


def _or(left: Term, right: Term) -> Term:
    return left.with_(right, lambda a, b: a | b)


def joined(several: Sequence[T], made: Callable[[T, T], T]) -> T:
    """Many made one, as a balanced tree: a long chain is more than the engines' own recursion bears."""
    if len(several) == 1:
        return several[0]
    middle = len(several) // 2
    return made(joined(several[:middle], made), joined(several[middle:], made))


def where(truth: Term, one: nw.Expr, other: nw.Expr) -> nw.Expr:
    """One where something holds, else the other."""
    return nw.when(truth.expr).then(one).otherwise(other)


def chosen(truths: Sequence[Term], values: Sequence[nw.Expr]) -> Term:
    """The value of the one truth that holds, of several of which exactly one does."""
    if len(values) == 1:
        return Term(values[0], truths[0].level)
    middle = len(values) // 2
    left = any_of(truths[:middle])
    assert isinstance(left, Term)
    one, other = chosen(truths[:middle], values[:middle]), chosen(truths[middle:], values[middle:])
    return Term(where(left, one.expr, other.expr), max(each.level for each in (left, one, other)))


class Stages:
    """Columns that are made on the way, each in the first stage that it can be made in."""

    def __init__(self, prefix: str, *, settles: bool = True) -> None:
        self.prefix = prefix
        self.made: list[list[nw.Expr]] = []
        self.count = 0
        #: Whether single rows can be left to the interpreter, and which are.
        self.settles = settles
        self.doubts: list[Truth] = []

    def keep(self, term: Term) -> Term:
        """
        The same as a column of its own, for what is asked for more than once.

        Expressions are trees: what is not kept is worked out wherever it stands, and that again for all that it is in.
        """
        if term.is_column:
            return term
        while len(self.made) <= term.level:
            self.made.append([])
        name = f"{self.prefix}{self.count}"
        self.count += 1
        self.made[term.level].append(term.expr.alias(name))
        return Term(nw.col(name), term.level + 1, is_column=True)

    def doubt(self, truth: Truth) -> None:
        """Note rows that columns cannot decide: all that they come to is then the interpreter's."""
        self.doubts.append(self.kept(truth))

    def kept(self, truth: Truth) -> Truth:
        """The same for a truth."""
        return truth if isinstance(truth, bool) else self.keep(truth)
