"""What frames hold and formulas ask beyond sums of whole numbers: functions, roots, decimals, single floats, nulls."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kinerja import Evaluator
from kinerja.engine.columns import frames
from kinerja.engine.columns.near import float_of
from kinerja.errors import UsageError
from kinerja.numbers import MODES
from tests.frames import ENGINES, Row, arrow, cells_of, columns, differing, expected, rows
from tests.test_columns import made
from tests.test_generated import AWKWARD_IDS, awkward

#: The engines on which single rows can be left to the interpreter.
AT_HAND = ("pandas", "polars", "pyarrow")


def refused(evaluator: Evaluator, frame: Any, *, id: str | None = None) -> list[tuple[str, str]]:
    """The codes of what a frame is refused for, and what they name."""
    with pytest.raises(UsageError) as caught:
        evaluator.evaluate_frame(frame, id=id)
    found = [(each, dict(each.values)) for each in caught.value.diagnostics]
    return [(each.code, str(values.get("name", values.get("names")))) for each, values in found]


# --- roots, logarithms, geometric means

ROOTS = (Path(__file__).parent / "columns" / "roots" / "roots.yaml").read_text("utf-8")


def few(evaluator: Evaluator, count: int) -> list[Row]:
    """Rows of whole numbers that leave hardly any of them incomplete, many of them squares or cubes."""
    random, found = Random(2), []
    for _ in range(count):
        row: Row = {}
        for name, fact in evaluator.plan.facts.items():
            if fact.formula is None:
                row[name] = (
                    random.choice(fact.options) if fact.kind == "choice" else float(random.randint(1, 9))
                )
        found.append(row)
    return found


@pytest.mark.parametrize(
    "engine", [each if each == "polars" else pytest.param(each, marks=pytest.mark.volume) for each in AT_HAND]
)
def test_what_is_not_rational_is_the_interpreters(engine: str) -> None:
    """Roots, logarithms, exponentials and geometric means, on both sides of every line, in whatever row."""
    evaluator = made(ROOTS)
    for seed in range(4):
        random = Random(seed)
        kinds = columns(evaluator, random, stated=0, whole=0.0 if seed else 1.0)
        assert [] == differing(evaluator, kinds, rows(evaluator, kinds, random, 120), engine)
    kinds = dict.fromkeys(kinds, "float") | {"pilih": "text"}
    assert [] == differing(evaluator, kinds, few(evaluator, 300), engine)


@pytest.mark.parametrize("engine", sorted(set(ENGINES) - set(AT_HAND)))
def test_lazy_frames_settle_nothing(engine: str) -> None:
    """Where single rows cannot be left to the interpreter, what is not rational is refused by name."""
    evaluator = made(ROOTS)
    kinds = columns(evaluator, Random(1), stated=0)
    frame = ENGINES[engine](arrow(kinds, rows(evaluator, kinds, Random(1), 3)))
    assert [("K620", "besar")] == refused(evaluator, frame)


def patches(evaluator: Evaluator, frame: Any, monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """The rows that were left to the interpreter."""
    asked: list[list[int]] = []
    kept = frames.patched

    def noted(found: Any, at: Any, outcomes: Any, *, scale: int) -> Any:
        asked.append(list(at))
        return kept(found, at, outcomes, scale=scale)

    monkeypatch.setattr(frames, "patched", noted)
    evaluator.evaluate_frame(frame)
    return asked


def test_only_rows_beside_a_line_are_left_to_the_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many rows only those are scored one by one whose root stands on a line of the rounding."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..100000]', step: 1}}\n"
        "indicators: {p: {formula: 'sqrt(a) + 0', round: {to: 1, mode: floor}}}\n"
    )
    squares = [n * n for n in range(2, 317)]
    # Of 0 and 1 the root is known to be on the line, or is taken for near it.
    assert [[1, *squares]] == patches(evaluator, pl.DataFrame({"a": range(100_000)}), monkeypatch)
    assert [] == patches(evaluator, pl.DataFrame({"a": [2, 3, None, 0]}), monkeypatch)


def test_what_does_not_fit_is_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where whole numbers would pass 2^63 and the result is rounded, floats decide all rows but those on a line."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[1..1000000000]', step: 1}, b: {in: '[1..1000000000]', step: 1}}\n"
        "indicators:\n"
        "  p: {formula: 'a * a * a / (b * b * b)', round: {to: 0.01, mode: half-up}, cap: '<= 99'}\n"
        "  q: {formula: 'max(a * a / b, b * b / (a + b))', round: {to: 1, mode: half-up}, cap: '<= 99'}\n"
        "  r: {formula: 'a * a / b', round: {to: 0.001, mode: half-up}, cap: '<= 99'}\n"
    )
    values = [1, 2, 3, 7, 10**9, 10**9 - 1, 999_999_937]
    pairs = [{"a": a, "b": b} for a in values for b in values]
    for engine in AT_HAND:
        assert [] == differing(evaluator, {"a": "int", "b": "int"}, pairs, engine)
    (asked,) = patches(evaluator, pl.DataFrame(pairs), monkeypatch)
    assert len(asked) < len(pairs) / 2
    assert [("K616", "p")] == refused(evaluator, pl.LazyFrame(pairs))


def test_a_geometric_mean_that_does_not_fit() -> None:
    """The product of many scores may be more than whole numbers hold; its root is decided by floats."""
    evaluator = made(
        "combine: geometric-mean\nround: {to: 0.01, mode: half-up}\n"
        "each: {direct: {in: '[0..1000000]', step: 1}}\nindicators: {p: {}, q: {}, r: {}, s: {}}\n"
    )
    random = Random(1)
    found = [{name: random.choice([0, 1, 16, 10**6, 10**6 - 1, 7]) for name in "pqrs"} for _ in range(100)]
    assert [] == differing(evaluator, dict.fromkeys("pqrs", "int"), found, "polars")


@pytest.mark.parametrize("mode", MODES)
def test_a_root_that_is_rounded_in_every_way(mode: Any) -> None:
    """Ties and lines, below zero and above, are decided as of exact numbers."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..100]', step: 0.25}}\n"
        "indicators:\n"
        f"  p: {{formula: '3 - sqrt(a)', round: {{to: 1.5, mode: {mode}}}}}\n"
        f"  q: {{formula: 'sqrt(a)', round: {{to: 1.5, mode: {mode}}}}}\n"
        f"  r: {{formula: 'a ** (1 / 3)', round: {{to: 0.5, mode: {mode}}}}}\n"
    )
    found = [{"a": n / 4} for n in range(401)]
    assert [] == differing(evaluator, {"a": "float"}, found, "polars")


