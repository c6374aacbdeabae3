"""Numbers at the door, rounded and written."""

from __future__ import annotations

import decimal
import enum
import pickle
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from num2words import num2words

from kinerja import numbers
from kinerja.errors import Fault
from kinerja.messages import Language
from kinerja.numbers import MODES, Mode, Rounding


def fault_of(call: Callable[[], object]) -> Fault:
    """The fault that a call raises."""
    with pytest.raises(Fault) as caught:
        call()
    return caught.value


def short(value: object) -> str:
    """The id of a case: long values are cut, and large integers are never printed."""
    if isinstance(value, str):
        return value[:12]
    if isinstance(value, int | Fraction) and max(abs(value.numerator), value.denominator) < 10**6:
        return str(value)
    return type(value).__name__


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("12", Fraction(12)),
        ("+12", Fraction(12)),
        ("-0.5", Fraction(-1, 2)),
        ("57.50", Fraction(115, 2)),
        ("2/3", Fraction(2, 3)),
        ("-4/6", Fraction(-2, 3)),
        ("0/5", Fraction(0)),
        ("1.000", Fraction(1)),
        ("9" * 1000, Fraction(10**1000 - 1)),
        ("-0." + "0" * 998 + "1", Fraction(-1, 10**999)),
        ("1" * 500 + "/" + "3" * 500, Fraction(1, 3)),
    ],
    ids=short,
)
def test_parse(text: str, value: Fraction) -> None:
    """Digits, a decimal point and a fraction bar are read exactly."""
    assert value == numbers.parse(text)


@pytest.mark.parametrize(
    ("text", "code", "spelling"),
    [
        ("", "K130", None),
        ("abc", "K130", None),
        ("-", "K130", None),
        (".", "K130", None),
        ("--5", "K130", None),
        ("1/02", "K130", None),
        ("1/-2", "K130", None),
        ("1.5/2", "K130", None),
        ("0x1F", "K130", None),
        ("5 persen", "K130", None),
        ("x%", "K130", None),
        ("%", "K130", None),
        ("12,5", "K131", "12.5"),
        ("-1.250,75", "K131", "-1250.75"),
        ("0,250", "K131", "0.250"),
        ("00,5", "K131", "0.5"),
        ("00.", "K134", "0"),
        ("1_000", "K132", "1000"),
        ("0_0", "K132", "0"),
        ("1_000.5", "K132", "1000.5"),
        ("1,250", "K132", "1250"),
        ("1.250.000", "K132", "1250000"),
        ("-1,250,000.75", "K132", "-1250000.75"),
        ("007", "K133", "7"),
        ("-00", "K133", "-0"),
        ("000.50", "K133", "0.50"),
        (".5", "K134", "0.5"),
        ("-.5", "K134", "-0.5"),
        ("5.", "K134", "5"),
        ("1/0", "K135", None),
        ("1E+1000000", "K136", None),
        ("1e3", "K136", None),
        ("-2.5E-7", "K136", None),
        ("nan", "K137", None),
        ("sNaN", "K137", None),
        ("-Infinity", "K137", None),
        ("inf", "K137", None),
        ("٣", "K138", None),
        ("１２", "K138", None),
        ("−5", "K138", None),
        ("½", "K138", None),
        ("9" * 1001, "K139", None),
        ("1" * 501 + "/" + "3" * 500, "K139", None),
        ("9" * 10**7, "K139", None),
        (" 5", "K141", "5"),
        ("5\n", "K141", "5"),
        ("1 000", "K141", "1000"),
        ("5 %", "K141", "5%"),
        ("40%", "K142", "40"),
    ],
    ids=short,
)
def test_parse_refuses(text: str, code: str, spelling: str | None) -> None:
    """What is no number is refused with its own code, and with the right spelling where there is one."""
    fault = fault_of(lambda: numbers.parse(text))

    assert (code, spelling) == (fault.code, fault.values.get("spelling"))
    assert fault.render("en") != fault.render("id")
    assert len(fault.render()) < 400


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("-0.5", Fraction(-1, 2)),
        ("1" + "0" * 9_000, Fraction(10**9_000)),
        ("-1" + "0" * 2_000 + ".25", Fraction(-(10**2_000)) - Fraction(1, 4)),
        ("1/" + "3" * 9_000, Fraction(9, 3 * (10**9_000 - 1))),
    ],
    ids=short,
)
def test_parse_computed(text: str, value: Fraction) -> None:
    """What a formula came to is read however long it may be."""
    assert value == numbers.parse_computed(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("1,5", "K131"), ("9" * 30_000, "K139"), ("0" * 2_000, "K139"), ("1/" + "0" * 2_000, "K139")],
)
def test_parse_computed_refuses(text: str, code: str) -> None:
    """What no formula can come to, and what is no number, is refused as by `parse`."""
    assert code == fault_of(lambda: numbers.parse_computed(text)).code


