"""From what a sheet says to values that conditions can be asked of: typed, in their domains, or a stated problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from kinerja import numbers
from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, Fault, closest, excerpt, written
from kinerja.feel import MISSING, NOT_APPLICABLE, Inexact, Operand
from kinerja.plan import Plan, PlannedFact, PlannedIndicator
from kinerja.plan.rules import BAD
from kinerja.sheets import RECORD_KEYS, Entry, Written, as_text

__all__ = ["READERS", "is_reason", "take_in"]

#: What is no reason: nothing, a number, or a yes or no as a person or a spreadsheet writes it.
_NO_REASON = re.compile(
    r"|[+-]?[0-9][0-9.,]*|true|false|yes|no|ya|tidak|benar|salah|nan|none|null", re.IGNORECASE | re.ASCII
)


def take_in(stated: Iterable[tuple[str, Any]], outcome: Outcome) -> None:
    """
    Read every stated fact into the outcome.

    What is wrong with one is a problem of the outcome; nothing is dropped, coerced or guessed.
    """
    plan, values, given = outcome.plan, outcome.values, outcome.given
    known = plan.facts
    for name, said in stated if not plan.wordy else _named(stated, plan):
        raw = said
        if name in given:
            _problem(outcome, name, "K302", name=name)
            continue
        given[name] = said
        fact = known.get(name)
        if type(said) is Entry:
            outcome.entries[name] = said
            raw = _record(plan, name, said, outcome)
        if fact is None:
            if name not in plan.nodes:
                _problem(outcome, name, "K301", name=name)
            elif (said.value if type(said) is Entry else said) is not None:
                _problem(outcome, name, "K321", name=name, facts=_below(name, plan))
        elif raw is MISSING or raw is NOT_APPLICABLE or raw is BAD or raw is None:
            values[name] = MISSING if raw is None else raw
        else:
            try:
                values[name] = READERS[fact.kind](fact, raw)
            except Fault as fault:
                _problem(outcome, name, fault.code, **{"name": name, **fault.values})
                values[name] = BAD
            except Exception as error:  # noqa: BLE001 - whatever a stranger's object raises when it is compared
                found = {"type": type(raw).__name__, "problem": type(error).__name__}
                _problem(outcome, name, "K328", name=name, **found)
                values[name] = BAD
    assumed: set[str] = set()
    for fact in plan.derived:
        _derive(fact, outcome, assumed)
    for fact in plan.defaults:
        if values.get(fact.name, MISSING) is MISSING:
            values[fact.name] = fact.missing
            outcome.assumed.add(fact.name)


def _named(stated: Iterable[tuple[str, Any]], plan: Plan) -> Iterator[tuple[str, Any]]:
    """The same, where a word of a record is also the name of a fact: under a name that is none, the word is a name."""
    for name, said in stated:
        if type(said) is not Entry or name in plan.facts:
            yield name, said
            continue
        words = {f"{name}.{word}": getattr(said, field) for word, field in RECORD_KEYS.items()}
        meant = {key: word for key, word in words.items() if key in plan.wordy and word not in ("", None)}
        rest = {RECORD_KEYS[key.rpartition(".")[2]]: "" for key in meant}
        yield from meant.items()
        if not meant or evolve(said, **rest) != Entry():
            yield name, evolve(said, **rest)


def _below(name: str, plan: Plan) -> list[str]:
    """The facts that a node without an answer of its own is answered by."""
    node = plan.nodes[name]
    if isinstance(node, PlannedIndicator):
        return list(dict.fromkeys(name for name in node.answers if name in plan.facts))
    return [fact for fact in plan.facts if name == "total" or fact.startswith(f"{name}.")]


def _problem(outcome: Outcome, path: str, code: str, /, **values: Any) -> None:
    outcome.problems.append(Diagnostic(code, (path,), values))


def _record(plan: Plan, name: str, entry: Entry, outcome: Outcome) -> Any:
    """The value of a record, after its unit and its other words are looked at."""
    fact = plan.facts.get(name)
    unit = as_text(entry.unit)
    if unit and fact is not None and unit != fact.unit:
        _problem(outcome, name, "K308", name=name, unit=excerpt(unit), expected=fact.unit)
        return BAD
    if entry.not_applicable is not None:
        if entry.value is not None or entry.score is not None:
            _problem(outcome, name, "K326", name=name)
            return BAD
        node = plan.nodes.get(name)
        if node is None or not node.model.may_not_apply:
            _problem(outcome, name, "K313", name=name)
            return BAD
        if not is_reason(entry.not_applicable):
            _problem(outcome, name, "K314", name=name)
            return BAD
        return NOT_APPLICABLE
    if (
        entry.score is not None
        and name in plan.named
        and not isinstance(plan.nodes.get(name), PlannedIndicator)
    ):
        _problem(outcome, name, "K311", name=name)
        return BAD
    return MISSING if entry.value is None else entry.value


def is_reason(said: object) -> bool:
    """Whether somebody wrote why a node does not apply: words, not a truth value or a number."""
    return isinstance(said, str) and _NO_REASON.fullmatch(written(said).strip()) is None


def _number(fact: PlannedFact, raw: Any) -> int | Fraction:
    """A number inside its domain, on its step, rounded as the rubric says."""
    value: int | Fraction
    if type(raw) is int and -(10**30) < raw < 10**30:
        value = raw
    elif type(raw) is Written:
        value = numbers.parse(raw)
        if value.denominator == 1 and numbers.looks_grouped(raw):
            # Nobody writes one as 1.000; a thousand is written so by whoever separates thousands with points.
            raise Fault("K327", text=raw, value=numbers.text(value))
    else:
        value = numbers.exact(raw)
    if fact.inside is not None and not fact.inside.find(value):
        raise Fault("K303", value=numbers.text(Fraction(value)), unit=fact.unit, domain=str(fact.domain))
    step = fact.step
    if step is not None and (value.numerator * step.denominator) % (value.denominator * step.numerator):
        raise Fault("K304", value=numbers.text(Fraction(value)), step=numbers.text(step))
    if fact.rounding is not None:
        value = fact.rounding.apply(Fraction(value))
    return value


def _choice(fact: PlannedFact, raw: Any) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        text: str | None = excerpt(int(raw))
    else:
        text = written(raw) if isinstance(raw, str) else None
    if text is None:
        raise Fault("K305", value=excerpt(raw), known=fact.options)
    if text not in fact.options:
        raise Fault("K305", value=text, known=fact.options, suggestion=closest(text, fact.options))
    return text


def _yes_no(_: PlannedFact, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    if type(raw) is Written and raw in ("true", "false"):
        return raw == "true"
    raise Fault("K306", value=excerpt(raw))


def _set(fact: PlannedFact, raw: Any) -> frozenset[str]:
    if isinstance(raw, numbers.Unread):
        raise raw.fault
    if not isinstance(raw, list | tuple | set | frozenset):
        raise Fault("K307", value=excerpt(raw), known=fact.options)
    return frozenset(_choice(fact, item) for item in raw)


#: How a value is read for a fact of each kind; a `Fault` says what is wrong with one.
READERS: Mapping[str, Callable[[PlannedFact, Any], Any]] = {
    "number": _number,
    "choice": _choice,
    "yes-no": _yes_no,
    "set": _set,
}


def _derive(fact: PlannedFact, outcome: Outcome, assumed: set[str]) -> None:
    """
    A derived fact from its operands, unless the sheet states it itself.

    Where a sheet states both, they must agree: a clerk who wrote down two figures has to say which one is meant.
    What an absent operand counts as is nobody's statement: it fills in and contradicts nothing.
    `assumed` gathers the derived facts that such an operand went into.
    """
    values, known = outcome.values, outcome.plan.facts
    stated = values.get(fact.name, MISSING)
    operands = {}
    for spelt, name in fact.operands.items():
        value = values.get(name, MISSING)
        if stated is MISSING and (value is MISSING or name in assumed):
            assumed.add(fact.name)
            value = known[name].missing if value is MISSING else value
        operands[spelt] = MISSING if stated is not MISSING and name in assumed else value
    if stated is BAD or stated is NOT_APPLICABLE or all(v is MISSING for v in operands.values()):
        return
    if any(value is BAD for value in operands.values()):
        values[fact.name] = BAD
        return
    assert fact.formula is not None
    try:
        computed = fact.formula.evaluate(lambda name: _operand(operands[name]))
        if computed is MISSING or computed is NOT_APPLICABLE:
            if stated is MISSING:
                values[fact.name] = computed
            return
        if isinstance(computed, Inexact):
            if fact.rounding is None:
                raise Fault("K319", name=fact.name)
            computed = computed.number
        assert isinstance(computed, Fraction)
        value = _number(fact, computed)
        if value != computed:
            outcome.before[fact.name] = computed
    except Fault as fault:
        _problem(outcome, fact.name, fault.code, **{"name": fact.name, **fault.values})
        values[fact.name] = BAD
        return
    if stated is not MISSING and stated != value:
        both = {"stated": numbers.text(Fraction(stated)), "computed": numbers.text(Fraction(value))}
        _problem(outcome, fact.name, "K309", name=fact.name, **both)
        value = BAD
    values[fact.name] = value


def _operand(value: Any) -> Operand:
    return value if value is MISSING or value is NOT_APPLICABLE else Fraction(value)
