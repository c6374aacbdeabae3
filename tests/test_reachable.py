"""Which totals can occur, and the grades that they fall in: exact sets, holes with a sheet, what is too large."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import kinerja
from kinerja.checks.holes import holes
from kinerja.checks.spans import ANYWHERE, PIECES, Span, span
from kinerja.checks.totals import UNDECIDED, Configuration, Reachable, reachable, reached
from kinerja.engine.interpreter import evaluate
from kinerja.errors import Diagnostic
from kinerja.intervals import Interval, IntervalSet
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.lattices import Lattice, TooLargeError
from kinerja.model import Rubric
from kinerja.plan import plan
from kinerja.sheets import entries

GRADES = """
grades:
  cukup: {when: "[60..70]"}
  baik: {when: "[71..80]"}
  sangat_baik: {when: "[81..90]"}
  istimewa: {when: "[91..100]"}
  kurang: {when: "< 60"}
"""


#: A formula by cases: not every case has a value for every fact, and one of them is irrational.
CASES = """
indicators:
  a: {formula: [{when: {g: true}, is: "1 / f"}, {when: {g: false}, is: "sqrt(f)"}], round: {to: 1, mode: up}}
"""


def rubric(text: str) -> Rubric:
    """A rubric that need not be safe."""
    return structure(read(f"kinerja: 1\nid: x\n{text}", name="x"))


def levels(count: int, scores: str) -> str:
    """So many indicators with the same scores."""
    lines = [f"  n{n}: {{levels: {{{scores}}}}}\n" for n in range(count)]
    return "indicators:\n" + "".join(lines)


def found(text: str) -> list[Diagnostic]:
    """What is wrong with the grades of a rubric; every sheet that is given for it is confirmed by the evaluator."""
    planned = plan(rubric(text))
    told = list(holes(planned))
    for each in told:
        if "sheet" in each.values:
            outcome = evaluate(planned, entries(each.values["sheet"]))
            codes = [problem.code for problem in (*outcome.problems, *outcome.beside)]
            assert "K324" in codes
    return told


def totals(text: str, **options: Any) -> list[str]:
    """Every total that can occur."""
    return [str(total) for total in reachable(rubric(text), **options).totals]


# --- holes


def test_nine_indicators_by_quarters() -> None:
    """Of the means of nine indicators by quarters, one at or above 60 has no grade."""
    scores = ", ".join(f"a{score}: {score}" for score in (0, 25, 50, 75, 100))
    (hole,) = found(f"combine: mean\n{levels(9, scores)}{GRADES}")
    assert ("K218", ["725/9"], 1) == (hole.code, hole.values["scores"], hole.values["count"])


def test_nine_indicators_by_fives() -> None:
    """By steps of five there are three holes, and these three only."""
    scores = ", ".join(f"a{score}: {score}" for score in range(0, 101, 5))
    (hole,) = found(f"combine: mean\n{levels(9, scores)}{GRADES}")
    assert ["635/9", "725/9", "815/9"] == hole.values["scores"]


def test_rounding_closes_holes() -> None:
    """Rounded to whole numbers, every total has its grade."""
    scores = ", ".join(f"a{score}: {score}" for score in range(0, 101, 5))
    assert [] == found(f"combine: mean\nround: {{to: 1, mode: half-up}}\n{levels(9, scores)}{GRADES}")


def test_a_group_has_holes_of_its_own() -> None:
    """A graded group inside the whole is asked as well; a group without a number is not."""
    text = """
combine: sum
indicators:
  a:
    combine: sum
    indicators: {b: {levels: {x: 1, y: 5}}}
    grades: {p: {when: "< 3"}}
aside:
  c:
    indicators: {d: {levels: {x: 1}, grades: {p: {when: "-"}}}}
    grades: {q: {when: {c.d.grade: p}}}
"""
    assert [("a", ["5"])] == [(each.values["name"], each.values["scores"]) for each in found(text)]


def test_grades_that_read_facts() -> None:
    """A hole that is there in one configuration only is found in it."""
    text = """
