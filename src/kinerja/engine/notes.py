"""What changes no answer and should still be known; found when somebody looks."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.engine.outcome import EXCLUDED, NOT_APPLYING, SCORED, Outcome
from kinerja.errors import Diagnostic
from kinerja.numbers import looks_grouped
from kinerja.plan.rules import BAD
from kinerja.sheets import Entry, Written

__all__ = ["notes"]


def notes(outcome: Outcome) -> Iterator[Diagnostic]:
    """Every note on one outcome, in the order of the rubric."""
    if outcome.date is None:
        yield Diagnostic("K404")
    for name in outcome.plan.named:
        if name in outcome.given and not _applies(name, outcome):
            yield Diagnostic("K401", (name,), {"name": name})
    unread = [each for each in outcome.unread if _applies(each.where, outcome)]
    yield from sorted(unread, key=lambda each: (each.where, each.code))
    for path, result in outcome.nodes.items():
        if result.status == EXCLUDED:
            code = "K406" if result.reason else "K405"
            yield Diagnostic(code, (path,), {"name": path, "reason": result.reason})
        elif result.status == SCORED and result.plan.model.evidence and not _proved(path, outcome):
            wanted = [evidence.text for evidence in result.plan.model.evidence.values()]
            yield Diagnostic("K402", (path,), {"name": path, "evidence": wanted})
    for name, said in outcome.given.items():
        raw = said.value if isinstance(said, Entry) else said
        fact = outcome.plan.facts.get(name)
        usable = fact is not None and fact.kind == "number" and outcome.values.get(name) is not BAD
        if usable and isinstance(raw, Written) and looks_grouped(raw):
            yield Diagnostic("K407", (name,), {"name": name, "text": raw})
    yield from _other_assessors(outcome)
    # What is wrong with a node that decides nothing.
    yield from outcome.beside


def _other_assessors(outcome: Outcome) -> Iterator[Diagnostic]:
    plan = outcome.plan
    for name, entry in outcome.entries.items():
        owner = plan.facts[name].owner if name in plan.facts else name
        node = plan.nodes.get(owner or "total")
        if node is not None and entry.by and node.assessor and entry.by != node.assessor:
            values = {"name": name, "by": entry.by, "assessor": node.assessor}
            yield Diagnostic("K403", (name,), values)


def _applies(name: str, outcome: Outcome) -> bool:
    """Whether the node that a name belongs to applies, and every group around it."""
    facts = outcome.plan.facts
    path = facts[name].owner if name in facts else name
    while path:
        result = outcome.nodes.get(path)
        if result is not None and result.status == NOT_APPLYING:
            return False
        path = path.rpartition(".")[0]
    return True


def _proved(path: str, outcome: Outcome) -> bool:
    """Whether the sheet names evidence for a node or for one of its own facts."""
    return any(
        entry.evidence and (name == path or name.startswith(f"{path}."))
        for name, entry in outcome.entries.items()
    )
