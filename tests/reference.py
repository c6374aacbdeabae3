"""
What the design says evaluation means, as plainly as it can be said: the oracle of the interpreter.

It walks the rubric itself with fractions and loops, one name at a time, and knows nothing of plans and engines.
Only reading is shared: numbers, conditions and formulas mean here what `kinerja.feel` says that they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from kinerja.errors import Fault
from kinerja.feel import MISSING, NOT_APPLICABLE, Inexact
from kinerja.model import Bands, Choice, Group, Levels, Node, Number, Rubric, YesNo
from kinerja.numbers import exact
from kinerja.shapes import Case, Where
from tests.strategies.sheets import facts_of, nodes_of

BAD = "invalid"
#: A node's status, score and band.
State: TypeAlias = tuple[str, Fraction | None, str | None]


class Reference:
    """One flat sheet on one rubric: `status`, `total`, and the status, score and band of each node in `states`."""

    def __init__(self, rubric: Rubric, sheet: Mapping[str, Any]) -> None:
        self.sheet = {n: s if isinstance(s, Mapping) else {"value": s} for n, s in sheet.items()}
        self.facts, self.nodes = facts_of(rubric), nodes_of(rubric)
        self.states: dict[str, tuple[str, Fraction | None, str | None]] = {}
        self.wrong = any(
            n not in self.facts
            and (
                n not in self.nodes
                or s.get("value") is not None
                or ("score" in s and isinstance(self.nodes[n], Group))
            )
            for n, s in self.sheet.items()
        )
        status, self.total, _ = self.node(rubric, "total")
        self.status = (
            "invalid" if self.wrong or status == BAD else "complete" if status == "scored" else "incomplete"
        )

    # --- facts

    def value(self, name: str, *, default: bool = True) -> Any:
        """The value of a fact: stated, computed, or what its absence means; MISSING, NOT_APPLICABLE or BAD."""
        fact, value = self.facts[name], self.stated(name)
        if isinstance(fact, Number) and fact.formula is not None and value not in (BAD, NOT_APPLICABLE):
            parts = {
                p: self.value(self.found(p, name), default=default and value is MISSING)
                for p in fact.formula.names
            }
            value = self.computed(fact, parts, value)
        self.wrong = self.wrong or value is BAD
        if value is not MISSING or not default or fact.missing is None:
            return value
        if isinstance(fact, Number):
            return fact.round.apply(Fraction(fact.missing)) if fact.round else Fraction(fact.missing)
        return fact.missing == "true" if isinstance(fact, YesNo) else fact.missing

    def stated(self, name: str) -> Any:
        said, fact = self.sheet.get(name, {}), self.facts[name]
        if "not-applicable" in said:
            return NOT_APPLICABLE if name in self.nodes and self.nodes[name].may_not_apply else BAD
        raw = said.get("value")
        if "score" in said and name not in self.nodes:
            return BAD
        if raw is None:
            return MISSING
        if isinstance(fact, Number):
            return self.read(fact, raw)
        known = (
            (isinstance(raw, bool),)
            if isinstance(fact, YesNo)
            else (isinstance(raw, str) and raw in fact.options,)
        )
        return raw if all(known) else BAD

    def read(self, fact: Number, raw: Any) -> Any:
        try:
            number = exact(raw)
        except Fault:
            return BAD
        if (fact.within and number not in fact.within.numbers()) or (fact.step and number % fact.step):
            return BAD
        return fact.round.apply(number) if fact.round else number

    def computed(self, fact: Number, parts: dict[str, Any], stated: Any) -> Any:
        if BAD in parts.values() or all(part is MISSING for part in parts.values()):
            return BAD if BAD in parts.values() else stated
        try:
            result = fact.formula.evaluate(lambda name: parts[name])
        except Fault:
            return BAD
        if result in (MISSING, NOT_APPLICABLE):
            return result if stated is MISSING else stated
        value = self.read(fact, result.number if isinstance(result, Inexact) else result)
        return value if stated in (MISSING, value) else BAD

    def found(self, name: str, path: str) -> str:
        """The nearest scope outward in which a name is a fact."""
        while f"{path}.{name}" not in self.facts and path:
            path = path.rpartition(".")[0]
        return f"{path}.{name}" if path else name

    # --- conditions

    def holds(self, where: Where, path: str) -> bool | set[Any]:
        """Whether a condition holds, or why nobody knows."""
        ways = [
            [
                self.answer(self.found(name, path) if name != "value" else path, test)
                for name, test in way.items()
            ]
            for way in where
        ]
        if any(all(answer is True for answer in way) for way in ways):
            return True
        return {answer for way in ways if False not in way for answer in way} - {True} or False

    def answer(self, name: str, test: Any) -> Any:
        value, fact = self.value(name), self.facts[name]
        if value in (MISSING, BAD):
            return value
        if value is NOT_APPLICABLE:
            return False
        kind = "numbers" if isinstance(fact, Number) else "truths" if isinstance(fact, YesNo) else "options"
        return value in (
            test.options(tuple(fact.options)) if isinstance(fact, Choice) else getattr(test, kind)()
        )

    # --- nodes

    def node(self, node: Node, path: str) -> State:
        """The state of a node, in the order that the language fixes."""
        self.states[path] = state = self.state(node, path, self.sheet.get(path, {}))
        return state

    def state(self, node: Node, path: str, said: Mapping[str, Any]) -> State:
        applies = self.holds(node.applies, path) if node.applies else True
        if isinstance(applies, set):
            self.touch(node, path)
        if applies is not True:
            return (unknown(applies) if applies else "not-applicable"), None, None
        if "not-applicable" in said:
            self.wrong = self.wrong or not node.may_not_apply
            return ("excluded" if node.may_not_apply else BAD), None, None
        state = self.group(node, path) if isinstance(node, Group) else self.indicator(node, path, said)
        return ("excluded", None, None) if state[0] == "missing" and node.missing == "exclude" else state

    def indicator(self, node: Any, path: str, said: Mapping[str, Any]) -> State:
        lines = node.levels if isinstance(node, Levels) else node.bands
        answers = {name: self.line(node, path, name) for name in lines}
        held = [name for name, answer in answers.items() if answer is True]
        open_ = {why for answer in answers.values() if isinstance(answer, set) for why in answer}
        state: State = (unknown(open_) if open_ and not held else BAD), None, None
        if len(held) == 1:
            state = "scored", finished(node, score_of(lines[held[0]], held[0])), held[0]
        if said.get("score") is not None:
            return self.with_score(node, path, said["score"], state)
        self.wrong = self.wrong or (state[0] == BAD and BAD not in open_)
        return state

    def line(self, node: Any, path: str, name: str) -> Any:
        if isinstance(node, Bands):
            return self.holds(node.bands[name].when, path)
        value = self.value(path)
        option: Any = name == "true" if isinstance(self.facts[path], YesNo) else name
        return {value} if value in (MISSING, BAD) else value == option

    def with_score(self, node: Any, path: str, raw: Any, state: State) -> State:
        """A score that the sheet states: legal, and the same as what its answers give where it gives them."""
        lines = node.levels if isinstance(node, Levels) else node.bands
        possible = [finished(node, score_of(line, name)) for name, line in lines.items()]
        try:
            score = exact(raw)
        except Fault:
            score = None
        asked = (
            [path]
            if path in self.facts
            else [self.found(name, path) for name in names_of(band.when for band in node.bands.values())]
        )
        answered = all(self.given(name) for name in asked)
        self.wrong = (
            self.wrong or score not in possible or (answered and state[0] == "scored" and score != state[1])
        )
        if answered:
            return state
        return ("scored", score, None) if score in possible else (BAD, None, None)

    def given(self, name: str) -> bool:
        """Whether the sheet itself answers a fact, or all parts that it is computed from."""
        fact = self.facts[name]
        parts = fact.formula.names if isinstance(fact, Number) and fact.formula else ()
        stated = self.sheet.get(name, {}).get("value") is not None
        return stated or (bool(parts) and all(self.given(self.found(part, name)) for part in parts))

    def touch(self, node: Node, path: str) -> None:
        """Look at every fact that a node would read if it applied: one that cannot be used has to be settled."""
        conditions = [node.applies, *(case.when for case in node.weight)]
        conditions += [band.when for band in node.bands.values()] if isinstance(node, Bands) else []
        for name in [path] * (path in self.facts) + [self.found(n, path) for n in names_of(conditions)]:
            self.value(name)
        for name, child in node.indicators.items() if isinstance(node, Group) else ():
            self.touch(child, f"{path}.{name}")

    # --- groups

    def group(self, node: Group, path: str) -> State:
        inside = "" if path == "total" else f"{path}."
        scored: list[tuple[Fraction, Fraction]] = []
        worst = "scored"
        for name, child in node.indicators.items():
            status, score, _ = self.node(child, f"{inside}{name}")
            weight = self.weight(child.weight, f"{inside}{name}") if status == "scored" else None
            if status == "scored" and not isinstance(weight, Fraction):
                # The child has its score; what it counts for is what nobody knows.
                status = unknown(weight) if weight else BAD
            if status == "scored":
                scored.append((weight, score))
            elif status in (BAD, "missing"):
                worst = BAD if BAD in (status, worst) else "missing"
        base = sum(weight for weight, _ in scored)
        if worst != "scored" or not base:
            return (worst if worst != "scored" else "not-applicable"), None, None
        scores = [score for _, score in scored]
        result = {
            "sum": sum(scores),
            "mean": sum(scores) / len(scores),
            "min": min(scores),
            "max": max(scores),
        }.get(node.combine, sum(weight * score for weight, score in scored) / base)
        return "scored", finished(node, Fraction(result)), None

    def weight(self, cases: tuple[Case, ...], path: str) -> Any:
        """The one weight that holds, or why nobody knows."""
        answers = [
            (self.holds(case.when, path) if case.when else True, case.value.constant) for case in cases
        ]
        if not answers:
            return Fraction(1)
        held = [share for answer, share in answers if answer is True]
        if len(held) == 1:
            return held[0]
        return {why for answer, _ in answers if isinstance(answer, set) for why in answer}


def unknown(why: set[Any]) -> str:
    """The status of what nobody knows."""
    return BAD if BAD in why else "missing"


def score_of(line: Any, name: str) -> Fraction:
    """The score of a band or level: its own, or the number that it is named by."""
    return line.score[0].value.constant if line.score else Fraction(name)


def finished(node: Node, score: Fraction) -> Fraction:
    """Scale, then round."""
    if node.scale is not None:
        (low, high), (bottom, top) = node.scale.low, node.scale.to
        score = bottom + (score - low) / (high - low) * (top - bottom)
    return node.round.apply(score) if node.round is not None else score


def names_of(conditions: Iterable[Where]) -> set[str]:
    """The names that conditions ask, but for the measure itself."""
    return {name for where in conditions for way in where for name in way if name != "value"}
