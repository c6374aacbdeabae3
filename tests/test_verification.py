"""Verifying: a stored trail follows from its facts and its rubric, and one altered text is found at its own place."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja import Evaluator, Rubric, Trail, numbers
from kinerja.errors import Diagnostic, Fault, KinerjaError, TrailError
from kinerja.sheets import Written
from kinerja.trail import SaidTrail, SealTrail
from kinerja.trail.seals import sealed
from kinerja.verification import verify

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"

SMALL = kinerja.loads("""
kinerja: 1
id: kecil
edition: "3"
facts:
  wilayah: {kind: choice, options: {utara: {}, selatan: {}}}
  bukti: {kind: set, options: {foto: {}, daftar: {}}}
combine: mean
indicators:
  rapat:
    measure: {unit: kali, in: ">= 0", step: 1}
    bands: {2: {when: ">= 4"}, 1: {when: "[1..3]"}, 0: {when: "0"}}
  arsip:
    applies: {wilayah: utara}
    levels: {baik: 2, buruk: 0}
  laporan:
    may-not-apply: true
    measure: {kind: yes-no}
    bands: {1: {when: "true"}, 0: {when: "false"}}
grades:
  kurang: {when: "< 1"}
  cukup: {when: ">= 1", awards: {insentif: {amount: 250000, currency: IDR}}}
readings:
  D1:
    settles: text
    problem: "Empat kali atau lebih dari empat?"
    taken: "Empat sudah bernilai 2."
    because: "begitu tertulis di baris pertama"
    alternatives:
      lebih: {text: "Lima ke atas.", change: {indicators: {rapat: {bands: {2: {when: ">= 5"}, 1: {when: "[1..4]"}}}}}}
""")


def trail_of(rubric: Rubric, facts: Any, **readings: str) -> Trail:
    """The trail of a sheet."""
    return Evaluator(rubric, readings=readings).evaluate(facts).trail


def stored(trail: Trail) -> dict[str, Any]:
    """A trail as it lies in a file."""
    data: dict[str, Any] = json.loads(trail.to_json())
    return data


def verified(data: Mapping[str, Any], rubric: Rubric) -> tuple[Diagnostic, ...]:
    """What is found in a trail from a file, whether it can be read or not."""
    try:
        return verify(Trail.from_json(json.dumps(data)), rubric)
    except KinerjaError as error:
        return error.diagnostics


# --- every single figure, text and id


def leaves(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every figure and text of a trail."""
    parts: Any = data.items() if isinstance(data, dict) else enumerate(data)
    for key, part in parts:
        if isinstance(part, dict | list):
            yield from leaves(part, (*path, key))
        else:
            yield (*path, key)


#: Where a trail has maps from ids: what these keys hold is named by somebody.
NAMED = ("readings", "alternatives", "by", "subject", "assessors", "nodes", "facts", "operands", "evidence")
NAMED += ("gates", "awards", "parts", "values")


