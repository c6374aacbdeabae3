"""
Vectors: sheets with what a rubric makes of each, as CSV or JSON, with which a spreadsheet or another system is checked.

A CSV of vectors is a table of sheets like any other, with columns `expect:…` that scoring passes over.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import field, frozen

from kinerja import numbers
from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, Fault, UsageError
from kinerja.evaluation import Evaluator
from kinerja.language.plain import identity
from kinerja.mappings import FrozenMap
from kinerja.messages import Language
from kinerja.model import Citation, Ladder, Rubric
from kinerja.plan import Plan, PlannedNode
from kinerja.tables import EXPECTED, safe_cell, write_text
from kinerja.writing import jsonable, text

__all__ = [
    "COMPARED",
    "FORMAT",
    "KINDS",
    "Expected",
    "Vector",
    "expected",
    "to_csv",
    "to_json",
    "write_vectors",
]

#: The version of both forms of a file.
FORMAT = 1

#: What a bound belongs to, in the order in which the vectors of a node stand.
KINDS = ("domain", "applies", "weight", "band", "level", "step", "case", "scale", "cap", "gate", "grade")

#: What is expected of a row, by the column that says it; what else stands there says what the row is about.
COMPARED = {
    "status": "status",
    "total": "total",
    "shown": "shown",
    "grade": "grade",
    "of.status": "of_status",
    "of.score": "of_score",
    "of.band": "of_band",
    "of.grade": "of_grade",
    "problems": "problems",
}
#: The words that say what a row is about.
ABOUT = ("of", "kind", "bound", "side", "source")


@frozen(kw_only=True)
class Expected:
    """
    What a rubric makes of a sheet: the whole of it, and one of its nodes, `of`.

    `total` and `grade` are those of a complete sheet; `shown` is the total as the rubric wants it shown.
    `of_band` is the band, level or step that held.  `problems` are codes, each with what it is about.
    """

    status: str
    total: Fraction | None = None
    shown: Fraction | None = None
    grade: str = ""
    of_status: str = ""
    of_score: Fraction | None = None
    of_band: str = ""
    of_grade: str = ""
    problems: tuple[str, ...] = ()

    def said(self, word: str) -> str:
        """One of these as it stands in a file, a number as a rubric writes it."""
        value = getattr(self, COMPARED[word])
        if isinstance(value, Fraction):
            return text(value)
        return "; ".join(value) if isinstance(value, tuple) else value or ""


@frozen(kw_only=True)
class Vector:
    """
    One sheet at an edge of a rubric, with what has to come of it.

    `of` is the node that it is about, `kind` what the bound belongs to, and `side` where the answer lies: `below`, `at`
    or `above` the bound; empty where there is no order.
    """

    id: str
    of: str
    kind: str
    bound: str
    side: str = ""
    facts: Mapping[str, Any] = field(converter=FrozenMap)
    expect: Expected
    source: tuple[Citation, ...] = ()


def expected(outcome: Outcome, path: str) -> Expected:
    """What came of a sheet, and of one of its nodes."""
    root, result = outcome.root, outcome.nodes.get(path)
    is_complete = outcome.status == "complete"
    total = root.score if is_complete else None
    rounding = root.plan.model.shown
    line = None if result is None else result.band or result.step
    return Expected(
        status=outcome.status,
        total=total,
        shown=total if total is None or rounding is None else rounding.apply(total),
        grade=_grade(outcome, "total") if is_complete else "",
        # What stands in a group that does not apply, or is refused, is not come to.
        of_status="" if result is None else result.status,
        of_score=None if result is None else result.score,
        of_band="" if line is None else line.id,
        of_grade=_grade(outcome, path) if path != "total" or is_complete else "",
        problems=tuple(f"{each.code} {each.where}".strip() for each in outcome.problems),
    )


def _grade(outcome: Outcome, path: str) -> str:
    found = outcome.grades.get(path)
    return found if isinstance(found, str) else ""


def cited(plan: Plan, node: PlannedNode, line: str, grade: str) -> tuple[Citation, ...]:
    """What the source of a line, or of a grade, is: its own, or that of its node, or of the group around it."""
    model: Any = node.model
    lines = (
        model.ladder if isinstance(model, Ladder) else getattr(model, "bands", getattr(model, "levels", {}))
    )
    own = [lines[line]] if line in lines else []
    own += [model.grades[grade]] if grade in model.grades else []
    for each in own:
        if each.source:
            return tuple(each.source)
    path = node.path
    while True:
        source = plan.nodes[path].model.source
        if source or path == "total":
            return tuple(source)
        path = path.rpartition(".")[0] or "total"


# --- out


def to_json(vectors: Iterable[Vector], *, rubric: Rubric) -> str:
    """
    Vectors as JSON, in the documented format 1: numbers that are not whole are exact texts.

    >>> import json, kinerja
    >>> from kinerja.testing import edges
    >>> rubric = kinerja.load("pk-bkm")
    >>> file = json.loads(to_json(edges(rubric), rubric=rubric))
    >>> file["kinerja-vectors"], file["rubric"]["id"]
    (1, 'pk-bkm')
    """
    about = {"id": rubric.id, "edition": rubric.edition, "identity": identity(rubric)}
    told = [_plain(each) for each in vectors]
    data = {"kinerja-vectors": FORMAT, "rubric": about, "vectors": told}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _plain(vector: Vector) -> dict[str, Any]:
    return {
        "id": vector.id,
        "of": vector.of,
        "kind": vector.kind,
        "bound": vector.bound,
        "side": vector.side,
        "source": [{"in": each.document, "at": each.at, "text": each.text} for each in vector.source],
        "facts": jsonable(vector.facts),
        "expect": {word: vector.expect.said(word) for word in COMPARED},
    }


def to_csv(vectors: Sequence[Vector], *, rubric: Rubric, locale: Language | None = None) -> str:
    r"""
    Vectors as a table that `kinerja score` reads, with `expect:` columns beside the facts.

    Numbers are written as in a rubric; or as people write them in `locale`, with semicolons in Indonesian, as
    spreadsheets have it.
    Raises `UsageError` for a `locale` where an answer is a fraction without an end: none writes it.

    >>> import kinerja
    >>> from kinerja.testing import edges
    >>> rubric = kinerja.load("pk-bkm")
    >>> table = to_csv(edges(rubric), rubric=rubric, locale="id")
    >>> table.splitlines()[0].split(";")[:4]
    ['id', 'lokasi', 'keuangan', 'perempuan']
    """
    plan = Evaluator(rubric).plan
    stated = {name for vector in vectors for name in vector.facts}
    names = [name for name in plan.facts if name in stated]
    header: list[str] = [] if "id" in plan.facts else ["id"]
    for name in names:
        fact = plan.facts[name]
        header += [f"{name}.{option}" for option in fact.options] if fact.kind == "set" else [name]
    header += [f"{EXPECTED}{word}" for word in (*ABOUT, *COMPARED)]
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if locale == "id" else ",", lineterminator="\n")
    writer.writerow(header)
    for vector in vectors:
        row = [] if "id" in plan.facts else [safe_cell(vector.id)]
        for name in names:
            row += _cells(plan, name, vector, locale)
        sources = "; ".join(": ".join(filter(None, (each.document, each.at))) for each in vector.source)
        row += [vector.of, vector.kind, safe_cell(vector.bound), vector.side, safe_cell(sources)]
        for word, name in COMPARED.items():
            value = getattr(vector.expect, name)
            row.append(
                _number(value, locale) if isinstance(value, Fraction) else _safe(vector.expect.said(word))
            )
        writer.writerow(row)
    return file.getvalue()


def _cells(plan: Plan, name: str, vector: Vector, locale: Language | None) -> Iterator[str]:
    fact, answer = plan.facts[name], vector.facts.get(name)
    if fact.kind == "set":
        yield from ("" if answer is None else _truth(option in answer) for option in fact.options)
    elif isinstance(answer, Fraction):
        written = _number(answer, locale)
        if locale is not None and "/" in written:
            raise UsageError([Diagnostic("K577", (), {"name": vector.id, "value": written})])
        yield written
    elif isinstance(answer, bool):
        yield _truth(answer)
    else:
        # An option is written as the rubric spells it: it has to be read again.
        yield answer or ""


def _safe(said: str) -> str:
    """What is expected, where it is no number; the id of a band may be one."""
    try:
        numbers.parse(said)
    except Fault:
        return safe_cell(said)
    return said


def _truth(answer: object) -> str:
    return "true" if answer else "false"


def _number(value: Fraction, locale: Language | None) -> str:
    """A number as a table of this locale has it; never one that another locale would read differently."""
    written = text(value)
    if locale is not None and "/" not in written:
        return written.replace(".", "," if locale == "id" else ".")
    whole, point, decimals = written.partition(".")
    return f"{whole}.{decimals}0" if point and len(decimals) == 3 else written


def write_vectors(
    path: Path, vectors: Sequence[Vector], *, rubric: Rubric, locale: Language | None = None
) -> None:
    """
    Write vectors to a file that ends in `.csv` or `.json`; it stands under its name when it is whole.

    Raises `UsageError` for another ending, where the file cannot be written, and as `to_csv`.
    """
    ending = path.suffix.lower()
    if ending not in (".csv", ".json"):
        raise UsageError([Diagnostic("K570", (), {"name": str(path)})])
    is_table = ending == ".csv"
    write_text(
        path, to_csv(vectors, rubric=rubric, locale=locale) if is_table else to_json(vectors, rubric=rubric)
    )
