"""In vain: an alternative of a reading that gives no sheet another result, as far as sheets were tried."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.alternatives import proved
from kinerja.checks.proofs import PROOFS
from kinerja.checks.witnesses import search
from kinerja.errors import Diagnostic, RubricError
from kinerja.plan import Plan

__all__ = ["vain"]


def vain(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every alternative with a `change` for which no witness is found.

    Those of a reading with `settles: numbering` change what is printed, and no result; one that breaks the rubric is
    told by another check.
    """
    if any(each.severity == "error" for proof in PROOFS for each in proof(plan)):
        # What the rubric itself comes to is not settled yet.
        return
    for name, reading in plan.rubric.readings.items():
        if reading.settles == "numbering":
            continue
        for chosen in (chosen for chosen, each in reading.alternatives.items() if each.change):
            tried = _tried_in_vain(plan, name, chosen)
            if tried is not None and isinstance(proved(plan, name, chosen), Plan):
                values = {"reading": name, "alternative": chosen, "count": tried}
                yield Diagnostic("K233", ("readings", name, "alternatives", chosen, "change"), values)


def _tried_in_vain(plan: Plan, name: str, chosen: str) -> int | None:
    """How many sheets were tried without a witness; None where there is one, or nothing could be tried."""
    try:
        found = search(plan, name, chosen)
    except RubricError:
        return None
    return found.tried if found.sheet is None else None
