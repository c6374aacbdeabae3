"""Edges: vectors at every bound of a rubric, what they reach, and files of them fed back."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kinerja
from kinerja import Evaluator, Rubric, UsageError
from kinerja.checks.coverage import met
from kinerja.cli import run
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.messages import Language
from kinerja.plan import plan
from kinerja.tables import read_table
from kinerja.testing import Coverage, Vector, edges, rubrics, sheets
from kinerja.testing import whole as sheets_of
from kinerja.testing.against import against
from kinerja.testing.answers import around, pool, side, unit
from kinerja.testing.vectors import KINDS, expected, to_csv, to_json, write_vectors
from kinerja.testing.whole import Whole

BUNDLED = tuple(kinerja.bundled())

#: Everything that has an edge, in one rubric: shared facts, derived ones, several facts, steps, scale, cap, gates.
RICH = """
facts:
  lokasi: {kind: choice, options: {kumuh: K, cegah: C}}
  luas: {in: "> 0", step: 0.5}
combine: sum
scale: {from: [-10, 200], to: [0, 100]}
cap: "[5..70]"
round: {to: 1, mode: half-up}
grades: {kurang: {when: "< 50"}, baik: {when: ">= 50", source: {in: s, at: "tabel 9"}}}
requires:
  amdal: {when: {ada: true}, grade: kurang, text: "AMDAL"}
sources: {s: {title: S}}
source: {in: s, at: "seluruhnya"}
indicators:
  naik:
    measure: {in: "[0..10]", round: {to: 1, mode: half-up}}
    bands: {1: {when: "< 3", source: {in: s, at: "baris 1"}}, 20: {when: ">= 3"}}
  rasio:
    facts: {sisa: {in: ">= 0"}}
    measure: {from: "luas - sisa"}
    bands: {0: {when: "<= 2"}, 10: {when: "> 2"}}
  lebar: {applies: {lokasi: kumuh}, bands: {0: {when: {luas: "<= 4"}}, 5: {when: {luas: "> 4"}}}}
  dua:
    facts: {p: {in: "[0..4]"}, q: {in: "[0..4]"}}
    bands:
      7: {when: {p: "> 2", q: "> 2"}}
      0: {when: [{p: "<= 2"}, {p: "> 2", q: "<= 2"}]}
  tangga: {ladder: {satu: 1, dua: 50, tiga: 99}, otherwise: 0}
  pantas: {source: {in: s, at: "baris 6"}, levels: {true: 1, false: 0}}
aside:
  ada: {levels: {true: 1, false: 0}}
"""


def rubric(text: str) -> Rubric:
    """A rubric that need not be safe."""
    return structure(read(f"kinerja: 1\nid: x\n{text}", name="x"))


@cache
def vectors(name: str) -> tuple[Vector, ...]:
    """The vectors of a bundled rubric, made once."""
    return edges(kinerja.load(name))


def covering(found: tuple[Vector, ...], of: Rubric) -> Coverage:
    """What vectors reach, each evaluated like any sheet."""
    evaluator, coverage = Evaluator(of), Coverage(of)
    for each in found:
        coverage.add(evaluator.evaluate(each.facts))
    return coverage


@cache
def rich() -> tuple[Vector, ...]:
    """The vectors of the rubric with everything, made once."""
    return edges(rubric(RICH))


# --- what they reach


def test_vectors_are_the_same_whatever_was_asked_before() -> None:
    """A check leaves behind what totals can occur; vectors of a node without its scale are not taken from that."""
    text = kinerja.bundled()["pk-bkm"].read_text("utf-8")
    fresh, checked = (kinerja.loads(text, name=name) for name in ("baru.yaml", "diperiksa.yaml"))
    kinerja.check(checked)
    assert [each.facts for each in edges(fresh)] == [each.facts for each in edges(checked)]


@pytest.mark.parametrize("name", BUNDLED)
def test_the_vectors_of_a_bundled_rubric_reach_all_of_it(name: str) -> None:
    """Every band, level, step, gate and grade is reached by some vector."""
    missing = covering(vectors(name), kinerja.load(name)).missing
    assert {} == {kind: nodes for kind, nodes in missing.items() if kind != "reading"}


@settings(max_examples=25)
@given(st.data())
def test_the_vectors_of_a_random_rubric_reach_what_any_sheet_reaches(data: st.DataObject) -> None:
    """No complete sheet comes to a line, gate or grade that no vector comes to; what is expected is what comes."""
    drawn = data.draw(rubrics(whole=False))
    found = edges(drawn)
    evaluator, left = Evaluator(drawn), set(covering(found, drawn).left)
    for _ in range(5):
        result = evaluator.evaluate(data.draw(sheets(drawn)))
        assert result.status != "complete" or not left & set(met(result.outcome))
    assert [each.expect for each in found] == [
        expected(evaluator.evaluate(each.facts).outcome, each.of) for each in found
    ]
    assert any(each.expect.status == "complete" for each in found)


@settings(max_examples=8)
@given(st.data())
def test_the_vectors_of_the_whole_language_reach_every_line(data: st.DataObject) -> None:
    """Where nodes read each other, too, no complete sheet comes to a band, level or step that no vector comes to."""
    drawn = data.draw(rubrics(whole=True, max_children=3))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets_of, "SURVEYED", 300)
        found = edges(drawn)
    left = {each for each in covering(found, drawn).left if each.kind in ("band", "level", "step")}
    for _ in range(5):
        result = Evaluator(drawn).evaluate(data.draw(sheets(drawn)))
        assert result.status != "complete" or not left & set(met(result.outcome))
    assert fed_back(found, drawn) == len(found)


@pytest.mark.parametrize("name", BUNDLED)
def test_vectors_are_the_same_in_every_run(name: str) -> None:
    """In the order of the file, each with a name of its own."""
    assert vectors(name) == edges(kinerja.load(name))
    assert len(vectors(name)) == len({each.id for each in vectors(name)})
    nodes = list(plan(kinerja.load(name)).nodes)
    order = [(nodes.index(each.of), KINDS.index(each.kind)) for each in vectors(name)]
    assert sorted(order) == order


# --- what they are


def test_each_bound_of_a_band_has_its_neighbours() -> None:
    """A domain's end with what lies beyond, then each bound with one step to either side, and what each comes to."""
    found = [each for each in vectors("pk-bkm") if each.of == "kapasitas"]
    assert [
        ("domain", "0", "below", "-1", ""),
        ("domain", "0", "at", "0", "0"),
        ("domain", "0", "above", "1", "1"),
        ("band", "3", "below", "2", "1"),
        ("band", "3", "at", "3", "2"),
        ("band", "3", "above", "4", "2"),
        ("band", "1", "below", "0", "0"),
        ("band", "1", "at", "1", "1"),
        ("band", "1", "above", "2", "1"),
        ("band", "2", "below", "1", "1"),
        ("band", "2", "at", "2", "1"),
        ("band", "2", "above", "3", "2"),
    ] == [(v.kind, v.bound, v.side, str(v.facts["kapasitas"]), v.expect.said("of.score")) for v in found]


