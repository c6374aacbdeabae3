"""Checks of figures and days: values without an exact number, figures of another grade, editions beside each other."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import kinerja
from kinerja.checks import findings
from kinerja.checks.editions import editions
from kinerja.checks.figures_shown import figures_shown
from kinerja.checks.irrational import irrational
from kinerja.checks.proofs import Check
from kinerja.checks.superseded import superseded
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.lattices import Lattice
from kinerja.model import Extends, Rubric, Valid

HEAD = "kinerja: 1\nid: x\n"


def told(check: Check, text: str) -> list[tuple[str, dict[str, Any]]]:
    """Where one check finds something, and what it says of it."""
    made = structure(read(HEAD + text, name="x"))
    return [(each.where, dict(each.values)) for each in findings(made, checks=[check])]


# --- values that have no exact number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("combine: mean\nindicators: {a: {levels: {x: 1}}}\n", []),
        ("combine: geometric-mean\nindicators: {a: {levels: {x: 1}}}\n", []),
        ("combine: geometric-mean\nindicators: {a: {levels: {x: 1}}, b: {levels: {x: 2}}}\n", ["total"]),
        (
            (
                "combine: geometric-mean\nround: {to: 1, mode: up}\n"
                "indicators: {a: {levels: {x: 1}}, b: {levels: {x: 2}}}\n"
            ),
            [],
        ),
        ("combine: sum\nfacts: {n: {in: '>= 0'}}\nindicators: {a: {formula: sqrt(n)}}\n", ["total"]),
        ("combine: sum\nindicators: {a: {formula: sqrt(4)}}\n", []),
        ("combine: sum\nfacts: {n: {}}\nindicators: {a: {formula: n ** 2}}\n", []),
        (
            (
                "combine: sum\nfacts: {n: {}}\n"
                "indicators: {a: {formula: exp(n), round: {to: 0.1, mode: half-up}}, b: {formula: 2 * a.score}}\n"
            ),
            [],
        ),
        (
            (
                "combine: sum\nfacts: {n: {}}\n"
                "indicators: {b: {formula: 2 * a.score, round: {to: 1, mode: up}}}\naside: {a: {formula: exp(n)}}\n"
            ),
            [],
        ),
        (
            (
                "combine: sum\nfacts: {n: {}}\n"
                "round: {to: 1, mode: up}\nindicators: {a: {formula: exp(n)}}\n"
                "aside: {m: {formula: max(children.score)}}\n"
                "grades: {k: {when: {m.score: '< 1'}}, b: {when: {m.score: '>= 1'}}}\n"
            ),
            ["m"],
        ),
        (
            (
                "combine: sum\nfacts: {n: {}}\n"
                "indicators: {b: {levels: {x: 1}, applies: {a.score: '> 1'}}}\naside: {a: {formula: exp(n)}}\n"
            ),
            ["a"],
        ),
        (
            (
                "combine: sum\nround: {to: 1, mode: up}\nfacts: {n: {}}\n"
                "indicators: {a: {formula: exp(n), grades: {k: {when: '< 1'}, b: {when: '>= 1'}}}}\n"
            ),
            ["a"],
        ),
        (
            (
                "combine: sum\nround: {to: 1, mode: up}\nfacts: {n: {}}\n"
                "indicators: {a: {formula: exp(n)},\n"
                "  b: {bands: {1: {when: {a.score: '> 1'}}, 0: {when: {a.score: '<= 1'}}}}}\n"
            ),
            ["a"],
        ),
        (
            (
                "combine: sum\nround: {to: 1, mode: up}\nfacts: {n: {}}\n"
                "indicators: {a: {formula: exp(n)},\n"
                "  b: {formula: [{when: {a.score: '> 1'}, is: 2}, {when: {a.score: '<= 1'}, is: 1}]}}\n"
            ),
            ["a"],
        ),
        (
            (
                "combine: sum\nround: {to: 1, mode: up}\nfacts: {n: {}}\n"
                "indicators: {a: {formula: exp(n)}}\nrequires: {g: {when: {a.score: '> 1'}}}\n"
            ),
            ["a"],
        ),
        (
            (
                "combine: weighted-mean\nround: {to: 1, mode: up}\nfacts: {n: {}}\n"
                "indicators: {a: {formula: exp(n), weight: 1},\n"
                "  b: {levels: {x: 1}, weight: [{when: {a.score: '> 1'}, is: 1}, {when: {a.score: '<= 1'}, is: 2}]}}\n"
            ),
            ["a"],
        ),
        (
            (
                "facts: {n: {}}\n"
                "indicators: {a: {formula: n}, l: {grades: {k: {when: {n: '1'}}, b: {when: {n: '2'}}}}}\n"
                "grades: {k: {when: {l.grade: k}}, b: {when: {l.grade: b}}}\n"
            ),
            [],
        ),
    ],
)
def test_a_value_without_an_exact_number_is_rounded_first(text: str, expected: list[str]) -> None:
    """A root or logarithm is told where the total or a test asks for it, and not where it is rounded on its way."""
    assert [{"name": name} for name in expected] == [values for _, values in told(irrational, text)]


def test_a_measure_is_not_the_score_of_its_indicator() -> None:
    """A condition on an answer asks nothing of a score that is rounded further up."""
    text = (
        "combine: sum\nround: {to: 1, mode: up}\nfacts: {n: {}}\n"
        "indicators: {a: {measure: {}, bands: {x: {when: '> 0', score: exp(n)}, 0: {when: '<= 0'}}}}\n"
    )
    assert [] == told(irrational, text)


@pytest.mark.parametrize(("about", "count"), [("", 1), (", round: {to: 0.1, mode: half-up}", 0)])
def test_a_derived_fact_without_an_exact_number(about: str, count: int) -> None:
    """A fact that is computed by a root stands before any test, and is told at its formula."""
    text = (
        "combine: sum\nfacts: {n: {in: '>= 0'}}\n"
        f"indicators: {{a: {{measure: {{from: sqrt(n){about}}},\n"
        "  bands: {1: {when: '> 1'}, 0: {when: '<= 1'}}}}\n"
    )
    assert [("indicators.a.measure.from", {"name": "a"})] * count == told(irrational, text)


def test_what_is_told_is_refused() -> None:
    """A sheet that meets the finding is refused as it says, and one that comes out even is not."""
    text = (
        HEAD + "combine: geometric-mean\nindicators: {a: {direct: {in: '> 0'}}, b: {direct: {in: '> 0'}}}\n"
    )
    made = structure(read(text, name="x"))
    assert ["K236"] == [each.code for each in kinerja.check(made)]
    evaluator = kinerja.Evaluator(made)
    assert ["K319"] == [each.code for each in evaluator.evaluate({"a": 1, "b": 2}).problems]
    assert 2 == evaluator.evaluate({"a": 1, "b": 4}).complete().total


# --- figures of another grade

TWO = "indicators: {a: {direct: {in: '[0..100]', step: 1}}, b: {direct: {in: '[0..100]', step: 1}}}\n"
GRADES = "grades: {k: {when: '< 71'}, b: {when: '>= 71'}}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"combine: mean\nshown: 1\n{TWO}{GRADES}", ("70.5", "71", "k", "b")),
        (
            f"combine: mean\nshown: {{to: 1, mode: down}}\n{TWO}{GRADES.replace('71', '70.5')}",
            ("70.5", "70", "b", "k"),
        ),
        (f"combine: mean\nshown: 0.1\n{TWO}{GRADES}", None),
        (f"combine: mean\n{TWO}{GRADES}", None),
        (f"combine: mean\nshown: 1\n{TWO}", None),
        (f"combine: mean\nshown: 1\nround: {{to: 1, mode: up}}\n{TWO}{GRADES}", None),
        (
            "combine: sum\nshown: 1\nindicators: {a: {direct: {in: '[0..100]'}}}\n" + GRADES,
            ("70.5", "71", "k", "b"),
        ),
        ("combine: sum\nshown: 1\nindicators: {a: {direct: {in: '[0..70.4]'}}}\n" + GRADES, None),
        ("combine: sum\nshown: 1\nindicators: {a: {levels: {x: 70.6}}}\n" + GRADES, ("70.6", "71", "k", "b")),
        ("combine: sum\nshown: 1\nindicators: {a: {levels: {x: 70.4}}}\n" + GRADES, None),
        ("combine: sum\nshown: 1\nindicators: {a: {levels: {x: 70.6}}}\ngrades: {k: {when: '< 71'}}\n", None),
        (
            (
                "combine: sum\nshown: 1\nindicators: {a: {levels: {x: 70.6, y: {score: none, because: b}}}}\n"
                "grades: {n: {when: none}, k: {when: '< 71'}, b: {when: '>= 71'}}\n"
            ),
            ("70.6", "71", "k", "b"),
        ),
        (
            "combine: sum\nshown: 1\nfacts: {n: {in: '[0..100]'}, m: {in: '[0..100]'}}\n"
            "indicators: {a: {formula: n * m / n}}\n" + GRADES,
            None,
        ),
        (
            (
                "combine: sum\nshown: 1\nfacts: {p: {kind: yes-no}}\nindicators: {a: {levels: {x: 70.6}}}\n"
                "grades: {k: {when: {value: '< 71', p: true}}, b: {when: {value: '>= 71', p: true}}}\n"
            ),
            None,
        ),
    ],
)
def test_a_figure_of_another_grade(text: str, expected: tuple[str, ...] | None) -> None:
    """The score, the figure that is shown and both grades; nothing where the figure stays, or too little is known."""
    keys = ("score", "figure", "grade", "other")
    found = [(where, tuple(values[key] for key in keys)) for where, values in told(figures_shown, text)]
    assert ([] if expected is None else [("shown", expected)]) == found


def test_the_sheet_of_a_figure_comes_to_its_score() -> None:
    """The finding holds facts that give the score it names; for an inner node those of that node."""
    inner = f"combine: sum\nindicators: {{g: {{combine: mean, shown: 1, {TWO.strip()}, {GRADES.strip()}}}}}\n"
    for text, path in [(f"combine: mean\nshown: 1\n{TWO}{GRADES}", "total"), (inner, "g")]:
        ((_, values),) = told(figures_shown, text)
        made = structure(read(HEAD + text, name="x"))
        node = kinerja.Evaluator(made).evaluate(values["sheet"])[path]
        assert (path, Fraction("70.5"), "k") == (
            values["name"],
            node.score,
            node.grade.id if node.grade else "",
        )
        assert "71" == values["figure"]


def test_a_score_without_a_sheet_is_told_all_the_same() -> None:
    """On the real line a score can be known to occur while no answers for it are."""
    text = (
        "combine: sum\nshown: 1\nfacts: {n: {in: '[0..100]'}}\nindicators: {a: {formula: n / 2 + 40}}\n"
        + GRADES
    )
    ((_, values),) = told(figures_shown, text)
    assert ("70.5", {}) == (values["score"], values["sheet"])


def test_members_of_a_lattice_between_two_numbers() -> None:
    """Those from one number to another, also where the ends lie beyond it or between its members."""
    numbers = Lattice.of([0, 1, 3, Fraction(9, 2), 6])
    for low in range(-2, 9):
        for high in range(-2, 9):
            ends = Fraction(low, 1) - Fraction(1, 4), Fraction(high)
            expected = [number for number in numbers if ends[0] <= number <= ends[1]]
            assert expected == list(numbers.between(*ends))
    assert [Fraction(3)] == list(Lattice.of([3]).between(Fraction(3), Fraction(3)))
    assert [] == list(Lattice().between(Fraction(0), Fraction(9)))


# --- editions


def days(since: str = "", until: str = "") -> Valid:
    """The days from one until another."""
    return Valid(
        since=dt.date.fromisoformat(since) if since else None,
        until=dt.date.fromisoformat(until) if until else None,
    )


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("a", [("a", "b", 2, "2018-01-01", "2018-07-01")]),
        ("b", [("a", "b", 2, "2018-01-01", "2018-07-01"), ("b", "d", 0, "2019-01-01", "2020-01-01")]),
        ("c", []),
        ("d", [("d", "e", 2, "2021-01-01", "…"), ("b", "d", 0, "2019-01-01", "2020-01-01")]),
        ("x", []),
    ],
)
def test_editions_that_do_not_join(own: str, expected: list[tuple[str, str, int, str, str]]) -> None:
    """Each other edition that is in force on the same days, and each hole beside the one that is looked at."""
    among = [
        ("d", days("2020-01-01")),
        ("b", days("2018-01-01", "2019-01-01")),
        ("a", days(until="2018-07-01")),
        ("e", days("2021-01-01")),
    ]
    found = [each.values for each in editions(own, among)]
    keys = ("one", "other", "count", "since", "until")
    assert expected == [tuple(v if isinstance(v := each[k], int) else str(v) for k in keys) for each in found]


def test_editions_that_follow_each_other() -> None:
    """One that ends on the day on which the next begins leaves nothing to say, nor does one in force all the time."""
    one, two = ("a", days(until="2018-01-01")), ("b", days("2018-01-01"))
    assert [] == [*editions("a", [two, one]), *editions("b", [one, two]), *editions("a", [one])]
    always = [each.values for each in editions("b", [("a", days()), two])]
    assert [("a", "b", 2)] == [(each["one"], each["other"], each["count"]) for each in always]
    # The one that lasts the longest closes what would be a hole after another.
    long = [
        ("a", days("2017-01-01", "2020-01-01")),
        ("b", days("2017-06-01", "2018-01-01")),
        ("c", days("2019-01-01")),
    ]
    assert [2] == [each.values["count"] for each in editions("b", long)]


SMALL = "kinerja: 1\nid: kecil\ncombine: mean\nindicators: {i: {levels: {ya: 1, tidak: 0}}}\n"


def write(folder: Path, **texts: str) -> Path:
    """A folder with one file for each edition."""
    for edition, text in texts.items():
        (folder / f"kecil@{edition}.yaml").write_text(f"{SMALL}edition: {edition}\n{text}", encoding="utf-8")
    return folder


def codes(path: Path) -> list[str]:
    """What `check` finds in a file."""
    return [each.code for each in kinerja.check(path)]


def test_the_editions_of_a_folder_are_compared(tmp_path: Path) -> None:
    """`check` of a file looks at those beside it; each of two that do not join is told at its own `valid`."""
    write(
        tmp_path,
        a="valid: {until: 2018-01-01}\n",
        b="valid: {from: 2018-07-01}\n",
        c="valid: {from: 2020-01-01}\n",
    )
    assert ["K238"] == codes(tmp_path / "kecil@a.yaml")
    assert ["K238", "K238"] == codes(tmp_path / "kecil@b.yaml")
    (finding, _) = kinerja.check(tmp_path / "kecil@b.yaml")
    assert ("valid", "6:1") == (finding.where, str(finding.place).rpartition(".yaml:")[2])
    assert "error" not in {each.severity for each in kinerja.check(tmp_path / "kecil@b.yaml")}


def test_bundled_editions_are_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An id means the bundled editions."""
    write(
        tmp_path,
        a="valid: {until: 2018-01-01}\n",
        b="valid: {from: 2018-07-01}\nsupersedes: {rubric: kecil}\n",
    )
    monkeypatch.setattr("kinerja.library._folder", lambda: tmp_path)
    assert ["K238"] == [each.code for each in kinerja.check("kecil@b")]
    assert [] == [each.code for each in kinerja.check((tmp_path / "kecil@b.yaml").read_text("utf-8"))]


