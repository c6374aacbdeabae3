"""How answers are written: a number exactly, and the facts of a sheet as one line of YAML or as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

__all__ = ["DECIMALS", "Figures", "decimal_part", "digits", "flow", "jsonable", "local", "text"]

#: The most decimals that are written out; a number with more is written as a fraction.
DECIMALS = 30

#: Integers that are short enough for str().
_SHORT = 10**1_000

#: Text that YAML reads back as it is, inside braces too.
_PLAIN = re.compile(r"[A-Za-z0-9_][\w./-]*\Z", re.ASCII)


def digits(number: int) -> str:
    """The digits of a whole number, however many."""
    # CPython refuses to write integers of more than 4,300 digits; Decimal has no such limit and is exact here.
    return str(number) if -_SHORT < number < _SHORT else format(Decimal(number), "f")


def decimal_part(value: Fraction, most: int = DECIMALS) -> str | None:
    """The digits after the point, without trailing zeros; None where there would be more than `most`."""
    if value.denominator == 1:
        return ""
    scale, rest = divmod(10**most, value.denominator)
    if rest:
        return None
    return digits(abs(value.numerator) % value.denominator * scale).zfill(most).rstrip("0")


def text(value: Fraction, *, decimals: int = DECIMALS) -> str:
    """
    The exact text of a number, which `kinerja.numbers.parse` reads back: a decimal where it ends, else a fraction.

    `decimals` is the most that are written out.

    >>> text(Fraction(115, 2)), text(Fraction(725, 9))
    ('57.5', '725/9')
    """
    if value.denominator == 1:
        return digits(value.numerator)
    tail = decimal_part(value, decimals)
    if tail is None:
        return f"{digits(value.numerator)}/{digits(value.denominator)}"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits(abs(value.numerator) // value.denominator)}.{tail}"


class Figures(str):
    """
    Text that is made of figures: itself as a rubric writes them, and `local` as they stand in an Indonesian sentence.

    >>> half = Figures.of(Fraction(141, 2))
    >>> half, half.local, Figures.joined([half, Figures("> 80")]).local
    ('70.5', '70,5', '70,5; > 80')
    """

    __slots__ = ("local",)

    local: str

    def __new__(cls, text: str, local: str | None = None) -> Self:
        """The text, with a comma for each decimal point unless it is said how it reads."""
        found = super().__new__(cls, text)
        # Two points stand between the ends of a range, and one behind a name or a letter is none of a number.
        found.local = re.sub(r"(?<=[0-9])\.(?=[0-9])", ",", text) if local is None else local
        return found

    def __reduce__(self) -> tuple[type[Figures], tuple[str, str]]:
        return type(self), (str(self), self.local)

    @classmethod
    def of(cls, number: Fraction) -> Figures:
        """A number."""
        return cls(text(number))

    @classmethod
    def joined(cls, parts: Iterable[str]) -> Figures:
        """Several with commas between them; in Indonesian, where a comma stands in numbers, with semicolons."""
        found = list(parts)
        return cls(", ".join(found), "; ".join(map(local, found)))


def local(part: str) -> str:
    """A text as it stands in an Indonesian sentence; what is no figure stands as it is."""
    return part.local if isinstance(part, Figures) else part


def flow(facts: Mapping[str, Any]) -> str:
    """
    Facts as one line of YAML that stands behind `facts:` in a sheet.

    >>> flow({"peran": "rt", "perempuan": Fraction(81, 2), "hadir": True, "sarana": frozenset({"b", "a"})})
    '{peran: rt, perempuan: 40.5, hadir: true, sarana: [a, b]}'
    >>> flow({"jalan": {"not-applicable": "tidak ada jalan"}})
    '{jalan: {not-applicable: "tidak ada jalan"}}'
    >>> flow({"kas": {"score": 2, "by": "fgd"}})
    '{kas: {score: 2, by: fgd}}'
    """
    return f"{{{', '.join(f'{_word(name)}: {_answer(value)}' for name, value in facts.items())}}}"


def jsonable(facts: Mapping[str, Any]) -> dict[str, Any]:
    """
    Facts as JSON has them; a number that is not whole is text, so that it stays exact.

    >>> jsonable({"perempuan": Fraction(81, 2), "kegiatan": Fraction(3), "sarana": frozenset({"b", "a"})})
    {'perempuan': '40.5', 'kegiatan': 3, 'sarana': ['a', 'b']}
    >>> jsonable({"lebar": {"value": Fraction(5, 2)}})
    {'lebar': {'value': '2.5'}}
    """
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Fraction):
        return int(value) if value.denominator == 1 else text(Fraction(value))
    if isinstance(value, Mapping):
        return jsonable(value)
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value)


def _answer(value: Any) -> str:
    if isinstance(value, Fraction):
        return text(value)
    if isinstance(value, Mapping):
        return flow(value)
    plain = _plain(value)
    if isinstance(plain, list):
        return f"[{', '.join(map(_answer, plain))}]"
    if isinstance(plain, str):
        return _word(plain)
    return "null" if plain is None else str(plain).lower()


def _word(said: str) -> str:
    """A name or an option, in quotes where YAML would read something else."""
    if _PLAIN.match(said) and said != "null":
        return said
    # Only who meets such a word pays for what quotes it.
    import json

    return json.dumps(said)
