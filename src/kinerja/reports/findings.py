"""Findings for other programs: one JSON object a line, and the annotations of GitHub."""

from __future__ import annotations

import json

from kinerja.errors import Diagnostic
from kinerja.messages import Language
from kinerja.writing import jsonable

__all__ = ["as_github", "as_json"]

#: What GitHub calls the severities.
_LEVELS = {"error": "error", "warning": "warning", "information": "notice"}


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
