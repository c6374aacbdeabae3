"""What the columns of a file mean to a rubric: facts, words beside facts, days; all others are carried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType

from attrs import evolve

from kinerja.errors import Diagnostic, KinerjaError, Place, SourceText, UsageError, closest, excerpt
from kinerja.evaluation import Evaluator
from kinerja.files.jobs import Job
from kinerja.files.parquet import at
from kinerja.plan import Plan
from kinerja.tables import MAX_COLUMNS, Column, known_columns, named_column, safe_cell

__all__ = ["ADDED", "OWN", "deciding", "looked_at", "meant", "placed", "refuse_nested", "same", "taken_in"]

#: How the columns begin that are there on the way only.  No fact has a colon in its name.
OWN = "kinerja:"

#: What a file of results has beside the columns of `evaluate_frame`; the last two in a CSV only.
ADDED = ("problems", "total.scale", "rubric")

#: The words beside a fact that decide what it comes to; who said it, and when, does not.
_DECIDING = ("score", "not_applicable", "unit")

#: Of columns that stand in no text.
NOWHERE: Mapping[str, Place] = MappingProxyType({})

#: A column that is this much like a fact that is not there was meant to be it.
_LIKE = 0.8


def meant(names: Sequence[str], plan: Plan) -> tuple[Column, ...]:
    """What each column means; a column of whatever other name is carried."""
    known = known_columns(plan)
    return tuple(known.get(name) or named_column(name) or Column(name, "carried", name) for name in names)


def looked_at(
    path: Path,
    columns: Sequence[Column],
    evaluator: Evaluator,
    *,
    ending: str,
    in_sql: bool = False,
    places: Mapping[str, Place] = NOWHERE,
) -> None:
    """
    Refuse columns before any row is read: too many (K541), misspelt (K533), of a name that is to be added (K613).

    Also those that would be of one name in a CSV (K622).
    A column that means nothing is somebody's own, unless it is nearly called like a fact that is not there.  Where the
    engine works `in_sql`, capitals do not tell names apart.  `places` says where the names stand, in a text.
    """
    place = at(path)
    if len(columns) > MAX_COLUMNS:
        raise UsageError([Diagnostic("K541", (), {"limit": MAX_COLUMNS}, place)])
    names = {column.name for column in columns if column.role != "nothing"}
    known = known_columns(evaluator.plan)
    absent = [
        name for name, column in known.items() if column.role in ("fact", "option") and name not in names
    ]
    found = []
    for column in columns:
        hint = closest(column.name, absent) if column.role == "carried" else ""
        if hint and _alike(column.name, hint):
            values = {"column": excerpt(column.name), "suggestion": hint}
            found.append(Diagnostic("K533", (column.name,), values, places.get(column.name, place)))
    added = ADDED[: len(ADDED) if ending == ".csv" else 1]
    folded = {name: name.casefold() if in_sql else name for name in names}
    taken = [name for name, each in folded.items() if each in added or each.startswith(OWN)]
    if taken:
        found.append(Diagnostic("K613", (), {"names": sorted(taken)}, places.get(taken[0], place)))
    written = {name: safe_cell(each) for name, each in folded.items()} if ending == ".csv" else {}
    counted = Counter(written.values())
    alike = sorted(name for name, each in written.items() if counted[each] > 1)
    if alike:
        # An apostrophe before what a spreadsheet would take for a formula makes one of the other.
        found.append(Diagnostic("K622", (), {"names": alike}, places.get(alike[0], place)))
    if found:
        raise UsageError(found)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.lower(), other.lower()).ratio() > _LIKE


def deciding(columns: Iterable[Column], evaluator: Evaluator) -> list[str]:
    """The columns that say what columns cannot take in: a row in which one is filled goes the scalar path."""
    return [each.name for each in columns if each.role == "record" and each.part in _DECIDING] + [
        each.name
        for each in columns
        if each.role == "about" and each.key == "date" and _is_bounded(evaluator)
    ]


def _is_bounded(evaluator: Evaluator) -> bool:
    valid = evaluator.rubric.valid
    return valid.since is not None or valid.until is not None


def same(schemas: Mapping[Path, Mapping[str, str]]) -> None:
    """Refuse files that do not have the same columns of the same types in the same order (K634)."""
    (first, columns), *rest = schemas.items()
    for path, others in rest:
        if list(others.items()) != list(columns.items()):
            counted = Counter([*columns.items(), *others.items()])
            differing = list(dict.fromkeys(name for (name, _), count in counted.items() if count < 2))
            values = {"name": str(path), "first": str(first), "names": differing or list(others)}
            raise UsageError([Diagnostic("K634", (), values, at(path))])


def refuse_nested(job: Job, types: Mapping[str, str], is_nested: Callable[[str], bool]) -> None:
    """
    Refuse columns by the names that an engine has for their types: K632.

    What holds several values is carried from Parquet to Parquet, unless a fact is called like a part of it.
    """
    heads = {name.partition(".")[0] for name in job.evaluator.plan.facts}
    is_csv = job.ending == ".csv"
    nested = [
        f"{name} ({re.split('[(<]', each)[0]})"
        for name, each in types.items()
        if (is_nested(each) and (is_csv or name in heads))
        or (is_csv and re.split("[(<]", each)[0].lower() in ("binary", "blob", "object", "duration"))
    ]
    if nested:
        raise UsageError([Diagnostic("K632", (), {"names": nested}, at(job.inputs[0]))])


def taken_in(path: Path, names: Sequence[str], engine: str) -> None:
    """Refuse columns that an engine without the scalar path would pass over (K641)."""
    if names:
        raise UsageError([Diagnostic("K641", (), {"engine": engine, "names": [*names]}, at(path))])


@contextmanager
def placed(path: Path, row: int = 1) -> Iterator[None]:
    """What is said of a frame, or of a row of it, has the name of the file that it comes from."""
    try:
        yield
    except KinerjaError as error:
        place = Place(SourceText(str(path)), row, 1)
        raise type(error)(evolve(each, place=each.place or place) for each in error.diagnostics) from None