facts: {luar: {kind: yes-no}}
combine: sum
indicators: {a: {levels: {x: 1, y: 2}}}
grades: {p: {when: {value: "< 2"}}, q: {when: {value: "2", luar: "true"}}}
"""
    (hole,) = found(text)
    assert {"luar": False, "a": "y"} == hole.values["sheet"]


def test_a_grade_for_an_answer_without_a_score() -> None:
    """The test `none` holds no number, and `not(none)` every one."""
    text = 'combine: sum\nindicators: {a: {levels: {x: 1, y: {score: none, because: "z"}}}}\n'
    assert [] == found(text + 'grades: {p: {when: none}, q: {when: "1"}}\n')
    assert [] == found(text + "grades: {p: {when: not(none)}}\n")


def test_holes_on_the_real_line() -> None:
    """A judgement on the real line leaves stretches; proved where a sheet comes to one, possible where nobody knows."""
    direct = 'combine: mean\nindicators: {a: {direct: {in: "[0..100]"}}, b: {direct: {in: "[0..100]"}}}\n'
    (hole,) = found(f"{direct}{GRADES}")
    assert ("K218", ["(70..71), (80..81), (90..91)"]) == (hole.code, hole.values["scores"])
    assert [] == found(f"{direct}grades: {{p: {{when: '<= 50'}}, q: {{when: '> 50'}}}}\n")
    computed = 'facts: {f: {in: "[0..10]"}}\ncombine: sum\nindicators: {a: {formula: "f * f"}}\n'
    (hole,) = found(f"{computed}grades: {{p: {{when: '<= 100'}}}}\n")
    assert ("K222", ["> 100"]) == (hole.code, hole.values["scores"])


def test_what_is_too_large_is_said_so() -> None:
    """Where too many configurations decide, nothing is claimed, and that is said."""
    facts = ", ".join(f"f{n}: {{kind: yes-no}}" for n in range(14))
    children = "".join(f"  n{n}: {{applies: {{f{n}: true}}, levels: {{x: 1}}}}\n" for n in range(14))
    text = f"facts: {{{facts}}}\ncombine: sum\nindicators:\n{children}grades: {{p: {{when: '<= 3'}}}}\n"
    assert ["K221"] == [each.code for each in found(text)]
    assert not reachable(rubric(text)).is_decided
    with pytest.raises(TooLargeError):
        _ = reachable(rubric(text)).totals
    wide = 'combine: sum\nindicators: {a: {direct: {in: "[0..200]", step: 0.000001}}}\ngrades: {p: {when: "-"}}\n'
    assert ["K221"] == [each.code for each in found(wide)]


def test_grades_that_read_other_nodes() -> None:
    """Nothing is claimed of grades that hang on what other nodes came to."""
    text = """
combine: sum
indicators: {a: {levels: {x: 1, y: 2}}}
grades: {p: {when: {value: "1", a.score: "1"}}}
"""
    assert ["K210"] == [each.code for each in found(text)]


# --- the bundled rubrics


def test_totals_of_the_bundled_rubrics() -> None:
    """PK-BKM has 41 totals in either kind of location; a head of RT or RW has 3,529 means, rounded to 101 totals."""
    bkm = reachable(kinerja.load("pk-bkm"))
    assert [41, 41] == [len(each.totals) for each in bkm.configurations if isinstance(each.totals, Lattice)]
    assert 41 == len(bkm.totals)
    rt = reachable(kinerja.load("makassar-rt-rw"))
    combined = [each.combined for each in rt.configurations]
    assert [3529, 3529] == [len(each) for each in combined if isinstance(each, Lattice)]
    assert [Fraction(n) for n in range(101)] == list(rt.totals)


@pytest.mark.parametrize("name", ["pk-bkm", "makassar-rt-rw"])
@pytest.mark.parametrize("left_out", [False, True])
def test_every_total_has_its_sheet(name: str, left_out: bool) -> None:
    """The sheet of each total of a bundled rubric comes to it."""
    bundled = kinerja.load(name)
    evaluator = kinerja.Evaluator(bundled)
    there = reachable(bundled, left_out=left_out)
    for total in there.totals:
        facts = there.sheet(total)
        assert facts is not None
        assert total == evaluator.evaluate(facts).complete().total


# --- what is shared, and what is not


def test_two_indicators_on_one_fact() -> None:
    """Two indicators that read one fact go together: 0 or 4, never 2."""
    band = 'bands: {2: {when: {f: ">= 5"}}, 0: {when: {f: "< 5"}}}'
    text = f'facts: {{f: {{in: "[0..10]"}}}}\ncombine: sum\nindicators: {{a: {{{band}}}, b: {{{band}}}}}\n'
    assert ["0", "4"] == totals(text)


def test_a_fact_that_decides_what_applies() -> None:
    """Alternatives are never added."""
    text = """
