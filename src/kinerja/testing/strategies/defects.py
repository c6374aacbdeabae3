"""Rubrics with exactly one defect, which is known by name, by the code that tells it and by its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from kinerja.checks.cells import configurations, domain
from kinerja.errors import Diagnostic, UsageError
from kinerja.intervals import IntervalSet
from kinerja.language.documents import Document, plant
from kinerja.language.patches import merged
from kinerja.language.readings import document_of
from kinerja.language.structure import structure
from kinerja.model import Rubric
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode, plan
from kinerja.writing import text

__all__ = ["Defect", "defects"]


@frozen
class Defect:
    """
    A rubric with one defect: its name, the code by which `kinerja check` tells it, and where.

    The rubric can be structured and checked; it may be one that `load` refuses.
    """

    rubric: Rubric
    name: str
    code: str
    path: str

    def __repr__(self) -> str:
        return f"<Defect {self.name}: {self.code} at {self.path} in {self.rubric.id}>"


def defects(rubric: Rubric) -> st.SearchStrategy[Defect]:
    """
    A rubric with one defect laid into it, as a merge patch: what was sound is told with that code, at that path, once.

    In its own rows and weights, and in a node that is put beside the others: so every rubric can be given a defect.
    Raises `UsageError` for a rubric that is none.

    >>> import kinerja
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, database=None)
    ... @given(defects(kinerja.load("pk-bkm")))
    ... def test_a_defect_is_found(defect):
    ...     assert (defect.code, defect.path) in [(f.code, f.where) for f in kinerja.check(defect.rubric)]
    >>> test_a_defect_is_found()
    """
    if not isinstance(rubric, Rubric):
        values = {"expected": "Rubric", "found": type(rubric).__name__}
        raise UsageError([Diagnostic("K523", (), values)])
    document = document_of(rubric)

    def laid_in(change: _Change) -> Defect:
        root = merged(document.root, plant(_nested(change.at, change.says)))
        spoilt = structure(Document(root, document.source))
        return Defect(spoilt, change.name, change.code, ".".join(change.path))

    return st.sampled_from(list(_changes(plan(rubric)))).map(laid_in)


@frozen
class _Change:
    """A merge patch that brings one defect in: what is said at which place, and where it is found."""

    name: str
    code: str
    path: tuple[str, ...]
    at: tuple[str, ...]
    says: Any


def _nested(at: Sequence[str], says: Any) -> Any:
    return reduce(lambda inside, key: {key: inside}, reversed(at), says)


def _changes(planned: Plan) -> Iterator[_Change]:
    for node in planned.nodes.values():
        if isinstance(node, PlannedIndicator) and node.regions is not None:
            yield from _of_bands(node)
        if isinstance(node, PlannedGroup) and node.model.combine == "weighted-sum":
            yield from _of_weights(planned, node)
    yield from _beside(planned)


# --- in the rubric's own rows


def _of_bands(node: PlannedIndicator) -> Iterator[_Change]:
    """A row that is left out, and a row that also names an answer of another."""
    assert node.measure is not None
    whole = domain(node.measure)
    at = (*node.location, "bands")
    held = [whole & band.rule.numbers(step=whole.step) for band in node.bands]
    for index, band in enumerate(node.bands):
        others = reduce(IntervalSet.__or__, (each for each in held if each is not held[index]), whole - whole)
        if len(held) > 1 and not (held[index] - others).is_empty:
            yield _Change("dropped-band", "K203", at, (*at, band.id), None)
        for other in range(len(held)):
            stolen = held[other].example()
            if other == index or stolen is None or stolen in held[index]:
                continue
            when = str(band.rule.numbers() | IntervalSet.of(stolen))
            later = node.bands[max(index, other)]
            yield _Change("overlapping-band", "K204", (*at, later.id), (*at, band.id, "when"), when)
            break


def _of_weights(planned: Plan, group: PlannedGroup) -> Iterator[_Change]:
    """A weight that is too large by seven times the whole."""
    own = [weight.rule for node in (group, *_within(group)) for weight in node.weights]
    around = [*group.around, *(rule for node in _within(group) for rule in node.around)]
    rules = [rule for rule in (*own, *around) if rule is not None]
    if group.around or configurations(planned, rules) is None:
        return
    code = "K208" if rules else "K205"
    path = (*group.location, "indicators")
    for child in group.children:
        if isinstance(child, PlannedIndicator) and not child.around and len(child.weights) == 1:
            says = text(child.weights[0].share + 7)
            yield _Change("open-weight", code, path, (*child.location, "weight"), says)


def _within(group: PlannedGroup) -> Iterator[PlannedNode]:
    for child in group.children:
        yield child
        if isinstance(child, PlannedGroup):
            yield from _within(child)


# --- in a node beside the others


def _beside(planned: Plan) -> Iterator[_Change]:
    """A node that stands aside, with one thing wrong in it."""
    rubric = planned.rubric
    taken = {*rubric.indicators, *rubric.aside, *rubric.facts}
    node, fact = _fresh("tambahan", taken), _fresh("isian", taken)
    asks = {"facts": {fact: {"kind": "choice", "options": {"satu": "", "dua": ""}}}}
    never = {fact: "not(satu, dua)"}
    levels = {"levels": {"x": "1", "y": "0"}}
    one, two = {"when": {fact: "satu"}, "is": "1"}, {"when": {fact: "dua"}, "is": "2"}
    everywhere = {"when": {fact: "-"}, "is": "1"}
    passed = {"a": {"score": "1", "all": {"x": "", "y": ""}}, "b": {"score": "2", "all": {"x": ""}}}
    rows = {"1": {"when": "-"}, "2": {"when": "> 1"}}
    apart = {"a": {**levels, "applies": {fact: "satu"}}, "b": levels}
    found: list[tuple[str, str, str, Mapping[str, Any]]] = [
        ("lost-case", "K223", "formula", {**asks, "formula": [one]}),
        ("twofold-case", "K223", "formula", {**asks, "formula": [everywhere, two]}),
        ("shared-grade", "K224", "grades.dua.when", {**levels, "grades": _grades("-", "-")}),
        ("band-outside", "K225", "bands.2", {"measure": {"in": "[0..1]"}, "bands": rows}),
        ("passed-step", "K225", "ladder.a", {"ladder": passed}),
        ("dead-grade", "K225", "grades.satu", {**asks, **levels, "grades": _grades(never, "-")}),
        ("never-applying", "K226", "applies", {**asks, **levels, "applies": never}),
        (
            "silent-test",
            "K228",
            "grades.satu.when",
            {**asks, "combine": "sum", "indicators": apart, "grades": _grades({"a.score": "1"}, "-")},
        ),
        ("unread-fact", "K229", f"facts.{fact}", {**asks, **levels}),
    ]
    for name, code, where, says in found:
        at = ("aside", node)
        yield _Change(name, code, (*at, *where.split(".")), at, {"title": "Tambahan", **says})


def _grades(one: Any, other: Any) -> dict[str, Any]:
    return {"satu": {"when": one}, "dua": {"when": other}}


def _fresh(word: str, taken: Iterable[str]) -> str:
    """A name that nothing has, so that it hides nothing."""
    while word in taken:
        word = f"{word}_lain"
    return word
