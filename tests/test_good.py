"""
Every key of the language in a small rubric that needs it, with sheets and the whole trail of each.

`tests/good/keys` holds a folder for each part of the language: `rubric.yaml`, its sheets, and beside each sheet the
trail that comes of it, checked by hand.
`pytest tests/test_good.py --reset-expected` writes the trails anew; read the difference as an auditor.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import attrs
import pytest

import kinerja
from kinerja import model
from kinerja.checks.examples import run_examples
from kinerja.errors import KinerjaError
from kinerja.language.documents import Branch, Leaf, Series, Tree, read
from kinerja.language.structure import expanded, keys_of, structure
from kinerja.library import _loaded, check
from kinerja.numbers import Rounding
from kinerja.shapes import Case
from kinerja.trail.seals import sealed

HERE = Path(__file__).parent / "good" / "keys"
FOLDERS = sorted(path.name for path in HERE.iterdir())
SHEETS = sorted(path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.sheet.yaml"))

#: What is said for readers of the rubric and stands in no trail: it only enters the identity.
READ_IN_THE_RUBRIC = {
    *(("Source", key) for key in ("publisher", "dated", "text")),
    *(("Assessor", key) for key in ("text",)),
    *(("Option", key) for key in ("title", "text")),
    ("Citation", "text"),
    ("Fact", "text"),
    ("Grade", "text"),
}
#: What changes nothing at all in what a sheet comes to, nor in the identity of the rubric.
SILENT = {
    *(
        (cls.__name__, "note")
        for cls in (model.Source, model.Assessor, model.Evidence, model.Fact, model.Option)
    ),
    *((cls.__name__, "note") for cls in (model.Band, model.Level, model.Step, model.Grade, model.Gate)),
    *((cls.__name__, "note") for cls in (model.Node, model.Reading, model.Example)),
    *(("Rubric", key) for key in ("supersedes", "allow")),
    ("Allowed", "at"),
}
#: What only tries the rubric out.
OF_EXAMPLES = {
    *(("Example", key) for key in ("facts", "on", "readings", "expect", "like")),
    ("Indicator", "examples"),
    ("Rubric", "examples"),
}


class Used(NamedTuple):
    """A key where it is used: the class that it belongs to, its name, and its path in the file."""

    owner: str
    key: str
    path: tuple[str, ...]


def text_of(folder: str) -> str:
    """The rubric of a folder as its author wrote it."""
    return (HERE / folder / "rubric.yaml").read_text(encoding="utf-8")


def loaded(folder: str, text: str) -> kinerja.Rubric:
    """A rubric beside the rubrics that it may extend."""
    return _loaded(text, "rubric.yaml", HERE / folder, proved=False)


# --- trails


@pytest.mark.parametrize("name", SHEETS)
def test_trail_is_the_one_that_was_checked(name: str, request: pytest.FixtureRequest) -> None:
    """What comes of a sheet is what stands beside it, to the last figure."""
    path = HERE / name
    rubric = loaded(path.parent.name, text_of(path.parent.name))
    found = kinerja.Evaluator(rubric).evaluate(kinerja.load_sheet(path)).trail
    # Which version of the library made it is told in every trail and changes with each release.
    found = attrs.evolve(found, library="kinerja")
    found = attrs.evolve(found, seal=sealed(found))
    text = found.to_json(indent=1) + "\n"
    expected = path.with_name(path.name.replace(".sheet.yaml", ".trail.json"))
    if request.config.getoption("--reset-expected"):
        expected.write_text(text, encoding="utf-8")
    assert expected.read_text(encoding="utf-8") == text
    assert () == kinerja.verify(kinerja.Trail.from_json(text), rubric)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_good_rubric_has_no_findings(folder: str) -> None:
    """The checks find nothing to mend in it, and all of its examples hold."""
    rubric = loaded(folder, text_of(folder))
    assert [] == [each.render() for each in check(rubric) if each.severity != "information"]
    assert [] == [result.name for result in run_examples(rubric) if not result.holds]


def test_every_trail_belongs_to_a_sheet() -> None:
    """A trail whose sheet is gone would never be looked at again."""
    trails = {path.relative_to(HERE).as_posix() for path in HERE.glob("*/*.trail.json")}
    assert {name.replace(".sheet.yaml", ".trail.json") for name in SHEETS} == trails


# --- keys


def language() -> set[tuple[str, str]]:
    """Every key of the language, by the class that it belongs to."""
    classes = [getattr(model, name) for name in model.__all__] + [Case]
    found = {(owner_of(cls, key), key) for cls in classes for key in keys_of(cls)}
    return found | {("Group", "each"), ("Rounding", "to"), ("Rounding", "mode")}


def owner_of(cls: type, key: str) -> str:
    """The class that a key comes from: the furthest one above that has it."""
    attribute = keys_of(cls)[key]
    if attribute is None:
        return "Fact"
    above = [each for each in cls.__mro__ if attrs.has(each) and attribute.name in attrs.fields_dict(each)]
    return above[-1].__name__


def used(folder: str) -> list[Used]:
    """Every key in a rubric's file, with what it belongs to."""
    document = read(text_of(folder), name="rubric.yaml")
    structured = structure(document)
    assert isinstance(document.root, Branch)
    return [*keys_in(structured, expanded(document.root), ()), *each_in(document.root, ())]


