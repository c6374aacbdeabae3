"""Assessments: what a caller gets back, what is left unknown, and what raises."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from multiprocessing import get_context
from types import MappingProxyType
from typing import Any

import attrs
import pytest

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid, SheetError, UsageError
from kinerja.evaluation import PATIENCE
from kinerja.model import Alternative, Band, Bands, Number, Reading, Rubric
from kinerja.sheets import Entry, Sheet

DAY = dt.date(2017, 6, 30)
BKM = kinerja.load("pk-bkm")


def rubric(*lines: str) -> Rubric:
    """A rubric from the lines that stand under its id; proved, like one from a file."""
    return kinerja.loads("\n".join(["kinerja: 1", "id: uji", *lines]), name="uji")


TWO = rubric(
    "combine: weighted-sum",
    "valid: {from: 2020-01-01, until: 2021-01-01}",
    "edition: '7'",
    "indicators:",
    "  a: {weight: 60%, measure: {}, bands: {1: {when: '> 0'}, 0: {when: '<= 0'}}}",
    "  b: {weight: 40%, levels: {ya: 1, tidak: 0}}",
)
EVALUATOR = Evaluator(TWO)
LADDER = Evaluator(rubric("combine: sum", "indicators: {a: {ladder: {satu: {score: 1}}, otherwise: 0}}"))


def test_total_of_a_complete_sheet() -> None:
    """The total is a fraction, exact, that also knows how it is shown."""
    result = EVALUATOR.evaluate({"a": 1, "b": "tidak"}).complete()
    assert Fraction(3, 5) == result.total
    assert ("0.6", "0,6") == (result.total.exact, result.shown)
    assert isinstance(result.total, Fraction)
    assert result.grade is None


def test_nodes_by_path() -> None:
    """A result is asked for a node by its path; `total` is the outermost group."""
    result = EVALUATOR.evaluate({"a": 1, "b": "tidak"})
    assert 1 == result["a"].score
    assert Fraction(3, 5) == result["total"].score


@pytest.mark.parametrize(("path", "hint"), [("aa", "a"), ("tota", "total"), ("", ""), ("a.b", "")])
def test_node_that_is_not_there(path: str, hint: str) -> None:
    """An unknown path is the caller's mistake, with the nearest known one."""
    with pytest.raises(UsageError) as caught:
        EVALUATOR.evaluate({})[path]
    (found,) = caught.value.diagnostics
    assert ("K508", hint) == (found.code, found.values["suggestion"])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"a": 1, "b": "ya"}, "complete 1"),
        ({"a": 1}, "incomplete ('b',) 1"),
        ({}, "incomplete ('a', 'b') None"),
        ({"a": "x", "b": "ya"}, "invalid ['K145']"),
        ({"a": "x"}, "invalid ['K145', 'K330']"),
    ],
)
def test_match(facts: dict[str, Any], expected: str) -> None:
    """The three outcomes are three classes that a `match` takes apart."""
    match EVALUATOR.evaluate(facts):
        case Complete(total=total, grade=None):
            found = f"complete {total.exact}"
        case Incomplete(missing=missing, partial=partial):
            found = f"incomplete {missing} {partial and partial.total and partial.total.exact}"
        case Invalid(problems=problems):
            found = f"invalid {[problem.code for problem in problems]}"
        case _:
            found = ""
    assert expected == found


def test_complete_or_why_not() -> None:
    """`complete` gives the result itself, or raises with everything that is missing or wrong."""
    result = EVALUATOR.evaluate({"a": 1, "b": "ya"})
    assert result is result.complete()
    with pytest.raises(SheetError) as caught:
        EVALUATOR.evaluate({"a": "x"}).complete()
    assert ["K509", "K145", "K330"] == [found.code for found in caught.value.diagnostics]
    with pytest.raises(SheetError, match="not complete"):
        EVALUATOR.evaluate({}).complete()


