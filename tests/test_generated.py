"""Generated code: what it answers is what the interpreter says, and what it is not sure of it leaves alone."""

from __future__ import annotations

import ast
import datetime as dt
import linecache
import sys
import traceback
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

import pytest

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid, Sheet, UsageError
from kinerja.engine.arithmetic import EXPONENT
from kinerja.engine.compiled import Compiled, compiled
from kinerja.engine.interpreter import evaluate
from kinerja.engine.lines import Held, Lines, is_binary_safe, runs
from kinerja.engine.shapes import common
from kinerja.engine.source import source
from kinerja.evaluation import PATIENCE
from kinerja.feel import condition
from kinerja.model import Band, Bands, Choice, Grade, Group, Level, Levels, Option, Rubric
from kinerja.sheets import Entry, Written, entries

BKM: dict[str, Any] = {
    "lokasi": "kumuh",
    "keuangan": "sangat_baik",
    "perempuan": 40,
    "kolaborasi": "terbentuk",
    "dokumen": "menjadi_bagian",
    "anggaran": 2,
    "pengurangan": 35,
    "database": "berkomputer",
    "infrastruktur": 98,
    "kapasitas": 3,
    "pengaduan": "ada_layanan",
}


def rubric(*lines: str) -> Rubric:
    """A rubric from the lines that stand under its id, without its proofs: what a sheet then meets is tested here."""
    from kinerja.language.documents import read
    from kinerja.language.structure import structure

    return structure(read("\n".join(["kinerja: 1", "id: uji", *lines]), name="uji"))


def code(*lines: str) -> tuple[Evaluator, Compiled]:
    """An evaluator of such a rubric, and its code."""
    evaluator = Evaluator(rubric(*lines))
    return evaluator, evaluator._code


def answer(*lines: str, **facts: Any) -> tuple[str, Fraction | None, str | None]:
    """
    What both say of one sheet: how the code took it, the total and the grade.

    The code decides what the interpreter finds complete, with its total and grade, or nothing.
    """
    evaluator, generated = code(*lines)
    sheet = {name.replace("__", "."): value for name, value in facts.items()}
    assert "" == generated.refused
    outcome = evaluate(evaluator.plan, entries(sheet))
    grade = outcome.grades.get("total")
    found = generated.decide(sheet)
    if found is None:
        return f"left: {outcome.status}", outcome.root.score, grade if isinstance(grade, str) else None
    grades = evaluator.plan.root.grades
    told = generated.total(found[0]), grades[found[1]].id if grades else None
    assert ("complete", outcome.root.score, grade) == (outcome.status, *told)
    return "decided", *told


ONE = ("combine: sum",)
LEVELS = "levels: {ya: 1, tidak: 0}"


# --- facts


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (30, ("decided", 1)),
        (29, ("decided", 0)),
        (40.0, ("decided", 1)),
        (40.01, ("decided", 2)),
        (29.99, ("decided", 0)),
        (Decimal("29.99"), ("decided", 0)),
        (Decimal("30.00"), ("decided", 1)),
        (Fraction(81, 2), ("decided", 2)),
        (Written("40.01"), ("decided", 2)),
        # No float counts as a third.
        (Fraction(100, 3), ("left: complete", 1)),
        (Decimal("30.000000000000000000001"), ("left: complete", 1)),
        (100, ("decided", 2)),
        (101, ("left: invalid", None)),
        (-0.01, ("left: invalid", None)),
        (float("nan"), ("left: invalid", None)),
        (float("inf"), ("left: invalid", None)),
        (float("-inf"), ("left: invalid", None)),
        (True, ("left: invalid", None)),
        ("40", ("left: invalid", None)),
        (None, ("left: incomplete", None)),
        ({"value": 40, "by": "fgd"}, ("left: complete", 1)),
        (10**400, ("left: invalid", None)),
    ],
    ids=repr,
)
def test_numbers_in_bands(value: object, expected: tuple[str, Fraction | None]) -> None:
    """A number of any type falls in the band that the interpreter says, or is left to it."""
    bands = "bands: {2: {when: '> 40'}, 1: {when: '[30..40]'}, 0: {when: '< 30'}}"
    told = answer(*ONE, "indicators:", f"  a: {{measure: {{in: '[0..100]'}}, {bands}}}", a=value)
    assert expected == told[:2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1e300, "decided"),
        (-(10**20), "decided"),
        (10**400, "left: complete"),
        (float("inf"), "left: invalid"),
    ],
)
def test_numbers_without_a_domain(value: object, expected: str) -> None:
    """Where every number is accepted, what no float can hold is left to the interpreter."""
    bands = "bands: {1: {when: '> 40'}, 0: {when: '<= 40'}}"
    assert expected == answer(*ONE, "indicators:", f"  a: {{measure: {{}}, {bands}}}", a=value)[0]


@pytest.mark.parametrize(
    ("step", "value", "expected"),
    [
        ("1", 7, "decided"),
        ("1", 7.0, "decided"),
        ("1", 7.5, "left: invalid"),
        ("1", Decimal(7), "decided"),
        ("1", 10**16, "left: complete"),
        ("5", 10, "decided"),
        ("5", 7, "left: invalid"),
        ("0.01", 7, "decided"),
        ("0.01", 7.25, "decided"),
        ("0.01", 7.255, "left: invalid"),
        ("0.01", Decimal("7.25"), "decided"),
        ("0.01", float("nan"), "left: invalid"),
        ("0.01", 1e14, "left: complete"),
        ("2.5", 7.5, "decided"),
        ("2.5", 5, "decided"),
        ("2.5", 7, "left: invalid"),
        ("1/3", Fraction(1, 3), "left: complete"),
        ("1/3", 2, "decided"),
    ],
)
def test_steps(step: str, value: object, expected: str) -> None:
    """A number off its step is left to the interpreter, which says so."""
    bands = "bands: {1: {when: '> 7'}, 0: {when: '<= 7'}}"
    assert expected == answer(*ONE, "indicators:", f"  a: {{measure: {{step: {step}}}, {bands}}}", a=value)[0]


@pytest.mark.parametrize(
    ("value", "total"),
    [(Fraction(1, 3), 1), (Fraction(1, 4), 0), (0.3333333333333333, 0), (1, 1), (Decimal("0.4"), 1)],
)
def test_bounds_that_no_float_is(value: object, total: int) -> None:
    """Beside a bound such as 1/3 numbers are compared as fractions."""
    bands = "bands: {1: {when: '>= 1/3'}, 0: {when: '< 1/3'}}"
    told = answer(*ONE, "indicators:", f"  a: {{measure: {{}}, {bands}}}", a=value)
    assert ("decided", total) == told[:2]


@pytest.mark.parametrize(
    ("value", "to", "expected"),
    [
        (7, "1", ("decided", 1)),
        (6.5, "1", ("decided", 1)),
        (Fraction(1, 3), "1", ("decided", 0)),
        (-1, "1", ("left: invalid", None)),
        (7, "5", ("decided", 0)),
        (8, "5", ("decided", 1)),
        (10**31, "1", ("left: complete", 1)),
        (10**70, "5", ("left: complete", 1)),
    ],
)
def test_facts_are_rounded(value: object, to: str, expected: tuple[str, int | None]) -> None:
    """A measure is rounded before its bands are asked, and tested against its domain before that."""
    measure = f"measure: {{in: '>= 0', round: {{to: {to}, mode: half-up}}}}"
    bands = "bands: {1: {when: '>= 7'}, 0: {when: '< 7'}}"
    assert expected == answer(*ONE, "indicators:", f"  a: {{{measure}, {bands}}}", a=value)[:2]


class Jawaban(StrEnum):
    """Text of a class of its own."""

    YA = "ya"


