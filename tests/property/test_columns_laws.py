"""Laws of columns, over random rubrics of the whole language and random rows, legal or not."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja import Evaluator, Rubric
from kinerja.errors import UsageError
from kinerja.testing.strategies import rubrics
from tests.frames import ENGINES, columns, differing, rows

#: What a rubric may ask for that columns cannot do, or that the columns drawn for it do not have.
REFUSED = frozenset({"K611", "K615", "K616", "K617", "K618", "K620", "K621", "K623", "K624", "K625"})


def told(rubric: Rubric, seed: int, engine: str) -> list[str]:
    """The cells that are not the interpreter's; none where the rubric asks for more than columns can do."""
    random, evaluator = Random(seed), Evaluator(rubric)
    # DuckDB does not read floats of single precision.
    others = ("float", "decimal") if engine == "duckdb" else ("float", "float", "decimal", "single")
    kinds = columns(evaluator, random, others=others)
    if not kinds:
        return []
    found = rows(evaluator, kinds, random, 25)
    try:
        return differing(evaluator, kinds, found, engine)
    except UsageError as error:
        return [each.code for each in error.diagnostics if each.code not in REFUSED]


@settings(max_examples=150)
@given(rubrics(), st.integers(0, 2**32))
def test_columns_are_the_interpreter(rubric: Rubric, seed: int) -> None:
    """On Polars every status, band, score, exact total and grade is the interpreter's, in every row."""
    assert [] == told(rubric, seed, "polars")


@settings(max_examples=60)
@given(rubrics(whole=False), st.integers(0, 2**32))
def test_plain_columns_are_the_interpreter(rubric: Rubric, seed: int) -> None:
    """The same of rubrics without gates, grades and formulas, of which more can be done in columns."""
    assert [] == told(rubric, seed, "polars")


@pytest.mark.parametrize("engine", sorted(set(ENGINES) - {"polars"}))
@settings(max_examples=25)
@given(rubrics(), st.integers(0, 2**32))
def test_every_engine_is_the_interpreter(engine: str, rubric: Rubric, seed: int) -> None:
    """The same on every other engine."""
    assert [] == told(rubric, seed, engine)
