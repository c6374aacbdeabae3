"""What can be wrong with one answer of a sheet, and by which code it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from kinerja.plan import PlannedIndicator
from kinerja.testing.strategies.answers import around
from kinerja.testing.strategies.questions import Questions

__all__ = ["Spoilt", "faults"]


@frozen
class Spoilt:
    """One answer that is wrong: a word for the fault, its code, and what is stated under which name."""

    kind: str
    name: str
    code: str
    said: Any


def faults(questions: Questions, names: Iterable[str]) -> list[Spoilt]:
    """Every fault that can be put into a sheet: a name that is none, and whatever is wrong for each of some facts."""
    known = questions.plan.named
    stranger = _other_than(known, "salah_ketik")
    return [
        Spoilt("unknown-name", stranger, "K301", 1),
        *(fault for name in names for fault in _of_fact(questions, name)),
    ]


def _other_than(known: Iterable[str], word: str) -> str:
    """A word that none of the known ones is."""
    taken = set(known)
    while word in taken:
        word = f"{word}_"
    return word


def _of_fact(questions: Questions, name: str) -> Iterator[Spoilt]:
    fact = questions.plan.facts[name]
    node = questions.plan.nodes.get(name)
    if fact.kind == "number":
        yield Spoilt("text-for-a-number", name, "K145", "banyak")
        yield Spoilt("truth-for-a-number", name, "K143", True)  # noqa: FBT003 - the very fault
        yield from (Spoilt("outside-domain", name, "K303", number) for number in _outside(questions, name))
        yield from (Spoilt("off-step", name, "K304", number) for number in _off_step(questions, name))
        answer = questions.answers[name].pool[0].said
        yield Spoilt("unknown-unit", name, "K308", {"value": answer, "unit": _other_than([fact.unit], "rim")})
    elif fact.kind == "yes-no":
        yield Spoilt("text-for-yes-or-no", name, "K306", "ya")
    elif fact.kind == "choice":
        yield Spoilt("unknown-option", name, "K305", _other_than(fact.options, "tidak_ada"))
    else:
        yield Spoilt("text-for-a-list", name, "K307", "ada")
        yield Spoilt("unknown-option", name, "K305", [_other_than(fact.options, "tidak_ada")])
    if node is None or not node.model.may_not_apply:
        yield Spoilt("not-to-be-left-out", name, "K313", {"not-applicable": "tidak ada di sini"})
    else:
        yield Spoilt("left-out-without-a-reason", name, "K314", {"not-applicable": ""})
    if isinstance(node, PlannedIndicator) and node.scores:
        yield Spoilt("impossible-score", name, "K310", {"score": max(node.scores) + 1})


def _outside(questions: Questions, name: str) -> Iterator[Fraction]:
    """Numbers beside the ends of the domain that it does not hold, on its steps."""
    fact = questions.plan.facts[name]
    domain = fact.domain
    if domain is not None:
        near = dict.fromkeys(number for end in domain.cuts() for number in around(end, fact.step))
        yield from (number for number in near if number not in domain)


def _off_step(questions: Questions, name: str) -> Iterator[Fraction]:
    """Numbers of the domain beside the bounds that lie between two steps."""
    fact = questions.plan.facts[name]
    if fact.step is not None:
        width = fact.step / 2
        beside = (bound + way * width for bound in questions.answers[name].bounds for way in (-1, 1))
        for number in dict.fromkeys(beside):
            if number % fact.step and (fact.domain is None or number in fact.domain):
                yield number
