"""The plan: names resolved, order fixed, regions found, and nothing of the language left out in silence."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.feel import MISSING, NOT_APPLICABLE, condition
from kinerja.intervals import IntervalSet
from kinerja.language.documents import read
from kinerja.language.readings import reread
from kinerja.language.structure import structure
from kinerja.model import (
    Band,
    Bands,
    Choice,
    Citation,
    Evidence,
    Fact,
    Grade,
    Level,
    Levels,
    Node,
    Number,
    Option,
    Rubric,
    Scale,
)
from kinerja.numbers import Rounding
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, plan
from kinerja.plan.parts import Scaling
from kinerja.plan.regions import Regions
from kinerja.plan.rules import BAD, Rule
from kinerja.plan.rules import Test as Asked
from tests.strategies.feel import Cell, number_conditions

YES_NO = {"ya": Level(score=1), "tidak": Level(score=0)}


def planned(text: str) -> Plan:
    """The plan of a rubric in a text, with the head that all of them have."""
    return plan(structure(read(f"kinerja: 1\nid: x\ncombine: mean\n{text}", name="x")))


def refused(rubric: Rubric | str) -> list[tuple[str, str]]:
    """The codes and paths of what a plan refuses."""
    with pytest.raises(kinerja.RubricError) as caught:
        planned(rubric) if isinstance(rubric, str) else plan(rubric)
    return [(each.code, each.where) for each in caught.value.diagnostics]


# --- names

NESTED = """\
facts:
  lokasi: {options: {a: A, b: B}}
  luas: {}
indicators:
  luar:
    combine: mean
    facts: {luas: {unit: ha}}
    indicators:
      dalam:
        facts: {luas: {unit: m2}, lebar: {}}
        measure: {from: "luas * lebar"}
        bands: {1: {when: "> 0"}, 0: {when: "<= 0"}}
      tetangga:
        applies: {lokasi: a, luas: "> 0"}
        measure: {from: "luas + luar.dalam.lebar"}
        bands: {1: {when: "> 0"}, 0: {when: "<= 0"}}
  sendiri:
    applies: {luar.luas: "> 0", luas: "> 0"}
    levels: {x: 1, y: 0}
