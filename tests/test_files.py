"""Files scored by columns: what is written is what the scalar path says, and nothing half-written is ever left."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import nullcontext
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from polars.io.plugins import register_io_source

import kinerja
from kinerja import files
from kinerja.drafts import draft_of
from kinerja.errors import Diagnostic, KinerjaError, SheetError, UsageError
from kinerja.files import _with_duckdb, _with_polars, jobs, parquet, rows, texts
from kinerja.files.about import KEY, sealed
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.tables import Tally, in_cell, read_table
from tests import frames

HERE = Path(__file__).parent

RUBRIC = """\
kinerja: 1
id: contoh
edition: "1"
valid: {from: 2020-01-01, until: 2030-01-01}
combine: weighted-mean
facts:
  jenis: {kind: choice, options: {a: "A", b: "B"}}
  foto: {kind: set, options: {nol: "0%", penuh: "100%"}}
indicators:
  panjang:
    weight: 50%
    may-not-apply: true
    measure: {in: "[0..1000000]"}
    bands: {2: {when: "> 40"}, 1: {when: "[30..40]"}, 0: {when: "< 30"}}
  aktif:
    weight: 30%
    levels: {true: 2, false: 0}
  rapat:
    weight: 20%
    facts: {kali: {step: 1, in: "[0..99]"}}
    bands:
      2: {when: {rapat.kali: ">= 12", jenis: a}}
      1: {when: [{rapat.kali: ">= 12", jenis: b}, {rapat.kali: "[4..12)"}]}
      0: {when: {rapat.kali: "< 4"}}
grades:
  kurang: {when: "< 1"}
  baik: {when: ">= 1", awards: {insentif: {from: 100000, to: 200000, currency: IDR}}}
"""
#: A day as some programs write it.
NOON = dt.datetime(2024, 1, 1, 12, tzinfo=dt.UTC)
GOOD = {"jenis": "a", "panjang": 40.5, "aktif": True, "rapat.kali": 12}


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of one's own."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def seen_in_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine calls back from threads of its own, of which whoever measures coverage is told by nobody else."""

    def seen(function: Any) -> Any:
        def calling(*arguments: Any) -> Any:
            if threading.current_thread() is not threading.main_thread() and sys.gettrace() is None:
                sys.settrace(threading.gettrace())
            return function(*arguments)

        return calling

    def register(source: Any, **rest: Any) -> Any:
        def following(*arguments: Any) -> Any:
            found = source(*arguments)
            while (piece := seen(next)(found, None)) is not None:
                yield piece

        return register_io_source(following, **rest)

    called = _with_polars._Settling.__call__
    monkeypatch.setattr(_with_polars._Settling, "__call__", seen(called))
    monkeypatch.setattr(_with_polars, "register_io_source", register)


@pytest.fixture(scope="module")
def evaluator() -> kinerja.Evaluator:
    """The rubric with a fact of every kind, grades and awards."""
    return kinerja.Evaluator(kinerja.loads(RUBRIC, name="contoh.yaml"))


def plain(evaluator: kinerja.Evaluator) -> kinerja.Evaluator:
    """A rubric without grades."""
    return kinerja.Evaluator(kinerja.loads(RUBRIC.partition("grades:")[0].replace("id: contoh", "id: polos")))


def frame(*found: dict[str, Any]) -> Path:
    """A Parquet file of these rows, each a good one with some cells changed."""
    pl.DataFrame([{**GOOD, **each} for each in found], strict=False).write_parquet("masuk.parquet")
    return Path("masuk.parquet")


def table(text: str, name: str = "masuk.csv") -> Path:
    """A CSV with this text."""
    Path(name).write_bytes(text.encode())
    return Path(name)


def left() -> list[str]:
    """The files of the folder that nobody has named."""
    return sorted(each.name for each in Path().iterdir() if each.name.startswith("."))


# --- what is written


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("name", ["bands", "choices", "gates", "groups", "sets", "lookups"])
def test_every_cell_is_that_of_the_interpreter(engine: files.Engine, name: str) -> None:
    """Random rows, many of them wrong: status, ids of bands, exact totals, grades; problems where there are some."""
    random = Random(f"{engine} {name}")
    evaluator = kinerja.Evaluator(
        structure(read((HERE / "columns" / f"{name}.yaml").read_bytes(), name=name))
    )
    kinds = frames.columns(evaluator, random)
    found = frames.rows(evaluator, kinds, random, 400)
    frames.polars(frames.arrow(kinds, found)).write_parquet("masuk.parquet", row_group_size=100)
    scored = files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine=engine)
    assert 400 == scored.rows
    bands = evaluator.bands
    for row, cells in zip(found, pl.read_parquet("keluar.parquet").to_dicts(), strict=True):
        expected = frames.expected(evaluator, row, scores=False)
        for path, ids in bands.items():
            place = expected[f"{path}.band"]
            expected[f"{path}.band"] = None if place is None else ids[place]
        assert expected == {key: cells[key] for key in expected}
        assert (expected["status"] != "complete") == (cells["problems"] is not None)


#: Cells of each column, right, doubtful and wrong.
CELLS = {
    "jenis": ("a", "b", " a ", "c", ""),
    "panjang": (
        "40",
        "40,5",
        "40.5",
        "1.000",
        "1,000",
        "40,00000000000000000001",
        "1/3",
        "-1",
        "1e3",
        "x",
        "",
        "30",
    ),
    "aktif": ("true", "TRUE", "false", "ya", ""),
    "rapat.kali": ("12", "3", "12,0", "1,5", "0.000", ""),
    "foto.nol": ("true", "false", "mungkin", ""),
    "foto.penuh": ("True", "false", ""),
    "panjang.not-applicable": ("", "", "", "", "", "tidak ada pengurus"),
    "panjang.unit": ("", "", "", "", "", "m"),
    "panjang.note": ("", "diukur"),
    "aktif.score": ("", "", "", "", "2", "7"),
    "date": ("", "", "2024-05-31", "2031-01-01"),
    "desa": ("Merdu", "=1+1", "-", ""),
}


