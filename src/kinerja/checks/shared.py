"""Shared: a score that two grades of one node both hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations

from kinerja.checks.boxes import Box, Came, boxes, example
from kinerja.checks.cells import rounded
from kinerja.checks.commas import comma
from kinerja.checks.occurring import sheet_in
from kinerja.checks.placed import line_of
from kinerja.checks.words import said
from kinerja.errors import Diagnostic
from kinerja.intervals import EVERYTHING, Interval, IntervalSet
from kinerja.plan import Plan, PlannedGrade, PlannedNode

__all__ = ["shared"]


def shared(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every pair of grades of one node that a score meets at once, with what they share.

    Grades that ask for other nodes are left alone: whether these can come to both is another question.
    """
    for node in plan.nodes.values():
        own = f"{node.path}.score"
        known = plan.facts.keys() | {own}
        grades = [grade for grade in node.grades if known >= set(grade.rule.names)]
        whole = {own: Came(_whole(node), is_unscored=True)}
        for one, other in combinations(grades, 2):
            both = boxes(plan, [*node.around, one.rule, other.rule], within=whole)
            if both:
                yield _told(plan, node, one, other, both)


def _told(
    plan: Plan, node: PlannedNode, one: PlannedGrade, other: PlannedGrade, both: list[Box]
) -> Diagnostic:
    own = f"{node.path}.score"
    names = {*one.rule.names, *other.rule.names}
    facts = example(plan, both[0])
    if names == {own}:
        numbers = reduce(IntervalSet.__or__, (box[own].numbers for box in both))
        region = "none" if numbers.is_empty else str(numbers)
        sheet = sheet_in(plan, node, numbers)
    else:
        number = both[0][own].numbers.example()
        score = {"value": "none" if number is None else number} if own in names else {}
        region, sheet = said({**facts, **score}), facts
    values = {
        "name": node.path,
        "grades": [one.id, other.id],
        "region": region,
        "first": line_of(plan, (*node.location, "grades", one.id)),
        "comma": comma(one.model.when, other.model.when),
    }
    location = (*node.location, "grades", other.id, "when")
    return Diagnostic("K224", location, {**values, "sheet": sheet} if sheet else values)


def _whole(node: PlannedNode) -> IntervalSet:
    """Every number that a node's scale, cap and rounding leave to its score."""
    low, high = node.cap if node.cap is not None else (None, None)
    if node.scaling is not None:
        bottom, top = sorted(node.scaling.apply(end) for end in (node.scaling.low, node.scaling.high))
        low, high = bottom if low is None else low, top if high is None else high
    whole = EVERYTHING if low is None and high is None else IntervalSet.of(Interval(low, high))
    return rounded(whole, node.model.round) if node.model.round is not None else whole
