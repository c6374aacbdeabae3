"""Direction: what stands higher in a rubric's own order never comes to less."""

from __future__ import annotations

import pytest

from kinerja.checks.direction import direction
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.plan import plan


def found(text: str) -> list[tuple[str, str]]:
    """Code and place of what is found in a rubric."""
    rubric = structure(read(f"kinerja: 1\nid: x\ncombine: sum\n{text}", name="x"))
    return [(each.code, each.where) for each in direction(plan(rubric))]


@pytest.mark.parametrize(
    ("node", "places"),
    [
        ("{ladder: {p: 1, q: 2}, otherwise: 0}", []),
        ("{ladder: {p: 1, q: 1}}", []),
        ("{ladder: {p: 1, q: 0.5, r: 3}}", ["ladder.q"]),
        ("{ladder: {p: 1, q: 2}, otherwise: 1.5}", ["ladder.p"]),
        ('{ladder: {p: 1, q: {score: "2 - 1"}, r: {score: f}, s: 0}}', ["ladder.s"]),
        ("{levels: {a: 3, b: 2, c: 2}}", []),
        ("{levels: {a: 1, b: 2, c: 3}}", []),
        ("{levels: {a: 1, b: 3, c: 2}}", ["levels.c"]),
        ('{levels: {a: 1, b: {score: none, because: "x"}, c: 2}}', []),
        ("{levels: {true: 0, false: 1}}", []),
        # It is the finished score that has to rise.
        (
            "{ladder: {p: 1, q: 2}, otherwise: 0, scale: {from: [0, 2], to: [100, 0]}}",
            ["ladder.p", "ladder.q"],
        ),
        ("{ladder: {p: 1, q: 0}, otherwise: 2, scale: {from: [0, 2], to: [100, 0]}}", []),
        ("{ladder: {p: 3, q: 2}, cap: '<= 2'}", []),
        ("{ladder: {p: 1.4, q: 1.2}, round: {to: 1, mode: half-up}}", []),
        ("{ladder: {p: 3, q: 1}, scale: {from: [0, 2], to: [0, 1]}}", []),
        ('{formula: "f"}', []),
        ('{direct: {in: "[0..1]"}}', []),
    ],
)
def test_order_of_answers(node: str, places: list[str]) -> None:
    """The rungs of a ladder never fall; levels go one way, whichever."""
    text = f"facts: {{f: {{step: 1}}}}\nindicators: {{a: {node}}}\n"
    assert [("K245", f"indicators.a.{place}") for place in places] == found(text)


def test_a_level_out_of_place_is_the_one_that_is_told() -> None:
    """Levels from the best to the worst with one more at the end: that one is told, and not all the others."""
    levels = "{baik: 2, cukup: 1, kurang: 0, lain: 1}"
    assert [("K245", "indicators.a.levels.kurang")] == found(f"indicators: {{a: {{levels: {levels}}}}}\n")


@pytest.mark.parametrize(
    ("better", "places"),
    [("", []), ("better: higher", ["bands.1", "bands.2"]), ("better: lower", ["bands.1", "bands.2"])],
)
def test_a_better_number(better: str, places: list[str]) -> None:
    """Where a rubric says which numbers are better, a better one never scores less."""
    bands = '{4: {when: "< 0"}, 1: {when: "[0..1)"}, 3: {when: "[1..2], 5"}, 2: {when: "(2..5), > 5"}}'
    text = f"indicators: {{a: {{measure: {{}}, bands: {bands}, {better}}}}}\n"
    expected = {("K245", f"indicators.a.{place}") for place in places}
    assert expected <= set(found(text))
    assert bool(expected) == bool(found(text))


@pytest.mark.parametrize(("better", "is_told"), [("higher", True), ("lower", False)])
def test_a_better_number_on_a_scale_that_turns_scores_round(better: str, is_told: bool) -> None:
    """A scale from high to low makes of rising points falling scores."""
    bands = '{0: {when: "< 5"}, 2: {when: ">= 5"}}'
    keys = f"bands: {bands}, better: {better}, scale: {{from: [0, 2], to: [100, 0]}}"
    assert is_told == bool(found(f"indicators: {{a: {{measure: {{}}, {keys}}}}}\n"))


def test_a_score_that_is_computed_hangs_on_the_sheet() -> None:
    """Of a band whose score is a formula nothing is said."""
    bands = '{p: {when: "< 0", score: value}, 1: {when: ">= 0"}}'
    assert [] == found(f"indicators: {{a: {{measure: {{}}, bands: {bands}, better: higher}}}}\n")
    assert [] == found('facts: {f: {}}\nindicators: {a: {bands: {1: {when: {f: "-"}}}, better: higher}}\n')


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ('{p: {when: "< 1"}, q: {when: ">= 1"}}', []),
        ('{q: {when: ">= 1"}, p: {when: "< 1"}}', [("K246", "grades.p")]),
        ('{q: {when: "[5..9]"}, p: {when: "[1..4]"}}', [("K246", "grades.p")]),
        ('{q: {when: none}, p: {when: "-"}, r: {when: "[1..4]"}}', []),
        ('{q: {when: {value: "> 1", a.score: "> 1"}}, p: {when: "<= 1"}}', []),
    ],
)
def test_order_of_grades(grades: str, expected: list[tuple[str, str]]) -> None:
    """Grades stand from the lowest score to the highest."""
    assert expected == found(f"indicators: {{a: {{levels: {{x: 1, y: 2}}}}}}\ngrades: {grades}\n")


@pytest.mark.parametrize(
    ("better", "place"), [("", "grades.r"), ("better: higher", "grades.r"), ("better: lower", "grades.p")]
)
def test_a_better_grade_earns_no_less(better: str, place: str) -> None:
    """What a better grade awards is never less; of a range, its least counts."""
    money = "currency: IDR}"
    grades = f"""
grades:
  p: {{when: "< 1", awards: {{m: {{amount: 100, {money}}}}}
  q: {{when: "[1..2)", awards: {{n: {{text: piagam}}}}}}
  s: {{when: "[2..3)", awards: {{m: {{from: 300, to: 500, {money}}}}}
  r: {{when: ">= 3", awards: {{m: {{amount: 200, {money}}}}}
"""
    assert [("K245", place)] == found(f"{better}\nindicators: {{a: {{levels: {{x: 1}}}}}}{grades}")