facts: {f: {kind: choice, options: {u: {}, v: {}}}}
combine: weighted-sum
indicators:
  a: {applies: {f: u}, weight: 100%, levels: {x: 1, y: 2}}
  b: {applies: {f: v}, weight: [{when: {f: u}, is: 50%}, {when: {f: v}, is: 100%}], levels: {x: 10}}
"""
    assert ["1", "2", "10"] == totals(text)


def test_a_number_that_enters_two_scores() -> None:
    """A number that enters two scores is tried number by number, as long as there are few."""
    both = 'facts: {{f: {{in: "[1..3]"{step}}}}}\ncombine: sum\n'
    both += 'indicators: {{a: {{formula: "f"}}, b: {{formula: "10 * f"}}}}\n'
    assert ["11", "22", "33"] == totals(both.format(step=", step: 1"))
    assert UNDECIDED == reachable(rubric(both.format(step="")))


def test_what_is_derived_is_stated() -> None:
    """A derived fact may be stated itself; where its parts are read elsewhere, all sheets are tried, if that can be."""
    alone = 'facts: {p: {}, q: {from: "2 * p", in: "[0..10]"}}\ncombine: sum\n'
    bands = 'indicators: {a: {bands: {1: {when: {q: "> 5"}}, 0: {when: {q: "<= 5"}}}}'
    assert ["0", "1"] == totals(f"{alone}{bands}}}\n")
    crossed = f'{alone}{bands}, b: {{bands: {{10: {{when: {{p: "> 2"}}}}, 0: {{when: {{p: "<= 2"}}}}}}}}}}\n'
    assert UNDECIDED == reachable(rubric(crossed))


def test_nodes_that_read_each_other_are_tried_sheet_by_sheet() -> None:
    """Where a score reads another, every combination of answers is evaluated, as far as they are few."""
    text = """
combine: sum
indicators:
  a: {levels: {x: 1, y: 2, z: {score: none, because: "tidak dinilai"}}}
  b: {formula: "a.score * 3"}
  c: {ladder: {satu: 5, dua: 7}, otherwise: 0}
"""
    assert ["4", "8", "9", "11", "13", "15"] == totals(text)
    (only,) = reachable(rubric(text)).configurations
    assert only.may_be_unscored
    assert {"a": "y", "c": frozenset({"satu"})} == only.sheet(Fraction(13))
    many = "".join(f"  n{n}: {{levels: {{x: 1, y: 2, z: 3}}}}\n" for n in range(10))
    assert (
        ()
        == reachable(
            rubric(f"combine: sum\nindicators:\n{many}  b: {{formula: 'n0.score'}}\n")
        ).configurations
    )
    apart = 'combine: sum\nindicators: {a: {direct: {in: "[2..99]", step: 1}}, b: {formula: "1 / a.score"}}\n'
    assert [None] == [each.totals for each in reachable(rubric(apart)).configurations]
    dense = 'combine: sum\nindicators: {a: {direct: {in: "[0..1]"}}, b: {formula: "a.score"}}\n'
    assert UNDECIDED == reachable(rubric(dense))


# --- every way to score and to combine


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("indicators: {a: {ladder: {p: 1, q: 2}, otherwise: 0}}", "0 1 2"),
        ("indicators: {a: {ladder: {p: 1, q: {score: 2, all: {p: x}}}}}", "2"),
        ('indicators: {a: {direct: {in: "[1..3]", step: 1}}}', "1 2 3"),
        ('indicators: {a: {direct: {in: "1, [3..4]", step: 1}, scale: {from: [0, 4], to: [4, 0]}}}', "0 1 3"),
        ('indicators: {a: {levels: {x: 5, y: 8}, cap: "<= 6"}}', "5 6"),
        ("indicators: {a: {levels: {x: 5, y: 8}, scale: {from: [0, 6], to: [0, 12]}}}", "10"),
        ('indicators: {a: {levels: {x: 5, y: 8}, requires: {g: {when: {value: "> 5"}}}}}', "8"),
        (
            'indicators: {a: {bands: {1: {when: {f: "> 1", g: true}}, 0: {when: [{f: "<= 1"}, {g: false}]}}}}',
            "0 1",
        ),
        (
            'indicators: {a: {bands: {b: {when: {g: true}, score: "f"}, c: {when: {g: false}, score: 9}}}}',
            "0 1 2 9",
        ),
        (CASES, "0 1 2"),
        ("indicators: {a: {levels: {x: 1, y: 2}}, b: {levels: {x: 3}}}", "4 5"),
    ],
)
def test_ways_to_score(text: str, expected: str) -> None:
    """Every way to score gives the scores that its answers give, after scale, cap, rounding and gates."""
    facts = 'facts: {f: {in: "[0..2]", step: 1}, g: {kind: yes-no}}\n'
    assert expected.split() == totals(f"{facts}combine: sum\n{text}\n")


@pytest.mark.parametrize(
    ("combine", "expected", "without"),
    [
        ("min", "1 2", "1 2 3"),
        ("max", "2 3", "1 2 3"),
        ("product", "2 3 4 6", "1 2 3 4 6"),
        ("mean", "3/2 2 5/2", "1 3/2 2 5/2 3"),
        ("sum", "3 4 5", "1 2 3 4 5"),
    ],
)
def test_combines(combine: str, expected: str, without: str) -> None:
    """Every combine, with all of its children and with one that may be left out."""
    text = f"combine: {combine}\nindicators:\n  a: {{levels: {{x: 1, y: 2}}, may-not-apply: true}}\n"
    text += "  b: {levels: {x: 2, y: 3}, may-not-apply: true}\n"
    assert expected.split() == totals(text)
    there = reachable(rubric(text), left_out=True)
    assert without.split() == [str(total) for total in there.totals]
    for total in there.totals:
        facts = there.sheet(total)
        assert facts is not None
        assert total == kinerja.Evaluator(rubric(text)).evaluate(facts).complete().total


def test_roots() -> None:
    """A geometric mean is exact where it is rational, and the evaluator's own number where it is rounded."""
    text = "combine: geometric-mean\nround: {to: 0.1, mode: half-up}\n"
    assert ["1", "7/5", "2"] == totals(text + levels(2, "x: 1, y: 2"))
    assert ["1"] == totals(text + "indicators: {a: {levels: {x: -1, y: 1}}, b: {levels: {x: 1}}}\n")


