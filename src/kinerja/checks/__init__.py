"""
Checks of a rubric: that it can be evaluated safely, and that it says what its source says.

One check, one file, one code, one definition.
Adding a check: a module here with a function from a plan to diagnostics, its line in `CHECKS` in `every.py`, its code
in `kinerja.messages`, a bad rubric in `tests/bad` that it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from attrs import evolve

from kinerja.checks.allowed import forbidden, heard, useless
from kinerja.checks.alternatives import alternatives, check_alternatives
from kinerja.checks.proofs import PROOFS, Check
from kinerja.errors import Diagnostic, RubricError
from kinerja.language.documents import MAX_FAULTS
from kinerja.language.readings import document_of
from kinerja.model import Rubric
from kinerja.plan import Plan, plan

if TYPE_CHECKING:
    from kinerja.checks.totals import reachable

__all__ = ["PROOFS", "check_alternatives", "findings", "findings_by_reading", "reachable"]


def __getattr__(name: str) -> Any:
    # A program that loads and scores asks for no totals.
    if name == "reachable":
        from kinerja.checks.totals import reachable

        return reachable
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def findings(rubric: Rubric, *, checks: Iterable[Check] | None = None) -> tuple[Diagnostic, ...]:
    """
    What checks find in a rubric, each finding with its place where the rubric was read from a text.

    All of them unless some are named, such as `PROOFS`.
    What the rubric allows is left out if all of them are asked, and then an allowance that silences nothing is found.
    """
    document = document_of(rubric)
    try:
        planned = plan(rubric)
        if checks is None:
            found = list(_heard(planned))
        else:
            found = list(_told(finding for check in checks for finding in check(planned)))
    except RubricError as error:
        found = list(error.diagnostics[:MAX_FAULTS])
    return tuple(document.locate(each) for each in found)


def _told(found: Iterator[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings up to as many errors as anybody reads: a rubric with one is refused already."""
    errors = 0
    for each in found:
        yield each
        errors += each.severity == "error"
        if errors == MAX_FAULTS:
            return


def _everything(planned: Plan) -> Iterator[Diagnostic]:
    # Imported where they are asked: a program that loads and scores compares no texts.
    from kinerja.checks.every import CHECKS

    for check in CHECKS:
        yield from check(planned)


def _heard(planned: Plan) -> Iterator[Diagnostic]:
    """What all checks find and nobody allowed, then what is wrong with the allowances."""
    found, used = heard(planned, _told(_everything(planned)))
    yield from found
    yield from forbidden(planned)
    if used == planned.rubric.allow.keys() or any(each.severity == "error" for each in found):
        # Of a rubric that is to be mended nobody knows yet what will be found in it.
        return
    for _, _, changed in alternatives(planned.rubric):
        # What is found under another reading alone can be allowed only here.
        if isinstance(changed, Plan):
            used |= heard(changed, _everything(changed))[1]
    yield from useless(planned, used, found)


#: What is said of readings and examples themselves is said of the rubric as it stands.
_OF_THE_WHOLE = frozenset({"K233", "K234", "K240"})


def findings_by_reading(rubric: Rubric, *, all_readings: bool = False) -> Iterator[tuple[Diagnostic, ...]]:
    """
    For each alternative of each reading, one at a time, what is found under it and not in the rubric as it stands.

    That it breaks the rubric, or nothing; with `all_readings` everything that is found where it does not.
    Raises `RubricError` where the rubric itself cannot be resolved.
    """
    known = set(_everything(plan(rubric))) if all_readings else set()
    broken = 0
    for name, chosen, changed in alternatives(rubric):
        if isinstance(changed, Diagnostic):
            yield (changed,)
            broken += 1
            if broken == MAX_FAULTS:
                return
        elif all_readings:
            left, _ = heard(changed, _everything(changed))
            document = document_of(changed.rubric)
            under = {"under": {name: chosen}}
            yield tuple(
                document.locate(evolve(each, values={**each.values, **under}))
                for each in left
                if each not in known and each.code not in _OF_THE_WHOLE
            )
        else:
            yield ()
