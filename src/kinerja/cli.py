"""
The command line: results on standard output, diagnostics on standard error.

Exit 0: nothing above a warning.  Exit 1: errors, failed examples, incomplete or invalid sheets.  Exit 2: input that
cannot be read, or wrong usage.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import textwrap
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import yaml
from attrs import evolve, field, frozen
from cyclopts import App, CycloptsError, Parameter
from cyclopts.help import DefaultFormatter, PanelSpec
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kinerja import numbers, tables
from kinerja._version import __version__
from kinerja.checks.examples import run_examples
from kinerja.checks.selected import Selection
from kinerja.errors import (
    Diagnostic,
    KinerjaError,
    Place,
    Report,
    RubricError,
    SheetError,
    SourceText,
    TrailError,
    UsageError,
    printable,
)
from kinerja.evaluation import Complete, Evaluator, Incomplete, Invalid
from kinerja.explain import explain as explained
from kinerja.explanations import explanation
from kinerja.language.plain import plain
from kinerja.library import bundled, checking, choose, editions, load, load_sheet
from kinerja.messages import MESSAGES, PHRASES, Language
from kinerja.model import Levels, Number, Rubric
from kinerja.plan import Amount, PlannedFact, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule
from kinerja.reports.findings import as_github, as_json, as_lines, folded
from kinerja.sheets import Sheet
from kinerja.trail import Trail
from kinerja.verification import verify as verified

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["app", "run"]

#: The width that a form or an explanation can be read in; a wider terminal is not filled.
WIDTH = 80

#: The longest answer that stands beside the words of its line; a longer one stands above them.
ANSWER = 20

app = App(
    name="kinerja",
    help="Score sheets by rubrics, and show why.",
    version=__version__,
    help_format="plaintext",
    # A panel without a frame, so that help reads alike in a terminal, a pipe and a page.
    help_formatter=DefaultFormatter(panel_spec=PanelSpec(box=box.Box("    \n" * 8), padding=(0, 1))),
    help_epilogue="Exit code 0: nothing above a warning. 1: errors, failed examples, incomplete or invalid sheets. "
    "2: input that cannot be read, or wrong usage.",
)

RubricArgument = Annotated[
    str, Parameter(help="A bundled id or id@edition (see `kinerja list`), or the path of a rubric file.")
]
DayOption = Annotated[
    str | None,
    Parameter(name="--on", metavar="DATE", help="Year-month-day: the edition in force on that day."),
]
LanguageOption = Annotated[
    Language | None, Parameter(name="--language", help="Of the sentences; the rubric's own if not given.")
]


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or a pipe that lacks a character shows its number; it never ends the story.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = app(
            list(arguments),
            console=_console(),
            error_console=_console(error=True),
            error_formatter=_usage,
            exit_on_error=False,
            result_action="return_value",
        )
    except CycloptsError:
        return 2
    except KinerjaError as error:
        _complain(error.diagnostics, _language_of(arguments))
        return _code(error)
    except BrokenPipeError:
        # Whoever was reading has read enough; what is still in the buffers goes nowhere.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        return 0
    return code if isinstance(code, int) else 0


def _usage(error: CycloptsError) -> Text:
    """What is wrong with a command line, and where to look."""
    words = " ".join(("kinerja", *(error.command_chain or ())))
    return Text(f"{printable(str(error))}\nSee: {words} --help")


def _code(error: KinerjaError) -> int:
    """A rubric that was read and is wrong is a finding; anything else is input that cannot be used."""
    unread = any(each.code.startswith("K0") for each in error.diagnostics)
    return 1 if isinstance(error, RubricError) and not unread else 2


def _language_of(arguments: Sequence[str]) -> Language:
    """The language that was asked for, for faults found before any rubric is known."""
    spelled = " ".join(arguments)
    return "en" if "--language en" in spelled or "--language=en" in spelled else "id"


# --- printing


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console(*, error: bool = False) -> Console:
    # Nothing in a rubric or a sheet is markup, an emoji or a number to be coloured.
    return _Console(stderr=error, markup=False, emoji=False, highlight=False)


def _say(lines: Iterable[str]) -> None:
    """Plain text; on a terminal, what begins a paragraph stands out."""
    console = _console()
    for line in lines:
        heading = bool(line) and not line.startswith(" ")
        style = "bold" if heading and console.is_terminal else ""
        console.print(Text(printable(line), style=style), soft_wrap=True)


def _rule(title: str) -> str:
    """A line between two answers, with the name of the file that the next one is about."""
    return f"-- {title} ".ljust(WIDTH, "-")


def _complain(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """Each in full: its sentence, the line that is meant, and what to do."""
    console = _console(error=True)
    style = {"error": "red", "warning": "yellow", "information": ""}
    for diagnostic in diagnostics:
        first, rest = as_lines(diagnostic, language=language, width=_width(console))
        for line in first:
            console.print(Text(line, style=style[diagnostic.severity]), soft_wrap=True)
        for line in rest:
            console.print(Text(line), soft_wrap=True)


def _width(console: Console) -> int | None:
    """
    The width that sentences are folded to.

    In a file or a pipe one stays one line: editors and other programs read a diagnostic line by line, and a page shows
    it in whatever width it has.
    """
    return min(console.width, WIDTH) if console.is_terminal else None


def _complain_briefly(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """One sentence each: among thousands of rows a place is looked up, not looked at."""
    for each in diagnostics:
        word = PHRASES[each.severity][language]
        said = ". ".join(filter(None, (each.message(language), each.help(language))))
        _whisper([f"{each.place}: {word} {each.code}: {said}"])


def _whisper(lines: Iterable[str]) -> None:
    """Plain text on standard error."""
    console = _console(error=True)
    for line in lines:
        for part in folded(printable(line), width=_width(console)):
            console.print(Text(part), soft_wrap=True)


def _in_file(error: KinerjaError, path: Path) -> list[Diagnostic]:
    """What is wrong, with the name of the file that it is wrong with."""
    place = Place(SourceText(str(path)), 1, 1)
    return [
        each if each.place or each.values.get("name") == str(path) else evolve(each, place=place)
        for each in error.diagnostics
    ]


def _rubric(name: str) -> str | Path:
    """A bundled id, or a file where there is one of this name."""
    if name.partition("@")[0] in {each.partition("@")[0] for each in bundled()}:
        return name
    try:
        return Path(name) if Path(name).exists() else name
    except OSError:
        return name


def _language(language: str) -> Language:
    return "en" if language == "en" else "id"


# --- commands


@app.command(name="list")
def list_() -> None:
    """List the rubrics that come with the library."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in ("id", "edition", "title", "in force"):
        table.add_column(column, overflow="fold")
    for rubric in map(load, bundled()):
        valid = f"{rubric.valid.since or ''} – {rubric.valid.until or ''}".strip()
        table.add_row(*(Text(printable(cell)) for cell in (rubric.id, rubric.edition, rubric.title, valid)))
    _console().print(table)