@pytest.mark.parametrize("locale", [None, "id", "en"])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_is_scored_as_a_table_is(
    locale: Any, delimiter: str, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in the cells, quoted or not, in blocks of any size: status, total, grade and problems agree."""
    monkeypatch.setattr(texts, "BLOCK", 700)
    random = Random(f"{locale} {delimiter}")
    lines = [delimiter.join(CELLS)]
    for _ in range(300):
        usual = random.random() < 0.6
        row = [
            random.choice(cells[:1] if usual and random.random() < 0.9 else cells) for cells in CELLS.values()
        ]
        quoted = random.random() < 0.2
        lines.append(delimiter.join(f'"{each}"' if quoted or delimiter in each else each for each in row))
    path = table("\n".join(lines))
    scored = files.score(path, "keluar.parquet", evaluator=evaluator, locale=locale)
    written = pl.read_parquet("keluar.parquet").to_dicts()
    text = path.read_text().replace(f"{delimiter}desa", f"{delimiter}subject.desa", 1)
    results = [
        evaluator.evaluate(each.sheet)
        for each in read_table(text, name="t", evaluator=evaluator, locale=locale)
    ]
    assert len(results) == scored.rows == len(written)
    assert {"complete", "incomplete", "invalid"} == {each.status for each in results}
    for result, cells in zip(results, written, strict=True):
        assert result.status == cells["status"]
        codes = [each.code for each in result.outcome.problems]
        told = [] if cells["problems"] is None else [each[:4] for each in cells["problems"].split("; ")]
        assert codes == [each for each in told if each != "K638"]
        if result.status == "complete":
            assert result.outcome.root.score == Fraction(cells["total.scaled"], evaluator.scale)
            assert result.outcome.grades["total"] == cells["grade"]
            assert (100000 if cells["grade"] == "baik" else None) == cells["awards.insentif.from"]


def test_a_number_that_no_float_holds_is_scored_as_it_stands(evaluator: kinerja.Evaluator) -> None:
    """A hair above 40 is above 40; its cell is left empty, which is said, and a CSV has all of its digits."""
    path = table("jenis,panjang,aktif,rapat.kali\na,40.00000000000000000001,true,12\na,40,true,12\n")
    files.score(path, "keluar.parquet", evaluator=evaluator)
    (above, exactly) = pl.read_parquet("keluar.parquet").to_dicts()
    assert ("2", "1") == (above["panjang.band"], exactly["panjang.band"])
    assert (None, 40.0) == (above["panjang"], exactly["panjang"])
    assert above["problems"].startswith('K638 panjang: "40.00000000000000000001" has more digits')
    files.score(path, "keluar.csv", evaluator=evaluator)
    (above, exactly) = pl.read_csv("keluar.csv", infer_schema=False).to_dicts()
    assert ("40.00000000000000000001", "40") == (above["panjang"], exactly["panjang"])
    assert above["problems"] is None


def test_a_table_keeps_what_it_does_not_read(evaluator: kinerja.Evaluator) -> None:
    """From a CSV to a CSV no cell is lost, whatever it was taken for; a number never gets an exponent."""
    large, small = "1" + 30 * "0", "0." + 30 * "0" + "1"
    path = table(
        f"jenis,panjang,aktif,rapat.kali,foto.nol,foto.penuh\na,{large},ya,12,+x,true\na,{small},TRUE,,,\n"
    )
    files.score(path, "keluar.csv", evaluator=evaluator)
    found = pl.read_csv("keluar.csv", infer_schema=False).select(
        "panjang", "aktif", "rapat.kali", "foto.nol", "foto.penuh"
    )
    assert [
        (large, "ya", "12", "'+x", "true"),
        (small, "true", None, None, None),
    ] == found.rows()


def test_a_csv_is_safe_to_open(evaluator: kinerja.Evaluator) -> None:
    """Text that begins like a formula gets an apostrophe, also in the header and where a number should be."""
    path = table("=kolom,jenis,panjang,aktif,rapat.kali\n@desa,a,-5,true,12\nbiasa,+b,=2,true,12\n")
    files.score(path, "keluar.csv", evaluator=evaluator)
    header, one, other = Path("keluar.csv").read_text().splitlines()
    assert header.startswith("'=kolom,jenis,panjang,")
    assert one.startswith("'@desa,a,-5,true,12,")
    assert other.startswith("biasa,'+b,'=2,true,12,")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_parquet_file_becomes_a_csv(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """A CSV says beside each total what it is divided by, and which rubric it rests on."""
    path = frame({"desa": "=1", "kelas": "x"}, {"desa": "b", "kelas": None, "panjang": None})
    found = pl.read_parquet(path).with_columns(pl.col("kelas").cast(pl.Categorical))
    found.write_parquet(path)
    files.score(path, "keluar.csv", evaluator=evaluator, engine=engine)
    first, second = pl.read_csv("keluar.csv", infer_schema=False).to_dicts()
    assert ("'=1", "x", "40.5", "true", "2") == tuple(
        first[each] for each in ("desa", "kelas", "panjang", "aktif", "panjang.band")
    )
    assert Fraction(int(first["total.scaled"]), int(first["total.scale"])) == 2
    assert f"contoh@1 {evaluator.identity[-64:][:16]}" == first["rubric"]
    assert ("incomplete", 'K330 "panjang" is missing') == (second["status"], second["problems"])


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_parquet_file_says_what_made_it(engine: files.Engine) -> None:
    """Whoever has only the file has the rubric, its identity, the readings, the scale and all bands, sealed."""
    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"), readings={"D4": "lima-puluh-dua"})
    names = [name for name in evaluator.plan.facts if "." not in name]
    pl.DataFrame(
        {name: [1.0] if evaluator.plan.facts[name].kind == "number" else [None] for name in names},
        schema_overrides={name: pl.String for name in names if evaluator.plan.facts[name].kind != "number"},
    ).write_parquet("masuk.parquet")
    files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine=engine)
    told = json.loads(pl.read_parquet_metadata("keluar.parquet")[KEY])
    assert evaluator.identity == told["rubric"]["identity"]
    assert ({"D4": "lima-puluh-dua"}, evaluator.scale) == (told["readings"], told["scale"])
    assert {path: list(ids) for path, ids in evaluator.bands.items()} == told["bands"]
    assert sealed(told) == told["seal"]
    assert sealed({**told, "scale": 1}) != told["seal"]


def test_band_ids_are_a_dictionary(evaluator: kinerja.Evaluator) -> None:
    """Polars writes ids of bands as a dictionary, in the order of the rubric."""
    files.score(frame({}), "keluar.parquet", evaluator=evaluator)
    assert pl.Enum(["2", "1", "0"]) == pl.read_parquet_schema("keluar.parquet")["panjang.band"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_counts_are_those_of_the_rows(
    engine: files.Engine, ending: str, evaluator: kinerja.Evaluator
) -> None:
    """How many of each status, and complete ones of each grade; the first twenty problems in their order."""
    path = frame(
        *[{}] * 3, {"panjang": 1.0, "aktif": False}, *[{"panjang": None}] * 15, *[{"jenis": "x"}] * 10
    )
    scored = files.score([path], f"keluar{ending}", evaluator=evaluator, engine=engine)
    assert {"complete": 4, "incomplete": 15, "invalid": 10} == dict(scored.tally.statuses)
    assert {"baik": 3, "kurang": 1} == dict(scored.tally.grades)
    assert 25 == scored.troubled
    assert [(row, "K330" if row < 20 else "K305") for row in range(5, 25)] == [
        (row, text[:4]) for row, text in scored.problems
    ]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_rubric_without_grades(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Complete rows are then of no grade."""
    scored = files.score(frame({}), "keluar.parquet", evaluator=plain(evaluator), engine=engine)
    assert {"": 1} == dict(scored.tally.grades)
    assert "grade" not in pl.read_parquet_schema("keluar.parquet")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_several_files_become_one(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Rows stand in the order of the files."""
    one, two = frame({"desa": "a"}, {"desa": "b"}).rename("satu.parquet"), frame({"desa": "c"})
    files.score([one, two], "keluar.parquet", evaluator=evaluator, engine=engine)
    assert ["a", "b", "c"] == pl.read_parquet("keluar.parquet")["desa"].to_list()


def test_several_tables_become_one(evaluator: kinerja.Evaluator) -> None:
    """So do those of CSV files."""
    header = "desa,jenis,panjang,aktif,rapat.kali\n"
    one, two = table(f"{header}a,a,1,true,1", "satu.csv"), table(f"{header}b,a,1,true,1\n\n,,,,\n", "dua.csv")
    files.score([one, two], "keluar.parquet", evaluator=evaluator)
    assert ["a", "b"] == pl.read_parquet("keluar.parquet")["desa"].to_list()


# --- rows that columns do not speak of


def test_stated_scores_and_reasons_count_in_parquet_too(evaluator: kinerja.Evaluator) -> None:
    """A stated score and a reason why something does not apply are taken in as in a sheet, never passed over."""
    path = frame(
        {"aktif": None, "aktif.score": 2, "panjang.not-applicable": None, "panjang.note": "x"},
        {
            "panjang": None,
            "aktif.score": None,
            "panjang.not-applicable": "belum dibentuk",
            "panjang.note": "",
        },
    )
    files.score(path, "keluar.parquet", evaluator=evaluator)
    found = pl.read_parquet("keluar.parquet")
    results = [
        evaluator.evaluate({**GOOD, "aktif": {"score": 2}}),
        evaluator.evaluate({**GOOD, "panjang": {"not-applicable": "belum dibentuk"}}),
    ]
    assert ["complete", "complete"] == found["status"].to_list()
    assert [each.complete().total.exact for each in results] == [
        str(Fraction(each, evaluator.scale)) for each in found["total.scaled"]
    ]
    assert found["aktif.band"][0] is None


@pytest.mark.parametrize("said", [[False, True], [0, 1], [nan, 0.0]])
def test_a_truth_value_is_no_reason(said: list[Any], evaluator: kinerja.Evaluator) -> None:
    """A column of true and false does not say why something does not apply, and leaves nothing out."""
    path = frame(*({"panjang": None, "panjang.not-applicable": each} for each in said))
    files.score(path, "keluar.parquet", evaluator=evaluator)
    assert ['K314 "panjang" is not applicable without a reason'] * 2 == pl.read_parquet("keluar.parquet")[
        "problems"
    ].to_list()


@pytest.mark.parametrize(
    ("days", "statuses"),
    [
        (["2024-01-01", "2031-01-01", None, ""], ["complete", "invalid", "complete", "complete"]),
        ([dt.date(2024, 1, 1), dt.date(2031, 1, 1)], ["complete", "invalid"]),
        ([NOON, NOON.replace(year=2031)], ["complete", "invalid"]),
    ],
)
def test_a_day_outside_the_rubric_is_a_problem(
    days: list[Any], statuses: list[str], evaluator: kinerja.Evaluator
) -> None:
    """A row of a day on which the rubric is not in force is invalid, whatever the type of its day."""
    path = frame(*({"date": day} for day in days))
    files.score(path, "keluar.parquet", evaluator=evaluator, on=dt.date(2025, 1, 1))
    found = pl.read_parquet("keluar.parquet")
    assert statuses == found["status"].to_list()
    assert ["K315"] == [each[:4] for each in found["problems"].drop_nulls()]


def test_a_day_that_is_none_is_refused(evaluator: kinerja.Evaluator) -> None:
    """As in a table, no result can say what is wrong with it; the file and its row are told."""
    one = frame({"date": ""}, {"date": ""}).rename("satu.parquet")
    other = frame({"date": "2024-01-01"}, {"date": "31 Mei"})
    for paths in ([one, other], [other, one], [other]):
        with pytest.raises(SheetError) as caught:
            files.score(paths, "keluar.parquet", evaluator=evaluator)
        (said,) = caught.value.diagnostics
        assert ("K114", "masuk.parquet:2:1") == (said.code, str(said.place))
    assert [] == left()


def test_a_rubric_in_force_for_ever_asks_for_no_day() -> None:
    """Then the column is carried as any other."""
    evaluator = kinerja.Evaluator(
        kinerja.loads(RUBRIC.replace("valid: {from: 2020-01-01, until: 2030-01-01}\n", ""))
    )
    files.score(frame({"date": "kemarin"}), "keluar.parquet", evaluator=evaluator, engine="duckdb")
    assert ["kemarin"] == pl.read_parquet("keluar.parquet")["date"].to_list()


def test_an_exact_total_between_the_steps_is_told() -> None:
    """A total that is no whole number of the scale leaves `total.scaled` empty, and says what it is."""
    rubric = kinerja.loads(
        "{kinerja: 1, id: x, combine: sum, indicators: {a: {direct: {in: '[0..9]', step: 1}}, "
        "b: {levels: {ya: 1, tidak: 0}}}}"
    )
    evaluator = kinerja.Evaluator(rubric)
    found = rows.Rows(evaluator, ())
    found.scale = Fraction(1, 2)  # type: ignore[assignment]
    cells = found.cells(evaluator.evaluate({"a": 2, "b": "ya"}))
    assert (None, "K642 the exact total 3 is no whole number of 1/1/2: `total.scaled` is left empty") == (
        cells["total.scaled"],
        cells["problems"],
    )


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("1.250", "id", Fraction(1250)),
        ("12,5", None, None),
        ("1.250", None, None),
        ("0.000", None, Fraction(0)),
        ("12.5", None, Fraction(25, 2)),
        ("12.5", "id", None),
    ],
)
def test_a_cell_as_a_number(text: str, locale: Any, expected: Fraction | None) -> None:
    """The one parser of the locale reads it, or nobody does."""
    assert expected == rows.number_of(text, locale)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Fraction(1, 10), 0.1),
        (Fraction(1, 3), None),
        (Fraction(10) ** 400, None),
        (Fraction(2**53 + 1), None),
    ],
)
def test_a_number_as_a_float(value: Fraction, expected: float | None) -> None:
    """Only a float whose shortest decimal it is stands for a number."""
    assert expected == rows.exact_float(value)


def test_few_numbers_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read is forgotten before it takes memory."""
    monkeypatch.setattr(texts, "_KEPT", 2)
    read = texts._Numbers(None)
    assert [1.0, 2.0, 3.0, None] == [read["1"], read["2"], read["3"], read[None]]
    assert 2 == len(read)


# --- the form of a CSV

HEAD = "jenis,panjang,aktif,rapat.kali\n"
ROW = "a,40,true,12\n"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "K531", "masuk.csv:1:1"),
        ("\n\n", "K531", "masuk.csv:1:1"),
        (HEAD, "K531", "masuk.csv:1:1"),
        (HEAD + ROW + "a,40,true\n", "K532", "masuk.csv:3:1"),
        (HEAD + ROW + "a,40,true,12,9\n" + ROW, "K532", "masuk.csv:3:1"),
        (HEAD + "a,40,true,12,9\na,40,true\n" + ROW, "K532", "masuk.csv:2:1"),
        (HEAD + ROW + 'a,"40,true,12\n' + ROW, "K014", "masuk.csv:3:1"),
        (HEAD + ROW + 'a,"40"x,true,12\n', "K029", "masuk.csv:3:1"),
        (HEAD + ROW + "a,4\x000,true,12\n", "K004", "masuk.csv:3:4"),
        (HEAD + ROW + "a,4\u200b0,true,12\n", "K004", "masuk.csv:3:4"),
        (HEAD + ROW + '"' + "x" * 140_000 + '",40,true,12\n', "K637", "masuk.csv:3:1"),
        (HEAD + ROW + "x" * 140_000 + ",40,true,12\n", "K637", "masuk.csv:3:1"),
        ("x" * 140_000 + "," + HEAD, "K637", "masuk.csv:1:1"),
        ("jenis,jenis,panjang,aktif,rapat.kali\n", "K534", "masuk.csv:1:7"),
        ("jenis,panjng,foto.nol,foto.penuhh,aktif,rapat.kali\n", "K533", "masuk.csv:1:7"),
        ("jenis,panjang,aktif\na,40,true\n", "K611", "masuk.csv:1:1"),
        ('desa,"kepala\ndesa",panjng\na,b,40\n', "K533", "masuk.csv:2:7"),
        ("jenis,panjang,aktif,rapat.kali,status\na,40,true,1,x\n", "K613", "masuk.csv:1:1"),
        ("jenis,panjang,aktif,rapat.kali,problems\na,40,true,1,x\n", "K613", "masuk.csv:1:32"),
        ("jenis,panjang,aktif,rapat.kali,\na,40,true,1,\na,40,true,1,x\n", "K540", "masuk.csv:3:1"),
        ("jenis,panjang,aktif,rapat.kali,date\na,40,true,1,\na,40,true,1,kemarin\n", "K114", "masuk.csv:3:1"),
        ('jenis,panjang,aktif,rapat.kali,date\na,"40",true,1,kemarin\n', "K114", "masuk.csv:2:1"),
        (HEAD + ",".join(f"k{n}" for n in range(2100)), "K532", "masuk.csv:2:1"),
        (",".join(f"k{n}" for n in range(2100)) + "\n", "K541", "masuk.csv:1:"),
    ],
)
def test_a_table_that_is_none(text: str, code: str, place: str, evaluator: kinerja.Evaluator) -> None:
    """What is wrong with the form of a table is told with its line; nothing is written."""
    with pytest.raises(KinerjaError) as caught:
        files.score(table(text), "keluar.parquet", evaluator=evaluator)
    first = caught.value.diagnostics[0]
    assert code == first.code
    assert str(first.place).startswith(place)
    assert ["masuk.csv"] == sorted(each.name for each in Path().iterdir())


