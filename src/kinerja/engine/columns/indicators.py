"""Indicators in columns: by the band that holds, the rung reached, the answer itself or a formula."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kinerja.engine.columns.asked import Answers, Named, Numbers, Options
from kinerja.engine.columns.came import Came, OneOf, ScoreOf, is_at
from kinerja.engine.columns.formulas import Operand, computed
from kinerja.engine.columns.lines import Ratio, Whole, by_place
from kinerja.engine.columns.names import Names
from kinerja.engine.columns.terms import (
    Term,
    Truth,
    all_of,
    any_of,
    chosen,
    joined,
    negated,
    number,
    where,
)
from kinerja.engine.shapes import common, finished
from kinerja.model import Direct
from kinerja.plan import (
    Amount,
    PlannedCase,
    PlannedIndicator,
)

__all__ = ["Indicators"]


class Indicators(Names):
    """How indicators come to their scores."""

    # --- indicators

    def indicator(self, node: PlannedIndicator, here: Truth) -> Came:
        """The score by the band that holds, the rung reached, the answer itself or the formula."""
        measure = node.measure
        if node.amount is not None:
            return self.amount(node, node.amount, here)
        if measure is None:
            return self.banded(node, None, here)
        asked = self.fact(measure.name)
        if node.bands:
            return self.banded(node, asked, here)
        if isinstance(node.model, Direct):
            assert isinstance(asked, Numbers)
            came = self.finish(node, Came(scored=asked.ok, score=asked.whole))
        else:
            came = self.climbed(node, asked, here)
        came.missed = any_of([came.missed, asked.missing])
        came.invalid = any_of([came.invalid, asked.bad])
        return came

    def climbed(self, node: PlannedIndicator, asked: Answers, here: Truth) -> Came:
        """The last rung of the unbroken run from the first."""
        has = self.sets[asked.fact.name]
        reached: list[Truth] = []
        for step in node.ladder:
            reached.append(all_of([*reached[-1:], has(step.needs)]))
        holding = [
            all_of([truth, negated(after)])
            for truth, after in zip(reached, [*reached[1:], False], strict=True)
        ]
        none = all_of([asked.ok, negated(reached[0])])
        amounts = [step.amount for step in node.ladder]
        if node.otherwise is not None:
            came = self.picked(node, [*holding, none], [*amounts, node.otherwise], here)
        else:
            came = self.picked(node, holding, amounts, here)
            came.problem = any_of([came.problem, none])
            came.invalid = any_of([came.invalid, none])
        summed = joined(
            [each.as_whole() if isinstance(each, Term) else number(int(each)) for each in reached],
            lambda a, b: a + b,
        )
        came.band = summed - number(1)
        came.banded = reached[0]
        return came

    def banded(self, node: PlannedIndicator, asked: Answers | None, here: Truth) -> Came:
        """The score of the one band that holds; two are a problem, none is one unless an answer is missing."""
        by = ("score", node.path)
        amounts = [band.amount for band in node.bands]
        if asked is None or not (node.regions is not None or node.table is not None):
            one = OneOf([self.rule(band.rule, by, here) for band in node.bands])
            came = self.picked(node, one.yes, amounts, all_of([here, one.one]))
            # Where several hold there is none.
            for state in ("scored", "missed", "invalid", "unscored", "left", "problem"):
                setattr(came, state, all_of([one.one, getattr(came, state)]))
            came.invalid = any_of([came.invalid, one.bad, one.problem])
            came.missed = any_of([came.missed, one.missing])
            came.problem = any_of([came.problem, one.problem])
            places = [number(at) for at in range(len(one.yes))]
            came.band = self.picking(one.yes, places)
            came.banded = one.one
            if asked is not None:
                came.invalid = any_of([came.invalid, asked.bad])
                for state in ("scored", "missed", "unscored", "left", "problem", "banded"):
                    setattr(came, state, all_of([negated(asked.bad), getattr(came, state)]))
            return came
        return self.tabled(node, asked, amounts, here)

    def picking(self, truths: Sequence[Truth], values: Sequence[Term]) -> Term:
        """The value of the one truth that holds; any where none does."""
        found = [(each, value) for each, value in zip(truths, values, strict=True) if each is not False]
        for each, value in found:
            if each is True:
                return value
        terms = [each for each, _ in found if isinstance(each, Term)]
        if not terms:
            return number(0)
        return chosen(terms, [value for _, value in found])

    def tabled(self, node: PlannedIndicator, asked: Answers, amounts: Sequence[Amount], here: Truth) -> Came:
        """Bands of one number, choice or yes-no, by a tree of comparisons or by the answer."""
        whole = True
        if node.regions is not None:
            assert isinstance(asked, Numbers)
            place, whole = asked.places([band.rule.numbers() for band in node.bands])
            by_value = node.regions.find(asked.fact.missing) if asked.usual is not False else ()
        else:
            assert node.table is not None
            assert isinstance(asked, Options)
            held = {answer: each[0] if len(each) == 1 else -1 for answer, each in node.table.items()}
            whole = -1 not in held.values()
            place = asked.placed(held)
            by_value = node.table[asked.fact.missing] if asked.usual is not False else ()
        if asked.usual is not False:
            usual = by_value[0] if len(by_value) == 1 else -1
            whole = whole and usual >= 0
            if place is None or asked.usual is True:
                place = number(usual)
            else:
                usual_here = asked.usual
                place = where(usual_here, number(usual), place)
        assert place is not None
        problem: Truth = False
        found = asked.ok
        if not whole:
            problem = all_of([asked.ok, place < number(0)])
            found = all_of([asked.ok, place >= number(0)])
        came = self.by_place(node, place, found, amounts, here)
        came.problem = any_of([came.problem, problem])
        came.missed = any_of([came.missed, asked.missing])
        came.invalid = any_of([came.invalid, asked.bad, problem])
        came.band, came.banded = place, found
        return came

    def by_place(
        self, node: PlannedIndicator, place: Term, found: Truth, amounts: Sequence[Amount], here: Truth
    ) -> Came:
        """The score by the place of the band that holds."""
        constants = [amount.constant for amount in amounts]
        scores = [None if each is None else finished(node, each) for each in constants]
        known = [each for each in scores if each is not None]
        if len(known) < len(amounts):
            truths = [all_of([found, is_at(place, at)]) for at in range(len(amounts))]
            return self.picked(node, truths, amounts, here)
        return Came(scored=found, score=self.looked_up(place, known))

    def looked_up(self, place: Term, scores: Sequence[Fraction]) -> Whole:
        """The scores of bands by their places: a line where they lie on one, else a tree."""
        unit = common(scores)
        values = [int(each / unit) for each in scores]
        low, high = min(values), max(values)
        if low == high:
            return Whole(None, unit, low, low)
        return Whole(None, unit, low, high).fitting().of_term(by_place(place, values))

    def picked(
        self, node: PlannedIndicator, truths: Sequence[Truth], amounts: Sequence[Amount], here: Truth
    ) -> Came:
        """What one of several amounts comes to, where its truth holds; at most one does."""
        several = [
            (truth, self.amount(node, amount, all_of([here, truth])))
            for truth, amount in zip(truths, amounts, strict=True)
            if truth is not False
        ]
        found = Came()
        for state in ("scored", "missed", "invalid", "unscored", "left", "problem"):
            setattr(found, state, any_of(all_of([truth, getattr(came, state)]) for truth, came in several))
        scored = [
            (all_of([truth, came.scored]), came.score) for truth, came in several if came.score is not None
        ]
        found.score = self.added([(truth, score, Fraction(1)) for truth, score in scored])
        found.is_plain = all(came.is_plain for _, came in several)
        return found

    def amount(self, node: PlannedIndicator, amount: Amount, here: Truth) -> Came:
        """A number, a formula, or the one of several cases that holds."""
        if amount.constant is not None:
            return self.constant(node, amount.constant)
        if len(amount.cases) == 1 and amount.cases[0].rule is None:
            return self.case(node, amount.cases[0], here)
        by = ("score", node.path)
        asked = [self.rule(case.rule, by, here) for case in amount.cases if case.rule is not None]
        one = OneOf(asked)
        found = Came()
        several = [
            (truth, self.case(node, case, all_of([here, one.one, truth])))
            for truth, case in zip(one.yes, amount.cases, strict=True)
        ]
        for state in ("scored", "missed", "invalid", "unscored", "left", "problem"):
            within = any_of(all_of([truth, getattr(came, state)]) for truth, came in several)
            setattr(found, state, all_of([one.one, within]))
        found.score = self.added(
            [
                (all_of([truth, came.scored]), came.score, Fraction(1))
                for truth, came in several
                if came.score is not None
            ]
        )
        found.missed = any_of([found.missed, one.missing])
        found.invalid = any_of([found.invalid, one.bad, one.problem])
        found.problem = any_of([found.problem, one.problem])
        found.is_plain = all(came.is_plain for _, came in several)
        return found

    def constant(self, node: PlannedIndicator, score: Fraction) -> Came:
        """A number, after scale, cap and rounding: worked out here and now."""
        known = finished(node, score)
        if known is None:
            return Came(invalid=True, problem=True)
        return Came(scored=True, score=Whole.of(known))

    def case(self, node: PlannedIndicator, case: PlannedCase, here: Truth) -> Came:
        """One formula, or no score on purpose."""
        formula = case.formula
        if formula is None:
            return Came(unscored=True)
        if formula.constant is not None:
            return self.constant(node, formula.constant)
        keys = {spelt: (key,) if isinstance(key, str) else key for spelt, key in case.operands.items()}
        with self.told(node.path, str(formula)):
            by = ("score", node.path)
            named = {key: self.named(key, by, here) for several in keys.values() for key in several}

            def number_of(each: Named) -> Operand:
                if isinstance(each, Numbers):
                    with self.about(each.fact.name):
                        return Operand(each.whole, each.ok)
                assert isinstance(each, ScoreOf)
                assert each.came.score is not None
                return Operand(each.came.score, each.came.scored, each.came.left)

            def operand(spelt: str) -> list[Operand]:
                return [number_of(named[key]) for key in keys[spelt]]

            found = computed(formula.tree, operand, self.doubts)
            bad = any_of(each.bad for each in named.values())
            unscored = any_of(each.came.unscored for each in named.values() if isinstance(each, ScoreOf))
            usable = negated(any_of([bad, unscored]))
            fault = all_of([usable, found.fault])
            missing = any_of(each.missing for each in named.values())
            came = Came(
                scored=all_of([usable, found.known, negated(fault)]),
                missed=all_of([usable, missing, negated(fault)]),
                invalid=any_of([bad, fault]),
                unscored=all_of([negated(bad), unscored]),
                left=all_of([usable, found.left, negated(any_of([missing, fault]))]),
                problem=fault,
            )
            came.is_plain = came.left is False
            value = found.value
            if not isinstance(value, Ratio) or value.below.term is not None:
                return self.rounded_off(node, came, value)
            came.score = value.above
            return self.finish(node, came)
