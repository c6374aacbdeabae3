"""What sheets reach of a rubric, as a table that a terminal shows."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from kinerja.checks.coverage import Coverage
from kinerja.messages import PHRASES, Language

__all__ = ["table"]

#: The width of the counts, and how wide the names of nodes may make their column.
COUNT = 9
NAMES = 30


def table(coverage: Coverage, *, language: Language = "en", width: int = 80) -> Iterator[str]:
    """
    One line for each kind of thing in each node: how many were reached of how many, and those that were not.

    >>> import kinerja
    >>> *_, last = table(Coverage(kinerja.load("pk-bkm")))
    >>> last.split()
    ['Altogether', '0/51']
    """
    of, missing = coverage.of, coverage.missing

    def say(key: str) -> str:
        return PHRASES[f"coverage.{key}"][language]

    nodes = dict.fromkeys(each.node for each in coverage.targets)
    widest = max(map(len, (say("node"), say("all"), *nodes)))
    first = min(NAMES, widest)
    second = max(map(len, (say("kind"), *(say(kind) for kind in of))))

    def line(name: str, kind: str, count: str, rest: str) -> Iterator[str]:
        begun = f"{name:<{first}}  {kind:<{second}}  {count:>{COUNT}}  "
        if len(name) > first:
            # A long path has a line of its own, whole.
            yield name
            begun = f"{'':<{first}}  {kind:<{second}}  {count:>{COUNT}}  "
        indent = " " * len(begun)
        folded = textwrap.wrap(
            rest, width, initial_indent=begun, subsequent_indent=indent, break_on_hyphens=False
        )
        yield from folded or [begun.rstrip()]

    yield from line(say("node"), say("kind"), say("reached"), say("missing"))
    for node in nodes:
        for kind in (kind for kind in of if node in of[kind]):
            left = missing.get(kind, {}).get(node, ())
            whole = len(of[kind][node])
            yield from line(node, say(kind), f"{whole - len(left)}/{whole}", ", ".join(left))
    count = len(coverage.targets)
    yield from line(say("all"), "", f"{count - len(coverage.left)}/{count}", "")
