"""Separators: a number such as 1.000 that an Indonesian reader takes for a thousand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kinerja import numbers
from kinerja.checks.words import key_of
from kinerja.errors import Diagnostic
from kinerja.model import Bands, Number
from kinerja.plan import Plan, PlannedIndicator
from kinerja.shapes import Where

__all__ = ["separators"]


def separators(plan: Plan) -> Iterator[Diagnostic]:
    """Every literal in a condition or formula that looks as if its point separated thousands."""
    for fact in plan.facts.values():
        if isinstance(fact.model, Number):
            for key, cell in (("in", fact.model.within), ("from", fact.model.formula)):
                yield from _suspects(cell, (*fact.location, key))
    for node in plan.nodes.values():
        yield from _asked(node.model.applies, (*node.location, "applies"))
        for index, case in enumerate(node.model.weight):
            yield from _asked(case.when, (*node.location, "weight", str(index), "when"))
        if isinstance(node, PlannedIndicator) and isinstance(node.model, Bands):
            for name, band in node.model.bands.items():
                yield from _asked(band.when, (*node.location, key_of(node), name, "when"))


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
