"""A frame in, a frame out: columns looked at before anything runs, the program, and what it leaves in columns."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import narwhals as nw
from narwhals.exceptions import DuplicateError

from kinerja.engine.columns.lines import Whole
from kinerja.engine.columns.nodes import Nodes
from kinerja.engine.columns.terms import SAFE, Stages, Term, Truth, all_of, any_of, divided, negated, number
from kinerja.errors import Diagnostic, Fault, UsageError, excerpt
from kinerja.feel import MISSING
from kinerja.model import Rubric
from kinerja.numbers import Unread
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode
from kinerja.plan import plan as planned

__all__ = ["evaluated", "row_at", "row_of", "scale_of"]

_WHOLES: frozenset[Any] = frozenset({nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32})
_TEXTS: frozenset[Any] = frozenset({nw.String, nw.Categorical, nw.Enum})
#: The types of column that each kind of fact is read from.
_READ: Mapping[str, frozenset[Any]] = {
    "number": _WHOLES | {nw.Float64},
    "choice": _WHOLES | _TEXTS,
    "yes-no": frozenset({nw.Boolean}),
    "set": frozenset({nw.Boolean}),
}
#: The collation of Spark that compares bytes.
_BYTES = "UTF8_BINARY"
_KNOWN = ("polars", "pandas", "pyarrow", "duckdb", "pyspark")

#: What is said of the rows that are not complete, by the scalar path.
Problems = Callable[[Sequence[dict[str, Any]]], list[str]]


def evaluated(frame: Any, plan: Plan, *, trail: str, id: str | None, problems: Problems | None) -> Any:
    """
    The same kind of frame with what every row comes to; without `problems`, no column says them.

    Raises `UsageError` for what is no frame (K610), for columns that are missing, of a type that is not read, in the
    way or said twice (K611 to K614) or of one name (K620), and for what columns cannot compute exactly (K615 to K618).
    """
    if _is_dask(frame):
        return _in_parts(frame, plan, trail=trail, id=id)
    native = _opened(frame)
    inner = _arrow(native, plan) if native.implementation.is_pandas() else native
    schema = dict(inner.collect_schema())
    _looked_at(plan, schema, id)
    inside = {name: name for name in schema}
    if native.implementation.is_pyspark():
        inner, inside = _numbered(native, plan)
    made, outputs = _programmed(plan, schema, inside, with_scores=trail == "scores")
    eager = isinstance(native, nw.DataFrame)
    names = [*outputs, *(["problems"] if eager and problems is not None else [])]
    taken = _taken(names, native)
    if taken:
        raise UsageError([Diagnostic("K613", (), {"names": taken})])
    is_polars = inner.implementation.is_polars()
    working: Any = inner.lazy() if is_polars else inner
    for stage in made:
        working = working.with_columns(*stage)
    carried = (nw.col(inside[name]).alias(name) for name in schema)
    working = working.select(*carried, *(term.expr.alias(name) for name, term in outputs.items()))
    if not eager:
        return working.to_native()
    if is_polars:
        working = working.collect()
    found = working.select(*outputs)
    if problems is not None:
        found = found.with_columns(_problems(found, inner, plan, problems))
    if native.implementation.is_pandas():
        return _to_pandas(native, found)
    return native.with_columns(*(found[name] for name in found.columns)).to_native()


def _programmed(
    plan: Plan, schema: Mapping[str, Any], inside: Mapping[str, str], *, with_scores: bool
) -> tuple[list[list[nw.Expr]], dict[str, Term]]:
    """What is made on the way and what comes out; the last is kept by the plan, for a frame may come in parts."""
    key = tuple(schema.items()), tuple(inside.values()), with_scores
    kept = plan.kept.get(_programmed)
    if kept is None or kept[0] != key:
        program = Program(plan, schema, inside)
        outputs = program.outputs(scale_of(plan), with_scores=with_scores)
        kept = plan.kept[_programmed] = (key, (program.stages.made, outputs))
    found: tuple[list[list[nw.Expr]], dict[str, Term]] = kept[1]
    return found


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
    several = [str(name) for name, count in Counter(names).items() if count > 1]
    if several:
        raise UsageError([Diagnostic("K620", (), {"names": several})])
    return native


def _taken(names: Sequence[str], native: Any) -> list[str]:
    """The names that a frame has already; for Spark, names that differ in their capitals only are one."""
    if native.implementation.is_pyspark():
        there = {name.casefold() for name in native.columns}
        return [name for name in names if name.casefold() in there]
    there = set(native.collect_schema().names())
    return [name for name in names if name in there]


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
    return evaluated(frame, planned(rubric), trail=trail, id=id, problems=None)


def _numbered(native: Any, plan: Plan) -> tuple[Any, dict[str, str]]:
    """A Spark frame with columns of plain names: Spark takes a dot for a field, and A for a."""
    frame = native.to_native()
    # Text may be compared without its capitals or accents there, and options are not.
    collated = [
        f"{field.name} ({field.dataType.simpleString()})"
        for field in frame.schema.fields
        if getattr(field.dataType, "collation", _BYTES) != _BYTES and field.name in _columns(plan)
    ]
    if collated:
        raise UsageError([Diagnostic("K612", (), {"names": collated})])
    inside = {name: f"c{at}" for at, name in enumerate(native.columns)}
    return nw.from_native(frame.toDF(*inside.values())), inside


def _arrow(native: Any, plan: Plan) -> Any:
    """The columns of a pandas frame that are facts, as Arrow, where an absent whole number stays one."""
    wanted = [name for name in native.columns if name in _columns(plan)]
    return nw.from_native(native.select(*wanted).to_arrow())


def _to_pandas(native: Any, found: Any) -> Any:
    """The same pandas frame with further columns, of types that know what is absent."""
    pd = native.implementation.to_native_namespace()
    types = {"double": pd.Float64Dtype(), "int64": pd.Int64Dtype(), "int16": pd.Int16Dtype()}
    frame = native.to_native()
    more = found.to_native().to_pandas(types_mapper=lambda each: types.get(str(each), pd.StringDtype()))
    more.index = frame.index
    return frame.assign(**{name: more[name] for name in more.columns})


def _columns(plan: Plan) -> set[str]:
    """Every name of a column that means something."""
    found = {name for name, fact in plan.facts.items() if fact.kind != "set"}
    sets = [fact for fact in plan.facts.values() if fact.kind == "set"]
    return found | {f"{fact.name}.{option}" for fact in sets for option in fact.options}


# --- before anything runs


def _looked_at(plan: Plan, schema: Mapping[str, Any], id: str | None) -> None:
    """Everything that is wrong with the columns, at once."""
    found = []
    lacking = [] if id is None or id in schema else [id]
    for name in dict.fromkeys(_read(plan)):
        lacking += _lacking(plan, plan.facts[name], schema)
    if lacking:
        found.append(Diagnostic("K611", (), {"names": list(dict.fromkeys(lacking))}))
    wrong = [
        f"{column} ({schema[column]})"
        for fact in plan.facts.values()
        for column in _of(fact)
        if column in schema and schema[column].base_type() not in _READ[fact.kind]
    ]
    if wrong:
        found.append(Diagnostic("K612", (), {"names": wrong}))
    for fact in plan.derived:
        parts = [part for part in _parts(plan, fact) if part in schema]
        if fact.name in schema and parts:
            found.append(Diagnostic("K614", (fact.name,), {"name": fact.name, "parts": parts}))
    if found:
        raise UsageError(found)


def _of(fact: PlannedFact) -> list[str]:
    """The columns of a fact."""
    return [f"{fact.name}.{option}" for option in fact.options] if fact.kind == "set" else [fact.name]


def _parts(plan: Plan, fact: PlannedFact) -> list[str]:
    """All that a fact is computed from."""
    found: list[str] = []
    for name in dict.fromkeys(fact.operands.values()):
        found += [name, *_parts(plan, plan.facts[name])]
    return found


def _read(plan: Plan) -> Iterator[str]:
    """The facts that some node asks for."""
    for node in plan.nodes.values():
        names = [*node.reads, *node.grade_reads, *(name for rule in node.around for name in rule.names)]
        yield from (name for name in names if name in plan.facts)


def _lacking(plan: Plan, fact: PlannedFact, schema: Mapping[str, Any]) -> list[str]:
    """The columns to ask for, where a fact cannot be told."""
    absent = [column for column in _of(fact) if column not in schema]
    if not absent or (fact.missing is not MISSING and len(absent) == len(_of(fact))):
        return []
    if not fact.operands:
        return absent
    parts = [each for name in fact.operands.values() for each in _lacking(plan, plan.facts[name], schema)]
    # Nobody has begun with the parts: the figure itself will do.
    return [fact.name] if len(parts) == len(fact.operands) else parts


# --- the program


class Program:
    """The columns that a plan makes of a frame with this schema."""

    def __init__(
        self, plan: Plan, schema: Mapping[str, Any], inside: Mapping[str, str] | None = None
    ) -> None:
        self.plan = plan
        prefix = "_k"
        while any(name.lower().startswith(prefix) for name in schema):
            prefix = f"_{prefix}"
        self.stages = Stages(prefix, inside)
        self.nodes = Nodes(plan, schema, self.stages)
        self.invalid = self.stages.kept(self.nodes.invalid())
        root = plan.root
        self.came = self.nodes.came[root.path]
        self.graded = self.nodes.graded.get(root.path)
        there = any_of([self.came.scored, self.came.unscored])
        open_ = self.graded.missing if self.graded is not None else False
        self.complete = self.stages.kept(all_of([there, negated(self.invalid), negated(open_)]))

    @property
    def unit(self) -> Fraction:
        """What the total is counted in."""
        return self.came.score.unit if self.came.score is not None else Fraction(1)

    def outputs(self, scale: int, *, with_scores: bool) -> dict[str, Term]:
        """The columns that come out, by their names."""
        found: dict[str, Term] = {}
        met = self.nodes.rest()
        for path, node in self.plan.nodes.items():
            if node is not self.plan.root:
                found |= self.of_node(path, node, met[path], with_scores=with_scores)
        if self.came.score is not None:
            with self.nodes.about("total"):
                found |= self.total(self.came.score, scale)
        if self.graded is not None:
            found |= self.grades()
        words = _text("invalid"), _text("complete"), _text("incomplete")
        found["status"] = _either(self.invalid, words[0], _either(self.complete, *words[1:]))
        return found

    def of_node(self, path: str, node: PlannedNode, met: Truth, *, with_scores: bool) -> dict[str, Term]:
        """The band of a node and its score, in the rows in which it was come to."""
        came = self.nodes.score(node)
        found = {}
        if isinstance(node, PlannedIndicator) and came.band is not None:
            held = all_of([met, came.banded, any_of([came.scored, came.unscored])])
            found[f"{path}.band"] = _only(held, came.band.to(lambda a: a.cast(nw.Int16)), nw.Int16)
        if with_scores and came.score is not None:
            found[f"{path}.score"] = _only(all_of([met, came.scored]), _float(came.score), nw.Float64)
        return found

    def total(self, score: Whole, scale: int) -> dict[str, Term]:
        """The total, once for looking at and once exact."""
        here = all_of([self.complete, self.came.scored])
        if (score.unit * scale).denominator != 1:
            raise Fault("K615", text=self.plan.root.model.combine)
        scaled = score.times(int(score.unit * scale))
        return {
            "total": _only(here, _float(score), nw.Float64),
            "total.scaled": _only(here, Term(scaled.expr, scaled.level), nw.Int64),
        }

    def grades(self) -> dict[str, Term]:
        """The grade and what it awards."""
        graded, planned = self.graded, self.plan.root.grades
        assert graded is not None
        here = all_of([self.complete, graded.held])
        found = {
            "grade": _only(here, _by_place(graded.place, [_text(each.id) for each in planned]), nw.String)
        }
        amounts: dict[str, dict[int, int]] = {}
        for at, grade in enumerate(planned):
            for name, award in grade.model.awards.items():
                for word, amount in (("", award.amount), (".from", award.low), (".to", award.high)):
                    if amount is not None:
                        amounts.setdefault(f"awards.{name}{word}", {})[at] = amount
        for name, by_place in amounts.items():
            values = [
                Term(number(by_place[at])) if at in by_place else Term(nw.lit(None, dtype=nw.Int64))
                for at in range(len(planned))
            ]
            found[name] = _only(here, _by_place(graded.place, values), nw.Int64)
        return found


def _text(text: str) -> Term:
    return Term(nw.lit(text, dtype=nw.String))


def _either(truth: Truth, one: Term, other: Term) -> Term:
    if isinstance(truth, bool):
        return one if truth else other
    made = nw.when(truth.expr).then(one.expr).otherwise(other.expr)
    return Term(made, max(truth.level, one.level, other.level))


def _only(truth: Truth, value: Term, dtype: Any) -> Term:
    """A value where something holds, and nothing elsewhere."""
    if isinstance(truth, bool):
        return value if truth else Term(nw.lit(None, dtype=dtype))
    return Term(nw.when(truth.expr).then(value.expr), max(truth.level, value.level))


def _by_place(place: Term, values: Sequence[Term], first: int = 0) -> Term:
    """The value at a place, by a balanced tree."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    left = place.to(lambda a: a < number(first + middle))
    return _either(
        left, _by_place(place, values[:middle], first), _by_place(place, values[middle:], first + middle)
    )