def ids(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every id of a trail."""
    for key, part in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(part, dict) and key in NAMED:
            yield from ((*path, key, name) for name in part)
        if isinstance(part, dict | list):
            yield from ids(part, (*path, key))


def tried(paths: Iterator[tuple[str | int, ...]]) -> Iterator[tuple[str | int, ...]]:
    """Of every kind of place the first three, and all of them where there is time."""
    seen: Counter[tuple[str | int, ...]] = Counter()
    for path in paths:
        # What stands between the names of nodes, readings and evidence is the same for each of them.
        kind = tuple("*" if at and path[at - 1] in NAMED else key for at, key in enumerate(path))
        seen[kind] += 1
        if seen[kind] <= 3 or os.environ.get("HYPOTHESIS_PROFILE") == "deep":
            yield path


def other(value: Any, key: str | int) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool | int):
        return not value if isinstance(value, bool) else value + 1
    if key == "exact":
        return numbers.text(Fraction(value) + 1)
    return "2001-02-03" if value is None else f"{value}x"


def altered(data: dict[str, Any], path: tuple[str | int, ...], *, renamed: bool) -> dict[str, Any]:
    """A trail with one text altered, or one id."""
    data = copy.deepcopy(data)
    part: Any = data
    for step in path[:-1]:
        part = part[step]
    last = path[-1]
    if renamed:
        items = {f"{key}x" if key == last else key: each for key, each in part.items()}
        part.clear()
        part.update(items)
    else:
        part[last] = other(part[last], last)
    return data


def a_complete_bkm() -> tuple[Rubric, Trail]:
    """The example of a community board, complete."""
    rubric = kinerja.load("pk-bkm")
    return rubric, trail_of(rubric, kinerja.load_sheet(EXAMPLES / "bkm.yaml"))


def a_partial_rt() -> tuple[Rubric, Trail]:
    """A head of a neighbourhood of whom only some assessors have spoken."""
    rubric = kinerja.load("makassar-rt-rw")
    return rubric, trail_of(rubric, kinerja.load_sheet(EXAMPLES / "rt-lpm.yaml"))


def an_invalid_one_from_a_program() -> tuple[Rubric, Trail]:
    """What a program stated, with faults of all kinds, under another reading."""
    facts = {
        "wilayah": "utara",
        "rapat": {"value": 2.5, "by": "sekretaris", "unit": "kali"},
        "arsip": {"score": 2},
        "laporan": {"not-applicable": "belum ada kegiatan"},
        "bukti": ["foto"],
        "rapet": Decimal(3),
        "lain": numbers.Unread("1.250", Fault("K537", text="1.250", whole="1250")),
    }
    sheet = kinerja.Sheet(
        facts=facts, subject={"id": "RT 01"}, participants=("Dewi",), date=dt.date(2017, 5, 1)
    )
    return SMALL, trail_of(SMALL, sheet, D1="lebih")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(a_complete_bkm, marks=pytest.mark.volume),
        pytest.param(a_partial_rt, marks=pytest.mark.volume),
        an_invalid_one_from_a_program,
    ],
)
def test_every_altered_text_is_found_at_its_own_place(make: Any) -> None:
    """Whichever figure, text or id of a trail is altered: that one is named, and nothing else."""
    rubric, trail = make()
    data = stored(trail)
    assert () == verified(data, rubric)
    missed = {}
    for path in tried(leaves(data)):
        found = verified(altered(data, path, renamed=False), rubric)
        if [".".join(map(str, path))] != [each.where for each in found]:
            missed[path] = found
    for path in tried(ids(data)):
        found = verified(altered(data, path, renamed=True), rubric)
        name = ".".join(map(str, path))
        # What is gone and what is new are told by the name that was there, or by the one that is; a name that others
        # rest on is missed where they do.
        if not found or not any(
            found[0].where.startswith(each) for each in (name, f"{name}x", *_rests(data, path))
        ):
            missed[path] = found
    assert {} == missed


def _rests(data: Mapping[str, Any], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Where a name is missed that others rest on: a node in the steps of its group, a value in its sentence."""
    if path[0] == "nodes" and len(path) == 2:
        group = str(path[1]).rpartition(".")[0] or "total"
        return (f"nodes.{group}.steps",)
    return (".".join(map(str, path[:-1])),) if path[-2] == "values" else ()


# --- what is compared


def test_a_trail_that_follows_is_verified() -> None:
    """Nothing is found in what the library wrote, with the rubric at hand or by its name."""
    rubric, trail = a_complete_bkm()
    assert () == verify(trail)
    assert () == verify(trail, rubric)
    assert () == verify(trail, "pk-bkm")
    assert () == verify(Trail.from_json(trail.to_json()))


def test_figures_that_fit_each_other_and_not_the_facts() -> None:
    """A whole other result under the same facts is found, however well its parts agree."""
    _, trail = a_complete_bkm()
    forged = attrs.evolve(trail_of(kinerja.load("pk-bkm"), {"perempuan": 50}), stated=trail.stated)
    (found,) = verify(attrs.evolve(forged, seal=sealed(forged)))
    assert "K601" == found.code


def test_another_identity_is_said_so() -> None:
    """Under other rules other figures are right: nothing is compared, and both identities are named."""
    _, trail = a_complete_bkm()
    changed = kinerja.patched(kinerja.load("pk-bkm"), {"indicators": {"perempuan": {"title": "Perempuan"}}})
    (found,) = verify(trail, changed)
    assert ("K602", "rubric.identity") == (found.code, found.where)
    assert (trail.rubric.identity, Evaluator(changed).identity) == (
        found.values["stored"],
        found.values["computed"],
    )


@pytest.mark.parametrize(
    ("about", "where"), [({"id": "pk-bkn"}, "rubric.id"), ({"edition": "2018"}, "rubric.edition")]
)
def test_a_rubric_that_nobody_has(about: Mapping[str, str], where: str) -> None:
    """A trail of a rubric that does not come with the library asks for it."""
    _, trail = a_complete_bkm()
    (found,) = verify(attrs.evolve(trail, rubric=attrs.evolve(trail.rubric, **about)))
    assert ("K606", where) == (found.code, found.where)


def test_a_rubric_without_an_edition_is_found_by_its_id() -> None:
    """A trail that names no edition is compared with what the id names, and the edition is then what differs."""
    _, trail = a_complete_bkm()
    (found,) = verify(attrs.evolve(trail, rubric=attrs.evolve(trail.rubric, edition="")))
    assert ("K601", "rubric.edition") == (found.code, found.where)


def test_a_trail_without_check_digits() -> None:
    """Without check digits nobody can tell whether the facts are those of the day."""
    _, trail = a_complete_bkm()
    assert ["K605"] == [each.code for each in verify(attrs.evolve(trail, seal=None))]


def test_a_reading_that_the_rubric_does_not_have() -> None:
    """A chosen reading that these rules do not know is a finding, even under good check digits."""
    trail = trail_of(SMALL, {"rapat": 4}, D1="lebih")
    chosen = attrs.evolve(trail.readings["D1"], chosen="kurang")
    forged = attrs.evolve(trail, readings={"D1": chosen})
    (found,) = verify(attrs.evolve(forged, seal=sealed(forged)), SMALL)
    assert ("K506", "readings") == (found.code, found.where)


def test_a_text_that_is_gone_or_new() -> None:
    """What was stated and is left out, or was not and is put in, is named."""
    trail = trail_of(SMALL, kinerja.Sheet(facts={"rapat": 4}, subject={"id": "a", "desa": "b"}))
    without = attrs.evolve(trail, subject={"id": "a"})
    assert [("K603", "subject.desa", "–")] == [
        (e.code, e.where, e.values["value"]) for e in verify(without, SMALL)
    ]
    beside = attrs.evolve(trail, subject={"id": "a", "desa": "b", "rw": "c"})
    assert ["subject.rw"] == [each.where for each in verify(beside, SMALL)]


def test_the_order_of_a_file_is_no_part_of_it() -> None:
    """Bands and indicators in another order are the same rubric, and the trail of one is that of the other."""
    bands = ['a: {when: "> 1"}', 'b: {when: "[0..1]"}', 'c: {when: "< 0"}']

    def ordered(*order: int) -> Rubric:
        lines = ", ".join(f"{bands[n][:-1]}, score: {n}}}" for n in order)
        nodes = [f"n: {{measure: {{}}, bands: {{{lines}}}}}", "m: {levels: {x: 1}}"]
        return kinerja.loads(
            f"kinerja: 1\nid: x\ncombine: sum\nindicators: {{{', '.join(nodes[:: order[0] - 1 or 1])}}}\n"
        )

    one, other = ordered(0, 1, 2), ordered(2, 1, 0)
    assert Evaluator(one).identity == Evaluator(other).identity
    for facts in ({"n": 1, "m": "x"}, {}):
        trail = trail_of(one, facts)
        assert trail != trail_of(other, facts)
        assert () == verify(trail, other)
    trail = trail_of(one, {"n": 1, "m": "x"})
    node = trail.nodes["n"]
    fewer = attrs.evolve(trail, nodes={**trail.nodes, "n": attrs.evolve(node, others=node.others[:1])})
    assert ["nodes.n.others.1"] == [each.where for each in verify(fewer, other)]
    none = attrs.evolve(trail, nodes={**trail.nodes, "n": attrs.evolve(node, others=())})
    assert ["nodes.n.others"] == [each.where for each in verify(none, other)]


def test_true_is_not_one() -> None:
    """A truth value in the place of a number differs from it."""
    trail = trail_of(SMALL, {"rapat": 4, "wilayah": "selatan", "laporan": True})
    (award,) = trail.grade.awards.values()  # type: ignore[union-attr]
    one = kinerja.patched(SMALL, {"grades": {"cukup": {"awards": {"insentif": {"amount": 1}}}}})
    trail = trail_of(one, {"rapat": 4, "wilayah": "selatan", "laporan": True})
    forged = attrs.evolve(
        trail, grade=attrs.evolve(trail.grade, awards={"insentif": attrs.evolve(award, amount=True)})
    )
    assert ["grade.awards.insentif.amount"] == [each.where for each in verify(forged, one)]


def test_what_is_long_is_cut() -> None:
    """A message repeats the beginning of what stands there."""
    trail = trail_of(SMALL, kinerja.Sheet(facts={}, note="x" * 1_000))
    (found,) = verify(attrs.evolve(trail, note="y" * 1_000), SMALL)
    assert 201 == len(found.values["value"])


# --- what was stated comes back


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, 0, -7, 10**9_000, 0.1, 2.5, float("inf"), float("nan"), Decimal("1.50")),
        *(Decimal("NaN"), Decimal("1E+5000"), Fraction(2, 3), Fraction(-4), Fraction(1, 3**3_000)),
        *("teks", "", Written("40"), Written("040"), Written("true"), "\ud800", ["foto"], [], ("foto", 1)),
        *(
            {"foto", "daftar"},
            frozenset({"foto"}),
            numbers.Unread("1.250", Fault("K537", text="1.250", whole="1")),
        ),
        *({"value": 3, "unit": ["a", "b"]}, {"value": 3, "unit": 5, "evidence": [["a"]]}),
        *({"value": 3, "by": ["a", "b"], "on": dt.date(2017, 1, 1), "evidence": "foto", "note": "n"}, {}),
        *(
            {"score": Fraction(1, 2)},
            {"not-applicable": "tidak ada"},
            {"not-applicable": True},
            {"value": Written("3")},
        ),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("name", ["rapat", "wilayah", "bukti", "laporan", "arsip", "tiada"])
