"""Conditions and formulas: what they mean, how they print, what they refuse."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction

import pytest

from kinerja.errors import Fault
from kinerja.feel import (
    FUNCTIONS,
    MISSING,
    NOT_APPLICABLE,
    RESERVED,
    Inexact,
    Lookup,
    Operand,
    condition,
    formula,
    is_name,
)


def fault_of(call: Callable[[], object]) -> Fault:
    """The fault that a call raises."""
    with pytest.raises(Fault) as caught:
        call()
    return caught.value


# --- conditions


@pytest.mark.parametrize(
    ("cell", "text", "numbers"),
    [
        ("> 40", "> 40", "> 40"),
        (">40", "> 40", "> 40"),
        (">=  40.0", ">= 40", ">= 40"),
        ("< 30", "< 30", "< 30"),
        ("<=\t-0.50", "<= -0.5", "<= -0.5"),
        ("[30..40]", "[30..40]", "[30..40]"),
        ("( 30 .. 40 ]", "(30..40]", "(30..40]"),
        ("[4/6..1)", "[2/3..1)", "[2/3..1)"),
        ("]30..40[", "(30..40)", "(30..40)"),
        ("[30..40[", "[30..40)", "[30..40)"),
        ("[-5..+5]", "[-5..5]", "[-5..5]"),
        ("[5..5]", "[5..5]", "5"),
        ("5", "5", "5"),
        ("5.0", "5.0", "5"),
        ("70/30", "70/30", "7/3"),
        ("-5", "-5", "-5"),
        ("-", "-", "-"),
        (" - ", "-", "-"),
        ("not(-)", "not(-)", "not(-)"),
        ("1, 2 ,3", "1, 2, 3", "1, 2, 3"),
        ("< 1,> 2", "< 1, > 2", "< 1, > 2"),
        ("not( 5 )", "not(5)", "< 5, > 5"),
        ("not (< 1, [2..3])", "not(< 1, [2..3])", "[1..2), > 3"),
        ("> 0." + "0" * 30 + "1", f"> 1/1{'0' * 31}", f"> 1/1{'0' * 31}"),
    ],
)
def test_conditions_over_numbers(cell: str, text: str, numbers: str) -> None:
    """A test holds for the numbers that the standard says, and prints with single blanks and plain ends."""
    assert text == str(condition(cell))
    assert numbers == str(condition(cell).numbers())


def test_conditions_on_a_step() -> None:
    """On whole numbers a range ends at whole numbers, and a complement stays within them."""
    assert "[2..3]" == str(condition("[1.5..3.5]").numbers(step=Fraction(1)))
    assert "<= 1, >= 3" == str(condition("not(2)").numbers(step=Fraction(1)))
    assert "-" == str(condition("-").numbers(step=Fraction(1)))
    assert condition("not(-)").numbers(step=Fraction(1)).is_empty


@pytest.mark.parametrize(
    ("cell", "text", "expected"),
    [
        ("kumuh", '"kumuh"', {"kumuh"}),
        ('"kumuh"', '"kumuh"', {"kumuh"}),
        ("kumuh, 70/30", '"kumuh", 70/30', {"kumuh", "70/30"}),
        ('"70/30"', '"70/30"', {"70/30"}),
        ("not(kumuh)", 'not("kumuh")', {"70/30", "30-40", "true", "tañá"}),
        ("-", "-", {"kumuh", "70/30", "30-40", "true", "tañá"}),
        ("not(-)", "not(-)", set()),
        ('"30-40"', '"30-40"', {"30-40"}),
        ("true", "true", {"true"}),
        ('"tañá"', '"tañá"', {"tañá"}),
    ],
)
def test_conditions_over_options(cell: str, text: str, expected: set[str]) -> None:
    """A word is an option with or without quotes, and prints with them; what looks like a number stays as it is."""
    read = condition(cell)

    assert text == str(read)
    assert expected == read.options(["kumuh", "70/30", "30-40", "true", "tañá"])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("true", {True}),
        ("false", {False}),
        ("true, false", {True, False}),
        ("not(true)", {False}),
        ("-", {True, False}),
        ("not(-)", set()),
    ],
)
def test_conditions_over_truths(cell: str, expected: set[bool]) -> None:
    """A yes-no is tested with true and false."""
    assert expected == condition(cell).truths()


def test_what_a_condition_knows_of_itself() -> None:
    """A condition names its literals, says whether it is anything, and shows its text."""
    read = condition("kumuh, [1..2], 5.0")

    assert ("kumuh", "5.0") == read.mentions
    assert not read.is_anything
    assert condition("-").is_anything
    assert not condition("not(-)").is_anything
    assert '<Condition "kumuh", [1..2], 5.0>' == repr(read)


def test_equal_conditions() -> None:
    """Conditions are equal when their canonical texts are; a literal keeps its spelling until it is a number."""
    assert condition(">40.0") == condition(">  40")
    assert hash(condition(">40.0")) == hash(condition(">  40"))
    assert condition("kumuh") == condition('"kumuh"')
    assert condition("5.0") != condition("5")
    assert condition("5.0").numeric() == condition("5").numeric() == condition("5")
    assert condition("not(4/6, > 7)").numeric() == condition("not(2/3, > 7)")
    assert condition("[1..2]") == pickle.loads(pickle.dumps(condition("[1..2]")))
    assert condition("> 40") is condition("> 40")


def test_suspicious_literals() -> None:
    """A literal that may have been meant as thousands is reported with its place; plain decimals are not."""
    assert (("1.000", (2, 7)), ("-12.500", (10, 17))) == condition("> 1.000, [-12.500..0.125]").suspicious
    assert (("1.250", (0, 5)),) == condition("1.250, 1.2500, 0.500, 1.25, 1234.500").suspicious
    assert (("1.000", (0, 5)),) == condition("1.000").numeric().suspicious
    assert (("12.500", (4, 10)),) == formula("a * 12.500 + 0.125").suspicious


@pytest.mark.parametrize(
    ("cell", "code", "words", "spelling"),
    [
        ("", "K150", "", None),
        (" \n", "K150", " \n", None),
        ("x" * 501, "K151", "x", None),
        (",".join(["aa"] * 100), "K151", ",".join(["aa"] * 100), None),
        (",".join(["5 "] * 101), "K153", "5 ", None),
        ("kumuh\u200b", "K152", "\u200b", None),
        ("ｋumuh", "K152", "ｋ", None),
        ("кumuh", "K152", "к", None),
        ("> 1\x00", "K152", "\x00", None),
        ("30,5", "K154", "30,5", None),
        ("> 1.250,75", "K154", "1.250,75", None),
        ("[0,5..1]", "K154", "0,5", None),
        ("1,2,3", "K154", "1,2,3", None),
        ("=> 40", "K155", "=>", ">= 40"),
        ("=< 40", "K155", "=<", "<= 40"),
        ("= 40", "K155", "=", "40"),
        ("== 40", "K155", "==", "40"),
        ("!= 40", "K155", "!=", "not(40)"),
        ("<> kumuh", "K155", "<>", "not(kumuh)"),
        ("≥ 40", "K155", "≥", ">="),
        ("≤ 40", "K155", "≤", "<="),
        ("–", "K155", "–", "-"),
        ("> −5", "K155", "−", "-"),
        ("'kumuh'", "K155", "'", '"'),
        ("“kumuh”", "K155", "“", '"'),
        ("30-40", "K156", "30-40", "[30..40]"),
        ("30 – 40", "K156", "30 – 40", "[30..40]"),
        ("30 s.d 40", "K156", "30 s.d 40", "[30..40]"),
        ("30% s.d. 40%", "K156", "30% s.d. 40%", "[30..40]"),
        ("5, 30 sampai dengan 40", "K156", "30 sampai dengan 40", "[30..40]"),
        ("30..40", "K156", "30..40", "[30..40]"),
        ("30 .. 40", "K156", "30 .. 40", "[30..40]"),
        ("[30-40]", "K156", "30-40", "[30..40]"),
        ("40%", "K157", "40%", "40"),
        ("> 40%", "K157", "40%", "40"),
        ("> 40 %", "K157", "40 %", "40"),
        ("[30%..40%]", "K157", "30%", "30"),
        ("[30..", "K158", "", None),
        ("[..40]", "K158", ".", None),
        ("[30", "K158", "", None),
        (">", "K158", "", None),
        ("> - 5", "K158", "-", None),
        ("=>", "K158", "", None),
        ("5,", "K158", "", None),
        ("5, , 6", "K158", ",", None),
        (",", "K158", ",", None),
        ("not()", "K158", ")", None),
        ("> ambang", "K159", "ambang", None),
        ("[a..b]", "K159", "a", None),
        ("max(3)", "K159", "max", None),
        ("> max(3)", "K159", "max", None),
        ("[40..30]", "K160", "[40..30]", "[30..40]"),
        ("5, ]1/2..0[", "K160", "]1/2..0[", "(0..0.5)"),
        ("(3..3]", "K161", "(3..3]", "3"),
        ("[3..3)", "K161", "[3..3)", "3"),
        ("5, not(6)", "K162", "not", None),
        ("not(not(5))", "K162", "not", None),
        ("5, -", "K162", "-", None),
        ("-, 5", "K162", "-", None),
        ("> 40 persen", "K163", "persen", None),
        ("> 40 and < 50", "K163", "and < 50", None),
        ("[30..40] x", "K163", "x", None),
        ("(5)", "K163", ")", None),
        ("5)", "K163", ")", None),
        ("not(5))", "K163", ")", None),
        ("not([1..2] 5)", "K163", "5)", None),
        (">> 4", "K163", ">>", None),
        ("a[b", "K163", "[b", None),
        ("[3 4]", "K163", "4]", None),
        ("[3..4 5]", "K163", "5]", None),
        ("lokasi kumuh", "K164", "lokasi kumuh", None),
        ("a, b c, d", "K164", "b c", None),
        ("not(5", "K165", "not(", ")"),
        ("[30..40", "K165", "[", "]"),
        ('5, "kumuh', "K165", '"kumuh', '"'),
        ("> 007", "K133", "007", None),
        ("> 1e5", "K136", "1e5", None),
        ("[0...5]", "K134", ".5", "0.5"),
        ("[0.. 1/0]", "K135", "1/0", None),
    ],
)
def test_conditions_refuse(cell: str, code: str, words: str, spelling: str | None) -> None:
    """What is no condition is refused with its own code, at the exact words, with the right spelling where known."""
    fault = fault_of(lambda: condition(cell))
    start, end = fault.span or (0, 0)

    assert (code, words) == (fault.code, cell[start:end])
    assert spelling is None or spelling == fault.values["spelling"]
    assert fault.render("en") != fault.render("id")
    assert len(fault.render()) < 600


def test_dashes_that_are_no_range() -> None:
    """Dates and codes with dashes are words, and so are numbers that run backwards."""
    assert ("2017-04-05", "40-30", "007-1") == condition("2017-04-05, 40-30, 007-1").mentions


@pytest.mark.parametrize(
    ("cell", "ask", "code", "words", "suggestion"),
    [
        ("5, kumuh", "numbers", "K166", "kumuh", None),
        ('"5"', "numbers", "K166", '"5"', None),
        ("5, 007", "numbers", "K133", "007", None),
        ("kumuh, kumuhh", "options", "K167", "kumuhh", "kumuh"),
        ("xyz", "options", "K167", "xyz", ""),
        ("kumuh, > 5", "options", "K168", "> 5", None),
        ("[1..2]", "options", "K168", "[1..2]", None),
        ("yes", "truths", "K169", "yes", None),
        ('"true"', "truths", "K169", '"true"', None),
        ("> 5", "truths", "K169", "> 5", None),
        ("kumuh", "numeric", "K166", "kumuh", None),
    ],
)
def test_conditions_of_another_kind(
    cell: str, ask: str, code: str, words: str, suggestion: str | None
) -> None:
    """Asked for a fact of another kind a condition says which of its words does not fit."""
    arguments = (["kumuh", "pencegahan"],) if ask == "options" else ()
    fault = fault_of(lambda: getattr(condition(cell), ask)(*arguments))
    start, end = fault.span or (0, 0)

    assert (code, words) == (fault.code, cell[start:end])
    assert suggestion == fault.values.get("suggestion")
    assert fault.render("en") != fault.render("id")


# --- formulas

FACTS: dict[str, Operand | tuple[Operand, ...]] = {
    "a": Fraction(8),
    "b": Fraction(3),
    "zero": Fraction(0),
    "missing": MISSING,
    "absent": NOT_APPLICABLE,
    "rough": Inexact(Fraction(2)),
    "huge": Fraction(10) ** 9_000,
    "children.score": (Fraction(1), NOT_APPLICABLE, Fraction(3)),
    "rough_children": (Fraction(1), Inexact(Fraction(3))),
    "nobody": (),
    "missing_one": (Fraction(1), MISSING),
}
lookup: Lookup = FACTS.__getitem__


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        ("100*(a-b)/a", "100 * (a - b) / a", "62.5"),
        ("((a))", "a", "8"),
        ("a - (b - 1)", "a - (b - 1)", "6"),
        ("(a - b) - 1", "a - b - 1", "4"),
        ("a / (b * 2)", "a / (b * 2)", "4/3"),
        ("(a / b) * 2", "a / b * 2", "16/3"),
        ("2 + 3 * 4", "2 + 3 * 4", "14"),
        ("3 ** 4 ** 5", "3 ** 4 ** 5", "3486784401"),
        ("2 ** (3 ** 2)", "2 ** (3 ** 2)", "512"),
        ("-3 ** 2", "-3 ** 2", "9"),
        ("-(3 ** 2)", "-(3 ** 2)", "-9"),
        ("-a ** 2", "-a ** 2", "64"),
        ("-(a ** 2)", "-(a ** 2)", "-64"),
        ("-(a + b)", "-(a + b)", "-11"),
        ("--a", "--a", "8"),
        ("-(-3)", "3", "3"),
        ("a - -3", "a - -3", "11"),
        ("2 ** -2", "2 ** -2", "0.25"),
        ("0 ** 0", "0 ** 0", "1"),
        ("0.10", "0.1", "0.1"),
        ("max( a ,b )", "max(a, b)", "8"),
        ("min(a, b, 2)", "min(a, b, 2)", "2"),
        ("sum(a, b)", "sum(a, b)", "11"),
        ("mean(a, b, 1)", "mean(a, b, 1)", "4"),
        ("abs(b - a)", "abs(b - a)", "5"),
        ("floor(-7/2)", "floor(-7 / 2)", "-4"),
        ("ceiling(7 / 2)", "ceiling(7 / 2)", "4"),
        ("max(children.score)", "max(children.score)", "3"),
        ("mean(children.score, 5)", "mean(children.score, 5)", "3"),
        ("min(absent, 4)", "min(absent, 4)", "4"),
        ("sqrt(4 / 9)", "sqrt(4 / 9)", "2/3"),
        ("sqrt(0)", "sqrt(0)", "0"),
        ("8 ** (1 / 3)", "8 ** (1 / 3)", "2"),
        ("4 ** 2.5", "4 ** 2.5", "32"),
        ("(27 / 8) ** (-2 / 3)", "(27 / 8) ** (-2 / 3)", "4/9"),
        ("0 ** 0.5", "0 ** 0.5", "0"),
        ("1 ** 0.12345", "1 ** 0.12345", "1"),
        ("exp(0)", "exp(0)", "1"),
        ("log(1)", "log(1)", "0"),
        ("0." + "0" * 30 + "1", "0." + "0" * 30 + "1", "1e-31"),
    ],
)
def test_formulas(cell: str, text: str, value: str) -> None:
    """A formula comes to its exact value and prints with single blanks and no needless parentheses."""
    assert text == str(formula(cell))
    assert Fraction(value) == formula(cell).evaluate(lookup)
    assert formula(text) == formula(cell)


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("sqrt(2)", "1.414213562373095048801688724209698"),
        ("2 ** 0.5", "1.414213562373095048801688724209698"),
        ("exp(1)", "2.718281828459045235360287471352662"),
        ("log(2)", "0.6931471805599453094172321214581766"),
        ("log(1 + 1 / (3 * 10 ** 60))", "3.333333333333333333333333333333333e-61"),
        ("5 ** (1 / 3)", "1.709975946676696989353108872543860"),
        ("10 ** (1 / 3)", "2.154434690031883721759293566519350"),
        ("exp(23025)", None),
        ("(huge + 1) ** 1.1", None),
    ],
)
def test_irrational_results(cell: str, digits: str | None) -> None:
    """What is not rational is computed to 34 significant digits and says so."""
    value = formula(cell).evaluate(lookup)

    assert isinstance(value, Inexact)
    assert digits is None or abs(value.number / Fraction(digits) - 1) < Fraction(1, 10**33)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("rough + 1", 3),
        ("1 - rough", -1),
        ("rough * 0", 0),
        ("-rough", -2),
        ("max(rough, 5)", 5),
        ("floor(rough)", 2),
        ("sum(rough_children)", 4),
        ("sqrt(rough * 2)", 2),
    ],
)
def test_inexactness_spreads(cell: str, number: int) -> None:
    """Whatever is computed from an inexact number is inexact."""
    assert Inexact(Fraction(number)) == formula(cell).evaluate(lookup)


def test_an_inexact_number_in_an_irrational_step() -> None:
    """Inexact twice is inexact once."""
    assert isinstance(formula("sqrt(rough)").evaluate(lookup), Inexact)
    assert isinstance(formula("rough ** 0.5").evaluate(lookup), Inexact)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("missing", MISSING),
        ("missing + 1", MISSING),
        ("1 / missing", MISSING),
        ("missing / zero", MISSING),
        ("missing + absent", MISSING),
        ("absent - missing", MISSING),
        ("-missing", MISSING),
        ("abs(missing)", MISSING),
        ("max(absent, missing)", MISSING),
        ("max(missing_one)", MISSING),
        ("absent", NOT_APPLICABLE),
        ("absent * 0", NOT_APPLICABLE),
        ("1 - absent", NOT_APPLICABLE),
        ("absent / zero", NOT_APPLICABLE),
        ("-absent", NOT_APPLICABLE),
        ("sqrt(absent)", NOT_APPLICABLE),
        ("sum(absent)", NOT_APPLICABLE),
        ("mean(nobody)", NOT_APPLICABLE),
    ],
)
def test_what_is_not_there(cell: str, expected: Operand) -> None:
    """Missing beats not applicable, and both beat arithmetic; gathering functions leave out what does not apply."""
    assert expected is formula(cell).evaluate(lookup)


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("a / zero", "K178", "zero"),
        ("a / (b - 3)", "K178", "(b - 3)"),
        ("zero ** -1", "K178", "zero"),
        ("a + log(zero)", "K179", "log(zero)"),
        ("log(-1)", "K179", "log(-1)"),
        ("sqrt(-1)", "K179", "sqrt(-1)"),
        ("(-8) ** (1 / 3)", "K179", "(-8) ** (1 / 3)"),
        ("2 ** 1001", "K147", "2 ** 1001"),
        ("2 ** -1000.5", "K147", "2 ** -1000.5"),
        ("2 ** (9 ** 9 ** 9)", "K147", "2 ** (9 ** 9 ** 9)"),
        ("9 ** 9 ** 9 ** 9 ** 9 ** 9", "K139", "9 ** 9 ** 9 ** 9 ** 9 ** 9"),
        ("1 + huge * huge", "K139", "huge * huge"),
        (
            "sum(0, huge * 10 ** 999, huge * 9 * 10 ** 1000, huge * 10 ** 999 * 10)",
            "K139",
            "huge * 9 * 10 ** 1000",
        ),
        ("huge ** 2.5", "K139", "huge ** 2.5"),
        ("(1 / huge) ** 999", "K139", "(1 / huge) ** 999"),
        ("(1 / huge) ** 2.001", "K139", "(1 / huge) ** 2.001"),
        ("exp(99999)", "K139", "exp(99999)"),
        ("exp(-99999)", "K139", "exp(-99999)"),
        ("children.score + 1", "K177", "children.score"),
        ("abs(children.score)", "K177", "children.score"),
        ("max(children.score + 1)", "K177", "children.score"),
    ],
)
def test_formulas_fail(cell: str, code: str, words: str) -> None:
    """Division by zero, domains and limits are faults at the part that causes them, before anything large arises."""
    read = formula(cell)
    fault = fault_of(lambda: read.evaluate(lookup))
    start, end = fault.span or (0, 0)

    assert (code, words) == (fault.code, cell[start:end])
    assert fault.render("en") != fault.render("id")
    assert len(fault.render()) < 600


def test_powers_are_bounded_before_they_are_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A power that must come out too long is never raised at all."""

    def raised(base: Fraction, exponent: int) -> Fraction:
        pytest.fail(f"computed a power of {exponent}")

    monkeypatch.setattr(Fraction, "__pow__", raised)

    assert "K139" == fault_of(lambda: formula("huge ** 1000").evaluate(lookup)).code
    assert "K139" == fault_of(lambda: formula("(1 / huge) ** -2").evaluate(lookup)).code


