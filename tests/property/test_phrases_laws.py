"""Laws of phrases: what is written by the grammar is read back, and no sentence is too odd to be read."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kinerja import numbers
from kinerja.checks.figures import figure, tokens
from kinerja.checks.phrases import COMPARISONS, CONNECTORS, said
from kinerja.checks.printed import printed
from kinerja.intervals import Interval, IntervalSet
from kinerja.messages import Language
from kinerja.numbers import shown

#: Numbers with at most two decimals: three behind one sign could be thousands.
amounts = st.integers(0, 10**9).map(lambda number: Fraction(number, 100))
languages = st.sampled_from(["id", "en"])
PIECES = [
    *"0123456789.,/-–<>=≥≤%()+½²",
    *(" ", " ", " dan ", " atau ", " rp ", " juta ", " tidak ", " tabel ", " dua ", " puluh "),
    *(f" {phrase} " for phrases in (*COMPARISONS.values(), CONNECTORS) for phrase in phrases.split(", ")),
]


@given(amounts, languages)
def test_figures_are_read_back(amount: Fraction, language: Language) -> None:
    """A number as it is shown in a language is read in it."""
    assert amount == figure(shown(amount, language=language), language=language)


@given(st.tuples(amounts, amounts).map(sorted), st.sampled_from(CONNECTORS.split(", ")), languages)
def test_ranges_are_read_back(ends: list[Fraction], connector: str, language: Language) -> None:
    """Two numbers with a connector between them are all that lies from one to the other."""
    low, high = ends
    text = f"tercapai {shown(low, language=language)}% {connector} {shown(high, language=language)}%"
    found = said(text, language=language, unit="%")
    assert (IntervalSet.of(Interval(low, high)), ()) == (found.numbers, found.unread)


@given(amounts, amounts, st.sampled_from(["dan", "atau"]))
def test_claims_together(one: Fraction, other: Fraction, word: str) -> None:
    """Two comparisons both hold, or either where the sentence says so or both cannot."""
    text = f"lebih dari {shown(one, language='id')} {word} kurang dari {shown(other, language='id')}"
    above = IntervalSet.of(Interval(one, low_closed=False))
    below = IntervalSet.of(Interval(high=other, high_closed=False))
    both = above & below
    assert (above | below if word == "atau" or both.is_empty else both) == said(text).numbers


@given(st.integers(1, 10**9), st.sampled_from(["orang", "kali", "kegiatan"]))
def test_number_words_are_numbers(number: int, unit: str) -> None:
    """A number in words says what its figures say, alone and in a comparison."""
    words = numbers.rupiah_words(number).removesuffix(" rupiah")
    for before in ("", "lebih dari ", "paling banyak "):
        assert said(f"{before}{number} {unit}") == said(f"{before}{words} {unit}")
    assert said(f"{number} {unit}") == said(f"{number} ({words}) {unit}")


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_capitals_say_the_same(text: str) -> None:
    """A sentence of any pieces is read, in capitals as in small letters; what is left unread stands in it."""
    found = said(text, unit="%")
    assert found == said(text.upper(), unit="%")
    assert set(found.unread) <= {token.text for token in tokens(text)}


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    """No text is too odd; where nothing in it is numeric, nothing is unread."""
    found = said(text, unit=text, things=text)
    assert any(character.isnumeric() for character in text) or not found.unread
    assert len(printed([text, text])) == 2
