"""Vectors checked against a rubric: what a spreadsheet or another system made of sheets, and what the rubric does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import frozen

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, Place, Report, SheetError, UsageError, closest, excerpt
from kinerja.evaluation import Evaluator
from kinerja.messages import Language
from kinerja.model import Rubric
from kinerja.sheets import Written
from kinerja.tables import bytes_of, load_table, safe_cell, source_of
from kinerja.testing.vectors import ABOUT, COMPARED, FORMAT, Expected, expected

__all__ = ["Agreement", "against"]


@frozen
class Agreement:
    """What became of checking vectors: how many there were, how many differ, and every figure that does (K571)."""

    rows: int
    differing: int
    findings: Report

    @property
    def holds(self) -> bool:
        """Whether the rubric gives everything that the file says."""
        return not self.findings


@frozen
class _Row:
    """One vector of a file: its name, its facts, the node that it is about, and what it says has to come of them."""

    name: str
    of: str
    facts: Any
    #: By its word, what is expected, and where that stands.
    said: Mapping[str, tuple[str, Place]]
    path: tuple[str, ...] = ()


def against(path: str | Path, *, rubric: Rubric, locale: Language | None = None) -> Agreement:
    r"""
    Check a file of vectors against a rubric: a CSV, with numbers as `locale` writes them, or JSON.

    Whatever the file says has to come of its sheets is compared, exactly; a column that it lacks is not.
    Raises `UsageError` or `SheetError` for a file that cannot be read, or says nothing that can be compared.

    >>> import kinerja, tempfile
    >>> rubric = kinerja.load("pk-bkm")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "lembar.csv"
    ...     _ = path.write_text("lokasi,perempuan,expect:of,expect:of.score\nkumuh,40,perempuan,2\n")
    ...     found = against(path, rubric=rubric)
    >>> found.rows, [each.message() for each in found.findings]
    (1, ['perempuan: of.score is 2 here, and 1 by the rubric'])
    """
    evaluator = Evaluator(rubric)
    is_table = Path(path).suffix.lower() == ".csv"
    if not is_table and Path(path).suffix.lower() != ".json":
        raise UsageError([Diagnostic("K570", (), {"name": str(path)})])
    rows = _of_table(Path(path), evaluator, locale) if is_table else _of_json(Path(path), evaluator)
    count, findings, differing = 0, [], 0
    for row in rows:
        count += 1
        found = list(_compared(row, evaluator, locale if is_table else None))
        findings += found
        differing += bool(found)
    return Agreement(count, differing, Report(findings))


def _compared(row: _Row, evaluator: Evaluator, locale: Language | None) -> Iterator[Diagnostic]:
    """Everything that a row expects and that the rubric does not give."""
    expect: Expected = expected(evaluator.evaluate(row.facts).outcome, row.of)
    for word, (said, place) in row.said.items():
        value, wanted = getattr(expect, COMPARED[word]), expect.said(word)
        # What a table would take for a formula stands behind an apostrophe.
        is_same = (
            value == _number(said, locale)
            if isinstance(value, Fraction)
            else said in (wanted, safe_cell(wanted))
        )
        if not is_same:
            told = {"name": row.name, "word": word, "found": excerpt(said) or "–", "expected": wanted or "–"}
            yield Diagnostic("K571", row.path, told, place)


def _number(said: str, locale: Language | None) -> Fraction | None:
    """A number as the locale of a file or a rubric writes it."""
    if locale is not None:
        try:
            return numbers.parse_local(said, locale=locale)
        except Fault:
            # A fraction is one in every locale.
            pass
    try:
        return numbers.parse(said)
    except Fault:
        return None


def _node(evaluator: Evaluator, name: str, place: Place | None, *path: str) -> str:
    """The path of the node that a row is about; the whole where it does not say."""
    known = evaluator.plan.nodes
    if name and name not in known:
        values = {"name": excerpt(name), "suggestion": closest(name, known)}
        raise SheetError([Diagnostic("K578", path, values, place)])
    return name or "total"


# --- tables


def _of_table(path: Path, evaluator: Evaluator, locale: Language | None) -> Iterator[_Row]:
    table = load_table(path, evaluator=evaluator, locale=locale)
    words = table.expected
    unknown = [word for word in words if word not in COMPARED and word not in ABOUT]
    if unknown:
        raise SheetError([_unknown(word, words[word]) for word in unknown])
    if not words.keys() & COMPARED.keys():
        columns = ", ".join(f"expect:{word}" for word in COMPARED)
        raise SheetError([Diagnostic("K572", (), {"words": columns}, next(iter(table)).place)])
    for row in table:
        said = row.expected
        of = _node(evaluator, *said.get("of", ("", None)))
        yield _Row(
            name=row.who[0] or of,
            of=of,
            facts=row.sheet,
            said={word: each for word, each in said.items() if word in COMPARED},
        )


def _unknown(word: str, place: Place | None, *path: str) -> Diagnostic:
    values = {
        "word": excerpt(word),
        "known": list(COMPARED),
        "suggestion": closest(word, [*COMPARED, *ABOUT]),
    }
    return Diagnostic("K573", path, values, place)


# --- JSON


def _of_json(path: Path, evaluator: Evaluator) -> Iterator[_Row]:
    source = source_of(bytes_of(path), str(path))
    try:
        # Numbers stay the text that was written, so that they are read exactly.
        data = json.loads(source.text, parse_float=Written, parse_int=Written, parse_constant=Written)
    except (ValueError, RecursionError) as error:
        raise SheetError([Diagnostic("K514", (), {"problem": str(error)}, Place(source, 1, 1))]) from None
    head = _mapping(data)
    if head.get("kinerja-vectors") != str(FORMAT):
        raise _strange("kinerja-vectors")
    asked, ours = _mapping(head.get("rubric"), "rubric").get("id"), evaluator.rubric.id
    if asked != ours:
        raise SheetError([Diagnostic("K575", (), {"asked": excerpt(str(asked)), "rubric": ours})])
    vectors = head.get("vectors")
    if not isinstance(vectors, list) or not vectors:
        raise _strange("vectors")
    for number, each in enumerate(vectors):
        yield _vector(each, evaluator, Place(source, 1, 1), "vectors", str(number))


def _vector(data: Any, evaluator: Evaluator, place: Place, *path: str) -> _Row:
    vector = _mapping(data, *path)
    expect = _mapping(vector.get("expect"), *path, "expect")
    unknown = [word for word in expect if word not in COMPARED]
    if unknown:
        raise SheetError([_unknown(word, None, *path, "expect") for word in unknown])
    for name in ("id", "of"):
        if not isinstance(vector.get(name, ""), str):
            raise _strange(*path, name)
    if not expect or not all(said is None or isinstance(said, str) for said in expect.values()):
        raise _strange(*path, "expect")
    facts = _mapping(vector.get("facts"), *path, "facts")
    return _Row(
        name=vector.get("id") or ".".join(path),
        of=_node(evaluator, vector.get("of", ""), None, *path),
        facts={name: _answer(answer) for name, answer in facts.items()},
        said={word: (said or "", place) for word, said in expect.items()},
        path=(*path, "expect"),
    )


def _answer(answer: Any) -> Any:
    """An answer as it would stand in a file without quotes: an exact number is text in JSON."""
    if isinstance(answer, list):
        return [_answer(each) for each in answer]
    return Written(answer) if isinstance(answer, str) else answer


def _mapping(data: Any, *path: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise _strange(*path)
    return data


def _strange(*path: str) -> SheetError:
    return SheetError([Diagnostic("K574", path)])
