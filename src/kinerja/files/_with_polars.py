"""Files through Polars: it streams, and each piece on its way is looked at for rows that columns cannot speak of."""

from __future__ import annotations

import datetime as dt
import os
import re
import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from kinerja.drafts import FULL
from kinerja.errors import Diagnostic, SheetError, UsageError
from kinerja.files.about import KEY, about, named
from kinerja.files.columns import OWN, looked_at, meant, placed, refuse_nested, same
from kinerja.files.jobs import TOLD, Job, Scored
from kinerja.files.parquet import at, unread
from kinerja.files.rows import Rows, is_number, is_truth
from kinerja.files.texts import CELLS, Texts
from kinerja.sheets import Sheet
from kinerja.tables import FORMULA, Column, Tally, safe_cell

__all__ = ["first_day", "run"]

#: The place of each row, from 0, on its way.
ROW = f"{OWN}row"

#: What a spreadsheet would take for a formula, as a pattern of the engine.
_FORMULA = "^[" + "".join(FORMULA).replace("-", r"\-") + "]"

#: Types of which a CSV holds the text.
_TEXTS = (pl.String, pl.Categorical, pl.Enum)

#: So many digits a decimal of a frame may have.
_WIDEST = 38

#: How an engine that says no more than that names a fault of the disk.
_DISK = re.compile(r"os error ([0-9]+)")


def run(job: Job) -> Scored:
    """Score the files of a job; whatever the engine says against them is raised as ours."""
    within = _Within()
    with _ours(job.inputs), within.left(job):
        is_csv = job.inputs[0].suffix.lower() == ".csv"
        source, columns, lengths = _csv(job, within) if is_csv else _parquet(job)
        with placed(job.inputs[0]):
            scored = job.evaluator.evaluate_frame(source.with_row_index(ROW))
        rows = Rows(job.evaluator, columns, locale=job.locale, on=job.on, language=job.language)
        settling = _Settling(job, rows, source.collect_schema(), scored.collect_schema(), lengths, within)
        made = scored.map_batches(
            settling,
            schema=settling.schema,
            streamable=True,
            predicate_pushdown=False,
            projection_pushdown=False,
            slice_pushdown=False,
        )
        if job.ending == ".csv":
            made.rename({name: safe_cell(name) for name in settling.schema}).sink_csv(job.output)
        else:
            made.sink_parquet(job.output, metadata={KEY: about(job.evaluator)})
    if not settling.tally.statuses:
        raise UsageError([Diagnostic("K531", (), {}, at(job.inputs[0]))])
    return settling.scored


def first_day(path: Path, job: Job) -> dt.date | None:
    """The first day that a column `date` names."""
    with _ours([path]):
        if path.suffix.lower() == ".csv":
            found: dt.date | None = Texts(path, job).first_day()
            return found
        frame = _scanned(path)
        schema = frame.collect_schema()
        if "date" not in schema:
            return None
        # An empty text names no day either.
        column = pl.col("date")
        is_said = column != "" if schema["date"] == pl.String else column.is_not_null()
        days = frame.select("date").filter(is_said).head(1).collect().rows()
        with placed(path):
            return Rows(job.evaluator, ()).day(days[0][0]) if days else None


@contextmanager
def _ours(paths: Sequence[Path]) -> Iterator[None]:
    """What the engine says of a file, as ours (K647); of a disk that is full, as Python says it."""
    try:
        yield
    except (pl.exceptions.ComputeError, pl.exceptions.PanicException, OSError) as error:
        found = _DISK.search(str(error))
        number = int(found[1]) if found else 0
        if number in FULL:
            raise OSError(number, os.strerror(number)) from None
        raise unread(paths, str(error).partition("\n")[0]) from None


def _parquet(job: Job) -> tuple[pl.LazyFrame, tuple[Column, ...], list[int]]:
    """The rows of Parquet files as one frame, what their columns mean, and how many rows each file has."""
    scanned = {path: _scanned(path) for path in job.inputs}
    types = {
        path: {name: str(each) for name, each in frame.collect_schema().items()}
        for path, frame in scanned.items()
    }
    same(types)
    columns = meant([*types[job.inputs[0]]], job.evaluator.plan)
    looked_at(job.inputs[0], columns, job.evaluator, ending=job.ending)
    refuse_nested(
        job, types[job.inputs[0]], lambda each: each.startswith(("List(", "Array(", "Struct(", "Map("))
    )
    # A file that is named twice is read twice.
    frames = [scanned[path] for path in job.inputs]
    return pl.concat(frames), columns, [frame.select(pl.len()).collect().item() for frame in frames]


