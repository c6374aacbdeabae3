"""
Files of any length, scored by columns: Parquet or CSV in, Parquet or CSV out, a row a sheet.

A file is never held whole: it streams through an engine, which is Polars, DuckDB or Spark, and stands under its name
when all of it is written.  What columns cannot say of a row is said by the scalar path, so that no band is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

from kinerja.drafts import draft_of, is_taken, refuse_over
from kinerja.errors import Diagnostic, KinerjaError, Phrase, UsageError
from kinerja.evaluation import Evaluator
from kinerja.files.jobs import Job, Scored, Watch, waited
from kinerja.files.parquet import at, in_hadoop, mark, regular, whole
from kinerja.messages import Language
from kinerja.sheets import a_day

__all__ = ["ENDINGS", "ENGINES", "Engine", "Scored", "Watch", "first_day", "score"]

Engine = Literal["polars", "duckdb", "spark"]

#: What each engine is called as a library, and the endings that it reads.
ENGINES: dict[str, tuple[str, tuple[str, ...]]] = {
    "polars": ("polars", (".parquet", ".csv")),
    "duckdb": ("duckdb", (".parquet",)),
    "spark": ("pyspark", (".parquet",)),
}

#: The files that are read and written by columns.
ENDINGS = (".parquet", ".csv")


def score(
    inputs: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    evaluator: Evaluator,
    engine: Engine = "polars",
    locale: Language | None = None,
    on: dt.date | None = None,
    language: Language = "en",
    watch: Watch | None = None,
) -> Scored:
    r"""
    Score all rows of some files into one file, in their order, and say how many there are of each status and grade.

    Columns are those of a table (`kinerja.tables`) or a frame (`Evaluator.evaluate_frame`); all others are carried.
    Added are the id of each band, `total`, `total.scaled`, `grade`, `awards.NAME`, `status` and `problems`, which are
    told in `language`.  A Parquet file says in its metadata what made it; a CSV, in its columns `total.scale` and
    `rubric`.  `locale` names how the numbers of a CSV are written; `on` is the day of rows without a `date`.
    `watch` is told how far the run has come.
    Raises `UsageError` or `SheetError`: K630 to K652 for files and engines, K53x and K61x for their columns, K544 where
    nothing can be written, K556 for a `locale` without a CSV.  Whatever is raised, nothing half-written is left.

    >>> import kinerja, polars, tempfile
    >>> from kinerja import files
    >>> text = "{kinerja: 1, id: contoh, combine: mean, indicators: {rapat: {levels: {ya: 1, tidak: 0}}}}"
    >>> evaluator = kinerja.Evaluator(kinerja.loads(text))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "rapat.csv"
    ...     _ = path.write_text("desa,rapat\nMerdu,ya\nJadi,entah\n")
    ...     scored = files.score(path, path.with_suffix(".parquet"), evaluator=evaluator)
    ...     bands = polars.read_parquet(path.with_suffix(".parquet"))["rapat.band"].to_list()
    >>> scored.rows, bands
    (2, ['ya', None])
    """
    paths = [Path(inputs)] if isinstance(inputs, str | Path) else [Path(each) for each in inputs]
    final = Path(output)
    ending = _looked_at(paths, final, engine)
    if locale is not None and ".csv" not in {each.suffix.lower() for each in paths}:
        raise UsageError([Diagnostic("K556", (), {"option": "locale", "why": Phrase("idle.--locale")})])
    on = a_day(on)
    if on is not None and not evaluator.rubric.valid.covers(on):
        valid = evaluator.rubric.valid
        known = [
            f"{evaluator.rubric.edition or evaluator.rubric.id} ({valid.since or '…'} – {valid.until or '…'})"
        ]
        raise UsageError([Diagnostic("K548", (), {"name": evaluator.rubric.id, "date": on, "known": known})])
    run: Callable[[Job], Scored] = _engine(engine).run
    seen = watch or Watch()
    with draft_of(final, is_folder=engine == "spark") as draft:
        job = Job(
            inputs=tuple(paths),
            output=draft,
            ending=ending,
            evaluator=evaluator,
            locale=locale,
            on=on,
            language=language,
            watch=seen,
        )
        with _unchanged(paths):
            return waited(lambda: run(job), seen)


@contextmanager
def _unchanged(paths: Sequence[Path]) -> Iterator[None]:
    """Refuse files that were changed within the block (K652), whatever else an engine makes of that."""
    before = {path: mark(path) for path in paths}

    def look() -> None:
        changed = [path for path, its in before.items() if mark(path) != its]
        if changed:
            raise UsageError(Diagnostic("K652", (), {"name": str(path)}, at(path)) for path in changed)

    try:
        yield
    except KinerjaError:
        look()
        raise
    look()


def first_day(path: str | Path, *, evaluator: Evaluator, engine: Engine = "polars") -> dt.date | None:
    """
    The first day that a column `date` of a file names: that of a table whose rows are of one edition.

    None where the file has no such column, or no day in it.  Raises as `score` for a file that cannot be read.
    """
    _refuse_unknown(engine)
    _readable([Path(path)], engine)
    job = Job(
        inputs=(Path(path),),
        output=Path(path),
        ending=".parquet",
        evaluator=evaluator,
        locale=None,
        on=None,
        language="en",
        watch=Watch(),
    )
    found: dt.date | None = _engine(engine).first_day(Path(path), job)
    return found


def _engine(engine: str) -> Any:
    """The module of an engine, once its library is there; `UsageError` K630 where it is not."""
    library = ENGINES[engine][0]
    try:
        import_module(library)
        # The frames of an engine are read by their types, which their own libraries give out by way of this one.
        return import_module(f"kinerja.files._with_{engine}")
    except ModuleNotFoundError as error:
        if error.name != library:
            raise
        raise UsageError([Diagnostic("K630", (), {"engine": engine, "library": library})]) from None


def _looked_at(paths: Sequence[Path], output: Path, engine: str) -> str:
    """The ending of the output, after everything that can be said of files before one is opened."""
    _refuse_unknown(engine)
    ending = output.suffix.lower()
    for each in (*paths, output):
        if each.suffix.lower() not in ENDINGS:
            raise UsageError([Diagnostic("K635", (), {"name": str(each)})])
    if engine == "spark" and ending == ".csv":
        raise UsageError([Diagnostic("K633", (), {"name": str(output), "engine": engine})])
    if not paths:
        raise UsageError([Diagnostic("K531")])
    _readable(paths, engine)
    if engine == "spark" and output.parent.is_dir():
        in_hadoop(output.parent)
    if engine != "spark":
        refuse_over(output, paths)
    elif is_taken(output):
        raise UsageError([Diagnostic("K639", (), {"name": str(output)})])
    return ending


def _refuse_unknown(engine: str) -> None:
    if engine not in ENGINES:
        raise UsageError([Diagnostic("K649", (), {"found": engine, "known": [*ENGINES]})])


def _readable(paths: Sequence[Path], engine: str) -> None:
    """Refuse what is not there, is of no ending that the engine reads, or is no Parquet although it is called so."""
    for each in paths:
        ending = each.suffix.lower()
        if ending not in ENGINES[engine][1]:
            raise UsageError([Diagnostic("K633", (), {"name": str(each), "engine": engine})])
        if ending == ".csv":
            regular(each)
        elif not (engine == "spark" and each.is_dir()):
            whole(each)
        if engine == "spark":
            in_hadoop(each)
    if len({each.suffix.lower() for each in paths}) > 1:
        raise UsageError([Diagnostic("K636", (), {"names": [str(each) for each in paths]})])
