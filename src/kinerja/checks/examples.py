"""Examples: sheets and answers that a rubric's author has worked out by hand, and what the rules make of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

from attrs import evolve, frozen

from kinerja import numbers
from kinerja.engine.interpreter import evaluate, evaluate_alone
from kinerja.engine.outcome import NodeOutcome, Outcome
from kinerja.errors import Diagnostic, KinerjaError, UsageError, closest
from kinerja.evaluation import Evaluator
from kinerja.language.readings import document_of
from kinerja.mappings import FrozenMap
from kinerja.model import Award, Example, Rubric
from kinerja.plan import Plan, PlannedIndicator, under
from kinerja.sheets import RECORD_KEYS, Written, a_day, entries
from kinerja.writing import Figures, local

__all__ = [
    "ExampleResult",
    "Tried",
    "Untried",
    "answer_to",
    "compared",
    "expected_of",
    "run_examples",
    "tried",
    "untried",
    "whole_example",
]

#: How many examples may each be like the next.
MAX_CHAIN = 40

#: No other reading than the rubric's own.
NONE: FrozenMap[str] = FrozenMap()


@frozen
class ExampleResult:
    """One example that was run: its name, and what is wrong with it."""

    name: str
    findings: tuple[Diagnostic, ...]

    @property
    def holds(self) -> bool:
        """Whether the rules give what the example says."""
        return not self.findings


@frozen(eq=False)
class Tried:
    """One example that was run: its name, what is wrong with it, and what came of it under which readings."""

    name: str
    findings: tuple[Diagnostic, ...]
    outcome: Outcome | None
    readings: Mapping[str, str] = NONE


@frozen(eq=False)
class Untried:
    """One example that was not run yet: its name, where it stands in the rubric, and how it is run."""

    name: str
    location: tuple[str, ...]
    run: Callable[[], Tried]


def run_examples(rubric: Rubric) -> Iterator[ExampleResult]:
    """Every example of a rubric, first those of its nodes, then whole sheets; each with its findings."""
    document = document_of(rubric)
    for each in tried(rubric):
        yield ExampleResult(each.name, tuple(document.locate(finding) for finding in each.findings))


def tried(rubric: Rubric) -> Iterator[Tried]:
    """
    Every example of a rubric with what came of it; nothing where it could not be evaluated.

    Raises `RubricError` for a rubric that cannot be resolved.
    """
    for each in untried(rubric):
        yield each.run()


def untried(rubric: Rubric) -> Iterator[Untried]:
    """
    Every example of a rubric, to be run by itself: first those of its nodes, then whole sheets.

    Raises `RubricError` for a rubric that cannot be resolved.

    >>> import kinerja
    >>> one = next(each for each in untried(kinerja.load("pk-bkm")) if each.name == "perempuan[40]")
    >>> one.location, one.run().findings
    (('indicators', 'perempuan', 'examples', '40'), ())
    """
    planned = Evaluator(rubric).plan
    for path, node in planned.nodes.items():
        for value in node.model.examples if isinstance(node, PlannedIndicator) else ():
            location = (*node.location, "examples", value)
            yield Untried(f"{path}[{value}]", location, partial(_of_node, planned, path, value, location))
    for name in rubric.examples:
        yield Untried(name, ("examples", name), partial(_of_sheet, planned, name))


def _of_node(plan: Plan, path: str, value: str, location: tuple[str, ...]) -> Tried:
    """One answer to one node."""
    node = plan.nodes[path]
    assert isinstance(node, PlannedIndicator)
    name, expected = f"{path}[{value}]", node.model.examples[value]
    outcome = evaluate_alone(plan, path, answer_to(node, value))
    score = outcome.root.score
    if score == expected:
        return Tried(name, (), outcome)
    found = _said(score) if score is not None else next(iter(outcome.problems), outcome.status)
    values = {"name": name, "found": found, "expected": _said(expected)}
    return Tried(name, (Diagnostic("K201", location, values),), outcome)


def answer_to(node: PlannedIndicator, text: str) -> Any:
    """An answer as a sheet would hold it: the steps of a ladder as a list."""
    if node.measure is None or node.measure.kind != "set":
        return Written(text)
    return tuple(Written(part.strip()) for part in text.split(",") if part.strip())


def _of_sheet(planned: Plan, name: str) -> Tried:
    """One whole sheet, under the readings that it takes."""
    location = ("examples", name)
    try:
        example = whole_example(planned.rubric, name)
    except UsageError as error:
        return Tried(name, error.diagnostics, None)
    try:
        outcome = evaluate(under(planned, example.readings), entries(example.facts), on=a_day(example.on))
    except KinerjaError as error:
        values = {
            "name": name,
            "found": error.diagnostics[0],
            "expected": _said(example.expect),
        }
        return Tried(name, (Diagnostic("K201", location, values),), None)
    return Tried(name, tuple(compared(name, example, outcome, location)), outcome, example.readings)


def whole_example(rubric: Rubric, name: str, above: tuple[str, ...] = ()) -> Example:
    """
    An example with the one that it is like laid under it: a merge patch on facts and expectations.

    Raises `UsageError` for one that is like none that there is, or like itself.
    """
    example = rubric.examples.get(name)
    if example is None:
        known = list(rubric.examples)
        values = {"name": name, "known": known, "suggestion": closest(name, known)}
        raise UsageError([Diagnostic("K128", ("examples", *above[-1:], "like"), values)])
    if name in above or len(above) > MAX_CHAIN:
        raise UsageError([Diagnostic("K129", ("examples", name, "like"), {"name": name, "limit": MAX_CHAIN})])
    if not example.like:
        return example
    like = whole_example(rubric, example.like, (*above, name))
    facts = {**_flat(like.facts, ""), **_flat(example.facts, "")}
    expect = {**like.expect, **example.expect}
    return evolve(
        example,
        facts={key: value for key, value in facts.items() if value is not None},
        expect={key: value for key, value in expect.items() if value is not None},
        on=example.on or like.on,
    )


def _flat(facts: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Facts under their full names, so that one may stand for another whichever way each is written."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping) and value and not RECORD_KEYS.keys() & value.keys():
            found.update(_flat(value, f"{path}{name}."))
        else:
            found[f"{path}{name}"] = value
    return found


def compared(
    name: str, example: Example, outcome: Outcome, location: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """What an outcome lacks of what an example expects."""
    for key, expected in example.expect.items():
        at = (*location, "expect", key)
        try:
            found = expected_of(outcome, key)
        except KeyError:
            yield Diagnostic("K202", at, {"name": name, "key": key})
            continue
        if not _same(found, expected):
            values = {"name": f"{name}: {key}", "found": _said(found), "expected": _said(expected)}
            yield Diagnostic("K201", at, values)


def expected_of(outcome: Outcome, key: str) -> Any:
    """What an outcome has under a key of `expect`; `KeyError` where there is no such key."""
    if key == "status":
        return outcome.status
    if key == "total":
        return outcome.root.score if outcome.status == "complete" else None
    if key == "grade":
        return _grade(outcome, outcome.root)
    if key == "awards":
        grade = _grade(outcome, outcome.root)
        awards = outcome.root.plan.model.grades[grade].awards if grade is not None else {}
        return FrozenMap({name: _award(each) for name, each in awards.items()})
    if key == "missing":
        return tuple(problem.where for problem in outcome.problems if problem.code == "K330")
    path, _, what = key.rpartition(".")
    node = outcome.nodes[path]
    if what == "band":
        line = node.band or node.step
        return line.id if line is not None else None
    if what == "grade":
        return _grade(outcome, node)
    return {"score": node.score, "status": node.status}[what]


def _grade(outcome: Outcome, node: NodeOutcome) -> str | None:
    """The grade of a node; the whole has none where its assessment is not complete."""
    found = outcome.grades.get(node.plan.path)
    is_graded = node is not outcome.root or outcome.status == "complete"
    return found if isinstance(found, str) and is_graded else None


def _award(award: Award) -> Any:
    if award.low is not None and award.high is not None:
        return FrozenMap({"from": Fraction(award.low), "to": Fraction(award.high)})
    return Fraction(award.amount) if award.amount is not None else award.text


def _same(found: Any, expected: Any) -> bool:
    if isinstance(found, Mapping):
        named = expected if isinstance(expected, Mapping) else {}
        return found.keys() == named.keys() and all(_same(found[k], named[k]) for k in named)
    if isinstance(found, Fraction):
        return isinstance(expected, str) and _number(expected) == found
    if isinstance(found, tuple):
        wanted = (expected,) if isinstance(expected, str) else tuple(expected or ())
        return sorted(found) == sorted(wanted)
    return expected in (None, "none") if found is None else found == expected


def _number(text: str) -> Fraction | None:
    try:
        return numbers.parse(text)
    except KinerjaError:
        return None


def _said(value: Any) -> str:
    number = _number(value) if isinstance(value, str) else value
    if isinstance(number, Fraction):
        return Figures.of(number)
    if isinstance(value, Mapping):
        told = {key: _said(part) for key, part in value.items()}
        return Figures.joined(
            Figures(f"{key}: {each}", f"{key}: {local(each)}") for key, each in told.items()
        )
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
