"""Unsourced: a node, line, grade, gate or award that cites no source, itself or by what it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from kinerja.checks.words import few
from kinerja.errors import Diagnostic
from kinerja.model import Cited
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode

__all__ = ["unsourced"]


@frozen(eq=False)
class _Place:
    """Something that may cite, and what stands in it."""

    name: str
    cites: bool
    parts: tuple[_Place, ...] = ()

    def mentions(self) -> bool:
        """Whether it cites something, or anything in it does."""
        return self.cites or any(part.mentions() for part in self.parts)


def unsourced(plan: Plan) -> Iterator[Diagnostic]:
    """
    What cites nothing in a rubric that lists its sources: one finding that names all of it.

    What stands in something inherits its source, so only the outermost place is named; a group is accounted for by
    what stands in it.
    """
    root = _of_node(plan.root)
    if plan.rubric.sources and not root.cites:
        names = [name for part in root.parts for name in _silent(part)]
        if names:
            yield Diagnostic("K231", ("sources",), {"count": len(names), "names": few(names)})


def _silent(place: _Place) -> Iterator[str]:
    """The outermost places that neither cite nor hold anything that does."""
    if not place.mentions():
        yield place.name
    elif not place.cites:
        for part in place.parts:
            yield from _silent(part)


def _of_node(node: PlannedNode) -> _Place:
    path = node.path
    parts = [
        _Place(
            f"{path}: {grade.id}", bool(grade.model.source), _of_awards(path, grade.id, grade.model.awards)
        )
        for grade in node.grades
    ]
    parts += [_Place(f"{path}: {name}", bool(gate.source)) for name, gate in node.model.requires.items()]
    if isinstance(node, PlannedGroup):
        parts += [_of_node(child) for child in (*node.children, *node.aside)]
    if isinstance(node, PlannedIndicator):
        parts += [_Place(f"{path}: {name}", bool(line.source)) for name, line in _lines(node)]
    return _Place(path, bool(node.model.source), tuple(parts))


def _of_awards(path: str, grade: str, awards: Mapping[str, Cited]) -> tuple[_Place, ...]:
    return tuple(_Place(f"{path}: {grade}.{name}", bool(award.source)) for name, award in awards.items())


def _lines(node: PlannedIndicator) -> Iterator[tuple[str, Cited]]:
    """The bands, levels or steps of an indicator."""
    for key in ("bands", "levels", "ladder"):
        yield from getattr(node.model, key, {}).items()
