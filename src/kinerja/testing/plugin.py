"""
Rubrics as pytest sees them: a file is collected as its examples and the laws of scoring.

The hooks that bring pytest here stand in the module `_kinerja_pytest`, which imports nothing of the package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from kinerja import testing
from kinerja.checks.examples import Tried, Untried, untried
from kinerja.errors import Diagnostic, KinerjaError, Place, UsageError, printable
from kinerja.evaluation import Evaluator
from kinerja.explain import explain_row
from kinerja.language.readings import document_of
from kinerja.library import load
from kinerja.messages import PHRASES, Language
from kinerja.model import Rubric
from kinerja.reports.findings import as_lines
from kinerja.testing.counting import NAME, Counting
from kinerja.testing.coverage import Coverage

__all__ = ["Broken", "ExampleItem", "LawItem", "Laws", "RubricFile", "RubricNode"]

#: The width that a failure is folded to; a line of the rubric stays as it is.
WIDTH = 80


class Broken(Exception):
    """What is wrong with a rubric, as pytest shows it: the whole text, its first sentence and its place."""

    def __init__(self, text: str, *, sentence: str, place: Place | None) -> None:
        super().__init__(text)
        self.sentence = sentence
        self.place = place


class _Told(pytest.Collector):
    """A part of a rubric file that tells what is wrong with it in its own words."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The text of what is wrong; a traceback only for what nobody expects."""
        return _told(excinfo) or super(pytest.Collector, self).repr_failure(excinfo, style)


class RubricFile(pytest.File, _Told):
    """A file with one rubric; one that cannot be loaded is an error of collection."""

    def collect(self) -> Iterator[pytest.Collector]:
        """The rubric of the file."""
        try:
            rubric = load(_shown(self.path))
        except KinerjaError as error:
            raise _broken(error.diagnostics, _declared(error.diagnostics), "") from None
        counting = _counting(self.config)
        coverage = counting.know(str(self.path), rubric) if counting is not None else None
        yield RubricNode.from_parent(self, name=rubric.id, rubric=rubric, coverage=coverage)


class RubricNode(_Told):
    """A rubric: its examples one by one, and its laws."""

    def __init__(self, *, rubric: Rubric, coverage: Coverage | None, **known: Any) -> None:
        super().__init__(**known)
        self.rubric = rubric
        #: What the examples reach, if somebody wants to know.
        self.coverage = coverage

    @property
    def language(self) -> Language:
        """The language of the rubric, in which its failures are told."""
        return "en" if self.rubric.language == "en" else "id"

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """One item for each example, first those of the nodes; then the laws."""
        for example in untried(self.rubric):
            name = printable(example.name)
            yield ExampleItem.from_parent(self, name=name, rubric=self, example=example)
        try:
            laws = testing.laws.LAWS
        except UsageError as error:
            (missing,) = error.diagnostics
            why = ". ".join((missing.message(self.language), missing.help(self.language)))
            without = LawItem.from_parent(self, name="law", rubric=self, law=None)
            without.add_marker(pytest.mark.skip(reason=why))
            yield without
            return
        yield Laws.from_parent(self, name="law", rubric=self, laws=laws)


