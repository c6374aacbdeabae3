"""Ten million rows from file to file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

import kinerja
from tests.benchmarks import by_hand_columns
from tests.benchmarks.measuring import Line, interleaved, started

__all__ = ["from_file_to_file"]

PART = 1_000_000
PARTS = 10


def from_file_to_file() -> Iterator[Line]:
    """
    Ten million rows of pk-bkm from one Parquet file to another.

    A program by hand that has Polars read the file, compute the same columns and write them is what the command is
    held to; each of them starts anew.
    """
    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    with TemporaryDirectory() as folder:
        rows, found = Path(folder) / "rows.parquet", Path(folder) / "found.parquet"
        pl.concat([by_hand_columns.frame(PART).lazy()] * PARTS).sink_parquet(rows)

        def copied() -> None:
            pl.scan_parquet(rows).sink_parquet(found)

        def polars() -> None:
            evaluator.evaluate_frame(pl.scan_parquet(rows)).sink_parquet(found)

        ids = {path: list(each) for path, each in evaluator.bands.items()}
        written = f"from tests.benchmarks import by_hand_columns as b; b.copied({str(rows)!r}, {str(found)!r}, {ids!r})"
        by_hand = partial(started, "-c", written, folder=folder)
        program = "from kinerja.__main__ import main; main()"
        command = partial(
            started, "-c", program, "score", "pk-bkm", str(rows), "-o", str(found), folder=folder
        )
        command()
        ours = pl.scan_parquet(found).collect_schema().names()
        totals = pl.scan_parquet(found).select("total.scaled", "status", "pengaduan.band").collect()
        assert PART * PARTS == len(totals)
        by_hand()
        assert sorted(ours) == sorted(pl.scan_parquet(found).collect_schema().names())
        assert totals.equals(pl.scan_parquet(found).select(totals.columns).collect())
        times, ratios = interleaved(
            {"copied": copied, "by hand": by_hand, "polars": polars, "command": command},
            base="by hand",
            rounds=5,
        )
        size = found.stat().st_size
    for name, said, target in (
        ("copied", "Polars, read and written", ""),
        ("by hand", "a program by hand, same columns", ""),
        ("polars", "scan, evaluate_frame, sink", ""),
        ("command", "kinerja score", "<= 1.2"),
    ):
        yield said, f"{times[name]:.1f} s", f"{ratios[name]:.2f}", target
    yield "what is written", f"{size / 1e6:.0f} MB", "", ""
