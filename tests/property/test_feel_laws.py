"""Laws of conditions and formulas: what is printed reads back, and means what the standard says."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import Fault
from kinerja.feel import Inexact, Operand, condition, formula
from kinerja.messages import LANGUAGES
from tests.strategies.feel import (
    NUMBERS,
    WORDS,
    Cell,
    Tree,
    Undefined,
    facts,
    flat_formulas,
    number_conditions,
    operated,
    option_conditions,
    spelt,
    trees,
    worked,
)
from tests.strategies.numbers import STEPS, ambient_contexts

#: Every end that a random test has, and a little to either side.
PROBES = [
    Fraction(end) + off for end in NUMBERS for off in (Fraction(-1, 1000), Fraction(0), Fraction(1, 1000))
]


@given(number_conditions())
def test_a_condition_holds_what_the_standard_says(cell: Cell) -> None:
    """At, below and above every end a condition holds exactly where its tests say."""
    held = condition(cell.text).numbers()

    assert [cell.holds(probe) for probe in PROBES] == [probe in held for probe in PROBES]


@given(number_conditions(), st.sampled_from(STEPS))
def test_a_condition_on_a_step(cell: Cell, step: Fraction) -> None:
    """On a step a condition holds for the same multiples, and for nothing else."""
    held = condition(cell.text).numbers(step=step)
    multiples = [index * step for index in range(-30, 31)]

    assert [cell.holds(multiple) for multiple in multiples] == [multiple in held for multiple in multiples]
    assert step == held.step


@given(number_conditions())
def test_a_number_condition_reads_back(cell: Cell) -> None:
    """The canonical text is its own canonical text, and the condition that it reads as is equal."""
    first = condition(cell.text)
    again = condition(str(first))

    assert first == again
    assert hash(first) == hash(again)
    assert str(first) == str(again)
    assert first.numbers() == again.numbers() == first.numeric().numbers()
    assert first.numeric() == condition(str(first.numeric())).numeric()


@given(option_conditions())
def test_an_option_condition(cell: tuple[str, tuple[str, ...], bool]) -> None:
    """A condition over options holds for those it names, or for the others, and reads back equal."""
    text, named, negated = cell
    read = condition(text)

    assert named == read.mentions
    assert {word for word in WORDS if (word in named) != negated} == read.options(WORDS)
    assert read == condition(str(read))
    assert read.options(WORDS) == condition(str(read)).options(WORDS)


@given(trees(), facts(), st.sampled_from(["", " ", "\n"]))
def test_a_formula_computes_what_its_tree_says(tree: Tree, values: dict[str, Fraction], blank: str) -> None:
    """A formula comes to what its tree gives when worked out naively, or to a division by zero."""
    read = formula(spelt(tree, blank=blank))
    try:
        expected = worked(tree, values)
    except Undefined:
        with pytest.raises(Fault, match="K178"):
            read.evaluate(values.__getitem__)
    else:
        assert expected == read.evaluate(values.__getitem__)
        assert not read.may_be_inexact


@given(trees(), facts())
def test_a_formula_reads_back(tree: Tree, values: dict[str, Fraction]) -> None:
    """The canonical text reads back to an equal formula with the same tree, names and value."""
    first = formula(spelt(tree))
    again = formula(str(first))

    assert first == again
    assert first.tree == again.tree
    assert first.names == again.names
    assert hash(first) == hash(again)
    assert _value(first.text, values) == _value(again.text, values) == _value(spelt(tree), values)


def _value(text: str, values: dict[str, Fraction]) -> Operand | str:
    try:
        return formula(text).evaluate(values.__getitem__)
    except Fault as fault:
        return fault.code


@given(flat_formulas())
def test_operators_bind_and_group_as_feel_says(cell: tuple[list[str], list[str]]) -> None:
    """Without parentheses powers come first, then products, then sums, each from the left; a sign before them all."""
    operands, signs = cell
    text = operands[0] + "".join(
        f" {sign} {operand}" for sign, operand in zip(signs, operands[1:], strict=True)
    )
    numbers = [Fraction(operand) for operand in operands]
    try:
        expected: object = _reduced(numbers, signs)
    except (Undefined, _TooHard):
        return

    assert expected == formula(text).evaluate(lambda _: ())


class _TooHard(Exception):
    """A fractional or large power, which this naive evaluator leaves alone."""


def _reduced(numbers: list[Fraction], signs: list[str]) -> Fraction:
    numbers, signs = list(numbers), list(signs)
    for level in (("**",), ("*", "/"), ("+", "-")):
        at = 0
        while at < len(signs):
            if signs[at] not in level:
                at += 1
                continue
            if level == ("**",) and (numbers[at + 1].denominator != 1 or _size(numbers[at]) > 10**9):
                raise _TooHard
            numbers[at : at + 2] = [operated(signs.pop(at), numbers[at], numbers[at + 1])]
    return numbers[0]


def _size(number: Fraction) -> int:
    return max(abs(number.numerator), number.denominator)


@given(st.fractions(0, 1000, max_denominator=50), st.integers(1, 5), st.integers(-5, 5))
def test_rational_roots_are_exact(base: Fraction, degree: int, exponent: int) -> None:
    """The root of a power is exact: nothing is lost where nothing need be."""
    base += Fraction(1, 7)
    read = formula(f"(a ** {degree}) ** ({exponent} / {degree})")

    assert base**exponent == read.evaluate(lambda _: base)


@given(st.fractions(Fraction(1, 1000), 1000, max_denominator=1000), ambient_contexts())
def test_irrational_results_have_34_digits(value: Fraction, context: decimal.Context) -> None:
    """Roots, logarithms and exponentials are right to 34 digits, whatever context the caller has set."""
    wide = decimal.Context(prec=60)
    number = wide.divide(decimal.Decimal(value.numerator), decimal.Decimal(value.denominator))
    theirs = {
        "sqrt(a)": wide.sqrt(number),
        "exp(a)": wide.exp(number),
        "log(a)": wide.ln(number),
        "a ** 0.3": wide.power(number, decimal.Decimal("0.3")),
    }
    with decimal.localcontext(context):
        for text, expected in theirs.items():
            ours = formula(text).evaluate(lambda _: value)
            found = ours.number if isinstance(ours, Inexact) else ours
            assert isinstance(found, Fraction)
            assert abs(found - Fraction(expected)) <= abs(Fraction(expected)) / 10**33


@given(st.text(max_size=40) | st.text("0123456789abno t(),.[]<>=-+*/\"'%_≥–", max_size=25))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands in a cell is read, and then reads back, or is refused in words and at a place inside it."""
    for read in (condition, formula):
        fault = _fault(read, text)
        if fault is None:
            assert read(text) == read(str(read(text)))
            continue
        assert fault.span is not None
        start, end = fault.span
        assert 0 <= start <= len(text)
        assert start <= end <= len(text) + 1
        assert all(fault.render(language) for language in LANGUAGES)


def _fault(read: Callable[[str], object], text: str) -> Fault | None:
    try:
        read(text)
    except Fault as fault:
        return fault
    return None
