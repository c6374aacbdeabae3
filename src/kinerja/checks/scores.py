"""
What each node can come to in one configuration, level by level.

A configuration fixes every fact that more than one node hangs on; so the scores of a group are made of those of its
children in every combination: as sets of exact numbers, with a way back from each to answers that give it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import pairwise, product
from math import prod
from typing import Any

from attrs import evolve, frozen

from kinerja.checks.cells import LIMIT, allowed, cells, domain, rounded
from kinerja.checks.spans import ANYWHERE, Numbers, Span, span
from kinerja.engine.combine import ADDITIVE, root
from kinerja.errors import Fault
from kinerja.feel import MISSING, Inexact
from kinerja.feel.ranges import image
from kinerja.intervals import EVERYTHING, NOTHING, Interval, IntervalSet
from kinerja.lattices import MEMBERS, Lattice, TooLargeError
from kinerja.model import Direct
from kinerja.plan import (
    Amount,
    Plan,
    PlannedFact,
    PlannedGate,
    PlannedGroup,
    PlannedIndicator,
    PlannedNode,
    capped,
)
from kinerja.plan.rules import NO_SCORE

__all__ = ["Facts", "Find", "Scores", "Walk", "finish", "operands", "runs"]

Facts = Mapping[str, Any]
Find = Callable[[Fraction], Facts | None]


@frozen
class Scores:
    """What a node can come to: its scores, whether it may have none, and what to state for each."""

    #: Before scale, cap and rounding also single numbers, which may lie on no common grid.
    numbers: Numbers | frozenset[Fraction]
    find: Find
    is_unscored: bool = False
    #: What is stated where it is left out of its group; None where it may not be.
    out: Facts | None = None

    @property
    def finished(self) -> Numbers:
        """Its scores, once scale, cap and rounding are done."""
        assert not isinstance(self.numbers, frozenset)
        return self.numbers


class Walk:
    """A rubric in one configuration."""

    def __init__(self, planned: Plan, facts: Facts, *, left_out: bool) -> None:
        self.plan = planned
        self.facts = facts
        self.left_out = left_out
        self.asked: PlannedNode = planned.root
        self.combined: Numbers | None = None

    def whole(self, node: PlannedNode) -> tuple[Numbers | None, Scores | None]:
        """What a node can come to, before its own scale, cap and rounding, and after them."""
        self.asked = node
        found = self.node(node)
        return self.combined, found

    def node(self, node: PlannedNode) -> Scores | None:
        """What a node can come to; None where it does not apply, and where it has no number."""
        if not all(rule.holds(self.facts) for rule in node.around):
            return None
        if isinstance(node, PlannedIndicator):
            found: Scores | None = self.indicator(node)
        else:
            found = self.group(node) if isinstance(node, PlannedGroup) else None
        if found is None:
            return None
        if node is self.asked:
            self.combined = _on_a_grid(found.numbers)
        return self.leavable(node, self.admitted(node, _finished(node, found)))

    def leavable(self, node: PlannedNode, scores: Scores) -> Scores:
        """The same with what is stated where the node is left out, if that is asked for and may be."""
        if self.left_out and node.model.may_not_apply:
            return evolve(scores, out={node.path: {"not-applicable": "–"}})
        if not all(gate.rule.holds(self.facts) for gate in node.gates if self.guards(node, gate)):
            # A gate on facts refuses the sheet before anything is asked.
            return evolve(scores, out=None)
        excluded = self.left_out and node.model.missing == "exclude" and self.may_miss(node)
        return evolve(scores, out={}) if excluded and scores.out is None else scores

    @staticmethod
    def guards(node: PlannedNode, gate: PlannedGate) -> bool:
        """Whether a gate of a node refuses sheets by their facts alone."""
        return not gate.grade and f"{node.path}.score" not in gate.rule.names

    def may_miss(self, node: PlannedNode) -> bool:
        """Whether a node lacks an answer where nothing is stated but the configuration, and what the rubric assumes."""
        if not all(rule.holds(self.facts) for rule in node.around):
            return False
        if isinstance(node, PlannedGroup):
            return any(self.may_miss(child) for child in node.children if child.model.missing != "exclude")
        assert isinstance(node, PlannedIndicator)
        facts = self.plan.facts
        known = {name: facts[name].missing for name in node.answers if facts[name].missing is not MISSING}
        known |= self.facts
        if not node.bands:
            return not known.keys() >= set(node.answers)
        answers = [band.rule.holds(known) for band in node.bands]
        held = [band for band, answer in zip(node.bands, answers, strict=True) if answer]
        return None in answers if not held else not known.keys() >= set(held[0].amount.names)

    # --- indicators

    def indicator(self, node: PlannedIndicator) -> Scores:
        """What an indicator that applies can come to."""
        if isinstance(node.model, Direct):
            assert node.measure is not None
            return self.direct(node.measure)
        return self.ladder(node) if node.ladder else self.answered(node)

    def direct(self, measure: PlannedFact) -> Scores:
        """An answer that is the score."""
        if measure.name in self.facts:
            return _given({Fraction(self.facts[measure.name]): {}})
        whole = domain(measure)
        return Scores(_numbers(whole), lambda score: {measure.name: score} if score in whole else None)

    def ladder(self, node: PlannedIndicator) -> Scores:
        """The rungs that can be the last one reached, and what an empty run scores."""
        measure = node.measure
        assert measure is not None
        is_fixed = measure.name in self.facts
        raw: dict[Fraction, Facts] = {}
        for there in [self.facts[measure.name]] if is_fixed else [frozenset[str](), *runs(node)]:
            reached = node.otherwise
            for step in node.ladder:
                if not step.needs <= there:
                    break
                reached = step.amount
            score = _amount(reached, self.facts) if reached is not None else None
            if isinstance(score, Fraction):
                raw.setdefault(score, {} if is_fixed else {measure.name: sorted(there)})
        return _given(raw)

    def answered(self, node: PlannedIndicator) -> Scores:
        """Bands, levels or a formula: every cell of the answers that are the node's own."""
        rules = [band.rule for band in node.bands]
        rules += [case.rule for amount in node.amounts for case in amount.cases if case.rule is not None]
        numeric = operands(node)
        answers: dict[str, list[Any]] = {}
        dense: dict[str, IntervalSet] = {}
        for name in (name for name in dict.fromkeys(node.answers) if name not in self.facts):
            fact = self.plan.facts[name]
            whole = domain(fact) if fact.kind == "number" else None
            if name not in numeric or whole is None:
                answers[name] = cells(fact, rules)
            elif whole.count is not None and whole.count <= LIMIT:
                answers[name] = list(whole.points())
            else:
                dense[name] = whole
        if dense:
            return self.dense(node, dense)
        if prod(map(len, answers.values())) > LIMIT:
            raise TooLargeError
        raw: dict[Fraction, Facts] = {}
        is_unscored = False
        for values in product(*answers.values()):
            facts = dict(zip(answers, values, strict=True))
            score = _score(node, {**self.facts, **facts})
            is_unscored = is_unscored or score is NO_SCORE
            if isinstance(score, Fraction):
                raw.setdefault(score, facts)
        return _given(raw, is_unscored=is_unscored)

    def dense(self, node: PlannedIndicator, sets: Mapping[str, IntervalSet]) -> Scores:
        """A formula over numbers on the real line, where nothing else decides; of another nothing is known."""
        amount = node.amount
        anywhere = Scores(ANYWHERE, lambda _: None)
        if amount is None or len(amount.cases) != 1 or amount.cases[0].formula is None:
            return anywhere
        (case,) = amount.cases
        known: dict[str, IntervalSet] = {}
        for name, key in case.operands.items():
            fixed = self.facts.get(str(key))
            whole = sets.get(str(key)) if fixed is None else IntervalSet.of(Fraction(fixed))
            if whole is None or whole.step is not None:
                return anywhere
            known[name] = whole
        assert case.formula is not None
        numbers, is_exact = image(case.formula, known)
        return Scores(Span(numbers, is_exact=is_exact), lambda _: None)

    # --- groups

    def group(self, node: PlannedGroup) -> Scores | None:
        """What the children of a group that applies come to together; None where nothing counts."""
        found = [(child, scores) for child in node.children if (scores := self.node(child)) is not None]
        if not found or not node.model.combine:
            return None
        is_unscored = any(scores.is_unscored for _, scores in found)
        if node.model.combine in ADDITIVE:
            combined = Sums(self, node.model.combine, found).scores()
        else:
            combined = _folded(node.model.combine, [scores for _, scores in found])
        # Without a weight that counts there is nothing to combine, and the group does not apply.
        if combined is None:
            return None
        return evolve(combined, is_unscored=is_unscored, out=self.emptied(found))

    def emptied(self, found: list[tuple[PlannedNode, Scores]]) -> Facts | None:
        """What is stated where everything in a group that counts is left out, so that it does not apply either."""
        facts: dict[str, Any] = {}
        for child, scores in found:
            if scores.out is not None:
                facts |= scores.out
            elif not self.left_out or _share(child, self.facts):
                return None
            else:
                # What weighs nothing is answered all the same.
                numbers = scores.finished
                score = (
                    next(iter(numbers), None) if isinstance(numbers, Lattice) else numbers.numbers.example()
                )
                if score is None:
                    # No sheet gets past its gates.
                    return None
                below = scores.find(score)
                if below is None:
                    raise TooLargeError
                facts |= below
        return facts

    # --- gates

    def admitted(self, node: PlannedNode, scores: Scores) -> Scores:
        """The scores that no refusing gate refuses."""
        own = f"{node.path}.score"
        numbers = scores.finished
        for rule in (gate.rule for gate in node.gates if not gate.grade):
            held = allowed(rule, own, self.facts)
            if isinstance(numbers, Lattice):
                numbers = numbers.mapped(lambda score, held=held: score if score in held else None)  # type: ignore[misc]
            else:
                numbers = evolve(numbers, numbers=numbers.numbers & held)
        kept = numbers
        return evolve(scores, numbers=kept, find=lambda score: scores.find(score) if score in kept else None)


