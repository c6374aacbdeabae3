"""Editions: two of one rubric that are in force on the same days, or leave days between them without any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from kinerja.errors import Diagnostic
from kinerja.model import Valid

__all__ = ["editions"]


def editions(own: str, among: Sequence[tuple[str, Valid]]) -> Iterator[Diagnostic]:
    """
    Every other edition that overlaps with this one, and every hole before or after it.

    `among` are all editions of one rubric by their names, `own` the name of the one that is looked at.

    >>> import datetime as dt
    >>> new, old = Valid(since=dt.date(2019, 1, 1)), Valid(until=dt.date(2018, 1, 1))
    >>> print(next(editions("iuran@2019", [("iuran@2018", old), ("iuran@2019", new)])).message("en"))
    of iuran@2018 and iuran@2019, 0 are in force from 2018-01-01 until 2019-01-01: each day needs exactly one
    """
    ordered = sorted(among, key=lambda each: (_since(each[1]), each[0]))
    for at, (name, valid) in enumerate(ordered):
        for other, later in ordered[at + 1 :]:
            since, until = max(_since(valid), _since(later)), min(_until(valid), _until(later))
            if own in (name, other) and since < until:
                yield _found(name, other, 2, since, until)
    # What is in force the longest of all before closes a hole, whichever edition comes last.
    name, reached = "", dt.date.max
    for other, valid in ordered:
        if own in (name, other) and reached < _since(valid):
            yield _found(name, other, 0, reached, _since(valid))
        if not name or _until(valid) > reached:
            name, reached = other, _until(valid)


def _found(name: str, other: str, count: int, since: dt.date, until: dt.date) -> Diagnostic:
    days = {"since": "…" if since == dt.date.min else since, "until": "…" if until == dt.date.max else until}
    return Diagnostic("K238", ("valid",), {"one": name, "other": other, "count": count, **days})


def _since(valid: Valid) -> dt.date:
    return valid.since or dt.date.min


def _until(valid: Valid) -> dt.date:
    return valid.until or dt.date.max
