"""Checks of what a rubric rests on: sources, rows of a form, absences, other readings, examples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import kinerja
from kinerja.checks import findings, witnesses
from kinerja.checks.absences import absences
from kinerja.checks.covered import covered
from kinerja.checks.opposed import opposed
from kinerja.checks.proofs import Check
from kinerja.checks.uncited import Rows, rows, uncited
from kinerja.checks.unsourced import unsourced
from kinerja.checks.vain import vain
from kinerja.checks.witnesses import search, witness
from kinerja.language.documents import read
from kinerja.language.readings import conflicts
from kinerja.language.structure import structure
from kinerja.model import Alternative, Level, Levels, Reading, Rubric
from kinerja.plan import plan

HEAD = "kinerja: 1\nid: x\ncombine: mean\n"
SOURCES = "sources: {sk: {title: SK}}\n"
YES = "levels: {ya: 1, tidak: 0}"


def rubric(text: str) -> Rubric:
    """A rubric with this text."""
    return structure(read(HEAD + text, name="x"))


def told(check: Check, text: str) -> list[tuple[str, dict[str, Any]]]:
    """Where one check finds something, and what it says of it."""
    return [(each.where, dict(each.values)) for each in findings(rubric(text), checks=[check])]


# --- what cites nothing

RULES = (
    f"{SOURCES}indicators: {{a: {{{YES}, source: {{in: sk}}}}}}\n"
    "requires: {r: {when: {a.score: '1'}}, s: {when: {a.score: '1'}, source: {in: sk}}}\n"
    "aside: {l: {grades: {ada: {when: {a.score: '1'}}, tak: {when: {a.score: '0'}}}}}\n"
    "grades:\n"
    "  kurang: {when: '< 1', source: {in: sk}}\n"
    "  baik: {when: 1, awards: {uang: {amount: 5, currency: IDR, source: {in: sk}}, piagam: {text: P}}}\n"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"indicators: {{a: {{{YES}}}}}\n", None),
        (f"{SOURCES}source: {{in: sk}}\nindicators: {{a: {{{YES}}}}}\n", None),
        (f"{SOURCES}indicators: {{a: {{{YES}, source: {{in: sk}}}}}}\n", None),
        (f"{SOURCES}indicators: {{a: {{{YES}}}}}\n", ("a",)),
        (
            f"{SOURCES}indicators: {{a: {{levels: {{ya: {{score: 1, source: {{in: sk}}}}, tidak: 0}}}}}}\n",
            ("a: tidak",),
        ),
        (
            f"{SOURCES}indicators: {{g: {{combine: sum, indicators: {{a: {{{YES}}}, b: {{{YES}}}}}}}}}\n",
            ("g",),
        ),
        (
            f"{SOURCES}indicators: {{g: {{combine: sum, source: {{in: sk}}, indicators: {{a: {{{YES}}}}}}}}}\n",
            None,
        ),
        (
            RULES,
            ("total: baik.piagam", "total: r", "l"),
        ),
        (
            SOURCES + "indicators: {" + ", ".join(f"i{n}: {{{YES}}}" for n in range(8)) + "}\n",
            ("i0", "i1", "i2", "i3", "i4", "… (+3)"),
        ),
    ],
)
def test_what_cites_no_source_is_named_once(text: str, expected: tuple[str, ...] | None) -> None:
    """The outermost place that neither cites nor inherits is named; where no sources are listed nothing is asked."""
    values = [] if expected is None else [each["names"] for _, each in told(unsourced, text)]
    assert ([] if expected is None else [expected]) == values
    assert (expected is None) == (told(unsourced, text) == [])


def test_how_many_rules_cite_nothing() -> None:
    """The count is of all, also of those that the sentence leaves out."""
    text = SOURCES + "indicators: {" + ", ".join(f"i{n}: {{{YES}}}" for n in range(8)) + "}\n"
    ((where, values),) = told(unsourced, text)
    assert ("sources", 8) == (where, values["count"])


# --- what nothing cites


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("baris 3", Rows("baris ", (3,))),
        ("formulir PK-BKM, baris 6a dan 6b", Rows("formulir PK-BKM, baris ", (6, 6))),
        ("form rows 2, 4 & 5", Rows("form rows ", (2, 4, 5))),
        ("Lampiran, Baris nomor 7", Rows("Lampiran, Baris nomor ", (7,))),
        ("baris 2 s.d. 4", Rows("baris ", (2, 3, 4))),
        ("row 2 to 3 (printed twice)", Rows("row ", (2, 3))),
        ("bab V.B", None),
        ("baris pertama", None),
        ("baris 3 kolom 2", None),
        ("arrow 3", None),
        ("", None),
    ],
)
def test_rows_of_a_citation(at: str, expected: Rows | None) -> None:
    """The place of a citation names rows where it ends in them, and nothing is guessed where it does not."""
    assert expected == rows(at)


def test_a_range_of_rows_is_not_counted_for_ever() -> None:
    """A slip in a range costs no memory."""
    found = rows("baris 1-99999")
    assert found is not None
    assert 1_001 == len(found.numbers)


def form(*places: str, readings: str = "") -> str:
    """A rubric whose indicators cite these places of one form."""
    cited = "".join(f"  i{n}: {{{YES}, source: {{in: sk, at: {at!r}}}}}\n" for n, at in enumerate(places))
    return f"{SOURCES}indicators:\n{cited}{readings}"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("baris 1", "baris 2", "baris 3"), []),
        (("baris 1", "baris 3", "baris 6"), ["sk, baris 2, 4, 5"]),
        (("rows 1-2", "row 4"), ["sk, row 3"]),
        (("tabel A baris 1", "tabel B baris 3"), []),
        (("baris 1", "baris 9"), ["sk, baris 2, 3, 4, 5, 6, … (+2)"]),
        (("bab I", "bab III"), []),
    ],
)
def test_rows_that_nothing_cites(places: tuple[str, ...], expected: list[str]) -> None:
    """Between the first and the last row of one form that are cited, each is expected to be."""
    assert [("sources.sk", {"places": each}) for each in expected] == told(uncited, form(*places))


@pytest.mark.parametrize(("settles", "count"), [("numbering", 0), ("silence", 1)])
def test_a_reading_accounts_for_a_number_left_out(settles: str, count: int) -> None:
    """A source that skips a number itself is read as such at the row before or after."""
    for at in ("i0", "i1"):
        reading = f"readings: {{r: {{settles: {settles}, problem: p, taken: t, because: b, at: {at}}}}}\n"
        assert count == len(told(uncited, form("baris 7", "baris 9", readings=reading)))


def test_a_source_is_cited_from_anywhere() -> None:
    """By a fact, a band, an award or a reading; only what nothing names is told."""
    text = (
        "sources: {fakta: {title: F}, pita: {title: P}, hadiah: {title: H}, tafsir: {title: T}, lain: {title: L}}\n"
        "facts: {n: {source: {in: fakta}}}\n"
        "indicators: {a: {measure: {}, bands: {0: {when: '<= 0'}, 1: {when: '> 0', source: {in: pita}}}}}\n"
        "grades: {k: {when: '-', awards: {uang: {amount: 1, currency: IDR, source: [{in: hadiah}]}}}}\n"
        "readings: {r: {settles: text, problem: p, taken: t, because: b, source: {in: tafsir}, at: a}}\n"
    )
    assert [("sources.lain", {"places": "lain"})] == told(uncited, text)


# --- absences


def reading(change: str, *, settles: str = "silence") -> str:
    """A reading with one alternative."""
    return (
        f"readings: {{r: {{settles: {settles}, problem: p, taken: t, because: b, "
        f"alternatives: {{lain: {{change: {change}}}}}}}}}\n"
    )


@pytest.mark.parametrize(
    ("about", "rest", "expected"),
    [
        ("missing: 0", "", ["indicators.a.measure.missing"]),
        ("missing: 0, source: {in: sk}", "", []),
        ("missing: 0", reading("{indicators: {a: {measure: {missing: 1}}}}"), []),
        ("missing: 0", reading("{indicators: {a: {measure: {missing: null}}}}"), []),
        ("missing: 0", reading("{indicators: {a: {measure: {unit: kg}}}}"), ["indicators.a.measure.missing"]),
        (
            "missing: 0",
            reading("{indicators: {a: {measure: {missing: 1}}}}", settles="text"),
            ["indicators.a.measure.missing"],
        ),
        ("missing: 0", "readings: {r: {settles: silence, problem: p, taken: t, because: b, at: a}}\n", []),
        ("unit: kg", "", []),
    ],
)
def test_an_absence_that_counts_needs_a_source(about: str, rest: str, expected: list[str]) -> None:
    """What a missing answer counts as is said by a source of the fact itself, or by a reading of the silence."""
    text = (
        f"{SOURCES}indicators:\n"
        f"  a: {{source: {{in: sk}}, measure: {{{about}}}, bands: {{0: {{when: '<= 0'}}, 1: {{when: '> 0'}}}}}}\n{rest}"
    )
    assert expected == [where for where, _ in told(absences, text)]


def test_a_fact_of_the_whole_rubric_needs_a_source_too() -> None:
    """A fact outside of every node is told at its own place, with what its absence counts as."""
    text = f"facts: {{n: {{missing: 3}}}}\nindicators: {{a: {{{YES}, applies: {{n: '> 2'}}}}}}\n"
    assert [("facts.n.missing", {"name": "n", "value": "3"})] == told(absences, text)


# --- alternatives against each other


def several(**changes: str) -> str:
    """A rubric with a reading of one alternative for each change."""
    said = "".join(
        f"  {name}: {{settles: text, problem: p, taken: t, because: b, alternatives: {{x: {{change: {change}}}}}}}\n"
        for name, change in changes.items()
    )
    return f"indicators:\n  a: {{measure: {{}}, bands: {{0: {{when: '<= 0'}}, 1: {{when: '> 0'}}}}}}\nreadings:\n{said}"


@pytest.mark.parametrize(
    ("one", "other", "path"),
    [
        ("{title: A}", "{title: B}", "title"),
        ("{title: A}", "{title: A}", None),
        ("{title: A}", "{note: B}", None),
        (
            "{indicators: {a: {bands: null}}}",
            "{indicators: {a: {bands: {1: {when: '> 2'}}}}}",
            "indicators.a.bands",
        ),
        ("{indicators: {a: {bands: {1: {when: '> 2'}}}}}", "{indicators: {a: null}}", "indicators.a"),
        ("{}", "{title: B}", None),
    ],
)
def test_alternatives_that_cannot_be_taken_together(one: str, other: str, path: str | None) -> None:
    """Two changes of one place, or one inside of the other, are told; taking both is refused at that place."""
    text = several(p=one, q=other)
    expected = [{"one": "p: x", "other": "q: x", "path": path}] if path else []
    assert [("readings.q.alternatives.x", values) for values in expected] == told(opposed, text)
    if path is None:
        assert kinerja.Evaluator(rubric(text), readings={"p": "x", "q": "x"}).plan
    else:
        with pytest.raises(kinerja.UsageError, match="K507"):
            kinerja.Evaluator(rubric(text), readings={"p": "x", "q": "x"})


def test_alternatives_of_one_reading_are_a_choice() -> None:
    """Of one reading only one alternative can be taken anyway."""
    text = several(p="{title: A}").replace(
        "{x: {change: {title: A}}}", "{x: {change: {title: A}}, y: {change: {title: B}}}"
    )
    assert [] == list(conflicts(rubric(text)))


# --- alternatives that change nothing


BASE = (
    "facts: {peran: {kind: choice, options: {rt: RT, rw: RW}}}\n"
    "indicators:\n"
    "  a: {measure: {in: '[0..10]'}, bands: {0: {when: '< 5'}, 1: {when: '>= 5'}}}\n"
    "  b: {applies: {peran: rt}, levels: {ya: 1, tidak: 0}}\n"
    "  c: {ladder: {satu: 1, dua: 2}, otherwise: 0}\n"
    "  d: {direct: {in: '[0..2]', step: 1}}\n"
    "  e: {facts: {awal: {in: '> 0'}, kini: {}}, measure: {from: '100 * kini / awal'}, "
    "bands: {0: {when: '< 50'}, 1: {when: '>= 50'}}}\n"
    "  f: {measure: {kind: yes-no}, bands: {0: {when: false}, 1: {when: true}}}\n"
    "grades: {kurang: {when: '< 1'}, baik: {when: '>= 1', awards: {uang: {amount: 5, currency: IDR}}}}\n"
)


@pytest.mark.parametrize(
    "change",
    [
        "{indicators: {a: {bands: {0: {when: '<= 5'}, 1: {when: '> 5'}}}}}",
        "{indicators: {a: {measure: {in: '[0..9]'}}}}",
        "{indicators: {a: {measure: {round: {to: 1, mode: half-up}}}}}",
        "{indicators: {a: {measure: {missing: 0}}}}",
        "{indicators: {a: {measure: {step: 2}}}}",
        "{indicators: {b: {applies: null}}}",
        "{indicators: {b: {applies: {peran: rw}}}}",
        "{indicators: {b: {levels: {ya: 2}}}}",
        "{indicators: {b: {may-not-apply: true}}}",
        "{indicators: {b: null}}",
        "{indicators: {c: {ladder: {dua: 3}}}}",
        "{indicators: {c: {ladder: null, otherwise: null, levels: {satu: 1}}}}",
        "{indicators: {d: {direct: {in: '[0..3]'}}}}",
        "{indicators: {d: {cap: '<= 1'}}}",
        "{indicators: {e: {measure: {from: 'kini / awal'}}}}",
        "{indicators: {f: {bands: {1: {score: 7}}}}}",
        "{indicators: {f: {missing: exclude}}}",
        "{indicators: {g: {levels: {x: 1}}}}",
        "{combine: sum}",
        "{grades: {baik: {when: '>= 1.1'}, kurang: {when: '< 1.1'}}}",
        "{grades: {baik: {awards: {uang: {amount: 6}}}}}",
        "{aside: {l: {grades: {k: {when: {a.score: '0'}}, l: {when: {a.score: '1'}}}}}}",
    ],
)
def test_a_witness_gets_another_result(change: str) -> None:
    """For an alternative that changes anything there is a sheet that shows it: evaluating it tells the two apart."""
    made = rubric(BASE + reading(change))
    sheet = witness(made, "r", "lain")
    assert sheet is not None
    here, there = (kinerja.Evaluator(made, readings=taken).evaluate(sheet) for taken in ({}, {"r": "lain"}))
    shown = [
        (each.status, {path: (node.status, node.score, node.grade) for path, node in each.nodes.items()})
        for each in (here, there)
    ]
    assert shown[0] != shown[1]
    assert [] == told(vain, BASE + reading(change))


@pytest.mark.parametrize(
    "change",
    [
        "{indicators: {a: {bands: {1: {when: '[5..10]'}}}}}",
        "{indicators: {a: {bands: {1: {text: T}}}}}",
        "{indicators: {d: {direct: {in: '[0..2.5]'}}}}",
        "{indicators: {e: {measure: {from: 'kini * 100 / awal'}}}}",
        "{title: T}",
    ],
)
def test_an_alternative_that_changes_no_sheet_is_told(change: str) -> None:
    """The finding says how many sheets were tried, and claims nothing of the others."""
    ((where, values),) = told(vain, BASE + reading(change))
    assert "readings.r.alternatives.lain.change" == where
    assert {"reading": "r", "alternative": "lain"} == {k: v for k, v in values.items() if k != "count"}
    assert 10 < values["count"] <= witnesses.SHEETS
    assert witness(rubric(BASE + reading(change)), "r", "lain") is None


@pytest.mark.parametrize(
    "rest",
    [
        "readings: {r: {settles: text, problem: p, taken: t, because: b, at: a, alternatives: {lain: {text: T}}}}\n",
        reading("{indicators: {a: {number: 8a}}}", settles="numbering"),
        reading("{indicators: {a: {bands: {1: {when: 'x y'}}}}}"),
        reading("{indicators: {b: {title: B}, d: {title: D}}, combine: weighted-mean}"),
        reading("{title: T, indicators: {a: {measure: {in: '[0..11]'}, bands: {1: {when: '[5..10]'}}}}}"),
    ],
)
def test_what_is_told_elsewhere_or_by_no_result(rest: str) -> None:
    """An alternative without a change, one of a printed number, and one that breaks the rubric are not called idle."""
    assert [] == told(vain, BASE + rest)


def test_what_breaks_a_rubric_for_no_sheet_that_is_tried() -> None:
    """Weights that no longer close give a sheet the same result and are told as what they are."""
    text = f"indicators: {{a: {{{YES}}}}}\n" + reading(
        "{combine: weighted-sum, indicators: {a: {weight: 90%}}}"
    )
    assert [] == told(vain, text)
    assert ["K206"] == [each.code for each in kinerja.check(read(HEAD + text, name="x"))]


def test_a_broken_rubric_is_not_searched() -> None:
    """While the rubric itself has a gap, its alternatives are left alone."""
    text = BASE.replace("'>= 5'}}}\n  b", "'> 5'}}}\n  b") + reading("{title: T}")
    assert [] == told(vain, text)


def test_the_search_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many sheets are tried and no more."""
    monkeypatch.setattr("kinerja.checks.witnesses.SHEETS", 7)
    found = search(plan(rubric(BASE + reading("{title: T}"))), "r", "lain")
    assert found.sheet is None
    assert 0 < found.tried <= 7