WIDE = """combine: sum
facts:
  a: {in: "[0..1000000000000]", step: 1}
  f: {from: "sqrt(a)", in: "[0..999999.99999]", round: {to: 1, mode: floor}}
indicators:
  p: {formula: "sqrt(a)", round: {to: 0.0001, mode: half-up}}
  q: {formula: "f"}
  r: {formula: "sqrt(a * 1000000 / 7)", round: {to: 0.000001, mode: half-up}, cap: "<= 10"}
"""


@pytest.mark.parametrize("indicator", ["p", "q", "r"])
def test_roots_whose_powers_do_not_fit(indicator: str) -> None:
    """A root is rounded by whole numbers as long as they fit; else floats decide it where rows can be settled."""
    lines = WIDE.splitlines(keepends=True)
    evaluator = made(
        "".join([*lines[:5], *(each for each in lines[5:] if each.startswith(f"  {indicator}"))])
    )
    found = [{"a": a} for a in (0, 1, 2, 4, 10**12, 10**12 - 1, 999_998_000_001, 999_999_999_979)]
    assert [] == differing(evaluator, {"a": "int"}, found, "polars")
    assert "K616" == refused(evaluator, pl.LazyFrame(found))[0][0]


AWARDED = """combine: geometric-mean
round: {to: 1, mode: floor}
facts: {ada: {kind: yes-no, missing: "false"}}
indicators:
  p: {direct: {in: "[0..9]", step: 1}}
  q: {levels: {ya: 4, tidak: {score: none, because: x}}}
  r: {applies: {ada: "true"}, levels: {ya: 1}}
grades:
  kurang: {when: "< 6"}
  baik: {when: ">= 6", awards: {uang: {amount: 50, currency: IDR}, beras: {from: 1, to: 3, currency: IDR}}}
  tanpa: {when: none}
"""


def test_a_row_that_is_settled_has_all_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Total, grade and awards of a row that was left to the interpreter stand where those of any other row do."""
    evaluator = made(AWARDED)
    # Where children may not count, floats decide, and 6 stands on a line.
    answers = {"p": [9, 8, 4, 9], "q": ["ya", "ya", "ya", "tidak"], "r": [None] * 4, "ada": [False] * 4}
    assert [[0, 2]] == patches(evaluator, pl.DataFrame(answers), monkeypatch)
    found = evaluator.evaluate_frame(pl.DataFrame(answers))
    assert [
        (6.0, 6, "baik", 50, 1, 3, "complete"),
        (5.0, 5, "kurang", None, None, None, "complete"),
        (4.0, 4, "kurang", None, None, None, "complete"),
        (None, None, "tanpa", None, None, None, "complete"),
    ] == found.select(
        "total", "total.scaled", "grade", "awards.uang", "awards.beras.from", "awards.beras.to", "status"
    ).rows()
    assert [0, 0, 0, 1] == found["q.band"].to_list()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("indicators: {q: {formula: 'sqrt(a)'}}", ("K621", "q")),
        (
            "facts: {a: {in: '[0..9]', step: 1}, f: {from: 'log(a)'}}\nindicators: {q: {formula: 'f'}}",
            ("K621", "f"),
        ),
        (
            (
                "facts: {a: {in: '[0..9]', step: 1}, f: {from: 'exp(a)', step: 1, round: {to: 2, mode: up}}}\n"
                "indicators: {q: {formula: 'f'}}"
            ),
            ("K621", "f"),
        ),
        ("indicators: {q: {formula: '2 ** a', round: {to: 1, mode: up}}}", ("K615", "q")),
        ("indicators: {q: {formula: 'a ** sqrt(2)', round: {to: 1, mode: up}}}", ("K615", "q")),
        ("indicators: {q: {formula: 'a ** (1 / 0)', round: {to: 1, mode: up}}}", ("K615", "q")),
        (
            "indicators: {q: {combine: geometric-mean, indicators: {x: {levels: {ya: 1}}, y: {formula: 'a'}}}}",
            ("K621", "q"),
        ),
        ("indicators: {q: {formula: '1 + 2 / a'}}", ("K615", "q")),
        ("indicators: {q: {formula: 'a ** 20'}}", ("K616", "q")),
    ],
)
def test_what_even_frames_at_hand_refuse(body: str, told: tuple[str, str]) -> None:
    """What is not rounded, and powers that are not constant, are refused with the name of the node or fact."""
    facts = "" if "facts" in body else "facts: {a: {in: '[0..99999]', step: 1}}\n"
    evaluator = made(f"combine: sum\n{facts}{body}\n")
    frame = pl.DataFrame(
        {
            name: [1] if fact.kind == "number" else ["ya"]
            for name, fact in evaluator.plan.facts.items()
            if fact.formula is None
        }
    )
    assert [told] == refused(evaluator, frame)


@pytest.mark.parametrize(("combine", "weight"), [("mean", ""), ("weighted-mean", "weight: 50%, ")])
def test_a_total_that_is_the_same_in_every_row(combine: str, weight: str) -> None:
    """Where each indicator can come to one score only, what was answered does not have to be computed with."""
    one, three = f"{weight}levels: {{ya: 1}}", f"{weight}levels: {{ya: 3}}, missing: exclude"
    evaluator = made(f"combine: {combine}\nindicators: {{a: {{{one}}}, b: {{{three}}}}}\n")
    found = evaluator.evaluate_frame(pl.DataFrame({"a": ["ya", "ya"], "b": ["ya", "ya"]}))
    assert [2.0, 2.0] == found["total"].to_list()


def test_children_that_never_apply_are_left_out() -> None:
    """What is left out in every row is no part of a least number, a sum or a mean."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[-9..9]', step: 1}}\n"
        "indicators: {p: {direct: {in: '[0..9]', step: 1}}, q: {applies: {a: '> 9'}, formula: '-7'}}\n"
        "aside:\n"
        "  x: {formula: 'min(q.score, p.score) + min(p.score, q.score) + sum(q.score, 1)'}\n"
        "  y: {formula: 'mean(q.score, sqrt(p.score), q.score)', round: {to: 1, mode: half-up}}\n"
        "  z: {formula: 'abs(min(-1, q.score)) - abs(-2) + max(q.score, q.score, 0)'}\n"
    )
    found = [{"a": a, "p": p} for a in (1, None) for p in (0, 2, 9, None)]
    assert [] == differing(evaluator, {"a": "int", "p": "int"}, found, "polars")


