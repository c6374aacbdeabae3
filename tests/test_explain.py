"""
Explanations: what they say word for word, and that they say nothing that the trail does not.

The texts in `tests/golden` are compared exactly; after a change that is meant, write them anew and read the difference:

    pytest tests/test_explain.py --reset-expected
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import kinerja
from kinerja import Evaluator, Rubric, Trail
from kinerja.explain import WIDTH, explain, explain_row
from kinerja.messages import LANGUAGES, Language
from kinerja.numbers import Rounding, parse, parse_local
from tests.property.test_evaluation_laws import cases

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"
BKM = kinerja.load("pk-bkm")
DAY = dt.date(2017, 6, 30)

SHEET = kinerja.load_sheet(EXAMPLES / "bkm.yaml")
PARTIAL = kinerja.Sheet(
    rubric="pk-bkm",
    subject={"id": "sukamaju", "nama": "BKM Mekar"},
    period="2017-2",
    facts={
        "keuangan": {"value": "memadai", "by": "fgd", "evidence": "Laporan audit 2016"},
        "perempuan": 29.99,
        "kolaborasi": "terlibat_aktif",
        "pengurangan.luas_awal": {"value": 3, "unit": "ha", "by": "fgd"},
        "database": "belum_berkomputer",
        "infrastruktur": {"note": "Belum ada yang disertifikasi."},
        "pengaduan": "ada_layanan",
    },
)
INVALID = kinerja.Sheet(
    subject={"id": "karangrejo", "nama": "BKM \x1b[31mMerah\x1b[0m"},
    date=DAY,
    note="<b>tebal</b> & {total} [bold]x[/bold]",
    facts={
        "lokasi": "kumuh",
        "keuangan": {"value": "Baik", "by": "fgd", "note": "Menurut laporan audit."},
        "perempuan": 140,
        "kolaborasi": "terbentuk\x1b[2J",
        "dokumen": {"score": 3},
        "anggaran": 2.5,
        "pengurangan": 40,
        "pengurangan.luas_awal": 10,
        "pengurangan.luas_kini": 5,
        "pencegahan": "dijalankan",
        "databse": "berkualitas",
        "infrastruktur": {"value": 95, "unit": "unit"},
        "kapasitas": True,
        "pengaduan": {"not-applicable": "tidak ada"},
    },
)
#: An island without a waste fee, and a row of photographs that begins in the middle.
ISLAND = kinerja.Sheet(
    rubric="makassar-rt-rw",
    subject={"id": "pulau", "nama": "Ketua RT 01 / RW 01"},
    date=dt.date(2017, 5, 31),
    facts={
        "peran": "rt",
        "longgar": {"panjang": 40, "dokumentasi": ["lima_puluh", "seratus"]},
        "mtr": {"value": 75, "by": "lurah"},
        "bank_sampah": {"pemilahan": 24, "nasabah": 22},
        "retribusi_sampah": {"not-applicable": "Belum ada retribusi sampah di pulau ini", "by": "lurah"},
        "pbb": {"score": 100},
        "sombere": {"rapat": 3, "kerja_bakti": 3, "keagamaan": 3, "regu_ronda": 3},
        "smart_card": {"not-applicable": "Smart card belum dijalankan di pulau ini", "by": "lurah"},
        "buku_administrasi": 100,
        "kontrol_sosial": 100,
    },
)
#: What is told: a sheet, the day where the sheet has none, and other readings.
TOLD: dict[str, tuple[kinerja.Sheet, dict[str, str]]] = {
    "complete": (SHEET, {}),
    "partial": (PARTIAL, {}),
    "invalid": (INVALID, {}),
    "stated": (kinerja.load_sheet(EXAMPLES / "bkm-kota.yaml"), {}),
    "readings": (attrs.evolve(PARTIAL, date=DAY), {"D19": "tanpa-yang-kosong", "D6": "dua-atau-lebih"}),
    "rt": (kinerja.load_sheet(EXAMPLES / "rt.yaml"), {}),
    "rt-batas": (kinerja.load_sheet(EXAMPLES / "rt-batas.yaml"), {}),
    "rt-lpm": (kinerja.load_sheet(EXAMPLES / "rt-lpm.yaml"), {}),
    "rt-pulau": (ISLAND, {"D41": "batas-bawah"}),
    "rw": (kinerja.load_sheet(EXAMPLES / "rw.yaml"), {}),
}

#: A rubric with everything that the form of PK-BKM has not: groups, yes and no, rounding, a scale of its own, defaults.
NESTED = """
kinerja: 1
id: bertingkat
title: "Rubrik bertingkat"
language: en
combine: mean
round: {to: 0.1, mode: half-up}
facts:
  desa: {title: "Village", kind: yes-no, missing: "true", source: {in: aturan}}