def test_cells_of_the_longest_length(evaluator: kinerja.Evaluator) -> None:
    """So many characters are read, quoted or not, and of letters that take several bytes too."""
    cells = ["x" * 131_072, '"' + "x" * 131_072 + '"', "é" * 131_072]
    path = table("desa," + HEAD + "".join(f"{each},{ROW}" for each in cells))
    assert 3 == files.score(path, "keluar.csv", evaluator=evaluator).rows
    assert [131_072] * 3 == pl.read_csv("keluar.csv")["desa"].str.len_chars().to_list()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_cells_of_parquet_have_any_length(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Also where they become a CSV, whose lines are then longer than engines like to read."""
    path = frame({"desa": "x" * 3_000_000}, {"desa": "b", "panjang": None})
    scored = files.score(path, "keluar.csv", evaluator=evaluator, engine=engine)
    assert {"complete": 1, "incomplete": 1} == dict(scored.tally.statuses)
    assert ((2, 'K330 "panjang" is missing'),) == scored.problems
    assert [3_000_000, 1] == pl.read_csv("keluar.csv")["desa"].str.len_chars().to_list()
    assert [] == left()


def test_engines_write_the_same_values_into_a_csv(
    evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every float is given back by its digits, and points in time are the same, whatever the machine is set to."""
    monkeypatch.setenv("TZ", "Asia/Makassar")
    given = [1e-5, 1.5e-7, 5e-324, 0.1, 1 / 3, 123456789012345680.0, 1e300, -0.0, inf, nan]
    frame(*[{"lain": each, "saat": NOON, "kapan": dt.date(2024, 1, 2)} for each in given])
    found = {}
    for engine in ("polars", "duckdb"):
        files.score("masuk.parquet", f"{engine}.csv", evaluator=evaluator, engine=engine)
        found[engine] = pl.read_csv(f"{engine}.csv", infer_schema=False)
        assert list(map(repr, given)) == [repr(float(each)) for each in found[engine]["lain"]]
    one, other = found.values()
    assert ["lain", "saat"] == [name for name in one.columns if one[name].to_list() != other[name].to_list()]
    assert {NOON} == {dt.datetime.fromisoformat(each) for each in [*one["saat"], *other["saat"]]}


def test_bytes_that_are_no_text(evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another encoding is told with the line, also when it is found in a later block."""
    monkeypatch.setattr(texts, "BLOCK", 64)
    Path("masuk.csv").write_bytes(HEAD.encode() + ROW.encode() * 20 + b"a,\xff\xfe,true,12\n")
    with pytest.raises(SheetError) as caught:
        files.score("masuk.csv", "keluar.parquet", evaluator=evaluator)
    assert ["masuk.csv:22:1 K003"] == [f"{each.place} {each.code}" for each in caught.value.diagnostics]


def test_a_line_without_end(evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no line end is no table, and is not read for ever."""
    monkeypatch.setattr(texts, "BLOCK", 64)
    with pytest.raises(SheetError, match="K637"):
        files.score(table(HEAD + "x" * 1000), "keluar.parquet", evaluator=evaluator)


def test_thousands_of_ragged_rows(evaluator: kinerja.Evaluator) -> None:
    """As many are told as anybody reads."""
    with pytest.raises(SheetError) as caught:
        files.score(table(HEAD + "a,1\n" * 5000), "keluar.parquet", evaluator=evaluator)
    assert 101 == len(caught.value.diagnostics)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROW * 3,
        "\ufeff" + HEAD + ROW * 3,
        (HEAD + ROW * 3).replace("\n", "\r\n"),
        (HEAD + ROW * 3).replace("\n", "\r"),
        HEAD + ROW * 2 + ROW.strip(),
        HEAD + "\n" + ROW + ",,,\n" + ROW * 2 + "\n\n",
        "\n" + HEAD + ROW * 3,
        HEAD.replace("jenis", '"jenis"') + ROW * 3,
        HEAD + 'a,"40",true,12\n' + ROW * 2,
        (HEAD + ROW * 3).replace(",", ";"),
        f"catatan,{HEAD}" + '"dua\nbaris",' + ROW + ("x," + ROW) * 2,
        f"catatan,{HEAD}" + '"' + "baris\n" * 30 + '",' + ROW + ("x," + ROW) * 2,
    ],
)
@pytest.mark.parametrize("block", [40, 8_000_000])
def test_the_same_table_however_it_is_written(
    text: str, block: int, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte order mark, line ends, blank lines, quotes, separators: the same three rows."""
    monkeypatch.setattr(texts, "BLOCK", block)
    files.score(table(text), "keluar.parquet", evaluator=evaluator)
    assert [40.0] * 3 == pl.read_parquet("keluar.parquet")["panjang"].to_list()


def test_a_table_of_one_column() -> None:
    """There blank lines are rows of nobody too."""
    evaluator = kinerja.Evaluator(
        kinerja.loads("{kinerja: 1, id: x, combine: sum, indicators: {a: {levels: {ya: 1, tidak: 0}}}}")
    )
    scored = files.score(table("a\nya\n\ntidak\n"), "keluar.parquet", evaluator=evaluator)
    assert 2 == scored.rows


def test_a_column_without_a_name_may_be_empty(evaluator: kinerja.Evaluator) -> None:
    """It is left out of what is written."""
    path = table("jenis,panjang,aktif,rapat.kali,,\na,40,true,12,,\n")
    files.score(path, "keluar.parquet", evaluator=evaluator)
    assert "" not in pl.read_parquet_schema("keluar.parquet")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_number_that_is_none_beside_others(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """What a file tells of its least and greatest values passes over NaN; the row is invalid all the same."""
    path = frame({"panjang": 35.0}, {"panjang": nan}, {"panjang": 50.0})
    files.score(path, "keluar.parquet", evaluator=evaluator, engine=engine)
    found = pl.read_parquet("keluar.parquet")
    assert [("complete", "1"), ("invalid", None), ("complete", "2")] == found.select(
        "status", "panjang.band"
    ).rows()


def test_a_column_of_ones_own_is_carried(evaluator: kinerja.Evaluator) -> None:
    """Only what is nearly called like a fact that is not there is taken for a slip."""
    path = table("id,nama,panjang2,jenis,panjang,aktif,rapat.kali\n1,x,3,a,40,true,12\n")
    files.score(path, "keluar.parquet", evaluator=evaluator)
    assert [("1", "x", "3")] == pl.read_parquet("keluar.parquet").select("id", "nama", "panjang2").rows()


# --- files that cannot be read or written


def broken(name: str) -> Path:
    """Parquet files that are none, or only nearly."""
    raw = frame(*[{"desa": "x" * 50 + str(n)} for n in range(200)]).read_bytes()
    spoilt = {
        "cut": raw[:-20],
        "text": b"jenis,panjang\na,1\n",
        "empty": b"",
        "footer": raw[:-8] + (2**31).to_bytes(4, "little") + b"PAR1",
        "middle": raw[:100] + bytes(len(raw) // 2) + raw[100 + len(raw) // 2 :],
    }
    Path("rusak.parquet").write_bytes(spoilt[name])
    return Path("rusak.parquet")


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("name", "code"),
    [("cut", "K631"), ("text", "K631"), ("empty", "K631"), ("footer", "K631"), ("middle", "K647")],
)
def test_a_parquet_file_that_is_none(
    engine: files.Engine, name: str, code: str, evaluator: kinerja.Evaluator
) -> None:
    """A file that is cut off, or something else, or damaged in the middle, is told by its name."""
    with pytest.raises(UsageError) as caught:
        files.score(broken(name), "keluar.parquet", evaluator=evaluator, engine=engine)
    assert [(code, "rusak.parquet:1:1")] == [
        (each.code, str(each.place)) for each in caught.value.diagnostics
    ]
    assert ["masuk.parquet", "rusak.parquet"] == sorted(each.name for each in Path().iterdir())


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_one_of_several_files_is_damaged(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Where the engine does not say which one, no other is blamed."""
    path = broken("middle")
    with pytest.raises(UsageError) as caught:
        files.score(["masuk.parquet", path], "keluar.parquet", evaluator=evaluator, engine=engine)
    (said,) = caught.value.diagnostics
    assert ("K647", "masuk.parquet … rusak.parquet", None) == (said.code, said.values["name"], said.place)


def test_a_description_that_is_too_long(
    evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millions of columns are refused before anything takes them in."""
    monkeypatch.setattr(parquet, "MAX_FOOTER", 10)
    with pytest.raises(UsageError, match="K648"):
        files.score(frame({}), "keluar.parquet", evaluator=evaluator)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("made", "output", "codes"),
    [
        (lambda: frame({"daftar": [1, 2]}), "keluar.csv", ["K632"]),
        (lambda: frame({"gambar": b"x"}), "keluar.csv", ["K632"]),
        (lambda: frame({"foto": {"nol": True}}), "keluar.parquet", ["K632"]),
        (lambda: frame({"panjang": "40"}), "keluar.parquet", ["K612"]),
        (lambda: frame({"panjang ": 1}), "keluar.parquet", []),
        (lambda: frame({"foto.noll": True}), "keluar.parquet", ["K533"]),
        (lambda: frame({"total.scale": 1}), "keluar.csv", ["K613"]),
        (lambda: frame({"kinerja:x": 1}), "keluar.parquet", ["K613"]),
        (lambda: frame({f"k{n}": 1 for n in range(2000)}), "keluar.parquet", ["K541"]),
        (lambda: frame({"daftar": [1, 2]}), "keluar.parquet", []),
        (lambda: frame({"total.scale": 1, "rubric": 1}), "keluar.parquet", []),
    ],
)
def test_columns_that_are_refused(
    made: Any, output: str, codes: list[str], engine: files.Engine, evaluator: kinerja.Evaluator
) -> None:
    """Nested, misspelt, taken and too many columns; what only a CSV cannot hold is carried into Parquet."""
    try:
        files.score(made(), output, evaluator=evaluator, engine=engine)
    except UsageError as error:
        found = error.diagnostics
    else:
        found = ()
    assert ["masuk.parquet:1:1"] * len(found) == [str(each.place) for each in found]
    assert codes == [each.code for each in found]
    assert [] == left()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    "name",
    [
        "desa[1].parquet",
        "desa*.parquet",
        "des?1.parquet",
        "tahun=2024/d.parquet",
        "~desa.parquet",
        "~/d.parquet",
        "file:/d.parquet",
    ],
)
def test_a_name_is_no_pattern(name: str, engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """A file is the one of that name, and never another that the name would fit; folders add no columns."""
    Path("tahun=2024").mkdir()
    Path("~").mkdir()
    Path("file:").mkdir()
    frame({"desa": "lain", "date": "2025-01-01"}).rename("desa1.parquet")
    path = frame({"desa": "ini", "date": None}).rename(name)
    assert files.first_day(path, evaluator=evaluator, engine=engine) is None
    pl.read_parquet(path.absolute(), glob=False).drop("date").write_parquet(path.absolute())
    Path("[keluar]").mkdir()
    for output in ("[keluar]/k.parquet", "[keluar]/k.csv"):
        assert 1 == files.score(path, output, evaluator=evaluator, engine=engine).rows
    found = pl.read_csv("[keluar]/k.csv", glob=False)
    assert ["ini"] == found["desa"].to_list()
    assert "tahun" not in found.columns


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_columns_of_one_name(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Other programs write files in which two columns have one name: nobody could tell which is meant."""
    found = pl.read_parquet(frame({"desa": "x"})).to_arrow()
    names = [*found.column_names, "desa"]
    pq.write_table(pa.Table.from_arrays([*found.columns, found["desa"]], names=names), "masuk.parquet")
    with pytest.raises(UsageError) as caught:
        files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine=engine)
    (said,) = caught.value.diagnostics
    assert ("K622", ["desa"], "masuk.parquet:1:1") == (said.code, said.values["names"], str(said.place))


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_columns_of_one_name_in_a_csv(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Where the apostrophe that makes a name safe to open makes another of it, neither takes the other's place."""
    path = frame({"=desa": "x", "'=desa": "y"})
    with pytest.raises(UsageError) as caught:
        files.score(path, "keluar.csv", evaluator=evaluator, engine=engine)
    (said,) = caught.value.diagnostics
    assert ("K622", ["'=desa", "=desa"]) == (said.code, said.values["names"])
    files.score(path, "keluar.parquet", evaluator=evaluator, engine=engine)
    assert [("x", "y")] == pl.read_parquet("keluar.parquet").select("=desa", "'=desa").rows()


@pytest.mark.parametrize(
    ("cell", "output", "code"),
    [
        (pa.array([Decimal("40.5")], pa.decimal256(50, 20)), "keluar.parquet", "K612"),
        (pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())), "keluar.csv", "K632"),
        (pa.array([dt.timedelta(hours=3)]), "keluar.csv", "K632"),
        (pa.array([dt.timedelta(hours=3)]), "keluar.parquet", None),
    ],
)
def test_types_that_polars_does_not_carry(
    cell: Any, output: str, code: str | None, evaluator: kinerja.Evaluator
) -> None:
    """Decimals that no frame holds, and types that a CSV has no text for, are told before a row is scored."""
    pq.write_table(pl.read_parquet(frame({})).to_arrow().append_column("lain", cell), "masuk.parquet")
    codes = []
    try:
        files.score("masuk.parquet", output, evaluator=evaluator)
    except UsageError as error:
        codes = [(each.code, str(each.place)) for each in error.diagnostics]
    assert ([(code, "masuk.parquet:1:1")] if code else []) == codes


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("output", ["keluar.parquet", "keluar.csv"])
def test_a_column_without_a_name_is_carried(
    engine: files.Engine, output: str, evaluator: kinerja.Evaluator
) -> None:
    """As a statistics program writes the numbers of its rows; DuckDB gives it a name."""
    files.score(frame({"": 7}), output, evaluator=evaluator, engine=engine)
    found = pl.read_parquet(output) if output.endswith("t") else pl.read_csv(output)
    assert [(7, "complete")] == found.select(pl.nth(4), "status").rows()