def _scanned(path: Path) -> pl.LazyFrame:
    """
    The rows of this file and of no other, whose name the engine would take for a pattern or for somebody's folder.

    Nor are columns made of the names of folders.

    Raises `UsageError` K622 for columns of one name, K612 for decimals that are wider than those of a frame.
    """
    frame = pl.scan_parquet(path.absolute(), glob=False, hive_partitioning=False)
    try:
        frame.collect_schema()
    except pl.exceptions.DuplicateError as error:
        name = str(error).partition("'")[2].rpartition("'")[0]
        raise UsageError([Diagnostic("K622", (), {"names": [name]}, at(path))]) from None
    wide = [
        f"{name} ({each})"
        for name, each in frame.collect_schema().items()
        if isinstance(each, pl.Decimal) and each.precision > _WIDEST
    ]
    if wide:
        raise UsageError([Diagnostic("K612", (), {"names": wide}, at(path))])
    return frame


class _Within:
    """How many threads of the engine are in a function of ours."""

    def __init__(self) -> None:
        self._count = 0
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        with self._changed:
            self._count += 1

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    @contextmanager
    def left(self, job: Job) -> Iterator[None]:
        """
        After a fault the engine does not wait for its threads: the block ends when none is in a function of ours.

        A program that ends while one is there is aborted.
        """
        try:
            yield
        except BaseException:
            job.watch.is_stopped = True
            with self._changed:
                self._changed.wait_for(lambda: not self._count)
            raise


