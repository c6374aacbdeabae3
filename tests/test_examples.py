"""Examples inside a rubric: they are run, and one that fails is named with its place and what came instead."""

from __future__ import annotations

import pytest

import kinerja
from kinerja.checks.examples import run_examples
from kinerja.model import Band, Bands, Example, Number, Rubric

TEXT = """\
kinerja: 1
id: uji
combine: mean
facts: {p: {kind: yes-no}}
indicators:
  a:
    measure: {in: ">= 0", step: 1}
    bands: {1: {when: "> 2"}, 0: {when: "<= 2"}}
    examples: {2: 0, 3: 1}
  grup:
    combine: sum
    indicators:
      b: {levels: {ya: 2, tidak: 0}, examples: {ya: 2}}
  c: {applies: {p: "true"}, levels: {ya: 5}}
readings:
  R:
    settles: gap
    problem: p
    taken: t
    because: b
    alternatives:
      dua: {change: {indicators: {a: {bands: {1: {when: ">= 2"}, 0: {when: "< 2"}}}}}}
examples:
  penuh:
    facts: {a: 2, grup.b: ya, p: false}
    on: 2020-01-01
    expect: {}
"""


def run(text: str) -> dict[str, list[str]]:
    """The findings of each example, in full."""
    return {
        r.name: [f.render() for f in r.findings] for r in run_examples(kinerja.loads(text, name="uji.yaml"))
    }


def test_all_hold() -> None:
    """Examples of nodes come first, then whole sheets; one that holds has no findings."""
    assert {"a[2]": [], "a[3]": [], "grup.b[ya]": [], "penuh": []} == run(TEXT)
    assert all(result.holds for result in run_examples(kinerja.loads(TEXT)))


@pytest.mark.parametrize(
    ("examples", "name", "place", "said"),
    [
        ("{2: 1, 3: 1}", "a[2]", "uji.yaml:9:19", "0"),
        ("{2.5: 1}", "a[2.5]", "uji.yaml:9:21", "steps of 1"),
        ('{"-1": 1}', "a[-1]", "uji.yaml:9:", "outside"),
        ("{banyak: 1}", "a[banyak]", "uji.yaml:9:", "banyak"),
    ],
)
def test_example_of_an_indicator_that_fails(examples: str, name: str, place: str, said: str) -> None:
    """The finding stands at the example's own line and says what came instead, or why nothing did."""
    (finding,) = run(TEXT.replace("{2: 0, 3: 1}", examples))[name]
    assert finding.startswith(place)
    assert "K201" in finding
    assert said in finding


def expecting(expect: str, **changes: str) -> list[str]:
    """The findings of the whole sheet with other expectations."""
    text = TEXT.replace("expect: {}", f"expect: {expect}")
    for old, new in changes.items():
        text = text.replace({"facts": "{a: 2, grup.b: ya, p: false}", "on": "on: 2020-01-01"}[old], new)
    return run(text)["penuh"]


@pytest.mark.parametrize(
    "expect",
    [
        "{status: complete, total: 1}",
        "{total: 2/2, a.score: 0, grup.score: 2, grup.b.score: 2, grup.b.band: ya, a.band: 0}",
        "{grade: none, missing: [], c.status: not-applicable, c.score: none, c.band: none, a.status: scored}",
        "{total.score: 1}",
    ],
)
def test_expectations_that_hold(expect: str) -> None:
    """Status, total, grade, missing, and each node's score, status and band can be expected."""
    assert [] == expecting(expect)


@pytest.mark.parametrize(
    ("expect", "code", "column"),
    [
        ("{total: 2}", "K201", 21),
        ("{total: satu}", "K201", 21),
        ("{status: invalid}", "K201", 22),
        ("{missing: a}", "K201", 23),
        ("{missing: [a, grup.b]}", "K201", 14),
        ("{grade: baik}", "K201", 21),
        ("{a.score: 1}", "K201", 23),
        ("{a.score: none}", "K201", 23),
        ("{c.score: 5}", "K201", 23),
        ("{a.band: 1}", "K201", 22),
        ("{x.score: 1}", "K202", 0),
        ("{a.skor: 1}", "K202", 0),
        ("{skor: 1}", "K202", 0),
        ("{a: 1}", "K202", 0),
    ],
)
def test_expectations_that_fail(expect: str, code: str, column: int) -> None:
    """What does not come out stands at its own place; an expectation nobody knows is named."""
    (finding,) = expecting(expect)
    assert f" {code}: " in finding.splitlines()[0].replace("error", "")
    assert finding.startswith("uji.yaml:27:")
    if column:
        assert finding.startswith(f"uji.yaml:27:{column}")


