"""The trail: its figures, its JSON form, and what it refuses to read."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import kinerja
from kinerja import Evaluator, Sheet, Trail
from kinerja.errors import TrailError
from kinerja.explain import explain
from kinerja.trail import FORMAT, AwardTrail, Figure, GradeTrail, Problem

SHEET = kinerja.load_sheet(Path(__file__).parent.parent / "docs" / "examples" / "bkm.yaml")
TRAIL = Evaluator(kinerja.load("pk-bkm")).evaluate(SHEET).trail
DATA: dict[str, Any] = json.loads(TRAIL.to_json())
ONE = {"exact": "1", "shown": "1"}

# --- figures


def test_figure_is_its_number() -> None:
    """A figure compares, hashes and computes as the exact number; the text is only beside it."""
    figure = Figure(Fraction(115, 2), "57,50")
    assert Fraction(115, 2) == figure == Decimal("57.5") == 57.5
    assert hash(Fraction(115, 2)) == hash(figure)
    assert Figure(Fraction(115, 2), "58") == figure
    assert 58 > figure > 57
    assert Figure.from_float(0.5) < Figure.from_decimal(Decimal("0.6")) < figure
    assert Fraction(58) == figure + Fraction(1, 2)


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda figure: pickle.loads(pickle.dumps(figure))]
)
def test_figure_keeps_its_text(again: Callable[[Figure], Figure]) -> None:
    """A copy of a figure is shown like the figure."""
    figure = again(Figure(Fraction(1, 3), "0,33"))
    assert ("1/3", "0,33", "Figure(1/3, '0,33')") == (figure.exact, figure.shown, repr(figure))


# --- JSON


def test_numbers_are_exact_text_beside_what_is_shown() -> None:
    """A number is an object of its exact text and the text that people are shown."""
    assert {"exact": "57.5", "shown": "57,50"} == DATA["total"]
    assert {"exact": "0.15", "shown": "15%"} == DATA["nodes"]["pengurangan"]["weight"]
    assert {"exact": "7.5", "shown": "7,50"} == DATA["nodes"]["pengurangan"]["points"]


def test_what_is_empty_is_left_out() -> None:
    """Parts have only the keys that say something; at the top every key stands."""
    assert "reason" not in DATA["nodes"]["perempuan"]
    assert ([], None, None) == (DATA["problems"], DATA["grade"], DATA["partial"])


def test_gates_are_read_back() -> None:
    """Whether a gate held is one of three words; a trail with another one is refused."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nindicators: {a: {levels: {ya: 1, tidak: 0}}}\n"
        'grades: {tolak: {when: "0"}, baik: {when: "1"}}\n'
        "requires: {izin: {when: {ada: true}, grade: tolak}}\nfacts: {ada: {kind: yes-no}}\n"
    )
    for given, holds in (({"ada": True}, "yes"), ({"ada": False}, "no"), ({}, "unknown")):
        trail = Evaluator(rubric).evaluate({"a": "ya", **given}).trail
        data = trail.to_data()
        assert holds == data["nodes"]["total"]["gates"]["izin"]["holds"]
        assert trail == Trail.from_data(data)
    data["nodes"]["total"]["gates"]["izin"]["holds"] = "maybe"
    with pytest.raises(TrailError, match='K520: "maybe" means nothing') as caught:
        Trail.from_data(data)
    assert "yes, no, unknown" in caught.value.render()


def test_indented() -> None:
    """The indented form says the same."""
    text = TRAIL.to_json(indent=2)
    assert "\n" in text
    assert Trail.from_json(text) == TRAIL


def test_grades_and_awards_have_a_form() -> None:
    """A grade with its awards is written and read back, though nothing here gives one yet."""
    awards = {"insentif": AwardTrail(amount=500_000, currency="IDR"), "rentang": AwardTrail(low=1, high=2)}
    data = {**DATA, "grade": {"id": "baik", "awards": {"insentif": {"amount": 500_000, "currency": "IDR"}}}}
    trail = Trail.from_data(data)
    assert trail.grade is not None
    assert {"insentif": awards["insentif"]} == trail.grade.awards
    assert Trail.from_json(trail.to_json()) == trail
    assert {"from": 1, "to": 2} == Trail.from_data(
        {**DATA, "grade": {"id": "x", "awards": {"r": {"from": 1, "to": 2}}}}
    ).to_data()["grade"]["awards"]["r"]
    assert hash(GradeTrail(id="x", awards=awards)) == hash(GradeTrail(id="x", awards=awards))


