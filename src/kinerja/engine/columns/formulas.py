"""Formulas in columns: `+ - * /` over whole numbers, as one number over another."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import frozen

from kinerja.engine.columns.lines import Ratio, Whole
from kinerja.engine.columns.terms import Term, Truth, all_of, any_of, negated, number, where
from kinerja.errors import Fault
from kinerja.feel.tree import Name, Negation, Node, Number, Operation

__all__ = ["Found", "computed"]

#: What a name in a formula comes to: the number, and where there is one.
Operands = Callable[[str], tuple[Whole, Truth]]

_ONE = Whole.of(Fraction(1))


@frozen
class Found:
    """What a formula comes to: where its names have values, and where it divides by zero."""

    ratio: Ratio
    known: Truth
    fault: Truth


def computed(tree: Node, operands: Operands) -> Found:
    """
    The value of a formula, with 0 over 1 where there is none.

    Raises `Fault`: K615 without a text for what whole numbers do not come to, K616 for what does not fit.
    """
    found = _computed(tree, operands)
    above, below = found.ratio.above, found.ratio.below
    if below.term is None:
        # A constant below is no more than a unit.
        above = above.scaled(1 / (below.low * below.unit))
        return Found(Ratio(above, _ONE), found.known, found.fault)
    usable = all_of([found.known, negated(found.fault)])
    if below.low < 0:
        is_low = below.compared("<", Fraction(0))
        assert isinstance(is_low, Term)
        above, below = _signed(above, is_low), _signed(below, is_low)
    below = Whole(below.term, below.unit, max(below.low, 1), max(below.high, 1))
    return Found(
        Ratio(above.gated(usable), below.gated(usable, 1)),
        found.known,
        found.fault,
    )


def _signed(whole: Whole, is_low: Term) -> Whole:
    """The same, below zero where something holds."""
    most = max(abs(whole.low), abs(whole.high))
    return Whole(where(is_low, number(0) - whole.expr, whole.expr), whole.unit, -most, most)


def _computed(tree: Node, operands: Operands) -> Found:
    if isinstance(tree, Number):
        return Found(Ratio(Whole.of(tree.value), _ONE), known=True, fault=False)
    if isinstance(tree, Name):
        value, known = operands(tree.name)
        return Found(Ratio(value, _ONE), known=known, fault=False)
    if isinstance(tree, Negation):
        found = _computed(tree.operand, operands)
        return Found(Ratio(found.ratio.above.negated(), found.ratio.below), found.known, found.fault)
    if not isinstance(tree, Operation) or tree.operator == "**":
        raise Fault("K615")
    left, right = _computed(tree.left, operands), _computed(tree.right, operands)
    known = all_of([left.known, right.known])
    fault = any_of([left.fault, right.fault])
    one, two = left.ratio, right.ratio
    if tree.operator == "/":
        zero = _is_zero(two.above)
        if zero is True:
            # Where there is something to divide, there is no result; the number does not matter.
            return Found(one, known, any_of([fault, known]))
        ratio = Ratio(one.above.multiplied(two.below), one.below.multiplied(two.above))
        return Found(ratio, known, any_of([fault, all_of([known, zero])]))
    if tree.operator == "*":
        return Found(Ratio(one.above.multiplied(two.above), one.below.multiplied(two.below)), known, fault)
    if tree.operator == "-":
        two = Ratio(two.above.negated(), two.below)
    above = one.above.multiplied(two.below).plus(two.above.multiplied(one.below))
    return Found(Ratio(above, one.below.multiplied(two.below)), known, fault)


def _is_zero(whole: Whole) -> Truth:
    if whole.low > 0 or whole.high < 0:
        return False
    if whole.term is None:
        return True
    return whole.term.equals(number(0))
