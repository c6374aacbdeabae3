"""Irrational: a score that may have no exact value, and that the total or a test asks for before it is rounded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinerja.checks.cells import every_rule
from kinerja.errors import Diagnostic
from kinerja.plan import Amount, Plan, PlannedGroup, PlannedIndicator, PlannedNode

__all__ = ["irrational", "is_irrational"]


def irrational(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every score or derived fact with a root, a logarithm or a geometric mean in it that is asked for unrounded.

    Whether the value of a sheet is exact is only known when it is computed: the sheets for which it is not are refused.
    """
    for fact in plan.derived:
        if fact.formula is not None and fact.formula.may_be_inexact and fact.rounding is None:
            yield Diagnostic("K236", (*fact.location, "from"), {"name": fact.name})
    asked = {plan.root.path}
    for rule in every_rule(plan):
        asked.update(plan.references[name][0] for name in rule.names if name in plan.references)
    for path, node in plan.nodes.items():
        if path in asked and is_irrational(plan, node):
            yield Diagnostic("K236", node.location, {"name": path})


def is_irrational(plan: Plan, node: PlannedNode) -> bool:
    """Whether the score of a node may have no exact value, so that a sheet which comes to it is refused."""
    return _is_irrational(plan, node, plan.kept.setdefault(is_irrational, {}))


def _is_irrational(plan: Plan, node: PlannedNode, known: dict[str, bool]) -> bool:
    """Whether the score of a node may have no exact value."""
    if node.path not in known:
        known[node.path] = node.model.round is None and _is_raw_irrational(plan, node, known)
    return known[node.path]


def _is_raw_irrational(plan: Plan, node: PlannedNode, known: dict[str, bool]) -> bool:
    if isinstance(node, PlannedIndicator):
        return any(_is_inexact(plan, amount, known) for amount in node.amounts)
    if not isinstance(node, PlannedGroup) or not node.model.combine:
        return False
    if node.model.combine == "geometric-mean" and len(node.children) > 1:
        return True
    return any(_is_irrational(plan, child, known) for child in node.children)


def _is_inexact(plan: Plan, amount: Amount, known: dict[str, bool]) -> bool:
    if amount.constant is not None:
        return False
    return any(
        case.formula is not None
        and (
            (case.formula.may_be_inexact and case.formula.constant is None)
            or any(_is_irrational(plan, each, known) for each in _nodes_of(plan, case.operands))
        )
        for case in amount.cases
    )


def _nodes_of(plan: Plan, operands: Mapping[str, str | tuple[str, ...]]) -> Iterator[PlannedNode]:
    """The nodes whose scores a formula computes with."""
    for key in operands.values():
        for name in (key,) if isinstance(key, str) else key:
            if name in plan.references:
                yield plan.nodes[plan.references[name][0]]
