"""Sheets and tables on their way to their results, and how these are told or written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from kinerja import tables
from kinerja.cli.arguments import (
    in_file,
)
from kinerja.cli.editions import Rules, edition_of
from kinerja.cli.ending import ending
from kinerja.cli.terminal import WIDTH, complain, complain_briefly, say, whisper
from kinerja.errors import Diagnostic, KinerjaError, Place, SourceText
from kinerja.evaluation import Complete, Evaluator, Incomplete, Invalid
from kinerja.library import load_sheet
from kinerja.messages import PHRASES, Language
from kinerja.sheets import Sheet

__all__ = ["Given", "Scoring", "others"]

#: A sheet, its result, and what is wrong with it, each with its place.
_Scored = tuple[Sheet, Complete | Incomplete | Invalid, list[Diagnostic]]


@frozen
class Given:
    """A file that was given to be scored: its sheet or its table, and the edition by which it is."""

    path: Path
    evaluator: Evaluator
    sheet: Sheet | None = None
    table: tables.Table | None = None


class Scoring:
    """Sheets and tables of sheets on their way to their results, in the order in which they are given."""

    #: So many changed numbers, and problems that a file of results holds as well, are told one by one.
    CHANGES = 3
    PROBLEMS = 20

    def __init__(self, rules: Rules, told: Language, day: dt.date | None, locale: Language | None) -> None:
        self.rules = rules
        self.told = told
        self.day = day
        self.locale = locale
        self.problems = 0

    def say(self, key: str, **values: Any) -> str:
        """A phrase in the language of the run."""
        return PHRASES[key][self.told].format(**values)

    def given(self, path: Path) -> Given:
        """The sheet or the table in a file; of a table, after a word on what was read differently."""
        if path.suffix.lower() != ".csv":
            sheet = load_sheet(path)
            if sheet.date is None and self.day is not None:
                sheet = evolve(sheet, date=self.day)
            return Given(path, self.rules.of_sheet(sheet), sheet=sheet)
        evaluator = self.rules.of_table(path, self.day)
        table = tables.load_table(path, evaluator=evaluator, locale=self.locale, on=self.day)
        changes = table.changes()
        first = list(islice(changes, self.CHANGES))
        if first:
            count = len(first) + sum(1 for _ in changes)
            values = {"name": path, "locale": self.locale, "count": count}
            whisper([self.say("table.changed", **values)])
            complain_briefly(first, self.told)
        return Given(path, evaluator, table=table)

    def results(self, given: Given) -> Iterator[_Scored]:
        """Each sheet of a file with its result; one at a time, for a result with its trail is large."""
        if given.sheet is not None:
            result = given.evaluator.evaluate(given.sheet)
            place = Place(SourceText(str(given.path)), 1, 1)
            yield given.sheet, result, [evolve(each.diagnostic(), place=place) for each in result.problems]
        for row in given.table or ():
            result = given.evaluator.evaluate(row.sheet)
            yield row.sheet, result, row.problems(result)

    def listed(self, table: tables.Table, evaluator: Evaluator, results: Iterable[_Scored]) -> int:
        """A table of results on the screen: one line a row, and what is wrong with a row as it is come to."""
        names = [row.who[0] for row in table]
        width = min(max(map(len, [*names, self.say("table.subject")])), WIDTH // 2)
        state = max(len(self.say(f"status.{each}")) for each in ("complete", "incomplete", "invalid"))
        heads = [self.say(f"table.{each}") for each in ("row", "subject", "status", "total", "grade")]
        first, subject, status, total, grade = heads
        say([f"{first:>6}  {subject:<{width}}  {status:<{state}}  {total:>10}  {grade}"])
        tally = tables.Tally()
        for row, name, (_, result, problems) in zip(table, names, results, strict=True):
            shown = result.shown if isinstance(result, Complete) else ""
            word = self.say(f"status.{result.status}")
            reached = result.nodes["total"].grade
            tally.add(result, reached)
            title = "" if reached is None else reached.title or reached.id
            line = f"{row.line:>6}  {_cut(name, width):<{width}}  {word:<{state}}  {shown:>10}  {title}"
            say([line.rstrip()])
            complain_briefly(problems, self.told)
        say(["", *self.summary(tally, [evaluator])])
        return self.code(tally)

    def code(self, tally: tables.Tally) -> int:
        """1 where some sheet is not complete."""
        return 1 if tally.statuses["incomplete"] or tally.statuses["invalid"] else 0

    def summary(self, tally: tables.Tally, evaluators: Iterable[Evaluator]) -> Iterator[str]:
        """How many there are of each status, and of each grade, in the order of the rubric and its editions."""
        found = {each: tally.statuses[each] for each in ("complete", "incomplete", "invalid")}
        yield self.say("table.summary", count=sum(found.values()), **found)
        grades = (grade for each in evaluators for grade in each.plan.root.grades)
        titles = {each.id: each.model.title or each.id for each in grades}
        if titles:
            counted = [f"{title} {tally.grades[id_]}" for id_, title in titles.items()]
            if tally.grades[""]:
                counted.append(f"{self.say('table.ungraded')} {tally.grades['']}")
            yield self.say("table.grades", grades=", ".join(counted))

    def into(self, output: Path, paths: Sequence[Path]) -> int:
        """Write all results to one file; nothing is written where one of the sheets cannot be read."""
        inputs: list[Given] = []
        sound = True
        subjects = ["id"]
        known: list[tuple[tables.Who, Place]] = []
        for path in paths:
            try:
                given = self.given(path)
                if given.table is not None:
                    subjects += given.table.subjects
                    known += [(row.who, row.place) for row in given.table]
                else:
                    for sheet, _, _ in self.results(given):
                        subjects += sheet.subject
                        known.append((tables.who(sheet), Place(SourceText(str(path)), 1, 1)))
                inputs.append(given)
            except KinerjaError as error:
                complain(in_file(error, path), self.told)
                sound = False
        form = tables.writes_to(output)
        strangers = others(inputs) if form == ".csv" else []
        complain(strangers, self.told)
        twice = tables.repeated(known)
        complain(twice, self.told)
        if twice or strangers or not sound:
            return 2
        results = self.told_of(inputs)
        with ending(output, self.told):
            if form == ".csv":
                evaluator = inputs[0].evaluator
                tally = tables.write_csv(
                    output, results, evaluator=evaluator, subjects=subjects, language=self.told
                )
            else:
                tally = tables.write_jsonl(output, results)
        untold = self.problems - self.PROBLEMS
        if untold > 0:
            whisper([self.say("table.more", count=untold, name=output)])
        evaluators = dict.fromkeys(given.evaluator for given in inputs)
        say([*self.summary(tally, evaluators), self.say("table.written", name=output)])
        return self.code(tally)

    def told_of(self, inputs: Iterable[Given]) -> Iterator[tuple[Sheet, Complete | Incomplete | Invalid]]:
        """The results of all files; the first problems are told as they pass, and all are counted."""
        for given in inputs:
            for sheet, result, problems in self.results(given):
                complain_briefly(problems[: max(0, self.PROBLEMS - self.problems)], self.told)
                self.problems += len(problems)
                yield sheet, result


def others(inputs: Sequence[Given]) -> list[Diagnostic]:
    """The files that are of another edition than the first one."""
    return [
        Diagnostic(
            "K552",
            (),
            {
                "name": str(each.path),
                "edition": edition_of(each.evaluator),
                "first": str(inputs[0].path),
                "other": edition_of(inputs[0].evaluator),
            },
        )
        for each in inputs
        if each.evaluator is not inputs[0].evaluator
    ]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
