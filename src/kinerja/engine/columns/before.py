"""Everything that is wrong with the columns of a frame, told at once and before anything runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import narwhals as nw

from kinerja.engine.columns.asked import is_short
from kinerja.engine.columns.terms import DIGITS
from kinerja.engine.columns.typed import columns_of, natives_of
from kinerja.errors import Diagnostic, UsageError
from kinerja.feel import MISSING
from kinerja.plan import Plan, PlannedFact, parts_of

__all__ = ["alone", "checked", "columns_for", "free", "typable"]

_WHOLES: frozenset[Any] = frozenset({nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32})
_TEXTS: frozenset[Any] = frozenset({nw.String, nw.Categorical, nw.Enum})
#: The types of column that each kind of fact is read from.
_READ: Mapping[str, frozenset[Any]] = {
    "number": _WHOLES | {nw.Float64, nw.Decimal},
    "choice": _WHOLES | _TEXTS,
    "yes-no": frozenset({nw.Boolean}),
    "set": frozenset({nw.Boolean}),
}
#: The collation of Spark that compares bytes.
_BYTES = "UTF8_BINARY"


def checked(native: Any, plan: Plan, schema: Mapping[str, Any], lacking: list[str]) -> None:
    """Columns that are lacking (K611), of a type that is not read (K612), or said twice (K614)."""
    found, settles = [], isinstance(native, nw.DataFrame)
    absent = _lacking(plan, schema)
    for name in dict.fromkeys(_read(plan)):
        lacking += absent[name]
    if lacking:
        found.append(Diagnostic("K611", (), {"names": list(dict.fromkeys(lacking))}))
    wrong = [
        f"{column} ({schema[column]})"
        for fact in plan.facts.values()
        for column in columns_for(fact)
        if column in schema and not _is_read(fact, schema[column], settles=settles)
    ]
    if native.implementation.is_pyspark():
        wrong += collated(native, plan)
    if wrong:
        found.append(Diagnostic("K612", (), {"names": wrong}))
    for fact in plan.derived:
        parts = [part for part in parts_of(fact.name, plan.facts) if part in schema]
        if fact.name in schema and parts:
            found.append(Diagnostic("K614", (fact.name,), {"name": fact.name, "parts": parts}))
    if found:
        raise UsageError(found)


def _is_read(fact: PlannedFact, dtype: Any, *, settles: bool) -> bool:
    """Whether answers to a fact may be of a type; decimals too long to read need an engine that settles such rows."""
    if dtype == nw.Decimal and not (dtype.scale <= DIGITS and (settles or is_short(fact, dtype))):
        return False
    return dtype.base_type() in _READ[fact.kind]


def columns_for(fact: PlannedFact) -> list[str]:
    """The columns of a fact."""
    return [f"{fact.name}.{option}" for option in fact.options] if fact.kind == "set" else [fact.name]


def _read(plan: Plan) -> Iterator[str]:
    """The facts that some node asks for."""
    for node in plan.nodes.values():
        names = [*node.reads, *node.grade_reads, *(name for rule in node.around for name in rule.names)]
        yield from (name for name in names if name in plan.facts)


def _lacking(plan: Plan, schema: Mapping[str, Any]) -> dict[str, list[str]]:
    """The columns to ask for, where a fact cannot be told; one that is computed comes after its parts."""
    found: dict[str, list[str]] = {}
    for fact in dict.fromkeys([*(fact for fact in plan.facts.values() if not fact.operands), *plan.derived]):
        absent = [column for column in columns_for(fact) if column not in schema]
        if not absent or (fact.missing is not MISSING and len(absent) == len(columns_for(fact))):
            absent = []
        elif fact.operands:
            parts = [each for name in fact.operands.values() for each in found[name]]
            # Nobody has begun with the parts: the figure itself will do.
            absent = [fact.name] if len(parts) == len(fact.operands) else list(dict.fromkeys(parts))
        found[fact.name] = absent
    return found


def alone(names: Sequence[Any]) -> None:
    """No two columns have one name (K622)."""
    several = [str(name) for name, count in Counter(names).items() if count > 1]
    if several:
        raise UsageError([Diagnostic("K622", (), {"names": several})])


def typable(native: Any) -> None:
    """
    Every column has a type that is known, or is refused with the name that its engine has for it (K612).

    Arrow has decimals that end before the point, and Parquet some that are wider than those of a frame.
    """
    try:
        native.collect_schema()
    except ValueError:
        types = natives_of(native)
        unknown = [f"{name} ({types[name]})" for name in native.columns if not _is_typable(native, name)]
        raise UsageError([Diagnostic("K612", (), {"names": unknown})]) from None


def _is_typable(native: Any, name: str) -> bool:
    try:
        native.select(name).collect_schema()
    except ValueError:
        return False
    return True


def free(names: Sequence[str], native: Any) -> None:
    """The names of what comes out are not there already (K613); for SQL, capitals do not tell names apart."""
    there = set(native.collect_schema().names())
    if native.implementation.is_pyspark() or native.implementation.is_duckdb():
        folded = {name.casefold() for name in there}
        taken = [name for name in names if name.casefold() in folded]
    else:
        taken = [name for name in names if name in there]
    if taken:
        raise UsageError([Diagnostic("K613", (), {"names": taken})])


def collated(native: Any, plan: Plan) -> list[str]:
    """The columns of a Spark frame in which text is compared without its capitals or accents, as options are not."""
    known = columns_of(plan)
    return [
        f"{field.name} ({field.dataType.simpleString()})"
        for field in native.to_native().schema.fields
        if getattr(field.dataType, "collation", _BYTES) != _BYTES and field.name in known
    ]