@pytest.mark.parametrize(
    "number",
    [10**1_000, Fraction(10**2_000 + 1, 4), Fraction(1, 3**3_000), -(10**9_000), Fraction(-1, 10**40)],
    # pytest would print them, and Python does not print integers of this length.
    ids=["whole", "decimal", "fraction", "negative", "small"],
)
def test_long_numbers_come_back(number: Fraction) -> None:
    """A number as long as a program may state it survives its JSON form."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nindicators: {a: {measure: {}, bands: {1: {when: '-'}}}}\n"
    )
    trail = Evaluator(rubric).evaluate({"a": number}).trail
    again = Trail.from_json(trail.to_json())
    assert trail == again
    assert number == again.nodes["a"].facts["a"].figure


# --- what is not a trail


def changed(path: str, value: Any) -> dict[str, Any]:
    """The data of a sound trail with one part replaced; `...` takes the part out."""
    data = copy.deepcopy(DATA)
    *above, last = path.split("/")
    part = data
    for step in above:
        part = part[int(step)] if isinstance(part, list) else part[step]  # type: ignore[assignment]
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return data


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "K514"),
        ("{", "K514"),
        ("[NaN]", "K514"),
        ("[Infinity]", "K514"),
        ("[" * 100_000, "K005"),
        ("[]", "K515"),
        ("5", "K515"),
        ("{}", "K515"),
        ('{"format": "kinerja-trail/2"}', "K515"),
        (json.dumps({"format": FORMAT}), "K102"),
    ],
)
def test_text_that_is_no_trail(text: str, code: str) -> None:
    """What is no JSON, or no trail of this format, is refused by name."""
    with pytest.raises(TrailError) as caught:
        Trail.from_json(text)
    assert code == caught.value.diagnostics[0].code


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("status", ..., "K102"),
        ("rubric", ..., "K102"),
        ("rubric", [], "K516"),
        ("statuss", "complete", "K517"),
        ("status", 5, "K516"),
        ("status", "perfect", "K520"),
        ("language_version", "1", "K516"),
        ("language_version", True, "K516"),
        ("language_version", 1.0, "K516"),
        ("total", 57.5, "K516"),
        ("total", "57.5", "K516"),
        ("total", {"exact": "57.5"}, "K516"),
        ("total", {"exact": 57.5, "shown": "57,50"}, "K516"),
        ("total", {"exact": "57.5", "shown": None}, "K516"),
        ("total", {"exact": "57,5", "shown": "57,50"}, "K131"),
        ("total", {"exact": "57.50", "shown": "57,50"}, "K522"),
        ("total", {"exact": "115/2", "shown": "57,50"}, "K522"),
        ("date", "kemarin", "K114"),
        ("date", "20170612", "K114"),
        ("stated/0/value/type", "integer", "K520"),
        ("stated/0/value/fault", {"code": "K999"}, "K520"),
        ("stated/0/value/fault", {"code": "K301"}, "K102"),
        ("stated/0/not-applicable", {"type": "?"}, "K520"),
        ("seal", {}, "K102"),
        ("nodes/total/gates", {"izin": {"when": "izin: true", "holds": "mungkin"}}, "K520"),
        ("total", {"exact": "9" * 30_000, "shown": "9"}, "K139"),
        ("total", {"exact": "9" * 1_500 + "x", "shown": "9"}, "K139"),
        ("participants", "Dewi", "K516"),
        ("nodes/perempuan/facts/perempuan/value", 1.5, "K516"),
        ("nodes/perempuan/facts/perempuan/value", {}, "K516"),
        ("nodes/perempuan/facts/perempuan/value", [1], "K516"),
        ("participants", [5], "K516"),
        ("subject", [], "K516"),
        ("subject/id", None, "K516"),
        ("nodes", [], "K516"),
        ("nodes/total", ..., "K521"),
        ("nodes/perempuan", None, "K516"),
        ("nodes/perempuan/status", "fine", "K520"),
        ("nodes/perempuan/stated", "no", "K516"),
        ("nodes/perempuan/scor", {}, "K517"),
        ("nodes/perempuan/facts/perempuan/how", "guessed", "K520"),
        ("nodes/total/steps/0/name", "guess", "K520"),
        ("nodes/total/steps/0/rule", "guess", "K520"),
        ("nodes/total/steps/0/operands", ["x"], "K521"),
        ("nodes/total/steps/1/operands", [], "K516"),
        ("nodes/total/steps/1/operands", ["1.15", "0", "2", "0", "x"], "K130"),
        ("nodes/total/steps", [{"name": "cap", "rule": "<= 2", "result": ONE}], "K516"),
        (
            "nodes/total/steps",
            [{"name": "round", "operands": ["1"], "rule": "nearly 1", "result": ONE}],
            "K520",
        ),
        (
            "nodes/total/steps",
            [{"name": "round", "operands": ["1"], "rule": "half-up", "result": ONE}],
            "K130",
        ),
        ("nodes/perempuan/facts/perempuan/before", "x", "K130"),
        ("nodes/perempuan/facts/perempuan", {"how": "given", "before": "40"}, "K520"),
        ("readings/D3/alternatives/dua-mulai-98/status", "x", "K520"),
        ("readings/D3/own", {"status": "x"}, "K520"),
        ("notes", [{"code": "K999"}], "K520"),
        ("problems", [{"code": "K330", "path": "a", "values": {"name": "a"}}], "K102"),
        ("problems", [{"path": "a"}], "K102"),
    ],
)
def test_part_that_is_not_sound(path: str, value: Any, code: str) -> None:
    """A part of another type, an unknown key or word, a name that leads nowhere: refused, never guessed."""
    with pytest.raises(TrailError) as caught:
        Trail.from_data(changed(path, value))
    (found,) = caught.value.diagnostics
    assert code == found.code
    # At its place; within it, where what was put there has parts; above it, where it is gone.
    place = path.split("/")
    assert place[: len(found.path)] == list(found.path)[: len(place)]


def test_an_altered_figure_is_another_trail() -> None:
    """One figure changed makes another trail; only how it is shown does not."""
    assert TRAIL != Trail.from_data(changed("nodes/perempuan/score", {"exact": "2", "shown": "2"}))
    assert Trail.from_data(changed("total", {"exact": "57.5", "shown": "58"})) == TRAIL


def test_a_child_that_is_not_there() -> None:
    """A stored trail whose group names a child that has no node, as below a group that does not apply, is told."""
    data = changed("nodes/total/children", ["perempuan", "x"])
    data["nodes"]["perempuan"]["children"] = ["keuangan", "y"]
    assert "keuangan" in explain(Trail.from_data(data))


def test_a_row_beside_the_total_is_told_once() -> None:
    """Groups aside that name the same rows over and over are told in the time of their rows, however deep."""
    names = [f"n{at}" for at in range(2_000)]
    nodes = {name: {"status": "scored", "children": [below] * 9} for name, below in pairwise(names)}
    nodes |= {"total": {"status": "scored"}, names[-1]: {"status": "scored"}}
    said = explain(Trail.from_data({**DATA, "nodes": nodes}))
    assert [1] * len(names) == [len(re.findall(rf"(?m)^ *{name}:", said)) for name in names]


@pytest.mark.parametrize("value", [None, True, "007", "1/0", "00.5"])
def test_a_value_that_is_no_figure_is_told_as_it_is(value: Any) -> None:
    """What stands in a problem where numbers stand is quoted, not read."""
    problem = {
        "code": "K303",
        "path": "a",
        "values": {"name": "a", "value": value, "domain": "x", "unit": ""},
    }
    assert str(value) in explain(Trail.from_data({**DATA, "status": "invalid", "problems": [problem]}))


# --- problems as data


def test_a_problem_speaks_both_languages() -> None:
    """A problem is data, and its sentence is drawn in the reader's language."""
    problem = Problem(code="K330", path="ukur", values={"name": "ukur", "nodes": ("ukur",)})  # type: ignore[arg-type]
    assert '"ukur" is missing' == problem.diagnostic().message("en")
    assert '"ukur" belum diisi' == problem.diagnostic().message("id")
    assert () == Problem(code="K404").diagnostic().path


def test_text_that_no_file_can_hold() -> None:
    """A lone surrogate in a sheet made in Python can be written, and comes back as it was."""
    trail = Evaluator(kinerja.load("pk-bkm")).evaluate(Sheet(facts={}, note="\ud800")).trail
    assert trail == Trail.from_json(trail.to_json().encode("utf-8").decode("utf-8"))
