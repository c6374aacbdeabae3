"""A frame with the columns of terms, each engine by what it is written for best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from kinerja.engine.columns.stages import Layout
from kinerja.engine.columns.terms import Term
from kinerja.engine.columns.writers import InNarwhals, InPolars, InSpark, InText, quoted

__all__ = ["laid_out", "with_layout"]


def laid_out(terms: Mapping[str, Term], prefix: str, *, of: Any) -> Layout[Any]:
    """How terms become columns on the engine of a frame; those that are made on the way have names with a prefix."""
    kind = of.implementation
    if kind.is_duckdb():
        return Layout(terms, prefix, InText())
    if kind.is_pyspark():
        return Layout(terms, prefix, InSpark({name: f"c{at}" for at, name in enumerate(of.columns)}))
    if kind.is_polars():
        return Layout(terms, prefix, InPolars(kind.to_native_namespace()))
    return Layout(terms, prefix, InNarwhals())


def with_layout(frame: Any, layout: Layout[Any]) -> Any:
    """The frame with a column for each term of a layout, and without those that were made on the way."""
    if isinstance(layout.writer, InNarwhals):
        return _staged(frame, layout)
    if isinstance(layout.writer, InPolars):
        made = _staged(frame.lazy().to_native(), layout)
        # A frame at hand in one query, piece by piece: stage by stage, most of it would run on one core.
        return nw.from_native(made.collect(engine="streaming") if isinstance(frame, nw.DataFrame) else made)
    if isinstance(layout.writer, InSpark):
        return nw.from_native(_projected(frame.to_native(), layout, layout.writer.names))
    return nw.from_native(_related(frame.to_native(), frame.collect_schema().names(), layout))


def _staged(frame: Any, layout: Layout[Any]) -> Any:
    """The same for whatever has columns added to it."""
    for stage, dead in zip(layout.stages, layout.dead, strict=True):
        frame = frame.with_columns(*(made.alias(name) for name, made in stage))
        if dead:
            frame = frame.drop(*dead)
    if layout.outputs:
        frame = frame.with_columns(*(made.alias(name) for name, made in layout.outputs))
    return frame.drop(*layout.rest) if layout.rest else frame


def _related(relation: Any, carried: list[str], layout: Layout[str]) -> Any:
    """A relation of DuckDB, stage after stage, each with no more columns than are still read."""
    text = InText()
    kept = {name: text.column(name) for name in carried}
    for stage, dead in zip(layout.stages, layout.dead, strict=True):
        made = {name: f"{term} AS {text.column(name)}" for name, term in stage}
        relation = relation.project(", ".join([*kept.values(), *made.values()]))
        kept |= {name: text.column(name) for name in made}
        for name in dead:
            del kept[name]
    outputs = [f"{term} AS {text.column(name)}" for name, term in layout.outputs]
    return relation.project(", ".join([*map(text.column, carried), *outputs]))


def _projected(frame: Any, layout: Layout[str], inside: Mapping[str, str]) -> Any:
    """The same for a frame of Spark, under plain names of its columns."""
    kept = {name: name for name in inside.values()}
    frame = frame.toDF(*kept)
    for stage, dead in zip(layout.stages, layout.dead, strict=True):
        made = {name: f"{term} AS {name}" for name, term in stage}
        frame = frame.selectExpr(*kept.values(), *made.values())
        kept |= {name: name for name in made}
        for name in dead:
            del kept[name]
    carried = [f"{short} AS {quoted(name)}" for name, short in inside.items()]
    return frame.selectExpr(*carried, *(f"{term} AS {quoted(name)}" for name, term in layout.outputs))
