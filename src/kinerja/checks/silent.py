"""Silent: a test that is false only because the node it asks for does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kinerja.checks.cells import about, configurations
from kinerja.checks.placed import Asked, asked
from kinerja.checks.words import said
from kinerja.errors import Diagnostic
from kinerja.feel import NOT_APPLICABLE
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.rules import Rule

__all__ = ["silent"]


def silent(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every condition that asks what another node came to where that node does not apply, with answers that show it.

    A condition that asks as well for the facts by which the node applies is none of these, nor one that holds by
    another of its ways.
    """
    for node in plan.nodes.values():
        for each in asked(node):
            for name in each.rule.names:
                if name in plan.references and plan.references[name][0] != node.path:
                    yield from _unheard(plan, node, each, name)


def _unheard(plan: Plan, node: PlannedNode, each: Asked, name: str) -> Iterator[Diagnostic]:
    path, _ = plan.references[name]
    other = plan.nodes[path]
    location = (*node.location, *each.inside)
    values: dict[str, Any] = {"name": path, "by": ".".join(each.inside)}
    if other.model.may_not_apply:
        said_so = {path: {"not-applicable": "–"}}
        values |= {"configuration": f"{path}: not-applicable", "sheet": said_so}
        yield Diagnostic("K228", location, values)
        return
    deciding = dict.fromkeys(rule for part in _within(other) for rule in part.around)
    if not deciding.keys() - set(node.around):
        return
    around = [*node.around, *each.context]
    tried = configurations(plan, [*around, *deciding, about(each.rule, plan.facts)])
    for configuration in tried or ():
        is_asked = all(rule.holds(configuration) for rule in around)
        if is_asked and _is_out(other, configuration) and _is_silent(each.rule, name, configuration):
            values |= {"configuration": said(configuration), "sheet": configuration}
            yield Diagnostic("K228", location, values)
            return


def _within(node: PlannedNode) -> Iterator[PlannedNode]:
    """A node and everything that it is combined of."""
    yield node
    for child in node.children if isinstance(node, PlannedGroup) else ():
        yield from _within(child)


def _is_out(node: PlannedNode, configuration: Mapping[str, Any]) -> bool:
    """Whether a node does not apply: a group neither where nothing in it does."""
    if not all(rule.holds(configuration) for rule in node.around):
        return True
    return isinstance(node, PlannedGroup) and all(_is_out(child, configuration) for child in node.children)


def _is_silent(rule: Rule, name: str, configuration: Mapping[str, Any]) -> bool:
    """Whether a way of the rule fails for nothing but this name, and no other way holds."""
    known = {**configuration, name: NOT_APPLICABLE}
    hanging = (way for way in rule.ways if any(test.name == name for test in way))
    return not rule.holds(known) and any(
        all(test.holds(configuration[test.name]) for test in way if test.name in configuration)
        for way in hanging
    )
