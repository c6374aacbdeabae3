"""What findings say about nodes and answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.model import Levels
from kinerja.plan import Plan, PlannedFact, PlannedIndicator

__all__ = ["few", "key_of", "said", "shown_by"]

#: How many names a sentence holds.
FEW = 5


def key_of(node: PlannedIndicator) -> str:
    """The key under which the lines of an indicator stand in its file."""
    return "levels" if isinstance(node.model, Levels) else "bands"


def few(names: Sequence[str]) -> tuple[str, ...]:
    """The first names of several, and how many more there are."""
    return (*names[:FEW], f"… (+{len(names) - FEW})") if len(names) > FEW else tuple(names)


def said(configuration: Mapping[str, Any]) -> str:
    """Answers as a reader writes them in a sheet."""
    return ", ".join(f"{name}: {_answer(value)}" for name, value in configuration.items()) or "-"


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
    return numbers.text(value) if isinstance(value, Fraction) else str(value)
