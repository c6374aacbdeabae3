"""What findings say about nodes and answers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.intervals import IntervalSet
from kinerja.model import Levels
from kinerja.plan import PlannedIndicator
from kinerja.plan.rules import Rule

__all__ = ["key_of", "region_of", "said"]


def key_of(node: PlannedIndicator) -> str:
    """The key under which the lines of an indicator stand in its file."""
    return "levels" if isinstance(node.model, Levels) else "bands"


def region_of(rule: Rule, step: Fraction | None) -> IntervalSet:
    """The numbers that a rule on the measure alone allows, on the measure's steps."""
    found = IntervalSet.of(step=step)
    for way in rule.ways:
        allowed = ~IntervalSet.of(step=step)
        for test in way:
            allowed = allowed & test.allowed.on_step(step)
        found = found | allowed
    return found


def said(configuration: Mapping[str, Any]) -> str:
    """Answers as a reader writes them in a sheet."""
    return ", ".join(f"{name}: {_answer(value)}" for name, value in configuration.items()) or "-"


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return numbers.text(value) if isinstance(value, Fraction) else str(value)