sources:
  aturan: {}
indicators:
  tim:
    title: "Team"
    combine: weighted-mean
    indicators:
      rapat:
        title: "Meetings"
        weight: 2
        measure: {unit: times, round: {to: 1, mode: half-even}, in: ">= 0"}
        bands: {1: {when: ">= 3"}, 0: {when: "< 3"}}
        scale: {from: [0, 1], to: [0, 10]}
      catatan:
        weight: 3
        missing: exclude
        may-not-apply: true
        levels: {"true": {score: 10, title: "Kept"}, "false": 0}
  jarak:
    applies: {desa: "true"}
    facts:
      dekat: {kind: yes-no}
      ramai: {kind: choice, options: {ya: "Ya", tidak: "Tidak"}}
    bands:
      dekat_ramai: {score: 10, when: {dekat: "true", ramai: ya}}
      dekat_sepi: {score: 5, when: {dekat: "true", ramai: tidak}}
      jauh: {score: 0, when: {dekat: "false"}}
  denda:
    combine: sum
    indicators:
      satu: {measure: {missing: 0}, bands: {0: {when: "<= 0"}, 1: {when: "> 0"}}, applies: {desa: "false"}}
      dua: {measure: {}, bands: {0: {when: "<= 0"}, 2/3: {when: "> 0"}}}
