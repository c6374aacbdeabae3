"""Laws of the record: a trail is what it says it is, and what changes nothing leaves it alone."""

from __future__ import annotations

from kinerja.errors import TrailError
from kinerja.language.plain import identity
from kinerja.testing.laws.law import Draw
from kinerja.testing.laws.report import Breach, Row, came_to, differing
from kinerja.testing.laws.subject import Subject
from kinerja.trail import Trail
from kinerja.verification import verify

__all__ = ["among_many", "empty_patch", "verified_trail"]

#: Something that no file can hold was stated: it cannot be evaluated again.
UNKEPT = "K604"


def verified_trail(subject: Subject, draw: Draw) -> Breach | None:
    """A trail is the same after it was written as JSON and read back, and it follows from its facts and its rubric."""
    sheet = draw(subject.anything)
    trail = subject.whole_trail(sheet)
    try:
        again = Trail.from_json(trail.to_json())
    except TrailError as error:
        return Breach(sheet, (("JSON", "–", error.diagnostics[0].message()),))
    if again != trail:
        rows = differing(came_to(trail), came_to(again)) or (("JSON", "=", "≠"),)
        return Breach(sheet, rows, (), ("law.this", "law.read-back"))
    found = [each for each in verify(again, subject.rubric) if each.code != UNKEPT]
    if not found:
        return None
    told = tuple((each.where, str(each.values["computed"]), str(each.values["stored"])) for each in found)
    return Breach(sheet, told, tuple(each.path[1] for each in found if len(each.path) > 1))


def among_many(subject: Subject, draw: Draw) -> Breach | None:
    """A sheet that is scored among many, by generated code, has the status, total and grade of its trail."""
    sheet = draw(subject.anything)
    found = subject.among_many(sheet)
    trail = came_to(subject.trail(sheet))
    rows = differing({key: trail[key] for key in found}, found)
    return Breach(sheet, rows, (), ("law.this", "law.many")) if rows else None


def empty_patch(subject: Subject, draw: Draw) -> Breach | None:
    """A patch that says nothing changes neither the rubric nor anything that it comes to."""
    sheet = draw(subject.anything)
    one, two = subject.rubric, subject.unchanged
    rows: tuple[Row, ...] = () if one == two else (("identity", identity(one), identity(two)),)
    rows += differing(came_to(subject.whole_trail(sheet)), came_to(subject.patched(sheet)))
    return Breach(sheet, rows, (), ("law.this", "law.patched")) if rows else None
