"""Checks: gaps, overlaps, open weights, broken alternatives and doubtful numbers, each with what proves it."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.checks import cells as cells_module
from kinerja.checks import findings
from kinerja.checks.every import CHECKS
from kinerja.errors import Diagnostic
from kinerja.feel import condition
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.model import Band, Bands, Group, Level, Levels, Number, Rubric
from kinerja.numbers import MODES, Mode, Rounding
from kinerja.plan import plan

HEAD = "kinerja: 1\nid: x\ncombine: mean\n"


def checked(rubric: Rubric | str) -> list[Diagnostic]:
    """What these checks find; that the smallest rubrics hold much that decides nothing is told elsewhere."""
    told = findings(structure(read(rubric, name="x")) if isinstance(rubric, str) else rubric)
    return [each for each in told if each.code not in ("K225", "K229")]


def found(text: str) -> list[tuple[str, str, dict[str, Any], str]]:
    """Code, path, telling values and place of what is found in a rubric."""
    told = checked(HEAD + text)
    return [(each.code, each.where, telling(each), str(each.place).partition(":")[2]) for each in told]


def telling(diagnostic: Diagnostic) -> dict[str, Any]:
    """The values that prove a finding."""
    return {
        k: v
        for k, v in diagnostic.values.items()
        if k in ("region", "bands", "sum", "expected", "configuration", "text")
    }


def number(measure: str, **bands: str) -> str:
    """One indicator on a number."""
    lines = "".join(f"      {name[1:]}: {{when: {test!r}}}\n" for name, test in bands.items())
    return f"indicators:\n  i:\n    measure: {measure}\n    bands:\n{lines}"


# --- gaps and overlaps on a number


@pytest.mark.parametrize(
    ("measure", "bands", "gap"),
    [
        ('{in: "[0..100]"}', {"b1": "> 40", "b0": "< 40"}, "40"),
        ('{in: "[0..100]"}', {"b1": "> 40", "b0": "< 30"}, "[30..40]"),
        ('{in: "[0..100]"}', {"b1": "[10..40)"}, "[0..10), [40..100]"),
        ("{}", {"b1": "[0..1]"}, "< 0, > 1"),
        ('{in: ">= 0", step: 1}', {"b2": ">= 4", "b1": "[1..2]", "b0": "0"}, "3"),
        ('{in: ">= 0", step: 1}', {"b2": ">= 4.5", "b1": "[1..2]", "b0": "0"}, "[3..4]"),
        ('{in: "[0..1]", step: 0.25}', {"b1": "> 0.75", "b0": "<= 0.25"}, "[0.5..0.75]"),
        ('{in: "[0..10]", round: {to: 1, mode: half-up}}', {"b1": "> 5", "b0": "< 5"}, "5"),
        ('{in: "[0..10)", round: {to: 1, mode: up}}', {"b1": "[5..9]", "b0": "< 5"}, "10"),
        ("{round: {to: 1, mode: down}}", {"b1": "> 0", "b0": "< 0"}, "0"),
        ('{in: "not([1..2])"}', {"b1": "> 3", "b0": "< 1"}, "(2..3]"),
    ],
)
def test_a_gap_is_found(measure: str, bands: dict[str, str], gap: str) -> None:
    """The stretch that no band holds is named as it is: on the line, among whole numbers, after rounding."""
    assert [("K203", "indicators.i.bands", {"region": gap}, "7:5")] == found(number(measure, **bands))


@pytest.mark.parametrize(
    ("measure", "bands", "other", "overlap"),
    [
        ('{in: "[0..100]"}', {"b1": ">= 40", "b0": "<= 40"}, "0", "40"),
        ('{in: "[0..100]"}', {"b1": ">= 40", "b0": "<= 50"}, "0", "[40..50]"),
        ('{in: ">= 0", step: 1}', {"b1": ">= 2", "b0": "< 4"}, "0", "[2..3]"),
        ('{in: "[0..10]", round: {to: 1, mode: half-up}}', {"b1": "> 4.5", "b0": "< 5.5"}, "0", "5"),
        ('{in: "[0..10]"}', {"b1": "-", "b0": "3, 5"}, "0", "3, 5"),
    ],
)
def test_an_overlap_is_found(measure: str, bands: dict[str, str], other: str, overlap: str) -> None:
    """What two bands both hold is named at the second of them."""
    values = {"bands": ["1", "0"], "region": overlap}
    assert [("K204", f"indicators.i.bands.{other}", values, "9:7")] == found(number(measure, **bands))


@pytest.mark.parametrize(
    ("measure", "bands"),
    [
        ('{in: "[0..100]"}', {"b2": "> 40", "b1": "[30..40]", "b0": "< 30"}),
        ('{in: ">= 0", step: 1}', {"b1": ">= 3", "b0": "<= 2"}),
        ('{in: ">= 0", step: 1}', {"b1": "> 2.5", "b0": "< 2.5"}),
        ('{in: "[0..100]", round: {to: 1, mode: half-up}}', {"b1": ">= 3", "b0": "<= 2"}),
        ("{}", {"b1": "-"}),
        ('{in: "[0..10]"}', {"b1": "5", "b0": "not(5)"}),
        ('{in: "[0..10]"}', {"b1": ">= 5", "b0": "< 5", "b7": "> 10"}),
    ],
)
def test_nothing_is_found_in_sound_bands(measure: str, bands: dict[str, str]) -> None:
    """Bands that hold every number of the domain once are left alone; one that holds none is not asked about."""
    assert [] == found(number(measure, **bands))


@given(
    st.lists(st.integers(1, 18), min_size=1, max_size=4, unique=True).map(sorted),
    st.sampled_from(["sound", "hole", "overlap"]),
    st.integers(0, 3),
    st.sampled_from([None, Fraction(1), Fraction(1, 2)]),
)
def test_whole_numbers_tried_one_by_one_agree(
    cuts: list[int], fault: str, at: int, step: Fraction | None
) -> None:
    """Cut the numbers from 0 to 20 anywhere, leave a hole or an overlap at one cut: the checks find just that."""
    at %= len(cuts)
    edges = [0, *cuts, 21]
    ranges = list(pairwise(edges))
    texts = []
    for index, (low, high) in enumerate(ranges):
        start = low + 1 if fault == "hole" and index == at + 1 else low
        end = high + 1 if fault == "overlap" and index == at else high
        texts.append(f"[{start}..{end})" if start < end else "not(-)")
    measure = Number(within="[0..21)", step=step)
    node = Bands(measure=measure, bands={str(n): Band(when=text) for n, text in enumerate(texts)})
    rubric = Rubric(id="x", combine="mean", indicators={"i": node})
    told = checked(rubric)
    numbers = [Fraction(n) * (step or Fraction(1, 4)) for n in range(int(21 / (step or Fraction(1, 4))))]
    holding = {n: [i for i, text in enumerate(texts) if n in condition(text).numbers()] for n in numbers}
    gaps = {n for n, held in holding.items() if not held}
    doubles = {n for n, held in holding.items() if len(held) > 1}
    for code, expected in (("K203", gaps), ("K204", doubles)):
        regions = [condition(each.values["region"]).numbers() for each in told if each.code == code]
        assert expected == {n for n in numbers if any(n in region for region in regions)}
        assert bool(expected) == bool(regions)


@given(
    st.tuples(st.fractions(-4, 4, max_denominator=8), st.fractions(-4, 4, max_denominator=8)).map(sorted),
    st.tuples(st.booleans(), st.booleans()),
    st.sampled_from(MODES),
    st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(3, 4)]),
)
def test_rounded_domains_are_what_rounding_gives(
    ends: list[Fraction], closed: tuple[bool, bool], mode: Mode, to: Fraction
) -> None:
    """After its rounding a measure can be just the numbers that some number of its domain is rounded to."""
    low, high = ends
    left, right = ("[" if closed[0] else "(", "]" if closed[1] else ")") if low < high else "[]"
    measure = Number(within=f"{left}{low}..{high}{right}", round=Rounding(to, mode=mode))
    rubric = Rubric(
        id="x", combine="mean", indicators={"i": Bands(measure=measure, bands={"1": Band(when="-")})}
    )
    domain = cells_module.domain(plan(rubric).facts["i"])
    within = condition(f"{left}{low}..{high}{right}").numbers()
    tiny = Fraction(1, 1000)
    multiples = [to * n for n in range(-12, 13)]
    edges = [low, high, *multiples, *(n + to / 2 for n in multiples)]
    tried = [n + shift for n in edges for shift in (-tiny, 0, tiny)] + [(low + high) / 2]
    assert {Rounding(to, mode=mode).apply(n) for n in tried if n in within} == {
        n for n in multiples if n in domain
    }


# --- over options and several facts

#: Two boxes that no larger one holds.
ANY = [("K203", 'l: "b, c"', {"l": "b"})]
TWO_STRETCHES = [("K203", "[1..2], 9", {"i": 1, "t": True})]
LEFT = ("{t: false}", "{l: c, t: true}")
FACTS = "facts: {l: {options: {a: A, b: B, c: C}}, t: {kind: yes-no}, n: {in: '[0..10]'}}\n"


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ("1: {when: {l: a}}, 0: {when: {l: b}}", [("K203", {"region": "l: c"})]),
        (
            "1: {when: {l: 'a, b'}}, 0: {when: {l: 'not(a)'}}",
            [("K204", {"bands": ["1", "0"], "region": "l: b"})],
        ),
        ("1: {when: {t: true}}", [("K203", {"region": "t: false"})]),
        (
            "1: {when: {t: true, n: '> 5'}}, 0: {when: {t: false}}",
            [("K203", {"region": "t: true, n: [0..5]"})],
        ),
        (
            "1: {when: {n: '> 5'}}, 0: {when: [{n: '<= 5'}, {t: true}]}",
            [("K204", {"bands": ["1", "0"], "region": "n: (5..10], t: true"})],
        ),
        # What is left is told in as few boxes as it makes, without what may be anything in them.
        ("1: {when: {l: a, t: true}}, 0: {when: {l: b, t: true}}", [("K203", {"region": LEFT})]),
        ("1: {when: {l: a, t: true}}, 0: {when: {l: a, t: false}}", [("K203", {"region": 'l: "b, c"'})]),
        ("1: {when: {l: a}}, 0: {when: {l: 'not(a)'}}", []),
        ("1: {when: {n: '> 5', t: true}}, 0: {when: [{n: '<= 5'}, {t: false}]}", []),
        ("1: {when: {n: '-'}}", []),
    ],
)
def test_combinations_are_tried(bands: str, expected: list[tuple[str, dict[str, Any]]]) -> None:
    """Where bands ask several facts, one combination of answers shows the gap or the overlap."""
    told = found(f"{FACTS}indicators: {{i: {{bands: {{{bands}}}}}}}\n")
    assert expected == [(code, values) for code, _, values, _ in told]


@pytest.mark.parametrize(
    ("guard", "bands", "expected"),
    [
        ("applies: {l: a}", "1: {when: {l: a}}", []),
        (
            "applies: {l: a}",
            "1: {when: {l: a, t: true}}",
            [("K203", "l: a, t: false", {"l": "a", "t": False})],
        ),
        ("applies: {n: '> 5'}", "1: {when: {n: '> 6'}}", [("K203", "n: (5..6]", {"n": 6})]),
        ("applies: {n: '> 5'}", "1: {when: {t: true}}", [("K203", "t: false", {"n": 6, "t": False})]),
        ("applies: {l: a, n: '> 5'}", "1: {when: {l: a}}, 0: {when: {n: '<= 5'}}", []),
        ("applies: {l: a}", "1: {when: {l: 'a, b'}}, 0: {when: {l: 'not(a)'}}", []),
        (
            "applies: {l: b}",
            "1: {when: {l: 'a, b'}}, 0: {when: {l: 'not(a)'}}",
            [("K204", "l: b", {"l": "b"})],
        ),
        ("applies: [{l: a, t: true}, {l: b}]", "1: {when: {l: a}}", [("K203", "l: b", {"l": "b"})]),
        ("requires: {g: {when: {l: a}, text: T}}", "1: {when: {l: a}}", []),
        ("requires: {g: {when: {l: a}, grade: k}}, grades: {k: {when: '-'}}", "1: {when: {l: a}}", ANY),
        # What hangs on another node is found, and a sheet that shows it is not known.
        ("applies: {j.score: '> 0'}", "1: {when: {l: 'a, b'}}", [("K203", "l: c", {})]),
        # On the line of a measure, the same.
        ("applies: {n: '> 5'}", "1: {when: {n: '> 5'}}", []),
    ],
)
def test_what_is_not_scored_needs_no_band(
    guard: str, bands: str, expected: list[tuple[str, Any, dict[str, Any]]]
) -> None:
    """Only answers with which the indicator applies, and that its gate lets through, are gaps and overlaps."""
    text = f"{FACTS}indicators: {{i: {{{guard}, bands: {{{bands}}}}}, j: {{levels: {{x: 1, y: 0}}}}}}\n"
    told = [each for each in checked(HEAD + text) if each.code in ("K203", "K204")]
    assert expected == [(each.code, each.values["region"], dict(each.sheet)) for each in told]


@pytest.mark.parametrize(
    ("applies", "bands", "expected"),
    [
        ("{i: '> 5'}", "1: {when: '> 5'}", []),
        ("{i: '> 5'}", "1: {when: '> 6'}", [("K203", "(5..6]", {"i": 6})]),
        ("[{i: '[1..2]', t: true}, {i: '9', t: false}]", "1: {when: '< 1'}", TWO_STRETCHES),
        ("{i: '> 5'}", "1: {when: '-'}, 0: {when: '<= 5'}", []),
        (
            "{i: '> 5', t: true}",
            "1: {when: '-'}, 0: {when: '<= 6'}",
            [("K204", "(5..6]", {"i": 6, "t": True})],
        ),
    ],
)
def test_what_is_not_scored_needs_no_band_on_a_line(
    applies: str, bands: str, expected: list[tuple[str, str, dict[str, Any]]]
) -> None:
    """The same where the bands ask one number that something else decides by, too."""
    text = (
        f"{FACTS}indicators: {{i: {{applies: {applies}, measure: {{in: '[0..10]'}}, bands: {{{bands}}}}}}}\n"
    )
    told = [each for each in checked(HEAD + text) if each.code in ("K203", "K204")]
    assert expected == [(each.code, each.values["region"], dict(each.sheet)) for each in told]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("indicators: {i: NODE}", []),
        ("indicators: {h: {combine: sum, indicators: {i: NODE}}}", []),
        ("aside: {i: NODE}, indicators: {j: {levels: {x: 1, y: 0}}}", ["K203"]),
        (
            "aside: {h: {combine: sum, GATE, indicators: {i: NODE}}}, indicators: {j: {formula: h.i.score}}",
            ["K203"],
        ),
    ],
)
def test_what_the_group_refuses_needs_no_band(place: str, expected: list[str]) -> None:
    """A gate of the groups around refuses the sheet before an indicator is scored; not what stands aside."""
    gate = "requires: {s: {when: {l: a}}}"
    group = place.replace("NODE", "{bands: {1: {when: {l: a}}}}").replace("GATE", gate)
    text = f"{FACTS}indicators: {{g: {{combine: sum, {gate}, {group}}}}}\n"
    assert expected == [code for code, *_ in found(text) if code == "K203"]


def test_too_many_cells_of_what_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what applies cuts the answers into too many cells, nothing is claimed, and that is said."""
    text = f"{FACTS}indicators: {{i: {{applies: {{n: '> 5'}}, bands: {{1: {{when: {{n: '> 6'}}}}}}}}}}\n"
    assert ["K203"] == [code for code, *_ in found(text)]
    monkeypatch.setattr("kinerja.checks.applying.LIMIT", 2)
    assert ["K209"] == [code for code, *_ in found(text)]


