"""
What a sentence says of a number, by a listed grammar of phrases.

It knows signs, ranges, words of comparison, units and both ways to separate digits, in Indonesian and in English.
What it does not know it calls unread, and never guesses: a bare number counts only at the front of a sentence.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from attrs import frozen

from kinerja.checks.figures import DASHES, Quantity, Token, quantity, tokens, unit_words
from kinerja.intervals import Interval, IntervalSet
from kinerja.messages import Language

__all__ = ["COMPARISONS", "CONNECTORS", "LIMIT", "Said", "said"]

#: How many characters of a sentence are read; the lines of a table are shorter.
LIMIT = 1_000

#: The words that compare, by the sign that they stand for; `~` is "about", which nothing can be compared with.
COMPARISONS = {
    ">": "lebih besar dari pada, lebih besar daripada, lebih besar dari, lebih besar, lebih tinggi dari, "
    "lebih banyak dari, lebih dari, lebih, di atas, diatas, melebihi, melampaui, "
    "more than, greater than, higher than, above, over",
    ">=": "lebih besar dari atau sama dengan, lebih dari atau sama dengan, lebih besar atau sama dengan, "
    "lebih besar sama dengan, minimal, minimum, min, paling sedikit, paling kurang, paling rendah, "
    "sekurang-kurangnya, sedikitnya, setidaknya, setidak-tidaknya, tidak kurang dari, tidak di bawah, "
    "tidak dibawah, mulai dari, mulai, mencapai, at least, no less than, not less than, from",
    "<": "lebih kecil dari pada, lebih kecil daripada, lebih kecil dari, lebih kecil, lebih rendah dari, "
    "lebih sedikit dari, kurang dari, kurang, di bawah, dibawah, belum mencapai, tidak mencapai, "
    "tidak sampai, belum sampai, less than, fewer than, lower than, below, under",
    "<=": "lebih kecil dari atau sama dengan, kurang dari atau sama dengan, lebih kecil atau sama dengan, "
    "lebih kecil sama dengan, maksimal, maksimum, maks, max, paling banyak, paling tinggi, paling lama, "
    "paling besar, sebanyak-banyaknya, setinggi-tingginya, selambat-lambatnya, tidak lebih dari, "
    "tidak melebihi, tidak di atas, tidak diatas, sampai dengan, sampai, hingga, s.d., s.d, s/d, "
    "at most, no more than, not more than, up to",
    "=": "sama dengan, tepat, hanya, exactly, only",
    "~": "kurang lebih, lebih kurang, sekitar, kira-kira, hampir, about, around, nearly",
}
#: What stands between the ends of a range.
CONNECTORS = "sampai dengan, sampai, hingga, s.d., s.d, s/d, sd, to, until"

_SIGNS = {
    ">": ">",
    "<": "<",
    "=": "=",
    ">=": ">=",
    "=>": ">=",
    "≥": ">=",
    "<=": "<=",
    "=<": "<=",
    "≤": "<=",
}
_TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "="}
_BEHIND = {
    ">=": "ke atas, keatas, atau lebih, atau diatasnya, atau di atasnya, or more, or above, +",
    "<=": "ke bawah, kebawah, atau kurang, atau dibawahnya, atau di bawahnya, or less, or below, or fewer",
}
_BETWEEN = {"antara": "dan", "between": "and"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What may stand between a comparison and its number.
_FILLERS = _words(
    "dari nilai skor standar terendah tertinggi sebesar sebanyak sejumlah jumlah angka batas the of , . :"
)
#: What may stand before a bare number without changing what it says.
_OPENERS = _words(
    "ada terdapat memiliki mempunyai sudah telah sebanyak sebesar sejumlah jumlah nilai skor dilaksanakan "
    "there are is has : / ( ,"
)
#: What turns a comparison around in a way that is not listed.
_NEGATIONS = _words("tidak bukan belum kecuali selain tanpa not no except without")
#: Words whose number is a name and counts nothing.
_NAMED = _words(
    "tabel pasal ayat huruf nomor no butir lampiran bab bagian baris halaman tahun tanggal tahap "
    "table article annex row page year stage"
)
_JOINS = _words(", ; dan serta tetapi namun atau and but or & /")
_EITHER = _words("atau or /")
_NONE = "tidak ada, tidak terdapat, tidak terjadi, tidak memiliki, belum ada, belum terdapat, belum memiliki, nihil, no"
_SOME = "ada, terdapat, terjadi, memiliki, sudah ada, sudah memiliki, telah ada, telah memiliki"


#: What the words of each list stand for.
_LISTS: dict[str, dict[str, str]] = {
    "compared": COMPARISONS,
    "connected": {"to": CONNECTORS},
    "behind": _BEHIND,
    "presence": {"none": _NONE, "some": _SOME},
}


@cache
def _phrases(name: str) -> dict[str, list[tuple[list[str], str]]]:
    """The phrases of a list by their first word, the longest first, each with what it stands for."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for kind, phrases in _LISTS[name].items():
        for phrase in phrases.split(", "):
            words = [token.text for token in tokens(phrase)]
            found.setdefault(words[0], []).append((words, kind))
    return {first: sorted(each, key=lambda pair: -len(pair[0])) for first, each in found.items()}


