"""What can be said of a file before an engine opens it, whichever engine that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from stat import S_ISDIR
from urllib.parse import unquote

from kinerja.errors import Diagnostic, Place, SourceText, UsageError

__all__ = ["at", "blamed", "in_hadoop", "mark", "regular", "unread", "whole"]

#: How a Parquet file begins and ends.
_MARK = b"PAR1"

#: The description of a file's columns may take so many bytes: it is read whole, and is small where nobody means harm.
MAX_FOOTER = 64_000_000

#: What stands for other letters in a path of Hadoop.
_PATTERN = re.compile(r"([\\*?\[\]{}])")


def at(path: Path) -> Place:
    """The place of what is said about a whole file."""
    return Place(SourceText(str(path)), 1, 1)


def unread(paths: Sequence[Path], problem: str) -> UsageError:
    """What an engine says against a file, or against one of several without saying which (K647)."""
    first, *others = paths
    name = f"{first.name} … {paths[-1].name}" if others else str(first)
    place = None if others else at(first)
    return UsageError([Diagnostic("K647", (), {"name": name, "problem": problem}, place)])


def blamed(paths: Sequence[Path], problem: str) -> Path | None:
    """The one of several files that an engine names in what it says; None where it names none, or more than one."""
    said = unquote(problem)
    named = {path for path in paths if str(path.resolve()) in said}
    return named.pop() if len(named) == 1 else None


def in_hadoop(path: Path) -> str:
    r"""
    The path of this file and of no other, whose name Spark would take for a pattern.

    Raises `UsageError` K650 for a name that Spark passes over without a word, or that Hadoop has no way to write.

    >>> in_hadoop(Path("/desa/b[1].parquet"))
    '/desa/b\\[1\\].parquet'
    """
    final = path.resolve()
    name, text = final.name, str(final)
    is_hidden = name.startswith(".") or (name.startswith("_") and "=" not in name)
    is_torn = ":" in text and _PATTERN.search(text) is not None
    # In a folder of parts only the names of these count.
    if is_torn or (not final.is_dir() and (is_hidden or ":" in name)):
        raise UsageError([Diagnostic("K650", (), {"name": str(path)}, at(path))])
    return _PATTERN.sub(r"\\\1", text)


def regular(path: Path) -> None:
    """Refuse what is no file that can be read: K518, K519, K502."""
    try:
        if not path.is_file():
            raise UsageError([Diagnostic("K519" if path.exists() else "K518", (), {"name": str(path)})])
        with path.open("rb"):
            return
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise UsageError([Diagnostic("K502", (), {"name": str(path), "problem": problem})]) from None


def mark(path: Path) -> tuple[int, ...] | None:
    """What is another when a file was changed or replaced; None for a folder, and where there is none any more."""
    try:
        found = path.stat()
    except OSError:
        return None
    return None if S_ISDIR(found.st_mode) else (found.st_ino, found.st_size, found.st_mtime_ns)


def whole(path: Path) -> None:
    """
    Refuse what is no whole Parquet file, by its first and last bytes: K631, and K648 for one that describes too much.

    Engines do not agree on how they fail there, or how soon.
    """
    regular(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        first = file.read(4)
        file.seek(max(0, size - 8))
        last = file.read(8)
    footer = int.from_bytes(last[:4], "little")
    if size < 12 or first != _MARK or last[4:] != _MARK or footer > size - 12:
        raise UsageError([Diagnostic("K631", (), {"name": str(path)}, at(path))])
    if footer > MAX_FOOTER:
        values = {"name": str(path), "size": footer, "limit": MAX_FOOTER}
        raise UsageError([Diagnostic("K648", (), values, at(path))])
