"""Hole: a score that can occur and has no grade."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import reduce
from itertools import islice
from typing import Any

from kinerja import numbers
from kinerja.checks.cells import allowed
from kinerja.checks.reachable import Configuration, reached
from kinerja.checks.spans import Span
from kinerja.errors import Diagnostic
from kinerja.intervals import IntervalSet
from kinerja.lattices import MEMBERS, Lattice
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.regions import Regions

__all__ = ["holes"]

#: So many scores are named; the rest is counted.
NAMED = 5


def holes(plan: Plan) -> Iterator[Diagnostic]:
    """Every graded group with a score that can occur and that no grade holds, with a sheet that comes to it."""
    waiting: list[PlannedNode] = [plan.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, PlannedGroup):
            waiting += reversed(node.children)
            if node.grades and node.model.combine:
                yield from _of(plan, node)


def _of(plan: Plan, node: PlannedGroup) -> Iterator[Diagnostic]:
    location = (*node.location, "grades")
    own = f"{node.path}.score"
    named = {name for grade in node.grades for name in grade.rule.names} - {own}
    if named & plan.references.keys():
        yield Diagnostic("K210", location, {"name": node.path})
        return
    found = reached(plan, node=node, left_out=True)
    if not found.is_complete or not all(map(_can_be_gone_through, found.configurations)):
        yield Diagnostic("K221", location, {"name": node.path})
        return
    #: By code: the scores, in the order in which they are met, each with the configuration that has it.
    told: dict[str, dict[str, tuple[Configuration, Fraction]]] = {}
    for configuration in found.configurations:
        for code, score, said in _in(node, own, configuration):
            told.setdefault(code, {}).setdefault(said, (configuration, score))
    for code, scores in told.items():
        configuration, score = next(iter(scores.values()))
        values: dict[str, Any] = {
            "name": node.path,
            "scores": list(islice(scores, NAMED)),
            "count": len(scores),
        }
        sheet = configuration.sheet(score)
        if sheet is not None:
            values["sheet"] = sheet
        yield Diagnostic(code, location, values)


def _in(node: PlannedGroup, own: str, configuration: Configuration) -> Iterator[tuple[str, Fraction, str]]:
    """The scores of one configuration without a grade: that occur (K218), and that may occur (K222)."""
    sets = [allowed(grade.rule, own, configuration.facts) for grade in node.grades]
    totals = configuration.totals
    if isinstance(totals, Lattice):
        regions = Regions(sets)
        yield from (("K218", score, numbers.text(score)) for score in totals if not regions.find(score))
    else:
        assert isinstance(totals, Span)
        left = totals.numbers - reduce(IntervalSet.__or__, sets)
        example = left.example()
        if example is not None:
            proved = totals.is_exact and configuration.sheet(example) is not None
            yield "K218" if proved else "K222", example, str(left)


def _can_be_gone_through(configuration: Configuration) -> bool:
    totals = configuration.totals
    return isinstance(totals, Span) or (totals is not None and len(totals) <= MEMBERS)
