"""A frame with the columns of terms, each engine by what it is written for best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from kinerja.engine.columns.stages import Layout
from kinerja.engine.columns.terms import Term
from kinerja.engine.columns.writers import InNarwhals, InPolars, InSpark, InText, quoted

__all__ = ["with_terms"]


def with_terms(frame: Any, terms: Mapping[str, Term], prefix: str) -> Any:
    """The frame with a column for each term; those that are made on the way have names with a prefix, and go."""
    kind = frame.implementation
    if kind.is_duckdb():
        return nw.from_native(_related(frame.to_native(), frame.collect_schema().names(), terms, prefix))
    if kind.is_pyspark():
        return nw.from_native(_projected(frame.to_native(), terms, prefix))
    if kind.is_polars():
        writer = InPolars(kind.to_native_namespace())
        return nw.from_native(_staged(frame.to_native(), Layout(terms, prefix, writer)))
    return _staged(frame, Layout(terms, prefix, InNarwhals()))


def _staged(frame: Any, layout: Layout[Any]) -> Any:
    """The same for whatever has columns added to it."""
    for stage, dead in zip(layout.stages, layout.dead, strict=True):
        frame = frame.with_columns(*(made.alias(name) for name, made in stage))
        if dead:
            frame = frame.drop(*dead)
    if layout.outputs:
        frame = frame.with_columns(*(made.alias(name) for name, made in layout.outputs))
    return frame.drop(*layout.rest) if layout.rest else frame


def _related(relation: Any, carried: list[str], terms: Mapping[str, Term], prefix: str) -> Any:
    """A relation of DuckDB, stage after stage, each with no more columns than are still read."""
    text = InText()
    layout = Layout(terms, prefix, text)
    kept = {name: text.column(name) for name in carried}
    for stage, dead in zip(layout.stages, layout.dead, strict=True):
        made = {name: f"{term} AS {text.column(name)}" for name, term in stage}
        relation = relation.project(", ".join([*kept.values(), *made.values()]))
        kept |= {name: text.column(name) for name in made}
        for name in dead:
            del kept[name]
    outputs = [f"{term} AS {text.column(name)}" for name, term in layout.outputs]
    return relation.project(", ".join([*map(text.column, carried), *outputs]))


def _projected(frame: Any, terms: Mapping[str, Term], prefix: str) -> Any:
    """The same for a frame of Spark, under plain names of its columns."""
    inside = {name: f"c{at}" for at, name in enumerate(frame.columns)}
    text = InSpark(inside)
    layout = Layout(terms, prefix, text)
    kept = {name: name for name in inside.values()}
    frame = frame.toDF(*inside.values())
    for stage, dead in zip(layout.stages, layout.dead, strict=True):
        made = {name: f"{term} AS {name}" for name, term in stage}
        frame = frame.selectExpr(*kept.values(), *made.values())
        kept |= {name: name for name in made}
        for name in dead:
            del kept[name]
    carried = [f"{short} AS {quoted(name)}" for name, short in inside.items()]
    return frame.selectExpr(*carried, *(f"{term} AS {quoted(name)}" for name, term in layout.outputs))