@pytest.mark.parametrize(("measure", "expected"), [("", "1 5 9"), ("measure: {missing: x}, ", "1 5")])
def test_what_is_left_out_because_it_is_not_answered(measure: str, expected: str) -> None:
    """Under `missing: exclude` an unanswered node is left out, unless its absence counts as an answer."""
    text = f"combine: mean\nindicators:\n  a: {{missing: exclude, {measure}levels: {{x: 1}}}}\n"
    text += "  g: {missing: exclude, combine: mean, indicators: {d: {levels: {x: 9}}}}\n"
    assert expected.split() == totals(text, left_out=True)


def test_what_may_be_missing() -> None:
    """A band may hold without the answers that its score needs, or fail for want of one."""
    text = """
facts: {f: {kind: yes-no}, g: {kind: yes-no, missing: true}}
combine: mean
indicators:
  a: {levels: {x: 1}}
  b:
    missing: exclude
    facts: {p: {in: "[2..3]", step: 1}}
    bands: {c: {when: {g: true}, score: b.p}, d: {when: {g: false}, score: 0}}
  e:
    missing: exclude
    combine: sum
    indicators: {h: {applies: {f: true}, levels: {x: 5}}, i: {applies: {f: false}, bands: {7: {when: {g: "-"}}}}}
"""
    assert ["1/2", "1", "3/2", "2", "8/3", "3", "10/3", "11/3", "4"] == totals(text, left_out=True)
    there = reachable(rubric(text), left_out=True)
    for total in there.totals:
        facts = there.sheet(total)
        assert facts is not None
        assert total == kinerja.Evaluator(rubric(text)).evaluate(facts).complete().total


def test_nothing_applies() -> None:
    """A configuration in which nothing applies, or nothing has a weight, has no total."""
    text = "facts: {f: {kind: yes-no}}\ncombine: sum\nindicators: {a: {applies: {f: true}, levels: {x: 1}}}\n"
    assert [{"f": True}] == [dict(each.facts) for each in reachable(rubric(text)).configurations]
    weightless = "combine: weighted-mean\nindicators: {a: {weight: 0, levels: {x: 1}}}\n"
    assert () == reachable(rubric(weightless)).configurations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A ladder that is not answered, and a judgement that another node reads.
        ("indicators: {a: {missing: exclude, ladder: {p: 1}}, b: {levels: {x: 2}}}", "3/2 2"),
        (
            'indicators: {a: {direct: {in: "[1..2]", step: 1}}, b: {bands: {5: {when: {a: 1}}, 7: {when: {a: 2}}}}}',
            "3 9/2",
        ),
        # Cases of which none holds, and a sheet that no case answers.
        (
            'indicators: {a: {formula: [{when: {g: true}, is: "f"}, {when: {g: false, f: "> 5"}, is: "1"}]}}',
            "0 1 2",
        ),
        ("indicators: {a: {levels: {x: 1}, requires: {s: {when: {g: true}}}}}", "1"),
    ],
)
def test_further_ways(text: str, expected: str) -> None:
    """What is left out, read by another, or refused."""
    facts = 'facts: {f: {in: "[0..2]", step: 1}, g: {kind: yes-no}}\n'
    assert expected.split() == totals(f"{facts}combine: mean\n{text}\n", left_out=True)


