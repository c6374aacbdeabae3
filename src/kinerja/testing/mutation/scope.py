"""What a mutant changes: the nodes that it has computed in another way, and everything that these hang on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import fields

from kinerja.checks.totals import parts
from kinerja.engine.outcome import EXCLUDED, SCORED, UNSCORED, Outcome
from kinerja.plan import Plan, PlannedGroup, PlannedNode

__all__ = ["Scope", "names_of", "nodes_of", "result", "scope_of"]

#: The paths of the nodes that are computed in another way, each with the fields of it that say something else.
Scope = dict[str, set[str]]

#: What is no part of how a node itself is computed: what stands in it, and what says nothing of scores.
_APART = frozenset({"indicators", "aside", "readings", "examples", "origin", "note", "facts", "weight"})


def result(outcome: Outcome) -> Any:
    """
    What two rubrics can be told apart by: whether a sheet is complete, and the score, grade and awards of each node.

    Why there is no answer, since one is missing or since one is refused, tells them apart only where it decides that.
    """
    found = {}
    for path, node in outcome.nodes.items():
        grade = outcome.grades.get(path)
        awards = node.plan.model.grades[grade].awards if isinstance(grade, str) else None
        said = (_ANSWERS.get(node.status), node.score, grade if isinstance(grade, str) else None, awards)
        if said != _NOTHING:
            found[path] = said
    return outcome.status == "complete", found


#: Without an answer a node says nothing; one that does not apply may not even have been come to.
_ANSWERS = {status: status for status in (SCORED, UNSCORED, EXCLUDED)}
_NOTHING = (None, None, None, None)


def scope_of(base: Plan, other: Plan) -> Scope:
    """
    The nodes that are computed in another way by one of two rubrics with the same nodes.

    A weight is part of how its group is computed; a fact, of every node that reads it.
    """
    changed = {name for name, fact in base.facts.items() if fact.model != other.facts[name].model}
    changed |= {name for name in base.facts if parts(base, name) & changed}
    found: Scope = {}
    for path, here in base.nodes.items():
        there = other.nodes[path]
        if here.model is not there.model:
            said = {each.name for each in fields(type(here.model)) if each.name not in _APART}
            differing = {name for name in said if _unlike(here, there, name)}
            if differing:
                found.setdefault(path, set()).update(differing)
            if here.model.weight != there.model.weight:
                found.setdefault(path.rpartition(".")[0] or "total", set()).add("weight")
        if changed & set(_own(here)):
            found.setdefault(path, set()).add("facts")
    return found


def _unlike(here: PlannedNode, there: PlannedNode, name: str) -> bool:
    one, two = getattr(here.model, name), getattr(there.model, name)
    # Two mappings with the same entries are equal whatever their order, and here the order may be a rule.
    return bool(one != two) or (name in ("ladder", "grades") and list(one) != list(two))


def _own(node: PlannedNode) -> Iterator[str]:
    """The names that a node itself reads."""
    yield from node.reads
    yield from node.grade_reads
    yield from (name for rule in node.around for name in rule.names)


def nodes_of(planned: Plan, paths: Iterable[str]) -> list[PlannedNode]:
    """The nodes at some paths, with everything that stands in them and everything that they ask for."""
    waiting = [planned.nodes[path] for path in paths]
    found: dict[str, PlannedNode] = {}
    while waiting:
        node = waiting.pop()
        if node.path in found:
            continue
        found[node.path] = node
        waiting += node.children if isinstance(node, PlannedGroup) else ()
        asked = (name for name in _own(node) if name in planned.references)
        waiting += (planned.nodes[planned.references[name][0]] for name in asked)
    return [found[path] for path in planned.nodes if path in found]


def names_of(planned: Plan, nodes: Iterable[PlannedNode]) -> list[str]:
    """The facts that nodes hang on, with everything that these are derived from, in the order of the rubric."""
    found = {name for node in nodes for name in _own(node) if name in planned.facts}
    found |= {part for name in found for part in parts(planned, name)}
    return [name for name in planned.facts if name in found]