def test_no_number_of_a_domain() -> None:
    """A domain without any number on its steps leaves nothing to cover, whatever asks for it."""
    measure = '{in: "(0..1)", step: 1}'
    other = "j: {applies: {i: '> 0.2'}, bands: {1: {when: {i: '> 0.5'}}, 0: {when: {i: '< 0.5'}}}}\n"
    told = {each.code for each in checked(HEAD + number(measure, b1="> 0.5", b0="< 0.5") + f"  {other}")}
    assert not told & {"K203", "K204"}


def test_bands_over_their_measure_and_a_fact_are_tried_too() -> None:
    """A band may ask its measure and another fact; the measure is then one of the answers."""
    text = "{1: {when: {value: '> 5', t: true}}, 0: {when: '<= 5'}}, measure: {in: '[0..10]'}"
    assert ["i: (5..10], t: false"] == [
        values["region"] for _, _, values, _ in found(f"{FACTS}indicators: {{i: {{bands: {text}}}}}\n")
    ]


def test_overlapping_bands_are_told_once_for_each_pair() -> None:
    """Three bands that hold everything are three pairs, however many combinations show it."""
    bands = "2: {when: {n: '-'}}, 1: {when: {t: '-'}}, 0: {when: {l: '-'}}"
    told = found(f"{FACTS}indicators: {{i: {{bands: {{{bands}}}}}}}\n")
    assert [["2", "1"], ["2", "0"], ["1", "0"]] == [values["bands"] for _, _, values, _ in told]


