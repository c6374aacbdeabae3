"""Columns looked at before the program is written: what holds in every row need not be asked in any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from kinerja.engine.columns.asked import Seen, answers_of
from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.terms import Term, Truth, column, number
from kinerja.errors import Fault
from kinerja.plan import Plan, PlannedFact

__all__ = ["Share", "first", "given_in", "seen_of", "usable_in"]

#: In how many rows something is so; `rest`: in all in which there is anything.
Share: TypeAlias = Literal["all", "none", "some", "rest"]


def given_in(frame: Any, plan: Plan) -> dict[str, Share]:
    """In which rows of a frame that is there the facts are given that have all their columns."""
    there = set(frame.columns)
    columns = {fact.name: _columns(fact) for fact in plan.facts.values()}
    columns = {name: each for name, each in columns.items() if there.issuperset(each)}
    rows = len(frame)
    if not rows or not columns:
        return {}
    return {
        name: _share({rows - frame[each].null_count() for each in several}, rows)
        for name, several in columns.items()
    }


def _columns(fact: PlannedFact) -> list[str]:
    return [f"{fact.name}.{option}" for option in fact.options] if fact.kind == "set" else [fact.name]


def _share(counts: set[int], rows: int) -> Share:
    return "all" if counts == {rows} else "none" if counts == {0} else "some"


def first(plan: Plan, schema: Mapping[str, Any], given: Mapping[str, Share]) -> dict[str, Term]:
    """What is made of columns at once: the places of options, and where a number has a value."""
    found = {}
    for name, share in given.items():
        fact = plan.facts[name]
        if share == "none" or fact.kind not in ("choice", "number"):
            continue
        try:
            answers = answers_of(fact, schema[name], Doubts(), Seen(given=_truth(share)))
        except Fault:
            # Told where the fact is asked for, with its name.
            continue
        term = answers.code if fact.kind == "choice" else answers.said
        if isinstance(term, Term):
            found[name] = term
    return found


def _truth(share: Share) -> Truth | None:
    return {"all": True, "none": False}.get(share)


def usable_in(frame: Any, plan: Plan, names: Mapping[str, str]) -> dict[str, Share]:
    """In which rows a fact has a value, by the column that was made for it."""
    found: dict[str, Share] = {}
    for name, each in names.items():
        made, rows = frame[each], len(frame)
        is_choice = plan.facts[name].kind == "choice"
        # Whether all rows are is told sooner than how many.
        if made.min() >= 0 if is_choice else made.all():
            found[name] = "all"
            continue
        usable, rest = int((made >= 0 if is_choice else made).sum()), rows - frame[name].null_count()
        found[name] = "rest" if 0 < usable == rest else _share({usable}, rows)
    return found


def seen_of(
    plan: Plan, given: Mapping[str, Share], usable: Mapping[str, Share], names: Mapping[str, str]
) -> dict[str, Seen]:
    """What is then known of each fact."""
    found = {}
    for name, share in given.items():
        fact, truth = plan.facts[name], _truth(share)
        if name in names:
            found[name] = _seen(fact, names[name], truth, usable[name])
        elif fact.kind == "set":
            found[name] = Seen(given=truth, ok=truth, bad=None if truth is None else False)
        else:
            found[name] = Seen(given=truth)
    return found


def _seen(fact: PlannedFact, made: str, given: Truth | None, usable: Share) -> Seen:
    """What is known of a choice or a number, of which a column was made."""
    code: Term | None = None
    ok: Truth = column(made, "truth")
    if fact.kind == "choice":
        code = column(made, "whole", (0 if usable == "all" else -1, len(fact.options) - 1))
        ok = code >= number(0)
    if usable == "all":
        return Seen(given=True, ok=True, bad=False, code=code)
    if usable == "none":
        return Seen(given=given, ok=False, code=code)
    if usable == "rest":
        return Seen(given=ok, ok=ok, bad=False, code=code)
    return Seen(given=given, ok=ok, code=code)
