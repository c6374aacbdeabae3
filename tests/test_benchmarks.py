"""The benchmark measures what it says: the form, and the code by hand that it is scored by."""

from __future__ import annotations

from typing import Any

import pytest

import kinerja
from tests.benchmarks import by_hand
from tests.benchmarks.__main__ import ASKED_FOR, SECTIONS, main
from tests.benchmarks.form import CHOICES, NUMBERS, PLACE, ROWS, SHEET, answered

EVALUATOR = kinerja.Evaluator(kinerja.load("pk-bkm"))
SHEETS = answered(300)


def test_the_form_is_the_rubrics() -> None:
    """Every answer of the form is one of the rubric, and every question of one is asked by the other."""
    facts = EVALUATOR.plan.facts
    assert {name: set(facts[name].options) for name in CHOICES} == {n: set(o) for n, o in CHOICES.items()}
    assert {*facts} - {"pengurangan.luas_awal", "pengurangan.luas_kini"} == {*CHOICES, *NUMBERS}
    assert 100 == sum(row.weight for row in ROWS if row.place != PLACE[1][1])


def test_code_by_hand_is_exact() -> None:
    """What the ratios are taken to comes to the same totals."""
    expected = [total * 2 for _, total, _ in EVALUATOR.totals(SHEETS) if total is not None]
    assert expected == [by_hand.total(sheet) for sheet in SHEETS]
    assert expected == [by_hand.validated(sheet) for sheet in SHEETS]
    assert (130, tuple(SHEET), tuple(SHEET.values())) == by_hand.kept(SHEET)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"perempuan": True}, "invalid"),
        ({"perempuan": 101}, "invalid"),
        ({"infrastruktur": float("nan")}, "invalid"),
        ({"anggaran": -1}, "invalid"),
        ({"anggaran": 1.5}, "invalid"),
        ({"pengurangan": 100.5}, "invalid"),
        ({"dokumen": "entah"}, "invalid"),
        ({"dokumen": 1}, "invalid"),
        ({"lokasi": "entah"}, "invalid"),
        ({"salah": 1}, "invalid"),
    ],
)
def test_code_by_hand_validates(changed: dict[str, Any], status: str) -> None:
    """What is called equal work refuses what the rubric refuses."""
    sheet = {**SHEET, **changed}
    assert status == EVALUATOR.evaluate(sheet).status
    with pytest.raises((TypeError, ValueError)):
        by_hand.validated(sheet)


def test_sections() -> None:
    """Each section is printed by its name; one that there is not says so."""
    assert ASKED_FOR < set(SECTIONS)
    assert 2 == main(["tercepat"])
