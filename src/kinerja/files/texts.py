"""
A CSV of any length as frames of Polars, each a few megabytes: cells stay text until the parser of their locale.

What is wrong with the form of a row is told with its line, as of a table.  A row with a cell that is not plainly what
its column says keeps all its texts, for the scalar path to say what it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from kinerja.errors import Diagnostic, Place, SheetError, SourceText, excerpt
from kinerja.files.columns import OWN, meant
from kinerja.files.jobs import Job
from kinerja.files.rows import Rows, exact_float, is_number, is_truth, number_of
from kinerja.messages import Language
from kinerja.tables import FORBIDDEN, TOLD, Column, day_in, first_of, record_at, refuse

__all__ = ["CELLS", "Texts"]

#: The column that keeps the texts of a row that the scalar path has to look at, as JSON.
CELLS = f"{OWN}cells"

#: So many bytes are read at a time, and so many may stand before the end of the header.
BLOCK = 8_000_000

#: No cell has more characters: what goes on for ever is a quote that nobody closed.
LONGEST = 131_072

#: So many numbers are kept as they were read.
_KEPT = 500_000

#: What is read as nothing else than text is refused by its bytes, as far as these tell.
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])


class _Numbers(dict[str | None, float | None]):
    """What the cells of a column are as floats, each text parsed once; NaN where none is exactly that."""

    def __init__(self, locale: Language | None) -> None:
        super().__init__({None: None})
        self.locale = locale

    def __missing__(self, text: str) -> float:
        if len(self) > _KEPT:
            self.clear()
            self[None] = None
        value = number_of(text, self.locale)
        found = None if value is None else exact_float(value)
        self[text] = made = float("nan") if found is None else found
        return made


class Texts:
    """One CSV: its columns, known at once, and its rows as frames."""

    def __init__(self, path: Path, job: Job) -> None:
        self.path = path
        self.job = job
        self.source = SourceText(str(path))
        with path.open("rb") as file:
            found = next(_blocks(file, self.source), None)
        if found is None:
            raise SheetError([Diagnostic("K531", (), {}, Place(self.source, 1, 1))])
        text, _ = found
        start = SourceText(str(path), text.removeprefix("\ufeff"))
        self.delimiter, (at, line) = first_of(start)
        header, places, self.after = record_at(start, at, self.delimiter)
        #: The line on which the first row begins, below a header that may have several.
        self.line = line + start.text.count("\n", at, self.after)
        names = [name.strip() for name in header]
        if max(map(len, names)) > LONGEST:
            raise SheetError([Diagnostic("K637", (), {"limit": LONGEST}, Place(self.source, line, 1))])
        #: Where the name of each column stands.
        self.places: dict[str, Place] = {}
        self.columns = self._named(names, start, places)
        self.names = [column.name for column in self.columns]
        self.rows = Rows(job.evaluator, self.columns, locale=job.locale, on=job.on)
        self.numbers = {column.name: _Numbers(job.locale) for column in self.columns if is_number(column)}
        self.size = max(1, path.stat().st_size)

    def _named(self, names: Sequence[str], start: SourceText, places: Sequence[int]) -> tuple[Column, ...]:
        """The columns; one that stands twice is refused (K534), one without a name gets one that nobody sees."""
        found: list[Column] = []
        seen: dict[tuple[str, str, str], Place] = {}
        faults = []
        for number, (column, at) in enumerate(
            zip(meant(names, self.job.evaluator.plan), places, strict=True)
        ):
            place = Place(start, start.text.count("\n", 0, at) + 1, at - start.text.rfind("\n", 0, at))
            key = (column.role, column.key, column.part)
            if column.role == "nothing":
                found.append(Column(f"{OWN}nothing:{number}", "nothing", ""))
                continue
            if key in seen:
                values = {"column": column.name, "first": str(seen[key])}
                faults.append(Diagnostic("K534", (column.name,), values, place))
            seen.setdefault(key, place)
            self.places[names[number]] = place
            # A column keeps the name that it has in the file, where a word has two.
            found.append(Column(names[number], column.role, column.key, column.part, column.kind))
        refuse(faults)
        return tuple(found)

    @property
    def schema(self) -> dict[str, Any]:
        """The columns of the frames and their types."""
        types = {column.name: _type(column) for column in self.columns if column.role != "nothing"}
        return {**types, CELLS: pl.String}

    def frames(self) -> Iterator[pl.DataFrame]:
        """The rows, as many at a time as a block holds; raises `SheetError` for the first block with a wrong row."""
        with self.path.open("rb") as file:
            blocks = _Blocks(file, self)
            while (frame := blocks.next()) is not None:
                if len(frame):
                    yield self._typed(frame)

    def first_day(self) -> Any:
        """The first day in the column `date`."""
        dates = [column.name for column in self.columns if column.role == "about" and column.key == "date"]
        with self.path.open("rb") as file:
            blocks = _Blocks(file, self)
            while dates and (frame := blocks.next()) is not None:
                for text in frame[dates[0]].drop_nulls().head(1):
                    return day_in(text)
        return None

    # --- texts and types

    def _typed(self, frame: pl.DataFrame) -> pl.DataFrame:
        made: dict[str, pl.Series] = {}
        odd = pl.repeat(value=False, n=len(frame), eager=True)
        for column in self.columns:
            name, texts = column.name, frame[column.name]
            is_odd: pl.Series | None = None
            if column.role == "nothing":
                continue
            if is_number(column):
                read = self.numbers[name]
                values = pl.Series(name, list(map(read.__getitem__, texts.to_list())), dtype=pl.Float64)
                is_odd = values.is_nan().fill_null(value=False)
                made[name] = values.fill_nan(None)
            elif is_truth(column):
                words = texts.str.to_lowercase()
                is_odd = (words.is_not_null() & ~words.is_in(["true", "false"])).fill_null(value=False)
                made[name] = pl.select(pl.when(~is_odd).then(words == "true")).to_series().alias(name)
            else:
                made[name] = texts
                if name in self.rows.deciding:
                    decides = [
                        text for text in texts.unique().drop_nulls() if self.rows.decides(column, text)
                    ]
                    is_odd = texts.is_in(decides).fill_null(value=False)
            odd = odd if is_odd is None else odd | is_odd
        kept: list[str | None] = [None] * len(frame)
        places = odd.arg_true().to_list()
        for place, row in zip(places, frame.filter(odd).select(self.names).rows(), strict=True):
            kept[place] = json.dumps(row, ensure_ascii=False)
        made[CELLS] = pl.Series(CELLS, kept, dtype=pl.String)
        return pl.DataFrame(made)


def _type(column: Column) -> Any:
    return pl.Float64 if is_number(column) else pl.Boolean if is_truth(column) else pl.String


# --- blocks of lines


def _blocks(file: Any, source: SourceText) -> Iterator[tuple[str, int]]:
    """The text in whole lines, a few megabytes at a time, with one sort of line end; and the bytes of each."""
    rest = b""
    line = 1
    while True:
        read = file.read(BLOCK)
        raw = rest + read
        if not raw:
            return
        cut = len(raw)
        if read:
            # A line end of two characters may be torn by the end of what was read.
            cut = max(raw.rfind(b"\n"), raw.rfind(b"\r", 0, -1)) + 1
            if not cut and len(raw) > 2 * BLOCK:
                raise SheetError([Diagnostic("K637", (), {"limit": 2 * BLOCK}, Place(source, line, 1))])
        block, rest = raw[:cut], raw[cut:]
        if block:
            text = _decoded(block, source, line)
            line += text.count("\n")
            yield text, len(block)
        if not read:
            return


def _decoded(block: bytes, source: SourceText, line: int) -> str:
    """Bytes as text; K003 and K004 with the line on which they are not."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = block.decode("utf-8")
    except UnicodeDecodeError as error:
        line += block.count(b"\n", 0, error.start)
        raise SheetError([Diagnostic("K003", (), {"line": line}, Place(source, line, 1))]) from None
    # A block of plain letters is looked through at the speed of memory, any other one at that of a pattern.
    if not block.isascii() or len(block.translate(None, _CONTROLS)) < len(block):
        start = 1 if line == 1 and text.startswith("\ufeff") else 0
        found = FORBIDDEN.search(text, start)
        if found is not None:
            at = found.start()
            place = Place(source, line + text.count("\n", 0, at), at - text.rfind("\n", 0, at))
            raise SheetError([Diagnostic("K004", (), {"character": f"U+{ord(found.group()):04X}"}, place)])
    return text


