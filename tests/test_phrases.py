"""The grammar of phrases: what a sentence of a regulation says of a number, and what is left unread."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kinerja.checks.figures import figure, figures_of_money, quantity, spelt_amounts, tokens, unit_words
from kinerja.checks.phrases import COMPARISONS, CONNECTORS, LIMIT, said
from kinerja.checks.printed import printed, roman
from kinerja.messages import Language

# --- figures


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("40", "id", "40"),
        ("1.500", "id", "1500"),
        ("10.000", "id", "10000"),
        ("12,5", "id", "25/2"),
        ("0,500", "id", "1/2"),
        ("97.5", "id", "195/2"),
        ("1.250,5", "id", "2501/2"),
        ("1,000,000", "id", "1000000"),
        ("2,500", "id", None),
        ("1.500", "en", None),
        ("2,500", "en", "2500"),
        ("12.5", "en", "25/2"),
        ("2/3", "id", "2/3"),
        ("1/0", "id", None),
        ("1,5/2", "id", None),
        ("31/12/2016", "id", None),
        ("08", "id", None),
        ("1.2.3", "id", None),
    ],
)
def test_figure(text: str, language: Language, expected: str | None) -> None:
    """Digits are read by the separators of the language, and not at all where they can be read two ways."""
    assert (Fraction(expected) if expected is not None else None) == figure(text, language=language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500,000,-", 500_000),
        ("1.000,000,-", 1_000_000),
        ("250.000,00", 250_000),
        ("750.000", 750_000),
        ("300", 300),
        ("1.000.5", None),
    ],
)
def test_figure_of_money(text: str, expected: int | None) -> None:
    """In an amount, a sign before three digits separates thousands, whichever sign it is."""
    assert expected == figure(text, language="id", money=True)


@pytest.mark.parametrize(
    ("text", "value", "units", "rest"),
    [
        ("4 (empat) LONGGAR yang", "4", {"longgar"}, "yang"),
        ("empat (4) kali", "4", {"kali"}, ""),
        ("4 (kurang lebih) orang", "4", set(), "( kurang lebih ) orang"),
        ("4 (bila ada", "4", set(), "( bila ada"),
        ("4 (5-6) orang", "4", set(), "( 5 - 6 ) orang"),
        ("4 (1.2.3) orang", "4", set(), "( 1.2.3 ) orang"),
        ("dua puluh lima rumah tangga", "25", {"rumah", "tangga"}, ""),
        ("Rp. 500,000,- per bulan", "500000", {"rupiah"}, "per bulan"),
        ("Rp 2,5 juta", "2500000", {"rupiah"}, ""),
        ("300 ribu rupiah", "300000", {"rupiah"}, ""),
        ("-5% lagi", "-5", {"%"}, "lagi"),
        ("½ ha", "1/2", {"hektar"}, ""),
        ("10 m²", "10", {"m2"}, ""),
    ],
)
def test_quantity(text: str, value: str, units: set[str], rest: str) -> None:
    """A quantity is a figure or words, said twice or once, with its multiple and its unit."""
    pieces = tokens(text)
    found = quantity(pieces, 0, language="id", own=unit_words("LONGGAR"))
    assert found is not None
    assert (Fraction(value), units) == (found.value, found.units)
    assert rest == " ".join(piece.text for piece in pieces[found.end :])


@pytest.mark.parametrize(
    "text", ["", "Rp", "- 5", "4 (lima) orang", "empat (5) kali", "sekali", "2,500 orang", "(4)"]
)
def test_no_quantity(text: str) -> None:
    """Where nothing is counted, or figure and words differ, there is no quantity."""
    assert quantity(tokens(text), 0, language="id") is None


@pytest.mark.parametrize(
    ("text", "figures", "words"),
    [
        ("sebesar Rp. 500,000,- (Lima Ratus Lima Puluh Ribu Rupiah).", (500_000,), (550_000,)),
        ("Rp300-600 ribu, lalu Rp 1,2 juta", (300_000, 600_000, 1_200_000), ()),
        ("Rp 900 ribu sampai Rp1,2 juta", (900_000, 1_200_000, 1_200_000), ()),
        ("Rp300.000 - 600.000", (300_000, 600_000), ()),
        ("Rp300.000 bagi 600 orang", (300_000,), ()),
        ("Rp 12,5 saja (tanpa kata) (", (), ()),
        ("Rp", (), ()),
    ],
)
def test_amounts_in_a_text(text: str, figures: tuple[int, ...], words: tuple[int, ...]) -> None:
    """Amounts of rupiah are found by their sign, and amounts in words where they fill parentheses."""
    assert figures == figures_of_money(text)
    assert words == spelt_amounts(text, in_parentheses=True)


def test_amounts_in_words() -> None:
    """Every numeral of a text in words is found, and nothing else."""
    assert (300_000, 1) == spelt_amounts("Tiga Ratus Ribu Rupiah untuk satu bulan")
    assert () == spelt_amounts("setengah juta")


# --- claims


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        # signs
        ("Tingkat partisipasi perempuan > 40%", "%", "> 40"),
        ("≥ 40 %", "%", ">= 40"),
        ("=> 40", "", ">= 40"),
        ("nilai ≤ 3", "", "<= 3"),
        ("= 3", "", "3"),
        ("10 <", "", "> 10"),
        ("50 >", "", "< 50"),
        ("10 ≤ x", "", ">= 10"),
        ("30 < x <= 40", "", "(30..40]"),
        # ranges
        ("partisipasi 30% s.d 40%", "%", "[30..40]"),
        ("90 - 97% infrastruktur", "%", "[90..97]"),
        ("10 – 25 meter", "meter", "[10..25]"),
        ("antara 3 dan 5 kali", "kali", "[3..5]"),
        ("between 3 and 5 times", "times", "[3..5]"),
        ("60 sampai dengan kurang dari 70", "", "[60..70)"),
        ("lebih dari 60 hingga 70", "", "(60..70]"),
        ("minimal 3 sampai maksimal 5", "", "[3..5]"),
        ("dua sampai tiga kali", "kali", "[2..3]"),
        ("-5 - -2", "", "[-5..-2]"),
        ("60 – 70 : Cukup", "", "[60..70]"),
        ("Rp300-600 ribu", "Rp", "[300000..600000]"),
        ("900 ribu - 1,2 juta", "", "[900000..1200000]"),
        # words
        ("Ada lebih dari 2 kegiatan", "kegiatan", "> 2"),
        ("Ada lebih 2 kegiatan", "kegiatan", "> 2"),
        ("lebih dari satu", "", "> 1"),
        ("berjumlah lebih dari atau sama dengan 2", "", ">= 2"),
        ("tidak kurang dari 5", "", ">= 5"),
        ("tidak lebih dari 5", "", "<= 5"),
        ("minimal tiga kali", "kali", ">= 3"),
        ("maks. 5", "", "<= 5"),
        ("Belum mencapai standar nilai terendah, 60", "", "< 60"),
        ("diatas 50%", "%", "> 50"),
        ("dibawah 50 persen", "%", "< 50"),
        ("80 ke atas", "", ">= 80"),
        ("3 kali atau lebih", "kali", ">= 3"),
        ("20 atau kurang", "", "<= 20"),
        ("kurang dari Rp 2 juta", "Rp", "< 2000000"),
        ("lebih besar dari 10.000 m3", "m3", "> 10000"),
        # bare numbers, several claims
        ("1 (satu) LONGGAR", "LONGGAR", "1"),
        ("Terdapat 4 regu", "regu", "4"),
        ("2", "", "2"),
        ("dua", "", "2"),
        ("1, 2 atau 5 kali", "kali", "1, 2, 5"),
        ("tepat 2 atau 3", "", "2, 3"),
        ("kurang dari 10 atau lebih dari 20", "", "< 10, > 20"),
        ("kurang dari 10 dan lebih dari 20", "", "< 10, > 20"),
        ("lebih dari 10 dan kurang dari 20", "", "(10..20)"),
        # numbers that only name something
        ("di atas 5 menurut Tabel 3 dan pasal 12", "", "> 5"),
        ("di atas 5 pada tahun 2016-2017", "", "> 5"),
        ("di atas 5 pada tahun 2016 - kini", "", "> 5"),
        ("di atas 5 menurut butir no. 7", "", "> 5"),
    ],
)
def test_claim(text: str, unit: str, expected: str) -> None:
    """What a sentence says of its measure is read whole."""
    found = said(text, unit=unit)
    assert (expected, ()) == (str(found.numbers), found.unread)


@pytest.mark.parametrize(
    ("text", "unit", "numbers", "unread"),
    [
        ("sekitar 40%", "%", "None", ("40",)),
        ("kurang lebih 40%", "%", "None", ("40",)),
        ("bukan kurang dari 5", "", "None", ("5",)),
        ("3 orang", "kegiatan", "None", ("3",)),
        ("4 (lima) orang", "orang", "None", ("4",)),
        ("2 kegiatan lebih dari target", "kegiatan", "None", ("2",)),
        ("10 < 20", "", "< 20", ("10",)),
        ("kurang dari 10 - 20", "", "< 10", ("20",)),
        ("10 sampai lebih dari 20", "", "> 20", ("10",)),
        ("lebih dari 2 kegiatan dalam 3 bulan", "kegiatan", "> 2", ("3",)),
        ("lebih dari 2 kegiatan yang diikuti minimal 10", "kegiatan", "> 2", ("10",)),
        ("rapat 2 kali", "kali", "None", ("2",)),
        ("2,500 orang", "orang", "None", ("2,500",)),
        ("> 40 lalu 50", "", "> 40", ("50",)),
        ("antara 3 dan", "", "None", ("3",)),
        ("x" * LIMIT + " 5", "", "None", ("5",)),
        ("> 5 " + "x" * LIMIT + " 7", "", "> 5", ("7",)),
    ],
)
def test_unread(text: str, unit: str, numbers: str, unread: tuple[str, ...]) -> None:
    """A number whose part in the sentence is not known is named, and never guessed."""
    found = said(text, unit=unit)
    assert (numbers, unread) == (str(found.numbers), found.unread)


@pytest.mark.parametrize(
    ("text", "expected", "is_none"),
    [
        ("Tidak Ada", "<= 0", True),
        ("Belum ada kegiatan dari pihak lain", "<= 0", True),
        ("Tidak terjadi pengurangan kumuh", "<= 0", True),
        ("Ada kegiatan", "> 0", False),
        ("Sudah ada kegiatan", "> 0", False),
        ("Tidak ada laporan yang terlambat", "None", False),
        ("Ada aturan", "None", False),
        ("salah satu warga", "None", False),
        ("bukti lengkap", "None", False),
        ("", "None", False),
    ],
)
def test_presence(text: str, expected: str, is_none: bool) -> None:
    """Without a number, a sentence may say that there is some or none of what is counted, and of nothing else."""
    found = said(text, unit="kegiatan", things="Pengurangan")
    assert (expected, (), is_none) == (str(found.numbers), found.unread, found.is_none)


@pytest.mark.parametrize(
    ("sign", "phrase"),
    [(sign, each) for sign, phrases in COMPARISONS.items() for each in phrases.split(", ")],
)
def test_every_listed_comparison(sign: str, phrase: str) -> None:
    """Each comparison of the list stands for its sign; "about" is no claim."""
    expected = {"=": "7", "~": "None"}.get(sign, f"{sign} 7")
    assert expected == str(said(f"Jumlahnya {phrase} 7 kali", unit="kali").numbers)


@pytest.mark.parametrize("word", [*CONNECTORS.split(", "), "-", "–", "—"])
def test_every_listed_connector(word: str) -> None:
    """Each connector of the list makes a range of two numbers."""
    assert "[3..7]" == str(said(f"antara lain 3 {word} 7 kali", unit="kali").numbers)


def test_english_separators() -> None:
    """A rubric in English separates digits the English way."""
    assert "> 1250.5" == str(said("more than 1,250.5", language="en").numbers)


# --- printed numbers


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        (["1", "2", "10"], [[1], [2], [10]]),
        (["6a", "6B", "7"], [[6, 1], [6, 2], [7]]),
        (["Tabel 15, 19", "Tabel 16 dan 20"], [[15, 19], [16, 20]]),
        (["I", "ii.", "IV"], [[1], [2], [4]]),
        (["H", "I", "J"], [[8], [9], [10]]),
        (["C", "D"], [[3], [4]]),
        (["a)", "(b)", "1.2.3"], [[1], [2], [3]]),
        (["Umum", "", "Bagian tambahan", "?"], [[None], [], [None], [None]]),
    ],
)
def test_printed_numbers(labels: list[str], places: list[list[int | None]]) -> None:
    """Figures, letters and Roman numerals are counted, each below what stands before it."""
    assert places == [[count.place for count in row] for row in printed(labels)]


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("i", 1), ("iv", 4), ("ix", 9), ("xiv", 14), ("xl", 40), ("xcix", 99), ("ccc", 300)),
        *(("", None), ("iiii", None), ("vx", None), ("a", None)),
    ],
)
def test_roman(word: str, number: int | None) -> None:
    """Roman numerals as rows are numbered with them; what is none has no number."""
    assert number == roman(word)
