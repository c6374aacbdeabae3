"""What hangs on itself: no order could evaluate it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kinerja.errors import Diagnostic
from kinerja.plan.parts import PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule

__all__ = ["circles"]

#: A stage of a node: whether it applies, its score, its grade.
Stage = tuple[str, str]


def circles(
    nodes: Mapping[str, PlannedNode], references: Mapping[str, tuple[str, str]]
) -> Iterator[Diagnostic]:
    """Every circle among the stages of nodes, once; a grade that reads a node which reads the score is none."""
    needs = {stage: list(_needs(stage, nodes, references)) for path in nodes for stage in _stages(path)}
    chain = _circle(needs)
    if chain:
        named = " → ".join(f"{path}.{what}" for what, path in chain)
        yield Diagnostic("K181", nodes[chain[0][1]].location, {"cycle": named})


def _stages(path: str) -> tuple[Stage, ...]:
    return ("applies", path), ("score", path), ("grade", path)


def _circle(needs: Mapping[Stage, list[Stage]]) -> list[Stage]:
    """The first circle that some stage leads into, or nothing."""
    done: set[Stage] = set()
    for start in needs:
        # The way from the start, each stage with what it still has to be asked for: a chain may be thousands long.
        way = {start: iter(needs[start])} if start not in done else {}
        while way:
            stage = next(reversed(way))
            each = next(way[stage], None)
            if each is None:
                done.add(stage)
                del way[stage]
            elif each in way:
                chain = list(way)
                return [*chain[chain.index(each) :], each]
            elif each not in done:
                way[each] = iter(needs[each])
    return []


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