def test_ends_of_floats() -> None:
    """Results without known ends, or beyond all floats, are still right or the interpreter's."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..1000]', step: 1}}\n"
        "indicators:\n"
        "  p: {formula: 'exp(a) / (1 + exp(a))', round: {to: 0.01, mode: half-up}}\n"
        "  q: {formula: 'log(a) / log(a + 1)', round: {to: 0.01, mode: half-up}}\n"
        "  r: {formula: 'sqrt(a) ** 210 / sqrt(a) ** 211', round: {to: 0.01, mode: half-up}}\n"
        "  s: {formula: 'sqrt(1 / (sqrt(a) - 5))', round: {to: 0.01, mode: half-up}}\n"
        "  t: {formula: '(sqrt(a) ** 150) ** 0.5 / sqrt(a) ** 75', round: {to: 0.01, mode: half-up}}\n"
        "  y: {formula: 'a ** 200.5 / a ** 200.5', round: {to: 0.01, mode: half-up}}\n"
        "  u: {formula: 'exp(-exp(a) * 0)', round: {to: 0.01, mode: half-up}}\n"
        "  v: {formula: '(exp(a) ** 2.5) ** -0.4 * exp(a)', round: {to: 0.01, mode: half-up}}\n"
        "  w: {formula: 'abs(3 - sqrt(a)) * -1', round: {to: 0.01, mode: half-up}, cap: '>= -9.995'}\n"
        "  x: {formula: 'abs(sqrt(a) + 3) - abs(-5 - sqrt(a))', round: {to: 0.01, mode: half-up}}\n"
    )
    found = [{"a": a} for a in (0, 1, 2, 24, 25, 26, 36, 700, 999, 1000, None)]
    for engine in AT_HAND:
        assert [] == differing(evaluator, {"a": "int"}, found, engine)


def test_totals_that_no_column_holds() -> None:
    """A row whose exact total passes 2^63 is told as such; a score for looking at may be infinite."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..10]', step: 1}}\n"
        "indicators: {p: {formula: 'exp(exp(a))', round: {to: 1, mode: up}, cap: '<= 9'}}\n"
        "aside: {q: {formula: 'exp(exp(a))', round: {to: 1, mode: up}}}\n"
    )
    frame = pl.DataFrame({"a": [0, 10]})
    found = evaluator.evaluate_frame(frame, trail="scores")
    assert [(3.0, 3.0), (9.0, inf)] == found.select("total", "q.score").rows()
    with pytest.raises(UsageError, match="total: error K616"):
        made(
            "combine: sum\nfacts: {a: {in: '[0..10]', step: 1}}\n"
            "indicators: {p: {formula: 'exp(exp(a))', round: {to: 1, mode: up}}}\n"
        ).evaluate_frame(frame)


def test_a_result_too_long_is_at_fault() -> None:
    """What has more digits than a formula may hold is at fault, even where another part of the formula is missing."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..99]', step: 1}, b: {in: '[0..9]', step: 1}}\n"
        "indicators:\n"
        "  p: {formula: 'min(exp(exp(a)), 1 / exp(exp(a))) + b', round: {to: 1, mode: up}, cap: '<= 9'}\n"
        "  q: {formula: 'min(exp(a) ** 200.5, exp(a) ** 900) + b', round: {to: 1, mode: up}, cap: '<= 9'}\n"
    )
    found = [{"a": a, "b": b} for a in (0, 1, 5, 6, 10, 20, 99, None) for b in (1, None)]
    for engine in AT_HAND:
        assert [] == differing(evaluator, {"a": "int", "b": "int"}, found, engine)


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow"])
def test_an_empty_figure_of_parts_that_need_no_answer(engine: str) -> None:
    """Where a figure is not given it is computed, also from parts that mean something when nobody answers them."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..9]', step: 1, missing: 2}, b: {from: 'a + 1'}}\n"
        "indicators: {p: {bands: {1: {when: {b: '> 2'}}, 0: {when: {b: '<= 2'}}}}}\n"
    )
    assert [] == differing(evaluator, {"b": "int"}, [{"b": 1}, {"b": None}, {"b": 9}], engine)


def test_a_constant_fault_of_a_figure() -> None:
    """A figure that cannot be computed is at fault where one of its parts is there, and else is missing."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..9]', step: 1}, b: {from: 'sqrt(-3) - a', round: {to: 1, mode: up}}}\n"
        "indicators: {p: {bands: {1: {when: {b: '> 1'}}, 0: {when: {b: '<= 1'}}}}}\n"
    )
    assert [] == differing(evaluator, {"a": "int"}, [{"a": 1}, {"a": None}], "polars")


def test_a_quotient_by_a_constant_below_zero() -> None:
    """What is divided by a number below zero changes its sign, in domains and conditions too."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[-9..9]', step: 1}, b: {from: 'a / -2', in: '[0..4]'}}\n"
        "indicators: {p: {bands: {1: {when: {b: '> 1'}}, 0: {when: {b: '<= 1'}}}}, q: {formula: 'a / (1 - 3) * a'}}\n"
    )
    found = [{"a": a} for a in range(-9, 10)]
    assert [] == differing(evaluator, {"a": "int"}, found, "polars")


def test_bounds_beyond_floats() -> None:
    """A bound that no float reaches lies above or below them all."""
    assert (inf, -inf) == (float_of(Fraction(10) ** 400), float_of(-(Fraction(10) ** 400)))


def test_a_total_that_is_none() -> None:
    """A rubric without a total has none in rows that the interpreter settles either."""
    evaluator = made(
        "facts: {x: {in: '[0..9]', step: 1}, y: {in: '[0..9]', step: 1}}\n"
        "indicators: {p: {formula: 'sqrt(x * y) + 0', round: {to: 1, mode: floor}}}\n"
        "grades: {kurang: {when: {p.score: '< 3'}}, baik: {when: {p.score: '>= 3'}}}\n"
    )
    found = evaluator.evaluate_frame(pl.DataFrame({"x": [9, 4, 2], "y": [1, 1, 3]}))
    assert ["baik", "kurang", "kurang"] == found["grade"].to_list()


def test_a_root_of_what_nobody_has_to_say() -> None:
    """Where the column of a fact may be left out, the root of its usual value is the same in every row."""
    evaluator = made(
        "combine: sum\nfacts: {n: {in: '[0..9]', step: 1, missing: 7}}\n"
        "indicators: {p: {formula: 'sqrt(n) + 1', round: {to: 0.1, mode: half-up}}, q: {levels: {ya: 1}}}\n"
    )
    assert [4.6, 4.6] == evaluator.evaluate_frame(pl.DataFrame({"q": ["ya", "ya"]}))["total"].to_list()


# --- decimals

