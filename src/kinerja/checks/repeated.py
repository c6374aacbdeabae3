"""Repeated: a printed number that stands at two rows of one group."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.cells import configurations
from kinerja.checks.printed import printed
from kinerja.checks.settled import settled
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedGroup, PlannedNode

__all__ = ["repeated"]


def repeated(plan: Plan) -> Iterator[Diagnostic]:
    """Every row that bears the printed number of a row before it, where both can apply to one sheet."""
    for group in plan.nodes.values():
        if isinstance(group, PlannedGroup):
            seen: dict[str, list[PlannedNode]] = {}
            for row, text in _numbered(group):
                other = next((each for each in seen.get(text, ()) if _meet(plan, each, row)), None)
                seen.setdefault(text, []).append(row)
                if other is not None and "numbering" not in settled(plan, row) | settled(plan, other):
                    values = {"number": row.model.number, "name": row.path, "other": other.path}
                    yield Diagnostic("K216", (*row.location, "number"), values)


def _numbered(group: PlannedGroup) -> Iterator[tuple[PlannedNode, str]]:
    """Each row of a group with each of its printed numbers."""
    rows = (*group.children, *group.aside)
    for row, counts in zip(rows, printed(row.model.number for row in rows), strict=True):
        for text in dict.fromkeys(count.text.lower() for count in counts if not count.is_shared):
            yield row, text


def _meet(plan: Plan, one: PlannedNode, other: PlannedNode) -> bool:
    """Whether two rows can apply together; those of different roles may each be counted from 1."""
    rules = [row.applies for row in (one, other) if row.applies is not None]
    tried = configurations(plan, rules)
    return tried is None or any(all(rule.holds(each) for rule in rules) for each in tried)
