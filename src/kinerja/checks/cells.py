"""The cells that tests cut the answers of facts into: one value stands for each, so that all can be tried."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from kinerja.errors import Diagnostic
from kinerja.intervals import EVERYTHING, NOTHING, Interval, IntervalSet
from kinerja.numbers import Rounding
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule

__all__ = [
    "LIMIT",
    "about",
    "allowed",
    "answer_in",
    "cells",
    "configurations",
    "domain",
    "every_rule",
    "pieces",
    "rounded",
    "rules_of",
    "untried",
]

#: How many combinations are tried at most; beyond, nothing is claimed.
LIMIT = 100_000


def domain(fact: PlannedFact) -> IntervalSet:
    """Every number that a fact can be when it is tested: its domain on its steps, after its own rounding."""
    found = fact.domain if fact.domain is not None else EVERYTHING
    if fact.rounding is not None:
        return rounded(found, fact.rounding)
    return found.on_step(fact.step)


def rounded(found: IntervalSet, rounding: Rounding) -> IntervalSet:
    """The multiples that the numbers of a dense set are rounded to."""
    stepped = found.on_step(rounding.to)
    extra = [rounding.apply(end) for piece in found for end in _ends(piece, rounding.to / 2)]
    return stepped | IntervalSet.of(*extra, step=rounding.to)


def _ends(piece: Interval, half: Fraction) -> Iterator[Fraction]:
    """
    A number that is rounded like all those next to each end of a piece.

    Rounding changes only at halves of its step; an end that does not belong to the piece is stepped away from.
    """
    if piece.low is not None:
        edge = (piece.low // half + 1) * half
        beyond = edge if piece.high is None else min(edge, piece.high)
        yield piece.low if piece.low_closed else (piece.low + beyond) / 2
    if piece.high is not None:
        edge = (-(-piece.high // half) - 1) * half
        beyond = edge if piece.low is None else max(edge, piece.low)
        yield piece.high if piece.high_closed else (piece.high + beyond) / 2


def every_rule(plan: Plan) -> Iterator[Rule]:
    """Every condition of a rubric."""
    return rules_of(plan.nodes.values())


def rules_of(nodes: Iterable[PlannedNode]) -> Iterator[Rule]:
    """Every condition that some nodes ask: around them, of weights, gates, grades and bands, and of cases."""
    for node in nodes:
        yield from node.around
        yield from (weight.rule for weight in node.weights if weight.rule is not None)
        yield from (gate.rule for gate in node.gates)
        yield from (grade.rule for grade in node.grades)
        if isinstance(node, PlannedIndicator):
            yield from (band.rule for band in node.bands)
            yield from (case.rule for each in node.amounts for case in each.cases if case.rule is not None)


def pieces(fact: PlannedFact, rules: Iterable[Rule]) -> list[Any]:
    """The cells that the rules cut a fact's answers into, each as a set of answers."""
    if fact.kind != "number":
        return [frozenset({each}) for each in (fact.options if fact.kind == "choice" else (True, False))]
    whole = domain(fact)
    found = [whole]
    for rule in rules:
        for test in (test for way in rule.ways for test in way if test.name == fact.name):
            allowed = test.allowed.on_step(whole.step)
            found = [
                part for piece in found for part in (piece & allowed, piece - allowed) if not part.is_empty
            ]
    return found


def cells(fact: PlannedFact, rules: Iterable[Rule]) -> list[Any]:
    """One answer of each cell that the rules cut a fact's answers into."""
    return [answer for piece in pieces(fact, rules) if (answer := answer_in(piece)) is not None]


def answer_in(piece: Any) -> Any:
    """One answer of a cell; None of an empty one."""
    return piece.example() if isinstance(piece, IntervalSet) else next(iter(piece))


def untried(plan: Plan, rules: Iterable[Rule], name: str, location: tuple[str, ...]) -> Diagnostic:
    """Why nothing is claimed of a node whose combinations of answers were not tried."""
    if any(plan.references.keys() & rule.names for rule in rules):
        return Diagnostic("K210", location, {"name": name})
    return Diagnostic("K209", location, {"name": name, "limit": LIMIT})


def configurations(plan: Plan, rules: Iterable[Rule]) -> Iterator[dict[str, Any]] | None:
    """
    Every combination of answers that the rules can tell apart; None where there are too many to try.

    None as well where a rule asks what a node came to: not every combination of that with facts can occur.
    """
    asked = list(rules)
    names = dict.fromkeys(name for rule in asked for name in rule.names)
    if plan.references.keys() & names:
        return None
    answers = {name: cells(plan.facts[name], asked) for name in names}
    count = 1
    for each in answers.values():
        count *= len(each)
    if count > LIMIT:
        return None
    return (dict(zip(answers, values, strict=True)) for values in product(*answers.values()))


def about(rule: Rule, names: Container[str]) -> Rule:
    """What a rule asks of these names, whatever it asks of others."""
    return Rule(tuple(tuple(test for test in way if test.name in names) for way in rule.ways))


def allowed(rule: Rule, own: str, facts: Mapping[str, Any]) -> IntervalSet:
    """The scores that a rule on a score holds in one configuration; `own` is the name of the score."""
    found = NOTHING
    for way in rule.ways:
        here = EVERYTHING
        for test in way:
            if test.name == own:
                # A test for an answer without a score holds every number or none.
                other = EVERYTHING if test.holds(Fraction(0)) else NOTHING
                here &= test.allowed if isinstance(test.allowed, IntervalSet) else other
            elif not test.holds(facts[test.name]):
                here = NOTHING
        found |= here
    return found
