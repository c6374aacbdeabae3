"""What a sheet says and what is made of it: values, records, derived facts, and every problem on the way."""

from __future__ import annotations

import itertools
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid, Rubric
from kinerja.sheets import Entry, Sheet, Written, entries

TEXT = """
kinerja: 1
id: uji
language: en
combine: mean
facts:
  lokasi: {kind: choice, options: {kota: "Kota", "1": "Satu"}}
indicators:
  bagian:
    facts:
      awal: {in: "> 0", unit: ha}
      kini: {in: ">= 0", unit: ha, missing: 2}
    measure: {unit: "%", in: "<= 100", from: "100 * (awal - kini) / awal"}
    bands: {1: {when: "> 0"}, 0: {when: "<= 0"}}
  hitung:
    measure: {in: ">= 0", step: 1}
    bands: {2: {when: ">= 3"}, 1: {when: "< 3"}}
    may-not-apply: true
  ukur:
    measure: {unit: m, round: {to: 1, mode: half-up}}
    bands: {2: {when: ">= 3"}, 1: {when: "< 3"}}
  jenjang:
    levels: {baik: 2, buruk: 0}
  ada:
    levels: {"true": 1, "false": 0}
  akar:
    facts: {luas: {in: ">= 0"}}
    measure: {from: "sqrt(luas)", round: {to: 0.01, mode: half-up}}
    bands: {1: {when: "> 1"}, 0: {when: "<= 1"}}
  tempat:
    facts: {jauh: {kind: yes-no}, ramai: {kind: yes-no}}
    bands:
      2: {when: {jauh: "false", ramai: "true"}}
      1: {when: [{jauh: "false", ramai: "false"}, {jauh: "true", lokasi: kota}]}
      0: {when: {jauh: "true", lokasi: "1"}}
  kelompok:
    combine: sum
    indicators:
      isi: {measure: {}, bands: {1: {when: "-"}}}
"""
RUBRIC: Rubric = kinerja.loads(TEXT, name="uji")
EVALUATOR = Evaluator(RUBRIC)

COMPLETE: dict[str, Any] = {
    "lokasi": "kota",
    "bagian": 10,
    "hitung": 3,
    "ukur": 3,
    "jenjang": "baik",
    "ada": True,
    "akar": 2,
    "tempat.jauh": False,
    "tempat.ramai": True,
    "kelompok.isi": 0,
}


def result_of(**facts: Any) -> kinerja.Assessment:
    """A complete sheet with some facts changed; None takes one out.  A double underline stands for a dot."""
    changed = {name.replace("__", "."): value for name, value in facts.items()}
    return EVALUATOR.evaluate({name: v for name, v in {**COMPLETE, **changed}.items() if v is not None})


def codes(result: kinerja.Assessment) -> list[tuple[str, str]]:
    """The code and path of each problem."""
    return [(problem.code, problem.path) for problem in result.problems]


def test_the_sheet_that_the_others_change() -> None:
    """Everything answered legally: complete."""
    assert isinstance(result_of(), Complete)


# --- values


