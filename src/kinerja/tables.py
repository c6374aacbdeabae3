"""
Many sheets in one table: CSV in, one row a subject; CSV or JSON Lines out, one row a result.

A cell stays text until the fact of its column says what it is; a number goes through the one parser of the locale
that is named, and what that changed can be asked for.  No row is dropped, none is reordered, and no text that is
written can be taken for a formula by a spreadsheet.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from kinerja import numbers
from kinerja.drafts import refuse_over, replacing
from kinerja.errors import Diagnostic, Fault, Place, SheetError, SourceText, UsageError, closest, excerpt
from kinerja.evaluation import Assessment, Complete, Evaluator
from kinerja.messages import Language
from kinerja.numbers import Unread
from kinerja.plan import Plan, PlannedIndicator
from kinerja.sheets import RECORD_KEYS, Entry, Sheet, Written
from kinerja.trail import GradeTrail

__all__ = [
    "EXPECTED",
    "FORBIDDEN",
    "FORMULA",
    "MAX_COLUMNS",
    "TOLD",
    "Column",
    "Row",
    "Table",
    "Tally",
    "Who",
    "bytes_of",
    "day_in",
    "days",
    "first_of",
    "in_cell",
    "known_columns",
    "load_table",
    "named_column",
    "number_in",
    "read_table",
    "record_at",
    "refuse",
    "repeated",
    "safe_cell",
    "sheet_of",
    "source_of",
    "who",
    "write_csv",
    "write_jsonl",
    "write_text",
    "writes_to",
]

#: Columns that say something about the sheet and not about a fact.
ABOUT = ("period", "date", "basis", "note")

#: How columns begin that say what has to come of a row: scoring passes over them.  No fact has a colon in its name.
EXPECTED = "expect:"

#: The bounds within which a table is read: bytes, columns, rows.
MAX_BYTES = 20_000_000
MAX_COLUMNS = 2_000
MAX_ROWS = 100_000

#: Of faults that may come by the thousand, so many are told one by one, and so many are looked for.
TOLD = 100
SOUGHT = 1_000

#: The largest text of which lines are shown.
SHOWN = 2_000_000

#: What a spreadsheet may take for a formula, or for the end of the cell before one.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

#: The characters that no document may hold either.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')
_BLANK = {delimiter: re.compile(rf"(?:[ \t{delimiter}]*+(?:\n|\Z))*+") for delimiter in (",", ";")}
_PLAIN = {delimiter: re.compile(rf"[^{delimiter}\n]*") for delimiter in (",", ";")}

#: A number that is one thing in a rubric and another in Indonesian writing.
_AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)

#: Whose sheet it is: subject, period (or day, where there is no period), basis.
Who = tuple[str, str, str]


# --- a table


@frozen
class _Source(SourceText):
    """The text of a table; of a very large one no line is shown, for to find one all would have to be kept."""

    def line(self, number: int) -> str | None:
        """The line with this number, from 1."""
        return None if len(self.text) > SHOWN else super().line(number)


@frozen
class Column:
    """What a column holds: a fact, an option of a set, a word beside a fact, about the subject, the sheet, a result."""

    name: str
    role: str
    #: The fact, or the subject's word, or what is said about the sheet.
    key: str
    #: The word of a record, or the option.
    part: str = ""
    #: The kind of fact that the text is read as.
    kind: str = ""
    #: Where a column stands that says what is expected.
    place: Place | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Table:
    """
    The rows of one file, in its order, each read when it is come to.

    It was read whole once, so all that can be wrong with the form of a row has been found.
    """

    source: SourceText
    delimiter: str
    columns: tuple[Column, ...]
    locale: Language | None
    on: dt.date | None
    #: Where each row begins: the character, and the line from 1.
    starts: tuple[tuple[int, int], ...]
    #: The first column by everything that a problem may be about.
    index: Mapping[str, int] = field(init=False)

    @index.default
    def _index(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for number, column in enumerate(self.columns):
            if column.role in ("fact", "option", "record"):
                found.setdefault(column.name, number)
                found.setdefault(column.key, number)
        return found

    @property
    def name(self) -> str:
        """The file, as the reader knows it."""
        return self.source.name

    @property
    def subjects(self) -> tuple[str, ...]:
        """The words that the table has about a subject, such as `id`."""
        return tuple(column.key for column in self.columns if column.role == "subject")

    @property
    def expected(self) -> dict[str, Place]:
        """The words of the columns that say what has to come of each row, with the place of each."""
        return {column.key: column.place for column in self.columns if column.place is not None}

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Row]:
        for start, line in self.starts:
            yield Row(self, start, line)

    def changes(self) -> Iterator[Diagnostic]:
        """The cells whose number is not written as a rubric would write it, and as what each was read (K535)."""
        for row in self:
            for number, (column, text) in enumerate(zip(self.columns, row.cells, strict=True)):
                if self.locale is not None and column.kind == "number" and text:
                    value = number_in(text, self.locale)
                    if not isinstance(value, Unread) and _differs(text, value):
                        values = {"column": column.name, "text": text, "value": numbers.text(value)}
                        yield Diagnostic("K535", (column.name,), values, row.at(number))


class Row:
    """One row of a table: the line that it begins on, its cells without blanks at their ends, and its sheet."""

    def __init__(self, table: Table, start: int, line: int) -> None:
        self.table = table
        self.line = line
        self._start = start
        cells, self._starts, _ = record_at(table.source, start, table.delimiter)
        self.cells = tuple(cell.strip() for cell in cells)

    @property
    def place(self) -> Place:
        """Where the row begins."""
        return Place(self.table.source, self.line, 1)

    @cached_property
    def sheet(self) -> Sheet:
        """The sheet that the row holds; a cell that cannot be read is a problem of evaluating it."""
        table = self.table
        name = f"{table.name}:{self.line}"
        return sheet_of(table.columns, self.cells, locale=table.locale, on=table.on, name=name)

    @property
    def expected(self) -> dict[str, tuple[str, Place]]:
        """What the row says has to come of it, by the word of the column: the text, and its place."""
        columns = enumerate(zip(self.table.columns, self.cells, strict=True))
        return {c.key: (text, self.at(number)) for number, (c, text) in columns if c.role == "expected"}

    @property
    def who(self) -> Who:
        """Whose sheet it is, as `repeated` asks."""
        about = {c.key: text for c, text in zip(self.table.columns, self.cells, strict=True) if _is_who(c)}
        return about.get("id", ""), about.get("period") or about.get("date", ""), about.get("basis") or "self"

    def at(self, column: int) -> Place:
        """The place of a cell by the number of its column, from 0: the line and character where it begins."""
        text, start = self.table.source.text, self._starts[column]
        line = self.line + text.count("\n", self._start, start)
        length = len(self.cells[column].partition("\n")[0])
        return Place(self.table.source, line, start - text.rfind("\n", 0, start), max(1, length))

    def problems(self, result: Assessment) -> list[Diagnostic]:
        """The problems of the row's result, each with the place of its cell, or of the row where it has none."""
        found = []
        for each in (problem.diagnostic() for problem in result.problems):
            names = (str(each.values.get("name", "")), each.where)
            cell = next((self.table.index[name] for name in names if name in self.table.index), None)
            place = self.place if cell is None else self.at(cell)
            found.append(Diagnostic(each.code, each.path, each.values, place))
        return found


