"""Where readings are found: at the nodes that their alternatives change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kinerja.model import Group, Rubric
from kinerja.plan.resolve import joined

__all__ = ["touched"]


def touched(rubric: Rubric, reading: str) -> tuple[str, ...]:
    """
    The nodes that a reading is found at: those that its alternatives change, or where it says so itself.

    A change to every child of a group is a change of the group.
    """
    said = rubric.readings[reading]
    found: dict[str, None] = {}
    for alternative in said.alternatives.values():
        if isinstance(alternative.change, Mapping):
            for path in _changed(rubric, alternative.change, ""):
                found[path] = None
    return tuple(found) or tuple(path for at in said.at for path in _meant(rubric, at))


def _meant(rubric: Rubric, at: str) -> Iterator[str]:
    """The node that is named, or with `.*` the children of the group that is."""
    if not at.endswith(".*"):
        yield at
        return
    path = at.removesuffix(".*")
    group: object = rubric
    for step in path.split(".") if path != "total" else ():
        group = group.indicators.get(step) if isinstance(group, Group) else None
    for name in group.indicators if isinstance(group, Group) else ():
        yield name if path == "total" else joined(path, name)


def _changed(group: Group, change: Mapping[str, Any], path: str) -> Iterator[str]:
    inside = change.get("indicators")
    inner = inside if isinstance(inside, Mapping) else {}
    if set(change) - {"indicators"} or (set(inner) >= set(group.indicators) and inner):
        yield path or "total"
        return
    for name, part in inner.items():
        child = group.indicators.get(name)
        if child is None:
            # A node that only the alternative has is a change of the group that it comes into.
            yield path or "total"
        elif isinstance(child, Group) and isinstance(part, Mapping):
            yield from _changed(child, part, joined(path, name))
        else:
            yield joined(path, name)
