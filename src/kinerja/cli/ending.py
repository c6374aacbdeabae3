"""Being asked to end while a file is written: nothing half-written is left, and one line says so."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Ended", "ending"]

#: What a scheduler sends, and what a terminal that is closed does; not every platform has both.
_SENT = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))

#: What a shell gives as the code of a program that a signal has ended, above the signal.
_SIGNALLED = 128


class Ended(KeyboardInterrupt):
    """Asked to end, by Ctrl-C or by another signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = _SIGNALLED + number


@contextmanager
def ending() -> Iterator[None]:
    """Within it a signal raises `Ended`, as Ctrl-C does; one that who started the program has ignored stays so."""

    def end(number: int, _: FrameType | None) -> None:
        raise Ended(number)

    # Only in the main thread can signals be listened to.
    is_main = threading.current_thread() is threading.main_thread()
    heard = [each for each in _SENT if is_main and signal.getsignal(each) is not signal.SIG_IGN]
    before = {each: signal.signal(each, end) for each in heard}
    try:
        yield
    except KeyboardInterrupt as error:
        raise error if isinstance(error, Ended) else Ended(signal.SIGINT) from None
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