DECIMALS = """combine: sum
facts: {t: {in: "[0..100]", step: 0.25}, u: {in: "[-9..9]", step: 0.01}}
indicators:
  p: {measure: {in: "[0..100]"}, bands: {2: {when: "> 98.5"}, 1: {when: "[1/3..98.5]"}, 0: {when: "< 1/3"}}}
  q: {measure: {round: {to: 1, mode: half-up}}, bands: {1: {when: "[10..25]"}, 0: {when: "< 10, > 25"}}}
  r: {formula: "t * 2 + u"}
  s: {measure: {in: "[0..9]", step: 2}, bands: {1: {when: "> 2"}, 0: {when: "<= 2"}}}
"""
SAID = [
    "98.5",
    "98.51",
    "98.49",
    "0.33",
    "0.34",
    "9.5",
    "9.49",
    "25.5",
    "25.49",
    "2",
    "4",
    "3",
    "0.25",
    "50.75",
    "0.5",
    "-0.01",
    "0",
    "100",
    "100.01",
    "-1",
]


@pytest.mark.parametrize(
    ("precision", "scale"), [(18, 2), (18, 3), (38, 2), (9, 4), (5, 0), (18, 18), (38, 18)]
)
def test_decimals_are_exact(precision: int, scale: int) -> None:
    """A column of decimals is read to the last digit, on every engine that it is not refused on."""
    evaluator, random = made(DECIMALS), Random(precision + scale)
    size, last = 10 ** (precision - scale), Decimal(1).scaleb(-scale)
    said = [Decimal(each) for each in SAID if abs(Decimal(each)) < size]
    said = [each for each in said if -each.as_tuple().exponent <= scale]  # type: ignore[operator]
    most = Decimal((0, (9,) * precision, -scale))
    ends = [most, most.copy_negate(), last, -last]
    found = [
        {name: random.choice([*said, *said, *ends, None]) for name in ("t", "u", "p", "q", "s")}
        for _ in range(200)
    ]
    typed = pa.decimal128(precision, scale)
    table = pa.table({name: pa.array([row[name] for row in found], typed) for name in found[0]})
    table = table.append_column("lain", pa.array(range(200)))
    want = [expected(evaluator, row) for row in found]
    for engine in ENGINES if precision == 18 or (scale < 3 and precision < 18) else AT_HAND:
        cells = cells_of(evaluator.evaluate_frame(ENGINES[engine](table), trail="scores"))
        assert want == [
            {name: has.get(name) for name in should} for has, should in zip(cells, want, strict=True)
        ]


def test_decimals_that_columns_compute_with() -> None:
    """Whole decimals need no step; others do, as floats do."""
    evaluator = made("combine: sum\nfacts: {a: {in: '[0..9]'}}\nindicators: {p: {formula: 'a * 2'}}\n")
    frame = pl.DataFrame({"a": pl.Series([Decimal(3), None], dtype=pl.Decimal(5, 0))})
    assert [6.0, None] == evaluator.evaluate_frame(frame)["total"].to_list()
    assert [("K617", "a")] == refused(evaluator, frame.cast(pl.Decimal(5, 1)))


def test_long_decimals_of_a_bounded_fact() -> None:
    """Where all answers have few digits, longer decimals are no answers, on lazy engines too; else they are refused."""
    evaluator = made("combine: sum\nindicators: {p: {measure: {in: '[0..9]'}, bands: {1: {when: '-'}}}}\n")
    table = pa.table(
        {"p": pa.array([Decimal(9), Decimal(10) ** 30, None], pa.decimal128(38, 2)), "lain": [0, 1, 2]}
    )
    for engine in ENGINES:
        cells = cells_of(evaluator.evaluate_frame(ENGINES[engine](table)))
        assert ["complete", "invalid", "incomplete"] == [row["status"] for row in cells]
    open_ = made("combine: sum\nindicators: {p: {measure: {in: '>= 0'}, bands: {1: {when: '-'}}}}\n")
    assert ["complete", "complete", "incomplete"] == open_.evaluate_frame(table)["status"].to_pylist()
    assert [("K612", "['p (Decimal(precision=38, scale=2))']")] == refused(open_, pl.DataFrame(table).lazy())


def test_decimals_with_more_places_than_digits_are_read() -> None:
    """Decimals of more than 18 places are refused."""
    evaluator = made("combine: sum\nindicators: {p: {measure: {in: '[0..9]'}, bands: {1: {when: '-'}}}}\n")
    frame = pa.table({"p": pa.array([None], pa.decimal128(38, 19))})
    assert [("K612", "['p (Decimal(precision=38, scale=19))']")] == refused(evaluator, frame)


@pytest.mark.parametrize("name", ["p", "lain"])
def test_decimals_that_have_no_type(name: str, tmp_path: Path) -> None:
    """Those that end before the point, or are wider than a frame, are refused by name, in any column."""
    evaluator = made("combine: sum\nindicators: {p: {measure: {in: '[0..9]'}, bands: {1: {when: '-'}}}}\n")
    table = pa.table({"p": [1.0], "lain": [1.0], "q": [2.0]})
    at = table.column_names.index(name)

    def holding(dtype: pa.DataType) -> pa.Table:
        return table.set_column(at, name, pa.array([Decimal(200)], dtype))

    short = holding(pa.decimal128(5, -2))
    assert [("K612", f"['{name} (decimal128(5, -2))']")] == refused(evaluator, short)
    pandas = short.to_pandas(types_mapper=pd.ArrowDtype)
    assert [("K612", f"['{name} (decimal128(5, -2)[pyarrow])']")] == refused(evaluator, pandas)
    with pytest.raises(UsageError, match="K612"):
        evaluator.explain_row(short, 0)
    pq.write_table(holding(pa.decimal256(60, 2)), tmp_path / "lebar.parquet")
    wide = pl.scan_parquet(tmp_path / "lebar.parquet")
    assert [("K612", f"['{name} (Decimal(precision=60, scale=2))']")] == refused(evaluator, wide)


@pytest.mark.parametrize("lazy", [False, True])
def test_whole_numbers_wider_than_64_bits(lazy: bool) -> None:
    """Those of Polars are refused for a fact, and carried in a column of one's own."""
    evaluator = made("combine: sum\nindicators: {p: {measure: {in: '[0..9]'}, bands: {1: {when: '-'}}}}\n")
    wide = pl.Series([1], dtype=pl.Int128)
    frame, own = pl.DataFrame({"p": wide}), pl.DataFrame({"p": [1], "lain": wide})
    assert [("K612", "['p (Int128)']")] == refused(evaluator, frame.lazy() if lazy else frame)
    found = evaluator.evaluate_frame(own.lazy() if lazy else own).lazy().collect()
    assert [("complete", 1)] == found.select("status", "lain").rows()


# --- single floats

SINGLE = """combine: sum
facts: {t: {in: "[0..20000000]", step: 0.1}}
indicators:
  p: {measure: {in: ">= 0"}, bands: {2: {when: "> 0.3"}, 1: {when: "[0.1..0.3]"}, 0: {when: "< 0.1"}}}
  q: {formula: "t * 10"}
"""


