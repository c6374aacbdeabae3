"""The script that the page on clusters shows, run as the page says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark

import kinerja
from kinerja import Evaluator
from tests.engines.conftest import SETTINGS
from tests.frames import arrow, columns, expected, rows

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "score_on_spark.py"

#: The script, and then which libraries of other frames it has imported.
RUN = """
import runpy, sys
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
print(sorted({"polars", "duckdb", "dask"} & set(sys.modules)))
"""


def test_the_script_of_the_page(tmp_path: Path) -> None:
    """Parquet in, parquet out by status, every total the interpreter's; no executor starts a Python."""
    evaluator = Evaluator(kinerja.load("pk-bkm"))
    kinds = columns(evaluator, Random(1), stated=1)
    found = rows(evaluator, kinds, Random(1), 200)
    table = arrow(kinds, found)
    names = pa.array([f"desa {at}" for at in range(len(found))])
    source, target, script = tmp_path / "lembar", tmp_path / "nilai", tmp_path / "run.py"
    source.mkdir()
    script.write_text(RUN, "utf-8")
    pq.write_table(table.append_column("desa", names), source / "a.parquet")

    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    local = [part for name, value in SETTINGS.items() for part in ("--conf", f"{name}={value}")]
    # An executor that wants a Python finds none.
    programs = {"PYSPARK_DRIVER_PYTHON": sys.executable, "PYSPARK_PYTHON": str(tmp_path / "no-python")}
    done = subprocess.run(
        [submit, *local, script, SCRIPT, "pk-bkm", source, target, "desa 7"],
        env={**os.environ, **programs, "SPARK_LOCAL_IP": "127.0.0.1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stderr[-2000:]

    want = {name: expected(evaluator, row) for name, row in zip(names.to_pylist(), found, strict=True)}
    totals = {
        row["desa"]: (status, row["total.scaled"])
        for status in ("complete", "incomplete", "invalid")
        for row in pq.read_table(target / f"status={status}", partitioning=None).to_pylist()
    }
    assert {name: (each["status"], each["total.scaled"]) for name, each in want.items()} == totals
    counts = sorted(Counter(status for status, _ in totals.values()).items())
    said = [f"{status} {count}" for status, count in counts]
    told = evaluator.evaluate({name: each for name, each in found[7].items() if each is not None}).explain()
    assert done.stdout.endswith("\n".join([*said, told, "[]", ""]))
