"""Ready tests of one rubric: `test_kota = suite("kota.yaml")` in a test module is all that has to be written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinerja.checks.examples import ExampleResult, run_examples
from kinerja.errors import KinerjaError
from kinerja.evaluation import Evaluator
from kinerja.library import load
from kinerja.model import Rubric
from kinerja.testing.extra import needed

if TYPE_CHECKING:
    from hypothesis import settings as settings_of

    from kinerja.testing.laws.law import Law
    from kinerja.testing.laws.subject import Evaluating

__all__ = ["ExampleFailed", "suite"]


class ExampleFailed(AssertionError):
    """An example of a rubric that does not hold, with the finding that says so in `diagnostics`."""

    def __init__(self, result: ExampleResult) -> None:
        super().__init__(result)
        self.diagnostics = result.findings

    def __str__(self) -> str:
        return str(KinerjaError(self.diagnostics))


def suite(
    source: str | Path | Rubric,
    *,
    settings: settings_of | None = None,
    evaluator: Evaluating = Evaluator,
) -> Callable[..., None]:
    """
    A test for pytest with one case for each example and each law of a rubric.

    `source` is what `load` takes, or a rubric; it is read when the test module is.
    `settings` are those of Hypothesis, and `evaluator` makes what the laws evaluate sheets by.
    Raises what `load` raises, and `UsageError` where pytest or Hypothesis is not installed.

    >>> test_bkm = suite("pk-bkm")
    """
    with needed("pytest"):
        import pytest
    with needed("hypothesis"):
        from kinerja.testing.laws import LAWS
    rubric = source if isinstance(source, Rubric) else load(source)
    cases: list[ExampleResult | Law] = [*run_examples(rubric), *LAWS.values()]

    @pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])
    def test_rubric(case: Any) -> None:
        """An example or a law of the rubric holds."""
        # A rubric's author is helped by the report alone, not by the lines of this library.
        __tracebackhide__ = True
        if isinstance(case, ExampleResult):
            if not case.holds:
                raise ExampleFailed(case)
        else:
            _kept(case, rubric, settings, evaluator)

    made: Callable[..., None] = test_rubric
    return made


def _kept(law: Law, rubric: Rubric, settings: settings_of | None, evaluator: Evaluating) -> None:
    __tracebackhide__ = True
    from kinerja.testing.laws import LawBroken

    try:
        law.check(rubric, settings=settings, evaluator=evaluator)
    except LawBroken as broken:
        # Raised anew: what led to it inside Hypothesis says nothing to who reads the report.
        raise broken.with_traceback(None) from None