def _is_who(column: Column) -> bool:
    return (column.role == "subject" and column.key == "id") or column.role == "about"


# --- in


def load_table(
    path: str | Path, *, evaluator: Evaluator, locale: Language | None = None, on: dt.date | None = None
) -> Table:
    """
    The table in a file; as `read_table`.

    Raises `UsageError` where there is no file that can be read.
    """
    raw = _of_table(Path(path))
    return read_table(raw, name=str(path), evaluator=evaluator, locale=locale, on=on)


def _of_table(path: Path) -> bytes:
    """The bytes of a table; for one that is too long there is another way (K643)."""
    raw = bytes_of(path)
    if len(raw) > MAX_BYTES:
        values = {"size": len(raw), "limit": MAX_BYTES}
        raise SheetError([Diagnostic("K643", (), values, Place(SourceText(str(path)), 1, 1))])
    return raw


def bytes_of(path: Path) -> bytes:
    """
    The bytes of a regular file; one too many where it is too large.

    Raises `UsageError` where there is none, or it cannot be read.
    """
    try:
        if not path.is_file():
            raise UsageError([Diagnostic("K519" if path.exists() else "K518", (), {"name": str(path)})])
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise UsageError([Diagnostic("K502", (), {"name": str(path), "problem": problem})]) from None


