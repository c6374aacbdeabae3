"""Laws of numbers: nothing is lost between text and value, and nothing ambient changes an answer."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from kinerja import numbers
from kinerja.errors import Fault
from kinerja.messages import LANGUAGES
from kinerja.numbers import Mode, Rounding
from tests.strategies.numbers import ambient_contexts, decimals, fractions, modes, roundings, wide_fractions

#: The same words in the decimal module.
THEIRS = {
    "half-up": decimal.ROUND_HALF_UP,
    "half-down": decimal.ROUND_HALF_DOWN,
    "half-even": decimal.ROUND_HALF_EVEN,
    "up": decimal.ROUND_UP,
    "down": decimal.ROUND_DOWN,
    "floor": decimal.ROUND_FLOOR,
    "ceiling": decimal.ROUND_CEILING,
}
languages = st.sampled_from(["en", "id"])
WIDE = decimal.Context(prec=200)


def as_decimal(value: Fraction) -> Decimal:
    """The number in the decimal module, to 200 digits."""
    return WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))


@given(wide_fractions())
def test_text_reads_back(value: Fraction) -> None:
    """The text of a number is read as the same number."""
    assert value == numbers.parse(numbers.text(value))


@given(
    st.integers(-999, 999),
    st.lists(st.integers(0, 999), max_size=3),
    st.text("0123456789", max_size=4),
    languages,
)
def test_local_text_reads_back(
    first: int, groups: list[int], tail: str, language: Literal["en", "id"]
) -> None:
    """A number with the separators of a locale is read as its digits say."""
    point, group = {"en": (".", ","), "id": (",", ".")}[language]
    groups = groups if first else []
    whole = [str(first), *(f"{g:03d}" for g in groups)]
    text = group.join(whole) + (point + tail if tail else "")

    assert Fraction("".join(whole) + ("." + tail if tail else "")) == numbers.parse_local(
        text, locale=language
    )


@given(decimals(), languages)
def test_what_is_shown_reads_back(value: Fraction, language: Literal["en", "id"]) -> None:
    """A figure without rounding says the exact number to a reader of its language."""
    assert value == numbers.parse_local(numbers.shown(value, language=language), locale=language)


@given(decimals(), st.integers(0, 6), modes(), languages)
def test_shown_agrees_with_babel(
    value: Fraction, places: int, mode: Mode, language: Literal["en", "id"]
) -> None:
    """A rounded figure has the separators and decimals that CLDR gives it."""
    rounding = Rounding(Fraction(1, 10**places), mode=mode)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    locale = {"en": "en_US", "id": "id_ID"}[language]
    expected = format_decimal(as_decimal(rounding.apply(value)), format=pattern, locale=locale)

    assert expected == numbers.shown(value, rounding=rounding, language=language)


@given(decimals(), st.integers(-2, 6), modes())
def test_rounding_agrees_with_decimal(value: Fraction, places: int, mode: Mode) -> None:
    """Rounding to a power of ten is what the decimal module does under the same word."""
    with decimal.localcontext(WIDE) as context:
        context.rounding = THEIRS[mode]
        expected = as_decimal(value).quantize(Decimal(1).scaleb(-places))

    assert Fraction(expected) == Rounding(Fraction(10) ** -places, mode=mode).apply(value)


@given(fractions(), roundings())
def test_laws_of_rounding(value: Fraction, rounding: Rounding) -> None:
    """A rounded value is a multiple, less than a step away, stays where it is, and mirrors as its word says."""
    rounded = rounding.apply(value)
    mirrored = {"floor": "ceiling", "ceiling": "floor"}
    mirror = Rounding(rounding.to, mode=mirrored.get(rounding.mode, rounding.mode))

    assert rounded % rounding.to == 0
    assert abs(rounded - value) < rounding.to
    assert rounded == rounding.apply(rounded)
    assert -rounded == mirror.apply(-value)
    if rounding.mode.startswith("half"):
        assert 2 * abs(rounded - value) <= rounding.to


@given(fractions(), fractions(), roundings())
def test_rounding_keeps_order(one: Fraction, other: Fraction, rounding: Rounding) -> None:
    """The larger of two values is never rounded below the smaller."""
    low, high = sorted((one, other))

    assert rounding.apply(low) <= rounding.apply(high)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_its_shortest_decimal(value: float) -> None:
    """A float counts as what Python prints for it."""
    assert Fraction(repr(value)) == numbers.exact(value)


@given(decimals(places=30), ambient_contexts(), languages)
def test_no_ambient_context_matters(
    value: Fraction, context: decimal.Context, language: Literal["en", "id"]
) -> None:
    """Whatever decimal context the caller has set, every answer is the same."""
    rounding = Rounding(Fraction(1, 100), mode="half-even")

    def answers() -> list[object]:
        return [
            numbers.text(value),
            numbers.parse(numbers.text(value)),
            numbers.shown(value, language=language),
            numbers.shown(value, rounding=rounding, language=language),
            numbers.money(int(value), currency="IDR", language=language),
            numbers.exact(exact_decimal),
            numbers.exact(float(value)),
        ]

    exact_decimal = as_decimal(value)
    expected = answers()
    with decimal.localcontext(context):
        assert expected == answers()


@given(st.text(max_size=30) | st.text("0123456789+-.,/eE_% ", max_size=12))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    """Every text is read as Fraction reads it, or refused in words; a spelling that is offered instead is read."""
    fault = _fault(text)
    if fault is None:
        assert Fraction(text) == numbers.parse(text)
        return
    spelling = fault.values.get("spelling", "1")

    assert numbers.parse(spelling.removesuffix("%")) is not None
    assert all(fault.render(language) for language in LANGUAGES)


def _fault(text: str) -> Fault | None:
    try:
        numbers.parse(text)
    except Fault as fault:
        return fault
    return None


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_words_read_back(amount: int) -> None:
    """An amount of rupiah is what its own words spell out, also in capitals and without the currency."""
    words = numbers.rupiah_words(amount)
    assert amount == numbers.spelt_out(words) == numbers.spelt_out(words.removesuffix("rupiah").title())