def test_a_sheet_is_stated_again(name: str, value: Any) -> None:
    """Whatever a file or a program stated, its trail survives its JSON form and is verified."""
    trail = trail_of(SMALL, {name: value})
    again = Trail.from_json(trail.to_json())
    assert trail == again
    assert () == verify(again, SMALL)


@given(
    st.dictionaries(
        st.sampled_from(["rapat", "wilayah", "bukti", "laporan", "arsip", "tiada", "rapat.score"]),
        st.one_of(
            st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.fractions(),
            st.text() | st.text().map(Written) | st.lists(st.sampled_from(["foto", "daftar", "x", 1, 2])),
            st.fixed_dictionaries(
                {}, optional={"value": st.integers() | st.text(), "score": st.integers(0, 3)}
            ),
            st.fixed_dictionaries({"not-applicable": st.text() | st.booleans(), "note": st.text()}),
        ),
    )
)
def test_any_sheet_is_verified(facts: dict[str, Any]) -> None:
    """Every trail that this library writes is one that it verifies."""
    trail = trail_of(SMALL, facts)
    assert () == verify(Trail.from_json(trail.to_json()), SMALL)


class Strange:
    """Something that no file can hold."""


@pytest.mark.parametrize(
    "value",
    [Strange(), [Strange()], 10**20_000, Fraction(1, 10**20_000), [[1]], Decimal("1" * 30_000)],
    ids=lambda value: type(value).__name__,
)
def test_what_no_file_can_hold_is_not_verified(value: Any) -> None:
    """A trail keeps that there was something, and says that it cannot be stated again."""
    trail = Trail.from_json(trail_of(SMALL, {"rapat": value}).to_json())
    assert [("K604", "stated.0.value")] == [(each.code, each.where) for each in verify(trail, SMALL)]
    assert "invalid" == trail.status


