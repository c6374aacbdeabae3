"""Overlap: an answer that two bands of one indicator both hold."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kinerja.checks.cells import configurations, domain
from kinerja.checks.words import key_of, said
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedBand, PlannedIndicator

__all__ = ["overlaps"]


def overlaps(plan: Plan) -> Iterator[Diagnostic]:
    """Every pair of bands of one indicator that an answer meets at once, with the answers that do."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator):
            for one, other, region in _pairs(plan, node):
                location = (*node.location, key_of(node), other.id)
                values = {"name": node.path, "bands": [one.id, other.id], "region": region}
                yield Diagnostic("K204", location, values)


def _pairs(plan: Plan, node: PlannedIndicator) -> Iterator[tuple[PlannedBand, PlannedBand, str]]:
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
                yield one, other, str(both)
        return
    found = set()
    for configuration in configurations(plan, [band.rule for band in node.bands]) or ():
        holding = [band for band in node.bands if band.rule.holds(configuration)]
        for one, other in combinations(holding, 2):
            if (one.id, other.id) not in found:
                found.add((one.id, other.id))
                yield one, other, said(configuration)