def test_sums_are_bounded_at_every_step() -> None:
    """A sum of fractions with unlike denominators is stopped when it grows, not when it is done."""
    values = tuple(Fraction(1, 10**4_000 + n) for n in range(3))

    assert "K139" == fault_of(lambda: formula("sum(x)").evaluate(lambda _: values)).code
    assert "K139" == fault_of(lambda: formula("x / 7").evaluate(lambda _: Fraction(1, 10**10_000 - 1))).code


def test_roots_of_large_numbers() -> None:
    """A root of thousands of digits is found exactly, or found not to be rational."""
    root = formula("x ** (1 / 37)")
    power = Fraction(7, 3) ** (50 * 37)

    assert Fraction(7, 3) ** 50 == root.evaluate(lambda _: power)
    assert isinstance(root.evaluate(lambda _: power + 1), Inexact)
    assert isinstance(root.evaluate(lambda _: power.numerator / (power.denominator + Fraction(1))), Inexact)


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("", "K150", ""),
        ("a" * 501, "K151", "a"),
        ("+".join(["a"] * 51), "K153", ""),
        ("(" * 21 + "a" + ")" * 21, "K153", "("),
        ("-" * 400 + "a", "K153", "-"),
        ("abs(" * 21 + "a" + ")" * 21, "K153", "("),
        ("a × b", "K155", "×"),
        ("a ÷ b", "K155", "÷"),
        ("a – b", "K155", "–"),
        ("√a", "K155", "√"),
        ("a ^ b", "K155", "^"),
        ("a // b", "K155", "//"),
        ("// b", "K155", "//"),
        ("a : b", "K155", ":"),
        ("a + luаs", "K152", "а"),
        ("1,5 * a", "K154", "1,5"),
        ("max(1,5)", "K154", "1,5"),
        ("5% * a", "K157", "%"),
        ("a +", "K158", ""),
        ("* a", "K158", "*"),
        ("+a", "K158", "+"),
        ("max()", "K158", ")"),
        ("()", "K158", ")"),
        ("a b", "K163", "b"),
        ("2 a", "K163", "a"),
        ("(a b)", "K163", "b"),
        ("a)", "K163", ")"),
        ("a, b", "K163", ","),
        ("a[1]", "K163", "["),
        ("{a}", "K163", "{"),
        ("(a", "K165", "("),
        ("max(a, b", "K165", "("),
        ("a > b", "K170", ">"),
        ("a = b", "K170", "="),
        ("if a then b else c", "K170", "if"),
        ("if(a, 1, 2)", "K170", "if"),
        ("a and b", "K170", "and"),
        ("1 + not(a)", "K170", "not"),
        ('"x"', "K171", '"x"'),
        ("a + 'x'", "K171", "'x'"),
        ("null", "K171", "null"),
        ("a + none", "K171", "none"),
        ("true", "K171", "true"),
        ("round(a)", "K172", "round"),
        ("round up(a, 1)", "K172", "round"),
        ("round_half_up(a, 1)", "K172", "round_half_up"),
        ("decimal(a, 2)", "K172", "decimal"),
        ("score", "K173", "score"),
        ("grade", "K173", "grade"),
        ("max", "K173", "max"),
        ("function + 1", "K173", "function"),
        ("total.x", "K173", "total.x"),
        ("value.score", "K173", "value.score"),
        ("a.max", "K173", "a.max"),
        ("score.score", "K173", "score.score"),
        ("median(a, b)", "K174", "median"),
        ("ln(a)", "K174", "ln"),
        ("abs(a, b)", "K175", "abs(a, b)"),
        ("A + 1", "K176", "A"),
        ("_a", "K176", "_a"),
        ("a..b", "K176", "a..b"),
        ("a.", "K176", "a."),
        ("2a", "K130", "2a"),
        ("1e5", "K136", "1e5"),
        ("a + .5", "K134", ".5"),
        ("007 * a", "K133", "007"),
        ("1_000", "K132", "1_000"),
        ("-".join(["a"] * 250), "K153", "-"),
        ("+".join(["a12345678"] * 45), "K151", "+".join(["a12345678"] * 45)),
    ],
)
def test_formulas_refuse(cell: str, code: str, words: str) -> None:
    """What is no formula is refused with its own code, at the exact words."""
    fault = fault_of(lambda: formula(cell))
    start, end = fault.span or (0, 0)

    assert (code, words) == (fault.code, cell[start:end])
    assert fault.render("en") != fault.render("id")
    assert len(fault.render()) < 600


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("median(a)", "mean"),
        ("ln(a)", "log"),
        ("avg(a)", "mean"),
        ("pow(a, 2)", "**"),
        ("zzz(a)", ""),
        ("Luas", "luas"),
    ],
)
def test_formulas_suggest(cell: str, suggestion: str) -> None:
    """A misspelt function or name comes with the nearest right one."""
    assert suggestion == fault_of(lambda: formula(cell)).values["suggestion"]


