"""
The interpreter: one sheet on one plan, in the order that the language fixes.

applies -> score or combine -> scale -> round = the score -> missing -> weight and contribution.
It is written to be read beside the language reference, and stays the oracle for every faster path.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.engine.combine import combine
from kinerja.engine.intake import take_in
from kinerja.engine.outcome import (
    EXCLUDED,
    INVALID,
    MISSED,
    NOT_APPLYING,
    SCORED,
    NodeOutcome,
    Outcome,
    Part,
)
from kinerja.errors import Diagnostic, Fault
from kinerja.feel import MISSING, NOT_APPLICABLE
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.rules import BAD, Rule
from kinerja.sheets import Entry, Written

__all__ = ["evaluate", "evaluate_alone"]

#: The statuses of an assessment, the worst last.
_WORSE = {SCORED: "complete", NOT_APPLYING: "incomplete", MISSED: "incomplete", INVALID: "invalid"}


def evaluate(
    plan: Plan, stated: Sequence[tuple[str, Any]], *, on: dt.date | None = None, like: Outcome | None = None
) -> Outcome:
    """
    Evaluate what one sheet states, under the rules of one day.

    `like` is an outcome of the same sheet on a plan that this one was patched from: what the patch left alone is
    taken over instead of evaluated again.

    Never raises for what the facts say: everything wrong with them is a problem of the outcome.
    """
    outcome = Outcome(plan, on)
    outcome.stated = stated
    if like is None or like.status == "invalid" or not _facts_taken_over(outcome, like):
        take_in(stated, outcome)
    valid = plan.rubric.valid
    if on is not None and not valid.covers(on):
        values = {"date": on, "since": valid.since or "…", "until": valid.until or "…"}
        outcome.problems.append(Diagnostic("K315", (), values))
    outcome.root = _group(plan.root, outcome)
    if outcome.problems:
        read = _read(outcome)
        found, outcome.problems = outcome.problems, []
        for each in found:
            (
                outcome.problems if each.where not in plan.facts or each.where in read else outcome.unread
            ).append(each)
    status = _WORSE[outcome.root.status]
    outcome.status = "invalid" if outcome.problems else status
    if outcome.status != "complete":
        _name_missing(outcome)
    return outcome


def _read(outcome: Outcome) -> set[str]:
    """The facts that something here may hang on: what is wrong with any other changes nothing."""
    found: set[str] = set()

    def look(node: PlannedNode) -> None:
        result = outcome.nodes.get(node.path)
        rules = [node.applies]
        if result is None or (result.status != NOT_APPLYING and not result.reason):
            rules += [weight.rule for weight in node.weights]
            if isinstance(node, PlannedIndicator):
                rules += [band.rule for band in node.bands]
                found.add(node.path)
            for child in node.children if isinstance(node, PlannedGroup) else ():
                look(child)
        found.update(name for rule in rules if rule is not None for name in rule.names)

    look(outcome.plan.root)
    waiting = list(found & outcome.plan.facts.keys())
    while waiting:
        parts = set(outcome.plan.facts[waiting.pop()].operands.values()) - found
        found |= parts
        waiting += parts
    return found


def _facts_taken_over(outcome: Outcome, like: Outcome) -> bool:
    """Take over the values of facts that both plans read alike, and read the others again; False for other names."""
    facts, theirs = outcome.plan.facts, like.plan.facts
    if facts.keys() != theirs.keys():
        return False
    changed = {name for name, fact in facts.items() if fact.model is not theirs[name].model}
    if changed:
        # What was derived, and what a missing answer counts as, follows anew from the rest.
        kept = like.given.keys() - changed
        outcome.values = {name: value for name, value in like.values.items() if name in kept}
        take_in([(name, said) for name, said in outcome.stated if name in changed], outcome)
    else:
        outcome.values = like.values
    outcome.given, outcome.entries, outcome.like = like.given, like.entries, like
    return True


def evaluate_alone(plan: Plan, path: str, value: Any) -> Outcome:
    """
    One indicator scored by itself, as if it applied: what its own examples mean.

    `value` is an answer to its measure.
    """
    outcome = Outcome(plan, None)
    take_in([(path, value)], outcome)
    node = plan.nodes[path]
    assert isinstance(node, PlannedIndicator)
    outcome.root = _kept(_scored(node, None, outcome), outcome)
    outcome.status = "invalid" if outcome.problems else _WORSE[outcome.root.status]
    return outcome


# --- nodes


def _node(node: PlannedNode, outcome: Outcome) -> NodeOutcome:
    """One node, whatever its kind: first whether it applies at all."""
    if outcome.like is not None and isinstance(node, PlannedIndicator):
        before = outcome.like.nodes.get(node.path)
        if before is not None and _is_unchanged(node, before.plan):
            return _kept(before, outcome)
    if node.applies is not None:
        applies = node.applies.holds(outcome.values)
        if applies is None:
            return _kept(_unknown(node, [node.applies], outcome), outcome)
        if not applies:
            return _kept(NodeOutcome(node, NOT_APPLYING), outcome)
    entry = outcome.entries.get(node.path)
    if entry is not None and entry.not_applicable is not None:
        return _kept(_excluded(node, entry), outcome)
    result = _group(node, outcome) if isinstance(node, PlannedGroup) else _scored(node, entry, outcome)
    if result.status == MISSED and node.model.missing == "exclude":
        result.status = EXCLUDED
    return _kept(result, outcome)


def _is_unchanged(node: PlannedIndicator, before: PlannedNode) -> bool:
    """Whether a patched plan took an indicator over as it was, in all but its weight."""
    return (
        isinstance(before, PlannedIndicator) and before.bands is node.bands and before.applies is node.applies
    )


def _kept(result: NodeOutcome, outcome: Outcome) -> NodeOutcome:
    outcome.nodes[result.plan.path] = result
    return result


def _scored(node: PlannedNode, entry: Entry | None, outcome: Outcome) -> NodeOutcome:
    """An indicator: the score that the sheet states, or that of the one band that holds."""
    assert isinstance(node, PlannedIndicator)
    if entry is None or entry.score is None:
        return _banded(node, outcome)
    if not _is_answered(node, outcome):
        return _stated(node, entry, outcome)
    result = _banded(node, outcome)
    if result.score is not None:
        _compare(result, entry, outcome)
    return result


def _is_answered(node: PlannedIndicator, outcome: Outcome) -> bool:
    """Whether the sheet also says what a stated score would follow from, itself or in parts."""
    names = [node.measure.name] if node.measure is not None else [n for b in node.bands for n in b.rule.names]
    return all(_is_given(name, outcome) for name in names)


def _is_given(name: str, outcome: Outcome) -> bool:
    said = outcome.given.get(name)
    if (said.value if type(said) is Entry else said) is not None:
        return True
    operands = outcome.plan.facts[name].operands.values()
    return bool(operands) and all(_is_given(operand, outcome) for operand in operands)


def _banded(node: PlannedIndicator, outcome: Outcome) -> NodeOutcome:
    """The score of the one band that holds; two are a problem, none is one unless an answer is still missing."""
    holding: tuple[int, ...] | list[int]
    unknown: list[Rule] = []
    measure = node.measure
    value: Any = MISSING if measure is None else outcome.values.get(measure.name, MISSING)
    if measure is not None and value is BAD:
        return NodeOutcome(node, INVALID)
    if node.regions is not None and type(value) in (int, Fraction):
        holding = node.regions.find(value)
    elif node.table is not None and value is not MISSING and value is not NOT_APPLICABLE:
        holding = node.table[value]
    else:
        answers = [band.rule.holds(outcome.values) for band in node.bands]
        holding = [index for index, answer in enumerate(answers) if answer]
        unknown = [band.rule for band, answer in zip(node.bands, answers, strict=True) if answer is None]
    if len(holding) == 1:
        band = node.bands[holding[0]]
        result = NodeOutcome(node, SCORED, band.score)
        result.band = band
        if node.model.scale is not None or node.model.round is not None:
            _finish(result, outcome)
        return result
    if unknown and not holding:
        return _unknown(node, unknown, outcome)
    named = [node.bands[index].id for index in holding]
    code = "K316" if named else "K317"
    shown = numbers.text(Fraction(value)) if type(value) in (int, Fraction) else value
    values = {"name": node.path, "value": shown, "bands": named}
    outcome.problems.append(Diagnostic(code, (node.path,), values))
    return NodeOutcome(node, INVALID)


def _unknown(node: PlannedNode, rules: Sequence[Rule], outcome: Outcome) -> NodeOutcome:
    """A node whose answer hangs on facts that are missing, or not usable."""
    values = outcome.values
    names = dict.fromkeys(name for rule in rules for name in rule.open(values))
    if any(values.get(name, MISSING) is BAD for name in names):
        return NodeOutcome(node, INVALID)
    result = NodeOutcome(node, MISSED)
    result.needs = _wanted(names, outcome)
    return result


def _wanted(names: Iterable[str], outcome: Outcome) -> tuple[str, ...]:
    """The facts to ask for: a derived fact whose operands were begun asks for those that are still missing."""
    wanted: dict[str, None] = {}
    for name in names:
        operands = outcome.plan.facts[name].operands.values()
        lacking = [o for o in operands if outcome.values.get(o, MISSING) is MISSING]
        begun = len(lacking) < len(operands)
        wanted.update(dict.fromkeys(lacking if begun else (name,)))
    return tuple(wanted)


def _excluded(node: PlannedNode, entry: Entry) -> NodeOutcome:
    if not node.model.may_not_apply or not str(entry.not_applicable).strip():
        return NodeOutcome(node, INVALID)
    result = NodeOutcome(node, EXCLUDED)
    result.reason = str(entry.not_applicable)
    return result


def _stated(node: PlannedIndicator, entry: Entry, outcome: Outcome) -> NodeOutcome:
    """A score that the sheet states without its measure: it must be one that can occur."""
    score = _read_score(node, entry, outcome)
    if score is None:
        return NodeOutcome(node, INVALID)
    result = NodeOutcome(node, SCORED, score)
    result.stated = True
    return result


def _read_score(node: PlannedIndicator, entry: Entry, outcome: Outcome) -> Fraction | None:
    try:
        raw = entry.score
        score = numbers.parse(raw) if type(raw) is Written else numbers.exact(raw)
    except Fault as fault:
        outcome.problems.append(Diagnostic(fault.code, (node.path,), {"name": node.path, **fault.values}))
        return None
    if score not in node.scores:
        known = [numbers.text(each) for each in sorted(node.scores)]
        values = {"name": node.path, "score": numbers.text(score), "known": known}
        outcome.problems.append(Diagnostic("K310", (node.path,), values))
        return None
    return score


def _compare(result: NodeOutcome, entry: Entry, outcome: Outcome) -> None:
    """A sheet that gives the measure and the score has said the same thing twice, or made a mistake."""
    assert isinstance(result.plan, PlannedIndicator)
    stated = _read_score(result.plan, entry, outcome)
    if stated is not None and stated != result.score:
        derived = numbers.text(result.score or Fraction(0))
        values = {"name": result.plan.path, "stated": numbers.text(stated), "derived": derived}
        outcome.problems.append(Diagnostic("K312", (result.plan.path,), values))


# --- groups


def _group(node: PlannedGroup, outcome: Outcome) -> NodeOutcome:
    """A group: its children that apply and are answered, combined."""
    parts: list[Part] = []
    worst, reweighed = SCORED, False
    needs: tuple[str, ...] = ()
    for child in node.children:
        result = _node(child, outcome)
        status = result.status
        if status == SCORED:
            part = _part(child, result, outcome)
            if isinstance(part, Part):
                parts.append(part)
            else:
                status, needs = part.status, needs + part.needs
        if status == INVALID or (status == MISSED and worst != INVALID):
            worst = status
        reweighed = reweighed or status == EXCLUDED or result.reweighed
    result = _combined(node, parts, worst, outcome)
    result.reweighed, result.needs = reweighed, needs
    return _kept(result, outcome)


def _combined(node: PlannedGroup, parts: list[Part], worst: str, outcome: Outcome) -> NodeOutcome:
    if worst != SCORED:
        result = NodeOutcome(node, worst)
    elif not any(part.points for part in parts):
        # Nothing that applies has a weight: there is no mean of it.
        result = NodeOutcome(node, NOT_APPLYING)
    else:
        result = NodeOutcome(node, SCORED, combine(node.model.combine, parts))
        _finish(result, outcome)
    result.parts = parts
    return result


def _part(node: PlannedNode, result: NodeOutcome, outcome: Outcome) -> Part | NodeOutcome:
    """A child with the one weight that holds for it here; where none can be told, why."""
    # Not the weights of the result's own plan: a result may be taken over from a plan with other denominators.
    weights = node.weights
    if not weights:
        return Part(result, 1, Fraction(1))
    if len(weights) == 1 and weights[0].rule is None:
        return Part(result, weights[0].points, weights[0].share)
    answers = [weight.rule.holds(outcome.values) for weight in weights if weight.rule is not None]
    holding = [weight for weight, answer in zip(weights, answers, strict=True) if answer]
    if len(holding) == 1:
        return Part(result, holding[0].points, holding[0].share)
    unknown = [w.rule for w, a in zip(weights, answers, strict=True) if a is None and w.rule is not None]
    if unknown and not holding:
        return _unknown(node, unknown, outcome)
    values = {"name": node.path, "count": len(holding)}
    outcome.problems.append(Diagnostic("K318", (node.path,), values))
    return NodeOutcome(node, INVALID)


def _finish(result: NodeOutcome, outcome: Outcome) -> None:
    """Scale, then round: after this the score is the score."""
    model = result.plan.model
    score = result.score
    assert score is not None
    scaling = result.plan.scaling
    if scaling is not None:
        if not scaling.low <= score <= scaling.high:
            ends = {"low": numbers.text(scaling.low), "high": numbers.text(scaling.high)}
            values = {"name": result.plan.path, "score": numbers.text(score), **ends}
            outcome.problems.append(Diagnostic("K320", (result.plan.path,), values))
            result.status, result.score = INVALID, None
            return
        score = scaling.apply(score)
    if model.round is not None:
        score = model.round.apply(score)
    result.score = score


# --- what is missing


def _name_missing(outcome: Outcome) -> None:
    """A problem for each fact that an answer hangs on and nobody gave."""
    seen: dict[str, list[str]] = {}

    def look(node: PlannedNode) -> None:
        result = outcome.nodes.get(node.path)
        if result is None or result.status == EXCLUDED:
            return
        for name in result.needs:
            seen.setdefault(name, []).append(node.path)
        for child in node.children if isinstance(node, PlannedGroup) else ():
            look(child)

    look(outcome.plan.root)
    for name, paths in seen.items():
        outcome.problems.append(Diagnostic("K330", (name,), {"name": name, "nodes": paths}))