"""
EVALUATOR = Evaluator(kinerja.loads(NESTED))


def trail_of(name: str) -> Trail:
    """A trail to be told; what changes with every release of the library and the rubric is held still."""
    sheet, readings = TOLD[name]
    rubric = kinerja.load(sheet.rubric or "pk-bkm")
    trail = Evaluator(rubric, readings=readings).evaluate(sheet).trail
    return attrs.evolve(
        trail, library="kinerja", rubric=attrs.evolve(trail.rubric, identity="0123456789abcdef")
    )


# --- word for word


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_told_word_for_word(name: str, language: Language, request: pytest.FixtureRequest) -> None:
    """An explanation is the text that somebody has read and found good."""
    path = GOLDEN / f"{name}.{language}.txt"
    told = explain(trail_of(name), language=language)
    if request.config.getoption("--reset-expected"):
        path.write_text(told, "utf-8")
    assert path.read_text("utf-8") == told


def test_no_text_is_left_over() -> None:
    """Every file of `tests/golden` is compared with something."""
    assert {f"{name}.{language}.txt" for name in TOLD for language in LANGUAGES} == {
        path.name for path in GOLDEN.iterdir()
    }


# --- nothing but the trail

#: How a fraction whose decimals do not end is shown beside itself.
NEAR = Rounding(Fraction(1, 100), mode="half-up")
NUMBER = re.compile(r"[0-9]+(?:[.,/][0-9]+)*")


def numbers_in(text: str, language: Language) -> Iterator[Fraction]:
    """Every number that a text prints, read with the separators of its language."""
    for found in NUMBER.findall(text):
        for part in re.split("[-/]", found) if "/" not in found else [found]:
            try:
                yield parse(part) if "/" in part else parse_local(part, locale=language)
            except kinerja.KinerjaError:
                # A list such as 1,2,3, or a number of another language in a text of the rubric: by its parts.
                yield from (Fraction(digits) for digits in re.findall("[0-9]+", part))


def known_numbers(data: Any) -> set[Fraction]:
    """Every number that a trail holds, as a figure or inside its texts, however it may be read."""
    text = json.dumps(data, ensure_ascii=False)
    found = set(map(Fraction, re.findall("[0-9]+", text)))
    for language in LANGUAGES:
        found |= set(numbers_in(text, language))
    for exact in re.findall(r'"exact": "-?([0-9./]+)"', text):
        found |= {Fraction(exact), Fraction(exact) * 100, NEAR.apply(Fraction(exact))}
    return found


def assert_told_from(trail: Trail, language: Language) -> None:
    """Every number and every name that is printed stands in the trail."""
    data = trail.to_data()
    said = explain(trail, language=language)
    known = known_numbers(data)
    # A code point stands for a character that cannot be printed; a function is advice to a programmer.
    bare = re.sub(r"<U\+[0-9A-F]{4,6}>|… \([0-9]+\)|kinerja\.[a-z_.]+", "", " ".join(said.split()))
    assert [] == sorted(set(numbers_in(bare, language)) - known)
    text = json.dumps(data, ensure_ascii=False)
    for name in re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\b[a-z_]+\.[a-z_]+\b|\bD[0-9]+\b", bare):
        assert name in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_nothing_is_made_up(name: str, language: Language) -> None:
    """No number and no name in an explanation is missing from the trail."""
    assert_told_from(trail_of(name), language)


@settings(max_examples=50)
@given(cases())
def test_nothing_is_made_up_about_any_rubric(case: tuple[Rubric, dict[str, Any]]) -> None:
    """The same for random rubrics and sheets; and no line is wider than a terminal."""
    rubric, sheet = case
    trail = Evaluator(rubric).evaluate(sheet).trail
    for language in LANGUAGES:
        assert_told_from(trail, language)
        assert max(map(len, explain(trail, language=language).splitlines())) <= WIDTH


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOLD)
def test_lines_fit(name: str, language: Language) -> None:
    """Lines have at most 80 columns, no blanks at their ends, and nothing that steers a terminal."""
    said = explain(trail_of(name), language=language)
    lines = said.removesuffix("\n").split("\n")
    assert max(map(len, lines)) <= WIDTH
    assert [] == [line for line in lines if line != line.rstrip() or not (line.isprintable() or line == "")]
    assert [] == [at for at in range(1, len(lines)) if lines[at] == lines[at - 1] == ""]


def test_told_again_from_json() -> None:
    """A trail that was stored tells the same story."""
    trail = trail_of("complete")
    assert explain(trail, language="id") == explain(Trail.from_json(trail.to_json()), language="id")


def test_a_trail_that_lacks_a_row() -> None:
    """A stored trail whose total names a row that is not in it is told without that row."""
    data = json.loads(trail_of("rw").to_json())
    del data["nodes"]["mtr"]
    data["nodes"]["total"]["steps"] = []
    said = explain(Trail.from_data(data), language="id")
    assert "II. MTR" not in said
    assert "III. Bank Sampah" in said


# --- what a reader needs


def told(facts: dict[str, Any], language: Language = "en") -> str:
    """The explanation of a sheet for the nested rubric, on one line."""
    return " ".join(EVALUATOR.evaluate(facts, on=DAY).explain(language=language).split())


COMPLETE = {"tim.rapat": 2.5, "tim.catatan": True, "jarak.dekat": True, "jarak.ramai": "ya", "denda.dua": 1}


def test_what_is_missing_comes_first() -> None:
    """An incomplete sheet says what to fill in, by title and name, before it says anything of the rows."""
    said = EVALUATOR.evaluate({"tim.catatan": False, "denda.dua": 0}, on=DAY).explain()
    head = said.split("\n\n")
    assert "No total yet" in head[1]
    assert head[2].startswith("Still to be filled in")
    assert "- Meetings (tim.rapat)" in head[2]


def test_what_is_wrong_comes_first_and_once() -> None:
    """An invalid sheet says what to put right, and its row does not say it again."""
    said = told({**COMPLETE, "tim.rapat": -7})
    assert 1 == said.count("-7")
    assert said.index("To be put right") < said.index("-7") < said.index("Meetings:")


def test_a_shared_fact_is_told_once() -> None:
    """A fact that several rows hang on is told before them, not under each."""
    said = told({**COMPLETE, "desa": True})
    assert 1 == said.count("Village (desa): yes.")


def test_a_default_is_told_as_one() -> None:
    """What the rubric assumed is never told as if somebody had said so."""
    assert "Not filled in (Village (desa)); by the rubric that counts as yes." in told(COMPLETE)


def test_a_row_that_does_not_apply_takes_one_line() -> None:
    """A row that does not apply says where it would."""
    assert "denda.satu: does not apply, only where desa: false" in told(COMPLETE)


def test_rounding_is_told_before_and_after() -> None:
    """A rounded answer shows what was entered and how it was rounded."""
    said = told(COMPLETE)
    assert "Entered (tim.rapat): 2 times. Rounded from 2.5, half to the even neighbour to steps of 1." in said


def test_arithmetic_is_told_step_by_step() -> None:
    """A group shows its children's scores, and each later step what went in and what came out."""
    said = told(COMPLETE)
    assert "Mean by weight: (2 × 0 + 3 × 10) / sum of weights = 6" in said
    assert "From the scale 0–1 to 0–10: 0 becomes 0" in said
    assert "Sum: 2/3 = 2/3" in said
    assert "Mean of 6, 10, 2/3 = 50/9" in said
    assert "Rounded, half away from zero to steps of 0.1: 50/9 becomes 5.6" in said


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (None, "tim.catatan: left out, as it was not answered"),
        ({"not-applicable": "no office yet"}, "tim.catatan: left out: no office yet"),
    ],
)
def test_what_is_left_out_says_why(record: Any, text: str) -> None:
    """A row that was left out says why, once, and the result says that the others count for more."""
    said = told({**COMPLETE, "tim.catatan": record})
    assert text in said
    assert 1 == said.count("left out: no office yet") + said.count("left out, as it was")
    assert "so the others count for more" in said


