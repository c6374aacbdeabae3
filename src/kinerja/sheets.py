"""
A sheet: the facts of one subject in one period, as somebody stated them.

Nothing here knows a rubric.  A value from a file stays the text that was written, as `Written`, until the fact that
it is stated for decides what it means; a value from Python is what it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from attrs import field, frozen

from kinerja.errors import Diagnostic, UsageError, excerpt, written
from kinerja.mappings import Data, FrozenMap

__all__ = ["RECORD_KEYS", "Entry", "Sheet", "Written", "a_day", "as_text", "entries"]


class Written(str):
    """Text from a file that stood there without quotes: a number, an option or a truth value, as the fact decides."""

    __slots__ = ()


def _kept(value: Any) -> Any:
    """A value that its owner can no longer change: of a list or a set, whatever class it has, what it holds."""
    if isinstance(value, list):
        return list.copy(value)
    return set.copy(value) if isinstance(value, set) else value


@frozen(kw_only=True, eq=False, repr=False)
class Entry(Data):
    """
    What a sheet says of one name: a value, or a stated score, or why nothing applies; and who, when, with what proof.
    """

    value: Any = field(default=None, converter=_kept)
    score: Any = None
    not_applicable: str | None = None
    unit: str = ""
    by: str = ""
    on: str = ""
    evidence: str = ""
    note: str = ""


#: The words that make a mapping in a sheet a record of one fact instead of a nest of names, and their attributes.
RECORD_KEYS = {
    "value": "value",
    "score": "score",
    "not-applicable": "not_applicable",
    "unit": "unit",
    "by": "by",
    "on": "on",
    "evidence": "evidence",
    "note": "note",
}


#: No rubric asks for more; a mapping that holds itself under two names has a million at a depth of twenty.
MAX_NAMES = 10_000


def _names(value: Mapping[str, Any]) -> FrozenMap[Any]:
    return value if type(value) is FrozenMap else FrozenMap(_once(_read(value), value))


def _read(value: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """What a mapping says that it holds, looked at once, within bounds and whatever kind of mapping it is."""
    try:
        found = [(key, part) for key, part in islice(value.items(), MAX_NAMES + 1)]
    except Exception as error:  # noqa: BLE001 - whatever a stranger's mapping raises
        raise _unreadable(value, f"{type(error).__name__}: {written(error)}") from None
    if len(found) > MAX_NAMES:
        raise _too_many()
    return found


def _once(found: list[tuple[Any, Any]], value: object) -> list[tuple[str, Any]]:
    """The same by their names, if no name stands there twice: which of the two counts, nobody could tell."""
    named = [(written(key), part) for key, part in found]
    if len(dict(named)) < len(named):
        raise _unreadable(value, "ValueError: duplicate names")
    return named


def _unreadable(value: object, problem: str) -> UsageError:
    return UsageError([Diagnostic("K524", (), {"type": type(value).__name__, "problem": problem})])


def _too_many() -> UsageError:
    return UsageError([Diagnostic("K525", (), {"limit": MAX_NAMES})])


def _people(value: Iterable[str]) -> tuple[str, ...]:
    return tuple(value)


@frozen(kw_only=True, eq=False, repr=False)
class Sheet(Data):
    """
    The facts of one subject in one period.

    `facts` maps dotted names to plain values, records or nested mappings; `date` is the day whose rules apply.
    """

    facts: Mapping[str, Any] = field(converter=_names)
    rubric: str = ""
    subject: Mapping[str, str] = field(factory=FrozenMap, converter=_names)
    period: str = ""
    date: dt.date | None = None
    basis: str = "self"
    participants: tuple[str, ...] = field(default=(), converter=_people)
    note: str = ""
    name: str = field(default="", eq=False)
    #: The facts under their flat names: unfolded once, however often the sheet is evaluated.
    stated: Sequence[tuple[str, Any]] = field(init=False, eq=False, repr=False)

    @stated.default
    def _unfold(self) -> Sequence[tuple[str, Any]]:
        return entries(self.facts)


def as_text(value: Any) -> str:
    """What a sheet says beside a value: text as it is, a list as one line."""
    if isinstance(value, tuple | list):
        # A list in a list is nothing that anybody says; one that holds itself has no end.
        return "; ".join(as_text(excerpt(part) if isinstance(part, tuple | list) else part) for part in value)
    return written(value) if isinstance(value, str) else "" if value is None else excerpt(value)


#: No rubric nests its names deeper; a mapping below is a value like any other, and one that no fact accepts.
_DEPTH = 20


def a_day(day: object) -> dt.date | None:
    """The day itself; `UsageError` for what is none, such as text, or a moment, which no day can be compared with."""
    if day is None or type(day) is dt.date:
        return day
    raise UsageError([Diagnostic("K114", (), {"text": str(day)})])


#: Values that are stated as they are; a list is copied, a mapping looked into, and so is anything that may be one.
_PLAIN = frozenset({int, str, Written, float, bool, Fraction, Decimal, tuple})
#: Mappings that hold what they say and end; every other is read with care.
_HONEST = frozenset({dict, FrozenMap})


def entries(facts: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """
    The flat dotted names of a mapping of facts, each with its plain value or `Entry`.

    A mapping is a record where it uses a record's words, and names inside a name where it does not.
    Lists and sets are copied, so that nothing of it changes with them.
    Raises `UsageError` for a mapping that fails when it is read, and for more than 10,000 names.

    >>> entries({"longgar": {"panjang": 12}, "mtr": {"value": 3, "unit": "m"}})
    [('longgar.panjang', 12), ('mtr', Entry(value=3, unit='m'))]
    """
    found: list[tuple[str, Any]] = []
    for name, value in facts.items() if type(facts) in _HONEST else _read(facts):
        if type(value) in _PLAIN and type(name) is str:
            found.append((name, value))
        else:
            found.extend(islice(_unfolded(written(name), value, _DEPTH), MAX_NAMES))
        if len(found) > MAX_NAMES:
            raise _too_many()
    return found


def _is_blank(part: Any) -> bool:
    return type(part) in (dict, FrozenMap) and not part


def _unfolded(name: str, value: Any, depth: int) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, Mapping) or not depth:
        # Whoever stated a list may change it before the trail is rendered.
        yield name, _kept(value)
        return
    parts = [(written(key), part) for key, part in _read(value)]
    record = {RECORD_KEYS[key]: part for key, part in parts if key in RECORD_KEYS}
    if record or not parts:
        # A word with nothing behind it, as a clerk leaves it in a file, says nothing.
        yield name, Entry(**{word: _kept(part) for word, part in record.items() if not _is_blank(part)})
    for key, part in parts:
        if key not in RECORD_KEYS:
            yield from _unfolded(f"{name}.{key}", part, depth - 1)
