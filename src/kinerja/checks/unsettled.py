"""Unsettled: answers for which none, or several, of the cases of a score hold."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja.checks.applying import guards
from kinerja.checks.cells import configurations, untried
from kinerja.checks.placed import amounts
from kinerja.checks.words import said
from kinerja.errors import Diagnostic
from kinerja.plan import Plan, PlannedIndicator
from kinerja.plan.parts import Location
from kinerja.plan.rules import Rule

__all__ = ["unsettled"]


def unsettled(plan: Plan) -> Iterator[Diagnostic]:
    """Every list of cases of which not exactly one holds, with answers that show it: for none, and for several."""
    for node in plan.nodes.values():
        if isinstance(node, PlannedIndicator):
            for inside, amount, context in amounts(node):
                rules = [case.rule for case in amount.cases if case.rule is not None]
                if rules:
                    yield from _open(plan, node, (*node.location, *inside), rules, context)


def _open(
    plan: Plan,
    node: PlannedIndicator,
    location: Location,
    rules: list[Rule],
    context: tuple[Rule, ...],
) -> Iterator[Diagnostic]:
    alone = configurations(plan, rules)
    # Most lists settle every combination of what they ask themselves, whatever else is answered.
    if alone is not None and all(_count(rules, each) == 1 for each in alone):
        return
    around = (*guards(plan, node), *context)
    tried = configurations(plan, [*rules, *around])
    if tried is None:
        yield untried(plan, [*rules, *around], node.path, location)
        return
    told = set()
    for configuration in tried:
        count = _count(rules, configuration)
        if count != 1 and bool(count) not in told and all(rule.holds(configuration) for rule in around):
            told.add(bool(count))
            values = {"name": node.path, "count": count, "configuration": said(configuration)}
            yield Diagnostic("K223", location, {**values, "sheet": configuration})


def _count(rules: list[Rule], configuration: dict[str, object]) -> int:
    return sum(bool(rule.holds(configuration)) for rule in rules)
