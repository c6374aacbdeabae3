"""Laws of what can be reached: every total that occurs is there, and every total that is there occurs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from math import prod
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja import testing
from kinerja.checks.scores import Facts
from kinerja.checks.totals import Reachable, reached
from kinerja.engine.interpreter import evaluate
from kinerja.lattices import Lattice
from kinerja.model import Rubric
from kinerja.plan import Plan, plan
from kinerja.sheets import entries
from kinerja.testing import rubrics
from kinerja.testing.strategies.rubrics import rubric_of

#: So many sheets are tried for one rubric.
SHEETS = 2_000


@pytest.fixture(autouse=True, scope="module")
def fewer_sheets() -> Iterator[None]:
    """Where nodes read each other every sheet is evaluated: a few show the law as well as many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kinerja.checks.totals.SHEETS", 100)
        yield


@st.composite
def cases(draw: st.DrawFn) -> tuple[Rubric, dict[str, Any]]:
    """A rubric over the whole language, and a sheet that answers everything."""
    rubric = draw(rubrics(whole=draw(st.booleans())))
    return rubric, draw(testing.sheets(rubric, left_out=False))


def total_of(planned: Plan, facts: Facts) -> Fraction | None:
    """What the whole comes to, whatever is wrong with its class or beside it."""
    return evaluate(planned, entries(facts)).root.score


def holds(found: Reachable, total: Fraction) -> bool:
    """Whether a total is among those that can occur; what is not decided denies none."""
    sets = [configuration.totals for configuration in found.configurations]
    return not sets or any(each is None or total in each for each in sets)


@given(cases())
def test_every_total_that_occurs_can_be_reached(case: tuple[Rubric, dict[str, Any]]) -> None:
    """No sheet comes to a total that was said not to occur."""
    rubric, sheet = case
    planned = plan(rubric)
    total = total_of(planned, sheet)
    if total is not None:
        assert holds(reached(planned, left_out=True), total)


@given(rubrics(whole=True), st.booleans())
def test_every_total_that_can_be_reached_occurs(rubric: Rubric, left_out: bool) -> None:
    """The sheet that is given for a total comes to it."""
    planned = plan(rubric)
    for configuration in islice(reached(planned, left_out=left_out).configurations, 20):
        totals = configuration.totals
        for total in islice(totals, 10) if isinstance(totals, Lattice) else ():
            facts = configuration.sheet(total)
            # A formula is not answered backwards.
            assert total == (total if facts is None else total_of(planned, facts))


# --- against every sheet there is


@st.composite
def small(draw: st.DrawFn) -> Rubric:
    """A rubric with few answers: shared facts, weights by cases, groups in groups, every way to combine."""
    names = iter(range(100))

    def node(depth: int) -> dict[str, Any]:
        kind = draw(
            st.sampled_from(
                ["levels", "bands", "shared", "direct", "ladder", *(["group"] * 2 if depth else [])]
            )
        )
        scores = draw(st.lists(st.integers(-2, 4), min_size=2, max_size=3))
        made: dict[str, Any] = {
            "levels": lambda: {"levels": {f"a{n}": score for n, score in enumerate(scores)}},
            "bands": lambda: {
                "measure": {"in": "[0..3]", "step": 1},
                "bands": {
                    "p": {"when": "<= 1", "score": scores[0]},
                    "q": {"when": "> 1", "score": scores[1]},
                },
            },
            "shared": lambda: {
                "bands": {
                    "p": {"when": {"f": "u", "g": "> 1"}, "score": scores[0]},
                    "q": {"when": [{"f": "v"}, {"g": "<= 1"}], "score": scores[1]},
                }
            },
            "direct": lambda: {"direct": {"in": "[0..2]", "step": 1}},
            "ladder": lambda: {"ladder": {"p": scores[0], "q": scores[1]}, "otherwise": 0},
            "group": lambda: group(depth - 1),
        }[kind]()
        if draw(st.booleans()):
            made["applies"] = draw(st.sampled_from([{"f": "u"}, {"f": "v"}, {"g": "> 1"}]))
        if draw(st.booleans()):
            made["scale"] = {"from": [-99, 99], "to": draw(st.sampled_from([[0, 1], [1, 0], [5, 5]]))}
        if draw(st.booleans()):
            made["cap"] = draw(st.sampled_from(["<= 2", "[0..1]", ">= 0.3"]))
        if draw(st.booleans()):
            made["round"] = {"to": draw(st.sampled_from(["1", "0.5"])), "mode": "half-up"}
        return made

    def group(depth: int) -> dict[str, Any]:
        combine = draw(st.sampled_from(["sum", "mean", "weighted-mean", "min", "max", "product"]))
        children = {f"n{next(names)}": node(depth) for _ in range(draw(st.integers(1, 3)))}
        if combine == "weighted-mean":
            for child in children.values():
                child["weight"] = draw(st.sampled_from([1, 2, "2/3", 0]))
        return {"combine": combine, "indicators": children}

    facts = {"f": {"kind": "choice", "options": {"u": {}, "v": {}}}, "g": {"in": "[0..2]", "step": 1}}
    return rubric_of(json.dumps({"kinerja": 1, "id": "kecil", "facts": facts, **group(2)}))


def every_sheet(planned: Plan) -> Iterator[dict[str, Any]]:
    """Every way to answer every question."""
    answers: dict[str, list[Any]] = {}
    for name, fact in planned.facts.items():
        if fact.kind == "number":
            assert fact.domain is not None
            answers[name] = list(fact.domain.on_step(fact.step).points())
        elif fact.kind == "set":
            answers[name] = [[], ["p"], ["q"], ["p", "q"]]
        else:
            answers[name] = list(fact.options)
    if prod(map(len, answers.values())) <= SHEETS:
        for values in product(*answers.values()):
            yield dict(zip(answers, values, strict=True))


@given(small())
def test_totals_are_those_of_every_sheet(rubric: Rubric) -> None:
    """What is computed level by level is what comes of trying every sheet there is."""
    planned = plan(rubric)
    sheets = list(every_sheet(planned))
    found = {total for facts in sheets if (total := total_of(planned, facts)) is not None}
    if sheets:
        assert found == set(reached(planned).totals)