def runs(node: PlannedIndicator) -> list[frozenset[str]]:
    """What is there when each step of a ladder is the last one reached, for each step that can be."""
    found = []
    there: frozenset[str] = frozenset()
    for at, step in enumerate(node.ladder):
        there |= step.needs
        if at + 1 == len(node.ladder) or not node.ladder[at + 1].needs <= there:
            found.append(there)
    return found


def operands(node: PlannedIndicator) -> set[str]:
    """The names whose very values enter the score of an indicator: no cell can stand for several of them."""
    found = {node.measure.name} if isinstance(node.model, Direct) and node.measure is not None else set()
    for case in (case for amount in node.amounts for case in amount.cases):
        for key in case.operands.values():
            found.update((key,) if isinstance(key, str) else key)
    return found


def _given(raw: Mapping[Fraction, Facts], *, is_unscored: bool = False) -> Scores:
    return Scores(frozenset(raw), raw.get, is_unscored)


def _on_a_grid(numbers: Numbers | frozenset[Fraction]) -> Numbers | None:
    try:
        return Lattice.of(numbers) if isinstance(numbers, frozenset) else numbers
    except TooLargeError:
        return None


def _numbers(whole: IntervalSet) -> Numbers:
    """A set of numbers as a finite one, where it is."""
    if whole.step is None or whole.count is None:
        return Span(whole if whole.step is None else _dense(whole), is_exact=whole.step is None)
    pieces = [(piece.low, piece.high) for piece in whole]
    step = whole.step
    found = (Lattice.steps(low, high, step) for low, high in pieces if low is not None and high is not None)
    return reduce(Lattice.__or__, found, Lattice())


def _dense(whole: IntervalSet) -> IntervalSet:
    """The real line around numbers that go on in steps for ever."""
    return IntervalSet.of(*whole)


def _score(node: PlannedIndicator, facts: Facts) -> Any:
    """The score of one combination of answers; None where the sheet would be refused."""
    if node.amount is not None:
        return _amount(node.amount, facts)
    holding = [band for band in node.bands if band.rule.holds(facts)]
    return _amount(holding[0].amount, facts) if len(holding) == 1 else None


def _amount(amount: Amount, facts: Facts) -> Any:
    if amount.constant is not None:
        return amount.constant
    holding = [case for case in amount.cases if case.rule is None or case.rule.holds(facts)]
    if len(holding) != 1:
        return None
    (case,) = holding
    if case.formula is None:
        return NO_SCORE
    try:
        value = case.formula.evaluate(lambda name: Fraction(facts[str(case.operands[name])]))
    except Fault:
        return None
    return value.number if isinstance(value, Inexact) else value


# --- after the score: scale, cap, round


def _finished(node: PlannedNode, scores: Scores) -> Scores:
    """Scale, then cap, then round."""
    numbers = scores.numbers
    if node.is_plain:
        return evolve(scores, numbers=Lattice.of(numbers)) if isinstance(numbers, frozenset) else scores
    if isinstance(numbers, Span):
        after = _finished_span(node, numbers)
        return evolve(
            scores, numbers=after, find=lambda score: _found_before(node, numbers, scores.find, score)
        )
    if len(numbers) > MEMBERS:
        raise TooLargeError
    before: dict[Fraction, Fraction] = {}
    for raw in numbers:
        score = finish(node, raw)
        if score is not None:
            before.setdefault(score, raw)
    return evolve(
        scores,
        numbers=Lattice.of(before),
        find=lambda score: scores.find(before[score]) if score in before else None,
    )


