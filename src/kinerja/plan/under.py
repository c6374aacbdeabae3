"""The plans of one rubric under other readings of its sources."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja.language.readings import reread
from kinerja.mappings import FrozenMap
from kinerja.plan.build import plan
from kinerja.plan.parts import Plan

__all__ = ["under"]


def under(base: Plan, readings: Mapping[str, str]) -> Plan:
    """
    The plan of a rubric with other readings taken than its own, kept by the plan without them.

    Raises `UsageError` for an unknown reading or alternative, and for two that change one place differently;
    `RubricError` where the change breaks the rubric.
    """
    if not readings:
        return base
    key = (under, FrozenMap(readings))
    if key not in base.kept:
        base.kept[key] = plan(reread(base.rubric, readings), like=base)
    found: Plan = base.kept[key]
    return found
