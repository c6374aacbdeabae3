"""
Timings of what a user waits for, printed as a table: `python -m tests.benchmarks`.

Times depend on the machine; ratios to something measured in the same run do so less, and carry the targets.
With `imports` as argument, the modules that `import kinerja` brings in are listed by what each costs.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import kinerja
from kinerja import library
from kinerja._version import __version__
from kinerja.engine.interpreter import evaluate
from kinerja.engine.source import source
from kinerja.sheets import entries
from tests.benchmarks import by_hand

ROOT = Path(__file__).parents[2]
ROUNDS = 15
ROWS = 1_000_000

SHEET: dict[str, Any] = {
    "lokasi": "kumuh",
    "keuangan": "sangat_baik",
    "perempuan": 40,
    "kolaborasi": "terbentuk",
    "dokumen": "menjadi_bagian",
    "anggaran": 2,
    "pengurangan": 35,
    "database": "berkomputer",
    "infrastruktur": 98,
    "kapasitas": 3,
    "pengaduan": "ada_layanan",
}

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


# --- measuring


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes, with the garbage collector out of the way."""
    gc.collect()
    gc.disable()
    try:
        start = perf_counter()
        action()
        return perf_counter() - start
    finally:
        gc.enable()


def interleaved(
    actions: dict[str, Callable[[], object]], *, base: str = "", rounds: int = ROUNDS
) -> tuple[dict[str, float], dict[str, float]]:
    """
    The median time of each action, and the median of its ratios to the base.

    They are measured in turns, and a ratio is taken within one turn, so that all meet the same moods of the machine.
    """
    found: dict[str, list[float]] = {name: [] for name in actions}
    for action in actions.values():
        action()
    for _ in range(rounds):
        for name, action in actions.items():
            found[name].append(seconds(action))
    ground = found.get(base, [1.0] * rounds)
    ratios = {
        name: [one / two for one, two in zip(all_, ground, strict=True)] for name, all_ in found.items()
    }
    return {name: median(all_) for name, all_ in found.items()}, {k: median(v) for k, v in ratios.items()}


def repeated(action: Callable[[], object], times: int) -> Callable[[], None]:
    """The action many times over, for what is too short to be measured once."""

    def run() -> None:
        for _ in range(times):
            action()

    return run


def started(*arguments: str, folder: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, with compiled modules kept in `folder`: an installed library is compiled once as well."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, env=environment
    )


# --- what is measured

Row = tuple[str, str, str, str]


def first_score() -> Iterator[Row]:
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
        ("first", "first score in a new process", "<= 2.00"),
    ):
        yield said, f"{times[name] * 1e3:.0f} ms", f"{ratios[name]:.2f}", target
    extra = UNWANTED & {name.partition(".")[0] for name in json.loads(loaded)}
    yield "libraries it has no use for", ", ".join(sorted(extra)) or "none", "", "none"


def loading() -> Iterator[Row]:
    """Reading a rubric again."""

    def anew() -> None:
        library._proved.cache_clear()
        library._parsed.cache_clear()
        kinerja.load("pk-bkm")

    def plan() -> None:
        kinerja.Evaluator(rubric)

    rubric = kinerja.load("pk-bkm")
    times, _ = interleaved(
        {
            "anew": anew,
            "kept": repeated(lambda: kinerja.load("pk-bkm"), 20),
            "plan": plan,
        }
    )
    yield "load pk-bkm", f"{times['anew'] * 1e3:.1f} ms", "", "<= 15 ms"
    yield "... the same text again", f"{times['kept'] / 20 * 1e6:.0f} us", "", ""
    yield "Evaluator(rubric)", f"{times['plan'] * 1e3:.2f} ms", "", ""


def evaluating() -> Iterator[Row]:
    """One sheet, its assessment kept; by the interpreter, as the first sheets are."""
    rubric = kinerja.load("pk-bkm")
    planned = kinerja.Evaluator(rubric).plan
    sheet = kinerja.load_sheet(ROOT / "docs" / "examples" / "bkm.yaml")
    kept: list[object] = []
    count = 500
    times, ratios = interleaved(
        {
            "hand": repeated(lambda: by_hand.total(SHEET), count),
            "dict": repeated(lambda: kept.append(evaluate(planned, entries(SHEET))), count),
            "sheet": repeated(lambda: kept.append(evaluate(planned, sheet.stated)), count),
        },
        base="hand",
    )
    for name, said, target in (
        ("hand", "if and elif by hand, no trail", ""),
        ("dict", "interpret a dict", "<= 25 us"),
        ("sheet", "interpret a sheet from a file", ""),
    ):
        yield said, f"{times[name] / count * 1e6:.2f} us", f"{ratios[name]:.0f}", target