@pytest.mark.parametrize(
    ("value", "exact"),
    [
        (3, "3"),
        (Fraction(10, 3), "10/3"),
        (Decimal("2.50"), "5/2"),
        (0.1, "1/10"),
        (1e-7, "1/10000000"),
        (-0.0, "0"),
        (10**40, str(10**40)),
        (Written("2.5"), "5/2"),
        (Written("-2/3"), "-2/3"),
    ],
)
def test_number(value: Any, exact: str) -> None:
    """A number is taken exactly, whatever type it comes in; one from a file is read."""
    figure = EVALUATOR.evaluate({"kelompok.isi": value})["kelompok.isi"].facts["kelompok.isi"].figure
    assert Fraction(exact) == figure


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("ukur", True, "K143"),
        ("ukur", "3", "K145"),
        ("ukur", float("nan"), "K137"),
        ("ukur", float("-inf"), "K137"),
        ("ukur", Decimal("NaN"), "K137"),
        ("ukur", [3], "K146"),
        ("ukur", b"3", "K146"),
        ("ukur", Decimal("1E+1000000"), "K139"),
        pytest.param("ukur", 10**20_000, "K139", id="too-long"),
        ("ukur", Written("3,5"), "K131"),
        ("ukur", Written("tiga"), "K130"),
        ("bagian", 101, "K303"),
        ("bagian", Fraction(10_000_001, 100_000), "K303"),
        ("hitung", -1, "K303"),
        ("hitung", 2.5, "K304"),
        ("hitung", Fraction(1, 3), "K304"),
        ("jenjang", "Baik", "K305"),
        ("jenjang", True, "K305"),
        pytest.param("jenjang", 10**5_000, "K305", id="unprintable-option"),
        ("jenjang", ["baik"], "K305"),
        ("lokasi", 2, "K305"),
        ("ada", "true", "K306"),
        ("ada", 1, "K306"),
        pytest.param("ada", 10**5_000, "K306", id="unprintable-truth"),
        ("ada", Written("ya"), "K306"),
        ("ada", Written("True"), "K306"),
        ("tidak_ada", 1, "K301"),
        ("kelompok.lain", 1, "K301"),
        ("kelompok.isi.dalam", 1, "K301"),
        ("tempat", 1, "K321"),
        ("tempat", {"value": True, "by": "fgd"}, "K321"),
        ("kelompok", 1, "K321"),
        ("total", 1, "K321"),
    ],
)
def test_value_that_cannot_be_used(name: str, value: Any, code: str) -> None:
    """Every refused value is one problem at its fact, and the rest of the sheet is still scored."""
    result = EVALUATOR.evaluate({**COMPLETE, name: value})
    assert isinstance(result, Invalid)
    assert [(code, name)] == codes(result)
    assert result["ada"].score is not None or name == "ada"


@pytest.mark.parametrize(("value", "option"), [("1", "1"), (1, "1"), (Written("1"), "1"), ("kota", "kota")])
def test_option(value: Any, option: str) -> None:
    """An option is named by its id; an integer whose text is an id is that option."""
    assert option == result_of(lokasi=value, tempat__jauh=True)["tempat"].facts["lokasi"].value


@pytest.mark.parametrize(("value", "truth"), [(True, True), (False, False), (Written("true"), True)])
def test_yes_no(value: Any, truth: bool) -> None:
    """Yes and no are true and false, from a file as words without quotes."""
    assert truth is result_of(ada=value)["ada"].facts["ada"].value


def test_the_domain_is_asked_before_rounding() -> None:
    """A value outside its domain is refused, also where rounding would bring it inside."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nindicators:\n"
        '  a: {measure: {in: "[0..10]", round: {to: 1, mode: half-up}}, bands: {1: {when: "-"}}}\n'
    )
    assert isinstance(Evaluator(rubric).evaluate({"a": Fraction("10.4")}), Invalid)
    assert isinstance(Evaluator(rubric).evaluate({"a": Fraction("9.6")}), Complete)


def test_rounding_stands_in_the_trail() -> None:
    """The value before a fact's rounding, the rounding, and the value after."""
    fact = result_of(ukur=2.5)["ukur"].facts["ukur"]
    assert (3, "2.5", "half-up 1") == (fact.figure, fact.before, fact.rounding)
    assert "" == result_of(ukur=3)["ukur"].facts["ukur"].before
    assert "5/2" == fact_before(Written("5/2"))


def fact_before(value: Any) -> str:
    """What a fact was before its rounding, as a fraction."""
    return str(Fraction(result_of(ukur=value)["ukur"].facts["ukur"].before))


def test_set() -> None:
    """A set is any number of its options in a list; nothing reads one yet, so a wrong one changes nothing either."""
    rubric = kinerja.loads(
        TEXT.replace("facts:\n  lokasi", "facts:\n  foto: {kind: set, options: {a: A, b: B}}\n  lokasi")
    )
    for value in (["a", "b"], (), {"b"}, ["c"], "a", [[]], itertools.count()):
        assert isinstance(Evaluator(rubric).evaluate({**COMPLETE, "foto": value}), Complete)


