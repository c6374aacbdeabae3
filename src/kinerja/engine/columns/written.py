"""Programs as they are written for a kind of frame, kept for the next frame of that kind."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

import narwhals as nw

from kinerja.engine.columns.asked import Seen
from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.looked import Share, first, given_in, seen_of, usable_in
from kinerja.engine.columns.program import Program, scale_of
from kinerja.engine.columns.running import laid_out, with_layout
from kinerja.engine.columns.terms import Term, Truth, negated
from kinerja.plan import Plan

__all__ = ["Written", "written"]

T = TypeVar("T")

#: For so many kinds of frame at most a plan keeps what was written.
KINDS = 16


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
        self, frame: Any, plan: Plan, schema: Mapping[str, Any], seen: Mapping[str, Seen], *, trail: str
    ) -> None:
        prefix, settles = prefix_of(schema), isinstance(frame, nw.DataFrame)
        program = Program(plan, schema, seen, Doubts(settles=settles))
        outputs = program.outputs(scale_of(plan), with_scores=trail == "scores")
        self.names = list(outputs)
        #: Where a row is not complete, and where it is left to the interpreter.
        self.wrong = Mark(f"{prefix}w", negated(program.complete))
        self.doubtful = Mark(f"{prefix}d", program.nodes.doubts.any)
        for mark in (self.wrong, self.doubtful) if settles else ():
            if isinstance(mark.truth, Term):
                outputs[mark.name] = mark.truth
        self.layout = laid_out(outputs, prefix, of=frame)


class Mark:
    """Rows of a frame: all, none, or those of a column."""

    def __init__(self, name: str, truth: Truth) -> None:
        self.name = name
        self.truth = truth

    def of(self, frame: Any) -> Any:
        """A column of truths, or one truth."""
        return frame[self.name] if isinstance(self.truth, Term) else self.truth


def written(frame: Any, plan: Plan, schema: Mapping[str, Any], *, trail: str) -> tuple[Any, Written]:
    """The frame with what was made of its columns, if it is at hand, and the program that goes on with them."""
    prefix, eager = prefix_of(schema), isinstance(frame, nw.DataFrame)
    key = (frame.implementation, eager, tuple(schema.items()), trail)
    given = given_in(frame, plan) if eager else {}
    look = _kept(
        plan,
        (Look, *key, *given.values()),
        lambda: Look(frame, plan, schema, given=given, prefix=f"{prefix}s"),
    )
    working = with_layout(frame, look.layout) if eager else frame
    usable = usable_in(working, plan, look.names) if eager else {}
    made = _kept(
        plan,
        (Written, *key, *given.values(), *usable.values()),
        lambda: Written(frame, plan, schema, seen_of(plan, given, usable, look.names), trail=trail),
    )
    return working, made


def prefix_of(schema: Mapping[str, Any]) -> str:
    """What no name of a column begins with."""
    prefix = "_k"
    while any(name.lower().startswith(prefix) for name in schema):
        prefix = f"_{prefix}"
    return prefix


def _kept(plan: Plan, key: Hashable, make: Callable[[], T]) -> T:
    """The same as was made for frames of the same kind before, of the last few kinds."""
    kept: dict[Hashable, T] = plan.kept.setdefault(written, {})
    found = kept.get(key)
    if found is None:
        found = make()
        if len(kept) >= KINDS:
            oldest, *_ = kept
            kept.pop(oldest, None)
        kept[key] = found
    return found
