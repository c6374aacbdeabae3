"""
Boxes: what conditions allow together, as one set of answers a name, without trying combinations one by one.

What is said to be impossible is so.  A box that is left can be answered where its names are independent of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from attrs import frozen

from kinerja.checks.cells import domain
from kinerja.intervals import EVERYTHING, NOTHING, IntervalSet
from kinerja.plan import Plan
from kinerja.plan.rules import NO_SCORE, Rule, Test

__all__ = ["Box", "Came", "boxes", "example", "joined", "region"]

#: How many boxes are kept at most; of more, nothing is claimed.
LIMIT = 2_000


@frozen
class Came:
    """What a node may have come to: a number, or no score on purpose."""

    numbers: IntervalSet
    is_unscored: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it can have come to nothing at all."""
        return self.numbers.is_empty and not self.is_unscored

    def __and__(self, other: Came) -> Came:
        # A score that is rounded is tested on its steps; tests themselves have none.
        step = self.numbers.step or other.numbers.step
        numbers = self.numbers.on_step(step) & other.numbers.on_step(step)
        return Came(numbers, self.is_unscored and other.is_unscored)


#: For each name the answers that are left: numbers, options, truth values, or what a node came to.
Box: TypeAlias = Mapping[str, Any]


def boxes(plan: Plan, rules: Iterable[Rule], *, within: Box | None = None) -> list[Box] | None:
    """
    The boxes in which all of these rules can hold at once; none where they cannot, None where they are too many.

    `within` narrows what names can be to begin with.
    """
    found: list[Box] = [within or {}]
    for rule in rules:
        joined: dict[tuple[Any, ...], Box] = {}
        for box in found:
            for way in rule.ways:
                both = _narrowed(plan, box, way)
                if both is not None:
                    joined[tuple(sorted(both.items(), key=lambda item: item[0]))] = both
        if len(joined) > LIMIT:
            return None
        found = list(joined.values())
    return found


def _narrowed(plan: Plan, box: Box, way: tuple[Test, ...]) -> Box | None:
    """What is left of a box where the tests of one way hold, too."""
    found = dict(box)
    for test in way:
        allowed = region(plan, test)
        left = allowed & found[test.name] if test.name in found else allowed
        if left.is_empty if isinstance(left, IntervalSet | Came) else not left:
            return None
        found[test.name] = left
    return found


def region(plan: Plan, test: Test) -> Any:
    """The answers inside its domain that a test allows."""
    fact = plan.facts.get(test.name)
    if fact is not None:
        if fact.kind != "number":
            return test.allowed
        whole = domain(fact)
        return whole & test.allowed.on_step(whole.step)
    if plan.references[test.name][1] == "grade":
        return test.allowed
    is_unscored = test.holds(NO_SCORE)
    if isinstance(test.allowed, IntervalSet):
        return Came(test.allowed, is_unscored)
    return Came(NOTHING if is_unscored else EVERYTHING, is_unscored)


def example(plan: Plan, box: Box) -> dict[str, Any]:
    """One answer to each fact of a box."""
    return {name: _answer(plan, name, left) for name, left in box.items() if name in plan.facts}


def _answer(plan: Plan, name: str, left: Any) -> Any:
    if isinstance(left, IntervalSet):
        return left.example()
    # In the order of the file, so that the same finding says the same in every run.
    return next(each for each in (*plan.facts[name].options, True, False) if each in left)


def joined(cells: Iterable[Box]) -> list[Box]:
    """
    The same answers in fewer boxes: those that differ in one name only become one.

    >>> a, b, c = (frozenset({each}) for each in "abc")
    >>> [sorted(box["l"]) for box in joined([{"l": a, "t": b}, {"l": b, "t": b}, {"l": a, "t": c}])]
    [['a', 'b'], ['a']]
    """
    found = list(cells)
    for name in found[0] if found else ():
        merged: dict[tuple[Any, ...], Box] = {}
        for box in found:
            rest = tuple(part for other, part in box.items() if other != name)
            before = merged.get(rest)
            merged[rest] = box if before is None else {**box, name: before[name] | box[name]}
        found = list(merged.values())
    return found
