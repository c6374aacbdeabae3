"""
A rubric as data: frozen, comparable, hashable, without places and without any way to read or write itself.

The fields of these classes are the keys of the language; `key` in a field's metadata is its spelling in a file where
that differs.  The same converters serve the file and Python, so `Band(when="> 40")` and `when: "> 40"` mean one thing.
"""

# Annotations are evaluated here, once: reading them back from text costs more at import than a first score.
import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import Factory, field, frozen

from kinerja import numbers
from kinerja.errors import Fault
from kinerja.feel import Condition, Formula
from kinerja.mappings import Data, FrozenMap
from kinerja.numbers import Rounding
from kinerja.shapes import Case, Where, cases, condition_of, optional_condition, optional_formula, where

__all__ = [
    "Allowed",
    "Alternative",
    "Answer",
    "Assessor",
    "Award",
    "Band",
    "Bands",
    "Cap",
    "Choice",
    "Citation",
    "Cited",
    "Derived",
    "Direct",
    "Evidence",
    "Example",
    "Extends",
    "Fact",
    "Gate",
    "Grade",
    "Group",
    "Indicator",
    "Ladder",
    "Level",
    "Levels",
    "Lookup",
    "Node",
    "Number",
    "Option",
    "Reading",
    "Rubric",
    "Scale",
    "Set",
    "Source",
    "Step",
    "Valid",
    "YesNo",
]


