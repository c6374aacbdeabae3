"""Checks of what decides nothing, or two things: cases, grades, dead parts, alternatives, silent tests, idle facts."""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import kinerja
from kinerja.checks import boxes as boxes_module
from kinerja.checks import cells as cells_module
from kinerja.checks import findings
from kinerja.checks import occurring as occurring_module
from kinerja.checks.every import CHECKS
from kinerja.checks.occurring import first_in, occurring
from kinerja.checks.spans import Span
from kinerja.engine.interpreter import evaluate
from kinerja.feel import condition
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.lattices import Lattice
from kinerja.model import Grade, Level, Levels, Rubric
from kinerja.plan import Plan, plan
from kinerja.sheets import entries

HERE = Path(__file__).parent
HEAD = "kinerja: 1\nid: x\ncombine: sum\n"
FACTS = """facts:
  l: {kind: choice, options: {a: "", b: "", c: ""}}
  t: {kind: yes-no}
  n: {in: "[0..10]", step: 1}
"""
CODES = ("K223", "K224", "K225", "K226", "K227", "K228", "K229", "K230")


def told(text: str, code: str, *keys: str, head: str = HEAD) -> list[tuple[Any, ...]]:
    """Where a finding of one code stands, with some of its values."""
    found = findings(structure(read(head + text, name="x")))
    return [(each.where, *(each.values.get(key) for key in keys)) for each in found if each.code == code]


def nodes(*lines: str) -> str:
    """The facts above, and indicators i0, i1 and so on with these keys."""
    return FACTS + "indicators:\n" + "".join(f"  i{n}: {{{line}}}\n" for n, line in enumerate(lines))


ANY = "levels: {x: 1, y: 0}"


# --- cases: K223


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ("{when: {t: true}, is: 1}, {when: {t: false}, is: 2}", []),
        ("{when: {n: '< 5'}, is: 1}, {when: {n: '>= 5'}, is: 2}", []),
        ("{when: {n: '< 5'}, is: 1}, {when: {n: '> 5'}, is: 2}", [(0, {"n": Fraction(5)})]),
        ("{when: {n: '<= 5'}, is: 1}, {when: {n: '>= 5'}, is: 2}", [(2, {"n": Fraction(5)})]),
        ("{when: {l: a}, is: 1}, {when: {l: 'a, b'}, is: 2}", [(2, {"l": "a"}), (0, {"l": "c"})]),
        ("{when: {l: a}, is: 1}", [(0, {"l": "b"})]),
    ],
)
def test_exactly_one_case_holds(cases: str, expected: list[tuple[int, dict[str, Any]]]) -> None:
    """Answers for which none of the cases holds are told, and answers for which two do."""
    assert [("indicators.i0.formula", *each) for each in expected] == told(
        nodes(f"formula: [{cases}]"), "K223", "count", "sheet"
    )


CASES = "[{when: {l: a}, is: 1}, {when: {l: b}, is: 2}]"


@pytest.mark.parametrize(
    ("node", "where"),
    [
        (f"levels: {{x: {{score: {CASES}}}, y: 0}}", "levels.x.score"),
        (f"ladder: {{x: {{score: {CASES}}}}}, otherwise: 0", "ladder.x.score"),
        (f"ladder: {{x: {{score: 1}}}}, otherwise: {CASES}", "otherwise"),
        (f"measure: {{}}, bands: {{1: {{when: '-', score: {CASES}}}}}", "bands.1.score"),
        (f"bands: {{1: {{when: {{t: true}}, score: {CASES}}}, 0: {{when: {{t: false}}}}}}", "bands.1.score"),
    ],
)
def test_cases_are_found_wherever_a_score_stands(node: str, where: str) -> None:
    """In levels, steps, what an empty run is worth, and bands."""
    assert [(f"indicators.i0.{where}", 0)] == told(nodes(node), "K223", "count")


@pytest.mark.parametrize(
    "node",
    [
        f"applies: {{l: 'a, b'}}, formula: {CASES}",
        f"bands: {{1: {{when: {{l: 'a, b'}}, score: {CASES}}}, 0: {{when: {{l: c}}}}}}",
    ],
)
def test_cases_need_not_hold_where_they_are_not_asked(node: str) -> None:
    """What the node applies by, and the condition of the band, leave nothing out."""
    assert [] == told(nodes(node), "K223")


