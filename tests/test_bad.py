"""
Every diagnostic has a bad input that meets it, and what is then said is exactly what stands in a file beside it.

`tests/bad/rubrics` holds rubrics, `tests/bad/sheets` sheets with the rubrics they are scored by in `rubrics` below,
`tests/bad/calls.py` what no file can hold.  The name of each begins with the code that it shows.
What is made to be slow, large or deceitful stands in `tests/bad/attacks.py`, and is run by `tests/test_promise.py`.
`pytest tests/test_bad.py --reset-expected` writes the `.expected` files anew; read the difference as whoever gets it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kinerja
from kinerja.errors import Diagnostic, KinerjaError
from kinerja.language.documents import read
from kinerja.language.sheetfile import sheet_of
from kinerja.language.structure import structure
from kinerja.messages import MESSAGES
from tests.bad.attacks import ATTACKS
from tests.bad.calls import CALLS, drawn

HERE = Path(__file__).parent / "bad"
RUBRICS = sorted(path.stem for path in (HERE / "rubrics").glob("*.yaml"))
SHEETS = sorted(path.stem for path in (HERE / "sheets").glob("*.yaml"))


def compare(found: Iterable[Diagnostic], name: str, path: Path, request: pytest.FixtureRequest) -> None:
    """What is said names the code of the file's name, and is what the file beside it says."""
    found = list(found)
    assert name[:4] in {each.code for each in found}
    told = drawn(KinerjaError(found))
    if request.config.getoption("--reset-expected"):
        path.write_text(told, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == told


def of_rubric(path: Path) -> tuple[Diagnostic, ...]:
    """What `check` finds in a rubric."""
    try:
        document = read(path.read_bytes(), name=path.name)
    except KinerjaError as error:
        return error.diagnostics
    return kinerja.check(document)


def of_sheet(path: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with a sheet, or with its facts; the notes, where the file is about one."""
    try:
        sheet = sheet_of(read(path.read_bytes(), name=path.name))
        rubric = path.parent / "rubrics" / f"{sheet.rubric}.yaml"
        # Not `load`: it would refuse the rubrics whose own faults a sheet meets.
        result = kinerja.Evaluator(structure(read(rubric.read_bytes(), name=rubric.name))).evaluate(sheet)
        if path.stem.startswith("K4"):
            return tuple(note.diagnostic() for note in result.notes)
        result.complete()
    except KinerjaError as error:
        return error.diagnostics
    return ()


@pytest.mark.parametrize("name", RUBRICS)
def test_bad_rubric_is_refused_in_these_words(name: str, request: pytest.FixtureRequest) -> None:
    """Whoever wrote this rubric is told what is wrong, where, and what to do."""
    path = HERE / "rubrics" / f"{name}.yaml"
    compare(of_rubric(path), name, path.with_suffix(".expected"), request)


@pytest.mark.parametrize("name", SHEETS)
def test_bad_sheet_is_answered_in_these_words(name: str, request: pytest.FixtureRequest) -> None:
    """Whoever filled in this sheet is told what is wrong with it, or what to know about it."""
    path = HERE / "sheets" / f"{name}.yaml"
    compare(of_sheet(path), name, path.with_suffix(".expected"), request)


@pytest.mark.parametrize("name", CALLS)
def test_bad_call_is_refused_in_these_words(name: str, request: pytest.FixtureRequest) -> None:
    """A caller's mistake, or a text that is an attack, raises a `KinerjaError` with these words."""
    with pytest.raises(KinerjaError) as caught:
        CALLS[name]()
    compare(caught.value.diagnostics, name, HERE / "calls" / f"{name}.expected", request)


def test_every_code_has_a_bad_input() -> None:
    """No diagnostic is without an input that shows it, and no input shows a diagnostic that is gone."""
    assert set(MESSAGES) == {name[:4] for name in (*RUBRICS, *SHEETS, *CALLS, *ATTACKS)}


def test_nothing_is_expected_of_inputs_that_are_gone() -> None:
    """An `.expected` file without its input would never be looked at again."""
    expected = {path.parent.name + "/" + path.stem for path in HERE.rglob("*.expected")}
    named = {"rubrics": RUBRICS, "sheets": SHEETS, "calls": CALLS, "attacks": ATTACKS}
    assert {f"{folder}/{name}" for folder, names in named.items() for name in names} == expected


#: Errors that `check` and `test` tell, and that keep no rubric from being loaded: each sheet that meets one says so.
ASKED = ("K128", "K129", "K201", "K202", "K218", "K223", "K224")


@pytest.mark.parametrize(
    "name",
    [name for name in RUBRICS if name[:4] not in ASKED and MESSAGES[name[:4]].severity == "error"],
)
def test_bad_rubric_does_not_load(name: str) -> None:
    """`loads` refuses with the errors that `check` finds."""
    path = HERE / "rubrics" / f"{name}.yaml"
    with pytest.raises(kinerja.RubricError) as caught:
        kinerja.loads(path.read_text(encoding="utf-8"), name=path.name)
    assert [each for each in of_rubric(path) if each.severity == "error"] == list(caught.value.diagnostics)


@pytest.mark.parametrize("name", [name for name in RUBRICS if MESSAGES[name[:4]].severity != "error"])
def test_doubtful_rubric_loads(name: str) -> None:
    """What is only worth a second look keeps no rubric from being loaded."""
    path = HERE / "rubrics" / f"{name}.yaml"
    assert kinerja.loads(path.read_text(encoding="utf-8"), name=path.name).id


# --- texts that are accepted all the same


def good() -> str:
    """A bundled rubric, as a text to spoil."""
    return kinerja.bundled()["pk-bkm"].read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("weight: 10%", "weight: 10%  # dua spasi: komentar"),
        lambda text: "--- # satu dokumen\n" + text,
        lambda text: text + "\n...\n",
    ],
    ids=[
        "byte-order-mark",
        "line-ends-of-windows",
        "line-ends-of-old-macs",
        "comments",
        "marked-start",
        "marked-end",
    ],
)
def test_what_editors_do_to_a_file_changes_nothing(spoil: Callable[[str], str]) -> None:
    """A byte order mark, other line ends, comments and document marks leave the rubric equal."""
    assert kinerja.loads(good()) == kinerja.loads(spoil(good()))