# --- names


def test_names_may_be_nested() -> None:
    """A mapping is the names inside a name; a dot says the same."""
    nested = {**COMPLETE, "tempat": {"jauh": False, "ramai": True}, "kelompok": {"isi": {"value": 0}}}
    for name in ("tempat.jauh", "tempat.ramai", "kelompok.isi"):
        del nested[name]
    assert result_of().trail.nodes == EVALUATOR.evaluate(nested).trail.nodes


def test_a_name_stated_twice() -> None:
    """A fact stated as a dotted name and inside a mapping is a problem; neither wins."""
    result = EVALUATOR.evaluate({**COMPLETE, "kelompok": {"isi": 1}})
    assert ("K302", "kelompok.isi") in codes(result)


def test_an_unknown_name_is_compared() -> None:
    """The nearest known name is offered."""
    (problem,) = result_of(jenjng="baik").problems
    assert ("K301", "jenjang") == (problem.code, problem.values["suggestion"])


@pytest.mark.parametrize(
    ("facts", "flat"),
    [
        ({"a": {"b": {"c": 1}}}, [("a.b.c", 1)]),
        ({"a": {"value": 1, "unit": "m"}}, [("a", Entry(value=1, unit="m"))]),
        ({"a": {"value": 1, "b": 2}}, [("a", Entry(value=1)), ("a.b", 2)]),
        ({"a": {}}, [("a", Entry())]),
        ({1: {2: 3}}, [("1.2", 3)]),
        ({"a": {"not-applicable": "x"}}, [("a", Entry(not_applicable="x"))]),
    ],
)
def test_entries(facts: dict[Any, Any], flat: list[tuple[str, Any]]) -> None:
    """Records keep their words, names are joined with dots, and nothing is dropped."""
    assert flat == list(entries(facts))


def test_endless_nesting() -> None:
    """A mapping that holds itself is an unknown name, not a hanging program."""
    endless: dict[str, Any] = {}
    endless["a"] = endless
    assert isinstance(EVALUATOR.evaluate({"ukur": endless}), Invalid)
    deep: dict[str, Any] = {}
    for _ in range(5_000):
        deep = {"a": deep}
    assert isinstance(EVALUATOR.evaluate({"ukur": deep}), Invalid)


def test_an_object_that_cannot_be_printed() -> None:
    """What a stranger's object does when it is printed is not our problem."""

    class Hostile:
        def __str__(self) -> str:
            raise ZeroDivisionError

        __repr__ = __str__

    result = result_of(jenjang=Hostile(), ada=Hostile(), ukur={"value": 3, "note": Hostile()})
    assert {"K305", "K306"} == {code for code, _ in codes(result)}
    assert "<Hostile>" in result.explain()


# --- records


def test_record_keeps_its_words() -> None:
    """Who, when, with what proof and remark stand in the trail; the value counts as if it stood alone."""
    result = result_of(
        ukur={"value": 3, "unit": "m", "by": "a", "on": "2020-01-01", "evidence": ["x", "y"], "note": 5}
    )
    fact = result["ukur"].facts["ukur"]
    assert ("a", "2020-01-01", "x; y", "5") == (fact.by, fact.on, fact.evidence, fact.note)
    assert result_of().trail.total == result.trail.total


@pytest.mark.parametrize(("unit", "legal"), [("m", True), ("", True), ("cm", False), ("M", False)])
def test_unit(unit: str, legal: bool) -> None:
    """A unit that is not the fact's own is a problem: nothing is converted."""
    result = result_of(ukur={"value": 3, "unit": unit})
    assert ([] if legal else [("K308", "ukur")]) == codes(result)


