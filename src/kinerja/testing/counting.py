"""What the tests of one run of pytest reach of the rubrics that stand in files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import pytest
from attrs import frozen

from kinerja.errors import KinerjaError
from kinerja.evaluation import Assessment, Complete, Evaluator, Incomplete, Invalid
from kinerja.language.documents import Document
from kinerja.language.plain import identity
from kinerja.library import bundled, load
from kinerja.messages import Language
from kinerja.model import Rubric
from kinerja.sheets import Sheet
from kinerja.testing.coverage import FORMAT, Coverage
from kinerja.testing.trying import is_trying

__all__ = ["NAME", "Counting"]

#: What this plugin is called among those of a run, and what a worker of pytest-xdist hands over under.
NAME = "kinerja-coverage"


_Result = TypeVar("_Result", bound=Assessment)


@frozen(eq=False)
class _Counted:
    """One rubric: the file or the bundled id that it can be loaded from, and what was reached."""

    where: str
    coverage: Coverage


class Counting:
    """
    Counts what is reached by examples and by whatever else the tests evaluate with an `Evaluator`, but not by laws.

    Counted are the rubrics that are collected, and those that were loaded from a file: one that a test makes up, or
    changes, is nobody's rubric.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.counted: dict[str, _Counted] = {}
        self._of: WeakKeyDictionary[Evaluator, Coverage | None] = WeakKeyDictionary()
        self._evaluate, self._evaluate_many = Evaluator.evaluate, Evaluator.evaluate_many
        counting = self

        def evaluate(
            self: Evaluator, facts: Sheet | Mapping[str, Any], *, on: dt.date | None = None
        ) -> Complete | Incomplete | Invalid:
            return counting.saw(self, counting._evaluate(self, facts, on=on))

        def evaluate_many(
            self: Evaluator, sheets: Iterable[Sheet | Mapping[str, Any]], *, on: dt.date | None = None
        ) -> Iterator[Complete | Incomplete | Invalid]:
            return (counting.saw(self, each) for each in counting._evaluate_many(self, sheets, on=on))

        # Tests call evaluators of their own, so there is no other place to watch from.
        Evaluator.evaluate = evaluate  # type: ignore[method-assign]
        Evaluator.evaluate_many = evaluate_many  # type: ignore[method-assign]

    def pytest_unconfigure(self) -> None:
        """Leave the evaluators as they were."""
        Evaluator.evaluate = self._evaluate  # type: ignore[method-assign]
        Evaluator.evaluate_many = self._evaluate_many  # type: ignore[method-assign]

    def know(self, where: str, rubric: Rubric) -> Coverage:
        """Count what is reached of a rubric, from nothing on unless it is known."""
        return self.counted.setdefault(identity(rubric), _Counted(where, Coverage(rubric))).coverage

    def saw(self, evaluator: Evaluator, result: _Result) -> _Result:
        """Count one evaluation that a test has made; what the laws try says nothing about the tests."""
        if is_trying():
            return result
        if evaluator not in self._of:
            self._of[evaluator] = self._found(evaluator)
        coverage = self._of[evaluator]
        if coverage is not None:
            coverage.add(result)
        return result

    def _found(self, evaluator: Evaluator) -> Coverage | None:
        """The coverage of an evaluator's rubric, if that is known or was loaded as it is."""
        if evaluator.identity in self.counted:
            return self.counted[evaluator.identity].coverage
        for where in _sources(evaluator.rubric):
            try:
                same = identity(_load(where)) == evaluator.identity
            except KinerjaError:
                continue
            if same:
                return self.know(where, evaluator.rubric)
        return None

    # --- what pytest asks

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist has counted."""
        for each in getattr(node, "workeroutput", {}).get(NAME, ()):
            self.know(each["where"], _load(each["where"])).merge(each)

    def pytest_sessionfinish(self) -> None:
        """Hand over what was counted: a worker to its master, everybody else to the file."""
        if hasattr(self.config, "workeroutput"):
            handed = [{"where": each.where, **each.coverage.data()} for each in self.counted.values()]
            self.config.workeroutput[NAME] = handed
        elif self.config.option.kinerja_coverage_json:
            path = self.config.invocation_params.dir / self.config.option.kinerja_coverage_json
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.to_json(), encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """The table of every rubric."""
        if not self.config.option.kinerja_coverage:
            return
        terminalreporter.write_sep("=", "kinerja coverage")
        tables = [f"{self._shown(each.where)}\n{self._table(each.coverage)}" for each in self._sorted()]
        terminalreporter.write_line("\n\n".join(tables) or "no rubric was evaluated")

    def _table(self, coverage: Coverage) -> str:
        language: Language = "en" if coverage.plan.rubric.language == "en" else "id"
        return coverage.table(language=language)

    def to_json(self) -> str:
        """What was reached of every rubric, in the form of `Coverage.to_json` beside the name of its file."""
        rubrics = [
            {"file": self._shown(each.where)} | json.loads(each.coverage.to_json()) for each in self._sorted()
        ]
        return json.dumps({"kinerja-coverage": FORMAT, "rubrics": rubrics}, ensure_ascii=False) + "\n"

    def _sorted(self) -> list[_Counted]:
        # Workers finish in any order.
        return sorted(self.counted.values(), key=lambda each: self._shown(each.where))

    def _shown(self, where: str) -> str:
        """A file as it is called from the root of the run; a bundled rubric by its id."""
        root = self.config.rootpath
        return Path(where).relative_to(root).as_posix() if Path(where).is_relative_to(root) else where


def _sources(rubric: Rubric) -> Iterator[str]:
    """Where a rubric may have been loaded from: the file that its document is called like, or the bundled one."""
    name = rubric.origin.source.name if isinstance(rubric.origin, Document) else ""
    if Path(name).is_file():
        yield str(Path(name).absolute())
    if name in {each.name for each in bundled().values()}:
        yield f"{rubric.id}@{rubric.edition}" if rubric.edition else rubric.id


def _load(where: str) -> Rubric:
    return load(Path(where) if Path(where).is_absolute() else where)
