"""Formulas as source: each part a numerator over a denominator, in whole numbers throughout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from attrs import frozen

from kinerja.engine.lines import Lines
from kinerja.feel.tree import Call, Name, Negation, Node, Number, Operation
from kinerja.numbers import DIGITS

__all__ = ["LEFT_OUT", "Operands", "Pair", "Uncovered", "computed"]

#: The greatest whole exponent that is written out.
EXPONENT = 8
#: The functions that are written out; any other is the interpreter's.
COVERED = frozenset({"abs", "floor", "ceiling", "min", "max", "sum", "mean"})


class Uncovered(Exception):
    """Something that is left to the interpreter, wherever it stands; says what."""


@frozen
class Pair:
    """A number as the names or figures of a numerator and of a denominator above zero, with the digits of both."""

    above: str
    below: str
    digits: int


#: Stands for a part of `children.score` that does not apply here.
LEFT_OUT = Pair("", "", 0)
#: What a name of a formula stands for: one number, or several.
Operands: TypeAlias = Callable[[str], Sequence[Pair]]


def computed(lines: Lines, tree: Node, operands: Operands) -> Pair:
    """
    The lines that compute a formula, and where its value stands.

    Raises `Uncovered` for what is not always rational, and for what may grow beyond what a formula may hold.
    """
    found = _part(lines, tree, operands)
    if found.digits > DIGITS:
        raise Uncovered("a formula whose value may be too long")
    return found


def _part(lines: Lines, tree: Node, operands: Operands) -> Pair:
    match tree:
        case Number():
            above, below = tree.value.numerator, tree.value.denominator
            return Pair(str(above), str(below), len(str(above)) + len(str(below)))
        case Name():
            return _one(operands(tree.name))
        case Negation():
            inner = _part(lines, tree.operand, operands)
            return Pair(_put(lines, f"-{_factor(inner.above)}"), inner.below, inner.digits)
        case Operation():
            return _operation(lines, tree, operands)
    return _call(lines, tree, operands)


def _one(found: Sequence[Pair]) -> Pair:
    (pair,) = found
    return pair


def _put(lines: Lines, text: str) -> str:
    name = lines.fresh("p")
    lines.put(f"{name} = {text}")
    return name


def _factor(text: str) -> str:
    """A figure that may stand behind a sign."""
    return f"({text})" if text.startswith("-") else text


def _times(one: str, two: str) -> str:
    if "1" in (one, two):
        return two if one == "1" else one
    return f"{_factor(one)} * {_factor(two)}"


def _operation(lines: Lines, tree: Operation, operands: Operands) -> Pair:
    left = _part(lines, tree.left, operands)
    if tree.operator == "**":
        return _power(lines, left, tree.right)
    right = _part(lines, tree.right, operands)
    digits = left.digits + right.digits + 1
    match tree.operator:
        case "*":
            above = _put(lines, _times(left.above, right.above))
            return Pair(above, _product(lines, left.below, right.below), digits)
        case "/":
            return _divided(lines, left, right, digits)
    sign = tree.operator
    if left.below == right.below == "1":
        return Pair(_put(lines, f"{left.above} {sign} {_factor(right.above)}"), "1", digits)
    one, two = _times(left.above, right.below), _times(right.above, left.below)
    above = _put(lines, f"{one} {sign} {_factor(two)}")
    return Pair(above, _product(lines, left.below, right.below), digits)


def _product(lines: Lines, one: str, two: str) -> str:
    text = _times(one, two)
    return _put(lines, text) if "*" in text else text


def _divided(lines: Lines, left: Pair, right: Pair, digits: int) -> Pair:
    """A quotient, its sign above; nothing is divided by zero here."""
    above = _put(lines, _times(left.above, right.below))
    below = _put(lines, _times(left.below, right.above))
    if right.above.isdecimal() and int(right.above):
        return Pair(above, below, digits)
    lines.refuse(f"not {below}")
    with lines.under(f"if {below} < 0:"):
        lines.put(f"{above} = -{above}")
        lines.put(f"{below} = -{below}")
    return Pair(above, below, digits)


def _power(lines: Lines, base: Pair, exponent: Node) -> Pair:
    if not isinstance(exponent, Number) or exponent.value.denominator != 1:
        raise Uncovered("a power that may not be rational")
    power = int(exponent.value)
    if abs(power) > EXPONENT:
        raise Uncovered("a great power")
    if power < 0:
        base = _divided(lines, Pair("1", "1", 1), base, base.digits + 1)
    above = _put(lines, f"{_factor(base.above)} ** {abs(power)}")
    below = base.below if base.below == "1" else _put(lines, f"{base.below} ** {abs(power)}")
    return Pair(above, below, base.digits * max(abs(power), 1) + 1)


def _call(lines: Lines, tree: Call, operands: Operands) -> Pair:
    if tree.function not in COVERED:
        raise Uncovered(f"{tree.function}()")
    parts: list[Pair] = []
    for argument in tree.arguments:
        spread = operands(argument.name) if isinstance(argument, Name) else [_part(lines, argument, operands)]
        parts += spread
    if LEFT_OUT in parts:
        raise Uncovered("children that may not apply in a formula")
    first = parts[0]
    match tree.function:
        case "abs":
            return Pair(_put(lines, f"abs({first.above})"), first.below, first.digits)
        case "floor":
            return Pair(_put(lines, f"{_factor(first.above)} // {first.below}"), "1", first.digits)
        case "ceiling":
            return Pair(_put(lines, f"-(-{_factor(first.above)} // {first.below})"), "1", first.digits)
    found = _gathered(lines, tree.function, parts)
    if tree.function == "mean":
        count = str(len(parts))
        below = _put(lines, _times(found.below, count))
        return Pair(found.above, below, found.digits + len(count))
    return found


def _gathered(lines: Lines, function: str, parts: Sequence[Pair]) -> Pair:
    """The sum of several, or the least or greatest of them."""
    above, below, digits = lines.fresh("p"), lines.fresh("q"), parts[0].digits
    lines.put(f"{above} = {parts[0].above}")
    lines.put(f"{below} = {parts[0].below}")
    for part in parts[1:]:
        if function in ("min", "max"):
            sign = "<" if function == "min" else ">"
            with lines.under(f"if {_times(part.above, below)} {sign} {_times(above, part.below)}:"):
                lines.put(f"{above} = {part.above}")
                lines.put(f"{below} = {part.below}")
            digits = max(digits, part.digits)
        else:
            lines.put(f"{above} = {_times(above, part.below)} + {_factor(_times(part.above, below))}")
            lines.put(f"{below} = {_times(below, part.below)}")
            digits += part.digits + 1
    return Pair(above, below, digits)
