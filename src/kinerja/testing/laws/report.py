"""What a broken law tells: its definition, the sheet, the two trails side by side, and the lines of the rubric."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from kinerja.errors import excerpt, printable
from kinerja.language.readings import document_of
from kinerja.messages import PHRASES, Language
from kinerja.model import Rubric
from kinerja.plan import plan
from kinerja.testing.facts import as_sheet
from kinerja.trail import NodeTrail, Trail

__all__ = ["Breach", "Row", "came_to", "differing", "lines"]

WIDTH = 80
#: So many rows of two trails are told, and so many places of the rubric.
ROWS = 20
PLACES = 6

#: What is compared, what one side says of it, and what the other.
Row = tuple[str, str, str]


@frozen
class Breach:
    """One sheet that a law does not hold for."""

    sheet: Mapping[str, Any]
    rows: tuple[Row, ...]
    #: The nodes that are meant; their lines of the rubric are shown.
    paths: tuple[str, ...] = ()
    #: What the two sides of the rows are, as keys of the phrases.
    sides: tuple[str, str] = ("law.expected", "law.found")
    #: The sheet that the second side is about, where it is another one.
    other: Mapping[str, Any] | None = None


def came_to(trail: Trail, *, but: Iterable[str] = ()) -> dict[str, str]:
    """What a sheet came to, as text by path: everything that laws compare."""
    left_out = set(but)
    found = {
        "status": trail.status,
        "total": _said(trail.total),
        "grade": trail.grade.id if trail.grade is not None else "–",
        "problems": ", ".join(sorted(f"{each.code} {each.path}" for each in trail.problems)) or "–",
    }
    for path, node in trail.nodes.items():
        if path not in left_out:
            found |= {f"{path}.{key}": said for key, said in _node(node).items()}
    return found


def _node(node: NodeTrail) -> dict[str, str]:
    return {
        "status": node.status,
        "score": _said(node.score),
        "band": node.band.id if node.band is not None else "–",
        "contribution": _said(node.contribution),
        "grade": node.grade.id if node.grade is not None else "–",
    }


def _said(figure: Any) -> str:
    return "–" if figure is None else str(figure.exact)


def differing(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows in which two outcomes differ."""
    both = dict.fromkeys((*one, *other))
    rows = ((key, one.get(key, "–"), other.get(key, "–")) for key in both)
    return tuple(row for row in rows if row[1] != row[2])


def lines(breach: Breach, name: str, rubric: Rubric, language: Language) -> Iterator[str]:
    """The report, in lines of at most 80 columns, but for the words of the rubric itself."""

    def say(key: str, **values: str) -> str:
        return PHRASES[key][language].format_map(values)

    yield from _wrapped(say("law.broken", name=name, rubric=rubric.id, definition=say(f"law.{name}")))
    yield from ("", as_sheet(breach.sheet, rubric=rubric.id))
    if breach.other is not None:
        yield from ("", say("law.and-with"))
        yield from _changed(breach.sheet, breach.other, say("law.without"))
    if breach.rows:
        left, right = (say(side) for side in breach.sides)
        yield ""
        yield from _table([("", left, right), *breach.rows[:ROWS]])
        if len(breach.rows) > ROWS:
            yield say("law.more", count=str(len(breach.rows) - ROWS))
    yield from _places(rubric, breach.paths)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(printable(text), WIDTH, break_on_hyphens=False)


def _changed(one: Mapping[str, Any], other: Mapping[str, Any], without: str) -> Iterator[str]:
    """What the second sheet says otherwise; where it says the same in another order, that order."""
    if one == other:
        yield from _wrapped(", ".join(other))
        return
    for name in dict.fromkeys((*one, *other)):
        if name not in other:
            yield f"  {without}: {name}"
        elif name not in one or one[name] != other[name]:
            yield f"  {name}: {excerpt(other[name])}"


def _table(rows: list[Row]) -> Iterator[str]:
    """Three columns in the width of a terminal; what is too long for its column goes on below."""
    first = min(max(len(row[0]) for row in rows), 34)
    width = (WIDTH - first - 4) // 2
    for row in rows:
        cells = [
            textwrap.wrap(printable(cell), size) or [""]
            for cell, size in zip(row, (first, width, width), strict=True)
        ]
        for at in range(max(map(len, cells))):
            one, two, three = (cell[at] if at < len(cell) else "" for cell in cells)
            yield f"{one:<{first}}  {two:<{width}}  {three}".rstrip()


def _places(rubric: Rubric, paths: Iterable[str]) -> Iterator[str]:
    """The lines of the rubric that nodes begin at."""
    document = document_of(rubric)
    nodes = plan(rubric).nodes
    for path in [each for each in dict.fromkeys(paths) if each in nodes][:PLACES]:
        # Of a node with grades, these say more than the line on which it begins.
        location = (*nodes[path].location, *(["grades"] if nodes[path].grades else []))
        place = document.place(location)
        if place is not None:
            yield from ("", f"{place}", *place.snippet())
