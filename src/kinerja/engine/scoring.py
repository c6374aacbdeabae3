"""How an indicator comes to its score: stated, by the band that holds, by the rung reached, given, or computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.engine.outcome import (
    EXCLUDED,
    INVALID,
    MISSED,
    NOT_APPLYING,
    SCORED,
    UNSCORED,
    NodeOutcome,
    Outcome,
)
from kinerja.errors import Diagnostic, Fault
from kinerja.feel import MISSING, NOT_APPLICABLE, Inexact
from kinerja.model import Direct
from kinerja.plan import (
    Amount,
    PlannedCase,
    PlannedGroup,
    PlannedIndicator,
    PlannedNode,
    PlannedStep,
    capped,
)
from kinerja.plan.rules import BAD, NO_SCORE, Rule
from kinerja.sheets import Entry, Written

__all__ = ["because", "finish", "scored", "unknown"]


def scored(node: PlannedIndicator, entry: Entry | None, outcome: Outcome) -> NodeOutcome:
    """An indicator: the score that the sheet states, or that of the one band that holds."""
    if entry is None or entry.score is None:
        return _derived(node, outcome)
    if not _is_answered(node, outcome):
        return _stated(node, entry, outcome)
    result = _derived(node, outcome)
    if result.status in (SCORED, UNSCORED):
        _compare(result, entry, outcome)
    return result


def _derived(node: PlannedIndicator, outcome: Outcome) -> NodeOutcome:
    """The score that follows from what the sheet says, whichever way the indicator scores."""
    if node.amount is not None:
        return _with_amount(NodeOutcome(node, SCORED), node.amount, outcome)
    measure = node.measure
    if measure is None:
        return _banded(node, MISSING, outcome)
    value = outcome.values.get(measure.name, MISSING)
    if value is BAD:
        return NodeOutcome(node, INVALID)
    if value is NOT_APPLICABLE:
        return NodeOutcome(node, NOT_APPLYING)
    return _banded(node, value, outcome) if node.bands else _measured(node, value, outcome)


def _measured(node: PlannedIndicator, value: Any, outcome: Outcome) -> NodeOutcome:
    """An indicator that is its answer, or the rungs that its answer reaches."""
    assert node.measure is not None
    if value is MISSING:
        result = NodeOutcome(node, MISSED)
        result.needs = _wanted((node.measure.name,), outcome)
        return result
    if isinstance(node.model, Direct):
        result = NodeOutcome(node, SCORED)
        result.score = result.raw = Fraction(value)
        finish(result, outcome)
        return result
    return _climbed(node, value, outcome)


def _climbed(node: PlannedIndicator, value: frozenset[str], outcome: Outcome) -> NodeOutcome:
    """The last rung of the unbroken run from the first; what was reached beyond a missing rung does not count."""
    reached: PlannedStep | None = None
    for step in node.ladder:
        if not step.needs <= value:
            break
        reached = step
    result = NodeOutcome(node, SCORED)
    if reached is not None:
        result.step = reached
        return _with_amount(result, reached.amount, outcome)
    if node.otherwise is not None:
        return _with_amount(result, node.otherwise, outcome)
    values = {"name": node.path, "value": ", ".join(sorted(value)) or "–"}
    outcome.problems.append(Diagnostic("K317", (node.path,), values))
    return NodeOutcome(node, INVALID)


def _with_amount(result: NodeOutcome, amount: Amount, outcome: Outcome) -> NodeOutcome:
    """The outcome with the score that an amount comes to here."""
    if amount.constant is not None:
        result.score = result.raw = amount.constant
    else:
        case = _case(result.plan, amount, outcome)
        if isinstance(case, NodeOutcome):
            return case
        if case.formula is None:
            return _unscored(result, result.band.because if result.band is not None else "")
        stopped = _computed(result, case, outcome)
        if stopped is not None:
            return stopped
        result.case = case
    if not result.plan.is_plain:
        finish(result, outcome)
    return result


def _unscored(result: NodeOutcome, reason: str) -> NodeOutcome:
    """An answer that has no score on purpose, with its reason."""
    result.status, result.reason = UNSCORED, reason
    return result


def _case(node: PlannedNode, amount: Amount, outcome: Outcome) -> PlannedCase | NodeOutcome:
    """The one case that holds here; where none can be told, why."""
    if len(amount.cases) == 1 and amount.cases[0].rule is None:
        return amount.cases[0]
    rules = [case.rule for case in amount.cases if case.rule is not None]
    answers = [outcome.holds(rule) for rule in rules]
    holding = [case for case, answer in zip(amount.cases, answers, strict=True) if answer]
    if len(holding) == 1:
        return holding[0]
    waiting = [rule for rule, answer in zip(rules, answers, strict=True) if answer is None]
    if waiting and not holding:
        return unknown(node, waiting, outcome)
    values = {"name": node.path, "count": len(holding)}
    outcome.problems.append(Diagnostic("K322", (node.path,), values))
    return NodeOutcome(node, INVALID)


def _computed(result: NodeOutcome, case: PlannedCase, outcome: Outcome) -> NodeOutcome | None:
    """Put the value of a formula into the outcome; or give the outcome that there is instead."""
    node = result.plan
    keys = {name: (key,) if isinstance(key, str) else key for name, key in case.operands.items()}
    values = {key: outcome.value(key) for several in keys.values() for key in several}
    if any(value is BAD for value in values.values()):
        return NodeOutcome(node, INVALID)
    if any(value is NO_SCORE for value in values.values()):
        nodes = [outcome.nodes[outcome.plan.references[k][0]] for k, v in values.items() if v is NO_SCORE]
        return _unscored(result, because(nodes))
    if any(key in outcome.inexact for key in values):
        result.inexact = True
    assert case.formula is not None

    def look(name: str) -> Any:
        found = tuple(_operand(values[key]) for key in keys[name])
        return found if isinstance(case.operands[name], tuple) else found[0]

    try:
        value = case.formula.evaluate(look)
    except Fault as fault:
        outcome.problems.append(Diagnostic(fault.code, (node.path,), {"name": node.path, **fault.values}))
        return NodeOutcome(node, INVALID)
    if value is MISSING:
        missing = NodeOutcome(node, MISSED)
        missing.needs = _wanted([key for key, each in values.items() if each is MISSING], outcome)
        return missing
    if value is NOT_APPLICABLE:
        return NodeOutcome(node, NOT_APPLYING)
    if isinstance(value, Inexact):
        result.inexact = True
        value = value.number
    assert isinstance(value, Fraction)
    result.score = result.raw = value
    return None


def _operand(value: Any) -> Any:
    return value if value is MISSING or value is NOT_APPLICABLE else Fraction(value)


def _is_answered(node: PlannedIndicator, outcome: Outcome) -> bool:
    """Whether the sheet also says what a stated score would follow from, itself or in parts."""
    if node.measure is not None:
        return _is_given(node.measure.name, outcome)
    return all(_is_given(name, outcome) for name in node.answers if name in outcome.plan.facts)


def _is_given(name: str, outcome: Outcome) -> bool:
    said = outcome.given.get(name)
    if (said.value if type(said) is Entry else said) is not None:
        return True
    operands = outcome.plan.facts[name].operands.values()
    return bool(operands) and all(_is_given(operand, outcome) for operand in operands)


def _banded(node: PlannedIndicator, value: Any, outcome: Outcome) -> NodeOutcome:
    """The score of the one band that holds; two are a problem, none is one unless an answer is still missing."""
    holding: tuple[int, ...] | list[int]
    waiting: list[Rule] = []
    if node.regions is not None and type(value) in (int, Fraction):
        holding = node.regions.find(value)
    elif node.table is not None and value is not MISSING and value is not NOT_APPLICABLE:
        holding = node.table[value]
    else:
        answers = [outcome.holds(band.rule) for band in node.bands]
        holding = [index for index, answer in enumerate(answers) if answer]
        waiting = [band.rule for band, answer in zip(node.bands, answers, strict=True) if answer is None]
    if len(holding) == 1:
        band = node.bands[holding[0]]
        result = NodeOutcome(node, SCORED)
        result.band = band
        amount = band.amount
        if amount.constant is not None and node.is_plain:
            result.score = result.raw = amount.constant
            return result
        return _with_amount(result, amount, outcome)
    if waiting and not holding:
        return unknown(node, waiting, outcome)
    named = [node.bands[index].id for index in holding]
    code = "K316" if named else "K317"
    shown = numbers.text(Fraction(value)) if type(value) in (int, Fraction) else value
    values = {"name": node.path, "value": shown, "bands": named}
    outcome.problems.append(Diagnostic(code, (node.path,), values))
    return NodeOutcome(node, INVALID)


def unknown(node: PlannedNode, rules: Sequence[Rule], outcome: Outcome) -> NodeOutcome:
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
        reference = outcome.plan.references.get(name)
        if reference is not None:
            # What a node lacks is asked for by that node.
            wanted.update(dict.fromkeys(_lacked(outcome.plan.nodes[reference[0]], outcome)))
            continue
        operands = outcome.plan.facts[name].operands.values()
        lacking = [o for o in operands if outcome.values.get(o, MISSING) is MISSING]
        begun = len(lacking) < len(operands)
        wanted.update(dict.fromkeys(lacking if begun else (name,)))
    return tuple(wanted)


def _lacked(node: PlannedNode, outcome: Outcome) -> Iterator[str]:
    """What a node waits for, itself or in one of its children."""
    result = outcome.nodes.get(node.path)
    if result is not None and result.status != EXCLUDED:
        yield from result.needs
        for child in node.children if isinstance(node, PlannedGroup) else ():
            yield from _lacked(child, outcome)


def because(results: Iterable[NodeOutcome]) -> str:
    """Why there is no score, where answers among these have none on purpose."""
    return "; ".join(dict.fromkeys(r.reason for r in results if r.status == UNSCORED and r.reason))


def _stated(node: PlannedIndicator, entry: Entry, outcome: Outcome) -> NodeOutcome:
    """A score that the sheet states without its measure: it must be one that can occur."""
    score = _read_score(node, entry, outcome)
    if score is None:
        return NodeOutcome(node, INVALID)
    result = NodeOutcome(node, SCORED)
    result.score = result.raw = score
    result.stated = True
    return result


def _read_score(node: PlannedIndicator, entry: Entry, outcome: Outcome) -> Fraction | None:
    try:
        raw = entry.score
        score = numbers.parse(raw) if type(raw) is Written else numbers.exact(raw)
    except Fault as fault:
        outcome.problems.append(Diagnostic(fault.code, (node.path,), {"name": node.path, **fault.values}))
        return None
    if node.scores is not None and score not in node.scores:
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
        derived = numbers.text(result.score) if result.score is not None else "none"
        values = {"name": result.plan.path, "stated": numbers.text(stated), "derived": derived}
        outcome.problems.append(Diagnostic("K312", (result.plan.path,), values))


def finish(result: NodeOutcome, outcome: Outcome) -> None:
    """Scale, then cap, then round: after this the score is the score."""
    plan, score = result.plan, result.score
    assert score is not None
    scaling, cap = plan.scaling, plan.cap
    if scaling is not None:
        if _outside(score, plan):
            ends = {"low": numbers.text(scaling.low), "high": numbers.text(scaling.high)}
            values = {"name": plan.path, "score": numbers.text(score), **ends}
            outcome.problems.append(Diagnostic("K320", (plan.path,), values))
            result.status, result.score = INVALID, None
            return
        score = scaling.apply(score)
    if cap is not None:
        score = capped(score, cap)
    if plan.model.round is not None:
        score = plan.model.round.apply(score)
        result.inexact = False
    result.score = score


def _outside(score: Fraction, plan: PlannedNode) -> bool:
    """Whether a score lies beyond an end of its scale that no cap holds it to."""
    scaling, cap = plan.scaling, plan.cap
    assert scaling is not None
    low, high = cap if cap is not None else (None, None)
    if scaling.slope < 0:
        low, high = high, low
    return (score < scaling.low and low is None) or (score > scaling.high and high is None)