def finish(node: PlannedNode, score: Fraction) -> Fraction | None:
    """A raw score after scale, cap and rounding; None beyond an end of its scale that no cap holds it to."""
    scaling = node.scaling
    if scaling is not None:
        low, high = _open_ends(node)
        if (score < scaling.low and low) or (score > scaling.high and high):
            return None
        score = scaling.apply(score)
    if node.cap is not None:
        score = capped(score, node.cap)
    return node.model.round.apply(score) if node.model.round is not None else score


def _open_ends(node: PlannedNode) -> tuple[bool, bool]:
    """Whether nothing holds a score that lies below its scale, and above it."""
    low, high = node.cap if node.cap is not None else (None, None)
    if node.scaling is not None and node.scaling.slope < 0:
        low, high = high, low
    return low is None, high is None


def _finished_span(node: PlannedNode, before: Span) -> Numbers:
    numbers, scaling = before.numbers, node.scaling
    if scaling is not None:
        low, high = _open_ends(node)
        inside = Interval(scaling.low if low else None, scaling.high if high else None)
        numbers = (numbers & IntervalSet.of(inside)).linear(scaling.slope, scaling.offset)
    if node.cap is not None:
        low_end, high_end = node.cap
        within = IntervalSet.of(Interval(low_end, high_end))
        ends = [] if low_end is None or (numbers & _below(low_end)).is_empty else [low_end]
        ends += [] if high_end is None or (numbers & _above(high_end)).is_empty else [high_end]
        numbers = (numbers & within) | IntervalSet.of(*ends)
    if node.model.round is not None:
        found = _numbers(rounded(numbers, node.model.round))
        # A set that only may hold a number may be rounded to one that does not occur.
        return found if before.is_exact or isinstance(found, Span) else evolve(span(found), is_exact=False)
    return evolve(before, numbers=numbers)


def _below(end: Fraction) -> IntervalSet:
    return IntervalSet.of(Interval(None, end, high_closed=False))


def _above(end: Fraction) -> IntervalSet:
    return IntervalSet.of(Interval(end, None, low_closed=False))


def _found_before(node: PlannedNode, before: Span, find: Find, score: Fraction) -> Facts | None:
    """What to state for a score: that of some raw score that becomes it."""
    raws = ((before.numbers & _unscaled(node, cell)).example() for cell in _becoming(node, score))
    return next((find(raw) for raw in raws if raw is not None and finish(node, raw) == score), None)


def _becoming(node: PlannedNode, score: Fraction) -> Iterator[IntervalSet]:
    """Sets of scaled scores of which each becomes one and the same: the score itself, those around it, those beyond."""
    yield IntervalSet.of(score)
    rounding = node.model.round
    if rounding is not None:
        # Every way of rounding changes only at halves of its step.
        cuts = [score + Fraction(n, 2) * rounding.to for n in range(-2, 3)]
        yield from (IntervalSet.of(cut) for cut in cuts)
        for low, high in pairwise(cuts):
            yield IntervalSet.of(Interval(low, high, low_closed=False, high_closed=False))
    low_end, high_end = node.cap if node.cap is not None else (None, None)
    yield NOTHING if low_end is None else _below(low_end)
    yield NOTHING if high_end is None else _above(high_end)


def _unscaled(node: PlannedNode, numbers: IntervalSet) -> IntervalSet:
    """The raw scores that a scale takes to some numbers."""
    scaling = node.scaling
    if scaling is None:
        return numbers
    if not scaling.slope:
        return EVERYTHING if scaling.offset in numbers else NOTHING
    return numbers.linear(1 / scaling.slope, -scaling.offset / scaling.slope)


# --- sums


