"""Opposed: alternatives of two readings that change one place differently, and so cannot be taken together."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.errors import Diagnostic
from kinerja.language.readings import conflicts
from kinerja.plan import Plan

__all__ = ["opposed"]


def opposed(plan: Plan) -> Iterator[Diagnostic]:
    """Every two alternatives of which a sheet can take only one, at the later of their readings."""
    for (one, chosen), (other, there), path in conflicts(plan.rubric):
        location = ("readings", other, "alternatives", there)
        values = {"one": f"{one}: {chosen}", "other": f"{other}: {there}", "path": ".".join(path)}
        yield Diagnostic("K234", location, values)