@pytest.mark.parametrize(
    ("column", "output", "code"),
    [
        ("Status", "keluar.parquet", "K613"),
        ("TOTAL", "keluar.csv", "K613"),
        ("Grade", "keluar.parquet", "K613"),
        ("Panjang.Band", "keluar.parquet", "K613"),
        ("Problems", "keluar.parquet", "K613"),
        ("Rubric", "keluar.csv", "K613"),
        ("Kinerja:x", "keluar.csv", "K613"),
        ("Jenis", "keluar.parquet", "K622"),
    ],
)
def test_names_that_differ_in_capitals(
    column: str, output: str, code: str, evaluator: kinerja.Evaluator
) -> None:
    """To DuckDB two such names are one, so that it would give out the column that was there; to Polars they are two."""
    path = frame({column: "zz"})
    with pytest.raises(UsageError) as caught:
        files.score(path, output, evaluator=evaluator, engine="duckdb")
    assert [(code, "masuk.parquet:1:1")] == [
        (each.code, str(each.place)) for each in caught.value.diagnostics
    ]
    assert {"complete": 1} == dict(files.score(path, output, evaluator=evaluator).tally.statuses)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_no_rows(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """A file without rows is nobody's result."""
    pl.read_parquet(frame({})).clear().write_parquet("masuk.parquet")
    with pytest.raises(UsageError, match="K531"):
        files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine=engine)
    assert not Path("keluar.parquet").exists()


