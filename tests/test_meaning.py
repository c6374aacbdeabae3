"""What the language means at its sharp points: order, what is missing, what does not apply, gates, grades, names."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid
from kinerja.feel import formula
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.model import Derived, Direct, Group, Levels, Rubric
from kinerja.shapes import Case
from kinerja.trail import GradeTrail

GRADES = 'grades: {rendah: {when: "< 2"}, sedang: {when: "[2..4)"}, tinggi: {when: ">= 4"}}'


def rubric(*lines: str) -> Rubric:
    """A rubric from the lines that stand under its id, without proofs."""
    return structure(read("\n".join(["kinerja: 1", "id: uji", *lines]), name="uji"))


def evaluated(*lines: str, **facts: Any) -> Complete | Incomplete | Invalid:
    """What a rubric makes of some facts; two underscores stand for a dot."""
    return Evaluator(rubric(*lines)).evaluate(
        {name.replace("__", "."): value for name, value in facts.items()}
    )


def said(result: kinerja.Assessment) -> list[tuple[str, str]]:
    """The problems of a result: code and path."""
    return [(problem.code, problem.path) for problem in result.problems]


def noted(result: kinerja.Assessment) -> list[tuple[str, str]]:
    """The notes of a result, but for the one on its date."""
    return [(note.code, note.path) for note in result.notes if note.code != "K404"]


def grade_of(result: kinerja.Assessment, path: str = "total") -> str | None:
    """The grade of a node."""
    grade = result[path].grade
    return grade.id if grade is not None else None


# --- order on a node


@pytest.mark.parametrize(
    ("value", "score"), [(0, "0"), (4, "2"), ("4.2", "2"), ("6.6", "3"), (10, "3"), (12, "3")]
)
def test_scale_then_cap_then_round(value: Any, score: str) -> None:
    """A score is put on its new scale, held to its limits there, and then rounded; each step is told."""
    result = evaluated(
        "combine: sum",
        "indicators:",
        '  a: {direct: {in: ">= 0"}, scale: {from: [0, 10], to: [0, 5]}, cap: "<= 3.4", round: {to: 1, mode: half-up}}',
        a=Fraction(value),
    )
    assert Fraction(score) == result["a"].score
    assert ["scale", "cap", "round"] == [step.name for step in result["a"].steps]
    if value == 12:
        # Before the cap was held, the scale went beyond its end: 6, then 3.4, then 3.
        assert ["6", "3.4", "3"] == [step.result.exact for step in result["a"].steps]


def test_a_cap_bounds_the_scale_on_its_own_side_only() -> None:
    """Beyond the end of a scale where no cap stands is a problem, on the other side not."""
    lines = (
        "combine: sum",
        'indicators: {a: {direct: {}, scale: {from: [10, 0], to: [0, 5]}, cap: ">= 0"}}',
    )
    assert Fraction(0) == evaluated(*lines, a=12)["a"].score
    assert [("K320", "a")] == said(evaluated(*lines, a=-1))


def test_missing_comes_after_the_score_and_before_its_gates() -> None:
    """An unanswered node that is left out is not refused; one whose gate on facts is open still waits."""
    lines = (
        "combine: mean",
        "facts: {izin: {kind: yes-no}}",
        "indicators:",
        '  a: {missing: exclude, direct: {}, requires: {positif: {when: "> 0"}, berizin: {when: {izin: true}}}}',
        "  b: {direct: {}}",
    )
    assert ("excluded", Fraction(2)) == (
        evaluated(*lines, b=2, izin=True)["a"].status,
        evaluated(*lines, b=2, izin=True)["total"].score,
    )
    waiting = evaluated(*lines, b=2, a=1)
    assert isinstance(waiting, Incomplete)
    assert (("izin",), "missing") == (waiting.missing, waiting["a"].status)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        # Whether the group applies is not known, so nobody has looked at its children.
        ({}, ("skema",)),
        ({"skema": True}, ("g.b",)),
        # One child is left out and is not asked for; the other one is.
        ({"skema": True, "g__a": 1}, ("g.b",)),
    ],
)
def test_what_a_score_waits_for_is_asked_for(facts: dict[str, Any], missing: tuple[str, ...]) -> None:
    """A test on the score of a group asks for what the group lacks: not for children unseen, nor for those left out."""
    result = evaluated(
        "combine: sum",
        "facts: {skema: {kind: yes-no}}",
        "indicators: {x: {bands: {1: {when: {g.score: '> 1'}}, 0: {when: {g.score: '<= 1'}}}}}",
        "aside:",
        "  g:",
        "    applies: {skema: true}",
        "    combine: mean",
        "    indicators: {a: {direct: {}, missing: exclude}, b: {direct: {}}}",
        **facts,
    )
    assert isinstance(result, Incomplete)
    assert (missing, "missing") == (result.missing, result["x"].status)


def test_a_stated_score_is_one_that_the_cap_leaves() -> None:
    """The scores that can occur are those after the node's own cap."""
    lines = ("combine: sum", 'indicators: {a: {levels: {AA: 100, A: 90}, cap: "<= 95"}}')
    for score, codes in ((95, []), (90, []), (100, [("K310", "a")])):
        assert codes == said(evaluated(*lines, a={"score": score}))
    assert 95 == evaluated(*lines, a="AA").complete().total