def test_beyond_the_limit_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many combinations to try, no finding is invented, and that is said."""
    text = f"{FACTS}indicators: {{i: {{bands: {{1: {{when: {{l: a, t: true}}}}}}}}}}\n"
    assert ["K203"] == [code for code, *_ in found(text)]
    monkeypatch.setattr(cells_module, "LIMIT", 5)
    assert ["K209"] == [code for code, *_ in found(text)]


def test_weights_beyond_the_limit_are_not_called_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that hang on too many combinations are said to be unproved."""
    children = weighted(FACTS, "weight: 40%", "weight: 60%, applies: {l: a}")
    text = HEAD.replace("mean", "weighted-sum") + children
    assert ["K208"] == [each.code for each in checked(text)]
    monkeypatch.setattr(cells_module, "LIMIT", 2)
    assert ["K209"] == [each.code for each in checked(text)]


# --- weights


def weighted(facts: str, *children: str) -> str:
    """A weighted sum of indicators with these keys."""
    lines = "".join(f"  i{n}: {{levels: {{ya: 1, tidak: 0}}, {child}}}\n" for n, child in enumerate(children))
    return f"{facts}indicators:\n{lines}"


@pytest.mark.parametrize(
    ("when", "expected"), [("l: a", []), ("t: true", ["K208"]), ("i0.score: 1", ["K208"])]
)
def test_weights_of_a_sheet_that_is_refused_need_not_close(when: str, expected: list[str]) -> None:
    """Where a gate of the group refuses the facts, nothing is added up."""
    children = weighted(FACTS, "weight: 60%", "weight: 40%, applies: {l: a}")
    gate = f"requires: {{s: {{when: {{{when}}}}}}}\n"
    told = checked(HEAD.replace("mean", "weighted-sum") + gate + children)
    assert expected == [each.code for each in told if each.code == "K208"]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [
        ("[{when: {t: true}, is: 0}, {when: {t: false}, is: 1}]", [("K208", "60%", {"t": True})]),
        ("[{when: {t: true}, is: 2}, {when: {t: false}, is: 1}]", []),
        ("0", [("K205", "60%", {})]),
    ],
)
def test_a_group_that_weighs_nothing_does_not_count(
    weight: str, expected: list[tuple[str, str, dict[str, Any]]]
) -> None:
    """Where everything in a group has the weight 0, the group does not apply, and its own weight is not in the sum."""
    inside = f"combine: weighted-mean, indicators: {{x: {{levels: {{ya: 1, tidak: 0}}, weight: {weight}}}}}"
    text = f"{weighted(FACTS, 'weight: 60%')}  g: {{weight: 40%, {inside}}}\n"
    told = checked(HEAD.replace("mean", "weighted-sum") + text)
    assert expected == [(each.code, each.values["sum"], dict(each.sheet)) for each in told]


