"""Names in columns: facts read once, rules asked once, and who asked for which node."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction

import narwhals as nw

from kinerja.engine.columns.asked import UNSEEN, Answers, Named, Numbers, Seen, answers_of, options_of
from kinerja.engine.columns.asked import computed as derived
from kinerja.engine.columns.came import Asked, Came, Graded, GradeOf, ScoreOf, Stage
from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.formulas import Operand, Value, computed, line_of, plus, refusal, rounded, times
from kinerja.engine.columns.lines import Comparable, Ratio, Whole
from kinerja.engine.columns.terms import (
    Truth,
    all_of,
    any_of,
    joined,
    negated,
    number,
    where,
)
from kinerja.engine.shapes import common, open_ends
from kinerja.errors import Diagnostic, Fault, UsageError
from kinerja.feel import MISSING
from kinerja.plan import (
    Plan,
    PlannedFact,
    PlannedNode,
)
from kinerja.plan.parts import Scaling
from kinerja.plan.rules import Rule

__all__ = ["Names"]

#: So many facts may be computed from each other, one after another: each is a stage that an engine has to bear.
DEEPEST = 60


class Names(ABC):
    """What names mean over the columns of one frame."""

    def __init__(
        self, plan: Plan, types: Mapping[str, nw.dtypes.DType], seen: Mapping[str, Seen], doubts: Doubts
    ) -> None:
        self.plan = plan
        self.doubts = doubts
        self.types = types
        self.seen = seen
        self.facts: dict[str, Answers] = {}
        #: Whether the answer to a set holds several of its options.
        self.sets: dict[str, Callable[[Collection[str]], Truth]] = {}
        self.came: dict[str, Came] = {}
        self.graded: dict[str, Graded] = {}
        self.rules: dict[int, Asked] = {}
        self.wrong: dict[Stage, Truth] = {}
        #: The facts that can be computed from what the frame holds, and how many then follow from each other.
        self.depths: dict[str, int] = {}
        for fact in plan.derived:
            if all(map(self.is_told, fact.operands.values())):
                parts = (name for name in fact.operands.values() if name not in types)
                self.depths[fact.name] = 1 + max((self.depths.get(name, 0) for name in parts), default=0)
        #: Who evaluates what, and where.
        self.asks: dict[Stage, list[tuple[Stage | None, Truth]]] = {}

    def ask(self, stage: Stage, *, by: Stage | None, here: Truth) -> None:
        """Note who evaluates what."""
        if stage != by and here is not False:
            self.asks.setdefault(stage, []).append((by, here))

    @abstractmethod
    def score(self, node: PlannedNode) -> Came:
        """A node, come to once."""
        ...

    @abstractmethod
    def grade(self, node: PlannedNode) -> Graded:
        """The class of a node, come to once."""
        ...

    # --- names

    @contextmanager
    def about(self, path: str) -> Iterator[None]:
        """Faults of the arithmetic under the name of a node or a fact."""
        try:
            yield
        except Fault as fault:
            values = {"name": path, **fault.values}
            raise UsageError([Diagnostic(fault.code, (str(values["name"]),), values)]) from None

    def fact(self, name: str) -> Answers:
        """A fact, looked at once."""
        if name not in self.facts:
            with self.about(name):
                self.facts[name] = self._fact(self.plan.facts[name])
        return self.facts[name]

    def _fact(self, fact: PlannedFact) -> Answers:
        if fact.kind == "set":
            answers, has = options_of(fact, self.seen.get(fact.name, UNSEEN))
            self.sets[fact.name] = has
            return answers
        is_computed = fact.name in self.depths
        if is_computed and fact.name not in self.types:
            if self.depths[fact.name] > DEEPEST:
                raise Fault("K625", name=fact.name, limit=DEEPEST)
            return self.derived(fact)
        found = answers_of(fact, self.types.get(fact.name), self.doubts, self.seen.get(fact.name, UNSEEN))
        if is_computed:
            # An empty cell is computed then, from what its parts mean where nobody answers.
            self.doubts.needed("K623", any_of([found.missing, found.usual]))
        return found

    def is_told(self, name: str) -> bool:
        """Whether the frame holds a fact, or what it is computed from, or its absence means something."""
        fact = self.plan.facts[name]
        is_computed = bool(fact.operands) and name in self.depths
        return name in self.types or fact.missing is not MISSING or is_computed

    def derived(self, fact: PlannedFact) -> Answers:
        """A fact from its parts; absent where all of them are."""
        parts = {name: self.fact(name) for name in fact.operands.values()}
        assert fact.formula is not None

        def operand(spelt: str) -> list[Operand]:
            part = parts[fact.operands[spelt]]
            assert isinstance(part, Numbers)
            with self.about(fact.operands[spelt]):
                return [Operand(part.whole, part.ok)]

        bad = any_of(part.bad for part in parts.values())
        with self.told(fact.name, str(fact.formula)):
            found = computed(fact.formula.tree, operand, self.doubts)
            known = all_of([found.known, negated(bad)])
            # A division of parts that are there is at fault even where other parts are missing, but not all of them.
            fault = all_of([found.fault, negated(bad), any_of(part.ok for part in parts.values())])
            return derived(fact, found.value, known, fault, any_of([bad, fault]), self.doubts)

    @contextmanager
    def told(self, path: str, text: str) -> Iterator[None]:
        """The same as `about`, where a formula or a way to combine may be beyond whole numbers."""
        try:
            yield
        except Fault as fault:
            raise Fault(fault.code, **{"name": path, "text": text, **fault.values}) from None

    def named(self, name: str, by: Stage | None, here: Truth) -> Named:
        """What a name means; who asks for a node, and where, is noted."""
        if name in self.plan.facts:
            return self.fact(name)
        path, what = self.plan.references[name]
        self.ask((what, path), by=by, here=here)
        node = self.plan.nodes[path]
        if what == "grade":
            return GradeOf(node, self.grade(node))
        return ScoreOf(self.score(node))

    def rule(self, rule: Rule, by: Stage, here: Truth) -> Asked:
        """A rule in every row."""
        named = {name: self.named(name, by, here) for name in rule.names}
        if id(rule) not in self.rules:
            yes, no, unusable = [], [], []
            for way in rule.ways:
                passed = [named[test.name].passes(test) for test in way]
                failed = [
                    any_of([named[test.name].left, all_of([named[test.name].ok, negated(each)])])
                    for test, each in zip(way, passed, strict=True)
                ]
                yes.append(all_of(passed))
                no.append(any_of(failed))
                bad = any_of(named[test.name].bad for test in way)
                unusable.append(all_of([bad, negated(no[-1])]))
            self.rules[id(rule)] = Asked(any_of(yes), all_of(no), any_of(unusable))
        return self.rules[id(rule)]

    def added(self, several: Sequence[tuple[Truth, Whole, Fraction]]) -> Whole:
        """The sum of numbers times their factors, each where its truth holds."""
        parts = [
            (truth, score.scaled(factor)) for truth, score, factor in several if factor and truth is not False
        ]
        unit = common(part.unit for _, part in parts if part.low or part.high)
        counted = [part.counted(unit).gated(truth) for truth, part in parts if part.low or part.high]
        if not counted:
            return Whole(None, unit, 0, 0)
        constant = sum(each.low for each in counted if each.term is None)
        terms = [each for each in counted if each.term is not None]
        low = constant + sum(each.low for each in terms)
        high = constant + sum(each.high for each in terms)
        if not terms:
            return Whole(None, unit, low, high).fitting()
        Whole(None, unit, -max(abs(low), abs(high)), 0).fitting()
        summed = joined([each.expr for each in terms], lambda a, b: a + b)
        if constant:
            summed = summed + number(constant)
        return Whole(summed, unit, low, high)

    def finish(self, node: PlannedNode, came: Came) -> Came:
        """Scale, then cap, then round: after this the score is the score."""
        score = came.score
        assert score is not None
        if node.scaling is not None:
            self.placed(node, node.scaling, came, score)
            slope, offset = node.scaling.slope, Whole.of(node.scaling.offset)
            turned = score.negated() if slope < 0 else score
            score = turned.scaled(abs(slope)) if slope else Whole.of(Fraction(0))
            score = score.plus(offset) if offset.low else score
        if node.cap is not None:
            score = self.held_to(node.cap, score)
        if node.model.round is not None and score.unit % node.model.round.to:
            score = score.rounded(node.model.round)
        came.score = score
        return came

    def placed(self, node: PlannedNode, scaling: Scaling, came: Came, line: Comparable) -> None:
        """Where a score lies on the scale of its node; elsewhere it is a problem."""
        below, above = open_ends(node)
        outside = any_of(
            [
                line.compared("<", scaling.low) if below else False,
                line.compared(">", scaling.high) if above else False,
            ]
        )
        beyond = all_of([came.scored, outside])
        came.scored = all_of([came.scored, negated(beyond)])
        came.invalid, came.problem = any_of([came.invalid, beyond]), any_of([came.problem, beyond])

    def rounded_off(self, node: PlannedNode, came: Came, value: Value) -> Came:
        """
        The same for what is no whole number before it is rounded.

        It is capped when it is rounded, at ends rounded alike, which comes to the same.
        """
        rounding = node.model.round
        if rounding is None:
            raise refusal(value)
        if node.scaling is not None:
            self.placed(node, node.scaling, came, line_of(value, came.scored, self.doubts))
            slope, offset = (
                Ratio(Whole.of(each), Whole.of(Fraction(1)))
                for each in (node.scaling.slope, node.scaling.offset)
            )
            value = plus(times(value, slope, self.doubts), offset, self.doubts)
        score = rounded(value, rounding, came.scored, self.doubts)
        if node.cap is not None:
            low, high = (None if end is None else rounding.apply(end) for end in node.cap)
            score = self.held_to((low, high), score)
        came.score = score
        return came

    def held_to(self, cap: tuple[Fraction | None, Fraction | None], score: Whole) -> Whole:
        """A score held between two ends."""
        for end, sign in zip(cap, ("<", ">"), strict=True):
            if end is None:
                continue
            beyond = score.compared(sign, end)
            if beyond is False:
                continue
            unit = common((score.unit, end)) if end else score.unit
            counted, place = score.counted(unit), int(end / unit)
            if beyond is True:
                score = Whole(None, unit, place, place)
                continue
            term = where(beyond, number(place), counted.expr)
            low = max(counted.low, place) if sign == "<" else min(counted.low, place)
            high = max(counted.high, place) if sign == "<" else min(counted.high, place)
            score = Whole(term, unit, low, high)
        return score