# --- what does not apply

APPLIES = (
    "combine: sum",
    "facts: {lokasi: {options: {kumuh: K, cegah: C}}}",
    "indicators:",
    "  a: {applies: {lokasi: kumuh}, levels: {ya: 1, tidak: 0}, grades: {g: {when: 1}, h: {when: 0}}}",
    "  b: {levels: {ya: 1, tidak: 0}}",
    "aside:",
    "  bukan: {bands: {1: {when: {a.score: not(1)}}, 2: {when: {a.score: 1}}, 3: {when: {lokasi: cegah}}}}",
    "  predikat: {bands: {1: {when: {a.grade: not(g)}}, 2: {when: {a.grade: g}}, 3: {when: {lokasi: cegah}}}}",
    '  tambah: {formula: "a.score + b.score"}',
    '  puncak: {formula: "max(children.score)"}',
)


def test_a_test_on_what_does_not_apply_is_false_also_inside_not() -> None:
    """Neither a condition nor its opposite holds of the score or the grade of a node that does not apply."""
    result = evaluated(*APPLIES, lokasi="cegah", b="ya")
    assert ("3", "3") == (result["bukan"].band.id, result["predikat"].band.id)
    other = evaluated(*APPLIES, lokasi="kumuh", a="tidak", b="ya")
    assert ("1", "1") == (other["bukan"].band.id, other["predikat"].band.id)


def test_arithmetic_with_what_does_not_apply_does_not_apply() -> None:
    """A sum of two with one that does not apply is none; a maximum leaves it out."""
    result = evaluated(*APPLIES, lokasi="cegah", b="ya")
    assert ("not-applicable", "scored", 1) == (
        result["tambah"].status,
        result["puncak"].status,
        result["puncak"].score,
    )


@pytest.mark.parametrize("combine", ["sum", "mean", "min", "max", "product", "geometric-mean"])
def test_a_group_with_nothing_applicable_does_not_apply(combine: str) -> None:
    """Where no child applies there is no score, and above all not 0; a whole rubric is then not complete."""
    lines = (
        "combine: sum",
        "facts: {ada: {kind: yes-no}}",
        "indicators:",
        "  g:",
        f"    combine: {combine}",
        "    each: {applies: {ada: true}, may-not-apply: true}",
        "    indicators: {a: {levels: {x: 2}}, b: {direct: {}}}",
        "  h: {levels: {x: 5}}",
        '  i: {formula: "min(g.score, h.score)"}',
    )
    result = evaluated(*lines, ada=False, h="x")
    assert ("not-applicable", None, 10) == (result["g"].status, result["g"].score, result.complete().total)
    left_out = evaluated(*lines, ada=True, g__a={"not-applicable": "x"}, g__b={"not-applicable": "x"}, h="x")
    assert ("not-applicable", 10) == (left_out["g"].status, left_out.complete().total)
    alone = evaluated(
        f"combine: {combine}",
        "facts: {p: {kind: yes-no}}",
        "indicators: {a: {applies: {p: true}, direct: {}}}",
        p=False,
    )
    assert isinstance(alone, Incomplete)
    assert ("not-applicable", None, ()) == (alone["total"].status, alone.partial, alone.missing)


def test_a_group_may_be_left_out_by_the_sheet() -> None:
    """`may-not-apply` on a group takes a reason for the whole of it, and no value."""
    lines = (
        "combine: mean",
        "indicators:",
        "  g: {combine: sum, may-not-apply: true, indicators: {a: {direct: {}}}}",
        "  h: {direct: {}}",
    )
    result = evaluated(*lines, g={"not-applicable": "tidak ada"}, h=3).complete()
    assert (3, "excluded", True) == (result.total, result["g"].status, result["total"].reweighed)
    assert [("K321", "g")] == said(evaluated(*lines, g=1, g__a=1, h=3))


def test_a_group_that_is_not_answered_is_left_out() -> None:
    """`missing: exclude` on a group leaves all of it out as soon as one answer lacks, and says so."""
    lines = (
        "combine: weighted-mean",
        "indicators:",
        "  g: {weight: 3, missing: exclude, combine: sum, indicators: {a: {direct: {}}, b: {direct: {}}}}",
        "  h: {weight: 1, direct: {}}",
    )
    result = evaluated(*lines, g__a=1, h=4).complete()
    assert (4, [("K405", "g")]) == (result.total, noted(result))
    assert Fraction(13, 4) == evaluated(*lines, g__a=1, g__b=2, h=4)["total"].score


# --- combines


@pytest.mark.parametrize(
    ("combine", "values", "total"),
    [
        ("product", (2, Fraction(1, 2), -3), "-3"),
        ("geometric-mean", (2, 4, 8), "4"),
        ("geometric-mean", (2, 0, 8), "0"),
        ("geometric-mean", (Fraction(8, 27), 1, 1), "2/3"),
    ],
)
def test_products(combine: str, values: tuple[Any, ...], total: str) -> None:
    """Scores multiplied, and the root of that, exact where it is rational."""
    names = ("a", "b", "c")
    children = ", ".join(f"{name}: {{direct: {{}}}}" for name in names)
    facts = dict(zip(names, values, strict=True))
    result = evaluated(f"combine: {combine}", f"indicators: {{{children}}}", **facts).complete()
    assert Fraction(total) == result.total
    assert {None} == {result[name].contribution for name in names}


