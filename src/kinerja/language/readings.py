"""Other readings of a source: the alternatives of a rubric, taken as patches of the document that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from kinerja.errors import Diagnostic, SourceText, UsageError, closest
from kinerja.language.documents import Branch, Document, Tree, plant
from kinerja.language.patches import merged
from kinerja.language.plain import plain
from kinerja.language.structure import structure
from kinerja.model import Rubric

__all__ = ["document_of", "reread"]


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
    for (one, left), (other, right) in combinations(flat.items(), 2):
        for path, value in left.items():
            for there, said in right.items():
                short, long = sorted((path, there), key=len)
                if long[: len(short)] == short and (path, value) != (there, said):
                    values = {"readings": [one, other], "path": ".".join(short)}
                    raise UsageError([Diagnostic("K507", short, values)])


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
