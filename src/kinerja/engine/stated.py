"""What a sheet stated, kept in a trail so that it can be stated again, and read back from there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, TrailError, excerpt, written
from kinerja.sheets import Entry, Written, as_text
from kinerja.trail import Problem, SaidTrail, StatedTrail

__all__ = ["kept", "restated"]

#: A number with more digits is kept as an excerpt: no fact accepts it.
_LONGEST = 2 * numbers.DIGITS
_LARGEST = 10**numbers.DIGITS
_INTEGER = re.compile("-?[0-9]+")

#: The words of a record that are computed with, and those that are only told.
_SAID = ("value", "score", "not_applicable")
_TOLD = ("unit", "by", "on", "evidence", "note")


# --- to a trail


def kept(stated: Iterable[tuple[str, Any]]) -> tuple[StatedTrail, ...]:
    """Everything that a sheet stated, in its order."""
    return tuple(_record(name, said) for name, said in stated)


def _record(name: str, said: Any) -> StatedTrail:
    if type(said) is not Entry:
        return StatedTrail(name=name, value=_said(said))
    words: dict[str, Any] = {word: _said(getattr(said, word)) for word in _SAID}
    words |= {word: as_text(getattr(said, word)) for word in _TOLD}
    return StatedTrail(name=name, record=True, **words)


def _said(value: Any) -> SaidTrail | None:
    if value is None:
        return None
    try:
        return _typed(value)
    except Exception:  # noqa: BLE001 - whatever a stranger's number raises when it is read
        return _other(value)


def _typed(value: Any) -> SaidTrail:
    if isinstance(value, numbers.Unread):
        fault = Problem.of(Diagnostic(value.fault.code, (), value.fault.values))
        return SaidTrail(type="unread", text=written(value), fault=fault)
    if isinstance(value, str):
        return SaidTrail(type="" if type(value) is Written else "text", text=written(value))
    kind = next((kind for kind, cls in _KINDS.items() if isinstance(value, cls)), "")
    if kind in _WRITERS:
        text = _WRITERS[kind](value)
        return _other(value) if text is None else SaidTrail(type=kind, text=text)
    return _several(kind, value) if kind else _other(value)


def _other(value: Any) -> SaidTrail:
    return SaidTrail(type="other", text=excerpt(value))


def _several(kind: str, value: Iterable[Any]) -> SaidTrail:
    """Options; those of a set, which has no order of its own, stand in theirs."""
    items = sorted(value, key=excerpt) if isinstance(value, set | frozenset) else list(value)
    if not all(isinstance(item, str) or type(item) is int for item in items):
        return _other(value)
    return SaidTrail(
        type=kind, items=tuple(written(item) if isinstance(item, str) else excerpt(item) for item in items)
    )


def _whole(value: int) -> str | None:
    return numbers.text(Fraction(value)) if abs(value) < _LARGEST else None


def _fraction(value: Fraction) -> str | None:
    parts = [_whole(value.numerator), _whole(value.denominator)]
    return None if None in parts else "/".join(str(part) for part in parts)


def _decimal(value: Decimal) -> str | None:
    return str(value) if len(value.as_tuple().digits) <= _LONGEST else None


#: What a program may state, the narrower first: a truth value is an int too.
_KINDS: Mapping[str, type] = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "bool": bool,
    "int": int,
    "float": float,
    "decimal": Decimal,
    "fraction": Fraction,
}
_WRITERS: Mapping[str, Callable[[Any], str | None]] = {
    "bool": lambda value: "true" if value else "false",
    # What a number holds counts, not what a class of its own says of it.
    "int": lambda value: _whole(int.__int__(value)),
    "float": lambda value: repr(float.__float__(value)),
    "decimal": _decimal,
    "fraction": _fraction,
}


# --- from a trail


def restated(stated: Sequence[StatedTrail]) -> list[tuple[str, Any]]:
    """
    What was stated, as it was stated.

    Raises `TrailError` for a value that no file can hold, and for one that is not of the type it claims to be.
    """
    return [(each.name, _entry_of(each, str(at))) for at, each in enumerate(stated)]


def _entry_of(stated: StatedTrail, at: str) -> Any:
    said = {word: _meant(getattr(stated, word), stated.name, ("stated", at, word)) for word in _SAID}
    if not stated.record:
        return said["value"]
    return Entry(**said, **{word: getattr(stated, word) for word in _TOLD})


def _meant(said: SaidTrail | None, name: str, path: tuple[str, ...]) -> Any:
    if said is None:
        return None
    try:
        return _READERS[said.type](said)
    except (KeyError, ValueError, ArithmeticError):
        raise TrailError([Diagnostic("K604", path, {"name": name, "value": said.text})]) from None


def _unread(said: SaidTrail) -> numbers.Unread:
    if said.fault is None:
        raise ValueError(said.text)
    return numbers.Unread(said.text, Fault(said.fault.code, **said.fault.values))


def _integer(text: str) -> int:
    if len(text) > _LONGEST or not _INTEGER.fullmatch(text):
        raise ValueError(text)
    # Through Decimal, which has no limit on digits.
    return int(Decimal(text))


def _ratio(text: str) -> Fraction:
    above, _, below = text.partition("/")
    return Fraction(_integer(above), _integer(below))


_READERS: Mapping[str, Callable[[SaidTrail], Any]] = {
    "": lambda said: Written(said.text),
    "text": lambda said: said.text,
    "bool": lambda said: {"true": True, "false": False}[said.text],
    "int": lambda said: _integer(said.text),
    "float": lambda said: float(said.text),
    "decimal": lambda said: Decimal(said.text),
    "fraction": lambda said: _ratio(said.text),
    "list": lambda said: list(said.items),
    "tuple": lambda said: said.items,
    "set": lambda said: set(said.items),
    "frozenset": lambda said: frozenset(said.items),
    "unread": _unread,
}
