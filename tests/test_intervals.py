"""Sets of numbers: their pieces, their spelling, their edges."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from kinerja.intervals import EVERYTHING, NOTHING, Interval, IntervalSet

ONE = Fraction(1)


def between(low: str | None, high: str | None, ends: str = "[]") -> Interval:
    """An interval from its ends as text."""
    return Interval(
        None if low is None else Fraction(low),
        None if high is None else Fraction(high),
        low_closed=ends[0] == "[",
        high_closed=ends[1] == "]",
    )


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (between("30", "40"), "[30..40]"),
        (between("30", "40", "()"), "(30..40)"),
        (between("30", "40", "[)"), "[30..40)"),
        (between("2/3", "40", "(]"), "(2/3..40]"),
        (between("40", None, "()"), "> 40"),
        (between("40", None), ">= 40"),
        (between(None, "0.5", "()"), "< 0.5"),
        (between(None, "0.5"), "<= 0.5"),
        (between(None, None), "-"),
        (between("5", "5"), "5"),
    ],
)
def test_an_interval_prints_as_a_test(interval: Interval, text: str) -> None:
    """An interval is spelt as in a decision table."""
    assert text == str(interval)


def test_an_unbounded_end_is_never_closed() -> None:
    """Intervals that hold the same numbers are equal, whatever was said about an end that is not there."""
    assert Interval(None, ONE, low_closed=True) == Interval(None, ONE, low_closed=False)
    assert Interval() == Interval(low_closed=False, high_closed=False)


@pytest.mark.parametrize(
    ("pieces", "step", "text"),
    [
        ([], None, "not(-)"),
        ([between("40", "30")], None, "not(-)"),
        ([between("3", "3", "(]")], None, "not(-)"),
        ([between("3", "3", "[)")], None, "not(-)"),
        ([between("5", "6"), between("1", "2")], None, "[1..2], [5..6]"),
        ([between("1", "2", "[)"), between("2", "3")], None, "[1..3]"),
        ([between("1", "2", "[)"), between("2", "3", "(]")], None, "[1..2), (2..3]"),
        ([between("1", "2", "[)"), 2, between("2", "3", "(]")], None, "[1..3]"),
        ([between("1", "9"), between("2", "3")], None, "[1..9]"),
        ([between(None, "3"), between("2", None)], None, "-"),
        ([5, Fraction(1, 2)], None, "0.5, 5"),
        ([between("0.5", "3.5")], ONE, "[1..3]"),
        ([between("1", "3", "()")], ONE, "2"),
        ([between("1.2", "1.8")], ONE, "not(-)"),
        ([1, 2, between("3", "4")], ONE, "[1..4]"),
        ([1, 3], ONE, "1, 3"),
        ([between(None, "2.5"), between("3", None)], ONE, "-"),
        ([between("2.5", None)], ONE, ">= 3"),
        ([between(None, "2", "()")], ONE, "<= 1"),
        ([between("29.995", "30", "()")], Fraction(1, 100), "not(-)"),
    ],
)
def test_canonical_pieces(pieces: list[Interval | Fraction | int], step: Fraction | None, text: str) -> None:
    """Pieces are sorted and joined where they touch; on a step they end at multiples and join across a single step."""
    assert text == str(IntervalSet.of(*pieces, step=step))


def test_constants() -> None:
    """Everything and nothing are each other's complement."""
    assert EVERYTHING == ~NOTHING
    assert NOTHING == ~EVERYTHING
    assert NOTHING.is_empty
    assert not EVERYTHING.is_empty
    assert Fraction(10) ** 100 in EVERYTHING


@pytest.mark.parametrize(
    ("number", "held"), [(29, False), (30, True), (Fraction("35.5"), True), (40, False), (41, False)]
)
def test_membership(number: Fraction | int, held: bool) -> None:
    """A closed end belongs to the set, an open end does not."""
    assert held == (number in IntervalSet.of(between("30", "40", "[)")))


def test_a_value_off_the_step_is_no_member() -> None:
    """On whole numbers a half is not in the domain, even between two members."""
    whole = IntervalSet.of(between("1", "3"), step=ONE)

    assert 2 in whole
    assert Fraction(3, 2) not in whole
    assert Fraction(3, 2) not in ~whole


