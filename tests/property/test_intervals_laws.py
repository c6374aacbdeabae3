"""The algebra of interval sets: laws of sets, and agreement with portion and with counting."""

from __future__ import annotations

from fractions import Fraction

import portion
from hypothesis import given
from hypothesis import strategies as st

from kinerja.feel import condition
from kinerja.intervals import EVERYTHING, NOTHING, Interval, IntervalSet
from tests.strategies.numbers import STEPS, fractions, interval_sets, intervals

numbers = fractions(min_value=-12, max_value=12, max_denominator=6)
steps = st.none() | st.sampled_from(STEPS)
pairs = steps.flatmap(lambda step: st.tuples(interval_sets(step=step), interval_sets(step=step)))
triples = steps.flatmap(lambda step: st.tuples(*[interval_sets(step=step)] * 3))
sets = steps.flatmap(lambda step: interval_sets(step=step))


def as_portion(pieces: list[Interval]) -> portion.Interval:
    """The same union in the other library."""
    result = portion.empty()
    for piece in pieces:
        result |= portion.Interval.from_atomic(
            portion.CLOSED if piece.low_closed else portion.OPEN,
            -portion.inf if piece.low is None else piece.low,
            portion.inf if piece.high is None else piece.high,
            portion.CLOSED if piece.high_closed else portion.OPEN,
        )
    return result


def pieces_of(other: portion.Interval) -> list[Interval]:
    """The pieces of the other library's set."""
    return [
        Interval(
            None if atom.lower == -portion.inf else atom.lower,
            None if atom.upper == portion.inf else atom.upper,
            low_closed=atom.left == portion.CLOSED,
            high_closed=atom.right == portion.CLOSED,
        )
        for atom in other
        if not atom.empty
    ]


@given(st.lists(intervals(), max_size=5), st.lists(intervals(), max_size=5))
def test_agrees_with_portion(left: list[Interval], right: list[Interval]) -> None:
    """Union, intersection, difference and complement have the same pieces as in an independent library."""
    ours, ours_too = IntervalSet.of(*left), IntervalSet.of(*right)
    theirs, theirs_too = as_portion(left), as_portion(right)

    assert pieces_of(theirs) == list(ours)
    assert pieces_of(theirs | theirs_too) == list(ours | ours_too)
    assert pieces_of(theirs & theirs_too) == list(ours & ours_too)
    assert pieces_of(theirs - theirs_too) == list(ours - ours_too)
    assert pieces_of(~theirs) == list(~ours)
    assert (theirs_too in theirs) == ours.covers(ours_too)


@given(st.lists(intervals(), max_size=5), st.sampled_from(STEPS), st.integers(-40, 40))
def test_a_stepped_set_holds_the_multiples(pieces: list[Interval], step: Fraction, index: int) -> None:
    """A set moved to a step holds exactly those of its members that are multiples."""
    dense = IntervalSet.of(*pieces)

    assert (index * step in dense) == (index * step in dense.on_step(step))
    assert (index * step + step / 2) not in dense.on_step(step)


@given(st.lists(intervals(), max_size=5), st.sampled_from([s for s in STEPS if s >= Fraction(1, 3)]))
def test_stepped_pieces_against_counting(pieces: list[Interval], step: Fraction) -> None:
    """The pieces of a stepped set are the runs of members found by trying every multiple in a window."""
    window = range(-60, 61)
    dense = IntervalSet.of(*pieces)
    members = [k for k in window if k * step in dense]
    runs = [k for k in members if k - 1 not in members]
    inside = IntervalSet.of(Interval(window[0] * step, window[-1] * step), step=step) & dense.on_step(step)

    assert [run * step for run in runs] == [piece.low for piece in inside]
    assert [k * step for k in members] == list(inside.points())
    assert len(members) == inside.count


@given(triples)
def test_laws_of_sets(sets: tuple[IntervalSet, IntervalSet, IntervalSet]) -> None:
    """Union and intersection commute, associate, distribute and absorb; complements follow De Morgan."""
    a, b, c = sets

    assert a | b == b | a
    assert a & b == b & a
    assert (a | b) | c == a | (b | c)
    assert (a & b) & c == a & (b & c)
    assert a & (b | c) == (a & b) | (a & c)
    assert a | (b & c) == (a | b) & (a | c)
    assert a | (a & b) == a == a & (a | b)
    assert ~(a | b) == ~a & ~b
    assert ~~a == a
    assert a - b == a & ~b
    assert a | ~a == EVERYTHING.on_step(a.step)
    assert a & ~a == NOTHING.on_step(a.step)


@given(pairs, numbers)
def test_membership_follows_the_operations(pair: tuple[IntervalSet, IntervalSet], number: Fraction) -> None:
    """A number is in a combination of sets exactly when it is in the sets accordingly."""
    a, b = pair
    on_step = a.step is None or number % a.step == 0

    assert (number in a | b) == (number in a or number in b)
    assert (number in a & b) == (number in a and number in b)
    assert (number in a - b) == (number in a and number not in b)
    assert (number in ~a) == (on_step and number not in a)


@given(pairs)
def test_covering_is_being_a_superset(pair: tuple[IntervalSet, IntervalSet]) -> None:
    """A set covers another exactly when their union adds nothing."""
    a, b = pair

    assert a.covers(b) == (a | b == a)
    assert (a | b).covers(a)
    assert a.covers(NOTHING.on_step(a.step))


@given(sets)
def test_canonical(numbers: IntervalSet) -> None:
    """Pieces are sorted, disjoint, not empty and not touching; rebuilt from them the set is equal, hash and all."""
    rebuilt = IntervalSet.of(*reversed(list(numbers)), step=numbers.step)

    assert numbers == rebuilt
    assert hash(numbers) == hash(rebuilt)
    assert list(numbers.cuts()) == sorted(set(numbers.cuts()))
    assert numbers.is_empty == (list(numbers) == [])


@given(sets)
def test_an_example_is_a_member(numbers: IntervalSet) -> None:
    """Every set that is not empty gives a member as its example."""
    example = numbers.example()

    assert numbers.is_empty if example is None else example in numbers


@given(interval_sets())
def test_prints_as_a_condition(numbers: IntervalSet) -> None:
    """The text of a set is a condition that holds the same numbers."""
    assert numbers == condition(str(numbers)).numbers()