def test_beyond_a_domain_the_problem_is_expected() -> None:
    """What an evaluator has to refuse is a vector, with the code and the name of the fact."""
    (beyond,) = [each for each in vectors("pk-bkm") if each.id == "perempuan[101]"]
    assert ("invalid", None, ("K303 perempuan",)) == (
        beyond.expect.status,
        beyond.expect.total,
        beyond.expect.problems,
    )


def test_totals_next_to_the_bounds_of_grades() -> None:
    """For each bound of a grade the totals that occur next to it, with grade and citation."""
    found = [each for each in vectors("makassar-rt-rw") if each.kind == "grade" and each.bound == "60"]
    assert [("below", "59", "di_bawah_standar"), ("at", "60", "cukup"), ("above", "61", "cukup")] == sorted(
        ((each.side, str(each.expect.total), each.expect.grade) for each in found), key=lambda row: row[1]
    )


def test_every_kind_of_edge() -> None:
    """A rubric with everything: each kind of bound has vectors, all of them agree, and all of it is reached."""
    found = rich()
    assert {"domain", "applies", "band", "level", "step", "scale", "cap", "gate", "grade"} == {
        v.kind for v in found
    }
    assert {} == covering(found, rubric(RICH)).missing
    assert len(found) == fed_back(found, rubric(RICH))


def test_a_derived_measure_whose_parts_are_read_elsewhere() -> None:
    """Its bound is come to by its parts, which have to be stated anyway."""
    (vector,) = [each for each in rich() if each.of == "rasio" and each.id == "rasio[2]"]
    assert "rasio" not in vector.facts
    assert 2 == vector.facts["luas"] - vector.facts["rasio.sisa"]


@pytest.mark.parametrize("formula", ["luas * luas", "sqrt(luas)", "100 / (luas - 1)", "sisa + 0 * luas"])
def test_a_derived_measure_that_cannot_be_come_to(formula: str) -> None:
    """Where no part leads to the bound itself, nothing false is said, and the bands are reached all the same."""
    text = (
        "facts: {luas: {in: '> 0'}, sisa: {in: '[0..9]'}}\ncombine: sum\nindicators:\n"
        f"  a: {{measure: {{from: '{formula}', round: {{to: 0.1, mode: up}}}},"
        " bands: {0: {when: '<= 3'}, 1: {when: '> 3'}}}\n"
        "  b: {bands: {0: {when: {luas: '<= 3'}}, 1: {when: {luas: '> 3'}}}}\n"
    )
    found = edges(rubric(text))
    assert {"0", "1"} == set(covering(found, rubric(text)).reached["band"]["a"])


def test_corners_of_several_facts() -> None:
    """A condition on two facts is tried at the outermost answers that each test allows, in every combination."""
    found = [each for each in rich() if each.of == "dua" and each.expect.status == "complete"]
    scores = {(int(each.facts["dua.p"]), int(each.facts["dua.q"])): each.expect.of_score for each in found}
    assert {(3, 3): 7, (3, 4): 7, (4, 3): 7, (4, 4): 7, (3, 0): 0, (4, 2): 0}.items() <= scores.items()


