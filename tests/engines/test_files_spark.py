"""Files through Spark: parts of Parquet that stand under their name when all of them are written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

import kinerja
from kinerja import files
from kinerja.errors import UsageError
from kinerja.files import _with_spark, jobs
from kinerja.files.about import sealed
from tests import frames
from tests.test_files import GOOD, RUBRIC, broken, frame, left


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of one's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def evaluator() -> kinerja.Evaluator:
    """The rubric with a fact of every kind, grades and awards."""
    return kinerja.Evaluator(kinerja.loads(RUBRIC, name="contoh.yaml"))


def directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the thread of the test, whose session is then the active one."""
    monkeypatch.setattr(files, "waited", lambda work, _: work())


def test_every_cell_is_that_of_the_interpreter(
    spark: Any, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Random rows, many of them wrong: status, ids of bands, exact totals and grades; and what made them, sealed."""
    directly(monkeypatch)
    random = Random("spark")
    kinds = frames.columns(evaluator, random)
    found = frames.rows(evaluator, kinds, random, 100)
    frames.polars(frames.arrow(kinds, found)).write_parquet("masuk.parquet")
    scored = files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine="spark")
    assert 100 == scored.rows
    assert scored.tally.statuses["incomplete"] + scored.tally.statuses["invalid"] == scored.troubled
    written = pl.read_parquet("keluar.parquet/*.parquet")
    cells_by_row = {cells["lain"]: cells for cells in written.to_dicts()}
    for at, row in enumerate(found):
        expected = frames.expected(evaluator, row, scores=False)
        for path, ids in evaluator.bands.items():
            place = expected[f"{path}.band"]
            expected[f"{path}.band"] = None if place is None else ids[place]
        assert expected == {key: cells_by_row[at][key] for key in expected}
    told = json.loads((Path("keluar.parquet") / _with_spark.ABOUT).read_text())
    assert sealed(told) == told["seal"]
    with pytest.raises(UsageError, match="K639"):
        files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine="spark")
    # A folder of parts is read as one file.
    assert files.first_day("keluar.parquet", evaluator=evaluator, engine="spark") is None


def test_a_session_of_its_own(evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a session one is made on this machine, whose name a run stops its jobs by; then it is gone."""
    made: list[tuple[str, Any]] = []

    class Builder:
        def __getattr__(self, name: str) -> Any:
            def calling(*arguments: Any) -> Any:
                made.append((name, arguments))
                return session if name == "getOrCreate" else self

            return calling

    class Session:
        def stop(self) -> None:
            made.append(("stop", ()))

    session = Session()
    monkeypatch.setattr(SparkSession, "getActiveSession", classmethod(lambda _: None))
    monkeypatch.setattr(SparkSession, "builder", Builder())
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    with _with_spark._session() as found:
        assert session is found
    assert ("config", ("spark.driver.bindAddress", "127.0.0.1")) in made
    assert ("stop", ()) == made[-1]
    made.clear()
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "1")
    with _with_spark._session() as found:
        assert session is found
    assert [("getOrCreate", ())] == made