@pytest.mark.parametrize(
    ("children", "expected"),
    [
        (("weight: 60%", "weight: 40%"), []),
        (("weight: 1/3", "weight: 2/3"), []),
        (("weight: 60%", "weight: 30%"), [("K205", {"sum": "90%", "expected": "100%"})]),
        (("weight: 60", "weight: 40"), [("K205", {"sum": "100", "expected": "1 (100%)"})]),
        (("weight: 60%", "weight: 40%, applies: {l: a}", "weight: 40%, applies: {l: 'b, c'}"), []),
        (
            ("weight: 60%", "weight: 40%, applies: {l: a}", "weight: 40%, applies: {l: b}"),
            [("K208", {"sum": "60%", "expected": "100%", "configuration": "l: c"})],
        ),
        (
            (
                "weight: [{when: {t: true}, is: 70%}, {when: {t: false}, is: 60%}]",
                "weight: [{when: {t: true}, is: 30%}, {when: {t: false}, is: 40%}]",
            ),
            [],
        ),
        (
            ("weight: [{when: {t: true}, is: 70%}, {when: {t: false}, is: 60%}]", "weight: 30%"),
            [("K208", {"sum": "90%", "expected": "100%", "configuration": "t: false"})],
        ),
        (
            ("weight: [{when: {n: '> 5'}, is: 100%}, {when: {n: '>= 5'}, is: 100%}]",),
            [("K212", {"configuration": "n: 6"})],
        ),
        (("weight: 100%, applies: {l: a}", "weight: 100%, applies: {l: b}"), []),
    ],
)
def test_weights_close_in_every_configuration(
    children: tuple[str, ...], expected: list[tuple[str, dict[str, str]]]
) -> None:
    """The weights of what applies add up, whatever the answers; where nothing applies there is nothing to add."""
    text = HEAD.replace("mean", "weighted-sum") + weighted(FACTS, *children)
    told = checked(text)
    assert expected == [(each.code, telling(each)) for each in told]
    places = {"K205": "5:1", "K208": "5:1", "K212": "6:35"}
    assert [places[code] for code, _ in expected] == [str(each.place).partition(":")[2] for each in told]


