"""What the command prints: results on standard output, diagnostics on standard error, a bar in a terminal."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rich.console import Console
from rich.text import Text

from kinerja.drafts import unwritten
from kinerja.errors import Diagnostic, printable
from kinerja.messages import PHRASES, Language
from kinerja.reports.findings import as_lines, folded

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["WIDTH", "Bar", "complain", "complain_briefly", "ruled", "say", "screen", "whisper"]

#: The width that a form or an explanation can be read in; a wider terminal is not filled.
WIDTH = 80


class _Console(Console):
    def print(self, *objects: Any, **rest: Any) -> None:
        """Say something; `BrokenPipeError` or K544 where nobody hears results, nothing where nobody hears more."""
        try:
            super().print(*objects, **rest)
        except OSError as error:
            # What is still in the buffers goes nowhere, or it would be tried again at the end.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.file.fileno())
            os.close(nowhere)
            if self.stderr:
                return
            if isinstance(error, BrokenPipeError):
                raise
            raise unwritten(Path("stdout"), error) from None

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen(*, error: bool = False) -> Console:
    """Standard output or standard error, as wide as the terminal."""
    # Nothing in a rubric or a sheet is markup, an emoji or a number to be coloured.
    return _Console(stderr=error, markup=False, emoji=False, highlight=False)


def say(lines: Iterable[str]) -> None:
    """Plain text; on a terminal, what begins a paragraph stands out."""
    console = screen()
    for line in lines:
        heading = bool(line) and not line.startswith(" ")
        style = "bold" if heading and console.is_terminal else ""
        console.print(Text(printable(line), style=style), soft_wrap=True)


def ruled(title: str) -> str:
    """A line between two answers, with the name of the file that the next one is about."""
    return f"-- {title} ".ljust(WIDTH, "-")


def complain(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """Each in full: its sentence, the line that is meant, and what to do."""
    console = screen(error=True)
    style = {"error": "red", "warning": "yellow", "information": ""}
    for diagnostic in diagnostics:
        first, rest = as_lines(diagnostic, language=language, width=width_of(console))
        for line in first:
            console.print(Text(line, style=style[diagnostic.severity]), soft_wrap=True)
        for line in rest:
            console.print(Text(line), soft_wrap=True)


def width_of(console: Console) -> int | None:
    """
    The width that sentences are folded to.

    In a file or a pipe one stays one line: editors and other programs read a diagnostic line by line, and a page shows
    it in whatever width it has.
    """
    return min(console.width, WIDTH) if console.is_terminal else None


def complain_briefly(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    """One sentence each: among thousands of rows a place is looked up, not looked at."""
    for each in diagnostics:
        word = PHRASES[each.severity][language]
        said = ". ".join(filter(None, (each.message(language), each.help(language))))
        whisper([f"{each.place}: {word} {each.code}: {said}"])


def whisper(lines: Iterable[str]) -> None:
    """Plain text on standard error."""
    console = screen(error=True)
    for line in lines:
        for part in folded(printable(line), width=width_of(console)):
            console.print(Text(part), soft_wrap=True)


class Bar:
    """A bar on standard error, in a terminal, as soon as a run has taken a while."""

    #: How many seconds nobody minds to wait.
    PATIENCE = 1.0

    def __init__(self, total: int) -> None:
        self.total = total
        self.began = time.monotonic()
        self.done = 0.0
        self.console = screen(error=True)
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
