"""Covered: the bands, levels, steps, grades, gates and other readings that no example of the rubric reaches."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.coverage import Coverage
from kinerja.checks.examples import tried
from kinerja.checks.words import few
from kinerja.errors import Diagnostic
from kinerja.plan import Plan

__all__ = ["covered"]


def covered(plan: Plan) -> Iterator[Diagnostic]:
    """
    One finding for a rubric whose examples leave something out: how much they reach, and what they do not.

    A line is reached where an example comes to it under the rubric's own readings, a gate where one fails it, and
    another reading where an example takes it.  The readings of a rubric that extends another are left to that one.
    """
    examples = list(tried(plan.rubric))
    if not examples or any(example.findings for example in examples):
        # One that fails is to be mended first: what it should have reached is not known.
        return
    coverage = Coverage(plan)
    for example in examples:
        assert example.outcome is not None
        coverage.add(example.outcome, example.readings)
    # That a gate may be passed goes without saying.
    wanted = sum(each.kind != "gate-passed" for each in coverage.targets)
    missing = [f"{each.node}: {each.id}" for each in coverage.left if each.kind != "gate-passed"]
    if missing:
        values = {"reached": wanted - len(missing), "of": wanted, "names": few(missing)}
        yield Diagnostic("K240", ("examples",), values)