def points(own: object, *weights: object, of: str = "weighted-sum") -> list[tuple[str, dict[str, Any]]]:
    """What is found where a group inside a weighted mean has weights of its own."""
    inner = {f"i{n}": Levels(levels={"a": Level(score=1)}, weight=weight) for n, weight in enumerate(weights)}
    group = Group(combine=of, weight=own, indicators=inner)
    return [
        (each.code, telling(each))
        for each in checked(Rubric(id="x", combine="weighted-mean", indicators={"g": group}))
    ]


def test_points_of_the_whole_close_at_the_weight_of_their_group() -> None:
    """19.8 of 30 closes at 30; what does not is told the nearer of the two sums that would do."""
    assert [] == points(30, "19.8", "10.2")
    assert [] == points(30, "40%", "60%")
    assert [("K205", {"sum": "29.8", "expected": "30"})] == points(30, "19.8", 10)
    assert [("K205", {"sum": "90%", "expected": "100%"})] == points(30, "40%", "50%")
    assert [] == points(30, 1, 2, of="weighted-mean")
    cases = [{"when": {"t": True}, "is": 30}, {"when": {"t": False}, "is": 20}]
    assert [] != findings(
        Rubric(
            id="x",
            combine="mean",
            indicators={"g": Group(combine="weighted-sum", indicators={}, weight=cases)},
        )
    )


