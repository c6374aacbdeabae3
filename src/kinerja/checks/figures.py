"""Figures in a sentence: digits with their separators, number words, and the units behind them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from fractions import Fraction
from itertools import takewhile
from typing import NamedTuple

from kinerja import numbers
from kinerja.errors import Fault
from kinerja.messages import Language

__all__ = [
    "UNITS",
    "Quantity",
    "Token",
    "figure",
    "figures_of_money",
    "quantity",
    "spelt_amounts",
    "tokens",
    "unit_words",
]


class Token(NamedTuple):
    """One piece of a sentence in small letters, and whether it touches the piece before."""

    kind: str
    text: str
    is_glued: bool


#: The dashes that stand for "up to" between two numbers, or for a minus in front of one.
DASHES = frozenset("-‐‑‒–—−")

# Patterns are compiled when a text is first read: most programs load rubrics and read none.
_PIECES = (
    r"(?P<number>[0-9]+(?:[.,][0-9]+)*(?:/[0-9]+)*(?:,-+)?)"
    r"|(?P<sign><=|>=|=<|=>|[<>=≤≥])"
    r"|(?P<word>s[./]d\b\.?|rp\.|rp(?=[0-9])|[^\W\d_]+(?:-[^\W\d_]+)*[0-9]*)"
    r"|(?P<mark>\S)"
)

#: The unit words that are known, each with the one that stands for it.
UNITS = {
    word: words.split()[0]
    for words in (
        "% persen percent",
        "rupiah rp rp. idr",
        "kali times",
        "orang jiwa org people persons",
        "kk keluarga households",
        "kegiatan aktivitas activities",
        "jam hours",
        "hari days",
        "minggu weeks",
        "bulan months",
        "tahun years",
        "meter m meters metres",
        "kilometer km",
        "sentimeter cm",
        "m2",
        "m3",
        "hektar hektare ha hectares",
        "kilogram kg",
        "ton tons tonnes",
        "liter litre litres",
        *(
            "buah",
            "unit",
            "dokumen",
            "laporan",
            "kelompok",
            "regu",
            "rumah",
            "tangga",
            "warga",
            "poin",
            "item",
        ),
    )
    for word in words.split()
}

_RUPIAH = frozenset(("rp", "rp.", "idr"))
_UP_TO = DASHES | {"sampai", "hingga", "s.d", "s.d.", "s/d"}
_PARENTHESES = r"\(([^()]*)\)"
_MULTIPLES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_OTHER: dict[Language, Language] = {"id": "en", "en": "id"}
_MONEY = r"([1-9][0-9]{0,2}(?:[.,][0-9]{3})+)(?:[.,]0{2})?"
#: One sign with three digits behind it separates decimals for one reader and thousands for the next.
_DOUBTFUL = {"id": r"[1-9][0-9]{0,2},[0-9]{3}", "en": r"[1-9][0-9]{0,2}\.[0-9]{3}"}


def tokens(text: str) -> list[Token]:
    """
    The pieces of a sentence: numbers, signs, words and marks.

    >>> [token.text for token in tokens("90 - 97% atau ≥ Rp. 5.000,-")]
    ['90', '-', '97', '%', 'atau', '≥', 'rp.', '5.000,-']
    """
    plain = unicodedata.normalize("NFKC", text).replace("\u2044", "/").lower()
    end = 0
    found = []
    for match in re.finditer(_PIECES, plain):
        assert match.lastgroup is not None
        found.append(Token(match.lastgroup, match[0], match.start() == end))
        end = match.end()
    return found


def figure(text: str, *, language: Language, money: bool = False) -> Fraction | None:
    """
    The number that digits and separators write in a language; None where it can be read two ways, or not at all.

    In money a sign before three digits separates thousands whichever it is.

    >>> figure("1.500", language="id"), figure("2,5", language="id"), figure("2,500", language="id")
    (Fraction(1500, 1), Fraction(5, 2), None)
    >>> figure("1.000,000,-", language="id", money=True)
    Fraction(1000000, 1)
    """
    bare = text.rstrip(",-")
    if money and (found := re.fullmatch(_MONEY, bare)):
        return Fraction(re.sub(r"[.,]", "", found[1]))
    if "/" in bare:
        top, _, bottom = bare.partition("/")
        whole = top.isdigit() and bottom.isdigit() and int(bottom) > 0
        return Fraction(int(top), int(bottom)) if whole else None
    if re.fullmatch(_DOUBTFUL[language], bare):
        return None
    for locale in (language, _OTHER[language]):
        try:
            return numbers.parse_local(bare, locale=locale)
        except Fault:
            continue
    return None


class Quantity(NamedTuple):
    """A number in a sentence: its value, the units said with it, whether in words, and the piece behind it."""

    value: Fraction
    units: frozenset[str]
    is_worded: bool
    end: int
    #: What its figure was multiplied by, as in "600 ribu".
    multiple: int = 1

    def up_to(self, high: Quantity) -> Quantity:
        """The same as the lower end of a range, which shares its multiple with the upper: "300-600 ribu"."""
        if self.multiple > 1 or high.multiple == 1:
            return self
        return self._replace(value=self.value * high.multiple, multiple=high.multiple)


def unit_words(text: str) -> frozenset[str]:
    """The words of a unit, each in the form that stands for it."""
    return frozenset(UNITS.get(token.text, token.text) for token in tokens(text) if token.kind != "number")


def quantity(
    pieces: Sequence[Token], at: int, *, language: Language, own: frozenset[str] = frozenset()
) -> Quantity | None:
    """
    The quantity that begins at a piece: `Rp. 500,000,-`, `4 (empat) orang`, `dua kali`, `2 juta`, `-5%`.

    `own` are unit words of the measure, beside those that are known.
    None where none begins there, or where its figure and its words say different numbers.
    """
    units = set()
    if _text(pieces, at) in _RUPIAH:
        units.add("rupiah")
        at += 1 + (_text(pieces, at + 1) == ".")
    minus = _text(pieces, at) in DASHES and _kind(pieces, at + 1) == "number" and pieces[at + 1].is_glued
    at += minus
    is_worded = _kind(pieces, at) != "number"
    value: Fraction | None
    if is_worded:
        words = [piece.text for piece in pieces[at : at + 20]]
        count, length = numbers.numeral(words)
        value, at = Fraction(count) if length else None, at + length
    else:
        value = figure(pieces[at].text, language=language, money=bool(units))
        at += 1
    if value is None:
        return None
    multiple = 1 if is_worded else _MULTIPLES.get(_text(pieces, at), 1)
    value, at = value * multiple, at + (multiple > 1)
    again, at = _repeated(pieces, at, language)
    if again is not None and again != value:
        return None
    while (unit := UNITS.get(_text(pieces, at), _text(pieces, at))) in own or unit in UNITS.values():
        units.add(unit)
        at += 1
    return Quantity(-value if minus else value, frozenset(units), is_worded, at, multiple)


def figures_of_money(text: str) -> tuple[int, ...]:
    """
    The amounts of rupiah that stand in a text in figures.

    >>> figures_of_money("sebesar Rp. 500,000,- (Lima Ratus Lima Puluh Ribu Rupiah).")
    (500000,)
    """
    pieces = tokens(text)
    found: list[Quantity] = []
    for at, piece in enumerate(pieces):
        if piece.text in _RUPIAH:
            # What the parentheses behind a figure say is read on its own.
            near = list(takewhile(lambda each: each.text != "(", pieces[at : at + 12]))
            low = quantity(near, 0, language="id")
            high = quantity(near, low.end + 1, language="id") if low is not None else None
            if low is not None and high is not None and _text(near, low.end) in _UP_TO:
                found += [low.up_to(high), high]
            elif low is not None:
                found.append(low)
    return tuple(int(each.value) for each in found if each.value.denominator == 1)


def spelt_amounts(text: str, *, in_parentheses: bool = False) -> tuple[int, ...]:
    """
    The amounts that stand in a text in Indonesian words; with `in_parentheses` only those that fill parentheses.

    >>> spelt_amounts("Tiga Ratus Ribu sampai Enam Ratus Ribu Rupiah")
    (300000, 600000)
    """
    if in_parentheses:
        inside = [numbers.spelt_out(each) for each in re.findall(_PARENTHESES, text)]
        return tuple(amount for amount in inside if amount is not None)
    words = [token.text for token in tokens(text)]
    found, at = [], 0
    while at < len(words):
        amount, length = numbers.numeral(words[at : at + 25])
        found += [amount] if length else []
        at += length or 1
    return tuple(found)


def _repeated(pieces: Sequence[Token], at: int, language: Language) -> tuple[Fraction | None, int]:
    """The same number once more in parentheses, in words or digits; None where they hold something else."""
    if _text(pieces, at) != "(":
        return None, at
    texts = [piece.text for piece in pieces[at + 1 : at + 25]]
    if ")" not in texts:
        return None, at
    inside = texts[: texts.index(")")]
    spelt = numbers.spelt_out(" ".join(inside))
    if spelt is not None:
        return Fraction(spelt), at + len(inside) + 2
    if len(inside) == 1 and _kind(pieces, at + 1) == "number":
        value = figure(inside[0], language=language)
        return value, at + 3 if value is not None else at
    return None, at


def _text(pieces: Sequence[Token], at: int) -> str:
    return pieces[at].text if 0 <= at < len(pieces) else ""


def _kind(pieces: Sequence[Token], at: int) -> str:
    return pieces[at].kind if 0 <= at < len(pieces) else ""
