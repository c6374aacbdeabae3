"""
A rubric made ready: names resolved, order fixed, bounds scaled to integers.

The plan is what every engine runs on; it holds nothing that a sheet could change.
"""

from kinerja.plan.build import plan
from kinerja.plan.parts import Plan, PlannedBand, PlannedFact, PlannedGroup, PlannedIndicator, PlannedNode

__all__ = ["Plan", "PlannedBand", "PlannedFact", "PlannedGroup", "PlannedIndicator", "PlannedNode", "plan"]
