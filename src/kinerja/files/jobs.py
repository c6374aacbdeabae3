"""A run over files: what it starts from, how far it has come, what came of it, and how it is stopped."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from attrs import frozen

from kinerja.evaluation import Evaluator
from kinerja.messages import Language
from kinerja.tables import Tally

__all__ = ["TOLD", "Job", "Scored", "Stopped", "Watch", "waited"]

#: The problems of so many rows are kept to be told; all of them stand in the file.
TOLD = 20

#: So many seconds between two looks at how far a run has come.
_EVERY = 0.1


@frozen(kw_only=True)
class Job:
    """What is to be scored, by what, into which draft."""

    inputs: tuple[Path, ...]
    output: Path
    ending: str
    evaluator: Evaluator
    locale: Language | None
    on: dt.date | None
    language: Language
    watch: Watch


@frozen(kw_only=True)
class Scored:
    """What came of a run: how many rows of each status and grade, and the problems of the first rows that have some."""

    tally: Tally
    #: Pairs of a row, from 1 in the file that was written, and what is wrong with it.
    problems: tuple[tuple[int, str], ...] = ()
    #: How many rows have some.
    troubled: int = 0

    @property
    def rows(self) -> int:
        """How many rows were scored."""
        return sum(self.tally.statuses.values())


class Stopped(Exception):
    """Whoever waited for a run does not wait any longer."""


class Watch:
    """How far a run has come; made anew for each."""

    def __init__(self) -> None:
        #: Rows scored, and the share of all input that was read; neither is known before something is done.
        self.rows = 0
        self.part = 0.0
        self.is_stopped = False
        #: Called when a run is to stop, until it does; an engine that has a way to stop puts it here.
        self.cancel: Callable[[], object] = lambda: None
        self._lock = threading.Lock()

    def went_on(self, *, rows: int = 0, part: float = 0.0) -> None:
        """More is done; `Stopped` where nobody waits for it any longer."""
        with self._lock:
            self.rows += rows
            self.part += part
        if self.is_stopped:
            raise Stopped

    def look(self) -> None:
        """Called every tenth of a second by whoever waits; what it raises stops the run."""


def waited(work: Callable[[], Scored], watch: Watch) -> Scored:
    """
    The outcome of some work, done beside the thread that waits for it: only so Ctrl-C is heard while an engine works.

    Whatever ends the waiting stops the work, and is raised when the work has ended too.
    """
    found: list[Scored] = []
    faults: list[BaseException] = []
    done = threading.Event()
    #: Held by whoever came first: the work, or the end of the waiting, after which no work is begun.
    begun = threading.Lock()

    def working() -> None:
        if not begun.acquire(blocking=False):
            return
        try:
            found.append(work())
        except BaseException as error:  # noqa: BLE001 - an engine that panics raises no Exception; raised again below
            faults.append(error)
        finally:
            done.set()

    thread = threading.Thread(target=working, name="kinerja", daemon=True)
    try:
        thread.start()
        while not done.wait(_EVERY):
            watch.look()
    except BaseException:
        watch.is_stopped = True
        if not begun.acquire(blocking=False):
            while not done.is_set():
                # An engine forgets it between two steps, and one that has just ended may say that it is closed.
                with suppress(Exception):
                    watch.cancel()
                done.wait(_EVERY)
        raise
    thread.join()
    if faults:
        raise faults[0]
    return found[0]
