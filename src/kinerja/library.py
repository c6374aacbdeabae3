"""Rubrics by id and from files: found, read, and refused where they cannot be evaluated safely."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from kinerja.checks import PROOFS, check_alternatives, findings, findings_by_reading
from kinerja.checks.editions import editions as between_editions
from kinerja.checks.examples import run_examples
from kinerja.checks.superseded import superseded
from kinerja.errors import (
    Diagnostic,
    KinerjaError,
    Report,
    RubricError,
    SheetError,
    UsageError,
    closest,
)
from kinerja.language.documents import MAX_BYTES, Branch, Document, Leaf, Null, plant, read
from kinerja.language.extends import Finder, is_resolved, resolved
from kinerja.language.patches import dropped, merged
from kinerja.language.readings import document_of
from kinerja.language.sheetfile import sheet_of
from kinerja.language.structure import structure, structured
from kinerja.model import Extends, Rubric, Valid
from kinerja.sheets import Sheet, a_day

__all__ = ["bundled", "check", "checking", "choose", "editions", "load", "load_sheet", "loads", "patched"]


def bundled() -> Mapping[str, Path]:
    """
    The rubrics that come with the library, each by the name that loads it.

    That is its id; of a rubric with several editions each has its own name, `ID@EDITION`.

    >>> "pk-bkm" in bundled()
    True
    """
    found: dict[str, Path] = {}
    for name in dict.fromkeys(map(_id_of, sorted(_folder().glob("*.yaml")))):
        paths = _named(name, _folder(), bundled=True)
        if len(paths) == 1:
            # Told by its name alone: to list what is there, nothing has to be read.
            found[name] = paths[0]
        else:
            found |= {_full(each): each.path for each in _editions(name, _folder(), bundled=True)}
    return found


def _folder() -> Path:
    inside = Path(__file__).parent / "rubrics"
    # An editable install has the package without its rubrics; they are in the checkout beside it.
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rubrics"


def load(name: str | Path, *, on: dt.date | None = None) -> Rubric:
    """
    A rubric by its bundled id (`"pk-bkm"`, `"pk-bkm@2017"`) or from a file (a `Path`, or text ending in `.yaml`).

    Of several editions, `on` chooses the one that is in force on that day.
    The editions of a file are `ID.yaml` and `ID@EDITION.yaml` in its folder, if it is one of these itself; what they
    say inside decides which they are.  Without `on` a file means itself.
    Raises `UsageError` where there is none, where several are in force, and where nothing says which one is meant;
    `RubricError` where it cannot be evaluated safely: with gaps or overlaps in its bands, weights that do not close, or
    readings whose alternatives break it.

    >>> load("pk-bkm").edition
    '2017'
    """
    on = a_day(on)
    rubric = _chosen(name, on).load()
    _refuse_other_days(rubric.valid, on)
    return rubric


def editions(name: str | Path) -> tuple[Rubric, ...]:
    """
    All editions of a rubric, the first to come into force first; `name` is an id or a file as for `load`.

    An id with its edition has that one alone.
    Raises `UsageError` where there is none, `RubricError` where one of them cannot be evaluated safely.

    >>> [rubric.edition for rubric in editions("pk-bkm")]
    ['2017']
    """
    path = _file(name)
    if path is not None:
        found = _beside(_Edition(path, str(name)))
    else:
        id_, _, edition = str(name).partition("@")
        found = _bundled(id_)
        found = [choose(found, edition=edition)] if edition else found
    return tuple(each.load() for each in sorted(found, key=_since))


def choose(among: Sequence[_OneOf], *, edition: str = "", on: dt.date | None = None) -> _OneOf:
    """
    The edition of this name, or the one that is in force on a day; never the first that comes.

    `among` is what `editions` gives, so there is one at least.
    Raises `UsageError` where there is none, where several are in force, and where there are several and nothing says
    which one is meant.

    >>> import datetime as dt
    >>> choose(editions("pk-bkm"), on=dt.date(2017, 6, 30)).edition
    '2017'
    """
    name, on = among[0].id, a_day(on)
    named = [each for each in among if each.edition == edition] if edition else list(among)
    if not named:
        values = {"name": name, "edition": edition, "known": [each.edition for each in among]}
        raise UsageError([Diagnostic("K511", (), values)])
    if len(named) == 1:
        _refuse_other_days(named[0].valid, on)
        return named[0]
    known = [_spelled(each) for each in sorted(named, key=_since)]
    if on is None:
        raise UsageError([Diagnostic("K547", (), {"name": name, "known": known})])
    holding = [each for each in named if each.valid.covers(on)]
    if not holding:
        raise UsageError([Diagnostic("K548", (), {"name": name, "date": on, "known": known})])
    if len(holding) > 1:
        both = [_spelled(each) for each in holding]
        raise UsageError([Diagnostic("K549", (), {"name": name, "date": on, "editions": both})])
    return holding[0]


def _refuse_other_days(valid: Valid, on: dt.date | None) -> None:
    if on is not None and not valid.covers(on):
        values = {"date": on, "since": valid.since or "…", "until": valid.until or "…"}
        raise UsageError([Diagnostic("K315", (), values)])


def _since(each: Rubric | _Edition) -> tuple[dt.date, str]:
    """Editions are told in the order in which they come into force."""
    return each.valid.since or dt.date.min, each.edition


def _full(each: Rubric | _Edition) -> str:
    return f"{each.id}@{each.edition}" if each.edition else each.id


def _spelled(each: Rubric | _Edition) -> str:
    """An edition by its name and its days, as a message lists it."""
    return f"{_full(each)} ({each.valid.since or '…'} – {each.valid.until or '…'})"


def loads(text: str, *, name: str = "rubric") -> Rubric:
    """
    A rubric from a text; `name` stands in front of the places of what is wrong with it.

    Raises `RubricError` like `load`.
    """
    return _loaded(text, name, None, proved=False)


def check(
    source: str | Path | Document | Rubric, *, on: dt.date | None = None, all_readings: bool = False
) -> Report:
    """
    Everything that is wrong with a rubric, and what is worth a second look; never raises for it.

    `source` is a path, a bundled id, a text, a document or a rubric.
    Of a path or an id the other editions are looked at as well: those in its folder, or the bundled ones.
    `on` chooses among several editions, as for `load`; with `all_readings` the rubric is checked under each alternative
    of its readings as well.
    Raises `UsageError` where there is no such rubric, or none of its editions is in force on that day.

    >>> check("pk-bkm").errors
    ()
    """
    return Report(each for _, found in checking(source, on=on, all_readings=all_readings) for each in found)


def checking(
    source: str | Path | Document | Rubric, *, on: dt.date | None = None, all_readings: bool = False
) -> Iterator[tuple[int, tuple[Diagnostic, ...]]]:
    """
    The same part by part, with the number of parts: first the rubric as it stands, then each alternative.

    Raises like `check`.
    """
    on = a_day(on)
    try:
        file = None if isinstance(source, Rubric | Document) or _is_text(source) else _chosen(source, on)
        rubric = _rubric(source) if file is None else _structured(file.document)
        _refuse_other_days(rubric.valid, on)
    except RubricError as error:
        yield 1, error.diagnostics
        return
    found = tuple(each for each in findings(rubric) if _is_its_own(each, rubric))
    if _has_errors(found) and _has_errors(findings(rubric, checks=PROOFS)):
        # Alternatives and examples of a rubric that cannot be evaluated safely would only say the same again.
        yield 1, found
        return
    parts = 1 + sum(len(reading.alternatives) for reading in rubric.readings.values())
    failed = (each for example in run_examples(rubric) for each in example.findings)
    yield parts, (*found, *_beside_others(file, rubric), *failed)
    for each in findings_by_reading(rubric, all_readings=all_readings):
        yield parts, each


def _has_errors(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity == "error" for each in found)


def _is_its_own(finding: Diagnostic, rubric: Rubric) -> bool:
    """Whether a finding is for who reads this rubric: what is merely worth knowing of one it extends is told there."""
    here = document_of(rubric).source
    return finding.severity != "information" or finding.place is None or finding.place.source == here


def _is_text(source: str | Path | Document | Rubric) -> bool:
    return isinstance(source, str) and ("\n" in source or ": " in source or source.startswith("{"))


def _rubric(source: Any) -> Rubric:
    """The rubric of what is no file."""
    if isinstance(source, Rubric):
        return source
    document = source if isinstance(source, Document) else read(source, name="rubric")
    return _structured(resolved(document, _finder(None)))


def _beside_others(file: _Edition | None, rubric: Rubric) -> Iterator[Diagnostic]:
    """What is wrong between a rubric and its other editions, or with what it says to supersede."""
    found = _against_editions(file) if file is not None else []
    known = (
        _under_the_name(file, rubric.supersedes.rubric) if file is not None and rubric.supersedes else None
    )
    document = document_of(rubric)
    yield from (document.locate(each) for each in (*found, *superseded(rubric, known)))


def _under_the_name(file: _Edition, wanted: str) -> list[Extends] | None:
    """The rubrics of a name beside a file and among the bundled ones; None where one of them cannot be read."""
    folders = dict.fromkeys(folder for folder in (file.folder, _folder()) if folder is not None)
    try:
        return [
            Extends(rubric=each.id, edition=each.edition)
            for folder in folders
            for each in _editions(wanted, folder, bundled=folder == _folder())
        ]
    except KinerjaError:
        return None


def _against_editions(file: _Edition) -> list[Diagnostic]:
    try:
        others = _bundled(file.id) if file.folder is None else _beside(file)
        return list(between_editions(_full(file), [(_full(each), each.valid) for each in others]))
    except UsageError as error:
        return list(error.diagnostics)
    except RubricError:
        # What is wrong with the file of another edition is told when that one is checked.
        return []


def load_sheet(path: str | Path) -> Sheet:
    """
    A sheet from a YAML or JSON file.

    Raises `SheetError` where its form is wrong; what is wrong with its facts is said in the result of evaluating it.
    """
    try:
        return sheet_of(read(_read(Path(path)), name=str(path)))
    except RubricError as error:
        raise SheetError(error.diagnostics) from None


# --- files and editions


class _Edition:
    """The file of one edition: its text is read at once, what it says only as far as somebody asks."""

    def __init__(self, path: Path, name: str = "", *, bundled: bool = False) -> None:
        self.path = path
        #: What its reader knows it by; nobody knows in which folder the bundled rubrics are.
        self.name = name or (path.name if bundled else str(path))
        self.text = _read(path)
        # The alternatives of the bundled rubrics are proved before they are shipped, not each time they are loaded.
        self.proved = bundled
        self.folder = None if bundled else path.parent

    @cached_property
    def written(self) -> Document:
        """The document as it is written, without what it extends."""
        return _parsed(self.text, self.name)

    @cached_property
    def document(self) -> Document:
        """The document with what it extends laid under it."""
        return resolved(self.written, _finder(self.folder))

    @property
    def id(self) -> str:
        return _said(self.written, "id")

    @property
    def edition(self) -> str:
        return _said(self.written, "edition")

    @cached_property
    def valid(self) -> Valid:
        root = self.document.root
        said = root.children.get("valid") if isinstance(root, Branch) else None
        if said is None or isinstance(said, Null):
            return Valid()
        found: list[Diagnostic] = []
        # A null takes back what an edition that is extended says, as in the whole rubric.
        valid: Valid = structured(dropped(said), Valid, "valid", found)
        if found:
            raise RubricError([self.document.locate(each) for each in found])
        return valid

    def load(self) -> Rubric:
        return _loaded(self.text, self.name, self.folder, proved=self.proved)


#: What says which edition it is and when it is in force.
_OneOf = TypeVar("_OneOf", Rubric, _Edition)


def _said(document: Document, key: str) -> str:
    """What a document says of itself under a key; its own words, for an id and an edition are not inherited."""
    child = document.root.children.get(key) if isinstance(document.root, Branch) else None
    return child.text if isinstance(child, Leaf) else ""


def _file(name: str | Path) -> Path | None:
    """The file that is meant, or None where the name is the id of a bundled rubric."""
    named = isinstance(name, Path) or name.endswith((".yaml", ".yml", ".json")) or "/" in name
    return Path(name) if named else None


def _chosen(name: str | Path, on: dt.date | None) -> _Edition:
    """The one edition that a name and a day mean."""
    path = _file(name)
    if path is None:
        id_, _, edition = str(name).partition("@")
        found = _bundled(id_)
        if edition:
            return choose(found, edition=edition)
    else:
        file = _Edition(path, str(name))
        found = [file] if on is None else _beside(file)
    # Whether a single one is in force is asked of the whole rubric, when all that is wrong with it has been said.
    return choose(found, on=on if len(found) > 1 else None)


def _beside(file: _Edition) -> list[_Edition]:
    """The editions in the folder of a file; the file alone where its name is not that of an edition."""
    found = _distinct(_editions(file.id, file.path.parent))
    known = any(each.path == file.path for each in found)
    return [file if each.path == file.path else each for each in found] if known else [file]


def _bundled(name: str) -> list[_Edition]:
    """The editions of a bundled rubric."""
    found = _distinct(_editions(name, _folder(), bundled=True))
    if not found:
        known = bundled()
        values = {"name": name, "known": list(known), "suggestion": closest(name, known)}
        raise UsageError([Diagnostic("K501", (), values)])
    return found


def _editions(id_: str, folder: Path, *, bundled: bool = False) -> list[_Edition]:
    """The files of a folder that are named like editions of a rubric, and say that they are."""
    found = [_Edition(path, bundled=bundled) for path in _named(id_, folder, bundled=bundled)]
    return [each for each in found if each.id == id_]


def _named(id_: str, folder: Path, *, bundled: bool) -> list[Path]:
    """The files directly inside a folder that are called `ID.yaml` or `ID@EDITION.yaml`; no links out of it."""
    paths = [path for path in sorted(folder.glob("*.yaml")) if _id_of(path) == id_ and path.is_file()]
    # An installer may have put links where the library's own files belong.
    return [path for path in paths if bundled or path.resolve().parent == folder.resolve()]


def _id_of(path: Path) -> str:
    return path.stem.partition("@")[0]


def _distinct(found: list[_Edition]) -> list[_Edition]:
    """The editions, if no two files say that they are the same one."""
    files: dict[str, list[str]] = {}
    for each in found:
        files.setdefault(_full(each), []).append(each.name)
    twice = [
        Diagnostic("K550", (), {"name": name, "files": names})
        for name, names in files.items()
        if len(names) > 1
    ]
    if twice:
        raise UsageError(twice)
    return found


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
    return _proved(text, name, proved=proved) or _safe(resolved(_parsed(text, name), _finder(folder)))


@lru_cache(maxsize=64)
def _proved(text: str | bytes, name: str, *, proved: bool) -> Rubric | None:
    document = _parsed(text, name)
    return _safe(document, proved=proved) if is_resolved(document) else None


@lru_cache(maxsize=64)
def _parsed(text: str | bytes, name: str) -> Document:
    # To choose an edition, each one is read; that of the next sheet is chosen from the same ones.
    return read(text, name=name)


def _safe(document: Document, *, proved: bool = False) -> Rubric:
    """The rubric of a document, or a refusal with everything that keeps it from being evaluated safely."""
    rubric = _structured(document)
    found = [each for each in findings(rubric, checks=PROOFS) if each.severity == "error"]
    if not found and not proved:
        found = list(check_alternatives(rubric))
    if found:
        raise RubricError(found)
    return rubric


def _structured(document: Document) -> Rubric:
    """The one rubric of a document: a second one would take the document from the first, and with it its places."""
    return structure(document) if document.rubric is None else document.rubric


def _finder(folder: Path | None) -> Finder:
    """Looks for a rubric beside the file that extends it, then among the bundled ones; never anywhere else."""

    def find(wanted: str, edition: str) -> list[Document]:
        for root in [_folder()] if folder is None else [folder, _folder()]:
            found = _editions(wanted, root, bundled=root == _folder())
            if fitting := [each.written for each in found if edition in ("", each.edition)]:
                return fitting
        return []

    return find


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