class Liar(str):
    """Text that says to be equal to anything."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("ya")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ya", ("decided", 1)),
        (Written("tidak"), ("decided", 0)),
        (Jawaban.YA, ("decided", 1)),
        (Liar("tidak"), ("decided", 0)),
        (Liar("mungkin"), ("left: invalid", None)),
        ("mungkin", ("left: invalid", None)),
        (1, ("left: invalid", None)),
        (["ya"], ("left: invalid", None)),
    ],
    ids=repr,
)
def test_options(value: object, expected: tuple[str, int | None]) -> None:
    """An answer is one of the options; what a class of its own says of itself does not count."""
    assert expected == answer(*ONE, f"indicators: {{a: {{{LEVELS}}}}}", a=value)[:2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, ("decided", 2)),
        (False, ("decided", 1)),
        (Written("true"), ("decided", 2)),
        (1, ("left: invalid", None)),
    ],
)
def test_yes_and_no(value: object, expected: tuple[str, int | None]) -> None:
    """Only a truth value is one."""
    assert expected == answer(*ONE, "indicators: {a: {levels: {true: 2, false: 1}}}", a=value)[:2]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], ("decided", 0)),
        (["satu"], ("decided", 1)),
        (("satu", "dua_a", "dua_b"), ("decided", 2)),
        ({"dua_a", "dua_b"}, ("decided", 0)),
        (frozenset({"satu", "dua_a"}), ("decided", 1)),
        (["tiga"], ("left: invalid", None)),
        ("satu", ("left: invalid", None)),
        (type("Daftar", (list,), {})(["satu"]), ("left: complete", 1)),
    ],
    # A set is told in another order by every process.
    ids=["none", "one", "all", "without-the-first", "some", "unknown", "no-list", "a-list-of-its-own"],
)
def test_ladders(value: object, expected: tuple[str, int | None]) -> None:
    """The last rung of the unbroken run from the first counts."""
    ladder = "ladder: {satu: {score: 1}, dua: {score: 2, all: {dua_a: A, dua_b: B}}}, otherwise: 0"
    assert expected == answer(*ONE, f"indicators: {{a: {{{ladder}}}}}", a=value)[:2]


def test_a_ladder_without_a_score_for_no_rung() -> None:
    """An empty run without a score is left to the interpreter."""
    assert "left: invalid" == answer(*ONE, "indicators: {a: {ladder: {satu: {score: 1}}}}", a=[])[0]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, ("decided", Fraction(3))),
        ({"a": 1, "b": "x", "c": False, "d": Fraction(1, 3)}, ("decided", Fraction(0))),
        ({"a": None}, ("left: complete", Fraction(3))),
        ({"a": "x"}, ("left: invalid", None)),
    ],
)
def test_what_a_missing_answer_counts_as(
    facts: dict[str, Any], expected: tuple[str, Fraction | None]
) -> None:
    """Where the rubric says what no answer means, that is taken."""
    lines = (
        "indicators:",
        "  a: {measure: {missing: 2.5}, bands: {1: {when: '> 2'}, 0: {when: '<= 2'}}}",
        "  b: {measure: {kind: choice, options: {x: X, y: Y}, missing: y}, bands: {1: {when: y}, 0: {when: x}}}",
        "  c: {measure: {kind: yes-no, missing: true}, bands: {1: {when: 'true'}, 0: {when: 'false'}}}",
        "  d: {measure: {missing: 2/3}, bands: {0: {when: '> 0'}, 1: {when: '<= 0'}}}",
    )
    assert expected == answer(*ONE, *lines, **facts)[:2]


# --- derived facts and formulas


SHRUNK = (
    *ONE,
    "facts: {awal: {in: '> 0'}, kini: {}}",
    "indicators:",
    "  a:",
    "    measure: {in: '<= 100', from: '100 * (awal - kini) / awal'}",
    "    bands: {2: {when: '> 50'}, 1: {when: '(0..50]'}, 0: {when: '<= 0'}}",
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"awal": 8, "kini": 5}, ("decided", 1)),
        ({"awal": 7.5, "kini": Fraction(1, 3)}, ("decided", 2)),
        ({"awal": 8, "kini": 9}, ("decided", 0)),
        ({"awal": 8, "kini": -1}, ("left: invalid", None)),
        ({"awal": 0, "kini": -1}, ("left: invalid", None)),
        ({"awal": 8}, ("left: incomplete", None)),
        ({"a": 50}, ("decided", 1)),
        ({"a": 50.5}, ("decided", 2)),
        ({"a": 101}, ("left: invalid", None)),
        ({"a": 50, "awal": 8}, ("left: complete", 1)),
        ({"a": 50, "awal": 8, "kini": 4}, ("left: complete", 1)),
        ({"awal": 10**29, "kini": Fraction(1, 10**40)}, ("left: complete", 2)),
        ({"awal": 10**40, "kini": 1}, ("left: complete", 2)),
        ({"awal": Fraction(1, 10**70), "kini": 0}, ("left: complete", 2)),
    ],
)
def test_derived_facts(facts: dict[str, Any], expected: tuple[str, int | None]) -> None:
    """A derived fact is computed from its parts or stated itself; both together are left to the interpreter."""
    assert expected == answer(*SHRUNK, **facts)[:2]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"awal": 9, "kini": 2}, ("decided", 1)),
        ({"awal": 9, "kini": 4}, ("decided", 0)),
        ({"a": 5, "kini": 5}, ("left: complete", 0)),
        ({"a": 5}, ("left: incomplete", None)),
        ({"awal": 9, "kini": 2.25}, ("left: invalid", None)),
    ],
)
def test_a_part_that_a_node_asks_for_too(facts: dict[str, Any], expected: tuple[str, int | None]) -> None:
    """A part that is looked at anyway is seen where the derived fact is stated; a step holds for what is computed."""
    lines = (
        "facts: {awal: {}, kini: {}}",
        "indicators:",
        "  a:",
        "    applies: {kini: '> 0'}",
        "    measure: {step: 0.5, from: 'awal - kini'}",
        "    bands: {1: {when: '>= 5.5'}, 0: {when: '< 5.5'}}",
    )
    assert expected == answer(*ONE, *lines, **facts)[:2]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [({"g": 9, "h": 4}, ("decided", 1)), ({"a": 2}, ("decided", 1)), ({"a": Fraction(1, 3)}, ("decided", 0))],
)
def test_a_derived_fact_that_is_rounded(facts: dict[str, Any], expected: tuple[str, int | None]) -> None:
    """The rounded number is what the bands are asked of, whether computed or stated."""
    lines = (
        "facts: {g: {}, h: {}}",
        "indicators:",
        "  a: {measure: {from: g / h, round: {to: 1, mode: half-up}}, bands: {1: {when: '> 1'}, 0: {when: '<= 1'}}}",
    )
    assert expected == answer(*ONE, *lines, **facts)[:2]


def test_a_derived_fact_of_another() -> None:
    """A derived fact may be computed from derived ones; where it is stated, none of all those parts may be."""
    lines = (
        "facts: {g: {}, h: {from: 2 * g}}",
        "indicators: {a: {measure: {from: h + g}, bands: {1: {when: '> 5'}, 0: {when: '<= 5'}}}}",
    )
    assert ("decided", 1, None) == answer(*ONE, *lines, g=2)
    assert ("decided", 0, None) == answer(*ONE, *lines, a=5)
    assert ("left: complete", 1, None) == answer(*ONE, *lines, a=6, g=2)


FAR = "facts computed from too many others, one after another"


def chain(length: int) -> tuple[str, ...]:
    """Facts that are each computed from the next."""
    facts = "".join(f", f{n}: {{from: f{n + 1}}}" for n in range(1, length))
    return (
        f"facts: {{f0: {{from: f1}}{facts}, f{length}: {{in: '[0..1]'}}}}",
        "indicators: {a: {formula: f0}}",
    )


def lattice(height: int) -> tuple[str, ...]:
    """Facts of which each is computed from both of the next."""
    facts = "".join(
        f"{name}{n}: {{from: '{call}(a{n + 1}, b{n + 1})', in: '[0..1]', step: 1}}, "
        for n in range(height)
        for name, call in (("a", "min"), ("b", "max"))
    )
    last = f"a{height}: {{in: '[0..1]', step: 1}}, b{height}: {{in: '[0..1]', step: 1}}"
    return f"facts: {{{facts}{last}}}", "indicators: {p: {formula: b0}}"


@pytest.mark.parametrize(
    ("lines", "facts", "refused"),
    [
        (chain(61), {"f61": 1}, ""),
        (chain(62), {"f62": 1}, FAR),
        (lattice(8), {"a8": 1, "b8": 0}, ""),
        (lattice(40), {"a40": 1, "b40": 0}, FAR),
    ],
    ids=["as far in", "further in", "few places", "many places"],
)
def test_derived_facts_far_in(lines: tuple[str, ...], facts: dict[str, int], refused: str) -> None:
    """Code that Python would not compile, or would never be through with, is not written; the interpreter scores."""
    evaluator, generated = code(*ONE, *lines)
    assert refused == generated.refused.partition(": ")[2]
    assert [("complete", 1, None)] == list(evaluator.totals([facts]))
    assert [1] == [result.complete().total for result in evaluator.evaluate_many([facts])]


@pytest.mark.parametrize(
    ("formula", "total"),
    [
        ("a + b", "7/6"),
        ("a - b - c", "-13/6"),
        ("2 * a * b", "2/3"),
        ("1 * a", "1/2"),
        ("a / b", "3/4"),
        ("c / -3 / b", "-1"),
        ("a / 2", "1/4"),
        ("-a", "-1/2"),
        ("-(a + c)", "-5/2"),
        ("-2 - c", "-4"),
        ("a * -3 - -2", "1/2"),
        ("a ** 3", "1/8"),
        ("c ** 3", "8"),
        ("a ** -2", "4"),
        ("c ** 0", "1"),
        ("abs(-a)", "1/2"),
        ("floor(-a)", "-1"),
        ("ceiling(-a)", "0"),
        ("floor(7 / c)", "3"),
        ("max(a, b, c)", "2"),
        ("min(a, b, c)", "1/2"),
        ("sum(a, b, c)", "19/6"),
        ("mean(a, b, c)", "19/18"),
        ("sum(c, 1)", "3"),
        ("0.75 + a", "5/4"),
        ("2 + 3", "5"),
    ],
)
def test_formulas(formula: str, total: str) -> None:
    """Arithmetic in whole numbers gives what the formula language gives."""
    lines = ("facts: {a: {}, b: {}, c: {step: 1}}", f"indicators: {{n: {{formula: '{formula}'}}}}")
    told = answer(*ONE, *lines, a=Fraction(1, 2), b=Fraction(2, 3), c=2)
    assert ("decided", Fraction(total), None) == told


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("sqrt(a)", "sqrt()"),
        ("a ** b", "a power that may not be rational"),
        ("a ** 0.5", "a power that may not be rational"),
        (f"a ** {EXPONENT + 1}", "a great power"),
        (" * ".join(["a ** 8"] * 12), "a formula whose value may be too long"),
    ],
)
def test_formulas_that_are_left_alone(formula: str, reason: str) -> None:
    """What is not always rational, and what may grow very long, is the interpreter's; the source says so."""
    evaluator, generated = code(*ONE, "facts: {a: {}, b: {}}", f"indicators: {{n: {{formula: '{formula}'}}}}")
    assert f"n: {reason}" == generated.refused
    assert evaluator.source().endswith(f"# What it is needed for: n: {reason}\n")


def test_a_root_among_other_cases() -> None:
    """A case that is left alone leaves the others their code."""
    lines = (
        "facts: {f: {kind: yes-no}, a: {}}",
        "indicators: {n: {formula: [{when: {f: 'true'}, is: sqrt(a)}, {when: {f: 'false'}, is: a + 1}]}}",
    )
    assert ("left: complete", 2, None) == answer(*ONE, *lines, f=True, a=4)
    assert ("decided", 5, None) == answer(*ONE, *lines, f=False, a=4)


