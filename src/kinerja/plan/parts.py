"""What a plan is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import define, field

from kinerja.feel import MISSING, Formula
from kinerja.intervals import IntervalSet
from kinerja.model import Citation, Fact, Grade, Group, Indicator, Lookup, Node, Rubric, Scale
from kinerja.numbers import Rounding
from kinerja.plan.regions import Regions
from kinerja.plan.rules import Rule

__all__ = [
    "Amount",
    "Plan",
    "PlannedBand",
    "PlannedCase",
    "PlannedFact",
    "PlannedGate",
    "PlannedGrade",
    "PlannedGroup",
    "PlannedIndicator",
    "PlannedLookup",
    "PlannedNode",
    "PlannedStep",
    "Scaling",
    "Weight",
    "capped",
    "parts_of",
]

Location: TypeAlias = tuple[str, ...]


@define(eq=False, repr=False)
class PlannedFact:
    """A fact under its full dotted name, with its domain as sets."""

    name: str
    kind: str
    model: Fact
    location: Location
    owner: str
    options: tuple[str, ...] = ()
    unit: str = ""
    domain: IntervalSet | None = None
    inside: Regions | None = None
    step: Fraction | None = None
    rounding: Rounding | None = None
    formula: Formula | None = None
    #: The names in the formula, as written, and the facts that they mean.
    operands: Mapping[str, str] = field(factory=dict)
    #: What a missing answer counts as, where the rubric says so.
    missing: Any = MISSING


@define(eq=False, repr=False)
class PlannedCase:
    """One value of an amount: when it is the one, and what it is; a formula of None is `none`: no score on purpose."""

    rule: Rule | None
    formula: Formula | None
    #: The names in the formula, as written, and what they mean; `children.score` means several.
    operands: Mapping[str, str | tuple[str, ...]]


@define(eq=False, repr=False)
class Amount:
    """A number, a formula or cases of them, wherever one of these stands."""

    cases: tuple[PlannedCase, ...]
    #: The number, where it is one and hangs on nothing.
    constant: Fraction | None
    #: The amount as the rubric writes it.
    text: str

    @property
    def names(self) -> Iterator[str]:
        """Everything that it reads."""
        for case in self.cases:
            yield from case.rule.names if case.rule is not None else ()
            for key in case.operands.values():
                yield from (key,) if isinstance(key, str) else key


@define(eq=False, repr=False)
class PlannedBand:
    """A band or level: the rule that it holds by, and its score."""

    id: str
    rule: Rule
    amount: Amount
    because: str
    text: str
    title: str
    source: tuple[Citation, ...]
    #: The condition as the rubric prints it; empty for a level.
    when: str


@define(eq=False, repr=False)
class PlannedStep:
    """A rung of a ladder: what has to be there, and the score of whoever gets this far."""

    id: str
    needs: frozenset[str]
    amount: Amount
    text: str
    title: str


@define(eq=False, repr=False)
class PlannedGrade:
    """A class, and the rule that it holds by."""

    id: str
    rule: Rule
    model: Grade


@define(eq=False, repr=False)
class PlannedGate:
    """A requirement, and the grade that failing it sets; without one it refuses."""

    id: str
    rule: Rule
    grade: str
    text: str


@define(eq=False, repr=False)
class Weight:
    """One of a node's possible weights, and the rule by which it is the one."""

    rule: Rule | None
    share: Fraction
    #: The share as a whole number, on the group's common denominator.
    points: int = 0


class Scaling:
    """A change of scale as slope and offset, so that a score costs one product and one sum."""

    __slots__ = ("high", "low", "offset", "slope")

    def __init__(self, scale: Scale) -> None:
        self.low, self.high = sorted(scale.low)
        self.offset = scale.apply(Fraction(0)) if scale.low[0] != scale.low[1] else Fraction(0)
        self.slope = scale.apply(Fraction(1)) - self.offset if scale.low[0] != scale.low[1] else Fraction(0)

    def apply(self, score: Fraction) -> Fraction:
        """The score on the new scale."""
        return score * self.slope + self.offset


def capped(score: Fraction, ends: tuple[Fraction | None, Fraction | None]) -> Fraction:
    """The score held between two ends, each of which may be open."""
    low, high = ends
    if low is not None and score < low:
        return low
    return high if high is not None and score > high else score


