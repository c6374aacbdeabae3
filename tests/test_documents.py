"""Documents: every value and key with its place, nothing decided, and both parsers of one mind."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import Diagnostic, KinerjaError
from kinerja.language.documents import Branch, Document, Leaf, Null, Series, Tree, plant, read
from tests.test_bad import HERE, RUBRICS, good, spoilt

TEXT = """\
plain: Tingkat partisipasi
single: 'isi ''dalam'' kutip'
double: "isi \\"dalam\\" kutip"
literal: |
  baris satu
  baris dua
folded: >
  dua baris
  jadi satu
flow: {kosong: , daftar: [1, "2", null]}
block:
  - satu
  -
empty:
none: null
"kunci dengan kutip": 00123
? kunci bertanda
: no
"""


def plainly(tree: Tree) -> object:
    """What a tree holds, with where each part stands."""
    if isinstance(tree, Branch):
        return {
            key: (tree.keys[key] and tree.keys[key][1:3], plainly(child))
            for key, child in tree.children.items()
        }
    if isinstance(tree, Series):
        return [plainly(item) for item in tree.items]
    mark = tree.mark and tree.mark[1:3]
    return (tree.text, tree.plain, mark) if isinstance(tree, Leaf) else ("null", mark)


def places(document: Document) -> Iterator[tuple[str, str]]:
    """What stands at each leaf's place in the text, beside the leaf's text."""
    assert isinstance(document.root, Branch)
    for key, child in document.root.children.items():
        if isinstance(child, Leaf):
            place = document.place((key,))
            assert place is not None
            line = document.source.line(place.line)
            assert line is not None
            yield child.text, line[place.column - 1 : place.column - 1 + place.length]


def test_scalars_keep_their_text_and_place() -> None:
    """In every style a scalar is the text that its author meant, at the words that they wrote."""
    assert {
        "Tingkat partisipasi": "Tingkat partisipasi",
        "isi 'dalam' kutip": "'isi ''dalam'' kutip'",
        'isi "dalam" kutip': '"isi \\"dalam\\" kutip"',
        "baris satu\nbaris dua\n": "|",
        "dua baris jadi satu\n": ">",
        "00123": "00123",
        "no": "no",
    } == dict(places(read(TEXT, name="x")))


def test_keys_and_parts_have_places() -> None:
    """A key, a list's item and what is nearest to something absent can be pointed at."""
    document = read(TEXT, name="gaya.yaml")
    found = {
        ".".join(path): str(document.place(path))
        for path in [
            (),
            ("flow",),
            ("flow", "daftar"),
            ("flow", "daftar", "1"),
            ("flow", "daftar", "9"),
            ("flow", "tidak_ada", "apa_pun"),
            ("block", "0"),
            ("plain", "0"),
            ("kunci dengan kutip",),
            ("kunci bertanda",),
        ]
    }
    assert {
        "": "gaya.yaml:1:1",
        "flow": "gaya.yaml:10:1",
        "flow.daftar": "gaya.yaml:10:18",
        "flow.daftar.1": "gaya.yaml:10:30",
        "flow.daftar.9": "gaya.yaml:10:18",
        "flow.tidak_ada.apa_pun": "gaya.yaml:10:1",
        "block.0": "gaya.yaml:12:5",
        "plain.0": "gaya.yaml:1:8",
        "kunci dengan kutip": "gaya.yaml:16:23",
        "kunci bertanda": "gaya.yaml:18:3",
    } == found


def test_nothing_is_decided() -> None:
    """What YAML would turn into dates, numbers and truth values stays what was written; an empty child is a mapping."""
    document = read("a: 2017-04-05\nb: 1_000\nc: yes\nd:\ne: ~\nf: null\ng: 'null'\n", name="x")
    assert isinstance(document.root, Branch)
    children = document.root.children
    assert ["2017-04-05", "1_000", "yes", "~", "null"] == [
        child.text for child in children.values() if isinstance(child, Leaf)
    ]
    assert isinstance(children["d"], Branch)
    assert isinstance(children["f"], Null)


