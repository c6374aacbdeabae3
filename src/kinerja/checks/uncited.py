"""Uncited: a listed source, or a row between cited rows of one, that nothing in the rubric cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from attrs import fields, has

from kinerja.checks.settled import settled
from kinerja.checks.words import few
from kinerja.errors import Diagnostic
from kinerja.model import Citation
from kinerja.plan import Plan, PlannedNode

__all__ = ["rows", "uncited"]

_ROWS = r"(?i)(?P<stem>(?:.*[\s,;(])?(?:baris|rows?)\s+(?:no\.?\s+|nomor\s+|number\s+)?)(?P<numbers>[0-9].*?)"
_REMARK = r"\s*\([^()]*\)\s*$"
_JOINED = r"(?i)\s*(?:[,;&]|\bdan\b|\band\b)\s*"
_NUMBER = r"(?i)([0-9]{1,5})[a-z]?(?:\s*(?:-|–|s\.?\s?d\.?|sampai(?: dengan)?|to)\s*([0-9]{1,5})[a-z]?)?"


class Rows(NamedTuple):
    """Rows that a citation names: what stands before their numbers, and the numbers."""

    stem: str
    numbers: tuple[int, ...]


def rows(at: str) -> Rows | None:
    """
    The rows that the place of a citation ends in; None where it ends in something else.

    >>> rows("formulir, baris 6a dan 6b"), rows("form rows 2-4 (printed twice)"), rows("bab V.B")
    (Rows(stem='formulir, baris ', numbers=(6, 6)), Rows(stem='form rows ', numbers=(2, 3, 4)), None)
    """
    found = re.fullmatch(_ROWS, re.sub(_REMARK, "", at).strip())
    if found is None:
        return None
    numbers: list[int] = []
    for part in re.split(_JOINED, found["numbers"]):
        number = re.fullmatch(_NUMBER, part.strip())
        if number is None:
            return None
        first, last = number.groups()
        numbers += range(int(first), min(int(last or first), int(first) + _LONGEST) + 1)
    return Rows(found["stem"], tuple(numbers))


#: A range of more rows than any form has is not counted to its end.
_LONGEST = 1_000


def uncited(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every source that no citation names, and the rows between the first and the last that are cited which none names.

    A reading with `settles: numbering` at what cites the row before or after accounts for the rows between.
    """
    sources = plan.rubric.sources
    cited = list(_citations(plan.rubric))
    for name in sources:
        if all(each.document != name for each in cited):
            yield Diagnostic("K232", ("sources", name), {"places": name})
    tables: dict[tuple[str, str], _Table] = {}
    for citation, node in [*((each, None) for each in cited), *_of_nodes(plan)]:
        found = rows(citation.at)
        if found is not None:
            # "rows 2-4" and "row 5" are of one form.
            stem = re.sub(r"(?i)\brows\b", "row", found.stem)
            key = (citation.document, stem.strip().lower())
            table = tables.setdefault(key, _Table(f"{citation.document}, {stem}", {}))
            is_accounted = node is not None and "numbering" in settled(plan, node)
            for number in found.numbers:
                table.rows[number] = table.rows.get(number, False) or is_accounted
    for (document, _), table in tables.items():
        left = [str(number) for number in _between(table.rows)]
        if left:
            places = f"{table.stem}{', '.join(few(left))}"
            yield Diagnostic("K232", ("sources", document), {"places": places})


class _Table(NamedTuple):
    """The rows of one form: what stands before their numbers, and whether a reading accounts for each."""

    stem: str
    rows: dict[int, bool]


def _between(accounted: Mapping[int, bool]) -> Iterator[int]:
    """The numbers that are left out, where no reading accounts for it at either end of the hole."""
    known = sorted(accounted)
    for before, after in pairwise(known):
        if not accounted[before] and not accounted[after]:
            yield from range(before + 1, after)


def _of_nodes(plan: Plan) -> Iterator[tuple[Citation, PlannedNode]]:
    for node in plan.nodes.values():
        yield from ((citation, node) for citation in node.model.source)


def _citations(part: Any) -> Iterator[Citation]:
    """Every citation in a part of a rubric."""
    if isinstance(part, Citation):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from _citations(each)
    elif isinstance(part, tuple):
        for each in part:
            yield from _citations(each)
    elif has(type(part)):
        for attribute in fields(type(part)):
            if attribute.name not in _ELSEWHERE:
                yield from _citations(getattr(part, attribute.name))


#: The document that a rubric was read from, and what alternatives would cite.
_ELSEWHERE = frozenset({"origin", "change"})
