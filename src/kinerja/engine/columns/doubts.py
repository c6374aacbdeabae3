"""Rows that columns cannot decide, noted on the way."""

from __future__ import annotations

from kinerja.engine.columns.terms import Truth, any_of
from kinerja.errors import Fault

__all__ = ["Doubts"]


class Doubts:
    """Whether single rows can be left to the interpreter, and which are: all that they come to is then its."""

    def __init__(self, *, settles: bool = True) -> None:
        self.settles = settles
        self._noted: list[Truth] = []

    def doubt(self, truth: Truth) -> None:
        """Note rows that columns cannot decide."""
        self._noted.append(truth)

    def needed(self, code: str, truth: Truth) -> None:
        """The same, or a `Fault` of this code where a row would have to be left to the interpreter and cannot be."""
        if truth is not False and not self.settles:
            raise Fault(code)
        self.doubt(truth)

    @property
    def any(self) -> Truth:
        """Where a row was noted."""
        return any_of(self._noted)