@pytest.mark.parametrize("engine", ["pandas", "polars", "polars-lazy", "pyarrow"])
def test_single_floats_count_as_their_shortest_decimals(engine: str) -> None:
    """A float of single precision is the decimal that it is printed as, and comes back as it was."""
    evaluator = made(SINGLE)
    near = [np.float32(each) for each in ("0.1", "0.3", "0.7", "16777.1", "1e-45", "3.4e38", "1048576.1")]
    values = [float(np.nextafter(each, np.float32(to))) for each in near for to in (-inf, each, inf)]
    values = [*values, nan, inf, -inf, -0.0]
    table = pa.table({name: pa.array(values, pa.float32()) for name in ("p", "t")})
    table = table.append_column("lain", pa.array(range(len(values))))
    cells = cells_of(evaluator.evaluate_frame(ENGINES[engine](table), trail="scores"))
    for value, has in zip(values, cells, strict=True):
        said = float(str(np.float32(value)))
        want = expected(evaluator, {"p": said, "t": said}, nan_is_nothing=engine == "pandas")
        assert want == {name: has.get(name) for name in want}
        assert str(value) == str(has["p"]) or value != value  # noqa: PLR0124 (no number is not itself)


@pytest.mark.parametrize("engine", ["polars", "pyarrow"])
def test_engines_write_single_floats_shortest(engine: str) -> None:
    """All exponents, subnormal numbers and a hundred thousand others are written with no digit more than needed."""
    random = np.random.default_rng(7)
    bits = [
        random.integers(0, 2**31, 100_000, dtype=np.uint32),
        np.array([(e << 23) | m for e in range(255) for m in (0, 1, 2, 0x7FFFFF, 0x4CCCCD)], dtype=np.uint32),
        np.arange(3000, dtype=np.uint32),
    ]
    values = np.concatenate(bits).view(np.float32)
    values = values[np.isfinite(values)]
    values = np.concatenate([values, -values])
    table = pa.table({"x": values})
    frame = nw.from_native(pl.DataFrame(table) if engine == "polars" else table)
    found = frame.select(x=nw.col("x").cast(nw.String).cast(nw.Float64))["x"].to_list()
    assert [float(str(each)) for each in values] == found


def test_duckdb_does_not_write_single_floats_shortest() -> None:
    """DuckDB writes large ones with a digit too many, so that there they are refused."""
    frame = duckdb.sql("SELECT 512313.62::FLOAT AS p, 1 AS t")
    assert "512313.625" == frame.project("p::VARCHAR").fetchall()[0][0]
    assert [("K612", "['p (Float32)']")] == refused(made(SINGLE), frame)


# --- nothing, and what is no number

MIXED = """combine: sum
indicators:
  p: {measure: {in: "[0..100]"}, bands: {1: {when: "> 1"}, 0: {when: "<= 1"}}}
  j: {levels: {ya: 1, tidak: 0}}
  b: {levels: {"true": 1, "false": 0}}
"""
STATES = ["complete", "incomplete", "invalid", "invalid", "invalid"]


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_no_number_and_nothing(engine: str) -> None:
    """Null is nothing; infinities and, but in pandas, NaN are no numbers."""
    table = pa.table({"p": [1.5, None, inf, -inf, nan], "j": ["ya"] * 5, "b": [True] * 5, "lain": range(5)})
    cells = cells_of(made(MIXED).evaluate_frame(ENGINES[engine](table)))
    want = [*STATES[:4], "incomplete"] if engine == "pandas" else STATES
    assert want == [row["status"] for row in cells]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (pd.Series([1, 2.5, None], dtype=object), [None, None, "K330 p"]),
        (pd.Series([Decimal("1.5"), Decimal("2.25"), None], dtype=object), [None, None, "K330 p"]),
        (pd.array([1, 2, pd.NA], dtype="Int64"), [None, None, "K330 p"]),
        (pd.array([1.0, inf, pd.NA], dtype="Float64"), [None, "K137 p", "K330 p"]),
        (
            pd.Series(pa.array([nan, inf, None]), dtype=pd.ArrowDtype(pa.float64())),
            ["K137 p", "K137 p", "K330 p"],
        ),
        ([nan, -inf, 1.0], ["K330 p", "K137 p", None]),
        ([None, None, None], ["K330 p"] * 3),
        (pd.Series([nan, 1.5, 2], dtype="float32"), ["K330 p", None, None]),
    ],
)
def test_numbers_of_pandas(column: Any, told: list[str | None]) -> None:
    """Nullable, Arrow-backed and object columns of pandas say the same as plain ones."""
    frame = pd.DataFrame({"p": column, "j": ["ya"] * 3, "b": [True] * 3})
    found = made(MIXED).evaluate_frame(frame)["problems"]
    assert told == [None if pd.isna(each) else each for each in found]


def test_answers_of_pandas_in_other_types() -> None:
    """Yes-no and choices may be nullable, categories or objects, in which None and NaN are nothing."""
    plain = {"p": [1.0] * 3, "j": pd.Series(["ya", None, nan], dtype=object)}
    objects = pd.DataFrame({**plain, "b": pd.Series([True, None, nan], dtype=object)})
    other = pd.DataFrame(
        {
            "p": [1.0] * 3,
            "j": pd.Categorical(["ya", None, None]),
            "b": pd.array([True, pd.NA, pd.NA], dtype="boolean"),
        }
    )
    for frame in (objects, other):
        found = made(MIXED).evaluate_frame(frame)
        assert ["complete", "incomplete", "incomplete"] == list(found["status"])
        assert ["K330 j; K330 b"] * 2 == list(found["problems"])[1:]


@pytest.mark.parametrize("value", ["x", object(), 10**30, [1]])
def test_objects_of_pandas_that_are_no_column(value: Any) -> None:
    """An object column of no one type is refused like any other type, with all else that is wrong."""
    frame = pd.DataFrame({"p": pd.Series([1, value], dtype=object), "j": ["ya"] * 2})
    assert [("K611", "['b']"), ("K612", "['p (Object)']")] == refused(made(MIXED), frame)


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(pd.Series([1.5, True], dtype=object), id="a truth value behind a float"),
        pytest.param(pd.Series([1, np.True_], dtype=object), id="one of NumPy behind a whole number"),
        pytest.param(pd.Series([np.float32(40.1), 1], dtype=object), id="a float of single precision"),
        pytest.param(pd.Series([1, np.float16(1.5)], dtype=object), id="a float of half precision"),
        pytest.param(pd.Series([1, np.longdouble(1.5)], dtype=object), id="a long float"),
    ],
)
def test_objects_of_pandas_that_arrow_makes_other_numbers_of(column: Any) -> None:
    """Among other numbers Arrow takes True for 1 and a short float for a long one; neither is what the cell says."""
    frame = pd.DataFrame({"p": column, "j": ["ya"] * 2, "b": [True] * 2})
    assert [("K612", "['p (Object)']")] == refused(made(MIXED), frame)


