"""Groups in columns: the children that apply and are answered, combined in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

from kinerja.engine.columns.came import Came, OneOf, Stage
from kinerja.engine.columns.formulas import Part, line_of, near, root_of, times
from kinerja.engine.columns.indicators import Indicators
from kinerja.engine.columns.lines import Ratio, Whole
from kinerja.engine.columns.root import DEGREES
from kinerja.engine.columns.terms import (
    Term,
    Truth,
    all_of,
    any_of,
    constant,
    joined,
    negated,
    number,
    where,
)
from kinerja.engine.shapes import Shapes, common, common_base
from kinerja.errors import Fault
from kinerja.plan import (
    Plan,
    PlannedGroup,
    PlannedNode,
)
from kinerja.plan.parts import Weight

__all__ = ["Groups"]

#: Where a child counts, with which points, and where its weight cannot be told: bad, missing, a problem.
Weighed: TypeAlias = tuple[Truth, list[tuple[Truth, int]], Truth, Truth, Truth]


def _scores(children: Sequence[Came]) -> list[Whole]:
    scores = []
    for came in children:
        # A group without a number is no child of one with a number.
        assert came.score is not None
        scores.append(came.score)
    return scores


class Weighing(Shapes):
    """The sums of weights that there can be where children are also left out for what only rows show."""

    def __init__(self, plan: Plan, free: Iterable[str]) -> None:
        super().__init__(plan)
        self.free = frozenset(free)

    def is_free(self, child: PlannedNode) -> bool:
        """Whether no listed answer says if a child counts."""
        return child.path in self.free or not self.is_finite(child.applies)


class Groups(Indicators):
    """How groups combine their children."""

    # --- groups

    def group(self, node: PlannedGroup, here: Truth) -> Came:
        """A group: its children that apply and are answered, combined."""
        by = ("score", node.path)
        children = []
        for child in node.children:
            self.ask(("score", child.path), by=by, here=here)
            children.append(self.score(child))
        weighed = [
            self.weighed(child, came, by, here) for child, came in zip(node.children, children, strict=True)
        ]
        bad = any_of(weight[2] for weight in weighed)
        invalid = any_of([*(came.invalid for came in children), bad])
        problem = any_of(weight[4] for weight in weighed)
        missed = any_of([*(came.missed for came in children), *(weight[3] for weight in weighed)])
        missed = all_of([missed, negated(invalid)])
        unscored = any_of(came.unscored for came in children)
        stopped = any_of([invalid, missed])
        unscored = all_of([unscored, negated(stopped)])
        rest = negated(any_of([stopped, unscored]))
        present = [weight[0] for weight in weighed]
        counting = [
            any_of(all_of([where_, bool(points)]) for where_, points in weight[1]) for weight in weighed
        ]
        filled = any_of(all_of([here_, count]) for here_, count in zip(present, counting, strict=True))
        # A child that is there wherever the group has a score makes it never empty.
        always = any(
            came.left is False and count is True for came, count in zip(children, counting, strict=True)
        )
        scored = rest if always else all_of([rest, filled])
        left = False if always else all_of([rest, negated(filled)])
        came = Came(
            scored=scored, missed=missed, invalid=invalid, unscored=unscored, left=left, problem=problem
        )
        came.is_plain = left is False
        if node.model.combine:
            with self.told(node.path, node.model.combine):
                if node.model.combine == "geometric-mean" and len(children) > 1:
                    return self.rooted(node, children, self.counts(children, weighed, present), came)
                came.score = self.combined(node, children, weighed, present)
                came = self.finish(node, came)
        return came

    def counts(
        self, children: Sequence[Came], weighed: Sequence[Weighed], present: Sequence[Truth]
    ) -> list[Truth]:
        """Where each child counts; one that is never left out does in every row in which the group has a score."""
        return [
            True if came.left is False and weight[2] is False and weight[3] is False else truth
            for came, weight, truth in zip(children, weighed, present, strict=True)
        ]

    def weighed(self, child: PlannedNode, came: Came, by: Stage, here: Truth) -> Weighed:
        """Where a child counts, with which points, and where its weight cannot be told: bad, missing, a problem."""
        weights: list[Weight] = child.weights
        if len(weights) < 2 and (not weights or weights[0].rule is None):
            return came.scored, [(True, weights[0].points if weights else 1)], False, False, False
        there = all_of([here, came.scored])
        asked = [self.rule(weight.rule, by, there) for weight in weights if weight.rule is not None]
        one = OneOf(asked)
        states = [all_of([came.scored, each]) for each in (one.one, one.bad, one.missing, one.problem)]
        points = [(truth, weight.points) for truth, weight in zip(one.yes, weights, strict=True)]
        return states[0], points, any_of([states[1], states[3]]), states[2], states[3]

    def combined(
        self,
        node: PlannedGroup,
        children: Sequence[Came],
        weighed: Sequence[Weighed],
        present: Sequence[Truth],
    ) -> Whole:
        """The score of a group from the scores of those of its children that count."""
        combine = node.model.combine
        scores, counts = _scores(children), self.counts(children, weighed, present)
        if combine in ("min", "max"):
            return self.extreme(scores, counts, least=combine == "min")
        if combine in ("product", "geometric-mean"):
            # The geometric mean of one is that one.
            return self.product(scores, counts)
        parts, bases = [], []
        for score, truth, weight in zip(scores, counts, weighed, strict=True):
            for holds, points in weight[1]:
                both = all_of([truth, holds])
                parts.append((both, score, Fraction(points)))
                bases.append((both, Whole(None, Fraction(1), points, points), Fraction(1)))
        total = self.added(parts)
        if combine == "sum":
            return total
        base = self.added([each for each in bases if each[1].low])
        whole = base.low
        if base.term is not None:
            free = [
                child.path for child, came in zip(node.children, children, strict=True) if not came.is_plain
            ]
            known = Weighing(self.plan, free).bases(node)
            found = common_base(known)
            if known is None or found is None:
                raise Fault("K615")
            whole = found
            if known <= {0, whole}:
                # Whoever applies, the weights come to the same.
                base = Whole(None, Fraction(1), whole, whole)
        unit = total.unit / max(whole, 1)
        low = min(score.low * score.unit for score in scores)
        high = max(score.high * score.unit for score in scores)
        made = None
        if base.term is not None:
            below = where(base.expr > number(0), base.expr, number(1))
            made = total.expr * (number(whole) // below)
        elif total.term is not None:
            made = total.term
        ends = (floor(low / unit), ceil(high / unit)) if made is not None else (total.low, total.low)
        if base.term is not None:
            # In rows without a score the sum goes with any base.
            size = max(abs(total.low), abs(total.high)) * whole
            Whole(None, unit, -size, size).fitting()
        return Whole(made, unit, *ends).fitting()

    def extreme(self, scores: Sequence[Whole], counts: Sequence[Truth], *, least: bool) -> Whole:
        """The least or the greatest of the scores that count."""
        unit = common(score.unit for score in scores if score.low or score.high)
        counted = [
            score.counted(unit) if score.low or score.high else Whole(None, unit, 0, 0) for score in scores
        ]
        low, high = min(each.low for each in counted), max(each.high for each in counted)
        beyond = high + 1 if least else low - 1
        Whole(None, unit, beyond, beyond).fitting()
        gated = [each.gated(truth, beyond) for each, truth in zip(counted, counts, strict=True)]

        def better(one: Term, two: Term) -> Term:
            return where(one <= two if least else one >= two, one, two)

        found = joined([each.expr for each in gated], better)
        return Whole(found, unit, low, high).fitting()

    def rooted(
        self, node: PlannedGroup, children: Sequence[Came], counts: Sequence[Truth], came: Came
    ) -> Came:
        """The root of the product, as many-fold as there are children that count; of several, none below zero."""
        one = Whole.of(Fraction(1))
        factors: list[Part] = []
        for score, truth in zip(_scores(children), counts, strict=True):
            factor = score
            if truth is not True:
                factor = score.counted(common((score.unit, Fraction(1))))
                factor = factor.gated(truth, int(1 / factor.unit))
            factors.append(Ratio(factor, one))
        product = joined(factors, lambda a, b: times(a, b, self.doubts))
        several = joined([one.gated(truth) for truth in counts], lambda a, b: a.plus(b))
        if any(score.low < 0 for score in _scores(children)):
            below = line_of(product, came.scored, self.doubts).compared("<", Fraction(0))
            fault = all_of([came.scored, below, several.compared(">", Fraction(1))])
            came.scored = all_of([came.scored, negated(fault)])
            came.invalid, came.problem = any_of([came.invalid, fault]), any_of([came.problem, fault])
        if several.term is None and isinstance(product, Ratio) and several.low in DEGREES:
            return self.rounded_off(node, came, root_of(product, several.low, came.scored))
        least, greatest = 1 / several.high, 1 / max(several.low, 1)
        by = constant(least, "float")
        if several.term is not None:
            # Where none counts there is no score, and the exponent does not matter.
            by = constant(1.0, "float").over(several.gated(came.scored, 1).expr.as_float())
        return self.rounded_off(
            node, came, near(product, self.doubts).power(by, least=least, greatest=greatest)
        )

    def product(self, scores: Sequence[Whole], counts: Sequence[Truth]) -> Whole:
        """The product of the scores that count; one that does not is a factor of 1."""
        found = Whole.of(Fraction(1))
        for score, truth in zip(scores, counts, strict=True):
            factor = score
            if truth is not True:
                factor = score.counted(common((score.unit, Fraction(1))))
                factor = factor.gated(truth, int(1 / factor.unit))
            found = found.multiplied(factor)
        return found
