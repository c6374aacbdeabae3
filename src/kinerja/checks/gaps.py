"""Gap: an answer inside the domain that no band holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kinerja.checks.cells import configurations, domain, untried
from kinerja.checks.words import key_of, said, shown_by
from kinerja.errors import Diagnostic
from kinerja.intervals import IntervalSet
from kinerja.plan import Plan, PlannedIndicator

__all__ = ["gaps"]


def gaps(plan: Plan) -> Iterator[Diagnostic]:
    """Every stretch of a measure, or combination of answers, that no band of its indicator holds."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator) and node.bands:
            location = (*node.location, key_of(node))
            found = _uncovered(plan, node)
            if found is None:
                yield untried(plan, [band.rule for band in node.bands], node.path, location)
            elif found:
                region, answers = found
                values = {"name": node.path, "region": region, **shown_by(plan, answers)}
                yield Diagnostic("K203", location, values)


def _uncovered(plan: Plan, node: PlannedIndicator) -> tuple[str, Mapping[str, Any]] | tuple[()] | None:
    """What no band holds, with answers in it; empty where there is nothing, None where there is too much to try."""
    measure = node.measure
    if measure is not None and node.regions is not None:
        whole = domain(measure)
        pieces = [piece for band in node.bands for piece in band.rule.numbers()]
        left = whole - IntervalSet.of(*pieces).on_step(whole.step)
        return () if left.is_empty else (str(left), {measure.name: left.example()})
    tried = configurations(plan, [band.rule for band in node.bands])
    if tried is None:
        return None
    for configuration in tried:
        if not any(band.rule.holds(configuration) for band in node.bands):
            return said(configuration), configuration
    return ()
