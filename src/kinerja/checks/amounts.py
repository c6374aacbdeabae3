"""Amount: an award that its words, or the figure in its text, give as another sum."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja import numbers
from kinerja.checks.figures import figures_of_money, spelt_amounts
from kinerja.checks.settled import settled
from kinerja.errors import Diagnostic
from kinerja.model import Award
from kinerja.plan import Plan

__all__ = ["amounts"]


def amounts(plan: Plan) -> Iterator[Diagnostic]:
    """Every award whose `words`, or whose text in figures or in words, say another amount than it gives."""
    for node in plan.nodes.values():
        for grade in node.grades:
            if "words" in settled(plan, node, "grades", grade.id):
                continue
            for name, award in grade.model.awards.items():
                found = next(_other(award), None)
                if found is not None:
                    key, said = found
                    location = (*node.location, "grades", grade.id, "awards", name, key)
                    values = {"text": getattr(award, key), "said": _written(said, award)}
                    yield Diagnostic("K215", location, {**values, "amount": _written(_meant(award), award)})


def _meant(award: Award) -> tuple[int, ...]:
    return tuple(each for each in (award.amount, award.low, award.high) if each is not None)


def _other(award: Award) -> Iterator[tuple[str, tuple[int, ...]]]:
    """What the words or the text say instead, with the key that it stands under."""
    said = (
        ("words", spelt_amounts(award.words)),
        ("text", figures_of_money(award.text)),
        ("text", spelt_amounts(award.text, in_parentheses=True)),
    )
    for key, found in said:
        # A text may speak of other sums besides.
        if found and not set(_meant(award)) <= set(found):
            yield key, found


def _written(found: tuple[int, ...], award: Award) -> tuple[str, ...]:
    return tuple(numbers.money(each, currency=award.currency, language="id") for each in found)