def test_the_citation_is_the_nearest() -> None:
    """That of the band or grade; else that of its node; else that of the group around it."""
    found = {each.id: each.source[0].at for each in rich()}
    assert "baris 1" == found["naik[2]"]
    assert "baris 6" == found["pantas[true]"]
    assert "seluruhnya" == found["tangga[satu,dua]"]
    assert "tabel 9" == found["total[score=52]"]


def test_without_any_source_nothing_is_cited() -> None:
    """A rubric that names none has vectors all the same."""
    assert {()} == {
        each.source for each in edges(rubric("combine: sum\nindicators: {a: {levels: {x: 1}}}\n"))
    }


def test_a_node_that_never_applies_has_no_vectors() -> None:
    """Nothing can be expected of it."""
    text = (
        "facts: {f: {kind: choice, options: {a: A, b: B}}}\ncombine: sum\nindicators:\n"
        "  x: {levels: {ya: 1}}\n  y: {applies: {f: 'not(a, b)'}, measure: {in: '> 0'}, bands: {1: {when: '> 0'}}}\n"
    )
    assert {"x"} == {each.of for each in edges(rubric(text))}


def test_a_plain_sheet_that_a_gate_refuses_is_mended() -> None:
    """Around an edge stand answers that no gate refuses; a bound of the gate itself is tried on both sides."""
    text = (
        "facts: {f: {in: '[0..100]', step: 1}}\ncombine: sum\n"
        "requires: {g: {when: {f: '>= 90'}, text: T}}\nindicators: {a: {levels: {x: 1, y: 2}}}\n"
    )
    found = edges(rubric(text))
    assert {"complete"} == {each.expect.status for each in found if each.of == "a"}
    assert {("89", "invalid"), ("90", "complete"), ("91", "complete")} == {
        (str(each.facts["f"]), each.expect.status) for each in found if each.kind == "gate"
    }
    assert {} == covering(found, rubric(text)).missing


def test_a_rubric_that_refuses_every_sheet() -> None:
    """Where no sheet is complete the vectors say so, and still agree."""
    text = (
        "facts: {f: {kind: yes-no}}\ncombine: sum\n"
        "requires: {g: {when: {f: true}, text: T}, h: {when: {f: false}, text: T}}\n"
        "indicators: {a: {levels: {x: 1, y: 2}}}\n"
    )
    found = edges(rubric(text))
    assert {"invalid"} == {each.expect.status for each in found}
    assert len(found) == fed_back(found, rubric(text))


def test_what_nodes_ask_of_each_other() -> None:
    """Bounds on what another node came to are looked for where nothing tells which scores can occur."""
    text = (
        "facts: {f: {in: '[0..9]'}, k: {kind: choice, options: {a: A, b: B}}}\ncombine: sum\nindicators:\n"
        "  a: {formula: 'f / 3'}\n"
        "  b: {bands: {0: {when: {a.score: '< 2'}}, 1: {when: {a.score: '>= 2'}}}}\n"
        "  c: {applies: {b.score: '1'}, levels: {x: 1, y: 0}}\n"
        "  d: {levels: {true: 1, false: 0}}\n"
        "  e: {formula: [{when: {k: a}, is: 1}, {when: {k: b}, is: 'b.score'}]}\n"
        "aside: {l: {grades: {u: {when: {d.score: '1'}}, t: {when: {d.score: '0'}}}},\n"
        "  m: {grades: {v: {when: {l.grade: u}}, w: {when: {l.grade: t}}}}}\n"
    )
    found = edges(rubric(text))
    assert {} == covering(found, rubric(text)).missing
    assert {"band", "applies", "case", "grade"} <= {each.kind for each in found}
    assert {Fraction(2)} <= {each.facts["f"] / 3 for each in found if each.of == "b" and each.bound == "2"}


def test_weights_by_cases_and_cases_of_a_band() -> None:
    """What decides a weight or the score of a line is tried where that line holds."""
    text = (
        "facts: {n: {in: '[0..9]', step: 1}}\ncombine: weighted-mean\nindicators:\n"
        "  a: {weight: [{when: {n: '< 5'}, is: 1}, {when: {n: '>= 5'}, is: 2}], levels: {x: 1, y: 0}}\n"
        "  b: {weight: 1, measure: {in: '[0..4]', step: 1}, bands: {low: {when: '< 2', score: 0},\n"
        "    high: {when: '>= 2', score: [{when: {n: '< 7'}, is: 1}, {when: {n: '>= 7'}, is: value / 2}]}}}\n"
    )
    found = edges(rubric(text))
    assert {("4", "below"), ("5", "at"), ("6", "above")} == {
        (str(each.facts["n"]), each.side) for each in found if each.kind == "weight"
    }
    assert {("high", "7")} == {(each.expect.of_band, each.bound) for each in found if each.kind == "case"}