def answered(count: int) -> list[dict[str, Any]]:
    """Complete sheets of pk-bkm, each with other answers; the same in every run."""
    draw = Random(0)
    facts = kinerja.Evaluator(kinerja.load("pk-bkm")).plan.facts
    found = []
    for _ in range(count):
        here = draw.choice(("kumuh", "pencegahan"))
        sheet: dict[str, Any] = {}
        for name in SHEET:
            fact = facts["pencegahan" if (name, here) == ("pengurangan", "pencegahan") else name]
            few = fact.name in ("anggaran", "kapasitas")
            answers = fact.options or (range(4) if few else range(101))
            sheet[fact.name] = here if name == "lokasi" else draw.choice(answers)
        found.append(sheet)
    return found


def generating() -> Iterator[Row]:
    """Sheets by generated code, all different, against the same loop over if and elif; both to the last total."""
    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    sheets = answered(2_000)
    whole = [kinerja.Sheet(facts=sheet) for sheet in sheets]
    expected = [by_hand.total(sheet) for sheet in sheets]
    assert expected == [total * 2 for _, total, _ in evaluator.totals(sheets) if total is not None]
    # Memory at hand: else some rounds ask the system for it and give it back, again and again.
    ballast = [bytes(300) for _ in range(40_000)][::500]
    start = perf_counter()
    source(evaluator.plan)
    written = perf_counter() - start
    for sheet in sheets:
        evaluator.evaluate(sheet)
    times, ratios = interleaved(
        {
            "hand": lambda: drained(map(by_hand.total, sheets)),
            "totals": lambda: drained(evaluator.totals(sheets)),
            "many": lambda: drained(evaluator.evaluate_many(sheets)),
            "one": lambda: drained(map(evaluator.evaluate, sheets)),
            "sheet": lambda: drained(map(evaluator.evaluate, whole)),
            "read": lambda: drained(r.complete().total for r in evaluator.evaluate_many(sheets)),
        },
        base="hand",
    )
    for name, said, target in (
        ("hand", "if and elif by hand, no trail", ""),
        ("totals", "totals(): validated, no trail", "<= 1.3"),
        ("many", "evaluate_many(): validated, trail kept", "<= 2"),
        ("one", "evaluate() of a dict", ""),
        ("sheet", "evaluate() of a whole sheet", ""),
        ("read", "evaluate_many(), each total read", ""),
    ):
        yield said, f"{times[name] / len(sheets) * 1e6:.2f} us", f"{ratios[name]:.2f}", target
    for indicators in (100, 1_000):
        decide = kinerja.Evaluator(kinerja.loads(made(indicators, 5), name="besar"))._code.decide
        sheet = {f"n{n}": 7 * n % 101 for n in range(indicators)}
        assert decide(sheet) is not None
        times, _ = interleaved({"large": repeated(partial(decide, sheet), 100_000 // indicators)}, rounds=5)
        yield f"{indicators:,} indicators with 5 bands", f"{times['large'] * indicators * 10:.2f} us", "", ""
    yield "writing the code of pk-bkm, once", f"{written * 1e3:.1f} ms", "", ""
    size = sum(map(sys.getsizeof, _parts(evaluator.evaluate(SHEET)))) if ballast else 0
    yield "a kept trail beside its values", f"{size} bytes", "", "<= 400"


def _parts(result: kinerja.Assessment) -> list[object]:
    return [result, result._values, result._total]


def drained(results: Iterable[object]) -> None:
    """Take each result and let it go."""
    deque(results, maxlen=0)


def framing() -> Iterator[Row]:
    """A million rows of pk-bkm in columns of Polars: bands and totals of complete sheets."""
    import polars as pl

    from tests.benchmarks import by_hand_columns

    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    frame = by_hand_columns.frame(ROWS)
    by_hand_ = by_hand_columns.scored(frame)
    lazy = evaluator.evaluate_frame(frame.lazy())
    assert isinstance(lazy, pl.LazyFrame)
    by_kinerja = lazy.collect()
    assert by_hand_["total"].to_list() == (by_kinerja["total.scaled"]).to_list()
    times, ratios = interleaved(
        {
            "hand": lambda: by_hand_columns.scored(frame),
            "checked": lambda: by_hand_columns.scored(frame, checked=True),
            "lazy": lambda: evaluator.evaluate_frame(frame.lazy()).collect(),
            "eager": lambda: evaluator.evaluate_frame(frame),
        },
        base="hand",
        rounds=5,
    )
    for name, said in (
        ("hand", "Polars by hand, nothing checked"),
        ("checked", "Polars by hand, with a status"),
        ("lazy", "evaluate_frame, lazy, with a status"),
        ("eager", "evaluate_frame, with a status"),
    ):
        yield said, f"{ROWS / times[name] / 1e6:.1f} M/s", f"{ratios[name]:.2f}", ""


def explaining() -> Iterator[Row]:
    """One explanation in Indonesian."""
    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    sheet = kinerja.load_sheet(ROOT / "docs" / "examples" / "bkm.yaml")
    rendered = evaluator.evaluate(sheet)
    rendered.explain(language="id")
    fresh = [evaluator.evaluate(sheet) for _ in range(4 * (ROUNDS + 1))]
    trails = [evaluator.evaluate(sheet) for _ in range(4 * (ROUNDS + 1))]

    def explain() -> None:
        for _ in range(4):
            fresh.pop().explain(language="id")

    def trail() -> None:
        for _ in range(4):
            assert trails.pop().trail

    times, _ = interleaved(
        {
            "explain": explain,
            "trail": trail,
            "again": repeated(lambda: rendered.explain(language="id"), 4),
            "json": repeated(rendered.trail.to_json, 4),
        }
    )
    yield "explain, the trail rendered first", f"{times['explain'] / 4 * 1e3:.2f} ms", "", "<= 1 ms"
    yield "render a trail", f"{times['trail'] / 4 * 1e3:.2f} ms", "", ""
    yield "explain a trail that is rendered", f"{times['again'] / 4 * 1e3:.2f} ms", "", ""
    yield "a rendered trail as JSON", f"{times['json'] / 4 * 1e3:.2f} ms", "", ""


def made(indicators: int, bands: int) -> str:
    """A rubric of so many indicators on whole percentages with so many bands each, and grades without holes."""
    cuts = [(100 * n // bands, 100 * (n + 1) // bands) for n in range(bands)] if bands <= 100 else []
    tests = [f"[{low}..{high})" for low, high in cuts[:-1]] + [f">= {low}" for low, _ in cuts[-1:]]
    tests = tests or [f"[{n}..{n + 1})" for n in range(bands - 1)] + [f">= {bands - 1}"]
    lines = ", ".join(f'{n}: {{when: "{test}"}}' for n, test in enumerate(tests))
    rows = "\n".join(f"  n{n}: {{}}" for n in range(indicators))
    whole = 'in: "[0..100]"' if bands <= 100 else 'in: ">= 0"'
    return (
        f"kinerja: 1\nid: besar\ncombine: mean\neach: {{measure: {{{whole}, step: 1}}, bands: {{{lines}}}}}\n"
        f'indicators:\n{rows}\ngrades:\n  kurang: {{when: "< 2"}}\n  baik: {{when: ">= 2"}}\n'
    )


def testing() -> Iterator[Row]:
    """Sheets of pk-bkm drawn and scored, and all laws on it, at what Hypothesis does by itself."""
    from hypothesis import given, settings

    from kinerja.testing import laws, sheets

    rubric = kinerja.load("pk-bkm")
    evaluator = kinerja.Evaluator(rubric)

    def scored() -> None:
        @settings(max_examples=500, deadline=None, database=None)
        @given(sheets(rubric))
        def score(sheet: dict[str, Any]) -> None:
            assert evaluator.evaluate(sheet).complete()

        score()

    yield "500 sheets of pk-bkm drawn and scored", f"{seconds(scored):.2f} s", "", "<= 2 s"
    usual = settings(settings.get_profile("default"), deadline=None, database=None)
    taken = seconds(lambda: laws.check_all(rubric, settings=usual))
    yield "laws.check_all on pk-bkm", f"{taken:.1f} s", "", "<= 30 s"


CHECKED = """
import resource, sys, time
import kinerja
start = time.perf_counter()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = kinerja.check(sys.argv[1])
taken = time.perf_counter() - start
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(taken, grown // 1024, len([each for each in found if each.severity == "error"]))
"""


def checking() -> Iterator[Row]:
    """A whole check in a process of its own: its time, and how much memory it took."""
    with TemporaryDirectory() as folder:
        for said, source, target in (
            ("check pk-bkm", "pk-bkm", "<= 1 s"),
            ("check makassar-rt-rw", "makassar-rt-rw", "<= 1 s"),
            ("100 indicators with 5 bands", made(100, 5), "<= 5 s"),
            ("1,000 indicators with 5 bands", made(1_000, 5), "<= 60 s"),
            ("300 bands in one indicator", made(1, 300), ""),
        ):
            path = Path(folder) / "besar.yaml"
            path.write_text(source, encoding="utf-8")
            name = source if "\n" not in source else str(path)
            runs = [started("-c", CHECKED, name, folder=folder).stdout.split() for _ in range(3)]
            times, grown = [float(run[0]) for run in runs], max(int(run[1]) for run in runs)
            assert {run[2] for run in runs} == {"0"}, said
            yield said, f"{median(times):.2f} s", f"{grown} MB", target


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


def main() -> None:
    """Print the table, a group at a time."""
    print(f"Python {sys.version.split()[0]}, kinerja {__version__}")
    for group in (first_score, loading, checking, evaluating, generating, framing, explaining, testing):
        print(f"\n{(group.__doc__ or '').strip()}")
        for what, time, ratio, target in group():
            print(f"  {what:<36} {time:>10} {ratio:>7}  {target}".rstrip())


if __name__ == "__main__":
    imports() if sys.argv[1:] == ["imports"] else main()