def test_a_root_in_a_derived_fact() -> None:
    """A derived fact that only the interpreter computes can still be stated."""
    measure = "measure: {from: sqrt(g), round: {to: 1, mode: floor}}"
    lines = (
        "facts: {g: {}}",
        f"indicators: {{a: {{{measure}, bands: {{1: {{when: '> 2'}}, 0: {{when: '<= 2'}}}}}}}}",
    )
    assert ("left: complete", 1, None) == answer(*ONE, *lines, g=9)
    assert ("decided", 1, None) == answer(*ONE, *lines, a=3)


SCORES = (
    "combine: sum",
    "facts: {f: {kind: yes-no}}",
    "indicators:",
    "  a: {levels: {x: 4, y: 1/2}, applies: {f: 'true'}}",
    "  b: {levels: {x: 3, y: 0}}",
    "  c: {direct: {in: '[0..10]'}}",
)


@pytest.mark.parametrize(
    ("formula", "total"),
    [
        ("b.score + c.score", "11.5"),
        ("b.score * 2", "12"),
        ("a.score + b.score", "9.5"),
        ("a.score ** 2", "6.25"),
    ],
)
def test_formulas_over_scores(formula: str, total: str) -> None:
    """A formula computes with what other nodes came to."""
    lines = [*SCORES, f"  n: {{formula: {formula}}}"]
    told = answer(*lines, f=True, a="y", b="x", c=Decimal("2.5"))
    assert ("decided", Fraction(total), None) == told


def test_formulas_over_what_does_not_apply() -> None:
    """Arithmetic with what does not apply is left to the interpreter."""
    lines = [*SCORES, "  n: {formula: a.score + b.score}"]
    assert ("left: complete", Fraction(11, 2), None) == answer(*lines, f=False, b="x", c=Fraction(5, 2))


def test_all_children_in_a_formula() -> None:
    """A formula over all children is computed where all of them apply in any case."""
    lines = ("combine: sum", "indicators:", "  b: {levels: {x: 3, y: 0}}", "  c: {direct: {in: '[0..10]'}}")
    aside = (
        "aside: {n: {formula: max(children.score)}}",
        "grades: {k: {when: {n.score: '<= 5'}}, l: {when: {n.score: '> 5'}}}",
    )
    assert ("decided", 9, "l") == answer(*lines, *aside, b="x", c=6)
    some = [*SCORES, *aside]
    refused = code(*some)[1].refused
    assert "n: children that may not apply in a formula" == refused


def test_a_score_that_only_the_interpreter_has() -> None:
    """What computes with a score that is never decided is not decided either."""
    lines = (
        "facts: {f: {kind: yes-no}, g: {}}",
        "indicators:",
        "  a: {levels: {x: {score: none, because: Belum}}, applies: {f: 'true'}}",
        "  b: {formula: [{when: {f: 'true'}, is: a.score}, {when: {f: 'false'}, is: g}]}",
        "  c: {bands: {1: {when: {a.score: '> 1'}}, 0: {when: {f: 'false'}}}}",
    )
    assert "left: invalid" == answer(*ONE, *lines, f=True, g=1, a="x")[0]
    assert ("decided", 2, None) == answer(*ONE, *lines, f=False, g=2)


def test_scores_of_several_kinds_in_one_node() -> None:
    """A node that has a number on one line and a formula on another is asked for like any other."""
    lines = (
        "indicators:",
        "  a: {measure: {}, bands: {b0: {when: '> 1', score: value / 3}, b1: {when: '<= 1', score: 1/2}}}",
        "  b: {formula: 2 * a.score}",
        "  c: {combine: product, indicators: {d: {combine: sum, indicators: {e: {levels: {x: 1/2, y: 0}}}}}}",
    )
    assert ("decided", Fraction(5, 2), None) == answer(*ONE, *lines, **{"a": 2, "c.d.e": "x"})
    assert ("decided", Fraction(3, 2), None) == answer(*ONE, *lines, **{"a": 1, "c.d.e": "y"})


# --- groups


@pytest.mark.parametrize(
    ("combine", "facts", "total"),
    [
        ("sum", {"a": "x", "b": "x", "c": "x"}, "19/2"),
        ("sum", {"a": "y", "b": "y", "c": "y"}, "-1/6"),
        ("mean", {"a": "x", "b": "x", "c": "x"}, "19/6"),
        ("min", {"a": "x", "b": "x", "c": "y"}, "-1"),
        ("max", {"a": "y", "b": "x", "c": "y"}, "3"),
        ("product", {"a": "x", "b": "x", "c": "x"}, "30"),
        ("product", {"a": "y", "b": "x", "c": "y"}, "-1"),
    ],
)
def test_combines(combine: str, facts: dict[str, Any], total: str) -> None:
    """Children are gathered in whole numbers of a common unit."""
    lines = (
        f"combine: {combine}",
        "indicators:",
        "  a: {levels: {x: 4, y: 1/3}}",
        "  b: {levels: {x: 3, y: 1/2}}",
        "  c: {levels: {x: 2.5, y: -1}}",
    )
    assert ("decided", Fraction(total), None) == answer(*lines, **facts)


@pytest.mark.parametrize("combine", ["sum", "mean", "min", "max", "product"])
@pytest.mark.parametrize(("a", "b"), [(True, True), (True, False), (False, True), (False, False)])
def test_children_that_may_not_apply(combine: str, a: bool, b: bool) -> None:
    """Only what applies is gathered; a group in which nothing does has no score."""
    lines = (
        "combine: sum",
        "facts: {p: {kind: yes-no}, q: {kind: yes-no}}",
        "indicators:",
        "  g:",
        f"    combine: {combine}",
        "    indicators:",
        "      a: {levels: {x: 4, y: 1}, applies: {p: 'true'}}",
        "      b: {direct: {in: '[0..10]'}, applies: {q: 'true'}}",
        "  h: {levels: {x: 1, y: 0}}",
    )
    score = {
        (True, True): {"sum": "6.5", "mean": "3.25", "min": "2.5", "max": "4", "product": "10"}[combine],
        (True, False): "4",
        (False, True): "2.5",
        (False, False): "0",
    }[a, b]
    sheet = {"p": a, "q": b, "g.a": "x", "g.b": 2.5, "h": "x"}
    assert ("decided", Fraction(score) + 1, None) == answer(*lines, **sheet)


def test_nothing_applies_at_all() -> None:
    """A rubric of which nothing applies is left to the interpreter, which says so."""
    lines = ("facts: {p: {kind: yes-no}}", f"indicators: {{a: {{{LEVELS}, applies: {{p: 'true'}}}}}}")
    assert "left: incomplete" == answer(*ONE, *lines, p=False)[0]
    assert ("decided", 1, None) == answer(*ONE, *lines, p=True, a="ya")


WEIGHED = (
    "combine: weighted-mean",
    "facts: {skema: {kind: choice, options: {s1: A, s2: B, s3: C}}, n: {}}",
    "indicators:",
    "  a: {weight: [{when: {skema: s1}, is: 70%}, {when: {skema: s2}, is: 60%}], levels: {x: 4, y: 1}}",
    "  b: {weight: 30%, direct: {in: '[0..10]', step: 1}}",
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"skema": "s1", "a": "x", "b": 2}, ("decided", Fraction("3.4"))),
        ({"skema": "s2", "a": "x", "b": 2}, ("decided", Fraction(10, 3))),
        ({"skema": "s3", "a": "x", "b": 2}, ("left: invalid", None)),
    ],
)
def test_weights_by_case(facts: dict[str, Any], expected: tuple[str, Fraction | None]) -> None:
    """The one weight that holds counts; where none does, the interpreter says so."""
    assert expected == answer(*WEIGHED, **facts)[:2]


def test_weights_by_number() -> None:
    """Weights whose sum cannot be listed beforehand divide exactly all the same."""
    lines = [line.replace("skema: s1", "n: '> 1'").replace("skema: s2", "n: '<= 1'") for line in WEIGHED]
    assert ("decided", Fraction("3.4"), None) == answer(*lines, n=2, a="x", b=2)
    assert ("decided", Fraction(10, 3), None) == answer(*lines, n=1, a="x", b=2)


def test_scores_that_are_no_whole_numbers_of_anything() -> None:
    """A score that is known only from the sheet goes into a weighted mean as a fraction."""
    lines = (
        "combine: weighted-mean",
        "facts: {g: {}}",
        "indicators:",
        "  a: {weight: 2, formula: g / 3}",
        "  b: {weight: 1, levels: {x: 0.5, y: 0}}",
        "  c: {weight: 1, combine: sum, indicators: {c: {levels: {x: 3, y: 0}}}, applies: {g: '> 1'}}",
        "  d: {weight: 0, levels: {x: 3, y: 0}, cap: '<= 2'}",
        "  e: {weight: 1, direct: {step: 1}}",
    )
    sheet = {"b": "x", "d": "x", "e": 1}
    assert ("decided", Fraction(7, 6), None) == answer(*lines, g=2, **sheet, **{"c.c": "x"})
    assert ("decided", Fraction(13, 24), None) == answer(*lines, g=1, **sheet)


def test_more_children_than_are_looked_at() -> None:
    """Of many children that may each not apply, the sum of weights is known only from the sheet."""
    facts = ", ".join(f"f{n}: {{kind: yes-no}}" for n in range(9))
    rows = [f"  n{n}: {{weight: 1, levels: {{x: {n}, y: 0}}, applies: {{f{n}: 'true'}}}}" for n in range(9)]
    lines = ("combine: weighted-mean", f"facts: {{{facts}}}", "indicators:", *rows)
    sheet: dict[str, Any] = {f"f{n}": n > 6 for n in range(9)} | {f"n{n}": "x" for n in range(9)}
    assert ("decided", Fraction(15, 2), None) == answer(*lines, **sheet)
    none = {f"f{n}": False for n in range(9)}
    assert "left: incomplete" == answer(*lines, **{**sheet, **none})[0]


