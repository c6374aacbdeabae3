"""
Check digits over what a trail was made from.

Everything else in a trail follows from the facts and the rubric and can be computed again; what was stated cannot.
So each of its texts has a check digit of its own, and all of them together a whole one: one altered text is found at
its own place, and so is an altered check digit.
They say that nothing was altered by itself.  Whoever alters a text can compute them anew: they are no signature.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from json import JSONEncoder
from typing import Any

from kinerja.mappings import FrozenMap
from kinerja.trail import SealTrail, Trail
from kinerja.trail.forms import unstructured

__all__ = ["altered", "sealed"]

#: What stands in a trail and follows from nothing else in it.
_STATED = ("library", "date", "subject", "period", "basis", "participants", "note", "stated")

#: So many hexadecimal digits for each text: enough to tell an altered one, short enough to keep.
_DIGITS = 8

Path = tuple[str, ...]


def sealed(trail: Trail) -> SealTrail:
    """
    The check digits of what was stated in a trail.

    Each text is written as a JSON list of the keys of its path and the text; its check digit is the beginning of the
    SHA-256 of that line, and the whole one is the SHA-256 of all lines.
    """
    lines = {".".join(path): _line(path, leaf) for path, leaf in _leaves(trail)}
    return SealTrail(
        whole=_digest("\n".join(lines.values())),
        parts=FrozenMap({key: _digest(line)[:_DIGITS] for key, line in lines.items()}),
    )


def altered(trail: Trail, seal: SealTrail) -> tuple[Path, Any] | None:
    """
    The first text that is not what was sealed, by its path, with what stands there now; None where all of them are.

    Where a text is gone, what stands there is None.
    Where the check digits themselves were altered, the path is theirs.
    """
    found = sealed(trail)
    if found.whole == seal.whole:
        return next(_differing(found, seal), None)
    for path, leaf in _leaves(trail):
        key = ".".join(path)
        if seal.parts.get(key) != found.parts[key]:
            return path, leaf
    gone = next((key for key in seal.parts if key not in found.parts), None)
    return (("seal", "whole"), seal.whole) if gone is None else ((gone,), None)


def _differing(found: SealTrail, seal: SealTrail) -> Iterator[tuple[Path, Any]]:
    for key in (*seal.parts, *found.parts):
        if seal.parts.get(key) != found.parts.get(key):
            yield ("seal", "parts", key), seal.parts.get(key)


def _leaves(trail: Trail) -> Iterator[tuple[Path, Any]]:
    """Every text that was stated, by its path: those of the sheet, and which readings were chosen."""
    for key in _STATED:
        yield from _inside(unstructured(getattr(trail, key)), (key,))
    for name, reading in trail.readings.items():
        if reading.chosen:
            yield ("readings", name, "chosen"), reading.chosen


def _inside(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _inside(part, (*path, key))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _inside(part, (*path, str(at)))
    else:
        yield path, value


_line_of = JSONEncoder(ensure_ascii=True).encode


def _line(path: Path, leaf: Any) -> str:
    return _line_of([*path, leaf])


def _digest(text: str) -> str:
    return sha256(text.encode("ascii")).hexdigest()
