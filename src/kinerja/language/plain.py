"""
A rubric back to plain data, and its identity.

The plain form has the keys of a file and leaves out what is at its default, so that it reads back to an equal rubric.
The identity is the SHA-256 of its canonical JSON (RFC 8785): what changes no answer is not in it, nor the layout of the
file, nor the version of the library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from kinerja import numbers
from kinerja.feel import Condition, Formula
from kinerja.language.structure import KINDS, keys_of
from kinerja.mappings import default_of
from kinerja.model import Fact, Number, Rubric
from kinerja.numbers import Rounding
from kinerja.shapes import Case

__all__ = ["identity", "plain"]


def plain(rubric: Rubric) -> dict[str, Any]:
    """
    The rubric as plain data with the keys of a file.

    >>> from kinerja.model import Band, Bands, Number
    >>> node = Bands(weight="100%", measure=Number(), bands={"1": Band(when="> 0"), "0": Band(when="<= 0")})
    >>> plain(Rubric(id="kecil", combine="weighted-sum", indicators={"satu": node}))["indicators"]["satu"][
    ...     "weight"
    ... ]
    '1'
    """
    return {"kinerja": str(rubric.kinerja), **_class(rubric, canonical=False)}


def identity(rubric: Rubric) -> str:
    """The SHA-256 of what the rubric says, in hexadecimal digits."""
    # Only who asks for an identity pays for what computes it.
    import hashlib
    import json

    said = {"kinerja": rubric.kinerja, **_class(rubric, canonical=True)}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _class(value: Any, *, canonical: bool) -> dict[str, Any]:
    """One instance as a mapping of the keys that differ from their default."""
    found: dict[str, Any] = {}
    if isinstance(value, Fact) and type(value) in _KIND and type(value) is not Number:
        found["kind"] = _KIND[type(value)]
    cls: Any = type(value)
    for key, attribute in keys_of(cls).items():
        if attribute is None or (canonical and not attribute.metadata.get("identity", True)):
            continue
        part = getattr(value, attribute.name)
        if part == default_of(attribute):
            continue
        if canonical and attribute.metadata.get("ordered"):
            found[key] = [[name, _value(each, canonical=True)] for name, each in part.items()]
        else:
            found[key] = _value(part, canonical=canonical)
    return found


def _value(value: Any, *, canonical: bool) -> Any:
    if isinstance(value, Condition | Formula | dt.date):
        return str(value)
    if isinstance(value, Fraction):
        return numbers.text(value)
    if isinstance(value, Rounding):
        return {"to": numbers.text(value.to), "mode": value.mode}
    if attrs.has(type(value)):
        return _class(value, canonical=canonical)
    if isinstance(value, Mapping):
        return {name: _value(part, canonical=canonical) for name, part in value.items()}
    if isinstance(value, tuple):
        return _series(value, canonical=canonical)
    if value is None or isinstance(value, int):
        return value
    return str(value)


def _series(value: tuple[Any, ...], *, canonical: bool) -> Any:
    """A list; the one value without a condition of a list of cases is that value, one way of a condition that way."""
    if value and all(isinstance(case, Case) for case in value):
        if len(value) == 1 and not value[0].when:
            return "none" if value[0].value is None else str(value[0].value)
        return [
            {
                "when": _series(case.when, canonical=canonical),
                "is": "none" if case.value is None else str(case.value),
            }
            for case in value
        ]
    if len(value) == 1 and isinstance(value[0], Mapping):
        return _value(value[0], canonical=canonical)
    return [_value(part, canonical=canonical) for part in value]


_KIND = {cls: name for name, cls in KINDS.items()}