#: A weighted mean whose first child may be left out; it goes on after it.
WEIGHED = "combine: weighted-mean, indicators: {a: {weight: 1, may-not-apply: true, levels: {x: 4}}"


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        # All of a group left out: it does not apply, and the rest counts alone.
        ("combine: mean, indicators: {a: {levels: {x: 4}, may-not-apply: true}}", "3 2"),
        ("combine: max, indicators: {a: {levels: {x: 4}, may-not-apply: true}}", "3 2"),
        # One that weighs nothing has to be answered, and does not keep its group.
        (f"{WEIGHED}, b: {{weight: 0, levels: {{x: 9}}}}}}", "3 2"),
        (f"{WEIGHED}, b: {{weight: 1, levels: {{x: 4}}}}}}", "3"),
        # Nobody gets past the gate of what weighs nothing.
        (f"{WEIGHED}, b: {{weight: 0, levels: {{x: 9}}, requires: {{s: {{when: '< 1'}}}}}}}}", ""),
        # A gate on facts refuses the sheet whether something is left out or not.
        (
            "missing: exclude, requires: {s: {when: {g: true}}}, combine: sum, indicators: {a: {levels: {x: 4}}}",
            "3 2",
        ),
    ],
)
def test_groups_that_are_left_out(group: str, expected: str) -> None:
    """A group of which everything is left out is left out itself; every total has its sheet."""
    text = f"facts: {{g: {{kind: yes-no}}}}\ncombine: mean\nindicators:\n  n: {{{group}}}\n  r: {{levels: {{x: 2}}}}\n"
    there = reachable(rubric(text), left_out=True)
    assert sorted(expected.split()) == sorted(str(total) for total in there.totals)
    for total in there.totals:
        facts = there.sheet(total)
        assert facts is not None
        assert total == kinerja.Evaluator(rubric(text)).evaluate({"g": True, **facts}).complete().total


def test_what_weighs_nothing_and_is_not_known() -> None:
    """Where nobody can say how to answer what weighs nothing, nothing is claimed of its group."""
    dense = "b: {weight: 0, facts: {p: {in: '[0..1]'}}, formula: 'b.p / 2'}"
    text = f"combine: mean\nindicators:\n  n: {{{WEIGHED}, {dense}}}}}\n  r: {{levels: {{x: 2}}}}\n"
    assert not reachable(rubric(text), left_out=True).is_decided


#: Two judgements that are multiplied.
MANY_PRODUCTS = """
    combine: product
    indicators: {b: {direct: {in: "[1..9999]", step: 1}}, c: {direct: {in: "[1..999]", step: 1}}}
"""


def too_many_answers() -> str:
    """An indicator that more combinations of answers decide than are tried."""
    facts = ", ".join(f"p{n}: {{kind: yes-no}}" for n in range(17))
    all_of_them = ", ".join(f"a.p{n}: true" for n in range(17))
    return (
        f"{{facts: {{{facts}}}, bands: {{1: {{when: {{{all_of_them}}}}}, 0: {{when: '-'}}}}, measure: {{}}}}"
    )


@pytest.mark.parametrize(
    "text",
    [
        too_many_answers(),
        '{direct: {in: "[0..20]", step: 0.00001}, scale: {from: [0, 20], to: [0, 100]}}',
        MANY_PRODUCTS,
    ],
    ids=["answers", "scores", "products"],
)
def test_too_many(text: str) -> None:
    """What would take too long is not begun, and nothing is claimed."""
    (only,) = reachable(rubric(f"combine: sum\nindicators:\n  a: {text}\n")).configurations
    assert only.totals is None