def test_children_that_apply_by_a_number() -> None:
    """A child that applies by a number may be there or not, whatever the choices."""
    lines = (
        "combine: mean",
        "facts: {g: {}}",
        "indicators: {a: {levels: {x: 4, y: 1}, applies: {g: '> 1'}}, b: {levels: {x: 3, y: 0}}}",
    )
    assert ("decided", Fraction(7, 2), None) == answer(*lines, g=2, a="x", b="x")
    assert ("decided", 3, None) == answer(*lines, g=1, b="x")


def test_weights_without_a_small_common_multiple() -> None:
    """Where the sums of weights have no small common multiple, the mean is a fraction from the start."""
    facts = ", ".join(f"f{n}: {{kind: yes-no}}" for n in range(4))
    rows = [
        f"  n{n}: {{weight: {weight}, levels: {{x: 1, y: 0}}, applies: {{f{n}: 'true'}}}}"
        for n, weight in enumerate((1000003, 1000033, 1000037, 1000039))
    ]
    lines = ("combine: weighted-mean", f"facts: {{{facts}}}", "indicators:", *rows)
    sheet = {"f0": True, "f1": True, "f2": False, "f3": False, "n0": "x", "n1": "y"}
    assert ("decided", Fraction(1000003, 2000036), None) == answer(*lines, **sheet)


@pytest.mark.parametrize(
    ("how", "a", "b", "expected"),
    [
        ("scale: {from: [0, 4.5], to: [0, 9]}", "x", "y", ("decided", "8")),
        ("scale: {from: [0, 4.5], to: [0, 9]}", "z", "y", ("left: invalid", None)),
        ("scale: {from: [-1, 4], to: [0, 1]}", "x", "x", ("left: invalid", None)),
        ("scale: {from: [-1, 4.5], to: [1, 12]}", "x", "y", ("decided", "11")),
        ("scale: {from: [-1, 4.5], to: [12, 1]}", "x", "y", ("decided", "2")),
        ("scale: {from: [0, 4.5], to: [9, 0]}, cap: '<= 9'", "z", "y", ("decided", "9")),
        ("scale: {from: [0, 4.5], to: [0, 9]}, cap: '[0..8.5]'", "z", "y", ("decided", "0")),
        ("scale: {from: [0, 4.5], to: [0, 9]}, cap: '[0..8.5]'", "x", "x", ("decided", "8.5")),
        ("scale: {from: [-1, 4.5], to: [3, 3]}", "x", "y", ("decided", "3")),
        ("cap: '<= 1/3'", "x", "y", ("decided", "1/3")),
        ("round: {to: 1, mode: half-up}", "x", "x", ("decided", "5")),
        ("round: {to: 1, mode: half-up}", "z", "x", ("decided", "-1")),
        ("round: {to: 1, mode: half-even}", "x", "x", ("decided", "4")),
        ("round: {to: 0.25, mode: floor}", "x", "x", ("decided", "4.5")),
        ("round: {to: 0.5, mode: floor}", "x", "x", ("decided", "4.5")),
        ("round: {to: 0.3, mode: half-up}", "x", "x", ("decided", "4.5")),
        ("round: {to: 0.3, mode: down}", "x", "y", ("decided", "3.9")),
    ],
)
def test_scale_cap_and_rounding(how: str, a: str, b: str, expected: tuple[str, str | None]) -> None:
    """A group's score is brought to its scale, held and rounded, in whole numbers of what then is its unit."""
    children = "{a: {levels: {x: 4, y: 0, z: -1}}, b: {levels: {x: 1/2, y: 0}}}"
    lines = f"indicators: {{g: {{combine: sum, {how}, indicators: {children}}}}}"
    status, total, _ = answer(*ONE, lines, **{"g.a": a, "g.b": b})
    assert (expected[0], None if expected[1] is None else Fraction(expected[1])) == (status, total)


@pytest.mark.parametrize(
    ("how", "value", "expected"),
    [
        ("scale: {from: [0, 10], to: [0, 1]}", 2.5, ("decided", "0.25")),
        ("scale: {from: [0, 2], to: [0, 1]}", 2.5, ("left: invalid", None)),
        ("round: {to: 0.5, mode: half-up}", 2.3, ("decided", "2.5")),
    ],
)
def test_scale_and_rounding_of_an_answer(how: str, value: float, expected: tuple[str, str | None]) -> None:
    """A score that is the answer goes the same way."""
    status, total, _ = answer(*ONE, f"indicators: {{a: {{direct: {{in: '[0..10]'}}, {how}}}}}", a=value)
    assert (expected[0], None if expected[1] is None else Fraction(expected[1])) == (status, total)


def test_groups_of_fractions() -> None:
    """A group whose score is known only from the sheet is finished as the interpreter does it."""
    lines = (
        "facts: {g: {}}",
        "indicators:",
        "  p: {combine: sum, cap: '<= 2', indicators: {a: {formula: g / 3}}}",
        "  q: {combine: mean, indicators: {a: {formula: g / 3}, b: {levels: {x: 1, y: 0}}}}",
    )
    assert ("decided", Fraction(4), None) == answer(*ONE, *lines, **{"g": 9, "q.b": "x"})
    assert ("decided", Fraction(1), None) == answer(*ONE, *lines, **{"g": 1, "q.b": "x"})


def test_a_band_beyond_its_scale() -> None:
    """A line of the form that its own scale has no place for is left to the interpreter."""
    lines = "indicators: {a: {levels: {ya: 3, tidak: 0}, scale: {from: [0, 2], to: [0, 1]}}}"
    assert "left: invalid" == answer(*ONE, lines, a="ya")[0]
    assert ("decided", 0, None) == answer(*ONE, lines, a="tidak")


# --- conditions


def test_bands_on_several_facts() -> None:
    """The one band that holds counts; where two hold or none, the interpreter says so."""
    lines = (
        "facts: {f: {kind: choice, options: {x: X, y: Y, z: Z, u: U, v: V}}, g: {}, h: {kind: yes-no}}",
        "indicators:",
        "  a:",
        "    bands:",
        "      3: {when: {f: x, g: '(1..2], > 5'}}",
        "      2: {when: [{f: 'not(x, y)'}, {f: y, h: 'true'}]}",
        "      1: {when: {f: x, g: '<= 1, 2.5, > 6'}}",
        "      0: {when: {f: y, h: 'not(true)'}}",
    )
    assert ("decided", 3, None) == answer(*ONE, *lines, f="x", g=2, h=True)
    assert ("decided", 2, None) == answer(*ONE, *lines, f="v", g=2, h=True)
    assert ("decided", 2, None) == answer(*ONE, *lines, f="y", g=2, h=True)
    assert ("decided", 1, None) == answer(*ONE, *lines, f="x", g=2.5, h=True)
    assert ("decided", 0, None) == answer(*ONE, *lines, f="y", g=2, h=False)
    assert "left: invalid" == answer(*ONE, *lines, f="x", g=7, h=False)[0]
    assert "left: invalid" == answer(*ONE, *lines, f="x", g=3, h=False)[0]
    assert "left: invalid" == answer(*ONE, *lines, f="w", g=3, h=False)[0]


def test_bands_on_the_measure_and_another_fact() -> None:
    """A measure can be asked together with other facts."""
    lines = (
        "facts: {f: {kind: yes-no}}",
        "indicators:",
        "  a:",
        "    measure: {step: 1}",
        "    bands: {1: {when: {value: '5, 1/2', f: 'true'}}, 0: {when: [{value: 'not(5)'}, {f: 'false'}]}}",
    )
    assert ("decided", 1, None) == answer(*ONE, *lines, a=5, f=True)
    assert ("decided", 0, None) == answer(*ONE, *lines, a=4, f=True)
    assert ("decided", 0, None) == answer(*ONE, *lines, a=5, f=False)


def test_conditions_that_always_or_never_hold() -> None:
    """`-` holds for every answer, and `not(-)` for none."""
    lines = (
        "facts: {f: {kind: yes-no}, g: {kind: choice, options: {x: X, y: Y}}, h: {}}",
        "indicators:",
        "  a:",
        "    bands:",
        "      1: {when: {f: '-', g: '-', h: '-'}}",
        "      0: {when: {f: 'not(-)'}}",
        "      2: {when: {g: 'not(-)'}}",
        "      3: {when: {h: 'not(-)'}}",
    )
    assert ("decided", 1, None) == answer(*ONE, *lines, f=True, g="x", h=1)


def test_answers_in_no_band() -> None:
    """Answers in no band, or in two, are left to the interpreter."""
    measure = "measure: {kind: choice, options: {x: X, y: Y, z: Z, w: W}}"
    lines = f"indicators: {{a: {{{measure}, bands: {{1: {{when: 'x, y, w'}}, 0: {{when: 'y'}}}}}}}}"
    assert ("decided", 1, None) == answer(*ONE, lines, a="x")
    assert "left: invalid" == answer(*ONE, lines, a="y")[0]
    assert "left: invalid" == answer(*ONE, lines, a="z")[0]
    none = f"indicators: {{a: {{{measure}, bands: {{1: {{when: '-'}}, 0: {{when: '-'}}}}}}}}"
    assert "left: invalid" == answer(*ONE, none, a="x")[0]


def test_answers_without_a_score() -> None:
    """An answer that has no score on purpose is left to the interpreter, which tells its reason."""
    lines = "indicators: {a: {levels: {ya: 1, belum: {score: none, because: Belum diuji}}}}"
    assert ("left: complete", None, None) == answer(*ONE, lines, a="belum")
    assert ("decided", 1, None) == answer(*ONE, lines, a="ya")