def test_partial() -> None:
    """An incomplete result combines what is answered, says what it covers and lacks, and is never a total."""
    result = EVALUATOR.evaluate({"a": 1})
    assert isinstance(result, Incomplete)
    assert result.partial is not None
    assert (1, ("a",), ("b",), Fraction(3, 5), "60%") == (
        result.partial.total,
        result.partial.covers,
        result.partial.lacks,
        result.partial.weight,
        result.partial.weight and result.partial.weight.shown,
    )
    assert (None, None) == (result.trail.total, result.trail.grade)


def test_repr_names_the_subject() -> None:
    """A result prints as what it is and whose it is."""
    assert "<Incomplete karang>" == repr(EVALUATOR.evaluate(Sheet(facts={}, subject={"id": "karang"})))


def test_explanation_in_both_languages() -> None:
    """A result tells itself in English, or in Indonesian."""
    result = EVALUATOR.evaluate({"a": 1, "b": "ya"})
    assert "Total 1." in result.explain()
    assert "Nilai total 1." in result.explain(language="id")


def test_the_trail_is_rendered_once() -> None:
    """Asking twice gives the same trail."""
    result = EVALUATOR.evaluate({"a": 1})
    assert result.trail is result.trail


# --- facts in whatever mapping


@pytest.mark.parametrize("kind", [dict, OrderedDict, MappingProxyType, type("Own", (dict,), {})])
def test_any_mapping(kind: Any) -> None:
    """Facts come in any mapping, also one of the caller's own."""
    assert isinstance(EVALUATOR.evaluate(kind({"a": 1, "b": kind({"value": "ya"})})), Complete)


@pytest.mark.parametrize("facts", [None, [], "a: 1", 5, [("a", 1)]])
def test_no_mapping(facts: Any) -> None:
    """Anything else is the caller's mistake."""
    with pytest.raises(UsageError, match="K510"):
        EVALUATOR.evaluate(facts)


def test_a_sheet_changed_afterwards() -> None:
    """A result does not change with the mapping that it was made from."""
    facts = {"a": 1, "b": "ya"}
    result = EVALUATOR.evaluate(facts)
    facts["b"] = "tidak"
    assert 1 == result["total"].score


class Several(list[str]):
    """A list of a class of its own, which says of itself what it does not hold."""

    def __iter__(self) -> Any:
        return iter(("dua",))


@pytest.mark.parametrize(
    "stated",
    [
        pytest.param(lambda chosen: {"a": chosen}, id="a value"),
        pytest.param(lambda chosen: {"a": {"value": chosen}}, id="a record"),
        pytest.param(lambda chosen: {"a": Entry(value=chosen)}, id="an entry"),
        pytest.param(lambda chosen: Sheet(facts={"a": chosen}), id="a sheet"),
    ],
)
@pytest.mark.parametrize("made", [list, set, Several])
def test_a_set_changed_afterwards(made: Any, stated: Any) -> None:
    """However options are stated, their trail neither changes with the list they came from nor contradicts itself."""
    chosen = made(["satu"])
    result = LADDER.evaluate(stated(chosen))
    chosen.clear()
    assert result.trail.stated[0].value is not None
    assert ("satu",) == result.trail.stated[0].value.items
    assert 1 == LADDER.again(result.trail).complete().total


def test_proof_changed_afterwards() -> None:
    """What is told beside a value stays as it was as well."""
    proof = ["foto"]
    result = LADDER.evaluate({"a": {"value": ["satu"], "evidence": proof}})
    proof.append("daftar hadir")
    assert "foto" == result.trail.stated[0].evidence


