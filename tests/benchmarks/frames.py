"""Whole frames: against expressions by hand, against other engines, and as rubrics grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import polars as pl

import kinerja
from tests.benchmarks import by_hand_columns
from tests.benchmarks.form import CHOICES, NUMBERS
from tests.benchmarks.measuring import Line, added_memory, interleaved
from tests.benchmarks.reading import made

__all__ = ["framing", "growing", "others", "remembering"]

ROWS = 1_000_000
#: Rows of frames with many columns, and the seconds after which nothing larger is tried.
FEW = 10_000
PATIENCE = 20.0


def framing() -> Iterator[Line]:
    """A million rows of pk-bkm with three grades in columns of Polars: bands, total and grade."""
    evaluator = kinerja.Evaluator(kinerja.loads(by_hand_columns.GRADED))
    yield from _contest(
        "complete",
        by_hand_columns.frame(ROWS),
        evaluator,
        {
            "by hand, nothing checked": lambda rows: by_hand_columns.scored(rows, graded=True),
            "evaluate_frame": evaluator.evaluate_frame,
        },
        ">= 0.85",
    )
    yield from _contest(
        "2 % spoilt",
        by_hand_columns.frame(ROWS, spoilt=0.02),
        evaluator,
        {
            "by hand, with a status": lambda rows: by_hand_columns.scored(rows, checked=True, graded=True),
            "evaluate_frame, lazy": lambda rows: _lazily(evaluator, rows),
        },
        ">= 0.9",
    )


def _contest(
    what: str,
    rows: pl.DataFrame,
    evaluator: kinerja.Evaluator,
    ways: dict[str, Callable[[pl.DataFrame], pl.DataFrame]],
    target: str,
) -> Iterator[Line]:
    """Code by hand and kinerja on the same rows, once both have come to the same."""
    by_hand, ours = ways
    hand, found = (way(rows) for way in ways.values())
    assert hand["grade"].equals(found["grade"])
    assert hand["total"].equals(found["total.scaled"])
    times, ratios = interleaved(
        {name: lambda way=way: way(rows) for name, way in ways.items()}, base=by_hand, rounds=9
    )
    for name in ways:
        ratio = f"{1 / ratios[name]:.2f}"
        yield f"{what}: {name}", f"{ROWS / times[name] / 1e6:.1f} M/s", ratio, target if name == ours else ""


def _lazily(evaluator: kinerja.Evaluator, rows: pl.DataFrame) -> pl.DataFrame:
    found = evaluator.evaluate_frame(rows.lazy())
    assert isinstance(found, pl.LazyFrame)
    return found.collect()


def others() -> Iterator[Line]:
    """The same rows by other engines, and how many times as fast kinerja is; each total is the same."""
    from tests.benchmarks.peers import openfisca, zen

    evaluator = kinerja.Evaluator(kinerja.loads(by_hand_columns.GRADED))
    ungraded = kinerja.Evaluator(kinerja.load("pk-bkm"))
    frame = by_hand_columns.frame(ROWS)
    scored = evaluator.evaluate_frame(frame.lazy()).collect()
    totals = scored["total.scaled"]
    form, columns = openfisca.Form(), openfisca_columns(frame)
    assert totals.to_list() == openfisca.scored(form, columns)[0].tolist()
    part = frame.head(ROWS // 50)
    sheets = [{name: value for name, value in row.items() if value is not None} for row in part.to_dicts()]
    batch, in_full = zen.many(), zen.in_full(by_hand_columns.GRADES)
    assert totals.head(len(sheets)).to_list() == batch(sheets)
    names = {"total.scaled": "total", "grade": "grade"} | {
        f"{name}.band": name for name in by_hand_columns.ROWS
    }
    assert scored.head(len(sheets)).select(*names).rename(names).to_dicts() == [
        {name: each.get(name) for name in names.values()} for each in in_full(sheets)
    ]
    times, _ = interleaved(
        {
            "kinerja": lambda: evaluator.evaluate_frame(frame),
            "ungraded": lambda: ungraded.evaluate_frame(frame),
            "openfisca": lambda: openfisca.scored(form, columns),
            "from a frame": lambda: openfisca.scored(form, openfisca_columns(frame)),
            "zen": lambda: batch(sheets),
            "zen in full": lambda: in_full(sheets),
        },
        rounds=5,
    )
    rates = {name: (len(sheets) if name.startswith("zen") else ROWS) / time for name, time in times.items()}
    for name, said, ours, target in (
        ("kinerja", "evaluate_frame, with a grade", "", ""),
        ("ungraded", "evaluate_frame, without one", "", ""),
        ("openfisca", "OpenFisca, from its own arrays", "ungraded", ""),
        ("from a frame", "OpenFisca, from the same frame", "ungraded", ">= 4"),
        ("zen", "zen-engine, dicts: the total alone", "ungraded", ""),
        ("zen in full", "... bands, total and grade", "kinerja", ">= 300"),
    ):
        ratio = f"{rates[ours] / rates[name]:.1f}" if ours else ""
        yield said, f"{rates[name] / 1e6:.3f} M/s", ratio, target


def openfisca_columns(frame: pl.DataFrame) -> dict[str, Any]:
    """A frame in the arrays that OpenFisca takes: answers by their number, single precision, nothing missing."""
    found: dict[str, Any] = {
        name: frame[name].replace_strict(list(options), range(len(options)), return_dtype=pl.Int16).to_numpy()
        for name, options in CHOICES.items()
    }
    return found | {name: frame[name].cast(pl.Float32).to_numpy() for name in NUMBERS}


#: A frame at hand, and something that is done with it, in a process of its own.
READY = """
import polars
import kinerja
from tests.benchmarks import by_hand_columns
frame = polars.read_parquet({path!r})
evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
evaluator.evaluate_frame(frame.head(10))
"""
TOLD = "told = [found.estimated_size() - frame.estimated_size()]"


def remembering() -> Iterator[Line]:
    """The peak of memory that scoring a million rows adds, over the size of the columns that it adds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        by_hand_columns.frame(ROWS).write_parquet(path)
        for said, then, target in (
            ("Polars by hand, nothing checked", "found = by_hand_columns.scored(frame)", ""),
            (
                "Polars by hand, with a status",
                "found = by_hand_columns.scored(frame, checked=True)",
                "",
            ),
            ("evaluate_frame, lazy", "found = evaluator.evaluate_frame(frame.lazy()).collect()", "<= 1.2"),
            ("evaluate_frame", "found = evaluator.evaluate_frame(frame)", "<= 1.2"),
        ):
            added, output = added_memory(READY.format(path=str(path)), f"{then}\n{TOLD}")
            yield said, f"{added / 1e6:.0f} MB", f"{added / output:.2f}", target


