"""Rubrics: loading one, checking one, and testing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import kinerja
from kinerja import library
from tests.benchmarks.measuring import Line, interleaved, repeated, seconds, started

__all__ = ["checking", "loading", "made", "testing"]


def loading() -> Iterator[Line]:
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
        },
        alone=True,
    )
    yield "load pk-bkm", f"{times['anew'] * 1e3:.1f} ms", "", "<= 15 ms"
    yield "... the same text again", f"{times['kept'] / 20 * 1e6:.0f} us", "", ""
    yield "Evaluator(rubric)", f"{times['plan'] * 1e3:.2f} ms", "", ""


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


def checking() -> Iterator[Line]:
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


def testing() -> Iterator[Line]:
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