# --- alternatives, separators


def test_an_alternative_that_breaks_the_rubric_is_found() -> None:
    """The first thing that is wrong with the changed rubric is told at the change, or where the change says it."""
    text = number('{in: "[0..100]"}', b1=">= 40", b0="< 40") + (
        "readings:\n  r: {settles: gap, problem: p, taken: t, because: b, alternatives: {\n"
        "    celah: {change: {indicators: {i: {bands: {1: {when: '> 40'}}}}}},\n"
        "    kembar: {change: {indicators: {i: {bands: {0: {when: '<= 40'}}}}}},\n"
        "    bobot: {change: {combine: weighted-sum, indicators: {i: {weight: 90%}}}},\n"
        "    salah: {change: {indicators: {i: {bands: {1: {when: '> 40%'}}}}}},\n"
        "    nama: {change: {indicators: {i: {applies: {x: a}}}}},\n"
        "    baik: {change: {indicators: {i: {bands: {1: {when: '> 40'}, 0: {when: '<= 40'}}}}}}}}\n"
    )
    told = kinerja.check(read(HEAD + text, name="x"))
    assert {
        "celah": ("K203", "12:13"),
        "kembar": ("K204", "13:14"),
        "bobot": ("K205", "14:13"),
        "salah": ("K157", "15:60"),
        "nama": ("K180", "16:12"),
    } == {
        each.values["alternative"]: (each.values["code"], str(each.place).partition(":")[2]) for each in told
    }
    assert {"K206"} == {each.code for each in told}


