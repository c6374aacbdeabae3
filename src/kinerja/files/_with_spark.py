"""Files through Spark: a folder of Parquet parts, written by as many machines as the session has."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F  # noqa: N812 - as everywhere in Spark

from kinerja.errors import Diagnostic, UsageError
from kinerja.files.about import about
from kinerja.files.columns import looked_at, meant, placed, refuse_nested, same, taken_in
from kinerja.files.jobs import Job, Scored
from kinerja.files.parquet import at, blamed, in_hadoop, unread
from kinerja.files.rows import Rows
from kinerja.tables import Tally

__all__ = ["ABOUT", "first_day", "run"]

#: The file beside the parts that says what made them; Spark passes over names that begin so.
ABOUT = "_kinerja.json"

#: The name by which the jobs of a run are stopped, and no others of the session.
_GROUP = "kinerja"


def run(job: Job) -> Scored:
    """Score the files of a job; whatever the engine says against them is raised as ours."""
    with _ours(job.inputs), _session() as session:
        job.watch.cancel = lambda: session.sparkContext.cancelJobGroup(_GROUP)
        session.sparkContext.setJobGroup(_GROUP, f"kinerja score {job.evaluator.rubric.id}", True)  # noqa: FBT003
        schemas = {path: _schema(session, path) for path in job.inputs}
        same(schemas)
        frame, schema = _read(session, job.inputs), schemas[job.inputs[0]]
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
    with _ours([path]), _session() as session:
        if "date" not in _schema(session, path):
            return None
        # An empty text names no day either.
        found = _read(session, [path]).select("date").where(F.col("date").cast("string") != "").first()
        with placed(path):
            return Rows(job.evaluator, ()).day(found[0]) if found is not None else None


def _read(session: Any, paths: Sequence[Path]) -> Any:
    """The rows of these files and of no others; none is passed over, whatever the session is set to."""
    reader = session.read.option("ignoreCorruptFiles", "false").option("ignoreMissingFiles", "false")
    return reader.parquet(*map(in_hadoop, paths))


def _schema(session: Any, path: Path) -> dict[str, str]:
    """The columns of one file and their types; Spark would give all files those of any of them."""
    with _ours([path], only=path):
        return {each.name: each.dataType.simpleString() for each in _read(session, [path]).schema.fields}


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
def _ours(paths: Sequence[Path], *, only: Path | None = None) -> Iterator[None]:
    """What the engine says of a file, as ours (K647); where it names none and may mean something else, K651."""
    try:
        yield
    except (PySparkException, Py4JJavaError) as error:
        told = error.java_exception.getMessage() if isinstance(error, Py4JJavaError) else str(error)
        problem = str(told).partition("\n")[0]
        path = only or blamed(paths, problem)
        if path is None:
            values = {"engine": "spark", "problem": problem}
            raise UsageError([Diagnostic("K651", (), values)]) from None
        raise unread([path], problem) from None


def _counted(session: Any, job: Job) -> Scored:
    """How many there are of what, in the parts that were written."""
    written = _read(session, [job.output])
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
