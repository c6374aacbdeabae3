"""Tables of sheets: what a cell means, what is refused and where, and what is written."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import json
import os
import pickle
import stat
import subprocess
import sys
import weakref
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja import SheetError, UsageError, tables
from kinerja.errors import Diagnostic, Fault
from kinerja.language import documents
from kinerja.numbers import Unread
from kinerja.sheets import Entry, Written
from kinerja.tables import (
    in_cell,
    load_table,
    read_table,
    repeated,
    safe_cell,
    who,
    write_csv,
    write_jsonl,
    writes_to,
)
from kinerja.trail import Trail

#: A fact of each kind, a stated score, an answer that may not apply, grades inside and outside, awards of each sort.
RUBRIC = """\
kinerja: 1
id: desa
combine: sum
facts:
  lokasi: {kind: choice, options: {kumuh: Kumuh, "2": Dua}}
indicators:
  lorong:
    combine: sum
    grades: {rendah: {when: "< 5"}, tinggi: {when: ">= 5"}}
    indicators:
      panjang: {measure: {in: "[0..2000]", unit: m}, bands: {2: {when: "> 40"}, 1: {when: "<= 40"}}}
      foto:
        otherwise: 0
        ladder: {nol: 1, separuh: 2, penuh: {score: 4, text: ""}}
  aktif: {levels: {true: 1, false: 0}}
  letak: {levels: {kumuh: 1, "2": 2}}
  iuran: {may-not-apply: true, direct: {in: "[-10..10]"}}
grades:
  kurang: {when: "< 5", awards: {piagam: {text: "-"}}}
  cukup: {when: "[5..7]", awards: {insentif: {from: 100, to: 200, currency: IDR}}}
  baik: {title: Baik, when: "> 7", awards: {bonus: {amount: 250000, currency: IDR}, piagam: {text: "Piagam"}}}