def test_a_root_of_a_negative_product() -> None:
    """There is no geometric mean of scores whose product is below zero: a problem at the group."""
    lines = ("combine: geometric-mean", "indicators: {a: {direct: {}}, b: {direct: {}}, c: {direct: {}}}")
    result = evaluated(*lines, a=-2, b=4)
    assert (Incomplete, None) == (type(result), result.partial)
    full = evaluated(*lines, a=-2, b=4, c=1)
    assert ["total"] == [problem.path for problem in full.problems]
    assert "invalid" == full["total"].status


# --- inexact numbers

ROOT = '{direct: {in: ">= 0"}}'
BANDS = "{1: {when: {akar.score: '< 2'}}, 0: {when: {akar.score: '>= 2'}}}"


def test_what_is_inexact_is_rounded_on_its_way() -> None:
    """A root that is not rational may be calculated with, and is exact from its rounding on."""
    result = evaluated(
        "combine: sum",
        f'indicators: {{a: {ROOT}, b: {{formula: "sqrt(a.score) * 2"}}, c: {{formula: "b.score + 1"}}}}',
        "round: {to: 0.01, mode: half-up}",
        GRADES,
        a=2,
    ).complete()
    assert (Fraction("8.66"), "tinggi") == (result.total, grade_of(result))


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        ((f'indicators: {{a: {ROOT}, b: {{formula: "sqrt(a.score)"}}}}',), "total"),
        ((f'indicators: {{a: {ROOT}, b: {{formula: "a.score ** (1/2)"}}}}', GRADES), "total"),
        ((f'indicators: {{a: {ROOT}, b: {{formula: "log(a.score + 1)"}}}}',), "total"),
        (
            (
                f"indicators: {{a: {ROOT}, b: {{combine: geometric-mean, indicators: {{c: {ROOT}, d: {ROOT}}}}}}}",
            ),
            "total",
        ),
        (
            (
                f"indicators: {{a: {ROOT}}}",
                'aside: {akar: {formula: "sqrt(a.score)"}}',
                'grades: {x: {when: {akar.score: "< 2"}}, y: {when: {akar.score: ">= 2"}}}',
            ),
            "akar",
        ),
        (
            (
                f"indicators: {{a: {ROOT}, b: {{bands: {BANDS}}}}}",
                'aside: {akar: {formula: "sqrt(a.score)"}}',
            ),
            "akar",
        ),
        (
            (
                f"indicators: {{a: {ROOT}}}",
                'aside: {akar: {formula: "sqrt(a.score)"}}',
                "requires: {cukup: {when: {akar.score: '> 1'}}}",
            ),
            "akar",
        ),
    ],
)
def test_what_is_inexact_meets_no_test_and_no_total(lines: tuple[str, ...], where: str) -> None:
    """Without a rounding on its way an inexact value decides nothing: neither the total, nor a grade, nor any test."""
    result = evaluated("combine: sum", *lines, a=3, b__c=2, b__d=3)
    assert [("K319", where)] == [each for each in said(result) if each[0] != "K301"]
    assert (Invalid, None, None) == (type(result), result.trail.total, result.trail.grade)


def test_what_is_inexact_beside_what_is_missing() -> None:
    """Of a test on an inexact score and an unanswered fact the score is refused, and the fact is not asked for."""
    result = evaluated(
        "combine: sum",
        "facts: {n: {}}",
        f"indicators: {{a: {ROOT}}}",
        'aside: {akar: {formula: "sqrt(a.score)"}}',
        "requires: {cukup: {when: {n: '> 1', akar.score: '> 1'}}}",
        a=2,
    )
    assert [("K319", "akar")] == said(result)
    assert isinstance(result, Invalid)


def test_what_is_inexact_aside_decides_nothing() -> None:
    """A root that nothing reads may stand as it is, to 34 digits; where only its own grade asks, that is a note."""
    lines = ("combine: sum", f"indicators: {{a: {ROOT}}}")
    result = evaluated(*lines, 'aside: {akar: {formula: "sqrt(a.score)"}}', a=2).complete()
    assert 2 == result.total
    assert [] == noted(result)
    assert Fraction(2) != result["akar"].score ** 2
    assert abs(result["akar"].score ** 2 - 2) < Fraction(1, 10**30)
    graded = evaluated(*lines, f'aside: {{akar: {{formula: "sqrt(a.score)", {GRADES}}}}}', a=2).complete()
    assert ([("K319", "akar")], None) == (noted(graded), grade_of(graded, "akar"))
    exact = evaluated(*lines, f'aside: {{akar: {{formula: "sqrt(a.score)", {GRADES}}}}}', a=9).complete()
    assert "sedang" == grade_of(exact, "akar")


# --- cases


@pytest.mark.parametrize(("p", "code"), [(1, None), (7, "K322"), (-1, "K322"), (None, "K330"), ("x", "K145")])
def test_exactly_one_case_holds(p: Any, code: str | None) -> None:
    """Two cases or none are a problem with their number; an open one waits for its fact."""
    result = evaluated(
        "combine: sum",
        "facts: {p: {}}",
        'indicators: {a: {levels: {x: [{when: {p: "> 0"}, is: 1}, {when: {p: "> 5"}, is: 2}]}}}',
        p=p,
        a="x",
    )
    assert ([code] if code else []) == [problem.code for problem in result.problems]
    if code == "K322":
        assert str(2 if p == 7 else 0) == result.problems[0].values["count"]


