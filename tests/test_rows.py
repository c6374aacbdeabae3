"""Rows of bundled rubrics by the thousand, and in the deep profile by the million: three ways to score them agree."""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Any

import pytest

import kinerja
from kinerja import Evaluator
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import Outcome
from kinerja.sheets import entries
from tests.frames import Row, _sheet, arrow, cells_from, cells_of, columns, polars, rows

#: So many rows of each rubric, and so many of them in memory at a time.
ROWS = 1_000_000 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 4_000
CHUNK = min(ROWS // 2, 20_000)


def wanted(evaluator: Evaluator, outcome: Outcome) -> Row:
    """Every cell that an outcome of the interpreter makes, with its awards and its problems."""
    found = cells_from(evaluator, outcome)
    grades = evaluator.plan.root.model.grades
    for name in {name for grade in grades.values() for name in grade.awards}:
        held = grades[found["grade"]].awards.get(name) if found["grade"] is not None else None
        found[f"awards.{name}"] = None if held is None else held.amount
    told = "; ".join(f"{each.code} {'.'.join(map(str, each.path))}" for each in outcome.problems)
    return found | {"problems": told or None}


def of_one_quality(evaluator: Evaluator, kinds: dict[str, str], found: list[Row], random: Random) -> None:
    """Make half of the rows legal, and about as good in everything, so that the best and the worst occur."""
    legal: dict[str, list[Any]] = {}
    for name, kind in kinds.items():
        fact = evaluator.plan.facts.get(name)
        if kind in ("int", "float") and fact is not None:
            said = {row[name] for row in found if row[name] is not None}
            accepted = [value for value in said if evaluator.evaluate({name: value}).status != "invalid"]
            legal[name] = sorted(accepted)
        else:
            legal[name] = [False, True] if kind == "truth" else list(evaluator.plan.facts[name].options)[::-1]
    for row in found[::2]:
        level = random.random()
        for name, values in legal.items():
            at = min(max(level + random.gauss(0, 0.15), 0), 0.999)
            row[name] = values[int(at * len(values))]


@pytest.mark.volume
@pytest.mark.parametrize("name", kinerja.bundled())
def test_rows_are_scored_alike(name: str) -> None:
    """
    Columns give in every cell what the interpreter gives, and generated code the same total and grade.

    Numbers lie on and beside every bound; some rows are empty in part, some hold what no fact accepts.
    """
    evaluator, random = Evaluator(kinerja.load(name)), Random(name)
    scale, grades = evaluator.scale, [None, *(grade.id for grade in evaluator.plan.root.grades)]
    decide, total = evaluator._code.decide, evaluator._code.total
    met: Counter[Any] = Counter()
    for chunk in range(ROWS // CHUNK):
        kinds = columns(evaluator, random, stated=1)
        found = rows(evaluator, kinds, random, CHUNK)
        of_one_quality(evaluator, kinds, found, random)
        frame = polars(arrow(kinds, found))
        # Only a frame at hand says what is wrong with its rows, as the interpreter does: one of them in ten is enough.
        frame = evaluator.evaluate_frame(frame.lazy() if chunk % 10 else frame, trail="scores")
        for row, has in zip(found, cells_of(frame), strict=True):
            sheet = _sheet(evaluator, row, nan_is_nothing=False)
            want = wanted(evaluator, evaluate(evaluator.plan, entries(sheet)))
            if chunk % 10:
                del want["problems"]
            differs = {key: (value, has.get(key)) for key, value in want.items() if value != has.get(key)}
            assert {} == differs, sheet
            decided = decide(sheet)
            if decided is not None:
                told = ("complete", total(decided[0]), grades[decided[1] + 1])
                assert (want["status"], want["total.scaled"] / scale, want.get("grade")) == told, sheet
            met.update((want["status"], want.get("grade"), decided is not None))
    assert {"complete", "incomplete", "invalid", *grades, True, False} == set(met)
