"""Columns looked at before the program is written: what holds in every row need not be asked in any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from kinerja.engine.columns.asked import Seen, answers_of
from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.running import with_terms
from kinerja.engine.columns.terms import Term, Truth, column, number
from kinerja.errors import Fault
from kinerja.plan import Plan, PlannedFact

__all__ = ["looked_at"]


def looked_at(frame: nw.DataFrame[Any], plan: Plan, prefix: str) -> tuple[nw.DataFrame[Any], dict[str, Seen]]:
    """The frame with what was made of its columns, and what is known of the facts that are read from them."""
    schema = frame.collect_schema()
    columns = {
        fact.name: [f"{fact.name}.{option}" for option in fact.options] if fact.kind == "set" else [fact.name]
        for fact in plan.facts.values()
    }
    there = {name: each for name, each in columns.items() if set(each) <= schema.keys()}
    rows = len(frame)
    if not rows or not there:
        return frame, {}
    every = dict.fromkeys(name for each in there.values() for name in each)
    (nulls,) = frame.select(nw.col(*every).null_count()).rows(named=True)
    seen: dict[str, Seen] = {}
    terms: dict[str, Term] = {}
    for name, several in there.items():
        fact, empty = plan.facts[name], {int(nulls[each]) for each in several}
        given = True if empty == {0} else False if empty == {rows} else None
        seen[name] = (
            Seen(given, given, None if given is None else False) if fact.kind == "set" else Seen(given)
        )
        if given is not False and fact.kind in ("choice", "number"):
            term = _first(fact, schema, given)
            if isinstance(term, Term):
                terms[name] = term
    names = {name: f"{prefix}{at}" for at, name in enumerate(terms)}
    if not terms:
        return frame, seen
    frame = with_terms(frame, {names[name]: term for name, term in terms.items()}, f"{prefix}k")
    counted = [_ok(plan.facts[name], nw.col(made)).sum().alias(made) for name, made in names.items()]
    (usable,) = frame.select(*counted).rows(named=True)
    for name, made in names.items():
        seen[name] = _known(plan.facts[name], made, int(usable[made] or 0), int(nulls[name]), rows)
    return frame, seen


def _first(fact: PlannedFact, schema: Mapping[str, Any], given: Truth | None) -> Truth | None:
    """What is made of a column at once: the places of its options, or where it has a value."""
    try:
        answers = answers_of(fact, schema[fact.name], Doubts(), Seen(given))
    except Fault:
        # Told where the fact is asked for, with its name.
        return None
    return answers.code if fact.kind == "choice" else answers.said


def _ok(fact: PlannedFact, made: nw.Expr) -> nw.Expr:
    return made if fact.kind == "number" else made >= 0


def _known(fact: PlannedFact, made: str, usable: int, nulls: int, rows: int) -> Seen:
    """What so many usable cells and so many empty ones say."""
    code, ok = None, column(made, "truth")
    if fact.kind == "choice":
        code = column(made, "whole", (0 if usable == rows else -1, len(fact.options) - 1))
    if usable == rows:
        return Seen(True, True, False, code)
    if code is not None:
        known = code >= number(0)
        assert isinstance(known, Term)
        ok = known
    if usable == 0:
        return Seen(None if nulls else True, False, None, code)
    if usable == rows - nulls:
        return Seen(ok, ok, False, code)
    return Seen(None if nulls else True, ok, None, code)
