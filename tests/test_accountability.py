"""
Whatever a result hangs on stands in its trail.

What a sheet says twice, or so that it can be read in two ways, is never settled silently.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import kinerja
from kinerja import Evaluator
from kinerja.sheets import Written

TAKEN = "settles: silence, problem: p, taken: t, because: b"


def evaluator(*lines: str, **readings: str) -> Evaluator:
    """A rubric from its lines, without the checks that `load` adds."""
    text = "\n".join(("kinerja: 1", "id: x", *lines))
    return Evaluator(kinerja.language.structure(kinerja.language.read(text, name="x")), readings=readings)


SOMETIMES = (
    "combine: sum",
    "facts: {s: {options: {a: A, b: B}}}",
    "indicators: {g: {levels: {ya: 1, tidak: 0}}, k: {levels: {ya: 1, tidak: 0}}}",
    (
        f"readings: {{R: {{{TAKEN}, alternatives: {{tanpa: {{change: {{indicators: {{g: {{applies: {{s: a}}}}}}}}}},"
        " hapus: {change: {indicators: {g: null}}}}}}"
    ),
)


@pytest.mark.parametrize("chosen", ["tanpa", "hapus"])
def test_a_chosen_reading_is_always_named(chosen: str) -> None:
    """A result under another reading names it, also where the node that it changes no longer counts."""
    facts = {"k": "ya", "g": "ya", "s": "b"} if chosen == "tanpa" else {"k": "ya", "s": "b"}
    trail = evaluator(*SOMETIMES, R=chosen).evaluate(facts).trail
    assert chosen == trail.readings["R"].chosen


def test_a_reading_that_would_add_a_node_is_named() -> None:
    """A reading under which the total would be another is named, though no node here is touched by it."""
    lines = (
        "combine: sum",
        "facts: {s: {options: {a: A, b: B}}}",
        "indicators: {g: {applies: {s: a}, levels: {ya: 1, tidak: 0}}, k: {levels: {ya: 1, tidak: 0}}}",
        f"readings: {{R: {{{TAKEN}, alternatives: {{selalu: {{change: {{indicators: {{g: {{applies: null}}}}}}}}}}}}}}",
    )
    trail = evaluator(*lines).evaluate({"k": "ya", "g": "ya", "s": "b"}).trail
    assert (1, 2) == (trail.total, trail.readings["R"].alternatives["selalu"].total)


def test_an_alternative_that_changes_an_operand_is_evaluated_anew() -> None:
    """What a trail says of another reading is what that reading gives, also through a derived fact."""
    lines = (
        "combine: sum",
        'facts: {luas: {in: ">= 0"}}',
        'indicators: {a: {measure: {from: "luas * 2"}, bands: {1: {when: ">= 10"}, 0: {when: "< 10"}}}}',
        (
            f"readings: {{R: {{{TAKEN}, alternatives: {{bulat: {{change: {{facts: {{luas:"
            " {round: {to: 5, mode: half-up}}}}}}}}"
        ),
    )
    said = evaluator(*lines).evaluate({"luas": 4}).trail.readings["R"].alternatives["bulat"].total
    assert said == evaluator(*lines, R="bulat").evaluate({"luas": 4}).trail.total == 1


def test_a_stated_score_says_nothing_of_how_its_line_was_read() -> None:
    """A score that the sheet states was not derived, so no reading of its bands is said to have been taken."""
    result = Evaluator(kinerja.load("pk-bkm")).evaluate({"lokasi": "kumuh", "infrastruktur": {"score": 1}})
    assert "D3" not in result.trail.readings


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"value": 2, "not-applicable": "tidak ada"}, "K326"),
        ({"score": 1, "not-applicable": "tidak ada"}, "K326"),
        ({"not-applicable": False}, "K314"),
        ({"not-applicable": Written("false")}, "K314"),
        ({"not-applicable": 0}, "K314"),
        ({"not-applicable": "FALSE"}, "K314"),
        ({"not-applicable": "True"}, "K314"),
        ({"not-applicable": " tidak "}, "K314"),
        ({"not-applicable": "0,0"}, "K314"),
        ({"not-applicable": "nan"}, "K314"),
    ],
)
def test_not_applicable_needs_a_reason_and_nothing_else(said: dict[str, Any], code: str) -> None:
    """An answer is never dropped because the sheet also says that there is none."""
    lines = (
        "combine: mean",
        'indicators: {a: {may-not-apply: true, measure: {}, bands: {1: {when: "-"}}}, b: {levels: {ya: 1, tidak: 0}}}',
    )
    result = evaluator(*lines).evaluate({"a": said, "b": "ya"})
    assert [code] == [problem.code for problem in result.problems]


@pytest.mark.parametrize(("text", "codes"), [("1.000", ["K327"]), ("12.125", []), ("12.5", [])])
def test_a_point_that_may_separate_thousands(text: str, codes: list[str]) -> None:
    """A thousand written with a point is never scored as one; three decimals are noted."""
    result = evaluator("combine: sum", "indicators: {a: {direct: {}}}").evaluate({"a": Written(text)})
    assert codes == [problem.code for problem in result.problems]
    assert ("K407" in [note.code for note in result.notes]) == (text == "12.125")


def test_a_derived_fact_shows_its_rounding_and_where_it_comes_from() -> None:
    """The figure before rounding stands in the trail, and a result that equals a default is still a result."""
    lines = (
        "combine: sum",
        "facts: {x: {}, y: {}}",
        "indicators:",
        '  a: {measure: {from: "x / 3", round: {to: 1, mode: half-up}}, bands: {1: {when: "-"}}}',
        '  b: {measure: {from: "x - y", missing: 0}, bands: {1: {when: "-"}}}',
    )
    trail = evaluator(*lines).evaluate({"x": 11, "y": 11}).trail
    fact = trail.nodes["a"].facts["a"]
    assert (Fraction(4), "11/3") == (fact.figure, fact.before)
    assert "derived" == trail.nodes["b"].facts["b"].how


def test_a_group_that_nothing_applies_in_is_not_reweighed_away() -> None:
    """Weights close only where what carries them applies: a group without applying children does not."""
    text = (
        "kinerja: 1\nid: x\ncombine: weighted-sum\nfacts: {l: {options: {a: A, b: B}}}\nindicators:\n"
        "  g: {weight: 60%, combine: sum, indicators: {h: {applies: {l: a}, levels: {ya: 1, tidak: 0}}}}\n"
        "  c: {weight: 40%, levels: {ya: 1, tidak: 0}}\n"
    )
    assert ["K208"] == [finding.code for finding in kinerja.check(text)]


def test_weights_are_asked_only_where_their_group_applies() -> None:
    """A sound rubric is not refused for a configuration in which the group is not there."""
    text = (
        "kinerja: 1\nid: x\ncombine: sum\nfacts: {l: {options: {a: A, b: B}}}\nindicators:\n"
        "  g:\n    applies: {l: a}\n    combine: weighted-sum\n"
        "    indicators: {h: {weight: [{when: {l: a}, is: 100%}], levels: {ya: 1, tidak: 0}}}\n"
    )
    assert () == kinerja.check(text)


def test_a_word_of_records_can_be_the_name_of_a_fact() -> None:
    """Under a group, `unit` and its like are names where the rubric has such a fact."""
    lines = (
        "combine: sum",
        "indicators: {g: {combine: sum, indicators: {unit: {direct: {}}, lain: {direct: {}}}}}",
    )
    result = evaluator(*lines).evaluate({"g": {"unit": 3, "lain": 4}})
    assert 7 == result.complete().total


def test_an_id_is_no_rubric() -> None:
    """An evaluator that is given an id says what to do, instead of failing inside."""
    with pytest.raises(kinerja.UsageError, match="K523"):
        Evaluator("pk-bkm")  # type: ignore[arg-type]


def test_a_reading_says_where_it_is_found() -> None:
    """`at` names nodes that are there, and `.*` the children of a group."""
    base = "kinerja: 1\nid: x\ncombine: sum\n"
    base += "indicators: {g: {combine: sum, indicators: {h: {levels: {ya: 1, tidak: 0}}}}}\n"
    for at, codes in (("g.*", []), ("total.*", []), ("g.h", []), ("ngawur", ["K116"])):
        text = f"{base}readings: {{R: {{{TAKEN}, at: {at}}}}}\n"
        assert codes == [finding.code for finding in kinerja.check(text)]
    found = kinerja.loads(f"{base}readings: {{R: {{{TAKEN}, at: g.*}}}}\n")
    assert ("g.h",) == Evaluator(found).evaluate({"g.h": "ya"}).trail.readings["R"].nodes


def test_what_asks_for_an_inexact_score_is_told_so() -> None:
    """A case without its condition beside others is refused, whichever way it was written."""
    text = (
        "kinerja: 1\nid: x\ncombine: sum\nfacts: {s: {options: {a: A, b: B}}}\n"
        "indicators: {g: {formula: [{when: {s: a}, is: 1}, {when: [], is: 2}]}}\n"
    )
    assert kinerja.check(text)


def test_an_indicator_moves_into_a_group_that_applies_elsewhere() -> None:
    """A patched plan takes nothing over from under another condition."""
    lines = (
        "combine: sum",
        "facts: {s: {options: {a: A, b: B}}}",
        "indicators: {g: {applies: {s: a}, combine: sum, indicators: {h: {levels: {ya: 1, tidak: 0}}}}}",
        f"readings: {{R: {{{TAKEN}, alternatives: {{selalu: {{change: {{indicators: {{g: {{applies: null}}}}}}}}}}}}}}",
    )
    said = evaluator(*lines).evaluate({"g.h": "ya", "s": "b"}).trail.readings["R"].alternatives["selalu"]
    assert (1, "complete") == (said.total, said.status)
