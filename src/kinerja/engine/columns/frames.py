"""A frame in, a frame out: the kinds of frames there are, and what the program leaves in their columns."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from numbers import Integral, Number
from typing import Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from kinerja.engine.columns.before import alone, checked, free, typable
from kinerja.engine.columns.patched import patched
from kinerja.engine.columns.program import scale_of
from kinerja.engine.columns.rows import come_to, problems, row_of, rows_at, stated
from kinerja.engine.columns.running import with_layout
from kinerja.engine.columns.typed import before_prefix, columns_of, opened, spelt_out
from kinerja.engine.columns.written import written
from kinerja.errors import Diagnostic, UsageError, excerpt
from kinerja.model import Rubric
from kinerja.plan import Plan
from kinerja.plan import plan as planned

__all__ = ["evaluated", "row_at"]

_KNOWN = ("polars", "pandas", "pyarrow", "duckdb", "pyspark")
#: The kinds of ids and of columns that are told apart; a truth value would be a number too.
_KINDS: Mapping[str, type] = {"truth": bool, "number": Number, "text": str, "day": dt.date}
_HELD: Mapping[Any, str] = {
    nw.Boolean: "truth",
    nw.String: "text",
    nw.Enum: "text",
    nw.Date: "day",
    nw.Datetime: "day",
}


def evaluated(frame: Any, plan: Plan, *, trail: str, id: str | None, tells: bool = True) -> Any:
    """
    The same kind of frame with what every row comes to; one at hand also `tells` its problems.

    Raises `UsageError` for what is no frame (K610), for columns that are missing, of a type that is not read, in the
    way or said twice (K611 to K614, K622), and for what columns cannot compute exactly (K615 to K621, K623 to K625).
    """
    if _is_dask(frame):
        return _in_parts(frame, plan, trail=trail, id=id)
    native = _opened(frame)
    inner, schema = opened(native, plan)
    eager = isinstance(native, nw.DataFrame)
    there = native.collect_schema().names()
    checked(native, plan, schema, [] if id is None or id in there else [id])
    working, program = written(inner, plan, schema, trail=trail)
    free([*program.names, *(["problems"] if eager and tells else [])], native)
    made = with_layout(working, program.layout)
    if not eager:
        return _as_they_were(made, there, schema).to_native()
    wrong, doubtful = program.wrong.of(made), program.doubtful.of(made)
    found = made.select(*program.names)
    if doubtful is not False:
        at, rows = rows_at(doubtful, inner, plan)
        if at:
            found = patched(found, at, come_to(rows, plan), scale=scale_of(plan))
            wrong = found["status"] != "complete"
    if tells:
        found = found.with_columns(problems(wrong, inner, plan))
    if native.implementation.is_pandas():
        return _to_pandas(native, found)
    return _beside(native, found)


def _opened(frame: Any) -> Any:
    """The frame as narwhals has it."""
    try:
        native: Any = nw.from_native(frame)
        names = list(native.columns) if native.implementation.value in _KNOWN else None
    except TypeError:
        names = None
    except DuplicateError:
        names = list(frame.column_names if hasattr(frame, "column_names") else frame.columns)
    if names is None:
        kind = type(frame)
        found = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
        raise UsageError([Diagnostic("K610", (), {"found": found})])
    alone(names)
    typable(native)
    return native


def _as_they_were(made: Any, there: list[str], schema: Mapping[str, Any]) -> Any:
    """The same where columns were read in another type: they come out as they came in."""
    prefix = before_prefix(there)
    # No other column is asked for by its name, which to Polars may be a pattern of several.
    before = {name: prefix + name for name in there if prefix + name in schema}
    if not before:
        return made
    made = made.with_columns(*(nw.col(each).alias(name) for name, each in before.items()))
    return made.drop(*before.values())


def _beside(native: Any, found: Any) -> Any:
    """The same frame with further columns; one of Arrow with all that its schema says."""
    if not native.implementation.is_pyarrow():
        return nw.concat([native, found], how="horizontal").to_native()
    table, more = native.to_native(), found.to_native()
    for name, column in zip(more.column_names, more.columns, strict=True):
        table = table.append_column(name, column)
    return table


def _to_pandas(native: Any, found: Any) -> Any:
    """The same pandas frame with further columns, of types that know what is absent."""
    pd = native.implementation.to_native_namespace()
    types = {
        "double": pd.Float64Dtype(),
        "int64": pd.Int64Dtype(),
        "int16": pd.Int16Dtype(),
        "int8": pd.Int8Dtype(),
    }
    frame = native.to_native()
    # What Arrow still keeps of the types of the frame is not of these columns.
    table = found.to_native().replace_schema_metadata()
    more = table.to_pandas(types_mapper=lambda each: types.get(str(each), pd.StringDtype()))
    more.index = frame.index
    return frame.assign(**{name: more[name] for name in more.columns})


# --- Dask


def _is_dask(frame: Any) -> bool:
    """Whether a frame is one of Dask, which nobody has to import to ask."""
    dask = sys.modules.get("dask.dataframe")
    return dask is not None and isinstance(frame, dask.DataFrame)


def _in_parts(frame: Any, plan: Plan, *, trail: str, id: str | None) -> Any:
    """
    A Dask frame, each of whose parts is a pandas frame and is scored as one, when somebody asks for it.

    An empty part shows what comes out, and all that is to be said against the columns.
    """
    wanted: dict[str, Any] = {"rubric": plan.rubric, "trail": trail, "id": id}
    return frame.map_partitions(_part, **wanted, meta=_part(frame._meta, **wanted))


def _part(frame: Any, *, rubric: Rubric, trail: str, id: str | None) -> Any:
    # A rubric, for a plan cannot be sent to another process; where it was not sent it has its plan already.
    return evaluated(frame, planned(rubric), trail=trail, id=id, tells=False)


# --- single rows


def row_at(frame: Any, plan: Plan, id: Any, *, column: str | None) -> dict[str, Any]:
    """What the row with an id states; `UsageError` K611 without that column, K609 where there is not exactly one."""
    is_dask = _is_dask(frame)
    native = _opened(frame._meta if is_dask else frame)
    names = native.collect_schema().names()
    if column is not None and column not in names:
        raise UsageError([Diagnostic("K611", (), {"names": [column]})])
    known = columns_of(plan)
    # Of a row that answers nothing some column is read, for without any there is no row.
    columns = [name for name in names if name in known] or names[:1]
    # By their places, for to Polars a name may be a pattern of several.
    places = [nw.nth(names.index(name)) for name in columns]
    rows: list[dict[str, Any]] = []
    if column is not None and not _may_hold(native, column, id):
        pass
    elif column is not None and is_dask:
        chosen = frame[frame[column] == id][columns].head(2, npartitions=-1, compute=False)
        rows = stated(nw.from_native(chosen.compute()), plan)
    elif column is not None and native.implementation.is_pyspark():
        inside = {name: f"c{at}" for at, name in enumerate(names)}
        plain = native.to_native().toDF(*inside.values())
        chosen = plain.where(plain[inside[column]] == id).select(*(inside[name] for name in columns))
        rows = [row_of(dict(zip(columns, row, strict=True)), plan) for row in chosen.limit(2).collect()]
    elif column is not None:
        if native.implementation.is_pyarrow():
            native = spelt_out(native, [column])
        found = native.filter(nw.nth(names.index(column)) == id).head(2).select(*places)
        rows = stated(found.collect() if isinstance(found, nw.LazyFrame) else found, plan)
    elif isinstance(native, nw.DataFrame) and not is_dask and _is_place(id, native):
        # Without columns no selection has rows, though the frame may.
        rows = stated(native[int(id) : int(id) + 1].select(*places), plan) if places else [{}]
    if len(rows) != 1:
        raise UsageError([Diagnostic("K609", (), {"id": excerpt(id), "column": column or "–"})])
    return rows[0]


def _is_place(id: Any, native: Any) -> bool:
    """Whether an id is the place of a row, as a number of Python or of NumPy."""
    return not isinstance(id, bool) and isinstance(id, Integral) and 0 <= int(id) < len(native)


def _may_hold(native: Any, column: str, id: Any) -> bool:
    """Whether a column holds what an id is: of text and a number, each engine would make something else or fail."""
    dtype = native.collect_schema()[column]
    told = next((kind for kind, cls in _KINDS.items() if isinstance(id, cls)), "")
    held = "number" if dtype.is_numeric() else _HELD.get(dtype.base_type(), "")
    if dtype == nw.Categorical and native.implementation.is_polars():
        # Those of Arrow and pandas may stand for anything.
        held = "text"
    return not told or not held or told == held