@pytest.mark.parametrize(
    "said",
    [
        SaidTrail(type="int", text="1E+999999999"),
        SaidTrail(type="int", text="9" * 30_000),
        SaidTrail(type="fraction", text="1/0"),
        SaidTrail(type="fraction", text="1"),
        SaidTrail(type="decimal", text="satu"),
        SaidTrail(type="float", text="satu"),
        SaidTrail(type="bool", text="ya"),
        SaidTrail(type="unread", text="1.250"),
    ],
    ids=lambda said: f"{said.type} {said.text[:10]}",
)
def test_a_value_that_is_not_of_its_type(said: SaidTrail) -> None:
    """A stored value that is none of its kind is refused, at once, and never guessed."""
    trail = trail_of(SMALL, {"rapat": 4})
    forged = attrs.evolve(trail, stated=(attrs.evolve(trail.stated[0], value=said),))
    with pytest.raises(TrailError) as caught:
        Evaluator(SMALL).again(forged)
    assert ["K604"] == [each.code for each in caught.value.diagnostics]


def test_names_of_a_fault_that_are_names_of_arguments() -> None:
    """Whatever a stored fault calls its values, it is told like any other."""
    values = {"text": "1.250", "whole": "1", "code": "K1", "span": "x", "self": "y"}
    trail = trail_of(SMALL, {"rapat": numbers.Unread("1.250", Fault("K537", text="1.250", whole="1"))})
    value = trail.stated[0].value
    assert value is not None
    assert value.fault is not None
    said = attrs.evolve(value, fault=attrs.evolve(value.fault, values=values))
    forged = attrs.evolve(trail, stated=(attrs.evolve(trail.stated[0], value=said),))
    assert "K537" == Evaluator(SMALL).again(forged).problems[0].code


