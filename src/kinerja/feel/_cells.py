"""What conditions and formulas have in common: limits, plain characters, doubtful literals."""

from __future__ import annotations

import re
from typing import NoReturn

from kinerja.errors import EXCERPT, Fault

#: Where a part of a cell stands, in characters from the start of the cell.
Span = tuple[int, int]
#: A literal as it was written, and where.
Located = tuple[str, Span]

CHARACTERS = 500
PARTS = 100
DEPTH = 20

BLANKS = " \t\r\n"

#: Signs that word processors and other languages use, and the one that belongs in a cell.
SPELLINGS = {
    "≥": ">=",
    "≤": "<=",
    "≠": "not(...)",
    "–": "-",
    "—": "-",
    "−": "-",
    "×": "*",
    "·": "*",
    "÷": "/",
    "√": "sqrt(...)",
    "…": "..",
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": '"',
    "’": '"',
    "'": '"',
}

_COMMA = re.compile(r"[0-9]+(?:\.[0-9]+)*(?:,[0-9]+(?:\.[0-9]+)*)+", re.ASCII)
_QUOTED = re.compile(r'"[^"]*"', re.ASCII)
_DOUBTFUL = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", re.ASCII)


def cut(text: str) -> str:
    """The text as a message repeats it."""
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def masked(text: str) -> str:
    """
    The cell with its quoted parts blotted out, once it is of bearable length and not empty.

    What remains is scanned for mistakes that no grammar needs to know of.
    """
    limited(text)
    if not text.strip(BLANKS):
        raise Fault("K150", (0, len(text)))
    return _QUOTED.sub(lambda found: '"' * len(found[0]), text)


def limited(text: str) -> None:
    """Refuse a cell that is too long to be read with care, before anything looks at it."""
    if len(text) > CHARACTERS:
        raise Fault("K151", (CHARACTERS, len(text)), limit=CHARACTERS)


def printable(canonical: str, text: str) -> None:
    """Refuse a cell whose canonical text would be too long, so that what is accepted can always be read back."""
    if len(canonical) > CHARACTERS:
        raise Fault("K151", (0, len(text)), limit=CHARACTERS)


def no_joined_commas(plain: str) -> None:
    """Refuse `30,5`: nobody can tell a decimal comma from a list."""
    found = _COMMA.search(plain)
    if found is not None:
        parts = found[0].split(",")
        point = ".".join(parts) if len(parts) == 2 else "".join(parts)
        raise Fault(
            "K154",
            found.span(),
            text=cut(found[0]),
            point=cut(point),
            apart=parts[:3],
            spaced=cut(", ".join(parts)),
        )


def plain_characters(plain: str) -> None:
    """Refuse characters that only look like those of the language, naming the right one where it is known."""
    for at, character in enumerate(plain):
        if character in SPELLINGS:
            raise Fault("K155", (at, at + 1), text=character, spelling=SPELLINGS[character])
        if not (character.isascii() and (character.isprintable() or character in BLANKS)):
            foreign(character, at)


def foreign(character: str, at: int) -> NoReturn:
    """Refuse a character by its name."""
    # unicodedata is a large table, needed only when something is wrong.
    from unicodedata import normalize

    likely = normalize("NFKC", character)
    hint = {"suggestion": likely} if likely != character and likely.isascii() and likely.isprintable() else {}
    raise Fault("K152", (at, at + 1), character=character, point=f"U+{ord(character):04X}", **hint)


def is_doubtful(literal: str) -> bool:
    """Whether a literal such as `1.000` or `12.500` may have been meant as thousands."""
    return _DOUBTFUL.fullmatch(literal) is not None
