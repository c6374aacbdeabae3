"""Laws of what hangs on what: a change is felt where it is read, and nowhere else."""

from __future__ import annotations

from hypothesis import strategies as st

from kinerja.plan.touched import touched
from kinerja.testing.facts import Facts
from kinerja.testing.laws.law import Draw
from kinerja.testing.laws.report import Breach, came_to, differing
from kinerja.testing.laws.subject import Subject
from kinerja.trail import Trail

__all__ = ["alternative_is_local", "idle_facts", "one_fact"]


def _nodes(trail: Trail) -> dict[str, str]:
    """What every node came to by itself: its contribution hangs on its neighbours."""
    return {
        path: f"{node.status}, {node.score.exact if node.score is not None else '–'}, "
        f"{node.grade.id if node.grade is not None else '–'}"
        for path, node in trail.nodes.items()
    }


def one_fact(subject: Subject, draw: Draw) -> Breach | None:
    """Changing one answer changes only the nodes that hang on it."""
    sheet = draw(subject.sheets(left_out=False))
    names = [name for name in sheet if subject.questions.answers[name].pool]
    if not names:
        return None
    name = draw(st.sampled_from(names))
    other = Facts({**sheet, name: draw(st.sampled_from(subject.questions.answers[name].pool)).said})
    may = subject.ties.changed([name])
    changed = differing(_nodes(subject.trail(sheet)), _nodes(subject.trail(other)))
    rows = tuple(row for row in changed if row[0] not in may)
    paths = (name, *(row[0] for row in rows))
    return Breach(sheet, rows, paths, ("law.this", "law.other"), other) if rows else None


def idle_facts(subject: Subject, draw: Draw) -> Breach | None:
    """What a sheet says of a node that does not apply changes nothing, be it right or wrong."""
    sheet = draw(subject.sheets(left_out=False))
    known = subject.known(sheet)
    idle = {
        path
        for path, node in subject.plan.nodes.items()
        if any(rule.holds(known) is False for rule in node.around)
    }
    readers = subject.questions.readers
    names = [name for name, paths in readers.items() if paths and paths <= idle and name not in sheet]
    if not names:
        return None
    name = draw(st.sampled_from(names))
    pool = [answer.said for answer in subject.questions.answers[name].pool]
    other = Facts({**sheet, name: draw(st.sampled_from([*pool, "salah"]))})
    one, two = (came_to(subject.trail(each), but=idle) for each in (sheet, other))
    rows = differing(one, two)
    return (
        Breach(sheet, rows, tuple(sorted(readers[name])), ("law.this", "law.other"), other) if rows else None
    )


def alternative_is_local(subject: Subject, draw: Draw) -> Breach | None:
    """Another reading changes only the nodes that it is about, and what hangs on them."""
    ways = [
        (reading, alternative)
        for reading, each in subject.rubric.readings.items()
        for alternative in each.alternatives
    ]
    if not ways:
        return None
    sheet = draw(subject.sheets())
    reading, alternative = draw(st.sampled_from(ways))
    about = touched(subject.rubric, reading)
    may = {
        path
        for ties in (subject.ties, subject.ties_of(reading, alternative))
        for path in ties.changed(nodes=about)
    }
    there = subject.read_otherwise(sheet, reading, alternative)
    rows = tuple(
        row for row in differing(_nodes(subject.whole_trail(sheet)), _nodes(there)) if row[0] not in may
    )
    paths = (*about, *(row[0] for row in rows))
    return Breach(sheet, rows, paths, ("law.this", "law.reading")) if rows else None
