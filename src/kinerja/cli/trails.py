"""The trails in a file, each with its place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import evolve

from kinerja.errors import Diagnostic, Place, SourceText, UsageError

__all__ = ["in_trail", "trails_in"]


def in_trail(found: Iterable[Diagnostic], place: Place) -> list[Diagnostic]:
    """What is wrong in a trail, with the file and line of the trail before the path in it."""
    return [evolve(each, path=(": ".join(filter(None, (str(place), each.where))),)) for each in found]


def trails_in(path: Path) -> list[tuple[Place, str]]:
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
