"""Dead: a band, step, case, weight, grade or gate that decides nothing, since no sheet reaches it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from kinerja.checks.boxes import Box, boxes
from kinerja.checks.occurring import first_in, occurring
from kinerja.checks.placed import asked
from kinerja.checks.reachable import parts
from kinerja.errors import Diagnostic, Phrase
from kinerja.intervals import IntervalSet
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.parts import Location
from kinerja.plan.rules import Rule, Test

__all__ = ["dead"]


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
        if grade.id not in set_by_gates and not _occurs(plan, node, [grade.rule], is_refused=False):
            yield ("grades", grade.id), Phrase("dead.grade")
    for gate in node.gates:
        if not _may_skip(plan, gate.rule, f"{node.path}.score") and not _occurs(
            plan, node, _failing(plan, gate.rule), is_refused=not gate.grade
        ):
            yield ("requires", gate.id), Phrase("dead.gate")


def _passed(node: PlannedIndicator) -> Iterator[tuple[Location, Phrase]]:
    """The steps of a ladder that nobody stops at."""
    there: frozenset[str] = frozenset()
    for step, after in pairwise(node.ladder):
        there |= step.needs
        if after.needs <= there:
            yield ("ladder", step.id), Phrase("dead.step", {"next": after.id})


def _occurs(plan: Plan, node: PlannedNode, rules: Iterable[Rule], *, is_refused: bool) -> bool:
    """
    Whether some sheet may meet rules on a node's score, as far as anybody knows.

    `is_refused` asks for the scores before the gates that refuse, and not for those after them.
    """
    own = f"{node.path}.score"
    found = occurring(plan) if any(own in rule.names for rule in rules) else None
    stages = [
        (each.facts, (each.before if is_refused else each.after).get(node.path)) for each in found or ()
    ]
    is_known = any(scores is not None for _, scores in stages)
    for box in _boxes(plan, [*node.around, *rules]):
        if own not in box or not is_known or (box[own].is_unscored and _may_be_unscored(node)):
            return True
        for facts, scores in stages:
            fits = all(answer in box[name] for name, answer in facts.items() if name in box)
            if fits and scores is not None and first_in(scores.finished, box[own].numbers) is not None:
                return True
    return False


def _boxes(plan: Plan, rules: Iterable[Rule]) -> list[Box]:
    """The boxes that rules leave; of too many nothing is known, as of one without any limit."""
    found = boxes(plan, rules)
    return [{}] if found is None else found


def _may_be_unscored(node: PlannedNode) -> bool:
    """Whether some answer leaves a node without a score on purpose."""
    if isinstance(node, PlannedGroup):
        return any(_may_be_unscored(child) for child in node.children)
    amounts = node.amounts if isinstance(node, PlannedIndicator) else ()
    return any(case.formula is None for amount in amounts for case in amount.cases)


# --- gates


def _may_skip(plan: Plan, rule: Rule, own: str) -> bool:
    """Whether a rule may fail since what it asks does not apply: that fails any test."""
    names = {name for name in rule.names if name != own}
    facts = names | {part for name in names & plan.facts.keys() for part in parts(plan, name)}
    return bool(names & plan.references.keys()) or any(
        plan.nodes[name].model.may_not_apply for name in facts & plan.nodes.keys()
    )


def _failing(plan: Plan, rule: Rule) -> list[Rule]:
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
