"""The columns that a plan makes of a frame: bands, scores, the total, the grade, and whether a row is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import log10
from typing import Any

import narwhals as nw

from kinerja.engine.columns.asked import KEPT, Seen
from kinerja.engine.columns.before import columns_for
from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.lines import LARGEST, Whole
from kinerja.engine.columns.nodes import Nodes
from kinerja.engine.columns.terms import (
    Term,
    Truth,
    all_of,
    any_of,
    constant,
    divided,
    negated,
    number,
    only,
    where,
)
from kinerja.errors import Fault, UsageError
from kinerja.plan import Plan, PlannedIndicator, PlannedNode

__all__ = ["Program", "scale_of"]

#: The places of so many bands are whole numbers of 8 bits.
NARROW = 2**7


class Program:
    """The columns that a plan makes of a frame with this schema."""

    def __init__(
        self, plan: Plan, schema: Mapping[str, Any], seen: Mapping[str, Seen], doubts: Doubts
    ) -> None:
        self.plan = plan
        self.nodes = Nodes(plan, schema, seen, doubts)
        self.invalid = self.nodes.invalid()
        root = plan.root
        self.came = self.nodes.came[root.path]
        self.graded = self.nodes.graded.get(root.path)
        there = any_of([self.came.scored, self.came.unscored])
        open_ = self.graded.missing if self.graded is not None else False
        self.complete = all_of([there, negated(self.invalid), negated(open_)])

    @property
    def unit(self) -> Fraction:
        """What the total is counted in."""
        return self.came.score.unit if self.came.score is not None else Fraction(1)

    def outputs(self, scale: int, *, with_scores: bool) -> dict[str, Term]:
        """The columns that come out, by their names."""
        found: dict[str, Term] = {}
        met = self.nodes.rest()
        for path, node in self.plan.nodes.items():
            if node is not self.plan.root:
                found |= self.of_node(path, node, met[path], with_scores=with_scores)
        if self.came.score is not None:
            with self.nodes.about("total"):
                found |= self.total(self.came.score, scale)
        if self.graded is not None:
            found |= self.grades()
        words = _text("complete"), _text("invalid"), _text("incomplete")
        found["status"] = where(self.complete, words[0], where(self.invalid, *words[1:]))
        return found

    def of_node(self, path: str, node: PlannedNode, met: Truth, *, with_scores: bool) -> dict[str, Term]:
        """The band of a node and its score, in the rows in which it was come to."""
        came = self.nodes.score(node)
        found = {}
        if isinstance(node, PlannedIndicator) and came.band is not None:
            held = all_of([met, came.banded, any_of([came.scored, came.unscored])])
            is_short = len(node.bands or node.ladder) <= NARROW
            found[f"{path}.band"] = only(held, came.band.of_width(8 if is_short else 16))
        if with_scores and came.score is not None:
            with self.nodes.about(path):
                found[f"{path}.score"] = only(all_of([met, came.scored]), _float(came.score))
        return found

    def total(self, score: Whole, scale: int) -> dict[str, Term]:
        """The total, once for looking at and once exact."""
        here = all_of([self.complete, self.came.scored])
        if (score.unit * scale).denominator != 1:
            raise Fault("K615", text=self.plan.root.model.combine)
        scaled = score.times(int(score.unit * scale))
        return {
            "total": only(here, _float(score)),
            "total.scaled": only(here, scaled.expr).of_width(64),
        }

    def grades(self) -> dict[str, Term]:
        """The grade and what it awards."""
        graded, planned = self.graded, self.plan.root.grades
        assert graded is not None
        here = all_of([self.complete, graded.held])
        found = {"grade": only(here, _by_place(graded.place, [_text(each.id) for each in planned]))}
        amounts: dict[str, dict[int, int]] = {}
        for at, grade in enumerate(planned):
            for name, award in grade.model.awards.items():
                for word, amount in (("", award.amount), (".from", award.low), (".to", award.high)):
                    if amount is not None:
                        amounts.setdefault(f"awards.{name}{word}", {})[at] = amount
        for name, by_place in amounts.items():
            values = [
                number(by_place[at]) if at in by_place else constant(None, "whole")
                for at in range(len(planned))
            ]
            found[name] = only(here, _by_place(graded.place, values)).of_width(64)
        return found


def _text(text: str) -> Term:
    return constant(text, "text")


def _by_place(place: Term, values: Sequence[Term], first: int = 0) -> Term:
    """The value at a place, by a balanced tree."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    return where(
        place < number(first + middle),
        _by_place(place, values[:middle], first),
        _by_place(place, values[middle:], first + middle),
    )


def _float(score: Whole) -> Term:
    """
    A score for looking at: its nearest float, but for numbers beyond those that floats hold exactly.

    Raises `Fault` K624 where it is counted in what no float comes near.
    """
    unit = score.unit
    if max(unit.numerator, unit.denominator) > LARGEST:
        bits = unit.numerator.bit_length() - unit.denominator.bit_length()
        raise Fault("K624", power=round(bits * log10(2)))
    if max(abs(score.low), abs(score.high)) * unit.numerator < KEPT:
        return divided((score.expr * number(unit.numerator)).as_float(), unit.denominator)
    return divided(score.expr.as_float() * constant(float(unit.numerator), "float"), unit.denominator)


def scale_of(plan: Plan) -> int:
    """The denominator of the exact totals, whatever frame they come from; kept by the plan."""
    found: int | None = plan.kept.get(scale_of)
    if found is None:
        types = {"number": nw.Int64(), "choice": nw.String(), "yes-no": nw.Boolean(), "set": nw.Boolean()}
        schema = {column: types[fact.kind] for fact in plan.facts.values() for column in columns_for(fact)}
        parts = {
            name: dtype for name, dtype in schema.items() if name not in {each.name for each in plan.derived}
        }
        try:
            program = Program(plan, schema, {}, Doubts())
        except UsageError:
            # A derived figure need not have ends of its own, where its parts do.
            program = Program(plan, parts, {}, Doubts())
        found = plan.kept[scale_of] = program.unit.denominator
    return found
