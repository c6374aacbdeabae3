"""Sheets: read from a file as they are written, and what their names come to."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

import kinerja
from kinerja.language.documents import read
from kinerja.language.sheetfile import sheet_of
from kinerja.sheets import RECORD_KEYS, Entry, Sheet, Written, entries

FULL = """\
kinerja-sheet: 1
rubric: pk-bkm@2017
subject: {id: bkm-melati, nama: BKM Melati, kota: Semarang}
period: 2017-1
date: 2017-06-30
basis: kota
participants: [Ketua BKM, "Lurah"]
note: diisi bersama
facts:
  lokasi: kumuh
  perempuan: 42
  anggaran: {value: 3, unit: kegiatan, by: fgd, on: 2017-06-01, evidence: APBD, note: daftar}
  keuangan: "baik"
  pengurangan: {luas_awal: 10, luas_kini: {value: 4, unit: ha}}
  dokumen: [nol, selesai]
  kosong: null
"""


def sheet(text: str) -> Sheet:
    """The sheet in a text."""
    return sheet_of(read(text, name="lembar.yaml"))


def test_a_sheet_is_read_with_everything_about_it() -> None:
    """Rubric, subject, period, day, basis, people and note are there; facts stay as they were written."""
    found = sheet(FULL)
    assert (
        Sheet(
            rubric="pk-bkm@2017",
            subject={"id": "bkm-melati", "nama": "BKM Melati", "kota": "Semarang"},
            period="2017-1",
            date=dt.date(2017, 6, 30),
            basis="kota",
            participants=("Ketua BKM", "Lurah"),
            note="diisi bersama",
            facts={
                "lokasi": "kumuh",
                "perempuan": "42",
                "anggaran": {
                    "value": "3",
                    "unit": "kegiatan",
                    "by": "fgd",
                    "on": "2017-06-01",
                    "evidence": "APBD",
                    "note": "daftar",
                },
                "keuangan": "baik",
                "pengurangan": {"luas_awal": "10", "luas_kini": {"value": "4", "unit": "ha"}},
                "dokumen": ("nol", "selesai"),
                "kosong": None,
            },
        )
        == found
    )
    assert "lembar.yaml" == found.name
    assert [Written, str] == [type(found.facts[name]) for name in ("perempuan", "keuangan")]


def test_what_is_not_said_has_its_default() -> None:
    """Only the facts are needed: a sheet is then a self-assessment of nobody in particular, without a day."""
    found = sheet("kinerja-sheet: 1\nfacts: {a: 1}\n")
    assert ("", {}, "", None, "self", (), "") == (
        found.rubric,
        found.subject,
        found.period,
        found.date,
        found.basis,
        found.participants,
        found.note,
    )


def test_one_participant_needs_no_list() -> None:
    """Where several may stand, one may stand by itself."""
    assert ("Ketua BKM",) == sheet("kinerja-sheet: 1\nparticipants: Ketua BKM\nfacts: {a: 1}\n").participants


def test_a_sheet_never_changes() -> None:
    """It can be compared, hashed and sent elsewhere; the name of its file is not part of it."""
    one, other = sheet(FULL), sheet_of(read(FULL, name="lain.yaml"))
    assert one == other
    assert hash(one) == hash(other)
    assert one == pickle.loads(pickle.dumps(one))


def test_a_sheet_is_loaded_from_a_file(tmp_path: Path) -> None:
    """YAML or JSON, by path or by name; places name the file."""
    path = tmp_path / "lembar.yaml"
    path.write_text(FULL, encoding="utf-8")
    assert sheet(FULL) == kinerja.load_sheet(path) == kinerja.load_sheet(str(path))
    data = {"kinerja-sheet": 1, "subject": {"id": "x"}, "facts": {"a": 1, "b": [True, None, "c"]}}
    path.write_text(
        json.dumps({"kinerja-sheet": 1, "facts": {"a": 1.5, "b": ["c"], "d": True}}), encoding="utf-8"
    )
    assert {"a": "1.5", "b": ("c",), "d": "true"} == kinerja.load_sheet(path).facts
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(kinerja.SheetError) as caught:
        kinerja.load_sheet(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kinerja-sheet: 1\nfakta: {}\n", [("K101", "fakta"), ("K102", "")]),
        ("kinerja-sheet: 2\nfacts: {}\n", [("K503", "kinerja-sheet")]),
        ("facts: {}\n", [("K503", "")]),
        ("satu\n", [("K503", "")]),
        ("kinerja-sheet: 1\nfacts: [a]\nsubject: x\n", [("K103", "facts"), ("K103", "subject")]),
        ("kinerja-sheet: 1\nfacts: a:1\n", [("K023", "facts")]),
        ("kinerja-sheet: 1\nfacts: {a: {b: [[1]]}}\ndate: x\n", [("K104", "facts.a.b"), ("K114", "date")]),
        (
            "kinerja-sheet: 1\nfacts: {}\nparticipants: [a, [b]]\nsubject: {id: {}}\n",
            [("K104", "participants.1"), ("K104", "subject.id")],
        ),
        ("kinerja-sheet: 1\nfacts: {\n", [("K015", "")]),
        ("", [("K001", "")]),
    ],
)
def test_a_sheet_of_the_wrong_form_is_refused_at_once(
    text: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """Everything that is wrong with its form is told together, as a `SheetError`."""
    path = tmp_path / "lembar.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(kinerja.SheetError) as caught:
        kinerja.load_sheet(path)
    assert expected == [(each.code, each.where) for each in caught.value.diagnostics]


# --- names


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": 1, "b.c": 2}, [("a", 1), ("b.c", 2)]),
        ({"a": {"b": 1, "c": {"d": 2}}}, [("a.b", 1), ("a.c.d", 2)]),
        ({"a": {"value": 1}}, [("a", Entry(value=1))]),
        ({"a": {"value": 1, "by": "fgd", "b": 2}}, [("a", Entry(value=1, by="fgd")), ("a.b", 2)]),
        ({"a": {"b": {"score": 1, "not-applicable": "x"}}}, [("a.b", Entry(score=1, not_applicable="x"))]),
        ({"a": []}, [("a", [])]),
        ({"a": Entry(value=1)}, [("a", Entry(value=1))]),
        ({5: 1}, [("5", 1)]),
        ({}, []),
    ],
)
def test_names_are_flat(facts: dict[Any, Any], expected: list[tuple[str, Any]]) -> None:
    """Nested mappings are names inside a name, but for the words of a record."""
    assert expected == list(entries(facts))


def test_every_word_of_a_record_has_its_attribute() -> None:
    """The words that a file uses are those that an `Entry` holds."""
    whole = dict.fromkeys(RECORD_KEYS, "x")
    assert [("a", Entry(**dict.fromkeys(RECORD_KEYS.values(), "x")))] == list(entries({"a": whole}))


def test_words_with_nothing_behind_them() -> None:
    """A record whose words were left blank says what is written in it, and nothing else."""
    text = "kinerja-sheet: 1\nfacts:\n  a: {value: , by: , note: ada}\n  b: {value: }\n  c:\n"
    sheet = sheet_of(read(text, name="lembar"))
    assert [("a", Entry(note="ada")), ("b", Entry()), ("c", Entry())] == list(sheet.stated)