# --- days, rubrics and editions


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (None, {"K404"}),
        ("2020-01-01", set()),
        ("2020-12-31", set()),
        ("2019-12-31", {"K315"}),
        ("2021-01-01", {"K315"}),
    ],
)
def test_day(day: str | None, codes: set[str]) -> None:
    """A rubric is in force from its first day until before its last; undated, nobody can say."""
    on = None if day is None else dt.date.fromisoformat(day)
    for result in (
        EVALUATOR.evaluate({"a": 1, "b": "ya"}, on=on),
        EVALUATOR.evaluate(Sheet(facts={"a": 1, "b": "ya"}, date=on)),
        EVALUATOR.evaluate(Sheet(facts={"a": 1, "b": "ya"}), on=on),
    ):
        assert codes == {each.code for each in (*result.problems, *result.notes)}
        assert day == result.trail.date
        assert ("K315" in codes) == isinstance(result, Invalid)


def test_the_day_of_the_sheet_counts() -> None:
    """`on` is for sheets that have no day."""
    sheet = Sheet(facts={}, date=dt.date(2020, 5, 5))
    assert "2020-05-05" == EVALUATOR.evaluate(sheet, on=DAY).trail.date


@pytest.mark.parametrize(
    ("name", "fits"),
    [("", True), ("uji", True), ("uji@7", True), ("uji@8", False), ("lain", False), ("lain@7", False)],
)
def test_the_rubric_of_a_sheet(name: str, fits: bool) -> None:
    """A sheet that names another rubric or another edition is not scored by this one."""
    sheet = Sheet(facts={}, rubric=name)
    if fits:
        assert isinstance(EVALUATOR.evaluate(sheet), Incomplete)
        return
    with pytest.raises(UsageError, match=f'the sheet is for "{name}"'):
        EVALUATOR.evaluate(sheet)


# --- what nobody knows

UNKNOWN = Evaluator(
    rubric(
        "combine: mean",
        "facts: {p: {kind: yes-no}, q: {kind: yes-no}, r: {kind: choice, options: {x: X, y: Y, z: Z}}}",
        "indicators:",
        "  ada: {applies: {p: 'true'}, levels: {ya: 1, tidak: 0}}",
        "  pohon:",
        "    bands:",
        "      3: {when: {p: 'true', q: 'true'}}",
        "      2: {when: [{p: 'true', q: 'false'}, {p: 'false', r: 'x, y'}]}",
        "      1: {when: {p: 'false', r: z}}",
    )
)


@pytest.mark.parametrize(
    ("facts", "status", "missing"),
    [
        ({"p": True, "q": True}, "scored", {"ada"}),
        ({"p": False, "r": "y"}, "scored", set()),
        ({"p": False}, "missing", {"r"}),
        ({"p": True}, "missing", {"q", "ada"}),
        ({}, "missing", {"p", "q", "r"}),
        ({"q": True}, "missing", {"p", "r"}),
        ({"q": True, "r": "x"}, "missing", {"p"}),
    ],
)
def test_an_answer_hangs_on_what_is_open(facts: dict[str, Any], status: str, missing: set[str]) -> None:
    """A line that holds scores, whatever else is unknown; asked for is all that may still decide, and nothing else."""
    result = UNKNOWN.evaluate(facts)
    assert status == result["pohon"].status
    found = set(result.missing) if isinstance(result, Incomplete) else set()
    assert missing == found


def test_a_problem_where_the_answer_hangs_on_it() -> None:
    """A fact that cannot be used spoils the answers that hang on it, and no other."""
    result = UNKNOWN.evaluate({"p": False, "q": "?", "r": "z"})
    assert isinstance(result, Invalid)
    assert ("scored", "not-applicable") == (result["pohon"].status, result["ada"].status)
    spoilt = UNKNOWN.evaluate({"p": True, "q": "?", "ada": "ya"})
    assert ("invalid", "scored") == (spoilt["pohon"].status, spoilt["ada"].status)
    unsure = UNKNOWN.evaluate({"p": "?", "ada": "ya"})
    assert ("invalid", "invalid") == (unsure["pohon"].status, unsure["ada"].status)


