"""Laws of generated code, over random rubrics of the whole language and random sheets, legal or not."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import kinerja
from kinerja import Complete, Evaluator, Rubric, testing
from kinerja.engine.compiled import Undecided
from kinerja.engine.interpreter import evaluate
from kinerja.errors import Fault
from kinerja.plan import Plan
from kinerja.sheets import entries
from kinerja.testing import rubrics
from tests.strategies.sheets import JUNK, edges_of, facts_of, junk, sheets, values


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rubric, list[dict[str, Any]]]:
    """A rubric, of the whole language or of the plain one, with some sheets for it."""
    rubric = draw(rubrics(whole=draw(st.booleans())))
    sheet = st.one_of(testing.sheets(rubric).map(dict), sheets(rubric))
    return rubric, draw(st.lists(sheet, min_size=1, max_size=4))


def told(plan: Plan, sheet: dict[str, Any]) -> tuple[str, Any, Any]:
    """Status, total and grade as the interpreter has them."""
    outcome = evaluate(plan, entries(sheet))
    grade = outcome.grades.get("total") if outcome.status == "complete" else None
    total = outcome.root.score if outcome.status == "complete" else None
    return outcome.status, total, grade if isinstance(grade, str) else None


@settings(max_examples=300)
@given(cases())
def test_generated_code_is_the_interpreter(case: tuple[Rubric, list[dict[str, Any]]]) -> None:
    """Status, total, grade and the whole trail are the interpreter's, for each sheet at its place."""
    rubric, several = case
    evaluator = Evaluator(rubric)
    assert [told(evaluator.plan, sheet) for sheet in several] == list(evaluator.totals(several))
    trails = [evaluator.evaluate(sheet).trail for sheet in several]
    found = list(evaluator.evaluate_many(several))
    for trail, result in zip(trails, found, strict=True):
        if isinstance(result, Complete):
            assert trail.total == result.total
            assert trail.grade == result.grade
        assert trail == result.trail


def why_left(evaluator: Evaluator, sheet: dict[str, Any]) -> type[BaseException] | None:
    """What the code for one sheet raises where it leaves a sheet alone; it is not caught here."""
    text = evaluator.source().replace("except Exception:", "except GeneratorExit:")
    namespace = dict(evaluator._code._names)
    exec(text, namespace)
    try:
        assert namespace["decide"](sheet) is not None
    except Exception as error:  # noqa: BLE001
        return type(error)
    return None


@given(cases())
def test_sheets_are_left_on_purpose(case: tuple[Rubric, list[dict[str, Any]]]) -> None:
    """Where generated code leaves a sheet, a name is missing or it says so: never by a mistake of its own."""
    rubric, several = case
    evaluator = Evaluator(rubric)
    if not evaluator._code.refused:
        assert {why_left(evaluator, sheet) for sheet in several} <= {None, Undecided, KeyError, Fault}


@st.composite
def bundled_sheets(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A complete legal sheet of a bundled rubric: every fact answered, none stated beside its parts."""
    evaluator = READY[name]
    near = edges_of(evaluator.rubric)
    facts = evaluator.plan.facts
    models = facts_of(evaluator.rubric)
    stated = {each for each, fact in facts.items() if fact.formula is not None}
    parts = {part for each in stated for part in facts[each].operands.values()}
    return {each: draw(values(models[each], near=near)) for each in facts if each not in parts}


READY = {name: Evaluator(kinerja.load(name)) for name in kinerja.bundled()}


@settings(max_examples=300)
@given(st.data())
def test_complete_sheets_of_bundled_rubrics_need_no_interpreter(data: st.DataObject) -> None:
    """A complete legal sheet of a bundled rubric is scored by generated code alone, whatever its values are."""
    name = data.draw(st.sampled_from(sorted(READY)))
    evaluator = READY[name]
    sheet = data.draw(bundled_sheets(name))
    expected = told(evaluator.plan, sheet)
    found = evaluator._code.decide(sheet)
    assert (expected[0] == "complete") is (found is not None)
    assert [expected] == list(evaluator.totals([sheet]))


@settings(max_examples=200)
@given(st.sampled_from(sorted(READY)), st.data())
def test_no_junk_passes(name: str, data: st.DataObject) -> None:
    """Whatever Python puts where a fact should stand, both say the same of it, and neither raises."""
    evaluator = READY[name]
    sheet = data.draw(bundled_sheets(name))
    for fact in data.draw(
        st.lists(st.sampled_from([*evaluator.plan.named, "salah"]), min_size=1, max_size=2)
    ):
        picked = st.integers(0, len(JUNK) - 1).map(JUNK.__getitem__)
        sheet[fact] = data.draw(picked | junk())
    assert [told(evaluator.plan, sheet)] == list(evaluator.totals([sheet]))
