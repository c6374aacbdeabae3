"""The lines of a rubric that say of a number in words what their condition says in signs: bands and grades."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from kinerja.checks.cells import domain
from kinerja.checks.phrases import Said, said
from kinerja.intervals import EVERYTHING, IntervalSet
from kinerja.messages import Language
from kinerja.plan import Plan, PlannedIndicator, PlannedNode
from kinerja.plan.parts import Location
from kinerja.plan.rules import Rule

__all__ = ["Line", "Table", "tables"]


@frozen(eq=False)
class Line:
    """One line: its id, where it stands in its node, its text, what that says, and the numbers that its rule holds."""

    id: str
    inside: Location
    location: Location
    text: str
    said: Said
    held: IntervalSet


@frozen(eq=False)
class Table:
    """The lines of one node that ask the same number, every number that it can be, and the keys that decide both."""

    node: PlannedNode
    lines: tuple[Line, ...]
    whole: IntervalSet
    parts: tuple[str, str]


def tables(plan: Plan) -> Iterator[Table]:
    """Every node whose bands ask one number and no more, and every node with grades that ask nothing but its score."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator) and node.regions is not None:
            yield _of_bands(plan, node)
        if node.grades:
            yield _of_grades(plan, node)


def _of_bands(plan: Plan, node: PlannedIndicator) -> Table:
    measure = node.measure
    assert measure is not None
    whole = domain(measure)
    # What is counted is called by its unit, or by the first word of a title.
    titles = [each.split() for each in (node.model.title, node.model.aspect, measure.model.title)]
    things = " ".join(words[0] for words in titles if words)
    lines = [
        _line(plan, node, ("bands", band.id), band.text, band.rule, whole, unit=measure.unit, things=things)
        for band in node.bands
    ]
    return Table(node, tuple(lines), whole, ("bands", "measure"))


def _of_grades(plan: Plan, node: PlannedNode) -> Table:
    whole = EVERYTHING.on_step(node.model.round.to if node.model.round is not None else None)
    own = (f"{node.path}.score",)
    lines = [
        _line(plan, node, ("grades", grade.id), grade.model.text, grade.rule, whole)
        for grade in node.grades
        if grade.rule.names == own and _asks_numbers(grade.rule)
    ]
    return Table(node, tuple(lines), whole, ("grades", "round"))


def _asks_numbers(rule: Rule) -> bool:
    """Whether a rule asks for numbers only, and not for an answer without a score."""
    return all(isinstance(test.allowed, IntervalSet) for way in rule.ways for test in way)


def _line(
    plan: Plan,
    node: PlannedNode,
    inside: Location,
    text: str,
    rule: Rule,
    whole: IntervalSet,
    *,
    unit: str = "",
    things: str = "",
) -> Line:
    language: Language = "en" if plan.rubric.language == "en" else "id"
    spoken = said(text, language=language, unit=unit, things=things)
    return Line(inside[-1], inside, (*node.location, *inside), text, spoken, rule.numbers(step=whole.step))