def test_a_diagnostic_gets_the_place_of_its_path() -> None:
    """A finding about a path is shown at its line; one that has a place keeps it."""
    document = read(TEXT, name="gaya.yaml")
    located = document.locate(Diagnostic("K130", ("double",), {"text": "dalam", "span": (5, 10)}))
    # The text has escapes: its characters are not those of the file, so the whole of it is meant.
    assert "gaya.yaml:3:9" == str(located.place)
    assert "gaya.yaml:1:13" == str(
        document.locate(Diagnostic("K130", ("plain",), {"text": "x", "span": (5, 9)})).place
    )
    assert located is document.locate(located)
    assert None is Document(plant({"a": 1}), document.source).locate(Diagnostic("K130", ("a",))).place


def test_a_span_inside_an_absent_place_is_nowhere() -> None:
    """A span is only counted inside a scalar; around anything else the whole of it is meant."""
    document = read(TEXT, name="gaya.yaml")
    diagnostic = Diagnostic("K130", ("flow", "daftar"), {"text": "x", "span": (5, 9)})
    assert "gaya.yaml:10:26" == str(document.locate(diagnostic).place)


def test_values_of_python_are_planted() -> None:
    """Plain values become a tree that reads like a file; what is a tree already stays."""
    leaf = Leaf("x", plain=False)
    tree = plant({"a": [1, 2.5, True, False, None, "teks"], 2: leaf, "c": ()})
    assert isinstance(tree, Branch)
    assert leaf is tree.children["2"]
    assert [
        ("1", True, None),
        ("2.5", True, None),
        ("true", True, None),
        ("false", True, None),
        ("null", None),
        ("teks", True, None),
    ] == plainly(tree.children["a"])
    assert [] == plainly(tree.children["c"])
    assert None is tree.key_place("a")


def test_json_is_accepted() -> None:
    """A rubric in JSON is the same rubric, and JSON on one line is a text like any other."""
    text = (
        '{"kinerja": 1, "id": "contoh", "combine": "mean", "indicators": {"perempuan": {"measure": {"unit": "%", '
        '"in": "[0..100]"}, "bands": {"1": {"when": ">= 40"}, "0": {"when": "< 40"}}}}}'
    )
    same = (
        "kinerja: 1\nid: contoh\ncombine: mean\nindicators:\n  perempuan:\n"
        '    measure: {unit: "%", in: "[0..100]"}\n    bands: {1: {when: ">= 40"}, 0: {when: "< 40"}}\n'
    )
    assert kinerja.loads(same) == kinerja.loads(text)
    assert () == kinerja.check(text)


def test_a_document_can_be_sent_elsewhere() -> None:
    """A document is pickled with its places."""
    document = read(TEXT, name="gaya.yaml")
    copy = pickle.loads(pickle.dumps(document))
    assert plainly(document.root) == plainly(copy.root)
    assert str(document.place(("flow",))) == str(copy.place(("flow",)))


# --- two parsers


def outcome(text: str) -> object:
    """What reading comes to, by whichever parser there is."""
    try:
        return plainly(read(text, name="x").root)
    except KinerjaError as error:
        return [each.code for each in error.diagnostics]


@pytest.mark.parametrize("name", ["good", "styles", *RUBRICS])
def test_both_parsers_agree(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without its C parser, the same text gives the same tree, or the same refusal."""
    path = HERE / "rubrics" / f"{name}.yaml"
    text = {"good": good, "styles": lambda: TEXT}.get(name, lambda: path.read_text(encoding="utf-8"))()
    fast = outcome(text)
    monkeypatch.delattr(yaml, "CLoader")
    assert fast == outcome(text)


@given(spoilt())
def test_the_pure_parser_is_refused_properly_too(text: str) -> None:
    """Whatever a text holds, the slower parser raises nothing of its own either."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CLoader")
        outcome("".join(text.splitlines(keepends=True)[:60]))


@given(st.text(alphabet=":-?#&*!|>'\"%@`{}[], \n\tab1", max_size=20))
def test_the_pure_parser_reads_any_text(text: str) -> None:
    """Short texts of all the signs that mean something are read or refused by both parsers."""
    outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CLoader")
        outcome(text)
