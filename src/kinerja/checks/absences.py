"""Absence: an answer that may be missing and then counts as a value, for which neither source nor reading is given."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.settled import settled
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedFact

__all__ = ["absences"]


def absences(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every fact with `missing` that cites no source itself.

    The source of its indicator says how an answer is scored, not what it means that there is none; a reading with
    `settles: silence` that is found at its `missing` does.
    """
    for fact in plan.defaults:
        if not fact.model.source and not _is_read(plan, fact):
            values = {"name": fact.name, "value": fact.model.missing}
            yield Diagnostic("K235", (*fact.location, "missing"), values)


def _is_read(plan: Plan, fact: PlannedFact) -> bool:
    owner = plan.nodes[fact.owner or "total"]
    inside = fact.location[len(owner.location) :]
    return "silence" in settled(plan, owner, *inside, "missing")
