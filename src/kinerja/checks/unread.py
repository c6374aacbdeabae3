"""Unread: a number in the text of a band or grade, or words for an amount, that nothing can be compared with."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.figures import spelt_amounts
from kinerja.checks.lines import tables
from kinerja.errors import Diagnostic
from kinerja.plan import Plan

__all__ = ["unread"]


def unread(plan: Plan) -> Iterator[Diagnostic]:
    """Every text with numbers, and every award's words, that the grammar of phrases does not understand."""
    for table in tables(plan):
        for line in table.lines:
            if line.said.unread:
                values = {"text": line.text, "numbers": line.said.unread}
                yield Diagnostic("K214", (*line.location, "text"), values)
    for node in plan.nodes.values():
        for grade in node.grades:
            for name, award in grade.model.awards.items():
                if award.words and not spelt_amounts(award.words):
                    location = (*node.location, "grades", grade.id, "awards", name, "words")
                    yield Diagnostic("K214", location, {"text": award.words, "numbers": [award.words]})
