"""
The audit record: why each score is what it is, as data and as JSON.

A trail holds everything that an explanation says.  Exact numbers are text (`"23/20"`) beside the figure shown; nothing
in a trail is computed again when it is read.  The JSON form is `kinerja-trail/1`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterable, Mapping
from fractions import Fraction
from functools import cache
from string import Formatter
from typing import Any, Self, get_args, get_origin

import attrs
from attrs import field, frozen
from cattrs import BaseConverter

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, closest
from kinerja.mappings import FrozenMap
from kinerja.messages import MESSAGES

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
    "StepTrail",
    "Trail",
]

FORMAT = "kinerja-trail/1"


def _map() -> Any:
    return field(factory=FrozenMap, converter=FrozenMap)


class Figure(Fraction):
    """
    A number that knows how people are shown it; everything else about it is exact.

    >>> figure = Figure(Fraction(115, 2), "57,50")
    >>> figure == Fraction("57.5"), figure.exact, figure.shown
    (True, '57.5', '57,50')
    """

    __slots__ = ("shown",)
    shown: str

    def __new__(cls, number: Fraction | int, shown: str) -> Self:
        """A number with the text that it is shown as."""
        figure = super().__new__(cls, number)
        figure.shown = shown
        return figure

    @property
    def exact(self) -> str:
        """The number itself as text: a decimal where it ends, else a fraction in lowest terms."""
        return numbers.text(self)

    def __repr__(self) -> str:
        return f"Figure({self.exact}, {self.shown!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Figure, (Fraction(self), self.shown)

    # Fraction makes what it compares with, and copies, through its own class, which takes other arguments.

    @classmethod
    def from_float(cls, number: Any) -> Fraction:  # type: ignore[override]
        """The exact value of a float, as `Fraction` gives it."""
        return Fraction(number)

    @classmethod
    def from_decimal(cls, number: Any) -> Fraction:  # type: ignore[override]
        """The exact value of a Decimal, as `Fraction` gives it."""
        return Fraction(number)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self


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

    def to_json(self, *, indent: int | None = None) -> str:
        """The trail as one JSON object in the documented form; what is empty is left out of the parts."""
        text = json.dumps(self.to_data(), ensure_ascii=False, indent=indent, allow_nan=False)
        # A lone surrogate, which no file can hold, stays as the escape that JSON has for it.
        return text.encode("utf-8", "backslashreplace").decode("utf-8")

    def to_data(self) -> dict[str, Any]:
        """The same as plain dicts and lists; every top-level key is there, whatever its value."""
        whole = {key: _unstructured(getattr(self, a.name)) for key, a in _fields(Trail).items()}
        return whole

    @classmethod
    def from_json(cls, text: str) -> Trail:
        """Read a trail back; raises `Fault` where the text is not one."""
        try:
            data = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise Fault("K514", problem=str(error)) from None
        return cls.from_data(data)

    @classmethod
    def from_data(cls, data: Any) -> Trail:
        """The same from plain dicts and lists."""
        if not isinstance(data, Mapping) or data.get("format") != FORMAT:
            raise Fault("K515", format=FORMAT)
        trail: Trail = _converter().structure(data, Trail)
        _sound(trail)
        return trail


_STATUSES = ("complete", "incomplete", "invalid")
_NODE_STATUSES = ("scored", "missing", "invalid", "not-applicable", "excluded", "no-score")
_HOWS = ("given", "derived", "default", "missing", "invalid", "not-applicable")
_STEPS = ("combine", "formula", "scale", "cap", "round")
#: The numbers of the steps that work on one: what it was, and the ends of the two scales.
_OPERANDS = {"scale": ("before", "low", "high", "bottom", "top"), "cap": ("before",), "round": ("before",)}
_COMBINES = ("sum", "mean", "weighted-sum", "weighted-mean", "min", "max", "product", "geometric-mean")
_ANSWERS = ("yes", "no", "unknown")


def _sound(trail: Trail) -> None:
    """Refuse a trail from outside whose words or names nobody could tell a story with."""
    _known(trail.status, _STATUSES)
    # The children of a group that does not apply are not looked at, so they have no nodes.
    _named_nodes(trail, ("total",))
    for node in trail.nodes.values():
        _known(node.status, _NODE_STATUSES)
        for fact in node.facts.values():
            _known(fact.how, _HOWS)
            if fact.before:
                numbers.parse_computed(fact.before)
                _rounding(fact.rounding)
        for gate in node.gates.values():
            _known(gate.holds, _ANSWERS)
        for step in node.steps:
            _known(step.name, _STEPS)
            if step.name == "combine":
                _known(step.rule, _COMBINES)
                _named_nodes(trail, step.operands)
            elif step.name != "formula":
                _worked(step)
    for reading in trail.readings.values():
        for other in (*reading.alternatives.values(), *([reading.own] if reading.own is not None else [])):
            _known(other.status, _STATUSES)
    for problem in (*trail.problems, *trail.notes):
        _known(problem.code, MESSAGES)
        for template in (MESSAGES[problem.code].text["en"], MESSAGES[problem.code].help["en"]):
            for _, key, _, _ in Formatter().parse(template):
                if key is not None and key not in problem.values:
                    raise Fault("K102", key=key)


def _worked(step: StepTrail) -> None:
    """Refuse a step on one number without its numbers, or with a rounding that is none."""
    names = _OPERANDS[step.name]
    if len(step.operands) != len(names):
        raise Fault("K516", found=step.operands, kind=f"[{', '.join(names)}]")
    for operand in step.operands:
        numbers.parse_computed(operand)
    if step.name == "round":
        _rounding(step.rule)


def _rounding(rule: str) -> None:
    """Refuse what is no rounding, such as `half-up 0.01`."""
    mode, _, to = rule.partition(" ")
    _known(mode, numbers.MODES)
    numbers.parse_computed(to)


def _known(word: str, known: Collection[str]) -> None:
    if word not in known:
        raise Fault("K520", found=word, known=list(known)[:20])


def _named_nodes(trail: Trail, names: Iterable[str]) -> None:
    for name in names:
        if name not in trail.nodes:
            raise Fault("K521", name=name)


def _no_constant(name: str) -> Any:
    raise ValueError(name)


@cache
def _fields(cls: Hashable) -> Mapping[str, attrs.Attribute[Any]]:
    owner: Any = cls
    attrs.resolve_types(owner)
    return {a.metadata.get("key", a.name): a for a in attrs.fields(owner)}


def _unstructured(value: Any) -> Any:
    """A part of a trail as JSON values, without what is at its default."""
    if isinstance(value, Figure):
        return {"exact": value.exact, "shown": value.shown}
    if attrs.has(type(value)):
        cls: Any = type(value)
        keys = _fields(cls).items()
        found = {key: (getattr(value, a.name), a.default) for key, a in keys}
        return {k: _unstructured(v) for k, (v, default) in found.items() if not _is_default(v, default)}
    if isinstance(value, Mapping):
        return {key: _unstructured(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [_unstructured(part) for part in value]
    return value


def _is_default(value: Any, default: Any) -> bool:
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return not value
    return default is not attrs.NOTHING and bool(value == default)


@cache
def _converter() -> BaseConverter:
    """The strict way back: known keys only, each value of its own JSON type."""
    converter = BaseConverter()
    converter.register_structure_hook_func(lambda t: t is Any, lambda value, _: _frozen(value))
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook_func(_is_map, _named)
    converter.register_structure_hook_func(_is_list, _listed)
    converter.register_structure_hook_func(attrs.has, _object)
    converter.register_structure_hook_func(lambda t: t is Figure, _figure)
    return converter


def _is_map(kind: Any) -> bool:
    return get_origin(kind) is FrozenMap


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _frozen(value: Any) -> Any:
    """A value whose type stands nowhere: text, a truth value, a list of texts, or nothing."""
    if isinstance(value, list):
        return tuple(_exactly(part, str) for part in value)
    return value if value is None or isinstance(value, bool) else _exactly(value, str)


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise Fault("K516", found=value, kind=kind.__name__)
    return value


def _figure(value: Any, _: Any) -> Figure:
    if not isinstance(value, Mapping) or set(value) != {"exact", "shown"}:
        raise Fault("K516", found=value, kind="{exact, shown}")
    return Figure(numbers.parse_computed(_exactly(value["exact"], str)), _exactly(value["shown"], str))


def _named(value: Any, kind: Any) -> Any:
    if not isinstance(value, Mapping):
        raise Fault("K516", found=value, kind="object")
    (part,) = get_args(kind)
    return FrozenMap({str(k): _converter().structure(v, part) for k, v in value.items()})


def _listed(value: Any, kind: Any) -> Any:
    if not isinstance(value, list):
        raise Fault("K516", found=value, kind="list")
    return tuple(_converter().structure(v, get_args(kind)[0]) for v in value)


def _object(value: Any, cls: type) -> Any:
    if not isinstance(value, Mapping):
        raise Fault("K516", found=value, kind="object")
    keys = _fields(cls)
    for key in value:
        if key not in keys:
            raise Fault("K517", key=key, suggestion=closest(str(key), keys))
    values = {keys[k].name: _converter().structure(v, keys[k].type or Any) for k, v in value.items()}
    for key, attribute in keys.items():
        if attribute.default is attrs.NOTHING and attribute.name not in values:
            raise Fault("K102", key=key)
    return cls(**values)
