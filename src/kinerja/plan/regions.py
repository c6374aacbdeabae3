"""Which of several sets of numbers hold a value, found with one bisection over integers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from kinerja.intervals import IntervalSet

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
        #: For each stretch and each end, from left to right, the indices of the sets that hold it.
        self.answers = tuple(
            tuple(index for index, each in enumerate(sets) if sample in each) for sample in _samples(cuts)
        )

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


def _samples(cuts: Sequence[Fraction]) -> list[Fraction]:
    """One number of each stretch and each end, from left to right."""
    if not cuts:
        return [Fraction(0)]
    samples = [cuts[0] - 1]
    for cut, following in zip(cuts, [*cuts[1:], cuts[-1] + 2], strict=True):
        samples += [cut, (cut + following) / 2]
    return samples