def test_two_blanks_before_a_hash_are_a_comment() -> None:
    """The text before a comment with two blanks is whole; with one blank it is refused."""
    assert "aktif" == read("title: aktif  # nanti diubah", name="x").root.children["title"].text
    with pytest.raises(kinerja.RubricError):
        read("title: aktif # nanti diubah", name="x")


# --- texts that chance has spoilt

PIECES = (
    *(
        "",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        ":",
        ": ",
        "- ",
        "? ",
        "#",
        " #",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "|",
        ">",
    ),
    *(
        "&a ",
        "*a",
        "!!int ",
        "!x",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "<<: ",
        "null",
        "~",
        "true",
        "none",
        "[0..1]",
        "> 40",
    ),
    *(
        "when: ",
        "each: {}\n",
        "each: {weight: null}\n",
        "0",
        "-1",
        "1e9",
        "1/0",
        "0.5%",
        "1.000",
        "½",
        "\u200b",
        "а",
        "😀",
    ),
    *(
        "\x00",
        "\ud800",
        "x" * 600,
        "value",
        "total",
        "score: none",
        "{a: {b: {c: 1}}}",
        "not(",
        "..",
        "\\",
        "\x85",
        "\ufeff",
    ),
)
LINES = good().splitlines(keepends=True)


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """The text of a rubric with some pieces taken out, put in or changed places."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        start = draw(st.integers(0, len(line)))
        end = draw(st.integers(start, min(len(line), start + 8)))
        change = draw(st.sampled_from(["replace", "drop", "repeat", "move"]))
        if change == "replace":
            lines[at] = line[:start] + draw(st.sampled_from(PIECES)) + line[end:]
        elif change == "drop":
            lines[at] = "\n"
        elif change == "repeat":
            lines[at] = line + line
        else:
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
    return "".join(lines)


def yamlish() -> st.SearchStrategy[str]:
    """Texts of pieces that mean something in YAML or in a rubric."""
    words = (
        "kinerja: 1\n",
        "id: x\n",
        "indicators:\n",
        "  a:\n",
        "    bands: ",
        "    levels: ",
        "measure: ",
        "combine: mean\n",
    )
    return st.lists(st.sampled_from((*PIECES, *words)), max_size=30).map("".join)


def refused_properly(text: str) -> None:
    """Whatever a text holds, `check` answers, nothing but a `KinerjaError` is raised, and all of it can be said."""
    for each in kinerja.check(text + "\n"):
        assert each.render("en")
        assert each.render("id")
    for reader in (kinerja.loads, lambda text: sheet_of(read(text, name="lembar"))):
        with suppress(KinerjaError):
            reader(text)


@pytest.mark.volume
@given(spoilt())
def test_a_spoilt_rubric_is_refused_properly(text: str) -> None:
    """No slip of the hand in a rubric ends in anything but diagnostics."""
    refused_properly(text)


@pytest.mark.volume
@given(yamlish())
def test_any_text_is_refused_properly(text: str) -> None:
    """No text ends in anything but diagnostics."""
    refused_properly(text)


@pytest.mark.volume
@given(st.binary(max_size=60))
def test_any_bytes_are_refused_properly(raw: bytes) -> None:
    """No file ends in anything but diagnostics."""
    with suppress(KinerjaError):
        read(raw, name="berkas")