def test_the_same_facts_under_other_rules() -> None:
    """A stored trail can be scored again by another edition: the same facts, the same day, other figures."""
    trail = trail_of(
        SMALL, kinerja.Sheet(facts={"rapat": 4, "wilayah": "selatan", "laporan": True}, period="2017")
    )
    stricter = kinerja.patched(
        SMALL, {"indicators": {"rapat": {"bands": {"2": {"when": "> 4"}, "1": {"when": "[1..4]"}}}}}
    )
    again = Evaluator(stricter).again(trail).complete()
    assert (Fraction(3, 2), Fraction(1), "2017") == (trail.total, again.total, again.trail.period)


# --- check digits


def test_check_digits_are_those_that_are_documented() -> None:
    """Anybody can compute them: the SHA-256 of JSON lists of keys and text."""
    trail = trail_of(SMALL, kinerja.Sheet(facts={"rapat": 4}, subject={"id": "RT 01"}))
    assert trail.seal is not None
    line = json.dumps(["subject", "id", "RT 01"])
    assert hashlib.sha256(line.encode()).hexdigest()[:8] == trail.seal.parts["subject.id"]


@pytest.mark.parametrize(
    ("seal", "where"),
    [
        (lambda seal: SealTrail(whole="0" * 64, parts=seal.parts), "seal.whole"),
        (
            lambda seal: SealTrail(whole=seal.whole, parts={**seal.parts, "basis": "00000000"}),
            "seal.parts.basis",
        ),
        (lambda seal: SealTrail(whole=seal.whole, parts={**seal.parts, "x": "00000000"}), "seal.parts.x"),
        (lambda seal: SealTrail(whole=seal.whole), "seal.parts.library"),
    ],
    ids=["whole", "part", "more", "none"],
)
def test_altered_check_digits_are_not_blamed_on_the_facts(seal: Any, where: str) -> None:
    """Where only a check digit was altered, it is named and no fact is."""
    trail = trail_of(SMALL, {"rapat": 4})
    assert [where] == [each.where for each in verify(attrs.evolve(trail, seal=seal(trail.seal)), SMALL)]
