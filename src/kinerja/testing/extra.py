"""What is said where a library of the extra `kinerja[testing]` is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from kinerja.errors import Diagnostic, UsageError

__all__ = ["needed"]


@contextmanager
def needed(library: str) -> Iterator[None]:
    """Say in one line what to install, where importing fails for want of this library."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != library:
            raise
        raise UsageError([Diagnostic("K560", (), {"library": library})]) from None
