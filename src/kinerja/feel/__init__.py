"""
The small language of cells: conditions that a value is tested by, and formulas that compute one.

Both are parts of DMN's FEEL, the standard of decision tables; nothing else in a rubric is ever evaluated.
"""

from kinerja.feel.conditions import Condition, condition
from kinerja.feel.formulas import FUNCTIONS, RESERVED, Formula, formula, is_name
from kinerja.feel.values import MISSING, NOT_APPLICABLE, Absent, Inexact, Lookup, Operand

__all__ = [
    "FUNCTIONS",
    "MISSING",
    "NOT_APPLICABLE",
    "RESERVED",
    "Absent",
    "Condition",
    "Formula",
    "Inexact",
    "Lookup",
    "Operand",
    "condition",
    "formula",
    "is_name",
]
