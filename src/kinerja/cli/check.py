"""`kinerja check`: what is wrong with rubrics, and what is worth a second look."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from attrs import field, frozen
from cyclopts import Parameter
from rich.text import Text

from kinerja.checks.selected import Selection
from kinerja.cli.arguments import DayOption, LanguageOption, asked_for, code_of, day_of, rubric_of
from kinerja.cli.terminal import WIDTH, Bar, complain, say, screen
from kinerja.errors import Diagnostic, KinerjaError, Report, RubricError, UsageError
from kinerja.explanations import explanation
from kinerja.library import checking
from kinerja.messages import MESSAGES, PHRASES, Language
from kinerja.reports.findings import as_github, as_json

__all__ = ["check"]


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
        say(_explanation(explain, told))
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
        day = day_of(self.on)
        with Bar(len(rubrics)) as progress:
            reports = [self.report(rubric, day, progress) for rubric in rubrics]
        for rubric, (found, code) in zip(rubrics, reports, strict=True):
            self.tell(rubric, found, is_checked=code is None)
        return max((self.code(found, code) for found, code in reports), default=0)

    def report(self, rubric: str, day: dt.date | None, progress: Bar) -> tuple[Report, int | None]:
        """What is found in one rubric; with an exit code where there is no such rubric to check."""
        found: list[Diagnostic] = []
        try:
            parts = checking(rubric_of(rubric), on=day, all_readings=self.all_readings)
            for count, part in parts:
                found += self.selection.of(part)
                progress.went_on(rubric, 1 / count)
        except KinerjaError as error:
            return Report(error.diagnostics), code_of(error)
        return Report(found), None

    def code(self, found: Report, code: int | None) -> int:
        if code is not None:
            return code
        return code_of(RubricError(found)) if found.errors else 0

    def tell(self, rubric: str, found: Report, *, is_checked: bool) -> None:
        if self.format == "json":
            for each in found:
                screen().print(Text(as_json(each, language=self.told)), soft_wrap=True)
            return
        if self.format == "github":
            say(as_github(each, language=self.told) for each in found)
        else:
            complain(found, self.told)
        if is_checked:
            errors = len(found.errors)
            said = {"rubric": asked_for(rubric, self.on), "errors": errors, "others": len(found) - errors}
            say([PHRASES["check"][self.told].format(**said)])
