"""Either: alternatives, such as rows 6a and 6b, of which several or none apply to a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kinerja.checks.cells import configurations
from kinerja.checks.printed import printed
from kinerja.checks.settled import settled
from kinerja.checks.words import said
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.rules import Rule

__all__ = ["either"]


def either(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every set of alternatives of which not exactly one applies, with answers that show it.

    Rows of one group are alternatives where they bear letters below one number, or the same title, and each applies
    by another answer to the same choice or yes-no.  A reading with `settles: gap` accounts for sheets with none of
    them, one with `settles: overlap` for several.
    """
    for group in plan.nodes.values():
        if isinstance(group, PlannedGroup):
            told = set()
            for rows in (*_lettered(group), *_titled(group)):
                for found in _faults(plan, group, rows):
                    if found not in told:
                        told.add(found)
                        yield found


def _lettered(group: PlannedGroup) -> Iterator[list[PlannedNode]]:
    """The rows of a group whose letters are counted below one number."""
    found: dict[str, list[PlannedNode]] = {}
    for row, counts in zip(group.children, printed(row.model.number for row in group.children), strict=True):
        for stem in dict.fromkeys(count.text.lower() for count in counts if count.is_shared):
            found.setdefault(stem, []).append(row)
    yield from found.values()


def _titled(group: PlannedGroup) -> Iterator[list[PlannedNode]]:
    """The rows of a group that are called the same."""
    found: dict[str, list[PlannedNode]] = {}
    for row in group.children:
        if row.model.title:
            found.setdefault(" ".join(row.model.title.lower().split()), []).append(row)
    yield from found.values()


def _faults(plan: Plan, group: PlannedGroup, rows: list[PlannedNode]) -> Iterator[Diagnostic]:
    sorts = _sorts(plan, rows)
    if sorts is None:
        return
    rules = [row.applies for row in rows if row.applies is not None]
    told = set()
    for configuration in configurations(plan, [*group.around, *rules]) or ():
        if not all(rule.holds(configuration) for rule in group.around):
            continue
        applying = [row for row, rule in zip(rows, rules, strict=True) if rule.holds(configuration)]
        count = len({sorts[row.path] for row in applying})
        kind = "overlap" if count else "gap"
        if count != 1 and kind not in told:
            told.add(kind)
            row = applying[-1] if applying else rows[-1]
            if not any(kind in settled(plan, each) for each in rows):
                values = {"names": [each.path for each in rows], "count": len(applying)}
                values |= {"configuration": said(configuration), "sheet": configuration}
                yield Diagnostic("K227", (*row.location, "applies"), values)


def _sorts(plan: Plan, rows: list[PlannedNode]) -> Mapping[str, Any] | None:
    """The answers that each row applies by, to the fact that tells the rows apart; None where none does."""
    rules = [row.applies for row in rows if row.applies is not None]
    if len(rules) < len(rows):
        return None
    common = set.intersection(*(set(rule.names) for rule in rules))
    for name in (name for name in rules[0].names if name in common and name in plan.facts):
        if plan.facts[name].kind != "number":
            found = {row.path: _answers(rule, name) for row, rule in zip(rows, rules, strict=True)}
            if len(set(found.values())) > 1:
                return found
    return None


def _answers(rule: Rule, name: str) -> frozenset[Any]:
    """Every answer to a fact that some way of a rule allows."""
    return frozenset().union(*(test.allowed for way in rule.ways for test in way if test.name == name))