def test_what_is_wrong_with_another_edition(tmp_path: Path) -> None:
    """A file beside it that cannot be read is told when it is checked itself; one that is the same edition here."""
    write(tmp_path, a="valid: {until: 2018-01-01}\nsupersedes: {rubric: kecil}\n")
    (tmp_path / "kecil@b.yaml").write_text("kinerja: [\n", encoding="utf-8")
    assert [] == codes(tmp_path / "kecil@a.yaml")
    (tmp_path / "kecil@b.yaml").write_text(f"{SMALL}edition: a\n", encoding="utf-8")
    assert ["K550"] == codes(tmp_path / "kecil@a.yaml")[:1]


@pytest.mark.parametrize(
    ("said", "known", "count"),
    [
        (None, None, 0),
        (("x", "1"), None, 1),
        (("x", "2"), None, 0),
        (("x", ""), None, 0),
        (("x", "1"), [("x", "1"), ("x", "2")], 1),
        (("x", ""), [("x", "1"), ("x", "2")], 0),
        (("x", ""), [("x", "1")], 1),
        (("y", ""), [], 1),
        (("y", "3"), [("y", "2")], 1),
        (("y", "2"), [("y", "2")], 0),
    ],
)
def test_what_is_superseded_is_there(
    said: tuple[str, str] | None, known: list[tuple[str, str]] | None, count: int
) -> None:
    """Another rubric or edition has to be found; where nobody knows what there is, only itself is known to be wrong."""
    named = None if said is None else Extends(rubric=said[0], edition=said[1])
    made = Rubric(id="x", edition="1", supersedes=named)
    there = None if known is None else [Extends(rubric=id_, edition=edition) for id_, edition in known]
    assert count == len(list(superseded(made, there)))


