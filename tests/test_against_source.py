"""The checks of a rubric against its source: texts, amounts and printed numbers, and the readings that settle them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest

import kinerja
from kinerja.checks import PROOFS, findings
from kinerja.checks.proofs import Check
from kinerja.errors import Diagnostic
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.model import Band, Bands, Number, Rubric

HEAD = "kinerja: 1\nid: x\ncombine: mean\n"


#: The value of a finding that tells most.
TELLING = {
    "K248": "region",
    "K249": "later",
    "K213": "region",
    "K214": "numbers",
    "K215": "said",
    "K216": "other",
    "K217": "next",
}


def told(text: str, *codes: str) -> list[tuple[str, Any]]:
    """The path and the telling value of each finding with these codes; alternatives are not proved here."""
    rubric = structure(read(HEAD + text, name="x"))
    return [
        (each.where.removeprefix("indicators."), each.values[TELLING[each.code]])
        for each in findings(rubric)
        if each.code in codes
    ]


def bands(measure: str, *lines: tuple[str, str]) -> str:
    """One indicator whose bands have these conditions and texts; the last has the id 0."""
    rows = "".join(
        f"      {len(lines) - 1 - at}: {{when: {when!r}, text: {text!r}}}\n"
        for at, (when, text) in enumerate(lines)
    )
    return f"indicators:\n  i:\n    measure: {measure}\n    bands:\n{rows}"


def reading(settles: str, rest: str) -> str:
    """A reading that settles something, with its alternatives or its place."""
    return f"readings: {{r: {{settles: {settles}, problem: p, taken: t, because: b, {rest}}}}}\n"


# --- texts


@pytest.mark.parametrize(
    ("measure", "lines", "expected"),
    [
        ('{unit: "%"}', [("> 40", "> 40%"), ("[30..40]", "30% s.d 40%"), ("< 30", "< 30%")], []),
        ("{}", [(">= 40", "> 40"), ("< 40", "di bawah 40")], [("1", "40")]),
        ("{}", [("> 40", "lebih dari 40"), ("<= 40", "kurang dari 40")], [("0", "40")]),
        ("{in: '[0..100]'}", [("> 40", "lebih dari 40"), ("<= 40", "-")], []),
        # On whole numbers "lebih dari 2" is 3 or more; after rounding so is "2,5 ke atas".
        ("{in: '>= 0', step: 1}", [(">= 3", "lebih dari 2"), ("<= 2", "paling banyak 2")], []),
        ("{in: '>= 0', round: {to: 1, mode: half-up}}", [("> 2", "2,5 ke atas"), ("<= 2", "0 - 2")], []),
        ("{in: '>= 0', step: 0.5}", [(">= 3", "lebih dari 2"), ("< 3", "x")], [("1", "2.5")]),
        # Beside a line for none, the others speak of some, unless they name 0 themselves.
        ("{unit: kali, in: '>= 0', step: 1}", [("> 5", "> 5"), ("[1..5]", "<= 5"), ("0", "Tidak ada")], []),
        (
            "{unit: kali, in: '>= 0', step: 1}",
            [("> 5", "> 5"), ("[1..5]", "0 - 5"), ("0", "Tidak ada")],
            [("1", "0")],
        ),
        # A text that is not understood whole is not compared.
        ("{}", [("> 40", "lebih dari 3 dalam 3 bulan 7"), ("<= 40", "")], []),
    ],
)
def test_text_against_rule(
    measure: str, lines: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    """A band is told with the numbers of its domain on which its text and its condition differ."""
    found = told(bands(measure, *lines), "K213")
    assert expected == [(where.split(".")[2], region) for where, region in found]


def test_finding_of_a_text() -> None:
    """It is a warning at the condition, and says what the text says and what the condition holds."""
    text = bands('{in: "[0..100]"}', (">= 40", "di atas 40"), ("< 40", ""))
    (found,) = kinerja.check(read(HEAD + text, name="x"))
    assert ("K213", "warning", "indicators.i.bands.1.when") == (found.code, found.severity, found.where)
    assert {"text": "di atas 40", "said": "> 40", "held": "[40..100]", "region": "40"} == found.values
    assert "x:8:17" == str(found.place)


def test_text_of_a_rubric_in_english() -> None:
    """A rubric in English writes its numbers the English way."""
    text = "language: en\n" + bands("{}", ("> 1250", "more than 1,250"), ("<= 1250", "at most 1,205"))
    assert [("i.bands.0.when", "(1205..1250]")] == told(text, "K213")


def test_bands_over_several_facts_are_not_compared() -> None:
    """A text can only be compared with a condition on one number."""
    text = (
        "facts: {n: {}, t: {kind: yes-no}}\nindicators:\n  i:\n    bands:\n"
        "      1: {when: {n: '> 5', t: true}, text: 'lebih dari 7'}\n"
        "      0: {when: [{n: '<= 5'}, {t: false}], text: 'sekitar 7'}\n"
        "  j: {measure: {kind: yes-no}, bands: {1: {when: true, text: '> 3'}, 0: {when: false}}}\n"
    )
    assert [] == told(text, "K213", "K214")


@pytest.mark.parametrize(
    ("rounding", "grade", "expected"),
    [
        ("round: {to: 1, mode: half-up}", "{when: '[60..70]', text: '60 - 70 : Cukup'}", []),
        ("round: {to: 1, mode: half-up}", "{when: '[60..71)', text: '60 - 70 : Cukup'}", []),
        ("", "{when: '[60..71)', text: '60 - 70 : Cukup'}", [("grades.g.when", "(70..71)")]),
        ("", "{when: {value: '> 60', i.score: '> 1'}, text: 'di atas 70'}", []),
        ("", "{when: none, text: 'di atas 70'}", []),
        ("", "{when: '> 60', text: 'sekitar 60'}", [("grades.g.text", ("60",))]),
    ],
)
def test_text_of_a_grade(rounding: str, grade: str, expected: list[tuple[str, Any]]) -> None:
    """A grade is compared like a band, on the score as it is rounded, where it asks nothing else."""
    text = f"{rounding}\ngrades: {{g: {grade}}}\nindicators: {{i: {{direct: {{in: '[0..100]'}}}}}}\n"
    assert expected == told(text, "K213", "K214")


# --- readings

GAP = bands("{in: '>= 0'}", ("> 98", "> 98%"), ("[90..98]", "90 - 97%"), ("< 90", "< 90%"))
WIDE = bands("{in: '>= 0'}", ("> 98", "> 98%"), ("[80..98]", "90 - 97%"), ("< 80", "< 90%"))
TWICE = bands("{in: '>= 0', step: 1}", (">= 3", "lebih dari 2"), ("[1..2]", "lebih dari 0"), ("0", "0"))
CHANGE = "{indicators: {i: {bands: {1: {when: '[90..97]'}}}}}"


@pytest.mark.parametrize(
    ("text", "settles", "change", "expected"),
    [
        (GAP, "gap", CHANGE, []),
        (GAP, "text", CHANGE, []),
        (GAP, "overlap", CHANGE, ["(97..98]"]),
        (GAP, "words", CHANGE, ["(97..98]"]),
        (GAP, "gap", "{indicators: {i: {measure: {in: '[0..97], (98..100]'}}}}", []),
        (GAP, "gap", "{indicators: {i: {title: T}}}", ["(97..98]"]),
        (GAP, "gap", "{indicators: {i: null}}", ["(97..98]"]),
        (GAP, "gap", "{title: T}", ["(97..98]"]),
        (GAP, "gap", "{each: {bands: {1: {when: '[90..97]'}}}}", []),
        (GAP, "gap", "{each: {title: T}}", ["(97..98]"]),
        (GAP, "text", "{indicators: {i: {bands: {0: {when: '<= 89'}}}}}", ["(97..98]"]),
        (GAP, "text", "{indicators: {i: {bands: {1: null}}}}", ["(97..98]"]),
        # A gap accounts for what no text names: 80 to 90 is named, and by another.
        (WIDE, "gap", CHANGE, ["[80..90)", "[80..90)"]),
        (TWICE, "overlap", "{indicators: {i: {bands: {1: {when: '1'}}}}}", []),
        (TWICE, "gap", "{indicators: {i: {bands: {1: {when: '1'}}}}}", [">= 3"]),
    ],
)
def test_reading_that_settles_a_text(text: str, settles: str, change: str, expected: list[str]) -> None:
    """A reading accounts for what it settles, at the lines that its alternatives change."""
    found = told(text + reading(settles, f"alternatives: {{a: {{change: {change}}}}}"), "K213")
    assert expected == [region for _, region in found]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("at: i", []),
        ("at: [total]", ["(97..98]"]),
        ("at: total.*", []),
        ("at: i, alternatives: {a: {text: tanpa perubahan}}", []),
        ("at: i, alternatives: {a: {change: {title: T}}}", ["(97..98]"]),
    ],
)
def test_reading_that_says_where_it_is(rest: str, expected: list[str]) -> None:
    """Where no alternative changes anything, a reading is found where it says so itself."""
    assert expected == [region for _, region in told(GAP + reading("gap", rest), "K213")]


def test_reading_of_a_grade() -> None:
    """Grades are accounted for by a reading that changes them, or the rounding of what they test."""
    text = "grades: {g: {when: '[60..71)', text: '60 - 70'}}\nindicators: {i: {direct: {in: '[0..100]'}}}\n"
    assert [("grades.g.when", "(70..71)")] == told(text, "K213")
    for change in ("{grades: {g: {when: '[60..70]'}}}", "{round: {to: 1, mode: floor}}"):
        assert [] == told(text + reading("gap", f"alternatives: {{a: {{change: {change}}}}}"), "K213")


# --- what is rounded away, and steps without the one before

ROUNDED = "{in: '>= 0', round: {to: 1, mode: half-up}}"


@pytest.mark.parametrize(
    ("measure", "lines", "expected"),
    [
        (ROUNDED, [(">= 26", "mulai 26"), ("< 26", "sampai 25")], ["(25..26)"]),
        (
            ROUNDED,
            [("> 30", "mulai 31"), ("[26..30]", "26 - 30"), ("< 26", "0 - 25")],
            ["(25..26), (30..31)"],
        ),
        (ROUNDED, [(">= 26", "mulai 26"), ("< 26", "di bawah 26")], []),
        # What is left out is a number after rounding, too: that is told of the lines.
        (ROUNDED, [(">= 26", "mulai 28"), ("< 26", "sampai 25")], []),
        (ROUNDED, [(">= 26", "sekitar 26"), ("< 26", "sampai 25")], []),
        (ROUNDED, [(">= 26", "lebih banyak"), ("< 26", "sampai 25")], []),
        (ROUNDED, [(">= 26", ""), ("< 26", "")], []),
        ("{in: '>= 0', step: 1}", [(">= 26", "mulai 26"), ("< 26", "sampai 25")], []),
        (
            "{in: '>= 0', round: {to: 0.5, mode: floor}}",
            [(">= 2", "mulai 2"), ("< 2", "0 - 1,5")],
            ["(1.5..2)"],
        ),
    ],
)
def test_what_only_rounding_closes(measure: str, lines: list[tuple[str, str]], expected: list[str]) -> None:
    """Numbers between the printed lines, none of which is left after rounding, are told at the rounding."""
    assert [("i.measure.round", region) for region in expected] == told(bands(measure, *lines), "K248")


@pytest.mark.parametrize(
    ("settles", "change", "is_told"),
    [
        ("gap", "{indicators: {i: {measure: {round: {to: 1, mode: floor}}}}}", False),
        ("text", "{indicators: {i: {bands: {1: {when: '> 25'}}}}}", False),
        ("overlap", "{indicators: {i: {measure: {round: {to: 1, mode: floor}}}}}", True),
        ("gap", "{title: T}", True),
    ],
)
def test_reading_that_settles_a_rounding(settles: str, change: str, is_told: bool) -> None:
    """A reading of the gap, or of the text, accounts for it where it changes the lines or the rounding."""
    text = bands(ROUNDED, (">= 26", "mulai 26"), ("< 26", "sampai 25"))
    found = told(text + reading(settles, f"alternatives: {{a: {{change: {change}}}}}"), "K248")
    assert is_told == bool(found)


def test_rounding_of_a_total() -> None:
    """Grades are looked at like bands; one that asks for an answer without a score has no numbers."""
    text = "round: {to: 1, mode: half-up}\ngrades: {a: {when: none, text: tanpa}, b: {when: '< 71', text: 60 - 70},"
    text += " c: {when: '>= 71', text: 71 - 80}}\nindicators: {i: {direct: {in: '[0..100]'}}}\n"
    assert [("round", "(70..71)")] == told(text, "K248")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("{p: 1, q: 2}", ["q"]),
        ("{p: 1, q: 2, r: 3}", ["q"]),
        ("{p: 1}", []),
        ("{p: {score: 1, all: {x: X}}, q: {score: 2, all: {x: X, y: Y}}}", []),
        ("{p: {score: 1, all: {x: X}}, q: {score: 2, all: {x: X, y: Y}}, r: {score: 3, all: {y: Y}}}", ["r"]),
    ],
)
def test_steps_without_the_one_before(steps: str, expected: list[str]) -> None:
    """The first step that can be fulfilled without one before it is told at the ladder."""
    text = f"indicators: {{i: {{otherwise: 0, ladder: {steps}}}}}\n"
    assert [("i.ladder", later) for later in expected] == told(text, "K249")


@pytest.mark.parametrize(("settles", "is_told"), [("gap", False), ("silence", True)])
def test_reading_that_settles_a_ladder(settles: str, is_told: bool) -> None:
    """A reading of the gap accounts for it where its alternatives change the ladder."""
    change = "{indicators: {i: {ladder: null, otherwise: null, levels: {x: 1}}}}"
    text = "indicators: {i: {otherwise: 0, ladder: {p: 1, q: 2}}}\n"
    found = told(text + reading(settles, f"alternatives: {{a: {{change: {change}}}}}"), "K249")
    assert is_told == bool(found)


# --- amounts


def award(keys: str) -> str:
    """A grade with one award."""
    return f"grades: {{g: {{when: '>= 0', awards: {{insentif: {{{keys}}}}}}}}}\nindicators: {{i: {{direct: {{}}}}}}\n"


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("amount: 550000, currency: IDR, words: Lima Ratus Lima Puluh Ribu Rupiah", []),
        (
            "amount: 500000, currency: IDR, words: Lima Ratus Lima Puluh Ribu Rupiah",
            [("words", ("Rp550.000",))],
        ),
        ("amount: 500000, currency: IDR, text: 'Rp. 500,000,- (lima ratus ribu)'", []),
        ("amount: 500000, currency: IDR, text: 'Rp. 50,000,- (lima ratus ribu)'", [("text", ("Rp50.000",))]),
        ("amount: 500000, currency: IDR, text: 'Rp. 500,000,- (lima ribu)'", [("text", ("Rp5.000",))]),
        ("amount: 500000, currency: IDR, text: 'Rp500.000 dari Rp1.000.000'", []),
        ("from: 300000, to: 600000, currency: IDR, text: 'Rp300-600 ribu'", []),
        (
            "from: 300000, to: 900000, currency: IDR, text: 'Rp300-600 ribu'",
            [("text", ("Rp300.000", "Rp600.000"))],
        ),
        ("from: 1, to: 2, currency: IDR, words: satu sampai dua rupiah", []),
        ("amount: 5, currency: USD, words: enam dolar", [("words", ("USD 6",))]),
        ("text: 'piagam, bukan Rp5.000'", []),
        ("amount: 5, currency: IDR", []),
    ],
)
def test_amount_against_its_words(keys: str, expected: list[tuple[str, Any]]) -> None:
    """An award is told once, where its words or its text first say another amount."""
    found = told(award(keys), "K215")
    assert expected == [(where.rpartition(".")[2], said) for where, said in found]


@pytest.mark.parametrize(
    ("change", "is_told"),
    [
        ("{grades: {g: {awards: {insentif: {amount: 550000}}}}}", False),
        ("{grades: {h: {when: '> 100'}}}", True),
        ("{title: T}", True),
    ],
)
def test_reading_that_settles_words(change: str, is_told: bool) -> None:
    """Only the grade that its alternatives change is accounted for."""
    text = award("amount: 500000, currency: IDR, words: Lima Ratus Lima Puluh Ribu Rupiah")
    for settles, expected in (("words", is_told), ("text", True)):
        found = told(text + reading(settles, f"alternatives: {{a: {{change: {change}}}}}"), "K215")
        assert expected == bool(found)


# --- printed numbers


def rows(*keys: str, aside: str = "") -> str:
    """A group with a row for each."""
    lines = "".join(f"  i{n}: {{levels: {{ya: 1, tidak: 0}}, {key}}}\n" for n, key in enumerate(keys))
    besides = f"aside: {{a: {{levels: {{ya: 1, tidak: 0}}, {aside}}}}}\n" if aside else ""
    return f"facts: {{p: {{options: {{rt: RT, rw: RW}}}}}}\nindicators:\n{lines}{besides}"


@pytest.mark.parametrize(
    ("keys", "aside", "twice", "left_out"),
    [
        (("number: 7", "number: 8", "number: 9"), "", [], []),
        (("number: 7", "number: 8", "number: 8", "number: 10"), "", [("i2", "i1")], [("i2", "10")]),
        (("number: 8", "number: 8", "number: 8"), "", [("i1", "i0"), ("i2", "i0")], []),
        (("number: 6a", "number: 6b", "number: 7"), "", [], []),
        (("number: 6a", "number: 6A", "number: 7"), "", [("i1", "i0")], []),
        (("number: 6a", "number: 6c"), "", [], [("i0", "6c")]),
        (("number: 6", "number: 6a"), "", [], []),
        (("number: I", "number: III", "number: ''"), "", [], [("i0", "III")]),
        (("number: 'Tabel 15, 19'", "number: 'Tabel 16, 19'"), "", [("i1", "i0")], [("i1", "Tabel 19")]),
        (("number: 'Umum'", "number: 'umum'"), "", [("i1", "i0")], []),
        (("number: 1.1", "number: 1.2", "number: 2.1"), "", [], []),
        (("number: 1", "number: 2"), "number: 2", [("a", "i1")], []),
        (("number: 1", "number: 3"), "number: 2", [], []),
        (("number: 1, applies: {p: rt}", "number: 1, applies: {p: rw}"), "", [], []),
        (("number: 1, applies: {p: rt}", "number: 1"), "", [("i1", "i0")], []),
        (("number: 1, applies: {i1.score: '> 0'}", "number: 1"), "", [("i1", "i0")], []),
    ],
)
def test_printed_numbers(
    keys: tuple[str, ...], aside: str, twice: list[tuple[str, str]], left_out: list[tuple[str, str]]
) -> None:
    """Rows of one group that can apply together bear different numbers, and none between two is left out."""
    text = rows(*keys, aside=aside)
    names = [
        [(where.removesuffix(".number").removeprefix("aside."), value) for where, value in told(text, code)]
        for code in ("K216", "K217")
    ]
    assert [twice, left_out] == names


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("at: [i1, i2]", []),
        ("at: i2", []),
        ("at: i1", ["K217"]),
        ("at: i3", ["K216", "K217"]),
        ("alternatives: {a: {change: {indicators: {i1: {number: 8a}, i2: {number: 8b}}}}}", []),
    ],
)
def test_reading_that_settles_numbering(rest: str, expected: list[str]) -> None:
    """A number twice is accounted for at either row, one left out at the row before it."""
    text = rows("number: 7", "number: 8", "number: 8", "number: 10") + reading("numbering", rest)
    found = findings(structure(read(HEAD + text, name="x")))
    assert expected == [each.code for each in found if each.code in ("K216", "K217")]


# --- loading


def test_loading_does_not_compare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading asks what must hold and no more; everything else is told by `check`."""
    asked: list[Iterable[Check] | None] = []

    def recorded(rubric: Rubric, *, checks: Iterable[Check] | None = None) -> tuple[Diagnostic, ...]:
        asked.append(checks)
        return findings(rubric, checks=checks)

    monkeypatch.setattr("kinerja.library.findings", recorded)
    text = HEAD.replace("id: x", "id: dibandingkan") + GAP
    assert "dibandingkan" == kinerja.loads(text).id
    assert ["K213"] == [each.code for each in kinerja.check(text)]
    assert [PROOFS, None] == asked


def test_loading_imports_no_comparison() -> None:
    """A process that loads and scores does not even import what compares texts."""
    program = "import kinerja, sys; kinerja.load('pk-bkm'); print('kinerja.checks.every' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert "False" == done.stdout.strip()


def test_findings_without_a_document() -> None:
    """A rubric built in Python is compared with its texts just the same."""
    node = Bands(measure=Number(), bands={"1": Band(when=">= 0", text="> 0"), "0": Band(when="< 0")})
    (found,) = findings(Rubric(id="x", combine="mean", indicators={"i": node}))
    assert ("K213", "indicators.i.bands.1.when", None) == (found.code, found.where, found.place)
