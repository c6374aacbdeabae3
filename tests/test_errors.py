"""Diagnostics, places and exceptions: data first, drawn last."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import pytest

from kinerja.errors import (
    WIDTH,
    Diagnostic,
    Fault,
    KinerjaError,
    Place,
    Report,
    RubricError,
    SheetError,
    SourceText,
    UsageError,
    closest,
    printable,
)
from kinerja.language.documents import read
from kinerja.language.sheetfile import sheet_of
from kinerja.messages import Language
from kinerja.writing import flow, jsonable

SOURCE = SourceText("kota.yaml", 'bands:\n  1: {when: ">= 40"}\n\t0: {when: "< 40"}\n')


def test_a_diagnostic_is_drawn_from_its_data() -> None:
    """Place, code, sentence, the lines it is about, a caret under the words, what to do: in the reader's language."""
    diagnostic = Diagnostic(
        "K157", ("bands", "1"), {"text": "40%", "spelling": "40"}, Place(SOURCE, 2, 14, 5)
    )
    assert (
        'kota.yaml:2:14: galat K157: "40%" memakai tanda persen\n'
        "    1 | bands:\n"
        '    2 |   1: {when: ">= 40"}\n'
        "      |              ^^^^^\n"
        '  bantuan: Tulis "40": satuan ditulis pada ukuran (measure).'
    ) == diagnostic.render("id")
    assert '"40%" has a percent sign' == diagnostic.message()
    assert "bands.1" == diagnostic.where
    assert "error" == diagnostic.severity


def test_without_a_place_the_path_stands_in_front() -> None:
    """A finding about a rubric built in Python names the path; one about nothing in particular begins with its code."""
    assert (
        "bands.1: error K119: an empty list of conditions never holds\n  help:"
        in Diagnostic("K119", ("bands", "1")).render()
    )
    assert Diagnostic("K112", (), {"text": "1.5"}).render().startswith("error K112")
    assert "\n" not in Diagnostic("K112", (), {"text": "1.5"}).render()


def test_places_take_no_part_in_equality() -> None:
    """Two findings of one thing are one finding, wherever it stands."""
    one = Diagnostic("K119", ("bands",), {"a": 1}, Place(SOURCE, 1, 1))
    other = Diagnostic("K119", ("bands",), {"a": 1}, Place(SOURCE, 2, 1))
    assert one == other
    assert hash(one) == hash(other)
    assert one != Diagnostic("K119", ("bands",), {"a": 2})


@pytest.mark.parametrize(
    ("unit", "language", "expected"),
    [
        ("%", "en", '"perempuan" is 140 %, outside [0..100]'),
        ("", "en", '"perempuan" is 140, outside [0..100]'),
        ("", "id", '"perempuan" bernilai 140, di luar [0..100]'),
    ],
)
def test_what_is_empty_takes_its_blank_with_it(unit: str, language: Language, expected: str) -> None:
    """A number without a unit stands right before its comma, in both languages."""
    values = {"name": "perempuan", "value": "140", "unit": unit, "domain": "[0..100]"}
    assert expected == Diagnostic("K303", ("perempuan",), values).message(language)


def test_a_suggestion_is_asked_first() -> None:
    """The nearest word comes before the list of all, and an empty list is a dash."""
    diagnostic = Diagnostic("K186", (), {"id": "fdg", "known": ["fgd", "kota"], "suggestion": "fgd"})
    assert 'Did you mean "fgd"? Assessors: fgd, kota.' == diagnostic.help()
    assert "Tim penilai: –." == Diagnostic("K186", (), {"id": "fdg", "known": []}).help("id")


def test_a_diagnostic_inside_a_sentence_speaks_its_language() -> None:
    """What is wrong with an alternative is said in the language of the sentence around it."""
    inner = Diagnostic("K198")
    outer = Diagnostic("K206", (), {"alternative": "a", "reading": "b", "problem": inner, "code": inner.code})
    assert inner.message("id") in outer.message("id")
    assert inner.message("en") in outer.message("en")


# --- a sheet that shows it


