"""Merge patches: RFC 7396 by its own examples, and what a rubric needs beyond it."""

from __future__ import annotations

from typing import Any

import pytest

import kinerja
from kinerja.errors import KinerjaError
from kinerja.language.documents import Branch, Leaf, Null, Series, Tree, plant, read
from kinerja.language.patches import dropped, merged
from kinerja.language.structure import expanded, structure
from kinerja.model import Group

#: The test cases of RFC 7396, appendix A: original, patch, result.
APPENDIX = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": ["1"]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"a": "1"}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]


def said(tree: Tree) -> Any:
    """A tree as plain values."""
    if isinstance(tree, Branch):
        return {key: said(child) for key, child in tree.children.items()}
    if isinstance(tree, Series):
        return [said(item) for item in tree.items]
    return tree.text if isinstance(tree, Leaf) else None


@pytest.mark.parametrize(("original", "patch", "result"), APPENDIX)
def test_the_examples_of_the_standard(original: Any, patch: Any, result: Any) -> None:
    """Each example of the standard comes out as it says; a null that the original holds is dropped as well."""
    assert result == said(dropped(merged(plant(original), plant(patch))))


def test_a_null_alone_deletes_the_whole() -> None:
    """A patch that is null replaces everything by nothing, as in the standard."""
    assert isinstance(merged(plant({"a": "foo"}), Null(None)), Null)


def test_places_survive() -> None:
    """What a patch changed or reached into stands where the patch says it; the rest where it stood."""
    base = read("a: {b: 1, c: 2}\nd: 3\n", name="dasar").root
    patch = read("a: {b: 4, e: 5}\nd: {f: 6}\n", name="perubahan").root
    tree = merged(base, patch)
    assert isinstance(tree, Branch)
    inside, changed = tree.children["a"], tree.children["d"]
    assert isinstance(inside, Branch)
    assert isinstance(changed, Branch)
    assert {"b": "perubahan:1:8", "c": "dasar:1:14", "e": "perubahan:1:14"} == {
        key: str(child.place) for key, child in inside.children.items()
    }
    assert {"b": "perubahan:1:5", "c": "dasar:1:11", "e": "perubahan:1:11"} == {
        key: str(inside.key_place(key)) for key in inside.children
    }
    assert "perubahan:1:1" == str(tree.key_place("a"))
    assert "perubahan:2:5" == str(changed.key_place("f"))


def test_what_holds_no_null_is_left_as_it_is() -> None:
    """Dropping changes only what holds a null, so that a patched rubric shares the rest."""
    tree = plant({"a": {"b": 1}, "c": {"d": None, "e": 2}, "f": [None, 1]})
    left = dropped(tree)
    assert isinstance(tree, Branch)
    assert isinstance(left, Branch)
    assert {"a": {"b": "1"}, "c": {"e": "2"}, "f": ["1"]} == said(left)
    assert left.children["a"] is tree.children["a"]
    assert dropped(left) is not tree


def test_nulls_in_the_change_of_an_alternative_stay() -> None:
    """The nulls of an alternative are that patch's own; a null anywhere else in a reading is dropped."""
    tree = plant(
        {"readings": {"a": {"note": None, "alternatives": {"b": {"text": None, "change": {"scale": None}}}}}}
    )
    assert {"readings": {"a": {"alternatives": {"b": {"change": {"scale": None}}}}}} == said(dropped(tree))


# --- templates


def grown(value: Any) -> Any:
    """A rubric's tree with its templates laid out and its nulls dropped, as it is structured."""
    return said(dropped(expanded(plant(value))))


def test_a_template_stands_under_every_child() -> None:
    """What `each` says holds for every child that does not say otherwise."""
    template = {"weight": "5%", "measure": {"unit": "%"}}
    children = {"a": {}, "b": {"weight": "10%"}, "c": {"measure": {"in": "> 0"}}}
    assert {
        "indicators": {
            "a": {"weight": "5%", "measure": {"unit": "%"}},
            "b": {"weight": "10%", "measure": {"unit": "%"}},
            "c": {"weight": "5%", "measure": {"unit": "%", "in": "> 0"}},
        }
    } == grown({"each": template, "indicators": children})


def test_a_null_reaches_through_a_template() -> None:
    """A child takes itself out of what its template says, and a child that is null is no child."""
    value = {
        "each": {"weight": "5%", "measure": {"unit": "%"}},
        "indicators": {"a": {"weight": None, "measure": {"unit": None}}, "b": None},
    }
    assert {"indicators": {"a": {"measure": {}}}} == grown(value)


def test_a_template_inside_a_template_reaches_the_grandchildren() -> None:
    """`each` in `each` is for the children of each child, who may take themselves out on either level."""
    value = {
        "each": {"combine": "sum", "each": {"weight": "5%", "note": "sama"}},
        "indicators": {
            "a": {"indicators": {"x": {}, "y": {"weight": None}}},
            "b": {"each": {"note": None}, "indicators": {"x": {}, "y": {"note": "lain"}}},
            "c": {"each": None, "indicators": {"x": {"weight": "1%"}}},
        },
    }
    assert {
        "indicators": {
            "a": {
                "combine": "sum",
                "indicators": {"x": {"weight": "5%", "note": "sama"}, "y": {"note": "sama"}},
            },
            "b": {
                "combine": "sum",
                "indicators": {"x": {"weight": "5%"}, "y": {"weight": "5%", "note": "lain"}},
            },
            "c": {"combine": "sum", "indicators": {"x": {"weight": "1%"}}},
        }
    } == grown(value)


def test_a_template_does_not_reach_aside() -> None:
    """What stands aside is not one of the children."""
    value = {"each": {"weight": "5%"}, "indicators": {"a": {}}, "aside": {"b": {}}}
    assert {"indicators": {"a": {"weight": "5%"}}, "aside": {"b": {}}} == grown(value)


def test_without_a_template_nothing_is_copied() -> None:
    """A tree without templates is itself, and so is what is no mapping."""
    tree = plant({"indicators": {"a": {"indicators": {"b": {"weight": 1}}}}})
    leaf = Leaf("x", plain=True)
    assert tree is expanded(tree)
    assert leaf is expanded(leaf)


def test_a_fault_in_a_template_is_told_where_it_stands() -> None:
    """A misspelt key in `each` is named once for each child, at its place in the template."""
    text = (
        "kinerja: 1\nid: x\ncombine: mean\neach: {wieght: 5%}\n"
        "indicators:\n  a: {levels: {b: 1}}\n  c: {levels: {d: 1}}\n"
    )
    with pytest.raises(KinerjaError) as caught:
        structure(read(text, name="x"))
    assert [("indicators.a.wieght", "x:4:8"), ("indicators.c.wieght", "x:4:8")] == [
        (each.where, str(each.place)) for each in caught.value.diagnostics
    ]


def test_a_template_of_the_rubric_is_read() -> None:
    """A rubric with a template equals the one that says everything in full."""
    short = "kinerja: 1\nid: x\ncombine: mean\neach: {levels: {ya: 1, tidak: 0}}\nindicators: {a: , b: {title: B}}\n"
    long = (
        "kinerja: 1\nid: x\ncombine: mean\nindicators:\n"
        "  a: {levels: {ya: 1, tidak: 0}}\n  b: {title: B, levels: {ya: 1, tidak: 0}}\n"
    )
    rubric = kinerja.loads(short)
    assert isinstance(rubric, Group)
    assert kinerja.loads(long) == rubric
