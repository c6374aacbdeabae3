"""Strategies for Hypothesis: sheets of a rubric, rubrics, and rubrics with one defect."""

from kinerja.testing.strategies.defects import Defect, defects
from kinerja.testing.strategies.rubrics import rubrics
from kinerja.testing.strategies.sheets import sheets

__all__ = ["Defect", "defects", "rubrics", "sheets"]