"""

FOTO = ("lorong.foto.nol", "lorong.foto.separuh", "lorong.foto.penuh")
HEADER = ("id", "lorong.panjang", *FOTO, "aktif", "letak", "iuran")
GOOD = ("a", "41", "true", "true", "false", "true", "kumuh", "1")


@pytest.fixture(scope="module", name="evaluator")
def _evaluator() -> kinerja.Evaluator:
    return kinerja.Evaluator(kinerja.loads(RUBRIC))


def text_of(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    """A CSV text as a spreadsheet would save it."""
    return "".join(delimiter.join(row) + "\n" for row in rows)


def table_of(text: str | bytes, evaluator: kinerja.Evaluator, **options: Any) -> tables.Table:
    """A table that is called t.csv."""
    return read_table(text, name="t.csv", evaluator=evaluator, **options)


def row_of(evaluator: kinerja.Evaluator, column: str, cell: str, **options: Any) -> tables.Row:
    """The row of a table with one column beside the id."""
    text = text_of(("id", column), ("a", cell), delimiter=";")
    (row,) = table_of(text, evaluator, **options)
    return row


def refused(text: str | bytes, evaluator: kinerja.Evaluator) -> list[str]:
    """The codes and places of what is wrong with the form of a table."""
    with pytest.raises(SheetError) as caught:
        table_of(text, evaluator)
    assert caught.value.render("id")
    return [f"{each.code} {each.place}" for each in caught.value.diagnostics]


def problems(row: tables.Row, evaluator: kinerja.Evaluator) -> list[str]:
    """The codes and places of what is wrong with a row, but for the answers that are missing."""
    found = row.problems(evaluator.evaluate(row.sheet))
    return [f"{each.code} {each.place}" for each in found if each.code != "K330"]


def scored(table: tables.Table, evaluator: kinerja.Evaluator) -> Iterator[tuple[kinerja.Sheet, Any]]:
    """Each row with its result, one at a time."""
    for row in table:
        yield row.sheet, evaluator.evaluate(row.sheet)


def written(evaluator: kinerja.Evaluator, path: Path, text: str, **options: Any) -> list[dict[str, str]]:
    """The rows of the results of a table, as a program reads them."""
    table = table_of(text, evaluator)
    write_csv(path, scored(table, evaluator), evaluator=evaluator, subjects=table.subjects, **options)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text,
        lambda text: text.replace(",", ";"),
        lambda text: "\ufeff" + text,
        lambda text: ("\ufeff" + text).encode(),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.rstrip("\n"),
        lambda text: "\n\n" + text.replace("\n", "\n \n,,,,,,,\n"),
        lambda text: text.replace("a,", '"a",').replace("kumuh", '"kumuh"'),
        lambda text: text.replace("true", "TRUE").replace("false", " False "),
    ],
    ids=[
        "plain",
        "semicolon",
        "bom",
        "bytes-with-bom",
        "crlf",
        "cr",
        "no-last-line",
        "blank-rows",
        "quoted",
        "words-of-excel",
    ],
)
def test_what_spreadsheets_do_to_a_file_changes_nothing(spoil: Any, evaluator: kinerja.Evaluator) -> None:
    """Separator, byte order mark, line ends, quotes, empty rows and capitals of true leave the sheet equal."""
    (row,) = table_of(spoil(text_of(HEADER, GOOD)), evaluator)
    (plain,) = table_of(text_of(HEADER, GOOD), evaluator)
    assert plain.sheet == row.sheet
    assert ("a", "", "self") == row.who == who(row.sheet)
    assert "complete" == evaluator.evaluate(row.sheet).status


def test_a_quoted_cell_holds_anything(evaluator: kinerja.Evaluator) -> None:
    """Separators, quotes and line breaks in a quoted cell belong to it, and the places behind it stay right."""
    text = 'id,note,"lorong.panjang"\n"a","satu; ""dua"",\r\ntiga",x\nb 5"",,"12"\n'
    first, second = table_of(text, evaluator)
    assert 'satu; "dua",\ntiga' == first.sheet.note
    assert ["K130 t.csv:3:7"] == problems(first, evaluator)
    assert (4, 'b 5""') == (second.line, second.sheet.subject["id"])
    assert {"lorong.panjang": Written("12")} == dict(second.sheet.facts)


def test_the_header_decides_the_separator(evaluator: kinerja.Evaluator) -> None:
    """The separator that cuts the header into more cells is meant, whatever stands in quotes."""
    (row,) = table_of('"subject.a,b,c";id;note\n1;2;3,4\n', evaluator)
    assert {"a,b,c": "1", "id": "2"} == dict(row.sheet.subject)
    assert "3,4" == row.sheet.note


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["K531 t.csv:1:1"]),
        ("\ufeff\n \n", ["K531 t.csv:1:1"]),
        ("id,aktif\n", ["K531 t.csv:1:1"]),
        ("id,aktif\n,\n\n , \n", ["K531 t.csv:1:1"]),
        ('id,aktif\n"",""\n', ["K531 t.csv:1:1"]),
        (b"id\nCaf\xe9\n", ["K003 t.csv:2:1"]),
        ("id\na\n".encode("utf-16"), ["K003 t.csv:1:1"]),
        ("id\na\nb\0\n", ["K004 t.csv:3:2"]),
        ("id\nsuka\u200bmerdu\n", ["K004 t.csv:2:5"]),
        ('id,note\na,"x\n', ["K014 t.csv:2:3"]),
        ('id,note\na,"x"y\n', ["K029 t.csv:2:6"]),
        ("id,note\na\nb,c\nd,e,f\n", ["K532 t.csv:2:1", "K532 t.csv:4:1"]),
        ("id,aktiv,,lorong,Letak\na,,,,\n", ["K533 t.csv:1:4", "K533 t.csv:1:11", "K533 t.csv:1:18"]),
        ("id,aktif,subject.id, aktif\na,,,\n", ["K534 t.csv:1:10", "K534 t.csv:1:21"]),
        ('id,"a\nb",c\n1,2,3\n', ["K533 t.csv:1:4", "K533 t.csv:2:4"]),
        ("id,lorong.foto\na,nol\n", ["K533 t.csv:1:4"]),
        ("id,lorong.foto.nol\na,true\n", ["K538 t.csv:1:1"]),
        ("id,,\na,,\nb,,x\n", ["K540 t.csv:3:4"]),
        ("id,date\na,2017-05-31\nb,31/05/2017\nc,20170531\n", ["K114 t.csv:3:3", "K114 t.csv:4:3"]),
        ("id\n1\n2\n1\n", ["K536 t.csv:4:1"]),
        (",".join(f"k{n}" for n in range(100_000)) + "\n", ["K541 t.csv:1:10891"]),
        ("id\nx" + "," * 5_000 + "\n", ["K541 t.csv:2:2002"]),
        ("id\n" + "x\n" * 100_001, ["K542 t.csv:100002:1"]),
        ("x" * 20_000_001, ["K002 t.csv:1:1"]),
    ],
)
def test_a_table_that_is_none(text: str | bytes, told: list[str], evaluator: kinerja.Evaluator) -> None:
    """What is wrong with the form of a table is told with its places, all of a stage at once, before any result."""
    assert told == refused(text, evaluator)


def test_thousands_of_faults_are_not_all_told(evaluator: kinerja.Evaluator) -> None:
    """The first hundred stand one by one, then how many more were found at least."""
    told = refused("id\n" + "1,2\n" * 5_000, evaluator)
    assert 101 == len(told)
    assert ["K532 t.csv:101:1", "K543 None"] == told[-2:]
    assert 101 == len(refused(",".join(f"kolom{n}" for n in range(1_000)) + "\n", evaluator))


def test_no_lines_of_a_large_table_are_shown(evaluator: kinerja.Evaluator) -> None:
    """Of a table of megabytes the place is told, without the line."""
    for size, lines in ((10, 5), (3_000_000, 2)):
        with pytest.raises(SheetError) as caught:
            table_of(f"id\n{'x' * size}\na,b\n", evaluator)
        assert lines == len(caught.value.render().splitlines())


def test_a_long_name_is_compared_with_none(evaluator: kinerja.Evaluator) -> None:
    """A column with a name of thousands of characters is refused without a search for what it may mean."""
    with pytest.raises(SheetError) as caught:
        table_of(",".join("lorong.panjang" * 700 + str(n) for n in range(1_000)) + "\n", evaluator)
    assert {""} == {each.values.get("suggestion", "") for each in caught.value.diagnostics}


def test_a_misspelt_column_is_guessed(evaluator: kinerja.Evaluator) -> None:
    """The nearest column that the rubric knows is asked for; also an option for its set."""
    with pytest.raises(SheetError) as caught:
        table_of("id,lorong.panjng,lorong.foto\na,,\n", evaluator)
    hints = [each.values["suggestion"] for each in caught.value.diagnostics]
    assert ["lorong.panjang", "lorong.foto.nol"] == hints


@pytest.mark.parametrize("text", ["id\n" + "x" * 200_000 + "\n", "id\n" + '"' + "x\n" * 100_000 + '"\n'])
def test_a_long_cell_is_only_long(text: str, evaluator: kinerja.Evaluator) -> None:
    """A cell beyond what Python's csv module takes is read like any other."""
    (row,) = table_of(text, evaluator)
    assert 199_999 <= len(row.sheet.subject["id"]) <= 200_000


