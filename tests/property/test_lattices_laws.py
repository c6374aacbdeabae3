"""Laws of finite sets of numbers: they are the sets that Python's own sets are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kinerja.lattices import Lattice

NUMBERS = st.fractions(min_value=-9, max_value=9, max_denominator=12)
SETS = st.frozensets(NUMBERS, max_size=8)


@given(SETS)
def test_members_are_the_numbers_in_order(members: frozenset[Fraction]) -> None:
    """A set holds exactly its numbers, each once and the smallest first."""
    lattice = Lattice.of(members)
    assert sorted(members) == list(lattice)
    assert (len(members), bool(members)) == (len(lattice), bool(lattice))
    assert all(number in lattice for number in members)


@given(SETS, NUMBERS)
def test_a_number_is_a_member_or_not(members: frozenset[Fraction], number: Fraction) -> None:
    """Whether a number is in it is the same as for the set."""
    assert (number in members) == (number in Lattice.of(members))


@given(SETS, SETS)
def test_sums_and_unions(one: frozenset[Fraction], other: frozenset[Fraction]) -> None:
    """Sums are those of every pair; a union holds what either does."""
    a, b = Lattice.of(one), Lattice.of(other)
    assert Lattice.of(x + y for x in one for y in other) == a + b
    assert Lattice.of(one | other) == (a | b)


@given(SETS, NUMBERS, NUMBERS)
def test_linear(members: frozenset[Fraction], slope: Fraction, offset: Fraction) -> None:
    """A change of scale is that of every member, also where it turns them round or makes them one."""
    assert Lattice.of(slope * x + offset for x in members) == Lattice.of(members).linear(slope, offset)


@given(SETS)
def test_mapped(members: frozenset[Fraction]) -> None:
    """What comes of each member; what nothing comes of is left out."""
    expected = Lattice.of(x // 1 for x in members if x >= 0)
    assert expected == Lattice.of(members).mapped(lambda x: Fraction(x // 1) if x >= 0 else None)


@given(NUMBERS, st.integers(0, 20), st.fractions(min_value=Fraction(1, 9), max_value=3))
def test_steps(low: Fraction, count: int, step: Fraction) -> None:
    """A range by steps is the set of its numbers."""
    assert Lattice.of(low + n * step for n in range(count + 1)) == Lattice.steps(
        low, low + count * step, step
    )
