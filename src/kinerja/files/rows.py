"""Single rows by the scalar path: what columns cannot say of a row, and what is wrong with one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.engine.columns.rows import row_of
from kinerja.errors import Diagnostic, Fault, SheetError, excerpt
from kinerja.evaluation import Assessment, Evaluator
from kinerja.files.columns import deciding
from kinerja.messages import Language
from kinerja.numbers import Unread
from kinerja.plan import PlannedIndicator
from kinerja.sheets import Entry, Sheet, Written
from kinerja.tables import Column, day_in, in_cell, number_in, sheet_of

__all__ = ["Rows", "exact_float", "is_number", "is_truth", "number_of"]

#: The whole numbers that a column holds.
_LARGEST = 2**63


def is_number(column: Column) -> bool:
    """Whether a column of a table holds numbers."""
    return column.role == "fact" and column.kind == "number"


def is_truth(column: Column) -> bool:
    """Whether a column of a table holds true and false."""
    return column.role == "option" or (column.role == "fact" and column.kind == "yes-no")


def number_of(text: str, locale: Language | None) -> Fraction | None:
    """The number that a cell holds, by the one parser of its locale; None where a sheet would be asked about it."""
    found = number_in(text, locale)
    if isinstance(found, Unread):
        return None
    if isinstance(found, Written):
        try:
            value = numbers.parse(found)
        except Fault:
            return None
        # What looks like a thousand is asked about by whoever knows the fact.
        return None if value.denominator == 1 and numbers.looks_grouped(found) else value
    return Fraction(found)


def exact_float(value: Fraction) -> float | None:
    """The float whose shortest decimal is this number; None where there is none, and another would stand for it."""
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if numbers.exact(found) == value else None


class Rows:
    """Rows on their way through the scalar path, and the cells that they get."""

    def __init__(
        self,
        evaluator: Evaluator,
        columns: Sequence[Column],
        *,
        locale: Language | None = None,
        on: dt.date | None = None,
        language: Language = "en",
    ) -> None:
        self.evaluator = evaluator
        self.plan = evaluator.plan
        self.columns = columns
        self.deciding = deciding(columns, evaluator)
        self.locale = locale
        self.on = on
        self.language = language
        self.scale = evaluator.scale
        #: Facts in the order in which a table states them: that of the columns, and sets after them.
        self._order = dict.fromkeys(
            column.key for role in ("fact", "option") for column in columns if column.role == role
        )
        self._awards: dict[str, dict[str, int]] = {}
        for grade in self.plan.root.grades:
            found = self._awards[grade.id] = {}
            for name, award in grade.model.awards.items():
                for word, amount in (("", award.amount), (".from", award.low), (".to", award.high)):
                    if amount is not None:
                        found[f"awards.{name}{word}"] = amount

    # --- in

    def is_decided(self, row: Mapping[str, Any]) -> bool:
        """Whether a typed row says something that columns do not take in."""
        return any(
            self.decides(column, row[column.name]) for column in self.columns if column.name in self.deciding
        )

    def decides(self, column: Column, value: Any) -> bool:
        """Whether a cell of a deciding column says something that columns do not take in."""
        if column.key == "date":
            day = self.day(value)
            return day is not None and not self.evaluator.rubric.valid.covers(day)
        return value is not None and value != ""

    def day(self, value: Any) -> dt.date | None:
        """The day that a cell of the column `date` names; raises `SheetError` K114 for what is none."""
        if value is None or value == "":
            return self.on
        if isinstance(value, dt.datetime):
            return value.date()
        day = value if isinstance(value, dt.date) else day_in(str(value).strip())
        if day is None:
            raise SheetError([Diagnostic("K114", ("date",), {"text": excerpt(str(value))})])
        return day

    def typed(self, row: Mapping[str, Any]) -> Sheet:
        """A row of typed cells as a sheet."""
        said = row_of(row, self.plan)
        facts = {name: said[name] for name in self._order if name in said}
        records: dict[str, dict[str, Any]] = {}
        day = self.on
        for column in self.columns:
            value = row.get(column.name)
            if column.role == "about" and column.key == "date":
                day = self.day(value)
            elif column.role == "record" and value is not None and value != "":
                # A truth value is no reason, and would be taken for one as a text.
                is_kept = column.kind == "number" or column.part == "not_applicable"
                records.setdefault(column.key, {})[column.part] = value if is_kept else str(value)
        for fact, record in records.items():
            facts[fact] = Entry(value=facts.get(fact), **record)
        return Sheet(facts=facts, date=day)

    def written(self, cells: str) -> tuple[Sheet, dict[str, tuple[str | None, str]]]:
        """
        A row of texts, kept as JSON, as a sheet; and by their columns the cells that no typed column holds.

        Of each: the number that it is exactly, or None where it is none; and the text that stands there.
        """
        texts = [text or "" for text in json.loads(cells)]
        beyond: dict[str, tuple[str | None, str]] = {}
        for column, text in zip(self.columns, texts, strict=True):
            if is_truth(column) and text.lower() not in ("", "true", "false"):
                beyond[column.name] = None, text
            elif is_number(column) and text:
                value = number_of(text, self.locale)
                if value is None or exact_float(value) is None:
                    beyond[column.name] = None if value is None else numbers.text(value), text
        return sheet_of(self.columns, texts, locale=self.locale, on=self.on), beyond

    # --- out

    def cells(self, result: Assessment) -> dict[str, Any]:
        """Every cell that a result gets: those of `evaluate_frame`, with bands as places, and its problems."""
        outcome = result.outcome
        complete = outcome.status == "complete"
        total = outcome.root.score if complete else None
        scaled = None if total is None else total * self.scale
        fits = scaled is not None and scaled.denominator == 1 and abs(scaled) < _LARGEST
        grade = outcome.grades.get("total") if complete else None
        found: dict[str, Any] = {
            "status": outcome.status,
            "total": None if total is None else float(total),
            "total.scaled": int(scaled) if scaled is not None and fits else None,
            "grade": grade if isinstance(grade, str) else None,
            **(self._awards[grade] if isinstance(grade, str) else {}),
        }
        for path, node in self.plan.nodes.items():
            its = outcome.nodes.get(path)
            if (
                isinstance(node, PlannedIndicator)
                and its is not None
                and its.status in ("scored", "no-score")
            ):
                held = its.band or its.step
                if held is not None:
                    ids = [each.id for each in node.bands or node.ladder]
                    found[f"{path}.band"] = ids.index(held.id)
        told = list(outcome.problems)
        if total is not None and not fits:
            told.append(Diagnostic("K642", (), {"total": numbers.text(total), "scale": self.scale}))
        found["problems"] = self.told(told)
        return found

    def told(self, found: Sequence[Diagnostic]) -> str | None:
        """Diagnostics in one cell."""
        return in_cell(found, self.language) or None

    def beyond(self, beyond: Mapping[str, tuple[str | None, str]]) -> list[Diagnostic]:
        """What is said of numbers that a column cannot hold, which were scored all the same (K638)."""
        return [
            Diagnostic("K638", (name,), {"column": name, "text": excerpt(text)})
            for name, (value, text) in beyond.items()
            if value is not None
        ]
