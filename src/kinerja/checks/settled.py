"""The readings that say why a rule differs from the words of its source, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kinerja.plan import Plan, PlannedNode

__all__ = ["settled"]


def settled(plan: Plan, node: PlannedNode, *inside: str) -> frozenset[str]:
    """
    What the readings that are found at a node settle there: `gap`, `overlap`, `text`, `words`, `numbering`, `silence`.

    A reading is found at what its alternatives change, or where it says so if they change nothing.
    `inside` narrows the node to one of its parts, such as its bands or one grade.
    """
    location = (*node.location, *inside)
    found = set()
    for name, reading in plan.rubric.readings.items():
        changes = [each.change for each in reading.alternatives.values() if each.change]
        if any(_reaches(each, location) for each in changes) if changes else node.path in plan.readings[name]:
            found.add(reading.settles)
    return frozenset(found)


def _reaches(change: Any, location: tuple[str, ...]) -> bool:
    """Whether a patch changes what stands at a location; taking away what is around it changes nothing in it."""
    if not location:
        return True
    if not isinstance(change, Mapping):
        return change is not None
    first, *rest = location
    if first in change and _reaches(change[first], tuple(rest)):
        return True
    # What a group's template says, each of its children says.
    return first == "indicators" and "each" in change and _reaches(change["each"], tuple(rest[1:]))
