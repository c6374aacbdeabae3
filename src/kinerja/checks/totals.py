"""
Which totals can occur: computed, not sampled, with a sheet for each.

Facts that more than one node reads, and those that decide what applies or what it weighs, are tried cell by cell; each
such combination is a configuration.  In one configuration the indicators are independent of each other, so the scores
of a group are the sums of its children's, level by level, as sets of exact numbers.
Where nodes read what other nodes came to, all combinations of answers are evaluated, as far as they are few.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod
from typing import Any

from attrs import evolve, field, frozen

from kinerja.checks.cells import cells, domain, every_rule
from kinerja.checks.scores import Facts, Find, Walk, operands, runs
from kinerja.checks.spans import Numbers
from kinerja.engine.interpreter import evaluate
from kinerja.feel import MISSING
from kinerja.lattices import Lattice, TooLargeError
from kinerja.model import Rubric
from kinerja.plan import Plan, PlannedFact, PlannedGroup, PlannedIndicator, PlannedNode, parts_of, plan
from kinerja.plan.rules import BAD
from kinerja.sheets import entries

__all__ = ["UNDECIDED", "Configuration", "Reachable", "fixed", "parts", "reachable", "reached", "reached_by"]

#: How many sheets are evaluated where nodes read each other, and how many configurations are gone through.
SHEETS = 2_000
CONFIGURATIONS = 10_000
#: How many answers of one indicator are tried.
ANSWERS = 100_000


@frozen
class Configuration:
    """
    One combination of the facts that several nodes hang on, and what the whole can then come to.

    `combined` are the totals before the rubric's own scale, cap and rounding, `totals` those after it; None where they
    are too many to say.
    """

    facts: Facts
    combined: Numbers | None
    totals: Numbers | None
    #: Whether an answer without a score may leave the whole without a total.
    may_be_unscored: bool = False
    _find: Find = field(default=lambda _: None, alias="find", eq=False, repr=False)

    def sheet(self, total: Fraction) -> Facts | None:
        """Facts that come to this total; None where none do, or where that cannot be said."""
        found = self._find(total)
        return None if found is None else {**self.facts, **found}


@frozen
class Reachable:
    """All that a rubric can come to, by configuration; not complete where there are too many to go through."""

    configurations: tuple[Configuration, ...]
    is_complete: bool = True

    @property
    def is_decided(self) -> bool:
        """Whether every configuration was gone through, exactly."""
        return self.is_complete and all(isinstance(each.totals, Lattice) for each in self.configurations)

    @property
    def totals(self) -> Lattice:
        """Every total that can occur in some configuration; `TooLargeError` where that is not decided."""
        if not self.is_decided:
            raise TooLargeError
        return reduce(Lattice.__or__, (c.totals for c in self.configurations), Lattice())  # type: ignore[arg-type]

    def sheet(self, total: Fraction) -> Facts | None:
        """Facts of some configuration that come to this total."""
        return next((found for c in self.configurations if (found := c.sheet(total)) is not None), None)


#: What is known where there are too many configurations, or sheets, to go through.
UNDECIDED = Reachable((), is_complete=False)


def reachable(rubric: Rubric, *, left_out: bool = False) -> Reachable:
    """
    Every total that a complete sheet can come to, with a sheet for each.

    With `left_out`, also those of sheets that say of nodes that they do not apply, where these may be left out.

    >>> import kinerja
    >>> totals = reachable(kinerja.load("pk-bkm")).totals
    >>> len(totals), [str(total) for total in totals][-3:]
    (41, ['95', '195/2', '100'])
    """
    return reached(plan(rubric), left_out=left_out)


def reached(planned: Plan, *, node: PlannedNode | None = None, left_out: bool = False) -> Reachable:
    """The same from a plan; or what one of its nodes can come to. It is kept: several checks ask for it."""
    node = planned.root if node is None else node
    # By the nodes themselves: who asks what a node would come to without its scale has another of the same path.
    key = (reached, planned.root, node, left_out)
    if key not in planned.kept:
        planned.kept[key] = _reached(planned, node, left_out=left_out)
    found: Reachable = planned.kept[key]
    return found


def _reached(planned: Plan, node: PlannedNode, *, left_out: bool) -> Reachable:
    shared, is_entangled = _shared(planned)
    if is_entangled:
        return _evaluated(planned, node, left_out=left_out)
    combinations = _combinations(planned, shared)
    if combinations is None:
        return UNDECIDED
    found = []
    for facts in combinations:
        try:
            combined, result = Walk(planned, facts, left_out=left_out).whole(node)
        except TooLargeError:
            found.append(Configuration(facts, None, None))
            continue
        if result is not None:
            found.append(
                Configuration(facts, combined, result.finished, result.is_unscored, find=result.find)
            )
    return Reachable(tuple(found))


def reached_by(planned: Plan, node: PlannedNode) -> Reachable:
    """The same of one node, as if it were the whole; a sheet then states what that node hangs on, and no more."""
    # Nothing here asks more of a root than of any node.
    return reached(evolve(planned, root=node))  # type: ignore[arg-type]


def fixed(planned: Plan) -> list[Facts] | None:
    """
    Every combination of the facts that several nodes hang on, in each of which the others are independent.

    None where there are too many, or where nodes read each other.
    """
    shared, is_entangled = _shared(planned)
    return None if is_entangled else _combinations(planned, shared)


def _combinations(planned: Plan, shared: list[str]) -> list[Facts] | None:
    read = _read_as_numbers(planned)
    answers = {name: _answers(planned, planned.facts[name], is_number=name in read) for name in shared}
    if any(each is None for each in answers.values()) or _count(answers.values()) > CONFIGURATIONS:
        return None
    return [dict(zip(answers, values, strict=True)) for values in product(*answers.values())]  # type: ignore[arg-type]


def _count(answers: Iterable[list[Any] | None]) -> int:
    return prod(len(each) for each in answers if each is not None)


# --- which facts are shared


def _indicators(planned: Plan) -> list[PlannedNode]:
    """The nodes that the total is made of: what stands aside is not among them."""
    found: list[PlannedNode] = []
    waiting: list[PlannedNode] = [planned.root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.children if isinstance(node, PlannedGroup) else ()
    return found


def _shared(planned: Plan) -> tuple[list[str], bool]:
    """
    The facts that more than one node hangs on, or that decide what counts; and whether nodes read each other.

    A derived fact is one that may be stated itself; unless what it is derived from is read elsewhere, too.
    """
    readers: dict[str, set[str]] = {}
    deciding: set[str] = set()
    for node in _indicators(planned):
        own = f"{node.path}.score"
        control = [name for rule in node.around for name in rule.names]
        control += [name for weight in node.weights if weight.rule is not None for name in weight.rule.names]
        control += [name for gate in node.gates for name in gate.rule.names if name != own]
        control += [name for grade in node.grades for name in grade.rule.names if name != own]
        deciding.update(control)
        for name in node.answers if isinstance(node, PlannedIndicator) else ():
            readers.setdefault(name, set()).add(node.path)
    named = deciding | readers.keys()
    if named & planned.references.keys():
        return [], True
    below = {name: parts(planned, name) for name in named}
    crossed = any(below[one] & (named | below[other]) for one in named for other in named if one != other)
    several = {name for name, paths in readers.items() if len(paths) > 1}
    return [name for name in planned.facts if name in deciding | several], crossed


def parts(planned: Plan, name: str) -> set[str]:
    """Everything that a fact is derived from."""
    return set(parts_of(name, planned.facts))


def _read_as_numbers(planned: Plan) -> set[str]:
    """The facts whose very value enters a score: no cell can stand for several of them."""
    nodes = (node for node in planned.nodes.values() if isinstance(node, PlannedIndicator))
    return {name for node in nodes for name in operands(node)}


def _answers(planned: Plan, fact: PlannedFact, *, is_number: bool) -> list[Any] | None:
    """An answer for each cell of a fact, or each of its numbers where they enter a score; None where they are many."""
    if is_number:
        whole = domain(fact)
        return list(whole.points()) if whole.count is not None and whole.count <= ANSWERS else None
    return cells(fact, every_rule(planned))


# --- where nodes read each other


def _evaluated(planned: Plan, node: PlannedNode, *, left_out: bool) -> Reachable:
    """Every combination of answers evaluated, where these are few; a configuration for what grades ask besides."""
    answers = _every_answer(planned)
    if answers is None:
        return UNDECIDED
    if left_out:
        _leave_out(planned, answers)
    if _count(answers.values()) > SHEETS:
        return UNDECIDED
    names = [name for name in planned.facts if any(name in grade.rule.names for grade in node.grades)]
    found: dict[tuple[Any, ...], dict[Fraction, Facts]] = {}
    unscored = False
    for values in product(*answers.values()):
        facts = {name: value for name, value in zip(answers, values, strict=True) if value is not _UNSAID}
        outcome = evaluate(planned, entries(facts))
        # Below a group that does not apply, nothing is evaluated.
        result = outcome.nodes.get(node.path)
        if result is None:
            continue
        unscored = unscored or result.status == "no-score"
        asked = tuple(outcome.values.get(name, MISSING) for name in names)
        if result.status == "scored" and result.score is not None and not _are_unusable(asked):
            found.setdefault(asked, {}).setdefault(result.score, facts)
    configurations = []
    for asked, sheets in found.items() if found else [((), dict[Fraction, Facts]())]:
        try:
            totals: Lattice | None = Lattice.of(sheets)
        except TooLargeError:
            # Few totals, and no common grid for them.
            totals = None
        facts = dict(zip(names, asked, strict=False))
        configurations.append(Configuration(facts, totals, totals, unscored, find=sheets.get))
    return Reachable(tuple(configurations))


#: Nothing is said of a fact.
_UNSAID = object()


def _are_unusable(values: Iterable[Any]) -> bool:
    return any(value is MISSING or value is BAD for value in values)


def _every_answer(planned: Plan) -> dict[str, list[Any]] | None:
    """The answers to each fact that are told apart; None where they are too many to go through."""
    numbers = _read_as_numbers(planned) | {part for name in planned.facts for part in parts(planned, name)}
    answers: dict[str, list[Any]] = {}
    for name, fact in planned.facts.items():
        if fact.kind == "set":
            found: list[Any] | None = _sets(planned, fact)
        else:
            found = None if fact.operands else _answers(planned, fact, is_number=name in numbers)
        if found is None:
            return None
        answers[name] = found
    return answers


def _leave_out(planned: Plan, answers: dict[str, list[Any]]) -> None:
    """Add what a sheet may say or leave unsaid so that a node is left out of its group."""
    for path, node in planned.nodes.items():
        if node.model.may_not_apply:
            answers[path] = [*answers.get(path, [_UNSAID]), {"not-applicable": "–"}]
        if node.model.missing == "exclude":
            for name in _answered_in(node) & answers.keys():
                if not any(each is _UNSAID for each in answers[name]):
                    answers[name] = [*answers[name], _UNSAID]


def _answered_in(node: PlannedNode) -> set[str]:
    """The names that a node and everything in it follow from."""
    if isinstance(node, PlannedGroup):
        return set[str]().union(*map(_answered_in, node.children))
    return set(node.answers) if isinstance(node, PlannedIndicator) else set()


def _sets(planned: Plan, fact: PlannedFact) -> list[Any] | None:
    """The runs of the ladders that a set of options is climbed by."""
    found: list[Any] = [frozenset()]
    for node in planned.nodes.values():
        if isinstance(node, PlannedIndicator) and node.measure is fact:
            found += runs(node)
    return found