def test_record_without_a_value() -> None:
    """A remark alone answers nothing."""
    result = result_of(ukur={"note": "belum diukur"})
    assert isinstance(result, Incomplete)
    assert ("ukur",) == result.missing
    assert isinstance(result_of(tempat={"note": "x"}), Complete)


def test_record_of_an_unknown_name() -> None:
    """A misspelt name in a record is a problem as well, and one only."""
    for record in ({"score": 1}, {"note": "x"}, {"value": 1, "unit": "m"}, {"not-applicable": "x"}):
        assert ("K301", "ukurr") in codes(result_of(ukurr=record))


@pytest.mark.parametrize("value", [None, {"value": None}, {}])
def test_nothing_is_no_answer(value: Any) -> None:
    """None, an empty record and a record with None: the fact is missing."""
    result = EVALUATOR.evaluate({**COMPLETE, "ukur": value})
    assert isinstance(result, Incomplete)
    assert ("ukur",) == result.missing


# --- stated scores


@pytest.mark.parametrize("score", [2, Fraction(2), 2.0, Written("2"), Decimal(2)])
def test_stated_score(score: Any) -> None:
    """A score without its measure counts, is marked, and claims no line of the form."""
    result = result_of(jenjang={"score": score})
    assert isinstance(result, Complete)
    assert (2, True, None) == (result["jenjang"].score, result["jenjang"].stated, result["jenjang"].band)


@pytest.mark.parametrize(
    ("name", "score", "code"),
    [
        ("jenjang", 1, "K310"),
        ("jenjang", Fraction(1, 3), "K310"),
        ("jenjang", True, "K143"),
        ("jenjang", "2", "K145"),
        ("jenjang", {"a": 1}, "K146"),
        ("jenjang", float("nan"), "K137"),
        ("tempat", 3, "K310"),
        ("kelompok", 1, "K311"),
        ("total", 1, "K311"),
        ("lokasi", 1, "K311"),
        ("bagian.awal", 1, "K311"),
    ],
)
def test_score_that_cannot_be_stated(name: str, score: Any, code: str) -> None:
    """A score that cannot occur, that is no number, or that belongs to no indicator, is a problem."""
    assert (code, name) in codes(result_of(**{name.replace(".", "__"): {"score": score}}, bagian=None))


def test_score_and_value_that_agree() -> None:
    """Stating both is legal where they say the same: the score is then derived."""
    result = result_of(hitung={"value": 3, "score": 2})
    assert isinstance(result, Complete)
    assert (False, "2") == (result["hitung"].stated, result["hitung"].band.id)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "facts",
    [
        {"hitung": {"value": 3, "score": 1}},
        {"bagian": {"score": 1}, "bagian.awal": 2, "bagian.kini": 3},
        {"tempat": {"score": 0}},
        {"akar": {"score": 0}, "akar.luas": 9},
    ],
)
def test_score_and_value_that_do_not(facts: dict[str, Any]) -> None:
    """A stated score that its own answers contradict, given as one value or in parts, is a problem."""
    name = next(iter(facts))
    assert [("K312", name)] == codes(EVALUATOR.evaluate({**COMPLETE, **facts}))


def test_score_beside_parts_that_say_too_little() -> None:
    """Answers that do not give a score contradict none."""
    result = EVALUATOR.evaluate({**COMPLETE, "tempat.jauh": None, "tempat": {"score": 0}})
    assert isinstance(result, Complete)
    assert result["tempat"].stated
    result = EVALUATOR.evaluate({**COMPLETE, "bagian": {"score": 0}, "bagian.awal": 5})
    assert isinstance(result, Complete)
    assert (True, 0) == (result["bagian"].stated, result["bagian"].score)


def test_score_beside_a_value_that_cannot_be_used() -> None:
    """The score does not stand in for a value that is a problem."""
    result = result_of(hitung={"value": -3, "score": 1})
    assert [("K303", "hitung")] == codes(result)
    assert "invalid" == result["hitung"].status


# --- not applicable