def each_in(tree: Tree, path: tuple[str, ...]) -> Iterator[Used]:
    """Every template."""
    for key, child in tree.children.items() if isinstance(tree, Branch) else ():
        if key == "each":
            yield Used("Group", "each", (*path, key))
        yield from each_in(child, (*path, key))


def keys_in(value: Any, tree: Tree, path: tuple[str, ...]) -> Iterator[Used]:
    """Every key in one part of a rubric; what an author wrote shorter has none."""
    if isinstance(value, tuple):
        items = tree.items if isinstance(tree, Series) else [tree]
        for index, (part, item) in enumerate(zip(value, items, strict=True)):
            yield from keys_in(part, item, (*path, str(index)) if isinstance(tree, Series) else path)
    elif not isinstance(tree, Branch):
        return
    elif isinstance(value, Rounding):
        yield from (Used("Rounding", key, (*path, key)) for key in tree.children)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from keys_in(part, tree.children[key], (*path, key))
    elif attrs.has(type(value)):
        for key, child in tree.children.items():
            yield Used(owner_of(type(value), key), key, (*path, key))
            attribute = keys_of(type(value))[key]
            if attribute is not None:
                yield from keys_in(getattr(value, attribute.name), child, (*path, key))


def test_every_key_is_used_by_a_good_rubric() -> None:
    """Nothing of the language is without a rubric that uses it and a trail that was checked."""
    assert set() == language() - {each[:2] for folder in FOLDERS for each in used(folder)}


def without(data: Any, path: tuple[str, ...]) -> Any:
    """Plain data without the key at a path."""
    first, *rest = path
    if isinstance(data, list):
        return [without(part, tuple(rest)) if str(at) == first else part for at, part in enumerate(data)]
    if not rest:
        return {key: part for key, part in data.items() if key != first}
    if first not in data:
        # The key stands in a template; there it is removed in its own turn.
        return data
    return {**data, first: without(data[first], tuple(rest))}


def plain(tree: Tree) -> Any:
    """A file as plain data; what stood there without quotes is written without."""
    if isinstance(tree, Branch):
        return {key: plain(child) for key, child in tree.children.items()}
    if isinstance(tree, Series):
        return [plain(item) for item in tree.items]
    if not isinstance(tree, Leaf):
        return None
    return int(tree.text) if tree.plain and tree.text.isdigit() else tree.text


def comes_of(folder: str, text: str) -> tuple[Any, Any]:
    """What a rubric makes of its sheets, or why it is refused; and its identity."""
    try:
        rubric = loaded(folder, text)
        evaluator = kinerja.Evaluator(rubric)
        sheets = [kinerja.load_sheet(path) for path in sorted((HERE / folder).glob("*.sheet.yaml"))]
        trails = [json.loads(evaluator.evaluate(sheet).trail.to_json()) for sheet in sheets]
    except KinerjaError as error:
        return [(each.code, each.where) for each in error.diagnostics], None
    for trail in trails:
        del trail["rubric"]["identity"]
    examples = [(result.name, result.holds) for result in run_examples(rubric)]
    return (trails, examples), evaluator.identity


USES: dict[tuple[str, str], list[tuple[str, Used]]] = {}
for _folder in FOLDERS:
    for _each in used(_folder):
        USES.setdefault(_each[:2], []).append((_folder, _each))


@pytest.mark.parametrize("place", USES, ids=".".join)
def test_every_key_counts(place: tuple[str, str]) -> None:
    """Without a key something else comes of the sheets, or the rubric is refused; unless the key only informs."""
    is_told = is_identified = False
    for folder, each in USES[place]:
        data = plain(read(text_of(folder), name="rubric.yaml").root)
        before, identity = comes_of(folder, json.dumps(data))
        after, other = comes_of(folder, json.dumps(without(data, each.path)))
        is_told = is_told or before != after
        is_identified = is_identified or identity != other
    assert is_told == (place not in SILENT | READ_IN_THE_RUBRIC)
    assert is_identified == (place not in SILENT | OF_EXAMPLES)
