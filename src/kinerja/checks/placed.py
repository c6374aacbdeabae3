"""Where the parts of a node stand in its file, with the conditions around each."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from kinerja.language.readings import document_of
from kinerja.model import Levels
from kinerja.plan import Amount, Plan, PlannedIndicator, PlannedNode
from kinerja.plan.parts import Location
from kinerja.plan.rules import Rule

__all__ = ["Asked", "amounts", "asked", "line_of"]


@frozen(eq=False)
class Asked:
    """A condition of a node: where it stands in it, and the conditions without which it is not asked."""

    inside: Location
    rule: Rule
    context: tuple[Rule, ...] = ()


def amounts(node: PlannedIndicator) -> Iterator[tuple[Location, Amount, tuple[Rule, ...]]]:
    """Every number, formula or list of cases that may become a score: where it stands, and the rule of its line."""
    key = "levels" if isinstance(node.model, Levels) else "bands"
    for band in node.bands:
        yield (key, band.id, "score"), band.amount, (band.rule,)
    for step in node.ladder:
        yield ("ladder", step.id, "score"), step.amount, ()
    if node.otherwise is not None:
        yield ("otherwise",), node.otherwise, ()
    if node.amount is not None:
        yield ("formula",), node.amount, ()


def asked(node: PlannedNode) -> Iterator[Asked]:
    """Every condition of a node but the one by which it applies."""
    for grade in node.grades:
        yield Asked(("grades", grade.id, "when"), grade.rule)
    for gate in node.gates:
        yield Asked(("requires", gate.id, "when"), gate.rule)
    for index, weight in enumerate(node.weights):
        if weight.rule is not None:
            yield Asked(("weight", str(index), "when"), weight.rule)
    if not isinstance(node, PlannedIndicator):
        return
    if not isinstance(node.model, Levels):
        for band in node.bands:
            yield Asked(("bands", band.id, "when"), band.rule)
    for inside, amount, context in amounts(node):
        for index, case in enumerate(amount.cases):
            if case.rule is not None:
                yield Asked((*inside, str(index), "when"), case.rule, context)


def line_of(plan: Plan, location: Location) -> str:
    """Where something stands, as a reader finds it: file and line, or its path in a rubric made in Python."""
    place = document_of(plan.rubric).place(location)
    return ".".join(location) if place is None else str(place)
