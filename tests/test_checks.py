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
        ("1: {when: {t: true, n: '> 5'}}, 0: {when: {t: false}}", [("K203", {"region": "t: true, n: 0"})]),
        (
            "1: {when: {n: '> 5'}}, 0: {when: [{n: '<= 5'}, {t: true}]}",
            [("K204", {"bands": ["1", "0"], "region": "n: 6, t: true"})],
        ),
        ("1: {when: {l: a}}, 0: {when: {l: 'not(a)'}}", []),
        ("1: {when: {n: '> 5', t: true}}, 0: {when: [{n: '<= 5'}, {t: false}]}", []),
        ("1: {when: {n: '-'}}", []),
    ],
)
def test_combinations_are_tried(bands: str, expected: list[tuple[str, dict[str, Any]]]) -> None:
    """Where bands ask several facts, one combination of answers shows the gap or the overlap."""
    told = found(f"{FACTS}indicators: {{i: {{bands: {{{bands}}}}}}}\n")
    assert expected == [(code, values) for code, _, values, _ in told]


def test_bands_over_their_measure_and_a_fact_are_tried_too() -> None:
    """A band may ask its measure and another fact; the measure is then one of the answers."""
    text = "{1: {when: {value: '> 5', t: true}}, 0: {when: '<= 5'}}, measure: {in: '[0..10]'}"
    assert ["i: 6, t: false"] == [
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
