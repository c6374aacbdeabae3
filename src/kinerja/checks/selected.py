"""Selected: the findings that somebody wants to be told of, by their codes or what these begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import field, frozen

from kinerja.errors import Diagnostic, UsageError, code_like
from kinerja.messages import MESSAGES

__all__ = ["Selection"]

#: The codes of checks begin so; whatever else is found keeps a rubric from being read, and is always told.
_CHECKS = "K2"


def _prefixes(asked: Iterable[str]) -> tuple[str, ...]:
    """Codes and beginnings of codes, each by itself or several with commas between them."""
    prefixes = [part.strip() for text in asked for part in text.split(",")]
    known = [code for code in MESSAGES if code.startswith(_CHECKS)]
    unknown = [
        prefix for prefix in prefixes if not prefix or not any(code.startswith(prefix) for code in known)
    ]
    if unknown:
        told = [{"text": each, "suggestion": _meant(each)} for each in unknown]
        raise UsageError([Diagnostic("K553", (), values) for values in told])
    return tuple(prefixes)


def _meant(prefix: str) -> str:
    code = code_like(prefix)
    return code if code.startswith(_CHECKS) else ""


@frozen
class Selection:
    """
    Which findings are told: those that `select` names, all of them if it names none, but for those of `ignore`.

    Raises `UsageError` where no check has a code that begins so.

    >>> found = [Diagnostic("K203"), Diagnostic("K216"), Diagnostic("K101")]
    >>> [each.code for each in Selection(select=["K21"]).of(found)]
    ['K216', 'K101']
    >>> [each.code for each in Selection(ignore=["K216,K203"]).of(found)]
    ['K101']
    """

    select: Sequence[str] = field(default=(), converter=_prefixes)
    ignore: Sequence[str] = field(default=(), converter=_prefixes)

    def of(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """The findings that are told, in their order."""
        return tuple(each for each in found if self._is_told(each.code))

    def _is_told(self, code: str) -> bool:
        if not code.startswith(_CHECKS):
            return True
        return code.startswith(tuple(self.select) or _CHECKS) and not code.startswith(tuple(self.ignore))