def test_a_million_blank_lines_are_no_rows(evaluator: kinerja.Evaluator) -> None:
    """Blank lines cost next to nothing and do not count."""
    (row,) = table_of("id\n" + " \n" * 1_000_000 + "a", evaluator)
    assert 1_000_002 == row.line


def test_forbidden_characters_are_those_of_documents() -> None:
    """A table refuses the characters that a sheet refuses."""
    assert documents._FORBIDDEN.pattern == tables.FORBIDDEN.pattern


@given(st.text(alphabet=st.sampled_from('ab1,;"\n\r \t.=-\0é' + "\ufeff"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text ends in anything but a table or a `SheetError`; each row has a result and a place."""
    evaluator = kinerja.Evaluator(kinerja.loads(RUBRIC))
    for locale in (None, "id"):
        with suppress(SheetError):
            table = read_table(
                "id,lorong.panjang,note\n" + text, name="t", evaluator=evaluator, locale=locale
            )
            assert len(table) == len(list(table)) > 0
            for row in table:
                row.problems(evaluator.evaluate(row.sheet))
            list(table.changes())


@given(
    st.lists(st.tuples(st.text("a,;\"\n' =é", min_size=1), st.text('b,;"\n x')), min_size=1),
    st.sampled_from(",;"),
)
def test_what_python_writes_is_read_back(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Cells that the csv module has written are the cells that are read, and each stands where its place says."""
    evaluator = kinerja.Evaluator(kinerja.loads(RUBRIC))
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("subject.x", "note"), *rows, ("last", "")])
    table = table_of(file.getvalue(), evaluator)
    expected = [tuple(cell.strip() for cell in row) for row in (*rows, ("last", ""))]
    assert [row for row in expected if any(row)] == [row.cells for row in table]
    for row in table:
        for number in range(2):
            place = row.at(number)
            assert '"' == table.source.text.split("\n")[place.line - 1][place.column - 1]


# --- what a cell means


def test_every_sort_of_column(evaluator: kinerja.Evaluator) -> None:
    """Facts of each kind, options, stated scores, the words beside a fact, about the subject and the sheet."""
    header = (*HEADER[1:-1], "lorong.panjang.by", "lorong.foto.note", "iuran.not-applicable")
    header += ("subject.nama", "subject.id", "period", "date", "basis", "note", "")
    cells = (*GOOD[1:-1], "lpm", "album", "pulau", "RT 01", "a", "2017-05", "2017-05-31", "kota", "n", "")
    (row,) = table_of(text_of(header, cells), evaluator)
    expected = kinerja.Sheet(
        facts={
            "lorong.panjang": Entry(value=Written("41"), by="lpm"),
            "aktif": Written("true"),
            "letak": Written("kumuh"),
            "lorong.foto": Entry(value=["nol", "separuh"], note="album"),
            "iuran": Entry(not_applicable="pulau"),
        },
        subject={"nama": "RT 01", "id": "a"},
        period="2017-05",
        date=dt.date(2017, 5, 31),
        basis="kota",
        note="n",
    )
    assert expected == row.sheet
    assert "t.csv:2" == row.sheet.name
    assert ("a", "2017-05", "kota") == row.who == who(row.sheet)
    result = evaluator.evaluate(row.sheet).complete()
    assert 6 == result.total
    assert "pulau" == result["iuran"].reason


def test_a_stated_score(evaluator: kinerja.Evaluator) -> None:
    """`PATH.score` states a score, in the writing of the locale; one that cannot be is a problem of the row."""
    node = evaluator.evaluate(row_of(evaluator, "iuran.score", "-2,5", locale="id").sheet)["iuran"]
    assert (Fraction(-5, 2), True) == (node.score, node.stated)
    assert ["K148 t.csv:2:3"] == problems(row_of(evaluator, "iuran.score", "2.5", locale="id"), evaluator)
    assert ["K310 t.csv:2:3"] == problems(row_of(evaluator, "lorong.panjang.score", "3"), evaluator)


def test_the_facts_of_a_rubric_come_first() -> None:
    """A fact that is called like a word beside another, or about the sheet, is a column of its own."""
    rubric = kinerja.loads("""\
kinerja: 1
id: nama
combine: sum
facts: {period: {}, x: {kind: set, options: {by: A, b: B}}}
indicators:
  a: {measure: {}, bands: {1: {when: "> 0"}, 0: {when: "<= 0"}}}
  b: {ladder: {c: {score: 1, text: ""}}, otherwise: 0}
  d: {formula: "period"}
""")
    evaluator = kinerja.Evaluator(rubric)
    (row,) = table_of("id,period,a,x.by,x.b,b.by,b.c\nx,1,2,true,false,y,true\n", evaluator)
    assert {"period": "1", "a": "2", "x": ["by"], "b": Entry(value=["c"], by="y")} == dict(row.sheet.facts)


def test_an_empty_cell_says_nothing(evaluator: kinerja.Evaluator) -> None:
    """An empty cell is no answer, never zero and never false; a row of them still has its result."""
    (row,) = table_of(text_of(HEADER, ("a", *[" "] * 7)), evaluator)
    assert {} == dict(row.sheet.facts)
    result = evaluator.evaluate(row.sheet)
    assert "incomplete" == result.status
    places = {each.values["name"]: str(each.place) for each in row.problems(result)}
    assert "t.csv:2:3" == places["lorong.panjang"]
    assert "t.csv:2:5" == places["lorong.foto"]


def test_a_missing_column_is_told_at_its_row(evaluator: kinerja.Evaluator) -> None:
    """What has no cell is told where its row begins."""
    (row,) = table_of("id\n\n\na\n", evaluator)
    assert {"t.csv:4:1"} == {str(each.place) for each in row.problems(evaluator.evaluate(row.sheet))}


@pytest.mark.parametrize(
    ("locale", "cell", "value"),
    [
        ("id", "12,5", Fraction(25, 2)),
        ("id", "1.250", Fraction(1250)),
        ("id", "1.250,5", Fraction(2501, 2)),
        ("en", "12.5", Fraction(25, 2)),
        ("en", "1,250", Fraction(1250)),
        (None, "12.5", Fraction(25, 2)),
        (None, "0.125", Fraction(1, 8)),
    ],
)
def test_a_number_by_its_locale(
    locale: Any, cell: str, value: Fraction, evaluator: kinerja.Evaluator
) -> None:
    """A locale decides what the separators mean; without one, numbers are those of a rubric."""
    row = row_of(evaluator, "lorong.panjang", cell, locale=locale)
    figure = evaluator.evaluate(row.sheet)["lorong.panjang"].facts["lorong.panjang"].figure
    assert value == figure


@pytest.mark.parametrize(
    ("column", "cell", "locale", "code"),
    [
        ("lorong.panjang", "1.250", None, "K537"),
        ("lorong.panjang", "12,5", None, "K131"),
        ("lorong.panjang", "banyak", None, "K130"),
        ("lorong.panjang", "12.5", "id", "K148"),
        ("lorong.panjang", "1.25", "id", "K148"),
        ("lorong.panjang", "12,5", "en", "K148"),
        ("lorong.panjang", "Rp1.250", "id", "K149"),
        ("lorong.panjang", "40%", "id", "K149"),
        ("lorong.panjang", "5.000", "id", "K303"),
        ("lorong.panjang", "９", "id", "K138"),
        ("iuran.score", "1.250", None, "K537"),
        ("aktif", "ya", "id", "K306"),
        ("letak", "Kumuh", "id", "K305"),
        ("letak", "2.000", "id", "K305"),
        ("iuran.unit", "m", None, "K308"),
    ],
)
def test_a_cell_that_cannot_be_read(
    column: str, cell: str, locale: Any, code: str, evaluator: kinerja.Evaluator
) -> None:
    """Unclear or unusable text is a problem of its row, with the place of its cell; nothing is guessed."""
    row = row_of(evaluator, column, cell, locale=locale)
    assert "invalid" == evaluator.evaluate(row.sheet).status
    assert [f"{code} t.csv:2:3"] == problems(row, evaluator)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        (("true", "", "false"), ["K539 t.csv:2:8"]),
        (("true", "x", "false"), ["K306 t.csv:2:8"]),
        (("", "1", ""), ["K539 t.csv:2:3"]),
        (("false", "false", "false"), []),
    ],
)
def test_a_set_says_all_of_itself(
    answers: tuple[str, ...], told: list[str], evaluator: kinerja.Evaluator
) -> None:
    """Each option of a set is answered by true or false, or none is; the problem is told at the column it is in."""
    (row,) = table_of(text_of(("id", *FOTO), ("a", *answers)), evaluator)
    assert told == problems(row, evaluator)


