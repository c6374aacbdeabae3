"""Alternatives: another reading of the source that would break the rubric."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.gaps import gaps
from kinerja.checks.overlaps import overlaps
from kinerja.checks.weights import weights
from kinerja.errors import Diagnostic, RubricError
from kinerja.language.documents import MAX_FAULTS
from kinerja.language.readings import document_of, reread
from kinerja.model import Rubric
from kinerja.plan import plan

__all__ = ["check_alternatives"]


def check_alternatives(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every alternative whose change leaves a rubric that cannot be read, resolved or evaluated safely."""
    document = document_of(rubric)
    base = plan(rubric)
    told = 0
    for name, reading in rubric.readings.items():
        for chosen in reading.alternatives:
            found = _broken(rubric, name, chosen, base)
            if found is not None:
                location = ("readings", name, "alternatives", chosen, "change")
                values = {"reading": name, "alternative": chosen, "problem": found, "code": found.code}
                place = found.place or document.place(location)
                yield Diagnostic("K206", location, values, place)
                told += 1
                if told == MAX_FAULTS:
                    return


def _broken(rubric: Rubric, name: str, chosen: str, base: object) -> Diagnostic | None:
    try:
        changed = reread(rubric, {name: chosen})
        planned = plan(changed, like=base)  # type: ignore[arg-type]
    except RubricError as error:
        return error.diagnostics[0]
    return next((f for check in (gaps, overlaps, weights) for f in check(planned)), None)
