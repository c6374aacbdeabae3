"""What YAML does to an author who does not know it, recognised from the line where the parser gave up."""

from __future__ import annotations

import re
from typing import Any

from kinerja.errors import Diagnostic, Place, SourceText

__all__ = ["NO_BLANK", "explained"]

#: A key that runs into its value, as in `weight:5%`.
NO_BLANK = re.compile(r"\s*(?:- +)?[\w.-]+:[^\s/:]")

_KEY = r"(?:^|[{,]|^\s*- )\s*[^\s:{},]+:\s+"
_QUOTED = r"""(?P<text>(?>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')"""

#: Nobody writes longer lines by hand; in those that machines write, looking for traps would take too long.
_LINE = 1_000

#: Patterns for one line, the most telling first, each with the code that explains it.
_TRAPS = (
    ("K024", re.compile(_KEY + r"(?P<text>>=?\s*[-+]?[0-9.][^,}]*)")),
    ("K020", re.compile(_KEY + r"(?P<text>[\[(\]][^\[\]()]*\.\.[^\[\]()]*[\])\[])")),
    ("K025", re.compile(_KEY + r"(?P<text>[%@`][^,}]*)")),
    ("K026", re.compile(_KEY + r"(?P<text>- [^,}]*)")),
    ("K027", re.compile(_KEY + r"(?P<text>[*&][^,}]*)")),
    ("K029", re.compile(_KEY + _QUOTED + r"[ \t]*(?![\w-]+:\s)[^\s,}\]#:][^,}\]]*)")),
    ("K028", re.compile(_KEY + r"(?P<text>[^\"'\s|>{\[][^\"'{}]*: .*)")),
)


def explained(error: Any, source: SourceText) -> Diagnostic:
    """What stopped the YAML parser, in our words, at the line that has to be changed."""
    mark = getattr(error, "problem_mark", None)
    lines = source.text.split("\n")
    number = min(mark.line, len(lines) - 1) if mark is not None else 0
    context = getattr(error, "context_mark", None)
    # The parser often notices a line or two after the cause; look back to the start of what it was reading.
    first = context.line if context is not None and context.line <= number else number
    candidates = [number, *range(number - 1, max(first - 1, number - 4, -1), -1)]
    if "\t" in lines[number][: len(lines[number]) - len(lines[number].lstrip())]:
        return Diagnostic("K012", (), {}, Place(source, number + 1, 1))
    for line in candidates:
        for code, pattern in _TRAPS:
            found = pattern.search(lines[line], 0, _LINE)
            if found and not lines[line].lstrip().startswith("#"):
                start, text = found.start("text"), found["text"].rstrip()
                return Diagnostic(code, (), {"text": text}, Place(source, line + 1, start + 1, len(text)))
    for line in (number, number - 1):
        found = NO_BLANK.match(lines[line]) if line >= 0 else None
        if found:
            text = lines[line].strip()
            start = lines[line].index(text)
            return Diagnostic("K023", (), {"text": text}, Place(source, line + 1, start + 1, len(text)))
    doing = getattr(error, "context", None) or ""
    opened = None if context is None else Place(source, context.line + 1, context.column + 1)
    if opened is not None and "quoted scalar" in doing:
        return Diagnostic("K014", (), {}, opened)
    if opened is not None and "flow " in doing:
        return Diagnostic("K015", (), {"line": number + 1}, opened)
    column = mark.column if mark is not None else 0
    return Diagnostic("K013", (), {}, Place(source, number + 1, column + 1))
