"""
What a type checker must refuse in a caller's program: checked by mypy, never run.

Each mistake is expected by its code; a line that is no longer refused fails as an unused `type: ignore`.
"""

from __future__ import annotations

import kinerja
from kinerja.model import Band, Bands, Rubric


def mistakes(evaluator: kinerja.Evaluator, result: kinerja.Assessment) -> tuple[object, ...]:
    """Mistakes that cost somebody an afternoon if nothing named them."""
    # Options are named, and readings are chosen by name.
    evaluator.evaluate({}, None)  # type: ignore[call-arg]
    kinerja.Evaluator(evaluator.rubric, {"D3": "atas"})  # type: ignore[call-arg]
    kinerja.load("pk-bkm", on="2017-06-30")  # type: ignore[arg-type]
    kinerja.loads(b"kinerja: 1")  # type: ignore[arg-type]
    # There are two languages.
    result.explain(language="nl")  # type: ignore[arg-type]
    # Facts are a mapping or a sheet.
    evaluator.evaluate([("perempuan", 42)])  # type: ignore[arg-type]
    # Nothing can be changed.
    evaluator.rubric.id = "lain"  # type: ignore[misc]
    result.trail.total = None  # type: ignore[misc]
    # A total is there only once the result is known to be complete.
    return (
        result.total,  # type: ignore[attr-defined]
        result.missing,  # type: ignore[attr-defined]
        evaluator.evaluate({}).total,  # type: ignore[union-attr]
    )


def misbuilt() -> None:
    """A rubric whose parts are called by other names."""
    Rubric(combine="sum", indicators={})  # type: ignore[call-arg]
    Bands(measure=None, band={"1": Band(when="-")})  # type: ignore[call-arg]
    Band("> 40")  # type: ignore[call-arg]