def test_a_score_on_the_real_line_next_to_a_grade() -> None:
    """An answer that is the score is tried at the bound and one unit to either side of it."""
    text = (
        "combine: sum\ngrades: {u: {when: '< 2.5'}, t: {when: '>= 2.5'}}\n"
        "indicators: {a: {direct: {in: '[0..9]'}}}\n"
    )
    found = [each for each in edges(rubric(text)) if each.kind == "grade"]
    assert [("2.4", "u"), ("2.5", "t"), ("2.6", "t")] == sorted(
        (str(float(each.expect.total or 0)), each.expect.grade) for each in found
    )


def test_cap_and_scale_look_at_what_was_before() -> None:
    """A score beyond the cap is a vector; a scale of one point has no inside, and is left alone."""
    text = "combine: sum\ncap: '<= 2'\nindicators: {a: {levels: {x: 1, y: 2, z: 3}}}\n"
    found = [(each.id, str(each.expect.total)) for each in edges(rubric(text)) if each.kind == "cap"]
    assert [("total[raw=1]", "1"), ("total[raw=2]", "2"), ("total[raw=3]", "2")] == sorted(found)
    flat = "combine: sum\ncap: '<= 2'\nscale: {from: [0, 9], to: [1, 1]}\nindicators: {a: {levels: {x: 1}}}\n"
    assert {"level", "scale"} == {each.kind for each in edges(rubric(flat))}


def reached_whole(text: str) -> tuple[Vector, ...]:
    """The vectors of a rubric, of which some reaches everything, and all agree."""
    found = edges(rubric(text))
    assert {} == covering(found, rubric(text)).missing
    assert len(found) == fed_back(found, rubric(text))
    return found


def test_a_band_between_neighbours() -> None:
    """A band that no bound's neighbour falls in has a vector all the same, named after the band."""
    found = reached_whole(
        "combine: sum\nindicators: {a: {measure: {}, bands: {1: {when: '<= 30'}, 2: {when: '(30..31)'},"
        " 3: {when: '>= 31'}}}}\n"
    )
    assert ["2"] == [each.bound for each in found if each.expect.of_band == "2"]


def test_a_band_that_only_rounding_comes_to() -> None:
    """Zero is outside of the domain, and half is rounded to it."""
    found = reached_whole(
        "combine: sum\nindicators:\n  a:\n    measure: {in: '(0..10]', round: {to: 1, mode: floor}}\n"
        "    bands: {0: {when: '0'}, 1: {when: '(0..10]'}}\n  b: {levels: {x: 1}}\n"
    )
    assert {"0", "1"} <= {each.expect.of_band for each in found}


def test_grades_by_score_and_fact() -> None:
    """A class that asks for a fact beside the score, gates on the score, and a grade that only a gate sets."""
    reached_whole(
        "facts: {f: {kind: yes-no}}\ncombine: sum\n"
        "grades: {d: {when: none}, c: {when: '< 2'}, b: {when: {value: '>= 2', f: false}},"
        " a: {when: {value: '>= 2', f: true}}}\n"
        "requires: {g: {when: {value: 'not(2)'}, grade: d, text: T}, h: {when: '> 0', text: T}}\n"
        "indicators: {i: {levels: {x: 0, y: 1, z: 2}}, j: {levels: {x: 0, y: 1}}}\n"
    )


def test_grades_of_what_other_nodes_came_to() -> None:
    """Where nodes read each other's grades many sheets are gone through."""
    text = "\n  ".join(f"n{n}: {{levels: {{x: 0, y: 1, z: 2}}}}" for n in range(8))
    reached_whole(
        f"combine: sum\ngrades: {{c: {{when: '< 9'}}, b: {{when: '>= 9'}}}}\nindicators:\n  {text}\n"
        "aside:\n  l: {grades: {p: {when: {total.grade: c}}, q: {when: {total.grade: b, n0.score: '0'}},"
        " r: {when: {total.grade: b, n0.score: 'not(0)'}}}}\n"
    )


def test_gates_on_several_things_at_once() -> None:
    """One that asks for three things is passed by a sheet that has all, one of two ways is failed where neither is."""
    reached_whole(
        "facts: {f: {kind: yes-no}, k: {kind: yes-no},\n"
        "  p: {kind: choice, options: {x: X, y: Y, z: Z}}, q: {kind: choice, options: {x: X, y: Y, z: Z}}}\n"
        "combine: sum\ngrades: {a: {when: none}, b: {when: '-'}}\n"
        "requires: {g: {when: {f: true, k: true, a.score: '2'}, grade: a, text: T},"
        " h: {when: [{p: y}, {q: y}], grade: a, text: T}}\n"
        "indicators: {a: {levels: {x: 0, y: 1, z: 2}}, c: {levels: {x: 0, y: 1, z: 4}}}\n"
    )


