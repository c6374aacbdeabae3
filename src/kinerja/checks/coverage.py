"""What sheets reach of a rubric: its bands, levels, steps, grades, gates and other readings, counted in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Self

from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, UsageError
from kinerja.evaluation import Assessment, Evaluator
from kinerja.language.plain import identity
from kinerja.mappings import FrozenMap
from kinerja.model import Levels, Rubric
from kinerja.plan import Plan, PlannedIndicator

__all__ = ["KINDS", "Coverage", "Target", "met", "targets"]

#: What can be reached, in the order in which it is told.
KINDS = ("band", "level", "step", "gate-passed", "gate-failed", "grade", "reading")

#: No other reading than the rubric's own.
NONE: FrozenMap[str] = FrozenMap()


class Target(NamedTuple):
    """One thing that a sheet can reach: its kind, the path of its node or the id of its reading, and its own id."""

    kind: str
    node: str
    id: str


def targets(plan: Plan) -> Iterator[Target]:
    """
    Everything that sheets can reach, in the order of the file.

    The readings of a rubric that extends another are left to that one, and so are alternatives that change nothing.
    """
    for path, node in plan.nodes.items():
        if isinstance(node, PlannedIndicator):
            line = "level" if isinstance(node.model, Levels) else "band"
            yield from (Target(line, path, band.id) for band in node.bands)
            yield from (Target("step", path, step.id) for step in node.ladder)
        yield from (Target("grade", path, grade.id) for grade in node.grades)
        for gate in node.gates:
            yield Target("gate-passed", path, gate.id)
            yield Target("gate-failed", path, gate.id)
    for name, reading in plan.rubric.readings.items() if not plan.rubric.extends else ():
        yield from (Target("reading", name, key) for key, each in reading.alternatives.items() if each.change)


def met(outcome: Outcome) -> Iterator[Target]:
    """What one sheet reaches under a rubric's own readings."""
    for path, result in outcome.nodes.items():
        if result.band is not None:
            yield Target("level" if isinstance(result.plan.model, Levels) else "band", path, result.band.id)
        elif result.step is not None:
            yield Target("step", path, result.step.id)
    yield from (
        Target("grade", path, grade) for path, grade in outcome.grades.items() if isinstance(grade, str)
    )
    for path, gates in outcome.gates.items():
        for gate, answer in gates.items():
            if answer is not None:
                yield Target("gate-passed" if answer else "gate-failed", path, gate)


class Coverage:
    """
    What sheets have reached of a rubric so far.

    A line, a grade or a gate counts where a sheet comes to it under the rubric's own readings, another reading where
    a sheet is evaluated by it.  `of`, `reached` and `missing` are by kind and node, in the order of the file.
    """

    def __init__(self, rubric: Rubric | Plan) -> None:
        self.plan = rubric if isinstance(rubric, Plan) else Evaluator(rubric).plan
        self.targets = tuple(targets(self.plan))
        self._known = frozenset(self.targets)
        self._met: set[Target] = set()

    @property
    def of(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Everything that can be reached."""
        return _grouped(self.targets)

    @property
    def reached(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What was reached."""
        return _grouped(each for each in self.targets if each in self._met)

    @property
    def missing(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What was not reached."""
        return _grouped(self.left)

    @property
    def left(self) -> tuple[Target, ...]:
        """What was not reached, one by one."""
        return tuple(each for each in self.targets if each not in self._met)

    def add(
        self, result: Outcome | Assessment, readings: Mapping[str, str] | None = None
    ) -> frozenset[Target]:
        """
        Count what one sheet reaches, evaluated with these readings, and give what it adds.

        Without `readings`, those that an assessment was made with.
        """
        if isinstance(result, Assessment):
            outcome = result.outcome
            readings = result.readings if readings is None else readings
        else:
            outcome = result
        found = (Target("reading", *chosen) for chosen in readings.items()) if readings else met(outcome)
        new = (frozenset(found) & self._known) - self._met
        self._met |= new
        return new

    def data(self) -> dict[str, Any]:
        """
        What was reached, as plain data that another process can merge.

        >>> import kinerja
        >>> coverage = Coverage(kinerja.load("pk-bkm"))
        >>> _ = coverage.add(kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate({"perempuan": 42}))
        >>> coverage.data()["reached"]
        [['band', 'perempuan', '2']]
        """
        found = [list(each) for each in self.targets if each in self._met]
        return {"rubric": self.plan.rubric.id, "identity": identity(self.plan.rubric), "reached": found}

    def merge(self, other: Self | Mapping[str, Any]) -> None:
        """
        Count what was reached elsewhere, too: another coverage, or the `data` of one.

        Raises `UsageError` where that is one of another rubric.
        """
        data = other.data() if isinstance(other, Coverage) else other
        if data["identity"] != identity(self.plan.rubric):
            values = {"name": data["rubric"], "rubric": self.plan.rubric.id}
            raise UsageError([Diagnostic("K576", (), values)])
        self._met |= {Target(*each) for each in data["reached"]} & self._known


def _grouped(found: Iterable[Target]) -> dict[str, dict[str, tuple[str, ...]]]:
    kinds: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in KINDS}
    for each in found:
        here = kinds[each.kind]
        here[each.node] = (*here.get(each.node, ()), each.id)
    return {kind: nodes for kind, nodes in kinds.items() if nodes}
