"""
The bundled rubrics, as somebody gets them with the library.

This file also runs against an installed wheel with the sources out of reach: rubrics come from `kinerja.bundled()`,
sheets from the examples beside the tests.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid, numbers
from kinerja.checks.examples import run_examples

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
    """No check finds an error in a rubric that comes with the library, nor in any alternative of its readings."""
    assert [] == [finding.render() for finding in kinerja.check(name) if finding.severity == "error"]


@pytest.mark.parametrize("name", kinerja.bundled())
def test_examples_hold(name: str) -> None:
    """Everything that a rubric's author worked out by hand comes out."""
    results = list(run_examples(kinerja.load(name)))
    assert results
    assert [] == [finding.render() for result in results for finding in result.findings]


@pytest.mark.parametrize("name", kinerja.bundled())
def test_rubric_is_found_by_its_own_id(name: str) -> None:
    """The id inside the file is the name that it is asked for."""
    rubric = kinerja.load(name)
    assert name == rubric.id
    assert rubric == kinerja.load(f"{name}@{rubric.edition}")


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