def growing() -> Iterator[Line]:
    """
    The time for one indicator, and for one band, as rubrics grow, over that of the smallest rubric.

    Where growth is linear the ratio stays at 1.
    """
    for engine, make in ENGINES.items():
        for what, tried in (
            ("indicators", [(count, 5) for count in (100, 300, 1_000)]),
            ("bands", [(5, count) for count in (10, 100, 300)]),
        ):
            first = 0.0
            for indicators, bands in tried:
                count = max(indicators, bands)
                taken = _scored(indicators, bands, make)
                first = first or taken / count
                ratio = f"{taken / count / first:.2f}"
                yield f"{engine}, {count:,} {what}", f"{taken:.2f} s", ratio, "1"
                if taken > PATIENCE:
                    yield f"{engine}, more {what}", "not tried", "", ""
                    break


def _scored(indicators: int, bands: int, make: Callable[[pl.DataFrame], Callable[[Any], object]]) -> float:
    """How long it takes from a frame to its totals, expressions and all."""
    evaluator = kinerja.Evaluator(kinerja.loads(made(indicators, bands), name="besar"))
    frame = pl.select((pl.int_range(FEW) * (7 + n) % 101).alias(f"n{n}") for n in range(indicators))
    score = make(frame)
    times, _ = interleaved({"it": lambda: score(evaluator)}, rounds=3)
    return times["it"]


def _polars(frame: pl.DataFrame) -> Callable[[Any], object]:
    return lambda evaluator: evaluator.evaluate_frame(frame.lazy()).collect()


def _duckdb(frame: pl.DataFrame) -> Callable[[Any], object]:
    connection = duckdb.connect()
    connection.register("sheets", frame.to_arrow())
    connection.execute("create table kept as select * from sheets")
    return lambda evaluator: evaluator.evaluate_frame(connection.table("kept")).fetchnumpy()


ENGINES = {"Polars": _polars, "DuckDB": _duckdb}
