"""Direction: a better answer that lowers a score, or a better grade that earns less."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from kinerja.checks.cells import allowed, domain
from kinerja.checks.scores import finish
from kinerja.errors import Diagnostic
from kinerja.intervals import Interval, IntervalSet
from kinerja.model import Award
from kinerja.plan import Amount, Plan, PlannedGrade, PlannedIndicator, PlannedNode
from kinerja.writing import Figures

__all__ = ["direction"]

#: Something in an order, with the number that has to follow it.
Ranked = tuple[str, Fraction]


def direction(plan: Plan) -> Iterator[Diagnostic]:
    """Every pair in which what stands higher in the rubric's own order comes to less, as both of them are written."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator):
            yield from _scores(node)
        yield from _grades(node)


def _scores(node: PlannedIndicator) -> Iterator[Diagnostic]:
    better = node.model.better
    if node.ladder:
        first = [("–", node.otherwise)] if node.otherwise is not None else []
        steps = [*first, *((step.id, step.amount) for step in node.ladder)]
        yield from _falling(node, "ladder", _known(node, steps))
    elif node.measure is None or not node.bands:
        return
    elif node.regions is not None:
        if better:
            rising = list(_by_value(node))
            yield from _falling(node, "bands", rising if better == "higher" else rising[::-1])
    elif node.measure.kind == "choice" and not any(band.when for band in node.bands):
        # Levels stand in an order, and either end of it may be the best: the one that fewer of them speak against.
        levels = _known(node, ((band.id, band.amount) for band in node.bands))
        ways = [list(_falling(node, "levels", ranked)) for ranked in (levels, levels[::-1])]
        yield from min(ways, key=len)


def _known(node: PlannedIndicator, ranked: Iterable[tuple[str, Amount]]) -> list[Ranked]:
    """Those whose number is written, as scale, cap and rounding leave it; what is computed hangs on the sheet."""
    scores = [(name, finish(node, amount.constant)) for name, amount in ranked if amount.constant is not None]
    return [(name, score) for name, score in scores if score is not None]


def _by_value(node: PlannedIndicator) -> Iterator[Ranked]:
    """The bands of a measure from its lowest number to its highest, once for each stretch."""
    assert node.measure is not None
    whole = domain(node.measure)
    pieces: list[tuple[Interval, Ranked]] = []
    for band in node.bands:
        held = whole & band.rule.numbers(step=whole.step)
        pieces += [(piece, known) for known in _known(node, [(band.id, band.amount)]) for piece in held]
    lowest = [(piece.low is not None, piece.low or Fraction(0), not piece.low_closed) for piece, _ in pieces]
    for _, at in sorted(zip(lowest, range(len(pieces)), strict=True)):
        yield pieces[at][1]


def _grades(node: PlannedNode) -> Iterator[Diagnostic]:
    own = f"{node.path}.score"
    graded = [(grade, allowed(grade.rule, own, {})) for grade in node.grades if grade.rule.names == (own,)]
    for (one, its), (other, others) in pairwise(graded):
        if _begins_below(others, its):
            values = {"name": node.path, "lower": one.id, "higher": other.id}
            yield Diagnostic("K246", (*node.location, "grades", other.id), values)
    worst_first = node.grades[::-1] if node.model.better == "lower" else node.grades
    for name in dict.fromkeys(name for grade in node.grades for name in grade.model.awards):
        earned = [(grade.id, amount) for grade in worst_first if (amount := _amount(grade, name)) is not None]
        yield from _falling(node, "grades", earned)


def _begins_below(one: IntervalSet, other: IntervalSet) -> bool:
    """Whether a set of scores begins below where another one does."""
    first, second = (next(iter(each), None) for each in (one, other))
    if first is None or second is None or second.low is None:
        return False
    return first.low is None or first.low < second.low


def _amount(grade: PlannedGrade, name: str) -> Fraction | None:
    """What a grade awards under a name: the least of a range."""
    award = grade.model.awards.get(name, Award())
    found = award.amount if award.amount is not None else award.low
    return None if found is None else Fraction(found)


def _falling(node: PlannedNode, key: str, ranked: list[Ranked]) -> Iterator[Diagnostic]:
    """The pairs of neighbours of which the higher one comes to less."""
    for (lower, before), (higher, after) in pairwise(ranked):
        if after < before:
            values = {
                "name": node.path,
                "lower": lower,
                "higher": higher,
                "before": Figures.of(before),
                "after": Figures.of(after),
            }
            yield Diagnostic("K245", (*node.location, key, higher), values)