def test_nothing_is_said_as_nothing() -> None:
    """Where nothing came out, or nothing was expected, the finding says so."""
    (finding,) = expecting("{missing: a}")
    assert 'the example "penuh: missing" gives none, not a' in finding


def test_every_expectation_that_fails_is_told() -> None:
    """One example may be wrong in several ways."""
    assert 2 == len(expecting("{total: 2, a.score: 5, grup.score: 2}"))


@pytest.mark.parametrize(
    ("facts", "expect"),
    [
        ("{a: 2, p: false}", "{status: incomplete, missing: grup.b, total: none}"),
        ("{}", "{missing: [p, grup.b, a]}"),
        ("{a: x, grup.b: ya, p: false}", "{status: invalid, total: none, a.status: invalid}"),
        ("{a: {score: 1}, grup: {b: ya}, p: {value: false, by: lpm}}", "{total: 1.5}"),
    ],
)
def test_sheets_that_come_to_nothing(facts: str, expect: str) -> None:
    """An example may expect an incomplete or an invalid sheet, and give its facts in any form of a sheet."""
    assert [] == expecting(expect, facts=facts)


def test_day_and_readings_of_an_example() -> None:
    """An example has a day and may take another reading."""
    assert [] == expecting("{total: 1.5}", on="readings: {R: dua}")
    valid = TEXT.replace("id: uji", "id: uji\nvalid: {from: 2021-01-01}")
    results = run(valid.replace("expect: {}", "expect: {status: invalid}"))
    assert [] == results["penuh"]


def test_an_example_that_cannot_be_run() -> None:
    """A reading that does not exist fails the example instead of stopping the run."""
    results = run(
        TEXT.replace("on: 2020-01-01", "readings: {R: tiga}").replace("expect: {}", "expect: {total: 1}")
    )
    (finding,) = results["penuh"]
    assert "K201" in finding
    assert "tiga" in finding
    assert [] == results["a[2]"]


def test_examples_of_a_rubric_made_in_python() -> None:
    """Without a file there are no places, and the same findings."""
    rubric = Rubric(
        id="uji",
        combine="sum",
        indicators={
            "a": Bands(
                measure=Number(), bands={"1": Band(when="> 0"), "0": Band(when="<= 0")}, examples={"1": 0}
            )
        },
        examples={
            "x": Example(facts={"a": 1}, expect={"total": "1"}),
            "y": Example(facts={"a": 1}, expect={"total": 0}),
        },
    )
    results = {result.name: [f.code for f in result.findings] for result in run_examples(rubric)}
    assert {"a[1]": ["K201"], "x": [], "y": ["K201"]} == results


GRADED = """\
kinerja: 1
id: uji
combine: sum
indicators:
  g: {combine: sum, indicators: {a: {direct: {}}, b: {direct: {}}}, grades: {r: {when: "< 5"}, t: {when: ">= 5"}}}
  h: {direct: {}}
grades:
  rendah: {when: "< 5", awards: {uang: {from: 100, to: 200, currency: IDR}, piagam: {text: Piagam}}}
  tinggi: {when: ">= 5", awards: {uang: {amount: 250, currency: IDR}}}
examples:
  dasar:
    facts: {g: {a: 1, b: 2}, h: 1}
    expect: {grade: rendah, awards: {uang: {from: 100, to: 200}, piagam: Piagam}, g.grade: r, h.grade: none}
  mirip: {like: dasar, facts: {g.b: 4}, expect: {grade: tinggi, awards: {uang: 250}, g.grade: t}}
  tanpa:
    like: mirip
    facts: {g: {b: null}}
    expect: {status: incomplete, grade: none, awards: null, g.grade: none, missing: g.b}
"""


def test_grades_and_awards_are_expected() -> None:
    """Grades of any node and what they award, one amount, a range or words; a null takes an expectation back."""
    assert {"dasar": [], "mirip": [], "tanpa": []} == run(GRADED)
    (said,) = run(GRADED.replace("to: 200}, piagam: Piagam}", "to: 300}, piagam: Piagam}"))["dasar"]
    assert "uang: from: 100, to: 200, piagam: Piagam" in said
    assert 1 == len(run(GRADED.replace("g.grade: t}", "g.grade: r}"))["mirip"])