def test_objects_of_pandas_of_one_kind() -> None:
    """Truth values of Python and of NumPy are the same, and floats of single precision are read as such."""
    several = {"p": [np.float32(0.1), None], "j": ["ya"] * 2, "b": [True, np.False_]}
    frame = pd.DataFrame({name: pd.Series(each, dtype=object) for name, each in several.items()})
    found = made(MIXED).evaluate_frame(frame)
    single = made(MIXED).evaluate_frame(frame.assign(p=pd.Series([0.1, None], dtype="float64")))
    assert list(single["total"][:1]) == list(found["total"][:1])
    assert ["complete", "incomplete"] == list(found["status"])


@pytest.mark.parametrize(
    ("name", "column"),
    [
        pytest.param("p", pd.Series([1.0, 2.0]).astype("Sparse[float]"), id="sparse"),
        pytest.param("p", pd.Series(np.array([1, 2], np.longdouble)), id="long floats"),
        pytest.param("j", pd.Series(["\ud800", "ya"], dtype=object), id="half of a character"),
        pytest.param("j", pd.Series([1, "ya"], dtype=object).astype("category"), id="unlike categories"),
    ],
)
def test_columns_of_pandas_that_arrow_does_not_read(name: str, column: Any) -> None:
    """What Arrow has no type for is refused by its name, in a whole frame and in a row, whatever pandas calls it."""
    frame = pd.DataFrame({"p": [1.0] * 2, "j": ["ya"] * 2, "b": [True] * 2}).assign(**{name: column})
    assert [("K612", f"['{name} (Unknown)']")] == refused(made(MIXED), frame)
    with pytest.raises(UsageError, match="K612"):
        made(MIXED).explain_row(frame, 0)


def test_categories_of_arrow_in_pandas() -> None:
    """Columns that come out are read without what Arrow notes of those that went in."""
    categories = pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string()))
    frame = pd.DataFrame({"p": [2.0], "j": pd.array(["ya"], dtype=categories), "b": [True]})
    assert [3.0] == list(made(MIXED).evaluate_frame(frame)["total"])


def test_a_row_with_an_object_that_is_no_number() -> None:
    """What no column can hold is refused in a single row too."""
    with pytest.raises(UsageError, match="K612"):
        made(MIXED).explain_row(pd.DataFrame({"p": [object()], "j": ["ya"], "b": [True]}), 0)


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table, pl.LazyFrame])
def test_columns_of_nothing(make: Any) -> None:
    """A column of nothing but nulls is one of answers that nobody gave, and comes back as it was."""
    found = cells_of(made(MIXED).evaluate_frame(make({"p": [None], "j": [None], "b": [None], "_": [None]})))
    assert [("incomplete", None, None)] == [(row["status"], row["p"], row["_"]) for row in found]


def test_columns_of_nothing_in_duckdb() -> None:
    """So is one that a query fills with NULL, and its type stays what it was."""
    relation = duckdb.sql("SELECT NULL AS p, NULL AS b, 7 AS lain, 'ya' AS j")
    found = made(MIXED).evaluate_frame(relation)
    assert (None, None, 7, "ya", "incomplete") == tuple(found.fetchall()[0][at] for at in (0, 1, 2, 3, -1))
    assert [*relation.columns] == found.columns[:4]
    assert list(map(str, relation.types)) == list(map(str, found.types[:4]))
    assert ("p", "b") == made(MIXED).explain_row(relation, 7, column="lain").missing  # type: ignore[union-attr]


def test_json_of_duckdb() -> None:
    """A column of JSON is refused: what it holds is written with quotes, and DuckDB fails where it is compared."""
    relation = duckdb.sql("SELECT 2.0::DOUBLE AS p, '\"ya\"'::JSON AS j, true AS b, '{}'::JSON AS lain")
    assert [("K612", "['j (Unknown)']")] == refused(made(MIXED), relation)


def test_columns_come_back_as_they_were() -> None:
    """What is read in another type is given back in its own, whatever other names there are."""
    frame = pl.LazyFrame({"p": pl.Series([0.1], dtype=pl.Float32), "__p": [1], "j": [None], "b": [True]})
    found = made(MIXED).evaluate_frame(frame)
    assert [pl.Float32, pl.Int64, pl.Null, pl.Boolean] == found.collect_schema().dtypes()[:4]
    assert 1 == made(MIXED).explain_row(frame.with_columns(j=pl.lit("ya")), 1, column="__p").total - 1


@pytest.mark.parametrize("name", ["*", "^lain$", "^p.*$"])
@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame])
def test_names_that_polars_takes_for_patterns(make: Any, name: str) -> None:
    """A column that no fact means comes back, and tells rows apart, whatever pattern its name would be."""
    single = pl.Series([0.1, 2.5], dtype=pl.Float32)
    frame = make({name: [8, 9], "lain": [9, 8], "p": single, "j": ["ya"] * 2, "b": [True, None]})
    found = cells_of(made(MIXED).evaluate_frame(frame))
    assert [(8, 9, "complete"), (9, 8, "incomplete")] == [(r[name], r["lain"], r["status"]) for r in found]
    explained = [made(MIXED).explain_row(frame, each, column=name).status for each in (8, 9)]
    assert ["complete", "incomplete"] == explained


def test_what_arrow_says_of_a_table_stays() -> None:
    """Notes on a table and its columns, and which of them may be empty, are there afterwards too."""
    fields = [pa.field("lain", pa.int64(), nullable=False, metadata={"satuan": "m"}), ("p", pa.float64())]
    table = pa.table(
        {"lain": [1], "p": [2.0], "j": ["ya"], "b": [True]},
        schema=pa.schema([*fields, ("j", pa.string()), ("b", pa.bool_())], metadata={"geo": "{}"}),
    )
    found = made(MIXED).evaluate_frame(table).schema
    assert {b"geo": b"{}"} == found.metadata
    assert table.schema.equals(pa.schema(list(found)[:4], found.metadata), check_metadata=True)


@pytest.mark.parametrize(
    "make", [lambda table: table, lambda table: table.to_pandas(types_mapper=pd.ArrowDtype)]
)
def test_text_that_arrow_cannot_compare(make: Any) -> None:
    """Text in the layout that Polars and DuckDB have is read like any other, in choices and as an id."""
    text = pa.array(["ya", "entah"], pa.string_view())
    table = pa.table({"p": [2.0] * 2, "j": text, "b": [True] * 2})
    assert ["complete", "invalid"] == list(map(str, made(MIXED).evaluate_frame(make(table))["status"]))
    assert "invalid" == made(MIXED).explain_row(table, "entah", column="j").status


