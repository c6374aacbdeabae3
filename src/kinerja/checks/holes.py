"""Hole: a score that can occur and has no grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import islice
from typing import Any

from kinerja.checks.cells import allowed
from kinerja.checks.irrational import is_irrational
from kinerja.checks.spans import Span
from kinerja.checks.totals import Configuration, reached
from kinerja.checks.words import numbers_of
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import SCORED
from kinerja.errors import Diagnostic
from kinerja.intervals import IntervalSet
from kinerja.lattices import MEMBERS, Lattice
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.regions import Regions
from kinerja.sheets import entries
from kinerja.writing import Figures

__all__ = ["holes"]

#: So many scores are named; the rest is counted.
NAMED = 5
#: So many scores that may be irrational are evaluated; of the others it is not known whether they occur.
CONFIRMED = 1_000


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
        for code, score, said in _in(plan, node, configuration):
            told.setdefault(code, {}).setdefault(said, (configuration, score))
    for code, scores in told.items():
        configuration, score = next(iter(scores.values()))
        values: dict[str, Any] = {
            "name": node.path,
            "scores": list(islice(scores, NAMED)),
            "count": len(scores),
        }
        sheet = configuration.sheet(score) if code == "K218" else None
        if sheet is not None:
            values["sheet"] = sheet
        yield Diagnostic(code, location, values)


def _in(plan: Plan, node: PlannedGroup, configuration: Configuration) -> Iterator[tuple[str, Fraction, str]]:
    """The scores of one configuration without a grade: that occur (K218), and that may occur (K222)."""
    sets = [allowed(grade.rule, f"{node.path}.score", configuration.facts) for grade in node.grades]
    totals = configuration.totals
    if isinstance(totals, Lattice):
        regions = Regions(sets)
        left_over = (score for score in totals if not regions.find(score))
        if is_irrational(plan, node):
            yield from _exact(plan, node, configuration, left_over)
        else:
            yield from (("K218", score, Figures.of(score)) for score in left_over)
    else:
        assert isinstance(totals, Span)
        left = totals.numbers - reduce(IntervalSet.__or__, sets)
        example = left.example()
        if example is not None:
            proved = totals.is_exact and configuration.sheet(example) is not None
            yield "K218" if proved else "K222", example, numbers_of(left)


def _exact(
    plan: Plan, node: PlannedGroup, configuration: Configuration, scores: Iterable[Fraction]
) -> Iterator[tuple[str, Fraction, str]]:
    """Of scores that may be irrational those with an exact value: a sheet with another is refused, and has no score."""
    for at, score in enumerate(scores):
        if at >= CONFIRMED:
            yield "K222", score, Figures.of(score)
            continue
        result = evaluate(plan, entries(configuration.sheet(score) or {})).nodes[node.path]
        if result.status == SCORED and not result.inexact:
            yield "K218", score, Figures.of(score)


def _can_be_gone_through(configuration: Configuration) -> bool:
    totals = configuration.totals
    return isinstance(totals, Span) or (totals is not None and len(totals) <= MEMBERS)
