"""Frames of random rows for a rubric, on every engine, and what the interpreter makes of each of their cells."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from kinerja import Evaluator
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import Outcome
from kinerja.errors import Fault
from kinerja.numbers import Unread
from kinerja.plan import PlannedFact, PlannedIndicator
from kinerja.sheets import entries
from tests.strategies.sheets import edges_of

Row = dict[str, Any]

#: What no fact means, and some cell will hold.
ODD = (math.nan, math.inf, -math.inf, -0.0, 5e-324, 1.7976931348623157e308, 2.0**53 + 2, 0.1 + 0.2, 1 / 3)
TYPES = {
    "float": pa.float64(),
    "single": pa.float32(),
    "decimal": pa.decimal128(18, 3),
    "int": pa.int64(),
    "text": pa.string(),
    "truth": pa.bool_(),
}


def columns(
    evaluator: Evaluator,
    random: Random,
    *,
    whole: float = 0.5,
    stated: float = 0.5,
    others: tuple[str, ...] = ("float",),
) -> dict[str, str]:
    """The columns of a frame and their types: derived facts themselves or their parts, numbers as any type."""
    plan, found = evaluator.plan, {}
    if random.random() < stated:
        # A derived fact that others are computed from is only a part.
        inner = {part for fact in plan.derived for part in _parts(plan.facts, fact)}
        found |= {fact.name: "float" for fact in plan.derived if fact.name not in inner}
    parts = {part for name in found for part in _parts(plan.facts, plan.facts[name])}
    for name, fact in plan.facts.items():
        if name in parts or (fact.formula is not None and name not in found):
            continue
        if fact.kind == "number":
            found[name] = "int" if random.random() < whole else random.choice(others)
        elif fact.kind == "set":
            found |= {f"{name}.{option}": "truth" for option in fact.options}
        else:
            found[name] = "text" if fact.kind == "choice" else "truth"
    return {name: kind for name, kind in found.items() if name not in parts}


def _parts(facts: Any, fact: PlannedFact) -> set[str]:
    found = set(fact.operands.values())
    return found.union(*(_parts(facts, facts[name]) for name in found))


def rows(
    evaluator: Evaluator, kinds: dict[str, str], random: Random, count: int, *, wrong: float = 0.03
) -> list[Row]:
    """So many rows, whose cells lie on and beside every bound, are empty, or are nothing that a fact accepts."""
    near = edges_of(evaluator.rubric)
    cells = {
        name: _cells(evaluator.plan.facts[name], kind, near)
        for name, kind in kinds.items()
        if kind in ("float", "single", "decimal", "int")
    }
    found = []
    for _ in range(count):
        # A whole row of either kind, for columns in which each cell may be wrong leave no row that is complete.
        odds = random.choice((0, 0, wrong, 10 * wrong))
        row: Row = {}
        for name, kind in kinds.items():
            spoilt = random.random() < odds
            if spoilt and random.random() < 0.5:
                row[name] = None
            elif kind == "truth":
                row[name] = random.random() < 0.5
            elif kind == "text":
                row[name] = "entah" if spoilt else random.choice(evaluator.plan.facts[name].options)
            elif spoilt:
                row[name] = _odd(kind, random)
            else:
                row[name] = random.choice(cells[name])
        found.append(row)
    return found


def _odd(kind: str, random: Random) -> Any:
    """What no fact means, in a column of a type."""
    if kind == "float":
        return random.choice(ODD)
    if kind == "single":
        return _single(random.choice([*ODD[:4], 1e-45, 3.4e38, 16777217.0]))
    odd = random.choice((10**14, -(10**14), 7) if kind == "decimal" else (10**15 + 1, -(2**62), 7))
    return Decimal(odd) if kind == "decimal" else odd


def _single(value: float) -> float:
    """The float of double precision that has the shortest decimal of one of single precision."""
    return float(str(np.float32(value)))


def _cells(fact: PlannedFact, kind: str, near: tuple[Fraction, ...]) -> list[Any]:
    step = fact.step or Fraction(1, 100)
    ends = [*near, *(fact.domain.cuts() if fact.domain is not None else ())]
    around = [end + shift * step for end in ends for shift in (-1, 0, 1, Fraction(1, 3))]
    inside = [each for each in around if fact.domain is None or each in fact.domain] or around
    on_step = [each for each in inside if fact.step is None or each % fact.step == 0] or inside
    if kind == "int":
        whole = [each for each in on_step if each.denominator == 1] or [
            Fraction(math.floor(e)) for e in on_step
        ]
        return [int(each) for each in (*whole, *whole, *map(math.floor, around)) if abs(each) < 2**62]
    found = [float(each) for each in (*on_step, *on_step, *on_step, *around)]
    if kind == "decimal":
        return [Decimal(f"{each:.3f}") for each in found if abs(each) < 10**14] or [Decimal(0)]
    return [_single(each) for each in found if abs(each) < 10**38] if kind == "single" else found


def arrow(kinds: dict[str, str], found: list[Row]) -> pa.Table:
    """The rows as a table, with a column that no rubric knows."""
    schema = pa.schema([(name, TYPES[kind]) for name, kind in kinds.items()])
    columns_ = {name: pa.array([row[name] for row in found], schema.field(name).type) for name in kinds}
    return pa.table(columns_, schema=schema).append_column("lain", pa.array(range(len(found))))


def polars(table: pa.Table) -> pl.DataFrame:
    """The same in Polars."""
    return pl.DataFrame(table)


def pandas(table: pa.Table) -> pd.DataFrame:
    """The same in pandas, where an empty cell of a number and one that is no number are the same."""
    return table.to_pandas()


def relation(table: pa.Table) -> duckdb.DuckDBPyRelation:
    """The same in DuckDB."""
    return duckdb.connect().from_arrow(table)


def cells_of(frame: Any) -> list[Row]:
    """The rows of a frame of any engine, in its own order where it has one."""
    library = type(frame).__module__.partition(".")[0]
    if library == "pyspark":
        return [row.asDict() for row in frame.collect()]
    if library == "dask":
        frame = frame.compute()
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame.to_dicts()
    if isinstance(frame, pd.DataFrame):
        frame = pa.Table.from_pandas(frame, preserve_index=False)
    if isinstance(frame, duckdb.DuckDBPyRelation):
        names = frame.columns
        return [dict(zip(names, row, strict=True)) for row in frame.order("lain").fetchall()]
    return frame.to_pylist()  # type: ignore[no-any-return]


ENGINES: dict[str, Callable[[pa.Table], Any]] = {
    "pyarrow": lambda table: table,
    "polars": polars,
    "polars-lazy": lambda table: polars(table).lazy(),
    "pandas": pandas,
    "duckdb": relation,
}


def expected(evaluator: Evaluator, row: Row, *, nan_is_nothing: bool = False, scores: bool = True) -> Row:
    """Every cell that a row gets, as the interpreter has it."""
    sheet = _sheet(evaluator, row, nan_is_nothing=nan_is_nothing)
    return cells_from(evaluator, evaluate(evaluator.plan, entries(sheet)), scores=scores)


def cells_from(evaluator: Evaluator, outcome: Outcome, *, scores: bool = True) -> Row:
    """Every cell that an outcome of the interpreter makes."""
    plan = evaluator.plan
    complete = outcome.status == "complete"
    total = outcome.root.score if complete else None
    found: Row = {"status": outcome.status}
    if plan.root.model.combine:
        found["total"] = None if total is None else float(total)
        found["total.scaled"] = None if total is None else total * evaluator.scale
    if plan.root.grades:
        grade = outcome.grades.get("total") if complete else None
        found["grade"] = grade if isinstance(grade, str) else None
    for path, node in plan.nodes.items():
        if node is plan.root:
            continue
        result = outcome.nodes.get(path)
        answered = result is not None and result.status in ("scored", "no-score")
        if isinstance(node, PlannedIndicator) and (node.bands or node.ladder):
            held = (result.band or result.step) if result is not None and answered else None
            ids = [each.id for each in node.bands or node.ladder]
            found[f"{path}.band"] = None if held is None else ids.index(held.id)
        if scores:
            score = result.score if result is not None and result.status == "scored" else None
            found[f"{path}.score"] = None if score is None else float(score)
    return found


def _sheet(evaluator: Evaluator, row: Row, *, nan_is_nothing: bool) -> Row:
    found: Row = {}
    for name, fact in evaluator.plan.facts.items():
        if fact.kind == "set":
            said = {option: row.get(f"{name}.{option}") for option in fact.options}
            if None not in said.values():
                found[name] = [option for option, truth in said.items() if truth]
            elif any(each is not None for each in said.values()):
                found[name] = Unread("", Fault("K539", name=name, fact=name))
        elif row.get(name) is not None and not (
            nan_is_nothing and type(row[name]) is float and math.isnan(row[name])
        ):
            found[name] = row[name]
    return found


def differing(
    evaluator: Evaluator, kinds: dict[str, str], found: list[Row], engine: str | Callable[[pa.Table], Any]
) -> list[str]:
    """The cells of a frame, of an engine by its name or by how its frames are made, that are not the interpreter's."""
    make = ENGINES[engine] if isinstance(engine, str) else engine
    frame = evaluator.evaluate_frame(make(arrow(kinds, found)), trail="scores")
    told = []
    for at, (row, cells) in enumerate(zip(found, cells_of(frame), strict=True)):
        assert at == cells["lain"]
        want = expected(evaluator, row, nan_is_nothing=engine == "pandas")
        for name, value in want.items():
            has = cells.get(name) if name in cells or value is None else "no column"
            if has != value:
                told.append(f"row {at} {row}: {name} is {has!r}, not {value!r}")
    return told