DAY = dt.datetime.combine(dt.date(2026, 1, 1), dt.time())
IDS = pl.DataFrame(
    {
        "angka": [1, 2],
        "teks": ["1", "2"],
        "jenis": pl.Series(["1", "2"], dtype=pl.Categorical),
        "benar": [True, False],
        "hari": [DAY, DAY + dt.timedelta(1)],
        "daftar": [[1], [2]],
        "p": [2.0, None],
        "j": ["ya"] * 2,
        "b": [True] * 2,
    }
)


@pytest.mark.parametrize(
    ("column", "id", "unlike"),
    [
        ("angka", 1, ["1", True, dt.date(2026, 1, 1)]),
        ("teks", "1", [1, True]),
        ("benar", True, [1, "true"]),
        ("hari", DAY, ["2026-01-01", 1]),
        ("jenis", "1", []),
    ],
)
@pytest.mark.parametrize(
    "make",
    [pl.DataFrame, pl.DataFrame.lazy, pl.DataFrame.to_arrow, pl.DataFrame.to_pandas, duckdb.from_arrow],
)
def test_ids_of_another_kind(make: Any, column: str, id: Any, unlike: list[Any]) -> None:
    """A row is meant by what its column holds: text means no number, in any engine, and none fails over it."""
    frame = make(IDS.to_arrow() if make is duckdb.from_arrow else IDS)
    assert "complete" == made(MIXED).explain_row(frame, id, column=column).status
    for each in unlike:
        with pytest.raises(UsageError, match="K609"):
            made(MIXED).explain_row(frame, each, column=column)


def test_categories_hold_what_they_stand_for() -> None:
    """Categories of Polars are text; those of Arrow may be numbers, and those of a list are compared as it is."""
    with pytest.raises(UsageError, match="K609"):
        made(MIXED).explain_row(IDS, 1, column="jenis")
    table = IDS.to_arrow().set_column(0, "angka", pa.array([1, 2]).dictionary_encode())
    assert "complete" == made(MIXED).explain_row(table, 1, column="angka").status
    assert "complete" == made(MIXED).explain_row(IDS, [1], column="daftar").status


@pytest.mark.parametrize(
    ("place", "found"), [(np.int64(1), True), (1, True), (True, False), (2, False), (-1, False)]
)
def test_places_of_rows(place: Any, found: bool) -> None:
    """A place may be a number of NumPy, as its functions tell places; a truth value is none."""
    if found:
        assert "incomplete" == made(MIXED).explain_row(IDS, place).status
        return
    with pytest.raises(UsageError, match="K609"):
        made(MIXED).explain_row(IDS, place)


def test_an_id_of_a_pandas_frame() -> None:
    """The column that tells rows apart need not be a fact."""
    frame = pd.DataFrame({"desa": ["a"], "p": [2.0], "j": ["ya"], "b": [True]})
    assert [3.0] == list(made(MIXED).evaluate_frame(frame, id="desa")["total"])
    assert [("K611", "['x']")] == refused(made(MIXED), frame, id="x")


# --- what a frame may be


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_facts_and_nodes_that_no_row_comes_to(engine: str) -> None:
    """What a band asks for decides whether a row is invalid, even where the whole column of its number is empty."""
    evaluator = made(
        "combine: sum\nfacts: {f: {options: {a: {}, b: {}}}}\nindicators:\n"
        "  p: {measure: {in: '[0..9]', step: 1}, bands: {x: {when: '> 4', score: s.score}, "
        "y: {when: '<= 4', score: [{when: {f: a}, is: 1}, {when: {f: b}, is: 2}]}}}\n"
        "aside: {s: {levels: {ya: 1, tidak: 0}}}\n"
    )
    answers = [(None, f, s) for f in ("entah", "a", None) for s in ("entah", "ya", None)]
    for numbers in ([None] * 9, [7, 4, None] * 3):
        found = [{"p": p, "f": f, "s": s} for p, (_, f, s) in zip(numbers, answers, strict=True)]
        assert [] == differing(evaluator, {"p": "int", "f": "text", "s": "text"}, found, engine)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_products_fit_where_answers_are_none(engine: str) -> None:
    """A score that nobody comes to lies between the ends of the others: no product of such scores stops an engine."""
    levels = "{levels: {a: -2999999999, b: 1, c: 3000000001}}"
    evaluator = made(f"combine: product\nindicators: {{p: {levels}, q: {levels}}}\n")
    found = [{"p": "entah", "q": "entah"}, {"p": "a", "q": "c"}]
    frame = ENGINES[engine](arrow({"p": "text", "q": "text"}, found))
    cells = cells_of(evaluator.evaluate_frame(frame))
    assert [None, -2999999999 * 3000000001] == [row["total.scaled"] for row in cells]


def test_types_do_not_hang_on_what_a_frame_holds() -> None:
    """The columns that come out have the same types where no row has a total or an award."""
    evaluator = made(
        "combine: sum\nindicators: {p: {levels: {ya: 1, tidak: 0}}}\n"
        "grades: {baik: {when: '> 0', awards: {uang: {amount: 5, currency: IDR}}}, kurang: {when: '<= 0'}}\n"
    )
    full, empty = (evaluator.evaluate_frame(pl.DataFrame({"p": [each]})) for each in ("ya", "entah"))
    assert [pl.Int64, pl.Int64] == [empty.schema[name] for name in ("total.scaled", "awards.uang")]
    assert full.schema == empty.schema


def test_names_that_duckdb_takes_for_one() -> None:
    """DuckDB would find the column of a frame under the name of one that is added: neither is."""
    frame = duckdb.connect().sql("SELECT 'ya' AS p, 'x' AS \"Total\", 'y' AS \"STATUS\"")
    evaluator = made("combine: sum\nindicators: {p: {levels: {ya: 1, tidak: 0}}}\n")
    assert [("K613", "['total', 'status']")] == refused(evaluator, frame)


@pytest.mark.parametrize(
    ("settings", "collation"), [("", ""), ("", "COLLATE NOCASE"), ("SET default_collation = 'nocase'", "")]
)
def test_duckdb_compares_options_by_their_bytes(settings: str, collation: str) -> None:
    """An option is itself and not what the collation of a column or of a connection takes for it."""
    connection = duckdb.connect()
    connection.execute(settings)
    connection.execute(f"CREATE TABLE lembar (p VARCHAR {collation}, lain INTEGER)")
    connection.execute("INSERT INTO lembar VALUES ('ya', 0), ('YA', 1), ('tidak', 2), (NULL, 3)")
    evaluator = made("combine: sum\nindicators: {p: {levels: {ya: 1, tidak: 0}}}\n")
    found = cells_of(evaluator.evaluate_frame(connection.table("lembar")))
    assert ["complete", "invalid", "complete", "incomplete"] == [row["status"] for row in found]