@pytest.mark.parametrize(("p", "count"), [(6, "2"), (0, "0")])
def test_weights_whose_cases_do_not_close_on_a_sheet(p: int, count: str) -> None:
    """Where a sheet meets two weights of one node or none, its group has no score."""
    result = evaluated(
        "combine: weighted-sum",
        "facts: {p: {}}",
        "indicators:",
        '  a: {weight: [{when: {p: "> 0"}, is: 50%}, {when: {p: "> 5"}, is: 30%}], direct: {}}',
        "  b: {weight: 50%, direct: {}}",
        p=p,
        a=1,
        b=1,
    )
    assert [("K318", "a")] == said(result)
    assert (count, 1, "invalid") == (
        result.problems[0].values["count"],
        result["a"].score,
        result["total"].status,
    )


# --- ladders

LADDER = "ladder: {nol: {score: 1, all: {depan: D, belakang: B}}, tengah: 2, akhir: 3}"


@pytest.mark.parametrize(
    ("steps", "score", "step"),
    [
        (["depan", "belakang", "tengah", "akhir"], 3, "akhir"),
        (["depan", "belakang", "akhir"], 1, "nol"),
        (["depan", "tengah", "akhir"], 0, None),
        (["tengah", "akhir"], 0, None),
        ([], 0, None),
    ],
)
def test_a_ladder_ends_at_its_first_missing_step(steps: list[str], score: int, step: str | None) -> None:
    """What was reached beyond a missing step does not count; without the first there is what stands beside it."""
    result = evaluated("combine: sum", f"indicators: {{a: {{{LADDER}, otherwise: 0}}}}", a=steps)
    assert score == result.complete().total
    assert step == (result["a"].band.id if result["a"].band is not None else None)


def test_a_ladder_without_otherwise_has_no_score_below_its_first_step() -> None:
    """An empty run is a problem where nobody says what it is worth, never 0; no answer is missing."""
    lines = ("combine: sum", f"indicators: {{a: {{{LADDER}}}}}")
    for steps in ([], ["tengah"]):
        assert [("K317", "a")] == said(evaluated(*lines, a=steps))
    assert ("a",) == evaluated(*lines).missing
    assert [("K305", "a")] == said(evaluated(*lines, a=["nol"]))


def test_a_ladder_with_formulas() -> None:
    """The score of a step, or of none, may be computed."""
    lines = (
        "combine: sum",
        "facts: {p: {}}",
        "indicators:",
        '  a: {ladder: {x: "p * 2"}, otherwise: [{when: {p: "> 1"}, is: p}, {when: {p: "<= 1"}, is: none}]}',
    )
    assert [8, 4, None] == [
        evaluated(*lines, a=steps, p=p).complete().total for steps, p in ((["x"], 4), ([], 4), ([], 1))
    ]


# --- direct


def test_a_direct_score_is_its_answer() -> None:
    """An assessor's number is the score, inside its domain and on its step; nothing else is."""
    lines = (
        "combine: sum",
        'indicators: {a: {may-not-apply: true, direct: {in: "[0..5]", step: 0.5}}, b: {direct: {}}}',
    )
    assert Fraction(9, 2) == evaluated(*lines, a=Fraction("4.5"), b=0).complete().total
    assert [("K303", "a")] == said(evaluated(*lines, a=6, b=0))
    assert [("K304", "a")] == said(evaluated(*lines, a=Fraction(1, 4), b=0))
    assert 1 == evaluated(*lines, a={"not-applicable": "x"}, b=1).complete().total
    assert [("K312", "b")] == said(evaluated(*lines, a=1, b={"value": 1, "score": 2}))


# --- score: none

NONE = (
    "combine: mean",
    "indicators:",
    '  a: {levels: {lulus: 4, tidak_diuji: {score: none, because: "Belum diuji"}}}',
    "  b: {direct: {}}",
)


def test_an_answer_without_a_score_forbids_the_total() -> None:
    """The total is none, with the reason; nothing is missing and nothing wrong."""
    result = evaluated(*NONE, a="tidak_diuji", b=2).complete()
    assert (None, "–", None) == (result.total, result.shown, result.grade)
    assert ("no-score", "Belum diuji") == (result["total"].status, result["total"].reason)
    assert result.trail == kinerja.Trail.from_json(result.trail.to_json())
    assert 3 == evaluated(*NONE, a="lulus", b=2).complete().total


def test_a_missing_answer_is_worse_than_one_without_a_score() -> None:
    """Beside an answer that lacks, the assessment is incomplete; beside a wrong one, invalid."""
    assert ("b",) == evaluated(*NONE, a="tidak_diuji").missing
    assert [("K145", "b")] == said(evaluated(*NONE, a="tidak_diuji", b="x"))


