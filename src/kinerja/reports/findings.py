"""Findings as text of some width, and for other programs: one JSON object a line, the annotations of GitHub."""

from __future__ import annotations

import json
import textwrap

from kinerja.errors import Diagnostic
from kinerja.messages import Language
from kinerja.writing import jsonable

__all__ = ["as_github", "as_json", "as_lines", "folded"]

#: What GitHub calls the severities.
_LEVELS = {"error": "error", "warning": "warning", "information": "notice"}


def as_lines(
    finding: Diagnostic, *, language: Language = "en", width: int | None = None
) -> tuple[list[str], list[str]]:
    """
    A finding as text: its sentence, and then its snippet and what to do.

    Sentences are folded to `width`, if one is given.  A line of the rubric stays as it is, or the caret below it would
    stand under something else.

    >>> first, rest = as_lines(Diagnostic("K205", (), {"sum": "90%", "expected": "100%"}), width=40)
    >>> for line in (*first, *rest):
    ...     print(line)
    error K205: the weights add up to 90%,
        not 100%
      help: Change a weight.
    """
    first, *rest = finding.render(language).split("\n")
    snippet = len(rest) - len(finding.advice(language))
    advice = (part for each in rest[snippet:] for part in folded(each, width=width))
    return folded(first, width=width), [*rest[:snippet], *advice]


def folded(sentence: str, *, width: int | None) -> list[str]:
    """A sentence in lines of some width, with a hanging indent; without one, the sentence in one line."""
    if width is None:
        return [sentence]
    return textwrap.wrap(
        sentence,
        width=width,
        subsequent_indent=" " * 4,
        # A path that is longer than a line can still be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )


def as_json(finding: Diagnostic, *, language: Language = "en") -> str:
    """
    A finding as one line of JSON, with all of its keys whether they hold something or not.

    >>> print(as_json(Diagnostic("K205", ("indicators",), {"sum": "90%", "expected": "100%"})))
    {"code": "K205", "severity": "error", "path": "indicators", "file": null, "line": null, "column": null, \
"message": "the weights add up to 90%, not 100%", "help": "Change a weight.", "sheet": {}, "readings": {}}
    """
    place = finding.place
    said = {
        "code": finding.code,
        "severity": finding.severity,
        "path": finding.where,
        "file": place.source.name if place is not None else None,
        "line": place.line if place is not None else None,
        "column": place.column if place is not None else None,
        "message": finding.message(language),
        "help": finding.help(language),
        "sheet": jsonable(finding.sheet),
        "readings": dict(finding.readings),
    }
    return json.dumps(said, ensure_ascii=False)


def as_github(finding: Diagnostic, *, language: Language = "en") -> str:
    """
    A finding as a workflow command, which GitHub shows beside the line in a pull request.

    >>> print(as_github(Diagnostic("K205", (), {"sum": "90%", "expected": "100%"})))
    ::error title=K205::the weights add up to 90%25, not 100%25%0Ahelp: Change a weight.
    """
    place = finding.place
    properties = {}
    if place is not None:
        properties = {"file": place.source.name, "line": str(place.line), "col": str(place.column)}
    properties["title"] = finding.code
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join((finding.message(language), *finding.advice(language)))
    return f"::{_LEVELS[finding.severity]} {told}::{_data(message)}"


def _data(text: str) -> str:
    """Text behind the second pair of colons, as GitHub's own toolkit writes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text between the pairs of colons, where these and commas mean something too."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