def test_a_broken_rubric_is_told_without_its_alternatives() -> None:
    """While the rubric itself is unsound, what its alternatives inherit from it is not told again."""
    text = number('{in: "[0..100]"}', b1="> 40", b0="< 40") + (
        "readings: {r: {settles: gap, problem: p, taken: t, because: b, alternatives: {a: {change: {title: T}}}}}\n"
    )
    assert ["K203"] == [code for code, *_ in found(text)]


def test_doubtful_numbers_are_found() -> None:
    """A point that may have been meant for thousands is asked about, in a domain, a condition and a formula."""
    text = (
        "facts: {a: {in: '[0..1.000]'}, b: {from: a * 12.500}, c: {kind: yes-no}}\n"
        "indicators:\n"
        "  i:\n"
        "    measure: {}\n"
        "    bands:\n"
        "      1: {when: [{value: '>= 1.000', a: '-'}, {value: '>= 1000'}]}\n"
        "      0: {when: '< 1.000, < 2.5'}\n"
        "  l: {levels: {x: 1}, applies: {a: '> 3.000'}}\n"
    )
    told = [each for each in found(text) if each[0] == "K207"]
    assert [
        ("K207", "facts.a.in", {"text": "1.000"}, "4:22"),
        ("K207", "facts.b.from", {"text": "12.500"}, "4:46"),
        ("K207", "indicators.i.bands.1.when.0.value", {"text": "1.000"}, "9:30"),
        ("K207", "indicators.i.bands.0.when", {"text": "1.000"}, "10:20"),
        ("K207", "indicators.l.applies.a", {"text": "3.000"}, "11:39"),
    ] == told
    assert "warning" == kinerja.check(read(HEAD + text, name="x"))[-1].severity


# --- all together


@pytest.mark.volume
def test_nothing_is_found_in_the_bundled_rubrics() -> None:
    """What is shipped has nothing to mend, by its path, its id and as a rubric; what is worth knowing is the same."""
    for name, path in kinerja.bundled().items():
        told = kinerja.check(name)
        assert {"information"} >= {each.severity for each in told}
        assert told == kinerja.check(path) == kinerja.check(kinerja.load(name))


