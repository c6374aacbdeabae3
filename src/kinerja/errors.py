"""
Diagnostics, places and exceptions.

A diagnostic is data: a code, a path, a place and the values its sentence needs.
The sentence itself is drawn last, in the reader's language, from the one table in `kinerja.messages`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import field, frozen

from kinerja.messages import MESSAGES, PHRASES, Language
from kinerja.writing import Figures, flow, local

__all__ = [
    "Diagnostic",
    "Fault",
    "KinerjaError",
    "Phrase",
    "Place",
    "Report",
    "RubricError",
    "SheetError",
    "SourceText",
    "TrailError",
    "UsageError",
    "closest",
    "code_like",
    "excerpt",
    "printable",
    "written",
]

#: How many characters of an offending text a message repeats.
EXCERPT = 60
#: How many characters of a line a snippet shows.
WIDTH = 160
#: Nobody misspells a longer word, and comparing megabytes takes as long as it takes memory.
COMPARED = 100


@frozen
class SourceText:
    """A text that was read: its name as the reader knows it, and its lines for snippets."""

    name: str
    text: str = field(repr=False, default="")

    def line(self, number: int) -> str | None:
        """The line with this number, from 1; None past the end, where a parser may point."""
        lines = _lines(self.text)
        return lines[number - 1] if 1 <= number <= len(lines) else None


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    # A thousand diagnostics of one large text cut it into lines once.
    return text.splitlines()


@frozen
class Place:
    """Where something stands in a source: line and column count from 1."""

    source: SourceText
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"

    def within(self, start: int, end: int) -> Place:
        """The place of a part of this cell, given in characters from its start."""
        return Place(self.source, self.line, self.column + start, max(1, end - start))

    def snippet(self) -> list[str]:
        """The line before, the line itself and a caret under the words that are meant."""
        shown = [(n, self.source.line(n)) for n in (self.line - 1, self.line)]
        # Of a line that is wider than a terminal, the part around what is meant.
        first = max(0, self.column - 1 - WIDTH // 2) if self.column - 1 + self.length > WIDTH else 0
        rows = [f"{n:>5} | {_window(text, first)}" for n, text in shown if text is not None]
        line = self.source.line(self.line)
        if line is None:
            return rows
        start = min(self.column - 1, len(line))
        width = max(1, min(self.length, len(line) - start, first + WIDTH - start))
        lead = _window(line, first)[: len(printable(line[first:start])) + (first > 0)]
        return [*rows, f"      | {' ' * len(lead)}{'^' * width}"]


def _window(text: str, first: int) -> str:
    """The part of a line that a snippet shows, with dots where it is cut."""
    before, after = "…" if first and len(text) > first else "", "…" if len(text) > first + WIDTH else ""
    return f"{before}{printable(text[first : first + WIDTH])}{after}"


def printable(text: str) -> str:
    """Text that a terminal cannot be steered with: tabs as blanks, control characters as U+XXXX."""
    if text.isprintable():
        return text
    return "".join(" " if c == "\t" else c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)


def written(value: object) -> str:
    """
    Any value as plain text, whatever it does when it is asked for it.

    What cannot be written, such as a list that holds itself a thousand times over, is named by its type.

    >>> written(12.5), written(10**5_000)
    ('12.5', '<int>')
    """
    try:
        # A class of text may lie about itself; what counts is the text that it holds.
        return str.__str__(value if isinstance(value, str) else str(value))
    except Exception:  # noqa: BLE001 - whatever a stranger's object raises
        return f"<{type(value).__name__}>"


def excerpt(value: object) -> str:
    """
    What somebody wrote, as text of a length that can be read; the same in every process.

    >>> excerpt("9" * 100)[-3:], excerpt({"foto", "daftar"}), excerpt(object())
    ('99…', '[daftar, foto]', '<object>')
    """
    text = _printed(value)
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def _printed(value: object) -> str:
    if isinstance(value, set | frozenset):
        # Its own order is another in every process, as is the address that plain objects print themselves with.
        return f"[{', '.join(sorted(map(_one, value)))}]"
    return f"[{', '.join(map(_one, value[:EXCERPT]))}]" if isinstance(value, list | tuple) else _one(value)


def _one(value: object) -> str:
    """A value that is no list; a list in a list has no meaning anywhere, and one that holds itself has no end."""
    says = {name for cls in type(value).__mro__[:-1] for name in vars(cls)}
    is_plain = isinstance(value, list | tuple | set | frozenset) or not says & {"__str__", "__repr__"}
    return f"<{type(value).__name__}>" if is_plain else written(value)


def _words(value: Any, language: Language) -> str:
    """A value as it stands in a sentence: a list with commas, long text cut, nothing unprintable."""
    if isinstance(value, tuple | list):
        has_figures = language == "id" and any(isinstance(item, Figures) for item in value)
        return ("; " if has_figures else ", ").join(_words(item, language) for item in value) or "–"
    if isinstance(value, Diagnostic | Phrase):
        return value.message(language)
    return _bounded(local(value) if language == "id" and isinstance(value, Figures) else written(value))


def _filled(template: str, values: Mapping[str, Any], language: Language) -> str:
    """A sentence with its values; one that is empty, such as a unit that there is not, takes its blank with it."""
    words = {key: _words(value, language) for key, value in values.items()}
    empty = [key for key, word in words.items() if not word]
    if empty:
        template = re.sub(rf" \{{({'|'.join(map(re.escape, empty))})\}}", "", template)
    return template.format_map(words)


def _bounded(text: str) -> str:
    """Text as a terminal shows it; of one that fills the screen, its beginning and its length."""
    return printable(text if len(text) <= EXCERPT * 4 else f"{text[:EXCERPT]}… ({len(text)})")


@frozen
class Phrase:
    """
    A part of a sentence that is words itself: an entry of `PHRASES`, drawn with the sentence in the reader's language.

    >>> Phrase("date", {"date": "2017-06-30"}).message("id")
    'tanggal 2017-06-30'
    """

    key: str
    values: Mapping[str, Any] = field(factory=dict, hash=False)

    def message(self, language: Language = "en") -> str:
        """The words."""
        return _filled(PHRASES[self.key][language], self.values, language)


@frozen
class Diagnostic:
    """
    One thing that is wrong or worth knowing, said so that the reader can act on it.

    `path` names the thing inside the rubric or sheet, `place` the line in the file where one is known.
    """

    code: str
    path: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(factory=dict, hash=False)
    place: Place | None = field(default=None, eq=False)

    @property
    def severity(self) -> str:
        """`error`, `warning` or `information`; fixed for each code."""
        return MESSAGES[self.code].severity

    @property
    def where(self) -> str:
        """The path as one dotted text."""
        return ".".join(self.path)

    @property
    def sheet(self) -> Mapping[str, Any]:
        """Facts of a sheet that shows it; empty where there is none to show."""
        return self._mapping("sheet")

    @property
    def readings(self) -> Mapping[str, str]:
        """The alternative of each reading under which it is found; empty for the rubric as it stands."""
        return self._mapping("under")

    def _mapping(self, key: str) -> Mapping[str, Any]:
        # The values of a problem in a stored trail are whatever somebody wrote there.
        found = self.values.get(key)
        return found if isinstance(found, Mapping) else {}

    def message(self, language: Language = "en") -> str:
        """What is wrong, in one sentence, without place and help."""
        return _filled(MESSAGES[self.code].text[language], self.values, language)

    def help(self, language: Language = "en") -> str:
        """What to do about it; empty where the message already says it."""
        hint = self.values.get("suggestion")
        text = _filled(MESSAGES[self.code].help[language], self.values, language)
        if hint:
            asked = PHRASES["did-you-mean"][language].format(suggestion=_words(hint, language))
            text = f"{asked} {text}"
        return text.rstrip()

    def advice(self, language: Language = "en") -> list[str]:
        """What stands below the snippet, a line each: the readings it is found under, a sheet that shows it, help."""
        told = {
            "found-under": ", ".join(f"{name}={chosen}" for name, chosen in self.readings.items()),
            "example-sheet": flow(self.sheet) if self.sheet else "",
            "help": self.help(language),
        }
        return [f"{PHRASES[key][language]}: {printable(text)}" for key, text in told.items() if text]

    def render(self, language: Language = "en") -> str:
        """The whole diagnostic as a terminal shows it: place, code, sentence, snippet, advice."""
        where = _bounded(self.where) if self.place is None else printable(str(self.place))
        word = PHRASES[self.severity][language]
        lines = [f"{where}: " if where else ""]
        lines[0] += f"{word} {self.code}: {self.message(language)}"
        if self.place is not None:
            lines += self.place.snippet()
        lines += (f"  {line}" for line in self.advice(language))
        return "\n".join(lines)


class Report(tuple[Diagnostic, ...]):
    """
    What is found in a rubric: a tuple of diagnostics, empty where nothing is.

    >>> report = Report([Diagnostic("K216", (), {"number": "8", "name": "rapat", "other": "kas"})])
    >>> len(report), report.errors, report.raise_if_errors()
    (1, (), None)
    """

    __slots__ = ()

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The findings with which the rubric cannot be used."""
        return tuple(each for each in self if each.severity == "error")

    def raise_if_errors(self) -> None:
        """Raise `RubricError` with the errors, if there are any; warnings and information pass."""
        if errors := self.errors:
            raise RubricError(errors)


