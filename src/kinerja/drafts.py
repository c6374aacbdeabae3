"""
Files that stand under their name only when they are whole; before, and after a fault, the old ones do.

What is written goes to a draft in the same folder, which is gone in the end, whatever happens.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from kinerja.errors import Diagnostic, UsageError

__all__ = ["FULL", "draft_of", "is_taken", "refuse_over", "replacing", "unwritten"]

#: What a disk says that takes no more.
FULL = (errno.EFBIG, errno.ENOSPC, errno.EDQUOT)


def unwritten(path: Path, error: Exception) -> UsageError:
    """What is said of a file that cannot be written (K544)."""
    problem = getattr(error, "strerror", None) or str(error)
    return UsageError([Diagnostic("K544", (), {"name": str(path), "problem": problem})])


def is_taken(path: Path) -> bool:
    """Whether something is there under a name; `UsageError` K544 for a name that there cannot be."""
    try:
        return path.exists()
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from None


def refuse_over(path: Path, inputs: Iterable[Path]) -> None:
    """
    Refuse to write over a folder (K519), or over a file that is read, whatever it is called (K546).

    Raises `UsageError`, also K544 as `is_taken`.
    """
    if not is_taken(path):
        return
    if not path.is_file():
        raise UsageError([Diagnostic("K519", (), {"name": str(path)})])
    for each in inputs:
        # What is wrong with an input is told by who reads it.
        with suppress(OSError, ValueError):
            if path.samefile(each):
                raise UsageError([Diagnostic("K546", (), {"name": str(path)})])


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """A text file to be written, which stands under its name at the end of the block."""
    with (
        draft_of(path) as draft,
        draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file,
    ):
        yield file


@contextmanager
def draft_of(path: Path, *, is_folder: bool = False) -> Iterator[Path]:
    """
    The path to write a file to, which takes its name at the end of the block; or a folder, which is not made.

    Raises `UsageError` (K544) where it cannot be written, also when that is found inside the block.
    """
    try:
        # A link stays a link: what it leads to is replaced.
        final = path.resolve()
        mode = final.stat().st_mode & 0o777 if final.exists() else 0o666 & ~_umask()
    except (OSError, ValueError, RuntimeError) as error:
        raise unwritten(path, error) from None
    # Its name is known before it is made: whenever a signal comes, there is something to be taken away.
    draft = final.parent / f".kinerja-{secrets.token_hex(8)}"
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if is_folder:
            draft.unlink()
        yield draft
        if not is_folder:
            draft.chmod(mode)
            _kept(draft)
        draft.replace(final)
    except OSError as error:
        # Also what was still in the buffers of a disk that is full.
        raise unwritten(path, error) from None
    finally:
        # Where nothing may be written, nothing is there to be taken away, and some disks refuse even to look.
        with suppress(OSError):
            shutil.rmtree(draft) if draft.is_dir() else draft.unlink()


def _kept(path: Path) -> None:
    """Have what was written stand on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