def test_a_total_that_does_not_occur_has_no_sheet() -> None:
    """Nothing is stated for a total that cannot occur."""
    for combine in ("sum", "product"):
        (only,) = reachable(
            rubric(f"combine: {combine}\nindicators: {{a: {{levels: {{x: 1}}}}}}\n")
        ).configurations
        assert (None, {"a": "x"}) == (only.sheet(Fraction(2)), only.sheet(Fraction(1)))


# --- the real line


@pytest.mark.parametrize(
    ("node", "total"),
    [
        ('{direct: {in: ">= 0"}, cap: "<= 10"}', "10"),
        ('{direct: {in: "<= 0"}, cap: ">= -10"}', "-10"),
        ('{direct: {in: ">= 3"}, scale: {from: [0, 10], to: [10, 0]}, cap: "[0..10]"}', "0"),
        ('{direct: {in: "[0..1]"}, scale: {from: [0, 1], to: [4, 4]}}', "4"),
        ('{direct: {in: "[0..1]"}, cap: "[0.3..0.6]", round: {to: 1, mode: half-up}}', "0"),
        ('{direct: {in: "(0.1..0.2)"}, round: {to: 1, mode: ceiling}}', "1"),
        ('{direct: {in: "(0.1..0.2)"}, cap: ">= 5", round: {to: 1, mode: ceiling}}', "5"),
        ('{direct: {in: "[0..1]"}, scale: {from: [0, 1], to: [0, 7]}, round: {to: 0.5, mode: down}}', "3.5"),
    ],
)
def test_a_sheet_for_a_score_after_its_steps(node: str, total: str) -> None:
    """Through scale, cap and rounding there is a way back to an answer."""
    text = f"combine: sum\nindicators: {{a: {node}, b: {{levels: {{x: 0}}}}}}\n"
    (only,) = reachable(rubric(text)).configurations
    facts = only.sheet(Fraction(total))
    assert facts is not None
    assert Fraction(total) == kinerja.Evaluator(rubric(text)).evaluate(facts).complete().total
    assert only.sheet(Fraction(1_000)) is None


def test_a_judgement_without_weight() -> None:
    """What weighs nothing is answered all the same."""
    text = "combine: weighted-mean\nindicators:\n"
    text += '  a: {weight: 0, direct: {in: "[3..4]"}}\n  b: {weight: 1, direct: {in: "[1..2]"}}\n'
    text += "  c: {weight: 0, levels: {x: 5}}\n"
    (only,) = reachable(rubric(text)).configurations
    facts = only.sheet(Fraction(3, 2))
    assert facts is not None
    assert {"a": 3, "b": Fraction(3, 2), "c": "x"} == facts
    assert None is only.sheet(Fraction(3))


def test_a_formula_is_not_answered_backwards() -> None:
    """Where a formula comes to is known, and no sheet is given for it."""
    (only,) = reachable(
        rubric('facts: {f: {in: "[0..1]"}}\ncombine: sum\nindicators: {a: {formula: "f"}}\n')
    ).configurations
    assert None is only.sheet(Fraction(1))
    rounded = 'facts: {f: {in: "[0..1]"}}\ncombine: max\nindicators: {a: {formula: "f", round: {to: 1, mode: up}}}\n'
    (only,) = reachable(rubric(rounded)).configurations
    assert Lattice.of([0, 1]) == only.totals
    assert None is only.sheet(Fraction(1))


def test_judgements_on_the_real_line() -> None:
    """Sums on the real line are intervals, with a sheet for each of their numbers."""
    text = """
combine: mean
scale: {from: [0, 10], to: [0, 100]}
cap: "[20..80]"
indicators:
  a: {direct: {in: "[0..4], [8..10]"}}
  b: {levels: {x: 0, y: 10}}
"""
    (only,) = reachable(rubric(text)).configurations
    assert only.totals == Span(
        IntervalSet.of(
            Interval(Fraction(20), Fraction(20)),
            Interval(Fraction(20), Fraction(20)),
            Interval(Fraction(40), Fraction(70)),
            Interval(Fraction(80), Fraction(80)),
        )
    )
    for total in ("20", "40", "55", "70", "80"):
        facts = only.sheet(Fraction(total))
        assert facts is not None
        assert Fraction(total) == kinerja.Evaluator(rubric(text)).evaluate(facts).complete().total
    assert only.sheet(Fraction(75)) is None