def test_parse_points_at_the_character() -> None:
    """A character that is of no number is named with its code point and its place."""
    fault = fault_of(lambda: numbers.parse("12５"))

    assert (2, 3) == fault.span
    assert "U+FF15" in fault.render()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5%", Fraction(1, 20)),
        ("0.15", Fraction(3, 20)),
        ("2/3", Fraction(2, 3)),
        ("33.5%", Fraction(67, 200)),
    ],
)
def test_share(text: str, value: Fraction) -> None:
    """A weight is a number or a percentage."""
    assert value == numbers.parse_share(text)


@pytest.mark.parametrize(
    ("text", "code"), [("5 %", "K141"), ("%", "K130"), ("12,5%", "K130"), ("5%%", "K130")]
)
def test_share_refuses(text: str, code: str) -> None:
    """What is neither number nor percentage is refused."""
    assert code == fault_of(lambda: numbers.parse_share(text)).code


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("id", "12,5", Fraction(25, 2)),
        ("id", "1.250", Fraction(1250)),
        ("id", "1.250.000,75", Fraction(5000003, 4)),
        ("id", "1250", Fraction(1250)),
        ("id", "1250,5", Fraction(2501, 2)),
        ("id", " -0,5\t", Fraction(-1, 2)),
        ("id", "1,250", Fraction(5, 4)),
        ("en", "12.5", Fraction(25, 2)),
        ("en", "1,250", Fraction(1250)),
        ("en", "+1,250,000.75", Fraction(5000003, 4)),
        ("en", "1.250", Fraction(5, 4)),
    ],
)
def test_local(locale: Language, text: str, value: Fraction) -> None:
    """Text from a table is read as its locale writes it."""
    assert value == numbers.parse_local(text, locale=locale)


@pytest.mark.parametrize(
    ("locale", "text", "code"),
    [
        ("id", "1.25", "K148"),
        ("id", "0.250", "K148"),
        ("id", "1250.000", "K148"),
        ("id", "1,250.5", "K148"),
        ("id", "12.", "K148"),
        ("en", "12,5", "K148"),
        ("en", "1.250,5", "K148"),
        ("id", "", "K149"),
        ("id", "  ", "K149"),
        ("id", "Rp5", "K149"),
        ("id", "5%", "K149"),
        ("id", "1 250", "K149"),
        ("id", "2/3", "K149"),
        ("en", "1_000", "K149"),
        ("id", "007", "K133"),
        ("id", "NaN", "K137"),
        ("id", "٣", "K138"),
        ("id", "1e5", "K136"),
        ("id", "9" * 1001, "K139"),
        ("id", "9" * 2001, "K139"),
    ],
    ids=short,
)
def test_local_refuses(locale: Language, text: str, code: str) -> None:
    """Separators that do not fit the locale, units and signs are refused; nothing is guessed."""
    fault = fault_of(lambda: numbers.parse_local(text, locale=locale))

    assert code == fault.code
    assert fault.render("en") != fault.render("id")


