"""Idle: a fact that nobody reads, a node that changes no total, a node aside that nobody names."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kinerja.checks.placed import asked
from kinerja.checks.totals import parts
from kinerja.errors import Diagnostic, Phrase
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.writing import Figures

__all__ = ["idle"]


def idle(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every fact and every node that changes nothing, whatever is answered.

    A node that another one names, and one with grades or a gate that refuses, is not idle; nor is a node aside with
    a title, which a reader of the trail finds there.
    """
    read = _read(plan)
    for fact in plan.facts.values():
        # No condition can ask for a set, so one that is declared is kept for its own sake.
        if fact.name not in read and fact.kind != "set":
            yield Diagnostic("K229", fact.location, {"name": fact.name, "why": Phrase("idle.fact")})
    for group in plan.nodes.values():
        if isinstance(group, PlannedGroup):
            for child in (*group.children, *group.aside):
                why = _why(group, child)
                if why is not None and not _has_purpose(child, read):
                    yield Diagnostic("K229", child.location, {"name": child.path, "why": why})


def _read(plan: Plan) -> set[str]:
    """Every name that something reads: facts, and what is asked of a node by another."""
    found: set[str] = set()
    for node in plan.nodes.values():
        names = {name for rule in node.around for name in rule.names}
        names.update(name for each in asked(node) for name in each.rule.names)
        names.update(node.answers if isinstance(node, PlannedIndicator) else ())
        found |= names - {f"{node.path}.score"}
    return found.union(*(parts(plan, name) for name in found & plan.facts.keys()))


def _has_purpose(node: PlannedNode, read: set[str]) -> bool:
    """Whether a node serves another end than the score of its group, or something in it does."""
    if node.grades or node.gates or {f"{node.path}.score", f"{node.path}.grade"} & read:
        return True
    inside = (*node.children, *node.aside) if isinstance(node, PlannedGroup) else ()
    return any(_has_purpose(each, read) for each in inside)


def _why(group: PlannedGroup, child: PlannedNode) -> Phrase | None:
    """Why a node changes nothing in its group; None where it may."""
    if child in group.aside:
        return None if child.model.title else Phrase("idle.aside")
    if not group.model.combine:
        return Phrase("idle.uncombined")
    if child.weights and not any(weight.share for weight in child.weights):
        return Phrase("idle.weight")
    score = _only_score(child)
    return None if score is None else Phrase("idle.score", {"score": Figures.of(score)})


def _only_score(node: PlannedNode) -> Fraction | None:
    """The score of an indicator that has one and no other, and is never left out."""
    if not isinstance(node, PlannedIndicator) or node.model.may_not_apply or node.model.missing:
        return None
    if node.ladder and node.otherwise is None:
        # Whoever fulfils no step has a problem and no score.
        return None
    formulas = [case.formula for amount in node.amounts for case in amount.cases]
    if any(formula is None for formula in formulas):
        return None
    found = node.scores
    if found is None and node.is_plain:
        # Cases, and formulas without a name.
        given = {formula.constant for formula in formulas if formula is not None}
        found = frozenset(each for each in given if each is not None) if None not in given else None
    return next(iter(found)) if found is not None and len(found) == 1 else None
