"""Being asked to end while a file is written: nothing half-written is left, and one line says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kinerja.errors import Diagnostic
from kinerja.messages import Language

__all__ = ["Ended", "ending"]

#: Ctrl-C, what a scheduler sends, and what a terminal that is closed does; not every platform has all of them.
_SENT = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

#: What a shell gives as the code of a program that a signal has ended, above the signal.
_SIGNALLED = 128


# No `Exception`, as Ctrl-C is none: nothing on the way may take it for a fault of its own.
class Ended(BaseException):
    """Asked to end, by Ctrl-C or by another signal: the exit code, and what is said of the file (K640)."""

    def __init__(self, number: int, output: Path, told: Language) -> None:
        super().__init__(number)
        self.code = _SIGNALLED + number
        self.diagnostic = Diagnostic("K640", (), {"name": str(output)})
        self.told = told


@contextmanager
def ending(output: Path, told: Language) -> Iterator[None]:
    """Within it a signal raises `Ended`, once; one that who started the program has ignored stays so."""

    def end(number: int, _: FrameType | None) -> None:
        # Whoever presses Ctrl-C twice would interrupt what clears away.
        for each in heard:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number, output, told)

    # Only in the main thread can signals be listened to.
    is_main = threading.current_thread() is threading.main_thread()
    heard = [each for each in _SENT if is_main and signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, end) for each in heard}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
