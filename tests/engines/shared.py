"""What is asked of both engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from random import Random
from typing import Any

import kinerja
from kinerja import Evaluator, Rubric
from kinerja.errors import UsageError
from tests.frames import Row, arrow, cells_of, columns, differing, expected, rows
from tests.property.test_columns_laws import REFUSED
from tests.test_columns import COMPUTED, RUBRICS, made, many

__all__ = ["RUBRICS", "bundled_differing", "compared", "made", "many", "random_differing"]

Make = Callable[[Any], Any]


def compared(name: str, make: Make, *, seeds: Iterable[int]) -> list[str]:
    """The cells of random rows of a small rubric that are not the interpreter's."""
    found, evaluator = [], made(RUBRICS[name])
    for seed in seeds:
        random = Random(seed)
        stated = 0 if name in COMPUTED else 0.5
        kinds = columns(evaluator, random, stated=stated, whole=0.0 if seed else 1.0)
        found += differing(evaluator, kinds, rows(evaluator, kinds, random, 80), make)
    return found


def random_differing(rubric: Rubric, seed: int, make: Make) -> list[str]:
    """The same of a random rubric; none where it asks for more than columns can do."""
    random, evaluator = Random(seed), Evaluator(rubric)
    kinds = columns(evaluator, random)
    if not kinds:
        return []
    try:
        return differing(evaluator, kinds, rows(evaluator, kinds, random, 25), make)
    except UsageError as error:
        return [each.code for each in error.diagnostics if each.code not in REFUSED]


@cache
def _bundled(name: str) -> tuple[Evaluator, dict[str, str], list[Row], list[Row]]:
    evaluator, random = Evaluator(kinerja.load(name)), Random(1)
    kinds = columns(evaluator, random, stated=1)
    found = rows(evaluator, kinds, random, 10_000)
    return evaluator, kinds, found, [expected(evaluator, row) for row in found]


def bundled_differing(name: str, make: Make) -> list[tuple[Row, Row]]:
    """The rows of 10,000 of a bundled rubric that are not the interpreter's."""
    evaluator, kinds, found, want = _bundled(name)
    assert {"complete", "incomplete", "invalid"} == {each["status"] for each in want}
    cells = cells_of(evaluator.evaluate_frame(make(arrow(kinds, found)), trail="scores"))
    assert list(range(10_000)) == [each["lain"] for each in cells]
    return [
        (has, should)
        for has, should in zip(cells, want, strict=True)
        if should != {key: has.get(key) for key in should}
    ]