def test_each_check_is_one_definition() -> None:
    """A check is a function with one sentence that defines what it finds, and each finding has its own code."""
    assert all(check.__doc__ and check.__doc__.strip()[0].isupper() for check in CHECKS)
    text = number('{in: "[0..100]"}', b1="> 40", b0="[1.000..40)", b2="<= 1.5")
    assert ["K203", "K204", "K207"] == [code for code, *_ in found(text)]


def test_findings_without_a_document_have_a_path() -> None:
    """A rubric built in Python gets the same findings, without the lines."""
    node = Bands(measure=Number(), bands={"1": Band(when="> 0")})
    (finding,) = checked(Rubric(id="x", combine="mean", indicators={"i": node}))
    assert ("K203", "indicators.i.bands", None) == (finding.code, finding.where, finding.place)
    assert ["K102"] == [
        each.code for each in findings(Rubric(id="x", indicators={"i": Levels(levels={"a": Level(score=1)})}))
    ]


def test_every_number_of_a_domain_is_asked_about() -> None:
    """The domain of a fact is what it can be when it is tested: on its steps, after its rounding."""
    measures = [
        '{in: "[0..1]"}',
        '{in: "[0..1]", step: 0.5}',
        '{in: "(0..1]", round: {to: 0.5, mode: up}}',
        "{}",
    ]
    domains = []
    for measure in measures:
        planned = plan(structure(read(HEAD + number(measure, b1="-"), name="x")))
        domains.append(str(cells_module.domain(planned.facts["i"])))
    assert ["[0..1]", "[0..1]", "[0.5..1]", "-"] == domains


# --- sheets that show what is found


def sheets_of(text: str) -> list[tuple[str, dict[str, Any]]]:
    """The code of each finding, with the sheet that shows it."""
    return [(each.code, dict(each.sheet)) for each in kinerja.check(read(HEAD + text, name="x"))]


@pytest.mark.parametrize(
    ("measure", "sheet"),
    [
        ('{in: "[0..100]"}', {"i": Fraction(40)}),
        ("{}", {"i": Fraction(40)}),
        # Only a number that is rounded to 10 comes to it, and 10 itself cannot be stated.
        ('{in: "(30..40)", round: {to: 10, mode: up}}', {}),
        # Computed from another fact: a sheet that stated it would have to state that one too.
        ('{in: "[0..100]", from: "n"}', {}),
    ],
)
def test_a_gap_is_shown_by_a_sheet(measure: str, sheet: dict[str, Any]) -> None:
    """An answer in the gap, where a sheet can state it."""
    text = f"facts: {{n: {{}}}}\n{number(measure, b1='> 40', b0='< 40')}"
    assert ("K203", sheet) == sheets_of(text)[0]


def test_an_overlap_is_shown_by_a_sheet() -> None:
    """An answer that both bands hold; of combinations the whole combination."""
    assert [("K204", {"i": Fraction(40)})] == sheets_of(number("{}", b1=">= 40", b0="<= 40"))
    text = "facts: {a: {kind: yes-no}}\nindicators: {i: {bands: {1: {when: {a: true}}, 0: {when: {a: -}}}}}\n"
    assert [("K204", {"a": True})] == sheets_of(text)


def test_open_weights_are_shown_by_a_sheet() -> None:
    """The configuration in which they do not close; none where they never do."""
    levels = "levels: {a: 1, b: 0}"
    text = (
        "facts: {a: {kind: yes-no}}\nindicators:\n"
        f"  i: {{weight: 60%, {levels}}}\n  j: {{weight: 40%, applies: {{a: true}}, {levels}}}\n"
    )
    head = HEAD.replace("mean", "weighted-sum")
    found = kinerja.check(read(head + text, name="x"))
    assert [("K208", {"a": False})] == [(each.code, each.sheet) for each in found]
    found = kinerja.check(read(head + text.replace(", applies: {a: true}", "").replace("40", "30"), name="x"))
    assert [("K205", {})] == [(each.code, each.sheet) for each in found.errors]