def test_a_trail_keeps_the_text_that_was_refused(evaluator: kinerja.Evaluator) -> None:
    """The result of a row holds what stood in the cell, and why it was refused, and comes back from JSON."""
    row = row_of(evaluator, "lorong.panjang", "1.250")
    trail = evaluator.evaluate(row.sheet).trail
    assert "1.250" == trail.nodes["lorong.panjang"].facts["lorong.panjang"].value
    assert trail == Trail.from_json(trail.to_json())
    assert row.sheet == pickle.loads(pickle.dumps(row.sheet))


def test_text_that_was_refused_can_be_sent_elsewhere() -> None:
    """Unread text keeps its fault through pickle."""
    there = pickle.loads(pickle.dumps(Unread("x", Fault("K149", text="x"))))
    assert ("x", "K149") == (there, there.fault.code)


def test_what_was_read_differently_is_told(evaluator: kinerja.Evaluator) -> None:
    """Each number that a rubric would write otherwise, with its cell; what is the same or refused is none."""
    rows = [("a", "12,5", "1"), ("b", "1.250", "2,0"), ("c", "12.5", ""), ("d", "7", "-3")]
    table = table_of(text_of(("id", "lorong.panjang", "iuran"), *rows, delimiter=";"), evaluator, locale="id")
    told = [f"{each.place} {each.message('en')}" for each in table.changes()]
    assert [
        't.csv:2:3 lorong.panjang: "12,5" was read as 12.5',
        't.csv:3:3 lorong.panjang: "1.250" was read as 1250',
        't.csv:3:9 iuran: "2,0" was read as 2',
    ] == told
    assert [] == list(table_of("id,iuran\na,5\n", evaluator).changes())


