"""What a reader of results waits for."""

from __future__ import annotations

from collections.abc import Iterator

import kinerja
from tests.benchmarks.measuring import ROOT, ROUNDS, Line, interleaved, repeated

__all__ = ["explaining"]


def explaining() -> Iterator[Line]:
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
        },
        alone=True,
    )
    yield "explain, the trail rendered first", f"{times['explain'] / 4 * 1e3:.2f} ms", "", "<= 1 ms"
    yield "render a trail", f"{times['trail'] / 4 * 1e3:.2f} ms", "", ""
    yield "explain a trail that is rendered", f"{times['again'] / 4 * 1e3:.2f} ms", "", ""
    yield "a rendered trail as JSON", f"{times['json'] / 4 * 1e3:.2f} ms", "", ""
