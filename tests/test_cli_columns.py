"""`kinerja score` by columns: when it is so, what it prints where, and with which exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from kinerja import files, tables
from kinerja.cli import columns, run
from kinerja.cli.scoring import Scoring
from kinerja.cli.terminal import Bar
from kinerja.files.jobs import Job, Scored
from tests.test_files import GOOD, HEAD, ROW, RUBRIC

#: Another edition of the rubric, with one more line above.
LATER = RUBRIC.replace('edition: "1"', 'edition: "2"').replace(
    "from: 2020-01-01, until: 2030-01-01", "from: 2030-01-01"
)


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of one's own with the rubric, and a terminal of eighty columns."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(tmp_path)
    Path("contoh.yaml").write_text(RUBRIC)
    Path("masuk.csv").write_text(HEAD + ROW * 3)
    pl.DataFrame([GOOD] * 3).write_parquet("masuk.parquet")


@pytest.mark.parametrize(
    "arguments",
    [
        ["masuk.parquet", "-o", "keluar.csv"],
        ["masuk.csv", "-o", "keluar.parquet"],
        ["masuk.csv", "-o", "keluar.csv", "--engine", "polars"],
        ["masuk.parquet", "-o", "keluar.parquet", "--engine", "duckdb"],
    ],
)
def test_by_columns(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Where an input or the output is Parquet, or an engine is named; the summary is that of a table."""
    assert 0 == run(["score", "contoh.yaml", *arguments])
    captured = capsys.readouterr()
    expected = f"""\
Lembar: 3; lengkap 3, belum lengkap 0, perlu dibetulkan 0
Predikat: kurang 0, baik 3
Ditulis ke {arguments[2]}
"""
    assert (expected, "") == (captured.out, captured.err)