def test_a_group_stands_before_its_rows() -> None:
    """The rows of a group follow it."""
    said = told(COMPLETE)
    assert said.index("Team: score") < said.index("Meetings: score") < said.index("jarak: score")


@pytest.mark.parametrize(
    ("value", "text"), [(True, "True is a truth value"), (float("nan"), "nan"), ("5", '"5" is text')]
)
def test_a_problem_names_its_fact(value: Any, text: str) -> None:
    """Also where the sentence is about the value alone, the reader learns which answer is meant."""
    said = told({**COMPLETE, "tim.rapat": value})
    assert '- "tim.rapat": ' in said
    assert text.lower() in said.lower()


def test_an_empty_form_shows_the_possible_answers() -> None:
    """A row without an answer lists the lines of the form, and a fact that several lines ask is asked for by name."""
    said = told({"jarak.dekat": True})
    assert "Fill in tim.rapat (times); the lines of the form: - score 1: >= 3 - score 0: < 3" in said
    assert "Still missing: jarak.ramai. The lines of the form:" in said
    assert '- score 10: dekat: true, ramai: "ya"' in said


def test_nothing_applies() -> None:
    """Where nothing applies there is no total, and nothing is asked for."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: mean\nfacts: {ada: {kind: yes-no}}\nindicators:\n"
        '  a: {applies: {ada: "true"}, measure: {}, bands: {1: {when: "-"}}}\n'
    )
    result = Evaluator(rubric).evaluate({"ada": False}, on=DAY)
    assert ("incomplete", ["K332"]) == (result.status, [each.code for each in result.problems])
    assert "No total: nothing in this rubric applies here." in result.explain()


def test_a_reading_that_refuses_the_sheet() -> None:
    """Where another reading would refuse what the sheet says, the result says so instead of giving a total."""
    facts = {**SHEET.facts, "infrastruktur": 98}
    said = Evaluator(BKM).evaluate(facts, on=DAY).explain()
    assert "no total, as this sheet does not fit that reading" in " ".join(said.split())


def test_a_chosen_reading_says_what_is_usual() -> None:
    """A result under another reading shows what was chosen, what is usual, and what the rest would give."""
    result = Evaluator(BKM, readings={"D19": "nol"}).evaluate({"lokasi": "kumuh", "perempuan": 45}, on=DAY)
    said = " ".join(result.explain().split())
    assert 'Chosen for this result instead of the usual reading: "nol" (Baris yang tidak diisi' in said
    assert "The usual one: Tanpa semua jawaban tidak ada nilai akhir" in said
    assert 'Read as "tanpa-yang-kosong"' in said


def test_separators_follow_the_reader() -> None:
    """Figures are written as the reader of the language writes them."""
    assert "2.5" in told(COMPLETE, "en")
    assert "2,5" in told(COMPLETE, "id")


def test_text_from_a_sheet_is_only_text() -> None:
    """Control characters reach no terminal, and braces, brackets and tags mean nothing."""
    said = explain(trail_of("invalid"), language="id")
    assert "\x1b" not in said
    assert "<b>tebal</b> & {total} [bold]x[/bold]" in said


def test_a_very_long_answer_is_cut() -> None:
    """A long text where an answer should stand is cut, and a long note is wrapped."""
    long = EVALUATOR.evaluate(
        {"tim.rapat": "9" * 5_000, "jarak.ramai": {"value": "ya", "note": "x" * 500}}
    ).explain()
    assert max(map(len, long.splitlines())) <= WIDTH
    assert "9" * 100 not in long


# --- classes, awards, gates, and what stands aside

GRADED = kinerja.loads("""
kinerja: 1
id: dana
title: "Fund"
language: en
combine: sum
facts:
  amdal: {kind: yes-no, title: "Assessed"}
