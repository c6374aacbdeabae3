"""Single rows of a frame, as the scalar path takes them and as it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from kinerja.engine.columns.typed import columns_of, opened
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, Fault, UsageError
from kinerja.numbers import Unread
from kinerja.plan import Plan
from kinerja.sheets import entries

__all__ = ["come_to", "problems", "row_of", "rows_at", "stated"]


def row_of(row: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """What one row states, as a sheet for the scalar path."""
    found: dict[str, Any] = {}
    for fact in plan.facts.values():
        if fact.kind != "set":
            if row.get(fact.name) is not None:
                found[fact.name] = row[fact.name]
            continue
        said = {option: row.get(f"{fact.name}.{option}") for option in fact.options}
        if any(each is not None for each in said.values()):
            absent = [option for option, each in said.items() if each is None]
            fault = Fault("K539", name=f"{fact.name}.{absent[0]}", fact=fact.name) if absent else None
            chosen = [option for option, each in said.items() if each]
            found[fact.name] = chosen if fault is None else Unread("", fault)
    return found


def stated(rows: Any, plan: Plan) -> list[dict[str, Any]]:
    """What the rows of a frame state; `UsageError` K612 where that cannot be read."""
    inner, schema = opened(rows, plan)
    unread = [f"{name} ({schema[name]})" for name in schema if name not in inner.columns]
    if unread:
        raise UsageError([Diagnostic("K612", (), {"names": unread})])
    several: list[dict[str, Any]] = inner.rows(named=True)
    return [row_of(row, plan) for row in several]


def rows_at(truths: Any, frame: Any, plan: Plan) -> tuple[list[int], list[dict[str, Any]]]:
    """The places of some rows, by a column of truths or one truth, and what they state."""
    at: list[int] = list(range(len(frame))) if truths is True else truths.arg_true().to_list()
    known = columns_of(plan)
    columns = [name for name in frame.columns if name in known]
    rows: list[dict[str, Any]] = [{}] * len(at)
    if columns and at:
        chosen = frame.select(*columns)
        rows = (chosen if truths is True else chosen.filter(truths)).rows(named=True)
    return at, [row_of(row, plan) for row in rows]


def come_to(sheets: Sequence[Mapping[str, Any]], plan: Plan) -> list[Outcome]:
    """What rows come to by the interpreter."""
    return [evaluate(plan, entries(sheet)) for sheet in sheets]


def problems(wrong: Any, frame: Any, plan: Plan) -> Any:
    """What is wrong with each row that is not complete, as codes and names; by a column of truths or one truth."""
    at, rows = ([], []) if wrong is False else rows_at(wrong, frame, plan)
    if not at:
        return nw.lit(None, dtype=nw.String).alias("problems")
    texts: list[str | None] = [None] * len(frame)
    for index, outcome in zip(at, come_to(rows, plan), strict=True):
        texts[index] = "; ".join(f"{each.code} {each.where}" for each in outcome.problems)
    return nw.new_series("problems", texts, nw.String, backend=frame.implementation)
