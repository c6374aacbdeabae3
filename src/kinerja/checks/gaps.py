"""Gap: an answer inside the domain that no band holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

from kinerja.checks.applying import applying, cells_of, sheet_of
from kinerja.checks.boxes import joined
from kinerja.checks.cells import configurations, domain, untried
from kinerja.checks.words import key_of, numbers_of, said_of_boxes, shown_by
from kinerja.errors import Diagnostic
from kinerja.intervals import IntervalSet
from kinerja.plan import Plan, PlannedFact, PlannedIndicator

__all__ = ["gaps"]

#: What no band holds, in words, and a sheet with such answers.
_Gap = tuple[Any, Mapping[str, Any]]


def gaps(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every stretch of a measure, or combination of answers, that no band of its indicator holds.

    Answers by which the indicator does not apply, or its own gate refuses the sheet, need no band.
    """
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator) and node.bands:
            location = (*node.location, key_of(node))
            if node.measure is not None and node.regions is not None:
                found: _Gap | tuple[()] | None = _on_a_line(plan, node, node.measure)
            else:
                found = _among_cells(plan, node)
            if found is None:
                yield untried(plan, [band.rule for band in node.bands], node.path, location)
            elif found:
                region, answers = found
                values = {"name": node.path, "region": region, **shown_by(plan, answers)}
                yield Diagnostic("K203", location, values)


def _on_a_line(plan: Plan, node: PlannedIndicator, measure: PlannedFact) -> _Gap | tuple[()]:
    whole = domain(measure)
    pieces = [piece for band in node.bands for piece in band.rule.numbers()]
    left = whole - IntervalSet.of(*pieces).on_step(whole.step)
    if left.is_empty:
        return ()
    parts = [(left & box.get(measure.name, left), box) for box in applying(plan, node)]
    parts = [(part, box) for part, box in parts if not part.is_empty]
    if not parts:
        return ()
    part, box = parts[0]
    region = reduce(IntervalSet.__or__, (part for part, _ in parts))
    return numbers_of(region), sheet_of(plan, {measure.name: part.example()}, box)


def _among_cells(plan: Plan, node: PlannedIndicator) -> _Gap | tuple[()] | None:
    """Combinations of answers; None where there are too many to try."""
    rules = [band.rule for band in node.bands]
    tried = configurations(plan, rules)
    if tried is None:
        return None
    if all(any(rule.holds(each) for rule in rules) for each in tried):
        return ()
    cells = cells_of(plan, node, rules)
    if cells is None:
        return None
    left = [each for each in cells if not any(rule.holds(each[1]) for rule in rules)]
    if not left:
        return ()
    _, answers, box = left[0]
    return said_of_boxes(plan, joined([cell for cell, _, _ in left])), sheet_of(plan, answers, box)
