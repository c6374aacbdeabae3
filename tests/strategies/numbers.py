"""Numbers, intervals and roundings, with a hand-picked pool of awkward ones."""

from __future__ import annotations

import decimal
from fractions import Fraction

from hypothesis import strategies as st

from kinerja.intervals import Interval, IntervalSet
from kinerja.numbers import MODES, Mode, Rounding

#: Ties, bounds of real bands, values that do not end, values just beside a bound, very large and very small ones.
AWKWARD = tuple(
    Fraction(text)
    for text in (
        *(
            "0",
            "1",
            "-1",
            "2",
            "3",
            "5",
            "10",
            "0.5",
            "-0.5",
            "1.5",
            "2.5",
            "-2.5",
            "0.005",
            "0.015",
            "-0.025",
        ),
        *(
            "29.99",
            "30",
            "40",
            "40.01",
            "97",
            "97.5",
            "98",
            "99.999",
            "100",
            "250000",
            "1250000",
            "-1234567.891",
        ),
        *(
            "1/3",
            "2/3",
            "-1/3",
            "725/9",
            "1/7",
            "100/7",
            "1000000007/998244353",
            "0.1",
            "0.01",
            "33.3",
            "66.6",
        ),
        *(f"1e{n}" for n in (-31, -30, -29, 15, 16, 30)),
    )
)

#: Steps of a domain: whole numbers, hundredths, halves, fives, thirds.
STEPS = tuple(Fraction(text) for text in ("1", "0.01", "0.5", "5", "1/3", "2.5", "10"))


def fractions(
    *, min_value: int = -1000, max_value: int = 1000, max_denominator: int = 100
) -> st.SearchStrategy[Fraction]:
    """Awkward numbers and any others between the bounds."""
    pool = [number for number in AWKWARD if min_value <= number <= max_value]
    anywhere = st.fractions(min_value, max_value, max_denominator=max_denominator)
    return st.sampled_from(pool) | anywhere


def wide_fractions() -> st.SearchStrategy[Fraction]:
    """Numbers of up to a hundred digits above and below the line."""
    return st.builds(Fraction, st.integers(-(10**100), 10**100), st.integers(1, 10**100)) | st.sampled_from(
        AWKWARD
    )


def decimals(*, places: int = 12) -> st.SearchStrategy[Fraction]:
    """Numbers whose decimals end after at most `places`."""
    return st.builds(lambda n, k: Fraction(n, 10**k), st.integers(-(10**12), 10**12), st.integers(0, places))


def modes() -> st.SearchStrategy[Mode]:
    """Every way to round."""
    return st.sampled_from(MODES)


def roundings() -> st.SearchStrategy[Rounding]:
    """Any declared rounding, also to steps that are no power of ten."""
    steps = st.sampled_from(STEPS) | st.fractions(Fraction(1, 1000), 1000, max_denominator=1000)
    return st.builds(lambda to, mode: Rounding(to, mode=mode), steps, modes())


def ambient_contexts() -> st.SearchStrategy[decimal.Context]:
    """Decimal contexts that a caller may have set, hostile ones among them."""
    rounding = st.sampled_from(
        [decimal.ROUND_UP, decimal.ROUND_DOWN, decimal.ROUND_FLOOR, decimal.ROUND_CEILING, decimal.ROUND_05UP]
    )
    traps = st.sampled_from(
        [[], [decimal.Inexact], [decimal.Rounded, decimal.FloatOperation], [decimal.Subnormal]]
    )
    return st.builds(
        lambda precision, how, trapped, limit: decimal.Context(
            prec=precision, rounding=how, traps=trapped, Emax=limit, Emin=-limit
        ),
        st.integers(1, 9),
        rounding,
        traps,
        st.integers(0, 20),
    )


def intervals() -> st.SearchStrategy[Interval]:
    """Any interval: bounded or not, open or closed, also empty ones and single points."""
    ends = st.none() | fractions(min_value=-10, max_value=10, max_denominator=6)
    return st.builds(
        lambda low, high, left, right: Interval(low, high, low_closed=left, high_closed=right),
        ends,
        ends,
        st.booleans(),
        st.booleans(),
    )


def interval_sets(*, step: Fraction | None = None) -> st.SearchStrategy[IntervalSet]:
    """Unions of a few intervals, on the real line or on a step."""
    return st.lists(intervals(), max_size=5).map(lambda pieces: IntervalSet.of(*pieces, step=step))
