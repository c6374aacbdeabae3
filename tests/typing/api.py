"""How a caller's program looks to a type checker: checked by mypy, never run."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import assert_type

import kinerja


def load_and_score(path: Path) -> Fraction | None:
    """The shortest way from a file to a total."""
    rubric = kinerja.load(path)
    assert_type(rubric, kinerja.Rubric)
    evaluator = kinerja.Evaluator(rubric, readings={"infrastruktur-98": "atas"})
    done = evaluator.evaluate({"lokasi": "kumuh", "perempuan": 42}, on=date(2017, 6, 30)).complete()
    assert_type(done, kinerja.Complete)
    return done.total


def by_status(evaluator: kinerja.Evaluator, facts: dict[str, object]) -> str:
    """What can come out of an evaluation, told apart by `match`."""
    match evaluator.evaluate(facts):
        case kinerja.Complete(total=total):
            return str(total)
        case kinerja.Incomplete(missing=missing):
            return f"{len(missing)} missing"
        case kinerja.Invalid(problems=problems):
            return f"{len(problems)} problems"


def from_text(text: str) -> kinerja.Rubric:
    """A rubric out of a database, under the name by which errors should call it."""
    try:
        return kinerja.loads(text, name="row 17")
    except kinerja.KinerjaError as error:
        assert_type(error.render("id"), str)
        raise