@pytest.mark.parametrize(
    ("numbers", "count"),
    [
        (NOTHING, 0),
        (IntervalSet.of(1, 5), 2),
        (IntervalSet.of(between("1", "2")), None),
        (EVERYTHING, None),
        (IntervalSet.of(between("1", None), step=ONE), None),
        (IntervalSet.of(between(None, "1"), step=ONE), None),
        (IntervalSet.of(between("0", "1"), 7, step=Fraction(1, 100)), 102),
        (IntervalSet.of(between("0", "1000000000000"), step=ONE), 10**12 + 1),
    ],
)
def test_count(numbers: IntervalSet, count: int | None) -> None:
    """A set knows how many members it has without walking through them."""
    assert count == numbers.count


def test_points() -> None:
    """The members of a finite set come one at a time, in order."""
    assert [0, 5, 10, 20] == list(IntervalSet.of(20, between("0", "10"), step=Fraction(5)).points())
    assert [Fraction(1, 2), 3] == list(IntervalSet.of(3, Fraction(1, 2)).points())


def test_an_infinite_set_has_no_list_of_points() -> None:
    """Asking for the members of an infinite set raises at once."""
    with pytest.raises(ValueError, match="infinitely many"):
        IntervalSet.of(between("1", "2")).points()


@pytest.mark.parametrize(
    ("numbers", "example"),
    [
        (NOTHING, None),
        (EVERYTHING, "0"),
        (EVERYTHING.on_step(ONE), "0"),
        (IntervalSet.of(between("97", "98", "()")), "97.1"),
        (IntervalSet.of(between("97", "98", "[)")), "97"),
        (IntervalSet.of(between("40", None, "()")), "41"),
        (IntervalSet.of(between(None, "40", "()")), "39"),
        (IntervalSet.of(between(None, "40")), "40"),
        (IntervalSet.of(between("29.99", "30", "()")), "29.991"),
        (IntervalSet.of(Fraction(2, 3), Fraction("0.5"), 7), "7"),
        (IntervalSet.of(Fraction(2, 3), Fraction("0.25")), "0.25"),
        (IntervalSet.of(Fraction(2, 3)), "2/3"),
        (IntervalSet.of(between("0.5", None), step=Fraction(1, 3)), "2/3"),
        (IntervalSet.of(between(None, "0.5"), step=Fraction(1, 3)), "1/3"),
    ],
)
def test_example(numbers: IntervalSet, example: str | None) -> None:
    """A set names a simple member: a whole number, else a short decimal, else what there is."""
    assert (None if example is None else Fraction(example)) == numbers.example()


def test_cuts() -> None:
    """The cuts are the ends of the pieces, each once."""
    assert [1, 2, 3] == list(IntervalSet.of(between("1", "2", "[)"), between("2", "3", "(]")).cuts())
    assert [1, 5] == list(IntervalSet.of(between(None, "1"), 5).cuts())
    assert () == EVERYTHING.cuts()


def test_sets_of_different_steps_do_not_mix() -> None:
    """Combining, comparing coverage or moving across steps is the caller's mistake."""
    dense, whole = IntervalSet.of(1), IntervalSet.of(1, step=ONE)
    for mixed in (
        lambda: dense | whole,
        lambda: dense & whole,
        lambda: dense - whole,
        lambda: dense.covers(whole),
    ):
        with pytest.raises(ValueError, match="different steps"):
            mixed()
    for step in (None, Fraction(1, 2)):
        with pytest.raises(ValueError, match="cannot be moved"):
            whole.on_step(step)
    assert whole == whole.on_step(ONE)
    assert dense == dense.on_step(None)
    assert dense != whole


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_is_above_zero(step: int) -> None:
    """There are no multiples of nothing."""
    with pytest.raises(ValueError, match="above 0"):
        EVERYTHING.on_step(Fraction(step))


def test_repr_and_pickle() -> None:
    """A set shows itself in the notation of the domain and survives pickling."""
    numbers = IntervalSet.of(between("1", "3"), step=ONE)

    assert "<IntervalSet [1..3] on step 1>" == repr(numbers)
    assert "<IntervalSet ->" == repr(EVERYTHING)
    assert numbers == pickle.loads(pickle.dumps(numbers))


def test_sets_that_are_counted_are_not_added() -> None:
    """Sums and changes of scale are those of dense sets; of others they would not stay on the step."""
    counted = IntervalSet.of(1, 2, step=Fraction(1))
    for make in (lambda: counted + counted, lambda: IntervalSet.of(1) + counted):
        with pytest.raises(ValueError, match="only dense sets are added"):
            make()
    with pytest.raises(ValueError, match="change their scale"):
        counted.linear(Fraction(2))