def test_a_run_is_stopped_by_its_name(
    spark: Any, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the jobs of the run are cancelled, not those of others in the session."""
    cancelled: list[str] = []
    monkeypatch.setattr(type(spark.sparkContext), "cancelJobGroup", lambda _, group: cancelled.append(group))
    directly(monkeypatch)
    watch = jobs.Watch()
    files.score(frame({}), "keluar.parquet", evaluator=evaluator, engine="spark", watch=watch)
    watch.cancel()
    assert ["kinerja"] == cancelled
    assert (1, 1.0) == (watch.rows, watch.part)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"foto": {"nol": True}}, "K632"),
        ({"panjang": "40"}, "K612"),
        ({"foto.noll": True}, "K533"),
        ({"aktif.score": 2}, "K641"),
        ({"status": "x"}, "K613"),
    ],
)
def test_columns_that_are_refused(
    changed: dict[str, Any],
    code: str,
    spark: Any,
    evaluator: kinerja.Evaluator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As on the other engines; nothing is left."""
    directly(monkeypatch)
    with pytest.raises(UsageError) as caught:
        files.score(frame(changed), "keluar.parquet", evaluator=evaluator, engine="spark")
    assert [(code, "masuk.parquet:1:1")] == [
        (each.code, str(each.place)) for each in caught.value.diagnostics
    ]
    assert [] == left()


def test_files_that_cannot_be_scored(
    spark: Any, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is damaged in the middle, and one without rows."""
    directly(monkeypatch)
    with pytest.raises(UsageError, match="K647"):
        files.score(broken("middle"), "keluar.parquet", evaluator=evaluator, engine="spark")
    pl.DataFrame([GOOD]).clear().write_parquet("masuk.parquet")
    with pytest.raises(UsageError, match="K531"):
        files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine="spark")
    assert [] == left()
    expected = 'error K651: the engine "spark" stopped, and named no file: x'
    with pytest.raises(UsageError, match=expected), _with_spark._ours([Path("x.parquet")]):
        raise PySparkException("x\ny")


@pytest.mark.parametrize("name", ["data[1].parquet", "a*.parquet", "{a,b}.parquet", "b\\c.parquet"])
def test_a_name_is_no_pattern(
    name: str, spark: Any, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file of that name is read, whatever others there are that it would mean as a pattern."""
    directly(monkeypatch)
    for other in ("data1.parquet", "ab.parquet", "a.parquet", "b.parquet", "bc.parquet"):
        frame({}, {}, {}).rename(other)
    frame({}).rename(name)
    Path("hasil[1]").mkdir()
    found = files.score(name, "hasil[1]/keluar.parquet", evaluator=evaluator, engine="spark")
    assert 1 == found.rows
    assert files.first_day(name, evaluator=evaluator, engine="spark") is None


def test_the_file_at_fault_among_several(
    spark: Any, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is damaged, one of other columns, and one that the session would pass over: each by its own name."""
    directly(monkeypatch)
    broken("middle").rename("rusak.parquet")
    good = frame({"desa": "x"}).rename("baik.parquet")
    # Spark would read past it, and leave out its rows.
    spark.conf.set("spark.sql.files.ignoreCorruptFiles", "true")
    try:
        with pytest.raises(
            UsageError, match=r'^rusak\.parquet:1:1: error K647: "rusak\.parquet" cannot be read'
        ):
            files.score([good, "rusak.parquet"], "keluar.parquet", evaluator=evaluator, engine="spark")
    finally:
        spark.conf.unset("spark.sql.files.ignoreCorruptFiles")
    lain = frame({"desa": "x", "lain": 1}).rename("lain.parquet")
    with pytest.raises(UsageError, match=r'K634: "lain\.parquet" does not .*: lain'):
        files.score([good, lain], "keluar.parquet", evaluator=evaluator, engine="spark")
    Path("kosong.parquet").mkdir()
    with pytest.raises(
        UsageError, match=r'^kosong\.parquet:1:1: error K647: "kosong\.parquet" cannot be read'
    ):
        files.score([good, "kosong.parquet"], "keluar.parquet", evaluator=evaluator, engine="spark")
    assert [] == left()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([dt.date(2024, 5, 31)], dt.date(2024, 5, 31)),
        (["", "2024-05-31"], dt.date(2024, 5, 31)),
        ([""], None),
        ([None], None),
        ([], None),
    ],
)
def test_the_first_day(
    days: list[Any],
    expected: Any,
    spark: Any,
    evaluator: kinerja.Evaluator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For a rubric with several editions, it decides; a row that names none is passed over."""
    found = pl.DataFrame([GOOD] * max(1, len(days)))
    made = (
        found.with_columns(pl.Series("date", days, dtype=None if any(days) else pl.String)) if days else found
    )
    made.write_parquet("m.parquet")
    assert expected == files.first_day("m.parquet", evaluator=evaluator, engine="spark")