def test_an_unknown_weight() -> None:
    """An indicator whose weight hangs on what is missing has its score, and its group has none."""
    evaluator = Evaluator(
        rubric(
            "combine: weighted-sum",
            "facts: {p: {kind: yes-no}}",
            "indicators:",
            "  a: {weight: [{when: {p: 'true'}, is: 60%}, {when: {p: 'false'}, is: 40%}], levels: {ya: 1, tidak: 0}}",
            "  b: {weight: [{when: {p: 'true'}, is: 40%}, {when: {p: 'false'}, is: 60%}], levels: {ya: 1, tidak: 0}}",
        )
    )
    facts = {"a": "ya", "b": "tidak"}
    assert ["3/5", "2/5"] == [
        str(evaluator.evaluate({**facts, "p": p})["total"].score) for p in (True, False)
    ]
    result = evaluator.evaluate(facts)
    assert isinstance(result, Incomplete)
    assert (("p",), 1, None) == (result.missing, result["a"].score, result["total"].score)
    assert isinstance(evaluator.evaluate({**facts, "p": "?"}), Invalid)


def test_what_is_left_out_is_not_asked_for() -> None:
    """An indicator that the rubric leaves out when it is empty is not among what is missing."""
    evaluator = Evaluator(BKM, readings={"D19": "tanpa-yang-kosong"})
    result = evaluator.evaluate({"keuangan": "memadai"}, on=DAY)
    assert isinstance(result, Incomplete)
    assert ("lokasi",) == result.missing


def test_only_what_weighs_nothing() -> None:
    """Where all that is left has no weight there is no mean, and no division by zero."""
    evaluator = Evaluator(
        rubric(
            "combine: weighted-mean",
            "indicators:",
            "  a: {weight: 0, measure: {}, bands: {1: {when: '-'}}}",
            "  b: {weight: 1, missing: exclude, measure: {}, bands: {1: {when: '-'}}}",
        )
    )
    result = evaluator.evaluate({"a": 1})
    assert isinstance(result, Incomplete)
    assert ((), None, "not-applicable") == (result.missing, result.partial, result["total"].status)
    assert isinstance(evaluator.evaluate({"a": 1, "b": 1}), Complete)


# --- combines

COMBINED = {
    "sum": "11/2",
    "mean": "11/6",
    "min": "1/2",
    "max": "3",
    "weighted-mean": "9/4",
}


@pytest.mark.parametrize(("name", "score"), COMBINED.items())
def test_combine(name: str, score: str) -> None:
    """Each way to combine the scores 1/2, 2 and 3; the weights are 1, 2 and 3."""
    weights = [f"weight: {weight}, " if name.startswith("weighted") else "" for weight in (1, 2, 3)]
    evaluator = Evaluator(
        rubric(
            f"combine: {name}",
            "indicators:",
            *[
                f"  n{at}: {{{weight}levels: {{ya: {score}}}}}"
                for at, (weight, score) in enumerate(zip(weights, ("0.5", "2", "3"), strict=True))
            ],
        )
    )
    result = evaluator.evaluate({"n0": "ya", "n1": "ya", "n2": "ya"}).complete()
    assert Fraction(score) == result.total


def test_weights_as_points_of_the_whole() -> None:
    """A weighted sum whose weights are points of the whole gives a score on its children's scale."""
    evaluator = Evaluator(
        rubric(
            "combine: weighted-sum",
            "indicators:",
            "  luar:",
            "    weight: 30%",
            "    combine: weighted-sum",
            "    indicators:",
            "      a: {weight: 20%, levels: {ya: 3, tidak: 0}}",
            "      b: {weight: 10%, levels: {ya: 3, tidak: 0}}",
            "  lain: {weight: 70%, levels: {ya: 3, tidak: 0}}",
        )
    )
    result = evaluator.evaluate({"luar.a": "ya", "luar.b": "tidak", "lain": "tidak"}).complete()
    assert (2, Fraction(3, 5)) == (result["luar"].score, result["luar"].contribution)


