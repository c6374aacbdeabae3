"""Rubrics by id and from files: found, read, and refused where they cannot be evaluated safely."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kinerja.checks import check_alternatives, findings
from kinerja.errors import Diagnostic, RubricError, SheetError, UsageError, closest
from kinerja.language.documents import MAX_BYTES, Branch, Document, plant, read
from kinerja.language.extends import Finder, is_resolved, resolved
from kinerja.language.patches import merged
from kinerja.language.readings import document_of
from kinerja.language.sheetfile import sheet_of
from kinerja.language.structure import structure
from kinerja.model import Rubric
from kinerja.sheets import Sheet, a_day

__all__ = ["bundled", "check", "load", "load_sheet", "loads", "patched"]


def bundled() -> Mapping[str, Path]:
    """
    The rubrics that come with the library, by id.

    >>> "pk-bkm" in bundled()
    True
    """
    return {path.stem: path for path in sorted(_folder().glob("*.yaml"))}


def _folder() -> Path:
    inside = Path(__file__).parent / "rubrics"
    # An editable install has the package without its rubrics; they are in the checkout beside it.
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rubrics"


def load(name: str | Path, *, on: dt.date | None = None) -> Rubric:
    """
    A rubric by its bundled id (`"pk-bkm"`, `"pk-bkm@2017"`) or from a file (a `Path`, or text ending in `.yaml`).

    `on` asks for an edition that is in force on that day.
    Raises `UsageError` where there is none, `RubricError` where it cannot be evaluated safely: with gaps or overlaps in
    its bands, weights that do not close, or readings whose alternatives break it.

    >>> load("pk-bkm").edition
    '2017'
    """
    path = _file(name)
    if path is not None:
        rubric = _loaded(_read(path), str(name), path.parent, proved=False)
        wanted = ""
    else:
        wanted_id, _, wanted = str(name).partition("@")
        # The alternatives of the bundled rubrics are proved before they are shipped, not each time they are loaded.
        rubric = _loaded(_read(_bundled(wanted_id)), f"{wanted_id}.yaml", None, proved=True)
    if wanted and rubric.edition != wanted:
        values = {"name": rubric.id, "edition": wanted, "known": [rubric.edition]}
        raise UsageError([Diagnostic("K511", (), values)])
    on = a_day(on)
    if on is not None and not rubric.valid.covers(on):
        since, until = rubric.valid.since or "…", rubric.valid.until or "…"
        raise UsageError([Diagnostic("K315", (), {"date": on, "since": since, "until": until})])
    return rubric


def loads(text: str, *, name: str = "rubric") -> Rubric:
    """
    A rubric from a text; `name` stands in front of the places of what is wrong with it.

    Raises `RubricError` like `load`.
    """
    return _loaded(text, name, None, proved=False)


def check(source: str | Path | Document | Rubric) -> tuple[Diagnostic, ...]:
    """
    Everything that is wrong with a rubric, and what is worth a second look; never raises for it.

    `source` is a path, a bundled id, a text, a document or a rubric.
    """
    try:
        rubric = source if isinstance(source, Rubric) else structure(_document(source))
        found = findings(rubric)
        if any(each.severity == "error" for each in found):
            # Alternatives of a rubric that is itself broken would only say the same again.
            return found
        return (*found, *check_alternatives(rubric))
    except RubricError as error:
        return error.diagnostics


def load_sheet(path: str | Path) -> Sheet:
    """
    A sheet from a YAML or JSON file.

    Raises `SheetError` where its form is wrong; what is wrong with its facts is said in the result of evaluating it.
    """
    try:
        return sheet_of(read(_read(Path(path)), name=str(path)))
    except RubricError as error:
        raise SheetError(error.diagnostics) from None


def _document(source: str | Path | Document) -> Document:
    if isinstance(source, Document):
        return resolved(source, _finder(None))
    if isinstance(source, str) and ("\n" in source or ": " in source or source.startswith("{")):
        return resolved(read(source, name="rubric"), _finder(None))
    path = _file(source)
    if path is not None:
        return resolved(read(_read(path), name=str(source)), _finder(path.parent))
    name = str(source).partition("@")[0]
    return resolved(read(_read(_bundled(name)), name=f"{name}.yaml"), _finder(None))


def _file(name: str | Path) -> Path | None:
    """The file that is meant, or None where the name is the id of a bundled rubric."""
    named = isinstance(name, Path) or name.endswith((".yaml", ".yml", ".json")) or "/" in name
    return Path(name) if named else None


def _bundled(name: str) -> Path:
    """The file of a bundled rubric."""
    known = bundled()
    if name not in known:
        values = {"name": name, "known": list(known), "suggestion": closest(name, known)}
        raise UsageError([Diagnostic("K501", (), values)])
    return known[name]


def _read(path: Path) -> bytes:
    """The bytes of a regular file of a sane size."""
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MAX_BYTES + 1)
        code = "K519" if path.exists() else "K518"
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise UsageError([Diagnostic("K502", (), {"name": str(path), "problem": problem})]) from None
    raise UsageError([Diagnostic(code, (), {"name": str(path)})])


def _loaded(text: str | bytes, name: str, folder: Path | None, *, proved: bool) -> Rubric:
    """A rubric never changes, so the same text is structured once; unless it rests on other texts."""
    return _proved(text, name, proved=proved) or _safe(resolved(read(text, name=name), _finder(folder)))


@lru_cache(maxsize=64)
def _proved(text: str | bytes, name: str, *, proved: bool) -> Rubric | None:
    document = read(text, name=name)
    return _safe(document, proved=proved) if is_resolved(document) else None


def _safe(document: Document, *, proved: bool = False) -> Rubric:
    """The rubric of a document, or a refusal with everything that keeps it from being evaluated safely."""
    rubric = structure(document)
    found = [each for each in findings(rubric) if each.severity == "error"]
    if not found and not proved:
        found = list(check_alternatives(rubric))
    if found:
        raise RubricError(found)
    return rubric


def _finder(folder: Path | None) -> Finder:
    """Looks for a rubric beside the file that extends it, then among the bundled ones; never anywhere else."""

    def find(wanted: str, edition: str) -> Document | None:
        for root in [_folder()] if folder is None else [folder, _folder()]:
            for stem in (f"{wanted}@{edition}", wanted):
                document = _inside(root, f"{stem}.yaml", wanted, edition)
                if document is not None:
                    return document
        return None

    return find


def _inside(root: Path, name: str, wanted: str, edition: str) -> Document | None:
    """The document of a regular file directly inside a folder, if it is the rubric and edition that is wanted."""
    path = root / name
    if not path.is_file() or path.resolve().parent != root.resolve():
        return None
    document = read(_read(path), name=str(path) if root != _folder() else name)
    said = document.root.children if isinstance(document.root, Branch) else {}
    known = {key: getattr(said.get(key), "text", "") for key in ("id", "edition")}
    return document if known["id"] == wanted and edition in ("", known["edition"]) else None


def patched(rubric: Rubric, change: Mapping[str, Any]) -> Rubric:
    """
    The rubric with a JSON Merge Patch laid over it: mappings merge, everything else is replaced, None deletes.

    `change` has the keys of a rubric file.
    Raises `RubricError` where what comes of it cannot be evaluated safely; the places of what the patch did not touch
    stay those of the rubric's own text.

    >>> strict = patched(load("pk-bkm"), {"indicators": {"perempuan": {"bands": {"2": {"when": ">= 40"}}}}})
    Traceback (most recent call last):
        ...
    kinerja.errors.RubricError: ...
    """
    document = document_of(rubric)
    return _safe(Document(merged(document.root, plant(change)), document.source))
