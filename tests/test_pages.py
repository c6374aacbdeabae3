"""The pages tell the truth: terminals, rubrics, and the tables of every key and code."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import attrs
import pytest

import kinerja
from kinerja import model, shapes, trail
from kinerja.checks.every import CHECKS
from kinerja.language.structure import keys_of
from tests.pages import PAGES, ROOT, matches, transcripts

LANGUAGE = (ROOT / "docs" / "reference" / "language.md").read_text(encoding="utf-8")
TRAIL = (ROOT / "docs" / "reference" / "trail.md").read_text(encoding="utf-8")
KEYS = re.compile(r"<!-- keys: (\w+) -->\n+((?:\|.*\n)+)")
KEY = re.compile(r"^\| (`[^|]+`) \|", re.MULTILINE)


def table(page: str, name: str) -> list[str]:
    """The keys in the table of one class."""
    found = {each: ", ".join(KEY.findall(rows)) for each, rows in KEYS.findall(page)}
    return [key.strip("`") for key in found.get(name, "").split(", ")]


def own_keys(cls: type) -> set[str]:
    """The keys of a class that no class above it has."""
    above = [base for base in cls.__mro__[1:] if hasattr(base, "__attrs_attrs__")]
    return set(keys_of(cls)) - {key for base in above for key in keys_of(base)}


CLASSES = [
    *(value for name in model.__all__ if isinstance(value := getattr(model, name), type)),
    shapes.Case,
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_terminal_on_a_page(page: Path) -> None:
    """Every command on a page prints what the page says."""
    for command, expected, printed in transcripts(page):
        if not matches(expected, printed):
            assert expected == printed, command


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_whole_rubrics_and_sheets_on_a_page(page: Path, tmp_path: Path) -> None:
    """A block that begins like a rubric or a sheet is one, unless a comment says that it is wrong on purpose."""
    text = page.read_text(encoding="utf-8")
    for name, comment, body in re.findall(
        r"(?:<!-- file: (\S+) -->\n)?(<!-- wrong -->\n)?```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL
    ):
        if body.startswith(("kinerja: 1", "kinerja-sheet: 1")):
            # Beside the files further up, which it may extend.
            path = tmp_path / (name or "nameless.yaml")
            path.write_text(body, encoding="utf-8")
            assert bool(comment) == is_wrong(path), body


def is_wrong(path: Path) -> bool:
    """Whether a rubric has errors, or a sheet cannot be read."""
    if path.read_text(encoding="utf-8").startswith("kinerja: 1"):
        return any(each.severity == "error" for each in kinerja.check(path))
    try:
        kinerja.load_sheet(path)
    except kinerja.SheetError:
        return True
    return False


@pytest.mark.parametrize("cls", [each for each in CLASSES if own_keys(each)], ids=lambda cls: cls.__name__)
def test_every_key_of_the_language_is_explained(cls: type) -> None:
    """The reference has a table for each class of the model, with exactly its keys."""
    assert own_keys(cls) == set(table(LANGUAGE, cls.__name__))


def test_every_class_in_the_reference_exists() -> None:
    """No table is left over from a class that is gone."""
    assert [] == [
        name for name, _ in KEYS.findall(LANGUAGE) if name not in {each.__name__ for each in CLASSES}
    ]


RECORDS = [
    value
    for name in trail.__all__
    if isinstance(value := getattr(trail, name), type) and hasattr(value, "__attrs_attrs__")
]


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_every_key_of_a_trail_is_explained(cls: type) -> None:
    """The page about the trail has a table for each part of its JSON form, with exactly its keys."""
    keys = {each.metadata.get("key", each.name) for each in attrs.fields(cls)}
    assert keys == set(table(TRAIL, cls.__name__))


def test_every_check_is_on_its_page() -> None:
    """The page of the checks has each of them in their order, with its codes and the definition in its module."""
    page = (ROOT / "docs" / "reference" / "checks.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (K[^|]+) \| (.+) \|$", page, re.MULTILINE)
    expected = []
    for check in CHECKS:
        module = inspect.getmodule(check)
        assert module is not None
        definition = (module.__doc__ or "").strip().splitlines()[0].partition(": ")[2]
        codes = sorted(set(re.findall(r"K\d{3}", inspect.getsource(module))))
        expected.append((check.__name__, ", ".join(codes), definition[:1].upper() + definition[1:]))
    assert expected == rows