def test_a_rubric_without_bounds_is_searched_around_zero() -> None:
    """A number that nothing bounds is tried at 0 and 100; a set that nothing climbs at each of its options."""
    text = (
        "facts: {s: {kind: set, options: {x: X, y: Y}}}\n"
        "indicators: {a: {formula: n, facts: {n: {}}}}\n"
        "requires: {g: {when: {a.score: '< 200'}}}\n"
    )
    sheet = witness(rubric(text + reading("{indicators: {a: {formula: '2 * n'}}}")), "r", "lain")
    assert {"s", "a.n"} == set(sheet or ())
    assert witness(rubric(text + reading("{facts: {s: {title: S}}}")), "r", "lain") is None


def test_grades_of_a_number_on_the_real_line() -> None:
    """Where scores cannot be listed, the bounds of the grades are met by the answers alone."""
    text = "indicators: {a: {direct: {in: '[0..10]'}}}\ngrades: {k: {when: '< 5'}, b: {when: '>= 5'}}\n"
    assert witness(rubric(text + reading("{grades: {k: {title: T}}}")), "r", "lain") is None
    found = witness(rubric(text + reading("{combine: sum, cap: '<= 4'}")), "r", "lain")
    assert {"a": Fraction(10)} == found


def test_grades_that_ask_more_than_a_score() -> None:
    """A grade by the score of another node, and one for an answer without a score, are no bounds of the own score."""
    text = (
        "indicators: {a: {levels: {ya: 1, tidak: {score: none, because: b}}}}\n"
        "grades: {tanpa: {when: none}, k: {when: {value: '1', a.score: '1'}}}\n"
    )
    assert witness(rubric(text + reading("{title: T}")), "r", "lain") is None


