"""What a rubric asks, made ready for drawing sheets: each fact with its answers, in the order in which they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import Any

from attrs import frozen

from kinerja.checks.cells import every_rule
from kinerja.checks.scores import Walk
from kinerja.checks.totals import fixed, parts
from kinerja.engine.intake import take_in
from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, Fault, UsageError, closest, excerpt
from kinerja.feel import MISSING, Inexact, Operand
from kinerja.intervals import IntervalSet
from kinerja.lattices import Lattice, TooLargeError
from kinerja.model import Direct, Rubric
from kinerja.plan import Plan, PlannedFact, PlannedGroup, PlannedIndicator, PlannedNode, plan
from kinerja.plan.rules import BAD
from kinerja.sheets import entries
from kinerja.testing.listed import is_listed
from kinerja.testing.strategies.answers import Answer, Answers
from kinerja.testing.ties import Ties, is_within

__all__ = ["Computed", "Questions"]

#: In so many configurations are sheets looked for whose scores lie on and beside the bounds of grades.
CONFIGURATIONS = 8
#: So many cells of a group's scores are looked through on either side of a bound.
CELLS = 100


@frozen(eq=False)
class Computed:
    """Facts that are computed from each other: all of them are computed from their parts, or one is stated itself."""

    parts: tuple[str, ...]
    facts: tuple[PlannedFact, ...]
    #: The one that nodes read, if there is just one and nothing else of them is read; else it cannot be stated.
    stated: str | None


class Questions:
    """
    The facts of a rubric with all that they may be answered with; built once, drawn from often.

    `configuration` fixes answers: a mapping from facts to values.
    Raises `UsageError` for a name that is no fact, and for a value that its fact does not accept.
    """

    def __init__(self, rubric: Rubric, configuration: Mapping[str, Any]) -> None:
        self.rubric = rubric
        self.plan = plan(rubric)
        self.ties = Ties(self.plan)
        self.fixed = read(self.plan, configuration)
        rules = list(every_rule(self.plan))
        inverted = _inverted(self.plan)
        nodes = {
            node.measure.name: node
            for node in self.plan.nodes.values()
            if isinstance(node, PlannedIndicator) and node.measure is not None
        }
        self.answers = {
            name: Answers.of(fact, rules, more=inverted.get(name, ()), node=nodes.get(name))
            for name, fact in self.plan.facts.items()
        }
        self.readers = {name: self.ties.readers(name) for name in self.plan.facts}
        deciding = {name for node in self.plan.nodes.values() for rule in node.around for name in rule.names}
        #: Those that decide what applies come first, so that nothing is asked that does not.
        self.order = sorted(self.plan.facts, key=lambda name: not self.ties.upward([name]) & deciding)
        self.leavable = [path for path, node in self.plan.nodes.items() if node.model.may_not_apply]
        #: What is always asked, as long as nothing is left out.
        self.always = {
            name
            for name, paths in self.readers.items()
            if not paths or any(not self.plan.nodes[path].around for path in paths)
        }

    def __repr__(self) -> str:
        return f"<{self.rubric.id}>"

    def is_asked(self, name: str, known: Mapping[str, Any], left_out: str) -> bool:
        """Whether some node that may apply reads a fact, as far as the answers so far say."""
        if name in self.always and not left_out:
            return True
        return not self.readers[name] or any(
            all(rule.holds(known) is not False for rule in self.plan.nodes[path].around)
            and not (left_out and is_within(path, left_out))
            for path in self.readers[name]
        )

    def is_counted(self, name: str, known: Mapping[str, Any], left_out: str) -> bool:
        """Whether the total hangs on a fact for certain: the score of some node does that counts, and applies."""
        names = self.ties.upward([name])
        return any(
            all(rule.holds(known) for rule in self.plan.nodes[path].around)
            and not (left_out and is_within(path, left_out))
            for path, read in self.counting.items()
            if names & read
        )

    @cached_property
    def counting(self) -> dict[str, set[str]]:
        """The nodes that the total is made of, not those aside, each with the names that its part in it hangs on."""
        found: dict[str, set[str]] = {}
        waiting: list[PlannedNode] = [self.plan.root]
        while waiting:
            node = waiting.pop()
            around = (name for rule in node.around for name in rule.names)
            # A grade further in decides nothing but itself.
            found[node.path] = {*node.reads, *around, *(node.grade_reads if node is self.plan.root else ())}
            waiting += node.children if isinstance(node, PlannedGroup) else ()
        return found

    # --- facts that are computed

    @cached_property
    def computed(self) -> dict[str, Computed]:
        """What is computed, and what goes into it, each with all that it shares a part with."""
        shared: list[set[str]] = []
        for fact in self.plan.derived:
            own = {fact.name, *parts(self.plan, fact.name)}
            for other in [each for each in shared if each & own]:
                shared.remove(other)
                own |= other
            shared.append(own)
        found = {}
        for names in shared:
            facts = tuple(fact for fact in self.plan.derived if fact.name in names)
            read = [name for name in names if self.ties.reading.get(name)]
            derived = {fact.name for fact in facts}
            stated = read[0] if len(read) == 1 and read[0] in derived else None
            base = tuple(name for name in self.order if name in names - derived)
            found.update(dict.fromkeys(names, Computed(base, facts, stated)))
        return found

    def values(self, stated: Mapping[str, Any]) -> dict[str, Any] | None:
        """What facts mean together with all that is computed from them; None where something is wrong with them."""
        outcome = Outcome(self.plan, None)
        take_in(entries(stated), outcome)
        return None if outcome.problems else outcome.values

    def aimed(
        self, fact: PlannedFact, target: Fraction, part: str, known: Mapping[str, Any]
    ) -> Answer | None:
        """The answer to one part with which a computed fact comes to a target, or near it; None where none is found."""
        answers = self.answers[part]
        # Three places beside an answer; whether the domain holds them does not matter to a formula.
        tried = [answers.pool[0].meant + way for way in (1, 2, 4)]
        found = [self._value(fact, {**known, part: number}) for number in tried]
        number = _inverse(tried, found, target)
        if number is None:
            return None
        if answers.fact.step is not None:
            number = number // answers.fact.step * answers.fact.step
        domain = answers.fact.domain
        return Answer(number, number) if domain is None or number in domain else None

    def _value(self, fact: PlannedFact, known: Mapping[str, Any]) -> Fraction | None:
        """What a fact is computed to, before it is rounded; None where that is no exact number."""
        assert fact.formula is not None

        def operand(name: str) -> Operand:
            inner = self.plan.facts[fact.operands[name]]
            if inner.formula is None:
                return Fraction(known[inner.name])
            value = self._value(inner, known)
            return Inexact(Fraction(0)) if value is None else value

        try:
            value = fact.formula.evaluate(operand)
        except Fault:
            return None
        return value if isinstance(value, Fraction) else None

    # --- scores beside the bounds of grades

    @cached_property
    def graded(self) -> list[dict[str, Answer]]:
        """Answers with which the score of a group lies on a bound of its grades, gates or cap, or next to it."""
        combinations = fixed(self.plan)
        if combinations is None:
            return []
        known = {name: answer.meant for name, answer in self.fixed.items()}
        own = [each for each in combinations if all(known.get(n, v) == v for n, v in each.items())]
        chosen = own[:: len(own) // CONFIGURATIONS + 1]
        found: list[dict[str, Answer]] = []
        for node in self.plan.nodes.values():
            bounds = _bounds(self.plan, node) if isinstance(node, PlannedGroup) and is_listed(node) else []
            for configuration in chosen if bounds else ():
                for facts in self._beside(node, configuration, bounds):
                    # What is found is a value after its rounding, which may lie outside of the domain.
                    with suppress(UsageError):
                        found.append(read(self.plan, facts))
        return [each for each in found if not each.keys() & known.keys() - configuration_of(own)]

    def _beside(
        self, node: PlannedNode, configuration: Mapping[str, Any], bounds: list[Fraction]
    ) -> Iterator[Mapping[str, Any]]:
        try:
            _, result = Walk(self.plan, configuration, left_out=False).whole(node)
        except TooLargeError:
            return
        scores = result.finished if result is not None else None
        if result is None or not isinstance(scores, Lattice):
            return
        width = scores.step * CELLS
        for bound in bounds:
            near = list(scores.between(bound - width, bound + width))
            below = [score for score in near if score < bound][-1:]
            found = map(result.find, (*below, *islice((each for each in near if each >= bound), 2)))
            yield from ({**configuration, **facts} for facts in found if facts is not None)


def configuration_of(combinations: list[Mapping[str, Any]]) -> set[str]:
    """The facts that configurations are made of."""
    return {name for each in combinations[:1] for name in each}


def read(planned: Plan, facts: Mapping[str, Any]) -> dict[str, Answer]:
    """
    Facts as answers.

    Raises `UsageError` for a name that is no fact, and for a value that its fact does not accept.
    """
    found = {}
    for name, said in facts.items():
        if name not in planned.facts:
            values = {"name": name, "suggestion": closest(name, planned.facts)}
            raise UsageError([Diagnostic("K561", (name,), values)])
        outcome = Outcome(planned, None)
        take_in([(name, said)], outcome)
        meant = outcome.values.get(name, BAD)
        if meant is BAD or meant is MISSING or outcome.problems:
            values = {"name": name, "value": excerpt(said)}
            raise UsageError([Diagnostic("K562", (name,), values), *outcome.problems])
        found[name] = Answer(said, meant)
    return found


def _inverse(tried: list[Fraction], found: list[Fraction | None], target: Fraction) -> Fraction | None:
    """Where a quotient of two linear functions, known at three places, comes to a target; None where it does not."""
    if None in found or len(set(found)) < 3:
        return None
    (x1, x2, x3), (y1, y2, y3) = tried, (Fraction(each or 0) for each in found)
    if target == y3:
        return x3
    ratio = (target - y1) * (y2 - y3) / ((target - y3) * (y2 - y1))
    left, right = x2 - x3, ratio * (x2 - x1)
    return None if left == right else (left * x1 - right * x3) / (left - right)


def _bounds(planned: Plan, node: PlannedNode) -> list[Fraction]:
    """Every bound that conditions, or its cap, set to the score of a node."""
    own = f"{node.path}.score"
    tests = (test for rule in every_rule(planned) for way in rule.ways for test in way if test.name == own)
    cuts = [cut for test in tests if isinstance(test.allowed, IntervalSet) for cut in test.allowed.cuts()]
    ends = [end for end in node.cap or () if end is not None]
    return sorted({*cuts, *ends})


def _inverted(planned: Plan) -> dict[str, list[Fraction]]:
    """The answers from which an indicator that is its answer comes to a bound of its own score."""
    found = {}
    for node in planned.nodes.values():
        if isinstance(node.model, Direct):
            scores = _bounds(planned, node)
            scaling = node.scaling
            if scaling is not None:
                inverse = [(score - scaling.offset) / scaling.slope for score in scores if scaling.slope]
                scores = [*inverse, scaling.low, scaling.high]
            found[node.path] = scores
    return found