def test_cases_of_a_score() -> None:
    """Of several cases the one that holds gives the score."""
    cases = "[{when: {f: x}, is: 2}, {when: {f: y}, is: '3 + 4'}, {when: {f: z}, is: none}]"
    lines = (
        "facts: {f: {kind: choice, options: {x: X, y: Y, z: Z, w: W}}}",
        f"indicators: {{a: {{levels: {{ya: {{score: {cases}, because: Belum}}, tidak: 0}}}}}}",
    )
    assert ("decided", 2, None) == answer(*ONE, *lines, f="x", a="ya")
    assert ("decided", 7, None) == answer(*ONE, *lines, f="y", a="ya")
    assert ("left: complete", None, None) == answer(*ONE, *lines, f="z", a="ya")
    assert "left: invalid" == answer(*ONE, *lines, f="w", a="ya")[0]


def test_several_nodes_apply_by_one_answer() -> None:
    """Nodes that apply by the same answer all count, wherever they stand between those of other answers."""
    lines = (
        "facts: {f: {kind: choice, options: {x: X, y: Y}}}",
        "indicators:",
        "  a: {levels: {ya: 1, tidak: 0}, applies: {f: x}}",
        "  b: {levels: {ya: 2, tidak: 0}, applies: {f: y}}",
        "  c: {levels: {ya: 4, tidak: 0}, applies: {f: x}}",
        "  d: {levels: {ya: 8, tidak: 0}, applies: {f: x}}",
    )
    assert ("decided", 13, None) == answer(*ONE, *lines, f="x", a="ya", c="ya", d="ya")
    assert ("decided", 2, None) == answer(*ONE, *lines, f="y", b="ya")


def test_an_answer_that_no_node_applies_by() -> None:
    """Behind nodes for every answer, and behind nodes for some of them, an unknown answer is refused once."""
    lines = (
        "facts: {f: {kind: choice, options: {x: X, y: Y}}, g: {kind: choice, options: {x: X, y: Y}}}",
        "indicators:",
        "  a: {levels: {ya: 1, tidak: 0}, applies: {g: x}}",
        "  b: {levels: {ya: 2, tidak: 0}, applies: {f: x}}",
        "  c: {levels: {ya: 4, tidak: 0}, applies: {f: y}}",
        "  d: {levels: {ya: 8, tidak: 0}, applies: {f: x}}",
    )
    generated = Compiled(Evaluator(rubric(*ONE, *lines)).plan)
    assert ("decided", 11, None) == answer(*ONE, *lines, f="x", g="x", a="ya", b="ya", d="ya")
    assert ("decided", 4, None) == answer(*ONE, *lines, f="y", g="y", c="ya")
    assert "left: invalid" == answer(*ONE, *lines, f="z", g="y")[0]
    assert "left: invalid" == answer(*ONE, *lines, f="y", g="z", c="ya")[0]
    assert (1, 0) == tuple(generated.text.count(f"{name} != 'x' and") for name in ("x1", "x0"))


def test_answers_to_two_questions_that_no_node_applies_by() -> None:
    """Of two questions that are asked together, each is refused an unknown answer behind its own nodes."""
    lines = (
        "facts: {f: {kind: choice, options: {x: X, y: Y}}, g: {kind: choice, options: {x: X, y: Y}}}",
        "indicators:",
        "  a: {levels: {ya: 1, tidak: 0}, applies: {f: x, g: x}}",
        "  b: {levels: {ya: 2, tidak: 0}, applies: {f: x}}",
        "  c: {levels: {ya: 4, tidak: 0}, applies: {f: y}}",
        "  d: {levels: {ya: 8, tidak: 0}, applies: {g: x}}",
        "  e: {levels: {ya: 16, tidak: 0}, applies: {g: y}}",
    )
    assert ("decided", 11, None) == answer(*ONE, *lines, f="x", g="x", a="ya", b="ya", d="ya")
    assert ("decided", 20, None) == answer(*ONE, *lines, f="y", g="y", c="ya", e="ya")
    assert "left: invalid" == answer(*ONE, *lines, f="z", g="y", e="ya")[0]
    assert "left: invalid" == answer(*ONE, *lines, f="y", g="z", c="ya")[0]
    assert "!=" not in code(*ONE, *lines)[1].text.replace("len(sheet) !=", "")


def test_an_answer_looked_at_in_several_blocks() -> None:
    """What was refused in one block is no concern of another, where the same answer is looked at anew."""
    lines = (
        "facts: {h: {kind: yes-no}}",
        "indicators:",
        "  p:",
        "    combine: sum",
        "    applies: {h: 'true'}",
        "    indicators:",
        "      q: {levels: {ya: 1, tidak: 0}, applies: {r.a: x, h: 'true'}}",
        "      s: {levels: {ya: 16, tidak: 0}}",
        "  r:",
        "    combine: sum",
        "    applies: {h: 'false'}",
        "    indicators:",
        "      a: {levels: {x: 1, y: 2}}",
        "      b: {levels: {ya: 4, tidak: 0}, applies: {r.a: x}}",
        "      c: {levels: {ya: 8, tidak: 0}, applies: {r.a: y}}",
    )
    assert ("decided", 17, None) == answer(*ONE, *lines, h=True, r__a="x", p__q="ya", p__s="ya")
    assert ("decided", 16, None) == answer(*ONE, *lines, h=True, r__a="y", p__s="ya")
    assert "left: invalid" == answer(*ONE, *lines, h=True, r__a="z", p__s="ya")[0]
    assert ("decided", 5, None) == answer(*ONE, *lines, h=False, r__a="x", r__b="ya")
    assert ("decided", 10, None) == answer(*ONE, *lines, h=False, r__a="y", r__c="ya")
    assert "left: invalid" == answer(*ONE, *lines, h=False, r__a="z")[0]


def test_conditions_around_groups() -> None:
    """What stands in a group that does not apply does not apply either; what it would ask for may be missing."""
    lines = (
        "facts: {f: {kind: yes-no}, g: {}}",
        "indicators:",
        "  p:",
        "    combine: sum",
        "    applies: {f: 'true'}",
        "    indicators:",
        "      a: {levels: {ya: 1, tidak: 0}, applies: {g: '> 1'}}",
        "      b: {levels: {ya: 2, tidak: 0}}",
    )
    both = {"p.a": "ya", "p.b": "ya"}
    assert ("decided", 3, None) == answer(*ONE, *lines, f=True, g=2, **both)
    assert ("decided", 2, None) == answer(*ONE, *lines, f=True, g=1, **{"p.b": "ya"})
    assert "left: incomplete" == answer(*ONE, *lines, f=False)[0]
    q = "  q: {bands: {5: {when: {p.a.score: '1'}}, 4: {when: {p.a.score: '0'}}, 0: {when: {g: '<= 1'}}}}"
    first = [*lines[:2], q, *lines[2:]]
    for asked in ([*lines, q], first):
        assert ("decided", 8, None) == answer(*ONE, *asked, f=True, g=2, **both)
        assert ("decided", 2, None) == answer(*ONE, *asked, f=True, g=1, **{"p.b": "ya"})
        assert ("decided", 0, None) == answer(*ONE, *asked, f=False, g=1)


# --- gates and grades


GRADED = (
    "combine: sum",
    "indicators: {a: {levels: {x: 4, y: 2.5, z: 0}}}",
    "grades: {tolak: {when: '< 1'}, cukup: {when: '[1..3)'}, baik: {when: '>= 3'}}",
)
AMDAL = "facts: {amdal: {kind: yes-no}}"


@pytest.mark.parametrize(
    ("better", "amdal", "a", "grade"),
    [
        ("", True, "x", "baik"),
        ("", True, "y", "cukup"),
        ("", True, "z", "tolak"),
        ("", False, "x", "cukup"),
        ("", False, "z", "tolak"),
        ("better: lower", False, "z", "cukup"),
        ("better: lower", False, "x", "baik"),
    ],
)
def test_grades_and_their_gates(better: str, amdal: bool, a: str, grade: str) -> None:
    """The worst of the grade by score and those of the gates that fail."""
    gate = "requires: {amdal: {when: {amdal: 'true'}, text: AMDAL, grade: cukup}}"
    assert grade == answer(*GRADED, AMDAL, gate, *([better] if better else []), amdal=amdal, a=a)[2]


def test_gates_that_refuse() -> None:
    """A gate that refuses, on facts or on the score, leaves the sheet to the interpreter, which names it."""
    gates = "requires: {amdal: {when: {amdal: 'true'}, text: AMDAL}, cukup: {when: '> 0', text: Cukup}}"
    assert ("decided", 4, "baik") == answer(*GRADED, AMDAL, gates, amdal=True, a="x")
    assert "left: invalid" == answer(*GRADED, AMDAL, gates, amdal=False, a="x")[0]
    assert "left: invalid" == answer(*GRADED, AMDAL, gates, amdal=True, a="z")[0]


def test_gates_of_indicators() -> None:
    """An indicator's own gates are asked of its score in one place, however many lines it has."""
    lines = (
        "facts: {g: {}}",
        "indicators:",
        "  a: {levels: {x: 4, y: 1/2, z: 0}, requires: {r: {when: '> 0', text: R}}}",
        "  b: {formula: g / 3, requires: {r: {when: {a.score: '> 1', value: '> 0'}, text: R}}}",
    )
    assert ("decided", 5, None) == answer(*ONE, *lines, a="x", g=3)
    assert "left: invalid" == answer(*ONE, *lines, a="y", g=3)[0]
    assert "left: invalid" == answer(*ONE, *lines, a="z", g=3)[0]


def test_totals_without_a_grade() -> None:
    """A total that no grade holds, or two, is left to the interpreter."""
    lines = (
        "indicators: {a: {levels: {x: 4, y: 2, z: 0}}}",
        "grades: {p: {when: '<= 2'}, q: {when: '[2..3]'}}",
    )
    assert ("decided", 0, "p") == answer(*ONE, *lines, a="z")
    assert "left: invalid" == answer(*ONE, *lines, a="y")[0]
    assert "left: invalid" == answer(*ONE, *lines, a="x")[0]