class Level(enum.IntEnum):
    """An int that is not exactly an int."""

    THREE = 3


class Ratio(Fraction):
    """A Fraction that is not exactly a Fraction."""


class Double(float):
    """A float as numpy's float64 is one, with a repr of its own."""

    def __repr__(self) -> str:
        return f"Double({float(self)!r})"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (5, Fraction(5)),
        (Level.THREE, Fraction(3)),
        (10**10_000 - 1, Fraction(10**10_000 - 1)),
        (1 - 10**10_000, Fraction(1 - 10**10_000)),
        (Fraction(2, 3), Fraction(2, 3)),
        (Ratio(2, 3), Fraction(2, 3)),
        (0.1, Fraction(1, 10)),
        (-0.0, Fraction(0)),
        (40.0, Fraction(40)),
        (29.99, Fraction(2999, 100)),
        (1e23, Fraction(10**23)),
        (float(2**53), Fraction(9007199254740992)),
        (5e-324, Fraction(5, 10**324)),
        (Double(0.1), Fraction(1, 10)),
        (Decimal("0.10"), Fraction(1, 10)),
        (Decimal("-1E+999"), Fraction(-(10**999))),
        (Decimal("9" * 1000), Fraction(10**1000 - 1)),
    ],
    ids=short,
)
def test_exact(value: object, expected: Fraction) -> None:
    """A number from Python keeps its exact value, a float its shortest decimal; the result is a plain Fraction."""
    found = numbers.exact(value)

    assert expected == found
    assert type(found) is Fraction


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (True, "K143"),
        (False, "K143"),
        (float("nan"), "K137"),
        (float("-inf"), "K137"),
        (Decimal("NaN"), "K137"),
        (Decimal("sNaN"), "K137"),
        (Decimal("Infinity"), "K137"),
        ("5", "K145"),
        ("x" * 10**6, "K145"),
        (None, "K146"),
        (b"5", "K146"),
        (1j, "K146"),
        ([5], "K146"),
        (10**10_000, "K139"),
        (-(10**10_000), "K139"),
        (Fraction(1, 10**10_000), "K139"),
        (Fraction(10**10_000), "K139"),
        (Fraction(-(10**10_000)), "K139"),
        (Decimal("1E+1000"), "K139"),
        (Decimal("1E-1000"), "K139"),
        (Decimal("1E+1000000"), "K139"),
        (Decimal("9" * 1001).scaleb(-500, decimal.Context(prec=2000)), "K139"),
        (Decimal("9" * 10**6).scaleb(-(10**6), decimal.Context(prec=10**7)), "K139"),
    ],
    ids=short,
)
def test_exact_refuses(value: object, code: str) -> None:
    """What is no bounded finite number is refused, and the message can be printed."""
    fault = fault_of(lambda: numbers.exact(value))

    assert code == fault.code
    assert len(fault.render("id")) < 400


#: What each mode makes of these values, to whole numbers; the decimal module's words mean the same.
TIES: dict[Mode, list[int]] = {
    "half-up": [3, -3, 4, 2, -2, 3],
    "half-down": [2, -2, 3, 2, -2, 3],
    "half-even": [2, -2, 4, 2, -2, 3],
    "up": [3, -3, 4, 3, -3, 3],
    "down": [2, -2, 3, 2, -2, 3],
    "floor": [2, -3, 3, 2, -3, 3],
    "ceiling": [3, -2, 4, 3, -2, 3],
}


@pytest.mark.parametrize("mode", MODES)
def test_rounding_modes(mode: Mode) -> None:
    """Every mode does what its word says, for ties and between, above and below zero."""
    values = [Fraction(t) for t in ("2.5", "-2.5", "3.5", "2.4", "-2.4", "3")]

    assert TIES[mode] == [Rounding(Fraction(1), mode=mode).apply(value) for value in values]


