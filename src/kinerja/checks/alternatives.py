"""Alternatives: another reading of the source that would break the rubric."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kinerja.checks.proofs import PROOFS
from kinerja.errors import Diagnostic, RubricError
from kinerja.language.documents import MAX_FAULTS
from kinerja.language.readings import document_of
from kinerja.model import Rubric
from kinerja.plan import Plan, plan, under

__all__ = ["alternatives", "check_alternatives", "proved"]


def check_alternatives(rubric: Rubric) -> Iterator[Diagnostic]:
    """Every alternative whose change leaves a rubric that cannot be read, resolved or evaluated safely."""
    broken = (changed for _, _, changed in alternatives(rubric) if isinstance(changed, Diagnostic))
    return islice(broken, MAX_FAULTS)


def alternatives(rubric: Rubric) -> Iterator[tuple[str, str, Plan | Diagnostic]]:
    """Every alternative of every reading, by their names: the plan under it, or how it breaks the rubric."""
    document = document_of(rubric)
    base = plan(rubric)
    for name, reading in rubric.readings.items():
        for chosen in reading.alternatives:
            changed = proved(base, name, chosen)
            if isinstance(changed, Diagnostic):
                location = ("readings", name, "alternatives", chosen, "change")
                values = {"reading": name, "alternative": chosen, "problem": changed, "code": changed.code}
                if changed.sheet:
                    values["sheet"] = changed.sheet
                changed = Diagnostic("K206", location, values, changed.place or document.place(location))
            yield name, chosen, changed


def proved(base: Plan, name: str, chosen: str) -> Plan | Diagnostic:
    """The plan of a rubric where an alternative is taken, or the first thing that is then wrong with it."""
    try:
        planned = under(base, {name: chosen})
    except RubricError as error:
        return error.diagnostics[0]
    return next((f for check in PROOFS for f in check(planned)), planned)
