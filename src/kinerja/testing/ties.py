"""What hangs on what in a rubric: which nodes read a fact, and which may change when it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kinerja.plan import Plan, PlannedGroup, PlannedNode

__all__ = ["Ties", "is_within"]


class Ties:
    """
    The ties between the facts and nodes of one plan.

    >>> import kinerja
    >>> from kinerja.plan import plan
    >>> ties = Ties(plan(kinerja.load("pk-bkm")))
    >>> sorted(ties.changed(["perempuan"])), sorted(ties.readers("pengurangan.luas_awal"))
    (['perempuan', 'total'], ['pengurangan'])
    """

    def __init__(self, planned: Plan) -> None:
        self.plan = planned
        #: For each name of a fact, or of what a node came to, the nodes that read it themselves.
        self.reading: dict[str, list[str]] = {}
        #: For each fact, the facts that are computed from it, in one step.
        self.computed: dict[str, list[str]] = {}
        #: The group that counts a node; what stands aside is counted by none.
        self.counting: dict[str, str] = {}
        for path, node in planned.nodes.items():
            for name in dict.fromkeys(_names(node)):
                self.reading.setdefault(name, []).append(path)
            if isinstance(node, PlannedGroup):
                self.counting.update(dict.fromkeys((child.path for child in node.children), path))
        for fact in planned.derived:
            for name in dict.fromkeys(fact.operands.values()):
                self.computed.setdefault(name, []).append(fact.name)

    def upward(self, names: Iterable[str]) -> set[str]:
        """These facts, and every fact that is computed from one of them."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.computed.get(name, ())
        return found

    def readers(self, name: str) -> set[str]:
        """The nodes that read a fact, or one that is computed from it."""
        return {path for each in self.upward([name]) for path in self.reading.get(each, ())}

    def changed(self, facts: Iterable[str] = (), *, nodes: Iterable[str] = ()) -> set[str]:
        """The nodes that may come to something else where these facts, or these nodes with all in them, do."""
        below = {path for node in nodes for path in self.below(node)}
        owned = [name for name, fact in self.plan.facts.items() if (fact.owner or "total") in below]
        found: set[str] = set()
        waiting = [*below, *(path for name in [*facts, *owned] for path in self._beneath(self.readers(name)))]
        while waiting:
            path = waiting.pop()
            if path in found:
                continue
            found.add(path)
            waiting += [self.counting[path]] if path in self.counting else []
            for what in ("score", "grade"):
                waiting += self._beneath(self.reading.get(f"{path}.{what}", ()))
        return found

    def below(self, path: str) -> Iterator[str]:
        """A node and everything that stands in it."""
        return (each for each in self.plan.nodes if is_within(each, path))

    def _beneath(self, paths: Iterable[str]) -> list[str]:
        # A group that does not apply, or is refused, is not looked into.
        return [each for path in paths for each in self.below(path)]


def is_within(path: str, outer: str) -> bool:
    """Whether a node is another one, or stands in it."""
    return outer in ("total", path) or path.startswith(f"{outer}.")


def _names(node: PlannedNode) -> Iterator[str]:
    """Everything that a node asks for itself."""
    own = (f"{node.path}.score", f"{node.path}.grade")
    asked = [*node.reads, *node.grade_reads, *(name for rule in node.around for name in rule.names)]
    yield from (name for name in asked if name not in own)