class Laws(_Told):
    """The laws of scoring, for one rubric."""

    def __init__(self, *, rubric: RubricNode, laws: Any, **known: Any) -> None:
        super().__init__(**known)
        self.rubric = rubric
        self.laws = laws

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each law."""
        for name, law in self.laws.items():
            yield LawItem.from_parent(self, name=name, rubric=self.rubric, law=law)


class _RubricItem(pytest.Item):
    """One test of a rubric, and the place in the file that it is about."""

    def __init__(self, *, rubric: RubricNode, location: tuple[str, ...], **known: Any) -> None:
        super().__init__(**known)
        self.rubric = rubric
        document = document_of(rubric.rubric)
        self.place = document.place(location)
        # What a rubric takes over from another stands in the other's file, where pytest does not look for it.
        is_here = self.place is not None and self.place.source == document.source
        self.line = self.place.line - 1 if self.place is not None and is_here else None

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The file, the line counted from 0, and the name that a failure is headed with."""
        return self.path, self.line, self.nodeid.partition("::")[2]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The text of what is wrong; a traceback only for what nobody expects."""
        return _told(excinfo) or super().repr_failure(excinfo, style)


class ExampleItem(_RubricItem):
    """One example of a rubric."""

    def __init__(self, *, name: str, parent: RubricNode, example: Untried, **known: Any) -> None:
        # Given as text, so that pytest takes it apart as it does its list of last failures: `--lf` compares the parts.
        nodeid = f"{parent.nodeid}::{name}"
        super().__init__(name=name, parent=parent, nodeid=nodeid, location=example.location, **known)
        self.example = example
        self.add_marker("kinerja_example")

    def runtest(self) -> None:
        """Run the example; it fails with what came instead, and why."""
        tried = self.example.run()
        if self.rubric.coverage is not None and tried.outcome is not None:
            self.rubric.coverage.add(tried.outcome, tried.readings)
        if tried.findings:
            document = document_of(self.rubric.rubric)
            findings = [document.locate(each) for each in tried.findings]
            raise _broken(findings, self.rubric.language, self.explained(tried))

    def explained(self, tried: Tried) -> str:
        """Why the rules give what they give: the row of a node's own example, the whole story of a sheet."""
        if tried.outcome is None:
            return ""
        evaluator = Evaluator(self.rubric.rubric, readings=tried.readings)
        result = evaluator.assessment(tried.outcome)
        if self.example.location == ("examples", tried.name):
            return result.explain(language=self.rubric.language)
        return explain_row(result.trail, tried.outcome.root.plan.path, language=self.rubric.language)


class LawItem(_RubricItem):
    """One law, checked for a rubric on sheets around its edges; without one where Hypothesis is not installed."""

    def __init__(self, *, law: Any, **known: Any) -> None:
        super().__init__(location=("id",), **known)
        self.law = law
        self.add_marker("kinerja_law")

    def runtest(self) -> None:
        """Check the law; it fails with the simplest sheet that breaks it."""
        try:
            self.law.check(self.rubric.rubric)
        except testing.LawBroken as broken:
            text = broken.render(self.rubric.language)
            # Its first paragraph names the law and says it.
            sentence = " ".join(text.partition("\n\n")[0].split())
            raise Broken(text, sentence=sentence, place=self.place) from None


#: How a file says that it is in English; what it says cannot be asked of a file that cannot be read.
_ENGLISH = re.compile(r"^language: *[\"']?en\b", re.MULTILINE)


def _declared(findings: Sequence[Diagnostic]) -> Language:
    """The language of the text in which something was found."""
    texts = (each.place.source.text for each in findings if each.place is not None)
    return "en" if any(map(_ENGLISH.search, texts)) else "id"


def _shown(path: Path) -> Path:
    """A file as somebody at the terminal would name it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _counting(config: pytest.Config) -> Counting | None:
    """What counts the coverage of this run, if it is counted."""
    found: Counting | None = config.pluginmanager.get_plugin(NAME)
    return found


def _broken(findings: Sequence[Diagnostic], language: Language, explained: str) -> Broken:
    """Everything that is wrong, in full, and below it the explanation."""
    lines = [
        line for each in findings for part in as_lines(each, language=language, width=WIDTH) for line in part
    ]
    text = "\n".join([*lines, *(["", explained.rstrip()] if explained else [])])
    return Broken(text, sentence=_sentence(findings[0], language), place=findings[0].place)


def _sentence(finding: Diagnostic, language: Language) -> str:
    return f"{PHRASES[finding.severity][language]} {finding.code}: {finding.message(language)}"


def _told(excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
    """The text of a broken rubric with its place, in the form that pytest and its other plugins read."""
    error = excinfo.value
    if not isinstance(error, Broken):
        return None
    shown = excinfo.getrepr(style="value", chain=False)
    crash = shown.reprcrash
    assert crash is not None
    # One line in the summary, in `--tb=line` and in the annotations of other plugins: about the rubric, not this code.
    crash.message = error.sentence
    if error.place is not None:
        crash.path, crash.lineno = error.place.source.name, error.place.line
    return shown
