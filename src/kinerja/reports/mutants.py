"""Mutants of a rubric as text: those that no example notices, with examples that would, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import indent, wrap
from typing import Any

from kinerja.messages import PHRASES, Language

__all__ = ["as_text"]

#: The width that a report can be read in.
WIDTH = 80


def as_text(told: Mapping[str, Any], *, name: str, language: Language = "en") -> Iterator[str]:
    """
    The lines of a report on what `Mutants.to_json` says; `name` is what the rubric was asked for by.

    >>> counts = {"killed": 2, "survived": 0, "equivalent": 1, "undecided": 0}
    >>> list(as_text({"counts": counts, "mutants": []}, name="kota.yaml"))
    ['kota.yaml: mutants 3: noticed 2, unnoticed 0, without effect 1, undecided 0']
    """
    phrases = {key: PHRASES[key][language] for key in PHRASES if key.startswith("mutant")}
    survived = [each for each in told["mutants"] if each["verdict"] == "survived"]
    # One example notices several mutants as a rule, and is read once.
    for example in dict.fromkeys(each["example"] for each in survived):
        for each in survived:
            if each["example"] == example:
                yield from _named(each, phrases)
                rubric, mutant = (_said(each["says"], at) for at in (0, 1))
                yield from _folded(phrases["mutants.says"].format(rubric=rubric, mutant=mutant), before="  ")
        yield phrases["mutants.example"]
        yield ""
        yield from indent(example, "    ").splitlines()
        yield ""
    for each in told["mutants"]:
        if each["verdict"] == "undecided":
            yield from _named(each, phrases)
            yield from _folded(phrases["mutants.undecided"], before="  ")
            yield ""
    counts = told["counts"]
    yield phrases["mutants"].format(rubric=name, count=sum(counts.values()), **counts)


def _said(says: Mapping[str, Any], at: int) -> str:
    """What one of the two says, without what follows from there being no answer."""
    told = [f"{key} {pair[at]}" for key, pair in says.items() if pair[at] != "none" or len(says) == 1]
    return ", ".join(told)


def _named(mutant: Mapping[str, Any], phrases: Mapping[str, str]) -> list[str]:
    """The change in a sentence."""
    return _folded(phrases["mutant.becomes" if mutant["becomes"] else "mutant.gone"].format(**mutant))


def _folded(line: str, *, before: str = "") -> list[str]:
    """A sentence in the width of a page, with a hanging indent."""
    return wrap(
        line,
        WIDTH,
        initial_indent=before,
        subsequent_indent=f"{before}    ",
        # A condition that is longer than a line can still be copied.
        break_long_words=False,
        break_on_hyphens=False,
    )
