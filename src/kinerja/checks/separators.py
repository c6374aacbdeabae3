"""Separators: a number such as 1.000 that an Indonesian reader takes for a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kinerja import numbers
from kinerja.errors import Diagnostic
from kinerja.model import Number
from kinerja.plan import Plan
from kinerja.shapes import Case, Where

__all__ = ["separators"]


def separators(plan: Plan) -> Iterator[Diagnostic]:
    """Every literal in a condition or formula that looks as if its point separated thousands."""
    for fact in plan.facts.values():
        if isinstance(fact.model, Number):
            for key, cell in (("in", fact.model.within), ("from", fact.model.formula)):
                yield from _suspects(cell, (*fact.location, key))
    for node in plan.nodes.values():
        model, location = node.model, node.location
        yield from _asked(model.applies, (*location, "applies"))
        for key, lines in (("grades", model.grades), ("requires", model.requires)):
            for name, line in lines.items():
                yield from _asked(line.when, (*location, key, name, "when"))
        yield from _suspects(model.cap.within if model.cap is not None else None, (*location, "cap"))
        for key in ("weight", "otherwise", "formula"):
            yield from _amounts(getattr(model, key, ()), (*location, key))
        for key in ("bands", "levels", "ladder"):
            for name, line in getattr(model, key, {}).items():
                yield from _asked(getattr(line, "when", ()), (*location, key, name, "when"))
                yield from _amounts(line.score, (*location, key, name, "score"))


def _amounts(cases: tuple[Case, ...], location: tuple[str, ...]) -> Iterator[Diagnostic]:
    for index, case in enumerate(cases):
        at = (*location, str(index)) if case.when else location
        yield from _asked(case.when, (*at, "when"))
        yield from _suspects(case.value, (*at, "is") if case.when else at)


def _asked(where: Where, location: tuple[str, ...]) -> Iterator[Diagnostic]:
    for index, way in enumerate(where):
        base = location if len(where) == 1 else (*location, str(index))
        for name, cell in way.items():
            # A bare test and a mapping with `value` are one thing; only the mapping has a key.
            yield from _suspects(cell, base if tuple(way) == ("value",) else (*base, name))


def _suspects(cell: Any, location: tuple[str, ...]) -> Iterator[Diagnostic]:
    for text, span in cell.suspicious if cell is not None else ():
        values = {"text": text, "value": numbers.text(numbers.parse(text)), "span": span}
        yield Diagnostic("K207", location, values)
