"""The answers that a fact's bounds ask for: each bound itself, and its neighbours one smallest step to either side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from kinerja.checks.cells import cells, every_rule
from kinerja.checks.scores import operands, runs
from kinerja.intervals import Interval, IntervalSet
from kinerja.plan import Plan, PlannedFact, PlannedIndicator
from kinerja.plan.rules import Rule, Test
from kinerja.writing import decimal_part

__all__ = ["Near", "around", "inside", "plain", "pool", "rules_on", "sets", "side", "tests_on", "unit"]

#: The smallest step at a bound that no decimal can write.
FINE = Fraction(1, 100)


#: How many numbers are tried of one that enters a score, and how far beyond its bounds.
POINTS = 16
FAR = Fraction(100)


class Near(NamedTuple):
    """A number at a bound or next to it."""

    value: Fraction
    bound: Fraction


def unit(bound: Fraction, step: Fraction | None = None) -> Fraction:
    """
    The smallest step at a bound: that of its fact, or else one unit in the last decimal that the bound is written with.

    >>> str(unit(Fraction("97.5"))), str(unit(Fraction(40))), str(unit(Fraction(40), Fraction("0.01")))
    ('1/10', '1', '1/100')
    """
    if step is not None:
        return step
    decimals = decimal_part(bound)
    return FINE if decimals is None else Fraction(1, 10 ** len(decimals))


def side(value: Fraction, bound: Fraction) -> str:
    """On which side of a bound a number lies."""
    return "at" if value == bound else "below" if value < bound else "above"


def around(fact: PlannedFact, bound: Fraction, *, stated: bool = False) -> Iterator[Near]:
    """
    A bound of a number and its neighbours, as a sheet may state them.

    Where the number is rounded before it is tested, also the places at which it becomes another; but not with `stated`,
    of a bound on what is stated.
    """
    rounding = fact.rounding
    if rounding is None or stated:
        step = fact.step
        if step is not None and bound % step:
            # The bound itself is no answer: those next to it are.
            below = bound // step * step
            found = [below, below + step]
        else:
            small = unit(bound, step)
            found = [bound - small, bound, bound + small]
    else:
        half, small = rounding.to / 2, rounding.to / 10
        turns = [bound - half, bound, bound + half]
        found = [bound - rounding.to, bound + rounding.to]
        found += [turn + shift for turn in turns for shift in (-small, Fraction(0), small)]
    yield from (Near(value, bound) for value in sorted(set(found)))


def tests_on(rules: Iterable[Rule], name: str) -> Iterator[Test]:
    """What rules ask of one name."""
    return (test for rule in rules for way in rule.ways for test in way if test.name == name)


def cuts(rules: Iterable[Rule], name: str) -> list[Fraction]:
    """The bounds that rules set to one number."""
    asked = (test.allowed for test in tests_on(rules, name) if isinstance(test.allowed, IntervalSet))
    return sorted({cut for allowed in asked for cut in allowed.cuts()})


def rules_on(plan: Plan, name: str) -> list[Rule]:
    """The conditions that ask for one name."""
    return [rule for rule in every_rule(plan) if name in rule.names]


def pool(plan: Plan, fact: PlannedFact) -> list[Any]:
    """The legal answers to a fact among which whole sheets are looked for: one of each cell, those at its bounds."""
    if fact.kind == "set":
        return list(sets(plan, fact))
    rules = rules_on(plan, fact.name)
    found = cells(fact, rules)
    if fact.kind == "number":
        bounds = [*cuts(rules, fact.name), *(fact.domain.cuts() if fact.domain is not None else ())]
        near = {each.value for bound in bounds for each in around(fact, bound)}
        entering = {name for node in _indicators(plan) for name in operands(node)}
        if fact.name in entering.union(*(each.operands.values() for each in plan.derived)):
            near |= set(_spread(fact, bounds or [Fraction(0)]))
        # A cell's number may only come of rounding.
        found = sorted({each for each in (*found, *near) if is_legal(fact, each)})
    return found


def _indicators(plan: Plan) -> Iterator[PlannedIndicator]:
    return (node for node in plan.nodes.values() if isinstance(node, PlannedIndicator))


def _spread(fact: PlannedFact, bounds: Sequence[Fraction]) -> Iterator[Fraction]:
    """Numbers near and far, of one that enters a score: no cell can stand for several of them."""
    low, high = min(bounds) - FAR, max(bounds) + FAR
    evenly = (low + (high - low) * at / POINTS for at in range(POINTS + 1))
    for number in (low - 9 * FAR, *evenly, high + 9 * FAR):
        yield number if fact.step is None else number // fact.step * fact.step


def plain(plan: Plan, fact: PlannedFact, answers: list[Any]) -> Any:
    """One answer of a fact away from its bounds, where there is room between them; else one from the middle."""
    if fact.kind == "number":
        bounds = sorted(
            {
                *cuts(rules_on(plan, fact.name), fact.name),
                *(fact.domain.cuts() if fact.domain is not None else ()),
            }
        )
        middles = [(low + high) / 2 for low, high in pairwise(bounds)]
        step = fact.step or (fact.rounding.to if fact.rounding is not None else None)
        # Halfway, or on the step below it.
        moved = [middle if step is None else middle // step * step for middle in middles]
        found = [each for each in moved if each not in bounds and is_legal(fact, each)]
        answers = found or answers or [Fraction(0)]
    return answers[len(answers) // 2]


def is_legal(fact: PlannedFact, number: Fraction) -> bool:
    """Whether a sheet may state a number."""
    on_step = fact.step is None or not number % fact.step
    return on_step and (fact.domain is None or number in fact.domain)


def sets(plan: Plan, fact: PlannedFact) -> Iterator[frozenset[str]]:
    """What is there at each step of a ladder, and everything but one thing: a run breaks where that is missing."""
    found: dict[frozenset[str], None] = {frozenset(): None}
    for node in _indicators(plan):
        if node.measure is fact:
            found.update(dict.fromkeys(runs(node)))
    whole = frozenset(fact.options)
    found[whole] = None
    found.update(dict.fromkeys(whole - {option} for option in fact.options))
    return iter(found)


def inside(plan: Plan, test: Test) -> list[Any]:
    """The corners of what a test allows: the outermost legal answers, or each option."""
    fact = plan.facts[test.name]
    if fact.kind != "number":
        # In the order of the file.
        return [option for option in (*fact.options, True, False) if option in test.allowed]
    legal = ~IntervalSet.of() if fact.domain is None else fact.domain
    found: set[Fraction] = set()
    for piece in test.allowed & legal:
        found |= set(_ends(fact, piece))
    return sorted(each for each in found if is_legal(fact, each))


def _ends(fact: PlannedFact, piece: Interval) -> Iterator[Fraction]:
    """The numbers of a piece next to its ends; one of it where there is no step between them."""
    own = IntervalSet.of(piece)
    ends = [near.value for end in (piece.low, piece.high) if end is not None for near in around(fact, end)]
    found = [each for each in ends if each in own]
    if found:
        yield min(found)
        yield max(found)
    else:
        example = own.on_step(fact.step).example()
        yield from () if example is None else (example,)
