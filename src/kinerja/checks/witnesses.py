"""
Witnesses: a sheet that another reading of the source gives another result.

Sheets are tried on both sides of every bound that either reading sets to a fact which the changed nodes read: first
a few whole sheets, then each with one answer changed, left out or declared not to apply, then with two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations, islice, product
from typing import Any, NamedTuple

from attrs import fields

from kinerja.checks.cells import every_rule
from kinerja.checks.scores import Facts, runs
from kinerja.checks.totals import reached_by
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import NOT_APPLYING, Outcome
from kinerja.feel import MISSING
from kinerja.intervals import IntervalSet
from kinerja.lattices import Lattice
from kinerja.model import Rubric
from kinerja.plan import Plan, PlannedFact, PlannedGroup, PlannedIndicator, PlannedNode, parts_of, plan, under
from kinerja.plan.rules import Rule
from kinerja.sheets import entries

__all__ = ["SHEETS", "Search", "search", "witness"]

#: How many sheets are evaluated under both readings, at most.
SHEETS = 1_000
#: How many combinations of the facts that decide what applies are begun with.
CONFIGURATIONS = 12
#: How many totals of a graded node are tried around each bound of a grade.
TOTALS = 3


class Search(NamedTuple):
    """What became of looking for a witness: the sheet, where there is one, and how many were tried."""

    sheet: Facts | None
    tried: int


def witness(rubric: Rubric, reading: str, alternative: str) -> Facts | None:
    """
    Facts of a sheet to which an alternative of a reading gives another result; None where none was found.

    That is another status, score, grade or award of some node.
    Raises `UsageError` for an unknown reading or alternative, `RubricError` for one that breaks the rubric.

    >>> import kinerja
    >>> witness(kinerja.load("pk-bkm"), "D3", "dua-mulai-98")["infrastruktur"] == 98
    True
    """
    return search(plan(rubric), reading, alternative).sheet


def search(base: Plan, reading: str, alternative: str) -> Search:
    """The first sheet that two readings tell apart, and how many had to be tried."""
    other = under(base, {reading: alternative})
    tried = set[str]()
    for sheet in islice(_sheets(base, other), SHEETS):
        tried.add(str(sorted(sheet.items(), key=str)))
        stated = entries(sheet)
        if _result(evaluate(base, stated)) != _result(evaluate(other, stated)):
            return Search(sheet, len(tried))
    return Search(None, len(tried))


def _result(outcome: Outcome) -> Any:
    """What a reading may change of a sheet."""
    found = {}
    for path, node in outcome.nodes.items():
        if node.status != NOT_APPLYING:
            grade = outcome.grades.get(path)
            awards = node.plan.model.grades[grade].awards if isinstance(grade, str) else None
            found[path] = (node.status, node.score, grade, awards)
    return outcome.status, found


# --- what changes


def _changed(base: Plan, other: Plan) -> list[PlannedNode]:
    """The nodes, of either plan, that say something else themselves: not merely in what stands in them."""
    found = []
    for path in dict.fromkeys([*base.nodes, *other.nodes]):
        here, there = base.nodes.get(path), other.nodes.get(path)
        if here is None or there is None or _differ(here, there):
            found += [node for node in (here, there) if node is not None]
    return found


#: What a node has below it, and what says nothing about how it is scored.
_APART = frozenset({"indicators", "aside", "readings", "examples", "origin", "note"})


def _differ(here: PlannedNode, there: PlannedNode) -> bool:
    one, other = here.model, there.model
    if type(one) is not type(other) or _below(here) != _below(there):
        return True
    names = (each.name for each in fields(type(one)) if each.name not in _APART)
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _below(node: PlannedNode) -> list[str]:
    return [child.path for child in node.children] if isinstance(node, PlannedGroup) else []


def _read(planned: Plan, nodes: Iterable[PlannedNode]) -> dict[str, None]:
    """The facts that nodes hang on: their own, those of what stands in them, and those of what they ask for."""
    waiting, seen = list(nodes), set()
    found: dict[str, None] = {}
    while waiting:
        node = waiting.pop()
        if node.path in seen:
            continue
        seen.add(node.path)
        names = [*node.reads, *node.grade_reads, *(name for rule in node.around for name in rule.names)]
        names += [name for name, fact in planned.facts.items() if fact.owner == node.path]
        waiting += node.children if isinstance(node, PlannedGroup) else ()
        for name in names:
            if name in planned.references:
                waiting.append(planned.nodes[planned.references[name][0]])
            else:
                found.update(dict.fromkeys([name, *parts_of(name, planned.facts)]))
    return found


# --- the sheets that are tried


def _sheets(base: Plan, other: Plan) -> Iterator[Facts]:
    changed = _changed(base, other)
    paths = {node.path for node in changed}
    names = {
        **_read(base, [base.nodes[path] for path in base.nodes if path in paths]),
        **_read(other, [other.nodes[path] for path in other.nodes if path in paths]),
    }
    answers = _Answers(base, other)
    begun = list(answers.whole())
    varied = [(name, answers.of(name)) for name in names]
    left_out = [node.path for node in changed if node.model.may_not_apply]
    excused = [
        {**sheet, path: {"not-applicable": "–"}} for sheet in begun for path in dict.fromkeys(left_out)
    ]
    yield from begun
    yield from excused
    yield from _graded(base, paths)
    yield from _graded(other, paths)
    for sheet in begun:
        for name, values in varied:
            for value in values:
                yield _with(sheet, {name: value})
    for sheet in begun:
        for (one, values), (two, those) in combinations(varied, 2):
            for pair in product(values, those):
                yield _with(sheet, dict(zip((one, two), pair, strict=True)))


def _with(sheet: Facts, answers: Mapping[str, Any]) -> Facts:
    """The same sheet with other answers; what is missing is left out."""
    return {name: value for name, value in {**sheet, **answers}.items() if value is not MISSING}


def _graded(planned: Plan, paths: set[str]) -> Iterator[Facts]:
    """Sheets whose score lies around the bounds of the grades of a changed node."""
    for path in planned.nodes:
        node = planned.nodes[path]
        own = (f"{path}.score",)
        held = [
            grade.rule.numbers()
            for grade in node.grades
            if grade.rule.names == own and _asks_numbers(grade.rule)
        ]
        if path not in paths or not held:
            continue
        cuts = sorted({cut for each in held for cut in each.cuts()})
        for configuration in reached_by(planned, node).configurations:
            if isinstance(configuration.totals, Lattice):
                found = (configuration.sheet(score) for score in _around(configuration.totals, cuts))
                yield from (sheet for sheet in found if sheet is not None)


def _around(totals: Lattice, cuts: list[Fraction]) -> Iterator[Fraction]:
    """The totals next to each bound, below and above it."""
    width = totals.step * SHEETS
    for cut in cuts:
        near = list(totals.between(cut - width, cut + width))
        yield from islice((total for total in near if total >= cut), TOTALS)
        yield from islice((total for total in reversed(near) if total < cut), TOTALS)


def _asks_numbers(rule: Rule) -> bool:
    return all(isinstance(test.allowed, IntervalSet) for way in rule.ways for test in way)


class _Answers:
    """The answers that are tried to each fact of two plans: on both sides of every bound that either of them sets."""

    def __init__(self, base: Plan, other: Plan) -> None:
        self.plans = (base, other)
        self.base = base
        self.rules: dict[str, list[Rule]] = {}
        for planned in self.plans:
            for rule in every_rule(planned):
                for name in rule.names:
                    self.rules.setdefault(name, []).append(rule)
        self.known: dict[str, list[Any]] = {}
        self.fitting: dict[str, list[Any]] = {}

    def of(self, name: str) -> list[Any]:
        """The answers to one fact, and that there is none."""
        if name not in self.known:
            facts = [planned.facts[name] for planned in self.plans if name in planned.facts]
            found = dict.fromkeys(each for fact in facts for each in self.values(fact))
            self.known[name] = [*found, MISSING]
        return self.known[name]

    def values(self, fact: PlannedFact) -> Iterator[Any]:
        """Answers that a fact of one plan accepts, and some that it does not."""
        if fact.kind == "number":
            yield from self.numbers(fact)
        elif fact.kind == "choice":
            yield from fact.options
        elif fact.kind == "yes-no":
            yield from (True, False)
        else:
            nodes = (node for planned in self.plans for node in planned.nodes.values())
            climbed = (node for node in nodes if isinstance(node, PlannedIndicator) and node.measure is fact)
            yield from (tuple(sorted(run)) for node in climbed for run in runs(node))
            yield from ((), *((option,) for option in fact.options), fact.options)

    def numbers(self, fact: PlannedFact) -> Iterator[Fraction]:
        """The bounds of a number, and numbers next to them."""
        both = [planned.facts[fact.name] for planned in self.plans if fact.name in planned.facts]
        sets = [each.domain for each in both if each.domain is not None]
        tests = (test for rule in self.rules.get(fact.name, ()) for way in rule.ways for test in way)
        sets += [
            test.allowed for test in tests if test.name == fact.name and isinstance(test.allowed, IntervalSet)
        ]
        steps = {each.step for each in both if each.step is not None} or {Fraction(1, 100), Fraction(1)}
        steps |= {each.rounding.to * part for each in both if each.rounding is not None for part in _PARTS}
        cuts = sorted({cut for each in sets for cut in each.cuts()}) or [Fraction(0), Fraction(100)]
        yield from cuts
        for step in sorted(steps):
            yield from (cut + way * step for cut in cuts for way in (-1, 1))

    # --- whole sheets

    def whole(self) -> Iterator[Facts]:
        """Sheets of the base plan, as complete as is easy: first the lowest answers, then the highest."""
        deciding = [name for name in _deciding(self.plans) if name in self.base.facts]
        configurations = product(*(self.accepted(name) for name in deciding))
        derived = [name for name, fact in self.base.facts.items() if fact.operands]
        operands = {part for name in derived for part in self.base.facts[name].operands.values()} - set(
            derived
        )
        for values in islice(configurations, CONFIGURATIONS):
            fixed = dict(zip(deciding, values, strict=True))
            for left_out in [operands, set(derived)] if derived else [set[str]()]:
                for end in (0, -1):
                    names = [name for name in self.base.facts if name not in left_out]
                    yield {**{name: self.accepted(name)[end] for name in names}, **fixed}

    def accepted(self, name: str) -> list[Any]:
        """The answers to a fact of the base plan that it accepts; in their order, numbers from the smallest."""
        if name not in self.fitting:
            fact = self.base.facts[name]
            found = [each for each in self.of(name) if each is not MISSING]
            if fact.kind == "number":
                found = sorted(each for each in found if _accepts(fact, each)) or found
            self.fitting[name] = found
        return self.fitting[name]


#: Where in a step rounding begins to make another number of it.
_PARTS = (Fraction(1, 4), Fraction(1, 2), Fraction(1))


def _accepts(fact: PlannedFact, number: Fraction) -> bool:
    return (fact.step is None or not number % fact.step) and (fact.domain is None or number in fact.domain)


def _deciding(plans: Iterable[Plan]) -> dict[str, None]:
    """The facts that decide what applies and what it weighs."""
    nodes = (node for planned in plans for node in planned.nodes.values())
    return dict.fromkeys(
        name
        for node in nodes
        for rule in chain(node.around, (weight.rule for weight in node.weights if weight.rule is not None))
        for name in rule.names
    )
