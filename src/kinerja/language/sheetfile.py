"""A document to a sheet; what its facts mean is decided when they meet their rubric."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from kinerja.errors import Diagnostic, SheetError, UsageError, closest
from kinerja.language.documents import MAX_FAULTS, Branch, Document, Leaf, Series, Tree
from kinerja.language.structure import frozen_value, not_keys, structured
from kinerja.sheets import Sheet

__all__ = ["sheet_of"]

_KEYS = {
    "kinerja-sheet": str,
    "rubric": str,
    "subject": None,
    "period": str,
    "date": dt.date,
    "basis": str,
    "participants": tuple[str, ...],
    "note": str,
    "facts": None,
}


def sheet_of(document: Document) -> Sheet:
    """
    The sheet that a document holds.

    Raises `SheetError` with everything that is wrong with its form; what is wrong with its facts is said in the result.
    """
    root = document.root
    if not isinstance(root, Branch) or "kinerja-sheet" not in root.children:
        raise SheetError([Diagnostic("K503", (), {}, root.place)])
    found: list[Diagnostic] = []
    values: dict[str, Any] = {}
    for key, child in root.children.items():
        if key not in _KEYS:
            hint = {"key": key, "known": list(_KEYS), "suggestion": closest(key, _KEYS)}
            found.append(Diagnostic("K101", (key,), hint, root.key_place(key)))
            if len(found) == MAX_FAULTS:
                raise SheetError(found)
        elif key in ("subject", "facts"):
            values[key] = _names(child, key, found)
        else:
            values[key] = structured(child, _KEYS[key], key, found)
    version = values.pop("kinerja-sheet", None)
    if version is not None and version != "1":
        found.append(Diagnostic("K503", ("kinerja-sheet",), {}, root.key_place("kinerja-sheet")))
    if "facts" not in root.children:
        found.append(Diagnostic("K102", (), {"key": "facts"}, root.place))
    if found:
        raise SheetError(found)
    try:
        return Sheet(
            **{key: value for key, value in values.items() if value is not None}, name=document.source.name
        )
    except UsageError as error:
        place = root.key_place("facts")
        raise SheetError(
            attrs.evolve(each, path=("facts",), place=place) for each in error.diagnostics
        ) from None


def _names(tree: Tree, key: str, found: list[Diagnostic]) -> Mapping[str, Any]:
    """A mapping of names; the words about the subject are text, the facts are left as they are written."""
    if not isinstance(tree, Branch):
        found.append(not_keys(tree).at((key,), tree.place))
        return {}
    if key == "facts":
        _refuse_lists_of_mappings(tree, (key,), found)
        return dict(frozen_value(tree))
    inside: list[Diagnostic] = []
    said = {name: structured(child, str, name, inside) or "" for name, child in tree.children.items()}
    found.extend(attrs.evolve(each, path=(key, *each.path)) for each in inside)
    return said


def _refuse_lists_of_mappings(tree: Branch, path: tuple[str, ...], found: list[Diagnostic]) -> None:
    """A fact is a value, a list of options or a record; a list of anything else has no meaning."""
    for key, child in tree.children.items():
        if isinstance(child, Branch):
            _refuse_lists_of_mappings(child, (*path, key), found)
        elif isinstance(child, Series) and not all(isinstance(item, Leaf) for item in child.items):
            found.append(Diagnostic("K104", (*path, key), {"found": "[ ]"}, child.place))