def test_the_day_of_rows_without_a_date(evaluator: kinerja.Evaluator) -> None:
    """`on` is the day of the rows that have none."""
    day = dt.date(2020, 1, 2)
    first, second = table_of("id,date\na,2017-05-31\nb,\n", evaluator, on=day)
    assert [dt.date(2017, 5, 31), day] == [first.sheet.date, second.sheet.date]


@pytest.mark.parametrize(
    ("header", "first", "second", "twice"),
    [
        ("id,period", "a,2017", "a,2017", True),
        ("id,period", "a,2017", "a,2018", False),
        ("id,period,basis", "a,2017,self", "a,2017,", True),
        ("id,period,basis", "a,2017,kota", "a,2017,", False),
        ("id,date", "a,2017-01-01", "a,2017-02-01", False),
        ("id,period,date", "a,2017,2017-01-01", "a,2017,2017-02-01", True),
        ("subject.nama", "a", "a", False),
    ],
)
def test_a_subject_has_one_sheet_in_a_period(
    header: str, first: str, second: str, twice: bool, evaluator: kinerja.Evaluator
) -> None:
    """The same subject, period and basis twice is refused, and both rows are named."""
    text = "\n".join([header, first, "x" * header.count("id") + second[1:].replace("a", "x", 1), second])
    if not twice:
        assert 3 == len(table_of(text, evaluator)) if "id" in header else True
        return
    with pytest.raises(SheetError) as caught:
        table_of(text, evaluator)
    (found,) = caught.value.diagnostics
    assert ("K536", "t.csv:4:1", "t.csv:2") == (found.code, str(found.place), found.values["first"])


