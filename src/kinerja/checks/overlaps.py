"""Overlap: an answer that two bands of one indicator both hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from kinerja.checks.cells import configurations, domain
from kinerja.checks.commas import comma
from kinerja.checks.placed import line_of
from kinerja.checks.words import key_of, said, shown_by
from kinerja.errors import Diagnostic, Phrase
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
) -> Iterator[tuple[PlannedBand, PlannedBand, str, Mapping[str, Any]]]:
    measure = node.measure
    if measure is not None and node.regions is not None:
        whole = domain(measure)
        # Only bands that some stretch or end of the number line meets together can overlap.
        meeting: set[tuple[int, int]] = set()
        before: tuple[int, ...] = ()
        for answer in node.regions.answers:
            # Those that met further left are known; only who comes new meets anybody new.
            for new in set(answer).difference(before):
                meeting.update((min(new, each), max(new, each)) for each in answer if each != new)
            before = answer
        for one, other in ((node.bands[i], node.bands[j]) for i, j in sorted(meeting)):
            both = whole & one.rule.numbers(step=whole.step) & other.rule.numbers(step=whole.step)
            if not both.is_empty:
                yield one, other, str(both), {measure.name: both.example()}
        return
    found = set()
    for configuration in configurations(plan, [band.rule for band in node.bands]) or ():
        holding = [band for band in node.bands if band.rule.holds(configuration)]
        for one, other in combinations(holding, 2):
            if (one.id, other.id) not in found:
                found.add((one.id, other.id))
                yield one, other, said(configuration), configuration