@app.command
def show(
    rubric: RubricArgument,
    /,
    *,
    expanded: Annotated[
        bool, Parameter(negative=(), help="Print the whole resolved rubric as YAML instead.")
    ] = False,
    on: DayOption = None,
) -> None:
    """Show a rubric as a form: its rows, the lines to choose from, and the names to fill in."""
    loaded = load(_rubric(rubric), on=_day(on))
    if expanded:
        text = yaml.safe_dump(plain(loaded), allow_unicode=True, sort_keys=False, width=110)
        _console().print(Text(text), end="", soft_wrap=True)
        return
    _say(_Form(Evaluator(loaded), min(_console().width, WIDTH)).lines())


class _Form:
    """A rubric as the printed form has it, in the width of a terminal."""

    def __init__(self, evaluator: Evaluator, width: int) -> None:
        self.rubric = evaluator.rubric
        self.plan = evaluator.plan
        self.language = _language(self.rubric.language)
        self.width = width

    def say(self, key: str, **values: Any) -> str:
        return PHRASES[key][self.language].format(**values)

    def wrapped(self, text: str, first: str = "", *, hang: int = 0, room: int = 0) -> list[str]:
        """A paragraph that begins with `first`; its other lines are indented by `hang`."""
        return textwrap.wrap(
            " ".join(text.split()),
            width=self.width - room,
            initial_indent=first,
            subsequent_indent=" " * hang,
            break_on_hyphens=False,
        )

    def lines(self) -> Iterator[str]:
        rubric = self.rubric
        yield from self.wrapped(f"{rubric.title or rubric.id} {rubric.edition}")
        yield ""
        number, weight = self.say("form.number"), self.say("form.weight")
        yield self.spread(f"{number:<4} {self.say('form.indicator')}", weight)
        yield f"     {self.say('form.score')}  {self.say('form.line')}"
        yield "-" * self.width
        yield from self.children(self.plan.root)
        if rubric.facts:
            yield from ("", self.say("form.facts"))
            yield from self.facts("")
        if rubric.readings:
            yield from ("", self.say("form.readings"))
            for name, reading in rubric.readings.items():
                for key, other in reading.alternatives.items():
                    yield from self.wrapped(f"{name}={key}: {other.text}", " " * 5, hang=7)

    def spread(self, left: str, right: str) -> str:
        return f"{left:<{self.width - len(right)}}{right}" if right else left

    def children(self, group: PlannedGroup) -> Iterator[str]:
        percent = all(weight.share <= 1 for child in group.children for weight in child.weights)
        for index, child in enumerate(group.children):
            if index:
                yield ""
            yield from self.node(child, percent=percent)

    def node(self, node: PlannedNode, *, percent: bool) -> Iterator[str]:
        weights = [self.weight(each.share, percent=percent) for each in node.weights]
        always = weights[0] if node.weights and node.weights[0].rule is None else ""
        title = node.model.title or node.path
        first, *rest = self.wrapped(title, f"{node.model.number:<4} ", hang=5, room=len(always) + 2)
        yield self.spread(first, always)
        yield from rest
        for weight, each in zip(weights, node.weights, strict=True):
            if each.rule is not None:
                said = self.say("form.where", weight=weight, applies=self.asked(each.rule))
                yield from self.wrapped(said, " " * 5, hang=7)
        if node.applies is not None:
            said = self.say("form.applies", applies=self.asked(node.applies))
            yield from self.wrapped(said, " " * 5, hang=7)
        yield from self.facts(node.path)
        if isinstance(node, PlannedGroup):
            yield ""
            yield from self.children(node)
        else:
            assert isinstance(node, PlannedIndicator)
            yield from self.bands(node)

    def weight(self, share: Fraction, *, percent: bool) -> str:
        return f"{numbers.shown(share * (100 if percent else 1), language=self.language)}{'%' * percent}"

    def asked(self, rule: Rule) -> str:
        ways = (", ".join(f"{test.name}: {_bare(test.text)}" for test in way) for way in rule.ways)
        return self.say("form.or").join(ways)

    def facts(self, owner: str) -> Iterator[str]:
        """What has to be filled in for a node: its measure first, then its other facts."""
        found = [fact for fact in self.plan.facts.values() if fact.owner == owner]
        if owner in self.plan.nodes and isinstance(self.plan.nodes[owner].model, Levels):
            # Its answers are the lines of the form themselves.
            found.remove(self.plan.facts[owner])
            yield f"     {owner}:"
        for fact in sorted(found, key=lambda fact: fact.name != owner):
            title = f" – {fact.model.title}" if fact.model.title else ""
            yield from self.wrapped(f"{fact.name}: {self.answers(fact)}{title}", " " * 5, hang=7)

    def answers(self, fact: PlannedFact) -> str:
        """What a fact may be, in a few words."""
        if fact.kind == "yes-no":
            return "true | false"
        if not isinstance(fact.model, Number):
            return " | ".join(fact.options)
        told = [f"{fact.model.within or ''} {fact.unit}".strip()]
        if fact.step is not None:
            told.append(self.say("form.step", step=numbers.shown(fact.step, language=self.language)))
        if fact.formula is not None:
            told.append(self.say("form.computed", formula=fact.formula))
        return ", ".join(filter(None, told))

    def amount(self, amount: Amount) -> str:
        constant = amount.constant
        return numbers.shown(constant, language=self.language) if constant is not None else amount.text

    def bands(self, node: PlannedIndicator) -> Iterator[str]:
        """The lines to choose from: each with its score, the answer that meets it, and its words."""
        answers = [_bare(band.when) or band.id for band in node.bands]
        column = max((len(answer) for answer in answers if len(answer) <= ANSWER), default=0)
        for band, answer in zip(node.bands, answers, strict=True):
            score = self.amount(band.amount)
            first, hang = f"     {score:>{len(self.say('form.score'))}}  ", 9 + len(self.say("form.score"))
            if len(answer) > column:
                yield from self.wrapped(answer, first, hang=hang)
                yield from self.wrapped(band.text or band.title, " " * hang, hang=hang)
            else:
                beside, hang = f"{first}{answer:<{column}}  ", hang + column
                yield from self.wrapped(band.text or band.title, beside, hang=hang) or [beside.rstrip()]