@pytest.mark.parametrize("other", ["'-'", "'not(none)'"])
def test_grades_of_what_has_no_score(other: str) -> None:
    """A grade for answers without a score is none that generated code gives."""
    lines = (
        "indicators: {a: {levels: {x: 4, y: {score: none, because: Belum}}}}",
        f"grades: {{p: {{when: {other}}}, q: {{when: none}}}}",
    )
    assert ("decided", 4, "p") == answer(*ONE, *lines, a="x")
    assert "left" == answer(*ONE, *lines, a="y")[0][:4]


def test_grades_that_something_asks_for() -> None:
    """Grades of nodes inside and aside, and lookups over them, are come to before whoever asks for them."""
    lines = (
        "facts: {f: {kind: yes-no}}",
        "indicators:",
        "  p:",
        "    applies: {f: 'true'}",
        "    combine: sum",
        "    indicators: {a: {levels: {x: 4, y: 0}}}",
        "    grades: {k: {when: '< 1'}, l: {when: '>= 1'}}",
        "  b: {levels: {x: 1, y: 0}}",
        "aside:",
        "  s: {grades: {u: {when: {p.grade: l}}, v: {when: [{p.grade: k}, {f: 'false'}]}}}",
        "grades: {m: {when: {s.grade: u}}, n: {when: {s.grade: 'v'}}, o: {when: {s.grade: 'not(-)'}}}",
    )
    assert ("decided", 5, "m") == answer(*ONE, *lines, f=True, b="x", **{"p.a": "x"})
    assert ("decided", 0, "n") == answer(*ONE, *lines, f=True, b="y", **{"p.a": "y"})
    assert ("decided", 1, "n") == answer(*ONE, *lines, f=False, b="x")


def test_a_grade_without_a_number() -> None:
    """A group that combines nothing has a grade and no total."""
    lines = (
        "indicators:",
        "  p:",
        "    indicators: {a: {levels: {x: 4, y: 0}}}",
        "    grades: {k: {when: {p.a.score: '4'}}, l: {when: {p.a.score: 'not(4)'}}}",
        "  q: {grades: {u: {when: {p.grade: k}}, v: {when: {p.grade: l}}}}",
        "grades: {m: {when: {q.grade: u}}, n: {when: {q.grade: 'v'}}}",
    )
    assert ("decided", None, "m") == answer(*lines, **{"p.a": "x"})
    assert ("decided", None, "n") == answer(*lines, **{"p.a": "y"})


def test_geometric_means() -> None:
    """A root is the interpreter's."""
    generated = code("combine: geometric-mean", f"indicators: {{a: {{{LEVELS}}}}}")[1]
    assert "total: geometric-mean" == generated.refused


# --- other names


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({}, "decided"),
        ({"pencegahan": "dijalankan"}, "decided"),
        ({"pencegahan": "apa saja"}, "decided"),
        ({"pencegahan": None}, "left: complete"),
        ({"pencegahan": ["dijalankan"]}, "left: complete"),
        ({"salah_ketik": 1}, "left: invalid"),
        ({"total": 1}, "left: invalid"),
        ({1: 2}, "left: invalid"),
        ({"pengurangan.luas_awal": 8}, "left: complete"),
    ],
)
def test_other_names(extra: dict[Any, Any], expected: str) -> None:
    """Facts that nothing hangs on here change nothing; unknown names and odd values are the interpreter's."""
    evaluator = Evaluator(kinerja.load("pk-bkm"))
    sheet = {**BKM, **extra}
    found = evaluator._code.decide(sheet)
    status = evaluate(evaluator.plan, entries(sheet)).status
    assert expected == ("decided" if found is not None else f"left: {status}")


def test_other_sets() -> None:
    """A list of options that nothing hangs on here is copied like any other."""
    lines = (
        "facts: {f: {kind: yes-no}}",
        "indicators:",
        "  a: {ladder: {satu: {score: 1}}, otherwise: 0, applies: {f: 'true'}}",
        "  b: {levels: {x: 1, y: 0}}",
    )
    assert ("decided", 1, None) == answer(*ONE, *lines, f=False, a=["satu"], b="x")
    assert ("left: complete", 1, None) == answer(*ONE, *lines, f=False, a=[["satu"]], b="x")


# --- the evaluator


@pytest.fixture
def ready() -> Evaluator:
    """An evaluator of pk-bkm that has met enough sheets to use its code."""
    evaluator = Evaluator(kinerja.load("pk-bkm"))
    assert all(evaluator.evaluate(BKM)._outcome_kept is not None for _ in range(PATIENCE))
    return evaluator


def test_results_of_generated_code(ready: Evaluator) -> None:
    """What comes of generated code is what the interpreter gives, to the last figure of the trail."""
    before, after = Evaluator(kinerja.load("pk-bkm")).evaluate(BKM), ready.evaluate(BKM)
    assert after._outcome_kept is None
    one, two = before.complete(), after.complete()
    assert (one.total, one.shown, one.grade) == (two.total, two.shown, two.grade)
    assert after._outcome_kept is None
    assert before.trail == after.trail
    assert before.explain(language="id") == after.explain(language="id")
    assert (before.problems, before.notes, before.nodes) == (after.problems, after.notes, after.nodes)
    assert (one.total, one.grade, repr(one)) == (two.total, two.grade, repr(two))


def test_what_generated_code_leaves(ready: Evaluator) -> None:
    """After any number of sheets, one that is not plain and certain is the interpreter's."""
    assert ("keuangan", "kolaborasi") == ready.evaluate({"perempuan": 42}).missing[:2]  # type: ignore[union-attr]
    assert isinstance(ready.evaluate({**BKM, "perempuan": 142}), Invalid)


def test_awards_of_generated_code() -> None:
    """The grade stands with what it awards, before any trail is rendered and after."""
    evaluator = Evaluator(kinerja.load("makassar-rt-rw"))
    sheets = [dict(entries(example.facts)) for example in evaluator.rubric.examples.values()]
    sheet = next(each for each in sheets if isinstance(evaluator.evaluate(each), Complete))
    expected = evaluator.evaluate(sheet).trail
    (result,) = evaluator.evaluate_many([sheet])
    assert isinstance(result, Complete)
    assert result._outcome_kept is None
    assert expected.grade == result.grade
    assert expected == result.trail
    assert expected.grade == result.grade


def test_what_the_caller_changes_later(ready: Evaluator) -> None:
    """An assessment neither changes with the mapping that it came from nor needs it any more."""
    sheet = dict(BKM)
    result = ready.evaluate(sheet)
    sheet.clear()
    assert 65 == result.complete().total
    assert ready.evaluate(BKM).trail == result.trail


@pytest.mark.parametrize("made", [list, set])
def test_sets_that_the_caller_changes_later(made: Any) -> None:
    """A list or set of options is kept as it was, and stays a list or a set."""
    evaluator = Evaluator(rubric(*ONE, "indicators: {a: {ladder: {satu: {score: 1}}, otherwise: 0}}"))
    expected = evaluator.evaluate({"a": made(["satu"])}).trail
    chosen = made(["satu"])
    (many,) = evaluator.evaluate_many([{"a": chosen}])
    evaluator._waited = PATIENCE - 1
    evaluator.evaluate({"a": []})
    one = evaluator.evaluate({"a": chosen})
    chosen.clear()
    assert (None, None) == (many._outcome_kept, one._outcome_kept)
    assert (expected, expected) == (many.trail, one.trail)


def test_order_of_names(ready: Evaluator) -> None:
    """What was stated is kept in the order of the sheet, also where sheets of several orders take turns."""
    turned = dict(reversed(BKM.items()))
    sheets = (BKM, turned, BKM, turned)
    expected = [list(sheet) for sheet in sheets]
    assert expected == [[each.name for each in ready.evaluate(sheet).trail.stated] for sheet in sheets]
    many = ready.evaluate_many(sheets)
    assert expected == [[each.name for each in result.trail.stated] for result in many]


def test_many_orders_of_names(monkeypatch: pytest.MonkeyPatch, ready: Evaluator) -> None:
    """So many orders are kept at hand, and no more."""
    monkeypatch.setitem(Evaluator._shared.__globals__, "MOST_ORDERS", 2)
    items = list(BKM.items())
    sheets = [dict([*items[n:], *items[:n]]) for n in range(5)]
    assert [65] * 5 == [ready.evaluate(sheet).complete().total for sheet in sheets]
    assert len(ready._abouts) <= 2


def test_many_orders_among_many_sheets() -> None:
    """More orders of names in one run than are kept at hand."""
    facts = ", ".join(f"f{n}: {{}}" for n in range(1100))
    evaluator = Evaluator(rubric(*ONE, f"facts: {{{facts}}}", f"indicators: {{a: {{{LEVELS}}}}}"))
    found = evaluator.evaluate_many({"a": "ya", f"f{n}": 1} for n in range(1100))
    assert {1} == {result.complete().total for result in found}


def test_three_orders_take_turns(ready: Evaluator) -> None:
    """However many orders take turns, and whatever stands between them, each trail has that of its own sheet."""
    items = list(BKM.items())
    turned = [dict([*items[n:], *items[:n]]) for n in range(3)]
    strange = {Written("lokasi"): "kumuh", **turned[1]}
    sheets = [turned[n] for n in (0, 1, 0, 1, 2, 0, 2, 1)]
    sheets[3:3] = [strange, {"lokasi": 5}, strange]
    found = [[each.name for each in result.trail.stated] for result in ready.evaluate_many(sheets)]
    assert [list(sheet) for sheet in sheets] == found