class _Blocks:
    """The rows of one file, block by block: by the reader of Polars where no quote is, else by that of Python."""

    def __init__(self, file: Any, texts: Texts) -> None:
        self.texts = texts
        self.source = _blocks(file, texts.source)
        self.line = texts.line
        self.is_first = True
        self.lines: deque[str] = deque()

    def next(self) -> pl.DataFrame | None:
        """The rows of the next block as texts without blanks at their ends, None where a cell is empty."""
        text = self._text()
        if text is None:
            return None
        width = len(self.texts.columns)
        frame = self._fast(text, width) if width > 1 and '"' not in text else None
        if frame is None:
            frame = self._slow(text, width)
        else:
            self.line += text.count("\n")
        frame = frame.with_columns(pl.all().str.strip_chars()).with_columns(
            pl.when(pl.all() != "").then(pl.all())
        )
        return frame.filter(pl.any_horizontal(pl.all().is_not_null()))

    def _text(self) -> str | None:
        found = next(self.source, None)
        if found is None:
            return None
        text, size = found
        self.texts.job.watch.went_on(part=size / self.texts.size / len(self.texts.job.inputs))
        if self.is_first:
            self.is_first = False
            text = text.removeprefix("\ufeff")[self.texts.after :]
        return text

    def _fast(self, text: str, width: int) -> pl.DataFrame | None:
        """The rows by the reader of Polars; None where not every line has as many cells as the header."""
        lines = text.count("\n") + (not text.endswith("\n"))
        if text.count(self.texts.delimiter) != lines * (width - 1):
            return None
        try:
            frame = pl.read_csv(
                io.BytesIO(text.encode()),
                has_header=False,
                separator=self.texts.delimiter,
                quote_char=None,
                schema=dict.fromkeys(self.texts.names, pl.String),
            )
        except pl.exceptions.PolarsError:
            # A line that is too long and one that is too short make up for each other.
            return None
        # A number of bytes that is too large may be few enough characters: who counts these is asked then.
        longest = frame.select(pl.max_horizontal(pl.all().str.len_bytes().max())).item() or 0
        is_plain = len(frame) == lines and longest <= LONGEST and not self._wrong(frame)
        return frame if is_plain else None

    def _wrong(self, frame: pl.DataFrame) -> bool:
        """Whether a cell is something that no result can tell of."""
        for column in self.texts.columns:
            if column.role == "nothing" and (frame[column.name].str.strip_chars().fill_null("") != "").any():
                return True
            if column.role == "about" and column.key == "date":
                texts = frame[column.name].unique().drop_nulls().str.strip_chars()
                if any(text and day_in(text) is None for text in texts):
                    return True
        return False

    def _slow(self, text: str, width: int) -> pl.DataFrame:
        """The rows by the reader of Python, which knows where each begins; a quoted cell may end in the next block."""
        self.lines.extend(text.splitlines(keepends=True))
        reader = csv.reader(self._pulled(), delimiter=self.texts.delimiter, strict=True)
        first, rows, faults = self.line, [], []
        while self.lines:
            began = first + reader.line_num
            place = Place(self.texts.source, began, 1)
            try:
                row = next(reader)
            except csv.Error as error:
                raise SheetError([_torn(str(error), place)]) from None
            if not any(map(str.strip, row)):
                continue
            if len(row) != width:
                values = {"found": len(row), "expected": width}
                faults.append(Diagnostic("K532", (), values, place))
            else:
                faults += self._form(row, place)
                rows.append(row)
            if len(faults) > TOLD:
                break
        refuse(faults)
        self.line = first + reader.line_num
        return pl.DataFrame(rows, schema=dict.fromkeys(self.texts.names, pl.String), orient="row")

    def _form(self, row: Sequence[str], place: Place) -> Iterator[Diagnostic]:
        for column, cell in zip(self.texts.columns, row, strict=True):
            text = cell.strip()
            if column.role == "nothing" and text:
                yield Diagnostic("K540", (), {"text": excerpt(text)}, place)
            elif column.role == "about" and column.key == "date" and text and day_in(text) is None:
                yield Diagnostic("K114", ("date",), {"text": excerpt(text)}, place)

    def _pulled(self) -> Iterator[str]:
        """Lines as the reader asks for them: only in the middle of a row does it come to those of another block."""
        while True:
            while self.lines:
                yield self.lines.popleft()
            text = self._text()
            if text is None:
                return
            self.lines.extend(text.splitlines(keepends=True))


def _torn(problem: str, place: Place) -> Diagnostic:
    """What Python's reader says of quotes, in our words."""
    if "field limit" in problem:
        return Diagnostic("K637", (), {"limit": LONGEST}, place)
    if "expected after" in problem:
        return Diagnostic("K029", (), {"text": '"…"'}, place)
    return Diagnostic("K014", (), {}, place)
