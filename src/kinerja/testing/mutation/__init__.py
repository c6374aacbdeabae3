"""
Mutants of a rubric, which tell whether its examples would notice a wrong bound.

A mutant is the rubric with one small change.  One that an example notices is killed; one that a sheet can tell from the
rubric, and no example does, survives, and its sheet belongs among the examples.
One that no sheet can tell is equivalent; what is not known is undecided, and never counted as anything else.
"""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.model import Rubric
from kinerja.testing.mutation.changes import Mutant, changes
from kinerja.testing.mutation.noticing import Examples
from kinerja.testing.mutation.pasting import Pasting
from kinerja.testing.mutation.plans import ground_of
from kinerja.testing.mutation.results import Mutants, Says, Survivor, Tried
from kinerja.testing.mutation.telling import Telling

__all__ = ["Mutant", "Mutants", "Says", "Survivor", "Tried", "mutants", "mutating"]


def mutants(rubric: Rubric) -> Mutants:
    """
    Every mutant of a rubric, and which example notices it.

    Examples that fail by the rubric itself notice nothing.
    Raises `RubricError` for a rubric that cannot be resolved.

    >>> import kinerja
    >>> found = mutants(kinerja.load("pk-bkm"))
    >>> found.killed[0].mutant.name, found.killed[0].by
    ('indicators.perempuan.bands.2.when: > 40 becomes > 41', 'perempuan[40.01]')
    """
    return Mutants(rubric, tuple(each for _, each in mutating(rubric)))


def mutating(rubric: Rubric) -> Iterator[tuple[int, Tried]]:
    """
    The same one by one, each with how many there are.

    Raises like `mutants`.
    """
    ground = ground_of(rubric)
    base = ground.plan
    examples = Examples(ground)
    found = [(mutant, other) for mutant in changes(base) if (other := ground.mutated(mutant)) is not None]
    telling, pasting = Telling(base), Pasting(base)
    for mutant, other in found:
        by = examples.noticing(other)
        if by is None:
            verdict = telling.apart(other)
            if verdict.sheet is None and verdict.is_decided:
                yield len(found), Tried(mutant, "equivalent")
                continue
            by = examples.noticing_reread(mutant)
            if by is None and verdict.sheet is not None:
                survivor = pasting.survivor(other, mutant, verdict.sheet)
                yield len(found), Tried(mutant, "survived", survivor=survivor)
                continue
        yield len(found), Tried(mutant, "killed" if by else "undecided", by or "")
