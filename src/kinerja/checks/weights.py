"""Weights: a configuration in which the weights of a weighted sum do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.checks.cells import configurations
from kinerja.checks.words import said
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedGroup, PlannedNode

__all__ = ["weights"]


def weights(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every weighted sum whose weights do not close, with the configuration in which they do not.

    They close at 100 %, or, where they are points of the whole, at the group's own weight.
    """
    for node in plan.nodes.values():
        if isinstance(node, PlannedGroup) and node.model.combine == "weighted-sum":
            yield from _open(plan, node)


def _open(plan: Plan, group: PlannedGroup) -> Iterator[Diagnostic]:
    rules = [child.applies for child in group.children if child.applies is not None]
    rules += [weight.rule for child in group.children for weight in child.weights if weight.rule is not None]
    rules += [weight.rule for weight in group.weights if weight.rule is not None]
    for configuration in configurations(plan, rules) or ():
        shares = [_share(child, configuration) for child in group.children if _applies(child, configuration)]
        if not shares:
            continue
        whole = _share(group, configuration) if group.weights else None
        total = sum(shares, Fraction(0))
        if total not in (1, whole):
            values = {
                "sum": numbers.text(total * 100) + "%",
                "expected": "100%" if whole is None else f"100% / {numbers.text(whole)}",
                "configuration": said(configuration),
            }
            yield Diagnostic("K205", (*group.location, "indicators"), values)
            return


def _applies(child: PlannedNode, configuration: Mapping[str, Any]) -> bool:
    return child.applies is None or bool(child.applies.holds(configuration))


def _share(child: PlannedNode, configuration: Mapping[str, Any]) -> Fraction:
    """The weight of a node in a configuration; where several cases hold, their sum, which then does not close."""
    held = [w.share for w in child.weights if w.rule is None or w.rule.holds(configuration)]
    return sum(held, Fraction(0))
