"""Weights: a configuration in which the weights of a weighted sum do not add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.checks.cells import LIMIT, configurations
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
    tried = configurations(plan, rules)
    if tried is None:
        yield Diagnostic("K209", (*group.location, "indicators"), {"name": group.path, "limit": LIMIT})
    for configuration in tried or ():
        shares = [_share(child, configuration) for child in group.children if _applies(child, configuration)]
        if not shares:
            continue
        whole = _share(group, configuration) if group.weights else None
        total = sum(shares, Fraction(0))
        if total not in (1, whole):
            # Of the two sums that would do, the author is likely to mean the nearer.
            expected = Fraction(1) if whole is None or abs(total - 1) <= abs(total - whole) else whole
            values = {"sum": _written(total, group), "expected": _written(expected, group)}
            if configuration:
                values["configuration"] = said(configuration)
            code = "K208" if configuration else "K205"
            yield Diagnostic(code, (*group.location, "indicators"), values)
            return


def _written(total: Fraction, group: PlannedGroup) -> str:
    """A sum of weights as their author writes them: in percent, or in points where one is above 100 %."""
    if all(weight.share <= 1 for child in group.children for weight in child.weights):
        return f"{numbers.text(total * 100)}%"
    return "1 (100%)" if total == 1 else numbers.text(total)


def _applies(child: PlannedNode, configuration: Mapping[str, Any]) -> bool:
    return child.applies is None or bool(child.applies.holds(configuration))


def _share(child: PlannedNode, configuration: Mapping[str, Any]) -> Fraction:
    """The weight of a node in a configuration; where several cases hold, their sum, which then does not close."""
    held = [w.share for w in child.weights if w.rule is None or w.rule.holds(configuration)]
    return sum(held, Fraction(0))
