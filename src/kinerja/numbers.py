"""
Exact numbers: the doors through which they come in, how they are rounded and how they are written.

Every number in kinerja is a `fractions.Fraction`.
Text from a rubric goes through `parse`, a value from Python through `exact`, text from a table through `parse_local`;
all three are strict, bounded, and independent of the ambient decimal context and locale.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal, Self, get_args

from attrs import field, frozen

from kinerja.errors import EXCERPT, Fault, closest
from kinerja.messages import Language
from kinerja.writing import decimal_part, text

__all__ = [
    "MODES",
    "Mode",
    "Rounding",
    "Unread",
    "exact",
    "looks_grouped",
    "money",
    "numeral",
    "parse",
    "parse_computed",
    "parse_local",
    "parse_share",
    "rupiah_words",
    "shown",
    "spelt_out",
    "text",
]

Mode = Literal["half-up", "half-down", "half-even", "up", "down", "floor", "ceiling"]
#: Every way to round; `half-up` and `up` go away from zero, `half-down` and `down` toward it.
MODES: tuple[Mode, ...] = get_args(Mode)

#: Most digits of a number that is written down.
WRITTEN_DIGITS = 1_000
#: Most digits of a number from Python, and of any intermediate of a formula.
DIGITS = 10_000

_BOUND = 10**DIGITS
_LOWER = -_BOUND
#: Whole floats below this are exact integers with the same shortest form.
_WHOLE_FLOAT = 2.0**53

_NUMBER = re.compile(r"([+-]?)(0|[1-9][0-9]*)(?:\.([0-9]+)|/([1-9][0-9]*))?", re.ASCII)
_COMPUTED = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]{1,30}|/[1-9][0-9]*)?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+", re.ASCII)

# What tells one mistake from another is compiled when there is one: a first score pays for every pattern.
_LEADING_ZERO = r"([+-]?)0+([0-9]+)((?:\.[0-9]+)?)"
_BARE_POINT = r"([+-]?)([0-9]*)\.([0-9]*)"
_EXPONENT = r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+"
_NOT_FINITE = r"(?i:[+-]?s?(?:nan|inf|infinity))"
_BY_ZERO = r"[+-]?[0-9]+/0+"
_GROUPED = (
    r"[+-]?(?:[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]+(?:_[0-9]+)+(?:\.[0-9]+)?)"
)
_COMMA = r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]+"
_SEPARATED = r"[+-]?[0-9][0-9.,]*"

#: The decimal sign and the sign between groups of three digits.
_MARKS: dict[Language, tuple[str, str]] = {"en": (".", ","), "id": (",", ".")}


@cache
def _local(language: Language) -> re.Pattern[str]:
    point, group = (re.escape(mark) for mark in _MARKS[language])
    whole = rf"0|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+|[1-9][0-9]*"
    return re.compile(rf"([+-]?)({whole})(?:{point}([0-9]+))?", re.ASCII)


def _cut(text: str) -> str:
    """The text as a message repeats it."""
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


# --- reading


class Unread(str):
    """Text from a table that could not be read, with the fault that says why: told where its value is asked for."""

    __slots__ = ("fault",)
    fault: Fault

    def __new__(cls, text: str, fault: Fault) -> Self:
        """The text as it stands there, and what is wrong with it."""
        unread = super().__new__(cls, text)
        unread.fault = fault
        return unread

    def __reduce__(self) -> tuple[Any, ...]:
        return Unread, (str(self), self.fault)


def parse(text: str) -> Fraction:
    """
    The number that stands in a rubric: `12`, `-0.5` or `2/3`.

    ASCII digits with a decimal point; no blanks, exponents, separators or leading zeros; at most 1,000 digits.
    Raises `Fault` (K130 to K142) with the spelling to use instead.

    >>> parse("57.5")
    Fraction(115, 2)
    >>> parse("12,5")
    Traceback (most recent call last):
    kinerja.errors.Fault: error K131: "12,5" has a comma
      help: Write "12.5": the decimal sign is a point.
    """
    found = _NUMBER.fullmatch(text) if len(text) <= WRITTEN_DIGITS + 2 else None
    if found is None:
        raise _refused(text)
    sign, whole, decimals, bottom = found.groups("")
    if len(whole) + len(decimals) + len(bottom) > WRITTEN_DIGITS:
        raise _too_long(text)
    return Fraction(int(sign + whole + decimals), int(bottom) if bottom else 10 ** len(decimals))


def parse_computed(text: str) -> Fraction:
    """
    A number that a formula came to, as a trail keeps it: written like any other, and up to 10,000 digits long.

    Raises `Fault` as `parse` does.

    >>> parse_computed("725/9")
    Fraction(725, 9)
    """
    if len(text) <= WRITTEN_DIGITS or not _COMPUTED.fullmatch(text) or len(text) > 2 * DIGITS + 2:
        return parse(text)
    # Through Decimal, which has no limit on digits and is exact here.
    above, _, below = text.partition("/")
    return Fraction(Decimal(above)) / Fraction(Decimal(below or 1))


def looks_grouped(text: str) -> bool:
    """
    Whether a number is written so that its point may be meant to separate thousands.

    >>> looks_grouped("1.000"), looks_grouped("12.5"), looks_grouped("0.125")
    (True, False, False)
    """
    return _THOUSANDS.fullmatch(text) is not None


def parse_share(text: str) -> Fraction:
    """
    A weight: a number, or a number and a percent sign.

    Raises `Fault` as `parse` does; the span counts in the whole text.

    >>> parse_share("5%")
    Fraction(1, 20)
    """
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        return parse(text[:-1]) / 100
    return parse(text)


def parse_local(text: str, *, locale: Language) -> Fraction:
    """
    A number as people write it in Indonesian (`1.250,5`) or English (`1,250.5`), for text from a table.

    Blanks at the ends are tolerated; groups have exactly three digits, so in `id` `1.25` is refused, `1.250` is 1250.
    Raises `Fault`: K148 where the separators do not fit the locale, K149 where it is no number at all.

    >>> parse_local("1.250.000,75", locale="id")
    Fraction(5000003, 4)
    """
    bare = text.strip()
    if len(bare) > 2 * WRITTEN_DIGITS:
        raise _too_long(bare)
    found = _local(locale).fullmatch(bare)
    if found is None:
        raise _refused_locally(bare, locale)
    sign, whole, decimals = found.groups("")
    whole = whole.replace(_MARKS[locale][1], "")
    if len(whole) + len(decimals) > WRITTEN_DIGITS:
        raise _too_long(bare)
    return Fraction(int(sign + whole + decimals), 10 ** len(decimals))


def exact(value: object) -> Fraction:
    """
    The exact value of a number from Python; a float counts as its shortest decimal form.

    Takes int, Fraction, Decimal and float, of at most 10,000 digits (a Decimal of at most 1,000).
    Raises `Fault`: K143 for a bool, K137 for NaN and infinity, K145 for text, K146 for another type, K139 if too long.

    >>> exact(0.1)
    Fraction(1, 10)
    >>> exact(True)
    Traceback (most recent call last):
    kinerja.errors.Fault: error K143: True is a truth value, not a number
      help: Write 1 or 0 if a number is meant.
    """
    if type(value) is int:
        if _LOWER < value < _BOUND:
            return Fraction(value)
        raise _over("int", DIGITS)
    if isinstance(value, bool):
        raise Fault("K143", text=value)
    if isinstance(value, Fraction):
        if _LOWER < value.numerator < _BOUND and value.denominator < _BOUND:
            return value if type(value) is Fraction else Fraction(value.numerator, value.denominator)
        raise _over("Fraction", DIGITS)
    if isinstance(value, float):
        return _from_float(float.__float__(value))
    if isinstance(value, Decimal):
        return _from_decimal(Decimal(value))
    if isinstance(value, int):
        # What a class of its own says of itself does not count, here and for floats; what it holds does.
        return exact(int.__int__(value))
    if isinstance(value, Unread):
        raise Fault(value.fault.code, **value.fault.values)
    if isinstance(value, str):
        raise Fault("K145", text=_cut(value))
    raise Fault("K146", type=type(value).__qualname__)


def _from_float(value: float) -> Fraction:
    if not math.isfinite(value):
        raise Fault("K137", text=value)
    if value.is_integer() and -_WHOLE_FLOAT < value < _WHOLE_FLOAT:
        return Fraction(int(value))
    return Fraction(*Decimal(repr(value)).as_integer_ratio())


def _from_decimal(value: Decimal) -> Fraction:
    if not value.is_finite():
        raise Fault("K137", text=value)
    # Both looked at before converting: int(Decimal("1E+1000000")) does not return.
    written = str(value)
    if abs(value.adjusted()) >= WRITTEN_DIGITS or len(written) > 2 * WRITTEN_DIGITS:
        raise _over(_cut(written), WRITTEN_DIGITS)
    if len(value.as_tuple().digits) > WRITTEN_DIGITS:
        raise _over(_cut(written), WRITTEN_DIGITS)
    return Fraction(*value.as_integer_ratio())


def _over(text: str, limit: int) -> Fault:
    return Fault("K139", text=text, limit=limit)


def _too_long(text: str) -> Fault:
    return Fault("K139", (0, len(text)), text=_cut(text), limit=WRITTEN_DIGITS)


def _unreadable(text: str) -> Fault | None:
    """What is wrong with a text whatever its language: its length, characters, NaN or an exponent."""
    span = (0, len(text))
    if len(text) > WRITTEN_DIGITS + 2:
        return _too_long(text)
    foreign = next((at for at, character in enumerate(text) if not character.isascii()), None)
    if foreign is not None:
        character = text[foreign]
        point = f"U+{ord(character):04X}"
        return Fault("K138", (foreign, foreign + 1), text=_cut(text), character=character, point=point)
    if re.fullmatch(_NOT_FINITE, text, re.ASCII):
        return Fault("K137", span, text=text)
    if re.fullmatch(_EXPONENT, text, re.ASCII):
        return Fault("K136", span, text=_cut(text))
    return None


def _refused(text: str) -> Fault:
    """The fault that says best why `parse` did not take a text."""
    fault = _unreadable(text)
    if fault is not None:
        return fault
    span = (0, len(text))
    respelt = _respelt(text)
    if respelt is not None:
        code, spelling = respelt
        return Fault(code, span, text=_cut(text), spelling=spelling)
    return Fault("K135" if re.fullmatch(_BY_ZERO, text, re.ASCII) else "K130", span, text=_cut(text))


def _without_zeros(text: str) -> str:
    """The number without the zeros that it begins with."""
    found = re.fullmatch(_LEADING_ZERO, text, re.ASCII)
    return f"{found[1]}{found[2].lstrip('0') or '0'}{found[3]}" if found else text


def _respelt(text: str) -> tuple[str, str] | None:
    """The code of a mistake and the right spelling; None where nobody can tell what is meant."""
    joined = "".join(text.split())
    if joined != text:
        return ("K141", joined) if _NUMBER.fullmatch(joined.removesuffix("%")) else None
    if text.endswith("%"):
        return ("K142", text[:-1]) if _NUMBER.fullmatch(text[:-1]) else None
    if re.fullmatch(_LEADING_ZERO, text, re.ASCII):
        return "K133", _without_zeros(text)
    if (found := re.fullmatch(_BARE_POINT, text, re.ASCII)) and text.strip("+-.") != "":
        sign, whole, decimals = found.groups()
        return "K134", _without_zeros(f"{sign}{whole or '0'}" + (f".{decimals}" if decimals else ""))
    if re.fullmatch(_COMMA, text, re.ASCII) and not re.fullmatch(_GROUPED, text, re.ASCII):
        return "K131", _without_zeros(text.replace(".", "").replace(",", "."))
    if re.fullmatch(_GROUPED, text, re.ASCII):
        # Only a single point behind other separators is the decimal sign.
        whole, point, decimals = text.rpartition(".") if text.count(".") == 1 else (text, "", "")
        return "K132", _without_zeros(re.sub("[.,_]", "", whole) + point + decimals)
    return None


def _refused_locally(text: str, locale: Language) -> Fault:
    """The fault that says best why `parse_local` did not take a text."""
    span = (0, len(text))
    point, group = _MARKS[locale]
    unreadable = _unreadable(text)
    if unreadable is not None:
        return unreadable
    if re.fullmatch(_LEADING_ZERO, text, re.ASCII):
        return Fault("K133", span, text=_cut(text), spelling=_without_zeros(text))
    values = {"text": _cut(text), "locale": locale, "point": point, "group": group}
    examples = (f"12{point}5", f"1{group}250{group}000{point}75")
    code = "K148" if re.fullmatch(_SEPARATED, text, re.ASCII) else "K149"
    return Fault(code, span, **values, examples=examples)


# --- rounding


def _mode(value: str) -> Mode:
    for mode in MODES:
        if mode == value:
            return mode
    raise Fault("K144", (0, len(value)), text=_cut(value), modes=MODES, suggestion=closest(value, MODES))


@frozen
class Rounding:
    """
    A declared rounding: to multiples of `to`, in a named way.

    `to` is above zero (0.01: hundredths; 5: multiples of five); `mode` is one of `MODES`.
    Raises `Fault`: K140 for a step that is not above zero, K144 for an unknown mode.

    >>> Rounding(Fraction(1, 100), mode="half-up").apply(Fraction(725, 9))
    Fraction(2014, 25)
    """

    to: Fraction = field(converter=exact)
    mode: Mode = field(converter=_mode, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.to <= 0:
            raise Fault("K140", text=text(self.to))

    def apply(self, value: Fraction) -> Fraction:
        """The multiple of `to` that this rounding gives for an exact value."""
        below, rest = divmod(value.numerator * self.to.denominator, value.denominator * self.to.numerator)
        if rest and self._goes_up(below, 2 * rest - value.denominator * self.to.numerator):
            below += 1
        return Fraction(below * self.to.numerator, self.to.denominator)

    def _goes_up(self, below: int, past_half: int) -> bool:
        """Whether a value strictly between two multiples goes to the higher; `past_half` is 0 on a tie."""
        match self.mode:
            case "floor":
                return False
            case "ceiling":
                return True
            case "up":
                return below >= 0
            case "down":
                return below < 0
        if past_half:
            return past_half > 0
        match self.mode:
            case "half-up":
                return below >= 0
            case "half-down":
                return below < 0
        return below % 2 == 1


# --- writing


def shown(value: Fraction, *, rounding: Rounding | None = None, language: Language = "en") -> str:
    """
    A figure for people, with the separators of the language.

    With a rounding it has as many decimals as the rounding's step; without, all its decimals, or the fraction where
    they do not end.

    >>> shown(Fraction(115, 2), rounding=Rounding(0.01, mode="half-up"), language="id")
    '57,50'
    >>> shown(Fraction(1250000), language="id"), shown(Fraction(725, 9))
    ('1.250.000', '725/9')
    """
    places = 0
    if rounding is not None:
        value = rounding.apply(value)
        places = len(decimal_part(rounding.to) or "")
    tail = decimal_part(value)
    if tail is None:
        return text(value)
    tail = tail.ljust(places, "0")
    sign = "-" if value < 0 else ""
    whole = _grouped(abs(value.numerator) // value.denominator, language)
    return f"{sign}{whole}{_MARKS[language][0] if tail else ''}{tail}"


def _grouped(number: int, language: Language) -> str:
    """A whole number of at least zero with its thousands separated."""
    if number < 1000:
        return str(number)
    return format(Decimal(number), ",f").replace(",", _MARKS[language][1])


def money(amount: int, *, currency: str, language: Language = "en") -> str:
    """
    An amount in whole units of a currency, with the separators of the language.

    >>> money(250000, currency="IDR", language="id"), money(1000, currency="USD")
    ('Rp250.000', 'USD 1,000')
    """
    sign = "-" if amount < 0 else ""
    name = "Rp" if currency == "IDR" else f"{currency} "
    return f"{sign}{name}{_grouped(abs(amount), language)}"


_ONES = (
    *("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
_SCALES = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")


def rupiah_words(amount: int) -> str:
    """
    An amount of rupiah in Indonesian words, as a receipt spells it out.

    Whole rupiah, below 10**18 in magnitude; raises `Fault` K139 beyond.

    >>> rupiah_words(250000)
    'dua ratus lima puluh ribu rupiah'
    """
    limit = 3 * len(_SCALES)
    if abs(amount) >= 10**limit:
        raise _over("rupiah", limit)
    words = ["minus"] if amount < 0 else []
    rest = abs(amount)
    for scale in range(len(_SCALES) - 1, -1, -1):
        group, rest = divmod(rest, 1000**scale)
        if scale == 1 and group == 1:
            words.append("seribu")
        elif group:
            words += [*_below_thousand(group), _SCALES[scale]]
    return " ".join(word for word in [*words, "nol" if amount == 0 else "", "rupiah"] if word)


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = ["seratus"] if hundreds == 1 else [_ONES[hundreds], "ratus"] if hundreds else []
    if rest < 12:
        return [*words, _ONES[rest]]
    tens, ones = divmod(rest, 10)
    return [*words, _ONES[ones], "belas"] if tens == 1 else [*words, _ONES[tens], "puluh", _ONES[ones]]


#: The words for one to eleven, with what they count.
_COUNTS = {word: number for number, word in enumerate(_ONES) if word}
#: The words for powers of a thousand, in either spelling.
_POWERS = {**{word: power for power, word in enumerate(_SCALES) if word}, "milyar": 3}


def spelt_out(words: str) -> int | None:
    """
    The amount that Indonesian words spell out, with or without "rupiah"; None where they are no numeral.

    >>> spelt_out("Lima Ratus Lima Puluh Ribu Rupiah"), spelt_out("seadanya")
    (550000, None)
    """
    said = words.lower().replace("-", " ").split()
    sign = -1 if said[:1] == ["minus"] else 1
    said = said[sign < 0 : len(said) - (said[-1:] == ["rupiah"])]
    number, length = numeral(said)
    return sign * number if said and length == len(said) else None


def numeral(words: Sequence[str]) -> tuple[int, int]:
    """
    The number that the first of some lower-case words spell out, and how many words that takes; 0 where none does.

    >>> numeral(["dua", "puluh", "lima", "orang"])
    (25, 3)
    """
    if words[:1] and words[0] == "nol":
        return 0, 1
    total, at, power = 0, 0, len(_SCALES)
    while power:
        group, end = _group(words, at)
        here = _POWERS.get(words[end], 0) if at < end < len(words) else 0
        if at < len(words) and words[at] == "seribu":
            group, end, here = 1, at, 1
        # A scale that is not below the one before begins another number.
        if here >= power or end + (here > 0) == at:
            break
        total, at, power = total + group * 1000**here, end + (here > 0), here
    return total, at


def _group(words: Sequence[str], at: int) -> tuple[int, int]:
    """The number below a thousand that begins at a word, and where it ends."""
    first, second = (*words[at : at + 2], "", "")[:2]
    hundreds = 0
    if first == "seratus":
        hundreds, at = 100, at + 1
    elif second == "ratus" and _COUNTS.get(first, 10) < 10:
        hundreds, at = 100 * _COUNTS[first], at + 2
    first, second = (*words[at : at + 2], "", "")[:2]
    count = _COUNTS.get(first, 0)
    if not count or count >= 10 or second not in ("puluh", "belas"):
        return hundreds + count, at + (count > 0)
    if second == "belas":
        return hundreds + 10 + count, at + 2
    ones = _COUNTS.get(words[at + 2], 10) if at + 2 < len(words) else 10
    return (hundreds + 10 * count + ones, at + 3) if ones < 10 else (hundreds + 10 * count, at + 2)
