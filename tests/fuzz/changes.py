"""
How an input becomes another one: by the fuzzer's own changes to bytes, or by words and lines.

Bytes changed anywhere seldom leave a text that is still YAML; words of the language put where words stood, and lines
that change places, do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache

import attrs

from kinerja import model, trail
from kinerja.feel import FUNCTIONS, RESERVED
from kinerja.language.structure import keys_of
from kinerja.messages import MESSAGES
from kinerja.numbers import MODES
from kinerja.plan.supported import COMBINES
from kinerja.shapes import Case
from kinerja.sheets import RECORD_KEYS
from kinerja.tables import ABOUT

__all__ = ["changed", "dictionary", "words"]

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*|[0-9]+|[ \t]+|.", re.DOTALL)

#: What stands where a value may, in files that people write and in those that they should not.
VALUES = (
    *(
        "0",
        "1",
        "-1",
        "2.5",
        "40",
        "2/3",
        "5%",
        "1e9",
        "1.000",
        "12,5",
        "1/0",
        "9999999999999999999999",
        "-0",
        "½",
    ),
    *("true", "false", "null", "none", "~", "[]", "{}", '""', "{a: 1}", "[a, b]", "2024-01-01", "2024-02-30"),
    *("> 40", "<= 2", "[0..100]", "(30..40]", "[5..5]", "not(1, 2)", "-", '"kumuh"', "not(-)"),
    *("a ** (1/2)", "100 * (awal - kini) / awal", "max(children.score)", "total.grade", "value", "a.score"),
)
#: What means something in YAML, in JSON, in a table or in a cell.
SIGNS = (
    *(
        ": ",
        "- ",
        "? ",
        ", ",
        "\n",
        "\n  ",
        "\n    ",
        " #",
        "&a ",
        "*a",
        "!!int ",
        "---\n",
        "|\n",
        ">\n",
        "<<: ",
    ),
    *(
        "\t",
        "\r\n",
        ";",
        '""',
        '","',
        "'",
        "\\u0000",
        "\\n",
        "\x00",
        "\x1b[31m",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "а",
    ),
    *("\u2028", "\ud800", "..", "**", "//", ">=", "not(", "é", "😀", "١"),
)


@cache
def words() -> tuple[str, ...]:
    """The words of the language, of sheets, of tables and of trails."""
    classes = [getattr(model, name) for name in model.__all__] + [Case]
    found = [key for each in classes for key in keys_of(each)]
    found += ["kinerja: 1", "kinerja-sheet: 1", "extends: kecil", "each", "mode", "children.score"]
    found += [*RECORD_KEYS, *ABOUT, *COMBINES, *MODES, *FUNCTIONS, *RESERVED, *MESSAGES]
    for part in (getattr(trail, name) for name in trail.__all__):
        found += (
            [line.metadata.get("key", line.name) for line in attrs.fields(part)] if attrs.has(part) else []
        )
    return tuple(sorted(set(found)))


def dictionary() -> str:
    """The same words and signs as a dictionary for libFuzzer."""
    every = (*words(), *VALUES, *SIGNS)
    cells = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass")) for word in every)
    return "".join(f'"{cell}"\n' for cell in cells)


def changed(data: bytes, longest: int, seed: int, *, by_bytes: Callable[[bytes, int], bytes]) -> bytes:
    """
    Another input near this one: half of the time by libFuzzer's own changes, else by a few words or lines.

    The same input and seed give the same change.
    """
    dice = random.Random(seed)
    if not data or dice.random() < 0.5:
        return by_bytes(data, longest)
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(dice.randint(1, 4)):
        text = dice.choice((_other_word, _other_word, _other_value, _lines))(text, dice)
    return text.encode("utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape")[:longest]


def _other_word(text: str, dice: random.Random) -> str:
    """One token replaced by a word, by another token of the text, or followed by one."""
    tokens = _TOKEN.findall(text) or [""]
    at = dice.randrange(len(tokens))
    new = dice.choice(
        (dice.choice(words()), dice.choice(VALUES), dice.choice(SIGNS), dice.choice(tokens), "")
    )
    tokens[at] = new if dice.random() < 0.7 else tokens[at] + new
    return "".join(tokens)


def _other_value(text: str, dice: random.Random) -> str:
    """What stands behind one colon, up to the end of the line or a bracket, replaced."""
    colons = [found.end() for found in re.finditer(r":[ ]?", text)]
    if not colons:
        return text
    start = dice.choice(colons)
    rest = re.compile(r"[^\n,}\]]*").match(text, start)
    assert rest is not None
    return text[:start] + dice.choice((*VALUES, *words()[:: dice.randint(1, 9)])) + text[rest.end() :]


def _lines(text: str, dice: random.Random) -> str:
    """One line taken out, repeated, moved, or put deeper or less deep."""
    lines = text.split("\n")
    at = dice.randrange(len(lines))
    line = lines.pop(at)
    match dice.randrange(4):
        case 0:
            return "\n".join(lines)
        case 1:
            return "\n".join([*lines[:at], line, line, *lines[at:]])
        case 2:
            to = dice.randrange(len(lines) + 1)
            return "\n".join([*lines[:to], line, *lines[to:]])
        case _:
            other = f"  {line}" if dice.random() < 0.5 else line.removeprefix("  ")
            return "\n".join([*lines[:at], other, *lines[at:]])