ODDLY = ("perempuan", "pengurangan", "pencegahan", "pengurangan.luas_awal")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"perempuan": Decimal("40.0")},
        {"lokasi": Written("kumuh"), "pengurangan": Written("35")},
        {"pengurangan": 35.0},
        {"pengurangan": 35.25, "anggaran": 2.0},
        {"pencegahan": "dijalankan"},
        {"pencegahan": None},
        {"pengurangan": None, "pengurangan.luas_awal": 8, "pengurangan.luas_kini": 5},
    ],
    ids=repr,
)
def test_what_was_stated_is_kept_as_it_was(ready: Evaluator, changed: dict[str, Any]) -> None:
    """A trail of generated code says what the sheet says, in its words and its order, between sheets that say less."""
    sheet = {name: value for name, value in {**BKM, **changed}.items() if value is not None or name in ODDLY}
    turned = dict(reversed(sheet.items()))
    expected = [Evaluator(ready.rubric).evaluate(each).trail for each in (BKM, sheet, turned, BKM)]
    assert expected == [result.trail for result in ready.evaluate_many([BKM, sheet, turned, BKM])]


def test_names_that_are_no_plain_text(ready: Evaluator) -> None:
    """A name of a class of its own is read by the interpreter."""
    sheet = {Written("lokasi"): "kumuh", **{name: value for name, value in BKM.items() if name != "lokasi"}}
    results = [ready.evaluate(sheet), *ready.evaluate_many([sheet])]
    assert [True, True] == [result._outcome_kept is not None for result in results]
    assert [65, 65] == [result.complete().total for result in results]


def test_the_day_counts(ready: Evaluator) -> None:
    """A day on which the rubric is not in force is the interpreter's; what is no day is the caller's mistake."""
    day, before = dt.date(2017, 6, 30), dt.date(2016, 1, 1)
    result = ready.evaluate(BKM, on=day)
    assert result._outcome_kept is None
    assert "2017-06-30" == result.trail.date
    assert ready.evaluate(BKM).trail.date is None
    assert isinstance(ready.evaluate(BKM, on=before), Invalid)
    assert ["complete"] == [each.status for each in ready.evaluate_many([BKM], on=day)]
    assert ["invalid"] == [each.status for each in ready.evaluate_many([BKM], on=before)]
    assert [("complete", 65, None)] == list(ready.totals([BKM], on=day))
    assert [("invalid", None, None)] == list(ready.totals([BKM], on=before))