@pytest.mark.parametrize(
    ("facts", "line", "data"),
    [
        (
            {"perempuan": Fraction(40), "luas": Fraction(-3, 2)},
            "{perempuan: 40, luas: -1.5}",
            {"luas": "-1.5"},
        ),
        ({"bagian": Fraction(2, 3)}, "{bagian: 2/3}", {"bagian": "2/3"}),
        ({"a": True, "b": False, "c": None}, "{a: true, b: false, c: null}", {"c": None}),
        ({"a.b": "70/30", "c": "null"}, '{a.b: 70/30, c: "null"}', {"a.b": "70/30"}),
        ({"a": "[x:y]", "b": ">=40"}, '{a: "[x:y]", b: ">=40"}', {"a": "[x:y]"}),
        ({"s": frozenset({"b", "a"}), "t": ["y", "x"]}, "{s: [a, b], t: [y, x]}", {"s": ["a", "b"]}),
        ({"n": 3, "m": (1, Fraction(1, 2))}, "{n: 3, m: [1, 0.5]}", {"m": [1, "0.5"]}),
        ({"x": set()}, "{x: []}", {"x": []}),
    ],
)
def test_a_sheet_that_shows_a_finding(facts: dict[str, Any], line: str, data: dict[str, Any]) -> None:
    """It stands below the snippet as a line of YAML that a sheet can hold, in either language, and in JSON as data."""
    diagnostic = Diagnostic("K203", (), {"name": "a", "region": "40", "sheet": facts})
    assert facts == diagnostic.sheet
    assert f"example sheet: {line}" == diagnostic.advice("en")[0]
    assert f"  lembar contoh: {line}" == diagnostic.render("id").splitlines()[1]
    assert data == {key: value for key, value in jsonable(facts).items() if key in data}
    assert list(facts) == list(jsonable(facts))


def test_a_sheet_reads_back() -> None:
    """What is written as a line of YAML is what a sheet with that line says."""
    line = flow({"a.b": "70/30", "c": ">=40", "d": Fraction(5, 2), "e": frozenset({"y", "x"}), "f": True})
    sheet = sheet_of(read(f"kinerja-sheet: 1\nfacts: {line}\n", name="x"))
    assert {"a.b": "70/30", "c": ">=40", "d": "2.5", "e": ("x", "y"), "f": "true"} == dict(sheet.facts)


def test_a_finding_without_a_sheet_has_no_such_line() -> None:
    """Nothing stands where nothing is known; nor where a stored trail says something else than facts."""
    assert {} == Diagnostic("K119").sheet == Diagnostic("K119", (), {"sheet": "x"}).sheet
    assert "example sheet" not in Diagnostic("K119", (), {"sheet": "x"}).render()


def test_a_finding_under_another_reading_names_it() -> None:
    """What is found only where a reading is taken differently says which one."""
    diagnostic = Diagnostic("K119", (), {"under": {"D3": "dua", "D4": "tiga"}})
    assert {"D3": "dua", "D4": "tiga"} == diagnostic.readings
    assert "  menurut tafsir: D3=dua, D4=tiga" == diagnostic.render("id").splitlines()[1]


# --- reports


def test_a_report_is_a_tuple_that_knows_its_errors() -> None:
    """Empty it is the empty tuple; with an error it raises when it is asked to, with the errors alone."""
    doubt, error = Diagnostic("K216", (), {"number": "8", "name": "a", "other": "b"}), Diagnostic("K119")
    assert () == Report()
    assert "()" == repr(Report())
    report = Report([doubt, error])
    assert (doubt, error) == report
    assert (error,) == report.errors
    with pytest.raises(RubricError) as caught:
        report.raise_if_errors()
    assert (error,) == caught.value.diagnostics
    assert report == pickle.loads(pickle.dumps(report))
    assert Report([doubt]).raise_if_errors() is None