def test_a_grade_stands_without_a_score_through_none() -> None:
    """The test `none` holds where there is no score; without it there is no grade, and that is no fault."""
    grades = 'grades: {belum: {when: none}, rendah: {when: "< 3"}, tinggi: {when: ">= 3"}}'
    result = evaluated(*NONE, grades, a="tidak_diuji", b=2).complete()
    assert (None, "belum") == (result.total, grade_of(result))
    assert "tinggi" == grade_of(evaluated(*NONE, grades, a="lulus", b=2))
    bare = evaluated(*NONE, GRADES, a="tidak_diuji", b=2).complete()
    assert (None, None) == (bare.total, bare.grade)
    negated = "grades: {ada: {when: not(none)}, belum: {when: none}}"
    assert "ada" == grade_of(evaluated(*NONE, negated, a="lulus", b=2))
    gated = evaluated(
        *NONE, GRADES, "requires: {uji: {when: {a.score: not(none)}, grade: rendah}}", a="tidak_diuji", b=2
    )
    assert (Complete, "rendah") == (type(gated), grade_of(gated))


def test_what_reads_an_answer_without_a_score_has_none() -> None:
    """A formula over it has no score for the same reason; a test of a number does not hold, `none` does."""
    result = evaluated(
        *NONE,
        "aside:",
        '  ganda: {formula: "2 * a.score"}',
        "  pita: {bands: {1: {when: {a.score: '> 0'}}, 2: {when: {a.score: not(4)}}, 3: {when: {a.score: none}}}}",
        a="tidak_diuji",
        b=2,
    )
    assert ("no-score", "Belum diuji") == (result["ganda"].status, result["ganda"].reason)
    assert "3" == result["pita"].band.id


def test_a_stated_score_contradicts_an_answer_without_one() -> None:
    """A sheet that gives an answer without a score and a score beside it has made a mistake."""
    result = evaluated(*NONE, a={"value": "tidak_diuji", "score": 4}, b=2)
    assert [("K312", "a")] == said(result)
    assert "none" == result.problems[0].values["derived"]
    assert 3 == evaluated(*NONE, a={"score": 4}, b=2).complete().total


# --- gates

GATED = (
    "combine: sum",
    "facts: {izin: {kind: yes-no}, lapor: {kind: yes-no}}",
    "indicators: {a: {direct: {}}}",
    GRADES,
    "requires:",
    "  berizin: {when: {izin: true}, grade: sedang}",
    "  melapor: {when: {lapor: true}, grade: rendah}",
)


@pytest.mark.parametrize(
    ("better", "izin", "lapor", "grade"),
    [
        ("", True, True, "tinggi"),
        ("", False, True, "sedang"),
        ("", False, False, "rendah"),
        ("better: higher", True, False, "rendah"),
        ("better: lower", False, False, "tinggi"),
        ("better: lower", True, True, "tinggi"),
    ],
)
def test_the_worst_grade_wins(better: str, izin: bool, lapor: bool, grade: str) -> None:
    """Of the grade by score and those that failed gates set the worst stands: the first, or the last under lower."""
    result = evaluated(*GATED, better, a=5, izin=izin, lapor=lapor).complete()
    assert (grade, "tinggi", 5) == (grade_of(result), result["total"].by_value, result.total)
    assert [("yes" if izin else "no"), ("yes" if lapor else "no")] == [
        gate.holds for gate in result["total"].gates.values()
    ]


def test_better_lower_lets_a_gate_worsen() -> None:
    """Under lower, a failed gate raises a grade that stands before it in the file, and never lowers one."""
    lines = [line.replace("sedang}", "tinggi}") for line in GATED]
    result = evaluated(*lines, "better: lower", a=1, izin=False, lapor=False).complete()
    assert ("tinggi", "rendah") == (grade_of(result), result["total"].by_value)


def test_a_gate_that_fails_while_the_total_is_missing() -> None:
    """Every gate is tested and told; there is no grade and no award before there is a total."""
    grades = (
        'grades: {rendah: {when: "< 2", awards: {uang: {amount: 1, currency: IDR}}}, tinggi: {when: ">= 2"}}'
    )
    result = evaluated(
        *GATED[:3],
        grades,
        "requires: {berizin: {when: {izin: true}, grade: rendah}, melapor: {when: {lapor: true}, grade: rendah}}",
        izin=False,
    )
    assert isinstance(result, Incomplete)
    assert (("a",), None, None, "") == (
        result.missing,
        result.trail.grade,
        result["total"].grade,
        result["total"].by_value,
    )
    assert {"berizin": "no", "melapor": "unknown"} == {
        name: gate.holds for name, gate in result["total"].gates.items()
    }


def test_an_open_gate_keeps_the_grade_open() -> None:
    """A gate that waits leaves the grade missing, and its fact is asked for, unless it can change nothing."""
    result = evaluated(*GATED, a=5, lapor=True)
    assert isinstance(result, Incomplete)
    assert (("izin",), 5, None) == (result.missing, result["total"].score, result.trail.grade)
    settled = evaluated(*GATED, a=5, lapor=False).complete()
    assert ("rendah", "unknown") == (grade_of(settled), settled["total"].gates["berizin"].holds)
    wrong = evaluated(*GATED, a=5, lapor=True, izin="ya")
    assert ([("K306", "izin")], None) == (said(wrong), wrong.trail.grade)