@pytest.mark.parametrize(
    ("inputs", "output", "engine", "code"),
    [
        (["tiada.parquet"], "keluar.parquet", "polars", "K518"),
        (["tiada.csv"], "keluar.parquet", "polars", "K518"),
        (["folder.parquet"], "keluar.parquet", "polars", "K519"),
        (["masuk.csv"], "keluar.parquet", "duckdb", "K633"),
        (["masuk.parquet"], "keluar.csv", "spark", "K633"),
        (["masuk.yaml"], "keluar.parquet", "polars", "K635"),
        (["masuk.parquet"], "keluar.jsonl", "polars", "K635"),
        (["masuk.parquet", "masuk.csv"], "keluar.csv", "polars", "K636"),
        ([], "keluar.parquet", "polars", "K531"),
        (["masuk.parquet"], "keluar.parquet", "pandas", "K649"),
        (["masuk.parquet"], "masuk.parquet", "polars", "K546"),
        (["masuk.parquet"], "folder.parquet", "polars", "K519"),
        (["masuk.parquet"], "folder.parquet", "spark", "K639"),
        (["masuk.parquet", "lain.parquet"], "keluar.parquet", "polars", "K634"),
        (["masuk.parquet", "lain.parquet"], "keluar.parquet", "duckdb", "K634"),
        (["masuk.parquet", "urut.parquet"], "keluar.parquet", "duckdb", "K634"),
        (["masuk.parquet"], "tiada/keluar.parquet", "polars", "K544"),
        (["masuk.parquet"], f"{'x' * 300}.parquet", "polars", "K544"),
        (["x\0.csv"], "keluar.parquet", "polars", "K518"),
    ],
)
def test_files_that_do_not_go_together(
    inputs: list[str], output: str, engine: Any, code: str, evaluator: kinerja.Evaluator
) -> None:
    """What can be said before a file is opened is said then."""
    found = pl.read_parquet(frame({}))
    found.drop("jenis").write_parquet("lain.parquet")
    found.select(sorted(found.columns)).write_parquet("urut.parquet")
    table(HEAD + ROW)
    Path("masuk.yaml").write_text("x")
    Path("folder.parquet").mkdir()
    with pytest.raises(UsageError) as caught:
        files.score(inputs, output, evaluator=evaluator, engine=engine)
    assert [code] == [each.code for each in caught.value.diagnostics]
    assert [] == left()


