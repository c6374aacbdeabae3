"""What several commands are called with: a rubric, a day, a language, readings; and the exit code of a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from attrs import evolve
from cyclopts import Parameter

from kinerja.errors import Diagnostic, KinerjaError, Phrase, Place, RubricError, SourceText, UsageError
from kinerja.library import bundled
from kinerja.messages import Language

__all__ = [
    "DayOption",
    "LanguageOption",
    "RubricArgument",
    "asked_for",
    "code_of",
    "day_of",
    "files_in",
    "in_file",
    "language_of",
    "readings_of",
    "refuse_idle",
    "rubric_of",
]

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


def code_of(error: KinerjaError) -> int:
    """A rubric that was read and is wrong is a finding; anything else is input that cannot be used."""
    unread = any(each.code.startswith("K0") for each in error.diagnostics)
    return 1 if isinstance(error, RubricError) and not unread else 2


def in_file(error: KinerjaError, path: Path) -> list[Diagnostic]:
    """What is wrong, with the name of the file that it is wrong with."""
    place = Place(SourceText(str(path)), 1, 1)
    return [
        each if each.place or each.values.get("name") == str(path) else evolve(each, place=place)
        for each in error.diagnostics
    ]


def refuse_idle(idle: Mapping[str, bool]) -> None:
    """Refuse options that were given and would be passed over, by the phrases that say why (K556)."""
    found = [
        Diagnostic("K556", (), {"option": phrase.partition(" ")[0], "why": Phrase(f"idle.{phrase}")})
        for phrase, is_idle in idle.items()
        if is_idle
    ]
    if found:
        raise UsageError(found)


def rubric_of(name: str) -> str | Path:
    """A bundled id, or a file where there is one of this name."""
    if name.partition("@")[0] in {each.partition("@")[0] for each in bundled()}:
        return name
    try:
        return Path(name) if Path(name).exists() else name
    except OSError:
        return name


def files_in(rubric: str) -> list[Path]:
    """The file that a rubric is read from, where it is one."""
    found = rubric_of(rubric)
    return [found] if isinstance(found, Path) else []


def language_of(language: str) -> Language:
    """The language of the sentences about a rubric that is written in this one."""
    return "en" if language == "en" else "id"


def readings_of(given: Sequence[str]) -> dict[str, str]:
    """The readings that were chosen, from `READING=ALTERNATIVE`; `UsageError` K512 for another form."""
    readings = {}
    for text in given:
        name, equals, alternative = text.partition("=")
        if not (name and equals and alternative):
            raise UsageError([Diagnostic("K512", (), {"text": text})])
        readings[name] = alternative
    return readings


def day_of(text: str | None) -> dt.date | None:
    """The day that an option names; `UsageError` K114 for what is none."""
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


def asked_for(rubric: str, on: str | None) -> str:
    """What was asked for: a file alone would be another one than the edition of a day."""
    return rubric if on is None else f"{rubric}, {on}"
