"""What may be asked of a node, and what of the language means nothing there; the rest is refused by name."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from kinerja.errors import Diagnostic
from kinerja.mappings import default_of
from kinerja.model import Node, Rubric

__all__ = ["COMBINES", "WEIGHTED", "unsupported"]

#: How a group may combine its children, and which of these need weights.
COMBINES = frozenset(
    {"sum", "mean", "weighted-sum", "weighted-mean", "min", "max", "product", "geometric-mean"}
)
WEIGHTED = frozenset({"weighted-sum", "weighted-mean"})

#: What the outermost group cannot have: nothing stands around it.
_NOT_OF_RUBRICS = ("weight", "applies", "number", "missing", "may_not_apply")


def unsupported(node: Node, location: tuple[str, ...]) -> Iterator[Diagnostic]:
    """A refusal for each key of a node that means nothing where it stands."""
    asked = _NOT_OF_RUBRICS if isinstance(node, Rubric) else ()
    for field in attrs.fields(type(node)):
        if field.name in asked and getattr(node, field.name) != default_of(field):
            key = field.metadata.get("key", field.name)
            yield Diagnostic("K182", (*location, key), {"key": key})
