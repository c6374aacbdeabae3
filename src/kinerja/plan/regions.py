"""Which of several sets of numbers hold a value, found with one bisection over integers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from kinerja.intervals import Interval, IntervalSet

__all__ = ["Regions"]


class Regions:
    """
    The number line cut at every end point of some sets.

    The ends are scaled to integers once, so that no float and no Fraction is compared when a sheet is scored.
    Between two neighbouring ends, and on each end, the sets that hold a number are always the same.

    >>> from kinerja.feel import condition
    >>> Regions([condition("> 40").numbers(), condition("[30..40]").numbers()]).find(40)
    (1,)
    """

    __slots__ = ("answers", "bounds", "scale")

    def __init__(self, sets: Sequence[IntervalSet]) -> None:
        cuts = sorted({cut for each in sets for cut in each.cuts()})
        self.scale = lcm(*(cut.denominator for cut in cuts))
        self.bounds = [int(cut * self.scale) for cut in cuts]
        found: list[list[int]] = [[] for _ in range(2 * len(cuts) + 1)]
        place = {cut: index for index, cut in enumerate(cuts)}
        for index, each in enumerate(sets):
            for piece in each:
                for region in _covered(piece, place, len(cuts)):
                    found[region].append(index)
        #: For each stretch and each end, from left to right, the indices of the sets that hold it.
        self.answers = tuple(map(tuple, found))

    def find(self, number: int | Fraction) -> tuple[int, ...]:
        """The indices of the sets that hold this number."""
        whole, rest = divmod(number.numerator * self.scale, number.denominator)
        bounds = self.bounds
        if rest:
            return self.answers[2 * bisect_right(bounds, whole)]
        index = bisect_left(bounds, whole)
        if index < len(bounds) and bounds[index] == whole:
            return self.answers[2 * index + 1]
        return self.answers[2 * index]


def _covered(piece: Interval, place: Mapping[Fraction, int], cuts: int) -> range:
    """The stretches and ends that an interval covers: stretch 0, end 0, stretch 1, end 1, and so on."""
    first = 0 if piece.low is None else 2 * place[piece.low] + (1 if piece.low_closed else 2)
    last = 2 * cuts if piece.high is None else 2 * place[piece.high] + (1 if piece.high_closed else 0)
    return range(first, last + 1)
