"""Figures in what checks say: in English as the rubric has them, in Indonesian with a decimal comma."""

from __future__ import annotations

import copy
import pickle
import re
from fractions import Fraction
from pathlib import Path

import pytest

import kinerja
from kinerja.checks.every import CHECKS
from kinerja.checks.examples import run_examples
from kinerja.errors import Diagnostic
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.plan import plan
from kinerja.writing import Figures

HEAD = "kinerja: 1\nid: x\ncombine: "
LEVELS = "levels: {p: 70.5, q: 1.5}"
FACTS = "facts: {n: {in: '[0..9]'}, t: {kind: yes-no}}\n"
DIRECT = "indicators: {i: {direct: {in: '[0..2]', step: 0.5}}}\n"


def told(text: str, code: str) -> tuple[str, str]:
    """The first finding with a code, in English and in Indonesian."""
    planned = plan(structure(read(HEAD + text, name="x")))
    found = next(each for check in CHECKS for each in check(planned) if each.code == code)
    return found.message("en"), found.message("id")


@pytest.mark.parametrize(
    ("code", "text", "english", "indonesian"),
    [
        (
            "K203",
            "mean\nindicators: {i: {measure: {}, bands: {1: {when: '> 70.5'}, 0: {when: '< 1.25'}}}}\n",
            "[1.25..70.5]",
            "[1,25..70,5]",
        ),
        (
            "K203",
            f"mean\n{FACTS}indicators: {{i: {{bands: {{1: {{when: {{n: '> 2.5', t: true}}}}}}}}}}\n",
            "{t: false}, {n: [0..2.5], t: true}",
            "{t: false}; {n: [0..2,5]; t: true}",
        ),
        (
            "K204",
            "mean\nindicators: {i: {measure: {in: '[0..9]'}, bands: {1: {when: '-'}, 0: {when: '2.5, 3.5'}}}}\n",
            "both hold 2.5, 3.5",
            "memuat 2,5; 3,5",
        ),
        ("K205", f"weighted-sum\nindicators: {{i: {{weight: 33.3%, {LEVELS}}}}}\n", "33.3%", "33,3%"),
        (
            "K213",
            "mean\nindicators: {i: {measure: {}, bands: {1: {when: '>= 2.5', text: '> 2,5'}, 0: {when: '< 2.5'}}}}\n",
            'the text "> 2,5" speaks of > 2.5, and the condition holds >= 2.5: they differ at 2.5',
            'teks "> 2,5" menyebut > 2,5, sedangkan syaratnya memuat >= 2,5: berbeda pada 2,5',
        ),
        ("K218", f"sum\ngrades: {{k: {{when: '[0..1]'}}}}\n{DIRECT}", "holds 1.5, 2,", "memuat 1,5; 2,"),
        (
            "K223",
            f"sum\n{FACTS}indicators: {{i: {{formula: [{{when: {{n: '0.5', t: true}}, is: 1}}]}}}}\n",
            "n: 0.5, t: false",
            "n: 0,5; t: false",
        ),
        (
            "K224",
            f"sum\ngrades: {{k: {{when: '<= 1.5'}}, l: {{when: '>= 1.5'}}}}\n{DIRECT}",
            "both hold 1.5",
            "memuat 1,5",
        ),
        ("K229", "sum\nindicators: {i: {levels: {p: 70.5}}}\n", "its score is 70.5", "nilainya 70,5"),
        (
            "K237",
            f"sum\nshown: 1\ngrades: {{k: {{when: '< 2'}}, l: {{when: '>= 2'}}}}\n{DIRECT}",
            "the score 1.5",
            "nilai 1,5",
        ),
        (
            "K245",
            "sum\nindicators: {i: {ladder: {p: 70.5, q: 1.5}}}\n",
            "1.5, not 70.5",
            "1,5, bukan 70,5",
        ),
    ],
)
def test_figures_in_a_sentence(code: str, text: str, english: str, indonesian: str) -> None:
    """A figure that a check computed has a comma in Indonesian; what separates figures is then no comma."""
    in_english, in_indonesian = told(text, code)
    assert english in in_english
    assert indonesian in in_indonesian


def test_figures_of_examples() -> None:
    """What an example gives and what it expects are figures, too; why it gives nothing is said in the same language."""
    text = "sum\nindicators: {i: {levels: {p: 70.5, q: 1.5}, examples: {p: 2.5, r: 1}}}\n"
    text += "examples: {e: {facts: {i: p}, expect: {total: 2.5}}}\n"
    (one,), (other,), (whole,) = (
        each.findings for each in run_examples(structure(read(HEAD + text, name="x")))
    )
    assert 'contoh "i[p]" menghasilkan 70,5, bukan 2,5' == one.message("id")
    assert 'contoh "i[r]" menghasilkan "i" tidak punya pilihan "r", bukan 1' == other.message("id")
    assert 'contoh "e: total" menghasilkan 70,5, bukan 2,5' == whole.message("id")


def test_text_of_the_rubric_keeps_its_notation() -> None:
    """A condition that is quoted is to be found in the file as it stands there."""
    bands = "{1: {when: '-'}, 0: {when: '> 2.5, < 1.5'}}"
    (found,) = [
        each
        for each in kinerja.check(f"{HEAD}sum\nindicators: {{i: {{measure: {{}}, bands: {bands}}}}}\n")
        if each.code == "K204"
    ]
    assert '"> 2.5, < 1.5"' in found.help("id")


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "bad" / "rubrics").glob("K2*.yaml")), ids=lambda path: path.stem
)
def test_no_decimal_point_in_indonesian(path: Path) -> None:
    """Outside quotation marks no sentence of a check has a figure with a decimal point."""
    for each in kinerja.check(path):
        # That a figure has a decimal point is what K207 is about.
        if each.code.startswith("K2") and each.code != "K207":
            unquoted = re.sub(r'"[^"]*"', "", each.message("id"))
            assert [] == re.findall(r"(?<![.\w])[0-9]+\.[0-9]{1,2}(?![0-9.])", unquoted)


def test_figures_are_text() -> None:
    """They are the text that they are in English, also after they were copied and stored."""
    half = Figures.of(Fraction(141, 2))
    for each in (half, copy.deepcopy(half), pickle.loads(pickle.dumps(half))):
        assert ("70.5", "70,5") == (each, each.local)
    finding = Diagnostic("K214", (), {"numbers": [half, "x"], "text": ""})
    assert ('"70.5, x"', '"70,5; x"') == (finding.message("en")[:9], finding.message("id")[:9])
