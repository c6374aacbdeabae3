"""Spark: the interpreter's answers in every cell, as expressions of Spark alone, whatever its session is set to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from random import Random
from typing import Any

import narwhals as nw
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql.functions import collate

import kinerja
from kinerja import Evaluator, Rubric
from kinerja.engine.columns.lines import Whole
from kinerja.engine.columns.running import laid_out, with_layout
from kinerja.engine.columns.terms import Term, column
from kinerja.errors import UsageError
from kinerja.numbers import MODES, Rounding
from kinerja.testing.strategies import rubrics
from tests.engines.shared import (
    RUBRICS,
    bundled_differing,
    compared,
    made,
    many,
    random_differing,
)
from tests.frames import arrow, cells_of, columns, differing, rows

Make = Callable[[pa.Table], Any]


@pytest.fixture(scope="session")
def make(spark: Any) -> Make:
    """A Spark frame from a table."""
    return spark.createDataFrame  # type: ignore[no-any-return]


@contextmanager
def set_to(spark: Any, **values: str) -> Iterator[None]:
    """The session with other settings."""
    names = {name: f"spark.sql.{name.replace('_', '.')}" for name in values}
    before = {name: spark.conf.get(key) for name, key in names.items()}
    try:
        for name, key in names.items():
            spark.conf.set(key, values[name])
        yield
    finally:
        for name, key in names.items():
            spark.conf.set(key, before[name])


@pytest.mark.parametrize("ansi", ["true", "false"])
@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_every_cell_is_the_interpreters(name: str, ansi: str, spark: Any, make: Make) -> None:
    """Whatever a row holds, its cells are those of the interpreter; rows stay in their order."""
    with set_to(spark, ansi_enabled=ansi, caseSensitive=ansi):
        assert [] == compared(name, make, seeds=[ansi == "true"])


@settings(max_examples=12)
@given(rubric=rubrics(), seed=st.integers(0, 2**32))
def test_random_rubrics(make: Make, rubric: Rubric, seed: int) -> None:
    """The same of random rubrics."""
    assert [] == random_differing(rubric, seed, make)


@pytest.mark.parametrize("name", kinerja.bundled())
def test_bundled_rubrics(name: str, make: Make) -> None:
    """10,000 rows of each bundled rubric: every cell is the interpreter's."""
    assert [] == bundled_differing(name, make)


def test_three_hundred_bands(make: Make) -> None:
    """Many bands are a balanced tree, which Spark's own recursion bears."""
    cells = cells_of(many(1, 300).evaluate_frame(make(pa.table({"n0": [*range(300), None]}))))
    assert [*(float(n * n) for n in range(300)), None] == [row["total"] for row in cells]


def test_a_thousand_indicators(make: Make) -> None:
    """Many indicators are one balanced sum, however many columns Spark has to make for it."""
    frame = make(pa.table({f"n{n}": [1, 0, None if n == 9 else 0] for n in range(1000)}))
    assert [1.0, 0.0, None] == [row["total"] for row in cells_of(many(1000, 2).evaluate_frame(frame))]


# --- the frame

YES = 'combine: mean\nindicators: {p: {levels: {"1": 3, "2": 5}}}\n'


def test_nothing_runs_and_nothing_is_python(spark: Any, make: Make) -> None:
    """What comes back is a plan of Spark's own expressions, and no job has run for it."""
    evaluator = Evaluator(kinerja.load("makassar-rt-rw"))
    kinds = columns(evaluator, Random(1), stated=1)
    frame = make(arrow(kinds, rows(evaluator, kinds, Random(1), 5)))
    spark.sparkContext.setJobGroup("kinerja", "none")
    found = evaluator.evaluate_frame(frame, trail="scores")
    assert [] == list(spark.sparkContext.statusTracker().getJobIdsForGroup("kinerja"))
    plan = found._jdf.queryExecution().toString()
    assert "Project" in plan
    assert [] == [word for word in ("Python", "UDF", "Exchange", "Sort", "Pandas") if word in plan]
    assert 5 == found.count()


def test_names_with_dots_and_names_that_differ_in_capitals(spark: Any, make: Make) -> None:
    """A dot in a name is no field, and A is not a; other columns come out as they went in."""
    evaluator = made(
        "combine: sum\nindicators: {kas: {combine: sum, indicators: {lancar: {direct: {in: '[0..9]', step: 1}}}}}\n"
    )
    table = pa.table(
        {"kas.lancar": [1], "x.y": ["`"], "KAS.lancar": [2], "a`b": [None], "kas": [7], "X.y": [3]}
    )
    for sensitive in ("true", "false"):
        with set_to(spark, caseSensitive=sensitive):
            found = evaluator.evaluate_frame(make(table))
            assert [*table.column_names, "total", "total.scaled", "status"] == found.columns
            assert [(1, "`", 2, None, 7, 3, 1.0, 1, "complete")] == [tuple(row) for row in found.collect()]


@pytest.mark.parametrize(
    ("columns", "code", "names"),
    [
        ({"P": ["1"]}, "K611", ["p"]),
        ({"p": [True]}, "K612", ["p (Boolean)"]),
        ({"p": ["1"], "Status": [""]}, "K613", ["status"]),
    ],
)
def test_what_is_wrong_with_the_columns(columns: Any, code: str, names: list[str], make: Make) -> None:
    """Columns are told apart to the letter, but where two names would be one to Spark nothing is added."""
    with pytest.raises(UsageError) as caught:
        made(YES).evaluate_frame(make(pa.table(columns)))
    (found,) = caught.value.diagnostics
    assert (code, names) == (found.code, found.values["names"])


