"""`kinerja score`: sheets and tables of sheets by a rubric, told on the screen or written to one file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

from attrs import evolve, frozen
from cyclopts import Parameter
from rich.text import Text

from kinerja import tables
from kinerja.cli.arguments import (
    LanguageOption,
    RubricArgument,
    day_of,
    in_file,
    language_of,
    readings_of,
    rubric_of,
)
from kinerja.cli.columns import scored_by_columns
from kinerja.cli.editions import Rules, edition_of
from kinerja.cli.terminal import WIDTH, complain, complain_briefly, ruled, say, screen, whisper
from kinerja.errors import Diagnostic, KinerjaError, Place, SourceText
from kinerja.evaluation import Complete, Evaluator, Incomplete, Invalid
from kinerja.files import Engine
from kinerja.library import editions, load_sheet
from kinerja.messages import PHRASES, Language
from kinerja.sheets import Sheet

__all__ = ["Given", "Scoring", "others", "score"]


def score(
    rubric: RubricArgument,
    sheets: Annotated[
        list[Path],
        Parameter(help="YAML or JSON files, one subject each; or CSV or Parquet tables, one subject a row."),
    ],
    /,
    *,
    output: Annotated[
        Path | None,
        Parameter(
            name=["--output", "-o"],
            metavar="FILE",
            help="Write the results to FILE instead: .csv, one row each; .jsonl, one trail a line; .parquet, "
            "by columns.",
        ),
    ] = None,
    engine: Annotated[
        Engine | None,
        Parameter(
            help="Score .parquet and .csv of any length by columns, into one file; polars where a file is .parquet."
        ),
    ] = None,
    locale: Annotated[
        Language | None,
        Parameter(
            help="How numbers are written in a CSV: id 1.250,5; en 1,250.5; as in a rubric if not given."
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json"], Parameter(help="text: the explanation; json: one trail on each line.")
    ] = "text",
    language: LanguageOption = None,
    read: Annotated[
        list[str] | None,
        Parameter(
            negative=(),
            metavar="READING=ALTERNATIVE",
            help="Take another reading of the source; `kinerja show` lists them. May be given several times.",
        ),
    ] = None,
    on: Annotated[
        str | None,
        Parameter(metavar="DATE", help="Year-month-day: the rules of that day, for sheets without a date."),
    ] = None,
) -> int:
    """Score one or more sheets, or tables of them, each by the edition in force on its day, and show why."""
    by_columns = engine is not None or ".parquet" in {
        each.suffix.lower() for each in (*sheets, *([output] if output else []))
    }
    if output is not None and not by_columns:
        tables.writes_to(output, inputs=sheets)
    rules = Rules(editions(rubric_of(rubric)), readings_of(read or []))
    told = language or language_of(rules.rubrics[-1].language)
    scoring = Scoring(rules, told, day_of(on), locale)
    if by_columns:
        return scored_by_columns(scoring, sheets, output, engine=engine or "polars")
    if output is not None:
        return scoring.into(output, sheets)
    worst, first = 0, True
    for path in sheets:
        try:
            given = scoring.given(path)
            results = scoring.results(given)
            if given.table is None:
                # Read and evaluated before anything is said of it.
                results = iter(list(results))
        except KinerjaError as error:
            complain(in_file(error, path), told)
            worst = 2
            continue
        if format == "text" and len(sheets) > 1:
            say([ruled(str(path)), ""] if first else ["", ruled(str(path)), ""])
        first = False
        if given.table is not None and format == "text":
            worst = max(worst, scoring.listed(given.table, given.evaluator, results))
            continue
        for _, result, problems in results:
            worst = max(worst, 0 if result.status == "complete" else 1)
            if format == "json":
                screen().print(Text(result.trail.to_json()), soft_wrap=True)
                complain_briefly(problems if given.table is not None else (), told)
            else:
                say(result.explain(language=told).splitlines())
    return worst


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
        ending = tables.writes_to(output)
        strangers = others(inputs) if ending == ".csv" else []
        complain(strangers, self.told)
        twice = tables.repeated(known)
        complain(twice, self.told)
        if twice or strangers or not sound:
            return 2
        results = self.told_of(inputs)
        if ending == ".csv":
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