def test_categories_of_arrow_are_what_they_stand_for() -> None:
    """A category that is nothing is no answer, and one that is a float is no option, whatever its text is."""
    evaluator = made("combine: sum\nindicators: {p: {levels: {'1': 1, '2': 0}}}\n")

    def frame(several: pa.Array) -> pa.Table:
        return pa.table({"p": pa.DictionaryArray.from_arrays(pa.array([0, 1, None], pa.int8()), several)})

    found = evaluator.evaluate_frame(frame(pa.array(["1", None]))).to_pydict()
    assert ["complete", "incomplete", "incomplete"] == found["status"]
    assert [None, "K330 p", "K330 p"] == found["problems"]
    assert [1, 0, None] == evaluator.evaluate_frame(frame(pa.array([1, 2])))["total.scaled"].to_pylist()
    assert [("K612", "['p (Float64)']")] == refused(evaluator, frame(pa.array([1.0, 2.0])))


@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, pa.table, pd.DataFrame])
def test_frames_in_which_nobody_answers(make: Any) -> None:
    """A frame without a column of any fact has as many rows as before, and each of them can be explained."""
    evaluator = made(
        "combine: sum\nfacts: {n: {in: '[0..5]', step: 1, missing: 2}}\nindicators: {p: {formula: n}}\n"
    )
    frame = make({"desa": ["a", "b"]})
    assert [("a", 2), ("b", 2)] == [
        (row["desa"], row["total.scaled"]) for row in cells_of(evaluator.evaluate_frame(frame))
    ]
    assert 2 == evaluator.explain_row(frame, "b", column="desa").total
    if make is not pl.LazyFrame:
        assert 2 == evaluator.explain_row(frame, 1).total


@pytest.mark.parametrize(
    "frame",
    [
        pl.DataFrame({"desa": [1, 2]}).drop("desa"),
        pd.DataFrame(index=[7, 7]),
        pa.table({"desa": [1, 2]}).select([]),
        pl.LazyFrame(),
    ],
    ids=["polars", "pandas", "pyarrow", "lazy"],
)
def test_frames_without_columns(frame: Any) -> None:
    """A frame may have rows and no column at all; each of them can be explained."""
    evaluator = made(
        "combine: sum\nfacts: {n: {in: '[0..5]', step: 1, missing: 2}}\nindicators: {p: {formula: n}}\n"
    )
    is_lazy = isinstance(frame, pl.LazyFrame)
    found = cells_of(evaluator.evaluate_frame(frame))
    assert ([] if is_lazy else [2, 2]) == [row["total.scaled"] for row in found]
    if not is_lazy:
        assert 2 == evaluator.explain_row(frame, 1).total


def test_units_that_no_float_comes_near() -> None:
    """A score that is counted in what is beyond floats is refused with the name of its node."""
    large = made(f"combine: sum\nindicators: {{p: {{levels: {{ya: 1{'0' * 400}, tidak: 0}}}}}}\n")
    with pytest.raises(UsageError) as caught:
        large.evaluate_frame(pl.DataFrame({"p": ["ya"]}), trail="scores")
    (told,) = caught.value.diagnostics
    assert ("K624", ("p",)) == (told.code, told.path)
    assert "this is counted in steps of about 10^400, and no float comes near that" == told.message()
    few = ", ".join(f"p{at}: {{levels: {{ya: 0.001}}}}" for at in range(110))
    small = made(f"combine: product\nindicators: {{{few}}}\n")
    assert [("K624", "total")] == refused(small, pl.DataFrame({f"p{at}": ["ya"] for at in range(110)}))


def test_the_least_of_what_just_fits() -> None:
    """The least of several is told apart from what does not apply by a number beyond all, which has to fit too."""
    direct = f"direct: {{in: '[0..{2**63 - 1}]', step: 1}}"
    evaluator = made(
        f"combine: min\nfacts: {{s: {{kind: yes-no}}}}\n"
        f"indicators: {{p: {{{direct}}}, q: {{applies: {{s: 'true'}}, {direct}}}}}\n"
    )
    assert [("K616", "total")] == refused(evaluator, pl.DataFrame({"p": [1], "q": [2], "s": [True]}))


# --- nothing of a rubric becomes code

HOSTILE = [
    'x"; DROP TABLE t; --',
    "a'b",
    "{p}",
    "%s",
    "$1",
    "?",
    "\\x00",
    "é\u2028",
    "C:\\n",
    "`",
    "p\x01",
    "a\nb",
]


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_awkward_ids_are_answers(engine: str) -> None:
    """Options, grades and texts full of quotes and braces are data to every engine, also as cells and other columns."""
    evaluator = Evaluator(awkward())
    answers = [*AWKWARD_IDS, "' OR '1'='1", '"', "\\", "%", "{0}", None]
    table = pa.table({"p.a": answers, "b": answers, "lain": range(len(answers))})
    for name in HOSTILE:
        table = table.append_column(name, pa.array([name] * len(answers)))
    found = cells_of(evaluator.evaluate_frame(ENGINES[engine](table)))
    score = [2 * at for at in range(len(AWKWARD_IDS))]
    assert score == [row["total.scaled"] for row in found[: len(score)]]
    assert ["{g}" if each > 3 else "#h" for each in score] == [row["grade"] for row in found[: len(score)]]
    assert ["invalid"] * 5 + ["incomplete"] == [row["status"] for row in found[len(score) :]]
    assert [HOSTILE] * len(answers) == [[row[name] for name in HOSTILE] for row in found]


def test_what_duckdb_is_asked_holds_constants_only() -> None:
    """In the SQL that DuckDB gets, all that comes from a rubric stands in quotes."""
    table = pa.table({"p.a": ["a'b"], "b": ["a'b"], "lain": [1]})
    frame = Evaluator(awkward()).evaluate_frame(ENGINES["duckdb"](table))
    text = frame.sql_query()
    bare = re.sub(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", "", text)
    assert "'a''b'" in text
    assert [] == [each for each in ("'", '"', "\\", "#", "{", "%", "__", "70/30") if each in bare]


@pytest.mark.parametrize(
    ("name", "engine", "found"),
    [
        ("Status", "duckdb", [("K613", "['status']")]),
        ("status", "duckdb", [("K613", "['status']")]),
        ("status", "polars", [("K613", "['status']")]),
    ],
)
def test_a_name_that_is_taken(name: str, engine: str, found: list[tuple[str, str]]) -> None:
    """Nothing is added beside a column of that name; to DuckDB it is that name in whatever capitals."""
    evaluator = made("combine: sum\nindicators: {p: {direct: {in: '[0..9]', step: 1}}}\n")
    assert found == refused(evaluator, ENGINES[engine](pa.table({"p": [1], name: ["x"]})))
