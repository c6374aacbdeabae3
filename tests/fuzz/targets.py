"""
What is done with the bytes of one execution, for each door of the library, and what must hold whatever they are.

Each target asks more than that nothing breaks: only a `KinerjaError` is raised, all that it says can be drawn in both
languages without a character that steers a terminal, and what is accepted agrees with a second way to the same answer.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, TypeVar
from zlib import crc32

from kinerja import library
from kinerja.checks.examples import run_examples
from kinerja.errors import Diagnostic, KinerjaError
from kinerja.evaluation import Assessment, Evaluator
from kinerja.explain import explain
from kinerja.feel import MISSING, NOT_APPLICABLE, Condition, Formula, Inexact, condition, formula
from kinerja.feel.conditions import Range
from kinerja.intervals import Interval
from kinerja.language.documents import Document, read
from kinerja.language.extends import resolved
from kinerja.language.sheetfile import sheet_of
from kinerja.messages import LANGUAGES, Language
from kinerja.model import Rubric
from kinerja.plan import Plan
from kinerja.tables import Table, read_table, safe_cell
from kinerja.trail import Trail
from kinerja.verification import verify

T = TypeVar("T")

__all__ = ["CORPUS", "LONGEST", "TARGETS"]

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"

#: The longest input that is tried, in bytes: what can go wrong goes wrong in little text, and little text is quick.
LONGEST = {"conditions": 512, "csv": 384, "rubrics": 2048, "sheets": 1024, "trails": 4096}
#: The time that one input of that length may take, in seconds, on a machine that has other things to do as well.
SECONDS = 5.0
#: As many of the same sort are looked at in one input, so that many inputs are.
FEW = 3


# --- what holds everywhere


def told(found: Iterable[Diagnostic]) -> list[str]:
    """The codes of diagnostics; the first few of each code are said in both languages and steer no terminal."""
    codes: list[str] = []
    for each in found:
        if codes.count(each.code) < FEW:
            for language in LANGUAGES:
                shown(each.render(language))
        codes.append(each.code)
    return codes


def shown(text: str) -> None:
    """Text that somebody reads is there, and is text and nothing else."""
    assert text.strip()
    assert all(line.isprintable() for line in text.split("\n")), ascii(text)


def accepted(read_in: Callable[[], T]) -> T | None:
    """What comes of reading a text; None where it is refused, which is done in words."""
    try:
        return read_in()
    except KinerjaError as error:
        refusal = error
    assert told(refusal.diagnostics)
    return None


def explained(result: Assessment) -> None:
    """A result is told in both languages, and its trail is the same after it was stored."""
    trail = result.trail
    assert (result.status == "complete") == (not trail.problems)
    retold(trail)


def retold(trail: Trail) -> None:
    """A trail comes back from its JSON form as it was, and whatever it holds can be told."""
    text = trail.to_json()
    again = Trail.from_json(text)
    assert trail == again
    assert text == again.to_json()
    told(problem.diagnostic() for problem in (*trail.problems, *trail.notes))
    for language in LANGUAGES:
        shown(explain(trail, language=language))


@cache
def evaluator() -> Evaluator:
    """The small rubric that sheets and tables are scored by."""
    return Evaluator(library.loads((HERE / "rubric.yaml").read_text(encoding="utf-8"), name="kecil"))


# --- the doors


def conditions(data: bytes) -> None:
    """A cell as a condition and as a formula: what it prints reads back to an equal one, which means the same."""
    text = data.decode("utf-8", "surrogateescape")
    cell = accepted(lambda: condition(text))
    if cell is not None:
        assert cell == condition(str(cell))
        means_what_it_says(cell)
    expression = accepted(lambda: formula(text))
    if expression is not None:
        again = formula(str(expression))
        assert expression == again
        assert expression.names == again.names
        assert outcome(expression) == outcome(again)


def outcome(expression: Formula) -> Any:
    """What comes of a formula: its value, or the codes of what it was refused for."""
    try:
        return expression.evaluate(stand_in)
    except KinerjaError as error:
        return told(error.diagnostics)


def means_what_it_says(cell: Condition) -> None:
    """The set of numbers that a condition is agrees with its tests, asked one by one at and around every end."""
    for ask in (cell.truths, lambda: cell.options(cell.mentions), lambda: cell.options(["kumuh", "2"])):
        accepted(ask)
    plain = accepted(cell.numeric)
    if plain is None:
        return
    assert plain == condition(str(plain))
    assert plain.numbers() == cell.numbers()
    points = [each.number() for each in cell.tests if not isinstance(each, Range)]
    ranges = [each.interval for each in cell.tests if isinstance(each, Range)]
    ends = {end for each in ranges for end in (each.low, each.high) if end is not None}
    for number in (Fraction(0), *sorted({*points, *ends})[:10]):
        for near in (number - Fraction(1, 3), number, number + Fraction(1, 3)):
            inside = not cell.tests or near in points or any(lies_in(near, each) for each in ranges)
            assert (inside != cell.negated) == (near in cell.numbers())


def lies_in(number: Fraction, interval: Interval) -> bool:
    """Whether an interval holds a number, by its two ends."""
    above = interval.low is None or number > interval.low or (interval.low_closed and number == interval.low)
    below = (
        interval.high is None or number < interval.high or (interval.high_closed and number == interval.high)
    )
    return above and below


def stand_in(name: str) -> Any:
    """Some value for a name: always the same one, of every sort that a formula can meet."""
    values = (
        Fraction(0),
        Fraction(-3),
        Fraction(7, 3),
        Fraction(10**40),
        Inexact(Fraction(5, 7)),
        MISSING,
        NOT_APPLICABLE,
        (Fraction(1), NOT_APPLICABLE, Fraction(-2)),
    )
    return values[crc32(name.encode("utf-8", "surrogateescape")) % len(values)]


def rubrics(data: bytes) -> None:
    """A rubric: `check` answers, loading refuses for errors it finds or loads, and what loads scores any sheet."""
    document = accepted(lambda: resolved(read(data, name="rubrik"), found))
    if document is None:
        return
    findings = library.check(document)
    told(findings)
    errors = tuple(each for each in findings if each.severity == "error")
    rubric: Rubric | None = None
    refusal: tuple[Diagnostic, ...] = ()
    try:
        rubric = library._safe(document)
    except KinerjaError as error:
        refusal = error.diagnostics
    # Loading asks fewer checks: a rubric may load and still have a hole between its grades.
    assert set(refusal) <= set(errors)
    assert (rubric is None) == bool(refusal)
    if rubric is None:
        return
    scorer = Evaluator(rubric)
    for facts in ({}, answers(scorer.plan, 0)):
        told(problem.diagnostic() for problem in scorer.evaluate(facts).problems)
    for name, reading in rubric.readings.items():
        for chosen in islice(reading.alternatives, FEW):
            assert Evaluator(rubric, readings={name: chosen}).evaluate({}).status
    for example in run_examples(rubric):
        told(example.findings)
    # Stories are dear, so one of them is told.
    explained(scorer.evaluate(answers(scorer.plan, 1)))


def found(name: str, edition: str) -> list[Document]:
    """The one rubric that another may extend here."""
    if (name, edition) != ("kecil", ""):
        return []
    return [read((HERE / "rubric.yaml").read_bytes(), name="kecil")]


def answers(plan: Plan, at: int) -> dict[str, Any]:
    """Some answer to every question of a rubric."""
    values: dict[str, Any] = {}
    for name, fact in plan.facts.items():
        if fact.kind == "set":
            values[name] = list(fact.options[: 1 + at])
        elif fact.options:
            values[name] = fact.options[at % len(fact.options)]
        else:
            values[name] = at == 0 if fact.kind == "yes-no" else (40, Fraction(1, 2))[at]
    return values


def sheets(data: bytes) -> None:
    """A sheet: its form is refused in words, or it has a result with everything that is wrong with its facts."""
    sheet = accepted(lambda: sheet_of(read(data, name="lembar")))
    result = None if sheet is None else accepted(lambda: evaluator().evaluate(sheet))
    if result is not None:
        explained(result)
        # A mapping in the place of a value can be written, and is no value that could be stated again.
        assert set(told(verify(result.trail, evaluator().rubric))) <= {"K604"}


def tables(data: bytes) -> None:
    """A table, behind a first letter that names its locale: each row has its result, and its cells are all of them."""
    locales: dict[bytes, Language] = {b"i": "id", b"e": "en"}
    locale = locales.get(data[:1])
    table = accepted(lambda: read_table(data[1:], name="tabel", evaluator=evaluator(), locale=locale))
    if table is None:
        return
    told(table.changes())
    assert cells_of(table) == [list(row.cells) for row in table]
    for row in islice(table, FEW):
        assert not safe_cell("".join(row.cells)).startswith(("=", "+", "-", "@"))
        # What is told of a whole result is for `sheets` to ask.
        told(row.problems(evaluator().evaluate(row.sheet)))


def cells_of(table: Table) -> list[list[str]]:
    """The cells of every row that says something, as the standard library reads them."""
    reader = csv.reader(io.StringIO(table.source.text, newline="\n"), delimiter=table.delimiter, strict=True)
    rows = [[cell.strip() for cell in row] for row in reader]
    return [row for row in rows if any(row)][1:]


def trails(data: bytes) -> None:
    """A stored trail: what is read is the same when it is stored again, can be told, and is verified or found out."""
    text = data.decode("utf-8", "surrogateescape")
    trail = accepted(lambda: Trail.from_json(text))
    if trail is not None:
        retold(trail)
        # What it says was stated is evaluated again, or refused in words.
        again = accepted(lambda: evaluator().again(trail))
        told(problem.diagnostic() for problem in (again.problems if again is not None else ()))
        told(verify(trail, evaluator().rubric))


def within_time(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The same target, for which an input that takes too long is a fault like any other."""

    def timed(data: bytes) -> None:
        start = process_time()
        target(data)
        taken = process_time() - start
        assert taken < SECONDS, f"{taken:.1f} s for {len(data)} bytes"

    timed.__doc__ = target.__doc__
    return timed


#: Every target by its name, which is also that of its folder in the corpus.
TARGETS: dict[str, Callable[[bytes], None]] = {
    "conditions": within_time(conditions),
    "csv": within_time(tables),
    "rubrics": within_time(rubrics),
    "sheets": within_time(sheets),
    "trails": within_time(trails),
}
