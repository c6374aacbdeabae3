"""Overlap: an answer that two bands of one indicator both hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import combinations
from typing import Any

from kinerja.checks.applying import applying, cells_of, sheet_of
from kinerja.checks.boxes import Box, joined
from kinerja.checks.cells import configurations, domain
from kinerja.checks.commas import comma
from kinerja.checks.placed import line_of
from kinerja.checks.words import key_of, numbers_of, said_of_boxes, shown_by
from kinerja.errors import Diagnostic, Phrase
from kinerja.intervals import IntervalSet
from kinerja.model import Bands
from kinerja.plan import Plan, PlannedBand, PlannedIndicator

__all__ = ["overlaps"]


def overlaps(plan: Plan) -> Iterator[Diagnostic]:
    """Every pair of bands of one indicator that an answer meets at once, with the answers that do."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator):
            for one, other, region, answers in _pairs(plan, node):
                location = (*node.location, key_of(node), other.id)
                values: dict[str, object] = {
                    "name": node.path,
                    "bands": [one.id, other.id],
                    "region": region,
                    "first": line_of(plan, (*location[:-1], one.id)),
                    "comma": _comma(node, one, other),
                }
                yield Diagnostic("K204", location, {**values, **shown_by(plan, answers)})


def _comma(node: PlannedIndicator, one: PlannedBand, other: PlannedBand) -> Phrase | str:
    """What the commas in the conditions of two bands mean; levels never overlap."""
    assert isinstance(node.model, Bands)
    return comma(*(node.model.bands[each.id].when for each in (one, other)))


def _pairs(
    plan: Plan, node: PlannedIndicator
) -> Iterator[tuple[PlannedBand, PlannedBand, Any, Mapping[str, Any]]]:
    measure = node.measure
    if measure is None or node.regions is None:
        yield from _among_cells(plan, node)
        return
    whole = domain(measure)
    # Only bands that some stretch or end of the number line meets together can overlap.
    meeting: set[tuple[int, int]] = set()
    before: tuple[int, ...] = ()
    for answer in node.regions.answers:
        # Those that met further left are known; only who comes new meets anybody new.
        for new in set(answer).difference(before):
            meeting.update((min(new, each), max(new, each)) for each in answer if each != new)
        before = answer
    around = applying(plan, node) if meeting else []
    for one, other in ((node.bands[i], node.bands[j]) for i, j in sorted(meeting)):
        both = whole & one.rule.numbers(step=whole.step) & other.rule.numbers(step=whole.step)
        parts = [(both & box.get(measure.name, both), box) for box in around]
        parts = [(part, box) for part, box in parts if not part.is_empty]
        if parts:
            part, box = parts[0]
            region = reduce(IntervalSet.__or__, (part for part, _ in parts))
            yield one, other, numbers_of(region), sheet_of(plan, {measure.name: part.example()}, box)


def _among_cells(
    plan: Plan, node: PlannedIndicator
) -> Iterator[tuple[PlannedBand, PlannedBand, Any, Mapping[str, Any]]]:
    """Combinations of answers; of too many nothing is claimed, which is told with the gaps."""
    rules = [band.rule for band in node.bands]
    tried = configurations(plan, rules)
    if tried is None or all(sum(bool(rule.holds(each)) for rule in rules) < 2 for each in tried):
        return
    found: dict[tuple[int, int], list[tuple[Box, dict[str, Any], Box]]] = {}
    for each in cells_of(plan, node, rules) or ():
        holding = [at for at, rule in enumerate(rules) if rule.holds(each[1])]
        for pair in combinations(holding, 2):
            found.setdefault(pair, []).append(each)
    for (one, other), cells in found.items():
        _, answers, box = cells[0]
        region = said_of_boxes(plan, joined([cell for cell, _, _ in cells]))
        yield node.bands[one], node.bands[other], region, sheet_of(plan, answers, box)
