"""Covered: the bands, levels, steps, grades, gates and other readings that no example of the rubric reaches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from kinerja.checks.examples import Tried, tried
from kinerja.checks.words import few
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedIndicator

__all__ = ["covered"]


def covered(plan: Plan) -> Iterator[Diagnostic]:
    """
    One finding for a rubric whose examples leave something out: how much they reach, and what they do not.

    A line is reached where an example comes to it under the rubric's own readings, a gate where one fails it, and
    another reading where an example takes it.  The readings of a rubric that extends another are left to that one.
    """
    examples = list(tried(plan.rubric))
    if not examples or any(example.findings for example in examples):
        # One that fails is to be mended first: what it should have reached is not known.
        return
    wanted = list(_wanted(plan))
    found = {each for example in examples for each in _reached(example)}
    missing = [f"{owner}: {name}" for kind, owner, name in wanted if (kind, owner, name) not in found]
    if missing:
        values = {"reached": len(wanted) - len(missing), "of": len(wanted), "names": few(missing)}
        yield Diagnostic("K240", ("examples",), values)


#: What can be reached: its kind, what it belongs to, and its id.
_Target: TypeAlias = tuple[str, str, str]


def _wanted(plan: Plan) -> Iterator[_Target]:
    for path, node in plan.nodes.items():
        if isinstance(node, PlannedIndicator):
            yield from (("line", path, band.id) for band in node.bands)
            yield from (("line", path, step.id) for step in node.ladder)
        yield from (("grade", path, grade.id) for grade in node.grades)
        yield from (("gate", path, gate.id) for gate in node.gates)
    for name, reading in plan.rubric.readings.items() if not plan.rubric.extends else ():
        yield from (("reading", name, chosen) for chosen, each in reading.alternatives.items() if each.change)


def _reached(example: Tried) -> Iterator[_Target]:
    """What one example reaches."""
    yield from (("reading", name, chosen) for name, chosen in example.readings.items())
    outcome = example.outcome
    if outcome is None or example.readings:
        return
    for path, result in outcome.nodes.items():
        line = result.band or result.step
        if line is not None:
            yield "line", path, line.id
    yield from (("grade", path, grade) for path, grade in outcome.grades.items() if isinstance(grade, str))
    for path, gates in outcome.gates.items():
        yield from (("gate", path, gate) for gate, answer in gates.items() if answer is False)