@pytest.mark.parametrize("other", ["f: {}", "a.score: {}"])
def test_a_grade_for_a_high_total_and_something_else(other: str) -> None:
    """A total next to a bound is not enough: both have to be met together."""
    yes, no = ("true", "false") if other.startswith("f") else ("'2'", "'not(2)'")
    levels = "{levels: {x: 0, y: 1, z: 2}}"
    reached_whole(
        "facts: {f: {kind: yes-no}}\ncombine: sum\ngrades: {c: {when: '<= 7'},"
        f" b: {{when: {{value: '> 7', {other.format(no)}}}}}, a: {{when: {{value: '> 7', {other.format(yes)}}}}}}}\n"
        f"indicators: {{a: {levels}, b: {levels}, c: {levels}, d: {levels}, e: {levels}}}\n"
    )


def test_a_bound_on_a_score_that_is_not_always_there() -> None:
    """Where the node does not apply it has no score next to anything."""
    found = reached_whole(
        "facts: {f: {in: '[0..9]'}, g: {kind: yes-no}}\ncombine: sum\nindicators:\n"
        "  i: {applies: {g: true}, formula: 'f * f', grades: {a: {when: '< 8'}, b: {when: '>= 8'}}}\n"
        "  j: {levels: {x: 1}}\n"
    )
    assert {"a", "b"} == {each.expect.of_grade for each in found if each.of == "i"} - {""}


def test_corners_of_options() -> None:
    """Of a choice or a yes-no each option that a condition allows."""
    found = reached_whole(
        "facts: {k: {kind: choice, options: {p: P, q: Q, r: R}}, f: {kind: yes-no}}\ncombine: sum\nindicators:\n"
        "  a: {bands: {1: {when: {k: 'p, q', f: true}}, 2: {when: {k: r}}, 0: {when: {k: 'p, q', f: false}}}}\n"
    )
    assert {(k, f) for k in "pq" for f in (True, False)} <= {(v.facts["k"], v.facts["f"]) for v in found}


def test_a_number_that_only_comes_of_rounding_is_not_stated() -> None:
    """Nought lies outside of the domain: what is rounded to it is stated instead."""
    planned = plan(
        rubric(
            "combine: sum\nindicators: {a: {measure: {in: '(0..10]', round: {to: 1, mode: floor}},"
            " bands: {0: {when: '0'}, 1: {when: '> 0'}}}}\n"
        )
    )
    node: Any = planned.nodes["a"]
    (facts,) = Whole(planned).meeting([node.bands[0].rule])
    assert 0 < facts["a"] < 1


def test_what_is_out_of_reach_is_left_out() -> None:
    """A grade above every total has no vector of its own, and nothing is gone through for it."""
    text = "combine: sum\ngrades: {a: {when: '< 5'}, b: {when: '>= 5'}}\nindicators: {i: {levels: {x: 0, y: 1}}}\n"
    found = edges(rubric(text))
    assert {"grade": {"total": ("b",)}} == covering(found, rubric(text)).missing


def test_a_fact_of_a_node_that_does_not_apply_is_kept_where_another_reads_it() -> None:
    """Without it the other would have no answer."""
    found = reached_whole(
        "facts: {k: {kind: yes-no}}\ncombine: sum\nindicators:\n"
        "  a:\n    applies: {k: true}\n    facts: {p: {in: '[0..9]'}}\n"
        "    bands: {0: {when: {p: '< 5'}}, 1: {when: {p: '>= 5'}}}\n"
        "  b: {bands: {0: {when: {a.p: '< 5'}}, 1: {when: {a.p: '>= 5'}}}}\n"
    )
    assert any(each.facts["k"] is False and "a.p" in each.facts for each in found)
    assert {"complete", "invalid"} == {each.expect.status for each in found}


def test_corners_with_a_derived_fact_that_cannot_be_come_to() -> None:
    """They are left out; the bands are reached by other sheets."""
    reached_whole(
        "facts: {s: {in: '[0..9]'}, p: {in: '[0..9]'}}\ncombine: sum\nindicators:\n"
        "  a:\n    facts: {d: {from: 's * s'}}\n"
        "    bands: {0: {when: {d: '<= 5'}}, 1: {when: {d: '> 5', p: '> 1'}}, 2: {when: {d: '> 5', p: '<= 1'}}}\n"
        "  b: {bands: {0: {when: {s: '< 3'}}, 1: {when: {s: '>= 3'}}}}\n"
    )


@pytest.mark.parametrize(
    ("formula", "near"),
    [
        ("f * 4", {"1.75", "2", "2.25"}),
        ("f * f", set()),
        ("f ** 2", set()),
        ("max(f, 3)", set()),
        ("sum(f, g)", {"7", "8", "9"}),
    ],
)
def test_a_bound_on_a_formula(formula: str, near: set[str]) -> None:
    """Scores at the bound and one unit beside it, where they are linear in an answer; else the nearest found."""
    found = reached_whole(
        "facts: {f: {in: '[0..9]'}, g: {in: '[0..9]', step: 1}}\ncombine: sum\n"
        "grades: {a: {when: '< 8'}, b: {when: '>= 8'}}\n"
        f"indicators: {{i: {{applies: {{g: '< 9'}}, formula: '{formula}'}},"
        " j: {bands: {0: {when: {g: '-'}}}}}\n"
    )
    totals = [each.expect.total for each in found if each.kind == "grade" and each.bound == "8"]
    assert min(t for t in totals if t is not None) < 8 <= max(t for t in totals if t is not None)
    assert near <= {str(float(each.facts["f"])).removesuffix(".0") for each in found} or "g" in formula


