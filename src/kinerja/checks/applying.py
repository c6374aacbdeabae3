"""Applying: the answers with which a node is scored at all, so that nobody is told of those with which it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Any

from kinerja.checks.boxes import Box, boxes, example
from kinerja.checks.cells import LIMIT, about, answer_in, pieces
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.rules import Rule

__all__ = ["applying", "cells_of", "guards", "sheet_of"]


def applying(plan: Plan, node: PlannedNode) -> list[Box]:
    """The boxes in which a node may be scored; one without limits where they are too many."""
    found = boxes(plan, guards(plan, node))
    return [{}] if found is None else found


def guards(plan: Plan, node: PlannedNode) -> list[Rule]:
    """What must hold before a node is scored: what it applies by, and its gates that refuse a sheet by its facts."""
    refusing = (gate.rule for each in _above(plan, node) for gate in each.gates if not gate.grade)
    return [*node.around, *(rule for rule in refusing if plan.facts.keys() >= set(rule.names))]


def _above(plan: Plan, node: PlannedNode) -> list[PlannedNode]:
    """A node, and where the total is made of it, the groups that it is combined in: what they refuse has no total."""
    found = [node]
    while found[-1] is not plan.root:
        parent = plan.nodes.get(found[-1].path.rpartition(".")[0] or plan.root.path)
        if not isinstance(parent, PlannedGroup) or found[-1] not in parent.children:
            # What stands aside may be asked for, whatever the groups around it refuse.
            return [node]
        found.append(parent)
    return found


def cells_of(
    plan: Plan, node: PlannedNode, rules: Iterable[Rule]
) -> Iterator[tuple[Box, dict[str, Any], Box]] | None:
    """
    The cells that rules on facts cut the answers into, as far as the node is scored there; None of too many.

    Each with one answer to every name, and the box of further answers by which the node is scored.
    """
    names = list(dict.fromkeys(name for rule in rules for name in rule.names))
    cut = [*rules, *(about(rule, names) for rule in guards(plan, node))]
    sides = [pieces(plan.facts[name], cut) for name in names]
    if prod(map(len, sides)) > LIMIT:
        return None
    return _scored(names, sides, applying(plan, node))


def _scored(
    names: list[str], sides: list[list[Any]], around: list[Box]
) -> Iterator[tuple[Box, dict[str, Any], Box]]:
    for cell in product(*sides):
        answers = dict(zip(names, map(answer_in, cell), strict=True))
        box = next((box for box in around if _is_inside(answers, box)), None)
        if box is not None:
            yield dict(zip(names, cell, strict=True)), answers, box


def _is_inside(answers: Mapping[str, Any], box: Box) -> bool:
    return all(answers[name] in box[name] for name in answers.keys() & box.keys())


def sheet_of(plan: Plan, answers: Mapping[str, Any], box: Box) -> dict[str, Any]:
    """The answers, with others by which the node is scored; empty where that hangs on what nodes came to."""
    if plan.references.keys() & box.keys():
        return {}
    return {**example(plan, box), **answers}