def test_cases_over_scores_are_not_called_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of cases that ask for other nodes, or for too many facts, it is said that nothing is proved."""
    over = "formula: [{when: {i0.score: 1}, is: 1}, {when: {i0.score: 0}, is: 2}]"
    assert [("indicators.i1.formula", "i1")] == told(nodes(ANY, over), "K210", "name")
    monkeypatch.setattr(cells_module, "LIMIT", 2)
    assert [("indicators.i0.formula", 2)] == told(nodes(f"formula: {CASES}"), "K209", "limit")


def test_cases_of_a_sheet_that_is_refused() -> None:
    """Where a gate of the node refuses the facts, no case has to hold."""
    node = "formula: [{when: {t: true}, is: 1}], requires: {s: {when: {t: true}}}"
    assert [] == told(nodes(node), "K223")


# --- grades that overlap: K224


def graded(*grades: str, keys: str = "") -> str:
    """A rubric of whole points from 0 to 10 with grades g0, g1 and so on."""
    listed = "".join(f"  g{n}: {{when: {each}}}\n" for n, each in enumerate(grades))
    return f"{FACTS}{keys}grades:\n{listed}indicators:\n  i: {{direct: {{in: '[0..10]', step: 1}}}}\n"


@pytest.mark.parametrize(
    ("grades", "keys", "expected"),
    [
        (("'< 5'", "'>= 5'"), "", []),
        (("'<= 5'", "'>= 5'"), "", [("g1", "5", {"i": Fraction(5)})]),
        (("'[0..6]'", "'[4..9]'"), "", [("g1", "[4..6]", {"i": Fraction(4)})]),
        # Points that no sheet comes to are shared by nobody.
        (("'<= 20'", "'>= 20'"), "", []),
        (("'<= 5.5'", "'>= 5.5'"), "", []),
        (("{t: true, value: '<= 5.5'}", "{value: '>= 5.5'}"), "", []),
        (("'<= 20'", "'>= 20'"), "cap: '<= 10'\n", []),
        (("'< 1'", "'[0.5..2]'", "'> 2'"), "round: {to: 1, mode: half-up}\n", []),
        (("'< 1'", "'[0..2]'"), "round: {to: 1, mode: half-up}\n", [("g1", "0", {"i": Fraction(0)})]),
        (("'<= 90'", "'>= 90'"), "scale: {from: [0, 10], to: [0, 50]}\n", []),
        (("'<= 10'", "'>= 10'"), "scale: {from: [0, 10], to: [50, 0]}\n", [("g1", "10", {"i": Fraction(8)})]),
        (("{l: a}", "{l: 'a, b'}"), "", [("g1", "l: a", {"l": "a"})]),
        (("{l: a}", "{l: b}"), "", []),
        (("{n: '> 3'}", "{n: '> 5'}"), "", [("g1", "n: [6..10]", {"n": Fraction(6)})]),
        (
            ("{t: true, value: '> 3'}", "{value: '> 5'}"),
            "",
            [("g1", "value: > 5, t: true", {"i": Fraction(6), "t": True})],
        ),
        (("none", "none"), "", []),
        (("none", "'-'"), "", []),
        (("'not(none)'", "'> 3'"), "", [("g1", "> 3", {"i": Fraction(4)})]),
        (("{i.score: '> 3'}", "{i.score: '> 5'}"), "", []),
    ],
)
def test_grades_that_overlap(
    grades: tuple[str, ...], keys: str, expected: list[tuple[str, str, dict[str, Any] | None]]
) -> None:
    """What two grades share is told, as far as scale, cap and rounding leave it, with a sheet where there is one."""
    found = told(graded(*grades, keys=keys), "K224", "region", "sheet")
    assert [(f"grades.{name}.when", *rest) for name, *rest in expected] == found


@pytest.mark.parametrize(
    ("grades", "keys", "region", "sheet"),
    [
        (
            ("none", "none"),
            "combine: sum, indicators: {j: {levels: {x: {score: none, because: b}, y: 0}}}",
            "none",
            None,
        ),
        (
            ("none", "{value: none, t: false}"),
            "combine: sum, indicators: {j: {levels: {x: {score: none, because: b}, y: 0}}}",
            "value: none, t: false",
            None,
        ),
        # What a node aside comes to is not gone through, so that nothing is denied.
        (("'<= 20'", "'>= 20'"), "direct: {in: '[0..10]', step: 1}", "20", None),
        (("{l: a}", "{l: 'a, b'}"), "", "l: a", {"l": "a"}),
        (("{l: 'a, b'}", "{l: 'a, b', n: '> 5'}"), "", 'l: "a, b", n: [6..10]', {"l": "a", "n": Fraction(6)}),
        (("{i.grade: g, l: a}", "{l: a}"), "", None, None),
    ],
)
def test_grades_aside_that_overlap(
    grades: tuple[str, str], keys: str, region: str | None, sheet: dict[str, Any] | None
) -> None:
    """Grades of what stands beside the total, and of answers without a score, are compared as well."""
    node = f"{keys}, grades: {{g0: {{when: {grades[0]}}}, g1: {{when: {grades[1]}}}}}".removeprefix(", ")
    text = f"{FACTS}indicators: {{i: {{{ANY}, grades: {{g: {{when: '-'}}}}}}}}\naside: {{s: {{{node}}}}}\n"
    expected = [] if region is None else [("aside.s.grades.g1.when", region, sheet)]
    assert expected == told(text, "K224", "region", "sheet")


def test_both_places_of_an_overlap_are_named() -> None:
    """The other grade or band is named by its line, or in a rubric made in Python by its path."""
    assert [("x:9:3",)] == [found[1:] for found in told(graded("'<= 5'", "'>= 5'"), "K224", "first")]
    grades = {"a": Grade(when="<= 1"), "b": Grade(when=">= 1")}
    node = Levels(levels={"a": Level(score=1), "b": Level(score=0)})
    rubric = Rubric(id="x", combine="sum", grades=grades, indicators={"i": node})
    assert ["grades.a"] == [each.values["first"] for each in findings(rubric) if each.code == "K224"]


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("'> 3, < 7'", "(3..7)"),
        ("'>= 3, <= 7'", "[3..7]"),
        ("'> 7, < 3'", "(3..7)"),
        ("'> 3, > 7'", None),
        ("'< 3, < 7'", None),
        ("'< 3, 5'", None),
        ("'[1..2], [2..3]'", None),
        ("'[1..2], > 3'", None),
        ("'> 3, < 3'", None),
        ("'not(> 7, < 3)'", None),
    ],
)
def test_a_comma_that_means_or_is_explained(when: str, written: str | None) -> None:
    """Where one comparison goes up and the other down, the range between them is suggested."""
    for code, text in (
        ("K224", graded("'-'", when)),
        ("K204", nodes(f"measure: {{}}, bands: {{1: {{when: '-'}}, 0: {{when: {when}}}}}")),
    ):
        ((_, comma),) = told(text, code, "comma")
        assert written == (comma.values["range"] if comma else None)


# --- what nobody reaches: K225


@pytest.mark.parametrize(
    ("node", "parts"),
    [
        (
            "measure: {in: '[0..10]'}, bands: {2: {when: '> 10'}, 1: {when: '> 5'}, 0: {when: '<= 5'}}",
            ["bands.2"],
        ),
        ("measure: {in: '[0..10]'}, bands: {2: {when: '10'}, 1: {when: '[5..10)'}, 0: {when: '< 5'}}", []),
        ("measure: {in: '[0..10]', step: 1}, bands: {1: {when: '(3..4)'}, 0: {when: '-'}}", ["bands.1"]),
        (
            "measure: {in: '[0..1]', round: {to: 1, mode: up}}, bands: {1: {when: '(0..1)'}, 0: {when: '0, 1'}}",
            ["bands.1"],
        ),
        ("bands: {1: {when: {l: 'not(a, b, c)'}}, 0: {when: {l: '-'}}}", ["bands.1"]),
        ("applies: {l: a}, bands: {1: {when: {l: a}}, 0: {when: {l: b}}}", ["bands.0"]),
        ("bands: {1: {when: [{l: a}, {l: b, t: true}]}, 0: {when: {l: c}}, 2: {when: {l: b, t: false}}}", []),
        ("applies: {t: true}, formula: [{when: {t: true}, is: 1}, {when: {t: false}, is: 2}]", ["formula.1"]),
        (
            "measure: {in: '<= 1'}, bands: {1: {when: '> 1', score: [{when: {l: a}, is: 1}]}, 0: {when: '-'}}",
            ["bands.1"],
        ),
        ("ladder: {p: 1, q: {score: 2, all: {p: '', r: ''}}, s: 3}", []),
        ("ladder: {p: {score: 1, all: {a: '', b: ''}}, q: {score: 2, all: {a: ''}}, s: 3}", ["ladder.p"]),
        (
            "ladder: {p: {score: 1, all: {a: ''}}, q: {score: 2, all: {b: ''}}, r: {score: 3, all: {a: '', b: ''}}}",
            ["ladder.q"],
        ),
    ],
)
def test_parts_that_nobody_reaches(node: str, parts: list[str]) -> None:
    """A part whose condition no answers inside the domains meet, and a step that nobody stops at; once each."""
    assert [(f"indicators.i0.{part}", part) for part in parts] == told(nodes(node), "K225", "part")


def test_a_weight_that_nobody_meets() -> None:
    """A case of a weight is a part like any other."""
    cases = "[{when: {n: '<= 10'}, is: 40%}, {when: {n: '> 10'}, is: 20%}]"
    text = nodes(f"{ANY}, weight: {cases}", f"{ANY}, weight: 60%").replace("facts:", "title: T\nfacts:")
    assert [("indicators.i0.weight.1",)] == told(text, "K225", head=HEAD.replace("sum", "weighted-sum"))


@pytest.mark.parametrize(
    ("grades", "keys", "dead"),
    [
        (("'< 5'", "'[5..10]'", "'> 10'"), "", ["g2"]),
        (("'< 5'", "'[5..10)'", "'10'"), "", []),
        (("'< 5'", "'(5..6)'", "'>= 6'"), "", ["g1"]),
        (("'< 5'", "'(5..6)'", "'>= 6'"), "scale: {from: [0, 10], to: [0, 5]}\n", ["g1", "g2"]),
        (("'< 5'", "'(5..6)'", "'> 50'"), "scale: {from: [0, 10], to: [0, 11]}\n", ["g2"]),
        (("'< 5'", "'> 5'"), "cap: '[6..8]'\n", ["g0"]),
        (("none", "'-'"), "", ["g0"]),
        (("'not(none)'", "'-'"), "", []),
        (("{l: a, value: '> 10'}", "{l: b}", "{l: 'not(a, b, c)'}"), "", ["g0", "g2"]),
        (("{i.score: '> 10'}", "{i.score: '<= 10'}"), "", []),
        (("'> 10'", "'<= 10'"), "requires: {r: {when: {t: true}, text: T, grade: g0}}\n", []),
        (("'< 3'", "'>= 3'"), "requires: {r: {when: '>= 3', text: T}}\n", ["g0"]),
    ],
)
def test_grades_that_nobody_gets(grades: tuple[str, ...], keys: str, dead: list[str]) -> None:
    """A grade is dead where no score that can occur meets it, unless a gate sets it."""
    found = told(graded(*grades, keys=keys), "K225", "part")
    assert [f"grades.{name}" for name in dead] == [part for _, part in found if part.startswith("grades")]


@pytest.mark.parametrize(
    ("gate", "is_dead"),
    [
        ("when: '>= 0', text: T", True),
        ("when: '> 0', text: T", False),
        ("when: '>= 0', text: T, grade: g0", True),
        ("when: '> 3', text: T, grade: g0", False),
        ("when: {n: '<= 10'}, text: T", True),
        ("when: {n: '< 10'}, text: T", False),
        ("when: {l: 'a, b, c'}, text: T", True),
        ("when: {l: 'a, b'}, text: T", False),
        ("when: [{t: true}, {t: false}], text: T", True),
        ("when: [{t: true, n: '> 3'}, {t: false}], text: T", False),
        ("when: [{t: true}, {value: '>= 5'}], text: T", False),
        ("when: [{t: true}, {value: '>= 0'}], text: T", True),
        ("when: none, text: T", False),
        ("when: 'not(none)', text: T", True),
        ("when: {i.score: '>= 0'}, text: T", False),
    ],
)
def test_gates_that_nobody_fails(gate: str, is_dead: bool) -> None:
    """A gate is dead where its condition holds whatever is answered."""
    found = told(graded("'-'", keys=f"requires: {{r: {{{gate}}}}}\n"), "K225", "part")
    assert is_dead == (("requires.r", "requires.r") in found)


@pytest.mark.parametrize(("key", "dead"), [("", [("requires.r",)]), (", may-not-apply: true", [])])
def test_a_gate_may_fail_where_what_it_asks_is_left_out(key: str, dead: list[tuple[str]]) -> None:
    """A test on an answer that is said not to apply is false, so such a gate is not dead."""
    text = f"requires: {{r: {{when: {{i: '>= 0'}}, text: T}}}}\nindicators:\n  i: {{direct: {{in: '>= 0'}}{key}}}\n"
    assert dead == told(text, "K225")


UNSCORED = "levels: {x: {score: none, because: B}, y: 1}"


def test_a_grade_for_no_score_is_reached_by_an_answer_without_one() -> None:
    """Such an answer may stand anywhere in the group, and a gate on the number then fails."""
    grades = "grades: {g0: {when: none}, g1: {when: '>= 0'}}\n"
    gate = "requires: {r: {when: '>= 0', text: T, grade: g1}}\n"
    inner = f"indicators:\n  g: {{combine: sum, indicators: {{i: {{{UNSCORED}}}}}}}\n"
    assert [] == told(grades + gate + inner, "K225")


def test_what_is_told_of_a_node_aside_is_told_of_its_conditions_alone() -> None:
    """What nodes come to is known for those that the total is made of."""
    aside = (
        "aside:\n  s: {title: T, grades: {g: {when: '> 9'}, h: {when: {n: '> 10'}}}, levels: {x: 1, y: 0}}\n"
    )
    assert [("aside.s.grades.h",)] == told(nodes(ANY) + aside, "K225")
    lookup = "aside:\n  s: {grades: {g: {when: {l: a}}, h: {when: {n: '> 10'}}}}\n"
    assert [("aside.s.grades.h",)] == told(nodes(ANY) + lookup, "K225")


def test_a_node_that_never_applies_has_no_dead_parts() -> None:
    """That it never applies says everything."""
    node = (
        "applies: {l: 'not(a, b, c)'}, measure: {in: '[0..1]'}, bands: {1: {when: '> 1'}, 0: {when: '<= 1'}}"
    )
    assert [] == told(nodes(ANY, node), "K225")
    assert [("indicators.i1.applies", "i1")] == told(nodes(ANY, node), "K226", "name")


def test_where_the_scores_are_not_known_no_grade_is_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets that are too wide to compute, and nodes that read each other, leave everything possible."""
    text = graded("'<= 10'", "'> 10'")
    assert 1 == len(told(text, "K225"))
    over = "  j: {formula: i.score}\n"
    assert [] == told(text + over, "K225")
    with monkeypatch.context() as changed:
        changed.setattr("kinerja.lattices.CELLS", 5)
        assert [] == told(text, "K225")
    monkeypatch.setattr(occurring_module, "VISITS", 1)
    assert [] == told(text, "K225")