@frozen
class Said:
    """What a sentence says of a number; `numbers` is None where it says nothing that the grammar knows."""

    numbers: IntervalSet | None = None
    #: The numbers in it that the grammar does not understand, as printed.
    unread: tuple[str, ...] = ()
    #: Whether it says that there is none.
    is_none: bool = False


def said(text: str, *, language: Language = "id", unit: str = "", things: str = "") -> Said:
    """
    The numbers that a sentence speaks of, in the measure's unit; `things` names in words what is counted.

    >>> str(said("Tingkat partisipasi perempuan 30% s.d 40%", unit="%").numbers)
    '[30..40]'
    >>> said("Ada lebih dari 2 kegiatan dalam 3 bulan", unit="kegiatan").unread
    ('3',)
    """
    sentence = _Sentence(tokens(text[:LIMIT]), language, unit_words(unit), unit_words(f"{unit} {things}"))
    sentence.read()
    unread = (*sentence.unread, *(each.text for each in tokens(text[LIMIT:]) if each.kind == "number"))
    if sentence.numbers is None and not unread:
        return sentence.presence()
    return Said(sentence.numbers, unread)


class _Claim(NamedTuple):
    """What one phrase says; `numbers` is None where a phrase was recognised that nothing can be compared with."""

    numbers: IntervalSet | None
    units: frozenset[str]
    end: int
    #: Whether it names single numbers, as those of a list do.
    is_bare: bool = False
    #: Whether its number stands before its sign, as in "30 < x".
    is_turned: bool = False