def test_a_score_outside_its_scale() -> None:
    """A scale is not stretched: a score outside of it is a problem, with its ends."""
    evaluator = Evaluator(
        rubric(
            "combine: sum",
            "scale: {from: [1, 0], to: [0, 100]}",
            "indicators: {a: {levels: {ya: 2, tidak: 1}}}",
        )
    )
    assert 0 == evaluator.evaluate({"a": "tidak"}).complete().total
    (problem,) = evaluator.evaluate({"a": "ya"}).problems
    assert ("K320", "total", "2", "0", "1") == (
        problem.code,
        problem.path,
        *(problem.values[key] for key in ("score", "low", "high")),
    )


# --- problems of a rubric that nobody proved


def unproved(**nodes: Any) -> Evaluator:
    """An evaluator for a rubric made in Python, which no check has seen."""
    return Evaluator(Rubric(id="uji", combine="sum", indicators=nodes))


def test_two_lines_hold() -> None:
    """Two lines that both hold are a problem with their names: none wins by standing first."""
    node = Bands(
        measure=Number(), bands={"1": Band(when="> 0"), "2": Band(when="> 5"), "0": Band(when="<= 0")}
    )
    evaluator = unproved(a=node)
    assert 1 == evaluator.evaluate({"a": 3})["a"].score
    (problem,) = evaluator.evaluate({"a": Fraction(11, 2)}).problems
    assert ("K316", "5.5", ("1", "2")) == (problem.code, problem.values["value"], problem.values["bands"])


def test_no_line_holds() -> None:
    """An answer that no line holds is a problem, not a zero."""
    evaluator = unproved(a=Bands(measure=Number(), bands={"1": Band(when="> 0")}))
    (problem,) = evaluator.evaluate({"a": -1}).problems
    assert ("K317", "a") == (problem.code, problem.path)


def test_two_weights_hold() -> None:
    """Weights whose cases overlap or leave a gap are a problem where it shows."""
    lines = Bands(
        weight=[{"when": {"p": "> 0"}, "is": 1}, {"when": {"p": "> 5"}, "is": 2}],
        measure=Number(),
        bands={"1": Band(when="-")},
    )
    evaluator = Evaluator(
        Rubric(id="uji", combine="weighted-mean", facts={"p": Number()}, indicators={"a": lines})
    )
    assert 1 == evaluator.evaluate({"p": 1, "a": 1}).complete().total
    for value, count in ((6, "2"), (0, "0")):
        (problem,) = evaluator.evaluate({"p": value, "a": 1}).problems
        assert ("K318", "a", count) == (problem.code, problem.path, problem.values["count"])


