"""
Runs bad inputs, each in a process of its own that has so much memory and time and no more.

`python -m tests.bad.driver` reads a name on each line and answers each with one line of JSON: what was raised, what it
says in both languages, and what that cost.  The library is imported once; every input runs in a fork, so that whatever
it does to its process, even ending it, is seen from outside.  Where nothing comes back, the verdict says how it ended.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import kinerja
from kinerja.errors import KinerjaError
from tests.bad.attacks import ATTACKS
from tests.bad.calls import CALLS, drawn
from tests.test_bad import of_rubric, of_sheet

HERE = Path(__file__).parent

#: The promise: bytes beyond what the process has when the input comes, and seconds of its own work.
MEMORY = 200_000_000
SECONDS = 1.0
#: Work that goes on for so long is ended; so is a process that only waits.
ENDLESS = 3
WAITING = 60


#: The verdict on a call that raises nothing.
NOTHING: dict[str, Any] = {
    "raised": None,
    "ours": False,
    "placed": False,
    "codes": [],
    "text": "",
    "seconds": 0.0,
    "memory": 0,
}


def load_rubric(path: Path) -> None:
    """Everything that a rubric file goes through: read, checked, its examples run."""
    raise kinerja.RubricError(of_rubric(path))


def load_sheet(path: Path) -> None:
    """Everything that a sheet file goes through: read, evaluated with its rubric."""
    raise kinerja.SheetError(of_sheet(path))


def input_of(name: str) -> Callable[[], object]:
    """The call that a name such as `attacks/K001-tabs` or `rubrics/K001-empty` stands for."""
    folder, _, rest = name.partition("/")
    if folder == "rubrics":
        return lambda: load_rubric(HERE / folder / f"{rest}.yaml")
    if folder == "sheets":
        return lambda: load_sheet(HERE / folder / f"{rest}.yaml")
    return {"attacks": ATTACKS, "calls": CALLS, "controls": CONTROLS}[folder][rest]


def _spin(seconds: float = float("inf")) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    raise KinerjaError


def _recurse(depth: int) -> int:
    return 1 + _recurse(depth + 1)


#: What the driver must see and report: each breaks the promise in its own way.
CONTROLS: dict[str, Callable[[], object]] = {
    "killed": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "endless": _spin,
    "memory": lambda: bytearray(2 * MEMORY),
    "slow": lambda: _spin(2.1),
    "stack": lambda: _recurse(0),
    "nothing": lambda: None,
}


def _status(key: str) -> int:
    """A figure of this process, in bytes: `VmSize`, `VmRSS`, `VmHWM`."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))


def verdict(call: Callable[[], object]) -> dict[str, Any]:
    """What a call raises, what that says, and what both cost; in this process, which is bounded from now on."""
    room = _status("VmSize") + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (ENDLESS, ENDLESS))
    signal.alarm(WAITING)
    before, start = _status("VmRSS"), time.process_time()
    found = dict(NOTHING)
    try:
        call()
    except KinerjaError as error:
        found["text"] = drawn(error)
        found["codes"] = sorted({each.code for each in error.diagnostics})
        found["ours"] = bool(error.diagnostics)
        found["placed"] = any(each.place or each.path for each in error.diagnostics)
        found["raised"] = type(error).__name__
    except BaseException as error:  # noqa: BLE001 - that there is none of these is what is tested
        found["raised"] = type(error).__name__
    found["seconds"] = time.process_time() - start
    found["memory"] = _status("VmHWM") - before
    return found


def forked(name: str) -> dict[str, Any]:
    """The verdict on one input, whatever becomes of its process."""
    call = input_of(name)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        with os.fdopen(writing, "w", encoding="ascii") as pipe, suppress(BaseException):
            pipe.write(json.dumps(verdict(call)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as pipe:
        text = pipe.read()
    _, status = os.waitpid(child, 0)
    if not text:
        return {**NOTHING, "raised": f"ended by signal {status}"}
    return dict(json.loads(text))


def main() -> None:
    """Answer each name with its verdict."""
    for line in sys.stdin:
        sys.stdout.write(json.dumps(forked(line.strip())) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
