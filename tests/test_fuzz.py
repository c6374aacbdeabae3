"""
Every input of the fuzzer's corpus, once through the target that it belongs to; the search itself is `nox -s deep`.

The corpus reaches everything that the search has reached, and holds what it has ever stumbled over.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja.errors import Diagnostic, KinerjaError
from tests.fuzz import targets
from tests.fuzz.changes import changed, dictionary, words
from tests.fuzz.targets import CORPUS, LONGEST, TARGETS, accepted, shown, within_time

INPUTS = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*"))


@pytest.mark.parametrize("name", INPUTS)
def test_input_of_the_corpus(name: str) -> None:
    """What the target promises holds for this input."""
    target = Path(name).parent.name
    TARGETS[target]((CORPUS / name).read_bytes())


def test_every_target_has_a_corpus_of_short_inputs() -> None:
    """Each door has inputs, none longer than those of the search, and all of them together are small."""
    sizes = {name: [path.stat().st_size for path in (CORPUS / name).iterdir()] for name in TARGETS}
    assert set(TARGETS) == {path.name for path in CORPUS.iterdir()}
    assert [] == [name for name, found in sizes.items() if not found or max(found) > LONGEST[name]]
    assert sum(map(sum, sizes.values())) < 400_000
    assert len(INPUTS) < 500


# --- the targets see what they look for


def test_another_exception_gets_through() -> None:
    """What is no `KinerjaError` ends the search."""

    def broken() -> None:
        raise KeyError("mode")

    with pytest.raises(KeyError):
        accepted(broken)


def test_a_refusal_without_words_is_a_fault() -> None:
    """An error that has nothing to say, or whose sentence lacks a value, is not accepted as an answer."""

    def silent() -> None:
        raise KinerjaError

    def unfinished() -> None:
        raise KinerjaError([Diagnostic("K501")])

    with pytest.raises(AssertionError):
        accepted(silent)
    with pytest.raises(KeyError):
        accepted(unfinished)


@pytest.mark.parametrize("text", ["", " \n", "a\x1b[31mb", "a\u200bb", "a\rb"])
def test_what_steers_a_terminal_is_a_fault(text: str) -> None:
    """Nothing at all, and characters that are no text, are not accepted as something shown."""
    with pytest.raises(AssertionError):
        shown(text)


def test_an_input_that_takes_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound on time is kept."""
    monkeypatch.setattr(targets, "SECONDS", -1.0)
    with pytest.raises(AssertionError, match="3 bytes"):
        within_time(lambda _: None)(b"abc")


# --- how inputs are changed


@pytest.mark.parametrize("seed", range(40))
def test_a_change_is_repeatable_and_no_longer_than_allowed(seed: int) -> None:
    """The same input and seed give the same other input, of at most the length that is asked for."""
    data = b"kinerja: 1\n  id: {a: 5%, b: x}\n\xff\n"
    made = [changed(data, 30, seed, by_bytes=lambda found, longest: found[::-1][:longest]) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) <= 30


def test_nothing_is_changed_by_bytes_alone() -> None:
    """An empty input has no words to change."""
    assert b"ab" == changed(b"", 2, 0, by_bytes=lambda _, longest: b"abc"[:longest])


def test_the_dictionary_has_the_words_of_the_language() -> None:
    """Keys, functions, ways to combine and to round, keys of trails: none is written down a second time."""
    assert {"when", "missing", "sqrt", "weighted-mean", "half-even", "not-applicable", "contribution"} <= set(
        words()
    )
    lines = dictionary().splitlines()
    assert r'"\x77\x68\x65\x6e"' in lines
    assert len(lines) > len(words())
