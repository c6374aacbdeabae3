"""The model: frozen data that reads the same from Python as from a file."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction

import attrs
import pytest

import kinerja
from kinerja.errors import Fault
from kinerja.feel import condition, formula
from kinerja.mappings import FrozenMap, default_of
from kinerja.model import (
    Alternative,
    Band,
    Bands,
    Citation,
    Direct,
    Fact,
    Level,
    Levels,
    Number,
    Rubric,
    Scale,
    Valid,
)
from kinerja.numbers import Rounding
from kinerja.shapes import Case, cases, condition_of, optional_condition, optional_formula, where

TEXT = """\
kinerja: 1
id: contoh
combine: weighted-sum
indicators:
  perempuan:
    weight: 5%
    measure: {unit: "%", in: "[0..100]"}
    bands:
      2: {when: "> 40"}
      1: {when: "[30..40]"}
      0: {when: "< 30"}
  keuangan:
    weight: 95%
    levels: {baik: 2, kurang: 0}
"""


def built() -> Rubric:
    """The same rubric, written in Python."""
    return Rubric(
        id="contoh",
        combine="weighted-sum",
        indicators={
            "perempuan": Bands(
                weight="5%",
                measure=Number(unit="%", within="[0..100]"),
                bands={"2": Band(when="> 40"), "1": Band(when="[30..40]"), "0": Band(when="< 30")},
            ),
            "keuangan": Levels(weight="95%", levels={"baik": Level(score=2), "kurang": Level(score=0)}),
        },
    )


def test_a_rubric_reads_the_same_in_python() -> None:
    """A rubric built in Python equals the one read from its text, and scores like it."""
    read = kinerja.loads(TEXT)
    assert read == built()
    assert hash(read) == hash(built())
    assert {read} == {built()}
    facts = {"perempuan": 41, "keuangan": "baik"}
    assert (
        kinerja.Evaluator(read).evaluate(facts).trail.total
        == kinerja.Evaluator(built()).evaluate(facts).trail.total
    )


@pytest.mark.parametrize("scored", [False, True])
def test_a_rubric_can_be_sent_elsewhere(scored: bool) -> None:
    """A rubric is pickled, also after it was planned, and comes back equal and with its places."""
    rubric = kinerja.loads(TEXT, name="contoh.yaml")
    if scored:
        kinerja.Evaluator(rubric)
    copy = pickle.loads(pickle.dumps(rubric))
    assert rubric == copy
    assert 1 == len({rubric, copy})
    assert "contoh.yaml:5:3" == str(copy.origin.place(("indicators", "perempuan")))
    assert kinerja.Evaluator(copy).evaluate({"perempuan": 41}).trail.partial is not None


def test_rubrics_differ_where_their_rules_do() -> None:
    """Equality is of everything that is said, not of where it stands."""
    assert built() != attrs.evolve(built(), id="lain")
    assert built() != attrs.evolve(built(), combine="weighted-mean")
    assert built() != "contoh"
    assert Band(when="> 40") != Level(score=1)
    assert "Band(when=({'value': <Condition > 40>},), text='di atas 40%')" == repr(
        Band(when="> 40", text="di atas 40%")
    )


def test_a_rubric_never_changes() -> None:
    """No field can be set, no entry of a mapping replaced, and what was passed in stays the caller's own."""
    given = {"2": Band(when="> 40")}
    node = Bands(bands=given)
    given["1"] = Band(when="<= 40")
    assert ["2"] == list(node.bands)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        node.title = "lain"  # type: ignore[misc]
    with pytest.raises(TypeError):
        node.bands["1"] = given["1"]  # type: ignore[index]


def test_numbers_may_name_bands_in_python() -> None:
    """A band whose id is a number may be written with the number itself, as in a file."""
    assert Bands(bands={"2": Band(when="> 40")}) == Bands(bands={2: Band(when="> 40")})


def test_the_change_of_an_alternative_is_frozen() -> None:
    """A change written as plain Python mappings and lists can be hashed and compared like one from a file."""
    one = Alternative(change={"scale": None, "indicators": {"a": {"weight": "5%", "source": ["kak"]}}})
    assert hash(one) == hash(pickle.loads(pickle.dumps(one)))
    assert ("kak",) == one.change["indicators"]["a"]["source"]


# --- shapes


