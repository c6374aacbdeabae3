"""Formulas in columns: one whole number over another as long as that is exact, else floats that are near enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.lines import Comparable, Ratio, Whole
from kinerja.engine.columns.near import Near, Nearly
from kinerja.engine.columns.root import DEGREES, Root
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
    "Part",
    "Value",
    "computed",
    "line_of",
    "near",
    "plus",
    "refusal",
    "root_of",
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
Part: TypeAlias = Ratio | Near
#: The same, or a root of a quotient.
Value: TypeAlias = Part | Root


@frozen
class Found:
    """What a formula comes to: where its names have values, where none on purpose, and where it is at fault."""

    value: Value
    known: Truth
    left: Truth
    fault: Truth


@frozen
class _Found:
    """The same of a part of a formula."""

    value: Part
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
    formula = _Formula(operands, doubts)
    found: Found | _Found = formula.rooted(tree) or formula.settled(tree)
    return Found(found.value, found.known, found.left, found.fault)


@frozen
class _Rooted:
    """A root to be compared with bounds: by whole powers as long as they fit."""

    root: Root
    here: Truth
    doubts: Doubts

    def compared(self, sign: str, cut: Fraction) -> Truth:
        """By the power of the bound, or by floats."""
        try:
            return self.root.compared(sign, cut)
        except Fault:
            if not self.doubts.settles:
                raise
        return Nearly(near(self.root, self.doubts), self.here, self.doubts).compared(sign, cut)


def refusal(value: Value) -> Fault:
    """What is said where such a value is not rounded."""
    if isinstance(value, Ratio):
        return Fault("K615")
    return Fault("K616" if isinstance(value, Near) and value.is_rational else "K621")


def line_of(value: Value, here: Truth, doubts: Doubts) -> Comparable:
    """The same to be compared with bounds; where it is only known nearly, rows beside one are noted."""
    if isinstance(value, Root):
        return _Rooted(value, here, doubts)
    return value if isinstance(value, Ratio) else Nearly(value, here, doubts)


# --- arithmetic


def near(value: Value, doubts: Doubts) -> Near:
    """The same as floats, if it is not already."""
    if isinstance(value, Root):
        by = 1 / value.degree
        return Near.of(value.ratio, doubts).power(constant(by, "float"), least=by, greatest=by)
    return value if isinstance(value, Near) else Near.of(value, doubts)


def _either(
    one: Value,
    two: Value,
    exact: Callable[[Ratio, Ratio], Ratio],
    nearly: Callable[[Near, Near], Near],
    doubts: Doubts,
) -> Part:
    """What is made of two: exact as long as it fits, else in floats where rows can be left to the interpreter."""
    if isinstance(one, Ratio) and isinstance(two, Ratio):
        try:
            return exact(one, two)
        except Fault as fault:
            if fault.code != "K616" or not doubts.settles:
                raise
    return nearly(near(one, doubts), near(two, doubts))


def plus(one: Value, two: Value, doubts: Doubts) -> Part:
    """The sum."""

    def exact(a: Ratio, b: Ratio) -> Ratio:
        above = a.above.multiplied(b.below).plus(b.above.multiplied(a.below))
        return Ratio(above, a.below.multiplied(b.below))

    return _either(one, two, exact, lambda a, b: a.plus(b), doubts)


def times(one: Value, two: Value, doubts: Doubts) -> Part:
    """The product."""

    def exact(a: Ratio, b: Ratio) -> Ratio:
        return Ratio(a.above.multiplied(b.above), a.below.multiplied(b.below))

    return _either(one, two, exact, lambda a, b: a.times(b), doubts)


def _over(one: Part, two: Part, doubts: Doubts) -> Part:
    """The quotient; what stands below may be below zero, or zero where there is none."""

    def exact(a: Ratio, b: Ratio) -> Ratio:
        return Ratio(a.above.multiplied(b.below), a.below.multiplied(b.above))

    return _either(one, two, exact, lambda a, b: a.over(b), doubts)


def root_of(ratio: Ratio, degree: int, usable: Truth) -> Root:
    """The root of a quotient where it may be asked for, else of zero."""
    above, below = ratio.above.gated(usable), ratio.below.gated(usable, 1)
    above = Whole(above.term, above.unit, max(above.low, 0), max(above.high, 0))
    return Root(Ratio(above, below), degree)


def _negated(value: Part) -> Part:
    return value.negated() if isinstance(value, Near) else Ratio(value.above.negated(), value.below)


def _chosen(one: Part, two: Part, first: Callable[[Truth], Truth], *, least: bool, doubts: Doubts) -> Part:
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
    if not isinstance(value, Near):
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

    def rooted(self, tree: Node) -> Found | None:
        """What a formula comes to that is a root of a quotient and nothing else."""
        match tree:
            case Call(function="sqrt", arguments=(base,)):
                by: Fraction | None = Fraction(1, 2)
            case Operation(operator="**", left=base, right=right):
                by = _exponent(right)
            case _:
                return None
        if not by or 1 / by not in DEGREES or not any(isinstance(part, Name) for part in walk(base)):
            return None
        found = self.settled(base)
        if not isinstance(found.value, Ratio):
            return None
        below = all_of([found.known, self.compared(found, "<", 0)])
        fault = any_of([found.fault, below])
        usable = all_of([found.known, negated(fault)])
        root = root_of(found.value, int(1 / by), usable)
        return Found(root, found.known, found.left, fault)

    def found(self, tree: Node) -> _Found:
        """What a part comes to; where there is nothing, any number."""
        if not any(isinstance(part, Name) for part in walk(tree)):
            return self.constant(tree)
        match tree:
            case Name(name="children.score"):
                # Several numbers where one is needed.
                return _Found(Ratio(_ONE, _ONE), known=True, left=False, fault=True)
            case Name():
                (one,) = self.named(tree)
                return one
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

    def named(self, tree: Name) -> list[_Found]:
        """The numbers that a name stands for."""
        return [
            _Found(Ratio(each.number, _ONE), each.known, each.left, fault=False)
            for each in self.operands(tree.name)
        ]

    def spread(self, tree: Call) -> Iterator[_Found]:
        """The arguments of a function, with all that a name stands for."""
        for argument in tree.arguments:
            yield from self.named(argument) if isinstance(argument, Name) else [self.found(argument)]

    def constant(self, tree: Node) -> _Found:
        """What hangs on no name is worked out here and now."""
        try:
            value = tree.evaluate(lambda _: ())
        except Fault:
            return _Found(Ratio(_ONE, _ONE), known=True, left=False, fault=True)
        assert isinstance(value, Fraction | Inexact)
        if isinstance(value, Inexact):
            ratio = Ratio(Whole.of(value.number), _ONE)
            floats = evolve(near(ratio, self.doubts), is_rational=False)
            return _Found(floats, known=True, left=False, fault=False)
        return _Found(Ratio(Whole.of(value), _ONE), known=True, left=False, fault=False)

    def settled(self, tree: Node) -> _Found:
        """A part, fit for a function."""
        return self.gated(self.found(tree))

    def gated(self, found: _Found) -> _Found:
        """
        What was found, with nothing but what is above zero below; a quotient is 0 over 1 where there is none.

        Over a unit any number may stand where there is none: nobody divides by it or asks for its root there.
        """
        value = found.value
        if found.usable is False:
            return evolve(found, value=Ratio(Whole.of(Fraction(0)), _ONE))
        if isinstance(value, Near):
            return evolve(found, value=value.gated(found.usable))
        above, below = value.above, value.below
        if below.term is None:
            # A constant below is no more than a unit.
            turned = above.negated() if below.low < 0 else above
            ratio = Ratio(turned.scaled(1 / abs(below.low * below.unit)), _ONE)
            return evolve(found, value=ratio)
        if below.low < 0:
            is_low = below.compared("<", Fraction(0))
            above, below = _signed(above, is_low), _signed(below, is_low)
        below = Whole(below.term, below.unit, max(below.low, 1), max(below.high, 1))
        usable = found.usable
        ratio = Ratio(above.gated(usable), below.gated(usable, 1))
        return evolve(found, value=ratio)

    # --- operations

    def operation(self, tree: Operation) -> _Found:
        """A sum, a difference, a product or a quotient; a quotient by zero is at fault."""
        one, two = self.found(tree.left), self.found(tree.right)
        known, left = all_of([one.known, two.known]), any_of([one.left, two.left])
        fault = any_of([one.fault, two.fault])
        if tree.operator == "/":
            zero = self.is_zero(two)
            fault = any_of([fault, all_of([known, zero])])
            if zero is True:
                # Where there is something to divide, there is no result; the number does not matter.
                return _Found(one.value, known, left, fault)
            found = _Found(_over(one.value, two.value, self.doubts), known, left, fault)
            return self.finite(self.gated(found))
        if tree.operator == "*":
            return self.finite(_Found(times(one.value, two.value, self.doubts), known, left, fault))
        other = _negated(two.value) if tree.operator == "-" else two.value
        return _Found(plus(one.value, other, self.doubts), known, left, fault)

    def finite(self, found: _Found) -> _Found:
        """
        The same; rows that floats do not reach are noted.

        A result that is too long is at fault, whatever else is missing.
        """
        if isinstance(found.value, Near):
            self.doubts.doubt(all_of([found.usable, found.value.unbounded]))
        return found

    def is_zero(self, found: _Found) -> Truth:
        """Where a number is zero."""
        if isinstance(found.value, Ratio):
            return _is_zero(found.value.above)
        return all_of(self.compared(found, sign, 0) for sign in ("<=", ">="))

    def compared(self, found: _Found, sign: str, cut: int) -> Truth:
        """Where a number lies on one side of another."""
        if isinstance(found.value, Ratio):
            return found.value.above.compared(sign, Fraction(cut))
        here = found.usable
        return Nearly(found.value, here, self.doubts).compared(sign, Fraction(cut))

    def power(self, base: _Found, right: Node) -> _Found:
        """A number to a constant power."""
        by = _exponent(right)
        if by is None:
            raise Fault("K615")
        if abs(by) > EXPONENT:
            return evolve(base, fault=any_of([base.fault, base.known]))
        fault = [base.fault]
        if by < 0:
            fault.append(all_of([base.known, self.is_zero(base)]))
        if by.denominator != 1:
            fault.append(all_of([base.known, self.compared(base, "<", 0)]))
            floats = near(base.value, self.doubts)
            exact = float(by)
            value: Part = floats.power(constant(exact, "float"), least=exact, greatest=exact)
            return self.finite(evolve(base, value=value, fault=any_of(fault)))
        value = self.whole_power(base.value, abs(int(by)))
        found = self.finite(evolve(base, value=value, fault=any_of(fault)))
        if by >= 0:
            return found
        return self.gated(evolve(found, value=_over(Ratio(_ONE, _ONE), value, self.doubts)))

    def whole_power(self, value: Part, count: int) -> Part:
        """A number so many times with itself, by squares."""
        if not count:
            return Ratio(_ONE, _ONE)
        half = self.whole_power(value, count // 2)
        squared = times(half, half, self.doubts) if count > 1 else half
        return times(squared, value, self.doubts) if count % 2 else squared

    # --- functions

    def single(self, function: str, found: _Found) -> _Found:
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
            return self.finite(evolve(found, value=floats.exponential()))
        wrong = self.compared(found, "<" if function == "sqrt" else "<=", 0)
        fault = any_of([found.fault, all_of([found.known, wrong])])
        if function == "log":
            return evolve(found, value=floats.logarithm(), fault=fault)
        root = floats.power(constant(0.5, "float"), least=0.5, greatest=0.5)
        return evolve(found, value=root, fault=fault)

    def to_whole(self, found: _Found, function: str) -> Part:
        """Rounded to whole numbers; what was only known nearly stays without an exact value, as for the interpreter."""
        to = Rounding(Fraction(1), mode="floor" if function == "floor" else "ceiling")
        whole = rounded(found.value, to, found.usable, self.doubts)
        value = Ratio(whole, _ONE)
        if isinstance(found.value, Ratio) or found.value.is_rational:
            return value
        return evolve(near(value, self.doubts), is_rational=False)

    def gathered(self, function: str, several: Sequence[_Found]) -> _Found:
        """The least, the greatest, the sum or the mean of what applies."""
        doubts = self.doubts
        there = [each.usable for each in several]
        known = all_of([all_of(any_of([each.known, each.left]) for each in several), any_of(there)])
        left, fault = all_of(each.left for each in several), any_of(each.fault for each in several)
        if function in ("min", "max"):
            pairs = list(zip([each.value for each in several], there, strict=True))
            value, _ = joined(pairs, lambda a, b: self.better(a, b, least=function == "min"))
            return _Found(value, known, left, fault)
        parts = [self.only(each.value, here) for each, here in zip(several, there, strict=True)]
        value = joined(parts, lambda a, b: plus(a, b, doubts))
        found = _Found(value, known, left, fault)
        if function == "sum":
            return found
        counts = [Whole.of(Fraction(1)).gated(each) for each in there]
        count = joined(counts, lambda a, b: a.plus(b))
        # Where none is there, there is no mean.
        count = Whole(count.term, count.unit, max(count.low, 1), max(count.high, 1))
        return self.gated(evolve(found, value=_over(value, Ratio(count, _ONE), doubts)))

    def only(self, value: Part, here: Truth) -> Part:
        """A value where something holds, else zero."""
        if isinstance(value, Near):
            return value.gated(here)
        return Ratio(value.above.gated(here), value.below)

    def better(self, one: tuple[Part, Truth], two: tuple[Part, Truth], *, least: bool) -> tuple[Part, Truth]:
        """Of two numbers the lesser or the greater; where only one is there, that one."""
        if not (one[1] and two[1]):
            return one if one[1] else two
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


def _exponent(tree: Node) -> Fraction | None:
    """An exponent that is one number and no other."""
    if any(isinstance(part, Name) for part in walk(tree)):
        return None
    try:
        found = tree.evaluate(lambda _: ())
    except Fault:
        return None
    return found if isinstance(found, Fraction) else None
