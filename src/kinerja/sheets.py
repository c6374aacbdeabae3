"""
A sheet: the facts of one subject in one period, as somebody stated them.

Nothing here knows a rubric.  A value from a file stays the text that was written, as `Written`, until the fact that
it is stated for decides what it means; a value from Python is what it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from kinerja.mappings import FrozenMap

__all__ = ["RECORD_KEYS", "Entry", "Sheet", "Written", "entries"]


class Written(str):
    """Text from a file that stood there without quotes: a number, an option or a truth value, as the fact decides."""

    __slots__ = ()


@frozen(kw_only=True)
class Entry:
    """
    What a sheet says of one name: a value, or a stated score, or why nothing applies; and who, when, with what proof.
    """

    value: Any = None
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


@frozen(kw_only=True)
class Sheet:
    """
    The facts of one subject in one period.

    `facts` maps dotted names to plain values, records or nested mappings; `date` is the day whose rules apply.
    """

    facts: Mapping[str, Any] = field(converter=FrozenMap)
    rubric: str = ""
    subject: Mapping[str, str] = field(factory=FrozenMap, converter=FrozenMap)
    period: str = ""
    date: dt.date | None = None
    basis: str = "self"
    participants: tuple[str, ...] = field(default=(), converter=tuple)
    note: str = ""
    name: str = field(default="", eq=False)


def entries(facts: Mapping[str, Any], *, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """
    The flat dotted names of a mapping of facts, each with its plain value or `Entry`.

    A mapping is a record where it uses a record's words, and names inside a name where it does not.
    A key that is neither is given back as it is: the evaluation says what is wrong with it.
    """
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _unfolded(str(name), value, known)
        else:
            yield str(name), value


def _unfolded(name: str, value: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    record = {key: part for key, part in value.items() if key in RECORD_KEYS and f"{name}.{key}" not in known}
    if record:
        yield name, Entry(**{RECORD_KEYS[key]: part for key, part in record.items()})
    for key, part in value.items():
        if key not in record:
            below = f"{name}.{key}"
            if isinstance(part, Mapping):
                yield from _unfolded(below, part, known)
            else:
                yield below, part