def test_too_many_boxes_leave_everything_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of conditions with more ways than are gone through nothing is claimed."""
    node = "bands: {1: {when: [{n: '> 10'}, {n: 11}]}, 0: {when: [{t: true}, {t: false}]}}"
    assert [("indicators.i0.bands.1",)] == told(nodes(node), "K225")
    gate = graded("'-'", keys="requires: {r: {when: {t: 'true, false', value: '>= 0'}, text: T}}\n")
    assert 1 == len(told(gate, "K225"))
    monkeypatch.setattr(boxes_module, "LIMIT", 0)
    assert [] == told(gate, "K225")


@pytest.mark.parametrize(
    ("numbers", "test", "expected"),
    [
        (Lattice.of([0, 5, 15]), "> 5", 15),
        (Lattice.of([0, 5, 15]), ">= 5", 5),
        (Lattice.of([0, 5, 15]), "(5..15)", None),
        (Lattice.of([0, 5, 15]), "> 15", None),
        (Lattice.of([0, 5, 15]), "<= 3", 0),
        (Lattice.of([0, 5, 15]), "< 0, 15", 15),
        (Lattice.of([7]), "[6..8]", 7),
        (Lattice.of([7]), "< 7", None),
        (Lattice(), "-", None),
        (Span(condition("[0..10]").numbers()), "(9..10)", Fraction(91, 10)),
        (Span(condition("[0..10]").numbers()), "> 10", None),
    ],
)
def test_one_score_of_a_set(numbers: Lattice | Span, test: str, expected: int | None) -> None:
    """The first score in a set is found among the bits, and in an interval."""
    assert expected == first_in(numbers, condition(test).numbers())


# --- what never applies: K226


@pytest.mark.parametrize(
    ("applies", "inside", "expected"),
    [
        ("{l: a}", "{l: b}", ["indicators.i1.indicators.j.applies"]),
        ("{l: a}", "{l: 'a, b'}", []),
        ("{n: '> 10'}", "{l: a}", ["indicators.i1.applies"]),
        ("{n: '> 5'}", "{n: '<= 6'}", []),
        ("{n: '> 5'}", "{n: '< 6'}", ["indicators.i1.indicators.j.applies"]),
        ("[{l: a}, {t: true}]", "{l: b}", []),
        ("[{l: a}, {t: true}]", "{l: b, t: false}", ["indicators.i1.indicators.j.applies"]),
        ("{i0.score: '> 3'}", "{i0.score: '< 3'}", ["indicators.i1.indicators.j.applies"]),
        ("{i0.score: '> 3'}", "{i0.score: none}", ["indicators.i1.indicators.j.applies"]),
    ],
)
def test_a_node_that_never_applies(applies: str, inside: str, expected: list[str]) -> None:
    """It contradicts a domain or what it stands in; what stands in such a node is not told again."""
    group = f"applies: {applies}, combine: sum, indicators: {{j: {{applies: {inside}, {ANY}}}}}"
    assert [(each,) for each in expected] == told(nodes(ANY, group), "K226")


def test_a_node_that_applies_by_a_grade() -> None:
    """The grades of a node are answers like the options of a choice."""
    own = "levels: {x: 1, y: 0}, grades: {g: {when: 0}, h: {when: 1}}"
    for inside, expected in (("g", []), ("h", [("indicators.i1.indicators.j.applies",)])):
        group = f"applies: {{i0.grade: g}}, combine: sum, indicators: {{j: {{applies: {{i0.grade: {inside}}}, {ANY}}}}}"
        assert expected == told(nodes(own, group), "K226")


# --- alternatives: K227


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("number: 6a, applies: {l: a}", "number: 6b, applies: {l: 'b, c'}"), []),
        (("number: 6a, applies: {l: a}", "number: 6b, applies: {l: b}"), [(1, 0, {"l": "c"})]),
        (("number: 6a, applies: {l: 'a, b'}", "number: 6b, applies: {l: 'b, c'}"), [(1, 2, {"l": "b"})]),
        (("title: T, applies: {t: true}", "title: t, applies: {t: false}"), []),
        (
            ("title: T, applies: {l: 'a, b'}", "title: t, applies: {l: b}"),
            [(1, 2, {"l": "b"}), (1, 0, {"l": "c"})],
        ),
        (("number: 6a, applies: {l: a}", "number: 6b, applies: {l: a}"), []),
        (("number: 6a, applies: {l: a}", "number: 6b"), []),
        (("number: 6a, applies: {l: a}", "number: 7a, applies: {l: b}"), []),
        (("number: 6a, applies: {l: a}", "number: 6b, applies: {t: true}"), []),
        (("number: 6a, applies: {n: '< 5'}", "number: 6b, applies: {n: '> 5'}"), []),
        (
            (
                "number: 6a, applies: {l: a}",
                "number: 6b, applies: {l: a}",
                "number: 6c, applies: {l: 'b, c'}",
            ),
            [],
        ),
        (
            ("number: 6a, title: T, applies: {l: a}", "number: 6b, title: T, applies: {l: b}"),
            [(1, 0, {"l": "c"})],
        ),
    ],
)
def test_exactly_one_alternative_applies(
    rows: tuple[str, ...], expected: list[tuple[int, int, dict[str, Any]]]
) -> None:
    """Rows below one number or of one title, told apart by one fact; those with the same answers go together."""
    found = told(nodes(*(f"{row}, {ANY}" for row in rows)), "K227", "count", "sheet")
    assert [(f"indicators.i{n}.applies", *rest) for n, *rest in expected] == found


@pytest.mark.parametrize(
    ("settles", "at", "counts"),
    [("gap", "i0", [2]), ("overlap", "i1", [0]), ("text", "i0", [2, 0]), ("gap", "i2", [2, 0])],
)
def test_a_reading_accounts_for_alternatives(settles: str, at: str, counts: list[int]) -> None:
    """A gap for sheets with none of them, an overlap for several, at any of the rows."""
    rows = [
        f"number: 6{letter}, applies: {{l: {each}}}, {ANY}" for letter, each in (("a", "'a, b'"), ("b", "b"))
    ]
    said = f"readings:\n  r: {{settles: {settles}, problem: p, taken: t, because: b, at: {at}}}\n"
    assert counts == [count for _, count in told(nodes(*rows, ANY) + said, "K227", "count")]


def test_alternatives_in_a_group_that_applies_to_some() -> None:
    """What is answered on other sheets is nothing to them."""
    rows = f"i: {{number: 6a, applies: {{l: a}}, {ANY}}}, j: {{number: 6b, applies: {{l: b}}, {ANY}}}"
    group = f"applies: {{l: 'a, b'}}, combine: sum, indicators: {{{rows}}}"
    assert [] == told(nodes(ANY, group), "K227")


# --- tests that are silently false: K228

LEFT = f"applies: {{l: 'a, b'}}, {ANY}"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("{i0.score: 1}", {"l": "c"}),
        ("{i0.score: 'not(1)'}", {"l": "c"}),
        ("{l: a, i0.score: 1}", None),
        ("{l: c, i0.score: 1}", {"l": "c"}),
        ("[{l: 'a, b', i0.score: 1}, {l: c}]", None),
        ("[{i0.score: 1}, {l: c}]", None),
        ("[{i0.score: 1}, {l: c, t: true}]", {"l": "c", "t": False}),
        ("[{l: a}, {i0.score: 1, t: true}]", {"l": "c", "t": True}),
        ("{i1.score: 1}", None),
        ("'> 1'", None),
        ("{i0.score: 1, i1.score: 1}", {"l": "c"}),
    ],
)
def test_a_test_on_a_node_that_does_not_apply(when: str, expected: dict[str, Any] | None) -> None:
    """Only where nothing else decides the condition on such sheets, and no other way of it holds."""
    text = nodes(LEFT, ANY) + f"requires: {{r: {{when: {when}, text: T}}}}\n"
    assert [("requires.r.when", "i0", expected)] * (expected is not None) == told(
        text, "K228", "name", "sheet"
    )


@pytest.mark.parametrize(
    ("node", "where"),
    [
        (
            "bands: {1: {when: {i0.score: 1}}, 0: {when: {i0.score: 'not(1)'}}}",
            ["bands.1.when", "bands.0.when"],
        ),
        ("applies: {l: 'not(c)'}, bands: {1: {when: {i0.score: 1}}, 0: {when: {i0.score: 0}}}", []),
        (
            "formula: [{when: {i0.score: 1}, is: 1}, {when: {i0.score: 0}, is: 2}]",
            ["formula.0.when", "formula.1.when"],
        ),
        (
            "bands: {1: {when: {l: 'a, b'}, score: [{when: {i0.score: '-'}, is: 1}]}, 0: {when: {l: c}}}",
            [],
        ),
        (f"{ANY}, grades: {{g: {{when: {{i0.score: 1}}}}}}", ["grades.g.when"]),
        (f"applies: {{i0.score: 1}}, {ANY}", []),
    ],
)
def test_every_condition_of_a_node_may_be_silent(node: str, where: list[str]) -> None:
    """Bands, cases and grades; not what a node applies by, nor what asks under the same conditions."""
    assert [(f"indicators.i1.{each}",) for each in where] == told(nodes(LEFT, node), "K228")


def test_a_group_applies_where_something_in_it_does() -> None:
    """A group of alternatives always applies; one with a gap does not on some sheets."""
    gate = "requires: {r: {when: {i1.score: 1}, text: T}}\n"
    for last, expected in (("c", []), ("b", [("requires.r.when", {"l": "c"})])):
        inside = f"x: {{applies: {{l: 'a, b'}}, {ANY}}}, y: {{applies: {{l: {last}}}, {ANY}}}"
        text = nodes(ANY, f"combine: sum, indicators: {{{inside}}}") + gate
        assert expected == told(text, "K228", "sheet")


def test_a_node_that_a_sheet_may_leave_out() -> None:
    """Where the sheet itself may say that a node does not apply, that is the sheet that is shown."""
    text = nodes(f"{ANY}, may-not-apply: true", ANY) + "requires: {r: {when: {i0.score: 1}, text: T}}\n"
    assert [("requires.r.when", {"i0": {"not-applicable": "–"}})] == told(text, "K228", "sheet")


# --- what changes nothing: K229


@pytest.mark.parametrize(
    ("facts", "rest", "unread"),
    [
        ("n: {}", "i: {bands: {1: {when: {n: '> 1'}}, 0: {when: {n: '<= 1'}}}}", []),
        ("n: {}", "i: {levels: {x: 1, y: 0}}", ["n"]),
        ("n: {}, m: {from: n + 1}", "i: {levels: {x: 1, y: 0}}", ["n", "m"]),
        ("n: {}, m: {from: n + 1}", "i: {formula: m}", []),
        ("n: {kind: set, options: {a: A}}", "i: {levels: {x: 1, y: 0}}", []),
        ("n: {}", "i: {applies: {n: '> 1'}, levels: {x: 1, y: 0}}", []),
        ("n: {}", "i: {levels: {x: 1, y: 0}, grades: {g: {when: {n: '-'}}}}", []),
        ("n: {}", "i: {levels: {x: 1, y: 0}, requires: {g: {when: {n: '-'}, text: T}}}", []),
        ("n: {}", "i: {measure: {from: n * 2}, bands: {1: {when: '> 1'}, 0: {when: '<= 1'}}}", []),
    ],
)
def test_a_fact_that_nobody_reads(facts: str, rest: str, unread: list[str]) -> None:
    """A fact is read by a condition, a formula, or by a fact that is read itself."""
    found = told(f"facts: {{{facts}}}\nindicators: {{{rest}}}\n", "K229", "why")
    assert [(f"facts.{name}", "idle.fact") for name in unread] == [(where, why.key) for where, why in found]


@pytest.mark.parametrize(
    ("combine", "node", "why"),
    [
        ("sum", "levels: {x: 1, y: 1}", "idle.score"),
        ("sum", "levels: {x: 1, y: 2}", None),
        ("sum", "levels: {x: 1, y: 1}, may-not-apply: true", None),
        ("mean", "levels: {x: 1, y: 1}, missing: exclude", None),
        ("sum", "levels: {x: 1, y: {score: none, because: B}}", None),
        ("sum", "levels: {x: 1, y: 2}, cap: '<= 1'", "idle.score"),
        ("sum", "levels: {x: 1, y: 1}, grades: {g: {when: '-'}}", None),
        ("sum", "levels: {x: 1, y: 1}, requires: {r: {when: '-', text: T}}", None),
        ("sum", "formula: 5", "idle.score"),
        ("sum", "formula: [{when: {t: true}, is: 1}, {when: {t: false}, is: 1}]", "idle.score"),
        (
            "sum",
            "formula: [{when: {t: true}, is: 1}, {when: {t: false}, is: 1}], cap: '<= 1'",
            None,
        ),
        ("sum", "formula: [{when: {t: true}, is: 1}, {when: {t: false}, is: n}]", None),
        ("sum", "direct: {}", None),
        ("sum", "ladder: {x: 1}", None),
        ("sum", "ladder: {x: 1}, otherwise: 1", "idle.score"),
        ("weighted-mean", "levels: {x: 1, y: 2}, weight: 0", "idle.weight"),
        ("weighted-mean", "levels: {x: 1, y: 2}, weight: 1", None),
        (
            "weighted-mean",
            "levels: {x: 1, y: 2}, weight: [{when: {t: true}, is: 0}, {when: {t: false}, is: 0}]",
            "idle.weight",
        ),
        (
            "weighted-mean",
            "levels: {x: 1, y: 2}, weight: [{when: {t: true}, is: 0}, {when: {t: false}, is: 1}]",
            None,
        ),
        ("weighted-mean", "combine: sum, weight: 0, indicators: {j: {levels: {x: 1, y: 2}}}", "idle.weight"),
        (
            "weighted-mean",
            "combine: sum, weight: 0, indicators: {j: {levels: {x: 1, y: 2}, grades: {g: {when: '-'}}}}",
            None,
        ),
    ],
)
def test_a_node_that_changes_no_total(combine: str, node: str, why: str | None) -> None:
    """It weighs nothing, or has one score; unless it may be left out, has grades or gates, or holds what has."""
    weight = ", weight: 1" if combine == "weighted-mean" else ""
    found = told(nodes(node, ANY + weight), "K229", "why", head=HEAD.replace("sum", combine))
    reasons = [reason.key for where, reason in found if where == "indicators.i0"]
    assert ([] if why is None else [why]) == reasons


@pytest.mark.parametrize(
    ("aside", "rest", "is_idle"),
    [
        ("formula: i0.score", "", True),
        ("formula: i0.score, title: T", "", False),
        ("formula: i0.score, grades: {g: {when: '-'}}", "", False),
        ("formula: i0.score", "grades: {g: {when: {s.score: '-'}}}\n", False),
    ],
)
def test_a_node_aside_that_nobody_names(aside: str, rest: str, is_idle: bool) -> None:
    """A node aside is there to be named, or to be read in the trail."""
    found = told(f"{nodes(ANY)}aside:\n  s: {{{aside}}}\n{rest}", "K229", "why")
    assert is_idle == ("aside.s" in [where for where, _ in found])


def test_a_child_of_a_group_that_combines_nothing() -> None:
    """Where there is only a grade, a child counts by being named."""
    grades = "grades: {g: {when: {i.score: 1}}, h: {when: {i.score: 0}}}"
    group = f"s: {{title: T, {grades}, indicators: {{i: {{{ANY}}}, j: {{{ANY}}}}}}}"
    found = told(f"{nodes(ANY)}aside: {{{group}}}\n", "K229", "why")
    assert ["aside.s.indicators.j"] == [where for where, why in found if why.key == "idle.uncombined"]


# --- names that hide others: K230


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "facts: {f: {}}\nindicators: {i: {facts: {f: {}}, formula: f}}\n",
            [("indicators.i.facts.f", "i.f")],
        ),
        ("facts: {f: {}}\nindicators: {i: {facts: {g: {}}, formula: f + g}}\n", []),
        (
            f"indicators: {{i: {{{ANY}}}, g: {{combine: sum, indicators: {{i: {{{ANY}}}}}}}}}\n",
            [("indicators.g.indicators.i", "g.i")],
        ),
        (
            f"indicators: {{g: {{combine: sum, indicators: {{g: {{{ANY}}}}}}}}}\n",
            [("indicators.g.indicators.g", "g.g")],
        ),
        (
            f"facts: {{i: {{}}}}\nindicators: {{g: {{combine: sum, indicators: {{i: {{{ANY}}}}}}}}}\n",
            [("indicators.g.indicators.i", "g.i")],
        ),
        (
            "facts: {i: {}}\nindicators: {g: {combine: sum, indicators: {i: {formula: i}}}}\n",
            [],
        ),
        (
            "indicators: {g: {combine: sum, indicators: {i: {direct: {}}}}, h: {facts: {i: {}}, formula: i}}\n",
            [],
        ),
    ],
)
def test_a_name_that_hides_another(text: str, expected: list[tuple[str, str]]) -> None:
    """A fact hides a fact and a node a node in a scope around it; what stands beside each other hides nothing."""
    assert expected == told(text, "K230", "path")


# --- all together


def test_counterexamples_show_what_is_told() -> None:
    """The sheet beside a finding, scored, meets what the finding says."""
    text = HEAD + graded("'<= 5'", "'>= 5'")
    rubric = structure(read(text, name="x"))
    (finding,) = [each for each in findings(rubric) if each.code == "K224"]
    outcome = evaluate(plan(rubric), entries(finding.values["sheet"]))
    assert ["K325"] == [each.code for each in outcome.problems]


@pytest.mark.parametrize(
    "path", sorted((HERE.parent / "docs" / "examples").glob("*.yaml")), ids=lambda path: path.stem
)
def test_nothing_is_found_in_the_examples(path: Path) -> None:
    """The rubrics that the guides show hold nothing that decides nothing."""
    document = read(path.read_bytes(), name=path.name)
    rubrics = [kinerja.load(path)] if "kinerja" in document.root.children else []
    assert [] == [each for rubric in rubrics for each in kinerja.check(rubric) if each.code in CODES]


def many(count: int, **keys: str) -> Rubric:
    """Indicators with five bands each, of different weights."""
    bands = dict(enumerate(("< 20", "[20..40)", "[40..60)", "[60..80)", ">= 80")))
    nodes = {
        f"i{n}": {
            "weight": str(1 + n % 7),
            "measure": {"in": "[0..100]"},
            "bands": {str(score): {"when": when} for score, when in bands.items()},
            **keys,
        }
        for n in range(count)
    }
    grades = {"kurang": {"when": "< 1"}, "cukup": {"when": "[1..4]"}, "lebih": {"when": "> 4"}}
    text = {"kinerja": "1", "id": "x", "combine": "weighted-mean", "grades": grades, "indicators": nodes}
    return structure(read(json.dumps(text), name="x"))


def work(planned: Plan) -> int:
    """How often the checks call a function: counted, because a clock tells what else the machine does."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        found = [finding for check in CHECKS for finding in check(planned)]
    finally:
        sys.setprofile(None)
    assert {"K221", "K225"} >= {each.code for each in found}
    return calls


@pytest.mark.volume
@pytest.mark.parametrize(("keys", "most"), [({}, 2.2), ({"missing": "exclude"}, 4)], ids=["all", "exclude"])
def test_work_grows_slowly(keys: dict[str, str], most: float) -> None:
    """Twice the indicators are twice the work; where some are left out, sums differ in size and it is four times."""
    assert work(plan(many(60, **keys))) <= most * work(plan(many(30, **keys)))


def test_what_can_occur_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several checks share it with the plan."""
    planned = plan(many(100))
    assert occurring(planned) is not None
    monkeypatch.setattr(occurring_module, "_occurring", None)
    assert 1 == len(occurring(planned) or ())
