"""
Rubrics as data: declared, proved, evaluated exactly, with an audit trail for every score.

The two words to know are *rubric*, the rules written as data, and *trail*, why each score is what it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kinerja.errors import Diagnostic, KinerjaError, Report, RubricError, SheetError, TrailError, UsageError
from kinerja.evaluation import Assessment, Complete, Evaluator, Incomplete, Invalid
from kinerja.library import bundled, check, editions, load, load_sheet, loads, patched
from kinerja.model import Rubric
from kinerja.sheets import Sheet

if TYPE_CHECKING:
    from kinerja.trail import Trail
    from kinerja.verification import verify

__all__ = [
    "Assessment",
    "Complete",
    "Diagnostic",
    "Evaluator",
    "Incomplete",
    "Invalid",
    "KinerjaError",
    "Report",
    "Rubric",
    "RubricError",
    "Sheet",
    "SheetError",
    "Trail",
    "TrailError",
    "UsageError",
    "bundled",
    "check",
    "editions",
    "load",
    "load_sheet",
    "loads",
    "patched",
    "verify",
]


def __getattr__(name: str) -> Any:
    # A trail's classes take a while to define, and a program that only scores never needs them.
    if name == "Trail":
        from kinerja.trail import Trail

        return Trail
    if name == "verify":
        from kinerja.verification import verify

        return verify
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