class _Sentence:
    """A sentence while it is read from left to right."""

    def __init__(
        self, pieces: list[Token], language: Language, own: frozenset[str], things: frozenset[str]
    ) -> None:
        self.pieces = pieces
        self.texts = [piece.text for piece in pieces]
        self.language = language
        self.own = own
        self.things = things
        self.numbers: IntervalSet | None = None
        self.unread: list[str] = []
        #: The last claim that was taken.
        self.last: _Claim | None = None

    def read(self) -> None:
        """Every claim of the sentence, taken together; every number beside them is unread."""
        at = 0
        while at < len(self.pieces):
            claim = self.claim(at)
            if claim is not None:
                if claim.numbers is not None and self.is_joined(at):
                    self.take(claim, claim.numbers, at)
                else:
                    self.unread += [
                        each.text for each in self.pieces[at : claim.end] if each.kind == "number"
                    ]
                at = claim.end
            elif self.kind(at) == "number":
                at = self.number(at)
            else:
                at += 1

    def take(self, claim: _Claim, claimed: IntervalSet, at: int) -> None:
        """One more claim: both hold, or either where the sentence says so or both cannot."""
        both = claimed if self.numbers is None else self.numbers & claimed
        if self.numbers is not None and (both.is_empty or _EITHER & set(self.between(at))):
            both = self.numbers | claimed
        self.numbers, self.last = both, claim

    def number(self, at: int) -> int:
        """The piece behind a number that is in no claim: unread, but for the number of a table or of a year."""
        if not self.is_name(at):
            self.unread.append(self.texts[at])
            return at + 1
        behind = self.connector(at, at + 1)
        return behind + 1 if behind > at + 1 and self.kind(behind) == "number" else at + 1

    # --- phrases

    def claim(self, at: int) -> _Claim | None:
        """claim := [comparison] quantity [connector [comparison] quantity] | quantity (sign | "or more") | quantity."""
        sign, start = self.comparison(at)
        low = self.quantity(start)
        if low is None or self.is_name(start):
            return None
        if at and sign and self.texts[at - 1] in _NEGATIONS:
            return _Claim(None, low.units, low.end)
        found = self.range(at, sign, low) or self.one_sided(sign, low) or self.bare(at, low)
        is_foreign = found is not None and found.units and self.own and not found.units & self.own
        return found._replace(numbers=None) if found is not None and is_foreign else found

    def range(self, at: int, sign: str, low: Quantity) -> _Claim | None:
        """range := [lower] quantity connector [upper] quantity | "between" quantity "and" quantity."""
        start = self.connector(at, low.end)
        if start == low.end or sign not in ("", ">", ">="):
            return None
        upper, start = self.comparison(start)
        high = self.quantity(start)
        if high is None or upper not in ("", "<", "<="):
            return None
        ends = Interval(low.up_to(high).value, high.value, low_closed=sign != ">", high_closed=upper != "<")
        return _Claim(IntervalSet.of(ends), low.units | high.units, high.end, is_bare=not sign)

    def one_sided(self, sign: str, low: Quantity) -> _Claim | None:
        """one sided := comparison quantity | quantity sign | quantity "or more"."""
        if sign:
            return _Claim(_holds(sign, low.value), low.units, low.end, is_bare=sign == "=")
        sign, end = self.phrase("behind", low.end)
        if sign:
            return _Claim(_holds(sign, low.value), low.units, end)
        if self.kind(low.end) == "sign" and self.quantity(low.end + 1) is None:
            turned = _TURNED[_SIGNS[self.texts[low.end]]]
            return _Claim(_holds(turned, low.value), low.units, low.end + 1, is_turned=True)
        return None

    def bare(self, at: int, low: Quantity) -> _Claim | None:
        """bare := quantity, at the front of the sentence or in a list, and not followed by a comparison."""
        is_front = set(self.texts[:at]) <= _OPENERS if self.last is None else self.last.is_bare
        # Of the words for numbers, most in running text count nothing: "salah satu".
        is_meant = not low.is_worded or bool(low.units) or low.end == len(self.pieces)
        if not is_front or not is_meant:
            return None
        is_open = bool(self.comparison(low.end)[0])
        return _Claim(None if is_open else IntervalSet.of(low.value), low.units, low.end, is_bare=True)

    def presence(self) -> Said:
        """presence := ("none" | "some") of what is counted, or nothing more."""
        kind, end = self.phrase("presence", 0)
        if not kind or not unit_words(" ".join(self.texts[end : end + 1])) <= self.things:
            return Said()
        return Said(_holds("<=" if kind == "none" else ">", Fraction(0)), is_none=kind == "none")

    # --- pieces

    def between(self, at: int) -> list[str]:
        """What stands between the last claim and a piece."""
        return self.texts[self.last.end if self.last is not None else 0 : at]

    def is_joined(self, at: int) -> bool:
        """Whether a claim goes with the one before: only "and" or "or" stands between, or what both signs compare."""
        words = self.between(at)
        return self.last is None or set(words) <= _JOINS or (self.last.is_turned and len(words) == 1)

    def comparison(self, at: int) -> tuple[str, int]:
        """The sign that stands or is meant at a piece, and where its number may begin."""
        if self.kind(at) == "sign":
            sign, at = _SIGNS[self.texts[at]], at + 1
        else:
            sign, at = self.phrase("compared", at)
        while sign and at < len(self.pieces) and self.texts[at] in _FILLERS:
            at += 1
        return sign, at

    def connector(self, at: int, end: int) -> int:
        """Where the upper end of a range may begin, whose lower one began at a piece; `end` where nothing connects."""
        text = self.texts[end] if end < len(self.pieces) else ""
        opened = self.texts[at - 1] if at else ""
        if text in DASHES or (text and text == _BETWEEN.get(opened)):
            return end + 1
        return self.phrase("connected", end)[1]

    def quantity(self, at: int) -> Quantity | None:
        """The quantity that begins at a piece."""
        return quantity(self.pieces, at, language=self.language, own=self.own)

    def phrase(self, name: str, at: int) -> tuple[str, int]:
        """What the longest phrase of a list at a piece stands for, and where it ends; empty where there is none."""
        first = self.texts[at] if at < len(self.texts) else ""
        for words, kind in _phrases(name).get(first, ()):
            if self.texts[at : at + len(words)] == words:
                return kind, at + len(words)
        return "", at

    def kind(self, at: int) -> str:
        """The kind of a piece; empty past the end."""
        return self.pieces[at].kind if at < len(self.pieces) else ""

    def is_name(self, at: int) -> bool:
        """Whether the number at a piece only names something: "Tabel 3"."""
        before = [text for text in self.texts[max(0, at - 2) : at] if text != "."]
        return bool(before) and before[-1] in _NAMED


def _holds(sign: str, value: Fraction) -> IntervalSet | None:
    """The numbers that a sign and a number allow; None for "about"."""
    if sign == "~":
        return None
    if sign == "=":
        return IntervalSet.of(value)
    if sign[0] == ">":
        return IntervalSet.of(Interval(value, low_closed=sign == ">="))
    return IntervalSet.of(Interval(high=value, high_closed=sign == "<="))
