"""Whole sheets for the tests of a rubric: plain legal answers around those that are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice, product
from math import prod
from typing import Any

from kinerja.checks.boxes import Box, boxes, example
from kinerja.checks.cells import every_rule
from kinerja.checks.totals import parts
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import NOT_APPLYING, NodeOutcome, Outcome
from kinerja.errors import Fault
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule
from kinerja.testing.answers import is_legal, plain, pool

__all__ = ["Facts", "Whole"]

Facts = dict[str, Any]

#: How many sheets are tried to mend one, and how many are gone through where nothing else tells what can be.
TRIED = 200
SURVEYED = 1_500
#: How many boxes of one combination of conditions are tried.
BOXES = 20


class Whole:
    """The sheets of one rubric, each complete, as far as some are."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.pools = {name: pool(plan, fact) for name, fact in plan.facts.items()}
        self._bases: dict[str, Facts | None] = {}

    def evaluate(self, facts: Mapping[str, Any]) -> Outcome:
        """What a sheet comes to."""
        return evaluate(self.plan, list(facts.items()))

    # --- complete sheets

    @cached_property
    def read(self) -> frozenset[str]:
        """The facts that something asks for by name, and not only what is derived from them."""
        names = [name for rule in every_rule(self.plan) for name in rule.names]
        for node in self.plan.nodes.values():
            names += node.answers if isinstance(node, PlannedIndicator) else ()
        return frozenset(names) & self.plan.facts.keys()

    def is_computed(self, fact: PlannedFact) -> bool:
        """Whether a derived fact follows from parts that have to be stated anyway."""
        return bool(parts(self.plan, fact.name) & self.read)

    def whole(self, given: Mapping[str, Any]) -> Facts:
        """
        Given answers with plain ones to everything else.

        A derived fact is stated itself, unless its parts are given, or asked for on their own.
        """
        facts: Facts = {}
        derived = {fact.name for fact in self.plan.derived}
        computed = {
            name
            for name in derived - given.keys()
            if parts(self.plan, name) & given.keys() or self.is_computed(self.plan.facts[name])
        }
        computed |= {part for name in computed for part in parts(self.plan, name)} & derived - given.keys()
        needed = {part for name in computed for part in parts(self.plan, name)}
        idle = {part for name in derived - computed for part in parts(self.plan, name)}
        for name in self.plan.facts:
            if name in given:
                facts[name] = given[name]
            elif name not in computed and (name in needed or name not in idle or name in self.read):
                facts[name] = self.usual[name]
        return facts

    @cached_property
    def usual(self) -> Facts:
        """A plain answer to each fact, together a complete sheet if one was found."""
        found = {name: plain(self.plan, fact, self.pools[name]) for name, fact in self.plan.facts.items()}
        # What is mended begins with these.
        self.usual = found
        return {**found, **self.mended({})}

    def mended(self, given: Mapping[str, Any]) -> Facts:
        """The sheet around some answers, others changed one by one as long as that leaves less wrong with it."""
        facts = self.whole(given)
        least = _badness(self.evaluate(facts))
        left = TRIED
        improved = True
        while least and improved and left > 0:
            improved = False
            for name, answer in self._changes(facts, given):
                left -= 1
                tried = {**facts, name: answer}
                bad = _badness(self.evaluate(tried))
                if bad < least:
                    facts, least, improved = tried, bad, True
                if not least or left <= 0:
                    break
        return facts

    def _changes(self, facts: Facts, given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name in [name for name in facts if name not in given]:
            yield from ((name, answer) for answer in self.pools[name] if answer != facts[name])

    # --- sheets that do something

    def base(self, node: PlannedNode) -> Facts | None:
        """A sheet in which a node is scored, complete if one was found; None where it never is."""
        if node.path not in self._bases:
            self._bases[node.path] = self._base(node)
        return self._bases[node.path]

    def _base(self, node: PlannedNode) -> Facts | None:
        best: Facts | None = None
        for facts in ({}, *self.meeting(node.around)):
            sheet = self.mended(facts)
            outcome = self.evaluate(sheet)
            if is_met(outcome, node):
                if outcome.status == "complete":
                    return sheet
                best = best or sheet
        if best is None:
            best = next((facts for facts, outcome in self.survey if is_met(outcome, node)), None)
        return best

    def meeting(self, rules: Iterable[Rule]) -> Iterator[Facts]:
        """Answers that meet conditions together; none where they cannot be met."""
        found: list[Box] | None = boxes(self.plan, rules)
        for box in islice(found or (), BOXES):
            yield {name: self._stated(name, answer) for name, answer in example(self.plan, box).items()}

    def _stated(self, name: str, answer: Any) -> Any:
        """An answer that a sheet may state: a number that only comes of rounding is moved to one that becomes it."""
        fact = self.plan.facts[name]
        if fact.rounding is None or is_legal(fact, answer):
            return answer
        near = (each for each in self.pools[name] if fact.rounding.apply(each) == answer)
        return next(near, answer)

    def with_answer(self, base: Mapping[str, Any], name: str, answer: Any) -> Facts | None:
        """
        A sheet with one answer changed.

        Of a derived fact the answer itself is stated, or a part of it from which it follows; None where none was found.
        """
        fact = self.plan.facts[name]
        if fact.operands and self.is_computed(fact):
            return self._solved(base, fact, answer)
        apart = parts(self.plan, name) | {
            derived.name for derived in self.plan.derived if name in parts(self.plan, derived.name)
        }
        kept = {key: value for key, value in base.items() if key not in apart}
        return self.whole({**kept, name: answer})

    def _solved(self, base: Mapping[str, Any], fact: PlannedFact, answer: Fraction) -> Facts | None:
        """The sheet with one part changed so that a derived fact comes to an answer; it must be linear in that part."""
        for part in (part for part in fact.operands.values() if not self.plan.facts[part].operands):
            low, high = [self._derived(base, fact, part, Fraction(at)) for at in (1, 2)]
            if low is None or high is None or low == high:
                continue
            solution = 1 + (answer - low) / (high - low)
            if (
                is_legal(self.plan.facts[part], solution)
                and self._derived(base, fact, part, solution) == answer
            ):
                return {**base, part: solution}
        return None

    def _derived(
        self, base: Mapping[str, Any], fact: PlannedFact, part: str, at: Fraction
    ) -> Fraction | None:
        values = self.evaluate({**base, part: at}).values

        def look(name: str) -> Any:
            key = fact.operands[name]
            return at if key == part else Fraction(values[key])

        assert fact.formula is not None
        try:
            found = fact.formula.evaluate(look)
        except (Fault, TypeError):
            return None
        return found if isinstance(found, Fraction) else None

    # --- where nothing else tells what can be

    @cached_property
    def survey(self) -> list[tuple[Facts, Outcome]]:
        """Many different sheets with their outcomes: all combinations of answers, or as many as are gone through."""
        found = {}
        for facts in islice(self._different(), SURVEYED):
            found[str(sorted(facts.items(), key=str))] = facts
        return [(facts, self.evaluate(facts)) for facts in found.values()]

    def _different(self) -> Iterator[Facts]:
        plain = self.whole({})
        names = [name for name in plain if self.pools[name]]
        if prod(len(self.pools[name]) for name in names) <= SURVEYED:
            for answers in product(*(self.pools[name] for name in names)):
                yield {**plain, **dict(zip(names, answers, strict=True))}
            return
        for name in names:
            yield from ({**plain, name: answer} for answer in self.pools[name])
        for one, two in combinations(names, 2):
            pairs = list(product(self.pools[one], self.pools[two]))
            # Of each pair a few, far from each other.
            for here, there in pairs[:: max(1, len(pairs) // 8)]:
                yield {**plain, one: here, two: there}
        at = 0
        while True:
            at += 1
            # Each fact goes through its answers at a pace of its own, so that combinations come in no pattern.
            yield {
                **plain,
                **{name: self._at(name, at * (2 * place + 3) ** 2) for place, name in enumerate(names)},
            }

    def _at(self, name: str, at: int) -> Any:
        return self.pools[name][at * 7919 // 97 % len(self.pools[name])]


def is_met(outcome: Outcome, node: PlannedNode) -> bool:
    """Whether a sheet comes to a node at all, and it applies."""
    result: NodeOutcome | None = outcome.nodes.get(node.path)
    return result is not None and result.status != NOT_APPLYING


def _badness(outcome: Outcome) -> int:
    """How much is wrong with a sheet: what keeps it from being complete first, then what stands beside, and gates."""
    failed = sum(answer is False for gates in outcome.gates.values() for answer in gates.values())
    least = 10 * len(outcome.beside) + failed
    return least if outcome.status == "complete" else least + 1_000 * (1 + len(outcome.problems))
