"""How anything is said: phrases in the reader's language, figures as the reader writes them, lines of 80 columns."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.errors import printable
from kinerja.messages import PHRASES, Language
from kinerja.numbers import Rounding
from kinerja.trail import BandTrail, Figure, Trail

__all__ = ["WIDTH", "Words", "quoted", "sentence", "tied"]

#: The width of a terminal that a letter can be read in.
WIDTH = 80

#: A blank that no line is broken at; printed as a plain one.
TIE = "\u00a0"

_SWAPPED = str.maketrans(",.", ".,")

#: How a fraction whose decimals do not end is shown beside itself.
_NEAR = Rounding(Fraction(1, 100), mode="half-up")


class Words:
    """One trail being told in one language: what every part of the story is made of."""

    def __init__(self, trail: Trail, language: Language) -> None:
        self.trail = trail
        self.language = language
        self.native = (trail.rubric.language == "en") == (language == "en")

    def say(self, key: str, **values: Any) -> str:
        """A phrase in the reader's language."""
        return PHRASES[key][self.language].format_map(values)

    def figure(self, figure: Figure | None) -> str:
        """A number as the reader writes it; the trail keeps it as the rubric's language does."""
        if figure is None:
            return "–"
        return figure.shown if self.native else figure.shown.translate(_SWAPPED)

    def near(self, figure: Figure | None) -> str:
        """The same, with a decimal close to it where it is a fraction that nobody can read at a glance."""
        text = self.figure(figure)
        if figure is None or "/" not in text or abs(figure) < _NEAR.to:
            return text
        near = numbers.shown(Fraction(figure), rounding=_NEAR, language=self.language)
        return self.say("near", exact=text, near=near)

    def number(self, exact: str) -> str:
        """An exact number as the reader writes it."""
        return numbers.shown(numbers.parse_computed(exact), language=self.language)

    def lines(self, text: str, *, indent: int = 0, hang: int = 2) -> list[str]:
        """A paragraph wrapped to the width; text from a rubric or a sheet is only ever text."""
        # Filled by hand: textwrap's regular expressions would cost more than everything else that is said.
        found: list[str] = []
        line = " " * indent
        begun = False
        for word in TIE.join(map(printable, text.replace("\n", " ").split(TIE))).split(" "):
            if begun and len(line) + len(word) >= WIDTH:
                found.append(line)
                line, begun = " " * (indent + hang), False
            line = f"{line} {word}" if begun else f"{line}{word}"
            begun = begun or bool(word)
            while len(line) > WIDTH:
                found.append(line[:WIDTH])
                line = " " * (indent + hang) + line[WIDTH:]
        if begun:
            found.append(line)
        return [each.replace(TIE, " ") for each in found]

    def heading(self, path: str) -> str:
        """A row as a reader knows it: its printed number and its title."""
        node = self.trail.nodes[path]
        return f"{node.number}. {node.title or path}" if node.number else node.title or path

    def name(self, name: str) -> str:
        """A fact as a reader knows it: its title, and the name that it is filled in under."""
        nodes = self.trail.nodes
        facts = (node.facts[name] for node in nodes.values() if name in node.facts)
        title = next((fact.title for fact in facts if fact.title), "")
        if not title and name in nodes and nodes[name].title:
            title = self.heading(name)
        return f"{title} ({name})" if title else name


def quoted(band: BandTrail) -> str:
    """A line of the form: its words, else its condition, else its id."""
    text = band.text or band.title
    if text:
        return f'"{text}"'
    return band.when or band.id


def tied(text: str) -> str:
    """A short text that stays on one line."""
    return text.replace(" ", TIE) if len(text) <= 30 else text


def sentence(text: str) -> str:
    """A text with its full stop."""
    return text if text.endswith((".", "!", "?", '."', ".)")) else f"{text}."
