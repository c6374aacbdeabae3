"""What hangs on itself: no order could evaluate it; and what hangs on too much else, one after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kinerja.errors import Diagnostic
from kinerja.plan.order import ordered
from kinerja.plan.parts import PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule

__all__ = ["circles"]

#: A stage of a node: whether it applies, its score, its grade.
Stage = tuple[str, str]

#: How many stages may hang on each other one after another: a score is worked out by working out what it reads.
MAX_CHAIN = 60


def circles(
    nodes: Mapping[str, PlannedNode], references: Mapping[str, tuple[str, str]]
) -> Iterator[Diagnostic]:
    """The first circle among the stages of nodes, or chain that is too long; a grade may read what reads the score."""
    needs = {stage: list(_needs(stage, nodes, references)) for path in nodes for stage in _stages(path)}
    order, found = ordered(needs)
    if found:
        named = " → ".join(f"{path}.{what}" for what, path in found[0])
        yield Diagnostic("K181", nodes[found[0][0][1]].location, {"cycle": named})
        return
    depth: dict[Stage, int] = {}
    for stage in order:
        depth[stage] = 1 + max((depth[each] for each in needs[stage]), default=0)
        if depth[stage] > MAX_CHAIN:
            yield Diagnostic("K219", nodes[stage[1]].location, {"name": stage[1], "limit": MAX_CHAIN})
            return


def _stages(path: str) -> tuple[Stage, ...]:
    return ("applies", path), ("score", path), ("grade", path)


def _needs(
    stage: Stage, nodes: Mapping[str, PlannedNode], references: Mapping[str, tuple[str, str]]
) -> Iterator[Stage]:
    """The stages that a stage reads."""
    what, path = stage
    node = nodes[path]
    if what == "applies":
        parent = path.rpartition(".")[0]
        yield from [("applies", parent)] if parent else []
        yield from _asked([node.applies], references)
        return
    if what == "grade":
        yield ("score", path)
        yield from _named(node.grade_reads, references)
        return
    yield ("applies", path)
    refusing = [gate.rule for gate in node.gates if not gate.grade]
    yield from (each for each in _asked(refusing, references) if each != stage)
    if isinstance(node, PlannedGroup):
        for child in node.children:
            yield ("score", child.path)
            yield from _asked([weight.rule for weight in child.weights], references)
    elif isinstance(node, PlannedIndicator):
        yield from _named(node.answers, references)


def _asked(rules: Sequence[Rule | None], references: Mapping[str, tuple[str, str]]) -> Iterator[Stage]:
    return _named((name for rule in rules if rule is not None for name in rule.names), references)


def _named(names: Iterable[str], references: Mapping[str, tuple[str, str]]) -> Iterator[Stage]:
    for name in names:
        if name in references:
            path, what = references[name]
            yield (what, path)
