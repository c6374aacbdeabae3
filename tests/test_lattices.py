"""Finite sets of numbers, where they are empty and how they are shown; their laws are among the property tests."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kinerja.lattices import CELLS, Lattice, TooLargeError


def test_sums_with_nothing() -> None:
    """There is no sum of a number and nothing."""
    some = Lattice.of([Fraction(1), Fraction(5, 2)])
    assert [] == list(some + Lattice())
    assert [] == list(Lattice() + some)


def test_how_a_set_is_shown() -> None:
    """A set of a million numbers is shown by how many there are."""
    assert "<Lattice of 2>" == repr(Lattice.of([Fraction(1), Fraction(5, 2)]))


def test_what_is_too_large_is_refused() -> None:
    """A set that would not fit in memory is never begun."""
    wide = Lattice.of([0, 1, CELLS])
    for make in (
        lambda: Lattice.of([0, 1, CELLS + 1]),
        lambda: Lattice.steps(Fraction(0), Fraction(CELLS), Fraction(1)),
        lambda: wide + wide,
        lambda: wide + Lattice.of([0, Fraction(1, 2)]),
        lambda: Lattice.steps(Fraction(0), Fraction(2 * 10**6), Fraction(1)).mapped(lambda x: x),
    ):
        with pytest.raises(TooLargeError):
            make()