"""


def test_the_nearest_scope_wins() -> None:
    """A name means the fact of the node itself, or of the nearest one around it; so does a dotted name."""
    found = planned(NESTED)
    assert {"luas": "luar.dalam.luas", "lebar": "luar.dalam.lebar"} == found.facts["luar.dalam"].operands
    assert {"luas": "luar.luas", "luar.dalam.lebar": "luar.dalam.lebar"} == found.facts[
        "luar.tetangga"
    ].operands
    applies = {path: node.applies.names for path, node in found.nodes.items() if node.applies is not None}
    assert {"luar.tetangga": ("lokasi", "luar.luas"), "sendiri": ("luar.luas", "luas")} == applies


def test_derived_facts_come_after_their_operands() -> None:
    """Whatever order they are written in, each derived fact can be computed when its turn comes."""
    chain = "facts: {d: {from: c + 1}, c: {from: b + 1}, b: {from: a + 1}, e: {from: c + d}, a: {}}\n"
    found = planned(chain + "indicators: {i: {levels: {x: 1}}}\n")
    assert ["b", "c", "d", "e"] == [fact.name for fact in found.derived]


def test_children_and_facts_have_full_names() -> None:
    """Everything that a sheet may name is known by its dotted name, in the order of the rubric."""
    assert [
        "lokasi",
        "luas",
        "luar.luas",
        "luar.dalam.luas",
        "luar.dalam.lebar",
        "luar.dalam",
        "luar.tetangga",
        "sendiri",
        "luar",
        "total",
    ] == list(planned(NESTED).named)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("facts: {a: {from: b}, b: {from: a}}", [("K181", "facts.a.from")]),
        ("facts: {a: {from: a + 1}}", [("K181", "facts.a.from")]),
        ("facts: {a: {from: b}, b: {from: c}, c: {from: b}}", [("K181", "facts.b.from")]),
        ("facts: {a: {from: tidak_ada}}", [("K180", "facts.a.from")]),
        ("facts: {a: {from: total}}", [("K184", "facts.a.from")]),
        ("facts: {a: {from: value * 2}}", [("K184", "facts.a.from")]),
        ("facts: {a: {from: i.score * 2}}", [("K184", "facts.a.from")]),
        ("facts: {a: {from: b}, b: {kind: yes-no}}", [("K189", "facts.a.from")]),
        ("facts: {a: {in: kumuh}}", [("K166", "facts.a.in")]),
        ("facts: {a: {step: -1}}", [("K194", "facts.a.step")]),
        ("facts: {a: {kind: set}}", [("K190", "facts.a")]),
        ("facts: {a: {missing: x}}", [("K130", "facts.a.missing")]),
        ("facts: {a: {in: '> 0', missing: 0}}", [("K192", "facts.a.missing")]),
        ("facts: {a: {step: 1, missing: 0.5}}", [("K192", "facts.a.missing")]),
        ("facts: {a: {options: {b: B}, missing: c}}", [("K167", "facts.a.missing")]),
        (
            "facts: {a: {options: {b: B}, missing: '-'}, d: {kind: yes-no, missing: '-'}}",
            [("K192", "facts.d.missing")],
        ),
        ("facts: {a: {kind: yes-no, missing: ya}}", [("K169", "facts.a.missing")]),
        ("facts: {a: {kind: set, options: {b: B}, missing: b}}", [("K192", "facts.a.missing")]),
        ("facts: {a: {source: kak}}", [("K187", "facts.a.source.0.in")]),
        ("facts: {i: {}}", [("K188", "indicators.i")]),
        ("assessor: fgd", [("K186", "assessor")]),
        ("source: [kak]", [("K187", "source.0.in")]),
        ("scale: {from: [1, 1], to: [0, 1]}", [("K195", "scale.from")]),
    ],
)
def test_what_cannot_be_resolved_is_told_at_its_path(text: str, expected: list[tuple[str, str]]) -> None:
    """Circles, unknown names and values that cannot be are refused, each where it stands."""
    assert expected == refused(f"{text}\nindicators: {{i: {{levels: {{x: 1, y: 0}}}}}}\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("levels: {x: 1}, applies: {value: '1'}", [("K184", "indicators.i.applies")]),
        ("levels: {x: 1}, applies: {i.grade: x}", [("K184", "indicators.i.applies.i.grade")]),
        ("levels: {x: 1}, applies: [{a: '1'}, {b: '1'}]", [("K180", "indicators.i.applies.1.b")]),
        ("levels: {x: 1}, applies: {s: p}", [("K185", "indicators.i.applies.s")]),
        ("levels: {x: 1}, applies: {c: r}", [("K167", "indicators.i.applies.c")]),
        ("levels: {x: 1}, assessor: kota", [("K186", "indicators.i.assessor")]),
        ("levels: {x: {score: 1, source: k}}", [("K187", "indicators.i.levels.x.source.0.in")]),
        ("levels: {x: 1}, weight: 5%", [("K183", "indicators.i.weight")]),
        ("levels: {x: 1}, missing: nol", [("K191", "indicators.i.missing")]),
        ("levels: {x: none}", [("K102", "indicators.i.levels.x")]),
        ("levels: {x: q * 2}", [("K180", "indicators.i.levels.x.score")]),
        ("levels: {x: c * 2}", [("K189", "indicators.i.levels.x.score")]),
        ("ladder: {}", [("K198", "indicators.i.ladder")]),
        ("ladder: {x: value}", [("K184", "indicators.i.ladder.x.score")]),
        (
            "ladder: {x: {score: 1, source: k}}, otherwise: q",
            [("K187", "indicators.i.ladder.x.source.0.in"), ("K180", "indicators.i.otherwise")],
        ),
        ("direct: {in: x}", [("K166", "indicators.i.measure.in")]),
        (
            "formula: [{when: {q: '1'}, is: c}]",
            [("K180", "indicators.i.formula.0.when.q"), ("K189", "indicators.i.formula.0.is")],
        ),
        ("formula: value + total.score", [("K184", "indicators.i.formula"), ("K181", "indicators.i")]),
        (
            "formula: 1, better: up, cap: '< 1'",
            [("K126", "indicators.i.better"), ("K123", "indicators.i.cap")],
        ),
        ("formula: 1, grades: {g: {when: {value: x}}}", [("K166", "indicators.i.grades.g.when")]),
        (
            "formula: 1, grades: {g: {when: '-', source: k, awards: {b: {from: 1}}}}",
            [("K187", "indicators.i.grades.g.source.0.in"), ("K124", "indicators.i.grades.g.awards.b")],
        ),
        (
            "formula: 1, requires: {g: {when: {i.grade: x}, source: k, grade: z}}",
            [
                ("K125", "indicators.i.requires.g.grade"),
                ("K187", "indicators.i.requires.g.source.0.in"),
                ("K184", "indicators.i.requires.g.when.i.grade"),
            ],
        ),
        ("grades: {g: {when: '> 1'}}", [("K127", "indicators.i"), ("K184", "indicators.i.grades.g.when")]),
        ("levels: {}", [("K198", "indicators.i.levels")]),
        ("bands: {}", [("K198", "indicators.i.bands")]),
        ("bands: {1: {when: '1'}}", [("K102", "indicators.i")]),
        ("bands: {1: {}}, measure: {}", [("K102", "indicators.i.bands.1")]),
        ("bands: {x: {when: '1'}}, measure: {}", [("K197", "indicators.i.bands.x")]),
        ("bands: {1: {when: {a: x}}}", [("K166", "indicators.i.bands.1.when.a")]),
        (
            "bands: {1: {when: x, source: k}}, measure: {}",
            [("K187", "indicators.i.bands.1.source.0.in"), ("K166", "indicators.i.bands.1.when")],
        ),
        ("combine: mean, indicators: {}", [("K198", "indicators.i.indicators")]),
        ("combine: acak, indicators: {j: {levels: {x: 1}}}", [("K196", "indicators.i.combine")]),
        ("indicators: {j: {levels: {x: 1}}}", [("K102", "indicators.i")]),
        (
            "combine: sum, indicators: {j: {levels: {x: 1}, missing: exclude}}",
            [("K191", "indicators.i.indicators.j.missing")],
        ),
        (
            "combine: weighted-mean, indicators: {j: {levels: {x: 1}}}",
            [("K199", "indicators.i.indicators.j")],
        ),
        (
            "combine: weighted-mean, indicators: {j: {levels: {x: 1}, weight: -1}}",
            [("K193", "indicators.i.indicators.j.weight")],
        ),
        (
            "combine: weighted-mean, indicators: {j: {levels: {x: 1}, weight: [{when: {q: x}, is: 1}]}}",
            [("K180", "indicators.i.indicators.j.weight.0.when.q")],
        ),
    ],
)
def test_what_is_wrong_with_an_indicator_is_told_at_its_path(
    text: str, expected: list[tuple[str, str]]
) -> None:
    """Every part of a node that cannot be planned is named where it stands."""
    facts = "facts: {a: {}, s: {kind: set, options: {p: P}}, c: {options: {q: Q}}}"
    assert expected == refused(f"{facts}\nindicators: {{i: {{{text}}}}}\n")


def test_a_weight_may_not_be_no_number_at_all() -> None:
    """In Python a weight could be `none` or name a fact; it is refused as in a file."""
    for weight in ("none", "luas"):
        node = Levels(levels=YES_NO, weight=weight)
        rubric = Rubric(id="x", combine="weighted-sum", facts={"luas": Number()}, indicators={"i": node})
        assert [("K193", "indicators.i.weight")] == refused(rubric)


# --- what is planned


def test_weights_are_whole_numbers_on_one_denominator() -> None:
    """The weights of a group become integers once, so that nothing is divided when a sheet is scored."""
    text = "combine: weighted-mean, indicators: {a: {weight: 5%, levels: {x: 1}}, b: {weight: 2/3, levels: {x: 1}}}"
    group = planned(f"indicators: {{g: {{{text}}}}}\n").nodes["g"]
    assert isinstance(group, PlannedGroup)
    assert [(Fraction(1, 20), 3), (Fraction(2, 3), 40)] == [
        (child.weights[0].share, child.weights[0].points) for child in group.children
    ]


def test_every_score_that_can_occur_is_known() -> None:
    """What a sheet may state is what the bands give, after the node's own scale and rounding."""
    text = "scale: {from: [0, 3], to: [0, 1]}, round: {to: 0.01, mode: half-up}, levels: {x: 1, y: 2}"
    node = planned(f"indicators: {{i: {{{text}}}}}\n").nodes["i"]
    assert isinstance(node, PlannedIndicator)
    assert {Fraction("0.33"), Fraction("0.67")} == node.scores


