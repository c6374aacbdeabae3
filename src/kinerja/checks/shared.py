"""Shared: a score that two grades of one node both hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations
from typing import Any

from kinerja.checks.boxes import Box, Came, boxes
from kinerja.checks.cells import rounded
from kinerja.checks.commas import comma
from kinerja.checks.occurring import meeting
from kinerja.checks.placed import line_of
from kinerja.checks.scores import Facts
from kinerja.checks.words import numbers_of, said_of_boxes
from kinerja.errors import Diagnostic
from kinerja.intervals import EVERYTHING, Interval, IntervalSet
from kinerja.plan import Plan, PlannedGrade, PlannedNode

__all__ = ["shared"]


def shared(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every pair of grades of one node that a score meets at once, with what they share.

    What no sheet can come to is shared by nobody.
    Grades that ask for other nodes are left alone: whether these can come to both is another question.
    """
    for node in plan.nodes.values():
        own = f"{node.path}.score"
        known = plan.facts.keys() | {own}
        grades = [grade for grade in node.grades if known >= set(grade.rule.names)]
        whole = {own: Came(_whole(node), is_unscored=True)}
        for one, other in combinations(grades, 2):
            within = whole if own in {*one.rule.names, *other.rule.names} else {}
            both = boxes(plan, [*node.around, one.rule, other.rule], within=within) or ()
            met = [(box, sheet) for box in both if (sheet := meeting(plan, node, [box])) is not None]
            if met:
                yield _told(plan, node, one, other, met)


def _told(
    plan: Plan, node: PlannedNode, one: PlannedGrade, other: PlannedGrade, met: list[tuple[Box, Facts]]
) -> Diagnostic:
    own = f"{node.path}.score"
    asked = {*one.rule.names, *other.rule.names}
    if asked == {own}:
        numbers = reduce(IntervalSet.__or__, (box[own].numbers for box, _ in met))
        region: Any = "none" if numbers.is_empty else numbers_of(numbers)
    else:
        region = said_of_boxes(
            plan, [{name: part for name, part in box.items() if name in asked} for box, _ in met], own=own
        )
    values = {
        "name": node.path,
        "grades": [one.id, other.id],
        "region": region,
        "first": line_of(plan, (*node.location, "grades", one.id)),
        "comma": comma(one.model.when, other.model.when),
    }
    location = (*node.location, "grades", other.id, "when")
    sheet = next((sheet for _, sheet in met if sheet), {})
    return Diagnostic("K224", location, {**values, "sheet": sheet} if sheet else values)


def _whole(node: PlannedNode) -> IntervalSet:
    """Every number that a node's scale, cap and rounding leave to its score."""
    low, high = node.cap if node.cap is not None else (None, None)
    if node.scaling is not None:
        bottom, top = sorted(node.scaling.apply(end) for end in (node.scaling.low, node.scaling.high))
        low, high = bottom if low is None else low, top if high is None else high
    whole = EVERYTHING if low is None and high is None else IntervalSet.of(Interval(low, high))
    return rounded(whole, node.model.round) if node.model.round is not None else whole
