"""What hangs on what, in an order in which it can be worked out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

__all__ = ["ordered"]

T = TypeVar("T", bound=Hashable)


def ordered(needs: Mapping[T, Sequence[T]]) -> tuple[list[T], list[list[T]]]:
    """
    Everything, each after what it needs; and every circle that was met on the way.

    >>> ordered({"a": ["b"], "b": []}), ordered({"a": ["a"]})
    ((['b', 'a'], []), (['a'], [['a', 'a']]))
    """
    order: dict[T, None] = {}
    circles = []
    for start in needs:
        # The way from the start, each with what it still has to be asked for: a chain may be thousands long.
        way = {start: iter(needs[start])} if start not in order else {}
        while way:
            last = next(reversed(way))
            each = next(way[last], None)
            if each is None:
                order[last] = None
                del way[last]
            elif each in way:
                chain = list(way)
                circles.append([*chain[chain.index(each) :], each])
            elif each not in order:
                way[each] = iter(needs[each])
    return list(order), circles
