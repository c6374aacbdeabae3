"""What data is made of: parts that compare by their fields, and mappings that never change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

__all__ = ["Data", "FrozenMap", "default_of"]

V = TypeVar("V")


class FrozenMap(Mapping[str, V]):
    """
    A mapping from ids that keeps its order, can be hashed, and cannot be changed.

    Two maps are equal where they hold the same entries; like a dict, whatever their order.

    >>> FrozenMap({"a": 1})["a"]
    1
    """

    __slots__ = ("_entries", "_hash")

    def __init__(self, entries: Mapping[str, V] | Iterable[tuple[str, V]] = ()) -> None:
        self._entries: dict[str, V] = dict(entries)
        self._hash: int | None = None

    def __getitem__(self, key: str) -> V:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._entries.items()))
        return self._hash

    def __repr__(self) -> str:
        return repr(self._entries)

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenMap, (self._entries,)


class Data:
    """
    A frozen attrs class that compares, hashes and prints by its fields.

    attrs would generate these methods for each class; for forty classes that costs more at import than a first score.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _content(self) == _content(other)

    def __hash__(self) -> int:
        return hash((type(self), _content(self)))

    def __repr__(self) -> str:
        cls: Any = type(self)
        said = [(a, getattr(self, a.name)) for a in attrs.fields(cls) if a.repr]
        return f"{cls.__name__}({', '.join(f'{a.name}={v!r}' for a, v in said if v != default_of(a))})"


def _content(part: Any) -> tuple[Any, ...]:
    return tuple(getattr(part, a.name) for a in attrs.fields(type(part)) if a.eq)


def default_of(attribute: attrs.Attribute[Any]) -> Any:
    """What a field is where nobody says anything."""
    default: Any = attribute.default
    return default.factory() if hasattr(default, "factory") else default