def test_what_is_no_day(ready: Evaluator) -> None:
    """Text where a day should stand is refused at once."""
    days: Any = "2017-06-30"
    uncovered = Evaluator(rubric("combine: geometric-mean", f"indicators: {{a: {{{LEVELS}}}}}"))
    for call in (
        lambda: ready.evaluate(BKM, on=days),
        lambda: ready.totals([BKM], on=[days]),
        lambda: uncovered.evaluate_many([], on=days),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        assert ["K114"] == [each.code for each in caught.value.diagnostics]


def test_whole_sheets(ready: Evaluator) -> None:
    """A sheet from a file is scored by generated code as well, and keeps what it says of its subject."""
    facts = {name: Written(str(value)) for name, value in BKM.items()}
    day = dt.date(2017, 6, 30)
    sheet = Sheet(facts=facts, subject={"id": "BKM Mawar"}, date=day)
    result = ready.evaluate(sheet)
    assert result._outcome_kept is None
    assert "<Complete BKM Mawar>" == repr(result)
    assert Evaluator(kinerja.load("pk-bkm")).evaluate(sheet).trail == result.trail
    assert isinstance(ready.evaluate(Sheet(facts=facts, date=dt.date(2016, 1, 1))), Invalid)
    assert isinstance(ready.evaluate(Sheet(facts={**facts, "lokasi": "entah"})), Invalid)
    records = Sheet(facts={**facts, "lokasi": {"value": "kumuh", "by": "fgd"}})
    assert 65 == ready.evaluate(records).complete().total


def test_names_stated_twice(ready: Evaluator) -> None:
    """A name that stands in a sheet twice is the interpreter's problem, never quietly one of the two."""
    rest = {name: value for name, value in BKM.items() if name != "pengurangan"}
    nested = {"pengurangan": {"luas_awal": 8, "luas_kini": 4}, "pengurangan.luas_awal": 8}
    result = ready.evaluate(Sheet(facts={**rest, **nested}))
    assert ["K302"] == [problem.code for problem in result.problems]


def test_many_sheets_in_their_order(ready: Evaluator) -> None:
    """Complete or not, plain or not, each sheet has its result at its place."""
    sheets: list[Any] = [
        BKM,
        {"perempuan": 42},
        {**BKM, "perempuan": 142},
        Sheet(facts=BKM),
        {**BKM, "perempuan": {"value": 41}},
        {name: value for name, value in BKM.items() if name != "lokasi"},
    ]
    expected = [Evaluator(ready.rubric).evaluate(sheet) for sheet in sheets]
    found = list(ready.evaluate_many(iter(sheets)))
    assert [type(each) for each in expected] == [type(each) for each in found]
    assert [each.trail for each in expected] == [each.trail for each in found]
    assert isinstance(found[1], Incomplete)
    totals = [(e.status, e.total if isinstance(e, Complete) else None, None) for e in expected]
    assert totals == list(ready.totals(iter(sheets)))


def test_totals_with_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals come with their grades, the same from either engine; of many different ones some are made again."""
    monkeypatch.setitem(Evaluator._shared.__globals__, "MOST_KNOWN", 2)
    evaluator = Evaluator(rubric(*GRADED))
    sheets: list[Any] = [*({"a": each} for each in "xyzxyz"), {"a": {"value": "x"}}, {}]
    expected = [("complete", 4, "baik"), ("complete", Fraction("2.5"), "cukup"), ("complete", 0, "tolak")] * 2
    assert [*expected, expected[0], ("incomplete", None, None)] == list(evaluator.totals(sheets))


def test_rubrics_without_code() -> None:
    """Where there is no code the interpreter does everything, and the source says so."""
    evaluator = Evaluator(rubric("combine: geometric-mean", f"indicators: {{a: {{{LEVELS}}}}}"))
    assert evaluator.source().startswith("# There is no generated evaluator of uji: the interpreter")
    one_by_one = [evaluator.evaluate({"a": "ya"}).complete().total for _ in range(PATIENCE + 1)]
    assert [1] * (PATIENCE + 1) == one_by_one
    assert [1] == [result.complete().total for result in evaluator.evaluate_many([{"a": "ya"}])]
    assert [("complete", 1, None)] == list(evaluator.totals([{"a": "ya"}]))


@pytest.mark.parametrize("combine", ["sum", "geometric-mean"], ids=["by code", "by the interpreter"])
@pytest.mark.parametrize("many", [Evaluator.evaluate_many, Evaluator.totals])
def test_what_is_no_sheet(combine: str, many: Any) -> None:
    """Among many sheets, what is none raises when it is come to, and not before; that is the end of them."""
    evaluator = Evaluator(rubric(f"combine: {combine}", f"indicators: {{a: {{{LEVELS}}}}}"))
    found = many(evaluator, [{"a": "ya"}, 5, {"a": "ya"}])
    assert next(found) is not None
    with pytest.raises(UsageError) as caught:
        next(found)
    assert ["K510"] == [each.code for each in caught.value.diagnostics]
    assert [] == list(found)


def test_threads_share_an_evaluator() -> None:
    """Many threads make the code and use it at once; each has its own results."""
    evaluator = Evaluator(kinerja.load("pk-bkm"))
    sheets = [{**BKM, "perempuan": n % 101} for n in range(400)]
    with ThreadPoolExecutor(8) as pool:
        totals = list(pool.map(lambda sheet: evaluator.evaluate(sheet).complete().total, sheets))
    assert [total for _, total, _ in Evaluator(kinerja.load("pk-bkm")).totals(sheets)] == totals


def test_code_is_made_once() -> None:
    """Evaluators of one rubric under the same readings share its code; other readings have their own."""
    loaded = kinerja.load("pk-bkm")
    one, two = Evaluator(loaded), Evaluator(loaded)
    assert one._code is two._code
    assert compiled(one.plan) is one._code
    assert one._code.decide is one._code.decide
    assert Evaluator(loaded, readings={"D3": "dua-mulai-98"}).source() != one.source()


# --- the source


def test_source_is_the_same_every_time() -> None:
    """Two plans of one text give the same source."""
    one, two = (source(Evaluator(rubric(*GRADED)).plan) for _ in range(2))
    assert one == two


SOURCE = '''\
# The generated evaluator of uji.
# It is made from the plan of the rubric and never read back; "Undecided" leaves a sheet to the interpreter.


def decide(sheet):
    """The total as a whole number of 1/2, and the place of the grade; None where the interpreter has to say."""
    try:
        t1 = 0  # total
        # a
        x0 = sheet['a']
        if type(x0) is not str:
            x0 = read('a', x0)
        if x0 == 'x':
            t1 += 8
        elif x0 == 'y':
            t1 += 5
        elif x0 == 'z':
            pass
        else:
            raise Undecided
        total = t1
        if t1 <= 1:
            g1 = 0
        elif t1 <= 5:
            g1 = 1
        else:
            g1 = 2
        grade = g1
        if len(sheet) != 1:
            others(sheet)
        return total, grade
    except Exception:
        return None
'''


def test_source_can_be_read() -> None:
    """The source says what it is, and reads line by line like the rubric."""
    assert SOURCE == Evaluator(rubric(*GRADED)).source()


def test_a_traceback_shows_generated_lines(ready: Evaluator) -> None:
    """Where the caller's own iterable fails in the loop, the traceback shows the line of the loop."""

    def failing() -> Iterator[dict[str, Any]]:
        yield BKM
        raise OSError("disk")

    found = ready.evaluate_many(failing())
    next(found)
    with pytest.raises(OSError, match="disk") as caught:
        next(found)
    assert "for sheet in sheets:" in "".join(traceback.format_exception(caught.value))


def test_lines_are_kept_as_long_as_the_code() -> None:
    """The lines for tracebacks go with the code that they are of."""
    before = set(linecache.cache)
    generated = Compiled(Evaluator(rubric(*GRADED)).plan)
    generated.decide({})
    (name,) = set(linecache.cache) - before
    assert name.startswith("<kinerja uji ")
    del generated
    assert set(linecache.cache) <= before


AWKWARD = "\"'\\\n\r\t{}%#;:()[]é\u2028\U0001f600 __import__('os') \"\"\" ''' {0} {body}"
AWKWARD_IDS = ["a'b", "x\\", "#y", "{z}", "é", "__import__", "70/30", "%s"]


def awkward() -> Rubric:
    """A rubric whose every text and id would break out of a program that was put together carelessly."""
    levels = Levels(
        title=AWKWARD,
        levels={n: Level(score=at, text=AWKWARD, title=AWKWARD) for at, n in enumerate(AWKWARD_IDS)},
    )
    bands = Bands(
        number=AWKWARD,
        measure=Choice(title=AWKWARD, options={name: Option(title=AWKWARD) for name in AWKWARD_IDS}),
        bands={str(n): Band(when=f'"{name}"', text=AWKWARD) for n, name in enumerate(AWKWARD_IDS)},
    )
    return Rubric(
        id="uji",
        title=AWKWARD,
        edition=AWKWARD,
        note=AWKWARD,
        combine="sum",
        indicators={"p": Group(aspect=AWKWARD, combine="sum", indicators={"a": levels}), "b": bands},
        grades={"{g}": Grade(title=AWKWARD, when="> 3"), "#h": Grade(text=AWKWARD, when="<= 3")},
    )


def test_nothing_of_a_rubric_becomes_code() -> None:
    """Texts full of quotes, newlines and braces leave no trace; ids stand as quoted constants and nowhere else."""
    text = Evaluator(awkward()).source()
    tree = ast.parse(text)
    function = tree.body[-1]
    assert text.isascii()
    assert isinstance(function, ast.FunctionDef)
    parts = list(ast.walk(tree))
    strings = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    assert {*AWKWARD_IDS, "p.a", "b", ast.get_docstring(function, clean=False)} == strings
    called = {ast.unparse(part.func) for part in parts if isinstance(part, ast.Call)}
    assert {"read", "type", "len", "others"} == called
    numbered = {part.id for part in parts if isinstance(part, ast.Name) and part.id[1:].isdecimal()}
    assert {"g", "t", "x"} == {name[0] for name in numbered}
    names = {part.id for part in parts if isinstance(part, ast.Name)} - numbered - called
    assert {"Exception", "Undecided", "grade", "sheet", "str", "total"} == names
    statements = {type(part).__name__ for part in parts if isinstance(part, ast.stmt)}
    assert {
        "Assign",
        "AugAssign",
        "Expr",
        "FunctionDef",
        "If",
        "Pass",
        "Raise",
        "Return",
        "Try",
    } == statements
    comments = [line.rpartition(" # ")[2] for line in text.splitlines()[2:] if " # " in line]
    assert {"b", "p", "p.a", "total"} == set(comments)


@pytest.mark.parametrize("name", AWKWARD_IDS)
def test_awkward_answers_count(name: str) -> None:
    """An answer with an id that looks like code is an answer like any other."""
    evaluator, score = Evaluator(awkward()), 2 * AWKWARD_IDS.index(name)
    expected = ("complete", score, "{g}" if score > 3 else "#h")
    assert [expected] == list(evaluator.totals([{"p.a": name, "b": name}]))


def test_options_of_long_lists() -> None:
    """Many options of a fact are looked up instead of compared one by one."""
    options = ", ".join(f"o{n}: ''" for n in range(9))
    lines = (
        f"facts: {{f: {{kind: choice, options: {{{options}}}}}}}",
        "indicators: {a: {levels: {x: 1, y: 0}, applies: {f: 'not(o1, o2)'}}, b: {levels: {x: 1, y: 0}}}",
    )
    assert ("decided", 2, None) == answer(*ONE, *lines, f="o3", a="x", b="x")
    assert ("decided", 1, None) == answer(*ONE, *lines, f="o1", b="x")
    assert "left: invalid" == answer(*ONE, *lines, f="o9", b="x")[0]


def test_long_lists_of_levels() -> None:
    """Of thousands of levels the one is found by bisection; several of them may be one line of the form."""
    levels = ", ".join(f"o{n}: {n}" for n in range(5_000))
    lines = f"indicators: {{a: {{levels: {{{levels}}}}}}}"
    assert ("decided", 4_321, None) == answer(*ONE, lines, a="o4321")
    assert "left: invalid" == answer(*ONE, lines, a="o5000")[0]
    options = ", ".join(f"o{n}: ''" for n in range(30))
    bands = ", ".join(f"{n}: {{when: 'o{n}, o{29 - n}'}}" for n in range(15))
    lines = f"indicators: {{a: {{measure: {{kind: choice, options: {{{options}}}}}, bands: {{{bands}}}}}}}"
    found = [answer(*ONE, lines, a=f"o{n}") for n in (0, 14, 15, 29)]
    assert [("decided", n, None) for n in (0, 14, 14, 0)] == found


def test_more_rungs_than_python_compiles() -> None:
    """A ladder of very many rungs is the interpreter's."""
    steps = ", ".join(f"o{n}: {{score: {n}}}" for n in range(601))
    generated = code(*ONE, f"indicators: {{a: {{ladder: {{{steps}}}}}}}")[1]
    assert "more than 600 rules that are looked at one by one" == generated.refused


def test_as_many_bands_as_there_may_be() -> None:
    """Five hundred bands on two facts are asked one by one."""
    bands = ", ".join(f"{n}: {{when: {{f: '{n}', g: 'true'}}}}" for n in range(500))
    lines = ("facts: {f: {}, g: {kind: yes-no}}", f"indicators: {{a: {{bands: {{{bands}}}}}}}")
    assert ("decided", 499, None) == answer(*ONE, *lines, f=499, g=True)


# --- memory


def test_a_kept_trail_is_small(ready: Evaluator) -> None:
    """What is kept of one sheet of pk-bkm beside its values takes at most 400 bytes."""
    result = ready.evaluate(BKM)
    assert sys.getsizeof(result) + sys.getsizeof(result._values) + sys.getsizeof(result._total) <= 400
    count = 10_000
    tracemalloc.start()
    try:
        held = list(ready.evaluate_many([BKM] * count))
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The list itself is the caller's.
    assert (size - sys.getsizeof(held)) / count <= 400


# --- the bundled rubrics


@pytest.mark.parametrize("name", kinerja.bundled())
def test_examples_of_bundled_rubrics(name: str) -> None:
    """Every complete example of a bundled rubric is decided by its code, with the interpreter's total."""
    evaluator = Evaluator(kinerja.load(name))
    sheets = [dict(entries(example.facts)) for example in evaluator.rubric.examples.values()]
    plain = [sheet for sheet in sheets if not any(type(value) is Entry for value in sheet.values())]
    outcomes = [(sheet, evaluate(evaluator.plan, list(sheet.items()))) for sheet in plain]
    complete = [(sheet, outcome) for sheet, outcome in outcomes if outcome.status == "complete"]
    found = [evaluator._code.decide(sheet) for sheet, _ in complete]
    assert len(complete) > 3
    assert None not in found
    totals = [evaluator._code.total(each[0]) for each in found if each is not None]
    assert [outcome.root.score for _, outcome in complete] == totals


# --- parts


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("0", True),
        ("97.5", True),
        ("-0.5", True),
        ("1/3", False),
        ("123456789012345", True),
        ("1234567890123456", False),
        ("0.123456789012345", True),
        ("0.1234567890123456", False),
        ("1000000000000000", False),
    ],
)
def test_numbers_that_a_float_stands_for(number: str, expected: bool) -> None:
    """A decimal of at most 15 digits can be compared as a float."""
    assert expected is is_binary_safe(Fraction(number))


@pytest.mark.parametrize(
    ("held", "test", "expected"),
    [
        (Held("x", "float"), "[30..40)", "x >= 30 and x < 40"),
        (Held("x", "float"), "97.5", "x == 97.5"),
        (Held("x", "exact"), "> 1/3", "x > F0"),
        (Held("x", "exact"), "-", "True"),
        (Held("x", "int"), "> 1/2", "x > 0"),
        (Held("x", "int"), "< 1/2", "x <= 0"),
        (Held("x", "int"), "1/2", "False"),
        (Held("x", "int", Fraction(1, 2)), "1/2", "x == 1"),
        (Held("p", "pair", under="q"), ">= 1/2", "p * 2 >= 1 * q"),
        (Held("p", "pair", under="q"), "> 0", "p > 0"),
        (Held("x", "float"), "< 1, > 2", "x < 1 or x > 2"),
        (Held("x", "float"), "not(-)", "False"),
    ],
    ids=str,
)
def test_comparisons(held: Held, test: str, expected: str) -> None:
    """Each kind of number is compared without losing a digit."""
    assert expected == Lines().inside(held, condition(test).numbers())


def test_stretches_of_whole_numbers() -> None:
    """Between two whole numbers nothing is told apart."""
    sets = [condition("[0..1]").numbers(), condition("(1..3)").numbers()]
    found = runs(sets, Held("x", "int"), None)
    assert [(None, -1, True), (0, 1, True), (1, 2, True), (None, None, False)] == found
    halves = runs(sets, Held("x", "int", Fraction(1, 2)), None)
    assert [(None, Fraction(-1, 2), True), (0, 1, True), (1, Fraction(5, 2), True)] == halves[:3]


def test_units() -> None:
    """The unit of several numbers is the greatest that all are whole multiples of."""
    assert Fraction(1, 6) == common([Fraction(1, 2), Fraction(2, 3)])
    assert Fraction(5, 2) == common([Fraction(5), Fraction(5, 2), Fraction(0)])
    assert 1 == common([Fraction(0)])
