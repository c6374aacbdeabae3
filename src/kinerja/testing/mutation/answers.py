"""The answers that two rubrics can tell apart: one of each cell that the bounds of either cut a fact's answers into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from attrs import frozen

from kinerja.checks.cells import domain, rules_of
from kinerja.checks.scores import operands
from kinerja.checks.totals import parts
from kinerja.feel import MISSING
from kinerja.intervals import Interval, IntervalSet
from kinerja.numbers import Rounding
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule
from kinerja.testing.mutation.scope import names_of, nodes_of

__all__ = ["Answers", "Cells", "cells_of"]

#: How many options of a set are tried in every combination, and how many numbers one by one.
OPTIONS = 8
POINTS = 200


@frozen
class Answers:
    """Answers to one fact, and that there is none; `is_exact` where no other answer could tell the two apart."""

    values: tuple[Any, ...]
    is_exact: bool = True


@frozen
class Cells:
    """Answers to all facts that some nodes hang on."""

    of: Mapping[str, Answers]

    @property
    def count(self) -> int:
        """How many combinations there are."""
        count = 1
        for each in self.of.values():
            count *= len(each.values)
        return count

    @property
    def is_exact(self) -> bool:
        """Whether two rubrics that agree on all of them agree on everything."""
        return all(each.is_exact for each in self.of.values())


def cells_of(base: Plan, other: Plan, paths: Iterable[str], *, reads_alike: bool) -> Cells:
    """
    The answers to everything that some nodes hang on, by either rubric.

    `reads_alike` says that a number which enters a score does so in the same way in both: then a cell of its numbers
    stands for all of them.
    """
    plans = (base, other)
    paths = list(paths)
    nodes = [node for planned in plans for node in nodes_of(planned, paths)]
    rules = list(rules_of(nodes))
    entering = {name for node in nodes if isinstance(node, PlannedIndicator) for name in operands(node)}
    computing = {part for name in base.facts for part in parts(base, name)}
    roundings = [node.model.round for node in nodes if node.model.round is not None]
    found = {}
    for name in names_of(base, nodes_of(base, paths)):
        facts = [planned.facts[name] for planned in plans]
        answers = _of(facts, rules, roundings if name in entering else [])
        if name in entering and not reads_alike:
            answers = _all_of(facts) or Answers(answers.values, is_exact=False)
        if facts[0].model != facts[1].model and (facts[0].operands or name in computing):
            # What is computed from it meets the bounds of other facts wherever it likes.
            answers = Answers(answers.values, is_exact=False)
        # What can be left out of a sheet is left out first, so that the sheet that is found says no more than it must.
        found[name] = Answers((MISSING, *answers.values, *_beside(nodes, name)), answers.is_exact)
    return Cells(found)


def _beside(nodes: Sequence[PlannedNode], name: str) -> Iterator[Any]:
    """What may be said of a measure instead of an answer: that its node does not apply."""
    if any(node.path == name and node.model.may_not_apply for node in nodes):
        yield {"not-applicable": "–"}


def _of(facts: Sequence[PlannedFact], rules: Sequence[Rule], roundings: Sequence[Rounding]) -> Answers:
    kind = facts[0].kind
    if kind == "number":
        return Answers(tuple(_numbers(facts, rules, roundings)))
    if kind == "yes-no":
        return Answers((True, False))
    options = facts[0].options
    if kind == "choice":
        return Answers(options)
    if len(options) > OPTIONS:
        runs = tuple(options[:count] for count in range(len(options) + 1))
        return Answers((*runs, *((each,) for each in options)), is_exact=False)
    sizes = range(len(options) + 1)
    return Answers(tuple(chosen for size in sizes for chosen in combinations(options, size)))


def _all_of(facts: Sequence[PlannedFact]) -> Answers | None:
    """Every number that a fact can be, where they are few; and one beyond each end."""
    sets = [domain(fact) for fact in facts]
    step = facts[0].step
    # A number that is rounded is stated before it is.
    if step is None or any(fact.rounding is not None for fact in facts):
        return None
    if not all(each.count is not None and 0 < each.count <= POINTS for each in sets):
        return None
    points = sorted({point for each in sets for point in each.points()})
    return Answers((*points, points[0] - step, points[-1] + step))


def _numbers(
    facts: Sequence[PlannedFact], rules: Sequence[Rule], roundings: Sequence[Rounding]
) -> Iterator[Fraction]:
    """The bounds of a number, and a number of each stretch between them: the bounds first, each in ascending order."""
    sets = [fact.domain for fact in facts if fact.domain is not None]
    name = facts[0].name
    sets += [
        test.allowed
        for rule in rules
        for way in rule.ways
        for test in way
        if test.name == name and isinstance(test.allowed, IntervalSet)
    ]
    cuts = {cut for each in sets for cut in each.cuts()} or {Fraction(0)}
    for to in {fact.rounding.to for fact in facts if fact.rounding is not None}:
        # Every way to round changes only at halves of its step.
        cuts |= {(cut // to + Fraction(half, 2)) * to for cut in cuts for half in range(-2, 5)}
    for rounding in roundings:
        cuts |= {(cut + Fraction(half, 2) * rounding.to) for cut in set(cuts) for half in range(-5, 6)}
    step = facts[0].step
    if step is not None:
        on_step = {each * step for cut in cuts for each in (cut // step + way for way in (-1, 0, 1, 2))}
        yield from sorted(on_step, key=lambda number: (number not in cuts, number))
        return
    yield from sorted(cuts)
    ordered = sorted(cuts)
    spans = [(None, ordered[0]), *pairwise(ordered), (ordered[-1], None)]
    for low, high in spans:
        between = IntervalSet.of(Interval(low, high, low_closed=False, high_closed=False)).example()
        assert between is not None
        yield between
