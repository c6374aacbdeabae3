"""The table of messages is complete: in both languages, for every code that is used, and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from kinerja.messages import LANGUAGES, MESSAGES, PHRASES, Language

PACKAGE = Path(__file__).parent.parent / "src" / "kinerja"
CODE = re.compile(r"K\d{3}")


def placeholders(template: str) -> set[str]:
    """The names that a template expects."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def codes_in_source() -> set[str]:
    """Every text constant in the package that is a code, but for the table itself."""
    return {
        node.value
        for path in PACKAGE.rglob("*.py")
        if path != PACKAGE / "messages.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def assert_same_in_all_languages(texts: dict[Language, str]) -> None:
    """One text per language, with the same placeholders in each."""
    assert set(LANGUAGES) == set(texts)
    expected = placeholders(texts["en"])
    assert dict.fromkeys(LANGUAGES, expected) == {key: placeholders(text) for key, text in texts.items()}


@pytest.mark.parametrize("code", MESSAGES)
def test_message_speaks_both_languages(code: str) -> None:
    """Every code has its sentence in both languages, and help in both or in neither, about the same values."""
    message = MESSAGES[code]
    assert CODE.fullmatch(code)
    assert all(text.strip() for text in message.text.values())
    assert len({bool(text.strip()) for text in message.help.values()}) == 1
    assert_same_in_all_languages(message.text)
    assert_same_in_all_languages(message.help)


@pytest.mark.parametrize("key", PHRASES)
def test_phrase_speaks_both_languages(key: str) -> None:
    """Every word of explanations and of the command line stands in both languages, about the same values."""
    assert all(text.strip() for text in PHRASES[key].values())
    assert_same_in_all_languages(PHRASES[key])


def test_codes_stand_in_order() -> None:
    """The table is sorted by code, so that the next free one is easy to see."""
    assert sorted(MESSAGES) == list(MESSAGES)


def test_every_used_code_has_a_message() -> None:
    """No diagnostic is raised without a sentence."""
    assert [] == sorted(codes_in_source() - set(MESSAGES))


def test_every_message_is_used() -> None:
    """No sentence is left over from a diagnostic that is gone."""
    assert [] == sorted(set(MESSAGES) - codes_in_source())


def test_the_page_of_frames_names_what_is_refused() -> None:
    """Every code that a frame can be refused with has a row there, in their order."""
    page = (PACKAGE.parent.parent / "docs" / "howto" / "score-a-frame.md").read_text("utf-8")
    expected = [code for code in MESSAGES if "K609" <= code < "K630"]
    assert expected == re.findall(r"^\| (K\d{3}) \|", page, re.MULTILINE)
