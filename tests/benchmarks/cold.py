"""A first score in a new process, and what it imports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from tempfile import TemporaryDirectory

from tests.benchmarks.form import SHEET
from tests.benchmarks.measuring import ROUNDS, Line, interleaved, started

__all__ = ["first_score", "imports"]

FIRST = f"""
import kinerja
result = kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate({SHEET!r})
assert result.status == "complete"
"""
IMPORT = "import kinerja"
GROUND = "import attrs, cattrs, yaml"
NOTHING = "pass"
LOADED = f"import json, sys\n{FIRST}\nprint(json.dumps(sorted(sys.modules)))"

#: What a first score has no use for.
UNWANTED = {"rich", "cyclopts", "narwhals", "pandas", "polars", "pyarrow", "numpy", "hypothesis", "pytest"}


def first_score() -> Iterator[Line]:
    """A first score in a fresh process: what a command, a worker or a cold function pays."""
    programs = {"nothing": NOTHING, "ground": GROUND, "import": IMPORT, "first": FIRST}
    with TemporaryDirectory() as folder:
        actions = {name: partial(started, "-c", text, folder=folder) for name, text in programs.items()}
        times, ratios = interleaved(actions, base="ground", rounds=21)
        loaded = started("-c", LOADED, folder=folder).stdout
    for name, said, target in (
        ("nothing", "python -c pass", ""),
        ("ground", "import attrs, cattrs, yaml", ""),
        ("import", "import kinerja", ""),
        ("first", "first score in a new process", "<= 2.20"),
    ):
        yield said, f"{times[name] * 1e3:.0f} ms", f"{ratios[name]:.2f}", target
    extra = UNWANTED & {name.partition(".")[0] for name in json.loads(loaded)}
    yield "libraries it has no use for", ", ".join(sorted(extra)) or "none", "", "none"


def imports() -> None:
    """The modules that a first score brings in, the dearest first; times in microseconds, as Python counts them."""
    found: dict[str, tuple[int, int]] = {}
    with TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for line in started("-X", "importtime", "-c", FIRST, folder=folder).stderr.splitlines():
                own, whole, name = line.removeprefix("import time:").split("|")
                if own.strip().isdigit():
                    best = found.get(name.strip(), (10**9, 10**9))
                    found[name.strip()] = min(best, (int(own), int(whole)))
    print(f"{'own us':>8} {'with all below':>15}  module")
    for name, (own, whole) in sorted(found.items(), key=lambda item: item[1], reverse=True)[:40]:
        print(f"{own:>8} {whole:>15}  {name}")
