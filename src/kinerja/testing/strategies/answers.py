"""
The answers that one fact accepts: on every bound that something in the rubric sets to it, beside it, and between.

They are listed once for a rubric; drawing one is then a choice from a list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import ceil, floor
from typing import Any

from attrs import define, frozen
from hypothesis import strategies as st

from kinerja.checks.scores import runs
from kinerja.intervals import EVERYTHING, Interval, IntervalSet
from kinerja.plan import PlannedFact, PlannedIndicator
from kinerja.plan.rules import Rule
from kinerja.writing import decimal_part, text

__all__ = ["Answer", "Answers", "around", "spelt", "unit"]

#: The distance between the numbers that are drawn from a domain without steps.
GRID = Fraction(1, 100)
#: How far beyond the outermost bound numbers are drawn where the domain has no end.
BEYOND = 100
#: A number that any float can hold, roughly.
LARGEST = 10**300
#: Bounds of a number that nothing bounds.
NOWHERE = (Fraction(0), Fraction(1))
#: So many answers are a set's own, tried in each combination of two.
OPTIONS = 12


@frozen
class Answer:
    """One answer: as a program may state it, and as conditions are asked of it."""

    said: Any
    meant: Any


def unit(bound: Fraction) -> Fraction:
    """
    One unit in the last printed decimal of a bound; of one that is printed as a fraction, its share.

    >>> unit(Fraction("40.01")), unit(Fraction(30)), unit(Fraction(2, 3))
    (Fraction(1, 100), Fraction(1, 1), Fraction(1, 3))
    """
    digits = decimal_part(bound)
    return Fraction(1, bound.denominator) if digits is None else Fraction(1, 10 ** len(digits))


def around(bound: Fraction, step: Fraction | None) -> Iterator[Fraction]:
    """
    A bound and its neighbours: one step to either side, or one unit in the last printed decimal.

    Of a bound that lies on no step, the steps on either side.

    >>> [str(number) for number in around(Fraction("40.5"), None)]
    ['81/2', '202/5', '203/5']
    """
    if step is not None and bound % step:
        yield from (floor(bound / step) * step, ceil(bound / step) * step)
        return
    width = unit(bound) if step is None else step
    yield from (bound, bound - width, bound + width)


def spelt(number: Fraction) -> list[Any]:
    """
    The same number as the types in which a program may hold it.

    >>> spelt(Fraction(5, 2)), spelt(Fraction(1, 3))
    ([Decimal('2.5'), 2.5, Fraction(5, 2)], [Fraction(1, 3)])
    """
    ways: list[Any] = []
    if number.denominator == 1:
        ways.append(int(number))
    elif decimal_part(number) is not None:
        ways.append(Decimal(text(number)))
    # Beyond, a float is no number any more.
    if ways and abs(number) < LARGEST and Fraction(str(float(number))) == number:
        ways.append(float(number))
    return [*ways, number]


@define(eq=False, slots=False)
class Answers:
    """All that one fact of a plan may be answered with."""

    fact: PlannedFact
    bounds: tuple[Fraction, ...]
    pool: tuple[Answer, ...]
    #: Stretches of the domain, each as the first and the last of the numbers on its grid.
    stretches: tuple[tuple[int, int], ...] = ()
    grid: Fraction = GRID

    @classmethod
    def of(
        cls,
        fact: PlannedFact,
        rules: Iterable[Rule],
        *,
        more: Iterable[Fraction] = (),
        node: PlannedIndicator | None = None,
    ) -> Answers:
        """The answers to a fact that these rules ask for; `more` are bounds that are set to it otherwise."""
        if fact.kind == "number":
            return cls._number(fact, rules, more)
        if fact.kind == "yes-no":
            found: list[Any] = [True, False]
        elif fact.kind == "choice":
            found = list(fact.options)
        else:
            found = _sets(fact, node)
        meant = frozenset if fact.kind == "set" else lambda answer: answer
        return cls(fact, (), tuple(Answer(each, meant(each)) for each in found))

    @classmethod
    def _number(cls, fact: PlannedFact, rules: Iterable[Rule], more: Iterable[Fraction]) -> Answers:
        domain = fact.domain if fact.domain is not None else EVERYTHING
        tests = (test for rule in rules for way in rule.ways for test in way if test.name == fact.name)
        asked = [test.allowed.cuts() for test in tests if isinstance(test.allowed, IntervalSet)]
        cuts = dict.fromkeys(cut for each in (domain.cuts(), *asked, tuple(more)) for cut in each)
        bounds = tuple(cuts) or NOWHERE
        found = {number for bound in bounds for number in around(bound, fact.step)}
        if fact.rounding is not None:
            # What is rounded to a bound, and what just is not.
            half = fact.rounding.to / 2
            halves = [bound + way * half for bound in bounds for way in (-1, 1)]
            found |= {number for bound in halves for number in around(bound, None)}
        accepted = domain.on_step(fact.step)
        numbers = sorted((each for each in found if each in accepted), key=_simplest_first)
        pool = [Answer(said, _meant(fact, number)) for number in numbers for said in spelt(number)]
        grid = fact.step or min([GRID, *map(unit, bounds)])
        stretches = tuple(_stretches(domain, bounds, grid))
        example = accepted.example()
        if not pool and example is not None:
            # A domain of which every bound and every neighbour lies outside, such as (0..0.1).
            pool = [Answer(said, _meant(fact, example)) for said in spelt(example)]
        return cls(fact, bounds, tuple(pool), stretches, grid)

    def drawn(self, draw: st.DrawFn) -> Answer:
        """Mostly an answer of the list; now and then any number of the domain, or any set of options."""
        at = draw(self._which)
        if at < len(self.pool):
            return self.pool[at]
        if self.fact.kind == "set":
            chosen = draw(st.lists(st.sampled_from(self.fact.options), unique=True))
            return Answer(tuple(chosen), frozenset(chosen))
        return self._at(draw(self._anywhere))

    @cached_property
    def _which(self) -> st.SearchStrategy[int]:
        size = len(self.pool)
        listed = not self.stretches and self.fact.kind != "set"
        return st.integers(0, size - 1 if listed else size + size // 3)

    @cached_property
    def _anywhere(self) -> st.SearchStrategy[int]:
        return st.integers(0, sum(last - first + 1 for first, last in self.stretches) - 1)

    def _at(self, index: int) -> Answer:
        """The number at an index, counted through all stretches."""
        ends = list(accumulate(last - first + 1 for first, last in self.stretches))
        at = bisect_right(ends, index)
        number = (self.stretches[at][1] + 1 - (ends[at] - index)) * self.grid
        return Answer(spelt(number)[0], _meant(self.fact, number))


def _meant(fact: PlannedFact, number: Fraction) -> Fraction:
    return number if fact.rounding is None else fact.rounding.apply(number)


def _simplest_first(number: Fraction) -> tuple[int, Fraction, bool]:
    """What Hypothesis shrinks to stands first: few decimals, small, positive."""
    return number.denominator, abs(number), number < 0


def _stretches(
    domain: IntervalSet, bounds: tuple[Fraction, ...], grid: Fraction
) -> Iterator[tuple[int, int]]:
    lowest, highest = min(bounds) - BEYOND, max(bounds) + BEYOND
    for piece in domain & IntervalSet.of(Interval(lowest, highest)):
        assert piece.low is not None
        assert piece.high is not None
        low, high = piece.low / grid, piece.high / grid
        first = ceil(low) if piece.low_closed else floor(low) + 1
        last = floor(high) if piece.high_closed else ceil(high) - 1
        if first <= last:
            yield first, last


def _sets(fact: PlannedFact, node: PlannedIndicator | None) -> list[tuple[str, ...]]:
    """The unbroken runs of a ladder, then whatever else a few of the options make."""
    climbed = [tuple(sorted(run)) for run in runs(node)] if node is not None else []
    one_missing = [tuple(each for each in fact.options if each != out) for out in fact.options[:OPTIONS]]
    single = [(each,) for each in fact.options[:OPTIONS]]
    return list(dict.fromkeys([(), *climbed, *single, *one_missing, tuple(fact.options)]))
