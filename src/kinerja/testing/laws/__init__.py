"""
The laws that every scoring rule should obey, each with one sentence that says it.

`LAWS` maps their names to them; `check_all` tries them all on a rubric.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hypothesis import settings as settings_of

from kinerja.evaluation import Evaluator
from kinerja.model import Rubric
from kinerja.testing.laws.answers import awards_by_grade, never_raises, one_answer
from kinerja.testing.laws.direction import better_is_not_worse
from kinerja.testing.laws.hanging import alternative_is_local, idle_facts, one_fact
from kinerja.testing.laws.law import Law, LawBroken
from kinerja.testing.laws.order import order_of_facts, order_of_file
from kinerja.testing.laws.subject import Evaluating, Subject
from kinerja.testing.laws.sums import in_range, sum_of_parts
from kinerja.testing.laws.trails import among_many, empty_patch, verified_trail

__all__ = ["LAWS", "Law", "LawBroken", "Subject", "check_all"]

LAWS: Mapping[str, Law] = MappingProxyType(
    {
        attempt.__name__.replace("_", "-"): Law(attempt.__name__.replace("_", "-"), attempt)
        for attempt in (
            one_answer,
            in_range,
            sum_of_parts,
            better_is_not_worse,
            order_of_facts,
            order_of_file,
            one_fact,
            idle_facts,
            verified_trail,
            among_many,
            awards_by_grade,
            alternative_is_local,
            empty_patch,
            never_raises,
        )
    }
)


def check_all(
    rubric: Rubric, *, settings: settings_of | None = None, evaluator: Evaluating = Evaluator
) -> None:
    """
    Try every law on a rubric, each on as many sheets as Hypothesis is set to try.

    Without `settings` those of the profile hold, but that there is no deadline and that nothing is kept on disk.
    `evaluator` makes what evaluates the sheets, from a rubric and its readings.
    Raises `LawBroken` for the first law that does not hold, with the simplest sheet that was found.

    >>> import kinerja
    >>> from hypothesis import settings
    >>> check_all(kinerja.load("pk-bkm"), settings=settings(max_examples=5, database=None, deadline=None))
    """
    for law in LAWS.values():
        law.check(rubric, settings=settings, evaluator=evaluator)
