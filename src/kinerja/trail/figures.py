"""A number that knows how people are shown it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Self

from kinerja import numbers

__all__ = ["Figure"]


class Figure(Fraction):
    """
    A number that knows how people are shown it; everything else about it is exact.

    >>> figure = Figure(Fraction(115, 2), "57,50")
    >>> figure == Fraction("57.5"), figure.exact, figure.shown
    (True, '57.5', '57,50')
    """

    __slots__ = ("shown",)
    shown: str

    def __new__(cls, number: Fraction | int, shown: str) -> Self:
        """A number with the text that it is shown as."""
        figure = super().__new__(cls, number)
        figure.shown = shown
        return figure

    @property
    def exact(self) -> str:
        """The number itself as text: a decimal where it ends, else a fraction in lowest terms."""
        return numbers.text(self)

    def __repr__(self) -> str:
        return f"Figure({self.exact}, {self.shown!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Figure, (Fraction(self), self.shown)

    # Fraction makes what it compares with, and copies, through its own class, which takes other arguments.

    @classmethod
    def from_float(cls, number: Any) -> Fraction:  # type: ignore[override]
        """The exact value of a float, as `Fraction` gives it."""
        return Fraction(number)

    @classmethod
    def from_decimal(cls, number: Any) -> Fraction:  # type: ignore[override]
        """The exact value of a Decimal, as `Fraction` gives it."""
        return Fraction(number)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self
