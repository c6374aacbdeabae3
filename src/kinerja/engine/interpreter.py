"""
The interpreter: one sheet on one plan, in the order that the language fixes.

applies -> refusing gates on facts -> score or combine -> scale -> cap -> round = the score -> missing -> refusing
gates on scores -> weight and contribution -> grade -> gates with a grade.
It is written to be read beside the language reference, and stays the oracle for every faster path.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.engine.combine import combine
from kinerja.engine.intake import is_reason, take_in
from kinerja.engine.outcome import (
    EXCLUDED,
    INVALID,
    MISSED,
    NOT_APPLYING,
    SCORED,
    UNSCORED,
    NodeOutcome,
    Outcome,
    Part,
)
from kinerja.engine.scoring import because, finish, scored, unknown
from kinerja.errors import Diagnostic, Fault
from kinerja.feel import MISSING, NOT_APPLICABLE
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedLookup, PlannedNode
from kinerja.plan.rules import BAD, NO_SCORE, Rule
from kinerja.sheets import Entry

__all__ = ["evaluate", "evaluate_alone"]

#: How bad it is for a group that a child came to this.
_RANK = {SCORED: 0, NOT_APPLYING: 0, EXCLUDED: 0, UNSCORED: 1, MISSED: 2, INVALID: 3}

#: The status of an assessment by what its outermost group came to.
_WORSE = {
    SCORED: "complete",
    UNSCORED: "complete",
    NOT_APPLYING: "incomplete",
    MISSED: "incomplete",
    INVALID: "invalid",
}


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
    outcome.reach = _reach
    outcome.root = _node(plan.root, outcome)
    if plan.root.grades:
        _grade(plan.root, outcome)
    if outcome.root.inexact and outcome.root.status == SCORED:
        outcome.refuse_inexact("total")
    if outcome.problems:
        read = _read(outcome)
        found, outcome.problems = outcome.problems, []
        for each in found:
            decides = each.where not in plan.facts or each.where in read
            (outcome.problems if decides else outcome.unread).append(each)
    if plan.beside:
        _rest(outcome)
    status = _WORSE[outcome.root.status]
    if outcome.grades.get("total") is MISSING:
        status = "incomplete"
    outcome.status = "invalid" if outcome.problems else status
    if outcome.status != "complete":
        _name_missing(outcome)
    return outcome


def _read(outcome: Outcome) -> set[str]:
    """The facts that the total and its grade may hang on: what is wrong with any other changes nothing."""
    plan = outcome.plan
    found: set[str] = set()
    stages: list[tuple[str, PlannedNode]] = [("score", plan.root), ("grade", plan.root)]
    seen: set[tuple[str, str]] = set()
    while stages:
        what, node = stages.pop()
        if (what, node.path) in seen:
            continue
        seen.add((what, node.path))
        names = [name for rule in node.around for name in rule.names]
        result = outcome.nodes.get(node.path)
        if result is None or (result.status != NOT_APPLYING and not _is_left_out(result)):
            if what == "grade":
                stages.append(("score", node))
                names += node.grade_reads
            else:
                names += node.reads
                stages += (
                    [("score", child) for child in node.children] if isinstance(node, PlannedGroup) else []
                )
        for name in names:
            if name in plan.references:
                path, asked = plan.references[name]
                stages.append((asked, plan.nodes[path]))
            else:
                found.add(name)
    waiting = list(found)
    while waiting:
        parts = set(plan.facts[waiting.pop()].operands.values()) - found
        found |= parts
        waiting += parts
    return found


def _is_left_out(result: NodeOutcome) -> bool:
    """Whether the sheet itself says, with a reason, that a node does not apply."""
    return result.status == EXCLUDED and bool(result.reason)


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
        # What nodes came to there is not what they come to here.
        outcome.values = {name: value for name, value in like.values.items() if name in facts}
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
    outcome.reach = _reach
    outcome.root = _kept(scored(node, None, outcome), outcome)
    outcome.status = "invalid" if outcome.problems else _WORSE[outcome.root.status]
    return outcome


# --- nodes


def _reach(path: str, what: str, outcome: Outcome) -> None:
    """Come to what a name asks of another node, before the name is read; circles were refused when it was planned."""
    node = outcome.plan.nodes[path]
    _node(node, outcome)
    if what == "grade":
        _grade(node, outcome)


def _node(node: PlannedNode, outcome: Outcome) -> NodeOutcome:
    """One node, whatever its kind, once: first whether it applies at all."""
    known = outcome.nodes.get(node.path)
    if known is None and outcome.like is not None:
        known = _taken_over(node, outcome)
    if known is not None:
        return known
    if node.is_free and not outcome.entries:
        return _kept(_left_out(scored(node, None, outcome)), outcome)  # type: ignore[arg-type]
    return _kept(_admitted(node, outcome), outcome)


def _left_out(result: NodeOutcome) -> NodeOutcome:
    """The same, left out of its group where it is not answered and the rubric says so."""
    if result.status == MISSED and result.plan.model.missing == "exclude":
        result.status = EXCLUDED
    return result


def _admitted(node: PlannedNode, outcome: Outcome) -> NodeOutcome:
    """A node that may not apply, or may be refused: by a gate on facts before it is scored, by one on scores after."""
    applies = _applies(node, outcome)
    if applies is None:
        return unknown(node, node.around, outcome)
    if not applies:
        return NodeOutcome(node, NOT_APPLYING)
    entry = outcome.entries.get(node.path)
    if entry is not None and entry.not_applicable is not None:
        return _excluded(node, entry)
    stopped = _gated(node, outcome, on_facts=True)
    if stopped is not None:
        return stopped
    result = scored(node, entry, outcome) if isinstance(node, PlannedIndicator) else _gathered(node, outcome)
    _left_out(result)
    if node.gates and result.status in (SCORED, UNSCORED):
        # A gate may ask for the very score that it refuses.
        _kept(result, outcome)
        stopped = _gated(node, outcome, on_facts=False)
        if stopped is not None:
            result.status, result.score, result.needs = stopped.status, None, stopped.needs
    return result


def _gathered(node: PlannedNode, outcome: Outcome) -> NodeOutcome:
    # A lookup has no score of its own; its grade is looked up when it is asked for.
    return _group(node, outcome) if isinstance(node, PlannedGroup) else NodeOutcome(node, SCORED)


def _applies(node: PlannedNode, outcome: Outcome) -> bool | None:
    """Whether a node applies: itself, and every group that it stands in."""
    unknown_yet = False
    for rule in node.around:
        answer = outcome.holds(rule)
        if answer is False:
            return False
        unknown_yet = unknown_yet or answer is None
    return None if unknown_yet else True


def _gated(node: PlannedNode, outcome: Outcome, *, on_facts: bool) -> NodeOutcome | None:
    """
    What the refusing gates make of a node: nothing where all of them hold.

    First those on facts alone are tested, then those that ask for scores; each that fails is named.
    """
    waiting, refused = [], False
    for gate in node.gates:
        asks_nodes = any(name in outcome.plan.references for name in gate.rule.names)
        if gate.grade or asks_nodes == on_facts:
            continue
        answer = outcome.tested(node, gate)
        if answer is False:
            values = {"name": node.path, "gate": gate.id, "text": gate.text or gate.id}
            outcome.problems.append(Diagnostic("K323", (node.path,), values))
            refused = True
        elif answer is None:
            waiting.append(gate.rule)
    if refused:
        return NodeOutcome(node, INVALID)
    return unknown(node, waiting, outcome) if waiting else None


def _excluded(node: PlannedNode, entry: Entry) -> NodeOutcome:
    answered = entry.value is not None or entry.score is not None
    if answered or not node.model.may_not_apply or not is_reason(entry.not_applicable):
        return NodeOutcome(node, INVALID)
    result = NodeOutcome(node, EXCLUDED)
    result.reason = str(entry.not_applicable)
    return result


def _taken_over(node: PlannedNode, outcome: Outcome) -> NodeOutcome | None:
    """What an indicator came to on the plan that this one was patched from, where the patch left it alone."""
    before = outcome.like.nodes.get(node.path) if outcome.like is not None else None
    if (
        before is None
        or not isinstance(node, PlannedIndicator)
        or not isinstance(before.plan, PlannedIndicator)
    ):
        return None
    old = before.plan
    if old.model is not node.model or old.around != node.around or old.bands is not node.bands:
        return None
    same = old.ladder is node.ladder and old.amount is node.amount and old.gates is node.gates
    return _kept(before, outcome) if same else None


def _kept(result: NodeOutcome, outcome: Outcome) -> NodeOutcome:
    """The outcome of a node, from now on known by its path, and to whoever names it."""
    node = result.plan
    outcome.nodes[node.path] = result
    if node.is_asked:
        path = node.path
        value = _VALUES.get(result.status, NOT_APPLICABLE if result.score is None else result.score)
        if result.inexact and result.status == SCORED:
            # Formulas go on with it; a test that asks for it is refused.
            outcome.inexact[f"{path}.score"] = value
            value = BAD
        outcome.values[f"{path}.score"] = value
    return result


#: What a lookup is where it has no grade.
_STATUSES: Mapping[Any, str] = {MISSING: MISSED, BAD: INVALID, NOT_APPLICABLE: NOT_APPLYING}

#: What the name of a node means where the node has no score.
_VALUES: Mapping[str, Any] = {
    MISSED: MISSING,
    INVALID: BAD,
    NOT_APPLYING: NOT_APPLICABLE,
    EXCLUDED: NOT_APPLICABLE,
    UNSCORED: NO_SCORE,
}


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
        if status != SCORED:
            worst = max(worst, status, key=_RANK.__getitem__)
        if status == EXCLUDED or result.reweighed:
            reweighed = True
    result = _combined(node, parts, worst, outcome)
    result.reweighed, result.needs = reweighed, needs
    result.reason = because(outcome.nodes[child.path] for child in node.children)
    return result


def _combined(node: PlannedGroup, parts: list[Part], worst: str, outcome: Outcome) -> NodeOutcome:
    if worst != SCORED:
        result = NodeOutcome(node, worst)
    elif not any(part.points for part in parts):
        # Nothing that applies has a weight: there is no mean of it.
        result = NodeOutcome(node, NOT_APPLYING)
    elif not node.model.combine:
        # A group that is graded and has no number.
        result = NodeOutcome(node, SCORED)
    else:
        result = _total(node, parts, outcome)
    result.parts = parts
    return result


def _total(node: PlannedGroup, parts: list[Part], outcome: Outcome) -> NodeOutcome:
    """The children combined; a root that is not rational is inexact, and so is what is made of inexact scores."""
    result = NodeOutcome(node, SCORED)
    try:
        score, exact = combine(node.model.combine, parts)
    except Fault as fault:
        outcome.problems.append(Diagnostic(fault.code, (node.path,), {"name": node.path, **fault.values}))
        return NodeOutcome(node, INVALID)
    result.score = result.raw = score
    result.inexact = not exact or any(part.node.inexact for part in parts)
    finish(result, outcome)
    return result


def _part(node: PlannedNode, result: NodeOutcome, outcome: Outcome) -> Part | NodeOutcome:
    """A child with the one weight that holds for it here; where none can be told, why."""
    # Not the weights of the result's own plan: a result may be taken over from a plan with other denominators.
    weights = node.weights
    if not weights:
        return Part(result, 1, Fraction(1))
    if len(weights) == 1 and weights[0].rule is None:
        return Part(result, weights[0].points, weights[0].share)
    answers = [outcome.holds(weight.rule) for weight in weights if weight.rule is not None]
    holding = [weight for weight, answer in zip(weights, answers, strict=True) if answer]
    if len(holding) == 1:
        return Part(result, holding[0].points, holding[0].share)
    waiting = [w.rule for w, a in zip(weights, answers, strict=True) if a is None and w.rule is not None]
    if waiting and not holding:
        return unknown(node, waiting, outcome)
    values = {"name": node.path, "count": len(holding)}
    outcome.problems.append(Diagnostic("K318", (node.path,), values))
    return NodeOutcome(node, INVALID)


# --- grades


def _grade(node: PlannedNode, outcome: Outcome) -> None:
    """The class of a node: by its score, then by the gates that it fails; the worst one wins."""
    path = node.path
    if path in outcome.grades or not node.grades:
        return
    grade = _class_of(node, outcome)
    outcome.by_value[path] = grade
    result = outcome.nodes[path]
    failing, waiting = [], []
    if result.status not in (NOT_APPLYING, EXCLUDED):
        graded = [(gate, outcome.tested(node, gate)) for gate in node.gates if gate.grade]
        failing = [gate.grade for gate, answer in graded if answer is False]
        waiting = [gate for gate, answer in graded if answer is None]
    if grade is None or isinstance(grade, str):
        # The worst stands first, or last where lower scores are better.
        order = [each.id for each in node.grades]
        order = order[::-1] if node.model.better == "lower" else order
        grade = min([*([grade] if grade else []), *failing], key=order.index, default=None)
        rules = [g.rule for g in waiting if grade is None or order.index(g.grade) < order.index(grade)]
        if rules:
            grade = _open(result, rules, outcome)
    if isinstance(node, PlannedLookup):
        # All that it can come to is a grade.
        result.status = _STATUSES.get(grade, SCORED)
    outcome.grades[path] = grade
    outcome.values[f"{path}.grade"] = NO_SCORE if grade is None else grade


def _class_of(node: PlannedNode, outcome: Outcome) -> Any:
    """The one grade that holds; what stands instead where none can be told; None for an answer without a score."""
    result = _node(node, outcome)
    state = _VALUES.get(result.status)
    if state in (MISSING, BAD, NOT_APPLICABLE):
        return state
    answers = [outcome.holds(grade.rule) for grade in node.grades]
    holding = [grade.id for grade, answer in zip(node.grades, answers, strict=True) if answer]
    if len(holding) == 1:
        return holding[0]
    if not holding and None in answers:
        rules = [grade.rule for grade, answer in zip(node.grades, answers, strict=True) if answer is None]
        return _open(result, rules, outcome)
    if not holding and result.status == UNSCORED:
        return None
    score = numbers.text(result.score) if result.score is not None else "none"
    code = "K325" if holding else "K324"
    values = {"name": node.path, "score": score, "grades": holding}
    outcome.problems.append(Diagnostic(code, (node.path,), values))
    return BAD


def _open(result: NodeOutcome, rules: Sequence[Rule], outcome: Outcome) -> Any:
    """The grade of a node whose class hangs on what is missing, which is then asked for, or cannot be used."""
    other = unknown(result.plan, rules, outcome)
    result.needs = (*result.needs, *other.needs)
    return BAD if other.status == INVALID else MISSING


def _rest(outcome: Outcome) -> None:
    """Nodes aside and grades that nothing asked for: they stand in the trail, and decide nothing."""
    deciding, outcome.problems = outcome.problems, []
    for node in outcome.plan.beside:
        _node(node, outcome)
        _grade(node, outcome)
    outcome.beside = [each for each in outcome.problems if each not in deciding]
    outcome.problems = deciding


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
    if outcome.root.status == NOT_APPLYING and not outcome.problems:
        left_out = [path for path, result in outcome.nodes.items() if result.status == EXCLUDED]
        outcome.problems.append(Diagnostic("K331" if left_out else "K332", ("total",), {"nodes": left_out}))