def test_rounding_to_any_step() -> None:
    """A step need be no power of ten."""
    assert Fraction(15) == Rounding(Fraction(5), mode="half-up").apply(Fraction("12.5"))
    assert Fraction(2, 3) == Rounding(Fraction(1, 3), mode="half-up").apply(Fraction("0.6"))


def test_rounding_takes_any_number_for_its_step() -> None:
    """The step may be given as any number that Python has; roundings compare, hash and pickle."""
    rounding = Rounding(0.01, mode="half-up")

    assert Rounding(Fraction(1, 100), mode="half-up") == rounding
    assert hash(rounding) == hash(pickle.loads(pickle.dumps(rounding)))
    assert rounding != Rounding(0.01, mode="half-even")


@pytest.mark.parametrize("to", [0, -1, Fraction(-1, 100)])
def test_rounding_refuses_a_step_that_is_not_above_zero(to: object) -> None:
    """There are no multiples to round to without a positive step."""
    assert "K140" == fault_of(lambda: Rounding(to, mode="up")).code


def test_rounding_refuses_an_unknown_mode() -> None:
    """An unknown mode is refused with the nearest one."""
    fault = fault_of(lambda: Rounding(1, mode="halfup"))

    assert ("K144", "half-up") == (fault.code, fault.values["suggestion"])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-12), "-12"),
        (Fraction(115, 2), "57.5"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(725, 9), "725/9"),
        (Fraction(-1, 3), "-1/3"),
        (Fraction(1, 10**30), "0." + "0" * 29 + "1"),
        (Fraction(1, 10**31), "1/1" + "0" * 31),
        (Fraction(10**9_999), "1" + "0" * 9_999),
        (Fraction(1, 3**9_000), f"1/{Decimal(3**9_000)}"),
    ],
    ids=short,
)
def test_text(value: Fraction, text: str) -> None:
    """A number is written exactly, as a decimal where it ends soon enough; 10,000 digits are no obstacle."""
    assert text == numbers.text(value)


def test_text_with_other_limits() -> None:
    """The caller may allow more or fewer decimals."""
    assert "0." + "0" * 30 + "1" == numbers.text(Fraction(1, 10**31), decimals=40)
    assert "1/100" == numbers.text(Fraction(1, 100), decimals=1)


HUNDREDTHS = Rounding(Fraction(1, 100), mode="half-up")


@pytest.mark.parametrize(
    ("value", "rounding", "en", "id"),
    [
        (Fraction(115, 2), HUNDREDTHS, "57.50", "57,50"),
        (Fraction(725, 9), HUNDREDTHS, "80.56", "80,56"),
        (Fraction(-1234567), HUNDREDTHS, "-1,234,567.00", "-1.234.567,00"),
        (Fraction(-1, 1000), HUNDREDTHS, "0.00", "0,00"),
        (Fraction(1250000), None, "1,250,000", "1.250.000"),
        (Fraction("1250.5"), None, "1,250.5", "1.250,5"),
        (Fraction("-0.125"), None, "-0.125", "-0,125"),
        (Fraction(7250, 9), None, "7250/9", "7250/9"),
        (Fraction(1234), Rounding(Fraction(10), mode="down"), "1,230", "1.230"),
        (Fraction("1.3"), Rounding(Fraction(1, 4), mode="half-up"), "1.25", "1,25"),
        (Fraction("1.2"), Rounding(Fraction(5, 2), mode="up"), "2.5", "2,5"),
        (Fraction("0.6"), Rounding(Fraction(1, 3), mode="half-up"), "2/3", "2/3"),
        (Fraction("0.9"), Rounding(Fraction(1, 3), mode="half-up"), "1", "1"),
    ],
)
def test_shown(value: Fraction, rounding: Rounding | None, en: str, id: str) -> None:
    """A figure has the decimals of its rounding and the separators of its language."""
    assert en == numbers.shown(value, rounding=rounding)
    assert id == numbers.shown(value, rounding=rounding, language="id")