@pytest.mark.parametrize(
    ("levels", "kind"),
    [("true: 1, false: 0", "yes-no"), ("true: 1, ya: 0", "choice"), ("5: 1, 4: 0", "choice")],
)
def test_levels_are_answered_by_their_ids(levels: str, kind: str) -> None:
    """Levels called true and false are a yes-no; any others are the options of a choice."""
    found = planned(f"indicators: {{i: {{levels: {{{levels}}}, measure: {{title: T}}}}}}\n")
    assert (kind, "T") == (found.facts["i"].kind, found.facts["i"].model.title)
    node = found.nodes["i"]
    assert isinstance(node, PlannedIndicator)
    assert node.table is not None
    assert [(0,), (1,)] == list(node.table.values())


def test_bands_are_looked_up_where_they_ask_one_measure() -> None:
    """Numbers by region, choices and truths by answer; bands over several facts are asked one by one."""
    found = planned(
        "facts: {a: {}}\n"
        "indicators:\n"
        "  n: {measure: {}, bands: {1: {when: '> 0'}, 0: {when: '<= 0'}}}\n"
        "  c: {measure: {options: {p: P, q: Q}}, bands: {1: {when: p}, 0: {when: q}}}\n"
        "  t: {measure: {kind: yes-no}, bands: {1: {when: true}, 0: {when: false}}}\n"
        "  m: {measure: {}, bands: {1: {when: {value: '> 0', a: '> 0'}}, 0: {when: '<= 0'}}}\n"
        "  f: {bands: {1: {when: {a: '> 0'}}, 0: {when: {a: '<= 0'}}}}\n"
    )
    nodes = {name: node for name, node in found.nodes.items() if isinstance(node, PlannedIndicator)}
    assert {"n"} == {name for name, node in nodes.items() if node.regions is not None}
    assert {"c": {"p": (0,), "q": (1,)}, "t": {True: (0,), False: (1,)}} == {
        name: node.table for name, node in nodes.items() if node.table is not None
    }
    assert "value: > 0, a: > 0" == nodes["m"].bands[0].when


