"""Whether the scores of a node are few enough to be listed."""

from __future__ import annotations

from kinerja.checks.cells import domain
from kinerja.model import Direct
from kinerja.plan import PlannedGroup, PlannedIndicator, PlannedNode

__all__ = ["LISTED", "is_listed"]

#: So many scores of one indicator are listed; and ways to combine that make no more of them than they are.
SCORES = 1_000
LISTED = frozenset({"sum", "mean", "weighted-sum", "weighted-mean", "min", "max"})


def is_listed(node: PlannedNode) -> bool:
    """Whether the scores of a node are few enough to be listed, and are combined in a way that keeps them so."""
    if isinstance(node, PlannedGroup):
        return node.model.combine in LISTED and all(map(is_listed, node.children))
    if isinstance(node, PlannedIndicator) and isinstance(node.model, Direct) and node.measure is not None:
        count = domain(node.measure).count
        return count is not None and count <= SCORES
    return isinstance(node, PlannedIndicator) and node.scores is not None
