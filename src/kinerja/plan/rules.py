"""Conditions on named facts, resolved and ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from typing import Any

from kinerja.feel import MISSING, NOT_APPLICABLE
from kinerja.intervals import IntervalSet

__all__ = ["BAD", "NO_SCORE", "Rule", "Test", "Unusable"]


class Unusable(Enum):
    """What is neither missing nor a value: something a problem was found with, and an answer without a score."""

    BAD = "invalid"
    NO_SCORE = "none"


BAD = Unusable.BAD
#: What a node came to that was answered with `score: none`.
NO_SCORE = Unusable.NO_SCORE


class Test:
    """One condition on one fact: the name, the question, and the set of answers it allows."""

    __slots__ = ("allowed", "holds", "name", "text")

    def __init__(
        self,
        name: str,
        text: str,
        allowed: IntervalSet | frozenset[Any],
        holds: Callable[[Any], bool],
    ) -> None:
        self.name = name
        self.text = text
        self.allowed: Any = allowed
        self.holds = holds


class Rule:
    """Tests of which all must hold, in at least one of several ways."""

    __slots__ = ("names", "ways")

    def __init__(self, ways: tuple[tuple[Test, ...], ...]) -> None:
        self.ways = ways
        self.names = tuple(dict.fromkeys(test.name for way in ways for test in way))

    def numbers(self, *, step: Fraction | None = None) -> IntervalSet:
        """The numbers that a rule on one number alone allows, on steps where it is counted in them."""
        found = IntervalSet.of(step=step)
        for way in self.ways:
            allowed = ~IntervalSet.of(step=step)
            for test in way:
                allowed = allowed & test.allowed.on_step(step)
            found = found | allowed
        return found

    def answers(self) -> frozenset[Any]:
        """The answers that a rule on one list of them alone allows."""
        return frozenset().union(
            *(frozenset.intersection(*(test.allowed for test in way)) for way in self.ways)
        )

    def open(self, values: Mapping[str, Any]) -> list[str]:
        """The names that an answer hangs on, where it hangs on any: those of the ways that no other test has closed."""
        found: dict[str, None] = {}
        for way in self.ways:
            asked = [test.name for test in way if values.get(test.name, MISSING) in (MISSING, BAD)]
            if all(test.name in asked or _passes(test, values[test.name]) for test in way):
                found.update(dict.fromkeys(asked))
        return list(found)

    def holds(self, values: Mapping[str, Any]) -> bool | None:
        """
        Whether the rule holds; None where that hangs on a fact that is missing or unusable.

        A test on something not applicable is false, also inside `not()`.
        """
        unknown = False
        for way in self.ways:
            state: bool | None = True
            for test in way:
                value = values.get(test.name, MISSING)
                if value is NOT_APPLICABLE:
                    state = False
                    break
                if value is MISSING or value is BAD:
                    state = None
                elif not test.holds(value):
                    state = False
                    break
            if state:
                return True
            unknown = unknown or state is None
        return None if unknown else False


def _passes(test: Test, value: Any) -> bool:
    return value is not NOT_APPLICABLE and test.holds(value)
