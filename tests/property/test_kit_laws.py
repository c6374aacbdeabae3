"""The laws of the kit hold for every bundled rubric, and for random ones over the whole language."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kinerja
from kinerja.testing import rubrics, sheets
from kinerja.testing.laws import LAWS, Subject

BUNDLED = {name: kinerja.load(path) for name, path in kinerja.bundled().items()}


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", BUNDLED)
def test_a_law_holds_for_a_bundled_rubric(name: str, law: str) -> None:
    """On a few sheets each time; `nox -s deep` tries many more."""
    count = max(10, settings().max_examples // 10)
    LAWS[law].check(BUNDLED[name], settings=settings(max_examples=count, database=None))


@pytest.mark.parametrize("law", LAWS)
@settings(max_examples=max(12, settings().max_examples // 8), suppress_health_check=[HealthCheck.too_slow])
@given(rubrics(), st.data())
def test_a_law_holds_for_a_random_rubric(law: str, rubric: kinerja.Rubric, data: st.DataObject) -> None:
    """Gates, ladders, formulas, nodes aside, scores that are none: whatever the language has."""
    subject = Subject(rubric)
    for _ in range(3):
        LAWS[law].once(subject, data.draw)


@given(rubrics(), st.data())
def test_a_sheet_with_a_fault_is_told_so(rubric: kinerja.Rubric, data: st.DataObject) -> None:
    """The code that a drawn sheet names is among its problems, whatever else its rules refuse."""
    sheet = data.draw(sheets(rubric, complete=data.draw(st.booleans()), invalid=True))
    result = kinerja.Evaluator(rubric).evaluate(sheet)
    assert (sheet.fault.code, sheet.fault.name) in [(each.code, each.path) for each in result.problems]


@given(rubrics(), st.data())
def test_a_complete_sheet_lacks_nothing(rubric: kinerja.Rubric, data: st.DataObject) -> None:
    """Whatever is wrong with it by the rules, nothing is asked for that was not answered."""
    result = kinerja.Evaluator(rubric).evaluate(data.draw(sheets(rubric, left_out=False)))
    assert "K330" not in {each.code for each in result.problems}