@pytest.mark.parametrize("name", kinerja.bundled())
def test_every_alternative_of_a_bundled_rubric_has_a_witness(name: str) -> None:
    """No reading of a bundled rubric is told whose alternatives make no difference to anybody."""
    bundled = kinerja.load(name)
    pairs = [(key, chosen) for key, each in bundled.readings.items() for chosen in each.alternatives]
    assert pairs
    for key, chosen in pairs:
        sheet = witness(bundled, key, chosen)
        assert sheet is not None, (key, chosen)
        here, there = (
            kinerja.Evaluator(bundled, readings=taken).evaluate(sheet) for taken in ({}, {key: chosen})
        )
        assert (here.status, here.nodes) != (there.status, there.nodes)


def test_an_unknown_reading_is_the_callers_mistake() -> None:
    """A witness is asked for a reading and an alternative that there are."""
    made = rubric(BASE + reading("{title: T}"))
    with pytest.raises(kinerja.UsageError, match="K505"):
        witness(made, "x", "lain")
    with pytest.raises(kinerja.UsageError, match="K506"):
        witness(made, "r", "x")


# --- examples


COVERED = (
    "facts: {n: {}}\n"
    "requires: {g: {when: {n: '> 0'}, text: T}}\n"
    "indicators:\n"
    f"  a: {{{YES}, examples: {{ya: 1}}}}\n"
    "  t: {ladder: {satu: 1, dua: 2}, otherwise: 0, examples: {'': 0, satu: 1}}\n"
    "grades: {kurang: {when: '< 1'}, baik: {when: '>= 1'}}\n"
    + reading("{indicators: {a: {levels: {ya: 2}}}}")
    + "examples:\n  satu: {facts: {n: 1, a: ya, t: [satu]}, expect: {status: complete}}\n"
)


