"""One sheet, and one after the other: against code by hand, and against other engines."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import Any

import kinerja
from kinerja.engine.interpreter import evaluate
from kinerja.engine.source import source
from kinerja.sheets import entries
from tests.benchmarks import by_hand
from tests.benchmarks.form import SHEET, answered
from tests.benchmarks.measuring import ROOT, Line, drained, interleaved, repeated
from tests.benchmarks.reading import made

__all__ = ["generating", "interpreting", "others", "sizes"]


def interpreting() -> Iterator[Line]:
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
        alone=True,
    )
    for name, said, target in (
        ("hand", "if and elif by hand, no trail", ""),
        ("dict", "interpret a dict", "<= 25 us"),
        ("sheet", "interpret a sheet from a file", ""),
    ):
        yield said, f"{times[name] / count * 1e6:.2f} us", f"{ratios[name]:.0f}", target


def ready() -> kinerja.Evaluator:
    """An evaluator of pk-bkm that has met enough sheets to use its code."""
    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    for sheet in answered(200):
        evaluator.evaluate(sheet)
    return evaluator


def generating() -> Iterator[Line]:
    """
    Sheets by generated code, all different, against the same loop over if and elif; all to the last total.

    The first ratio is to code that looks at options only, the second to code that validates the same.
    """
    evaluator = ready()
    sheets = answered(2_000)
    whole = [kinerja.Sheet(facts=sheet) for sheet in sheets]
    expected = [by_hand.total(sheet) for sheet in sheets]
    assert expected == [by_hand.kept(sheet)[0] for sheet in sheets]
    assert expected == [total * 2 for _, total, _ in evaluator.totals(sheets) if total is not None]
    # Memory at hand: else some rounds ask the system for it and give it back, again and again.
    ballast = [bytes(300) for _ in range(40_000)][::500]
    actions: dict[str, Callable[[], object]] = {
        "hand": lambda: drained(map(by_hand.total, sheets)),
        "validated": lambda: drained(map(by_hand.validated, sheets)),
        "kept": lambda: drained(map(by_hand.kept, sheets)),
        "totals": lambda: drained(evaluator.totals(sheets)),
        "many": lambda: drained(evaluator.evaluate_many(sheets)),
        "one": lambda: drained(map(evaluator.evaluate, sheets)),
        "sheet": lambda: drained(map(evaluator.evaluate, whole)),
        "read": lambda: drained(r.complete().total for r in evaluator.evaluate_many(sheets)),
    }
    times, ratios = interleaved(actions, base="hand", rounds=31, alone=True)
    for name, said, same, target in (
        ("hand", "if and elif by hand, no trail", "", ""),
        ("validated", "... that validates the same", "", ""),
        ("kept", "... and keeps what was stated", "", ""),
        ("totals", "totals(): validated, no trail", "validated", "<= 1.3 of the same"),
        ("many", "evaluate_many(): trail kept", "kept", "<= 2; <= 1.5 of the same"),
        ("one", "evaluate() of a dict", "kept", ""),
        ("sheet", "evaluate() of a whole sheet", "kept", ""),
        ("read", "evaluate_many(), each total read", "kept", ""),
    ):
        equal = f" {ratios[name] / ratios[same]:.2f}" if same else ""
        yield said, f"{times[name] / len(sheets) * 1e6:.2f} us", f"{ratios[name]:.2f}{equal}", target
    size = sum(map(sys.getsizeof, _parts(next(evaluator.evaluate_many([SHEET]))))) if ballast else 0
    yield "a kept trail beside its values", f"{size} bytes", "", "<= 400"


def _parts(result: kinerja.Assessment) -> list[object]:
    return [result, result._values, result._total]


def sizes() -> Iterator[Line]:
    """Generated code of large rubrics, and what it costs to make."""
    plan = kinerja.Evaluator(kinerja.load("pk-bkm")).plan
    start = perf_counter()
    source(plan)
    yield "writing the code of pk-bkm, once", f"{(perf_counter() - start) * 1e3:.1f} ms", "", ""
    for indicators in (100, 1_000):
        decide = kinerja.Evaluator(kinerja.loads(made(indicators, 5), name="besar"))._code.decide
        sheet = {f"n{n}": 7 * n % 101 for n in range(indicators)}
        assert decide(sheet) is not None
        large = repeated(partial(decide, sheet), 100_000 // indicators)
        times, _ = interleaved({"large": large}, rounds=5, alone=True)
        yield f"{indicators:,} indicators with 5 bands", f"{times['large'] * indicators * 10:.2f} us", "", ""


def others() -> Iterator[Line]:
    """Other engines on the same sheets, each one's time over that of kinerja."""
    from tests.benchmarks.peers import openfisca, rules, zen

    evaluator = ready()
    all_, sheets = answered(2_000), answered(200)
    expected = [by_hand.total(sheet) for sheet in sheets]
    peers: dict[str, Callable[[dict[str, Any]], int]] = {
        "zen": zen.by_expression(),
        "tables": zen.by_tables(),
        "rules": rules.by_expression(),
        "openfisca": openfisca.one(),
    }
    for name, score in peers.items():
        assert expected == [score(sheet) for sheet in sheets], name
    given = {**dict.fromkeys(peers, sheets), "openfisca": sheets[:20], "totals": all_, "many": all_}
    actions: dict[str, Callable[[], object]] = {
        "totals": lambda: drained(evaluator.totals(all_)),
        "many": lambda: drained(evaluator.evaluate_many(all_)),
        **{name: partial(_each, score, given[name]) for name, score in peers.items()},
    }
    times, _ = interleaved(actions, rounds=9, alone=True)
    each = {name: time / len(given[name]) for name, time in times.items()}
    yield "totals()", f"{each['totals'] * 1e6:.2f} us", "", ""
    yield "evaluate_many(), trail kept", f"{each['many'] * 1e6:.2f} us", "", ""
    for name, said, against, target in (
        ("zen", "zen-engine, one expression", "totals", ">= 8"),
        ("tables", "zen-engine, tables with trace", "many", ""),
        ("rules", "rule-engine, one expression", "totals", ">= 50"),
        ("openfisca", "OpenFisca, one entity", "totals", ">= 800"),
    ):
        ratio = each[name] / each[against]
        yield f"{said}", f"{each[name] * 1e6:.1f} us", f"{ratio:.0f}", f"{target} ({against})".strip()


def _each(score: Callable[[dict[str, Any]], int], sheets: list[dict[str, Any]]) -> None:
    drained(map(score, sheets))
