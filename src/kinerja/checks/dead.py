"""Dead: a band, step, case, weight, grade or gate that decides nothing, since no sheet reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from kinerja.checks.boxes import Box, boxes
from kinerja.checks.occurring import meeting
from kinerja.checks.placed import asked
from kinerja.checks.totals import parts
from kinerja.errors import Diagnostic, Phrase
from kinerja.intervals import IntervalSet
from kinerja.plan import Plan, PlannedIndicator, PlannedNode
from kinerja.plan.parts import Location
from kinerja.plan.rules import Rule, Test

__all__ = ["dead", "failing"]


def dead(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every part of a node that no sheet reaches, and every gate that no sheet fails.

    Of a node that never applies only that is told, and of parts that ask for what other nodes came to, nothing.
    """
    for node in plan.nodes.values():
        if boxes(plan, node.around) != []:
            found = dict(_parts(plan, node))
            for inside, why in found.items():
                # What stands in a dead part is dead with it.
                if not any(inside[:size] in found for size in range(1, len(inside))):
                    values = {"name": node.path, "part": ".".join(inside), "why": why}
                    yield Diagnostic("K225", (*node.location, *inside), values)


def _parts(plan: Plan, node: PlannedNode) -> Iterator[tuple[Location, Phrase]]:
    for each in asked(node):
        if each.inside[0] not in ("grades", "requires"):
            together = boxes(plan, [*node.around, *each.context, each.rule])
            if together == []:
                yield each.inside[:-1], Phrase("dead.condition")
    if isinstance(node, PlannedIndicator):
        yield from _passed(node)
    set_by_gates = {gate.grade for gate in node.gates}
    for grade in node.grades:
        if grade.id not in set_by_gates and meeting(plan, node, _boxes(plan, node, [grade.rule])) is None:
            yield ("grades", grade.id), Phrase("dead.grade")
    for gate in node.gates:
        if (
            not _may_skip(plan, gate.rule, f"{node.path}.score")
            and meeting(plan, node, _boxes(plan, node, failing(plan, gate.rule)), is_refused=not gate.grade)
            is None
        ):
            yield ("requires", gate.id), Phrase("dead.gate")


def _boxes(plan: Plan, node: PlannedNode, rules: list[Rule]) -> list[Box]:
    """The boxes in which rules hold where a node applies; of too many nothing is known, as of one without limits."""
    found = boxes(plan, [*node.around, *rules])
    return [{}] if found is None else found


def _passed(node: PlannedIndicator) -> Iterator[tuple[Location, Phrase]]:
    """The steps of a ladder that nobody stops at."""
    there: frozenset[str] = frozenset()
    for step, after in pairwise(node.ladder):
        there |= step.needs
        if after.needs <= there:
            yield ("ladder", step.id), Phrase("dead.step", {"next": after.id})


# --- gates


def _may_skip(plan: Plan, rule: Rule, own: str) -> bool:
    """Whether a rule may fail since what it asks does not apply: that fails any test."""
    names = {name for name in rule.names if name != own}
    facts = names | {part for name in names & plan.facts.keys() for part in parts(plan, name)}
    return bool(names & plan.references.keys()) or any(
        plan.nodes[name].model.may_not_apply for name in facts & plan.nodes.keys()
    )


def failing(plan: Plan, rule: Rule) -> list[Rule]:
    """Rules that hold together exactly where a rule does not."""
    return [Rule(tuple((_denied(plan, test),) for test in way)) for way in rule.ways]


def _denied(plan: Plan, test: Test) -> Test:
    """The test that every other answer passes."""
    denied: Any = test.allowed
    if isinstance(test.allowed, IntervalSet):
        denied = ~test.allowed
    elif test.name in plan.facts:
        fact = plan.facts[test.name]
        denied = frozenset(fact.options or (True, False)) - test.allowed
    return Test(test.name, test.text, denied, lambda value: not test.holds(value))