# --- the numbers at a bound


@pytest.mark.parametrize(
    ("bound", "step", "small"),
    [("40", None, "1"), ("97.5", None, "0.1"), ("1/3", None, "0.01"), ("40", "0.25", "0.25")],
)
def test_the_smallest_step(bound: str, step: str | None, small: str) -> None:
    """The step of the fact; else one unit in the last decimal that is printed; else a hundredth."""
    assert Fraction(small) == unit(Fraction(bound), Fraction(step) if step else None)


def test_a_bound_between_steps() -> None:
    """Where the bound itself is no answer, the steps around it are."""
    fact = plan(
        rubric("combine: sum\nindicators: {a: {measure: {step: 2}, bands: {1: {when: '-'}}}}\n")
    ).facts["a"]
    assert [2, 4] == [each.value for each in around(fact, Fraction(3))]
    assert ["below", "at", "above"] == [side(Fraction(at), Fraction(3)) for at in (2, 3, 4)]


def test_a_measure_that_is_rounded_turns_between_its_steps() -> None:
    """The places at which it becomes another number are tried, too."""
    fact = plan(
        rubric(
            "combine: sum\nindicators: {a: {measure: {round: {to: 1, mode: half-up}}, bands: {1: {when: '-'}}}}\n"
        )
    ).facts["a"]
    near = [str(float(each.value)) for each in around(fact, Fraction(10))]
    assert ["9.0", "9.4", "9.5", "9.6", "9.9", "10.0", "10.1", "10.4", "10.5", "10.6", "11.0"] == near


def test_numbers_that_enter_a_score_are_tried_far_and_near() -> None:
    """No cell can stand for several of them."""
    planned = plan(rubric("combine: sum\nindicators: {a: {direct: {in: '>= 0', step: 10}}}\n"))
    assert [0, 10, 20, 30, 50, 60, 70, 80, 100, 1000] == [
        int(each) for each in pool(planned, planned.facts["a"])
    ]


def test_a_condition_with_no_step_between_its_ends_or_no_answer() -> None:
    """A corner is then any answer that it allows; where it allows none there is no corner."""
    text = (
        "facts: {p: {}, r: {step: 10}, q: {in: '[0..1]', step: 1}}\ncombine: sum\nindicators:\n"
        "  a: {bands: {1: {when: {p: '(1..2)', q: '1'}}, 0: {when: {p: 'not((1..2))'}},"
        " 2: {when: {p: '(1..2)', q: '0'}}}}\n"
        "  b: {bands: {1: {when: {r: '(1..9)', q: '1'}}, 0: {when: {r: 'not((1..9))'}}}}\n"
    )
    found = edges(rubric(text))
    assert {(Fraction("1.1"), 1), (Fraction("1.1"), 0)} <= {
        (each.facts["p"], each.facts["q"]) for each in found
    }
    assert {0, 10} == {each.facts["r"] for each in found}


# --- whole sheets


def test_sheets_around_an_answer_to_a_part() -> None:
    """A derived fact is not stated beside a part of it, which is what it follows from."""
    planned = plan(kinerja.load("pk-bkm"))
    sheets = Whole(planned)
    given = sheets.whole({"pengurangan.luas_awal": Fraction(4)})
    assert {"pengurangan.luas_awal", "pengurangan.luas_kini"} <= given.keys()
    assert "pengurangan" not in given
    assert "pengurangan.luas_awal" not in sheets.whole({"pengurangan": Fraction(4)})


def test_more_sheets_than_are_gone_through() -> None:
    """Where there are too many combinations some of each kind are gone through, each once."""
    sheets = Whole(plan(kinerja.load("makassar-rt-rw")))
    found = [str(facts) for facts, _ in sheets.survey]
    assert 1_000 < len(found) <= sheets_of.SURVEYED
    assert len(found) == len(set(found))


def test_a_search_for_a_complete_sheet_ends() -> None:
    """A rubric with many facts that refuses every sheet is given up on."""
    facts = "".join(f"  f{n}: {{in: '[0..9]', step: 1}}\n" for n in range(40))
    text = f"facts:\n{facts}combine: sum\nindicators: {{a: {{levels: {{x: 1}}}}}}\n"
    gates = "requires: {g: {when: {f1: '> 3'}, text: T}, h: {when: {f1: '< 3'}, text: T}}\n"
    sheets = Whole(plan(rubric(text + gates)))
    assert "invalid" == sheets.evaluate(sheets.mended({})).status


# --- files of vectors


