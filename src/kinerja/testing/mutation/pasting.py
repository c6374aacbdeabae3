"""An example that would notice a mutant: an answer and its score in the indicator itself, or else a whole sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count, islice
from textwrap import wrap
from typing import Any

from kinerja import numbers
from kinerja.checks.examples import answer_to, expected_of
from kinerja.checks.scores import Facts
from kinerja.engine.interpreter import evaluate, evaluate_alone
from kinerja.engine.outcome import Outcome
from kinerja.feel import MISSING
from kinerja.plan import Plan, PlannedIndicator
from kinerja.sheets import entries
from kinerja.testing.mutation.changes import Mutant
from kinerja.testing.mutation.results import Says, Survivor
from kinerja.testing.mutation.scope import scope_of
from kinerja.writing import flow

__all__ = ["Pasting"]

#: The width that an example is folded in: it still fits a page when it is set in.
WIDTH = 74

#: What an example of a whole sheet can expect of the whole.
_WHOLE = ("status", "total", "grade", "awards")


class Pasting:
    """Examples for the survivors of one rubric: the same sheet is the same example, and no two have one name."""

    def __init__(self, base: Plan) -> None:
        self.base = base
        self.names: dict[str, str] = {}

    def survivor(self, other: Plan, mutant: Mutant, sheet: Facts) -> Survivor:
        """What a rubric and its mutant say of a sheet, and the example that fixes what the rubric says."""
        base = self.base
        names = (name for name in (*base.facts, *sheet) if sheet.get(name, MISSING) is not MISSING)
        facts = {name: _tidy(base, name, sheet[name]) for name in names}
        here, there = (evaluate(planned, entries(facts)) for planned in (base, other))
        said = list(_said(here, there))
        says = tuple(Says(key, _word(one), _word(two)) for key, one, two in said if one != two)
        example = None
        for path, answer, one, two in _alone(base, other, facts):
            says = (Says(f"{path}.score", _word(one), _word(two)),)
            example = _inside(base.nodes[path].location, answer, one)
        if example is None:
            expect = {
                key: "none" if one is None else one for key, one, two in said if (one, two) != (None, None)
            }
            example = {"examples": {self.name(mutant, facts, expect): {"facts": facts, "expect": expect}}}
        return Survivor(facts, says, example, "\n".join(_yaml(example)))

    def name(self, mutant: Mutant, facts: Facts, expect: Facts) -> str:
        """The name of an example: that of what the first of its mutants changes, with a number where it is taken."""
        content = f"{flow(facts)} {flow(expect)}"
        if content not in self.names:
            stem = "-".join(part for part in mutant.path if part not in _BETWEEN)
            taken = {*self.base.rubric.examples, *self.names.values()}
            number = next(each for each in count(1) if f"{stem}-{each}" not in taken)
            self.names[content] = f"{stem}-{number}"
        return self.names[content]


#: What stands between the names of nodes.
_BETWEEN = ("indicators", "aside")


def _said(here: Outcome, there: Outcome) -> Iterator[tuple[str, Any, Any]]:
    """
    What the two say of the whole, and where that tells them not apart, of the first node that does.

    That there is neither total nor grade follows from the status.
    """
    keys = _WHOLE if here.status == "complete" else _WHOLE[:1]
    whole = [(key, *_both(here, there, key)) for key in keys]
    yield from whole
    if all(one == two for _, one, two in whole):
        nodes = (f"{path}.{what}" for path in here.nodes for what in ("score", "status", "grade"))
        each = ((key, *_both(here, there, key)) for key in nodes)
        yield from islice((found for found in each if found[1] != found[2]), 1)


def _both(here: Outcome, there: Outcome, key: str) -> tuple[Any, Any]:
    return _under(here, key), _under(there, key)


def _under(outcome: Outcome, key: str) -> Any:
    """What an outcome has under a key; nothing of a node that is not come to, and no awards where there are none."""
    try:
        found = expected_of(outcome, key)
        return None if isinstance(found, Mapping) and not found else found
    except KeyError:
        return None


def _alone(base: Plan, other: Plan, facts: Facts) -> Iterator[tuple[str, str, Fraction, Fraction | None]]:
    """The indicator that a mutant changes, if an answer of its own tells: its path, the answer, and both scores."""
    for path in islice(scope_of(base, other), 1):
        node = base.nodes[path]
        if isinstance(node, PlannedIndicator) and node.measure is not None and path in facts:
            text = _key(facts[path])
            one, two = (
                evaluate_alone(each, path, answer_to(node, text)).root.score for each in (base, other)
            )
            if text and one is not None and one != two:
                yield path, text, one, two


def _inside(location: Sequence[str], answer: str, score: Fraction) -> Mapping[str, Any]:
    """An answer and its score among the examples of the indicator that stands at a place."""
    found: dict[str, Any] = {"examples": {answer: score}}
    for key in reversed(location):
        found = {key: found}
    return found


def _key(answer: Any) -> str:
    """An answer as it stands before its score."""
    if isinstance(answer, bool):
        return "true" if answer else "false"
    if isinstance(answer, int | Fraction):
        return numbers.text(Fraction(answer))
    return ", ".join(answer) if isinstance(answer, tuple) else str(answer)


def _tidy(base: Plan, name: str, value: Any) -> Any:
    """An answer as a file can hold it: the options of a set in a list, in their order."""
    if isinstance(value, frozenset | set | tuple | list):
        return tuple(each for each in base.facts[name].options if each in value)
    return value


def _word(value: Any) -> str:
    """What is said under a key, on one line."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_word(part)}" for name, part in value.items()) or "none"
    if isinstance(value, Fraction):
        return numbers.text(value)
    return "none" if value is None else str(value)


def _yaml(example: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """The lines of an example, to be put into a rubric file."""
    for key, value in example.items():
        if key in ("facts", "expect") or not all(isinstance(part, Mapping) for part in value.values()):
            yield from _folded(f"{key}: {flow(value)}", indent)
        else:
            yield f"{indent}{key}:"
            yield from _yaml(value, f"{indent}  ")


def _folded(line: str, indent: str) -> Iterator[str]:
    """A line of YAML in the width of a page; a name and its value stay together."""
    joined = line.replace(": ", ":\N{NO-BREAK SPACE}")
    lines = wrap(
        joined,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    yield from (each.replace("\N{NO-BREAK SPACE}", " ") for each in lines)
