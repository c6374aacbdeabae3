"""How things are timed: in turns with what they are compared with, and the middle of several rounds."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

__all__ = [
    "ROOT",
    "ROUNDS",
    "Clock",
    "Line",
    "added_memory",
    "drained",
    "interleaved",
    "repeated",
    "seconds",
    "started",
]

#: What is measured, the time, its ratio to something else, and the target.
Line = tuple[str, str, str, str]
Clock = Callable[[], float]

ROOT = Path(__file__).parents[2]
ROUNDS = 15


def seconds(action: Callable[[], object], *, clock: Clock = perf_counter) -> float:
    """How long one call takes, with the garbage collector out of the way."""
    gc.collect()
    gc.disable()
    try:
        start = clock()
        action()
        return clock() - start
    finally:
        gc.enable()


def interleaved(
    actions: dict[str, Callable[[], object]],
    *,
    base: str = "",
    rounds: int = ROUNDS,
    alone: bool = False,
) -> tuple[dict[str, float], dict[str, float]]:
    """
    The median time of each action, and the median of its ratios to the base.

    They are measured in turns, and a ratio is taken within one turn, so that all meet the same moods of the machine.
    `alone` counts the processor time of this thread: for what runs in it from beginning to end.
    """
    clock = thread_time if alone else perf_counter
    found: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    for _ in range(rounds):
        for name, action in actions.items():
            found[name].append(seconds(action, clock=clock))
    ground = found.get(base, [1.0] * rounds)
    ratios = {
        name: median(one / two for one, two in zip(all_, ground, strict=True)) for name, all_ in found.items()
    }
    return {name: median(all_) for name, all_ in found.items()}, ratios


def repeated(action: Callable[[], object], times: int) -> Callable[[], None]:
    """The action many times over, for what is too short to be measured once."""

    def run() -> None:
        for _ in range(times):
            action()

    return run


def drained(results: Iterable[object]) -> None:
    """Take each result and let it go."""
    deque(results, maxlen=0)


def started(*arguments: str, folder: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, with compiled modules kept in `folder`: an installed library is compiled once as well."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, env=environment
    )


#: What `added_memory` runs: the size of the process before some lines, and its peak while they run, in bytes.
_PEAK = """
import gc, json
from pathlib import Path

def size(word):
    status = Path("/proc/self/status").read_text().split("\\n")
    return next(int(line.split()[1]) * 1024 for line in status if line.startswith(word))

{first}
gc.collect()
# From here on the kernel counts the peak anew.
Path("/proc/self/clear_refs").write_text("5")
before = size("VmRSS")
{then}
print(json.dumps([size("VmHWM") - before, *told]))
"""


def added_memory(first: str, then: str) -> Sequence[int]:
    """
    By how many bytes a new process grows at most while `then` runs, after `first` has run; on Linux.

    Behind it stands what `then` left in `told`, a list.
    """
    program = _PEAK.format(first=first, then=then)
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    found: list[int] = json.loads(done.stdout)
    return found