def read_table(
    text: str | bytes,
    *,
    name: str,
    evaluator: Evaluator,
    locale: Language | None = None,
    on: dt.date | None = None,
) -> Table:
    r"""
    The sheets in a CSV text: comma or semicolon, one row a subject, a header of dotted fact names.

    A set has one true/false column for each option (`longgar.dokumentasi.nol`); `PATH.score` states a score, and
    `PATH.not-applicable`, `unit`, `by`, `on`, `evidence` and `note` say the rest that a sheet can say of a fact.
    `subject.NAME`, `period`, `date`, `basis` and `note` say whose sheet it is; `id` is short for `subject.id`.
    `expect:WORD` says what has to come of a row (`kinerja.testing.vectors`), and is passed over here.
    An empty cell says nothing; a row of empty cells is nobody's.
    `locale` names how numbers are written (`id`: `12,5` and `1.250`); without it they are written as in a rubric.
    `on` is the day whose rules apply, for rows without a date.
    Raises `SheetError` for what is wrong with the form: the text, columns, ragged rows, dates, a subject that stands
    twice in a period.  What is wrong with an answer is said in the result of its row.

    >>> import kinerja
    >>> from kinerja import tables
    >>> evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    >>> text = "id;lokasi;perempuan\nsukamerdu;kumuh;40,5\nsukajadi;kumuh;40.5\n"
    >>> table = tables.read_table(text, name="bkm.csv", evaluator=evaluator, locale="id")
    >>> [evaluator.evaluate(row.sheet).status for row in table]
    ['incomplete', 'invalid']
    """
    source = source_of(text, name)
    delimiter, (start, line) = first_of(source)
    header, places, at = record_at(source, start, delimiter)
    header = [cell.strip() for cell in header]
    columns = _columns(source, line, start, header, places, evaluator.plan)
    starts: list[tuple[int, int]] = []
    faults: list[Diagnostic] = []
    for begins, number, cells in _rows(source, start, line, at, delimiter):
        if len(cells) != len(header):
            values = {"found": len(cells), "expected": len(header)}
            faults.append(Diagnostic("K532", (), values, Place(source, number, 1)))
        if len(faults) > SOUGHT:
            break
        starts.append((begins, number))
    refuse(faults)
    if not starts:
        raise SheetError([Diagnostic("K531", (), {}, Place(source, 1, 1))])
    table = Table(
        source=source, delimiter=delimiter, columns=columns, locale=locale, on=on, starts=tuple(starts)
    )
    refuse([each for row in table for each in _form(row)])
    refuse(repeated((row.who, row.place) for row in table))
    return table


def days(path: str | Path) -> Iterator[tuple[dt.date | None, Place]]:
    """
    The day that each row of a table names in its column `date`, and the place; None where it names none.

    For a rubric with several editions: which of them a table is for has to be known before its other columns mean
    anything.
    Raises `UsageError` where there is no file that can be read, `SheetError` for a text that is no table or a day that
    is none.
    """
    source = source_of(_of_table(Path(path)), str(path))
    delimiter, (start, line) = first_of(source)
    header, _, at = record_at(source, start, delimiter)
    column = next((number for number, cell in enumerate(header) if cell.strip() == "date"), None)
    for begins, number, cells in _rows(source, start, line, at, delimiter):
        # A row that is too short is named when the table is read.
        text = cells[column].strip() if column is not None and column < len(cells) else ""
        day = day_in(text) if text else None
        if text and day is None:
            place = _place(source, record_at(source, begins, delimiter)[1][column or 0])
            raise SheetError([Diagnostic("K114", ("date",), {"text": excerpt(text)}, place)])
        yield day, Place(source, number, 1)


def _rows(
    source: SourceText, start: int, line: int, at: int, delimiter: str
) -> Iterator[tuple[int, int, list[str]]]:
    """The rows below a header that are more than blanks: the character and line where each begins, and its cells."""
    text = source.text
    count = 0
    while (at := _after_blank(text, at, delimiter)) < len(text):
        line += text.count("\n", start, at)
        start = at
        cells, _, at = record_at(source, start, delimiter)
        count += 1
        if count > MAX_ROWS:
            raise SheetError([Diagnostic("K542", (), {"limit": MAX_ROWS}, Place(source, line, 1))])
        if any(map(str.strip, cells)):
            yield start, line, cells


