"""Whole sheets to try: complete ones in every configuration, and such with one answer changed, left out or excused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Any

from attrs import frozen

from kinerja.checks.cells import every_rule
from kinerja.checks.scores import Facts, Walk
from kinerja.checks.totals import fixed, parts
from kinerja.feel import MISSING
from kinerja.intervals import IntervalSet
from kinerja.lattices import Lattice, TooLargeError
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.testing.mutation.answers import Cells, cells_of

__all__ = ["Background", "backgrounds", "completed", "varied"]

#: How many configurations are begun with, and how many answers to one indicator are put into a sheet.
CONFIGURATIONS = 24
SCORES = 6


@frozen(eq=False)
class Background:
    """A complete sheet: the facts that several nodes hang on, and answers to each indicator, the lowest score first."""

    fixed: Facts
    answers: Mapping[str, tuple[Facts, ...]]

    def sheet(self, at: int) -> Facts:
        """The sheet with the lowest or the highest score of each indicator: 0 or -1."""
        found = dict(self.fixed)
        for ways in self.answers.values():
            found.update(ways[at])
        return found


def backgrounds(planned: Plan) -> list[Background]:
    """A background for each configuration; where nodes read each other, one made of each fact's own answers."""
    combinations = fixed(planned)
    if combinations is None:
        return _plain(planned)
    found = []
    for facts in islice(combinations, CONFIGURATIONS):
        walk = Walk(planned, facts, left_out=False)
        leaves = list(_leaves(planned.root))
        answers = {node.path: ways for node in leaves if (ways := tuple(_ways(walk, node)))}
        found.append(Background(facts, answers))
    return found


def _leaves(node: PlannedNode) -> Iterator[PlannedIndicator]:
    if isinstance(node, PlannedGroup):
        for child in node.children:
            yield from _leaves(child)
    elif isinstance(node, PlannedIndicator):
        yield node


def _ways(walk: Walk, node: PlannedIndicator) -> Iterator[Facts]:
    """Answers to an indicator in one configuration: the lowest score first, the highest last."""
    try:
        scores = walk.node(node)
    except TooLargeError:
        return
    if scores is None:
        return
    numbers = scores.finished
    if isinstance(numbers, Lattice):
        last = numbers.offset + (numbers.bits.bit_length() - 1) * numbers.step
        chosen = dict.fromkeys([*islice(numbers, SCORES - 1), last] if numbers else [])
    else:
        chosen = dict.fromkeys(_some(numbers.numbers))
    for score in chosen:
        facts = scores.find(score)
        if facts is not None:
            yield facts


def _some(numbers: IntervalSet) -> list[Fraction]:
    """Some numbers of a dense set, whole ones and halves and quarters: for a rounding these are the ones to try."""
    found = set()
    for piece in numbers:
        start = next((end for end in (piece.low, piece.high) if end is not None), Fraction(0))
        away = [Fraction(n, 4) for n in (0, 1, 2, 3, 4, -1, -2, -3, -4)]
        found |= {start + each for each in away} | {end for end in (piece.high,) if end is not None}
    return sorted(number for number in found if number in numbers)


def _plain(planned: Plan) -> list[Background]:
    """Backgrounds of facts alone, in each combination of those that are no numbers."""
    names = [name for name, fact in planned.facts.items() if not fact.operands]
    cells = cells_of(planned, planned, [node.path for node in planned.nodes.values()], reads_alike=True)
    accepted = {name: _accepted(planned, cells, name) for name in names}
    asked = {name for rule in every_rule(planned) for name in rule.names}
    deciding = [name for name in names if planned.facts[name].kind in ("choice", "yes-no") and name in asked]
    found = []
    for values in islice(product(*(accepted[name] for name in deciding)), CONFIGURATIONS):
        facts = dict(zip(deciding, values, strict=True))
        answers = {
            name: tuple({name: value} for value in ways)
            for name, ways in accepted.items()
            if name not in facts and ways
        }
        found.append(Background(facts, answers))
    return found


def _accepted(planned: Plan, cells: Cells, name: str) -> list[Any]:
    """Answers to a fact that it accepts, in ascending order."""
    fact = planned.facts[name]
    given = [value for value in cells.of[name].values if value is not MISSING] if name in cells.of else []
    if fact.kind != "number":
        return given
    step, inside = fact.step, fact.inside
    fits = [
        value
        for value in given
        if isinstance(value, Fraction)
        and not (step and value % step)
        and (inside is None or inside.find(value))
    ]
    return sorted(fits)


def varied(planned: Plan, grounds: list[Background]) -> Iterator[Facts]:
    """Complete sheets, then each with one indicator answered in another way, not at all, or declared not to apply."""
    whole = [(ground, ground.sheet(at)) for at in (0, -1) for ground in grounds]
    yield from (sheet for _, sheet in whole)
    excused = [path for path, node in planned.nodes.items() if node.model.may_not_apply]
    for ground, sheet in whole:
        for ways in ground.answers.values():
            mine = {name for way in ways for name in way}
            rest = {name: value for name, value in sheet.items() if name not in mine}
            yield from ({**rest, **way} for way in ways)
            yield rest
        for path in excused:
            rest = {name: value for name, value in sheet.items() if not f"{name}.".startswith(f"{path}.")}
            yield {**rest, path: {"not-applicable": "–"}}


def completed(planned: Plan, facts: Facts, grounds: list[Background]) -> Iterator[Facts]:
    """Whole sheets with these answers, such as somebody would hand in; an answer that is missing is left out."""
    related = set(facts)
    for name in planned.facts:
        below = parts(planned, name)
        if below & set(facts) or name in facts:
            related |= {name, *below}
    said = {name: value for name, value in facts.items() if value is not MISSING}
    for ground in grounds:
        for at in (0, -1):
            yield {**{name: value for name, value in ground.sheet(at).items() if name not in related}, **said}
    yield said
