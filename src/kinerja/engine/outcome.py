"""What an evaluation leaves behind: as little as a trail can be rendered from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from kinerja.errors import Diagnostic
from kinerja.feel import MISSING
from kinerja.plan import Plan, PlannedBand, PlannedCase, PlannedGate, PlannedNode, PlannedStep
from kinerja.plan.rules import Rule
from kinerja.sheets import Entry

__all__ = [
    "EXCLUDED",
    "INVALID",
    "MISSED",
    "NOT_APPLYING",
    "SCORED",
    "UNSCORED",
    "NodeOutcome",
    "Outcome",
    "Part",
]

#: The statuses of a node.
SCORED = "scored"
MISSED = "missing"
INVALID = "invalid"
NOT_APPLYING = "not-applicable"
EXCLUDED = "excluded"
#: Answered with `score: none`.
UNSCORED = "no-score"


class Part:
    """One child as a group counted it: its outcome, and its weight on the group's common denominator."""

    __slots__ = ("node", "points", "share")

    def __init__(self, node: NodeOutcome, points: int, share: Fraction) -> None:
        self.node = node
        self.points = points
        self.share = share


class NodeOutcome:
    """What one node came to.  A plain slotted class: a frozen one costs more than the scoring itself."""

    __slots__ = (
        "band",
        "case",
        "inexact",
        "needs",
        "parts",
        "plan",
        "raw",
        "reason",
        "reweighed",
        "score",
        "stated",
        "status",
        "step",
    )

    def __init__(self, plan: PlannedNode, status: str) -> None:
        self.plan = plan
        self.status = status
        self.score: Fraction | None = None
        #: The score before scale, cap and rounding.
        self.raw: Fraction | None = None
        self.band: PlannedBand | None = None
        self.step: PlannedStep | None = None
        #: What the score was computed by, where it was.
        self.case: PlannedCase | None = None
        #: Whether a root or logarithm that is not rational went into the score, and no rounding since.
        self.inexact = False
        self.stated = False
        self.needs: tuple[str, ...] = ()
        self.reason = ""
        self.parts: list[Part] | None = None
        self.reweighed = False


class Outcome:
    """One sheet evaluated on one plan."""

    __slots__ = (
        "assumed",
        "before",
        "beside",
        "by_value",
        "date",
        "entries",
        "gates",
        "given",
        "grades",
        "inexact",
        "like",
        "nodes",
        "plan",
        "problems",
        "reach",
        "root",
        "stated",
        "status",
        "unread",
        "values",
    )

    def __init__(self, plan: Plan, date: dt.date | None) -> None:
        self.plan = plan
        self.date = date
        #: The usable value of each fact, or the state that it has instead.
        self.values: dict[str, Any] = {}
        #: What the sheet says, in its order, and by name, before anything is made of it.
        self.stated: Sequence[tuple[str, Any]] = ()
        self.given: dict[str, Any] = {}
        self.entries: dict[str, Entry] = {}
        #: Facts that nobody gave and that count as what the rubric says; derived facts before their own rounding.
        self.assumed: set[str] = set()
        self.before: dict[str, Fraction] = {}
        #: The outcome that this one takes over what a patch left alone from.
        self.like: Outcome | None = None
        #: Comes to the score or the grade of a node that a name asks for; set by whoever evaluates.
        self.reach: Callable[[str, str, Outcome], None]
        #: Scores without an exact value, by the names that ask for them: no test can be asked of one.
        self.inexact: dict[str, Fraction] = {}
        #: The grade of each node, the grade by its score alone, and how each of its gates came out.
        self.grades: dict[str, Any] = {}
        self.by_value: dict[str, Any] = {}
        self.gates: dict[str, dict[str, bool | None]] = {}
        #: What is wrong with nodes that decide nothing.
        self.beside: list[Diagnostic] = []
        self.nodes: dict[str, NodeOutcome] = {}
        self.problems: list[Diagnostic] = []
        #: What is wrong with facts that nothing here hangs on.
        self.unread: list[Diagnostic] = []
        self.root: NodeOutcome
        self.status = ""

    def value(self, key: str) -> Any:
        """What a name stands for: a fact, or what a node came to, which is come to first."""
        if key in self.plan.references and key not in self.values:
            self.reach(*self.plan.references[key], self)
        return self.inexact[key] if key in self.inexact else self.values.get(key, MISSING)

    def holds(self, rule: Rule) -> bool | None:
        """Whether a rule holds here; None where that hangs on something missing or unusable."""
        for name in rule.names:
            self.value(name)
        answer = rule.holds(self.values)
        if answer is None and self.inexact:
            for name in rule.open(self.values):
                if name in self.inexact:
                    self.refuse_inexact(self.plan.references[name][0])
        return answer

    def tested(self, node: PlannedNode, gate: PlannedGate) -> bool | None:
        """Whether a gate of a node holds, kept for the trail."""
        answer = self.holds(gate.rule)
        self.gates.setdefault(node.path, {})[gate.id] = answer
        return answer

    def refuse_inexact(self, path: str) -> None:
        """A score without an exact value stands where only an exact one can: told once."""
        problem = Diagnostic("K319", (path,), {"name": path})
        if problem not in self.problems:
            self.problems.append(problem)
