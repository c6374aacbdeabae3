"""Laws of order: where something stands in the file or in the sheet changes nothing."""

from __future__ import annotations

from hypothesis import strategies as st

from kinerja.testing.facts import Facts
from kinerja.testing.laws.law import Draw
from kinerja.testing.laws.report import Breach, came_to, differing
from kinerja.testing.laws.subject import Subject

__all__ = ["order_of_facts", "order_of_file"]

#: So many other orders of the file are tried.
ORDERS = 4


def order_of_facts(subject: Subject, draw: Draw) -> Breach | None:
    """The same facts in another order come to the same."""
    sheet = draw(subject.anything)
    other = Facts(draw(st.permutations(list(sheet.items()))))
    one, two = came_to(subject.trail(sheet)), came_to(subject.trail(other))
    rows = differing(one, two)
    return Breach(sheet, rows, (), ("law.this", "law.other"), other) if rows else None


def order_of_file(subject: Subject, draw: Draw) -> Breach | None:
    """The same rubric with its indicators, bands and facts in another order comes to the same."""
    sheet = draw(subject.anything)
    by = draw(st.integers(0, ORDERS - 1))
    rows = differing(came_to(subject.trail(sheet)), came_to(subject.turned(sheet, by)))
    paths = tuple(row[0].rpartition(".")[0] for row in rows)
    return Breach(sheet, rows, paths, ("law.this", "law.turned")) if rows else None
