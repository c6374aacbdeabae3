"""The parts of a trail: what is kept of a node, a fact, a line of the form, a reading, and of what was stated."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from kinerja.errors import Diagnostic, written
from kinerja.mappings import FrozenMap
from kinerja.trail.figures import Figure

__all__ = [
    "AlternativeTrail",
    "AwardTrail",
    "BandTrail",
    "CitationTrail",
    "EvidenceTrail",
    "FactTrail",
    "GateTrail",
    "GradeTrail",
    "NodeTrail",
    "PartialTrail",
    "Problem",
    "ReadingTrail",
    "RubricTrail",
    "SaidTrail",
    "SealTrail",
    "StatedTrail",
    "StepTrail",
    "mapping",
]


def mapping() -> Any:
    """A field that maps ids to parts, and is empty where nothing is said."""
    return field(factory=FrozenMap, converter=FrozenMap)


@frozen(kw_only=True)
class RubricTrail:
    """Which rules were applied: their id, edition and identity, and what they extend."""

    id: str
    title: str = ""
    edition: str = ""
    identity: str = ""
    extends: tuple[str, ...] = ()
    language: str = "id"


@frozen(kw_only=True)
class CitationTrail:
    """Where a rule is written."""

    document: str
    title: str = ""
    at: str = ""


@frozen(kw_only=True)
class EvidenceTrail:
    """What should be shown for an answer."""

    text: str = ""
    signer: str = ""


@frozen(kw_only=True)
class FactTrail:
    """
    One fact as it entered: how it came about, its value, and who vouches for it.

    `how` is `given`, `derived`, `default`, `missing`, `invalid` or `not-applicable`.
    """

    how: str
    title: str = ""
    value: Any = None
    figure: Figure | None = None
    unit: str = ""
    by: str = ""
    on: str = ""
    evidence: str = ""
    note: str = ""
    #: The answers that are possible, where none was given that can be used.
    options: tuple[str, ...] = ()
    formula: str = ""
    operands: FrozenMap[str] = mapping()
    #: The exact value before the fact's own rounding, and that rounding, where there is one.
    before: str = ""
    rounding: str = ""


@frozen(kw_only=True)
class BandTrail:
    """A line of the form: its condition, its text and its score."""

    id: str
    score: Figure | None = None
    #: The score as the rubric writes it, where it is no plain number: a formula, cases, or `none`.
    amount: str = ""
    when: str = ""
    text: str = ""
    title: str = ""


@frozen(kw_only=True)
class StepTrail:
    """One step of arithmetic with its operands and its exact result."""

    name: str
    operands: tuple[str, ...] = ()
    rule: str = ""
    result: Figure


@frozen(kw_only=True)
class AwardTrail:
    """What a grade earns."""

    amount: int | None = None
    low: int | None = field(default=None, metadata={"key": "from"})
    high: int | None = field(default=None, metadata={"key": "to"})
    currency: str = ""
    words: str = ""
    text: str = ""


@frozen(kw_only=True)
class GradeTrail:
    """The class that a score falls in."""

    id: str
    title: str = ""
    awards: FrozenMap[AwardTrail] = mapping()


@frozen(kw_only=True)
class GateTrail:
    """A requirement: what it asks, whether it holds, and the grade that failing it sets."""

    when: str
    holds: str
    text: str = ""
    grade: str = ""


@frozen(kw_only=True)
class NodeTrail:
    """
    One node: what it came to, and everything that follows from.

    `status` is `scored`, `missing`, `invalid`, `not-applicable`, `excluded` or `no-score`.
    `contribution` is weight times score over the sum of the weights that count.
    `points` is that share on the group's own scale, where the scale is proportional.
    """

    status: str
    title: str = ""
    number: str = ""
    aspect: str = ""
    text: str = ""
    score: Figure | None = None
    weight: Figure | None = None
    contribution: Figure | None = None
    points: Figure | None = None
    combine: str = ""
    children: tuple[str, ...] = ()
    measure: str = ""
    facts: FrozenMap[FactTrail] = mapping()
    applies: str = ""
    band: BandTrail | None = None
    others: tuple[BandTrail, ...] = ()
    steps: tuple[StepTrail, ...] = ()
    stated: bool = False
    reweighed: bool = False
    reason: str = ""
    needs: tuple[str, ...] = ()
    grade: GradeTrail | None = None
    #: The grade by the score alone, where gates may have set another.
    by_value: str = ""
    gates: FrozenMap[GateTrail] = mapping()
    assessor: str = ""
    evidence: FrozenMap[EvidenceTrail] = mapping()
    source: tuple[CitationTrail, ...] = ()
    readings: tuple[str, ...] = ()


@frozen(kw_only=True)
class AlternativeTrail:
    """What another reading of the source would have given, everything else as it is."""

    text: str = ""
    status: str = ""
    total: Figure | None = None
    grade: GradeTrail | None = None
    needs: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReadingTrail:
    """A reading on the way: what is unclear, how it was taken, and what hangs on it."""

    #: The alternative that was chosen instead, and what it says; empty where the reading is the rubric's own.
    chosen: str = ""
    text: str = ""
    #: Where another was chosen: what the rubric's own reading would have given.
    own: AlternativeTrail | None = None
    quote: str = ""
    problem: str = ""
    taken: str = ""
    because: str = ""
    by: FrozenMap[str] = mapping()
    nodes: tuple[str, ...] = ()
    alternatives: FrozenMap[AlternativeTrail] = mapping()


@frozen(kw_only=True)
class PartialTrail:
    """The children that have a score, combined; never a total, never graded."""

    total: Figure | None = None
    covers: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    weight: Figure | None = None


@frozen(kw_only=True)
class Problem:
    """A problem or a note, as data: its code, what it is about, and the values of its sentence."""

    code: str
    path: str = ""
    values: FrozenMap[Any] = mapping()

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Problem:
        """A diagnostic without its place."""
        values = {k: _plain(v) for k, v in diagnostic.values.items()}
        return cls(code=diagnostic.code, path=diagnostic.where, values=FrozenMap(values))

    def diagnostic(self) -> Diagnostic:
        """The sentence and help of this problem, in either language."""
        return Diagnostic(self.code, (self.path,) if self.path else (), self.values)


def _plain(value: Any) -> Any:
    return tuple(map(written, value)) if isinstance(value, list | tuple) else written(value)


@frozen(kw_only=True)
class SaidTrail:
    """
    One value exactly as it was stated, so that it can be stated again.

    `type` is empty for text that stood in a file without quotes; else `text`, `bool`, `int`, `float`, `decimal`,
    `fraction`, `list`, `tuple`, `set` or `frozenset` (of the texts in `items`), `unread` (text that a table's reader
    refused, for the reason in `fault`), or `other`, which no file can hold.
    """

    type: str = ""
    text: str = ""
    items: tuple[str, ...] = ()
    fault: Problem | None = None


@frozen(kw_only=True)
class StatedTrail:
    """What the sheet says of one name: all that an assessment started from."""

    name: str
    value: SaidTrail | None = None
    score: SaidTrail | None = None
    not_applicable: SaidTrail | None = field(default=None, metadata={"key": "not-applicable"})
    unit: str = ""
    by: str = ""
    on: str = ""
    evidence: str = ""
    note: str = ""
    #: Whether the sheet used the words of a record, and not a plain value.
    record: bool = False


@frozen(kw_only=True)
class SealTrail:
    """Check digits over what was stated: which nobody can compute again from anything else in the trail."""

    whole: str
    parts: FrozenMap[str] = mapping()
