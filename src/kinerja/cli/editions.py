"""Which edition of a rubric a sheet or a table is scored by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve

from kinerja import tables
from kinerja.errors import Diagnostic, Place, SheetError, UsageError
from kinerja.evaluation import Evaluator
from kinerja.library import choose
from kinerja.model import Rubric
from kinerja.sheets import Sheet

__all__ = ["Rules", "edition_of", "line_of"]


class Rules:
    """The editions of a rubric, and which of them is that of a sheet or a table."""

    def __init__(self, rubrics: Sequence[Rubric], readings: Mapping[str, str]) -> None:
        self.rubrics = rubrics
        self.readings = readings
        self._evaluators: dict[str, Evaluator] = {}
        if len(rubrics) == 1:
            # A reading that is not there is told once, before any sheet is read.
            self._ready(rubrics[0])

    def _ready(self, rubric: Rubric) -> Evaluator:
        if rubric.edition not in self._evaluators:
            self._evaluators[rubric.edition] = Evaluator(rubric, readings=self.readings)
        return self._evaluators[rubric.edition]

    def on(self, day: dt.date | None) -> Evaluator:
        """The edition in force on a day; a single one, on any day: that it is not in force is said in the result."""
        return self._ready(choose(self.rubrics, on=day) if len(self.rubrics) > 1 else self.rubrics[0])

    @property
    def newest(self) -> Evaluator:
        """The last edition, by which a file is opened to see which one is its own."""
        return self._ready(self.rubrics[-1])

    def of_sheet(self, sheet: Sheet) -> Evaluator:
        """The edition that a sheet names, or else the one in force on its day."""
        id_, _, edition = sheet.rubric.partition("@")
        if id_ not in ("", self.rubrics[0].id) or len(self.rubrics) == 1:
            # A sheet of another rubric is refused by whichever evaluates it.
            return self._ready(self.rubrics[-1])
        return self._ready(choose(self.rubrics, edition=edition)) if edition else self.on(sheet.date)

    def of_table(self, path: Path, day: dt.date | None) -> Evaluator:
        """The one edition in force on the days of all rows; `day` is that of rows without one."""
        if len(self.rubrics) == 1:
            return self._ready(self.rubrics[0])
        found: dict[dt.date | None, Evaluator] = {}
        first: tuple[Evaluator, Place] | None = None
        for said, place in tables.days(path):
            its = said or day
            if its not in found:
                try:
                    found[its] = self.on(its)
                except UsageError as error:
                    raise UsageError([evolve(each, place=place) for each in error.diagnostics]) from None
            first = first or (found[its], place)
            if found[its] is not first[0]:
                values = {
                    "edition": edition_of(found[its]),
                    "other": edition_of(first[0]),
                    "first": line_of(first[1]),
                }
                raise SheetError([Diagnostic("K551", (), values, place)])
        # A table without rows is refused when it is read.
        return first[0] if first is not None else self._ready(self.rubrics[-1])


def edition_of(evaluator: Evaluator) -> str:
    """The rubric and its edition, as a reader names them."""
    rubric = evaluator.rubric
    return f"{rubric.id}@{rubric.edition}" if rubric.edition else rubric.id


def line_of(place: Place) -> str:
    """The file and the line."""
    return f"{place.source.name}:{place.line}"
