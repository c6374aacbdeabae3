"""
The audit record: why each score is what it is, as data and as JSON.

A trail holds everything that an explanation says.  Exact numbers are text (`"23/20"`) beside the figure shown; nothing
in a trail is computed again when it is read.  The JSON form is `kinerja-trail/1`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from string import Formatter
from typing import Any

from attrs import field, frozen

from kinerja.errors import Diagnostic, TrailError
from kinerja.mappings import FrozenMap
from kinerja.messages import MESSAGES
from kinerja.trail.figures import Figure
from kinerja.trail.forms import fields, structured, unstructured

__all__ = [
    "FORMAT",
    "AlternativeTrail",
    "AwardTrail",
    "BandTrail",
    "CitationTrail",
    "EvidenceTrail",
    "FactTrail",
    "Figure",
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
    "Trail",
]

FORMAT = "kinerja-trail/1"


def _map() -> Any:
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
    operands: FrozenMap[str] = _map()
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
    awards: FrozenMap[AwardTrail] = _map()


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
    facts: FrozenMap[FactTrail] = _map()
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
    gates: FrozenMap[GateTrail] = _map()
    assessor: str = ""
    evidence: FrozenMap[EvidenceTrail] = _map()
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
    by: FrozenMap[str] = _map()
    nodes: tuple[str, ...] = ()
    alternatives: FrozenMap[AlternativeTrail] = _map()


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
    values: FrozenMap[Any] = _map()

    @classmethod
    def of(cls, diagnostic: Diagnostic) -> Problem:
        """A diagnostic without its place."""
        values = {k: _plain(v) for k, v in diagnostic.values.items()}
        return cls(code=diagnostic.code, path=diagnostic.where, values=FrozenMap(values))

    def diagnostic(self) -> Diagnostic:
        """The sentence and help of this problem, in either language."""
        return Diagnostic(self.code, (self.path,) if self.path else (), self.values)


def _plain(value: Any) -> Any:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else str(value)


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
    parts: FrozenMap[str] = _map()


@frozen(kw_only=True)
class Trail:
    """
    The whole record of one assessment.

    Read it as data, write it with `to_json`, read it back with `Trail.from_json`.
    """

    format: str = FORMAT
    rubric: RubricTrail
    readings: FrozenMap[ReadingTrail] = _map()
    language_version: int = 1
    library: str = ""
    date: str | None = None
    subject: FrozenMap[str] = _map()
    period: str = ""
    basis: str = "self"
    participants: tuple[str, ...] = ()
    note: str = ""
    assessors: FrozenMap[str] = _map()
    status: str
    total: Figure | None = None
    grade: GradeTrail | None = None
    partial: PartialTrail | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    nodes: FrozenMap[NodeTrail] = _map()
    stated: tuple[StatedTrail, ...] = ()
    seal: SealTrail | None = None

    def to_json(self, *, indent: int | None = None) -> str:
        """The trail as one JSON object in the documented form; what is empty is left out of the parts."""
        text = json.dumps(self.to_data(), ensure_ascii=False, indent=indent, allow_nan=False)
        # A lone surrogate, which no file can hold, stays as the escape that JSON has for it.
        return text.encode("utf-8", "backslashreplace").decode("utf-8")

    def to_data(self) -> dict[str, Any]:
        """The same as plain dicts and lists; every top-level key is there, whatever its value."""
        whole = {key: unstructured(getattr(self, a.name)) for key, a in fields(Trail).items()}
        return whole

    @classmethod
    def from_json(cls, text: str) -> Trail:
        """Read a trail back; raises `TrailError` where the text is not one."""
        try:
            data = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise TrailError([Diagnostic("K514", (), {"problem": str(error)})]) from None
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any) -> Trail:
        """The same from plain dicts and lists."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT:
            raise TrailError([Diagnostic("K515", ("format",), {"format": FORMAT})])
        trail: Trail = structured(data, Trail)
        _sound(trail)
        return trail


def _no_constant(name: str) -> Any:
    raise ValueError(name)


_STATUSES = ("complete", "incomplete", "invalid")
_NODE_STATUSES = ("scored", "missing", "invalid", "not-applicable", "excluded", "no-score")
_HOWS = ("given", "derived", "default", "missing", "invalid", "not-applicable")
_STEPS = ("combine", "formula", "scale", "cap", "round")
_COMBINES = ("sum", "mean", "weighted-sum", "weighted-mean", "min", "max", "product", "geometric-mean")
_ANSWERS = ("yes", "no", "unknown")

#: How a value was stated; see `SaidTrail`.
TYPES = (
    *("", "text", "bool", "int", "float", "decimal", "fraction"),
    *("list", "tuple", "set", "frozenset", "unread", "other"),
)


def _sound(trail: Trail) -> None:
    """Refuse a trail from outside whose words or names nobody could tell a story with."""
    _known(trail.status, _STATUSES, "status")
    if trail.date is not None and not _is_day(trail.date):
        raise TrailError([Diagnostic("K114", ("date",), {"text": trail.date})])
    # The children of a group that does not apply are not looked at, so they have no nodes.
    _leads("total", trail, "nodes", "total")
    for path, node in trail.nodes.items():
        _sound_node(trail, node, ("nodes", path))
    for name, reading in trail.readings.items():
        for key, other in reading.alternatives.items():
            _known(other.status, _STATUSES, "readings", name, "alternatives", key, "status")
    for kind, problems in (("problems", trail.problems), ("notes", trail.notes)):
        for at, problem in enumerate(problems):
            _told(problem, kind, str(at))
    for at, stated in enumerate(trail.stated):
        values = {"value": stated.value, "score": stated.score, "not-applicable": stated.not_applicable}
        for key, said in values.items():
            if said is not None:
                _sound_value(said, "stated", str(at), key)


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _sound_node(trail: Trail, node: NodeTrail, path: tuple[str, ...]) -> None:
    _known(node.status, _NODE_STATUSES, *path, "status")
    for name, fact in node.facts.items():
        _known(fact.how, _HOWS, *path, "facts", name, "how")
    for name, gate in node.gates.items():
        _known(gate.holds, _ANSWERS, *path, "gates", name, "holds")
    for at, step in enumerate(node.steps):
        _known(step.name, _STEPS, *path, "steps", str(at), "name")
        if step.name == "combine":
            _known(step.rule, _COMBINES, *path, "steps", str(at), "rule")
            for number, name in enumerate(step.operands):
                _leads(name, trail, *path, "steps", str(at), "operands", str(number))


def _sound_value(said: SaidTrail, *path: str) -> None:
    _known(said.type, TYPES, *path, "type")
    if said.fault is not None:
        _told(said.fault, *path, "fault")


def _told(problem: Problem, *path: str) -> None:
    """A problem of a trail has all that its sentence needs."""
    _known(problem.code, MESSAGES, *path, "code")
    for template in (MESSAGES[problem.code].text["en"], MESSAGES[problem.code].help["en"]):
        for _, key, _, _ in Formatter().parse(template):
            if key is not None and key not in problem.values:
                raise TrailError([Diagnostic("K102", (*path, "values", key), {"key": key})])


def _known(word: str, known: Collection[str], *path: str) -> None:
    if word not in known:
        raise TrailError([Diagnostic("K520", path, {"found": word, "known": list(known)[:20]})])


def _leads(name: str, trail: Trail, *path: str) -> None:
    """A name of a node leads somewhere."""
    if name not in trail.nodes:
        raise TrailError([Diagnostic("K521", path, {"name": name})])