def test_a_file_that_may_not_be_read(evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says against it is told."""

    def refused(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    path = frame({})
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(UsageError, match="K502"):
        files.score(path, "keluar.parquet", evaluator=evaluator)


@pytest.mark.parametrize("library", ["polars", "duckdb"])
def test_an_engine_that_is_not_installed(
    library: Any, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says what to install."""
    path = frame({})
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError) as caught:
        files.score(path, "keluar.parquet", evaluator=evaluator, engine=library)
    assert f"Install it: pip install 'kinerja[{library}]'." == caught.value.diagnostics[0].help()


def test_another_library_that_is_missing_is_not_hidden(
    evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken installation is not mistaken for an extra that nobody asked for."""
    path = frame({})
    monkeypatch.delitem(sys.modules, "kinerja.files._with_duckdb")
    monkeypatch.setitem(sys.modules, "tempfile", None)
    with pytest.raises(ModuleNotFoundError, match="tempfile"):
        files.score(path, "keluar.parquet", evaluator=evaluator, engine="duckdb")


@pytest.mark.parametrize(
    "column", [{"date": "2024-01-01"}, {"aktif.score": 2}, {"panjang.not-applicable": "x"}]
)
def test_duckdb_passes_over_nothing(column: dict[str, Any], evaluator: kinerja.Evaluator) -> None:
    """Columns that only the scalar path takes in are refused, where there is none."""
    with pytest.raises(UsageError, match="K641"):
        files.score(frame(column), "keluar.parquet", evaluator=evaluator, engine="duckdb")


def test_the_day_of_the_run_lies_within_the_rubric(evaluator: kinerja.Evaluator) -> None:
    """Otherwise every row without a day would be wrong."""
    with pytest.raises(UsageError, match="K548"):
        files.score(frame({}), "keluar.parquet", evaluator=evaluator, on=dt.date(2030, 1, 1))


@pytest.mark.parametrize(
    ("changed", "engine", "expected"),
    [
        ([{"date": None}, {"date": "2024-05-31"}], "polars", dt.date(2024, 5, 31)),
        ([{"date": None}, {"date": dt.date(2024, 5, 31)}], "duckdb", dt.date(2024, 5, 31)),
        ([{}], "polars", None),
        ([{}], "duckdb", None),
        ([{"date": None}], "polars", None),
        ([{"date": None}], "duckdb", None),
        ([{"date": ""}, {"date": "2024-05-31"}], "polars", dt.date(2024, 5, 31)),
        ([{"date": ""}, {"date": "2024-05-31"}], "duckdb", dt.date(2024, 5, 31)),
        ([{"date": NOON}], "polars", dt.date(2024, 1, 1)),
    ],
)
def test_the_first_day_of_a_parquet_file(
    changed: list[Any], engine: files.Engine, expected: Any, evaluator: kinerja.Evaluator
) -> None:
    """For a rubric with several editions, it decides."""
    assert expected == files.first_day(frame(*changed), evaluator=evaluator, engine=engine)


@pytest.mark.parametrize(
    ("options", "code"),
    [({"locale": "id"}, "K556"), ({"on": NOON}, "K114"), ({"engine": "pandas"}, "K649")],
)
def test_an_option_that_means_nothing(options: Any, code: str, evaluator: kinerja.Evaluator) -> None:
    """How numbers of a CSV are written where there is none, a moment for a day, an engine that is none."""
    with pytest.raises(UsageError, match=code):
        files.score(frame({}), "keluar.parquet", evaluator=evaluator, **options)


def test_a_first_day_by_an_engine_that_is_none(evaluator: kinerja.Evaluator) -> None:
    """It is refused as where rows are scored."""
    with pytest.raises(UsageError, match="K649"):
        files.first_day(frame({}), evaluator=evaluator, engine="pandas")  # type: ignore[arg-type]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("day", [["2024-01-01"], b"\xff", {"a": 1}, 20240101, "1 Mei"])
def test_a_first_day_that_is_none(day: Any, engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """Whatever the column is a column of, it is refused as no day, and the file is named."""
    with pytest.raises(SheetError) as caught:
        files.first_day(frame({"date": day}), evaluator=evaluator, engine=engine)
    (said,) = caught.value.diagnostics
    assert ("K114", "masuk.parquet:1:1") == (said.code, str(said.place))


def test_nothing_is_put_beside_an_input(
    evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its folder may be one that nobody may write to."""
    folders: list[Any] = []
    temporary = tempfile.TemporaryDirectory

    def seen(**options: Any) -> Any:
        folders.append(options["dir"])
        return temporary(**options)

    monkeypatch.setattr(tempfile, "TemporaryDirectory", seen)
    Path("keluar").mkdir()
    path = frame({})
    files.first_day(path, evaluator=evaluator, engine="duckdb")
    files.score(path, "keluar/k.parquet", evaluator=evaluator, engine="duckdb")
    assert [None, Path("keluar").resolve()] == folders


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date,a\n,1\n2024-05-31,1\n", dt.date(2024, 5, 31)),
        ("date,a\n,1\n", None),
        ("a,b\n1,1\n", None),
    ],
)
def test_the_first_day_of_a_table(text: str, expected: Any, evaluator: kinerja.Evaluator) -> None:
    """So does that of a CSV."""
    assert expected == files.first_day(table(text), evaluator=evaluator)


