"""What of the language this version evaluates; the rest is refused by name, never ignored."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kinerja.errors import Diagnostic
from kinerja.mappings import default_of
from kinerja.model import Derived, Direct, Indicator, Ladder, Node, Rubric

__all__ = ["COMBINES", "WEIGHTED", "unsupported"]

#: How a group may combine its children, and which of these need weights.
COMBINES = frozenset({"sum", "mean", "weighted-sum", "weighted-mean", "min", "max"})
WEIGHTED = frozenset({"weighted-sum", "weighted-mean"})

_KEYS = ("cap", "grades", "requires", "aside", "better", "extends", "supersedes")
#: What only an indicator can be, and what the outermost group cannot have.
_NOT_OF_GROUPS = ("missing", "may_not_apply")
_NOT_OF_RUBRICS = ("weight", "applies", "number")
_WAYS = {Ladder: "ladder", Direct: "direct", Derived: "formula"}


def unsupported(node: Node, location: tuple[str, ...]) -> Iterator[Diagnostic]:
    """A refusal for each part of a node that is in the language and that no engine here evaluates."""
    asked = _KEYS if isinstance(node, Indicator) else (*_KEYS, *_NOT_OF_GROUPS)
    asked = (*asked, *_NOT_OF_RUBRICS) if isinstance(node, Rubric) else asked
    for field in attrs.fields(type(node)):
        if field.name in asked and getattr(node, field.name) != default_of(field):
            key = field.metadata.get("key", field.name)
            yield Diagnostic("K182", (*location, key), {"key": key})
    way = _WAYS.get(type(node))
    if way is not None:
        yield Diagnostic("K182", (*location, way), {"key": way})