def fed_back(found: tuple[Vector, ...], of: Rubric, locale: Language | None = None) -> int:
    """How many rows of a table of these vectors come to what they say, read and scored like any table."""
    evaluator = Evaluator(of)
    table = read_table(
        to_csv(found, rubric=of, locale=locale), name="v.csv", evaluator=evaluator, locale=locale
    )
    results = [evaluator.evaluate(row.sheet).outcome for row in table]
    return sum(each.expect == expected(result, each.of) for each, result in zip(found, results, strict=True))


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize("locale", ["id", "en", None])
def test_a_table_of_vectors_is_a_table_of_sheets(name: str, locale: Language | None) -> None:
    """Scored like any table, every row comes to what it says."""
    assert len(vectors(name)) == fed_back(vectors(name), kinerja.load(name), locale)


@pytest.mark.parametrize("name", BUNDLED)
@pytest.mark.parametrize(("ending", "locale"), [("csv", None), ("csv", "id"), ("json", None)])
def test_a_file_of_vectors_agrees_with_its_rubric(
    name: str, ending: str, locale: Language | None, tmp_path: Path
) -> None:
    """Fed back, every row agrees."""
    path = tmp_path / f"v.{ending}"
    write_vectors(path, vectors(name), rubric=kinerja.load(name), locale=locale)
    found = against(path, rubric=kinerja.load(name), locale=locale)
    assert (len(vectors(name)), 0, True) == (found.rows, found.differing, found.holds)


