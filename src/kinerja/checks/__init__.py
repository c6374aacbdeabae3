"""
Checks that a rubric can be evaluated safely: one check, one file, one code, one definition.

Adding a check: a module here with a function from a plan to diagnostics, its line in `CHECKS`, its code in
`kinerja.messages`, a bad rubric in `tests/bad` that it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kinerja.checks.alternatives import check_alternatives
from kinerja.checks.gaps import gaps
from kinerja.checks.overlaps import overlaps
from kinerja.checks.separators import separators
from kinerja.checks.weights import weights
from kinerja.errors import Diagnostic, RubricError
from kinerja.language.documents import MAX_FAULTS
from kinerja.language.readings import document_of
from kinerja.model import Rubric
from kinerja.plan import Plan, plan

__all__ = ["CHECKS", "check_alternatives", "findings"]

#: Every check of one rubric as it stands, in the order in which their findings are told.
CHECKS: tuple[Callable[[Plan], Iterator[Diagnostic]], ...] = (gaps, overlaps, weights, separators)


def findings(rubric: Rubric) -> tuple[Diagnostic, ...]:
    """What the checks find in a rubric, each finding with its place where the rubric was read from a text."""
    document = document_of(rubric)
    try:
        planned = plan(rubric)
        found = _told(finding for check in CHECKS for finding in check(planned))
    except RubricError as error:
        found = list(error.diagnostics[:MAX_FAULTS])
    return tuple(document.locate(each) for each in found)


def _told(found: Iterator[Diagnostic]) -> list[Diagnostic]:
    """The findings up to as many errors as anybody reads: a rubric with one is refused already."""
    told: list[Diagnostic] = []
    errors = 0
    for each in found:
        told.append(each)
        errors += each.severity == "error"
        if errors == MAX_FAULTS:
            break
    return told