def test_rounding_the_real_line() -> None:
    """Rounded judgements are finite again, each with a sheet."""
    text = 'combine: sum\nround: {to: 1, mode: half-up}\nindicators: {a: {direct: {in: "(0.5..2.5)"}}}\n'
    there = reachable(rubric(text))
    assert ["1", "2"] == [str(total) for total in there.totals]
    for total in there.totals:
        facts = there.sheet(total)
        assert facts is not None
        assert total == kinerja.Evaluator(rubric(text)).evaluate(facts).complete().total


@pytest.mark.parametrize(
    ("text", "numbers", "is_exact"),
    [
        ('{formula: "2 * f + 1"}', "[1..21]", True),
        ('{formula: "-f / 2"}', "[-5..0]", True),
        ('{formula: "f - f"}', "[-10..10]", False),
        ('{formula: "max(f, 1)"}', "-", False),
        ('{formula: "1 / f"}', "-", False),
        ('{formula: "f ** 2"}', "-", False),
        ('{formula: "f + 1 / 0"}', "-", False),
        ('{formula: "(1 + 1) * f"}', "[0..20]", True),
        ('{formula: "f * 2 - 3"}', "[-3..17]", True),
        ('{formula: "s"}', "-", False),
        ('{formula: [{when: {k: true}, is: "f"}, {when: {k: false}, is: "1"}]}', "-", False),
        ('{bands: {b: {when: {f: "-"}, score: "f"}}}', "-", False),
        ("{direct: {step: 1}}", "-", False),
        ('{direct: {in: ">= 0"}, scale: {from: [0, 10], to: [10, 0]}, cap: "[0..10]"}', "[0..10]", True),
        ('{direct: {in: ">= 0"}, requires: {g: {when: {value: "> 3"}}}}', "> 3", True),
        ('{direct: {in: ">= 0"}, requires: {g: {when: {k: true}}}}', ">= 0", True),
    ],
)
def test_what_is_known_of_the_real_line(text: str, numbers: str, is_exact: bool) -> None:
    """A linear formula is known exactly; of others it is known at most where they lie."""
    facts = 'facts: {f: {in: "[0..10]"}, s: {step: 1}, k: {kind: yes-no}}\n'
    found = reachable(rubric(f"{facts}combine: sum\nindicators: {{a: {text}}}\n")).configurations[0].totals
    assert isinstance(found, Span)
    assert (numbers, is_exact) == (str(found.numbers), found.is_exact)


def test_a_product_on_the_real_line() -> None:
    """Products and extremes of judgements on the real line are not claimed."""
    text = 'combine: max\nindicators: {a: {direct: {in: "[0..1]"}}}\n'
    assert [ANYWHERE] == [each.totals for each in reachable(rubric(text)).configurations]


def test_many_pieces_become_one() -> None:
    """Of more pieces than are kept apart, the hull is known."""
    points = Lattice.of(range(PIECES + 1))
    hull = IntervalSet.of(Interval(Fraction(0), Fraction(PIECES)))
    assert Span(hull, is_exact=False) == span(points)
    some = Span(IntervalSet.of(*range(0, 2 * PIECES, 2)))
    assert Span(
        IntervalSet.of(Interval(Fraction(0), Fraction(2 * PIECES - 1))), is_exact=False
    ) == some + Lattice.of([0, 1])
    assert Fraction(2) in some
    assert bool(some)
    assert Span(IntervalSet.of(1, 2)) == Span(IntervalSet.of(1)) | Lattice.of([2])


def test_nothing_is_claimed_of_nothing() -> None:
    """Where nothing could be gone through, nothing is decided; where nothing can occur, that is."""
    assert (False, True) == (UNDECIDED.is_decided, Reachable(()).is_decided)
    assert Lattice() == Reachable(()).totals
    assert Configuration({}, None, None).sheet(Fraction(1)) is None


def test_holes_among_roots(monkeypatch: pytest.MonkeyPatch) -> None:
    """A score without an exact value is refused, and no hole; beyond a limit it is not known which have one."""
    text = "combine: geometric-mean\ngrades: {k: {when: '> 3'}}\n"
    text += "indicators: {a: {levels: {x: 1, y: 2}}, b: {levels: {z: 4}}}\n"
    (hole,) = found(text)
    assert ("K218", ["2"]) == (hole.code, hole.values["scores"])
    assert [] == found(text.replace("'> 3'", "'2'"))
    (rounded,) = found(f"round: {{to: 0.1, mode: half-up}}\n{text}")
    assert ["2", "2.8"] == rounded.values["scores"]
    monkeypatch.setattr("kinerja.checks.holes.CONFIRMED", 1)
    assert [("K218", 1), ("K222", 1)] == [(each.code, each.values["count"]) for each in found_any(text)]