REFUSING = (
    "combine: sum",
    "facts: {izin: {kind: yes-no}, luas: {}}",
    "indicators:",
    "  a:",
    "    direct: {}",
    "    requires:",
    '      berizin: {when: {izin: true}, text: "Izin belum ada"}',
    '      luas: {when: {luas: "> 0"}}',
    '      positif: {when: "> 0", text: "Harus positif"}',
    '      besar: {when: {total_b.score: "> 1"}, text: "b terlalu kecil"}',
    "  total_b: {direct: {}}",
)


def test_every_gate_that_refuses_is_named() -> None:
    """Those on facts are tested first, all of them; then those on scores, all of them."""
    facts = evaluated(*REFUSING, izin=False, luas=0, a=-1, total_b=0)
    assert ["Izin belum ada", "luas"] == [problem.values["text"] for problem in facts.problems]
    scores = evaluated(*REFUSING, izin=True, luas=1, a=-1, total_b=0)
    assert ["Harus positif", "b terlalu kecil"] == [problem.values["text"] for problem in scores.problems]
    assert ("invalid", None) == (scores["a"].status, scores["a"].score)
    assert 3 == evaluated(*REFUSING, izin=True, luas=1, a=1, total_b=2).complete().total


def test_a_refusing_gate_that_is_open_waits() -> None:
    """A node that may yet be refused has no score, and what its gate asks for is named."""
    result = evaluated(*REFUSING, izin=True, a=1, total_b=2)
    assert isinstance(result, Incomplete)
    assert (("luas",), None) == (result.missing, result["a"].score)
    later = evaluated(*REFUSING, izin=True, luas=1, a=1)
    assert ("total_b",) == later.missing


def test_gates_of_what_does_not_apply_are_not_tested() -> None:
    """A node that does not apply is neither refused nor graded."""
    lines = (
        "combine: sum",
        "facts: {p: {kind: yes-no}, izin: {kind: yes-no}}",
        "indicators:",
        "  a: {applies: {p: true}, direct: {}, requires: {b: {when: {izin: true}}, c: {when: {izin: true}, grade: g}},",
        "    grades: {g: {when: '-'}}}",
        "  z: {direct: {}}",
    )
    result = evaluated(*lines, p=False, izin=False, z=1).complete()
    assert (1, {}, None) == (result.total, result["a"].gates, result["a"].grade)


# --- grades


def test_no_grade_or_two_for_a_score() -> None:
    """A score that no grade holds, or two do, is a problem that names them: no grade wins by standing first."""
    lines = (
        "combine: sum",
        "indicators: {a: {direct: {}}}",
        'grades: {x: {when: "<= 2"}, y: {when: "[2..3]"}}',
    )
    assert [("K325", "total")] == said(evaluated(*lines, a=2))
    assert ("x", "y") == evaluated(*lines, a=2).problems[0].values["grades"]
    assert [("K324", "total")] == said(evaluated(*lines, a=4))
    assert "y" == grade_of(evaluated(*lines, a=3))


def test_a_grade_of_a_part_that_cannot_be_told_decides_nothing() -> None:
    """Where nothing reads the grade of a child, what is wrong with it is a note; where something does, a problem."""
    lines = ("combine: sum", 'indicators: {a: {direct: {}, grades: {x: {when: "<= 2"}}}}')
    result = evaluated(*lines, a=4).complete()
    assert (4, [("K324", "a")]) == (result.total, noted(result))
    reading = evaluated(*lines, 'grades: {g: {when: {a.grade: x}}, h: {when: {value: "> 2"}}}', a=4)
    assert [("K324", "a")] == said(reading)


def test_money_is_whole_or_a_range() -> None:
    """An award is one amount or from one to another, with its words; it stands in the trail as the rubric has it."""
    result = evaluated(
        "combine: sum",
        "indicators: {a: {direct: {}}}",
        "grades:",
        '  rendah: {when: "< 2", awards: {uang: {from: 100000, to: 200000, currency: IDR, words: "seratus"}}}',
        '  tinggi: {when: ">= 2", awards: {uang: {amount: 250000, currency: IDR}, piagam: {text: "Piagam"}}}',
        a=1,
    ).complete()
    assert isinstance(result.grade, GradeTrail)
    uang = result.grade.awards["uang"]
    assert (None, 100_000, 200_000, "IDR", "seratus") == (
        uang.amount,
        uang.low,
        uang.high,
        uang.currency,
        uang.words,
    )


def test_a_grade_may_read_what_stands_aside_and_be_read_there() -> None:
    """The total's grade over a score aside, and a node aside over the total's grade, are no circle."""
    result = evaluated(
        "combine: sum",
        "indicators: {a: {direct: {}}, b: {direct: {}}}",
        'grades: {rendah: {when: {puncak.score: "< 3"}}, tinggi: {when: {puncak.score: ">= 3"}}}',
        "aside:",
        '  puncak: {formula: "max(children.score)"}',
        "  bonus: {bands: {10: {when: {total.grade: tinggi}}, 0: {when: {total.grade: rendah}}}}",
        "  tingkat:",
        "    grades: {dua: {when: {total.grade: tinggi, bonus.score: 10}}, satu: {when: {total.grade: rendah}}}",
        a=1,
        b=4,
    ).complete()
    assert ("tinggi", 10, "dua") == (grade_of(result), result["bonus"].score, grade_of(result, "tingkat"))


