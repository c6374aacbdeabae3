"""Other readings of a source: the alternatives of a rubric, taken as patches of the document that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TypeAlias

from kinerja.errors import Diagnostic, SourceText, UsageError, closest
from kinerja.language.documents import Branch, Document, Tree, plant
from kinerja.language.patches import merged
from kinerja.language.plain import plain
from kinerja.language.structure import structure
from kinerja.model import Rubric

__all__ = ["conflicts", "document_of", "reread"]

#: A reading with one of its alternatives, and a place in a rubric.
Chosen: TypeAlias = tuple[str, str]
Path: TypeAlias = tuple[str, ...]


def document_of(rubric: Rubric) -> Document:
    """The document that a rubric was read from; for one built or changed in Python, the document that says the same."""
    # A rubric evolved from another still carries the other's document, which no longer says what it says.
    if isinstance(rubric.origin, Document) and rubric.origin.rubric is rubric:
        return rubric.origin
    return Document(plant(plain(rubric)), SourceText(rubric.id))


def reread(rubric: Rubric, readings: Mapping[str, str]) -> Rubric:
    """
    The rubric with other readings of its sources taken.

    Raises `UsageError` for an unknown reading or alternative, and for two that change one place differently;
    `RubricError` where the change breaks the rubric.
    """
    if not readings:
        return rubric
    changes = {name: _change(rubric, name, chosen) for name, chosen in readings.items()}
    _refuse_conflicts(changes)
    document = document_of(rubric)
    root = document.root
    for change in changes.values():
        root = merged(root, change)
    return structure(Document(root, document.source))


def _change(rubric: Rubric, name: str, chosen: str) -> Tree:
    reading = rubric.readings.get(name)
    if reading is None:
        known = list(rubric.readings)
        values = {"name": name, "known": known, "suggestion": closest(name, known)}
        raise UsageError([Diagnostic("K505", ("readings", name), values)])
    if chosen not in reading.alternatives:
        known = list(reading.alternatives)
        values = {"reading": name, "name": chosen, "known": known, "suggestion": closest(chosen, known)}
        raise UsageError([Diagnostic("K506", ("readings", name), values)])
    tree: Tree = document_of(rubric).root
    for step in ("readings", name, "alternatives", chosen, "change"):
        # What is not written changes nothing.
        tree = tree.children.get(step, Branch({}, {})) if isinstance(tree, Branch) else Branch({}, {})
    return tree


def _refuse_conflicts(changes: Mapping[str, Tree]) -> None:
    """Two readings may change one place only where they change it alike."""
    flat = {name: dict(_leaves(change, ())) for name, change in changes.items()}
    for one, other in combinations(flat, 2):
        path = _conflict(flat[one], flat[other])
        if path is not None:
            raise UsageError([Diagnostic("K507", path, {"readings": [one, other], "path": ".".join(path)})])


def conflicts(rubric: Rubric) -> Iterator[tuple[Chosen, Chosen, Path]]:
    """
    Every two alternatives of different readings that cannot be taken together, with a place that both change.

    >>> import kinerja
    >>> [(one, other) for one, other, _ in conflicts(kinerja.load("makassar-rt-rw"))]
    [(('D21', 'dikeluarkan'), ('tidak-berlaku', 'wajib-semua'))]
    """
    flat = {
        (name, chosen): dict(_leaves(_change(rubric, name, chosen), ()))
        for name, reading in rubric.readings.items()
        for chosen in reading.alternatives
    }
    for one, other in combinations(flat, 2):
        path = _conflict(flat[one], flat[other]) if one[0] != other[0] else None
        if path is not None:
            yield one, other, path


def _conflict(one: Mapping[Path, str], other: Mapping[Path, str]) -> Path | None:
    """A place that two patches change differently, or that one changes inside of what the other does."""
    for left, right in ((one, other), (other, one)):
        for path, said in left.items():
            # A patch that says nothing is in nobody's way.
            for length in range(1, len(path) + 1):
                above = path[:length]
                if above in right and (length < len(path) or right[above] != said):
                    return above
    return None


def _leaves(tree: Tree, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every end of a patch with what it says there."""
    if isinstance(tree, Branch) and tree.children:
        for key, child in tree.children.items():
            yield from _leaves(child, (*path, key))
    else:
        yield path, _said(tree)


def _said(tree: Tree) -> str:
    text = getattr(tree, "text", None)
    return str(text) if text is not None else repr([_said(item) for item in getattr(tree, "items", ())])
