"""The law of direction: a better answer is never punished."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from hypothesis import strategies as st

from kinerja.errors import excerpt
from kinerja.plan import PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.testing.facts import Facts
from kinerja.testing.laws.law import Draw
from kinerja.testing.laws.report import Breach, Row
from kinerja.testing.laws.subject import Subject
from kinerja.testing.listed import LISTED
from kinerja.testing.strategies.answers import Answer

__all__ = ["better_is_not_worse", "judged"]

#: Each time, one of so many parts of the indicators is looked at.
PARTS = 4
#: So many answers of one fact, next to each other, are compared.
ANSWERS = 8


def better_is_not_worse(subject: Subject, draw: Draw) -> Breach | None:
    """A better answer, one that scores higher or lies further where `better` points, lowers neither total nor grade."""
    ways = judged(subject)
    if not ways:
        return None
    sheet = draw(subject.sheets(left_out=False))
    # Hypothesis comes back to what it drew before: an indicator of its own choice would be the same one too often.
    parts = min(PARTS, len(ways))
    names = sorted(ways)[draw(st.integers(0, parts - 1)) :: parts]
    found = (_punished(subject, name, ways[name], sheet, draw) for name in names if name in sheet)
    return next((breach for breach in found if breach is not None), None)


def _punished(subject: Subject, name: str, way: list[str], sheet: Facts, draw: Draw) -> Breach | None:
    """Two answers to one fact of which the better one is worse for something on the way up."""
    answers = list({each.meant: each for each in subject.questions.answers[name].pool}.values())
    if subject.plan.facts[name].kind == "number":
        # Where a score falls at all, it falls between two neighbours.
        answers.sort(key=lambda each: each.meant)
    if len(answers) > ANSWERS:
        start = draw(st.integers(0, len(answers) - ANSWERS))
        answers = answers[start : start + ANSWERS]
    tried = [_Tried(subject, name, each, Facts({**sheet, name: each.said})) for each in answers]
    for one, other in permutations(tried, 2):
        rows = tuple(_falling(subject, [name, *way], one, other))
        if rows:
            values = (name, excerpt(one.answer.said), excerpt(other.answer.said))
            paths = (name, *(row[0] for row in rows))
            return Breach(one.sheet, (values, *rows), paths, ("law.this", "law.better"), other.sheet)
    return None


class _Tried:
    """One answer with what came of it, and how good it is by itself: None where nobody can say."""

    def __init__(self, subject: Subject, name: str, answer: Answer, sheet: Facts) -> None:
        self.answer = answer
        self.sheet = sheet
        self.trail = subject.trail(sheet)
        better = subject.plan.nodes[name].model.better
        node = self.trail.nodes.get(name)
        self.worth: Fraction | None = None if node is None else node.score
        if better and subject.plan.facts[name].kind == "number":
            self.worth = answer.meant * (-1 if better == "lower" else 1)


def _falling(subject: Subject, way: list[str], one: _Tried, other: _Tried) -> Iterator[Row]:
    """The nodes on the way up whose score or grade is lower for the better one of two answers."""
    if one.worth is None or other.worth is None or other.worth <= one.worth:
        return
    for path in way:
        here, there = one.trail.nodes[path], other.trail.nodes[path]
        if here.score is not None and there.score is not None and there.score < here.score:
            yield path, here.score.exact, there.score.exact
        # Grades stand lowest score first, whichever end is the better one.
        order = list(subject.plan.nodes[path].model.grades)
        grades = [each.grade.id for each in (here, there) if each.grade is not None]
        if len(grades) == 2 and set(grades) <= set(order) and order.index(grades[1]) < order.index(grades[0]):
            yield path, grades[0], grades[1]


def judged(subject: Subject) -> dict[str, list[str]]:
    """The answers that only sums, means and extremes of scores count, each with the groups on its way up."""
    found = {}
    for path, node in subject.plan.nodes.items():
        if not isinstance(node, PlannedIndicator) or node.measure is None:
            continue
        way = _way(subject, path)
        if way is None or not subject.questions.answers[path].pool:
            continue
        # The gates and grades around it may ask for it as well: that is where a better answer may be punished.
        elsewhere = subject.ties.readers(path) - {path, *way}
        deciding = _deciding(node) | {name for each in way for name in _deciding(subject.plan.nodes[each])}
        own = {name for gate in node.gates for name in gate.rule.names}
        if not elsewhere and path not in deciding | own:
            found[path] = way
    return found


def _deciding(node: PlannedNode) -> set[str]:
    """The names that decide whether a node applies, and what it weighs."""
    rules = [*node.around, *(weight.rule for weight in node.weights if weight.rule is not None)]
    return {name for rule in rules for name in rule.names}


def _way(subject: Subject, path: str) -> list[str] | None:
    """The groups from a node up to the whole; None where one of them does more than sum up what is in it."""
    way: list[str] = []
    at = path
    while True:
        asked = subject.ties.reading
        if asked.get(f"{at}.score") or asked.get(f"{at}.grade"):
            return None
        if at == "total":
            return way
        if at not in subject.ties.counting:
            return None
        at = subject.ties.counting[at]
        group = subject.plan.nodes[at]
        assert isinstance(group, PlannedGroup)
        shares = [weight.share for child in group.children for weight in child.weights]
        falls = group.scaling is not None and group.scaling.slope < 0
        if group.model.combine not in LISTED or falls or any(share < 0 for share in shares):
            return None
        way.append(at)
