"""A frame in, a frame out: columns looked at before anything runs, the program, and what it leaves in columns."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

import narwhals as nw

from kinerja.engine.columns.asked import KEPT, Seen
from kinerja.engine.columns.lines import Whole
from kinerja.engine.columns.looked import Share, first, given_in, seen_of, usable_in
from kinerja.engine.columns.nodes import Nodes
from kinerja.engine.columns.running import laid_out, with_layout
from kinerja.engine.columns.terms import (
    Term,
    Truth,
    all_of,
    any_of,
    constant,
    divided,
    negated,
    number,
    only,
    where,
)
from kinerja.errors import Diagnostic, Fault, UsageError, excerpt
from kinerja.feel import MISSING
from kinerja.numbers import Unread
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode

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
_KNOWN = ("polars", "pandas", "pyarrow", "duckdb")

T = TypeVar("T")

#: For so many kinds of frame at most a plan keeps what was written.
KINDS = 16

#: What is said of the rows that are not complete, by the scalar path.
Problems = Callable[[Sequence[dict[str, Any]]], list[str]]


def evaluated(frame: Any, plan: Plan, *, trail: str, id: str | None, problems: Problems) -> Any:
    """
    The same kind of frame with what every row comes to.

    Raises `UsageError` for what is no frame (K610), for columns that are missing, of a type that is not read, in the
    way or said twice (K611 to K614), and for what columns cannot compute exactly (K615 to K618).
    """
    native = _opened(frame)
    inner = _arrow(native, plan) if native.implementation.is_pandas() else native
    schema = dict(inner.collect_schema())
    _looked_at(plan, schema, id)
    prefix = _prefix(schema)
    eager = isinstance(inner, nw.DataFrame)
    key = (inner.implementation, prefix, tuple(schema.items()), trail)
    given = given_in(inner, plan) if eager else {}
    look = _kept(
        plan,
        (Look, *key, *given.values()),
        lambda: Look(inner, plan, schema, given=given, prefix=f"{prefix}s"),
    )
    working = with_layout(inner, look.layout)
    usable = usable_in(working, plan, look.names) if eager else {}
    written = _kept(
        plan,
        (Written, *key, *given.values(), *usable.values()),
        lambda: Written(
            inner, plan, seen_of(plan, given, usable, look.names), trail=trail, prefix=prefix, eager=eager
        ),
    )
    there = set(native.collect_schema().names())
    taken = [name for name in (*written.names, *(["problems"] if eager else [])) if name in there]
    if taken:
        raise UsageError([Diagnostic("K613", (), {"names": taken})])
    made = with_layout(working, written.layout)
    if not eager:
        return made.to_native()
    wrong = made[written.wrong] if isinstance(written.wrong, str) else written.wrong
    found = made.select(*written.names)
    found = found.with_columns(_problems(wrong, inner, plan, problems))
    if native.implementation.is_pandas():
        return _to_pandas(native, found)
    return nw.concat([native, found], how="horizontal").to_native()


def _prefix(schema: Mapping[str, Any]) -> str:
    """What no name of a column begins with."""
    prefix = "_k"
    while any(name.lower().startswith(prefix) for name in schema):
        prefix = f"_{prefix}"
    return prefix


def _opened(frame: Any) -> Any:
    """The frame as narwhals has it."""
    try:
        native: Any = nw.from_native(frame)
    except TypeError:
        native = None
    if native is None or native.implementation.value not in _KNOWN:
        raise UsageError([Diagnostic("K610", (), {"found": type(frame).__name__})])
    return native


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


class Look:
    """What is made of columns before the program is written, and under which names."""

    def __init__(
        self, frame: Any, plan: Plan, schema: Mapping[str, Any], *, given: Mapping[str, Share], prefix: str
    ) -> None:
        terms = first(plan, schema, given)
        self.names = {name: f"{prefix}{at}" for at, name in enumerate(terms)}
        named = {self.names[name]: term for name, term in terms.items()}
        self.layout = laid_out(named, f"{prefix}k", of=frame)


class Written:
    """The program for frames with one schema, of which the same was seen."""

    def __init__(
        self, frame: Any, plan: Plan, seen: Mapping[str, Seen], *, trail: str, prefix: str, eager: bool
    ) -> None:
        program = Program(plan, dict(frame.collect_schema()), seen)
        outputs = program.outputs(scale_of(plan), with_scores=trail == "scores")
        self.names = list(outputs)
        wrong = negated(program.complete)
        #: Where a row is not complete: everywhere, nowhere, or by a column of this name.
        self.wrong: str | bool = wrong if isinstance(wrong, bool) else f"{prefix}w"
        if eager and isinstance(wrong, Term):
            outputs[f"{prefix}w"] = wrong
        self.layout = laid_out(outputs, prefix, of=frame)


def _kept(plan: Plan, key: Hashable, make: Callable[[], T]) -> T:
    """The same as was made for frames of the same kind before, of the last few kinds."""
    kept: dict[Hashable, T] = plan.kept.setdefault(evaluated, {})
    found = kept.get(key)
    if found is None:
        found = make()
        if len(kept) >= KINDS:
            oldest, *_ = kept
            kept.pop(oldest, None)
        kept[key] = found
    return found


class Program:
    """The columns that a plan makes of a frame with this schema."""

    def __init__(self, plan: Plan, schema: Mapping[str, Any], seen: Mapping[str, Seen]) -> None:
        self.plan = plan
        self.nodes = Nodes(plan, schema, seen)
        self.invalid = self.nodes.invalid()
        root = plan.root
        self.came = self.nodes.came[root.path]
        self.graded = self.nodes.graded.get(root.path)
        there = any_of([self.came.scored, self.came.unscored])
        open_ = self.graded.missing if self.graded is not None else False
        self.complete = all_of([there, negated(self.invalid), negated(open_)])

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
        words = _text("complete"), _text("invalid"), _text("incomplete")
        found["status"] = where(self.complete, words[0], where(self.invalid, *words[1:]))
        return found

    def of_node(self, path: str, node: PlannedNode, met: Truth, *, with_scores: bool) -> dict[str, Term]:
        """The band of a node and its score, in the rows in which it was come to."""
        came = self.nodes.score(node)
        found = {}
        if isinstance(node, PlannedIndicator) and came.band is not None:
            held = all_of([met, came.banded, any_of([came.scored, came.unscored])])
            found[f"{path}.band"] = only(held, came.band.of_width(16))
        if with_scores and came.score is not None:
            found[f"{path}.score"] = only(all_of([met, came.scored]), _float(came.score))
        return found

    def total(self, score: Whole, scale: int) -> dict[str, Term]:
        """The total, once for looking at and once exact."""
        here = all_of([self.complete, self.came.scored])
        if (score.unit * scale).denominator != 1:
            raise Fault("K615", text=self.plan.root.model.combine)
        scaled = score.times(int(score.unit * scale))
        return {
            "total": only(here, _float(score)),
            "total.scaled": only(here, scaled.expr.of_width(64)),
        }

    def grades(self) -> dict[str, Term]:
        """The grade and what it awards."""
        graded, planned = self.graded, self.plan.root.grades
        assert graded is not None
        here = all_of([self.complete, graded.held])
        found = {"grade": only(here, _by_place(graded.place, [_text(each.id) for each in planned]))}
        amounts: dict[str, dict[int, int]] = {}
        for at, grade in enumerate(planned):
            for name, award in grade.model.awards.items():
                for word, amount in (("", award.amount), (".from", award.low), (".to", award.high)):
                    if amount is not None:
                        amounts.setdefault(f"awards.{name}{word}", {})[at] = amount
        for name, by_place in amounts.items():
            values = [
                number(by_place[at]) if at in by_place else constant(None, "whole")
                for at in range(len(planned))
            ]
            found[name] = only(here, _by_place(graded.place, values).of_width(64))
        return found


def _text(text: str) -> Term:
    return constant(text, "text")


def _by_place(place: Term, values: Sequence[Term], first: int = 0) -> Term:
    """The value at a place, by a balanced tree."""
    if len(values) == 1:
        return values[0]
    middle = len(values) // 2
    return where(
        place < number(first + middle),
        _by_place(place, values[:middle], first),
        _by_place(place, values[middle:], first + middle),
    )


def _float(score: Whole) -> Term:
    """A score for looking at: its nearest float, but for numbers beyond those that floats hold exactly."""
    unit = score.unit
    if max(abs(score.low), abs(score.high)) * unit.numerator < KEPT:
        return divided((score.expr * number(unit.numerator)).as_float(), unit.denominator)
    return divided(score.expr.as_float() * constant(float(unit.numerator), "float"), unit.denominator)


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
            program = Program(plan, schema, {})
        except UsageError:
            # A derived figure need not have ends of its own, where its parts do.
            program = Program(plan, parts, {})
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
    columns = [name for name in names if name in _columns(plan)]
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
    if rows.implementation.is_pandas():
        rows = nw.from_native(rows.to_arrow())
    return row_of(rows.rows(named=True)[0], plan)


def _problems(wrong: Any, inner: Any, plan: Plan, problems: Problems) -> Any:
    """What is wrong with each row that is not complete, by a column of truths or one truth."""
    if wrong is False:
        return nw.lit(None, dtype=nw.String).alias("problems")
    at = list(range(len(inner))) if wrong is True else wrong.arg_true().to_list()
    if not at:
        return nw.lit(None, dtype=nw.String).alias("problems")
    columns = [name for name in inner.columns if name in _columns(plan)]
    rows: list[dict[str, Any]] = [{}] * len(at)
    if columns:
        rows = (inner.select(*columns) if wrong is True else inner.select(*columns).filter(wrong)).rows(
            named=True
        )
    texts: list[str | None] = [None] * len(inner)
    for index, text in zip(at, problems([row_of(row, plan) for row in rows]), strict=True):
        texts[index] = text
    return nw.new_series("problems", texts, nw.String, backend=inner.implementation)