indicators:
  manfaat: {title: "Benefit", direct: {in: "[0..60]"}, cap: "<= 50"}
  swadaya: {title: "Own effort", formula: "manfaat * 2 / 3"}
  uji:
    title: "Tested"
    levels: {lulus: 10, "belum": {score: none, because: "No laboratory yet."}}
aside:
  tertinggi: {title: "Highest", formula: "max(children.score)"}
  lain:
    title: "Recorded"
    combine: mean
    indicators: {tamu: {title: "Guests", direct: {}}}
  tindakan:
    title: "Measure"
    grades:
      tunda: {when: {manfaat.score: "< 20"}}
      jalan: {title: "Go", when: {manfaat.score: ">= 20"}}
grades:
  tanpa: {when: none}
  tolak: {title: "Refused", when: "< 60", awards: {saran: {text: "come again"}}}
  terima: {title: "Accepted", when: ">= 60", awards: {dana: {from: 1000000, to: 2000000, currency: IDR}}}
requires:
  amdal: {when: {amdal: true}, grade: tolak, text: "Assessed beforehand."}
  usaha: {when: {swadaya.score: ">= 20"}, grade: tolak}
readings:
  R1:
    settles: silence
    problem: "P."
    taken: "T."
    because: "B."
    alternatives:
      lain:
        text: "Untested scores nothing."
        change: {indicators: {uji: {levels: {lulus: {score: none, because: "Q"}}}}}
      nol: {text: "Untested is zero.", change: {indicators: {uji: {levels: {lulus: 0, belum: 0}}}}}
""")
FUNDED = {"amdal": True, "manfaat": 45, "uji": "lulus", "lain.tamu": 3}


def story(facts: dict[str, Any], language: Language = "en", **readings: str) -> str:
    """The explanation of a sheet for the graded rubric, on one line."""
    result = Evaluator(GRADED, readings=readings).evaluate(facts, on=DAY)
    return " ".join(result.explain(language=language).split())


def test_a_class_comes_first_with_what_it_earns() -> None:
    """The class stands right below the total, with a range of money as its two ends."""
    said = story(FUNDED)
    assert "has a score. Grade: Accepted, dana Rp1,000,000–Rp2,000,000." in said
    assert "Predikat: Accepted, dana Rp1.000.000–Rp2.000.000." in story(FUNDED, "id")


def test_an_award_that_is_no_money() -> None:
    """An award without an amount is told by its text."""
    assert "Grade: Refused, saran: come again." in story({**FUNDED, "manfaat": 25})


def test_a_gate_that_is_not_met() -> None:
    """What is not met is named, by its text or its condition, and what the score alone would have given is told."""
    said = story({**FUNDED, "amdal": False})
    assert "Not met: Assessed beforehand. Grade: Refused" in said
    assert "By the score alone it would be terima." in said
    assert "Not met: usaha (swadaya.score: >= 20)." in story({**FUNDED, "manfaat": 25})


def test_a_gate_that_nobody_can_tell() -> None:
    """A gate whose fact is missing is told as not yet known."""
    assert "Not yet known to be met: Assessed beforehand." in story({**FUNDED, "amdal": None})


def test_what_stands_aside_is_told_apart() -> None:
    """Nodes that do not count come after the sum, under a heading of their own, each group with its rows."""
    said = story(FUNDED)
    heading = said.index("Recorded beside the total, and not counted in it")
    assert said.index("How the total comes about") < heading
    assert heading < said.index("Highest: score 45") < said.index("Recorded: score 3 Mean of 3 = 3")
    assert "Guests: score 3 Entered (lain.tamu): 3." in said
    assert "Measure: graded, without a number Grade: Go." in said


def test_arithmetic_of_an_indicator() -> None:
    """A formula shows what its names stood for, and a cap what it held the score to."""
    said = story({**FUNDED, "manfaat": 55})
    assert "Held to <= 50: 55 becomes 50" in said
    assert "manfaat * 2 / 3, with manfaat = 55: 110/3 (about 36.67)" in said


def test_an_answer_without_a_score() -> None:
    """An answer that has no score on purpose gives no total, and says why."""
    said = story({**FUNDED, "uji": "belum"})
    assert "Tested: answered without a score: No laboratory yet." in said
    assert "Complete. Grade: tanpa." in said


def test_readings_that_change_a_class_are_named_first() -> None:
    """At the top stand the readings under which the class would be another, and only those."""
    said = story({**FUNDED, "manfaat": 30})
    assert 'Read otherwise: - R1 "lain": tanpa - R1 "nol": Refused, saran: come again Assessed' in said
    assert 'Read as "lain" (Untested scores nothing.): total none, grade tanpa.' in said
    assert 'Read as "nol" (Untested is zero.): total 50, grade Refused, saran: come again.' in said
    said = story({**FUNDED, "manfaat": 36})
    assert 'Read otherwise: - R1 "lain": tanpa Assessed' in said
    assert "the total would be 60, the grade the same." in said


def test_a_reading_that_was_chosen_is_named_first() -> None:
    """A result under another reading says so at the top, and what the usual one would have given."""
    said = story({**FUNDED, "manfaat": 30}, R1="nol")
    assert 'Readings chosen for this result: R1 "nol". The grade, or what it earns, hangs' in said
    assert "- R1 usual: Accepted, dana Rp1,000,000–Rp2,000,000" in said


def test_a_reading_under_which_there_is_no_total() -> None:
    """Without classes, another reading may leave a complete result without a total."""
    rubric = kinerja.loads("""
