"""Printed numbers of rows, as `6a`, `Tabel 15, 19` or `IV`: what is counted in them, and from where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Printed", "printed", "roman"]

# As in `figures`, compiled when first used.
_PARTS = r"(?i)[,;&]|\bdan\b|\band\b"
_PART = r"(?i)(?P<stem>(?:.*[\s.(/-])?)(?:(?P<number>[0-9]{1,6})(?P<letter>[a-z]?)|(?P<word>[a-z]{1,8}))[).]*"
_ROMAN = r"(?=.)(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Printed(NamedTuple):
    """One count in a printed number."""

    #: What it is counted below, in small letters: "tabel ", or "6" for the letter of 6a.
    stem: str
    #: Its place there; None for what is no number, letter or Roman numeral.
    place: int | None
    #: What is printed.
    text: str
    #: Whether letters count below it, as below the 6 of 6a: then it may stand there again.
    is_shared: bool = False


def printed(numbers: Iterable[str]) -> list[list[Printed]]:
    """
    The counts in the printed numbers of siblings, for each of them.

    >>> [[each.place for each in row] for row in printed(["Tabel 15, 19", "6a", "IV", "III"])]
    [[15, 19], [6, 1], [4], [3]]
    """
    rows = [[part.strip() for part in re.split(_PARTS, number) if part.strip()] for number in numbers]
    words = [found["word"] or "" for row in rows for part in row if (found := re.fullmatch(_PART, part))]
    is_roman = _are_roman([word.lower() for word in words if word])
    return [_counts(row, is_roman=is_roman) for row in rows]


def _are_roman(words: list[str]) -> bool:
    """Whether letters are Roman numerals: all of them can be, and not all are single letters but for an I."""
    return all(roman(word) for word in words) and any(len(word) > 1 or word == "i" for word in words)


def _counts(row: list[str], *, is_roman: bool) -> list[Printed]:
    found: list[Printed] = []
    stem = ""
    for part in row:
        match = re.fullmatch(_PART, part)
        if match is None:
            found.append(Printed("", None, part))
            continue
        # "Tabel 15, 19" says its word once.
        stem = match["stem"] or stem
        number, letter, word = match["number"], match["letter"], match["word"]
        if number:
            text = f"{stem}{number}"
            found.append(Printed(stem.lower(), int(number), text, is_shared=bool(letter)))
            found += [Printed(text.lower(), _place(letter), f"{text}{letter}")] if letter else []
        else:
            place = roman(word.lower()) if is_roman else _place(word)
            found.append(Printed(stem.lower(), place, f"{stem}{word}"))
    return found


def _place(word: str) -> int | None:
    """The place of a single letter in the alphabet."""
    return ord(word.lower()) - ord("a") + 1 if len(word) == 1 else None


def roman(word: str) -> int | None:
    """
    The number of a Roman numeral in small letters, below 400; None where it is none.

    >>> roman("xiv"), roman("iiii")
    (14, None)
    """
    if not re.fullmatch(_ROMAN, word):
        return None
    values = [_VALUES[letter] for letter in word]
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )
