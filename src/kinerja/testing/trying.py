"""Whether a law is being tried: what its sheets reach says nothing about the tests of a rubric."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["is_trying", "trying"]

_TRYING: ContextVar[bool] = ContextVar("trying", default=False)


def is_trying() -> bool:
    """Whether what is evaluated now is evaluated for a law."""
    return _TRYING.get()


@contextmanager
def trying() -> Iterator[None]:
    """
    The while in which a law is tried.

    >>> with trying():
    ...     is_trying()
    True
    >>> is_trying()
    False
    """
    before = _TRYING.set(True)
    try:
        yield
    finally:
        _TRYING.reset(before)