def refuse(faults: Sequence[Diagnostic]) -> None:
    """Raise what is wrong; of thousands, as many as anybody reads, and how many more were found."""
    if len(faults) > TOLD:
        faults = [*faults[:TOLD], Diagnostic("K543", (), {"count": len(faults) - TOLD})]
    if faults:
        raise SheetError(faults)


def source_of(text: str | bytes, name: str) -> SourceText:
    """
    A text as characters with one sort of line end.

    Raises `SheetError` for one that is too long, or no text.
    """
    if len(text) > MAX_BYTES:
        place = Place(SourceText(name), 1, 1)
        raise SheetError([Diagnostic("K002", (), {"size": len(text), "limit": MAX_BYTES}, place)])
    if isinstance(text, bytes):
        raw = text
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            place = Place(SourceText(name), line, 1)
            raise SheetError([Diagnostic("K003", (), {"line": line}, place)]) from None
    source = _Source(name, text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    found = FORBIDDEN.search(source.text)
    if found is not None:
        point = f"U+{ord(found.group()):04X}"
        place = _place(source, found.start())
        raise SheetError([Diagnostic("K004", (), {"character": point}, place)])
    return source


def _place(source: SourceText, at: int) -> Place:
    """The line and the column of a character."""
    return Place(source, source.text.count("\n", 0, at) + 1, at - source.text.rfind("\n", 0, at))


def first_of(source: SourceText) -> tuple[str, tuple[int, int]]:
    """The separator, which is the one that cuts the header into more cells; and where the header begins."""
    found = re.search(r"\S", source.text)
    if found is None:
        raise SheetError([Diagnostic("K531", (), {}, Place(source, 1, 1))])
    start = source.text.rfind("\n", 0, found.start()) + 1
    comma, semicolon = (_width(source, start, delimiter) for delimiter in _PLAIN)
    return (";" if semicolon > comma else ","), (start, source.text.count("\n", 0, start) + 1)


def _width(source: SourceText, start: int, delimiter: str) -> int:
    """How many cells a separator cuts the header into; none where it does not fit the quotes."""
    try:
        return len(record_at(source, start, delimiter)[0])
    except SheetError as error:
        return MAX_COLUMNS if error.diagnostics[0].code == "K541" else 0


def _after_blank(text: str, at: int, delimiter: str) -> int:
    """Where the next line begins that is more than blanks and separators."""
    blank = _BLANK[delimiter].match(text, at)
    assert blank is not None
    return blank.end()


def record_at(source: SourceText, at: int, delimiter: str) -> tuple[list[str], list[int], int]:
    """The cells of the row that begins at a character, where each begins, and where the next row does."""
    text, plain = source.text, _PLAIN[delimiter]
    cells: list[str] = []
    starts: list[int] = []
    while True:
        starts.append(at)
        if text.startswith('"', at):
            quoted = _QUOTED.match(text, at)
            if quoted is None:
                raise SheetError([Diagnostic("K014", (), {}, _place(source, at))])
            cells.append(quoted[1].replace('""', '"'))
            end = quoted.end()
            if text[end : end + 1] not in (delimiter, "\n", ""):
                rest = excerpt(text[at:].partition("\n")[0])
                raise SheetError([Diagnostic("K029", (), {"text": rest}, _place(source, end))])
        else:
            bare = plain.match(text, at)
            assert bare is not None
            cells.append(bare[0])
            end = bare.end()
        at = end + 1
        if not text.startswith(delimiter, end):
            return cells, starts, at
        if len(cells) == MAX_COLUMNS:
            raise SheetError([Diagnostic("K541", (), {"limit": MAX_COLUMNS}, _place(source, at))])


def _columns(
    source: SourceText, line: int, start: int, header: Sequence[str], places: Sequence[int], plan: Plan
) -> tuple[Column, ...]:
    """What every column means; all that mean nothing are named at once, before any row is read."""
    known = known_columns(plan)
    first, begins = Place(source, line, 1), start
    found: list[Column] = []
    faults: list[Diagnostic] = []
    seen: dict[tuple[str, str, str], Place] = {}
    for text, at in zip(header, places, strict=True):
        column = known.get(text) or named_column(text)
        # From one cell to the next: a header may be megabytes long.
        line += source.text.count("\n", start, at)
        begins = max(begins, source.text.rfind("\n", start, at) + 1)
        start = at
        place = Place(source, line, at - begins + 1, max(1, len(text)))
        if column is None:
            hint = _meant(text, known, plan) if len(faults) < TOLD else ""
            values = {"column": excerpt(text), "suggestion": hint}
            faults.append(Diagnostic("K533", (text,), values, place))
            continue
        if column.role == "expected":
            column = evolve(column, place=place)
        meaning = (column.role, column.key, column.part)
        if meaning in seen and column.role != "nothing":
            values = {"column": column.name, "first": str(seen[meaning])}
            faults.append(Diagnostic("K534", (text,), values, place))
        seen.setdefault(meaning, place)
        found.append(column)
    for name, fact in plan.facts.items():
        absent = [option for option in fact.options if ("option", name, option) not in seen]
        if fact.kind == "set" and 0 < len(absent) < len(fact.options):
            columns = [f"{name}.{option}" for option in absent]
            faults.append(Diagnostic("K538", (name,), {"name": name, "absent": columns}, first))
    refuse(faults)
    return tuple(found)


def known_columns(plan: Plan) -> dict[str, Column]:
    """Every column that a rubric gives a meaning: facts first, for no word beside one may hide another."""
    found = {name: Column(name, "about", name) for name in ABOUT}
    found["id"] = found["subject.id"] = Column("subject.id", "subject", "id")
    for name, fact in plan.facts.items():
        words = [key for key in RECORD_KEYS if key not in ("value", "score")]
        found |= {f"{name}.{key}": Column(f"{name}.{key}", "record", name, RECORD_KEYS[key]) for key in words}
        if fact.kind == "set":
            columns = {f"{name}.{key}": Column(f"{name}.{key}", "option", name, key) for key in fact.options}
            found |= columns
    for path, node in plan.nodes.items():
        if isinstance(node, PlannedIndicator):
            found[f"{path}.score"] = Column(f"{path}.score", "record", path, "score", "number")
    plain = (fact for fact in plan.facts.values() if fact.kind != "set")
    return found | {fact.name: Column(fact.name, "fact", fact.name, "", fact.kind) for fact in plain}


def _meant(text: str, known: Iterable[str], plan: Plan) -> str:
    """The column that a wrong one was perhaps meant to be; for a set, that of its first option."""
    fact = plan.facts.get(text)
    return closest(text, known) if fact is None else f"{text}.{fact.options[0]}"


def named_column(text: str) -> Column | None:
    """A column whose name is free: what is expected, a word about the subject, or none, where cells must be empty."""
    if text.startswith(EXPECTED):
        return Column(text, "expected", text.removeprefix(EXPECTED))
    stem, _, word = text.partition(".")
    if stem == "subject" and word:
        return Column(text, "subject", word)
    return None if text else Column("", "nothing", "")


def _form(row: Row) -> Iterator[Diagnostic]:
    """What no result can say, as there can be none: a day that is none, and a cell of a column without a name."""
    for number, (column, text) in enumerate(zip(row.table.columns, row.cells, strict=True)):
        if column.role == "nothing" and text:
            yield Diagnostic("K540", (), {"text": excerpt(text)}, row.at(number))
        elif column.key == "date" and column.role == "about" and text and day_in(text) is None:
            yield Diagnostic("K114", ("date",), {"text": excerpt(text)}, row.at(number))


def day_in(text: str) -> dt.date | None:
    """The day that a text names as year-month-day; None where it names none."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    # Python also reads 20170405 and week dates; a sheet does not.
    return day if day.isoformat() == text else None


def sheet_of(
    columns: Sequence[Column],
    cells: Sequence[str],
    *,
    locale: Language | None = None,
    on: dt.date | None = None,
    name: str = "",
) -> Sheet:
    """One row as a sheet; a cell that cannot be read stays as it is, with what is wrong with it."""
    facts: dict[str, Any] = {}
    records: dict[str, dict[str, Any]] = {}
    sets: dict[str, list[tuple[Column, str]]] = {}
    subject: dict[str, str] = {}
    about: dict[str, Any] = {}
    for column, text in zip(columns, cells, strict=True):
        if column.role == "option":
            sets.setdefault(column.key, []).append((column, text))
        elif not text or column.role in ("carried", "expected"):
            continue
        elif column.role == "subject":
            subject[column.key] = text
        elif column.role == "about":
            about[column.key] = day_in(text) if column.key == "date" else text
        elif column.role == "record":
            value = number_in(text, locale) if column.kind == "number" else text
            records.setdefault(column.key, {})[column.part] = value
        elif column.kind == "number":
            facts[column.key] = number_in(text, locale)
        else:
            word = text.lower() if column.kind == "yes-no" else text
            facts[column.key] = Written(word if word in ("true", "false") else text)
    for fact, answers in sets.items():
        if any(text for _, text in answers):
            facts[fact] = _chosen(fact, answers)
    for fact, record in records.items():
        facts[fact] = Entry(value=facts.get(fact), **record)
    about.setdefault("date", on)
    return Sheet(facts=facts, subject=subject, name=name, **about)


def number_in(text: str, locale: Language | None) -> Any:
    """A number as its locale writes it; text, with what is wrong with it, where that cannot be told."""
    if locale is not None:
        try:
            return numbers.parse_local(text, locale=locale)
        except Fault as fault:
            return Unread(text, fault)
    if _AMBIGUOUS.fullmatch(text):
        return Unread(text, Fault("K537", text=text, whole=text.replace(".", "")))
    return Written(text)


def _differs(text: str, value: Any) -> bool:
    """Whether a rubric would have to write another text for this value."""
    try:
        return bool(numbers.parse(text) != value)
    except Fault:
        return True


def _chosen(name: str, answers: Sequence[tuple[Column, str]]) -> list[str] | Unread:
    """The options that are there; unless some column does not say."""
    chosen = []
    for column, text in answers:
        word = text.lower()
        if not text:
            return Unread(text, Fault("K539", name=column.name, fact=name))
        if word not in ("true", "false"):
            return Unread(text, Fault("K306", name=column.name, value=excerpt(text)))
        if word == "true":
            chosen.append(column.part)
    return chosen


def who(sheet: Sheet) -> Who:
    """Whose sheet it is, as `repeated` asks: the subject's id, the period or else the day, and the basis."""
    day = "" if sheet.date is None else sheet.date.isoformat()
    return str(sheet.subject.get("id", "")), sheet.period or day, sheet.basis


def repeated(sheets: Iterable[tuple[Who, Place]]) -> list[Diagnostic]:
    """One subject has one sheet in a period, on each basis: every further one, with the place of the first (K536)."""
    seen: dict[Who, Place] = {}
    faults = []
    for key, place in sheets:
        if key[0] and key in seen:
            values = {"subject": key[0], "first": f"{seen[key].source.name}:{seen[key].line}"}
            faults.append(Diagnostic("K536", (), values, place))
        seen.setdefault(key, place)
    return faults


# --- out


@frozen
class Tally:
    """How many results there are of each status, and how many complete ones of each grade (`""`: of none)."""

    statuses: Counter[str] = field(factory=Counter)
    grades: Counter[str] = field(factory=Counter)

    def add(self, result: Assessment, grade: GradeTrail | None) -> None:
        """Count one result."""
        self.statuses[result.status] += 1
        if result.status == "complete":
            self.grades["" if grade is None else grade.id] += 1


def safe_cell(text: str) -> str:
    """
    Text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one.

    >>> safe_cell("=1+1"), safe_cell("Sukamerdu")
    ("'=1+1", 'Sukamerdu')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def writes_to(path: Path, *, inputs: Iterable[Path] = ()) -> str:
    """
    The ending of a file for results, `.csv` or `.jsonl`.

    Raises `UsageError` for another ending, a folder, and a file that is one of the inputs.
    """
    ending = path.suffix.lower()
    if ending not in (".csv", ".jsonl"):
        raise UsageError([Diagnostic("K545", (), {"name": str(path)})])
    refuse_over(path, inputs)
    return ending


def write_csv(
    path: Path,
    results: Iterable[tuple[Sheet, Assessment]],
    *,
    evaluator: Evaluator,
    subjects: Iterable[str] = ("id",),
    language: Language = "en",
) -> Tally:
    r"""
    One row a result, in their order: whose it is, status, exact total and how it is shown, grade, awards, all scores.

    `subjects` are the words about a subject that get a column; `language` is that of the problems in the last column.
    Each result is let go of once it is written; the file stands under its name when all are.
    Gives back how many there were of what.
    Raises `UsageError` where it cannot be written.

    >>> import kinerja, tempfile
    >>> evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    >>> table = read_table("id,lokasi\n@sukamerdu,kumuh\n", name="bkm.csv", evaluator=evaluator)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "hasil.csv"
    ...     rows = ((row.sheet, evaluator.evaluate(row.sheet)) for row in table)
    ...     tally = write_csv(path, rows, evaluator=evaluator, subjects=table.subjects)
    ...     path.read_text().splitlines()[1].split(",")[:5]
    ["'@sukamerdu", '', '', 'self', 'incomplete']
    """
    plan, names = evaluator.plan, list(dict.fromkeys(subjects))
    awards = awards_of(plan)
    parts = [(path_, node) for path_, node in plan.nodes.items() if node is not plan.root]
    graded = [path_ for path_, node in parts if node.grades]
    header = [
        *(f"subject.{name}" for name in names),
        "period",
        "date",
        "basis",
        "status",
        "total",
        "total.shown",
    ]
    header += ["grade", *(".".join(filter(None, ("awards", *award))) for award in awards)]
    header += [f"{path_}.score" for path_, _ in parts] + [f"{path_}.grade" for path_ in graded] + ["problems"]
    tally = Tally()
    with replacing(path) as file:
        writer = csv.writer(file)
        writer.writerow(map(safe_cell, header))
        for sheet, result in results:
            total = result.total if isinstance(result, Complete) else None
            cells = [safe_cell(str(sheet.subject.get(name, ""))) for name in names]
            cells += [safe_cell(sheet.period), str(sheet.date or ""), safe_cell(sheet.basis), result.status]
            cells += ["", ""] if total is None else [total.exact, total.shown]
            nodes = result.nodes
            root = nodes["total"].grade
            tally.add(result, root)
            cells.append("" if root is None else root.id)
            given = {} if root is None else root.awards
            cells += [_award(given.get(name), part) for name, part in awards]
            scores = [nodes[path_].score if path_ in nodes else None for path_, _ in parts]
            cells += ["" if score is None else score.exact for score in scores]
            grades = [nodes[path_].grade if path_ in nodes else None for path_ in graded]
            cells += ["" if grade is None else grade.id for grade in grades]
            cells.append(safe_cell(in_cell([each.diagnostic() for each in result.problems], language)))
            writer.writerow(cells)
    return tally


def in_cell(found: Iterable[Diagnostic], language: Language) -> str:
    """
    Diagnostics in one cell, each with what it is about: beside a row no place says of which column it is.

    >>> in_cell([Diagnostic("K131", ("perempuan",), {"text": "40,5", "spelling": "40.5"})], "en")
    'K131 perempuan: "40,5" has a comma'
    """
    return "; ".join(f"{each.code} {_about(each, each.message(language))}" for each in found)


def _about(each: Diagnostic, message: str) -> str:
    name = str(each.values.get("name", each.where))
    is_named = f'"{name}"' in message or message.startswith(f"{name}:")
    return message if is_named or not name else f"{name}: {message}"


def awards_of(plan: Plan) -> list[tuple[str, str]]:
    """A column for each award: its amount or text, or the two ends of its range."""
    given = [award for grade in plan.root.grades for award in grade.model.awards.items()]
    found: dict[tuple[str, str], None] = {}
    for name, award in given:
        found |= dict.fromkeys([(name, "from"), (name, "to")] if award.low is not None else [(name, "")])
    return list(found)


def _award(award: Any, part: str) -> str:
    """What an award is, as one cell: whole units of its currency, or its text."""
    if award is None:
        return ""
    number = {"": award.amount, "from": award.low, "to": award.high}[part]
    if number is not None:
        return str(number)
    return safe_cell(award.text) if not part else ""


def write_jsonl(path: Path, results: Iterable[tuple[Sheet, Assessment]]) -> Tally:
    """
    One trail on each line, in their order; `kinerja explain` tells them.

    The file stands under its name when all are written.  Raises `UsageError` where it cannot be.
    Gives back how many there were of what.
    """
    tally = Tally()
    with replacing(path) as file:
        for _, result in results:
            tally.add(result, result.trail.grade)
            file.write(result.trail.to_json() + "\n")
    return tally


def write_text(path: Path, text: str) -> None:
    """
    A text as a file that stands under its name when it is whole.

    Raises `UsageError` where it cannot be written.
    """
    with replacing(path) as file:
        file.write(text)
