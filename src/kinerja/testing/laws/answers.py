"""Laws of answers: every sheet is answered, by one band or by a stated problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from kinerja.explain import explain
from kinerja.messages import LANGUAGES
from kinerja.plan import PlannedIndicator
from kinerja.testing.facts import Facts
from kinerja.testing.laws.law import Draw
from kinerja.testing.laws.report import Breach, Row
from kinerja.testing.laws.subject import Subject
from kinerja.trail import GradeTrail, Trail

__all__ = ["awards_by_grade", "never_raises", "one_answer"]


def one_answer(subject: Subject, draw: Draw) -> Breach | None:
    """Every indicator of a legal sheet is scored by the one band that holds, or a problem says why there is none."""
    sheet = draw(subject.sheets())
    trail = subject.trail(sheet)
    rows = list(_bands(subject, trail, subject.known(sheet)))
    if trail.status != "complete" and not trail.problems:
        rows.append(("status", "complete", trail.status))
    paths = tuple(row[0] for row in rows)
    return Breach(sheet, tuple(rows), paths) if rows else None


def _bands(subject: Subject, trail: Trail, known: Mapping[str, Any]) -> Iterator[Row]:
    told = {path for problem in trail.problems for path in (problem.path, *problem.values.get("nodes", ()))}
    for path, node in trail.nodes.items():
        planned = subject.plan.nodes[path]
        if not isinstance(planned, PlannedIndicator) or not planned.bands:
            continue
        asked = {name for band in planned.bands for name in band.rule.names}
        if node.status in ("scored", "no-score"):
            found = node.band.id if node.band is not None else "–"
            held = [band.id for band in planned.bands if band.rule.holds(known)]
            # What other nodes came to is no fact of the sheet.
            if not asked & subject.plan.references.keys() and held != [found]:
                yield path, ", ".join(held) or "–", found
        elif node.status in ("invalid", "missing") and path in subject.questions.counting and not told:
            yield path, "scored", node.status


def never_raises(subject: Subject, draw: Draw) -> Breach | None:
    """Whatever a sheet holds, it is evaluated, kept as JSON and explained, and nothing is raised."""
    sheet = draw(st.one_of(subject.anything, _strange(subject)))
    try:
        trail = subject.trail(sheet)
        trail.to_json()
        for language in LANGUAGES:
            explain(trail, language=language)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the breach
        return Breach(sheet, ((type(error).__name__, "–", str(error)),))
    return None


def _strange(subject: Subject) -> st.SearchStrategy[Facts]:
    """Sheets with anything at all that Python can put where a fact should stand."""
    names = st.sampled_from([*subject.plan.named, "salah_ketik", ""])
    leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.decimals()
    words = st.sampled_from(["value", "score", "not-applicable", "unit", "x"])
    inside = st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2),
        max_leaves=4,
    )
    return st.dictionaries(names, inside, max_size=4).map(Facts)


def awards_by_grade(subject: Subject, draw: Draw) -> Breach | None:
    """Whoever has a grade is awarded what the rubric awards for that grade, and no more or less."""
    sheet = draw(subject.sheets())
    trail = subject.trail(sheet)
    graded = {path: node.grade for path, node in trail.nodes.items()}
    rows = [row for path, grade in graded.items() for row in _awards(subject, path, grade)]
    if trail.grade is not None:
        rows += _awards(subject, "total", trail.grade)
    return Breach(sheet, tuple(dict.fromkeys(rows)), tuple(row[0] for row in rows)) if rows else None


def _awards(subject: Subject, path: str, grade: GradeTrail | None) -> Iterator[Row]:
    if grade is None:
        return
    known = subject.plan.nodes[path].model.grades
    awards = known[grade.id].awards if grade.id in known else {}
    expected = {name: (each.amount, each.low, each.high, each.currency) for name, each in awards.items()}
    found = {name: (each.amount, each.low, each.high, each.currency) for name, each in grade.awards.items()}
    if expected != found:
        yield path, str(expected), str(found)