class Sums:
    """The scores of a group that adds up its children, by the sum of the weights that counted."""

    def __init__(self, walk: Walk, combine: str, found: list[tuple[PlannedNode, Scores]]) -> None:
        self.combine = combine
        self.children = [scores for _, scores in found]
        self.shares = [_share(node, walk.facts) for node, _ in found]

    def scores(self) -> Scores | None:
        """Every score that the sums give; None where nothing counts."""
        #: After each child: the sums so far, by the sum of the weights that counted in them.
        stages: list[dict[int, Numbers]] = [{0: Lattice.of([0])}]
        for share, scores in zip(self.shares, self.children, strict=True):
            counted = scores.finished.linear(Fraction(share))
            after: dict[int, Numbers] = {}
            for base, sums in stages[-1].items():
                _join(after, base + share, _sum(sums, counted))
                if scores.out is not None:
                    _join(after, base, sums)
            stages.append(after)
        found = {base: sums.linear(self.factor(base)) for base, sums in stages[-1].items() if base}
        if not found:
            return None

        def find(score: Fraction) -> Facts | None:
            base = next(base for base, members in found.items() if score in members)
            return self.traced(stages, base, score / self.factor(base))

        return Scores(reduce(_union, found.values()), find)

    def factor(self, base: int) -> Fraction:
        return Fraction(1) if self.combine == "sum" else Fraction(1, base)

    def traced(self, stages: list[dict[int, Numbers]], base: int, left: Fraction) -> Facts | None:
        """What to state for one sum: the last child first."""
        facts: dict[str, Any] = {}
        for before, share, scores in reversed(list(zip(stages, self.shares, self.children, strict=False))):
            if scores.out is not None and base in before and left in before[base]:
                facts |= scores.out
                continue
            base -= share
            score = _addend(scores.finished, share, before[base], left)
            below = scores.find(score) if score is not None else None
            if score is None or below is None:
                return None
            facts |= below
            left -= share * score
        return facts


def _share(node: PlannedNode, facts: Facts) -> int:
    """The weight that counts here, as a whole number; 1 where nothing is weighed."""
    held = [weight.points for weight in node.weights if weight.rule is None or weight.rule.holds(facts)]
    return 1 if not node.weights else held[0] if len(held) == 1 else 0


def _sum(one: Numbers, other: Numbers) -> Numbers:
    return one + other if isinstance(one, Lattice) and isinstance(other, Lattice) else span(one) + other


def _union(one: Numbers, other: Numbers) -> Numbers:
    return one | other if isinstance(one, Lattice) and isinstance(other, Lattice) else span(one) | other


def _join(found: dict[int, Numbers], base: int, sums: Numbers) -> None:
    found[base] = _union(found[base], sums) if base in found else sums


def _addend(child: Numbers, share: int, before: Numbers, left: Fraction) -> Fraction | None:
    """A score of a child that leaves a sum of those before it."""
    if isinstance(child, Lattice) and isinstance(before, Lattice):
        return next((score for score in child if left - share * score in before), None)
    if not share:
        return next(iter(child), None) if isinstance(child, Lattice) else child.numbers.example()
    rest = span(before).numbers & span(child).numbers.linear(Fraction(-share), left)
    found = rest.example()
    return None if found is None else (left - found) / share


# --- smallest, greatest, product


def _folded(combine: str, children: list[Scores]) -> Scores:
    """The scores of a group that takes the smallest or the greatest of its children, or multiplies them."""
    if any(isinstance(scores.finished, Span) for scores in children):
        return Scores(ANYWHERE, lambda _: None)
    join: Callable[[Fraction, Fraction], Fraction] = {"min": min, "max": max}.get(combine, Fraction.__mul__)
    #: By how many counted, every value so far with the scores that it is made of.
    values: dict[int, dict[Fraction | None, tuple[Any, ...]]] = {0: {None: ()}}
    for scores in children:
        after: dict[int, dict[Fraction | None, tuple[Any, ...]]] = {}
        for count, known in values.items():
            _fold(after, count, known, scores, join)
        values = after
    made_of: dict[Fraction, tuple[Any, ...]] = {}
    for count, known in values.items():
        for value, made in known.items():
            score = value if value is None or combine != "geometric-mean" else _rooted(value, count)
            if score is not None:
                made_of.setdefault(score, made)

    def find(score: Fraction) -> Facts | None:
        made = made_of[score]
        facts: dict[str, Any] = {}
        for scores in reversed(children):
            made, part = made
            below = scores.out if part is None else scores.find(part)
            if below is None:
                return None
            facts |= below
        return facts

    return Scores(frozenset(made_of), find)


def _fold(
    after: dict[int, dict[Fraction | None, tuple[Any, ...]]],
    count: int,
    known: Mapping[Fraction | None, tuple[Any, ...]],
    scores: Scores,
    join: Callable[[Fraction, Fraction], Fraction],
) -> None:
    """Each value so far with each score of one more child, or without it where it may be left out."""
    numbers = scores.finished
    assert isinstance(numbers, Lattice)
    if len(known) * len(numbers) > MEMBERS:
        raise TooLargeError
    counted = after.setdefault(count + 1, {})
    for value, made in known.items():
        for score in numbers:
            counted.setdefault(score if value is None else join(value, score), (made, score))
    if scores.out is not None:
        left = after.setdefault(count, {})
        for value, made in known.items():
            left.setdefault(value, (made, None))


def _rooted(value: Fraction, count: int) -> Fraction | None:
    try:
        return root(value, count)[0]
    except Fault:
        return None