def _float(score: Whole) -> Term:
    """A score for looking at: its nearest float, but for numbers beyond those that floats hold exactly."""
    unit = score.unit
    # Arrow does not cast whole numbers that are no floats, but divides them.
    is_safe = max(-score.low, score.high) <= SAFE
    above = score.expr.cast(nw.Float64) if is_safe else score.expr / number(1)
    if unit.numerator != 1:
        above = above * nw.lit(float(unit.numerator))
    return Term(divided(above, unit.denominator), score.level)


def scale_of(plan: Plan) -> int:
    """The denominator of the exact totals, whatever frame they come from; kept by the plan."""
    found: int | None = plan.kept.get(scale_of)
    if found is None:
        types = {"number": nw.Int64(), "choice": nw.String(), "yes-no": nw.Boolean(), "set": nw.Boolean()}
        schema = {column: types[fact.kind] for fact in plan.facts.values() for column in _of(fact)}
        parts = {
            name: dtype for name, dtype in schema.items() if name not in {each.name for each in plan.derived}
        }
        try:
            program = Program(plan, schema)
        except UsageError:
            # A derived figure need not have ends of its own, where its parts do.
            program = Program(plan, parts)
        found = plan.kept[scale_of] = program.unit.denominator
    return found


# --- single rows


def row_of(row: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """What one row states, as a sheet for the scalar path."""
    stated: dict[str, Any] = {}
    for fact in plan.facts.values():
        if fact.kind != "set":
            if row.get(fact.name) is not None:
                stated[fact.name] = row[fact.name]
            continue
        said = {option: row.get(f"{fact.name}.{option}") for option in fact.options}
        if any(each is not None for each in said.values()):
            absent = [option for option, each in said.items() if each is None]
            fault = Fault("K539", name=f"{fact.name}.{absent[0]}", fact=fact.name) if absent else None
            chosen_ = [option for option, each in said.items() if each]
            stated[fact.name] = chosen_ if fault is None else Unread("", fault)
    return stated


def row_at(frame: Any, plan: Plan, id: Any, *, column: str | None) -> dict[str, Any]:
    """What the row with an id states; `UsageError` K611 without that column, K609 where there is not exactly one."""
    is_lazy = _is_dask(frame)
    native = _opened(frame._meta if is_lazy else frame)
    names = native.collect_schema().names()
    if column is not None and column not in names:
        raise UsageError([Diagnostic("K611", (), {"names": [column]})])
    columns = [name for name in names if name in _columns(plan)]
    rows: list[dict[str, Any]] = []
    if column is not None and is_lazy:
        chosen = frame[frame[column] == id][columns].head(2, npartitions=-1, compute=False)
        rows = _as_stated(nw.from_native(chosen.compute()))
    elif column is not None and native.implementation.is_pyspark():
        inside = {name: f"c{at}" for at, name in enumerate(names)}
        plain = native.to_native().toDF(*inside.values())
        chosen = plain.where(plain[inside[column]] == id).select(*(inside[name] for name in columns))
        rows = [dict(zip(columns, row, strict=True)) for row in chosen.limit(2).collect()]
    elif column is not None:
        found = native.filter(nw.col(column) == id).head(2).select(*columns)
        rows = _as_stated(found.collect() if isinstance(found, nw.LazyFrame) else found)
    elif isinstance(native, nw.DataFrame) and not is_lazy and type(id) is int and 0 <= id < len(native):
        rows = _as_stated(native[id : id + 1].select(*columns))
    if len(rows) != 1:
        raise UsageError([Diagnostic("K609", (), {"id": excerpt(id), "column": column or "–"})])
    return row_of(rows[0], plan)


def _as_stated(rows: Any) -> list[dict[str, Any]]:
    found = nw.from_native(rows.to_arrow()) if rows.implementation.is_pandas() else rows
    several: list[dict[str, Any]] = found.rows(named=True)
    return several


def _problems(found: Any, inner: Any, plan: Plan, problems: Problems) -> Any:
    """What is wrong with each row that is not complete."""
    wrong = found["status"] != "complete"
    at = wrong.arg_true().to_list()
    if not at:
        return nw.lit(None, dtype=nw.String).alias("problems")
    columns = [name for name in inner.columns if name in _columns(plan)]
    rows: list[dict[str, Any]] = [{}] * len(at)
    if columns:
        rows = inner.select(*columns).filter(wrong).rows(named=True)
    texts: list[str | None] = [None] * len(found)
    for index, text in zip(at, problems([row_of(row, plan) for row in rows]), strict=True):
        texts[index] = text
    return nw.new_series("problems", texts, nw.String, backend=found.implementation)
