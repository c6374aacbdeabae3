"""What each node can come to on any sheet, by the combinations of the facts that several nodes hang on."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from attrs import field, frozen

from kinerja.checks.reachable import fixed
from kinerja.checks.scores import Facts, Scores, Walk
from kinerja.checks.spans import Numbers
from kinerja.intervals import Interval, IntervalSet
from kinerja.lattices import Lattice, TooLargeError
from kinerja.plan import Plan, PlannedNode

__all__ = ["Occurring", "first_in", "occurring", "sheet_in"]


#: How many nodes are gone through, in all configurations together: about a second's worth.
VISITS = 5_000


@frozen
class Occurring:
    """What nodes can come to in one combination of answers: before gates that refuse, and after them."""

    facts: Facts
    before: dict[str, Scores] = field(factory=dict)
    after: dict[str, Scores] = field(factory=dict)


class _Recorder(Walk):
    """A walk that keeps what each node on its way comes to."""

    def __init__(self, planned: Plan, found: Occurring) -> None:
        super().__init__(planned, found.facts, left_out=True)
        self.found = found

    def admitted(self, node: PlannedNode, scores: Scores) -> Scores:
        """The scores that no refusing gate refuses; kept with those before."""
        self.found.before[node.path] = scores
        admitted = super().admitted(node, scores)
        self.found.after[node.path] = admitted
        return admitted


def occurring(plan: Plan) -> tuple[Occurring, ...] | None:
    """
    What the nodes that the total is made of can come to, by configuration; None where that cannot be decided.

    Where the numbers are not exact they hold at least those that occur.  Kept with the plan, since checks share it.
    """
    if occurring not in plan.kept:
        plan.kept[occurring] = _occurring(plan)
    found: tuple[Occurring, ...] | None = plan.kept[occurring]
    return found


def _occurring(plan: Plan) -> tuple[Occurring, ...] | None:
    found = [Occurring(facts) for facts in fixed(plan) or ()]
    if len(found) * len(plan.nodes) > VISITS:
        return None
    try:
        for each in found:
            _Recorder(plan, each).whole(plan.root)
    except TooLargeError:
        return None
    return tuple(found) or None


def first_in(numbers: Numbers, allowed: IntervalSet) -> Fraction | None:
    """
    One of these scores that lies in a set; None where none does.

    >>> from kinerja.feel import condition
    >>> first_in(Lattice.of([0, 5, 15]), condition("> 5").numbers())
    Fraction(15, 1)
    """
    # Members are on their steps already.
    dense = IntervalSet.of(*allowed)
    if isinstance(numbers, Lattice):
        return next((found for piece in dense if (found := _first(numbers, piece)) is not None), None)
    return (numbers.numbers & dense).example()


def _first(numbers: Lattice, piece: Interval) -> Fraction | None:
    """The lowest member in a piece, found among the bits: a set may have a million members."""
    if not numbers.step:
        return next((number for number in numbers if number in IntervalSet.of(piece)), None)
    at = 0
    if piece.low is not None:
        place = (piece.low - numbers.offset) / numbers.step
        at = max(0, ceil(place) if piece.low_closed else floor(place) + 1)
    rest = numbers.bits >> at
    if not rest:
        return None
    found = numbers.offset + (at + (rest & -rest).bit_length() - 1) * numbers.step
    return found if found in IntervalSet.of(piece) else None


def sheet_in(plan: Plan, node: PlannedNode, allowed: IntervalSet) -> Facts:
    """Answers by which a node comes to a score of this set; empty where none are known."""
    for each in occurring(plan) or ():
        scores = each.after.get(node.path)
        score = first_in(scores.finished, allowed) if scores is not None else None
        found = scores.find(score) if scores is not None and score is not None else None
        if found is not None:
            return {**each.facts, **found}
    return {}
