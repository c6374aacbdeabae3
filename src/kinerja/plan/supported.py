"""What of the language this version evaluates; the rest is refused by name, never ignored."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kinerja.errors import Diagnostic
from kinerja.mappings import default_of
from kinerja.model import Derived, Direct, Ladder, Node

__all__ = ["COMBINES", "WEIGHTED", "unsupported"]

#: How a group may combine its children, and which of these need weights.
COMBINES = frozenset({"sum", "mean", "weighted-sum", "weighted-mean", "min", "max"})
WEIGHTED = frozenset({"weighted-sum", "weighted-mean"})

_KEYS = ("cap", "grades", "requires", "aside", "better", "extends", "supersedes")
_WAYS = {Ladder: "ladder", Direct: "direct", Derived: "formula"}


def unsupported(node: Node, location: tuple[str, ...]) -> Iterator[Diagnostic]:
    """A refusal for each part of a node that is in the language and that no engine here evaluates."""
    fields = {field.name: field for field in attrs.fields(type(node))}
    for key in _KEYS:
        if key in fields and getattr(node, key) != default_of(fields[key]):
            yield Diagnostic("K182", (*location, key), {"key": key})
    way = _WAYS.get(type(node))
    if way is not None:
        yield Diagnostic("K182", (*location, way), {"key": way})
