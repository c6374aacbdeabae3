"""A regional rubric: another rubric, and what is different; one merge patch on another, however long the chain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from kinerja.errors import Diagnostic, Place, RubricError
from kinerja.language.documents import Branch, Document, Leaf, Series, Tree, plant
from kinerja.language.patches import merged
from kinerja.language.structure import structured
from kinerja.model import Extends

__all__ = ["Finder", "is_resolved", "resolved"]

#: Finds the documents of a rubric by its id and edition; all its editions where none is named.
Finder: TypeAlias = Callable[[str, str], Sequence[Document]]

#: How long a chain of rubrics may be.
MAX_CHAIN = 16

#: What a rubric does not inherit: who it is, and whole sheets worked out under the other rules.
_OWN = ("kinerja", "id", "edition", "extends", "supersedes", "examples")

#: An id or edition that is also a safe name of a file: no separators, no dots in front, not too long.
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\Z", re.ASCII)
_EDITION = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]{0,99})?\Z", re.ASCII)


def resolved(document: Document, find: Finder) -> Document:
    """
    The document with everything it extends laid under it; places stay where each line was written.

    Raises `RubricError` for a rubric that cannot be found, one with several editions where none is named, a circle, or
    a chain of more than 16.
    """
    if is_resolved(document):
        return document
    chain = [document]
    names = [_name(document)]
    links: list[tuple[str, str]] = []
    while isinstance(chain[-1].root, Branch) and "extends" in chain[-1].root.children:
        wanted, edition, place = _link(chain[-1])
        links.append((wanted, edition))
        # Another edition of the same rubric may be extended, if it is named.
        circle = any(wanted == id_ and edition in ("", its) for id_, its in names)
        if circle or len(chain) >= MAX_CHAIN:
            values = {"chain": " → ".join(map(_joined, [*names, (wanted, edition)])), "limit": MAX_CHAIN}
            raise RubricError([Diagnostic("K120" if circle else "K121", ("extends",), values, place)])
        found = find(wanted, edition) if _ID.match(wanted) and _EDITION.match(edition) else []
        if len(found) != 1:
            raise RubricError([_unfound((wanted, edition), found, place)])
        names.append(_name(found[0]))
        chain.append(found[0])
    root: Tree = Branch({}, {})
    for each in reversed(chain):
        root = merged(_inherited(root), each.root)
    assert isinstance(root, Branch)
    named = [plant({"rubric": name, **({"edition": edition} if edition else {})}) for name, edition in links]
    return Document(
        Branch({**root.children, "extends": Series(named)}, root.keys, root.mark), document.source
    )


def _unfound(wanted: tuple[str, str], found: Sequence[Document], place: Place | None) -> Diagnostic:
    """Why there is not one rubric to extend: there is none, there are several editions, or one stands there twice."""
    values: dict[str, Any] = {"name": _joined(wanted)}
    if not found:
        return Diagnostic("K122", ("extends",), values, place)
    if wanted[1]:
        values["files"] = [each.source.name for each in found]
        return Diagnostic("K550", ("extends",), values, place)
    values["known"] = [_joined(_name(each)) for each in found]
    return Diagnostic("K547", ("extends",), values, place)


def _name(document: Document) -> tuple[str, str]:
    """The id of a rubric and its edition."""
    return _text(document.root, "id"), _text(document.root, "edition")


def _joined(name: tuple[str, str]) -> str:
    return "@".join(filter(None, name))


def is_resolved(document: Document) -> bool:
    """Whether a document says all of its rubric: it extends nothing, or what it extends is laid under it."""
    link = document.root.children.get("extends") if isinstance(document.root, Branch) else None
    return link is None or (isinstance(link, Series) and link.place is None)


def _inherited(root: Tree) -> Tree:
    assert isinstance(root, Branch)
    kept = {key: child for key, child in root.children.items() if key not in _OWN}
    return Branch(kept, root.keys, root.mark)


def _link(document: Document) -> tuple[str, str, Place | None]:
    """The id and edition that a rubric says it extends: `extends: pk-bkm`, or with its edition as a mapping."""
    assert isinstance(document.root, Branch)
    tree = document.root.children["extends"]
    found: list[Diagnostic] = []
    # Only one is possible; a list of them stands in a rubric whose chain has been followed.
    link = structured(tree, Extends, "extends", found)
    if found:
        raise RubricError([document.locate(each) for each in found])
    return link.rubric, link.edition, tree.place


def _text(tree: Tree, key: str) -> str:
    child = tree.children.get(key) if isinstance(tree, Branch) else None
    return child.text if isinstance(child, Leaf) else ""
