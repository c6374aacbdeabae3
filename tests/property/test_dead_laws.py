"""Laws of what decides nothing: no sheet comes to it, and what is put into a sound rubric is found there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.checks import findings
from kinerja.checks.dead import dead
from kinerja.checks.never import never
from kinerja.checks.placed import amounts
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import NOT_APPLYING, Outcome
from kinerja.model import Levels, Rubric
from kinerja.plan import PlannedIndicator, plan
from kinerja.sheets import entries
from kinerja.testing import rubrics
from kinerja.testing.strategies.rubrics import documents, rubric_of
from tests.strategies.sheets import sheets

Data = dict[str, Any]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rubric, Data]:
    """A rubric over the whole language, and a sheet with some of its answers, or with scores instead."""
    rubric = draw(rubrics(whole=draw(st.booleans())))
    return rubric, draw(sheets(rubric, wrong=False))


def reached(outcome: Outcome) -> set[tuple[str, str]]:
    """Every part that decided something: bands, steps, cases, grades by value, and gates that were failed."""
    found = set()
    for path, node in outcome.nodes.items():
        if node.band is not None:
            found.add(
                (path, f"{'levels' if isinstance(node.plan.model, Levels) else 'bands'}.{node.band.id}")
            )
        if node.step is not None:
            found.add((path, f"ladder.{node.step.id}"))
        for inside, amount, _ in amounts(node.plan) if isinstance(node.plan, PlannedIndicator) else ():
            taken = [index for index, case in enumerate(amount.cases) if case is node.case]
            found |= {(path, ".".join((*inside, str(index)))) for index in taken}
    for path, grade in outcome.by_value.items():
        if isinstance(grade, str):
            found.add((path, f"grades.{grade}"))
    for path, gates in outcome.gates.items():
        found |= {(path, f"requires.{name}") for name, holds in gates.items() if holds is False}
    return found


@given(cases())
def test_no_sheet_comes_to_what_is_dead(case: tuple[Rubric, Data]) -> None:
    """No part that decides something on a sheet was said to decide nothing, and no node that applies, never to."""
    rubric, sheet = case
    planned = plan(rubric)
    outcome = evaluate(planned, entries(sheet))
    said = {(each.values["name"], each.values["part"]) for each in dead(planned)}
    assert set() == said & reached(outcome)
    applying = {path for path, node in outcome.nodes.items() if node.status != NOT_APPLYING}
    assert set() == {each.values["name"] for each in never(planned)} & applying


# --- one defect in a sound rubric


def first_fact(data: Data) -> tuple[str, list[str]]:
    """A choice or yes-no of the whole, with its answers."""
    name, fact = next(iter(data["facts"].items()))
    return name, list(fact["options"]) if fact["kind"] == "choice" else ["true", "false"]


def aside(data: Data, **node: Any) -> None:
    """A node beside the others, with what is wrong in it."""
    data.setdefault("aside", {})["tambahan"] = {"title": "Tambahan", **node}


def lost_case(data: Data) -> tuple[str, str]:
    """Cases of which the last is lost."""
    name, options = first_fact(data)
    aside(data, formula=[{"when": {name: option}, "is": "1"} for option in options[:-1]])
    return "K223", "aside.tambahan.formula"


def twofold_case(data: Data) -> tuple[str, str]:
    """Cases of which the first holds everywhere."""
    name, options = first_fact(data)
    aside(data, formula=[{"when": {name: "-"}, "is": "1"}, {"when": {name: options[0]}, "is": "2"}])
    return "K223", "aside.tambahan.formula"


def shared_grade(data: Data) -> tuple[str, str]:
    """Two grades for all scores."""
    data["grades"] = {"satu": {"when": "-"}, "dua": {"when": "-"}}
    data.pop("requires", None)
    data.pop("aside", None)
    return "K224", "grades.dua.when"


def band_outside(data: Data) -> tuple[str, str]:
    """A band outside the domain."""
    aside(data, measure={"in": "[0..1]"}, bands={"1": {"when": "-"}, "2": {"when": "> 1"}})
    return "K225", "aside.tambahan.bands.2"


def passed_step(data: Data) -> tuple[str, str]:
    """A step that whoever fulfils it has passed already."""
    aside(
        data, ladder={"a": {"score": "1", "all": {"x": "", "y": ""}}, "b": {"score": "2", "all": {"x": ""}}}
    )
    return "K225", "aside.tambahan.ladder.a"


def dead_grade(data: Data) -> tuple[str, str]:
    """A grade beside the answers that a node allows."""
    name, options = first_fact(data)
    never_met = {name: f"not({', '.join(options)})"}
    aside(data, levels={"x": "1", "y": "0"}, grades={"g": {"when": never_met}, "h": {"when": "-"}})
    return "K225", "aside.tambahan.grades.g"


def never_applying(data: Data) -> tuple[str, str]:
    """A node that applies to no answer."""
    name, options = first_fact(data)
    aside(data, levels={"x": "1", "y": "0"}, applies={name: f"not({', '.join(options)})"})
    return "K226", "aside.tambahan.applies"


def gap_of_alternatives(data: Data) -> tuple[str, str]:
    """Alternatives that leave one answer out."""
    name, options = first_fact(data)
    data["facts"][name] = {"kind": "choice", "options": dict.fromkeys([*options, "lain"], "")}
    rows = {
        f"baris{n}": {"number": f"9{'abc'[n]}", "levels": {"x": "1", "y": "0"}, "applies": {name: option}}
        for n, option in enumerate(options)
    }
    aside(data, combine="sum", indicators=rows)
    return "K227", f"aside.tambahan.indicators.baris{len(options) - 1}.applies"


def silent_test(data: Data) -> tuple[str, str]:
    """A grade by a node that applies to one answer."""
    name, options = first_fact(data)
    inside = {
        "a": {"levels": {"x": "1", "y": "0"}, "applies": {name: options[0]}},
        "b": {"levels": {"x": "1"}},
    }
    aside(data, combine="sum", indicators=inside, grades={"g": {"when": {"a.score": "1"}}})
    return "K228", "aside.tambahan.grades.g.when"


def unread_fact(data: Data) -> tuple[str, str]:
    """A fact that nobody reads."""
    data["facts"]["tambahan"] = {"kind": "yes-no"}
    return "K229", "facts.tambahan"


def hidden_name(data: Data) -> tuple[str, str]:
    """A fact of a node that is called like one of the whole."""
    name, _ = first_fact(data)
    aside(data, facts={name: {"in": "[0..1]"}}, formula=name)
    return "K230", f"aside.tambahan.facts.{name}"


@pytest.mark.parametrize(
    "spoil",
    [
        lost_case,
        twofold_case,
        shared_grade,
        band_outside,
        passed_step,
        dead_grade,
        never_applying,
        gap_of_alternatives,
        silent_test,
        unread_fact,
        hidden_name,
    ],
    ids=lambda spoil: spoil.__name__,
)
@given(data=documents(whole=False))
def test_a_defect_is_found_where_it_is(spoil: Callable[[Data], tuple[str, str]], data: Data) -> None:
    """One defect in a rubric that is sound otherwise is told with its code, at its path, once."""
    before = [(each.code, each.where) for each in findings(rubric_of(json.dumps(data)))]
    expected = spoil(data)
    assert expected not in before
    told = [(each.code, each.where) for each in findings(rubric_of(json.dumps(data)))]
    assert 1 == told.count(expected)


def rows_of(node: Data, at: str) -> list[tuple[str, Data]]:
    """Every indicator with conditions on a number of its own that always applies, and where it stands."""
    if "applies" in node:
        return []
    found = [
        row
        for name, row in node.get("indicators", {}).items()
        for row in rows_of(row, f"{at}indicators.{name}.")
    ]
    measure = node.get("measure", {"kind": ""})
    return (
        [*found, (at, node)] if "bands" in node and "kind" not in measure and "from" not in measure else found
    )


@given(documents(whole=False), st.data())
def test_a_band_that_nobody_reaches_is_found_anywhere(data: Data, draw: st.DataObject) -> None:
    """In whatever indicator it stands, and nothing else is called dead for it."""
    aside(data, measure={"in": "[0..1]"}, bands={"1": {"when": "-"}})
    rows = [*rows_of(data, ""), ("aside.tambahan.", data["aside"]["tambahan"])]
    before = {each.where for each in dead(plan(rubric_of(json.dumps(data))))}
    at, node = draw.draw(st.sampled_from(rows))
    node["bands"]["hampa"] = {"when": "not(-)", "score": "1"}
    assert {f"{at}bands.hampa"} == {each.where for each in dead(plan(rubric_of(json.dumps(data))))} - before