def found_any(text: str) -> list[Diagnostic]:
    """What is wrong with the grades of a rubric, whether a sheet shows it or not."""
    return list(holes(plan(rubric(text))))


# --- nodes that read each other, and what may be left out, or is asked besides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {levels: {p: 3, q: 1}, missing: exclude}", "1 2 3 7 9"),
        ("a: {levels: {p: 3, q: 1}, may-not-apply: true}", "1 2 3 7 9"),
        ("a: {combine: sum, missing: exclude, indicators: {d: {levels: {p: 3, q: 1}}}}", "1 2 3 7 9"),
        (
            "a: {combine: mean, indicators: {d: {levels: {p: 3, q: 1}, missing: exclude, may-not-apply: true}}}",
            "1 2 3 7 9",
        ),
        ("a: {levels: {p: 3, q: 1}}", "1 2 3 7"),
    ],
)
def test_what_is_left_out_where_nodes_read_each_other(text: str, expected: str) -> None:
    """Every sheet is tried, also those that leave something out; each total has its sheet."""
    text = f"combine: mean\nindicators:\n  {text}\n  c: {{levels: {{p: 3, q: 9, r: 1}}}}\n"
    text += "  b: {applies: {c.score: '> 5'}, formula: c.score}\naside: {s: {levels: {p: 1, q: 2}}}\n"
    there = reachable(rubric(text), left_out=True)
    found = [total for total in there.totals if total.denominator == 1]
    assert expected.split() == [str(total) for total in found]
    for total in there.totals:
        facts = there.sheet(total)
        assert facts is not None
        assert total == kinerja.Evaluator(rubric(text)).evaluate(facts).complete().total


@pytest.mark.parametrize(
    ("facts", "grade", "expected"),
    [
        ("{kind: yes-no}", "{g: true}", [("5", {"a": "p", "g": False}), ("7", {"a": "q", "g": False})]),
        (
            "{kind: yes-no}",
            "{g: true, value: '< 6'}",
            [("7", {"a": "q", "g": True}), ("5", {"a": "p", "g": False})],
        ),
        ("{kind: yes-no, missing: true}", "{value: '< 6'}", [("7", {"a": "q"})]),
    ],
)
def test_grades_by_facts_where_nodes_read_each_other(
    facts: str, grade: str, expected: list[tuple[str, dict[str, Any]]]
) -> None:
    """A grade that asks a fact as well is looked up for each of its answers."""
    text = f"facts: {{g: {facts}}}\ncombine: mean\ngrades: {{k: {{when: {grade}}}}}\n"
    text += "indicators: {a: {levels: {p: 5, q: 7}, missing: exclude}, b: {formula: a.score}}\n"
    (hole,) = found(text)
    assert [score for score, _ in expected] == hole.values["scores"]
    assert expected[0][1].items() <= hole.values["sheet"].items()


def test_nothing_counts_where_nodes_read_each_other() -> None:
    """Where no sheet has a total, none can occur."""
    text = "combine: sum\nindicators: {a: {levels: {p: 1}, requires: {s: {when: '> 1'}}}, b: {formula: a.score}}\n"
    assert [] == totals(text)


def test_a_graded_group_among_nodes_that_read_each_other() -> None:
    """Its own scores are looked at where what it stands in applies; two of its rows may be left out for one fact."""
    rows = "a: {missing: exclude, bands: {5: {when: {g: '-', h: true}}, 1: {when: {g: '-', h: false}}}}"
    rows += ", b: {missing: exclude, bands: {9: {when: {h: '-'}}}}, c: {formula: r.score}"
    text = "facts: {g: {kind: yes-no}, h: {kind: yes-no}}\ncombine: sum\nindicators:\n  r: {levels: {x: 3}}\n"
    group = f"combine: mean, grades: {{k: {{when: '< 5'}}}}, indicators: {{{rows}}}"
    text += f"  o: {{applies: {{g: true}}, combine: sum, indicators: {{n: {{{group}}}}}}}\n"
    (hole,) = found(text)
    assert ["17/3"] == hole.values["scores"]
    planned = plan(rubric(text))
    assert [1, 5] == list(reached(planned, node=planned.nodes["o.n.a"]).totals)