@define(eq=False, repr=False)
class PlannedNode:
    """What indicators and groups share."""

    path: str
    model: Node
    location: Location
    applies: Rule | None
    #: The conditions by which it applies: its own, and those of the groups that it stands in.
    around: tuple[Rule, ...]
    weights: list[Weight]
    assessor: str
    scaling: Scaling | None
    #: The lowest and the highest score that it is held to, where it is.
    cap: tuple[Fraction | None, Fraction | None] | None
    grades: tuple[PlannedGrade, ...]
    gates: tuple[PlannedGate, ...]
    #: Whether nothing happens to its score any more: no scale, no cap, no rounding.
    is_plain: bool
    #: Whether it is an indicator that always applies and that no gate guards: most are.
    is_free: bool = field(default=False, kw_only=True)
    #: Whether some name asks for its score or grade.
    is_asked: bool = field(default=False, kw_only=True)

    @property
    def reads(self) -> Iterator[str]:
        """The names that its score hangs on, but for the conditions around it and what its children read."""
        for weight in self.weights:
            yield from weight.rule.names if weight.rule is not None else ()
        for gate in self.gates:
            yield from gate.rule.names if not gate.grade else ()

    @property
    def grade_reads(self) -> Iterator[str]:
        """The names that its grade hangs on."""
        for grade in self.grades:
            yield from grade.rule.names
        for gate in self.gates:
            yield from gate.rule.names if gate.grade else ()


@define(eq=False, repr=False)
class PlannedIndicator(PlannedNode):
    """An indicator with its bands, and where they all test one measure, a table to look them up in."""

    model: Indicator
    measure: PlannedFact | None
    bands: tuple[PlannedBand, ...]
    #: The bands of a number, by region.
    regions: Regions | None = None
    #: The bands of a choice or a yes-no, by answer.
    table: Mapping[Any, tuple[int, ...]] | None = None
    #: The rungs of a ladder, and what an empty run scores.
    ladder: tuple[PlannedStep, ...] = ()
    otherwise: Amount | None = None
    #: What a computed indicator is computed by.
    amount: Amount | None = None
    #: Every score that can occur, where they can be listed: what a sheet may state.
    scores: frozenset[Fraction] | None = None

    @property
    def amounts(self) -> Iterator[Amount]:
        """Every number, formula or list of cases that may become its score."""
        yield from (band.amount for band in self.bands)
        yield from (step.amount for step in self.ladder)
        yield from (amount for amount in (self.otherwise, self.amount) if amount is not None)

    @property
    def answers(self) -> Iterator[str]:
        """The names that its raw score follows from."""
        yield from (self.measure.name,) if self.measure is not None else ()
        for band in self.bands:
            yield from band.rule.names
        for amount in self.amounts:
            yield from amount.names

    @property
    def reads(self) -> Iterator[str]:
        """The names that its score hangs on, but for the conditions around it."""
        yield from self.answers
        yield from super().reads


@define(eq=False, repr=False)
class PlannedGroup(PlannedNode):
    """A group with its children."""

    model: Group
    children: tuple[PlannedNode, ...]
    aside: tuple[PlannedNode, ...]


@define(eq=False, repr=False)
class PlannedLookup(PlannedNode):
    """A grade looked up from elsewhere."""

    model: Lookup


@define(eq=False, repr=False)
class Plan:
    """A whole rubric, ready to be evaluated."""

    rubric: Rubric
    facts: Mapping[str, PlannedFact]
    nodes: Mapping[str, PlannedNode]
    root: PlannedGroup
    #: Derived facts, each after the facts it is computed from.
    derived: tuple[PlannedFact, ...]
    #: Facts whose absence means something.
    defaults: tuple[PlannedFact, ...]
    #: For each reading, the paths of the nodes that its alternatives change.
    readings: Mapping[str, tuple[str, ...]]
    #: What names mean that are not facts: a node's path, and whether its score or its grade is asked for.
    references: Mapping[str, tuple[str, str]]
    #: Nodes aside, and nodes with grades: what a trail shows though nothing may have asked for it.
    beside: tuple[PlannedNode, ...]
    #: Facts whose last name is also a word of a sheet's records, such as `unit`.
    wordy: frozenset[str]
    #: What was worked out from the plan once: parts of a trail, what can occur, the plans of other readings.
    kept: dict[Any, Any] = field(factory=dict)

    @property
    def named(self) -> list[str]:
        """Every name that a sheet may use: facts, and nodes whose score may be stated."""
        return list(dict.fromkeys([*self.facts, *self.nodes]))


def parts_of(name: str, facts: Mapping[str, PlannedFact]) -> list[str]:
    """Everything that a fact is computed from, however far down, each once and before its own parts."""
    found: dict[str, None] = {}
    waiting = [*facts[name].operands.values()][::-1]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found[part] = None
            waiting += [*facts[part].operands.values()][::-1]
    return list(found)