def test_conditions_print_on_one_line() -> None:
    """What a band asks is told as one line, whatever its shape."""
    text = "facts: {a: {}, b: {}}\nindicators: {i: {bands: {1: {when: [{a: '1', b: '2'}, {b: '3'}]}}, measure: {}}}\n"
    node = planned(text).nodes["i"]
    assert isinstance(node, PlannedIndicator)
    assert "a: 1, b: 2 | b: 3" == node.bands[0].when


def test_only_what_is_asked_for_is_kept_by_name() -> None:
    """A node whose score or grade nothing asks for costs no name; one with grades of its own asks for its score."""
    plain = "combine: sum, indicators: {a: {levels: {x: 1}}}"
    assert {} == planned(f"indicators: {{g: {{{plain}}}}}\n").references
    graded = planned(f"indicators: {{g: {{{plain}, grades: {{k: {{when: '-'}}}}}}}}\n")
    assert {"g.score": ("g", "score")} == graded.references
    assert {"g"} == {path for path, node in graded.nodes.items() if node.is_asked}


def test_a_plan_is_made_once_for_a_document() -> None:
    """A rubric that was read keeps its plan; one built in Python is planned anew."""
    rubric = structure(read(f"kinerja: 1\nid: x\ncombine: mean\n{NESTED}", name="x"))
    assert plan(rubric) is plan(rubric)
    built = Rubric(id="x", combine="mean", indicators={"i": Levels(levels=YES_NO)})
    assert plan(built) is not plan(built)


# --- a plan like another