def test_what_is_superseded_is_looked_for_beside_the_file_and_among_the_bundled(tmp_path: Path) -> None:
    """A bundled rubric may be superseded by one of the same name from anywhere."""
    write(
        tmp_path,
        a="valid: {until: 2018-01-01}\n",
        b="valid: {from: 2018-01-01}\nsupersedes: {rubric: kecil, edition: a}\n",
    )
    assert [] == codes(tmp_path / "kecil@b.yaml")
    write(tmp_path, b="valid: {from: 2018-01-01}\nsupersedes: {rubric: kecil, edition: z}\n")
    assert ["K239"] == codes(tmp_path / "kecil@b.yaml")
    write(tmp_path, b='valid: {from: 2018-01-01}\nsupersedes: {rubric: pk-bkm, edition: "2017"}\n')
    assert [] == codes(tmp_path / "kecil@b.yaml")
    own = SMALL.replace("kecil", "pk-bkm")
    (tmp_path / "pk-bkm.yaml").write_text(
        f'{own}edition: "2030"\nsupersedes: {{rubric: pk-bkm}}\n', encoding="utf-8"
    )
    assert [] == codes(tmp_path / "pk-bkm.yaml")


def test_a_rubric_without_a_file_is_alone() -> None:
    """Of a text nobody knows what stands beside it."""
    assert () == kinerja.check(f"{SMALL}valid: {{from: 2018-01-01}}\nsupersedes: {{rubric: lain}}\n")
    assert ["K239"] == [each.code for each in kinerja.check(f"{SMALL}supersedes: {{rubric: kecil}}\n")]