def test_rows_that_are_not_complete(capsys: pytest.CaptureFixture[str]) -> None:
    """The first problems are told, in the language asked for; the exit code is that of a table."""
    Path("masuk.csv").write_text(HEAD + ROW + "a,x,true,12\n" * 30)
    assert 1 == run(["score", "contoh.yaml", "masuk.csv", "-o", "keluar.parquet", "--language", "en"])
    captured = capsys.readouterr()
    first, *_, last = captured.err.splitlines()
    assert 'keluar.parquet, row 2: K130 panjang: "x" is not a number' == first
    assert "… and 10 more rows with problems; they stand in keluar.parquet" == last
    assert "Sheets: 31; complete 1, incomplete 0, to be put right 30" == captured.out.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["masuk.parquet"], "K645"),
        (["masuk.csv", "--engine", "polars"], "K645"),
        (["masuk.csv", "--engine", "duckdb", "-o", "keluar.parquet"], "K633"),
        (["contoh.yaml", "-o", "keluar.parquet"], "K635"),
        (["masuk.parquet", "-o", "keluar.jsonl"], "K635"),
        (["masuk.csv", "-o", "keluar.xlsx"], "K545"),
        (["masuk.csv", "-o", "keluar.parquet", "--format", "json"], "K556 opsi --format"),
        (["masuk.csv", "-o", "keluar.csv", "--format", "text"], "K556 opsi --format"),
        (["masuk.parquet", "-o", "keluar.parquet", "--locale", "id"], "K556 opsi --locale"),
        (["contoh.yaml", "--locale", "id"], "K556 opsi --locale"),
    ],
)
def test_what_cannot_be_scored_so(
    arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage exits with 2 and leaves nothing."""
    assert 2 == run(["score", "contoh.yaml", *arguments])
    captured = capsys.readouterr()
    assert code in captured.err.replace(":", "")
    assert "" == captured.out
    assert not list(Path().glob("keluar.*"))


@pytest.mark.parametrize(
    ("day", "options", "code", "said"),
    [
        ("2024-05-31", [], 0, "lengkap 1"),
        ("2031-05-31", [], 0, "lengkap 1"),
        ("", ["--on", "2031-05-31"], 0, "lengkap 1"),
        ("", [], 2, "K547"),
    ],
)
def test_the_first_day_chooses_the_edition(
    day: str,
    options: list[str],
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As in a table, the day of the rows names the rules; where nothing does, nothing is scored."""
    import kinerja
    from kinerja.cli import score

    both = [kinerja.loads(RUBRIC), kinerja.loads(LATER)]
    monkeypatch.setattr(score, "editions", lambda _: both)
    Path("masuk.csv").write_text(f"date,{HEAD}{day},{ROW}")
    assert code == run(
        ["score", "contoh.yaml", "masuk.csv", "-o", "keluar.csv", "--engine", "polars", *options]
    )
    captured = capsys.readouterr()
    assert said in captured.out + captured.err
    if not code:
        edition = "2" if "2031" in day + "".join(options) else "1"
        assert f"contoh@{edition} " in Path("keluar.csv").read_text()


@pytest.mark.parametrize(("told", "rate"), [("id", "baris/s"), ("en", "rows/s")])
def test_progress_on_a_terminal(
    told: str, rate: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A bar with the rows a second, on standard error only, which is gone in the end."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(Bar, "PATIENCE", 0.0)

    def slow(job: Job) -> Scored:
        job.watch.went_on(rows=1_234_567, part=0.25)
        looked.wait(20)
        return Scored(tally=files.score("masuk.csv", "lain.parquet", evaluator=job.evaluator).tally)

    looked = threading.Event()
    seen = columns._Watching.look

    def look(watching: Any) -> None:
        seen(watching)
        looked.set()

    real = files._engine

    class Slow:
        run = staticmethod(slow)

    monkeypatch.setattr(files, "_engine", lambda name: Slow if name == "duckdb" else real(name))
    monkeypatch.setattr(columns._Watching, "look", look)
    arguments = ["masuk.parquet", "-o", "keluar.parquet", "--engine", "duckdb", "--language", told]
    monkeypatch.setattr(files, "draft_of", _nowhere)
    assert 0 == run(["score", "contoh.yaml", *arguments])
    captured = capsys.readouterr()
    assert "keluar.parquet" in captured.err
    assert rate in captured.err
    assert "25%" in captured.err
    assert rate not in captured.out


class _nowhere:  # noqa: N801 - stands in for a function
    """A draft that nobody writes to."""

    def __init__(self, path: Path, **_: Any) -> None:
        self.path = path

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_: object) -> None:
        """Nothing is left."""


def test_a_terminal_that_is_none_gets_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a pipe there is nothing of it."""
    monkeypatch.setattr(Bar, "PATIENCE", 0.0)
    assert 0 == run(["score", "contoh.yaml", "masuk.csv", "-o", "keluar.parquet"])
    assert "" == capsys.readouterr().err


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Signals that mean what they mean to a program that a terminal has started, however these tests were."""
    before = {each: signal.signal(each, signal.SIG_DFL) for each in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


#: What ends a run, and with which exit code: Ctrl-C, a scheduler, a terminal that is closed.
SENT = [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]


@pytest.mark.parametrize(("sent", "code"), SENT)
def test_signals(
    sent: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever ends a run: one line on standard error, the exit code of a shell, and the old handlers back."""
    before = signal.getsignal(sent)

    def interrupted(_: Any) -> None:
        os.kill(os.getpid(), sent)

    def again() -> None:
        for each, _ in SENT:
            os.kill(os.getpid(), each)

    def waits(job: Job) -> Scored:
        # Whoever is impatient sends more while the engine is stopped.
        job.watch.cancel = again
        while True:
            job.watch.went_on()

    class Endless:
        run = staticmethod(waits)

    monkeypatch.setattr(files, "_engine", lambda _: Endless)
    monkeypatch.setattr(columns._Watching, "look", interrupted)
    assert code == run(["score", "contoh.yaml", "masuk.csv", "-o", "keluar.parquet"])
    captured = capsys.readouterr()
    expected = 'galat K640: dihentikan sebelum selesai; tidak ada yang ditulis ke "keluar.parquet"\n'
    assert ("", expected) == (captured.out, captured.err)
    assert before == signal.getsignal(sent)
    assert ["contoh.yaml", "masuk.csv", "masuk.parquet"] == sorted(each.name for each in Path().iterdir())


@pytest.mark.parametrize(("sent", "code"), SENT)
@pytest.mark.parametrize("output", ["keluar.csv", "keluar.jsonl"])
def test_signals_row_by_row(
    output: str,
    sent: signal.Signals,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A table that is scored row by row ends so too, and leaves no file either."""
    real = Scoring.told_of

    def interrupted(scoring: Scoring, inputs: Any) -> Any:
        for each in real(scoring, inputs):
            yield each
            os.kill(os.getpid(), sent)

    monkeypatch.setattr(Scoring, "told_of", interrupted)
    assert code == run(["score", "contoh.yaml", "masuk.csv", "-o", output])
    captured = capsys.readouterr()
    expected = f'galat K640: dihentikan sebelum selesai; tidak ada yang ditulis ke "{output}"\n'
    assert ("", expected) == (captured.out, captured.err)
    assert ["contoh.yaml", "masuk.csv", "masuk.parquet"] == sorted(each.name for each in Path().iterdir())


@pytest.mark.parametrize(("sent", "code"), SENT)
def test_signals_while_vectors_are_written(
    sent: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is left of a table of vectors either, and the line is in the language asked for."""
    real = tables.replacing

    @contextmanager
    def interrupted(path: Path) -> Iterator[Any]:
        with real(path) as file:
            yield file
            os.kill(os.getpid(), sent)

    monkeypatch.setattr(tables, "replacing", interrupted)
    assert code == run(["test", "pk-bkm", "--vectors", "vektor.csv", "--language", "en"])
    expected = 'error K640: stopped before the end; nothing was written to "vektor.csv"\n'
    assert expected == capsys.readouterr().err
    assert ["contoh.yaml", "masuk.csv", "masuk.parquet"] == sorted(each.name for each in Path().iterdir())


def test_a_signal_that_is_ignored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under `nohup` a run goes on when its terminal is closed."""
    real = Scoring.told_of

    def hearing(scoring: Scoring, inputs: Any) -> Any:
        os.kill(os.getpid(), signal.SIGHUP)
        return real(scoring, inputs)

    monkeypatch.setattr(Scoring, "told_of", hearing)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert 0 == run(["score", "contoh.yaml", "masuk.csv", "-o", "keluar.csv"])
    assert signal.SIG_IGN == signal.getsignal(signal.SIGHUP)
    assert "Ditulis ke keluar.csv" in capsys.readouterr().out


def test_beside_the_main_thread(capsys: pytest.CaptureFixture[str]) -> None:
    """There no signals are listened to, and all else is the same."""
    codes: list[int] = []

    def work() -> None:
        codes.append(run(["score", "contoh.yaml", "masuk.csv", "-o", "keluar.parquet"]))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [0] == codes
    assert "Ditulis ke keluar.parquet" in capsys.readouterr().out


def test_without_its_library(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says what to install."""
    monkeypatch.setitem(sys.modules, "polars", None)
    assert 2 == run(["score", "contoh.yaml", "masuk.csv", "-o", "keluar.parquet"])
    assert "pip install 'kinerja[polars]'" in capsys.readouterr().err


@pytest.fixture(scope="module", autouse=True)
def engines_loaded() -> None:
    """What takes a second to import is not imported while a test waits."""
    files._engine("polars")
