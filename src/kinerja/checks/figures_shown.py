"""Shown: a score that is printed as a figure which belongs to another grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from kinerja.checks.spans import Numbers
from kinerja.checks.totals import Configuration, Reachable, reached_by
from kinerja.errors import Diagnostic
from kinerja.intervals import Interval, IntervalSet
from kinerja.lattices import Lattice
from kinerja.numbers import Rounding
from kinerja.plan import Plan
from kinerja.plan.rules import Rule
from kinerja.writing import Figures

__all__ = ["figures_shown"]


def figures_shown(plan: Plan) -> Iterator[Diagnostic]:
    """
    Every node that can come to a score whose figure, as `shown` has it, falls in another grade.

    Nodes whose grades ask nothing but its score; where its scores cannot be told exactly, nothing is claimed.
    """
    for node in plan.nodes.values():
        shown = node.model.shown
        if shown is None or any(grade.rule.names != (f"{node.path}.score",) for grade in node.grades):
            continue
        grades = {grade.id: grade.rule.numbers() for grade in node.grades if _asks_numbers(grade.rule)}
        found = next(_misleading(reached_by(plan, node), grades, shown), None)
        if found is not None:
            score, figure, configuration = found
            values = {
                "name": node.path,
                "score": Figures.of(score),
                "figure": Figures.of(figure),
                "grade": _grade(score, grades),
                "other": _grade(figure, grades),
                "sheet": configuration.sheet(score) or {},
            }
            yield Diagnostic("K237", (*node.location, "shown"), values)


def _asks_numbers(rule: Rule) -> bool:
    """Whether a rule asks for numbers only, and not for an answer without a score."""
    return all(isinstance(test.allowed, IntervalSet) for way in rule.ways for test in way)


def _grade(score: Fraction, grades: Mapping[str, IntervalSet]) -> str:
    """The grade of a score; empty where it has none."""
    return next((name for name, held in grades.items() if score in held), "")


def _misleading(
    reachable: Reachable, grades: Mapping[str, IntervalSet], shown: Rounding
) -> Iterator[tuple[Fraction, Fraction, Configuration]]:
    """The scores that a node can come to and whose figures fall in other grades."""
    cuts = sorted({cut for held in grades.values() for cut in held.cuts()})
    for configuration in reachable.configurations:
        for cut in cuts:
            for score in _near(configuration.totals, cut, shown.to):
                figure = shown.apply(score)
                names = _grade(score, grades), _grade(figure, grades)
                if all(names) and names[0] != names[1]:
                    yield score, figure, configuration


def _near(scores: Numbers | None, cut: Fraction, width: Fraction) -> Iterator[Fraction]:
    """The scores around a bound that a figure may lie beyond; on the real line one for each way that it may."""
    if isinstance(scores, Lattice):
        yield from scores.between(cut - width, cut + width)
    elif scores is not None and scores.is_exact:
        # Figures change at halves of the step; between two of these and the bound, all scores fare alike.
        first, last = (cut - width) // (width / 2), (cut + width) // (width / 2) + 1
        ends = sorted({cut, *(width / 2 * at for at in range(int(first), int(last) + 1))})
        pieces = [Interval(end, end) for end in ends]
        pieces += [Interval(low, high, low_closed=False, high_closed=False) for low, high in pairwise(ends)]
        examples = ((scores.numbers & IntervalSet.of(piece)).example() for piece in pieces)
        yield from (example for example in examples if example is not None)