def test_what_no_example_reaches_is_named() -> None:
    """Levels, steps, grades, gates and other readings count, each as it is reached."""
    expected = {
        "reached": 3,
        "of": 8,
        "names": ("a: tidak", "t: dua", "total: kurang", "total: g", "r: lain"),
    }
    assert [("examples", expected)] == told(covered, COVERED)


def test_nothing_is_said_where_everything_is_reached() -> None:
    """An example for each, a failed gate and another reading among them."""
    more = (
        "  gagal: {facts: {n: 0, a: tidak, t: []}, expect: {status: invalid}}\n"
        "  rendah: {facts: {n: 1, a: tidak, t: []}, expect: {grade: kurang}}\n"
        "  dua: {facts: {n: 1, a: ya, t: [satu, dua]}, expect: {grade: baik}}\n"
        "  lain: {facts: {n: 1, a: ya, t: [satu]}, readings: {r: lain}, expect: {total: 1.5}}\n"
    )
    assert [] == told(covered, COVERED + more)


def test_a_line_reached_under_another_reading_is_not_reached() -> None:
    """What an example comes to under other rules shows nothing of the rubric's own."""
    more = (
        "  lain: {facts: {n: 1, a: tidak, t: [satu, dua]}, readings: {r: lain}, expect: {status: complete}}\n"
    )
    ((_, values),) = told(covered, COVERED + more)
    assert ("a: tidak", "t: dua", "total: kurang", "total: g") == values["names"]