@pytest.mark.parametrize("day", ["2017-06-30", dt.datetime(2017, 6, 30), 20170630])  # noqa: DTZ001
def test_a_day_is_a_date(day: Any) -> None:
    """Text, a moment or a number is no day: the caller is told, whichever door it comes in by."""
    for call in (
        lambda: EVALUATOR.evaluate({}, on=day),
        lambda: EVALUATOR.evaluate(Sheet(facts={}, date=day)),
        lambda: kinerja.load("pk-bkm", on=day),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        assert ["K114"] == [each.code for each in caught.value.diagnostics]


# --- notes

NOTED = Evaluator(
    rubric(
        "combine: mean",
        "assessors: {lpm: {title: LPM}, lurah: Lurah}",
        "assessor: lpm",
        "facts: {p: {kind: yes-no}}",
        "indicators:",
        "  a: {levels: {ya: 1, tidak: 0}, evidence: {foto: Foto}, missing: exclude}",
        "  grup:",
        "    applies: {p: 'true'}",
        "    combine: sum",
        "    indicators:",
        "      b: {facts: {c: {}}, measure: {from: c}, bands: {1: {when: '-'}}}",
        "  d: {assessor: lurah, levels: {ya: 1, tidak: 0}}",
    )
)
PLAIN: dict[str, Any] = {"p": False, "d": "ya", "a": {"value": "ya", "evidence": "foto.jpg"}}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"a": "ya"}, [("K402", "a")]),
        ({"a": {"value": "ya", "note": "x"}}, [("K402", "a")]),
        ({"a": None}, [("K405", "a")]),
        ({"grup.b": 1}, [("K401", "grup.b")]),
        ({"grup.b.c": "salah"}, [("K401", "grup.b.c")]),
        ({"grup": {"note": "x"}}, [("K401", "grup")]),
        ({"d": {"value": "ya", "by": "lpm"}}, [("K403", "d")]),
        ({"d": {"value": "ya", "by": "lurah"}}, []),
        ({"p": {"value": False, "by": "lurah"}}, [("K403", "p")]),
        ({"p": {"value": False, "by": "lpm"}}, []),
    ],
)
def test_notes(facts: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """What changes no answer is noted: not applying, without proof, left out, another assessor."""
    result = NOTED.evaluate({**PLAIN, **facts}, on=DAY)
    assert isinstance(result, Complete)
    assert expected == [(note.code, note.path) for note in result.notes]


# --- readings


@pytest.mark.parametrize(
    ("readings", "code"),
    [
        ({"D99": "x"}, "K505"),
        ({"D3": "x"}, "K506"),
        ({"D3": ""}, "K506"),
        ({"D3": "dua-mulai-98", "D20": "nol"}, None),
        ({"D3": "tolak-celah", "D20": "nol"}, None),
        ({"D19": "nol", "D20": "dikeluarkan"}, None),
    ],
)
def test_readings_are_looked_at_first(readings: dict[str, str], code: str | None) -> None:
    """An unknown reading or alternative is refused when the evaluator is made; what fits together is taken."""
    if code is None:
        assert readings == dict(Evaluator(BKM, readings=readings).readings)
        return
    with pytest.raises(UsageError) as caught:
        Evaluator(BKM, readings=readings)
    assert code == caught.value.diagnostics[0].code


def reading(name: str, alternative: str, change: str) -> list[str]:
    """The lines of a reading with one alternative that changes some indicators."""
    return [
        f"  {name}: {{settles: gap, problem: p, taken: t, because: b, alternatives: ",
        f"    {{{alternative}: {{change: {{indicators: {{{change}}}}}}}}}}}",
    ]


def test_readings_that_contradict() -> None:
    """Two alternatives that change one place differently cannot be taken together, nor told of each other."""
    two = rubric(
        "combine: sum",
        "indicators: {a: {measure: {}, bands: {1: {when: '> 0'}, 0: {when: '<= 0'}}}}",
        "readings:",
        *reading("R1", "x", "a: {bands: {1: {when: '>= 0'}, 0: {when: '< 0'}}}"),
        *reading("R2", "y", "a: {bands: {1: {when: '> 1'}, 0: {when: '<= 1'}}}"),
    )
    with pytest.raises(UsageError, match="K507"):
        Evaluator(two, readings={"R1": "x", "R2": "y"})
    trail = Evaluator(two, readings={"R1": "x"}).evaluate({"a": 0}).trail
    assert (1, "x", {}) == (trail.total, trail.readings["R1"].chosen, dict(trail.readings["R2"].alternatives))


def test_a_reading_that_moves_a_weight() -> None:
    """What another weight would give is told exactly, also where the other rows are taken over as they are."""
    moved = rubric(
        "combine: weighted-sum",
        "indicators:",
        *[
            f"  {name}: {{weight: {weight}, measure: {{}}, bands: {{1: {{when: '>= 0'}}, 0: {{when: '< 0'}}}}}}"
            for name, weight in (("a", "25%"), ("b", "25%"), ("c", "50%"))
        ],
        "readings:",
        *reading("R", "x", "a: {weight: 1/3}, b: {weight: 1/6}"),
    )
    facts = {"a": 1, "b": -1, "c": 1}
    told = Evaluator(moved).evaluate(facts).trail.readings["R"].alternatives["x"]
    assert Fraction(5, 6) == told.total
    assert told.total == Evaluator(moved, readings={"R": "x"}).evaluate(facts).complete().total


def test_a_chosen_reading_keeps_its_words() -> None:
    """The trail says which alternative was chosen and what it means, beside what is usually taken."""
    reading = (
        Evaluator(BKM, readings={"D3": "dua-mulai-98"}).evaluate({"infrastruktur": 98}).trail.readings["D3"]
    )
    assert "dua-mulai-98" == reading.chosen
    assert reading.text.startswith("98% ke atas bernilai 2")
    assert reading.taken == BKM.readings["D3"].taken
    assert "dua-mulai-98" not in reading.alternatives


def test_identity_is_of_the_rubric() -> None:
    """Another reading is not another rubric; another rule is."""
    assert EVALUATOR.identity == Evaluator(TWO).identity
    assert EVALUATOR.identity == EVALUATOR.evaluate({}).trail.rubric.identity
    assert EVALUATOR.identity != Evaluator(attrs.evolve(TWO, edition="8")).identity


def test_a_rubric_made_in_python() -> None:
    """A rubric needs no file: it is evaluated, and its readings are taken, as one from a text."""
    made = Rubric(
        id="uji",
        combine="sum",
        indicators={
            "a": Bands(measure=Number(within=">= 0"), bands={"1": Band(when="> 1"), "0": Band(when="<= 1")})
        },
        readings={
            "R": Reading(
                settles="gap",
                problem="p",
                taken="t",
                because="b",
                alternatives={
                    "x": Alternative(
                        change={"indicators": {"a": {"bands": {"1": {"when": ">= 1"}, "0": {"when": "< 1"}}}}}
                    )
                },
            )
        },
    )
    trail = Evaluator(made).evaluate({"a": 1}).trail
    assert (0, 1) == (trail.total, trail.readings["R"].alternatives["x"].total)
    with pytest.raises(kinerja.RubricError, match="K180"):
        Evaluator(
            attrs.evolve(
                made, indicators={"a": Bands(bands={"1": Band(when={"tak_ada": "> 1"})})}, readings={}
            )
        )


# --- elsewhere


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
@pytest.mark.parametrize(("readings", "score"), [({}, 1), ({"D3": "dua-mulai-98"}, 2)])
def test_an_evaluator_is_made_again(copied: Any, readings: dict[str, str], score: int) -> None:
    """A copy of an evaluator, also of one that uses its code, scores by the same rubric under the same readings."""
    one = Evaluator(BKM, readings=readings)
    scores = [one.evaluate({"infrastruktur": 98})["infrastruktur"].score for _ in range(PATIENCE + 1)]
    assert {score} == set(scores)
    two = copied(one)
    assert (one.rubric, one.readings, one.identity) == (two.rubric, two.readings, two.identity)
    assert one.evaluate({"infrastruktur": 98}).trail == two.evaluate({"infrastruktur": 98}).trail
    assert one.source() == two.source()


def test_an_evaluator_in_another_process() -> None:
    """What another process is sent scores there; its trails come back, and its assessments say that they do not."""
    one = Evaluator(TWO)
    trail = one.evaluate({"a": 1, "b": "tidak"}).trail
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert one.source() == pool.submit(one.source).result()
        # What `again` gives is an assessment, which cannot come back.
        with pytest.raises(UsageError) as caught:
            pool.submit(one.again, trail).result()
    assert ["K591"] == [each.code for each in caught.value.diagnostics]


def test_copies_of_assessments() -> None:
    """Nothing of an assessment changes: a copy is the assessment itself."""
    result = EVALUATOR.evaluate({"a": 1})
    assert (result, result) == (copy.copy(result), copy.deepcopy(result))
    assert result.trail == pickle.loads(pickle.dumps(result.trail))