@pytest.mark.parametrize(
    ("amount", "currency", "en", "id"),
    [
        (250000, "IDR", "Rp250,000", "Rp250.000"),
        (0, "IDR", "Rp0", "Rp0"),
        (-1500, "IDR", "-Rp1,500", "-Rp1.500"),
        (1000, "USD", "USD 1,000", "USD 1.000"),
    ],
)
def test_money(amount: int, currency: str, en: str, id: str) -> None:
    """An amount stands behind its currency with its thousands separated."""
    assert en == numbers.money(amount, currency=currency)
    assert id == numbers.money(amount, currency=currency, language="id")


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1_000, "seribu rupiah"),
        (11_111, "sebelas ribu seratus sebelas rupiah"),
        (250_000, "dua ratus lima puluh ribu rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (-500, "minus lima ratus rupiah"),
        (2_000_000_012, "dua miliar dua belas rupiah"),
        (999 * 10**12, "sembilan ratus sembilan puluh sembilan triliun rupiah"),
        (10**18 - 10**15, "sembilan ratus sembilan puluh sembilan kuadriliun rupiah"),
    ],
)
def test_rupiah_words(amount: int, words: str) -> None:
    """An amount is spelt out as on a receipt."""
    assert words == numbers.rupiah_words(amount)


@pytest.mark.volume
def test_rupiah_words_agree_with_num2words() -> None:
    """Every amount up to a million is spelt as an independent library spells it."""
    amounts = range(10**6 + 1)

    assert [] == [n for n in amounts if numbers.rupiah_words(n) != f"{num2words(n, lang='id')} rupiah"]


@pytest.mark.volume
def test_words_of_num2words_are_read_back() -> None:
    """The words of an independent library are read back, up to 20,000 and for every 37th amount up to a million."""
    amounts = [*range(20_001), *range(20_001, 10**6 + 1, 37), 10**6]

    assert [] == [n for n in amounts if numbers.spelt_out(num2words(n, lang="id")) != n]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("Lima Ratus Lima Puluh Ribu Rupiah", 550_000),
        ("Satu Juta Rupiah", 1_000_000),
        ("nol", 0),
        ("minus lima ratus rupiah", -500),
        ("satu ratus satu ribu", 101_000),
        ("dua milyar seribu", 2_000_001_000),
        ("dua-puluh-satu", 21),
        ("sebelas ribu dua belas", 11_012),
        ("", None),
        ("Rupiah", None),
        ("minus", None),
        ("ribu", None),
        ("puluh", None),
        ("sepuluh ratus", None),
        ("dua dua", None),
        ("dua ribu tiga ribu", None),
        ("seribu seribu", None),
        ("dua puluh sebelas", None),
        ("dua ratus ribu orang", None),
    ],
)
def test_amount_that_words_spell_out(words: str, amount: int | None) -> None:
    """Words are read back to their amount, in either spelling of a billion; what is no one numeral is not guessed."""
    assert amount == numbers.spelt_out(words)


@pytest.mark.parametrize(
    ("words", "number", "length"),
    [
        ("dua puluh lima orang", 25, 3),
        ("dua puluh", 20, 2),
        ("tiga belas kali", 13, 2),
        ("seratus dua rapat", 102, 2),
        ("dua ratus", 200, 2),
        ("dua puluh sebelas", 20, 2),
        ("nol kali", 0, 1),
        ("salah satu", 0, 0),
        ("", 0, 0),
    ],
)
def test_numeral_at_the_front(words: str, number: int, length: int) -> None:
    """Of a sentence, the words that spell out a number are taken as far as they go."""
    assert (number, length) == numbers.numeral(words.split())


@pytest.mark.parametrize("amount", [10**18, -(10**18), 10**5000], ids=short)
def test_rupiah_words_have_an_end(amount: int) -> None:
    """Beyond 18 digits there are no words."""
    assert "K139" == fault_of(lambda: numbers.rupiah_words(amount)).code
