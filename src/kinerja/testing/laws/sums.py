"""Laws of sums: scores that can occur, and the arithmetic between them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kinerja.checks.cells import domain
from kinerja.checks.totals import Reachable
from kinerja.model import Direct
from kinerja.plan import PlannedIndicator
from kinerja.testing.laws.law import Draw
from kinerja.testing.laws.report import Breach, Row
from kinerja.testing.laws.subject import Subject
from kinerja.trail import Trail
from kinerja.writing import text

__all__ = ["in_range", "sum_of_parts"]


def in_range(subject: Subject, draw: Draw) -> Breach | None:
    """Every score is one that its node can have, and so is the total."""
    sheet = draw(subject.sheets())
    trail = subject.trail(sheet)
    rows = [
        (path, expected, text(Fraction(node.score)))
        for path, node in trail.nodes.items()
        if node.score is not None
        for expected in _impossible(subject, path, Fraction(node.score))
    ]
    if trail.total is not None and not _occurs(subject.reachable.get("total"), Fraction(trail.total)):
        rows.append(("total", "–", text(Fraction(trail.total))))
    return Breach(sheet, tuple(dict.fromkeys(rows)), tuple(row[0] for row in rows)) if rows else None


def _impossible(subject: Subject, path: str, score: Fraction) -> Iterator[str]:
    """What a node can have, where it cannot have this."""
    node = subject.plan.nodes[path]
    if not isinstance(node, PlannedIndicator):
        if not _occurs(subject.reachable.get(path), score):
            yield "–"
    elif node.scores is not None:
        if score not in node.scores:
            yield ", ".join(map(text, sorted(node.scores)))
    elif isinstance(node.model, Direct) and node.is_plain and node.measure is not None:
        whole = domain(node.measure)
        if score not in whole:
            yield str(whole)


def _occurs(found: Reachable | None, score: Fraction) -> bool:
    """Whether a score is among those that can occur; what is not decided denies none."""
    sets = [] if found is None else [each.totals for each in found.configurations]
    return not sets or any(each is None or score in each for each in sets)


def sum_of_parts(subject: Subject, draw: Draw) -> Breach | None:
    """Contributions add up to what their group combined to, and the later steps lead from there to its score."""
    sheet = draw(subject.sheets())
    rows = tuple(_sums(subject.trail(sheet)))
    return Breach(sheet, rows, tuple(row[0] for row in rows)) if rows else None


def _sums(trail: Trail) -> Iterator[Row]:
    for path, node in trail.nodes.items():
        if node.status != "scored" or node.score is None:
            continue
        children = [trail.nodes[child] for child in node.children]
        given = [Fraction(child.contribution) for child in children if child.contribution is not None]
        if given and node.steps and sum(given) != node.steps[0].result:
            yield path, text(sum(given, Fraction(0))), text(Fraction(node.steps[0].result))
        if node.steps and node.steps[-1].result != node.score:
            yield path, text(Fraction(node.steps[-1].result)), text(Fraction(node.score))
    if trail.total is not None and trail.nodes["total"].score != trail.total:
        yield "total", str(trail.nodes["total"].score), text(Fraction(trail.total))