def test_the_same_subject_in_two_files(evaluator: kinerja.Evaluator) -> None:
    """`repeated` asks across tables as well; a sheet without an id is nobody's."""
    one, other = (read_table("id\na\n", name=name, evaluator=evaluator) for name in ("satu.csv", "dua.csv"))
    (found,) = repeated((row.who, row.place) for table in (one, other) for row in table)
    assert ("dua.csv:2:1", "satu.csv:2") == (str(found.place), found.values["first"])
    assert ("", "2017-05-31", "self") == who(kinerja.Sheet(facts={}, date=dt.date(2017, 5, 31)))


def test_a_table_from_a_file(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """`load_table` reads a file; what is none is the caller's mistake."""
    path = tmp_path / "t.csv"
    path.write_bytes(b"\xef\xbb\xbfid\r\na\r\n")
    table = load_table(str(path), evaluator=evaluator)
    assert (str(path), ("id",), 1) == (table.name, table.subjects, len(table))
    for name, code in ((tmp_path, "K519"), (tmp_path / "tiada.csv", "K518"), ("x" * 5_000, "K502")):
        with pytest.raises(UsageError) as caught:
            load_table(name, evaluator=evaluator)
        assert code == caught.value.diagnostics[0].code


# --- results


def test_results_as_csv(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """A row for each sheet, in its order: status, exact total, grade, awards, scores, and what is wrong."""
    header = ("subject.nama", *HEADER, "period", "date")
    rows = [
        ("N", "a", "41", "true", "true", "true", "true", "kumuh", "1/3", "2017", "2017-05-31"),
        ("", "b", "x", *[""] * 6, "", ""),
        ("", "c", *GOOD[1:], "", ""),
        ("", "d", "1", "false", "false", "false", "false", "2", "-1", "", ""),
    ]
    found = written(evaluator, tmp_path / "h.csv", text_of(header, *rows), language="id")
    first = {
        "subject.nama": "N",
        "subject.id": "a",
        "period": "2017",
        "date": "2017-05-31",
        "basis": "self",
        "status": "complete",
        "total": "25/3",
        "total.shown": "8,33",
        "grade": "baik",
        "awards.piagam": "Piagam",
        "awards.insentif.from": "",
        "awards.insentif.to": "",
        "awards.bonus": "250000",
        "lorong.score": "6",
        "lorong.panjang.score": "2",
        "lorong.foto.score": "4",
        "aktif.score": "1",
        "letak.score": "1",
        "iuran.score": "1/3",
        "lorong.grade": "tinggi",
        "problems": "",
    }
    assert first == {**found[0], "total.shown": "8,33"}
    assert ["a", "b", "c", "d"] == [row["subject.id"] for row in found]
    assert ["complete", "invalid", "complete", "complete"] == [row["status"] for row in found]
    assert ("", "", "") == tuple(found[1][key] for key in ("total", "total.shown", "grade"))
    assert found[1]["problems"].startswith('K130 lorong.panjang: "x" bukan bilangan; K330 "lorong.foto" ')
    assert ("100", "200") == (found[2]["awards.insentif.from"], found[2]["awards.insentif.to"])
    assert ("-1", "'-") == (found[3]["iuran.score"], found[3]["awards.piagam"])


def test_results_of_a_rubric_without_grades(tmp_path: Path) -> None:
    """What a rubric does not have gets no column; a sheet that gives no total leaves its cell empty."""
    rubric = "kinerja: 1\nid: x\ncombine: sum\nindicators: {a: {levels: {ya: 1, tidak: {score: none, because: b}}}}"
    evaluator = kinerja.Evaluator(kinerja.loads(rubric))
    found = written(evaluator, tmp_path / "h.csv", "a\ntidak\nya\n")
    assert [("complete", ""), ("complete", "1")] == [(row["status"], row["total"]) for row in found]
    assert "period,date,basis,status,total,total.shown,grade,a.score,problems" == ",".join(found[0])


def test_a_group_that_does_not_apply_leaves_its_cells_empty(tmp_path: Path) -> None:
    """The nodes of a group that does not apply have no score and no grade."""
    rubric = """\
kinerja: 1
id: x
combine: mean
facts: {f: {kind: yes-no}}
indicators:
  g: {applies: {f: true}, combine: sum, indicators: {h: {combine: sum, indicators: {i: {direct: {in: ">= 0"}}},
      grades: {ada: {when: ">= 0"}}}}}
  j: {direct: {in: ">= 0"}}
"""
    evaluator = kinerja.Evaluator(kinerja.loads(rubric))
    (row,) = written(evaluator, tmp_path / "h.csv", "f,j\nfalse,3\n")
    assert ("complete", "", "", "3") == tuple(
        row[key] for key in ("status", "g.h.score", "g.h.grade", "j.score")
    )


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_text_is_a_formula(text: str, tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """Text that a spreadsheet would compute stands behind an apostrophe, in cells and headers; numbers stay."""
    assert f"'{text}" == safe_cell(text)
    sheet = kinerja.Sheet(facts={"iuran": -5}, subject={"id": text}, period=text, basis=text)
    path = tmp_path / "h.csv"
    write_csv(path, [(sheet, evaluator.evaluate(sheet))], evaluator=evaluator)
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert {f"'{text}"} == {row["subject.id"], row["period"], row["basis"]}
    assert "-5" == row["iuran.score"]


def test_results_as_json_lines(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """One trail a line, each whole, in the order of the rows."""
    table = table_of(text_of(HEADER, GOOD, ("b", *GOOD[1:])), evaluator)
    write_jsonl(tmp_path / "h.jsonl", scored(table, evaluator))
    trails = [Trail.from_json(line) for line in (tmp_path / "h.jsonl").read_text("utf-8").splitlines()]
    assert [evaluator.evaluate(row.sheet).trail for row in table] == trails


def test_what_no_encoding_takes_is_still_written(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """A lone surrogate from Python is written by its number; in JSON that is the same text."""
    sheet = kinerja.Sheet(facts={}, subject={"id": "\ud800"})
    for write, options in ((write_csv, {"evaluator": evaluator}), (write_jsonl, {})):
        write(tmp_path / "h", [(sheet, evaluator.evaluate(sheet))], **options)  # type: ignore[operator]
        assert "\\ud800" in (tmp_path / "h").read_text("utf-8")
    assert "\ud800" == json.loads((tmp_path / "h").read_text("utf-8"))["subject"]["id"]


def test_results_are_let_go_of(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """However many results there are, only the last few are in memory."""
    alive: set[int] = set()
    most = 0

    def results() -> Iterator[tuple[kinerja.Sheet, Any]]:
        nonlocal most
        for number in range(50):
            result = evaluator.evaluate({"iuran": 1})
            alive.add(number)
            weakref.finalize(result, alive.discard, number)
            most = max(most, len(alive))
            yield kinerja.Sheet(facts={}), result

    for write, options in ((write_csv, {"evaluator": evaluator}), (write_jsonl, {})):
        assert 50 == sum(write(tmp_path / "h", results(), **options).statuses.values())  # type: ignore[operator]
    assert most <= 3


def test_what_was_written_is_counted(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """How many of each status, and of each grade among the complete ones; the same for both formats."""
    table = table_of(text_of(HEADER, GOOD, ("b", *GOOD[1:-1], ""), ("c", "x", *GOOD[2:])), evaluator)
    tally = write_jsonl(tmp_path / "h", scored(table, evaluator))
    assert {"complete": 1, "incomplete": 1, "invalid": 1} == tally.statuses
    assert {"cukup": 1} == tally.grades
    assert tally == write_csv(tmp_path / "h", scored(table, evaluator), evaluator=evaluator)


@pytest.mark.parametrize(
    ("diagnostic", "expected"),
    [
        (Diagnostic("K130", ("a",), {"name": "a", "text": "x"}), 'K130 a: "x" is not a number'),
        (Diagnostic("K330", ("a",), {"name": "a"}), 'K330 "a" is missing'),
        (Diagnostic("K539", ("a",), {"name": "a.b", "fact": "a"}), 'K539 "a.b" is empty'),
        (
            Diagnostic("K638", ("a",), {"column": "a", "text": "0.1"}),
            'K638 a: "0.1" has more digits than a column of numbers holds',
        ),
        (Diagnostic("K642", (), {"total": "1/3", "scale": 2}), "K642 the exact total 1/3 is no whole number"),
    ],
)
def test_a_problem_in_a_cell(diagnostic: Diagnostic, expected: str) -> None:
    """Each says once what it is about, for no place stands beside it."""
    assert expected == in_cell([diagnostic], "en")[: len(expected)]


# --- files


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("h.xlsx", "K545"),
        ("h", "K545"),
        ("folder.csv", "K519"),
        ("masuk.csv", "K546"),
        ("x" * 300 + ".csv", "K544"),
    ],
)
def test_where_no_results_go(name: str, code: str, tmp_path: Path) -> None:
    """Another ending, a folder, one of the sheets and a name that cannot be are refused beforehand."""
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "masuk.csv").touch()
    with pytest.raises(UsageError) as caught:
        writes_to(tmp_path / name, inputs=[tmp_path / "tiada.csv", tmp_path / "masuk.csv"])
    assert code == caught.value.diagnostics[0].code


def test_where_results_go(tmp_path: Path) -> None:
    """The ending says the format, in any case; a file of older results may be replaced."""
    (tmp_path / "h.CSV").touch()
    assert [".csv", ".jsonl"] == [writes_to(tmp_path / name) for name in ("h.CSV", "baru.jsonl")]


def halfway(evaluator: kinerja.Evaluator, error: BaseException) -> Iterator[tuple[kinerja.Sheet, Any]]:
    """One result, and then an accident."""
    sheet = kinerja.Sheet(facts={})
    yield sheet, evaluator.evaluate(sheet)
    raise error


@pytest.mark.parametrize("old", [None, "lama"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), ValueError("x"), OSError(errno.EIO, "macet")])
def test_nothing_half_written(
    old: str | None, error: BaseException, tmp_path: Path, evaluator: kinerja.Evaluator
) -> None:
    """Interrupted, the file of before stands under its name, or none; no draft is left."""
    path = tmp_path / "h.csv"
    if old is not None:
        path.write_text(old)
    with pytest.raises(UsageError if isinstance(error, OSError) else type(error)):
        write_csv(path, halfway(evaluator, error), evaluator=evaluator)
    assert ([] if old is None else [path]) == list(tmp_path.iterdir())
    assert old is None or old == path.read_text()


def test_a_full_disk(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """Where no more can be written, that is said, the old file stands, and no draft is left."""
    program = f"""
import resource, signal, sys
from pathlib import Path
import kinerja
from kinerja.tables import write_jsonl
evaluator = kinerja.Evaluator(kinerja.loads({RUBRIC!r}))
sheet = kinerja.Sheet(facts={{}})
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    write_jsonl(Path("h.jsonl"), ((sheet, evaluator.evaluate(sheet)) for _ in range(int(sys.argv[2]))))
except kinerja.UsageError as error:
    print(error.render("en"))
"""
    (tmp_path / "h.jsonl").write_text("lama")
    # In the middle of writing, and in what is still in the buffers at the end.
    for limit, rows in (("20000", "200"), ("100", "1")):
        told = subprocess.run(
            [sys.executable, "-c", program, limit, rows],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": str(Path(kinerja.__file__).parents[1])},
        ).stdout
        assert told.startswith('error K544: "h.jsonl" cannot be written: ')
        assert [tmp_path / "h.jsonl"] == list(tmp_path.iterdir())
        assert "lama" == (tmp_path / "h.jsonl").read_text()


def test_a_disk_that_fails_at_the_end(
    tmp_path: Path, evaluator: kinerja.Evaluator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Results that did not reach the disk are not put under the name."""

    def fails(_: int) -> None:
        raise OSError(errno.ENOSPC, "penuh")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(UsageError, match="penuh"):
        write_jsonl(tmp_path / "h.jsonl", [])
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """A file in no folder is refused before anything is evaluated."""
    with pytest.raises(UsageError, match="K544"):
        write_csv(tmp_path / "tiada" / "h.csv", halfway(evaluator, AssertionError()), evaluator=evaluator)


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    """A name that the file system refuses is told as one, and nothing is left of the attempt."""
    with pytest.raises(UsageError, match="K544"):
        write_jsonl(tmp_path / ("x" * 300), [])
    assert [] == list(tmp_path.iterdir())


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path, evaluator: kinerja.Evaluator) -> None:
    """Behind a link its target is replaced; a new file has the usual rights, an old one keeps its own."""
    target = tmp_path / "sasaran.jsonl"
    (tmp_path / "h.jsonl").symlink_to(target)
    write_jsonl(tmp_path / "h.jsonl", [])
    mask = os.umask(0)
    os.umask(mask)
    assert 0o666 & ~mask == stat.S_IMODE(target.stat().st_mode)
    target.chmod(0o640)
    write_jsonl(tmp_path / "h.jsonl", scored(table_of("id\na\n", evaluator), evaluator))
    assert (tmp_path / "h.jsonl").is_symlink()
    assert (0o640, 1) == (stat.S_IMODE(target.stat().st_mode), len(target.read_text("utf-8").splitlines()))