def _csv(job: Job, within: _Within) -> tuple[pl.LazyFrame, tuple[Column, ...], list[int]]:
    """The rows of CSV files as one frame, and what their columns mean; how many rows there are nobody knows yet."""
    files = [Texts(path, job) for path in job.inputs]
    first = files[0]
    looked_at(first.path, first.columns, job.evaluator, ending=job.ending, places=first.places)
    same({each.path: {name: str(of) for name, of in each.schema.items()} for each in files})

    def frames(
        wanted: Sequence[str] | None, _: pl.Expr | None, _most: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        for each in files:
            made = each.frames()
            while True:
                with within:
                    frame = next(made, None)
                if frame is None:
                    break
                yield frame.select(wanted or frame.columns)

    source = register_io_source(frames, schema=first.schema)
    return source, first.columns, []


class _Settling:
    """What becomes of each piece: rows that columns cannot speak of, problems, the ids of bands; and it is counted."""

    def __init__(
        self,
        job: Job,
        rows: Rows,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
        lengths: Sequence[int],
        within: _Within,
    ) -> None:
        self.job = job
        self.within = within
        self.rows = rows
        self.lengths = lengths
        self.total = sum(lengths)
        self.outputs = [name for name in after if name not in before and name != ROW]
        self.carried = [name for name in before if name != CELLS]
        #: The columns that were texts and are texts again: what cannot be read stands as it stood.
        self.texts = [
            each.name
            for each in rows.columns
            if CELLS in before and job.ending == ".csv" and (is_number(each) or is_truth(each))
        ]
        self.bands = {f"{path}.band": pl.Series(ids, dtype=pl.Enum(ids)) for path, ids in self._ids().items()}
        self.named = named(job.evaluator)
        self.schema = {name: self._type(name, after[name]) for name in (*self.carried, *self.outputs)}
        self.schema["problems"] = pl.String()
        if job.ending == ".csv":
            self.schema |= {"total.scale": pl.Int64(), "rubric": pl.String()}
        self.tally = Tally()
        self.first: dict[int, str] = {}
        self.troubled = 0
        self._lock = threading.Lock()

    def _ids(self) -> dict[str, list[str]]:
        return {path: [*ids] for path, ids in self.job.evaluator.bands.items()}

    def _type(self, name: str, dtype: Any) -> Any:
        is_text = dtype in _TEXTS or name in self.bands or name in self.texts
        if self.job.ending == ".csv" and is_text:
            return pl.String()
        return self.bands[name].dtype if name in self.bands else dtype

    @property
    def scored(self) -> Scored:
        """What was counted, and the problems of the first rows that have some."""
        return Scored(
            tally=self.tally, problems=tuple(sorted(self.first.items())[:TOLD]), troubled=self.troubled
        )

    def __call__(self, frame: pl.DataFrame) -> pl.DataFrame:
        """One piece, as it stands in the file that is written."""
        with self.within:
            return self._made(frame)

    def _made(self, frame: pl.DataFrame) -> pl.DataFrame:
        share = len(frame) / self.total if self.total else 0.0
        self.job.watch.went_on(rows=len(frame), part=share)
        texts = {name: _text(frame[name]) for name in self.texts}
        made = {name: frame[name] for name in self.outputs}
        problems = pl.Series([None], dtype=pl.String).new_from_index(0, len(frame))
        places, rows = self._left(frame)
        if places:
            problems = self._settled(made, texts, problems, places, rows)
        self._count(pl.DataFrame([made[name] for name in ("status", "grade") if name in made]))
        # One frame of columns that are there already: nothing is computed of which the engine would have to be asked.
        cells = {name: frame[name] for name in self.carried} | made | texts | {"problems": problems}
        cells |= {name: ids.gather(made[name]) for name, ids in self.bands.items()}
        if self.job.ending == ".csv":
            cells = {name: each if name in texts else _harmless(each) for name, each in cells.items()}
            for name, value in (("total.scale", self.rows.scale), ("rubric", self.named)):
                cells[name] = pl.Series([value], dtype=self.schema[name]).new_from_index(0, len(frame))
        return pl.DataFrame({name: cells[name] for name in self.schema})

    def _left(self, frame: pl.DataFrame) -> tuple[list[int], list[dict[str, Any]]]:
        """The rows that the scalar path has to look at, by their places."""
        wrong = frame["status"] != "complete"
        if CELLS in frame.columns:
            wrong |= frame[CELLS].is_not_null()
        else:
            for name in self.rows.deciding:
                wrong |= frame[name].is_not_null()
        return wrong.arg_true().to_list(), frame.filter(wrong).rows(named=True)

    def _typed(self, row: Mapping[str, Any]) -> Sheet:
        """A row of typed cells as a sheet; what cannot be one is told with the Parquet file and its row, from 1."""
        try:
            return self.rows.typed(row)
        except SheetError:
            ends = [*accumulate(self.lengths)]
            at_ = bisect_right(ends, row[ROW])
            with placed(self.job.inputs[at_], row[ROW] - ends[at_] + self.lengths[at_] + 1):
                raise

    def _settled(
        self,
        made: dict[str, pl.Series],
        texts: dict[str, pl.Series],
        problems: pl.Series,
        places: Sequence[int],
        rows: Sequence[dict[str, Any]],
    ) -> pl.Series:
        """Put in what the scalar path says; gives back the column of problems."""
        sheets, notes = [], []
        whole: list[bool] = []
        exact: dict[str, dict[int, str]] = {name: {} for name in texts}
        for place, row in zip(places, rows, strict=True):
            cells = row.get(CELLS)
            found: list[Diagnostic] = []
            if cells is None:
                sheet = self._typed(row)
            else:
                sheet, beyond = self.rows.written(cells)
                found = [] if texts else self.rows.beyond(beyond)
                for name, (value, text) in beyond.items() if texts else ():
                    exact[name][place] = safe_cell(text) if value is None else value
            whole.append(cells is not None or self.rows.is_decided(row))
            notes.append(found)
            sheets.append(sheet)
        told: list[str | None] = []
        given: list[dict[str, Any]] = []
        for result, found in zip(self.job.evaluator.evaluate_many(sheets), notes, strict=True):
            cells_ = self.rows.cells(result)
            told.append("; ".join(filter(None, (cells_["problems"], self.rows.told(found)))) or None)
            given.append(cells_)
        with self._lock:
            first = [(row[ROW] + 1, text) for row, text in zip(rows, told, strict=True) if text]
            self.first |= first[:TOLD]
            self.troubled += len(first)
            # Pieces come in any order; those of the first rows are kept.
            self.first = dict(sorted(self.first.items())[:TOLD])
        here = [(place, cells_) for place, cells_, is_ in zip(places, given, whole, strict=True) if is_]
        if here:
            at_ = [place for place, _ in here]
            for name, series in made.items():
                values = pl.Series([cells_.get(name) for _, cells_ in here], dtype=series.dtype)
                made[name] = series.scatter(at_, values)
        for name, values_ in exact.items():
            if values_:
                texts[name] = texts[name].scatter(list(values_), list(values_.values()))
        return problems.scatter(list(places), pl.Series(told, dtype=pl.String))

    def _count(self, frame: pl.DataFrame) -> None:
        counted = frame.group_by(frame.columns).len()
        with self._lock:
            for status, *grade, count in counted.iter_rows():
                self.tally.statuses[status] += count
                if status == "complete":
                    self.tally.grades[(grade and grade[0]) or ""] += count


def _text(cells: pl.Series) -> pl.Series:
    """Truth values and numbers as a table has them: a number without an exponent, which none is written with."""
    texts = cells.cast(pl.String).str.strip_suffix(".0")
    if cells.dtype != pl.Float64:
        return texts
    places = texts.str.contains("e", literal=True).arg_true()
    return texts.scatter(places, [f"{Decimal(each):f}" for each in texts.gather(places)])


def _harmless(cells: pl.Series) -> pl.Series:
    """Texts that no spreadsheet takes for a formula; other cells as they are."""
    if cells.dtype not in _TEXTS:
        return cells
    texts = cells.cast(pl.String)
    places = texts.str.contains(_FORMULA).arg_true()
    return texts.scatter(places, "'" + texts.gather(places)) if len(places) else texts
