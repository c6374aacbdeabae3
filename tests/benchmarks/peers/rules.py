"""The form in rule-engine: as one expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rule_engine import Context, Rule

from tests.benchmarks.peers.zen import expression

__all__ = ["by_expression"]


def by_expression() -> Callable[[dict[str, Any]], int]:
    """One sheet."""
    evaluate = Rule(expression(), context=Context(default_value=None)).evaluate
    return lambda sheet: int(evaluate(sheet))
