"""What each node can come to on any sheet, by the combinations of the facts that several nodes hang on."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor

from attrs import field, frozen

from kinerja.checks.boxes import Box, example
from kinerja.checks.scores import Facts, Scores, Walk
from kinerja.checks.spans import Numbers
from kinerja.checks.totals import fixed
from kinerja.intervals import Interval, IntervalSet
from kinerja.lattices import Lattice, TooLargeError
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode

__all__ = ["Occurring", "first_in", "meeting", "occurring"]


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


def meeting(plan: Plan, node: PlannedNode, found: Iterable[Box], *, is_refused: bool = False) -> Facts | None:
    """
    Answers by which a sheet may lie in one of these boxes; None where no sheet does.

    Empty where it is not known by which. A box may limit what the node itself comes to.
    `is_refused` asks for the scores before the gates that refuse, and not for those after them.
    """
    own = f"{node.path}.score"
    found = list(found)
    stages = [
        (each.facts, (each.before if is_refused else each.after).get(node.path))
        for each in (occurring(plan) if any(own in box for box in found) else None) or ()
    ]
    is_known = any(scores is not None for _, scores in stages)
    may_be: Facts | None = None
    for box in found:
        if own not in box:
            return {} if plan.references.keys() & box.keys() else example(plan, box)
        if not is_known or (box[own].is_unscored and _may_be_unscored(node)):
            may_be = {}
            continue
        for facts, scores in stages:
            fits = all(answer in box[name] for name, answer in facts.items() if name in box)
            if not fits or scores is None:
                continue
            score = first_in(scores.finished, box[own].numbers)
            below = scores.find(score) if score is not None else None
            if below is not None:
                return {**facts, **below}
            if score is not None:
                may_be = {}
    return may_be


def _may_be_unscored(node: PlannedNode) -> bool:
    """Whether some answer leaves a node without a score on purpose."""
    if isinstance(node, PlannedGroup):
        return any(_may_be_unscored(child) for child in node.children)
    amounts = node.amounts if isinstance(node, PlannedIndicator) else ()
    return any(case.formula is None for amount in amounts for case in amount.cases)