def test_not_applicable_with_a_reason() -> None:
    """Where the rubric allows it, an indicator is left out and the result is marked."""
    result = result_of(hitung={"not-applicable": "tidak ada"})
    assert isinstance(result, Complete)
    assert ("excluded", "tidak ada", None) == (
        result["hitung"].status,
        result["hitung"].reason,
        result["hitung"].score,
    )
    assert result["total"].reweighed
    assert ["K406"] == [note.code for note in result.notes if note.path == "hitung"]


@pytest.mark.parametrize(
    ("name", "reason", "code"),
    [
        ("hitung", "", "K314"),
        ("hitung", "  ", "K314"),
        ("ukur", "tidak ada", "K313"),
        ("tempat", "tidak ada", "K313"),
        ("kelompok", "tidak ada", "K313"),
        ("lokasi", "tidak ada", "K313"),
        ("bagian.awal", "tidak ada", "K313"),
    ],
)
def test_not_applicable_refused(name: str, reason: str, code: str) -> None:
    """Without a reason, or where the rubric does not allow it, it is a problem."""
    changed = {**COMPLETE, "bagian": None, name: {"not-applicable": reason}, "tempat.jauh": True}
    assert (code, name) in codes(EVALUATOR.evaluate(changed))


# --- derived facts


def bagian(**facts: Any) -> kinerja.Assessment:
    """A complete sheet whose first indicator is answered in some way."""
    named = {name.replace("__", "."): value for name, value in facts.items()}
    return EVALUATOR.evaluate({**COMPLETE, "bagian": None, **named})


def test_derived_from_its_parts() -> None:
    """Both parts give the value exactly, with its formula and operands in the trail."""
    fact = bagian(bagian__awal=3, bagian__kini=1)["bagian"].facts["bagian"]
    assert (Fraction(200, 3), "derived") == (fact.figure, fact.how)
    assert ("100 * (awal - kini) / awal", {"awal": "bagian.awal", "kini": "bagian.kini"}) == (
        fact.formula,
        dict(fact.operands),
    )


def test_derived_with_a_part_that_has_a_meaning() -> None:
    """A part that is absent counts as what the rubric says, and is told as a default."""
    facts = bagian(bagian__awal=4)["bagian"].facts
    assert (50, "default", 2) == (
        facts["bagian"].figure,
        facts["bagian.kini"].how,
        facts["bagian.kini"].figure,
    )


def test_derived_and_stated() -> None:
    """The value and its parts may both be given where they agree; else somebody has to say which is meant."""
    assert isinstance(bagian(bagian=50, bagian__awal=4, bagian__kini=2), Complete)
    assert [("K309", "bagian")] == codes(bagian(bagian=40, bagian__awal=4, bagian__kini=2))
    # What the rubric assumes contradicts nobody.
    assert isinstance(bagian(bagian=40, bagian__awal=4), Complete)