def changed(path: Path, id_: str, word: str, said: str) -> None:
    """The same file with one cell changed by hand."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"))))
    at = rows[0].index(f"expect:{word}")
    next(row for row in rows if row[0] == id_)[at] = said
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.mark.parametrize(
    ("word", "said", "told"),
    [
        ("total", "51", "perempuan[40]: total is 51 here, and 50 by the rubric"),
        ("total", "lima puluh", "perempuan[40]: total is lima puluh here, and 50 by the rubric"),
        ("of.band", "2", "perempuan[40]: of.band is 2 here, and 1 by the rubric"),
        ("grade", "baik", "perempuan[40]: grade is baik here, and – by the rubric"),
        ("status", "", "perempuan[40]: status is – here, and complete by the rubric"),
        ("total", "50.0", ""),
        ("total", "100/2", ""),
    ],
)
def test_a_figure_changed_by_hand_is_named(word: str, said: str, told: str, tmp_path: Path) -> None:
    """By its row, its column and its place; another spelling of the same number is none."""
    path = tmp_path / "v.csv"
    write_vectors(path, vectors("pk-bkm"), rubric=kinerja.load("pk-bkm"))
    changed(path, "perempuan[40]", word, said)
    found = against(path, rubric=kinerja.load("pk-bkm"))
    line = 2 + [each.id for each in vectors("pk-bkm")].index("perempuan[40]")
    assert [told] * bool(told) == [each.message() for each in found.findings]
    assert {f"{path}:{line}"} >= {str(each.place).rpartition(":")[0] for each in found.findings}


def test_numbers_of_another_system_in_the_locale_of_the_file(tmp_path: Path) -> None:
    """In Indonesian a comma is the decimal sign; a fraction is one everywhere."""
    path = tmp_path / "v.csv"
    text = "lokasi;perempuan;expect:of;expect:of.score\nkumuh;40,5;perempuan;{}\n"
    for said, agrees in (("2,0", True), ("4/2", True), ("2.0", True), ("2,5", False)):
        path.write_text(text.format(said), encoding="utf-8")
        assert agrees == against(path, rubric=kinerja.load("pk-bkm"), locale="id").holds


def test_a_column_that_is_not_there_is_not_compared(tmp_path: Path) -> None:
    """Another system may know the total only; a row then is about the whole."""
    path = tmp_path / "v.csv"
    path.write_text(
        "lokasi,perempuan,expect:status\nkumuh,40,incomplete\nkumuh,45,complete\n", encoding="utf-8"
    )
    found = against(path, rubric=kinerja.load("pk-bkm"))
    assert (2, 1) == (found.rows, found.differing)
    assert ["total: status is complete here, and incomplete by the rubric"] == [
        each.message() for each in found.findings
    ]


def test_json_is_exact_and_versioned(tmp_path: Path) -> None:
    """Whole numbers are numbers, others text, what is expected always text; a changed one is named by its vector."""
    of = rubric(RICH)
    data = json.loads(to_json(rich(), rubric=of))
    assert (1, "x") == (data["kinerja-vectors"], data["rubric"]["id"])
    halves = next(each for each in data["vectors"] if each["id"] == "naik[2.5]")
    assert "2.5" == halves["facts"]["naik"]
    ladder = next(each for each in data["vectors"] if each["id"] == "tangga[satu,dua]")
    assert ["dua", "satu"] == sorted(ladder["facts"]["tangga"])
    ladder["expect"] = {"of.score": "49"}
    ladder["facts"]["naik"] = 2.5
    path = tmp_path / "v.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    found = against(path, rubric=of)
    assert ["tangga[satu,dua]: of.score is 49 here, and 50 by the rubric"] == [
        e.message() for e in found.findings
    ]


def test_a_number_of_three_decimals_is_never_a_thousand() -> None:
    """Without a locale 1.125 would be refused as doubtful, so it has one more digit."""
    of = rubric(
        "combine: sum\nindicators:\n"
        "  a: {measure: {in: '[0..9]'}, bands: {1: {when: '> 1.125'}, 0: {when: '<= 1.125'}}}\n"
    )
    assert "1.1250" in to_csv(edges(of), rubric=of)
    assert "1,125;" in to_csv(edges(of), rubric=of, locale="id")
    assert len(edges(of)) == fed_back(edges(of), of) == fed_back(edges(of), of, "id")


def test_a_fraction_that_no_locale_writes() -> None:
    """It stays one where numbers are written as in a rubric, and is refused for a locale."""
    of = rubric(
        "combine: sum\nindicators: {a: {measure: {in: '[0..9]'}, bands: {1: {when: '> 1/3'}, 0: {when: '<= 1/3'}}}}\n"
    )
    assert len(edges(of)) == fed_back(edges(of), of)
    with pytest.raises(UsageError) as caught:
        to_csv(edges(of), rubric=of, locale="id")
    assert [("K577", "97/300")] == [(each.code, each.values["value"]) for each in caught.value.diagnostics]


def test_ids_and_names_that_a_table_has_other_words_for(tmp_path: Path) -> None:
    """A fact called `id` has its column; a band called -1 is a number, and a grade called =a is no formula."""
    of = rubric(
        "facts: {id: {kind: yes-no}}\ncombine: sum\ngrades: {'=a': {when: '< 0'}, b: {when: '>= 0'}}\n"
        "indicators:\n  c: {levels: {x: 0, y: 1}}\n"
        "  a: {applies: {id: true}, measure: {in: '[0..9]'}, bands: {-1: {when: '> 3'}, 0: {when: '<= 3'}}}\n"
    )
    found = edges(of)
    text = to_csv(found, rubric=of)
    assert text.startswith("id,")
    assert ",-1," in text
    assert "'=a" in text
    write_vectors(tmp_path / "v.csv", found, rubric=of)
    assert against(tmp_path / "v.csv", rubric=of).holds


def test_a_set_has_a_column_for_each_option() -> None:
    """True or false for each; where the set is not asked for, all of them are empty."""
    of = rubric(
        "facts: {k: {kind: yes-no}}\ncombine: sum\nindicators:\n"
        "  a: {applies: {k: true}, ladder: {satu: 1, dua: 2}, otherwise: 0}\n  b: {levels: {x: 1}}\n"
    )
    rows = list(csv.DictReader(io.StringIO(to_csv(edges(of), rubric=of))))
    said = {(row["a.satu"], row["a.dua"]) for row in rows}
    assert {("false", "false"), ("true", "false"), ("true", "true"), ("false", "true"), ("", "")} == said


# --- the command


def test_the_command_writes_and_compares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Written, compared, changed, compared again: the row is named, and the exit code says so."""
    path = tmp_path / "v.csv"
    assert 0 == run(["test", "pk-bkm", "--vectors", str(path), "--language", "en"])
    assert f"{path}: vectors written {len(vectors('pk-bkm'))}" in capsys.readouterr().out.replace("\n", "")
    assert 0 == run(["test", "pk-bkm", "--against", str(path)])
    changed(path, "perempuan[40]", "total", "51")
    capsys.readouterr()
    assert 1 == run(["test", "pk-bkm", "--against", str(path), "--language", "en"])
    told = capsys.readouterr()
    assert "error K571: perempuan[40]: total is 51 here, and 50 by the rubric" in told.err
    assert told.out.endswith(f"rows that agree {len(vectors('pk-bkm')) - 1}, that differ 1\n")


@pytest.mark.parametrize(
    ("options", "option"),
    [
        (["--format", "json"], "--format"),
        (["--vectors", "vektor.json", "--locale", "id"], "--locale"),
        (["--coverage", "--locale", "en"], "--locale"),
    ],
)
def test_an_option_of_tests_without_effect_is_refused(
    options: list[str], option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever gives it expects something of it: one line says why it has none, and nothing is written."""
    assert 2 == run(["test", "pk-bkm", *options])
    captured = capsys.readouterr()
    assert ("", True) == (
        captured.out,
        captured.err.startswith(f"galat K556: opsi {option} tidak berpengaruh"),
    )


def test_the_command_names_as_many_as_anybody_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a table that is wrong everywhere a hundred figures are told, and how many more there are."""
    path = tmp_path / "v.csv"
    rows = "".join(f"kumuh,{n},7,7\n" for n in range(60))
    path.write_text(f"lokasi,perempuan,expect:total,expect:shown\n{rows}", encoding="utf-8")
    assert 1 == run(["test", "pk-bkm", "--against", str(path), "--language", "en"])
    told = capsys.readouterr().err
    assert 100 == told.count("K571")
    assert "K543: and at least 20 more like these" in told