@pytest.mark.parametrize(
    "chosen", [(n, a) for n, r in kinerja.load("pk-bkm").readings.items() for a in r.alternatives]
)
def test_a_plan_taken_over_in_part_is_the_same_plan(chosen: tuple[str, str]) -> None:
    """What a patch left alone may be taken over from the plan before it: the answers are those of a plan made anew."""
    rubric = kinerja.load("pk-bkm")
    reading, alternative = chosen
    like = plan(reread(rubric, {reading: alternative}), like=plan(rubric))
    anew = plan(attrs.evolve(reread(rubric, {reading: alternative}), origin=None))
    assert list(anew.nodes) == list(like.nodes)
    assert list(anew.facts) == list(like.facts)
    for path, node in anew.nodes.items():
        assert meaning(node) == meaning(like.nodes[path])


def meaning(part: Any) -> Any:
    """A part of a plan as plain values: what it holds, not which object it is."""
    if attrs.has(type(part)) and not isinstance(part, Node | Fact | Grade | Citation):
        return {
            a.name: meaning(getattr(part, a.name))
            for a in attrs.fields(type(part))
            if a.name not in ("children", "aside", "like")
        }
    if isinstance(part, Rule | Asked | Regions | Scaling):
        return {name: meaning(getattr(part, name)) for name in type(part).__slots__ if name != "holds"}
    if isinstance(part, tuple | list):
        return [meaning(each) for each in part]
    return part


def test_what_a_patch_changed_is_planned_anew() -> None:
    """An indicator that stayed as it was is resolved again where a fact that it asks for has changed."""
    rubric = structure(
        read(
            "kinerja: 1\nid: x\ncombine: mean\nfacts: {l: {options: {a: A, b: B}}}\n"
            "indicators: {i: {applies: {l: not(a)}, levels: {ya: 1}}}\n"
            "readings: {r: {settles: text, problem: p, taken: t, because: b, alternatives: {\n"
            "  tiga: {change: {facts: {l: {options: {c: C}}}}},\n"
            "  satu: {change: {facts: {l: {options: {a: null}}}}}}}}\n",
            name="x",
        )
    )
    applies = plan(reread(rubric, {"r": "tiga"}), like=plan(rubric)).nodes["i"].applies
    assert applies is not None
    assert True is applies.holds({"l": "c"})
    with pytest.raises(kinerja.RubricError) as caught:
        plan(reread(rubric, {"r": "satu"}), like=plan(rubric))
    assert "K167" == caught.value.diagnostics[0].code


def test_a_default_is_rounded_like_an_answer() -> None:
    """What an absent number counts as goes the way that the number itself would go."""
    rounded = "{missing: 2.5, round: {to: 1, mode: half-up}}"
    text = f"facts: {{a: {rounded}, b: {{missing: 2}}, c: {{kind: yes-no, missing: true}}}}\n"
    found = planned(f"{text}indicators: {{i: {{levels: {{x: 1}}}}}}\n")
    assert [("a", 3), ("b", 2), ("c", True)] == [(fact.name, fact.missing) for fact in found.defaults]


# --- regions


@given(st.lists(number_conditions(), max_size=4), st.fractions(-10, 120, max_denominator=8))
def test_regions_find_what_membership_says(cells: list[Cell], number: Fraction) -> None:
    """One bisection gives the sets that hold a number: on the ends, between them and beyond them."""
    regions = Regions([condition(cell.text).numbers() for cell in cells])
    ends = {Fraction(end, regions.scale) for end in regions.bounds}
    for value in {number, Fraction(int(number)), *ends, *(end + Fraction(1, 1000) for end in ends)}:
        assert tuple(index for index, cell in enumerate(cells) if cell.holds(value)) == regions.find(value)
        if value.denominator == 1:
            assert regions.find(value) == regions.find(int(value))


def test_regions_of_nothing_hold_nothing() -> None:
    """Without sets, or without ends, there is one region."""
    assert () == Regions([]).find(5)
    assert (0,) == Regions([~IntervalSet.of()]).find(Fraction(1, 3))


# --- rules


def asked_of(names: str) -> tuple[Asked, ...]:
    """Tests that hold for 1, one for each name."""
    return tuple(Asked(name, "1", frozenset({1}), frozenset({1}).__contains__) for name in names)


