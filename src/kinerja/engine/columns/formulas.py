"""Formulas in columns: one whole number over another as long as that is exact, else floats that are near enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.lines import Line, Ratio, Whole
from kinerja.engine.columns.near import Near, Nearly
from kinerja.engine.columns.terms import Truth, all_of, any_of, constant, joined, negated, number, where
from kinerja.engine.shapes import common
from kinerja.errors import Fault
from kinerja.feel import Inexact
from kinerja.feel.tree import EXPONENT, GATHERING, Call, Name, Negation, Node, Operation, walk
from kinerja.numbers import Rounding

__all__ = [
    "Found",
    "Operand",
    "Operands",
    "Value",
    "computed",
    "line_of",
    "near",
    "plus",
    "refusal",
    "rounded",
    "times",
]

_ONE = Whole.of(Fraction(1))


@frozen
class Operand:
    """One number that a name in a formula stands for: where there is one, and where none on purpose."""

    number: Whole
    known: Truth
    left: Truth = False


#: What a name in a formula comes to; `children.score` comes to several.
Operands: TypeAlias = Callable[[str], Sequence[Operand]]
#: An exact quotient, or what is only known nearly.
Value: TypeAlias = Ratio | Near


@frozen
class Found:
    """What a formula comes to: where its names have values, where none on purpose, and where it is at fault."""

    value: Value
    known: Truth
    left: Truth
    fault: Truth

    @property
    def usable(self) -> Truth:
        """Where there is a number."""
        return all_of([self.known, negated(self.fault)])


def computed(tree: Node, operands: Operands, doubts: Doubts) -> Found:
    """
    The value of a formula; where there is none, any number, or 0 over 1 where it is a quotient.

    Raises `Fault`: K615 without a text for what is not computed in columns, K616 for what does not fit, K620 for what
    is only known nearly on an engine that cannot leave single rows to the interpreter.
    """
    return _Formula(operands, doubts).settled(tree)


def refusal(value: Value) -> Fault:
    """What is said where such a value is not rounded."""
    return Fault("K615" if isinstance(value, Ratio) else "K616" if value.is_rational else "K621")


def line_of(value: Value, here: Truth, doubts: Doubts) -> Line:
    """The same to be compared with bounds; where it is only known nearly, rows beside one are noted."""
    return value if isinstance(value, Ratio) else Nearly(value, here, doubts)


# --- arithmetic


def near(value: Value, doubts: Doubts) -> Near:
    """The same as floats, if it is not already."""
    return value if isinstance(value, Near) else Near.of(value, doubts)


def _either(
    one: Value,
    two: Value,
    exact: Callable[[Ratio, Ratio], Ratio],
    nearly: Callable[[Near, Near], Near],
    doubts: Doubts,
) -> Value:
    """What is made of two: exact as long as it fits, else in floats where rows can be left to the interpreter."""
    if isinstance(one, Ratio) and isinstance(two, Ratio):
        try:
            return exact(one, two)
        except Fault as fault:
            if fault.code != "K616" or not doubts.settles:
                raise
    return nearly(near(one, doubts), near(two, doubts))


def plus(one: Value, two: Value, doubts: Doubts) -> Value:
    """The sum."""

    def exact(a: Ratio, b: Ratio) -> Ratio:
        above = a.above.multiplied(b.below).plus(b.above.multiplied(a.below))
        return Ratio(above, a.below.multiplied(b.below))

    return _either(one, two, exact, lambda a, b: a.plus(b), doubts)


def times(one: Value, two: Value, doubts: Doubts) -> Value:
    """The product."""

    def exact(a: Ratio, b: Ratio) -> Ratio:
        return Ratio(a.above.multiplied(b.above), a.below.multiplied(b.below))

    return _either(one, two, exact, lambda a, b: a.times(b), doubts)


def _over(one: Value, two: Value, doubts: Doubts) -> Value:
    """The quotient; what stands below may be below zero, or zero where there is none."""

    def exact(a: Ratio, b: Ratio) -> Ratio:
        return Ratio(a.above.multiplied(b.below), a.below.multiplied(b.above))

    return _either(one, two, exact, lambda a, b: a.over(b), doubts)


def _negated(value: Value) -> Value:
    return value.negated() if isinstance(value, Near) else Ratio(value.above.negated(), value.below)


def _chosen(one: Value, two: Value, first: Callable[[Truth], Truth], *, least: bool, doubts: Doubts) -> Value:
    """One of two: the lesser or the greater, or the one that there is."""

    def picked(a: Ratio, b: Ratio) -> Ratio:
        left, right = a.above.multiplied(b.below), b.above.multiplied(a.below)
        unit = common((left.unit, right.unit))
        left, right = left.counted(unit), right.counted(unit)
        before = left.expr <= right.expr if least else left.expr >= right.expr
        which = first(before)
        return Ratio(_which(which, a.above, b.above), _which(which, a.below, b.below))

    def nearly(a: Near, b: Near) -> Near:
        return a.chosen(b, first(a.value <= b.value if least else a.value >= b.value))

    return _either(one, two, picked, nearly, doubts)


def _which(first: Truth, one: Whole, two: Whole) -> Whole:
    if one == two:
        return one
    unit = common((one.unit, two.unit))
    one, two = one.counted(unit), two.counted(unit)
    return Whole(where(first, one.expr, two.expr), unit, min(one.low, two.low), max(one.high, two.high))


def _signed(whole: Whole, is_low: Truth) -> Whole:
    """The same, below zero where something holds."""
    most = max(abs(whole.low), abs(whole.high))
    return Whole(where(is_low, number(0) - whole.expr, whole.expr), whole.unit, -most, most)


def _is_zero(whole: Whole) -> Truth:
    if whole.low > 0 or whole.high < 0:
        return False
    if whole.term is None:
        return True
    return whole.term.equals(number(0))


def rounded(value: Value, rounding: Rounding, here: Truth, doubts: Doubts) -> Whole:
    """Rounded to the multiples of what the rounding says; rows beside a line are noted."""
    if isinstance(value, Ratio):
        try:
            return value.rounded(rounding)
        except Fault as fault:
            if fault.code != "K616" or not doubts.settles:
                raise
    return Nearly(near(value, doubts), here, doubts).rounded(rounding)


class _Formula:
    """One formula on its way; every value in it has something above zero below."""

    def __init__(self, operands: Operands, doubts: Doubts) -> None:
        self.operands = operands
        self.doubts = doubts

    def found(self, tree: Node) -> Found:
        """What a part comes to; where there is nothing, any number."""
        if not any(isinstance(part, Name) for part in walk(tree)):
            return self.constant(tree)
        match tree:
            case Name():
                several = self.named(tree)
                if len(several) != 1:
                    raise Fault("K615")
                return several[0]
            case Negation():
                inner = self.found(tree.operand)
                return evolve(inner, value=_negated(inner.value))
            case Operation(operator="**"):
                return self.power(self.settled(tree.left), tree.right)
            case Operation():
                return self.operation(tree)
        assert isinstance(tree, Call)
        if tree.function in GATHERING:
            return self.gathered(tree.function, [self.gated(each) for each in self.spread(tree)])
        return self.single(tree.function, self.settled(tree.arguments[0]))

    def named(self, tree: Name) -> list[Found]:
        """The numbers that a name stands for."""
        return [
            Found(Ratio(each.number, _ONE), each.known, each.left, fault=False)
            for each in self.operands(tree.name)
        ]

    def spread(self, tree: Call) -> Iterator[Found]:
        """The arguments of a function, with all that a name stands for."""
        for argument in tree.arguments:
            yield from self.named(argument) if isinstance(argument, Name) else [self.found(argument)]

    def constant(self, tree: Node) -> Found:
        """What hangs on no name is worked out here and now."""
        try:
            value = tree.evaluate(lambda _: ())
        except Fault:
            return Found(Ratio(_ONE, _ONE), known=True, left=False, fault=True)
        assert isinstance(value, Fraction | Inexact)
        if isinstance(value, Inexact):
            ratio = Ratio(Whole.of(value.number), _ONE)
            floats = evolve(near(ratio, self.doubts), is_rational=False)
            return Found(floats, known=True, left=False, fault=False)
        return Found(Ratio(Whole.of(value), _ONE), known=True, left=False, fault=False)

    def settled(self, tree: Node) -> Found:
        """A part, fit for a function."""
        return self.gated(self.found(tree))

    def gated(self, found: Found) -> Found:
        """
        What was found, with nothing but what is above zero below; a quotient is 0 over 1 where there is none.

        Over a unit any number may stand where there is none: nobody divides by it or asks for its root there.
        """
        value = found.value
        if isinstance(value, Near):
            return evolve(found, value=value.gated(found.usable))
        above, below = value.above, value.below
        if below.term is None:
            # A constant below is no more than a unit.
            return evolve(found, value=Ratio(above.scaled(1 / (below.low * below.unit)), _ONE))
        if below.low < 0:
            is_low = below.compared("<", Fraction(0))
            above, below = _signed(above, is_low), _signed(below, is_low)
        below = Whole(below.term, below.unit, max(below.low, 1), max(below.high, 1))
        usable = found.usable
        return evolve(found, value=Ratio(above.gated(usable), below.gated(usable, 1)))

    # --- operations

    def operation(self, tree: Operation) -> Found:
        """A sum, a difference, a product or a quotient; a quotient by zero is at fault."""
        one, two = self.found(tree.left), self.found(tree.right)
        known, left = all_of([one.known, two.known]), any_of([one.left, two.left])
        fault = any_of([one.fault, two.fault])
        if tree.operator == "/":
            zero = self.is_zero(two)
            fault = any_of([fault, all_of([known, zero])])
            if zero is True:
                # Where there is something to divide, there is no result; the number does not matter.
                return Found(one.value, known, left, fault)
            return self.gated(Found(_over(one.value, two.value, self.doubts), known, left, fault))
        if tree.operator == "*":
            return Found(times(one.value, two.value, self.doubts), known, left, fault)
        other = _negated(two.value) if tree.operator == "-" else two.value
        return Found(plus(one.value, other, self.doubts), known, left, fault)

    def is_zero(self, found: Found) -> Truth:
        """Where a number is zero."""
        if isinstance(found.value, Ratio):
            return _is_zero(found.value.above)
        return all_of(self.compared(found, sign, 0) for sign in ("<=", ">="))

    def compared(self, found: Found, sign: str, cut: int) -> Truth:
        """Where a number lies on one side of another."""
        if isinstance(found.value, Ratio):
            return found.value.above.compared(sign, Fraction(cut))
        return Nearly(found.value, found.usable, self.doubts).compared(sign, Fraction(cut))

    def power(self, base: Found, right: Node) -> Found:
        """A number to a constant power."""
        if any(isinstance(part, Name) for part in walk(right)):
            raise Fault("K615")
        exponent = self.constant(right).value
        if not isinstance(exponent, Ratio):
            raise Fault("K615")
        by = exponent.above.low * exponent.above.unit
        if abs(by) > EXPONENT:
            return evolve(base, fault=any_of([base.fault, base.known]))
        fault = [base.fault]
        if by < 0:
            fault.append(all_of([base.known, self.is_zero(base)]))
        if by.denominator != 1:
            fault.append(all_of([base.known, self.compared(base, "<", 0)]))
            floats = near(base.value, self.doubts)
            exact = float(by)
            value: Value = floats.power(constant(exact, "float"), least=exact, greatest=exact)
            return evolve(base, value=value, fault=any_of(fault))
        value = self.whole_power(base.value, abs(int(by)))
        found = evolve(base, value=value, fault=any_of(fault))
        if by >= 0:
            return found
        return self.gated(evolve(found, value=_over(Ratio(_ONE, _ONE), value, self.doubts)))

    def whole_power(self, value: Value, count: int) -> Value:
        """A number so many times with itself, by squares."""
        if not count:
            return Ratio(_ONE, _ONE)
        half = self.whole_power(value, count // 2)
        squared = times(half, half, self.doubts) if count > 1 else half
        return times(squared, value, self.doubts) if count % 2 else squared

    # --- functions

    def single(self, function: str, found: Found) -> Found:
        """A function of one number."""
        value, doubts = found.value, self.doubts
        if function == "abs":
            if isinstance(value, Near):
                return evolve(found, value=value.size())
            return evolve(found, value=Ratio(_size(value.above), value.below))
        if function in ("floor", "ceiling"):
            return evolve(found, value=self.to_whole(found, function))
        floats = near(value, doubts)
        if function == "exp":
            return evolve(found, value=floats.exponential())
        wrong = self.compared(found, "<" if function == "sqrt" else "<=", 0)
        fault = any_of([found.fault, all_of([found.known, wrong])])
        if function == "log":
            return evolve(found, value=floats.logarithm(), fault=fault)
        root = floats.power(constant(0.5, "float"), least=0.5, greatest=0.5)
        return evolve(found, value=root, fault=fault)

    def to_whole(self, found: Found, function: str) -> Value:
        """Rounded to whole numbers; what was only known nearly stays without an exact value, as for the interpreter."""
        to = Rounding(Fraction(1), mode="floor" if function == "floor" else "ceiling")
        whole = rounded(found.value, to, found.usable, self.doubts)
        value = Ratio(whole, _ONE)
        if isinstance(found.value, Ratio) or found.value.is_rational:
            return value
        return evolve(near(value, self.doubts), is_rational=False)

    def gathered(self, function: str, several: Sequence[Found]) -> Found:
        """The least, the greatest, the sum or the mean of what applies."""
        doubts = self.doubts
        there = [each.usable for each in several]
        known = all_of([all_of(any_of([each.known, each.left]) for each in several), any_of(there)])
        left, fault = all_of(each.left for each in several), any_of(each.fault for each in several)
        if function in ("min", "max"):
            pairs = list(zip([each.value for each in several], there, strict=True))
            value, _ = joined(pairs, lambda a, b: self.better(a, b, least=function == "min"))
            return Found(value, known, left, fault)
        parts = [self.only(each.value, here) for each, here in zip(several, there, strict=True)]
        value = joined(parts, lambda a, b: plus(a, b, doubts))
        found = Found(value, known, left, fault)
        if function == "sum":
            return found
        counts = [Whole.of(Fraction(1)).gated(each) for each in there]
        count = joined(counts, lambda a, b: a.plus(b))
        return self.gated(evolve(found, value=_over(value, Ratio(count, _ONE), doubts)))

    def only(self, value: Value, here: Truth) -> Value:
        """A value where something holds, else zero."""
        if isinstance(value, Near):
            return value.gated(here)
        return Ratio(value.above.gated(here), value.below)

    def better(
        self, one: tuple[Value, Truth], two: tuple[Value, Truth], *, least: bool
    ) -> tuple[Value, Truth]:
        """Of two numbers the lesser or the greater; where only one is there, that one."""
        if one[1] is False or two[1] is False:
            return two if one[1] is False else one
        here = any_of([one[1], two[1]])

        def first(before: Truth) -> Truth:
            return all_of([one[1], any_of([negated(two[1]), before])])

        return _chosen(one[0], two[0], first, least=least, doubts=self.doubts), here


def _size(whole: Whole) -> Whole:
    """The same without its sign."""
    if whole.low >= 0:
        return whole
    if whole.term is None:
        return whole.negated()
    signed = _signed(whole, whole.term < number(0))
    return Whole(signed.term, signed.unit, 0, signed.high)