@pytest.mark.parametrize(
    ("short", "long"),
    [
        (Band(when="> 40"), Band(when={"value": "> 40"})),
        (Band(when={"a": "1", "b": "2"}), Band(when=[{"b": "2", "a": "1"}])),
        (Band(when=[{"a": "1"}, {"b": "2"}]), Band(when=({"a": "1"}, {"b": "2"}))),
        (Band(when=5), Band(when="5")),
        (Band(when=Fraction(1, 3)), Band(when="1/3")),
        (Band(when={"ada": True}), Band(when={"ada": "true"})),
        (Band(when={"ada": False}), Band(when={"ada": "false"})),
        (Band(when=condition("> 40")), Band(when="> 40")),
        (Band(score=2, when="1"), Band(score="2", when="1")),
        (Band(score="a + 1"), Band(score=formula("a + 1"))),
        (Band(score="none"), Band(score=(Case((), None),))),
        (
            Bands(weight=[{"when": {"skema": "a"}, "is": "70%"}]),
            Bands(weight=(Case(where({"skema": "a"}), formula("0.7")),)),
        ),
        (Bands(weight="5%"), Bands(weight=Fraction(1, 20))),
        (Bands(shown="0.01"), Bands(shown=Rounding(Fraction(1, 100), mode="half-up"))),
        (Bands(source=Citation(document="kak")), Bands(source=[Citation(document="kak")])),
        (Number(step=1), Number(step="1")),
        (Number(step=0.01), Number(step=Fraction(1, 100))),
        (Number(formula="a+b"), Number(formula=formula("a + b"))),
        (Number(within="> 0"), Number(within=condition("> 0"))),
        (Scale(low=[0, 2], to=(0, "100")), Scale(low=(Fraction(0), Fraction(2)), to=(0, 100))),
    ],
)
def test_short_and_long_forms_are_one(short: object, long: object) -> None:
    """What may be written in several ways is kept in one."""
    assert short == long
    assert hash(short) == hash(long)


def test_shapes_that_are_there_stay() -> None:
    """What has its shape already, or is absent, is left alone."""
    there = cases("5%")
    assert there is cases(there)
    assert condition_of(condition("> 1")) is condition("> 1")
    assert (None, None) == (optional_condition(None), optional_formula(None))
    assert () == cases(())


def test_a_fault_in_python_is_a_fault() -> None:
    """A condition that cannot be read is refused where the rubric is written."""
    with pytest.raises(Fault) as caught:
        Band(when="> 40%")
    assert "K157" == caught.value.code


# --- small parts


def test_a_scale_is_linear() -> None:
    """The ends of the old scale become those of the new one, also the other way round."""
    scale = Scale(low=(0, 2), to=(0, 100))
    assert [0, 50, 100] == [scale.apply(Fraction(score)) for score in (0, 1, 2)]
    assert 75 == Scale(low=(0, 2), to=(100, 50)).apply(Fraction(1))


@pytest.mark.parametrize(
    ("since", "until", "day", "expected"),
    [
        (None, None, 1, True),
        (5, None, 4, False),
        (5, None, 5, True),
        (None, 7, 6, True),
        (None, 7, 7, False),
        (5, 7, 6, True),
    ],
)
def test_validity_is_half_open(since: int | None, until: int | None, day: int, expected: bool) -> None:
    """A rubric is in force from its first day until the day before the last."""
    days = [dt.date(2017, 4, n) if n is not None else None for n in (since, until)]
    assert expected is Valid(since=days[0], until=days[1]).covers(dt.date(2017, 4, day))


def test_every_field_has_a_key() -> None:
    """`default_of` knows what a field is where nobody says anything, and `direct` starts as a plain number."""
    defaults = {field.name: default_of(field) for field in attrs.fields(Direct)}
    assert Number() == defaults["direct"]
    assert "" == defaults["title"]
    assert {} == defaults["facts"]
    assert not {field.name for field in attrs.fields(Fact)} - defaults.keys() - {"measure"}


# --- mappings


def test_a_frozen_map_is_a_mapping() -> None:
    """It keeps its order, equals any mapping with the same entries, and looks like one."""
    entries = FrozenMap({"b": 1, "a": 2})
    assert ["b", "a"] == list(entries)
    assert 2 == len(entries)
    assert {"a": 2, "b": 1} == entries
    assert FrozenMap([("a", 2), ("b", 1)]) == entries
    assert hash(FrozenMap({"a": 2, "b": 1})) == hash(entries) == hash(entries)
    assert "{'b': 1, 'a': 2}" == repr(entries)
    assert entries == pickle.loads(pickle.dumps(entries))
    assert not FrozenMap()
