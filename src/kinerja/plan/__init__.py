"""
A rubric made ready: names resolved, order fixed, bounds scaled to integers.

The plan is what every engine runs on; it holds nothing that a sheet could change.
"""

from kinerja.plan.build import plan
from kinerja.plan.parts import (
    Amount,
    Plan,
    PlannedBand,
    PlannedCase,
    PlannedFact,
    PlannedGate,
    PlannedGrade,
    PlannedGroup,
    PlannedIndicator,
    PlannedLookup,
    PlannedNode,
    PlannedStep,
    capped,
    parts_of,
)
from kinerja.plan.under import under

__all__ = [
    "Amount",
    "Plan",
    "PlannedBand",
    "PlannedCase",
    "PlannedFact",
    "PlannedGate",
    "PlannedGrade",
    "PlannedGroup",
    "PlannedIndicator",
    "PlannedLookup",
    "PlannedNode",
    "PlannedStep",
    "capped",
    "parts_of",
    "plan",
    "under",
]
