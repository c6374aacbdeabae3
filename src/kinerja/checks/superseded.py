"""Superseded: a rubric that `supersedes` names and that is nowhere, or is this one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kinerja.errors import Diagnostic
from kinerja.model import Extends, Rubric

__all__ = ["superseded"]


def superseded(rubric: Rubric, known: Iterable[Extends] | None = None) -> Iterator[Diagnostic]:
    """
    A `supersedes` without another rubric behind it.

    `known` are the rubrics that are found under its name; without them only the rubric itself is known to be wrong.
    """
    said, own = rubric.supersedes, Extends(rubric=rubric.id, edition=rubric.edition)
    if said is None:
        return
    there = [said] if known is None else [each for each in known if said.edition in ("", each.edition)]
    if all(each == own for each in there):
        name = f"{said.rubric}@{said.edition}" if said.edition else said.rubric
        yield Diagnostic("K239", ("supersedes",), {"name": name})