class KinerjaError(Exception):
    """
    The root of every exception that this library raises on purpose.

    Carries its diagnostics as data, in `diagnostics`; `str()` draws them in English, `render` in either language.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return self.render("en")

    def render(self, language: Language = "en") -> str:
        """Every diagnostic in full, one under the other."""
        return "\n".join(diagnostic.render(language) for diagnostic in self.diagnostics)


class RubricError(KinerjaError):
    """A rubric that cannot be evaluated safely, with everything that is wrong with it."""


class SheetError(KinerjaError):
    """A sheet file that cannot be read, or a result that was asked to be complete and is not."""


class TrailError(KinerjaError):
    """A stored trail that cannot be read back, with the path of what is wrong in it."""


class UsageError(KinerjaError):
    """The caller's own mistake: an unknown rubric, a path that does not exist, an undecided edition."""


class Fault(KinerjaError):
    """
    A fault in one cell, before anybody knows which cell it is.

    `span` counts characters from the start of the cell, so that a caret can stand under the exact words.
    """

    def __init__(self, code: str, span: tuple[int, int] | None = None, /, **values: Any) -> None:
        self.code = code
        self.span = span
        self.values = values
        super().__init__([Diagnostic(code, values=values)])

    def __reduce__(self) -> tuple[Any, ...]:
        return _fault, (self.code, self.span, self.values)

    def at(self, path: Sequence[str], place: Place | None = None) -> Diagnostic:
        """The same fault as a diagnostic at a known path and place."""
        if self.span is None:
            return Diagnostic(self.code, tuple(path), self.values, place)
        if place is None:
            # A document that finds the place later counts from there.
            return Diagnostic(self.code, tuple(path), {**self.values, "span": self.span})
        return Diagnostic(self.code, tuple(path), self.values, place.within(*self.span))


def _fault(code: str, span: tuple[int, int] | None, values: dict[str, Any]) -> Fault:
    return Fault(code, span, **values)


def closest(word: str, words: Iterable[str]) -> str:
    """The nearest of `words` to a misspelt one, or an empty text where none is near."""
    if len(word) > COMPARED:
        return ""
    # difflib costs several milliseconds to import and is needed only when something is wrong.
    from difflib import get_close_matches

    # Capitals are the commonest difference of all.
    known = {each.lower(): each for each in words}
    return next((known[near] for near in get_close_matches(word.lower(), known, n=1, cutoff=0.6)), "")


def code_like(word: str) -> str:
    """
    The code that is meant by one in small letters or without its K; an empty text where there is none.

    Which digit is wrong in a code nobody can guess.

    >>> code_like("k203"), code_like("203"), code_like("K999")
    ('K203', 'K203', '')
    """
    code = f"K{word.upper().removeprefix('K')}"
    return code if code in MESSAGES else ""
