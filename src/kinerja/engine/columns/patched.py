"""Rows that columns could not decide: all that they come to, as the interpreter has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from kinerja.engine.columns.near import float_of
from kinerja.engine.columns.terms import WIDEST
from kinerja.engine.outcome import SCORED, UNSCORED, Outcome
from kinerja.errors import Diagnostic, UsageError
from kinerja.plan import Plan, PlannedIndicator

__all__ = ["cells", "patched"]


def patched(found: Any, at: Sequence[int], outcomes: Sequence[Outcome], *, scale: int) -> Any:
    """The same columns with the cells of some rows replaced by what these came to."""
    rows = [cells(outcome, scale=scale) for outcome in outcomes]
    made = []
    for name, dtype in found.schema.items():
        values = [row.get(name) for row in rows]
        column = found[name]
        more = nw.new_series(name, values, dtype, backend=found.implementation)
        made.append(column.scatter(list(at), more))
    return found.select(*made)


def cells(outcome: Outcome, *, scale: int) -> Mapping[str, Any]:
    """
    What one sheet came to, under the names of the columns that there may be; what is not there is nothing.

    Raises `UsageError` K616 for a total that no column holds.
    """
    plan: Plan = outcome.plan
    found: dict[str, Any] = {"status": outcome.status}
    if outcome.status == "complete":
        total = outcome.root.score
        if total is not None:
            found["total"], found["total.scaled"] = float_of(total), int(total * scale)
            if abs(total * scale) > WIDEST[1]:
                raise UsageError([Diagnostic("K616", ("total",), {"name": "total"})])
        held = outcome.grades.get("total")
        for grade in plan.root.grades:
            if grade.id == held:
                found["grade"] = held
                for name, award in grade.model.awards.items():
                    found[f"awards.{name}"] = award.amount
                    found[f"awards.{name}.from"], found[f"awards.{name}.to"] = award.low, award.high
    for path, result in outcome.nodes.items():
        node = result.plan
        if result.status == SCORED and result.score is not None:
            found[f"{path}.score"] = float_of(result.score)
        if isinstance(node, PlannedIndicator) and result.status in (SCORED, UNSCORED):
            reached = result.band or result.step
            ids = [each.id for each in node.bands] or [each.id for each in node.ladder]
            found[f"{path}.band"] = None if reached is None else ids.index(reached.id)
    return found
