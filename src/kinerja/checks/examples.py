"""Examples: sheets and answers that a rubric's author has worked out by hand, and what the rules make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from kinerja import numbers
from kinerja.engine.interpreter import evaluate_alone
from kinerja.errors import Diagnostic, KinerjaError, UsageError, closest
from kinerja.evaluation import Assessment, Evaluator
from kinerja.language.readings import document_of
from kinerja.mappings import FrozenMap
from kinerja.model import Example, Rubric
from kinerja.plan import Plan, PlannedIndicator
from kinerja.sheets import RECORD_KEYS, Written
from kinerja.trail import AwardTrail

__all__ = ["ExampleResult", "run_examples"]

#: How many examples may each be like the next.
MAX_CHAIN = 40


@frozen
class ExampleResult:
    """One example that was run: its name, and what is wrong with it."""

    name: str
    findings: tuple[Diagnostic, ...]

    @property
    def holds(self) -> bool:
        """Whether the rules give what the example says."""
        return not self.findings


def run_examples(rubric: Rubric) -> Iterator[ExampleResult]:
    """Every example of a rubric, first those of its nodes, then whole sheets; each with its findings."""
    document = document_of(rubric)
    evaluator = Evaluator(rubric)
    for name, findings in (*_of_nodes(evaluator.plan), *_of_sheets(rubric)):
        yield ExampleResult(name, tuple(document.locate(finding) for finding in findings))


def _of_nodes(plan: Plan) -> Iterator[tuple[str, list[Diagnostic]]]:
    for path, node in plan.nodes.items():
        if not isinstance(node, PlannedIndicator):
            continue
        for value, expected in node.model.examples.items():
            location = (*node.location, "examples", value)
            outcome = evaluate_alone(plan, path, _answer(node, value))
            score = outcome.root.score
            if score != expected:
                found = numbers.text(score) if score is not None else _why(outcome.problems, outcome.status)
                values = {"name": f"{path}[{value}]", "found": found, "expected": numbers.text(expected)}
                yield f"{path}[{value}]", [Diagnostic("K201", location, values)]
            else:
                yield f"{path}[{value}]", []


def _answer(node: PlannedIndicator, text: str) -> Any:
    """An answer as a sheet would hold it: the steps of a ladder as a list."""
    if node.measure is None or node.measure.kind != "set":
        return Written(text)
    return tuple(Written(part.strip()) for part in text.split(",") if part.strip())


def _why(problems: list[Diagnostic], status: str) -> str:
    return problems[0].message() if problems else status


def _of_sheets(rubric: Rubric) -> Iterator[tuple[str, list[Diagnostic]]]:
    for name in rubric.examples:
        location = ("examples", name)
        try:
            example = _whole(rubric, name, ())
        except UsageError as error:
            yield name, list(error.diagnostics)
            continue
        try:
            result = Evaluator(rubric, readings=example.readings).evaluate(example.facts, on=example.on)
        except KinerjaError as error:
            values = {
                "name": name,
                "found": error.diagnostics[0].message(),
                "expected": _said(example.expect),
            }
            yield name, [Diagnostic("K201", location, values)]
        else:
            yield name, list(_compare(name, example, result, location))


def _whole(rubric: Rubric, name: str, above: tuple[str, ...]) -> Example:
    """An example with the one that it is like laid under it: a merge patch on facts and expectations."""
    example = rubric.examples.get(name)
    if example is None:
        known = list(rubric.examples)
        values = {"name": name, "known": known, "suggestion": closest(name, known)}
        raise UsageError([Diagnostic("K128", ("examples", above[-1], "like"), values)])
    if name in above or len(above) > MAX_CHAIN:
        raise UsageError([Diagnostic("K129", ("examples", name, "like"), {"name": name, "limit": MAX_CHAIN})])
    if not example.like:
        return example
    like = _whole(rubric, example.like, (*above, name))
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


def _compare(
    name: str, example: Example, result: Assessment, location: tuple[str, ...]
) -> Iterator[Diagnostic]:
    for key, expected in example.expect.items():
        at = (*location, "expect", key)
        try:
            found = _found(result, key)
        except KeyError:
            yield Diagnostic("K202", at, {"name": name, "key": key})
            continue
        if not _same(found, expected):
            values = {"name": f"{name}: {key}", "found": _said(found), "expected": _said(expected)}
            yield Diagnostic("K201", at, values)


def _found(result: Assessment, key: str) -> Any:
    """What a result has under a key of `expect`."""
    trail = result.trail
    if key == "status":
        return trail.status
    if key == "total":
        return trail.total
    if key == "grade":
        return trail.grade.id if trail.grade is not None else None
    if key == "awards":
        awards = trail.grade.awards if trail.grade is not None else {}
        return FrozenMap({name: _award(each) for name, each in awards.items()})
    if key == "missing":
        return tuple(problem.path for problem in trail.problems if problem.code == "K330")
    path, _, what = key.rpartition(".")
    node = trail.nodes[path]
    if what == "band":
        return node.band.id if node.band is not None else None
    if what == "grade":
        return node.grade.id if node.grade is not None else None
    return {"score": node.score, "status": node.status}[what]


def _award(award: AwardTrail) -> Any:
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
    if isinstance(value, Fraction):
        return numbers.text(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_said(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)
