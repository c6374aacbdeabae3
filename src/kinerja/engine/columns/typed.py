"""Columns in the types that they are read from: single floats as their decimals, empty columns as no answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import narwhals as nw

from kinerja.plan import Plan

__all__ = ["before_prefix", "columns_of", "natives_of", "opened", "spelt_out", "typed"]

#: What a column of nothing but nulls is read as.
_USUAL: Mapping[str, Any] = {
    "number": nw.Float64,
    "choice": nw.String,
    "yes-no": nw.Boolean,
    "set": nw.Boolean,
}
#: Types of objects that stay what they are only among themselves: truth values, also those of NumPy, and its floats of
#: another length than those of Python, which Arrow cuts to whole numbers among such.
_ALONE = tuple(map(frozenset, (("bool", "bool_"), ("float32",), ("float16",), ("longdouble", "float128"))))
#: What Arrow raises for a column of Python objects that it has no type for.
_UNREADABLE = (ValueError, TypeError, OverflowError, NotImplementedError)


def columns_of(plan: Plan) -> dict[str, str]:
    """Every name of a column that means something, and the kind of its fact."""
    found = {}
    for name, fact in plan.facts.items():
        names = [f"{name}.{option}" for option in fact.options] if fact.kind == "set" else [name]
        found.update(dict.fromkeys(names, fact.kind))
    return found


def opened(native: Any, plan: Plan) -> tuple[Any, dict[str, Any]]:
    """
    A frame as it is read, and the types of its columns.

    Of a pandas frame, that are the columns which mean something, as Arrow, where an absent whole number stays one; one
    that Arrow cannot read is left out, and only its type is told.
    """
    if not native.implementation.is_pandas():
        inner = typed(native, plan)
        schema = dict(inner.collect_schema())
        return inner, schema | dict.fromkeys(_documents(native), nw.Unknown())
    known, schema = columns_of(plan), native.schema
    wanted = [name for name in schema if name in known]
    told = {name: schema[name] if schema[name] == nw.Object else nw.Unknown() for name in wanted}
    inner = typed(nw.from_native(_as_arrow(native, wanted)), plan)
    return inner, {**told, **inner.schema}


def _documents(native: Any) -> list[str]:
    """The columns of JSON of a DuckDB relation: narwhals calls them text, and compared as text they break DuckDB."""
    if not native.implementation.is_duckdb():
        return []
    return [name for name, kind in natives_of(native).items() if str(kind) == "JSON"]


def _as_arrow(native: Any, wanted: list[str]) -> Any:
    """Columns of a pandas frame as Arrow, but for those that it cannot read, or would take for what they are not."""
    read = [name for name in wanted if native.schema[name] != nw.Object or _is_of_one_kind(native, name)]
    try:
        return _converted(native, read)
    except _UNREADABLE:
        return _converted(native, [name for name in read if _is_readable(native, name)])


def _converted(native: Any, names: list[str]) -> Any:
    # A frame of Arrow without columns has no rows either.
    return (native.select(*names) if names else _counted(native)).to_arrow()


def _is_of_one_kind(native: Any, name: str) -> bool:
    """Whether objects are not such as Arrow makes other numbers of, without a word, where they stand among others."""
    kinds = {type(each).__name__ for each in native[name].drop_nulls().to_native()}
    return all(kinds <= alone for alone in _ALONE if kinds & alone)


def _counted(native: Any) -> Any:
    """A frame of as many rows, with a column that no rubric knows."""
    return nw.new_series("_", range(len(native)), nw.Int64, backend=native.implementation).to_frame()


def _is_readable(native: Any, name: str) -> bool:
    try:
        _converted(native, [name])
    except _UNREADABLE:
        return False
    return True


def typed(frame: Any, plan: Plan) -> Any:
    """
    The same with numbers of single precision as those of double precision that have the same shortest decimal.

    Only where the engine writes such a number with as few digits as tell it from all others: DuckDB does not, so that
    there the column stays as it is, and is refused.
    A column of nothing but nulls is one of answers that nobody gave, whatever its type.
    Categories of Arrow are what they stand for: one may be nothing, or a number that has the text of an option.
    """
    engine, known = frame.implementation, columns_of(plan)
    if engine.is_pyarrow():
        frame = spelt_out(frame, [name for name, kind in known.items() if kind == "choice"])
    elif not (engine.is_polars() or engine.is_duckdb()):
        return frame
    natives = natives_of(frame)
    schema, made = frame.collect_schema(), {}
    for name, kind in known.items():
        # DuckDB writes this type in quotes.
        if name in natives and str(natives[name]).strip('"').lower() == "null":
            made[name] = nw.col(name).cast(_USUAL[kind])
        elif kind == "number" and schema.get(name) == nw.Float32 and not engine.is_duckdb():
            made[name] = nw.col(name).cast(nw.String).cast(nw.Float64)
    if not made:
        return frame
    prefix = before_prefix(schema)
    return frame.with_columns(*(nw.col(name).alias(prefix + name) for name in made), *made.values())


def natives_of(frame: Any) -> Mapping[str, Any]:
    """The types of the columns of a frame of Polars, pandas, PyArrow or DuckDB, as its engine has them."""
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        return dict(zip(native.columns, native.types, strict=True))
    if frame.implementation.is_pyarrow():
        return {field.name: field.type for field in native.schema}
    found: Mapping[str, Any] = native.collect_schema() if frame.implementation.is_polars() else native.dtypes
    return found


def spelt_out(frame: Any, names: Collection[str]) -> Any:
    """A frame of Arrow in which some columns hold what categories stand for, and text of a type that it compares."""
    table, schema = frame.to_native(), frame.schema
    for at, name in enumerate(frame.columns):
        if name not in names:
            continue
        cells = table.column(at)
        if schema[name] == nw.Categorical:
            cells = cells.cast(cells.type.value_type)
        if str(cells.type) == "string_view":
            cells = cells.cast("large_string")
        table = table.set_column(at, name, cells)
    return nw.from_native(table)


def before_prefix(names: Iterable[str]) -> str:
    """What stands before the name of a column that is kept as it was: more underscores than any name begins with."""
    return "_" * (1 + max((len(each) - len(each.lstrip("_")) for each in names), default=0))
