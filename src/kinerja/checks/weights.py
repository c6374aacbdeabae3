"""Weights: a configuration in which the weights of a weighted sum do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.checks.applying import guards
from kinerja.checks.cells import configurations, untried
from kinerja.checks.words import said, shown_by
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.rules import Rule
from kinerja.plan.supported import WEIGHTED
from kinerja.writing import Figures

__all__ = ["weights"]


def weights(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every weighted sum whose weights do not close, with the configuration in which they do not.

    They close at 100 %, or, where they are points of the whole, at the group's own weight.
    """
    for node in plan.nodes.values():
        if isinstance(node, PlannedGroup) and node.model.combine in WEIGHTED:
            yield from _open(plan, node)


def _open(plan: Plan, group: PlannedGroup) -> Iterator[Diagnostic]:
    around = guards(plan, group)
    rules = [*around, *(rule for child in group.children for rule in _deciding(child))]
    rules += [weight.rule for weight in group.weights if weight.rule is not None]
    at = (*group.location, "indicators")
    tried = configurations(plan, rules)
    if tried is None:
        yield untried(plan, rules, group.path, at)
    for configuration in tried or ():
        if not all(rule.holds(configuration) for rule in around):
            continue
        counted = [child for child in group.children if _applies(child, configuration)]
        found = next(_faults(plan, group, counted, configuration), None)
        if found is not None:
            yield found
            return


def _faults(
    plan: Plan, group: PlannedGroup, counted: list[PlannedNode], configuration: Mapping[str, Any]
) -> Iterator[Diagnostic]:
    """What is wrong with the weights of the children that count in one configuration."""
    for child in counted:
        held = _held(child, configuration)
        if len(held) != 1:
            values = {"name": child.path, "count": len(held), "configuration": said(configuration)}
            yield Diagnostic("K212", (*child.location, "weight"), {**values, **shown_by(plan, configuration)})
    if group.model.combine != "weighted-sum" or not counted:
        return
    total = sum((share for child in counted for share in _held(child, configuration)), Fraction(0))
    whole = sum(_held(group, configuration), Fraction(0)) if group.weights else None
    if total not in (1, whole):
        # Of the two sums that would do, the author is likely to mean the nearer.
        expected = Fraction(1) if whole is None or abs(total - 1) <= abs(total - whole) else whole
        values = {"sum": _written(total, group), "expected": _written(expected, group)}
        if configuration:
            values |= {"configuration": said(configuration), **shown_by(plan, configuration)}
        code = "K208" if configuration else "K205"
        yield Diagnostic(code, (*group.location, "indicators"), values)


def _deciding(child: PlannedNode) -> Iterator[Rule]:
    """Everything that decides whether a child counts, and by which weight."""
    yield from (
        rule for rule in (child.applies, *(weight.rule for weight in child.weights)) if rule is not None
    )
    for each in child.children if isinstance(child, PlannedGroup) else ():
        # What a grandchild weighs decides only whether its group counts at all.
        idle = set() if _may_weigh_nothing(each) else {weight.rule for weight in each.weights}
        yield from (rule for rule in _deciding(each) if rule not in idle)


def _may_weigh_nothing(node: PlannedNode) -> bool:
    return any(not weight.share for weight in node.weights)


def _written(total: Fraction, group: PlannedGroup) -> Figures:
    """A sum of weights as their author writes them: in percent, or in points where one is above 100 %."""
    if all(weight.share <= 1 for child in group.children for weight in child.weights):
        return Figures(f"{numbers.text(total * 100)}%")
    return Figures("1 (100%)") if total == 1 else Figures.of(total)


def _applies(child: PlannedNode, configuration: Mapping[str, Any]) -> bool:
    """Whether a child applies: a group only where something in it does, and has a weight."""
    if child.applies is not None and not child.applies.holds(configuration):
        return False
    return not isinstance(child, PlannedGroup) or any(
        _applies(each, configuration) and (not _may_weigh_nothing(each) or any(_held(each, configuration)))
        for each in child.children
    )


def _held(child: PlannedNode, configuration: Mapping[str, Any]) -> list[Fraction]:
    """The weights of a node that hold in a configuration."""
    return [w.share for w in child.weights if w.rule is None or w.rule.holds(configuration)]