def test_text_that_is_compared_without_its_capitals(spark: Any, make: Make) -> None:
    """A column of a collation in which A is a would take what is no option for one."""
    frame = make(pa.table({"p": ["1"], "lain": ["A"]}))
    fine = frame.withColumn("lain", collate("lain", "UTF8_LCASE"))
    assert 1 == made(YES).evaluate_frame(fine).where("status = 'complete'").count()
    with pytest.raises(UsageError) as caught:
        made(YES).evaluate_frame(frame.withColumn("p", collate("p", "UTF8_LCASE")))
    assert "p (string collate UTF8_LCASE)" in str(caught.value)


def test_two_columns_of_one_name(spark: Any) -> None:
    """Spark takes them, and nobody could say which is meant."""
    with pytest.raises(UsageError) as caught:
        made(YES).evaluate_frame(spark.sql("select '1' as p, '2' as p"))
    assert "K622" == caught.value.diagnostics[0].code


def test_types_that_come_out(make: Make) -> None:
    """Bands are small whole numbers, totals a float and a whole number."""
    found = made(YES).evaluate_frame(make(pa.table({"p": ["1"]})))
    assert [
        ("p", "string"),
        ("p.band", "tinyint"),
        ("total", "double"),
        ("total.scaled", "bigint"),
    ] == found.dtypes[:4]


def test_one_row_explained(make: Make) -> None:
    """A row is found by what it has in a column, and its assessment is that of the scalar path."""
    evaluator = made(
        "combine: sum\nindicators: {a: {combine: sum, indicators: {b: {direct: {in: '[0..9]', step: 0.5}}}}}\n"
    )
    frame = make(pa.table({"id.desa": ["a", "b", "b", None], "a.b": [1.5, 2.0, 2.0, float("nan")]}))
    assert Fraction(3, 2) == evaluator.explain_row(frame, "a", column="id.desa").total
    for row, name, code in (
        ("b", "id.desa", "K609"),
        ("c", "id.desa", "K609"),
        (0, None, "K609"),
        (0, "x", "K611"),
    ):
        with pytest.raises(UsageError) as caught:
            evaluator.explain_row(frame, row, column=name)
        assert [code] == [each.code for each in caught.value.diagnostics]


# --- numbers

WIDE = 2**62 - 1


@pytest.mark.parametrize("ansi", ["true", "false"])
def test_numbers_at_the_ends(ansi: str, spark: Any, make: Make) -> None:
    """Numbers beyond what is accepted, beyond 2^53 or none at all make a row invalid, never a query fail."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[-9..9]', step: 0.01}, b: {step: 1}, c: {in: '[-9..9]', step: 2/5}}\n"
        "indicators: {p: {formula: 'a'}, q: {bands: {1: {when: {b: '>= 0'}}, 0: {when: {b: '< 0'}}}}, "
        "r: {formula: c}}\n"
    )
    kinds = {"a": "int", "b": "float", "c": "int"}
    odd = [
        float("nan"),
        float("inf"),
        float("-inf"),
        -0.0,
        5e-324,
        1.7976931348623157e308,
        -1e300,
        2.0**63,
        0.5,
    ]
    whole = [2**63 - 1, -(2**63), 2**62, 7, -4, 0, None]
    found = [{"a": a, "b": b, "c": c} for a in (1, *whole) for b in (1.0, *odd) for c in (2, -2, 2**63 - 1)]
    with set_to(spark, ansi_enabled=ansi):
        assert [] == differing(evaluator, kinds, found, make)


def worked_out(frame: Any, *terms: Term) -> list[tuple[Any, ...]]:
    """What terms come to in the rows of a frame."""
    named = {f"y{at}": term for at, term in enumerate(terms)}
    spark = nw.from_native(frame)
    found = with_layout(spark, laid_out(named, "_k", of=spark)).to_native().select(*named)
    return [tuple(row) for row in found.collect()]


@pytest.mark.parametrize("ansi", ["true", "false"])
def test_large_numbers_are_divided_to_the_last_digit(ansi: str, spark: Any, make: Make) -> None:
    """Where a float no longer tells whole numbers apart, quotients and what is left over are still exact."""
    cases = [
        (a, b) for a in (0, 1, 2**53 + 1, 2**60 - 1, WIDE) for b in (1, 2, 3, 7, 10**9 + 7, 2**53 + 1, WIDE)
    ]
    frame = make(pa.table({"a": [a for a, _ in cases], "b": [b for _, b in cases]}))
    a, b = column("a", "whole", (0, WIDE)), column("b", "whole", (1, WIDE))
    with set_to(spark, ansi_enabled=ansi):
        assert [(a // b, a % b) for a, b in cases] == worked_out(frame, a // b, a % b)


@pytest.mark.parametrize("low", [-(2**55) * 4, -40, 0])
def test_rounding_of_whole_numbers(low: int, make: Make) -> None:
    """A column of whole numbers is rounded as one number is, below zero too, in every mode."""
    values = [low + n for n in range(25)] + list(range(-min(-low, 12), 41))
    modes = [Rounding(Fraction(3, 2), mode=mode) for mode in MODES]
    whole = Whole(column("x", "whole", (low, 40)), Fraction(1, 4), low, 40)
    wholes = [whole.rounded(mode) for mode in modes]
    found = worked_out(make(pa.table({"x": values})), *(each.expr for each in wholes))
    for value, row in zip(values, found, strict=True):
        assert [mode.apply(Fraction(value, 4)) for mode in modes] == [
            each * made.unit for each, made in zip(row, wholes, strict=True)
        ]
