"""What nodes come to, and what their names then mean to a condition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from kinerja.engine.columns.lines import Whole, inside
from kinerja.engine.columns.terms import (
    Term,
    Truth,
    all_of,
    any_of,
    joined,
    negated,
    number,
)
from kinerja.intervals import IntervalSet
from kinerja.plan import (
    PlannedNode,
)
from kinerja.plan.rules import NO_SCORE, Test

__all__ = ["STATES", "Asked", "Came", "GradeOf", "Graded", "OneOf", "ScoreOf", "Stage", "is_at"]

#: What a node can have come to.
STATES = ("scored", "missed", "invalid", "unscored", "left")
#: What is evaluated: a score or a grade, and of which node.
Stage: TypeAlias = tuple[str, str]


def is_at(place: Term, at: int) -> Truth:
    """Whether a place is this one."""
    return place.equals(number(at))


class Came:
    """What a node came to: of the first five exactly one holds in every row."""

    def __init__(
        self,
        *,
        scored: Truth = False,
        missed: Truth = False,
        invalid: Truth = False,
        unscored: Truth = False,
        left: Truth = False,
        problem: Truth = False,
        score: Whole | None = None,
    ) -> None:
        self.scored = scored
        self.missed = missed
        self.invalid = invalid
        self.unscored = unscored
        #: Not applicable, or left out of its group because nobody answered.
        self.left = left
        self.excluded: Truth = False
        #: Where something is wrong with the node itself, and not with what it is made of.
        self.problem = problem
        self.score = score
        #: The place of the band or rung that it was scored by, and where there is one.
        self.band: Term | None = None
        self.banded: Truth = False
        #: Whether it is left out only where its own condition, on listed answers, says so.
        self.is_plain = True


class Graded:
    """The grade of a node: its place, and where there is one, none on purpose, or another state instead."""

    def __init__(
        self, place: Term, held: Truth, none: Truth, missing: Truth, bad: Truth, left: Truth
    ) -> None:
        self.place = place
        self.held = held
        self.none = none
        self.missing = missing
        self.bad = bad
        self.left = left


class ScoreOf:
    """What the name of a score means to a condition."""

    def __init__(self, came: Came) -> None:
        self.came = came
        self.ok = any_of([came.scored, came.unscored])
        self.bad, self.left, self.missing = came.invalid, came.left, came.missed

    def passes(self, test: Test) -> Truth:
        """Whether there is a score, or none on purpose, that the test lets pass."""
        came = self.came
        without = all_of([came.unscored, test.holds(NO_SCORE)])
        if not isinstance(test.allowed, IntervalSet):
            return any_of([without, all_of([came.scored, not test.holds(NO_SCORE)])])
        assert came.score is not None
        return any_of([without, all_of([came.scored, inside(came.score, test.allowed)])])


class GradeOf:
    """What the name of a grade means to a condition."""

    def __init__(self, node: PlannedNode, graded: Graded) -> None:
        self.node = node
        self.graded = graded
        self.ok = any_of([graded.held, graded.none])
        self.bad, self.left, self.missing = graded.bad, graded.left, graded.missing

    def passes(self, test: Test) -> Truth:
        """Whether there is a grade that the test lets pass."""
        places = [at for at, grade in enumerate(self.node.grades) if test.holds(grade.id)]
        held = any_of(is_at(self.graded.place, at) for at in places)
        return any_of([all_of([self.graded.held, held]), all_of([self.graded.none, test.holds(NO_SCORE)])])


class Asked:
    """A rule in every row: it holds, it does not, or that hangs on what is missing or cannot be used."""

    def __init__(self, yes: Truth, no: Truth, unusable: Truth) -> None:
        self.yes = yes
        self.no = no
        self.open = negated(any_of([yes, no]))
        #: Where one of its ways hangs on something that cannot be used.
        self.unusable = unusable


class OneOf:
    """Of several rules the one that holds."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.yes = [each.yes for each in asked]
        none = negated(any_of(self.yes))
        waiting = any_of(each.open for each in asked)
        unusable = any_of(all_of([each.open, each.unusable]) for each in asked)
        counts = [
            each.as_whole() if isinstance(each, Term) else number(int(each))
            for each in self.yes
            if each is not False
        ]
        if counts:
            summed = joined(counts, lambda a, b: a + b)
            self.one: Truth = summed.equals(number(1))
            several: Truth = summed > number(1) if len(counts) > 1 else False
        else:
            self.one, several = False, False
        self.bad = all_of([none, unusable])
        self.missing = all_of([none, waiting, negated(unusable)])
        self.problem = any_of([several, all_of([none, negated(waiting)])])
