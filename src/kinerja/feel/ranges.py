"""What a formula can come to, where its names are anywhere in sets of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from kinerja.errors import Fault
from kinerja.feel._tree import Name, Negation, Node, Operation, walk
from kinerja.feel.formulas import Formula
from kinerja.intervals import EVERYTHING, IntervalSet

__all__ = ["image"]


def image(formula: Formula, sets: Mapping[str, IntervalSet]) -> tuple[IntervalSet, bool]:
    """
    A set that holds every value of a formula over dense sets of numbers, and whether it holds no other.

    Exact where each name enters once and linearly; of anything else it is only known that it is a number.

    >>> from kinerja.feel import condition, formula
    >>> numbers, is_exact = image(formula("(100 - value) / 2"), {"value": condition("[0..100]").numbers()})
    >>> str(numbers), is_exact
    ('[0..50]', True)
    """
    names = [part.name for part in walk(formula.tree) if isinstance(part, Name)]
    found = _image(formula.tree, sets)
    return (EVERYTHING, False) if found is None else (found, len(set(names)) == len(names))


def _image(node: Node, sets: Mapping[str, IntervalSet]) -> IntervalSet | None:
    """The values of a part; None where it is not linear."""
    constant = _constant(node)
    if constant is not None:
        return IntervalSet.of(constant)
    match node:
        case Name():
            return sets[node.name]
        case Negation():
            below = _image(node.operand, sets)
            return None if below is None else below.linear(Fraction(-1))
        case Operation():
            return _operated(node, sets)
        case _:
            return None


def _operated(node: Operation, sets: Mapping[str, IntervalSet]) -> IntervalSet | None:
    left, right = _image(node.left, sets), _image(node.right, sets)
    if left is None or right is None:
        return None
    one, other = _constant(node.left), _constant(node.right)
    if node.operator in ("+", "-"):
        return left + (right if node.operator == "+" else right.linear(Fraction(-1)))
    if node.operator == "*" and one is not None:
        return right.linear(one)
    if node.operator == "*" and other is not None:
        return left.linear(other)
    return left.linear(1 / other) if node.operator == "/" and other else None


def _constant(node: Node) -> Fraction | None:
    """The value of a part that reads no name."""
    if any(isinstance(part, Name) for part in walk(node)):
        return None
    try:
        value = node.evaluate(lambda _: ())
    except Fault:
        return None
    return value if isinstance(value, Fraction) else None