@pytest.mark.parametrize(
    "name",
    [
        "value",
        "total",
        "x.score",
        "x.grade",
        "total.score",
        "total.grade",
        "children.score",
        "a.b.c.score",
        "a1_b",
    ],
)
def test_references(name: str) -> None:
    """Facts, and what nodes came to, are named with dots; the last part of a result is score or grade."""
    assert (name,) == formula(name).names


def test_names_are_in_order_of_first_use() -> None:
    """The names that a formula reads come once each, as they appear."""
    assert ("b", "a", "c.score") == formula("b + a * max(c.score, b) - a").names
    assert () == formula("2 + 3").names


@pytest.mark.parametrize(
    ("cell", "constant"),
    [
        ("2/3", "2/3"),
        ("-5", "-5"),
        ("2 + 3", "5"),
        ("sqrt(9)", "3"),
        ("sqrt(2)", None),
        ("1/0", None),
        ("a", None),
    ],
)
def test_constants(cell: str, constant: str | None) -> None:
    """A formula without names is a constant, where it has an exact value."""
    assert (None if constant is None else Fraction(constant)) == formula(cell).constant


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("a + b * 2", False),
        ("a ** 2", False),
        ("a ** -1", False),
        ("a ** 0.5", True),
        ("a ** b", True),
        ("max(1, -sqrt(a))", True),
        ("floor(log(a))", True),
        ("exp(a)", True),
    ],
)
def test_what_may_be_inexact(cell: str, expected: bool) -> None:
    """Roots, logarithms, exponentials and powers that are no whole constant may not be rational."""
    assert expected == formula(cell).may_be_inexact


def test_equal_formulas() -> None:
    """Formulas with the same tree are equal, whatever their spelling; they hash, pickle and show themselves."""
    one, other = formula("(a+b)*0.50"), formula("((a) + b) * 0.5")

    assert one == other
    assert hash(one) == hash(other)
    assert one == pickle.loads(pickle.dumps(one))
    assert "<Formula (a + b) * 0.5>" == repr(one)
    assert formula("a - b") != formula("b - a")
    assert formula("a") is formula("a")


def test_words() -> None:
    """Names are plain words that the language keeps for nothing else."""
    assert is_name("luas_awal2")
    assert not any(is_name(word) for word in ("Luas", "2a", "_a", "a.b", "a-b", "", "ａ", *RESERVED))
    assert set(FUNCTIONS) <= RESERVED
    assert {"value", "total", "score", "grade", "none", "null", "function"} <= RESERVED
