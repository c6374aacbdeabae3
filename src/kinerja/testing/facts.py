"""The facts of a made sheet: a dict that prints as YAML, and knows what is wrong with it on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from kinerja.writing import flow

__all__ = ["Facts", "SheetFault", "as_sheet"]


@frozen
class SheetFault:
    """
    The one thing that is wrong with a sheet: a word for it, the name in the sheet, and the code of the problem.

    >>> SheetFault("outside-domain", "perempuan", "K303").code
    'K303'
    """

    kind: str
    name: str
    code: str


class Facts(dict[str, Any]):
    """
    The facts of one sheet: a plain dict, but for the way it prints.

    What is printed can be pasted behind `facts:` in a sheet, or in an example of a rubric.
    `fault` says what is wrong with the sheet, where something was put into it on purpose.

    >>> Facts({"lokasi": "kumuh", "perempuan": 40.5, "keuangan": {"not-applicable": "belum ada"}})
    {lokasi: kumuh, perempuan: 40.5, keuangan: {not-applicable: "belum ada"}}
    """

    __slots__ = ("fault",)

    def __init__(
        self, facts: Mapping[str, Any] | Iterable[tuple[str, Any]] = (), *, fault: SheetFault | None = None
    ) -> None:
        super().__init__(facts)
        self.fault = fault

    def __repr__(self) -> str:
        return flow(_written(self))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001, ARG002 - called by the printer
        # The method that Hypothesis, like IPython, asks before it prints anything its own way.
        printer.text("{")
        with printer.indent(4):
            for line in _lines(self):
                printer.break_()
                printer.text(f"{line},")
        if self:
            printer.break_()
        printer.text("}")
        if self.fault is not None:
            printer.text(f"  # {self.fault.kind}: {self.fault.name}, {self.fault.code}")


def as_sheet(facts: Mapping[str, Any], *, rubric: str) -> str:
    """
    Facts as the text of a sheet file for a rubric.

    >>> print(as_sheet({"lokasi": "kumuh", "perempuan": 40}, rubric="pk-bkm"))
    kinerja-sheet: 1
    rubric: pk-bkm
    facts:
      lokasi: kumuh
      perempuan: 40
    """
    lines = [f"  {line}" for line in _lines(facts)]
    return "\n".join(["kinerja-sheet: 1", f"rubric: {rubric}", "facts:" if lines else "facts: {}", *lines])


def _lines(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, value in _written(facts).items():
        yield flow({name: value})[1:-1]


def _written(value: Any) -> Any:
    """The same with every number exact: a file has no other way to write one."""
    if isinstance(value, Mapping):
        return {str(name): _written(part) for name, part in value.items()}
    if isinstance(value, Decimal | float):
        try:
            return Fraction(str(value))
        except ValueError:
            # Not a number, or infinite: its name will do.
            return str(value)
    return value
