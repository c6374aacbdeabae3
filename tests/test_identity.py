"""Identity: what a rubric says, and nothing else, decides it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.language.documents import Document, plant, read
from kinerja.language.plain import identity, plain
from kinerja.language.structure import structure
from kinerja.model import Band, Bands, Number, Rubric
from tests.test_structure import WHOLE, everything

BASE = """\
kinerja: 1
id: contoh
combine: weighted-mean
sources: {kak: Kerangka acuan, lain: Sumber lain}
facts: {lokasi: {options: {kumuh: Kumuh, cegah: Cegah}}}
indicators:
  perempuan:
    weight: 50%
    source: [kak, lain]
    measure: {unit: "%", in: "[0..100]"}
    bands:
      1: {when: ">= 40", text: "di atas"}
      0: {when: "< 40"}
  keuangan:
    weight: 0.5
    applies: {lokasi: kumuh}
    levels: {baik: 1, kurang: 0}
readings:
  r:
    settles: gap
    problem: p
    taken: t
    because: b
    alternatives: {a: {change: {combine: mean}}}
"""


def of(text: str) -> str:
    """The identity of a rubric in a text."""
    return identity(structure(read(text, name="x")))


def test_identity_is_the_hash_of_canonical_json() -> None:
    """The figure can be had with any tool that knows RFC 8785 and SHA-256, and never changes with the library."""
    said = (
        '{"combine":"weighted-mean","facts":{"lokasi":{"kind":"choice","options":{"cegah":{"title":"Cegah"},'
        '"kumuh":{"title":"Kumuh"}}}},"id":"contoh","indicators":{"keuangan":{"applies":{"lokasi":"\\"kumuh\\""},'
        '"levels":[["baik",{"score":"1"}],["kurang",{"score":"0"}]],"weight":"0.5"},"perempuan":{"bands":{"0":'
        '{"when":{"value":"< 40"}},"1":{"text":"di atas","when":{"value":">= 40"}}},"measure":{"in":"[0..100]",'
        '"unit":"%"},"source":[{"in":"kak"},{"in":"lain"}],"weight":"0.5"}},"kinerja":1,"readings":{"r":'
        '{"alternatives":{"a":{"change":{"combine":"mean"}}},"because":"b","problem":"p","settles":"gap",'
        '"taken":"t"}},"sources":{"kak":{"title":"Kerangka acuan"},"lain":{"title":"Sumber lain"}}}'
    )
    assert hashlib.sha256(said.encode()).hexdigest() == of(BASE)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n", "\n\n") + "# catatan\n",
        lambda t: t.replace("weight: 50%", "weight:   1/2   # separuh"),
        lambda t: t.replace('">= 40"', "'>=40.0'"),
        lambda t: t.replace("{lokasi: kumuh}", '[{lokasi: "kumuh"}]'),
        lambda t: t.replace("id: contoh\ncombine: weighted-mean\n", "combine: weighted-mean\nid: contoh\n"),
        lambda t: t.replace(
            "kak: Kerangka acuan, lain: Sumber lain", "lain: Sumber lain, kak: {title: Kerangka acuan}"
        ),
        lambda t: t.replace("  keuangan:", "  keuangan:\n    note: dari FGD\n    examples: {baik: 1}"),
        lambda t: t.replace('text: "di atas"', 'text: "di atas", note: ejaan sumber'),
        lambda t: t + "examples: {a: {facts: {perempuan: 1}}}\n",
        lambda t: t + "allow: {K213: {because: kalimatnya memang begitu}}\n",
        lambda t: t + "note: semuanya\nlanguage: id\n",
        lambda t: t.replace("kumuh: Kumuh, cegah: Cegah", "cegah: Cegah, kumuh: Kumuh"),
    ],
)
def test_what_changes_no_answer_changes_no_identity(change: Callable[[str], str]) -> None:
    """Layout, comments, notes, examples, allowances, the order of what has none, and how a thing is spelt."""
    assert change(BASE) != BASE
    assert of(BASE) == of(change(BASE))


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace('">= 40"', '">= 41"'),
        lambda t: t.replace('"< 40"', '"<= 40"'),
        lambda t: t.replace("weight: 50%", "weight: 51%"),
        lambda t: t.replace("combine: weighted-mean", "combine: weighted-sum"),
        lambda t: t.replace("id: contoh", "id: contoh2"),
        lambda t: t.replace('text: "di atas"', 'text: "diatas"'),
        lambda t: t.replace("[kak, lain]", "[lain, kak]"),
        lambda t: t.replace("baik: 1, kurang: 0", "kurang: 0, baik: 1"),
        lambda t: t.replace("baik: 1", "baik: 2"),
        lambda t: t.replace("    applies: {lokasi: kumuh}\n", ""),
        lambda t: t.replace("change: {combine: mean}", "change: {combine: max}"),
        lambda t: t + "edition: '2018'\n",
        lambda t: t + "valid: {from: 2017-04-05}\n",
        lambda t: t + "shown: 0.01\n",
        lambda t: t + "language: en\n",
        lambda t: t.replace("kumuh: Kumuh", "kumuh: Lokasi kumuh"),
    ],
)
def test_every_rule_counts(change: Callable[[str], str]) -> None:
    """Whatever could change an answer, a citation or a reading changes the identity; so does the order of levels."""
    assert change(BASE) != BASE
    assert of(BASE) != of(change(BASE))


def test_templates_do_not_count() -> None:
    """A rubric that says a thing once for all is the rubric that says it each time."""
    once = "kinerja: 1\nid: x\ncombine: mean\neach: {levels: {a: 1, b: 0}}\nindicators: {x: , y: }\n"
    each = "kinerja: 1\nid: x\ncombine: mean\nindicators: {x: {levels: {a: 1, b: 0}}, y: {levels: {a: 1, b: 0}}}\n"
    assert of(once) == of(each)


def test_readings_taken_do_not_count() -> None:
    """A rubric evaluated with another reading is still the same rubric."""
    rubric = kinerja.load("pk-bkm")
    assert identity(rubric) == kinerja.Evaluator(rubric, readings={"D3": "dua-mulai-98"}).identity


def test_python_and_file_have_one_identity() -> None:
    """How a rubric came about does not count either."""
    assert identity(structure(read(WHOLE, name="x"))) == identity(everything())


@given(st.permutations(["perempuan", "keuangan", "kegiatan"]), st.permutations(["0", "1", "2"]))
def test_the_order_of_what_has_no_order_does_not_count(nodes: list[str], bands: list[str]) -> None:
    """Indicators and bands in any order make one identity, and equal rubrics."""
    when = {"2": "> 2", "1": "[1..2]", "0": "< 1"}

    def rubric(nodes: list[str], bands: list[str]) -> Rubric:
        node = Bands(measure=Number(), bands={name: Band(when=when[name]) for name in bands})
        return Rubric(id="x", combine="mean", indicators=dict.fromkeys(nodes, node))

    one, other = rubric(nodes, bands), rubric(sorted(nodes), sorted(bands))
    assert identity(one) == identity(other)
    assert one == other


def test_the_plain_form_has_the_keys_of_a_file() -> None:
    """What is at its default is left out; the rest stands under the keys that an author writes."""
    assert {
        "kinerja": "1",
        "id": "x",
        "combine": "mean",
        "indicators": {
            "a": {
                "bands": {"1": {"when": {"value": "> 0"}}, "0": {"when": {"value": "<= 0"}}},
                "measure": {"in": ">= 0"},
            }
        },
    } == plain(
        Rubric(
            id="x",
            combine="mean",
            indicators={
                "a": Bands(
                    measure=Number(within=">= 0"), bands={"1": Band(when="> 0"), "0": Band(when="<= 0")}
                )
            },
        )
    )


def test_the_plain_form_has_the_same_identity() -> None:
    """Writing a rubric out and reading it back changes nothing that counts."""
    rubric = everything()
    again = structure(Document(plant(plain(rubric)), read("x: 1", name="x").source))
    assert identity(rubric) == identity(again)
