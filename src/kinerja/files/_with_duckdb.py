"""Files through DuckDB: it reads, sorts out and writes by itself, and puts on disk what does not fit into memory."""

from __future__ import annotations

import datetime as dt
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from kinerja.drafts import FULL
from kinerja.errors import Diagnostic, UsageError
from kinerja.files.about import KEY, about, named
from kinerja.files.columns import looked_at, meant, placed, refuse_nested, same, taken_in
from kinerja.files.jobs import TOLD, Job, Scored
from kinerja.files.parquet import at, unread
from kinerja.files.rows import Rows
from kinerja.tables import FORMULA, Tally, safe_cell

__all__ = ["first_day", "run"]

#: What a spreadsheet would take for a formula, as a pattern of the engine.
_FORMULA = "^[" + "".join(FORMULA).replace("-", r"\-") + "]"


def run(job: Job) -> Scored:
    """Score the files of a job; whatever the engine says against them is raised as ours."""
    with _ours(job.inputs), _connected(job.output.parent) as (connection, folder):
        job.watch.cancel = connection.interrupt
        frame = _frame(connection, job)
        columns = meant(frame.columns, job.evaluator.plan)
        rows = Rows(job.evaluator, columns, on=job.on, language=job.language)
        taken_in(job.inputs[0], rows.deciding, "duckdb")
        with placed(job.inputs[0]):
            scored = job.evaluator.evaluate_frame(frame)
        _told(connection, frame, rows)
        selected = _selected(scored, frame, rows, job)
        scored.create_view("scored")
        if job.ending == ".parquet":
            kept = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{KEY}: {_text(about(job.evaluator))}}}"
            _copied(connection, f"SELECT {selected} FROM scored", job.output, kept)
            return _counted(connection, job.output, job)
        # Counted are the rows before they are text, which this engine reads again in lines of no great length only.
        typed = folder / "rows.parquet"
        _copied(connection, f"SELECT {selected} FROM scored", typed, "FORMAT parquet")
        _copied(
            connection,
            f"SELECT * FROM read_parquet({_text(_only(typed))})",
            job.output,
            "FORMAT csv, HEADER true",
        )
        return _counted(connection, typed, job)


def first_day(path: Path, job: Job) -> dt.date | None:
    """The first day that a column `date` names."""
    with _ours([path]), _connected(None) as (connection, _):
        frame = connection.read_parquet(_only(path), hive_partitioning=False)
        if "date" not in frame.columns:
            return None
        found = frame.select("date").filter("CAST(date AS VARCHAR) <> ''").limit(1).fetchall()
        with placed(path):
            return Rows(job.evaluator, ()).day(found[0][0]) if found else None


@contextmanager
def _connected(beside: Path | None) -> Iterator[tuple[Any, Path]]:
    """An engine, and the folder for what does not fit into memory, which is beside an output, never beside an input."""
    with tempfile.TemporaryDirectory(prefix=".kinerja-", dir=beside) as name:
        connection = duckdb.connect(config={"temp_directory": name})
        # Points in time are those of the file, whatever the clock of the machine is set to.
        connection.execute("SET TimeZone = 'UTC'")
        # The least and greatest values that a Parquet file tells of itself pass over NaN: an engine that trusts them
        # takes a bound for met that NaN does not meet.
        connection.execute("SET disabled_optimizers = 'statistics_propagation'")
        try:
            yield connection, Path(name)
        finally:
            connection.close()


@contextmanager
def _ours(paths: Sequence[Path]) -> Iterator[None]:
    """What the engine says of a file, as ours (K647); of a disk that is full, as Python says it."""
    try:
        yield
    except duckdb.Error as error:
        problem = str(error).partition("\n")[0]
        for number in FULL:
            if os.strerror(number) in problem:
                raise OSError(number, os.strerror(number)) from None
        if "ould not write" in problem:
            raise OSError(problem) from None
        raise unread(paths, problem) from None


def _frame(connection: Any, job: Job) -> Any:
    """The rows of the files as one relation, after a look at their columns."""
    frames = {path: connection.read_parquet(_only(path), hive_partitioning=False) for path in job.inputs}
    for path, each in frames.items():
        _alone(connection, path, each.columns)
    schemas = {
        path: dict(zip(each.columns, map(str, each.types), strict=True)) for path, each in frames.items()
    }
    same(schemas)
    schema = schemas[job.inputs[0]]
    columns = meant([*schema], job.evaluator.plan)
    looked_at(job.inputs[0], columns, job.evaluator, ending=job.ending, in_sql=True)
    refuse_nested(job, schema, lambda each: each.startswith(("STRUCT", "MAP", "UNION")) or each.endswith("]"))
    return connection.read_parquet([_only(path) for path in job.inputs], hive_partitioning=False)


