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

from attrs import frozen

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, TrailError, written
from kinerja.mappings import FrozenMap
from kinerja.messages import MESSAGES
from kinerja.trail.figures import Figure
from kinerja.trail.forms import fields, structured, unstructured
from kinerja.trail.parts import (
    AlternativeTrail,
    AwardTrail,
    BandTrail,
    CitationTrail,
    EvidenceTrail,
    FactTrail,
    GateTrail,
    GradeTrail,
    NodeTrail,
    PartialTrail,
    Problem,
    ReadingTrail,
    RubricTrail,
    SaidTrail,
    SealTrail,
    StatedTrail,
    StepTrail,
    mapping,
)

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


@frozen(kw_only=True)
class Trail:
    """
    The whole record of one assessment.

    Read it as data, write it with `to_json`, read it back with `Trail.from_json`.
    """

    format: str = FORMAT
    rubric: RubricTrail
    readings: FrozenMap[ReadingTrail] = mapping()
    language_version: int = 1
    library: str = ""
    date: str | None = None
    subject: FrozenMap[str] = mapping()
    period: str = ""
    basis: str = "self"
    participants: tuple[str, ...] = ()
    note: str = ""
    assessors: FrozenMap[str] = mapping()
    status: str
    total: Figure | None = None
    grade: GradeTrail | None = None
    partial: PartialTrail | None = None
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    nodes: FrozenMap[NodeTrail] = mapping()
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
        """Read a trail back from at most 5,000,000 characters; raises `TrailError` where the text is not one."""
        if len(text) > MAX_TEXT:
            raise TrailError([Diagnostic("K002", (), {"size": len(text), "limit": MAX_TEXT})])
        try:
            data = json.loads(text, parse_constant=_no_constant, parse_int=_whole)
        except ValueError as error:
            raise TrailError([Diagnostic("K514", (), {"problem": written(error)})]) from None
        except RecursionError:
            # What the library writes is never a tenth as deep.
            raise TrailError([Diagnostic("K005", (), {"limit": MAX_DEPTH})]) from None
        except Fault as fault:
            raise TrailError(fault.diagnostics) from None
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any) -> Trail:
        """The same from plain dicts and lists."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT:
            raise TrailError([Diagnostic("K515", ("format",), {"format": FORMAT})])
        trail: Trail = structured(data, Trail)
        _sound(trail)
        return trail


#: The bounds within which a trail is read: characters, and levels of nodes.
MAX_TEXT = 5_000_000
MAX_DEPTH = 40


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _whole(text: str) -> int:
    """A whole number of JSON, of a length that a trail may have."""
    return numbers.parse(text).numerator


_STATUSES = ("complete", "incomplete", "invalid")
_NODE_STATUSES = ("scored", "missing", "invalid", "not-applicable", "excluded", "no-score")
_HOWS = ("given", "derived", "default", "missing", "invalid", "not-applicable")
_STEPS = ("combine", "formula", "scale", "cap", "round")
#: The numbers of the steps that work on one: what it was, and the ends of the two scales.
_OPERANDS = {"scale": ("before", "low", "high", "bottom", "top"), "cap": ("before",), "round": ("before",)}
_COMBINES = ("sum", "mean", "weighted-sum", "weighted-mean", "min", "max", "product", "geometric-mean")
_ANSWERS = ("yes", "no", "unknown")

#: How a value was stated; see `SaidTrail`.
TYPES = (
    *("", "text", "bool", "int", "float", "decimal", "fraction"),
    *("list", "tuple", "set", "frozenset", "unread", "other"),
)


def _sound(trail: Trail) -> None:
    """Refuse a trail from outside whose words, names or numbers nobody could tell a story with."""
    _known(trail.status, _STATUSES, "status")
    if trail.date is not None and not _is_day(trail.date):
        raise TrailError([Diagnostic("K114", ("date",), {"text": trail.date})])
    # The children of a group that does not apply are not looked at, so they have no nodes.
    _leads("total", trail, "nodes", "total")
    _refuse_circles(trail)
    for path, node in trail.nodes.items():
        _sound_node(trail, node, ("nodes", path))
    for name, reading in trail.readings.items():
        for key, other in reading.alternatives.items():
            _known(other.status, _STATUSES, "readings", name, "alternatives", key, "status")
        if reading.own is not None:
            _known(reading.own.status, _STATUSES, "readings", name, "own", "status")
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


def _refuse_circles(trail: Trail) -> None:
    """Refuse nodes that stand below several others or below themselves: a story of them would have no end."""
    seen = {"total"}
    level = ["total"]
    for _ in range(MAX_DEPTH):
        below = [(path, child) for path in level for child in trail.nodes[path].children]
        for path, child in below:
            if child in seen:
                raise _no_tree(path, child)
            seen.add(child)
        level = [child for _, child in below if child in trail.nodes]
    if level:
        raise _no_tree(level[0], level[0])


def _no_tree(path: str, child: str) -> TrailError:
    values = {"name": child, "limit": MAX_DEPTH}
    return TrailError([Diagnostic("K526", ("nodes", path, "children"), values)])


def _sound_node(trail: Trail, node: NodeTrail, path: tuple[str, ...]) -> None:
    _known(node.status, _NODE_STATUSES, *path, "status")
    for name, fact in node.facts.items():
        _known(fact.how, _HOWS, *path, "facts", name, "how")
        if fact.before:
            _is_number(fact.before, *path, "facts", name, "before")
            _is_rounding(fact.rounding, *path, "facts", name, "rounding")
    for name, gate in node.gates.items():
        _known(gate.holds, _ANSWERS, *path, "gates", name, "holds")
    for at, step in enumerate(node.steps):
        _sound_step(trail, step, (*path, "steps", str(at)))


def _sound_step(trail: Trail, step: StepTrail, path: tuple[str, ...]) -> None:
    _known(step.name, _STEPS, *path, "name")
    if step.name == "combine":
        _known(step.rule, _COMBINES, *path, "rule")
        for at, name in enumerate(step.operands):
            _leads(name, trail, *path, "operands", str(at))
    elif step.name != "formula":
        names = _OPERANDS[step.name]
        if len(step.operands) != len(names):
            values = {"found": step.operands, "kind": f"[{', '.join(names)}]"}
            raise TrailError([Diagnostic("K516", (*path, "operands"), values)])
        for at, operand in enumerate(step.operands):
            _is_number(operand, *path, "operands", str(at))
        if step.name == "round":
            _is_rounding(step.rule, *path, "rule")


def _is_number(text: str, *path: str) -> None:
    try:
        numbers.parse_computed(text)
    except Fault as fault:
        raise TrailError([fault.at(path)]) from None


def _is_rounding(rule: str, *path: str) -> None:
    """A rounding as a trail writes it, such as `half-up 0.01`."""
    mode, _, to = rule.partition(" ")
    _known(mode, numbers.MODES, *path)
    _is_number(to, *path)


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
