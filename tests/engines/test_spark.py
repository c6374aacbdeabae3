"""Spark: the interpreter's answers in every cell, as expressions of Spark alone, whatever its session is set to."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import functions as F

import kinerja
from kinerja import Evaluator, Rubric
from kinerja.errors import UsageError
from kinerja.testing.strategies import rubrics
from tests.engines.shared import (
    RUBRICS,
    bundled_differing,
    compared,
    made,
    many,
    random_differing,
)
from tests.frames import arrow, cells_of, columns, rows

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
