"""
How a group combines its children.

Adding an aggregator: a function here, its name in `kinerja.plan.supported`, its word in `kinerja.messages.PHRASES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import prod

from kinerja.engine.outcome import Part
from kinerja.feel import Inexact, formula

__all__ = ["ADDITIVE", "combine", "root"]

#: The combines in which each child contributes a part of the score.
ADDITIVE = frozenset({"sum", "mean", "weighted-sum", "weighted-mean"})


def combine(name: str, parts: Sequence[Part]) -> tuple[Fraction, bool]:
    """
    The score of a group from the scores of those of its children that count, and whether it is exact.

    There is at least one child.  Raises `Fault` for a root of a negative product.
    """
    if name == "geometric-mean":
        return _geometric(parts)
    return _COMBINES[name](parts), True


def _weighted(parts: Sequence[Part]) -> Fraction:
    """The sum of weight times score over the sum of weights, in whole numbers until the last step."""
    numerator, denominator, base = 0, 1, 0
    for part in parts:
        score: Fraction = part.node.score  # type: ignore[assignment]
        base += part.points
        if score.denominator == denominator:
            numerator += part.points * score.numerator
        else:
            numerator = numerator * score.denominator + part.points * score.numerator * denominator
            denominator *= score.denominator
    return Fraction(numerator, denominator * base)


def _sum(parts: Sequence[Part]) -> Fraction:
    return sum((_score(part) for part in parts), Fraction(0))


def _mean(parts: Sequence[Part]) -> Fraction:
    return _sum(parts) / len(parts)


def _least(parts: Sequence[Part]) -> Fraction:
    return min(_score(part) for part in parts)


def _greatest(parts: Sequence[Part]) -> Fraction:
    return max(_score(part) for part in parts)


def _score(part: Part) -> Fraction:
    score = part.node.score
    assert score is not None
    return score


def _product(parts: Sequence[Part]) -> Fraction:
    return prod((_score(part) for part in parts), start=Fraction(1))


def _geometric(parts: Sequence[Part]) -> tuple[Fraction, bool]:
    return root(_product(parts), len(parts))


def root(product: Fraction, count: int) -> tuple[Fraction, bool]:
    """A root, and whether it is exact: computed by the one formula language that there is; `Fault` of what has none."""
    found = formula(f"product ** (1 / {count})").evaluate(lambda _: product)
    return (found.number, False) if isinstance(found, Inexact) else (Fraction(found), True)  # type: ignore[arg-type]


_COMBINES: Mapping[str, Callable[[Sequence[Part]], Fraction]] = {
    "sum": _sum,
    "mean": _mean,
    "weighted-sum": _weighted,
    "weighted-mean": _weighted,
    "min": _least,
    "max": _greatest,
    "product": _product,
}
