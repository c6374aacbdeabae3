"""Which example of a rubric notices that the rubric was changed: it holds by the rubric, and fails by the mutant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from kinerja.checks.examples import answer_to, compared, whole_example
from kinerja.engine.interpreter import evaluate, evaluate_alone
from kinerja.engine.outcome import Outcome
from kinerja.errors import KinerjaError
from kinerja.language.readings import reread
from kinerja.mappings import FrozenMap
from kinerja.model import Example, Rubric
from kinerja.plan import Plan, PlannedIndicator, PlannedNode, plan
from kinerja.sheets import a_day, entries
from kinerja.testing.mutation.changes import Mutant
from kinerja.testing.mutation.plans import Ground

__all__ = ["Examples"]


@frozen(eq=False)
class _Sheet:
    """A whole example that holds, and what came of it."""

    name: str
    example: Example
    stated: Sequence[tuple[str, Any]]
    day: dt.date | None
    outcome: Outcome

    def fails(self, other: Plan, *, like: Outcome | None) -> bool:
        """Whether another rubric gives this sheet something else than the example expects."""
        outcome = evaluate(other, self.stated, on=self.day, like=like)
        return next(compared(self.name, self.example, outcome, ()), None) is not None


@frozen(eq=False)
class Examples:
    """The examples of a rubric that hold: those of its indicators, whole sheets, and sheets under other readings."""

    ground: Ground
    alone: dict[str, list[tuple[str, Fraction]]] = field(init=False)
    sheets: list[_Sheet] = field(init=False)
    reread: list[_Sheet] = field(init=False)

    @alone.default
    def _alone(self) -> dict[str, list[tuple[str, Fraction]]]:
        planned = self.ground.plan
        found = {}
        for path, node in planned.nodes.items():
            if isinstance(node, PlannedIndicator):
                given = [
                    each for each in node.model.examples.items() if _came(planned, path, each[0]) == each[1]
                ]
                found[path] = given
        return found

    @sheets.default
    def _sheets(self) -> list[_Sheet]:
        return list(_holding(self.ground.plan.rubric, {FrozenMap(): self.ground.plan}))

    @reread.default
    def _reread(self) -> list[_Sheet]:
        rubric = self.ground.rubric
        taken = dict.fromkeys(each.readings for each in rubric.examples.values() if each.readings)
        return list(_holding(rubric, {readings: _plan_of(rubric, readings) for readings in taken}))

    def noticing(self, other: Plan) -> str | None:
        """The first example that fails by another rubric, as its sources are read in it: those of indicators first."""
        for path, given in self.alone.items():
            if given and _differs(self.ground.plan, other, path):
                for value, expected in given:
                    if _came(other, path, value) != expected:
                        return f"{path}[{value}]"
        failing = (sheet for sheet in self.sheets if sheet.fails(other, like=sheet.outcome))
        return next((sheet.name for sheet in failing), None)

    def noticing_reread(self, mutant: Mutant) -> str | None:
        """The first example under other readings that fails by a mutant."""
        if not self.reread:
            return None
        rubric = self.ground.rewritten(mutant)
        plans: dict[FrozenMap[str], Plan | None] = {}
        for sheet in self.reread:
            readings = sheet.example.readings
            if readings not in plans:
                plans[readings] = _plan_of(rubric, readings, like=sheet.outcome.plan)
            other = plans[readings]
            if other is None or sheet.fails(other, like=sheet.outcome):
                return sheet.name
        return None


def _came(planned: Plan, path: str, value: str) -> Fraction | None:
    """The score that one indicator gives to an answer of its own."""
    node = planned.nodes[path]
    assert isinstance(node, PlannedIndicator)
    return evaluate_alone(planned, path, answer_to(node, value)).root.score


def _differs(planned: Plan, other: Plan, path: str) -> bool:
    """Whether an indicator, or its measure, is another one there."""
    here, there = planned.nodes[path], other.nodes[path]
    assert isinstance(here, PlannedIndicator)
    assert isinstance(there, PlannedIndicator)
    return here.model is not there.model or _measure(here) is not _measure(there)


def _measure(node: PlannedNode) -> Any:
    assert isinstance(node, PlannedIndicator)
    return node.measure.model if node.measure is not None else None


def _holding(rubric: Rubric, plans: Mapping[FrozenMap[str], Plan | None]) -> Iterator[_Sheet]:
    """The whole examples under some readings that hold by the rubric itself; one that fails can notice nothing."""
    for name in rubric.examples:
        try:
            example = whole_example(rubric, name)
        except KinerjaError:
            continue
        planned = plans.get(example.readings)
        if planned is None:
            continue
        day = a_day(example.on)
        stated = entries(example.facts)
        sheet = _Sheet(name, example, stated, day, evaluate(planned, stated, on=day))
        if next(compared(name, example, sheet.outcome, ()), None) is None:
            yield sheet


def _plan_of(rubric: Rubric, readings: FrozenMap[str], *, like: Plan | None = None) -> Plan | None:
    """The plan of a rubric under some readings; None where they break it."""
    try:
        return plan(reread(rubric, readings), like=like)
    except KinerjaError:
        return None
