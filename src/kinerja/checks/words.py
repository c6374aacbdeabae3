"""What findings say about nodes and answers."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.model import Levels
from kinerja.plan import PlannedIndicator

__all__ = ["key_of", "said"]


def key_of(node: PlannedIndicator) -> str:
    """The key under which the lines of an indicator stand in its file."""
    return "levels" if isinstance(node.model, Levels) else "bands"


def said(configuration: Mapping[str, Any]) -> str:
    """Answers as a reader writes them in a sheet."""
    return ", ".join(f"{name}: {_answer(value)}" for name, value in configuration.items()) or "-"


def _answer(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return numbers.text(value) if isinstance(value, Fraction) else str(value)