# --- nothing half-written


@pytest.mark.parametrize("fault", [None, UsageError])
@pytest.mark.parametrize("change", ["grown", "replaced", "gone"])
def test_a_file_that_is_changed_while_it_is_read(
    change: str,
    fault: type[UsageError] | None,
    evaluator: kinerja.Evaluator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody could tell what was scored, whatever an engine made of it: nothing is written."""
    path = frame({})

    class Engine:
        @staticmethod
        def run(job: jobs.Job) -> files.Scored:
            if change == "grown":
                path.write_bytes(path.read_bytes() + b"x")
            else:
                path.unlink()
            if change == "replaced":
                frame({"panjang": 41.0})
            if fault:
                raise fault([Diagnostic("K647", (), {"name": "x", "problem": "x"})])
            return files.Scored(tally=Tally())

    monkeypatch.setattr(files, "_engine", lambda _: Engine)
    with pytest.raises(UsageError) as caught:
        files.score(path, "keluar.parquet", evaluator=evaluator)
    (said,) = caught.value.diagnostics
    assert ("K652", "masuk.parquet:1:1") == (said.code, str(said.place))
    assert [] == left()
    assert not Path("keluar.parquet").exists()


def test_a_folder_has_no_mark() -> None:
    """What is written beside the parts of a folder changes none of them."""
    Path("bagian.parquet").mkdir()
    assert parquet.mark(Path("bagian.parquet")) is None


def test_a_file_that_is_there_is_replaced(evaluator: kinerja.Evaluator) -> None:
    """The old one stands until the new one is whole."""
    Path("keluar.csv").write_text("lama")
    files.score(frame({}), "keluar.csv", evaluator=evaluator)
    assert Path("keluar.csv").read_text().startswith("jenis,")


@pytest.mark.parametrize("fault", [None, OSError(28, "No space left on device"), KeyError("x")])
def test_a_folder_as_a_draft(fault: Exception | None) -> None:
    """It takes its name when all is in it; after a fault it is gone."""
    expected = {None: None, OSError: UsageError, KeyError: KeyError}[fault and type(fault)]
    with (
        pytest.raises(expected) if expected else nullcontext(),
        draft_of(Path("hasil"), is_folder=True) as draft,
    ):
        draft.mkdir()
        (draft / "bagian").write_text("x")
        if fault is not None:
            raise fault
    assert ([] if fault else ["hasil"]) == [each.name for each in Path().iterdir()]


def test_a_disk_that_is_read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a disk refuses to take away even what is not there; what is told is why nothing was written."""

    def refused(*_: Any, **__: Any) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refused)
    monkeypatch.setattr(Path, "unlink", refused)
    with pytest.raises(UsageError) as caught, draft_of(Path("hasil.csv")):
        pass
    assert {"name": "hasil.csv", "problem": "Read-only file system"} == caught.value.diagnostics[0].values


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_full_disk(engine: files.Engine) -> None:
    """A disk that takes no more leaves the old file as it was, and nothing else."""
    program = f"""
import resource, sys, kinerja, polars as pl
from kinerja import files
evaluator = kinerja.Evaluator(kinerja.loads({RUBRIC!r}))
frame = pl.DataFrame([{GOOD!r}] * 200_000).with_columns(desa=pl.int_range(200_000).hash())
frame.write_parquet("masuk.parquet")
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine={engine!r})
except kinerja.errors.UsageError as error:
    print(error.diagnostics[0].code, error.diagnostics[0].values["name"])
"""
    Path("keluar.parquet").write_text("lama")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "K544 keluar.parquet\n" == done.stdout, done.stderr
    assert "lama" == Path("keluar.parquet").read_text()
    assert ["keluar.parquet", "masuk.parquet"] == sorted(each.name for each in Path().iterdir())


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_whoever_waits_may_stop(engine: files.Engine, evaluator: kinerja.Evaluator) -> None:
    """What is raised where a run is waited for stops it, and comes out when nothing is left of it."""
    found = pl.DataFrame([GOOD] * 1000)
    pl.concat([found] * 1500).with_columns(desa=pl.int_range(1_500_000).hash()).write_parquet("masuk.parquet")
    with pytest.raises(Enough):
        files.score("masuk.parquet", "keluar.parquet", evaluator=evaluator, engine=engine, watch=Impatient())
    assert ["masuk.parquet"] == sorted(each.name for each in Path().iterdir())


class Enough(Exception):
    """What ends the waiting for a run."""


class Impatient(files.Watch):
    """Somebody who waits no longer than until the first look."""

    def look(self) -> None:
        raise Enough


def test_an_engine_is_stopped_until_it_stops() -> None:
    """One that has nothing to stop yet, or nothing any more, is asked again."""
    watch, asked, heard = Impatient(), list[int](), threading.Event()

    def cancel() -> None:
        asked.append(1)
        if len(asked) == 3:
            heard.set()
        raise RuntimeError

    def work() -> files.Scored:
        heard.wait()
        raise jobs.Stopped

    watch.cancel = cancel
    with pytest.raises(Enough):
        jobs.waited(work, watch)
    assert heard.is_set()