kinerja: 1
id: kecil
combine: sum
indicators: {uji: {levels: {"ya": 1, "tidak": 0}}}
readings:
  R1:
    settles: silence
    problem: "P."
    taken: "T."
    because: "B."
    alternatives:
      lain: {change: {indicators: {uji: {levels: {"ya": {score: none, because: "Q."}}}}}}
""")
    said = Evaluator(rubric).evaluate({"uji": "ya"}, on=DAY).explain()
    assert 'Read as "lain": complete, and without a total.' in said
    said = Evaluator(rubric, readings={"R1": "lain"}).evaluate({"uji": "ya"}, on=DAY).explain()
    assert "Complete, and without a total" in said
    assert "Read as usual: the total would be 1." in said


# --- figures beyond what people write


@pytest.mark.parametrize(
    "indicator",
    [
        'measure: {in: ">= 0"}, bands: {b: {when: "-", score: "value ** 400 + 0.5"}}, round: {to: 1, mode: half-up}',
        'measure: {from: "hasil ** 400 + 0.5", round: {to: 1, mode: half-up}}, bands: {1: {when: "-"}}',
    ],
    ids=["score", "fact"],
)
def test_what_a_long_computation_came_to_is_told(indicator: str) -> None:
    """A figure of more digits than a rubric may write is told like any other, before its rounding and after."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nfacts: {hasil: {}}\n"
        f"indicators: {{a: {{{indicator}}}, b: {{formula: hasil}}}}\n"
    )
    result = Evaluator(rubric).evaluate({"hasil": 1234} if "from" in indicator else {"hasil": 1, "a": 1234})
    assert "complete" == result.status
    assert result.trail == Trail.from_json(result.trail.to_json())
    assert f"{1234**400}.5" in re.sub(r"[\s,]", "", result.explain())


def test_an_award_beyond_the_names_of_numbers() -> None:
    """An award of so much that numbers have no names for it is told in figures alone."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nindicators: {a: {direct: {}}}\n"
        'grades: {baik: {when: "-", awards: {dana: {amount: 1000000000000000000, currency: IDR}}}}\n'
    )
    said = Evaluator(rubric).evaluate({"a": 1}).explain(language="id")
    assert "dana Rp1.000.000.000.000.000.000." in said
    assert "rupiah" not in said


def test_a_row_is_told_alone_with_what_is_wrong_with_it() -> None:
    """What a node's own example comes to: its row, without what stands elsewhere in the story."""
    result = kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate({"perempuan": 130})
    assert (
        explain_row(result.trail, "perempuan")
        == """\
2. Partisipasi perempuan dalam penanganan kumuh: no score, see what has to be
   put right
   Fill in perempuan (%); the lines of the form:
   - score 2: > 40, "Tingkat partisipasi perempuan > 40%"
   - score 1: [30..40], "Tingkat partisipasi perempuan 30% s.d 40%"
   - score 0: < 30, "Tingkat partisipasi perempuan < 30%"

To be put right
   - "perempuan" is 130 %, outside [0..100]. Check the figure.
"""
    )
    told = explain_row(result.trail, "pengurangan", language="id").splitlines()
    assert [
        "",
        "Yang harus dibetulkan",
        '   - "lokasi" belum diisi. Diperlukan untuk: pengurangan, pencegahan.',
    ] == told[-3:]