def test_an_assumption_contradicts_nobody() -> None:
    """A stated value is compared with what was stated, however far away, and never with what the rubric assumed."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nindicators:\n"
        "  a:\n    facts: {b: {}, c: {missing: 2}, d: {from: b + c}}\n"
        "    measure: {from: d * 10}\n    bands: {1: {when: '-'}}\n"
    )
    evaluator = Evaluator(rubric)
    assert 30 == evaluator.evaluate({"a.b": 1})["a"].facts["a"].figure
    assert isinstance(evaluator.evaluate({"a": 7, "a.b": 1}), Complete)
    assert [("K309", "a")] == codes(evaluator.evaluate({"a": 7, "a.b": 1, "a.c": 2}))
    assert [("K309", "a")] == codes(evaluator.evaluate({"a": 7, "a.d": 3}))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"bagian.awal": 0, "bagian.kini": 1}, [("K303", "bagian.awal")]),
        ({"bagian.awal": "x", "bagian.kini": 1}, [("K145", "bagian.awal")]),
        ({"bagian": 50, "bagian.awal": "x"}, [("K145", "bagian.awal")]),
        ({"bagian": "x", "bagian.awal": 4, "bagian.kini": 2}, [("K145", "bagian")]),
    ],
)
def test_derived_from_what_cannot_be_used(facts: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """A part that is a problem spoils the whole, and is the only problem that is told."""
    result = EVALUATOR.evaluate({**COMPLETE, "bagian": None, **facts})
    assert expected == codes(result)
    assert "invalid" == result["bagian"].status


def test_derived_outside_its_domain() -> None:
    """A computed value meets the same domain as a stated one."""
    rubric = kinerja.loads(TEXT.replace('in: "<= 100", from', 'in: "[0..100]", from'))
    facts = {**COMPLETE, "bagian": None, "bagian.awal": 1, "bagian.kini": 2}
    assert [("K303", "bagian")] == codes(Evaluator(rubric).evaluate(facts))


def test_derived_inexact() -> None:
    """A root that is not rational is rounded as declared; without a rounding it has no exact value."""
    assert Fraction("1.41") == bagian(bagian=1, akar=None, akar__luas=2)["akar"].facts["akar"].figure
    bare = kinerja.loads(TEXT.replace(", round: {to: 0.01, mode: half-up}", ""))
    result = Evaluator(bare).evaluate({**COMPLETE, "akar": None, "akar.luas": 2})
    assert [("K319", "akar")] == codes(result)
    assert isinstance(Evaluator(bare).evaluate({**COMPLETE, "akar": None, "akar.luas": 4}), Complete)


def test_division_by_zero() -> None:
    """A formula without a value is a problem at the fact that it computes."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: sum\nindicators:\n"
        '  a: {facts: {b: {}}, measure: {from: "1 / b"}, bands: {1: {when: "-"}}}\n'
    )
    assert [("K178", "a")] == codes(Evaluator(rubric).evaluate({"a.b": 0}))


def test_not_applicable_in_a_formula() -> None:
    """Arithmetic with what is not applicable is not applicable, unless the sheet states the result itself."""
    rubric = kinerja.loads(
        "kinerja: 1\nid: x\ncombine: mean\nindicators:\n"
        '  a: {may-not-apply: true, measure: {}, bands: {1: {when: "-"}}}\n'
        '  b: {facts: {c: {}}, measure: {from: "a + c"}, bands: {1: {when: "> 5"}, 0: {when: "<= 5"}}}\n'
    )
    evaluator = Evaluator(rubric)
    result = evaluator.evaluate({"a": {"not-applicable": "x"}, "b.c": 1})
    assert [("K331", "total")] == codes(result)
    assert "not-applicable" == result["b"].status
    assert "not-applicable" == result["b"].facts["b"].how
    stated = evaluator.evaluate({"a": {"not-applicable": "x"}, "b.c": 1, "b": 6})
    assert isinstance(stated, Complete)
    assert 1 == stated["b"].score


# --- sheets


def test_a_sheet_is_a_value() -> None:
    """Sheets compare by what they say; their file is no part of it."""
    one = Sheet(facts={"a": 1}, subject={"id": "x"}, name="one.yaml")
    assert one == Sheet(facts={"a": 1}, subject={"id": "x"}, name="other.yaml")
    assert hash(one) == hash(Sheet(facts={"a": 1}, subject={"id": "x"}))
    assert one != Sheet(facts={"a": 2}, subject={"id": "x"})


def test_words_of_a_sheet_that_are_no_text() -> None:
    """Numbers and dates among the words about a subject are kept as text, and the trail survives its JSON."""
    sheet = Sheet(facts=COMPLETE, subject={"id": 5, "rt": None}, period=2017, participants=(1,), note=3)  # type: ignore[arg-type,dict-item]
    trail = EVALUATOR.evaluate(sheet).trail
    assert ({"id": "5", "rt": ""}, "2017", ("1",), "3") == (
        dict(trail.subject),
        trail.period,
        trail.participants,
        trail.note,
    )
    assert trail == kinerja.Trail.from_json(trail.to_json())