def test_a_run_that_is_stopped_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal at the very start: nothing is waited for, and the work is not begun behind its back."""
    late = list[threading.Thread]()

    def start(thread: threading.Thread) -> None:
        late.append(thread)
        raise Enough

    done = list[int]()

    def work() -> files.Scored:
        done.append(1)
        raise jobs.Stopped

    monkeypatch.setattr(threading.Thread, "start", start)
    with pytest.raises(Enough):
        jobs.waited(work, files.Watch())
    late[0].run()
    assert [] == done


def test_problems_stand_in_the_order_of_the_columns(evaluator: kinerja.Evaluator) -> None:
    """As in a table, whichever way a row goes."""
    head, rest = "rapat.kali,foto.penuh,foto.nol,jenis,panjang,aktif", "true,,x,-1,true"
    path = table(f"{head}\n100,{rest}\n0.000,{rest}\n")
    files.score(path, "keluar.parquet", evaluator=evaluator)
    told = pl.read_parquet("keluar.parquet")["problems"].to_list()
    by_row = read_table(path.read_text(), name="t", evaluator=evaluator)
    expected = [in_cell(evaluator.evaluate(row.sheet).outcome.problems, "en") for row in by_row]
    assert expected == told


def test_a_run_that_is_stopped_goes_no_further() -> None:
    """Between two pieces a run looks whether it is still waited for."""
    watch = files.Watch()
    watch.went_on(rows=3, part=0.5)
    watch.is_stopped = True
    with pytest.raises(jobs.Stopped):
        watch.went_on(rows=1)
    assert (4, 0.5) == (watch.rows, watch.part)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_command_that_is_interrupted(sent: signal.Signals, code: int) -> None:
    """Ctrl-C and a scheduler's end: one line, the exit code of the signal, and no file."""
    Path("contoh.yaml").write_text(RUBRIC)
    found = pl.DataFrame([GOOD] * 1000)
    pl.concat([found] * 10_000).with_columns(desa=pl.int_range(10_000_000).hash()).write_parquet(
        "masuk.parquet"
    )
    command = [
        sys.executable,
        "-m",
        "kinerja",
        "score",
        "contoh.yaml",
        "masuk.parquet",
        "-o",
        "keluar.parquet",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not left() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(sent)
        _, said = process.communicate(timeout=60)
    assert 'galat K640: dihentikan sebelum selesai; tidak ada yang ditulis ke "keluar.parquet"\n' == said
    assert code == process.returncode
    assert ["contoh.yaml", "masuk.parquet"] == sorted(each.name for each in Path().iterdir())


@pytest.mark.parametrize("wait", [0.3, 0.7])
def test_a_command_that_is_interrupted_in_a_table(wait: float) -> None:
    """Also while a thread of the engine reads a CSV, which is waited for: the program is not aborted."""
    Path("contoh.yaml").write_text(RUBRIC)
    table(HEAD + ROW * 4_000_000)
    command = [sys.executable, "-m", "kinerja", "score", "contoh.yaml", "masuk.csv", "-o", "keluar.parquet"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not left() and process.poll() is None:
            time.sleep(0.02)
        time.sleep(wait)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert 'galat K640: dihentikan sebelum selesai; tidak ada yang ditulis ke "keluar.parquet"\n' == said
    assert 143 == process.returncode
    assert ["contoh.yaml", "masuk.csv"] == sorted(each.name for each in Path().iterdir())


def test_a_fault_waits_for_the_threads_of_the_engine(evaluator: kinerja.Evaluator) -> None:
    """It comes out when none of them is in a function of ours any more, and stops the run."""
    within, inside, told = _with_polars._Within(), threading.Event(), list[str]()
    job = jobs.Job(
        inputs=(),
        output=Path("x"),
        ending=".csv",
        evaluator=evaluator,
        locale=None,
        on=None,
        language="en",
        watch=files.Watch(),
    )

    def work() -> None:
        with within:
            inside.set()
            while not job.watch.is_stopped:
                time.sleep(0.01)
            told.append("thread")

    thread = threading.Thread(target=work)
    thread.start()
    inside.wait()
    with pytest.raises(KeyError), within.left(job):
        raise KeyError("x")
    told.append("fault")
    thread.join()
    assert ["thread", "fault"] == told


def test_memory_does_not_grow_with_a_table() -> None:
    """A CSV of three times the length takes hardly more memory."""
    program = f"""
import resource, sys, kinerja
from kinerja import files
from kinerja.files import texts
texts.BLOCK = 1_000_000
evaluator = kinerja.Evaluator(kinerja.loads({RUBRIC!r}))
with open("masuk.csv", "w") as file:
    file.write("desa,jenis,panjang,aktif,rapat.kali\\n")
    for n in range(int(sys.argv[1])):
        file.write(f"{{n}} {{'x' * 150}},a,{{n % 10000 / 100}},true,12\\n")
files.score("masuk.csv", "keluar.parquet", evaluator=evaluator)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    peaks = [
        int(
            subprocess.run(
                [sys.executable, "-c", program, count], capture_output=True, text=True, check=True
            ).stdout
        )
        for count in ("150000", "600000")
    ]
    # The larger one is 80 MB longer.
    assert peaks[1] - peaks[0] < 60_000, peaks


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        ("while reading file file://{folder}/b%5B1%5D.parquet.", "b[1].parquet"),
        ("while reading file file://{folder}/c.parquet/part-0.parquet.", "c.parquet"),
        ("{folder}/a.parquet is not like {folder}/c.parquet", None),
        ("task 1 failed", None),
    ],
)
def test_the_file_that_an_engine_blames(problem: str, expected: str | None) -> None:
    """The one that it names, however it writes the name; none where it names none, or two."""
    paths = [Path("a.parquet"), Path("b[1].parquet"), Path("c.parquet")]
    found = parquet.blamed(paths, problem.format(folder=Path.cwd()))
    assert (expected and Path(expected)) == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.parquet", "a.parquet"),
        ("_a=1.parquet", "_a=1.parquet"),
        ("a*.parquet", r"a\*.parquet"),
        ("a?[1]{b,c}\\.parquet", r"a\?\[1\]\{b,c\}\\.parquet"),
        (".bagian/a.parquet", ".bagian/a.parquet"),
        ("x:y/a.parquet", "x:y/a.parquet"),
        (".a.parquet", None),
        ("_a.parquet", None),
        ("a:b.parquet", None),
        ("x:y/a[1].parquet", None),
    ],
)
def test_names_in_spark(name: str, expected: str | None) -> None:
    """Each means one file and no other; those that Spark passes over, or cannot open, are refused."""
    with nullcontext() if expected else pytest.raises(UsageError, match="K650"):
        assert f"{Path.cwd()}/{expected}" == parquet.in_hadoop(Path(name))


def test_folders_in_spark(evaluator: kinerja.Evaluator) -> None:
    """A folder of parts may have a name that no file may have; one to write into is refused before anything runs."""
    for name in ("_a.parquet", "a:b.parquet", "x:y[1]"):
        Path(name).mkdir()
    for name in ("_a.parquet", "a:b.parquet"):
        assert f"{Path.cwd()}/{name}" == parquet.in_hadoop(Path(name))
    with pytest.raises(UsageError, match='K650: Spark passes over "x:y'):
        files.score(frame({}), "x:y[1]/keluar.parquet", evaluator=evaluator, engine="spark")


def test_what_a_failing_disk_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the disk that is none of being full is told as one of reading."""
    with pytest.raises(UsageError, match="K647"), _with_polars._ours([Path("x.parquet")]):
        raise OSError("Input/output error (os error 5)")
    with pytest.raises(OSError, match="No space"), _with_polars._ours([Path("x.parquet")]):
        raise OSError("No space left on device (os error 28)")
    with pytest.raises(OSError, match="not write"), _with_duckdb._ours([Path("x.parquet")]):
        raise duckdb.IOException("Could not write all bytes")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with pytest.raises(OSError, match="No space") as caught, _with_duckdb._ours([Path("x")]):
        raise duckdb.IOException(f'Async write failed: {{"message":"{full.strerror}"}}')
    assert full.args == caught.value.args
