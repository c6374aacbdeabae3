"""Readings: the alternatives of a rubric, taken as patches of the document that it was read from."""

from __future__ import annotations

from fractions import Fraction

import attrs
import pytest

import kinerja
from kinerja.checks import findings
from kinerja.errors import KinerjaError
from kinerja.language.documents import read
from kinerja.language.readings import document_of, reread
from kinerja.language.structure import structure
from kinerja.model import Alternative, Band, Bands, Group, Number, Reading, Rubric
from kinerja.plan import plan

TEXT = """\
kinerja: 1
id: contoh
combine: mean
each: {levels: {ya: 1, tidak: 0}}
indicators:
  a: {title: A}
  b:
  g:
    levels: null
    combine: mean
    indicators:
      c: {levels: {baik: 2, kurang: 0}}
      d: {levels: {baik: 2, kurang: 0}}
readings:
  r:
    settles: text
    problem: p
    taken: t
    because: b
    alternatives:
      lain: {text: T, change: {each: {levels: {ya: 3}}}}
      tanpa: {change: {indicators: {a: null}}}
  s:
    settles: text
    problem: p
    taken: t
    because: b
    alternatives:
      sama: {change: {each: {levels: {ya: 3}}}}
      beda: {change: {each: {levels: {ya: 4}}}}
      luas: {change: {each: null}}
      judul: {change: {indicators: {a: {title: null}}}}
      daftar: {change: {source: [x]}}
      daftar2: {change: {source: [y]}}
      diam: {}
"""
FACTS = {"a": "ya", "b": "ya", "g": {"c": "baik", "d": "kurang"}}


def unchecked() -> Rubric:
    """The rubric above; not every one of its alternatives leaves a sound rubric."""
    return structured(TEXT)


def structured(text: str) -> Rubric:
    """The rubric in a text, unchecked."""
    return structure(read(text, name="contoh.yaml"))


def total(**readings: str) -> object:
    """The total of one sheet under some readings."""
    return kinerja.Evaluator(unchecked(), readings=readings).evaluate(FACTS).trail.total


def test_no_reading_is_the_rubric_itself() -> None:
    """Without another reading nothing is read again."""
    same = unchecked()
    assert same is reread(same, {})


def test_a_change_of_the_template_reaches_the_children() -> None:
    """An alternative that changes `each` changes every child that took what it says."""
    assert 1 == total()
    assert Fraction(7, 3) == total(r="lain")


def test_an_alternative_may_take_away() -> None:
    """A null in a change deletes: here a whole indicator, there a title."""
    assert ["b", "g"] == list(reread(unchecked(), {"r": "tanpa"}).indicators)
    changed = reread(unchecked(), {"s": "judul"})
    assert "" == changed.indicators["a"].title
    assert "A" == unchecked().indicators["a"].title


def test_an_alternative_may_say_nothing() -> None:
    """One without a change leaves the rubric as it is."""
    assert unchecked() == reread(unchecked(), {"s": "diam"})


def test_readings_that_agree_can_be_taken_together() -> None:
    """Two readings may change one place alike, or different places."""
    assert Fraction(7, 3) == total(r="lain", s="sama")
    assert Fraction(7, 3) == total(r="lain", s="judul")


@pytest.mark.parametrize(
    ("readings", "path"),
    [
        ({"r": "lain", "s": "beda"}, "each.levels.ya"),
        ({"r": "lain", "s": "luas"}, "each"),
        ({"r": "tanpa", "s": "judul"}, "indicators.a"),
    ],
)
def test_readings_that_contradict_are_refused(readings: dict[str, str], path: str) -> None:
    """Two that change one place differently, or of which one takes away what the other changes, cannot both hold."""
    with pytest.raises(kinerja.UsageError) as caught:
        reread(unchecked(), readings)
    (diagnostic,) = caught.value.diagnostics
    assert ("K507", path, ["r", "s"]) == (diagnostic.code, diagnostic.where, diagnostic.values["readings"])


@pytest.mark.parametrize(("one", "other", "conflict"), [("x", "x", False), ("x", "y", True)])
def test_lists_contradict_unless_they_are_the_same(one: str, other: str, conflict: bool) -> None:
    """A list is replaced as a whole, so two lists agree only where they are equal."""
    text = TEXT.replace(
        "lain: {text: T, change: {each: {levels: {ya: 3}}}}", f"lain: {{change: {{source: [{one}]}}}}"
    )
    text = text.replace("diam: {}", f"diam: {{change: {{source: [{other}]}}}}")
    changed = structured(text)
    if conflict:
        with pytest.raises(kinerja.UsageError):
            reread(changed, {"r": "lain", "s": "diam"})
    else:
        assert (one,) == tuple(each.document for each in reread(changed, {"r": "lain", "s": "diam"}).source)


