"""Allowed: findings that the author of a rubric lets stand with a reason, and allowances that silence none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from kinerja.checks.proofs import UNSAFE
from kinerja.errors import Diagnostic
from kinerja.model import Allowed
from kinerja.plan import Plan

__all__ = ["can_be_allowed", "forbidden", "heard", "useless"]

#: What only running the examples finds, and what is said of `allow` itself.
_OTHERS = frozenset({"K201", "K202", "K241", "K242", "K243"})


def can_be_allowed(code: str) -> bool:
    """
    Whether a finding of this code may be let stand: one of a check, with which sheets can still be scored.

    >>> can_be_allowed("K216"), can_be_allowed("K203"), can_be_allowed("K101")
    (True, False, False)
    """
    return code.startswith("K2") and code not in UNSAFE | _OTHERS


def heard(plan: Plan, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], set[str]]:
    """The findings that are not allowed, and the entries of `allow` that silence the others."""
    left, used = [], set()
    for finding in found:
        silencing = [
            name for name, allowed in plan.rubric.allow.items() if _is_meant(plan, name, allowed, finding)
        ]
        used.update(silencing)
        if not silencing:
            left.append(finding)
    return left, used


def useless(plan: Plan, used: Collection[str], found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Every entry of `allow` that silences nothing; `found` are the findings that are left."""
    where: dict[str, list[str]] = {}
    for finding in found:
        where.setdefault(finding.code, []).append(finding.where)
    for name, allowed in plan.rubric.allow.items():
        code = allowed.code or name
        if can_be_allowed(code) and name not in used:
            values = {"name": name, "code": code, "found": where.get(code, [])}
            yield Diagnostic("K241", ("allow", name), values)


def forbidden(plan: Plan) -> Iterator[Diagnostic]:
    """Every entry of `allow` for a finding that nobody can let stand."""
    for name, allowed in plan.rubric.allow.items():
        code = allowed.code or name
        if not can_be_allowed(code):
            yield Diagnostic("K243", ("allow", name), {"code": code})


def _is_meant(plan: Plan, name: str, allowed: Allowed, finding: Diagnostic) -> bool:
    code = allowed.code or name
    if code != finding.code or not can_be_allowed(code):
        return False
    return not allowed.at or any(_is_within(plan, at, finding.path) for at in allowed.at)


def _is_within(plan: Plan, at: str, path: tuple[str, ...]) -> bool:
    """Whether a path of the file stands in a node, or under a path of the file."""
    node = plan.nodes.get(at)
    if node is not None and path[: len(node.location)] == node.location:
        return True
    return f"{'.'.join(path)}.".startswith(f"{at}.")
