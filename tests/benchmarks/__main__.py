"""
Timings of what a user waits for, printed as a table: `python -m tests.benchmarks`.

With the names of sections, only those: `python -m tests.benchmarks sheets peers`.
Times depend on the machine; ratios to something measured in the same run do so less, and carry the targets.
`large` has to be asked for: ten million rows from file to file, which take a minute and a gigabyte on disk.
`imports` lists the modules that a first score brings in by what each costs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping

from kinerja._version import __version__
from tests.benchmarks import cold, explaining, frames, large, reading, sheets
from tests.benchmarks.measuring import Line

Group = Callable[[], Iterator[Line]]

SECTIONS: Mapping[str, tuple[Group, ...]] = {
    "cold": (cold.first_score,),
    "rubrics": (reading.loading, reading.checking, reading.testing),
    "sheets": (sheets.interpreting, sheets.generating, sheets.sizes),
    "frames": (frames.framing, frames.remembering),
    "peers": (sheets.others, frames.others),
    "growth": (frames.growing,),
    "explaining": (explaining.explaining,),
    "large": (large.from_file_to_file,),
}
#: What is printed only where it is named.
ASKED_FOR = frozenset({"large"})


def main(names: list[str]) -> int:
    """Print the table, a section at a time; the number of the program's end."""
    if names == ["imports"]:
        cold.imports()
        return 0
    if unknown := [name for name in names if name not in SECTIONS]:
        print(f"no such section: {', '.join(unknown)}; there are {', '.join(SECTIONS)} and imports")
        return 2
    print(f"Python {sys.version.split()[0]}, kinerja {__version__}")
    for name, groups in SECTIONS.items():
        if name in names or (not names and name not in ASKED_FOR):
            for group in groups:
                print(f"\n{name}: {(group.__doc__ or '').strip().partition(chr(10))[0]}", flush=True)
                for what, time, ratio, target in group():
                    print(f"  {what:<36} {time:>10} {ratio:>10}  {target}".rstrip(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