@pytest.mark.parametrize(
    ("readings", "code", "suggestion"),
    [({"R": "lain"}, "K505", "r"), ({"zzz": "lain"}, "K505", ""), ({"r": "lein"}, "K506", "lain")],
)
def test_unknown_readings_are_refused_with_a_suggestion(
    readings: dict[str, str], code: str, suggestion: str
) -> None:
    """A misspelt reading or alternative is named, and the right one suggested."""
    with pytest.raises(kinerja.UsageError) as caught:
        reread(unchecked(), readings)
    (diagnostic,) = caught.value.diagnostics
    assert (code, suggestion) == (diagnostic.code, diagnostic.values["suggestion"])


def test_a_change_that_breaks_the_rubric_is_told_where_it_stands() -> None:
    """What is wrong with a changed rubric is placed in the change."""
    broken = TEXT.replace(
        "judul: {change: {indicators: {a: {title: null}}}}", "judul: {change: {indicators: {a: {titel: x}}}}"
    )
    with pytest.raises(KinerjaError) as caught:
        reread(structured(broken), {"s": "judul"})
    place = str(caught.value.diagnostics[0].place)
    line = broken.splitlines()[int(place.split(":")[1]) - 1]
    assert line[int(place.split(":")[2]) - 1 :].startswith("titel")


def built(change: object) -> Rubric:
    """A rubric with a reading, written in Python."""
    node = Bands(measure=Number(), bands={"1": Band(when="> 0"), "0": Band(when="<= 0")})
    reading = Reading(
        settles="gap", problem="p", taken="t", because="b", alternatives={"a": Alternative(change=change)}
    )
    return Rubric(id="x", combine="mean", indicators={"i": node, "j": node}, readings={"r": reading})


def test_a_rubric_built_in_python_has_readings_too() -> None:
    """It is patched like one from a file."""
    base = built({"indicators": {"i": {"bands": {"1": {"when": ">= 0"}, "0": {"when": "< 0"}}}, "j": None}})
    evaluator = kinerja.Evaluator(base, readings={"r": "a"})
    assert 1 == evaluator.evaluate({"i": 0}).trail.total
    assert () == kinerja.check(base)


def test_a_rubric_changed_in_python_is_read_as_it_is() -> None:
    """A rubric evolved from one that was read no longer says what its document says, and is not patched by it."""
    changed = attrs.evolve(unchecked(), title="Lain")
    assert "Lain" == reread(changed, {"s": "judul"}).title
    assert unchecked().origin is not None
    assert document_of(changed) is not changed.origin


@pytest.mark.parametrize(
    "name", [f"{n}={a}" for n, r in kinerja.load("pk-bkm").readings.items() for a in r.alternatives]
)
def test_every_alternative_of_a_bundled_rubric_is_sound(name: str) -> None:
    """Each other reading of PK-BKM loads, differs from the first, and has no gap, overlap or open weight."""
    reading, _, alternative = name.partition("=")
    rubric = kinerja.load("pk-bkm")
    changed = reread(rubric, {reading: alternative})
    assert rubric != changed
    assert [] == [each for each in findings(changed) if each.severity == "error"]


# --- where a reading is found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"indicators": {"i": {"title": "x"}}}, ("i",)),
        ({"indicators": {"i": {"title": "x"}, "j": {"title": "x"}}}, ("total",)),
        ({"scale": None}, ("total",)),
        ({"indicators": {"i": None}}, ("i",)),
        ({"indicators": {"baru": {"levels": {"a": 1}}}}, ("total",)),
        ({}, ()),
        (None, ()),
        ("bukan perubahan", ()),
        ({"indicators": "bukan"}, ()),
    ],
)
def test_a_reading_is_found_where_its_alternatives_change(change: object, expected: tuple[str, ...]) -> None:
    """A reading belongs to the nodes that an alternative changes; a new one or all of them, to the group."""
    assert expected == plan(built(change)).readings["r"]


def test_a_reading_inside_a_group_is_found_there() -> None:
    """The path goes down through groups as long as only their children change."""
    inner = Group(combine="mean", indicators=built(None).indicators)
    for change, expected in [
        ({"indicators": {"g": {"indicators": {"i": {"title": "x"}}}}}, ("g.i",)),
        ({"indicators": {"g": {"combine": "max"}}}, ("g",)),
        ({"indicators": {"g": None}}, ("g",)),
    ]:
        base = built(change)
        changed = attrs.evolve(base, indicators={"g": inner, "k": base.indicators["i"]})
        assert expected == plan(changed).readings["r"]


def test_a_reading_may_say_where_it_is_found() -> None:
    """Where no alternative says it, the reading itself may."""
    base = built(None)
    said = attrs.evolve(base.readings["r"], at=("i",))
    assert ("i",) == plan(attrs.evolve(base, readings={"r": said})).readings["r"]
