"""
What each code of a check means, at length: what is found, why it matters, an example, and what to do.

`kinerja check --explain CODE` prints it and the page of the diagnostics holds it.  The examples are whole rubrics: the
first of each pair is found, the second is how it should be.  One that would fill pages is shortened, and says so; one
that is found only beside another file names it in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from kinerja.errors import Diagnostic, UsageError, code_like
from kinerja.explanations.parts import Explanation
from kinerja.explanations.proofs import PROOFS
from kinerja.explanations.rules import RULES
from kinerja.explanations.sources import SOURCES
from kinerja.messages import MESSAGES, PHRASES, Language

__all__ = ["EXPLANATIONS", "Explanation", "Part", "explanation"]

#: What is explained at length, in the order of the codes.
EXPLANATIONS: dict[str, Explanation] = dict(sorted((PROOFS | RULES | SOURCES).items()))


@frozen
class Part:
    """A part of an explanation: its heading, and a paragraph or a rubric."""

    heading: str
    text: str
    is_rubric: bool = False


def explanation(code: str, *, language: Language = "en") -> Iterator[Part]:
    """
    The parts of what a code means; of a code that no check of a rubric has, its sentence and its help.

    Raises `UsageError` where there is no such code.

    >>> [part.heading for part in explanation("K203")]
    ['What it finds', 'Why it matters', 'Example', 'Instead', 'What to do']
    >>> next(explanation("K131")).heading
    'What is said'
    """
    if code not in MESSAGES:
        raise UsageError([Diagnostic("K554", (), {"text": code, "suggestion": code_like(code)})])
    return _parts(code, language)


def _parts(code: str, language: Language) -> Iterator[Part]:
    found = EXPLANATIONS.get(code)
    if found is None:
        message = MESSAGES[code]
        yield Part(PHRASES["explained.said"][language], _bare(message.text[language]))
        if message.help[language]:
            yield Part(PHRASES["explained.do"][language], _bare(message.help[language]))
        return
    yield Part(PHRASES["explained.finds"][language], found.definition[language])
    yield Part(PHRASES["explained.why"][language], found.why[language])
    yield Part(PHRASES["explained.example"][language], found.found, is_rubric=True)
    yield Part(PHRASES["explained.mended"][language], found.mended, is_rubric=True)
    yield Part(PHRASES["explained.do"][language], found.do[language])


def _bare(template: str) -> str:
    """A sentence with what it names in single braces."""
    return template.replace("{{", "{").replace("}}", "}")
