"""What findings say about nodes and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kinerja.checks.boxes import Box, Came
from kinerja.checks.cells import domain
from kinerja.intervals import IntervalSet
from kinerja.model import Levels
from kinerja.plan import Plan, PlannedFact, PlannedIndicator
from kinerja.writing import Figures, local

__all__ = ["few", "key_of", "numbers_of", "said", "said_of_boxes", "shown_by"]

#: How many names a sentence holds.
FEW = 5


def key_of(node: PlannedIndicator) -> str:
    """The key under which the lines of an indicator stand in its file."""
    return "levels" if isinstance(node.model, Levels) else "bands"


def few(names: Sequence[str]) -> tuple[str, ...]:
    """The first names of several, and how many more there are."""
    return (*names[:FEW], f"… (+{len(names) - FEW})") if len(names) > FEW else tuple(names)


def said(configuration: Mapping[str, Any]) -> Figures:
    """Answers as a reader writes them in a sheet."""
    told = {name: _answer(value) for name, value in configuration.items()}
    return Figures.joined(
        [Figures(f"{name}: {each}", f"{name}: {local(each)}") for name, each in told.items()] or ["-"]
    )


def numbers_of(found: IntervalSet) -> Figures:
    """A set of numbers as a condition writes it."""
    return Figures.joined([Figures(str(piece)) for piece in found] or [str(found)])


def said_of_boxes(plan: Plan, found: Sequence[Box], *, own: str = "") -> str | tuple[str, ...]:
    """Boxes of answers as a condition writes them, without what may be anything; `own` is called `value`."""
    told = []
    for box in found:
        parts = {"value" if name == own else name: _as_a_test(plan, name, part) for name, part in box.items()}
        told.append(said({name: part for name, part in parts.items() if part is not None}))
    return (
        told[0]
        if len(told) == 1
        else few([Figures(f"{{{each}}}", f"{{{each.local}}}") for each in dict.fromkeys(told)])
    )


def _as_a_test(plan: Plan, name: str, part: Any) -> Any:
    """One answer, a set of numbers, or several options in quotes: with commas they are one test; None for all."""
    if isinstance(part, Came):
        return part.numbers if not part.numbers.is_empty else "none"
    fact = plan.facts[name]
    if fact.kind == "number":
        return None if part == domain(fact) else part
    names: list[Any] = [each for each in (*fact.options, True, False) if each in part]
    if len(names) == len(fact.options or (True, False)):
        return None
    return names[0] if len(names) == 1 else f'"{", ".join(names)}"'


def shown_by(plan: Plan, answers: Mapping[str, Any]) -> dict[str, Any]:
    """
    The value `sheet` of a finding: answers that show it, as a sheet may state them.

    Nothing where one of them cannot be stated: it is computed from others, or only comes of rounding.
    """
    if answers and all(_can_be_stated(plan.facts[name], value) for name, value in answers.items()):
        return {"sheet": dict(answers)}
    return {}


def _can_be_stated(fact: PlannedFact, value: Any) -> bool:
    if fact.formula is not None:
        return False
    if fact.kind != "number" or fact.domain is None:
        return True
    return value in fact.domain


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, IntervalSet):
        return numbers_of(value)
    return Figures.of(value) if isinstance(value, Fraction) else str(value)
