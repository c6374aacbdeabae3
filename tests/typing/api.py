"""How a caller's program looks to a type checker: checked by mypy, never run."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import assert_type

import kinerja
from kinerja.library import choose
from kinerja.model import Band, Bands, Citation, Group, Level, Levels, Number, Option, Reading, Rubric
from kinerja.numbers import Rounding
from kinerja.trail import BandTrail, Figure, GradeTrail, NodeTrail, PartialTrail, Problem


def load_and_score(path: Path) -> Fraction:
    """The shortest way from a file to a total."""
    rubric = kinerja.load(path)
    assert_type(rubric, kinerja.Rubric)
    assert_type(kinerja.editions(path), tuple[kinerja.Rubric, ...])
    assert_type(choose(kinerja.editions(path), on=date(2017, 6, 30)), kinerja.Rubric)
    evaluator = kinerja.Evaluator(rubric, readings={"infrastruktur-98": "atas"})
    done = evaluator.evaluate({"lokasi": "kumuh", "perempuan": 42}, on=date(2017, 6, 30)).complete()
    assert_type(done, kinerja.Complete)
    assert_type(done.total, Figure | None)
    assert_type(evaluator.evaluate(kinerja.load_sheet(path)).complete().shown, str)
    return done.total if done.total is not None else Fraction(0)


def by_status(evaluator: kinerja.Evaluator, facts: dict[str, object]) -> str:
    """What can come out of an evaluation, told apart by `match`."""
    match evaluator.evaluate(facts):
        case kinerja.Complete(total=total, grade=grade, shown=shown):
            assert_type(total, Figure | None)
            assert_type(grade, GradeTrail | None)
            return shown
        case kinerja.Incomplete(missing=missing, partial=partial):
            assert_type(missing, tuple[str, ...])
            assert_type(partial, PartialTrail | None)
            return f"{len(missing)} missing"
        case kinerja.Invalid(problems=problems):
            assert_type(problems, tuple[Problem, ...])
            return f"{len(problems)} problems"


def look(result: kinerja.Assessment) -> str:
    """A node of the trail by its path, and the trail itself."""
    node = result["perempuan"]
    assert_type(node, NodeTrail)
    assert_type(node.score, Figure | None)
    assert_type(node.band, BandTrail | None)
    assert_type(result.trail, kinerja.Trail)
    assert_type(kinerja.Trail.from_json(result.trail.to_json(indent=2)), kinerja.Trail)
    assert_type(result.explain(language="id"), str)
    return node.band.text if node.band is not None else ""


def from_text(text: str) -> kinerja.Rubric:
    """A rubric out of a database, under the name by which errors should call it."""
    try:
        return kinerja.loads(text, name="row 17")
    except kinerja.RubricError as error:
        assert_type(error.diagnostics, tuple[kinerja.Diagnostic, ...])
        raise
    except kinerja.KinerjaError as error:
        assert_type(error.render("id"), str)
        raise


def findings(path: Path, rubric: kinerja.Rubric) -> list[str]:
    """Whatever can be checked: a path, an id, a text, a rubric."""
    report = kinerja.check(path)
    assert_type(report, kinerja.Report)
    assert_type(report.errors, tuple[kinerja.Diagnostic, ...])
    report.raise_if_errors()
    reports = [report, kinerja.check("pk-bkm"), kinerja.check("a: 1\n"), kinerja.check(rubric)]
    found = [each for report in reports for each in report]
    assert_type(found, list[kinerja.Diagnostic])
    return [f"{each.code} {each.where} {each.message('id')} {each.help('id')}" for each in found]


def by_id() -> kinerja.Rubric:
    """A bundled rubric, by its id, its edition or a day."""
    for name, path in kinerja.bundled().items():
        assert_type(name, str)
        assert_type(path, Path)
    return kinerja.load("pk-bkm@2017", on=date(2017, 6, 30))


def in_python() -> Rubric:
    """A rubric written in Python: what a file may write shorter may be written shorter here."""
    return Rubric(
        id="kelurahan",
        title="Partisipasi warga",
        combine="weighted-sum",
        shown="0.01",
        facts={"lokasi": kinerja_choice()},
        indicators={
            "perempuan": Bands(
                weight="60%",
                applies={"lokasi": "kumuh"},
                source=Citation(document="kak"),
                measure=Number(unit="%", within="[0..100]", step=1, round=Rounding(1, mode="half-up")),
                bands={"2": Band(when="> 40"), "1": Band(when=["[30..40]"]), "x": Band(when="< 30", score=0)},
            ),
            "rapat": Group(
                weight=Fraction(2, 5),
                combine="mean",
                indicators={"rt": Levels(levels={"rutin": Level(score=2), "tidak": Level(score="0")})},
            ),
        },
        readings={"a": Reading(settles="gap", problem="p", taken="t", because="b")},
    )


def kinerja_choice() -> kinerja.model.Fact:
    """A choice between two options."""
    return kinerja.model.Choice(options={"kumuh": Option(title="Kumuh"), "pencegahan": Option()})


def a_sheet() -> kinerja.Sheet:
    """A sheet written in Python, with numbers of every exact kind."""
    facts = {"perempuan": Decimal("42.5"), "rapat": {"value": 3, "by": "lurah"}, "luas": Fraction(1, 3)}
    return kinerja.Sheet(facts=facts, subject={"id": "melati"}, date=date(2024, 12, 31), participants=["Ani"])