def test_a_lookup_over_two_grades() -> None:
    """A table over two grades: what it comes to is a grade; it is missing, wrong or out of place with what it reads."""
    part = "{may-not-apply: true, direct: {in: '>= 0'}, grades: {r: {when: '< 5'}, t: {when: '>= 5'}}}"
    lines = (
        f"indicators: {{a: {part}, b: {part}}}",
        "aside:",
        "  peringkat:",
        "    grades:",
        "      satu: {when: {a.grade: t, b.grade: t}}",
        "      dua: {when: [{a.grade: t, b.grade: r}, {a.grade: r, b.grade: t}]}",
        "      tiga: {when: {a.grade: r, b.grade: r}}",
        "grades: {baik: {when: {peringkat.grade: 'satu, dua'}}, kurang: {when: {peringkat.grade: tiga}}}",
    )
    result = evaluated(*lines, a=6, b=1).complete()
    assert (None, "dua", "baik", "no") == (
        result.total,
        grade_of(result, "peringkat"),
        grade_of(result),
        "yes" if result["total"].score is not None else "no",
    )
    waiting = evaluated(*lines, a=6)
    assert (("b",), "missing") == (waiting.missing, waiting["peringkat"].status)
    assert "invalid" == evaluated(*lines, a=6, b=-1)["peringkat"].status
    none = evaluated(*lines, a=6, b={"not-applicable": "x"})
    assert [("K324", "peringkat")] == said(none)


def test_a_grade_without_a_number() -> None:
    """A group that combines nothing has a grade and no score; its total is none, and a sheet is still complete."""
    lines = (
        "indicators: {a: {direct: {}}, b: {levels: {ya: 1}}}",
        'grades: {x: {when: {a.score: "< 2"}}, y: {when: {a.score: ">= 2"}}}',
    )
    result = evaluated(*lines, a=3, b="ya").complete()
    assert (None, "y", "scored") == (result.total, grade_of(result), result["total"].status)
    waiting = evaluated(*lines, b="ya")
    assert (("a",), None) == (waiting.missing, waiting.partial)


# --- names


def test_nodes_aside_with_problems_decide_nothing_unless_read() -> None:
    """What is wrong aside is told among the notes; as soon as the total hangs on it, among the problems."""
    aside = "aside: {x: {facts: {p: {}}, measure: {}, bands: {1: {when: '> 0'}}}, y: {formula: '1 / (a.score - 1)'}}"
    lines = ("combine: sum", "indicators: {a: {direct: {}}}", aside)
    result = evaluated(*lines, a=1, x=-1).complete()
    assert (1, [("K317", "x"), ("K178", "y")]) == (result.total, noted(result))
    assert "invalid" == result["y"].status
    assert [("K145", "x")] == noted(evaluated(*lines, a=2, x="salah").complete())
    read_ = ("combine: sum", "indicators: {a: {direct: {}}, b: {formula: x.score}}", aside)
    assert [("K317", "x")] == said(evaluated(*read_, a=2, x=-1))
    assert [("K145", "x")] == said(evaluated(*read_, a=2, x="salah"))
    assert ("x",) == evaluated(*read_, a=2).missing


@pytest.mark.parametrize(
    "lines",
    [
        ('indicators: {a: {formula: "p * 2"}}',),
        ('indicators: {a: {levels: {x: [{when: {p: "> 0"}, is: 1}, {when: {p: "<= 0"}, is: 2}]}}}',),
        ("indicators: {a: {ladder: {x: 1}, otherwise: p}}",),
        ('indicators: {a: {levels: {x: 1}, requires: {g: {when: {p: "> 0"}}}}}',),
        ("indicators: {a: {levels: {x: 1}}}", 'grades: {g: {when: {p: "> 0"}}, h: {when: {p: "<= 0"}}}'),
        (
            "indicators: {a: {levels: {x: 1}}}",
            "grades: {g: {when: 0}, h: {when: 1}}",
            'requires: {r: {when: {p: "> 0"}, grade: g}}',
        ),
        ('indicators: {a: {formula: "b.score"}}', 'aside: {b: {formula: "p + 1"}}'),
        (
            'indicators: {a: {formula: "b.c.score"}}',
            "aside: {b: {combine: sum, indicators: {c: {formula: p}}}}",
        ),
        (
            'indicators: {a: {formula: "b.score"}}',
            "aside: {b: {combine: sum, indicators: {c: {formula: p}}}}",
        ),
    ],
)
def test_a_fact_that_is_asked_anywhere_is_told(lines: tuple[str, ...]) -> None:
    """Whatever way a result hangs on a fact, a wrong one is a problem and a missing one is asked for by its name."""
    answers = {"a": [] if "ladder" in lines[0] else "x"} if "formula" not in lines[0] else {}
    wrong = evaluated("combine: sum", "facts: {p: {}}", *lines, **answers, p="salah")
    assert [("K145", "p")] == said(wrong)
    missing = evaluated("combine: sum", "facts: {p: {}}", *lines, **answers)
    assert isinstance(missing, Incomplete)
    assert ("p",) == missing.missing


