"""Files through Spark: a folder of Parquet parts, written by as many machines as the session has."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everywhere in Spark

from kinerja.errors import Diagnostic, UsageError
from kinerja.files.about import about
from kinerja.files.columns import looked_at, meant, placed, refuse_nested, taken_in
from kinerja.files.jobs import Job, Scored
from kinerja.files.parquet import at
from kinerja.files.rows import Rows
from kinerja.tables import Tally

__all__ = ["ABOUT", "first_day", "run"]

#: The file beside the parts that says what made them; Spark passes over names that begin so.
ABOUT = "_kinerja.json"

#: The name by which the jobs of a run are stopped, and no others of the session.
_GROUP = "kinerja"


def run(job: Job) -> Scored:
    """Score the files of a job; whatever the engine says against them is raised as ours."""
    with _ours(job.inputs[0]), _session() as session:
        job.watch.cancel = lambda: session.sparkContext.cancelJobGroup(_GROUP)
        session.sparkContext.setJobGroup(_GROUP, f"kinerja score {job.evaluator.rubric.id}", True)  # noqa: FBT003
        frame = session.read.parquet(*(str(path.resolve()) for path in job.inputs))
        schema = {each.name: each.dataType.simpleString() for each in frame.schema.fields}
        columns = meant([*schema], job.evaluator.plan)
        looked_at(job.inputs[0], columns, job.evaluator, ending=job.ending, in_sql=True)
        refuse_nested(job, schema, lambda each: each.startswith(("struct<", "array<", "map<")))
        taken_in(job.inputs[0], Rows(job.evaluator, columns).deciding, "spark")
        with placed(job.inputs[0]):
            scored = job.evaluator.evaluate_frame(frame)
        bands = {f"{path}.band": ids for path, ids in job.evaluator.bands.items()}
        made = scored.select(
            *(
                _id(name, bands[name]).alias(name) if name in bands else F.col(f"`{name}`").alias(name)
                for name in scored.columns
            )
        )
        made.write.option("compression", "zstd").parquet(str(job.output))
        (job.output / ABOUT).write_text(about(job.evaluator) + "\n", encoding="ascii")
        return _counted(session, job)


def first_day(path: Path, job: Job) -> dt.date | None:
    """The first day that a column `date` names; rows of Spark have no order, so it is any of them."""
    with _ours(path), _session() as session:
        frame = session.read.parquet(str(path.resolve()))
        if "date" not in frame.columns:
            return None
        found = frame.select("date").dropna().first()
        return Rows(job.evaluator, ()).day(found[0]) if found is not None else None


def _id(name: str, ids: tuple[str, ...]) -> Any:
    # Not `element_at`: with an absent place it gives the last id (Spark 4.3, with code that is generated).
    place = F.col(f"`{name}`")
    found = F.when(place == 0, ids[0])
    for at_, id_ in enumerate(ids[1:], 1):
        found = found.when(place == at_, id_)
    return found


@contextmanager
def _session() -> Iterator[Any]:
    """The session of who called, or of spark-submit; where there is none, one on this machine, until all is done."""
    active = SparkSession.getActiveSession()
    if active is not None or "PYSPARK_GATEWAY_PORT" in os.environ:
        yield active or SparkSession.builder.getOrCreate()
        return
    # Nobody else is to reach it, and nobody looks at it.
    local = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
    }
    builder = SparkSession.builder.appName("kinerja").master("local[*]")
    for key, value in local.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()


@contextmanager
def _ours(path: Path) -> Iterator[None]:
    """What the engine says of a file, as ours (K647)."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        told = error.java_exception.getMessage() if isinstance(error, Py4JJavaError) else str(error)
        problem = str(told).partition("\n")[0]
        raise UsageError(
            [Diagnostic("K647", (), {"name": str(path), "problem": problem}, at(path))]
        ) from None


def _counted(session: Any, job: Job) -> Scored:
    """How many there are of what, in the parts that were written."""
    written = session.read.parquet(str(job.output))
    by = ("status", "grade") if job.evaluator.plan.root.grades else ("status",)
    tally = Tally()
    for status, *grade, count in written.groupBy(*by).count().collect():
        tally.statuses[status] += count
        if status == "complete":
            tally.grades[(grade and grade[0]) or ""] += count
    if not tally.statuses:
        raise UsageError([Diagnostic("K531", (), {}, at(job.inputs[0]))])
    job.watch.went_on(rows=tally.statuses.total(), part=1.0)
    return Scored(tally=tally, troubled=tally.statuses["incomplete"] + tally.statuses["invalid"])