def truth(ways: list[str], values: dict[str, Any]) -> bool | None:
    """Three-valued and-or by the table: every completion of what is unknown is tried."""
    unknown = [name for name, value in values.items() if value in (MISSING, BAD)]
    answers = set()
    for guesses in product([0, 1], repeat=len(unknown)):
        known = {**values, **dict(zip(unknown, guesses, strict=True))}
        answers.add(any(all(known[name] == 1 for name in way) for way in ways))
    return answers.pop() if len(answers) == 1 else None


STATES = [0, 1, MISSING, BAD, NOT_APPLICABLE]


@pytest.mark.parametrize("ways", [["a"], ["ab"], ["a", "b"], ["ab", "bc"], ["abc"], ["a", "bc"]])
def test_rules_are_three_valued(ways: list[str]) -> None:
    """A rule holds or not where no answer that is missing could change that; a test of what does not apply is false."""
    rule = Rule(tuple(asked_of(way) for way in ways))
    names = sorted(set("".join(ways)))
    for states in product(STATES, repeat=len(names)):
        values = dict(zip(names, states, strict=True))
        assert truth(ways, values) is rule.holds({n: v for n, v in values.items() if v is not MISSING})


@pytest.mark.parametrize("ways", [["a"], ["ab"], ["a", "b"], ["ab", "bc"]])
def test_rules_name_what_they_wait_for(ways: list[str]) -> None:
    """A rule whose answer is open names facts of which some answer would settle it."""
    rule = Rule(tuple(asked_of(way) for way in ways))
    names = sorted(set("".join(ways)))
    for states in product(STATES, repeat=len(names)):
        values = dict(zip(names, states, strict=True))
        if rule.holds(values) is None:
            wanted = rule.open(values)
            assert wanted
            assert all(values[name] in (MISSING, BAD) for name in wanted)
            assert True is rule.holds({**values, **dict.fromkeys(wanted, 1)})


def test_a_rule_on_one_number_is_a_set() -> None:
    """Ways are united, tests of one way cut, on the steps that are counted in."""
    number = condition("[0..10]").numbers(), condition("> 4").numbers(), condition("[20..21]").numbers()
    one, two, three = (Asked("a", "", each, lambda _: True) for each in number)
    rule = Rule(((one, two), (three,)))
    assert "(4..10], [20..21]" == str(rule.numbers())
    assert "[5..10], [20..21]" == str(rule.numbers(step=Fraction(1)))
    assert ("a",) == rule.names


# --- nothing is left out in silence

#: What a whole rubric cannot have, though it is a group: nothing stands around it.
REFUSED: dict[str, Any] = {
    "weight": "5%",
    "applies": {"luas": "1"},
    "number": "1",
    "missing": "exclude",
    "may_not_apply": True,
}


@pytest.mark.parametrize(("name", "value"), REFUSED.items())
def test_what_means_nothing_on_a_whole_rubric_is_refused_by_name(name: str, value: Any) -> None:
    """A key that only a part of something can have is named with its path."""
    rubric = Rubric(id="x", combine="mean", facts={"luas": Number()}, indicators={"i": Levels(levels=YES_NO)})
    key = {"may_not_apply": "may-not-apply"}.get(name, name)
    assert ("K182", key) in refused(attrs.evolve(rubric, **{name: value}))


@pytest.mark.parametrize("name", ["acak", "Mean", "weighted"])
def test_combines_that_are_not_there_are_refused(name: str) -> None:
    """A way to combine that is not in the language is refused, however near it comes."""
    assert [("K196", "combine")] == refused(
        Rubric(id="x", combine=name, indicators={"i": Levels(levels=YES_NO)})
    )


def test_a_sound_rubric_is_not_refused() -> None:
    """A rubric built in Python is planned as it is."""
    indicator = Levels(
        levels=YES_NO, title="T", evidence={"foto": Evidence(text="Foto")}, shown=Rounding(1, mode="up")
    )
    rubric = Rubric(
        id="x",
        combine="mean",
        sources={"kak": {}},  # type: ignore[dict-item]
        source=Citation(document="kak"),
        scale=Scale(low=(0, 1), to=(0, 100)),
        indicators={
            "i": indicator,
            "c": Bands(measure=Choice(options={"a": Option()}), bands={"1": Band(when="a")}),
        },
    )
    assert ["i", "c", "total"] == list(plan(rubric).nodes)
