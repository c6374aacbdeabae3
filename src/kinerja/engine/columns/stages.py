"""Terms made columns: what is asked for more than once has its own, in the first stage that it can be made in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Generic, Protocol, TypeVar

from kinerja.engine.columns.terms import Term

__all__ = ["Layout", "Writer"]

E = TypeVar("E")

#: The widths of whole numbers.
WIDTHS = (8, 16, 32, 64)
#: An expression higher than this is taken apart: the engines' own recursion does not bear any height.
HIGHEST = 24
#: The operations of an expression that is made again and has no column, at most.
_LIGHT = 2
_COMPARED = frozenset({"<", "<=", ">", ">="})
#: What costs nothing to make again.
_FREE = frozenset({"column", "constant"})


class Writer(Protocol[E]):
    """How the expressions of an engine are written."""

    def column(self, name: str) -> E:
        """A column by its name."""
        ...

    def constant(self, value: Any, kind: str, bits: int) -> E:
        """The same in every row."""
        ...

    def cast(self, value: E, kind: str, bits: int) -> E:
        """Another type, of so many bits where it is whole."""
        ...

    def in_units(self, value: E, scale: int) -> E:
        """A decimal with so many places as a whole number of the last one."""
        ...

    def made(self, operation: str, parts: list[E]) -> E:
        """What an operation makes of its parts."""
        ...


class Cell:
    """A term as one of those that are to be made; equal terms are one."""

    __slots__ = ("bits", "height", "kind", "level", "name", "operation", "parts", "uses", "value")

    def __init__(self, term: Term, parts: tuple[Cell, ...]) -> None:
        self.operation = term.operation
        self.kind = term.kind
        self.value = term.value
        self.parts = parts
        self.uses = 0
        self.height = 0
        #: The stage after which all that it is made from is there.
        self.level = 0
        #: Its column, where it has one.
        self.name: str | None = term.value if term.operation == "column" else None
        self.bits = 0
        if self.kind == "whole":
            least = next(
                bits for bits in WIDTHS if -(2 ** (bits - 1)) <= term.low <= term.high < 2 ** (bits - 1)
            )
            wide = term.operation in ("as", "column", "constant", "units")
            self.bits = term.value if term.operation == "as" and term.value else least
            if not wide:
                self.bits = max(self.bits, *(part.bits for part in parts))


def _is_light(cell: Cell) -> bool:
    """Whether a column of its own costs more than making it again: one look at one column."""
    return cell.height <= _LIGHT and (
        cell.operation in ("not", "is null")
        or (cell.operation in _COMPARED and cell.parts[1].operation == "constant")
    )


class Layout(Generic[E]):
    """
    The columns that terms are made by, stage after stage, and what comes out.

    `stages` are the columns of each stage; `outputs` what is made of them and of the frame's own; `dead` the columns
    made on the way that nobody asks for after a stage, `rest` those that what comes out is made of.
    """

    def __init__(self, terms: Mapping[str, Term], prefix: str, writer: Writer[E]) -> None:
        self.writer = writer
        self.prefix = prefix
        self.cells: dict[tuple[Any, ...], Cell] = {}
        self.of_term: dict[Term, Cell] = {}
        self.made: list[Cell] = []
        self.expressions: dict[Cell, E] = {}
        found = {name: self.cell(term) for name, term in terms.items()}
        for cell in found.values():
            cell.uses += 1
        for cell in self.cells.values():
            for part in cell.parts:
                part.uses += 1
        self.placed()
        last: dict[str, int] = {}
        self.stages: list[list[tuple[str, E]]] = []
        for cell in self.made:
            while len(self.stages) <= cell.level:
                self.stages.append([])
            assert cell.name is not None
            self.stages[cell.level].append((cell.name, self.inner(cell)))
            for name in self.read(cell):
                last[name] = max(last.get(name, 0), cell.level)
        self.outputs = [(name, self.written(cell)) for name, cell in found.items()]
        for cell in found.values():
            last |= dict.fromkeys(self.read(cell) if cell.name is None else [cell.name], len(self.stages))
        mine = {cell.name for cell in self.made if cell.name is not None}
        self.dead = [
            [name for name, at in last.items() if at == stage and name in mine]
            for stage in range(len(self.stages))
        ]
        self.rest = sorted(mine - {name for each in self.dead for name in each})

    def cell(self, term: Term) -> Cell:
        """The one cell of a term and of all that are equal to it; without recursion, however long a chain is."""
        waiting = [term]
        while waiting:
            at = waiting[-1]
            if at in self.of_term:
                waiting.pop()
                continue
            open_ = [part for part in at.parts if part not in self.of_term]
            if open_:
                waiting += open_
                continue
            parts = tuple(self.of_term[part] for part in at.parts)
            key = (at.operation, at.kind, at.value, *parts)
            if key not in self.cells:
                self.cells[key] = Cell(at, parts)
            self.of_term[at] = self.cells[key]
            waiting.pop()
        return self.of_term[term]

    def placed(self) -> None:
        """Where each is made: on its own, or within what asks for it."""
        for cell in self.cells.values():
            if cell.operation in _FREE:
                continue
            for part in cell.parts:
                # What is made in a stage stands there in the next.
                is_made = part.name is not None and part.operation != "column"
                cell.level = max(cell.level, part.level + is_made)
                cell.height = max(cell.height, 1 if part.name is not None else part.height + 1)
            if (cell.uses > 1 and not _is_light(cell)) or cell.height >= HIGHEST:
                cell.name = f"{self.prefix}{len(self.made)}"
                self.made.append(cell)

    def read(self, cell: Cell) -> Iterator[str]:
        """The columns that an expression reads."""
        for part in cell.parts:
            if part.name is not None:
                yield part.name
            else:
                yield from self.read(part)

    def written(self, cell: Cell) -> E:
        """A cell where it is asked for."""
        if cell.name is not None:
            return self.writer.column(cell.name)
        if cell not in self.expressions:
            self.expressions[cell] = self.inner(cell)
        return self.expressions[cell]

    def inner(self, cell: Cell) -> E:
        """What a cell is made of."""
        if cell.operation == "constant":
            return self.writer.constant(cell.value, cell.kind, cell.bits)
        parts = [self.written(part) for part in cell.parts]
        if cell.operation == "as":
            return self.writer.cast(parts[0], cell.kind, cell.bits)
        if cell.operation == "units":
            return self.writer.in_units(parts[0], cell.value)
        bits = max(part.bits for part in cell.parts)
        if cell.kind == "whole":
            bits = max(bits, cell.bits)
        for at, part in enumerate(cell.parts):
            if part.kind == "whole" and part.bits < bits:
                parts[at] = (
                    self.writer.constant(part.value, part.kind, bits)
                    if part.operation == "constant"
                    else self.writer.cast(parts[at], part.kind, bits)
                )
        return self.writer.made(cell.operation, parts)
