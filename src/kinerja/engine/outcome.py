"""What an evaluation leaves behind: as little as a trail can be rendered from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedBand, PlannedNode
from kinerja.sheets import Entry

__all__ = ["EXCLUDED", "INVALID", "MISSED", "NOT_APPLYING", "SCORED", "NodeOutcome", "Outcome", "Part"]

#: The statuses of a node.
SCORED = "scored"
MISSED = "missing"
INVALID = "invalid"
NOT_APPLYING = "not-applicable"
EXCLUDED = "excluded"


class Part:
    """One child as a group counted it: its outcome, and its weight on the group's common denominator."""

    __slots__ = ("node", "points", "share")

    def __init__(self, node: NodeOutcome, points: int, share: Fraction) -> None:
        self.node = node
        self.points = points
        self.share = share


class NodeOutcome:
    """What one node came to.  A plain slotted class: a frozen one costs more than the scoring itself."""

    __slots__ = ("band", "needs", "parts", "plan", "raw", "reason", "reweighed", "score", "stated", "status")

    def __init__(self, plan: PlannedNode, status: str, score: Fraction | None = None) -> None:
        self.plan = plan
        self.status = status
        self.score = score
        #: The score before scale and rounding.
        self.raw: Fraction | None = score
        self.band: PlannedBand | None = None
        self.stated = False
        self.needs: tuple[str, ...] = ()
        self.reason = ""
        self.parts: list[Part] | None = None
        self.reweighed = False


class Outcome:
    """One sheet evaluated on one plan."""

    __slots__ = (
        "date",
        "entries",
        "given",
        "like",
        "nodes",
        "plan",
        "problems",
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
        #: The outcome that this one takes over what a patch left alone from.
        self.like: Outcome | None = None
        self.nodes: dict[str, NodeOutcome] = {}
        self.problems: list[Diagnostic] = []
        #: What is wrong with facts that nothing here hangs on.
        self.unread: list[Diagnostic] = []
        self.root: NodeOutcome
        self.status = ""
