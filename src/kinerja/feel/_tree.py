"""
The tree of a formula: what each part is, how it prints and what it comes to.

Places ride along for faults and take no part in equality.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from math import ceil, floor

from attrs import field, frozen

from kinerja.errors import Fault
from kinerja.feel._cells import CHARACTERS, Span, cut
from kinerja.feel.values import (
    MISSING,
    NOT_APPLICABLE,
    Inexact,
    Lookup,
    Operand,
    bounded,
    exponential,
    logarithm,
    mean,
    power,
    square_root,
    total,
)
from kinerja.numbers import text

Result = Fraction | Inexact

#: How tightly an operator binds; unary minus binds tighter than `**`, as FEEL's grammar says.
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
_UNARY = 4

#: These take several values, and leave out what is not applicable.
GATHERING: dict[str, Callable[[list[Fraction]], Result]] = {
    "max": max,
    "mean": mean,
    "min": min,
    "sum": total,
}
#: These take one value.
SINGLE: dict[str, Callable[[Fraction], Result]] = {
    "abs": abs,
    "ceiling": lambda value: Fraction(ceil(value)),
    "exp": exponential,
    "floor": lambda value: Fraction(floor(value)),
    "log": logarithm,
    "sqrt": square_root,
}
#: The functions whose results are not always rational.
IRRATIONAL = frozenset({"exp", "log", "sqrt"})

_SIMPLE: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@frozen
class Number:
    """A constant; a sign directly before it belongs to it."""

    value: Fraction
    span: Span = field(eq=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        return ()

    def evaluate(self, lookup: Lookup) -> Operand:  # noqa: ARG002 (every node takes it)
        return self.value


@frozen
class Name:
    """A fact, or what a node came to."""

    name: str
    span: Span = field(eq=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        return ()

    def evaluate(self, lookup: Lookup) -> Operand:
        value = lookup(self.name)
        if isinstance(value, tuple):
            raise Fault("K177", self.span, text=self.name)
        return value


@frozen
class Negation:
    """A minus sign before something that is no constant."""

    operand: Node
    span: Span = field(eq=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.operand,)

    def evaluate(self, lookup: Lookup) -> Operand:
        value = self.operand.evaluate(lookup)
        if isinstance(value, Inexact):
            return Inexact(-value.number)
        return -value if isinstance(value, Fraction) else value


@frozen
class Operation:
    """Two operands and the operator between them."""

    operator: str
    left: Node
    right: Node
    span: Span = field(eq=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.left, self.right)

    def evaluate(self, lookup: Lookup) -> Operand:
        left = self.left.evaluate(lookup)
        right = self.right.evaluate(lookup)
        if type(left) is Fraction and type(right) is Fraction:
            return self.computed(left, right)
        if left is MISSING or right is MISSING:
            return MISSING
        if left is NOT_APPLICABLE or right is NOT_APPLICABLE:
            return NOT_APPLICABLE
        return _inexact(self.computed(_number(left), _number(right)))

    def computed(self, left: Fraction, right: Fraction) -> Result:
        """The result for two numbers; faults point at this operation."""
        if self.operator == "/" and not right:
            raise Fault("K178", self.right.span, text=cut(printed(self.right)))
        try:
            if self.operator == "**":
                return power(left, right)
            return bounded(_SIMPLE[self.operator](left, right))
        except Fault as fault:
            # 0 to a negative power divides by its base.
            raise _placed(fault, self.left if fault.code == "K178" else self) from None


@frozen
class Call:
    """A function and its arguments."""

    function: str
    arguments: tuple[Node, ...]
    span: Span = field(eq=False)

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.arguments

    def evaluate(self, lookup: Lookup) -> Operand:
        operands = list(self.operands(lookup))
        if MISSING in operands:
            return MISSING
        present = [operand for operand in operands if operand is not NOT_APPLICABLE]
        if not present:
            return NOT_APPLICABLE
        numbers = [_number(operand) for operand in present]
        try:
            several = GATHERING.get(self.function)
            result = SINGLE[self.function](numbers[0]) if several is None else several(numbers)
        except Fault as fault:
            raise _placed(fault, self) from None
        return _inexact(result) if any(type(operand) is Inexact for operand in present) else result

    def operands(self, lookup: Lookup) -> Iterator[Operand]:
        """The values of the arguments, with those of `children.score` spread out where several may stand."""
        for argument in self.arguments:
            if self.function in GATHERING and isinstance(argument, Name):
                value = lookup(argument.name)
                yield from value if isinstance(value, tuple) else (value,)
            else:
                yield argument.evaluate(lookup)


Node = Number | Name | Negation | Operation | Call


def _number(operand: Operand) -> Fraction:
    assert isinstance(operand, Fraction | Inexact)
    return operand.number if isinstance(operand, Inexact) else operand


def _inexact(result: Result) -> Inexact:
    return result if isinstance(result, Inexact) else Inexact(result)


def _placed(fault: Fault, node: Node) -> Fault:
    """A fault of the arithmetic, at the part of the formula where it arose."""
    return Fault(fault.code, node.span, **{"text": cut(printed(node)), **fault.values})


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order of writing."""
    yield node
    for part in node.parts:
        yield from walk(part)


def may_be_inexact(node: Node) -> bool:
    """Whether something below this node can come out irrational."""
    for part in walk(node):
        if isinstance(part, Call) and part.function in IRRATIONAL:
            return True
        if isinstance(part, Operation) and part.operator == "**":
            exponent = part.right
            if not (isinstance(exponent, Number) and exponent.value.denominator == 1):
                return True
    return False


def printed(node: Node, least: int = 0) -> str:
    """The text of a node with no more parentheses than needed where at least this tightness of binding stands."""
    match node:
        case Number():
            return text(node.value, decimals=CHARACTERS)
        case Name():
            return node.name
        case Call():
            return f"{node.function}({', '.join(printed(argument) for argument in node.arguments)})"
        case Negation():
            binds, words = _UNARY, f"-{printed(node.operand, _UNARY)}"
        case _:
            binds = _BINDS[node.operator]
            words = f"{printed(node.left, binds)} {node.operator} {printed(node.right, binds + 1)}"
    return f"({words})" if binds < least else words
