"""Coverage: what the examples of a rubric, or any sheets, reach of it, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kinerja.checks import coverage
from kinerja.checks.examples import tried
from kinerja.evaluation import Evaluator
from kinerja.messages import Language
from kinerja.model import Rubric
from kinerja.reports.coverage import table
from kinerja.sheets import Sheet

__all__ = ["FORMAT", "Coverage", "reached"]

#: The version of the JSON form.
FORMAT = 1


class Coverage(coverage.Coverage):
    """
    What sheets have reached of a rubric so far: `add` counts one result, `merge` what another process has counted.

    `of`, `reached` and `missing` are mappings of kinds (`band`, `level`, `step`, `gate-passed`, `gate-failed`, `grade`,
    `reading`), of nodes, to ids.

    >>> import kinerja
    >>> evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    >>> found = Coverage(evaluator.rubric)
    >>> for share in (20, 45):
    ...     _ = found.add(evaluator.evaluate({"perempuan": share}))
    >>> found.reached["band"]["perempuan"], found.missing["band"]["perempuan"]
    (('2', '0'), ('1',))
    """

    def table(self, *, language: Language = "en", width: int = 80) -> str:
        """What was reached of each node, and what was not, as lines of at most `width` characters."""
        return "\n".join(table(self, language=language, width=width))

    def to_json(self) -> str:
        """The same for other programs, as one line of JSON in the documented format 1."""
        found = {
            "kinerja-coverage": FORMAT,
            "rubric": self.plan.rubric.id,
            "of": len(self.targets),
            "reached": len(self.targets) - len(self.left),
            "kinds": {
                kind: {
                    node: {"reached": self.reached.get(kind, {}).get(node, ()), "missing": missing}
                    for node, missing in (
                        (node, self.missing.get(kind, {}).get(node, ())) for node in self.of[kind]
                    )
                }
                for kind in self.of
            },
        }
        return json.dumps(found, ensure_ascii=False)


def reached(
    rubric: Rubric,
    *,
    sheets: Iterable[Sheet | Mapping[str, Any]] | None = None,
    readings: Mapping[str, str] | None = None,
) -> Coverage:
    """
    What a rubric's own examples reach of it; or what these sheets do, evaluated with these readings.

    Raises `UsageError` for an unknown reading, `RubricError` for a rubric that cannot be resolved.

    >>> import kinerja
    >>> reached(kinerja.load("pk-bkm")).missing
    {}
    >>> reached(kinerja.load("pk-bkm"), sheets=[{"perempuan": 45}]).reached
    {'band': {'perempuan': ('2',)}}
    """
    found = Coverage(rubric)
    if sheets is None:
        for example in tried(rubric):
            if example.outcome is not None:
                found.add(example.outcome, example.readings)
        return found
    evaluator = Evaluator(rubric, readings=readings)
    for sheet in sheets:
        found.add(evaluator.evaluate(sheet))
    return found