def _only(path: Path) -> str:
    """The path of this file and of no other, whose name the engine would take for a pattern or for a place."""
    # A name that begins with `~` or `file:` is one of this folder only where the folder stands before it.
    return re.sub(r"([*?[])", r"[\1]", str(path.absolute()))


def _alone(connection: Any, path: Path, names: Sequence[str]) -> None:
    """
    No two columns have one name but for capitals (K622): the engine gives the second one another name.

    It also gives one to a column that has none, which is carried under it.
    """
    rows = connection.execute(f"SELECT DISTINCT name FROM parquet_schema({_text(_only(path))})").fetchall()
    written = {name for (name,) in rows}
    renamed = list(filter(None, (name.rpartition("_")[0] for name in names if name not in written)))
    if renamed:
        raise UsageError([Diagnostic("K622", (), {"names": renamed}, at(path))])


def _told(connection: Any, frame: Any, rows: Rows) -> None:
    """A function of the engine that tells what is wrong with a row, by the scalar path."""

    def told(row: dict[str, Any]) -> str | None:
        return rows.told(rows.evaluator.evaluate(rows.typed(row)).outcome.problems)

    facts = _facts(rows)
    types = {name: each for name, each in zip(frame.columns, frame.types, strict=True) if name in facts}
    row = connection.struct_type(types)
    connection.create_function("kinerja_told", told, [row], "VARCHAR", null_handling="special")


def _facts(rows: Rows) -> set[str]:
    return {column.name for column in rows.columns if column.role in ("fact", "option")}


def _selected(scored: Any, frame: Any, rows: Rows, job: Job) -> str:
    """What is written, as SQL: columns as they are, bands as their ids, problems where there are some."""
    bands = {f"{path}.band": ids for path, ids in job.evaluator.bands.items()}
    facts = _facts(rows)
    types = dict(zip(scored.columns, map(str, scored.types), strict=True))
    cells = ", ".join(f"{_text(name)}: {_name(name)}" for name in frame.columns if name in facts)
    told = f"kinerja_told({{{cells}}})"
    made = {name: _name(name) for name in scored.columns}
    for name, ids in bands.items():
        # Not a list and its places, which would be made anew for every row; and few words, of which each is kept once.
        cases = " ".join(f"WHEN {place} THEN {_text(id_)}" for place, id_ in enumerate(ids))
        made[name] = f"CAST(CASE {_name(name)} {cases} END AS ENUM({', '.join(map(_text, ids))}))"
    made["problems"] = f"CASE WHEN status <> 'complete' THEN {told} END"
    if job.ending == ".csv":
        made |= {"total.scale": str(rows.scale), "rubric": _text(named(job.evaluator))}
        for name, each in made.items():
            if name in ("problems", *bands) or types.get(name, "").startswith(("VARCHAR", "ENUM")):
                text = f"CAST({each} AS VARCHAR)"
                made[name] = (
                    f"CASE WHEN regexp_matches({text}, {_text(_FORMULA)}) THEN '''' || {text} ELSE {text} END"
                )
    names = {name: safe_cell(name) if job.ending == ".csv" else name for name in made}
    return ", ".join(f"{each} AS {_name(names[name])}" for name, each in made.items())


def _copied(connection: Any, query: str, path: Path, form: str) -> None:
    """Write the rows of a query to a file."""
    connection.execute(f"COPY ({query}) TO {_text(str(path))} ({form})")


def _counted(connection: Any, path: Path, job: Job) -> Scored:
    """How many there are of what, in the rows that were written."""
    written = f"read_parquet({_text(_only(path))})"
    graded = "grade" if job.evaluator.plan.root.grades else "NULL"
    tally = Tally()
    for status, grade, count in connection.execute(
        f"SELECT status, {graded}, count(*) FROM {written} GROUP BY ALL"
    ).fetchall():
        tally.statuses[status] += count
        if status == "complete":
            tally.grades[grade or ""] += count
    if not tally.statuses:
        raise UsageError([Diagnostic("K531", (), {}, at(job.inputs[0]))])
    job.watch.went_on(rows=tally.statuses.total(), part=1.0)
    troubled = tally.statuses["incomplete"] + tally.statuses["invalid"]
    if not troubled:
        return Scored(tally=tally)
    first = connection.execute(
        f"SELECT row, problems FROM (SELECT row_number() OVER () AS row, problems FROM {written}) "
        f"WHERE problems IS NOT NULL ORDER BY row LIMIT {TOLD}"
    ).fetchall()
    return Scored(tally=tally, problems=tuple(first), troubled=troubled)


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
