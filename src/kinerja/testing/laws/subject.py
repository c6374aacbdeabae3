"""A rubric whose laws are tried, with everything about it that is worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Protocol

from attrs import evolve
from hypothesis import strategies as st

from kinerja.checks.totals import Reachable, reached
from kinerja.errors import Diagnostic, UsageError
from kinerja.evaluation import Evaluator
from kinerja.library import patched
from kinerja.mappings import FrozenMap
from kinerja.model import Bands, Group, Node, Rubric
from kinerja.numbers import text
from kinerja.plan import PlannedGroup
from kinerja.testing.facts import Facts
from kinerja.testing.listed import is_listed
from kinerja.testing.strategies.questions import Questions
from kinerja.testing.strategies.sheets import sheets
from kinerja.testing.ties import Ties
from kinerja.trail import Trail

__all__ = ["Evaluating", "Result", "Subject"]


class Result(Protocol):
    """What evaluating a sheet gives: all that a law looks at is the trail."""

    @property
    def trail(self) -> Trail:
        """Why each score is what it is."""
        ...


class _Evaluator(Protocol):
    def evaluate(self, facts: Mapping[str, Any], /) -> Result:
        """Score one sheet."""
        ...


class Evaluating(Protocol):
    """Whatever makes an evaluator of a rubric and some readings, as `kinerja.Evaluator` does."""

    def __call__(self, rubric: Rubric, /, *, readings: Mapping[str, str]) -> _Evaluator:
        """An evaluator of this rubric."""
        ...


class Subject:
    """
    A rubric whose laws are tried, and what evaluates it.

    Raises `UsageError` for what is no rubric.
    """

    def __init__(self, rubric: Rubric, *, evaluator: Evaluating = Evaluator) -> None:
        if not isinstance(rubric, Rubric):
            values = {"expected": "Rubric", "found": type(rubric).__name__}
            raise UsageError([Diagnostic("K523", (), values)])
        self.rubric = rubric
        self.evaluating = evaluator
        self.questions = Questions(rubric, {})
        self.plan = self.questions.plan
        self.ties = self.questions.ties
        self._evaluators: dict[Any, _Evaluator] = {}
        self._turned: dict[int, Rubric] = {}
        self._ties: dict[tuple[str, str], Ties] = {}
        self._strategies: dict[Any, st.SearchStrategy[Facts]] = {}

    # --- sheets

    def sheets(self, *, complete: bool = True, invalid: bool = False, left_out: bool = True) -> Any:
        """Sheets of the rubric, as the strategy of that name makes them."""
        key = (complete, invalid, left_out)
        if key not in self._strategies:
            self._strategies[key] = sheets(self.rubric, complete=complete, invalid=invalid, left_out=left_out)
        return self._strategies[key]

    @cached_property
    def anything(self) -> st.SearchStrategy[Facts]:
        """Sheets that are complete, or lack something, or have something wrong."""
        return st.one_of(
            self.sheets(), self.sheets(complete=False), self.sheets(complete=False, invalid=True)
        )

    def known(self, sheet: Mapping[str, Any]) -> dict[str, Any]:
        """What the facts of a sheet mean to a condition, as far as nothing is wrong with them."""
        return self.questions.values(sheet) or {}

    # --- evaluators

    def trail(self, sheet: Mapping[str, Any]) -> Trail:
        """What the evaluator under test makes of a sheet, without what other readings would have given."""
        return self._made("", self.bare, {}).evaluate(sheet).trail

    def among_many(self, sheet: Mapping[str, Any]) -> dict[str, str]:
        """The status, total and grade of a sheet that is scored among many, where the evaluator knows how to."""
        evaluator = self._made("", self.bare, {})
        if not isinstance(evaluator, Evaluator):
            return {}
        ((status, total, grade),) = evaluator.totals([dict(sheet)])
        return {"status": status, "total": "–" if total is None else text(total), "grade": grade or "–"}

    def whole_trail(self, sheet: Mapping[str, Any]) -> Trail:
        """The same with the readings."""
        return self._made("whole", self.rubric, {}).evaluate(sheet).trail

    def read_otherwise(self, sheet: Mapping[str, Any], reading: str, alternative: str) -> Trail:
        """The same with one reading taken otherwise."""
        key = (reading, alternative)
        return self._made(key, self.rubric, {reading: alternative}).evaluate(sheet).trail

    def turned(self, sheet: Mapping[str, Any], by: int) -> Trail:
        """The same by a rubric that says the same in another order."""
        if by not in self._turned:
            self._turned[by] = _turned(self.bare, by)
        return self._made(by, self._turned[by], {}).evaluate(sheet).trail

    def patched(self, sheet: Mapping[str, Any]) -> Trail:
        """The same by the rubric after an empty patch."""
        return self._made("patched", self.unchanged, {}).evaluate(sheet).trail

    @cached_property
    def bare(self) -> Rubric:
        """The rubric without its readings, which say what might have been, and take most of the time of a trail."""
        return evolve(self.rubric, readings=FrozenMap())

    @cached_property
    def unchanged(self) -> Rubric:
        """The rubric after an empty patch."""
        return patched(self.rubric, {})

    def _made(self, key: Any, rubric: Rubric, readings: Mapping[str, str]) -> _Evaluator:
        if key not in self._evaluators:
            self._evaluators[key] = self.evaluating(rubric, readings=readings)
        return self._evaluators[key]

    # --- what can occur

    @cached_property
    def reachable(self) -> dict[str, Reachable]:
        """What each group can come to, where its scores can be listed."""
        return {
            path: reached(self.plan, node=node, left_out=True)
            for path, node in self.plan.nodes.items()
            if isinstance(node, PlannedGroup) and is_listed(node)
        }

    def ties_of(self, reading: str, alternative: str) -> Ties:
        """The ties of the rubric under another reading."""
        key = (reading, alternative)
        if key not in self._ties:
            self._ties[key] = Ties(Evaluator(self.rubric, readings={reading: alternative}).plan)
        return self._ties[key]


def _turned(node: Any, by: int) -> Any:
    """The same node with its mappings in another order: turned round, or so many places on."""
    changed: dict[str, Any] = {"facts": _moved(node.facts, by)}
    if isinstance(node, Bands):
        changed["bands"] = _moved(node.bands, by)
    if isinstance(node, Group):
        for key in ("indicators", "aside"):
            parts: FrozenMap[Node] = getattr(node, key)
            changed[key] = _moved({name: _turned(part, by) for name, part in parts.items()}, by)
    return evolve(node, **changed)


def _moved(parts: Mapping[str, Any], by: int) -> FrozenMap[Any]:
    items = list(parts.items())
    at = by % len(items) if items else 0
    return FrozenMap(items[::-1] if by == 0 else [*items[at:], *items[:at]])
