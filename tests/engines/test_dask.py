"""Dask: the interpreter's answers in every cell, part by part, once somebody asks for them."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kinerja
from kinerja import Rubric
from kinerja.errors import UsageError
from kinerja.testing.strategies import rubrics
from tests.engines.shared import RUBRICS, bundled_differing, compared, made, many, random_differing
from tests.frames import cells_of

YES = 'combine: mean\nindicators: {p: {levels: {"1": 3, "2": 5}}}\n'


def make(table: pa.Table, parts: int = 3) -> dd.DataFrame:
    """A frame in parts, whose cells know what is empty."""
    return dd.from_pandas(table.to_pandas(types_mapper=pd.ArrowDtype), npartitions=parts)


@pytest.fixture
def refuses_to_run() -> Any:
    """A way to compute that fails whoever computes."""

    def never(*_: Any, **__: Any) -> Any:
        pytest.fail("something was computed")

    with dask.config.set(scheduler=never):
        yield


@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_every_cell_is_the_interpreters(name: str) -> None:
    """Whatever a row holds, its cells are those of the interpreter; rows stay in their order."""
    assert [] == compared(name, make, seeds=range(4))


@settings(max_examples=25)
@given(rubrics(), st.integers(0, 2**32))
def test_random_rubrics(rubric: Rubric, seed: int) -> None:
    """The same of random rubrics."""
    assert [] == random_differing(rubric, seed, make)


@pytest.mark.parametrize("name", kinerja.bundled())
def test_bundled_rubrics(name: str) -> None:
    """10,000 rows of each bundled rubric: every cell is the interpreter's."""
    assert [] == bundled_differing(name, make)


def test_three_hundred_bands() -> None:
    """Many bands are a balanced tree."""
    cells = cells_of(many(1, 300).evaluate_frame(make(pa.table({"n0": [*range(300), None]}))))
    assert [*(float(n * n) for n in range(300)), None] == [row["total"] for row in cells]


def test_a_thousand_indicators() -> None:
    """Many indicators are one balanced sum; each part takes seconds over so many columns, however few its rows."""
    frame = make(pa.table({f"n{n}": [1, 0, None if n == 9 else 0] for n in range(1000)}), parts=1)
    assert [1.0, 0.0, None] == [row["total"] for row in cells_of(many(1000, 2).evaluate_frame(frame))]


def test_nothing_is_computed(refuses_to_run: Any) -> None:
    """The answer is a frame of Dask, of whose columns the names and the types are known before anything runs."""
    found = made(YES).evaluate_frame(make(pa.table({"p": ["2", "1", None]})))
    assert isinstance(found, dd.DataFrame)
    assert ["p", "p.band", "total", "total.scaled", "status"] == list(found.columns)
    assert ["Int8", "Float64", "Int64", "string"] == [str(each) for each in found.dtypes[1:]]


@pytest.mark.parametrize(
    ("columns", "code"),
    [({"status": ["1"]}, "K611"), ({"p": [True]}, "K612"), ({"p": ["1"], "status": ["1"]}, "K613")],
)
def test_what_is_wrong_with_the_columns_is_told_at_once(
    columns: dict[str, list[Any]], code: str, refuses_to_run: Any
) -> None:
    """Columns are looked at when the frame arrives, and not when its parts are computed."""
    with pytest.raises(UsageError) as caught:
        made(YES).evaluate_frame(make(pa.table(columns)))
    assert [code] == [each.code for each in caught.value.diagnostics]


def test_types_of_numpy_do_not_tell_nan_from_an_empty_cell() -> None:
    """As in pandas, both are an empty cell where the column is of NumPy."""
    evaluator = made("combine: sum\nindicators: {p: {direct: {in: '[0..9]', step: 0.5}}}\n")
    frame = pd.DataFrame({"p": [1.5, float("nan"), -0.0, 9.5]}, index=[7, 3, 3, 1])
    found = evaluator.evaluate_frame(dd.from_pandas(frame, npartitions=2, sort=False)).compute()
    assert ["complete", "incomplete", "complete", "invalid"] == found["status"].to_list()
    assert [7, 3, 3, 1] == found.index.to_list()


def test_other_columns_are_carried() -> None:
    """Whatever a column is called and holds, it comes out as it went in."""
    frame = dd.from_pandas(pd.DataFrame({"p": ["1"], "a.b": [1.5], "P": [7], "_k0": [None]}), npartitions=1)
    found = made(YES).evaluate_frame(frame).compute()
    assert (1.5, 7, 3.0) == (found["a.b"][0], found["P"][0], found["total"][0])
    assert ["p", "a.b", "P", "_k0"] == list(found.columns)[:4]


def test_another_process_scores_a_part() -> None:
    """Workers are sent the rubric, from which they make their plan."""
    evaluator = made(YES)
    found = evaluator.evaluate_frame(make(pa.table({"p": ["2", "1", None]})))
    with dask.config.set(scheduler="processes", num_workers=1):
        assert ["complete", "complete", "incomplete"] == found["status"].compute().to_list()


def test_one_row_explained() -> None:
    """A row is found by what it has in a column, and its assessment is that of the scalar path."""
    evaluator = made(YES)
    frame = make(pa.table({"desa": ["a", "b", "b", None], "p": ["1", "2", "2", "1"]}))
    assert 3 == evaluator.explain_row(frame, "a", column="desa").total
    for row, column, code in (
        ("b", "desa", "K609"),
        ("c", "desa", "K609"),
        (0, None, "K609"),
        (0, "rt", "K611"),
    ):
        with pytest.raises(UsageError) as caught:
            evaluator.explain_row(frame, row, column=column)
        assert [code] == [each.code for each in caught.value.diagnostics]


PROGRAM = """
import sys
import pandas
import dask.dataframe
import kinerja
evaluator = kinerja.Evaluator(kinerja.loads("{kinerja: 1, id: c, combine: mean, indicators: {p: {levels: {a: 1}}}}"))
frame = dask.dataframe.from_pandas(pandas.DataFrame({"p": ["a"]}), npartitions=1)
assert evaluator.evaluate_frame(frame).compute()["total"][0] == 1
print(sorted({"polars", "duckdb", "pyspark"} & set(sys.modules)))
"""


def test_no_library_of_another_frame_is_imported() -> None:
    """A frame of Dask is scored by way of pandas and PyArrow, and needs nothing else."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout
