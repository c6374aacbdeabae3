"""
The bundled rubrics, as somebody gets them with the library.

This file also runs against an installed wheel with the sources out of reach: rubrics come from `kinerja.bundled()`,
sheets from the examples beside the tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid, numbers
from kinerja.checks import findings
from kinerja.checks.covered import covered
from kinerja.checks.every import CHECKS
from kinerja.checks.examples import run_examples
from kinerja.checks.lines import tables
from kinerja.checks.vain import vain
from kinerja.plan import plan

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
BKM = kinerja.load("pk-bkm")
EVALUATOR = Evaluator(BKM)
DAY = dt.date(2017, 6, 30)

#: The rows of the form in its order, each with an answer for the scores 0, 1 and 2.
ANSWERS: Mapping[str, tuple[Any, Any, Any]] = {
    "keuangan": ("tidak_memadai", "memadai", "sangat_baik"),
    "perempuan": (25, 35, 45),
    "kolaborasi": ("belum_terbentuk", "terbentuk", "terlibat_aktif"),
    "dokumen": ("belum_ada", "ada", "menjadi_bagian"),
    "anggaran": (0, 1, 3),
    "enam": (0, 1, 2),
    "database": ("belum_berkomputer", "berkomputer", "berkualitas"),
    "infrastruktur": (85, 95, 99),
    "kapasitas": (0, 2, 4),
    "pengaduan": ("belum_ada_layanan", "ada_layanan", "aktif_responsif"),
}
SIXTH = {
    "kumuh": ("pengurangan", (0, 35, 60)),
    "pencegahan": ("pencegahan", ("belum_ada_aturan", "ada_aturan", "dijalankan")),
}
WEIGHTS = {
    "keuangan": 10,
    "perempuan": 5,
    "kolaborasi": 10,
    "dokumen": 15,
    "anggaran": 10,
    "pengurangan": 15,
    "pencegahan": 15,
    "database": 10,
    "infrastruktur": 15,
    "kapasitas": 5,
    "pengaduan": 5,
}


def sheet_of(scores: str, where: str = "kumuh", **changes: Any) -> dict[str, Any]:
    """A sheet whose ten rows have these scores; a change of None takes an answer out."""
    found: dict[str, Any] = {"lokasi": where}
    for (name, answers), score in zip(ANSWERS.items(), scores, strict=True):
        row, options = SIXTH[where] if name == "enam" else (name, answers)
        found[row] = options[int(score)]
    found.update(changes)
    return {name: value for name, value in found.items() if value is not None}


def total_of(facts: Mapping[str, Any], **readings: str) -> Fraction:
    """The exact total of a sheet under some readings."""
    result = Evaluator(BKM, readings=readings).evaluate(facts, on=DAY).complete()
    return Fraction(result.total)


# --- every bundled rubric


@pytest.mark.parametrize("name", kinerja.bundled())
def test_rubric_is_sound(name: str) -> None:
    """No check finds anything to mend in a rubric that comes with the library, nor in any alternative in it."""
    assert [] == [finding.render() for finding in kinerja.check(name) if finding.severity != "information"]


@pytest.mark.parametrize("name", kinerja.bundled())
def test_examples_hold(name: str) -> None:
    """Everything that a rubric's author worked out by hand comes out."""
    results = list(run_examples(kinerja.load(name)))
    assert results
    assert [] == [finding.render() for result in results for finding in result.findings]


@pytest.mark.parametrize("name", kinerja.bundled())
def test_rubric_is_found_by_its_own_id(name: str) -> None:
    """The id inside the file is the name that it is asked for, with its edition where there are several."""
    rubric = kinerja.load(name)
    assert name in (rubric.id, f"{rubric.id}@{rubric.edition}")
    assert rubric == kinerja.load(f"{rubric.id}@{rubric.edition}")


# --- texts against rules

#: What each reading of a text, of words and of numbering accounts for, and no other does.
ACCOUNTED = {
    "pk-bkm": {
        "D2": {("K216", "kapasitas.number"), ("K217", "kapasitas.number"), ("K232", "sources.kak")},
        "D3": {("K213", "infrastruktur.bands.1.when")},
        "D4": {("K213", "pengurangan.bands.1.when")},
        "D6": {("K213", "anggaran.bands.1.when"), ("K213", "kapasitas.bands.1.when")},
    },
    "makassar-rt-rw": {
        "D26": {("K213", "longgar.panjang.bands.100.when"), ("K248", "longgar.panjang.measure.round")},
        "D27": {("K213", "longgar.jumlah.bands.100.when")},
        "D31": {("K249", "longgar.dokumentasi.ladder")},
        "D34": {
            ("K213", f"bank_sampah.{table}.bands.{band}.when")
            for table in ("pemilahan", "nasabah")
            for band in (25, 50, 75, 100)
        },
        "D36": {("K249", "bank_sampah.unit.ladder")},
        "D38": {
            ("K213", f"sombere.{table}.bands.100.when")
            for table in ("rapat", "kerja_bakti", "keagamaan", "regu_ronda", "kelompok_keagamaan")
        },
        "D41": {("K248", "round")},
        "D42": {("K215", "grades.baik.awards.insentif.words"), ("K232", "sources.berita_2016")},
        "tidak-berlaku": {("K232", "sources.berita_2020")},
    },
}


#: The readings of sentences: that two rows exclude each other, and what a criterion asks besides its table.
SENTENCES = {"pk-bkm": {"D7"}, "makassar-rt-rw": {"D28", "D30"}}


@pytest.mark.parametrize("name", kinerja.bundled())
def test_every_defect_is_accounted_for(name: str) -> None:
    """A reading of a gap, an overlap, a text, words or a numbering settles a finding, unless it is one of sentences."""
    settling = {key for key, each in kinerja.load(name).readings.items() if each.settles != "silence"}
    told = {key for key, found in ACCOUNTED[name].items() if {code for code, _ in found} - {"K232"}}
    assert settling == told | SENTENCES[name]


@pytest.mark.volume
@pytest.mark.parametrize("name", kinerja.bundled())
def test_defects_of_the_source_are_visible_as_readings(name: str) -> None:
    """The checks find nothing to mend; without a reading they find, at its nodes, what it accounts for."""
    rubric = kinerja.load(name)
    assert [] == [finding for finding in kinerja.check(name) if finding.severity != "information"]
    # Readings and examples are no texts, and searching all of them once for each reading takes its time.
    checks = [check for check in CHECKS if check not in (vain, covered)]
    known = {(each.code, each.where.replace("indicators.", "")) for each in findings(rubric, checks=checks)}
    found = {}
    for reading in rubric.readings:
        rest = {other: each for other, each in rubric.readings.items() if other != reading}
        told = findings(evolve(rubric, readings=rest), checks=checks)
        found[reading] = {(each.code, each.where.replace("indicators.", "")) for each in told} - known
    assert ACCOUNTED[name] == {reading: told for reading, told in found.items() if told}


def test_every_text_of_a_band_is_understood() -> None:
    """All 51 texts of bands on a number and all 5 of grades are read whole."""
    counted = {}
    for name in kinerja.bundled():
        lines = [line for table in tables(plan(kinerja.load(name))) for line in table.lines if line.text]
        read = [line for line in lines if line.said.numbers is not None and not line.said.unread]
        counted[name] = (len(lines), len(read))
    assert {"makassar-rt-rw": (41, 41), "pk-bkm": (15, 15)} == counted


# --- the form


def test_rows_of_the_form() -> None:
    """Eleven rows with their printed numbers, weights, and a place in the source."""
    rows = {name: (node.number, str(node.weight[0].value)) for name, node in BKM.indicators.items()}
    assert {name: Fraction(weight, 100) for name, weight in WEIGHTS.items()} == {
        name: node.weight[0].value.constant for name, node in BKM.indicators.items()
    }
    assert ["1", "2", "3", "4", "5", "6a", "6b", "7", "8", "8", "10"] == [
        number for number, _ in rows.values()
    ]
    assert all(citation.document == "kak" for node in BKM.indicators.values() for citation in node.source)


EDGES = [
    *[
        ("perempuan", value, score)
        for value, score in (("0", 0), ("29.99", 0), ("30", 1), ("40", 1), ("40.01", 2))
    ],
    *[("perempuan", value, score) for value, score in (("29.999999", 0), ("40.2", 2), ("100", 2))],
    *[("infrastruktur", value, score) for value, score in (("0", 0), ("89.99", 0), ("90", 1), ("97", 1))],
    *[("infrastruktur", value, score) for value, score in (("97.5", 1), ("98", 1), ("98.01", 2), ("100", 2))],
    *[("pengurangan", value, score) for value, score in (("-25", 0), ("0", 0), ("0.01", 1), ("49.99", 1))],
    *[("pengurangan", value, score) for value, score in (("50", 1), ("50.01", 2), ("100", 2), ("1/3", 1))],
    *[(name, value, score) for name in ("anggaran", "kapasitas") for value, score in (("0", 0), ("1", 1))],
    *[
        (name, value, score)
        for name in ("anggaran", "kapasitas")
        for value, score in (("2", 1), ("3", 2), ("10", 2))
    ],
]


@pytest.mark.parametrize(("name", "value", "score"), EDGES)
def test_edge(name: str, value: str, score: int) -> None:
    """The score on each bound of the form and one smallest step beside it."""
    result = EVALUATOR.evaluate({"lokasi": "kumuh", name: Fraction(value)})
    assert score == result[name].score
    assert str(score) == result[name].band.id  # type: ignore[union-attr]


LEVELS = [
    *[("keuangan", level, 2 - at) for at, level in enumerate(("sangat_baik", "memadai", "tidak_memadai"))],
    *[
        ("kolaborasi", level, 2 - at)
        for at, level in enumerate(("terlibat_aktif", "terbentuk", "belum_terbentuk"))
    ],
    *[("dokumen", level, 2 - at) for at, level in enumerate(("menjadi_bagian", "ada", "belum_ada"))],
    *[
        ("pencegahan", level, 2 - at)
        for at, level in enumerate(("dijalankan", "ada_aturan", "belum_ada_aturan"))
    ],
    *[
        ("database", level, 2 - at)
        for at, level in enumerate(("berkualitas", "berkomputer", "belum_berkomputer"))
    ],
    *[
        ("pengaduan", level, 2 - at)
        for at, level in enumerate(("aktif_responsif", "ada_layanan", "belum_ada_layanan"))
    ],
]


@pytest.mark.parametrize(("name", "level", "score"), LEVELS)
def test_level(name: str, level: str, score: int) -> None:
    """Each sentence of the form gives the score that it stands under."""
    assert score == EVALUATOR.evaluate({"lokasi": "pencegahan", name: level})[name].score


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("perempuan", value) for value in (-1, "100.01", 101)],
        *[("infrastruktur", value) for value in (-1, "100.01")],
        *[("pengurangan", value) for value in ("100.01", 101)],
        *[("anggaran", value) for value in (-1, "2.5", "0.5")],
        *[("kapasitas", value) for value in (-1, "1.5")],
        *[("keuangan", value) for value in ("baik", "Sangat Baik", "")],
        *[("lokasi", value) for value in ("Kumuh", "lain")],
        *[("dokumen", value) for value in ("bagian", True)],
    ],
)
def test_answer_that_the_form_does_not_know(name: str, value: Any) -> None:
    """What no row of the form can hold is a problem of the sheet, never a score."""
    number = isinstance(value, str) and value[:1].isdigit()
    result = EVALUATOR.evaluate(
        sheet_of("2222222222", **{name: Fraction(value) if number else value}), on=DAY
    )
    assert isinstance(result, Invalid)
    assert name in {problem.path for problem in result.problems}


# --- totals


@pytest.mark.parametrize("lokasi", SIXTH)
@pytest.mark.parametrize(
    ("scores", "total"),
    [
        ("2222222222", "100"),
        ("1111111111", "50"),
        ("0000000000", "0"),
        ("2112111021", "57.5"),
        ("1021021102", "55"),
    ],
)
def test_worked_total(scores: str, total: str, lokasi: str) -> None:
    """The totals that were worked out by hand, in both kinds of location."""
    result = EVALUATOR.evaluate(sheet_of(scores, lokasi), on=DAY).complete()
    assert Fraction(total) == result.total
    assert f"{float(total):.2f}".replace(".", ",") == result.shown


@pytest.mark.parametrize("lokasi", SIXTH)
@pytest.mark.parametrize("row", range(10))
def test_each_row_gives_its_weight(row: int, lokasi: str) -> None:
    """One row at 2 and all others at 0 gives the weight of that row; it stands in the trail as its points."""
    scores = "".join("2" if at == row else "0" for at in range(10))
    result = EVALUATOR.evaluate(sheet_of(scores, lokasi), on=DAY).complete()
    name = list(ANSWERS)[row]
    name = SIXTH[lokasi][0] if name == "enam" else name
    assert WEIGHTS[name] == result.total
    assert WEIGHTS[name] == result[name].points


def test_computed_from_areas() -> None:
    """The two areas give the percentage exactly, and it is the percentage that is scored."""
    result = EVALUATOR.evaluate(
        sheet_of("2112111021", pengurangan=None, **{"pengurangan.luas_awal": 12, "pengurangan.luas_kini": 8}),
        on=DAY,
    ).complete()
    assert Fraction(100, 3) == result["pengurangan"].facts["pengurangan"].figure
    assert Fraction("57.5") == result.total


# --- sheets


def test_both_rows_of_six() -> None:
    """The row that does not apply changes nothing, whatever it holds, and the result says that it was filled in."""
    plain = EVALUATOR.evaluate(sheet_of("2112111021"), on=DAY).complete()
    for other in ("dijalankan", "belum_ada_aturan", "salah"):
        both = EVALUATOR.evaluate(sheet_of("2112111021", pencegahan=other), on=DAY).complete()
        assert plain.total == both.total
        assert [("K401", "pencegahan")] == [(n.code, n.path) for n in both.notes if n.code == "K401"]


def test_an_area_of_zero_where_prevention_is_scored() -> None:
    """A location without slums says that its area is 0; that is no mistake, since row 6a does not apply there."""
    areas = {"pengurangan.luas_awal": 0, "pengurangan.luas_kini": 0}
    result = EVALUATOR.evaluate(sheet_of("2112111021", "pencegahan", **areas), on=DAY).complete()
    assert Fraction("57.5") == result.total
    assert set(areas) == {note.path for note in result.notes if note.code == "K401"}


def test_neither_row_of_six() -> None:
    """Without the row that applies there is no total; asked for is that row and not the other."""
    result = EVALUATOR.evaluate(sheet_of("2222222222", pengurangan=None), on=DAY)
    assert isinstance(result, Incomplete)
    assert ("pengurangan",) == result.missing
    assert result.partial is not None
    assert (100, ("pengurangan",), Fraction(85, 100)) == (
        result.partial.total,
        result.partial.lacks,
        result.partial.weight,
    )


def test_without_the_location() -> None:
    """Without the kind of location nobody knows which row counts: it is asked for, once."""
    result = EVALUATOR.evaluate(sheet_of("2222222222", lokasi=None), on=DAY)
    assert isinstance(result, Incomplete)
    assert ("lokasi",) == result.missing


def test_one_area_asks_for_the_other() -> None:
    """Where one area is given, the other is asked for, not the percentage."""
    result = EVALUATOR.evaluate(
        sheet_of("2222222222", pengurangan=None, **{"pengurangan.luas_awal": 3}), on=DAY
    )
    assert isinstance(result, Incomplete)
    assert ("pengurangan.luas_kini",) == result.missing


def test_an_empty_sheet() -> None:
    """Nothing answered: everything that applies anywhere is asked for, and there is not even a partial score."""
    result = EVALUATOR.evaluate({})
    assert isinstance(result, Incomplete)
    assert result.partial is None
    assert {*ANSWERS, "lokasi"} - {"enam"} == set(result.missing)


@pytest.mark.parametrize(
    ("file", "total", "stated"),
    [("bkm", "57.5", False), ("bkm-nilai", "57.5", True), ("bkm-kota", "47.5", True)],
)
def test_example_sheet(file: str, total: str, stated: bool) -> None:
    """The sheets of the documentation: answers, scores only, and the scores of the city."""
    result = EVALUATOR.evaluate(kinerja.load_sheet(EXAMPLES / f"{file}.yaml")).complete()
    assert Fraction(total) == result.total
    scored = [
        node for path, node in result.trail.nodes.items() if node.status == "scored" and path != "total"
    ]
    assert [stated] * 10 == [node.stated for node in scored]
    assert ("kota" if file == "bkm-kota" else "self") == result.trail.basis


def test_stated_scores_have_no_derivation() -> None:
    """A score that was only stated comes with no band, no arithmetic and no value."""
    node = EVALUATOR.evaluate(kinerja.load_sheet(EXAMPLES / "bkm-nilai.yaml"))["perempuan"]
    assert (None, (), True) == (node.band, node.steps, node.stated)
    assert {"missing"} == {fact.how for fact in node.facts.values()}


@pytest.mark.parametrize(
    ("day", "holds"), [("2017-04-04", False), ("2017-04-05", True), ("2031-01-01", True)]
)
def test_rules_have_a_first_day(day: str, holds: bool) -> None:
    """The form of 2017 is not applied to a sheet from before it."""
    result = EVALUATOR.evaluate(sheet_of("2222222222"), on=dt.date.fromisoformat(day))
    assert holds == isinstance(result, Complete)
    assert holds == ("K315" not in {problem.code for problem in result.problems})


# --- readings: each alternative on a sheet that it changes

CHECKLIST = {
    "dokumen.dokumen_ada": True,
    "dokumen.bagian_perencanaan": True,
    "database.komputer": True,
    "database.valid": True,
    "database.akurat": True,
    "database.tepat_waktu": True,
    "database.mudah_diakses": True,
    "pengaduan.layanan_ada": True,
    "pengaduan.aktif": True,
    "pengaduan.responsif": True,
}
NO_LEVELS = {"dokumen": None, "database": None, "pengaduan": None}
AREAS = {"pengurangan": None, "pengurangan.luas_awal": 10, "pengurangan.luas_kini": 8}
MIXED = "2112111021"


@pytest.mark.parametrize(
    ("reading", "alternative", "facts", "plain", "other"),
    [
        ("D1", "skala-0-2", sheet_of(MIXED), "57.5", "1.15"),
        ("D1", "rerata", sheet_of(MIXED), "57.5", "1.2"),
        ("D1", "rerata", sheet_of(MIXED, "pencegahan"), "57.5", "1.2"),
        ("D3", "dua-mulai-98", sheet_of(MIXED, infrastruktur=98), "65", "72.5"),
        ("D3", "dua-mulai-98", sheet_of(MIXED, infrastruktur=Fraction("97.99")), "65", "65"),
        ("D3", "tolak-celah", sheet_of(MIXED, infrastruktur=98), "65", None),
        ("D3", "tolak-celah", sheet_of(MIXED, infrastruktur=97), "65", "65"),
        ("D4", "lima-puluh-dua", sheet_of(MIXED, pengurangan=50), "57.5", "65"),
        ("D4", "tolak", sheet_of(MIXED, pengurangan=50), "57.5", None),
        ("D5", "periode-lalu", sheet_of(MIXED, **AREAS, **{"pengurangan.luas_lalu": 20}), None, "65"),
        ("D5", "target", sheet_of(MIXED, **AREAS, **{"pengurangan.target": 1}), None, "65"),
        ("D6", "dua-atau-lebih", sheet_of(MIXED, anggaran=2, kapasitas=2), "55", "62.5"),
        ("D7", "keduanya", sheet_of(MIXED, pencegahan="dijalankan"), "57.5", "61.25"),
        ("D7", "keduanya", sheet_of(MIXED), "57.5", None),
        ("D7", "keduanya", sheet_of(MIXED, "pencegahan"), "57.5", "57.5"),
        ("D7", "tanpa-bobot", sheet_of(MIXED, pencegahan="dijalankan"), "57.5", "57.5"),
        ("D7", "tanpa-bobot", sheet_of(MIXED), "57.5", None),
        ("D8", "bulatkan", sheet_of(MIXED, perempuan=Fraction("40.2")), "60", "57.5"),
        ("D8", "bulatkan", sheet_of(MIXED, perempuan=Fraction("40.5")), "60", "60"),
        ("D8", "bulatkan", sheet_of(MIXED, perempuan=Fraction("29.5")), "55", "57.5"),
        ("D10", "baik-satu", sheet_of(MIXED, keuangan="baik"), None, "52.5"),
        ("D11", "daftar-periksa", sheet_of(MIXED, **NO_LEVELS, **CHECKLIST), None, "65"),
        (
            *("D11", "daftar-periksa"),
            sheet_of(MIXED, **NO_LEVELS, **{**CHECKLIST, "dokumen.bagian_perencanaan": False}),
            *(None, "57.5"),
        ),
        ("D19", "nol", sheet_of(MIXED, dokumen=None), None, "42.5"),
        ("D19", "tanpa-yang-kosong", sheet_of(MIXED, dokumen=None), None, "50"),
        ("D19", "tanpa-yang-kosong", sheet_of(MIXED, infrastruktur=None), None, "1150/17"),
        ("D20", "nol", sheet_of(MIXED, infrastruktur=None), None, "57.5"),
        ("D20", "dikeluarkan", sheet_of(MIXED, infrastruktur=None), None, "1150/17"),
    ],
)
def test_alternative(
    reading: str, alternative: str, facts: dict[str, Any], plain: str | None, other: str | None
) -> None:
    """What another reading gives, on a sheet that shows it; and the default's trail says so beforehand."""
    result = EVALUATOR.evaluate(facts, on=DAY)
    assert plain == (str_of(result.total) if isinstance(result, Complete) else None)
    chosen = Evaluator(BKM, readings={reading: alternative}).evaluate(facts, on=DAY)
    assert other == (str_of(chosen.total) if isinstance(chosen, Complete) else None)
    told = result.trail.readings[reading].alternatives[alternative]
    assert (chosen.status, chosen.trail.total) == (told.status, told.total)
    assert alternative == chosen.trail.readings[reading].chosen


def str_of(total: Fraction) -> str:
    """A total as these tables write it."""
    return numbers.text(total)


def test_every_alternative_is_shown() -> None:
    """No alternative of the rubric is without a sheet above that shows its effect."""
    mark = next(m for m in test_alternative.pytestmark if m.name == "parametrize")  # type: ignore[attr-defined]
    shown = {(case[0], case[1]) for case in mark.args[1]}
    assert {(name, each) for name, reading in BKM.readings.items() for each in reading.alternatives} == shown


def test_alternatives_beside_each_other() -> None:
    """Two readings that touch different rows are taken together; the rubric keeps its identity."""
    evaluator = Evaluator(BKM, readings={"D3": "dua-mulai-98", "D8": "bulatkan"})
    result = evaluator.evaluate(
        sheet_of(MIXED, infrastruktur=98, perempuan=Fraction("40.2")), on=DAY
    ).complete()
    assert Fraction("72.5") == result.total
    assert EVALUATOR.identity == evaluator.identity


def test_readings_met_are_those_on_the_way() -> None:
    """A trail names the readings of the rows that applied: D4 and D5 only where 6a does."""
    kumuh = EVALUATOR.evaluate(sheet_of(MIXED), on=DAY).trail.readings
    pencegahan = EVALUATOR.evaluate(sheet_of(MIXED, "pencegahan"), on=DAY).trail.readings
    assert {"D4", "D5"} == kumuh.keys() - pencegahan.keys()
    assert pencegahan.keys() <= kumuh.keys()


@pytest.mark.parametrize(
    "facts", [sheet_of(MIXED), sheet_of(MIXED, "pencegahan"), sheet_of(MIXED, dokumen=None), {}]
)
def test_told_alternatives_are_what_they_would_give(facts: dict[str, Any]) -> None:
    """What a trail says of each alternative is what an evaluator with that reading gives."""
    for name, reading in EVALUATOR.evaluate(facts, on=DAY).trail.readings.items():
        for chosen, told in reading.alternatives.items():
            result = Evaluator(BKM, readings={name: chosen}).evaluate(facts, on=DAY)
            assert (result.status, result.trail.total) == (told.status, told.total), (name, chosen)
            missing = result.missing if isinstance(result, Incomplete) else None
            assert missing is None or missing == told.needs


# --- Makassar: heads of RT and RW

MAKASSAR = kinerja.load("makassar-rt-rw")
JUDGE = Evaluator(MAKASSAR)
MAY = dt.date(2017, 5, 31)
ROLES = ("rt", "rw")
PHOTOS = ("nol", "lima_puluh", "seratus")
STEPS = ("ada", "pengurus", "aktif", "administrasi")


def head_of(role: str, **changes: Any) -> dict[str, Any]:
    """A sheet whose nine indicators all score 75 but for MTR, which scores what the form gives; None takes one out."""
    own: dict[str, Any] = {
        "rt": {
            "longgar.panjang": 40,
            "bank_sampah.pemilahan": 31,
            "bank_sampah.nasabah": 31,
            "sombere.regu_ronda": 3,
        },
        "rw": {"longgar.jumlah": 2, "bank_sampah.unit": STEPS[:3], "sombere.kelompok_keagamaan": 3},
    }[role]
    found = {
        "peran": role,
        "longgar.dokumentasi": PHOTOS,
        "mtr": 75,
        "retribusi_sampah": 75,
        "pbb": 75,
        "sombere.rapat": 3,
        "sombere.kerja_bakti": 3,
        "sombere.keagamaan": 3,
        "smart_card": 75,
        "buku_administrasi": 75,
        "kontrol_sosial": 75,
        **own,
        **{name.replace("__", "."): value for name, value in changes.items()},
    }
    return {name: value for name, value in found.items() if value is not None}


def earned(result: Complete) -> int | None:
    """The incentive of a result, in rupiah."""
    assert result.grade is not None
    return result.grade.awards["insentif"].amount


def test_tables_of_makassar() -> None:
    """Nine indicators in their order, each of one assessor; the tables below them by role, with printed numbers."""
    assert {
        "longgar": "lpm",
        "mtr": "lpm",
        "bank_sampah": "lpm",
        "retribusi_sampah": "lurah",
        "pbb": "lurah",
        "sombere": "lpm",
        "smart_card": "lurah",
        "buku_administrasi": "lurah",
        "kontrol_sosial": "bpm",
    } == {name: node.assessor for name, node in MAKASSAR.indicators.items()}
    tables = {
        f"{name}.{part}": (node.number, *(way["peran"].mentions[0] for way in node.applies))
        for name, group in MAKASSAR.indicators.items()
        for part, node in getattr(group, "indicators", {}).items()
    }
    assert {
        "longgar.jumlah": ("Tabel 1", "rw"),
        "longgar.panjang": ("Tabel 2", "rt"),
        "longgar.dokumentasi": ("Tabel 3",),
        "bank_sampah.pemilahan": ("Tabel 4", "rt"),
        "bank_sampah.nasabah": ("Tabel 5", "rt"),
        "bank_sampah.unit": ("Tabel 6", "rw"),
        "sombere.rapat": ("Tabel 15, 19",),
        "sombere.kerja_bakti": ("Tabel 16, 20",),
        "sombere.keagamaan": ("Tabel 17, 22",),
        "sombere.regu_ronda": ("Tabel 18", "rt"),
        "sombere.kelompok_keagamaan": ("Tabel 21", "rw"),
    } == tables


COUNTED = (("0", 0), ("1", 25), ("2", 50), ("3", 75), ("4", 100), ("5", 100), ("31", 100))
MONTHLY = ("rapat", "kerja_bakti", "keagamaan")
EDGES_OF_MAKASSAR = [
    *[("rw", "longgar.jumlah", value, score) for value, score in COUNTED],
    *[("rt", "longgar.panjang", value, score) for value, score in (("0", 0), ("9", 0), ("9.49", 0))],
    *[("rt", "longgar.panjang", value, 25) for value in ("9.5", "10", "25", "25.4", "25.49")],
    *[("rt", "longgar.panjang", value, 50) for value in ("25.5", "26", "50", "50.49")],
    *[("rt", "longgar.panjang", value, 75) for value in ("50.5", "51", "75", "75.49")],
    *[("rt", "longgar.panjang", value, 100) for value in ("75.5", "76", "100", "100.5", "140")],
    *[
        ("rt", f"bank_sampah.{name}", value, score)
        for name in ("pemilahan", "nasabah")
        for value, score in (("0", 0), ("10", 0), ("11", 25), ("20", 25), ("21", 50), ("30", 50))
    ],
    *[
        ("rt", f"bank_sampah.{name}", value, score)
        for name in ("pemilahan", "nasabah")
        for value, score in (("31", 75), ("50", 75), ("51", 100), ("400", 100))
    ],
    *[
        (role, f"sombere.{name}", value, score)
        for role in ROLES
        for name in MONTHLY
        for value, score in COUNTED
    ],
    *[("rt", "sombere.regu_ronda", value, score) for value, score in COUNTED],
    *[("rw", "sombere.kelompok_keagamaan", value, score) for value, score in COUNTED],
    *[(role, "mtr", str(value), value) for role in ROLES for value in (0, 25, 50, 75, 100)],
    *[
        ("rt", name, str(value), value)
        for name in ("retribusi_sampah", "pbb", "smart_card", "buku_administrasi", "kontrol_sosial")
        for value in (0, 1, 59, 99, 100)
    ],
]


@pytest.mark.parametrize(("role", "name", "value", "score"), EDGES_OF_MAKASSAR)
def test_edge_of_makassar(role: str, name: str, value: str, score: int) -> None:
    """The score on each bound of each table, and beside it."""
    assert score == JUDGE.evaluate({"peran": role, name: Fraction(value)}, on=MAY)[name].score


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("photos", "score"),
    [
        ((), 0),
        (("nol",), 25),
        (("lima_puluh",), 0),
        (("seratus",), 0),
        (("nol", "lima_puluh"), 50),
        (("nol", "seratus"), 25),
        (("lima_puluh", "seratus"), 0),
        (PHOTOS, 100),
    ],
)
def test_photographs(role: str, photos: tuple[str, ...], score: int) -> None:
    """Every set of photographs, in any order: what counts is the unbroken run from 0 per cent."""
    for stated in (photos, photos[::-1]):
        facts = {"peran": role, "longgar.dokumentasi": list(stated)}
        assert score == JUDGE.evaluate(facts, on=MAY)["longgar.dokumentasi"].score


@pytest.mark.parametrize(
    ("there", "score"),
    [
        *[(STEPS[:count], 25 * count) for count in range(5)],
        (("ada", "pengurus", "administrasi"), 50),
        (("ada", "aktif"), 25),
        (("pengurus", "aktif", "administrasi"), 0),
    ],
)
def test_waste_bank_of_a_rw(there: tuple[str, ...], score: int) -> None:
    """Table 6 is cumulative: what stands beyond a missing step does not count."""
    facts = {"peran": "rw", "bank_sampah.unit": list(there)}
    assert score == JUDGE.evaluate(facts, on=MAY)["bank_sampah.unit"].score


@pytest.mark.parametrize(
    ("role", "name", "value"),
    [
        *[("rt", "mtr", value) for value in (10, 60, -25, 125)],
        *[("rt", name, value) for name in ("pbb", "kontrol_sosial") for value in (-1, 101, "62.5")],
        *[("rt", "longgar.panjang", value) for value in (-1, "-0.5")],
        *[("rt", "bank_sampah.pemilahan", value) for value in (-1, "10.5")],
        *[("rw", "longgar.jumlah", value) for value in (-1, "2.5")],
        *[("rw", "sombere.rapat", value) for value in (-1, "3.5")],
        ("rw", "bank_sampah.unit", ["ada", "lengkap"]),
        ("rt", "longgar.dokumentasi", ["nol", "100"]),
        ("rt", "peran", "camat"),
    ],
)
def test_answer_that_makassar_does_not_know(role: str, name: str, value: Any) -> None:
    """What no table can hold is a problem of the sheet, never a score."""
    stated = Fraction(value) if isinstance(value, str) and value[-1:].isdigit() else value
    result = JUDGE.evaluate({**head_of(role), name: stated}, on=MAY)
    assert isinstance(result, Invalid)
    assert name in {problem.path for problem in result.problems}


def nine(*scores: int) -> dict[str, Any]:
    """A sheet of a RT with these scores of the nine indicators, in their order."""
    given = dict(zip(MAKASSAR.indicators, scores, strict=True))
    lengths = {0: 0, 25: 10, 50: 26, 75: 51, 100: 76}
    households = {0: 0, 25: 11, 50: 21, 75: 31, 100: 51}
    photos = {score: PHOTOS[:count] for count, score in enumerate((0, 25, 50, 100))}
    longgar, bank, sombere = given.pop("longgar"), given.pop("bank_sampah"), given.pop("sombere")
    # Every score of LONGGAR below is the mean of a length and of photographs that give one of theirs.
    length, shown = next((a, b) for a in lengths for b in photos if a + b == 2 * longgar)
    times = {f"sombere.{each}": sombere // 25 for each in (*MONTHLY, "regu_ronda")}
    return {
        "peran": "rt",
        "longgar.panjang": lengths[length],
        "longgar.dokumentasi": photos[shown],
        "bank_sampah.pemilahan": households[bank],
        "bank_sampah.nasabah": households[bank],
        **times,
        **given,
    }


@pytest.mark.parametrize(
    ("facts", "total", "grade", "incentive"),
    [
        (kinerja.load_sheet(EXAMPLES / "rt.yaml"), 74, "baik", 500_000),
        (kinerja.load_sheet(EXAMPLES / "rt-batas.yaml"), 71, "baik", 500_000),
        (kinerja.load_sheet(EXAMPLES / "rw.yaml"), 85, "sangat_baik", 750_000),
        (nine(75, 75, 75, 75, 60, 75, 50, 75, 75), 71, "baik", 500_000),
        (nine(*[100] * 9), 100, "memuaskan", 1_000_000),
        (nine(*[0] * 9), 0, "di_bawah_standar", 0),
        # 535 and 536: the whole sums on both sides of 59.5 times nine.
        (nine(50, 50, 50, 60, 60, 75, 60, 60, 70), 59, "di_bawah_standar", 0),
        (nine(50, 50, 50, 61, 60, 75, 60, 60, 70), 60, "cukup", 250_000),
    ],
)
def test_worked_total_of_makassar(
    facts: kinerja.Sheet | dict[str, Any], total: int, grade: str, incentive: int
) -> None:
    """The totals that were worked out by hand, each with its class and its incentive."""
    result = JUDGE.evaluate(facts, on=MAY).complete()
    assert result.grade is not None
    assert (total, grade, incentive) == (result.total, result.grade.id, earned(result))


def test_sum_of_the_worked_sheet() -> None:
    """The nine scores of the worked RT, their exact mean in the trail, and the rounding as a step of its own."""
    result = JUDGE.evaluate(kinerja.load_sheet(EXAMPLES / "rt.yaml")).complete()
    scores = [result[name].score for name in MAKASSAR.indicators]
    assert [100, 75, 50, 75, 100, Fraction("68.75"), 50, 75, 75] == scores
    mean, rounded = result["total"].steps
    assert (Fraction("668.75") / 9, "mean", 74) == (mean.result, mean.rule, rounded.result)


def summing_to(ninths: Fraction) -> dict[str, Any]:
    """A sheet whose nine indicators add up to this, a whole number and some quarters."""
    # Sombere of a RT is the mean of four tables in steps of 25, so it goes in steps of 6.25.
    steps = max(n for n in range(17) if (ninths - Fraction(25 * n, 4)).denominator == 1)
    sombere = [min(4, max(0, steps - 4 * each)) for each in range(4)]
    left = int(ninths - Fraction(25 * steps, 4)) - 300
    names = ("retribusi_sampah", "pbb", "smart_card", "buku_administrasi", "kontrol_sosial")
    return {
        "peran": "rt",
        "longgar.panjang": 76,
        "longgar.dokumentasi": PHOTOS,
        "mtr": 100,
        "bank_sampah.pemilahan": 51,
        "bank_sampah.nasabah": 51,
        **dict(zip([f"sombere.{each}" for each in (*MONTHLY, "regu_ronda")], sombere, strict=True)),
        **{name: left // 5 + (at < left % 5) for at, name in enumerate(names)},
    }


@pytest.mark.parametrize(
    ("ninths", "total", "grade", "incentive"),
    [
        ("535.25", 59, "di_bawah_standar", 0),
        ("535.5", 60, "cukup", 250_000),
        ("634.25", 70, "cukup", 250_000),
        ("634.5", 71, "baik", 500_000),
        ("724.25", 80, "baik", 500_000),
        ("724.5", 81, "sangat_baik", 750_000),
        ("814.25", 90, "sangat_baik", 750_000),
        ("814.5", 91, "memuaskan", 1_000_000),
    ],
)
def test_class_on_its_bound(ninths: str, total: int, grade: str, incentive: int) -> None:
    """A mean of exactly one half below a class is in that class, and the next smaller one that can occur is not."""
    result = JUDGE.evaluate(summing_to(Fraction(ninths)), on=MAY).complete()
    assert Fraction(ninths) / 9 == result["total"].steps[0].result
    assert result.grade is not None
    assert (total, grade, incentive) == (result.total, result.grade.id, earned(result))


def test_the_lpm_alone() -> None:
    """Four of nine indicators: a partial mean of those four, no total, no class and no incentive."""
    result = JUDGE.evaluate(kinerja.load_sheet(EXAMPLES / "rt-lpm.yaml"))
    assert isinstance(result, Incomplete)
    assert (None, None) == (result.trail.total, result.trail.grade)
    assert ("retribusi_sampah", "pbb", "smart_card", "buku_administrasi", "kontrol_sosial") == result.missing
    assert result.partial is not None
    assert (73, ("longgar", "mtr", "bank_sampah", "sombere")) == (result.partial.total, result.partial.covers)
    told = result.explain(language="id").partition("Tafsir atas sumber")[0]
    assert "Nilai sementara 73" in told
    assert "Predikat:" not in told
    assert "Rp" not in told


def test_an_indicator_that_cannot_apply() -> None:
    """Left out with its reason, the mean is over the other eight, and the result is marked."""
    facts = kinerja.load_sheet(EXAMPLES / "rt.yaml").facts
    changed = {**facts, "retribusi_sampah": {"not-applicable": "Pulau tanpa retribusi sampah"}}
    result = JUDGE.evaluate(changed, on=MAY).complete()
    assert (Fraction("593.75") / 8, True) == (result["total"].steps[0].result, result["total"].reweighed)
    node = result["retribusi_sampah"]
    assert ("excluded", "Pulau tanpa retribusi sampah") == (node.status, node.reason)
    assert "K406" in {note.code for note in result.notes}
    told = " ".join(result.explain(language="id").split())
    assert "Retribusi Sampah: dikeluarkan, dengan alasan: Pulau tanpa retribusi sampah" in told


@pytest.mark.parametrize("name", ["longgar", "mtr", "pbb", "sombere", "kontrol_sosial"])
def test_what_can_be_done_anywhere_cannot_be_left_out(name: str) -> None:
    """Only a service that is not offered can be said not to apply."""
    facts = {key: value for key, value in head_of("rt").items() if key.partition(".")[0] != name}
    result = JUDGE.evaluate({**facts, name: {"not-applicable": "tidak ada"}}, on=MAY)
    assert isinstance(result, Invalid)


def test_incentive_in_figures_and_words() -> None:
    """The incentive stands at the top, in figures and Indonesian words; where the source words it otherwise, so."""
    told = JUDGE.evaluate(kinerja.load_sheet(EXAMPLES / "rw.yaml")).explain(language="id")
    assert "insentif Rp750.000 (tujuh ratus lima puluh ribu rupiah)." in told.partition("Jabatan")[0]
    told = " ".join(JUDGE.evaluate(kinerja.load_sheet(EXAMPLES / "rt.yaml")).explain(language="id").split())
    assert (
        'insentif Rp500.000 (lima ratus ribu rupiah; dalam sumber tertulis "Lima Ratus Lima Puluh Ribu Rupiah").'
        in told.partition("Jabatan")[0]
    )


def test_the_readings_that_hold_a_class_up() -> None:
    """For 635/9 the explanation says at the top which readings give another class or incentive."""
    result = JUDGE.evaluate(kinerja.load_sheet(EXAMPLES / "rt-batas.yaml")).complete()
    assert Fraction(635, 9) == result["total"].steps[0].result
    top = result.explain(language="id").partition("Jabatan")[0]
    assert '- D41 "batas-bawah" atau "dibulatkan-ke-bawah": Cukup, insentif Rp250.000' in top
    assert '- D42 "kata": Baik, insentif Rp550.000' in top
    assert "D26" not in top
    told = result.trail.readings["D41"].alternatives["batas-bawah"]
    assert told.grade is not None
    assert ("cukup", 250_000) == (told.grade.id, told.grade.awards["insentif"].amount)


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2016-03-31", False), ("2016-04-01", True), ("2020-11-03", True), ("2020-11-04", False)],
)
def test_rules_of_makassar_have_a_first_and_a_last_day(day: str, holds: bool) -> None:
    """In force from April 2016 until before the day on which they were reported revoked."""
    result = JUDGE.evaluate(head_of("rt"), on=dt.date.fromisoformat(day))
    assert holds == isinstance(result, Complete)


def test_every_alternative_of_makassar_is_shown() -> None:
    """No alternative of the rubric is without an example, run with all others above, that takes it."""
    shown = {pair for each in MAKASSAR.examples.values() for pair in each.readings.items()}
    assert {(n, each) for n, reading in MAKASSAR.readings.items() for each in reading.alternatives} == shown


@cache
def judge(reading: str, chosen: str) -> Evaluator:
    """An evaluator with another reading, made once."""
    return Evaluator(MAKASSAR, readings={reading: chosen})


@pytest.mark.volume
@pytest.mark.parametrize("name", ["rt", "rt-batas", "rt-lpm", "rw"])
def test_told_alternatives_of_makassar_are_what_they_would_give(name: str) -> None:
    """What a trail says of each alternative is what an evaluator with it gives: total, class and incentive."""
    sheet = kinerja.load_sheet(EXAMPLES / f"{name}.yaml")
    for reading, each in JUDGE.evaluate(sheet).trail.readings.items():
        for chosen, told in each.alternatives.items():
            result = judge(reading, chosen).evaluate(sheet)
            assert (result.status, result.trail.total) == (told.status, told.total), (reading, chosen)
            assert result.trail.grade == told.grade, (reading, chosen)


# --- rubrics that extend these


def test_the_village_variant() -> None:
    """A village's form in under 25 lines: sound, its own, and different in one sentence only."""
    path = EXAMPLES / "pk-bkm-desa.yaml"
    assert len(path.read_text("utf-8").splitlines()) < 25
    village = kinerja.load(path)
    assert () == kinerja.check(path)
    assert [] == [each.findings for each in run_examples(village) if not each.holds]
    text = village.indicators["kolaborasi"].levels["terlibat_aktif"].text  # type: ignore[attr-defined]
    assert "terbentuk dan terlibat dalam" in text
    trail = Evaluator(village).evaluate(sheet_of(MIXED), on=dt.date(2017, 11, 30)).trail
    assert (("pk-bkm@2017",), Fraction("57.5")) == (trail.rubric.extends, trail.total)
    assert EVALUATOR.identity != trail.rubric.identity


@pytest.mark.parametrize(
    ("base", "change", "facts", "total"),
    [
        (
            BKM,
            {
                "indicators": {
                    "perempuan": {"bands": {1: {"when": "[35..40]"}, 0: {"when": "< 35"}}, "examples": None}
                }
            },
            sheet_of(MIXED, perempuan=34),
            "55",
        ),
        (
            BKM,
            {
                "indicators": {
                    "keuangan": {"weight": "5%"},
                    "arsip": {"weight": "5%", "levels": {"lengkap": 2, "tidak_ada": 0}},
                },
                "readings": {"D1": {"alternatives": {"rerata": None}}},
            },
            sheet_of(MIXED, arsip="tidak_ada"),
            "52.5",
        ),
        (MAKASSAR, {"grades": {"baik": {"awards": {"insentif": {"amount": 550_000}}}}}, head_of("rt"), "75"),
    ],
)
def test_a_patch_of_a_few_lines(
    base: kinerja.Rubric, change: dict[str, Any], facts: dict[str, Any], total: str
) -> None:
    """Moving a bound, adding an indicator with weights rearranged, replacing an amount: in Python as in a file."""
    result = Evaluator(kinerja.patched(base, change)).evaluate(facts, on=DAY).complete()
    assert Fraction(total) == result.total
    if result.grade is not None:
        assert 550_000 == earned(result)
