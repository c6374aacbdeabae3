"""A frame in, a frame out: columns looked at before anything runs, the program, and what it leaves in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import narwhals as nw

from kinerja.engine.columns.asked import DIGITS, is_short
from kinerja.engine.columns.lines import Whole
from kinerja.engine.columns.nodes import Nodes
from kinerja.engine.columns.patched import patched
from kinerja.engine.columns.terms import Stages, Term, Truth, all_of, any_of, divided, negated, number
from kinerja.engine.columns.typed import as_it_was, columns_of, opened
from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, Fault, UsageError, excerpt
from kinerja.feel import MISSING
from kinerja.numbers import Unread
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode

__all__ = ["evaluated", "row_at", "row_of", "scale_of"]

_WHOLES: frozenset[Any] = frozenset({nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32})
_TEXTS: frozenset[Any] = frozenset({nw.String, nw.Categorical, nw.Enum})
#: The types of column that each kind of fact is read from.
_READ: Mapping[str, frozenset[Any]] = {
    "number": _WHOLES | {nw.Float64, nw.Decimal},
    "choice": _WHOLES | _TEXTS,
    "yes-no": frozenset({nw.Boolean}),
    "set": frozenset({nw.Boolean}),
}
_KNOWN = ("polars", "pandas", "pyarrow", "duckdb")

#: What is said of the rows that are not complete, by the scalar path, and what it makes of those that it decides.
Problems = Callable[[Sequence[dict[str, Any]]], list[str]]
Outcomes = Callable[[Sequence[dict[str, Any]]], list[Outcome]]


def evaluated(
    frame: Any, plan: Plan, *, trail: str, id: str | None, problems: Problems, outcomes: Outcomes
) -> Any:
    """
    The same kind of frame with what every row comes to.

    Raises `UsageError` for what is no frame (K610), for columns that are missing, of a type that is not read, in the
    way or said twice (K611 to K614), and for what columns cannot compute exactly (K615 to K621).
    """
    native = _opened(frame)
    inner, schema = opened(native, plan)
    eager = isinstance(native, nw.DataFrame)
    lacking = [] if id is None or id in native.collect_schema().names() else [id]
    _looked_at(plan, schema, lacking, settles=eager)
    program = Program(plan, schema, settles=eager)
    outputs = program.outputs(scale_of(plan), with_scores=trail == "scores")
    names = [*outputs, *(["problems"] if eager else [])]
    taken = [name for name in names if name in native.collect_schema().names()]
    if taken:
        raise UsageError([Diagnostic("K613", (), {"names": taken})])
    is_polars = inner.implementation.is_polars()
    working: Any = inner.lazy() if is_polars else inner
    doubt = program.doubt()
    for stage in program.stages.made:
        working = working.with_columns(*stage)
    made = (term.expr.alias(name) for name, term in outputs.items())
    working = working.select(*_carried(native, schema), *made, *doubt)
    if not eager:
        return working.to_native()
    if is_polars:
        working = working.collect()
    found = working.select(*outputs)
    if doubt:
        at, rows = _rows(working[program.doubtful], inner, plan)
        found = patched(found, at, outcomes(rows), scale=scale_of(plan)) if at else found
    found = found.with_columns(_problems(found, inner, plan, problems))
    if native.implementation.is_pandas():
        return _to_pandas(native, found)
    return native.with_columns(*(found[name] for name in found.columns)).to_native()


def _opened(frame: Any) -> Any:
    """The frame as narwhals has it."""
    try:
        native: Any = nw.from_native(frame)
    except TypeError:
        native = None
    if native is None or native.implementation.value not in _KNOWN:
        raise UsageError([Diagnostic("K610", (), {"found": type(frame).__name__})])
    return native


def _carried(native: Any, schema: Mapping[str, Any]) -> Iterator[nw.Expr]:
    """The columns that came in, as they were."""
    names = native.collect_schema().names()
    for name in names:
        before = as_it_was(name, names)
        if name in schema:
            yield nw.col(before).alias(name) if before in schema else nw.col(name)


def _to_pandas(native: Any, found: Any) -> Any:
    """The same pandas frame with further columns, of types that know what is absent."""
    pd = native.implementation.to_native_namespace()
    types = {"double": pd.Float64Dtype(), "int64": pd.Int64Dtype(), "int16": pd.Int16Dtype()}
    frame = native.to_native()
    more = found.to_native().to_pandas(types_mapper=lambda each: types.get(str(each), pd.StringDtype()))
    more.index = frame.index
    return frame.assign(**{name: more[name] for name in more.columns})


# --- before anything runs


def _looked_at(plan: Plan, schema: Mapping[str, Any], lacking: list[str], *, settles: bool) -> None:
    """Everything that is wrong with the columns, at once."""
    found = []
    for name in dict.fromkeys(_read(plan)):
        lacking += _lacking(plan, plan.facts[name], schema)
    if lacking:
        found.append(Diagnostic("K611", (), {"names": list(dict.fromkeys(lacking))}))
    wrong = [
        f"{column} ({schema[column]})"
        for fact in plan.facts.values()
        for column in _of(fact)
        if column in schema and not _is_read(fact, schema[column], settles=settles)
    ]
    if wrong:
        found.append(Diagnostic("K612", (), {"names": wrong}))
    for fact in plan.derived:
        parts = [part for part in _parts(plan, fact) if part in schema]
        if fact.name in schema and parts:
            found.append(Diagnostic("K614", (fact.name,), {"name": fact.name, "parts": parts}))
    if found:
        raise UsageError(found)


def _is_read(fact: PlannedFact, dtype: Any, *, settles: bool) -> bool:
    """Whether answers to a fact may be of a type; decimals too long to read need an engine that settles such rows."""
    if dtype == nw.Decimal and not (dtype.scale <= DIGITS and (settles or is_short(fact, dtype))):
        return False
    return dtype.base_type() in _READ[fact.kind]


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

    def __init__(self, plan: Plan, schema: Mapping[str, Any], *, settles: bool = True) -> None:
        self.plan = plan
        prefix = "_k"
        while any(name.lower().startswith(prefix) for name in schema):
            prefix = f"_{prefix}"
        self.stages = Stages(prefix, settles=settles)
        self.nodes = Nodes(plan, schema, self.stages)
        self.invalid = self.stages.kept(self.nodes.invalid())
        root = plan.root
        self.came = self.nodes.came[root.path]
        self.graded = self.nodes.graded.get(root.path)
        there = any_of([self.came.scored, self.came.unscored])
        open_ = self.graded.missing if self.graded is not None else False
        self.complete = self.stages.kept(all_of([there, negated(self.invalid), negated(open_)]))

    @property
    def doubtful(self) -> str:
        """The name of the column of rows that are left to the interpreter."""
        return f"{self.stages.prefix}doubt"

    def doubt(self) -> list[nw.Expr]:
        """That column, once all others are known; none where columns decide every row."""
        doubt = self.stages.kept(any_of(self.stages.doubts))
        return [doubt.expr.alias(self.doubtful)] if isinstance(doubt, Term) else []

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
    above = score.floats
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
    """What the row with an id states; `UsageError` K609 where there is not exactly one."""
    native = _opened(frame)
    names = native.collect_schema().names()
    columns = [name for name in names if name in columns_of(plan)]
    rows: Any = None
    if column is None:
        is_place = isinstance(native, nw.DataFrame) and type(id) is int and 0 <= id < len(native)
        rows = native[id : id + 1] if is_place else None
    elif column in names:
        rows = native.filter(nw.col(column) == id).head(2)
    rows = None if rows is None else rows.select(*columns)
    if isinstance(rows, nw.LazyFrame):
        rows = rows.collect()
    if rows is None or len(rows) != 1:
        raise UsageError([Diagnostic("K609", (), {"id": excerpt(id), "column": column or "–"})])
    inner, schema = opened(rows, plan)
    unread = [f"{name} ({schema[name]})" for name in columns if name not in inner.columns]
    if unread:
        raise UsageError([Diagnostic("K612", (), {"names": unread})])
    return row_of(inner.rows(named=True)[0], plan)


def _rows(truths: Any, inner: Any, plan: Plan) -> tuple[list[int], list[dict[str, Any]]]:
    """The places of some rows, and what they state, for the scalar path."""
    at: list[int] = truths.arg_true().to_list()
    columns = [name for name in inner.columns if name in columns_of(plan)]
    rows: list[dict[str, Any]] = [{}] * len(at)
    if columns and at:
        rows = inner.select(*columns).filter(truths).rows(named=True)
    return at, [row_of(row, plan) for row in rows]


def _problems(found: Any, inner: Any, plan: Plan, problems: Problems) -> Any:
    """What is wrong with each row that is not complete."""
    at, rows = _rows(found["status"] != "complete", inner, plan)
    if not at:
        return nw.lit(None, dtype=nw.String).alias("problems")
    texts: list[str | None] = [None] * len(found)
    for index, text in zip(at, problems(rows), strict=True):
        texts[index] = text
    return nw.new_series("problems", texts, nw.String, backend=found.implementation)
