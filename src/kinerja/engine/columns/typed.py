"""Columns in the types that they are read from: single floats as their decimals, empty columns as no answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from kinerja.plan import Plan

__all__ = ["before_prefix", "columns_of", "natives_of", "opened", "typed"]

#: What a column of nothing but nulls is read as.
_USUAL: Mapping[str, Any] = {
    "number": nw.Float64,
    "choice": nw.String,
    "yes-no": nw.Boolean,
    "set": nw.Boolean,
}
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
        return inner, dict(inner.collect_schema())
    known, schema = columns_of(plan), native.schema
    wanted = [name for name in schema if name in known]
    read = [name for name in wanted if schema[name] != nw.Object or _is_readable(native, name)]
    # A frame of Arrow without columns has no rows either.
    rows = native.select(*read) if read else _counted(native)
    inner = typed(nw.from_native(rows.to_arrow()), plan)
    return inner, {**{name: schema[name] for name in wanted}, **inner.schema}


def _counted(native: Any) -> Any:
    """A frame of as many rows, with a column that no rubric knows."""
    return nw.new_series("_", range(len(native)), nw.Int64, backend=native.implementation).to_frame()


def _is_readable(native: Any, name: str) -> bool:
    try:
        native.select(name).to_arrow()
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
    if frame.implementation.is_pyarrow():
        frame = _spelt_out(frame, plan)
    elif not frame.implementation.is_polars():
        return frame
    natives = natives_of(frame)
    schema, made = frame.collect_schema(), {}
    for name, kind in columns_of(plan).items():
        if name in natives and str(natives[name]).lower() == "null":
            made[name] = nw.col(name).cast(_USUAL[kind])
        elif kind == "number" and schema.get(name) == nw.Float32:
            made[name] = nw.col(name).cast(nw.String).cast(nw.Float64)
    if not made:
        return frame
    prefix = before_prefix(schema)
    return frame.with_columns(*(nw.col(name).alias(prefix + name) for name in made), *made.values())


def natives_of(frame: Any) -> Mapping[str, Any]:
    """The types of the columns of a frame of Polars, pandas or PyArrow, as its engine has them."""
    native = frame.to_native()
    if frame.implementation.is_pyarrow():
        return {field.name: field.type for field in native.schema}
    found: Mapping[str, Any] = native.collect_schema() if frame.implementation.is_polars() else native.dtypes
    return found


def _spelt_out(frame: Any, plan: Plan) -> Any:
    """A frame of Arrow without categories in its choices."""
    table, schema, kinds = frame.to_native(), frame.schema, columns_of(plan)
    for at, name in enumerate(frame.columns):
        if kinds.get(name) == "choice" and schema[name] == nw.Categorical:
            cells = table.column(at)
            table = table.set_column(at, name, cells.cast(cells.type.value_type))
    return nw.from_native(table)


def before_prefix(names: Iterable[str]) -> str:
    """What stands before the name of a column that is kept as it was: more underscores than any name begins with."""
    return "_" * (1 + max(len(each) - len(each.lstrip("_")) for each in names))