@pytest.mark.parametrize(
    "text",
    [
        f"indicators: {{a: {{{YES}}}}}\n",
        COVERED.replace("examples: {ya: 1}", "examples: {ya: 0}"),
        COVERED + "  putus: {like: tidak-ada}\n",
    ],
)
def test_examples_that_say_nothing_of_what_is_reached(text: str) -> None:
    """Without examples nothing is asked for, and one that fails is mended first."""
    assert [] == told(covered, text)


def test_examples_that_fail_are_errors_of_the_check() -> None:
    """`check` tells them like `test`; while the rubric itself is broken they would say the same again."""
    text = (
        HEAD + f"indicators: {{a: {{{YES}, examples: {{ya: 0}}}}}}\nexamples: {{e: {{expect: {{x: 1}}}}}}\n"
    )
    assert ["K201", "K202"] == [each.code for each in kinerja.check(read(text, name="x"))]
    assert ["5:", "4:"] == [str(each.place)[2:4] for each in kinerja.check(read(text, name="x"))][::-1]
    broken = text.replace(YES, "measure: {}, bands: {1: {when: '> 0'}, 2: {when: '< 0'}}").replace(
        "ya: 0", "1: 0"
    )
    assert ["K203"] == [each.code for each in kinerja.check(read(broken, name="x"))]


def test_a_rubric_made_in_python_is_checked_alike() -> None:
    """Without a file there are no places, and the same findings."""
    node = Levels(levels={"ya": Level(score=1), "tidak": Level(score=0)}, examples={"ya": 1})
    same = Alternative(change={"title": "T"})
    made = Rubric(
        id="x",
        combine="mean",
        indicators={"a": node},
        readings={
            "r": Reading(settles="text", problem="p", taken="t", because="b", alternatives={"s": same})
        },
    )
    assert ["K233", "K240"] == [each.code for each in kinerja.check(made)]