# --- places


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(SOURCE, 1, 1, 5), ["    1 | bands:", "      | ^^^^^"]),
        (
            Place(SOURCE, 2, 3, 99),
            ["    1 | bands:", '    2 |   1: {when: ">= 40"}', f"      |   {'^' * 18}"],
        ),
        (Place(SOURCE, 3, 2), ['    2 |   1: {when: ">= 40"}', '    3 |  0: {when: "< 40"}', "      |  ^"]),
        (Place(SOURCE, 2, 99), ["    1 | bands:", '    2 |   1: {when: ">= 40"}', f"      | {' ' * 20}^"]),
        (Place(SOURCE, 4, 1), ['    3 |  0: {when: "< 40"}']),
        (Place(SOURCE, 9, 1), []),
        (Place(SourceText("x"), 1, 1), []),
    ],
)
def test_a_snippet_shows_the_line_and_the_one_before(place: Place, expected: list[str]) -> None:
    """The caret stands under the words that are meant, whatever the line holds; past the end there is no line."""
    assert expected == place.snippet()


@pytest.mark.parametrize(("column", "length"), [(1, 3), (80, 3), (500, 3), (998, 3), (500, 400), (1, 1000)])
def test_a_snippet_of_a_long_line_is_cut(column: int, length: int) -> None:
    """Of a line wider than a terminal the part around what is meant is shown, with dots where it goes on."""
    line = "".join(str(n % 10) for n in range(1000))
    shown, caret = Place(SourceText("x", line), 1, column, length).snippet()
    assert len(shown) <= WIDTH + len("    1 | ") + 2
    at = caret.index("^")
    assert line[column - 1] == shown[at]
    assert shown[at : at + caret.count("^")] == line[column - 1 : column - 1 + caret.count("^")]
    assert caret.count("^") == min(
        length, WIDTH, WIDTH - (column - 1 if column + length <= WIDTH else WIDTH // 2)
    ) or (column + length > WIDTH)


def test_characters_that_steer_a_terminal_are_written_out() -> None:
    """Nothing that a file, a path or a name holds reaches the terminal as a command."""
    assert "a<U+001B>[31m b<U+202E>" == printable("a\x1b[31m\tb\u202e")
    source = SourceText("jahat\x1b.yaml", "a\x1bb: c")
    rendered = Diagnostic("K101", ("a\x1bb",), {"key": "a\x1bb", "known": []}, Place(source, 1, 3)).render()
    assert "\x1b" not in rendered
    caret = rendered.splitlines()[2].index("^")
    assert "b" == rendered.splitlines()[1][caret]


def test_long_values_are_cut() -> None:
    """A message never repeats a whole book."""
    assert len(Diagnostic("K108", (), {"id": "x" * 100_000}).render()) < 400


# --- exceptions


@pytest.mark.parametrize("kind", [KinerjaError, RubricError, SheetError, UsageError])
def test_exceptions_carry_their_diagnostics(kind: type[KinerjaError]) -> None:
    """`str()` draws them in English, `render` in either language, and all of it survives pickling."""
    found = [Diagnostic("K119", ("a",)), Diagnostic("K112", ("b",), {"text": "1.5"})]
    error = kind(iter(found))
    assert tuple(found) == error.diagnostics
    assert "\n".join(each.render("en") for each in found) == str(error)
    assert "\n".join(each.render("id") for each in found) == error.render("id")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert error.diagnostics == copy.diagnostics
    assert () == kind().diagnostics


def test_a_fault_is_a_diagnostic_without_a_place() -> None:
    """What is wrong in a cell is placed by whoever knows the cell: at a place, or by a span for later."""
    fault = Fault("K157", (3, 6), text="40%", spelling="40")
    assert 'error K157: "40%" has a percent sign' in str(fault)
    place = Place(SOURCE, 2, 14, 6)
    assert Place(SOURCE, 2, 17, 3) == fault.at(("when",), place).place
    assert {"text": "40%", "spelling": "40", "span": (3, 6)} == fault.at(("when",)).values
    assert place == Fault("K119").at((), place).place
    copy = pickle.loads(pickle.dumps(fault))
    assert (fault.code, fault.span, fault.values) == (copy.code, copy.span, copy.values)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("mesure", "measure"), ("MEASURE", "measure"), ("bobot", ""), ("Weigth", "Weight"), ("", "")],
)
def test_the_closest_word(word: str, expected: str) -> None:
    """A slip of the hand or of the shift key is recognised, another word is not."""
    assert expected == closest(word, ["measure", "Weight", "title"])
