"""Hidden: a name that also exists further out, so that the outer one cannot be asked for here."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.placed import line_of
from kinerja.errors import Diagnostic
from kinerja.plan import Plan
from kinerja.plan.parts import Location
from kinerja.plan.resolve import joined, scopes

__all__ = ["hidden"]


def hidden(plan: Plan) -> Iterator[Diagnostic]:
    """Every fact and node with a name that a scope around it knows as well: the nearest is the one that is meant."""
    for path in dict.fromkeys((*plan.nodes, *plan.facts)):
        around, _, name = path.rpartition(".")
        outer = next(_outer(plan, path, around, name), None) if around else None
        if outer is not None:
            known = plan.nodes.get(path) or plan.facts[path]
            values = {"name": name, "around": around, "path": path, "outer": line_of(plan, outer)}
            yield Diagnostic("K230", known.location, values)


def _outer(plan: Plan, path: str, around: str, name: str) -> Iterator[Location]:
    """Where the same kind of thing stands under this name further out: nodes by their scores, facts by themselves."""
    _, *further = scopes(around)
    for at in (joined(scope, name) for scope in further):
        for known in (plan.nodes, plan.facts):
            if path in known and at in known:
                yield known[at].location