def _bare(test: str) -> str:
    """A condition with its options as a sheet has them, without quotes."""
    return test.replace('"', "")


@app.command
def score(
    rubric: RubricArgument,
    sheets: Annotated[
        list[Path],
        Parameter(help="YAML or JSON files, one subject each; or CSV tables, one subject a row."),
    ],
    /,
    *,
    output: Annotated[
        Path | None,
        Parameter(
            name=["--output", "-o"],
            metavar="FILE",
            help="Write the results to FILE instead: .csv, one row each, or .jsonl, one trail a line.",
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
    if output is not None:
        tables.writes_to(output, inputs=sheets)
    rules = _Rules(editions(_rubric(rubric)), _readings(read or []))
    told = language or _language(rules.rubrics[-1].language)
    scoring = _Scoring(rules, told, _day(on), locale)
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
            _complain(_in_file(error, path), told)
            worst = 2
            continue
        if format == "text" and len(sheets) > 1:
            _say([_rule(str(path)), ""] if first else ["", _rule(str(path)), ""])
        first = False
        if given.table is not None and format == "text":
            worst = max(worst, scoring.listed(given.table, given.evaluator, results))
            continue
        for _, result, problems in results:
            worst = max(worst, 0 if result.status == "complete" else 1)
            if format == "json":
                _console().print(Text(result.trail.to_json()), soft_wrap=True)
                _complain_briefly(problems if given.table is not None else (), told)
            else:
                _say(result.explain(language=told).splitlines())
    return worst


#: A sheet, its result, and what is wrong with it, each with its place.
_Scored = tuple[Sheet, Complete | Incomplete | Invalid, list[Diagnostic]]


class _Rules:
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
                    "edition": _edition(found[its]),
                    "other": _edition(first[0]),
                    "first": _line(first[1]),
                }
                raise SheetError([Diagnostic("K551", (), values, place)])
        # A table without rows is refused when it is read.
        return first[0] if first is not None else self._ready(self.rubrics[-1])


def _edition(evaluator: Evaluator) -> str:
    rubric = evaluator.rubric
    return f"{rubric.id}@{rubric.edition}" if rubric.edition else rubric.id


def _line(place: Place) -> str:
    return f"{place.source.name}:{place.line}"


@frozen
class _Given:
    """A file that was given to be scored: its sheet or its table, and the edition by which it is."""

    path: Path
    evaluator: Evaluator
    sheet: Sheet | None = None
    table: tables.Table | None = None


class _Scoring:
    """Sheets and tables of sheets on their way to their results, in the order in which they are given."""

    #: So many changed numbers, and problems that a file of results holds as well, are told one by one.
    CHANGES = 3
    PROBLEMS = 20

    def __init__(self, rules: _Rules, told: Language, day: dt.date | None, locale: Language | None) -> None:
        self.rules = rules
        self.told = told
        self.day = day
        self.locale = locale
        self.problems = 0

    def say(self, key: str, **values: Any) -> str:
        return PHRASES[key][self.told].format(**values)

    def given(self, path: Path) -> _Given:
        """The sheet or the table in a file; of a table, after a word on what was read differently."""
        if path.suffix.lower() != ".csv":
            sheet = load_sheet(path)
            if sheet.date is None and self.day is not None:
                sheet = evolve(sheet, date=self.day)
            return _Given(path, self.rules.of_sheet(sheet), sheet=sheet)
        evaluator = self.rules.of_table(path, self.day)
        table = tables.load_table(path, evaluator=evaluator, locale=self.locale, on=self.day)
        changes = table.changes()
        first = list(islice(changes, self.CHANGES))
        if first:
            count = len(first) + sum(1 for _ in changes)
            values = {"name": path, "locale": self.locale, "count": count}
            _whisper([self.say("table.changed", **values)])
            _complain_briefly(first, self.told)
        return _Given(path, evaluator, table=table)

    def results(self, given: _Given) -> Iterator[_Scored]:
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
        _say([f"{first:>6}  {subject:<{width}}  {status:<{state}}  {total:>10}  {grade}"])
        tally = tables.Tally()
        for row, name, (_, result, problems) in zip(table, names, results, strict=True):
            shown = result.shown if isinstance(result, Complete) else ""
            word = self.say(f"status.{result.status}")
            reached = result.nodes["total"].grade
            tally.add(result, reached)
            title = "" if reached is None else reached.title or reached.id
            line = f"{row.line:>6}  {_cut(name, width):<{width}}  {word:<{state}}  {shown:>10}  {title}"
            _say([line.rstrip()])
            _complain_briefly(problems, self.told)
        _say(["", *self.summary(tally, [evaluator])])
        return self.code(tally)

    def code(self, tally: tables.Tally) -> int:
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
        inputs: list[_Given] = []
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
                _complain(_in_file(error, path), self.told)
                sound = False
        ending = tables.writes_to(output)
        others = _others(inputs) if ending == ".csv" else []
        _complain(others, self.told)
        twice = tables.repeated(known)
        _complain(twice, self.told)
        if twice or others or not sound:
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
            _whisper([self.say("table.more", count=untold, name=output)])
        evaluators = dict.fromkeys(given.evaluator for given in inputs)
        _say([*self.summary(tally, evaluators), self.say("table.written", name=output)])
        return self.code(tally)

    def told_of(self, inputs: Iterable[_Given]) -> Iterator[tuple[Sheet, Complete | Incomplete | Invalid]]:
        """The results of all files; the first problems are told as they pass, and all are counted."""
        for given in inputs:
            for sheet, result, problems in self.results(given):
                _complain_briefly(problems[: max(0, self.PROBLEMS - self.problems)], self.told)
                self.problems += len(problems)
                yield sheet, result


def _others(inputs: Sequence[_Given]) -> list[Diagnostic]:
    """The files that are of another edition than the first one."""
    return [
        Diagnostic(
            "K552",
            (),
            {
                "name": str(each.path),
                "edition": _edition(each.evaluator),
                "first": str(inputs[0].path),
                "other": _edition(inputs[0].evaluator),
            },
        )
        for each in inputs
        if each.evaluator is not inputs[0].evaluator
    ]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _readings(given: Sequence[str]) -> dict[str, str]:
    readings = {}
    for text in given:
        name, equals, alternative = text.partition("=")
        if not (name and equals and alternative):
            raise UsageError([Diagnostic("K512", (), {"text": text})])
        readings[name] = alternative
    return readings


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    # Python also reads 20170405 and week dates; a sheet does not.
    if day is None or day.isoformat() != text:
        raise UsageError([Diagnostic("K114", (), {"text": text})])
    return day


@app.command
def explain(
    trail: Annotated[Path, Parameter(help="A file with one trail, or with one on each line.")],
    /,
    *,
    language: LanguageOption = None,
) -> int:
    """Tell the story of a trail that was kept as JSON."""
    worst = 0
    for number, (place, text) in enumerate(_trails(trail)):
        try:
            each = Trail.from_json(text)
            told = explained(each, language=language or _language(each.rubric.language))
        except KinerjaError as error:
            _complain(_in_trail(error.diagnostics, place), language or "id")
            worst = 2
            continue
        if number:
            _say(["", _rule(str(place)), ""])
        _say(told.splitlines())
    return worst


def _in_trail(found: Iterable[Diagnostic], place: Place) -> list[Diagnostic]:
    """What is wrong in a trail, with the file and line of the trail before the path in it."""
    return [evolve(each, path=(": ".join(filter(None, (str(place), each.where))),)) for each in found]


@app.command
def verify(
    trail: Annotated[Path, Parameter(help="A file with one trail, or with one on each line.")],
    /,
    *,
    rubric: Annotated[
        str | None,
        Parameter(help="The rubric to evaluate by, if it is none that comes with the library: its path."),
    ] = None,
    language: LanguageOption = None,
) -> int:
    """Evaluate again what a trail started from, and name the first thing that does not follow from it."""
    rules = None if rubric is None else load(_rubric(rubric))
    worst, held = 0, 0
    for place, text in _trails(trail):
        try:
            each = Trail.from_json(text)
            found: Sequence[Diagnostic] = verified(each, rules)
            told = language or _language(each.rubric.language)
            worst = max(worst, 1 if found else 0)
        except TrailError as error:
            found, told, worst = error.diagnostics, language or "id", 2
        _complain(_in_trail(found, place), told)
        if not found:
            held += 1
            if held <= _Scoring.PROBLEMS:
                about = each.rubric
                said = {"id": about.id, "edition": about.edition or "–", "identity": about.identity}
                _say([PHRASES["verify"][told].format(place=place, **said)])
    if held > _Scoring.PROBLEMS:
        _say([PHRASES["verify.more"][told].format(held=held)])
    return worst


def _trails(path: Path) -> list[tuple[Place, str]]:
    """The trails in a file, each with its place: the whole file, or its lines where each is an object."""
    if not path.is_file():
        raise UsageError([Diagnostic("K519" if path.exists() else "K518", (), {"name": str(path)})])
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError([Diagnostic("K502", (), {"name": str(path), "problem": problem})]) from None
    source = SourceText(str(path))
    lines = [
        (Place(source, number, 1), line) for number, line in enumerate(text.splitlines(), 1) if line.strip()
    ]
    alone = len(lines) < 2 or not all(
        line.startswith("{") and line.rstrip().endswith("}") for _, line in lines
    )
    return [(Place(source, 1, 1), text)] if alone else lines


@app.command
def check(
    rubrics: Annotated[
        list[str] | None,
        Parameter(help="Bundled ids, or the paths of rubric files."),
    ] = None,
    /,
    *,
    format: Annotated[
        Literal["text", "json", "github"],
        Parameter(help="text: with the lines they are about; json: one object a line; github: annotations."),
    ] = "text",
    all_readings: Annotated[
        bool, Parameter(negative=(), help="Check under each alternative of each reading as well.")
    ] = False,
    select: Annotated[
        list[str] | None,
        Parameter(
            negative=(), metavar="CODES", help="Only findings of these codes, or beginning so: K213,K21."
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        Parameter(negative=(), metavar="CODES", help="All findings but those of these codes."),
    ] = None,
    explain: Annotated[
        str | None, Parameter(metavar="CODE", help="Tell what a code means, and what to do.")
    ] = None,
    language: LanguageOption = None,
    on: DayOption = None,
) -> int:
    """Name everything that is wrong with rubrics, and what is worth a second look."""
    told = language or "id"
    selection = Selection(select=select or (), ignore=ignore or ())
    if explain is not None:
        _say(_explanation(explain, told))
    elif not rubrics:
        raise UsageError([Diagnostic("K555")])
    return _Checking(selection, told, format, on, all_readings=all_readings).run(rubrics or [])


def _explanation(code: str, language: Language) -> Iterator[str]:
    """What a code means, as a terminal shows it: its rubrics as they stand, everything else in lines that fit."""
    parts = list(explanation(code, language=language))
    yield f"{code}, {PHRASES[MESSAGES[code].severity][language]}"
    for part in parts:
        yield from ("", part.heading)
        lines = part.text.splitlines() if part.is_rubric else textwrap.wrap(part.text, WIDTH - 2)
        yield from (f"  {line}" for line in lines)


@frozen
class _Checking:
    """A run of checks over rubrics, and how its findings are told."""

    selection: Selection
    told: Language
    format: str
    on: str | None
    all_readings: bool = field(kw_only=True)

    def run(self, rubrics: Sequence[str]) -> int:
        """Check them all, then tell what was found; the worst exit code of all."""
        day = _day(self.on)
        with _Progress(len(rubrics)) as progress:
            reports = [self.report(rubric, day, progress) for rubric in rubrics]
        for rubric, (found, code) in zip(rubrics, reports, strict=True):
            self.tell(rubric, found, is_checked=code is None)
        return max((self.code(found, code) for found, code in reports), default=0)

    def report(self, rubric: str, day: dt.date | None, progress: _Progress) -> tuple[Report, int | None]:
        """What is found in one rubric; with an exit code where there is no such rubric to check."""
        found: list[Diagnostic] = []
        try:
            parts = checking(_rubric(rubric), on=day, all_readings=self.all_readings)
            for count, part in parts:
                found += self.selection.of(part)
                progress.went_on(rubric, 1 / count)
        except KinerjaError as error:
            return Report(error.diagnostics), _code(error)
        return Report(found), None

    def code(self, found: Report, code: int | None) -> int:
        if code is not None:
            return code
        return _code(RubricError(found)) if found.errors else 0

    def tell(self, rubric: str, found: Report, *, is_checked: bool) -> None:
        if self.format == "json":
            for each in found:
                _console().print(Text(as_json(each, language=self.told)), soft_wrap=True)
            return
        if self.format == "github":
            _say(as_github(each, language=self.told) for each in found)
        else:
            _complain(found, self.told)
        if is_checked:
            errors = len(found.errors)
            said = {"rubric": _asked(rubric, self.on), "errors": errors, "others": len(found) - errors}
            _say([PHRASES["check"][self.told].format(**said)])


class _Progress:
    """A bar on standard error, in a terminal, as soon as a run has taken a while."""

    #: How many seconds nobody minds to wait.
    PATIENCE = 1.0

    def __init__(self, total: int) -> None:
        self.total = total
        self.began = time.monotonic()
        self.done = 0.0
        self.console = _console(error=True)
        self.bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def went_on(self, name: str, part: float) -> None:
        """Another part of a rubric is done, given as a share of that rubric."""
        self.done += part
        if not self.console.is_terminal or time.monotonic() - self.began < self.PATIENCE:
            return
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

        if self.bar is None:
            # A name is never markup, and nothing moves by itself: what is shown is what is done.
            columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}", markup=False))
            self.bar = Progress(*columns, console=self.console, transient=True, auto_refresh=False)
            self.bar.add_task("", total=self.total)
            self.bar.start()
        self.bar.update(self.bar.task_ids[0], completed=self.done, description=printable(name), refresh=True)


@app.command(name="test")
def run_tests(
    rubric: RubricArgument,
    /,
    *,
    vectors: Annotated[
        Path | None,
        Parameter(
            metavar="FILE", help="Write sheets at every edge, with their results, to this .csv or .json."
        ),
    ] = None,
    against: Annotated[
        Path | None, Parameter(metavar="FILE", help="Compare the results in such a file with the rubric's.")
    ] = None,
    coverage: Annotated[
        bool, Parameter(negative=(), help="Tell what the examples reach of the rubric, and what they do not.")
    ] = False,
    format: Annotated[Literal["text", "json"], Parameter(help="Of what --coverage tells.")] = "text",
    locale: Annotated[
        Language | None,
        Parameter(help="How numbers are written in a CSV of vectors; as in a rubric if not given."),
    ] = None,
    mutants: Annotated[
        bool, Parameter(negative=(), help="Also tell which small changes of the rubric no example notices.")
    ] = False,
    language: LanguageOption = None,
    on: DayOption = None,
) -> int:
    """Run the examples that stand in a rubric; write or compare vectors, tell what the examples reach and notice."""
    loaded = load(_rubric(rubric), on=_day(on))
    told = language or _language(loaded.language)
    results = list(run_examples(loaded))
    failed = [result for result in results if not result.holds]
    for result in failed:
        _complain(result.findings, told)
    said = {"rubric": _asked(rubric, on), "held": len(results) - len(failed), "failed": len(failed)}
    if not (coverage and format == "json"):
        _say([PHRASES["test"][told].format(**said)])
    code = 1 if failed else 0
    if vectors is not None:
        _write_vectors(loaded, vectors, locale, told)
    if against is not None:
        code = max(code, _compare(loaded, against, locale, told))
    if coverage:
        from kinerja.testing import reached

        found = reached(loaded)
        _say(["", *found.table(language=told).splitlines()] if format == "text" else [found.to_json()])
    if mutants and _mutants(loaded, _asked(rubric, on), told):
        code = 1
    return code


def _write_vectors(rubric: Rubric, path: Path, locale: Language | None, told: Language) -> None:
    from kinerja.testing import edges
    from kinerja.testing.vectors import write_vectors

    found = edges(rubric)
    write_vectors(path, found, rubric=rubric, locale=locale)
    _say([PHRASES["vectors"][told].format(name=path, count=len(found))])


def _compare(rubric: Rubric, path: Path, locale: Language | None, told: Language) -> int:
    from kinerja.testing.against import against as compared

    found = compared(path, rubric=rubric, locale=locale)
    _complain_briefly(found.findings[: tables.TOLD], told)
    if len(found.findings) > tables.TOLD:
        _complain([Diagnostic("K543", (), {"count": len(found.findings) - tables.TOLD})], told)
    said = {"name": path, "held": found.rows - found.differing, "failed": found.differing}
    _say([PHRASES["against"][told].format(**said)])
    return 0 if found.holds else 1


def _mutants(rubric: Rubric, name: str, told: Language) -> bool:
    """Try every mutant of a rubric, and tell those that no example notices; whether there are any."""
    from kinerja.reports.mutants import as_text
    from kinerja.testing.mutation import Mutants, mutating

    tried = []
    with _Progress(1) as progress:
        for count, each in mutating(rubric):
            tried.append(each)
            progress.went_on(name, 1 / count)
    found = Mutants(rubric, tuple(tried))
    _say(as_text(found.to_json(), name=name, language=told))
    return bool(found.survived)


def _asked(rubric: str, on: str | None) -> str:
    """What was asked for: a file alone would be another one than the edition of a day."""
    return rubric if on is None else f"{rubric}, {on}"
