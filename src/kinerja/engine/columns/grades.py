"""Grades in columns: by the score, then by the gates that it fails."""

from __future__ import annotations

from fractions import Fraction

from kinerja.engine.columns.came import Came, Graded, OneOf
from kinerja.engine.columns.groups import Groups
from kinerja.engine.columns.lines import Whole, holes, stretched, tree
from kinerja.engine.columns.terms import (
    Term,
    Truth,
    all_of,
    any_of,
    negated,
    number,
    where,
)
from kinerja.intervals import IntervalSet
from kinerja.plan import (
    PlannedNode,
)

__all__ = ["Grades"]


class Grades(Groups):
    """How nodes come to their grades."""

    # --- grades

    def grade(self, node: PlannedNode) -> Graded:
        """The class of a node: by its score, then by the gates that it fails; the worst one wins."""
        if node.path not in self.graded:
            with self.about(node.path):
                self.graded[node.path] = self.classed(node)
        return self.graded[node.path]

    def classed(self, node: PlannedNode) -> Graded:
        """The one grade that holds, then the gates."""
        by = ("grade", node.path)
        came = self.score(node)
        self.ask(("score", node.path), by=by, here=True)
        there = any_of([came.scored, came.unscored])
        own = f"{node.path}.score"
        rules = [grade.rule for grade in node.grades]
        one: OneOf | None = None
        if (
            came.score is not None
            and came.unscored is False
            and all(
                rule.names == (own,) and all(isinstance(t.allowed, IntervalSet) for w in rule.ways for t in w)
                for rule in rules
            )
        ):
            sets = [rule.numbers() for rule in rules]
            score = came.score
            lacking = holes(sets, score.domain).on_step(score.unit)
            place = tree(score, stretched(sets, score.held, whole=lacking.is_empty))
            problem: Truth = False
            if not lacking.is_empty:
                problem = all_of([came.scored, place < number(0)])
            held = all_of([came.scored, negated(problem)])
            none: Truth = False
            missing, bad = came.missed, any_of([came.invalid, problem])
        else:
            one = OneOf([self.rule(rule, by, there) for rule in rules])
            place = self.picking(one.yes, [number(at) for at in range(len(rules))])
            held = all_of([there, one.one])
            none = all_of([came.unscored, one.problem, negated(any_of(one.yes))])
            problem = all_of([there, one.problem, negated(none)])
            missing = any_of([came.missed, all_of([there, one.missing])])
            bad = any_of([came.invalid, all_of([there, one.bad]), problem])
        if problem is not False:
            self.wrong[by] = problem
        graded = Graded(place, held, none, missing, bad, came.left)
        return self.lowered(node, graded, came) if any(gate.grade for gate in node.gates) else graded

    def lowered(self, node: PlannedNode, graded: Graded, came: Came) -> Graded:
        """The grade after the gates that set one; where a gate is open that would set a worse one, it is open too."""
        by = ("grade", node.path)
        order = [each.id for each in node.grades]
        worse_is_more = node.model.better == "lower"
        here = negated(came.left)
        asked = [self.rule(gate.rule, by, here) for gate in node.gates if gate.grade]
        places = [order.index(gate.grade) for gate in node.gates if gate.grade]
        beyond = -1 if worse_is_more else len(order)
        usable = any_of([graded.held, graded.none])
        place = Whole(graded.place, Fraction(1), -1, len(order)).gated(graded.held, beyond)

        def worst(one: Term, two: Term) -> Term:
            return where(one >= two if worse_is_more else one <= two, one, two)

        found = place.expr
        for each, at in zip(asked, places, strict=True):
            if each.no is False:
                continue
            other = number(at) if each.no is True else where(each.no, number(at), number(beyond))
            found = worst(found, other)
        waits: list[Truth] = []
        unusable: list[Truth] = []
        for each, at in zip(asked, places, strict=True):
            better = found < number(at) if worse_is_more else found > number(at)
            open_ = all_of([usable, each.open, better])
            waits.append(open_)
            unusable.append(all_of([open_, each.unusable]))
        spoilt = any_of(unusable)
        waiting = any_of(waits)
        is_set = negated(found.equals(number(beyond)))
        held = all_of([usable, is_set, negated(waiting)])
        none = all_of([usable, negated(is_set), negated(waiting)])
        return Graded(
            found,
            held,
            none,
            any_of([graded.missing, all_of([waiting, negated(spoilt)])]),
            any_of([graded.bad, spoilt]),
            graded.left,
        )