def test_the_nearest_node_is_meant() -> None:
    """A name means a node of the nearest scope in which all of it resolves; `total` is the outermost group."""
    result = evaluated(
        "combine: sum",
        "indicators:",
        "  a: {direct: {}}",
        "  g:",
        "    combine: max",
        "    indicators: {a: {direct: {}}, b: {formula: a.score + 1}}",
        "aside: {luar: {formula: a.score}, dalam: {formula: g.a.score}, semua: {formula: total.score}}",
        a=1,
        g__a=10,
    )
    assert [11, 1, 10, 12] == [result[path].score for path in ("g.b", "luar", "dalam", "semua")]


def test_children_of_a_formula_aside() -> None:
    """`children` are the indicators of the group that holds a node aside, wherever in that node it stands."""
    result = evaluated(
        "combine: sum",
        "indicators:",
        "  g:",
        "    combine: sum",
        "    indicators: {a: {direct: {}}, b: {direct: {}}}",
        "    aside:",
        '      pita: {measure: {}, bands: {x: {when: "> 0", score: "min(children.score)"}, 0: {when: "<= 0"}}}',
        '      tangga: {ladder: {x: "max(children.score)"}, otherwise: "mean(children.score)"}',
        '      jenjang: {levels: {x: "sum(children.score)"}}',
        g__a=1,
        g__b=5,
        g__pita=1,
        g__tangga=[],
        g__jenjang="x",
    )
    assert [1, 3, 6] == [result[f"g.{name}"].score for name in ("pita", "tangga", "jenjang")]


def test_a_stated_score_of_a_formula() -> None:
    """A formula's score may be stated where its facts are not; where they are, both must agree."""
    lines = ("combine: sum", "facts: {p: {}}", 'indicators: {a: {formula: "p * 2"}}')
    stated = evaluated(*lines, a={"score": 5}).complete()
    assert (5, True) == (stated.total, stated["a"].stated)
    assert [("K312", "a")] == said(evaluated(*lines, p=2, a={"score": 5}))
    assert [("K321", "a")] == said(evaluated(*lines, p=2, a=5))
    assert ("p",) == evaluated(*lines, p=2, a=5).problems[0].values["facts"]


def test_other_readings_see_their_own_scores() -> None:
    """What another reading would give is what it gives, also where nodes read each other."""
    lines = (
        "combine: sum",
        "indicators:",
        "  a: {direct: {}}",
        '  b: {formula: "a.score * 2", grades: {g: {when: "> 4"}, h: {when: "<= 4"}}}',
        "  c: {bands: {1: {when: {b.grade: g}}, 0: {when: {b.grade: h}}}}",
        "  d: {applies: {b.score: '> 1'}, levels: {x: 1}}",
        'grades: {x: {when: {b.score: "> 4"}}, y: {when: {b.score: "<= 4"}}}',
        "readings:",
        "  r: {settles: text, problem: p, taken: t, because: b, alternatives: {",
        "    kali: {change: {indicators: {b: {formula: a.score * 3}}}},",
        "    lewat: {change: {indicators: {a: {scale: {from: [0, 1], to: [0, 10]}, cap: '<= 100'}}}}}}",
    )
    made = rubric(*lines)
    facts = {"a": 2, "d": "x"}
    told = Evaluator(made).evaluate(facts).trail.readings["r"].alternatives
    for name in ("kali", "lewat"):
        taken = Evaluator(made, readings={"r": name}).evaluate(facts).complete()
        assert (taken.total, taken.grade) == (told[name].total, told[name].grade)
    assert 2 + 4 + 0 + 1 == Evaluator(made).evaluate(facts)["total"].score


def test_a_reading_that_lets_a_group_apply_or_not() -> None:
    """Another reading may change when a group applies, though not one of its indicators: they follow."""
    lines = (
        "combine: sum",
        "facts: {p: {kind: yes-no}}",
        "indicators: {g: {combine: sum, indicators: {a: {direct: {}}}}, h: {direct: {}}}",
        "readings: {r: {settles: silence, problem: p, taken: t, because: b, alternatives: {",
        "  hanya: {change: {indicators: {g: {applies: {p: true}}}}}}}}",
    )
    facts = {"p": False, "g.a": 1, "h": 2}
    made = rubric(*lines)
    assert 3 == Evaluator(made).evaluate(facts).complete().total
    told = Evaluator(made).evaluate(facts).trail.readings["r"].alternatives["hanya"]
    assert 2 == told.total == Evaluator(made, readings={"r": "hanya"}).evaluate(facts).complete().total


def test_cases_without_a_condition_are_refused() -> None:
    """In Python as in a file, one of several cases has to say when it is the one."""
    cases = tuple(Case((), formula(text)) for text in ("1", "2"))
    made = Rubric(id="x", combine="sum", indicators={"f": Derived(formula=cases)})
    with pytest.raises(kinerja.RubricError) as caught:
        Evaluator(made)
    assert [("K102", "indicators.f.formula")] * 2 == [(e.code, e.where) for e in caught.value.diagnostics]


def test_a_lookup_or_a_group_without_combine_is_no_number_in_python_either() -> None:
    """What never has a score is refused among what is summed, however it was built."""
    made = Rubric(
        id="x",
        combine="sum",
        indicators={
            "g": Group(indicators={"i": Levels(levels={})}, grades={}),
            "d": Direct(),
            "f": Derived(formula="1"),
        },
    )
    with pytest.raises(kinerja.RubricError) as caught:
        Evaluator(made)
    assert {"K102", "K198"} == {each.code for each in caught.value.diagnostics}