def _frozen_map(value: Mapping[Any, Any]) -> FrozenMap[Any]:
    if isinstance(value, FrozenMap):
        return value
    # A band may be named by the number that it gives: `bands={2: Band(...)}`.
    return FrozenMap({str(key): _frozen(part) for key, part in value.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _frozen_map(value)
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value


def _number(value: Any) -> Fraction:
    return numbers.parse(value) if isinstance(value, str) else numbers.exact(value)


def _optional_number(value: Any) -> Fraction | None:
    return None if value is None else _number(value)


def _pair(value: Sequence[Any]) -> tuple[Fraction, Fraction]:
    if len(value) != 2:
        raise Fault("K118", found=value)
    low, high = (_number(end) for end in value)
    return low, high


def _shown(value: Any) -> Rounding | None:
    if value is None or isinstance(value, Rounding):
        return value
    return Rounding(_number(value), mode="half-up")


def _citations(value: Any) -> tuple["Citation", ...]:
    return (value,) if isinstance(value, Citation) else tuple(value)


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


#: The order of these is part of the rules: it enters the identity.
_ORDERED = {"ordered": True}

#: What says something about a rubric and changes no answer: not part of the identity.
_SILENT = {"identity": False}


# --- sources, people, proof


@frozen(kw_only=True, eq=False, repr=False)
class Citation(Data):
    """A place in a source: which document, where in it, and what stands there word for word."""

    document: str = field(metadata={"key": "in"})
    at: str = ""
    text: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Source(Data):
    """A document that the rules come from."""

    title: str = ""
    publisher: str = ""
    dated: dt.date | None = None
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Assessor(Data):
    """Somebody who is responsible for a fact or a score."""

    title: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Evidence(Data):
    """What has to be shown for an answer."""

    text: str = ""
    signer: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Cited(Data):
    """Something that the rules' source says, and where."""

    source: tuple[Citation, ...] = field(default=(), converter=_citations)


# --- facts


@frozen(kw_only=True, eq=False, repr=False)
class Fact(Cited):
    """One input value about the subject."""

    title: str = ""
    text: str = ""
    missing: str | None = None
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Answer(Fact):
    """The measure of an indicator whose options are its own levels or steps."""


@frozen(kw_only=True, eq=False, repr=False)
class Number(Fact):
    """
    A number: its unit, the domain it must lie in, the step it is counted in, and how it is rounded before it is tested.

    A number may be derived from other facts by a formula.
    """

    unit: str = ""
    within: Condition | None = field(default=None, converter=optional_condition, metadata={"key": "in"})
    step: Fraction | None = field(default=None, converter=_optional_number)
    round: Rounding | None = None
    formula: Formula | None = field(default=None, converter=optional_formula, metadata={"key": "from"})


@frozen(kw_only=True, eq=False, repr=False)
class Option(Data):
    """One of the answers that a choice allows."""

    title: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Choice(Fact):
    """One of several options."""

    options: FrozenMap[Option] = field(factory=FrozenMap, converter=_frozen_map)


@frozen(kw_only=True, eq=False, repr=False)
class Set(Fact):
    """Any number of several options."""

    options: FrozenMap[Option] = field(factory=FrozenMap, converter=_frozen_map)


@frozen(kw_only=True, eq=False, repr=False)
class YesNo(Fact):
    """Yes or no."""


# --- nodes


@frozen(kw_only=True, eq=False, repr=False)
class Scale(Data):
    """A linear change of scale: the ends of the old one and what they become."""

    low: tuple[Fraction, Fraction] = field(converter=_pair, metadata={"key": "from"})
    to: tuple[Fraction, Fraction] = field(converter=_pair)

    def apply(self, score: Fraction) -> Fraction:
        """The score on the new scale."""
        (low, high), (bottom, top) = self.low, self.to
        return bottom + (score - low) * (top - bottom) / (high - low)


@frozen(kw_only=True, eq=False, repr=False)
class Band(Cited):
    """A condition, and the score that it gives; a band named by a number gives that number."""

    when: Where = field(default=(), converter=where)
    score: tuple[Case, ...] = field(default=(), converter=cases)
    because: str = ""
    title: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Level(Cited):
    """One listed answer, and the score that it gives."""

    score: tuple[Case, ...] = field(converter=cases)
    because: str = ""
    title: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Step(Cited):
    """One rung of a ladder; with `all`, a rung of several things that must all be there."""

    score: tuple[Case, ...] = field(converter=cases)
    all: FrozenMap[str] = field(factory=FrozenMap, converter=_frozen_map)
    title: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Award(Cited):
    """What a grade earns: whole units of a currency, or a range of them, with the words as printed."""

    amount: int | None = None
    low: int | None = field(default=None, metadata={"key": "from"})
    high: int | None = field(default=None, metadata={"key": "to"})
    currency: str = ""
    words: str = ""
    text: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Grade(Cited):
    """A named class of a group's score, with what it awards."""

    when: Where = field(default=(), converter=where)
    awards: FrozenMap[Award] = field(factory=FrozenMap, converter=_frozen_map)
    title: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Gate(Cited):
    """A requirement that refuses an answer or sets a grade."""

    when: Where = field(default=(), converter=where)
    grade: str = ""
    text: str = ""
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Cap(Data):
    """The limits that a score is held to."""

    within: Condition = field(converter=condition_of)


@frozen(kw_only=True, eq=False, repr=False)
class Node(Cited):
    """What every indicator and group has in common."""

    title: str = ""
    number: str = ""
    aspect: str = ""
    text: str = ""
    weight: tuple[Case, ...] = field(default=(), converter=cases)
    applies: Where = field(default=(), converter=where)
    assessor: str = ""
    evidence: FrozenMap[Evidence] = field(factory=FrozenMap, converter=_frozen_map)
    missing: str = ""
    may_not_apply: bool = field(default=False, metadata={"key": "may-not-apply"})
    better: str = ""
    scale: Scale | None = None
    cap: Cap | None = None
    round: Rounding | None = None
    shown: Rounding | None = field(default=None, converter=_shown)
    facts: FrozenMap[Fact] = field(factory=FrozenMap, converter=_frozen_map)
    grades: FrozenMap[Grade] = field(factory=FrozenMap, converter=_frozen_map, metadata=_ORDERED)
    requires: FrozenMap[Gate] = field(factory=FrozenMap, converter=_frozen_map)
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Indicator(Node):
    """A leaf that turns facts into one score."""

    examples: FrozenMap[Fraction] = field(factory=FrozenMap, converter=_frozen_map, metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Bands(Indicator):
    """An indicator scored by the one band that holds."""

    bands: FrozenMap[Band] = field(factory=FrozenMap, converter=_frozen_map)
    measure: Fact | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Levels(Indicator):
    """An indicator answered by one of its listed levels."""

    levels: FrozenMap[Level] = field(factory=FrozenMap, converter=_frozen_map, metadata=_ORDERED)
    measure: Answer | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Ladder(Indicator):
    """An indicator scored by the last rung of the unbroken run from the first."""

    ladder: FrozenMap[Step] = field(factory=FrozenMap, converter=_frozen_map, metadata=_ORDERED)
    otherwise: tuple[Case, ...] = field(default=(), converter=cases)
    measure: Answer | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Direct(Indicator):
    """An indicator whose number is its score: an assessor's own judgement."""

    direct: Number = Factory(Number)


@frozen(kw_only=True, eq=False, repr=False)
class Derived(Indicator):
    """An indicator computed from facts and other nodes."""

    formula: tuple[Case, ...] = field(converter=cases)


@frozen(kw_only=True, eq=False, repr=False)
class Lookup(Node):
    """A grade without a score: it is looked up from other nodes and facts."""


@frozen(kw_only=True, eq=False, repr=False)
class Group(Node):
    """A node that combines its children."""

    indicators: FrozenMap[Node] = field(factory=FrozenMap, converter=_frozen_map)
    combine: str = ""
    aside: FrozenMap[Node] = field(factory=FrozenMap, converter=_frozen_map)


# --- the rubric


@frozen(kw_only=True, eq=False, repr=False)
class Valid(Data):
    """The days on which a rubric is in force: half-open, from this day until before that one."""

    since: dt.date | None = field(default=None, metadata={"key": "from"})
    until: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        """Whether the rubric is in force on this day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@frozen(kw_only=True, eq=False, repr=False)
class Extends(Data):
    """The rubric that a regional one starts from."""

    rubric: str
    edition: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Alternative(Data):
    """Another way to read the source, as a patch of the rubric."""

    text: str = ""
    change: Any = field(default=None, converter=_frozen)


@frozen(kw_only=True, eq=False, repr=False)
class Reading(Cited):
    """A named choice of how to read a source that is silent or contradicts itself."""

    settles: str
    problem: str
    taken: str
    because: str
    quote: str = ""
    by: FrozenMap[str] = field(factory=FrozenMap, converter=_frozen_map)
    at: tuple[str, ...] = ()
    alternatives: FrozenMap[Alternative] = field(factory=FrozenMap, converter=_frozen_map)
    note: str = field(default="", metadata=_SILENT)


@frozen(kw_only=True, eq=False, repr=False)
class Example(Data):
    """A sheet and what must come of it."""

    facts: FrozenMap[Any] = field(factory=FrozenMap, converter=_frozen_map)
    on: dt.date | None = None
    readings: FrozenMap[str] = field(factory=FrozenMap, converter=_frozen_map)
    expect: FrozenMap[Any] = field(factory=FrozenMap, converter=_frozen_map)
    like: str = ""
    note: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Allowed(Data):
    """A finding of the checks that the rubric's author lets stand, and why."""

    because: str
    code: str = ""
    at: tuple[str, ...] = field(default=(), converter=_texts)


@frozen(kw_only=True, eq=False, repr=False)
class Rubric(Group):
    """A complete set of rules with identity, validity and sources: the outermost group."""

    kinerja: int = 1
    id: str
    edition: str = ""
    valid: Valid = Factory(Valid)
    #: What is in force no longer since this rubric is.
    supersedes: Extends | None = field(default=None, metadata=_SILENT)
    #: What this rubric was made from by patches, the nearest first; it already says what they said.
    extends: tuple[Extends, ...] = field(default=(), metadata=_SILENT)
    language: str = "id"
    sources: FrozenMap[Source] = field(factory=FrozenMap, converter=_frozen_map)
    assessors: FrozenMap[Assessor] = field(factory=FrozenMap, converter=_frozen_map)
    readings: FrozenMap[Reading] = field(factory=FrozenMap, converter=_frozen_map)
    examples: FrozenMap[Example] = field(factory=FrozenMap, converter=_frozen_map, metadata=_SILENT)
    allow: FrozenMap[Allowed] = field(factory=FrozenMap, converter=_frozen_map, metadata=_SILENT)
    #: The document that this rubric was read from, with its templates and places; never part of equality.
    origin: Any = field(default=None, eq=False, repr=False, metadata={"key": None})
