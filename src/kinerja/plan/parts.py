"""What a plan is made of."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import define, field

from kinerja.feel import MISSING, Formula
from kinerja.intervals import IntervalSet
from kinerja.model import Citation, Fact, Group, Indicator, Node, Rubric, Scale
from kinerja.numbers import Rounding
from kinerja.plan.regions import Regions
from kinerja.plan.rules import Rule

__all__ = [
    "Plan",
    "PlannedBand",
    "PlannedFact",
    "PlannedGroup",
    "PlannedIndicator",
    "PlannedNode",
    "Scaling",
    "Weight",
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
class PlannedBand:
    """A band or level: the rule that it holds by, and its score."""

    id: str
    rule: Rule
    score: Fraction
    text: str
    title: str
    source: tuple[Citation, ...]
    #: The condition as the rubric prints it; empty for a level.
    when: str


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


@define(eq=False, repr=False)
class PlannedNode:
    """What indicators and groups share."""

    path: str
    model: Node
    location: Location
    applies: Rule | None
    weights: list[Weight]
    assessor: str
    scaling: Scaling | None


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
    #: Every score that can occur: what a sheet may state.
    scores: frozenset[Fraction] = frozenset()


@define(eq=False, repr=False)
class PlannedGroup(PlannedNode):
    """A group with its children."""

    model: Group
    children: tuple[PlannedNode, ...]


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
    #: Parts of a trail that are the same for every sheet, kept once they were rendered.
    rendered: dict[Any, Any] = field(factory=dict)

    @property
    def named(self) -> list[str]:
        """Every name that a sheet may use: facts, and nodes whose score may be stated."""
        return list(dict.fromkeys([*self.facts, *self.nodes]))
