"""
What the design says evaluation means, as plainly as it can be said: the oracle of the interpreter.

It walks the rubric itself with fractions and loops, one name at a time, and knows nothing of plans and engines.
Only reading is shared: numbers, conditions and formulas mean here what `kinerja.feel` says that they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import prod
from typing import Any, TypeAlias

from kinerja.errors import Fault
from kinerja.feel import MISSING, NOT_APPLICABLE, Inexact, formula
from kinerja.model import (
    Bands,
    Choice,
    Derived,
    Direct,
    Group,
    Ladder,
    Levels,
    Lookup,
    Node,
    Number,
    Rubric,
    Set,
    YesNo,
)
from kinerja.numbers import exact
from kinerja.shapes import Case, Where
from tests.strategies.sheets import facts_of, nodes_of, parents_of

BAD, NONE, INEXACT = "invalid", "none", "inexact"
#: A node's status, score and band.
State: TypeAlias = tuple[str, Fraction | None, str | None]
#: What a name means where the node that it asks for has no score.
VALUES = {
    "missing": MISSING,
    BAD: BAD,
    "not-applicable": NOT_APPLICABLE,
    "excluded": NOT_APPLICABLE,
    "no-score": NONE,
}


class Reference:
    """One flat sheet on one rubric: `status`, `total`, what each node came to in `states`, each grade in `grades`."""

    def __init__(self, rubric: Rubric, sheet: Mapping[str, Any]) -> None:
        self.sheet = {n: s if isinstance(s, Mapping) else {"value": s} for n, s in sheet.items()}
        self.facts, self.nodes, self.parents = facts_of(rubric), nodes_of(rubric), parents_of(rubric)
        self.states: dict[str, State] = {}
        self.grades: dict[str, Any] = {}
        self.inexact: set[str] = set()
        self.wrong = any(
            n not in self.facts
            and (
                n not in self.nodes
                or s.get("value") is not None
                or ("score" in s and isinstance(self.nodes[n], Group | Lookup))
            )
            for n, s in self.sheet.items()
        )
        status, self.total, _ = self.node("total")
        grade = self.grade("total")
        self.wrong = self.wrong or (status == "scored" and "total" in self.inexact)
        self.wrong = self.wrong or any(self.value(name) == BAD for name in self.read())
        self.status = (
            "complete" if status in ("scored", "no-score") and grade is not MISSING else "incomplete"
        )
        self.status = BAD if self.wrong or status == BAD else self.status
        # What nothing asked for decides nothing.
        for path, node in self.nodes.items():
            if node.grades or any(self.is_aside(each) for each in self.above(path)):
                self.node(path)
                self.grade(path)

    # --- facts

    def value(self, name: str, *, default: bool = True) -> Any:
        """The value of a fact: stated, computed, or what its absence means; MISSING, NOT_APPLICABLE or BAD."""
        fact, value = self.facts[name], self.stated(name)
        if isinstance(fact, Number) and fact.formula is not None and value not in (BAD, NOT_APPLICABLE):
            parts = {
                p: self.value(self.found(p, name)[1], default=default and value is MISSING)
                for p in fact.formula.names
            }
            value = self.computed(fact, parts, value)
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
            return self.read_number(fact, raw)
        if isinstance(fact, Set):
            known = isinstance(raw, list | tuple | set | frozenset) and all(
                isinstance(each, str) and each in fact.options for each in raw
            )
            return frozenset(raw) if known else BAD
        if isinstance(fact, YesNo):
            return raw if isinstance(raw, bool) else BAD
        return raw if isinstance(raw, str) and raw in fact.options else BAD

    def read_number(self, fact: Number, raw: Any) -> Any:
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
        value = self.read_number(fact, result.number if isinstance(result, Inexact) else result)
        return value if stated in (MISSING, value) else BAD

    # --- names

    def found(self, name: str, path: str) -> tuple[str, str]:
        """What a name means: the nearest scope outward in which it is the score or grade of a node, or a fact."""
        stem, _, what = name.rpartition(".")
        scope = "" if path == "total" else f"{path}."
        while True:
            if what in ("score", "grade") and f"{scope}{stem}" in self.nodes:
                return what, f"{scope}{stem}"
            if f"{scope}{name}" in self.facts or not scope:
                return "fact", f"{scope}{name}"
            scope = scope[: scope.rstrip(".").rfind(".") + 1]

    def meant(self, what: str, name: str) -> Any:
        """The value of a fact, or what a node came to."""
        if what == "fact":
            return self.value(name)
        if what == "grade":
            return self.grade(name)
        status, score, _ = self.node(name)
        return VALUES.get(status, score if score is not None else NOT_APPLICABLE)

    def siblings(self, path: str) -> list[str]:
        """What `children` means at a node."""
        parent = self.parents[path]
        inside = "" if parent == "total" else f"{parent}."
        return [f"{inside}{name}" for name in self.nodes[parent].indicators]

    def is_aside(self, path: str) -> bool:
        return path != "total" and path.rpartition(".")[2] in self.nodes[self.parents[path]].aside

    def above(self, path: str) -> list[str]:
        """A node and all groups around it, but for the outermost."""
        return [path, *self.above(self.parents[path])] if path != "total" else []

    # --- conditions

    def holds(self, where: Where, path: str, own: tuple[str, str] | None = None) -> bool | set[Any]:
        """Whether a condition holds, or why nobody knows."""
        ways = [
            [
                self.answer(*(self.found(name, path) if name != "value" else own or ("fact", path)), test)
                for name, test in way.items()
            ]
            for way in where
        ]
        if any(all(answer is True for answer in way) for way in ways):
            return True
        open_ = {answer for way in ways if False not in way for answer in way} - {True}
        # A test cannot be asked of what has no exact value.
        self.wrong = self.wrong or INEXACT in open_
        return {BAD if why == INEXACT else why for why in open_} or False

    def answer(self, what: str, name: str, test: Any) -> Any:
        value = self.meant(what, name)
        if value in (MISSING, BAD):
            return value
        if value is NOT_APPLICABLE:
            return False
        if what == "score":
            if name in self.inexact and isinstance(value, Fraction):
                return INEXACT
            if test.mentions == ("none",):
                return (value == NONE) != test.negated
            return value != NONE and value in test.numbers()
        if what == "grade":
            return value in test.options(tuple(self.nodes[name].grades))
        fact = self.facts[name]
        kind = "numbers" if isinstance(fact, Number) else "truths" if isinstance(fact, YesNo) else "options"
        return value in (
            test.options(tuple(fact.options)) if isinstance(fact, Choice) else getattr(test, kind)()
        )

    def one(self, cases: Iterable[tuple[Where, Any]], path: str) -> Any:
        """What stands at the one case that holds, or the status of a node of which nobody knows."""
        answers = [(self.holds(where, path) if where else True, value) for where, value in cases]
        held = [value for answer, value in answers if answer is True]
        if len(held) == 1:
            return held
        why = {reason for answer, _ in answers if isinstance(answer, set) for reason in answer}
        self.wrong = self.wrong or bool(held) or not why
        return BAD if held or not why else unknown(why)

    # --- nodes

    def node(self, path: str) -> State:
        """The state of a node, in the order that the language fixes; once."""
        if path not in self.states:
            self.states[path] = self.state(self.nodes[path], path, self.sheet.get(path, {}))
        return self.states[path]

    def state(self, node: Node, path: str, said: Mapping[str, Any]) -> State:
        around = [
            self.holds(self.nodes[p].applies, p) for p in self.above(path)[::-1] if self.nodes[p].applies
        ]
        if False in around:
            return "not-applicable", None, None
        why = {reason for answer in around if isinstance(answer, set) for reason in answer}
        if why:
            return unknown(why), None, None
        if "not-applicable" in said:
            self.wrong = self.wrong or not node.may_not_apply
            return ("excluded" if node.may_not_apply else BAD), None, None
        refused = self.gated(node, path, on_facts=True)
        if refused:
            return refused, None, None
        state: State = ("scored", None, None)
        if isinstance(node, Group):
            state = self.group(node, path)
        elif not isinstance(node, Lookup):
            state = self.indicator(node, path, said)
        if state[0] == "missing" and node.missing == "exclude":
            return "excluded", None, None
        self.states[path] = state
        refused = self.gated(node, path, on_facts=False) if state[0] in ("scored", "no-score") else ""
        return (refused, None, state[2]) if refused else state

    def gated(self, node: Node, path: str, *, on_facts: bool) -> str:
        """The status that refusing gates give a node; nothing where all of them hold."""
        answers = []
        for gate in node.requires.values():
            names = {name for way in gate.when for name in way}
            asks = "value" in names or any(self.found(name, path)[0] != "fact" for name in names)
            if not gate.grade and asks != on_facts:
                answers.append(self.holds(gate.when, path, ("score", path)))
        self.wrong = self.wrong or False in answers
        why = {reason for answer in answers if isinstance(answer, set) for reason in answer}
        return BAD if False in answers else unknown(why) if why else ""

    # --- indicators

    def indicator(self, node: Any, path: str, said: Mapping[str, Any]) -> State:
        if said.get("score") is not None:
            return self.with_score(node, path, said["score"])
        return self.follows(node, path)

    def follows(self, node: Any, path: str) -> State:
        """What follows from the answers of a sheet."""
        measure = self.value(path) if path in self.facts else None
        if measure in (BAD, NOT_APPLICABLE):
            return (BAD if measure == BAD else "not-applicable"), None, None
        if isinstance(node, Derived):
            return self.scored(node, path, node.formula, None)
        if isinstance(node, Direct | Ladder) and measure is MISSING:
            return "missing", None, None
        if isinstance(node, Direct):
            return self.scored(node, path, measure, None)
        if isinstance(node, Ladder):
            run = list(node.ladder)
            missing = next(
                (name for name in run if not set(node.ladder[name].all or [name]) <= measure), None
            )
            run = run[: run.index(missing)] if missing else run
            if not run and not node.otherwise:
                self.wrong = True
                return BAD, None, None
            return self.scored(
                node, path, node.ladder[run[-1]].score if run else node.otherwise, run[-1] if run else None
            )
        lines = node.levels if isinstance(node, Levels) else node.bands
        answers = {name: self.line(node, path, name) for name in lines}
        held = [name for name, answer in answers.items() if answer is True]
        if len(held) == 1:
            return self.scored(node, path, lines[held[0]].score or Fraction(held[0]), held[0])
        why = {reason for answer in answers.values() if isinstance(answer, set) for reason in answer}
        self.wrong = self.wrong or bool(held) or not why
        return (BAD if held or not why else unknown(why)), None, None

    def line(self, node: Any, path: str, name: str) -> Any:
        if isinstance(node, Bands):
            return self.holds(node.bands[name].when, path)
        value = self.value(path)
        option: Any = name == "true" if isinstance(self.facts[path], YesNo) else name
        return {value} if value is MISSING else value == option

    def scored(self, node: Any, path: str, amount: Any, band: str | None) -> State:
        """The state of a node whose score is a number, a formula or cases."""
        if not isinstance(amount, tuple):
            return self.finished(node, path, Fraction(amount), band)
        held = self.one([(case.when, case.value) for case in amount], path)
        if isinstance(held, str):
            return held, None, None
        (written,) = held
        if written is None:
            return "no-score", None, band
        values = {}
        for name in written.names:
            if name == "children.score":
                meant = [("score", each) for each in self.siblings(path)]
            else:
                meant = [("fact", path) if name == "value" else self.found(name, path)]
            values[name] = [self.meant(*each) for each in meant]
            if any(what == "score" and each in self.inexact for what, each in meant):
                self.inexact.add(path)
        flat = [each for several in values.values() for each in several]
        if BAD in flat or NONE in flat:
            return (BAD if BAD in flat else "no-score"), None, (None if BAD in flat else band)
        try:
            result = written.evaluate(
                lambda name: tuple(values[name]) if name == "children.score" else values[name][0]
            )
        except Fault:
            self.wrong = True
            return BAD, None, None
        if result in (MISSING, NOT_APPLICABLE):
            return ("missing" if result is MISSING else "not-applicable"), None, None
        if isinstance(result, Inexact):
            self.inexact.add(path)
        return self.finished(node, path, result.number if isinstance(result, Inexact) else result, band)

    def finished(self, node: Node, path: str, score: Fraction, band: str | None) -> State:
        """Scale, then cap, then round."""
        cap = next(iter(node.cap.within.numbers())) if node.cap is not None else None
        low, high = (cap.low, cap.high) if cap is not None else (None, None)
        if node.scale is not None:
            (start, end), (bottom, top) = node.scale.low, node.scale.to
            share = (score - start) / (end - start)
            score = bottom + share * (top - bottom)
            # Beyond an end of the scale there has to be a limit on the side to which the score then goes.
            beyond = (share < 0 or share > 1) and ((low if (share < 0) == (bottom <= top) else high) is None)
            if beyond:
                self.wrong = True
                return BAD, None, band
        score = (
            low if low is not None and score < low else high if high is not None and score > high else score
        )
        if node.round is not None:
            self.inexact.discard(path)
            score = node.round.apply(score)
        return "scored", score, band

    def with_score(self, node: Any, path: str, raw: Any) -> State:
        """A score that the sheet states: legal, and the same as what its answers give where it gives them."""
        try:
            score = exact(raw)
        except Fault:
            score = None
        possible = self.possible(node, path)
        legal = score is not None and (possible is None or score in possible)
        names = [path] if path in self.facts else self.names(node, path, "answers")
        if not all(self.given(name) for name in names):
            self.wrong = self.wrong or not legal
            return ("scored", score, None) if legal else (BAD, None, None)
        state = self.follows(node, path)
        if state[0] in ("scored", "no-score"):
            self.wrong = self.wrong or not legal or score != state[1]
        return state

    def possible(self, node: Any, path: str) -> set[Fraction] | None:
        """The scores that a sheet may state; None where they cannot be listed."""
        if isinstance(node, Direct | Derived):
            return None
        kind = "levels" if isinstance(node, Levels) else "bands" if isinstance(node, Bands) else "ladder"
        amounts = [line.score or Fraction(name) for name, line in getattr(node, kind).items()]
        amounts += [node.otherwise] if isinstance(node, Ladder) and node.otherwise else []
        found = set()
        for amount in amounts:
            if isinstance(amount, Fraction):
                found.add(amount)
            elif (
                len(amount) == 1
                and not amount[0].when
                and amount[0].value
                and amount[0].value.constant is not None
            ):
                found.add(amount[0].value.constant)
            elif any(case.value is not None for case in amount):
                return None
        wrong, self.wrong = self.wrong, False
        scores = {self.finished_anyway(node, path, score) for score in found}
        self.wrong = wrong
        return scores

    def finished_anyway(self, node: Node, path: str, score: Fraction) -> Fraction:
        if node.scale is not None:
            (start, end), (bottom, top) = node.scale.low, node.scale.to
            score = bottom + (score - start) / (end - start) * (top - bottom)
        if node.cap is not None:
            piece = next(iter(node.cap.within.numbers()))
            score = max(score, piece.low) if piece.low is not None else score
            score = min(score, piece.high) if piece.high is not None else score
        return node.round.apply(score) if node.round is not None else score

    def given(self, name: str) -> bool:
        """Whether the sheet itself answers a fact, or all parts that it is computed from."""
        fact = self.facts[name]
        parts = fact.formula.names if isinstance(fact, Number) and fact.formula else ()
        stated = self.sheet.get(name, {}).get("value") is not None
        return stated or (bool(parts) and all(self.given(self.found(part, name)[1]) for part in parts))

    # --- groups

    def group(self, node: Group, path: str) -> State:
        inside = "" if path == "total" else f"{path}."
        counted: list[tuple[Fraction, Fraction]] = []
        statuses = []
        for name, child in node.indicators.items():
            status, score, _ = self.node(f"{inside}{name}")
            if status == "scored" and child.weight:
                held = self.one(
                    [(case.when, case.value.constant) for case in child.weight], f"{inside}{name}"
                )
                # The child has its score; what it counts for is what nobody knows.
                status, weight = (held, 0) if isinstance(held, str) else (status, held[0])
            else:
                weight = Fraction(1)
            statuses.append(status)
            if status == "scored":
                counted.append((weight, score))
                if f"{inside}{name}" in self.inexact:
                    self.inexact.add(path)
        worst = next((status for status in (BAD, "missing", "no-score") if status in statuses), "")
        base = sum(weight for weight, _ in counted)
        if worst or not base:
            return worst or "not-applicable", None, None
        if not node.combine:
            return "scored", None, None
        try:
            result = self.combined(node.combine, counted, base)
        except Fault:
            self.wrong = True
            return BAD, None, None
        if isinstance(result, Inexact):
            self.inexact.add(path)
        return self.finished(
            node, path, result.number if isinstance(result, Inexact) else Fraction(result), None
        )

    def combined(self, combine: str, counted: list[tuple[Fraction, Fraction]], base: Fraction) -> Any:
        scores = [score for _, score in counted]
        if combine == "geometric-mean":
            return formula(f"p ** (1 / {len(scores)})").evaluate(lambda _: prod(scores, start=Fraction(1)))
        return {
            "sum": sum(scores),
            "mean": sum(scores) / len(scores),
            "min": min(scores),
            "max": max(scores),
            "product": prod(scores),
        }.get(combine, sum(weight * score for weight, score in counted) / base)

    # --- grades

    def grade(self, path: str) -> Any:
        """The grade of a node, once: by its score, then by its gates; None for an answer without a score."""
        node = self.nodes[path]
        if path not in self.grades and node.grades:
            self.grades[path] = grade = self.graded(node, path)
            if isinstance(node, Lookup) and grade in (MISSING, BAD, NOT_APPLICABLE):
                names = {MISSING: "missing", BAD: BAD, NOT_APPLICABLE: "not-applicable"}
                self.states[path] = (names[grade], None, None)
        return self.grades.get(path)

    def graded(self, node: Node, path: str) -> Any:
        found = self.by_value(node, path)
        status = self.states[path][0]
        order = list(node.grades) if node.better != "lower" else list(node.grades)[::-1]
        answers = []
        if status not in ("not-applicable", "excluded"):
            answers = [
                (gate.grade, self.holds(gate.when, path, ("score", path)))
                for gate in node.requires.values()
                if gate.grade
            ]
        if found in (MISSING, BAD, NOT_APPLICABLE):
            return found
        ranks = [
            order.index(each) for each in (found, *(g for g, answer in answers if answer is False)) if each
        ]
        worst = min(ranks, default=len(order))
        why = {
            reason
            for each, answer in answers
            if isinstance(answer, set) and order.index(each) < worst
            for reason in answer
        }
        if why:
            return BAD if BAD in why else MISSING
        return order[worst] if ranks else None

    def by_value(self, node: Node, path: str) -> Any:
        status, _, _ = self.node(path)
        if status not in ("scored", "no-score"):
            return VALUES[status]
        answers = {name: self.holds(each.when, path, ("score", path)) for name, each in node.grades.items()}
        held = [name for name, answer in answers.items() if answer is True]
        if len(held) == 1:
            return held[0]
        why = {reason for answer in answers.values() if isinstance(answer, set) for reason in answer}
        if not held and why:
            return BAD if BAD in why else MISSING
        if not held and status == "no-score":
            return None
        self.wrong = True
        return BAD

    # --- what the total may hang on

    def names(self, node: Any, path: str, stage: str) -> list[Any]:
        """The facts, or with the nodes that are asked as well, what one stage of a node reads."""
        conditions: list[Where] = []
        amounts: list[tuple[Case, ...]] = []
        if stage == "grade":
            conditions += [each.when for each in node.grades.values()]
            conditions += [gate.when for gate in node.requires.values() if gate.grade]
        if stage == "score":
            conditions += [case.when for case in node.weight]
            conditions += [gate.when for gate in node.requires.values() if not gate.grade]
        if stage in ("score", "answers") and not isinstance(node, Group | Lookup):
            lines = [*getattr(node, "bands", {}).values(), *getattr(node, "levels", {}).values()]
            lines += getattr(node, "ladder", {}).values()
            conditions += [line.when for line in lines if hasattr(line, "when")]
            amounts += [line.score for line in lines]
            amounts += [getattr(node, "otherwise", ()), getattr(node, "formula", ())]
        conditions += [case.when for amount in amounts for case in amount]
        found = [name for where in conditions for way in where for name in way]
        found += [name for amount in amounts for case in amount if case.value for name in case.value.names]
        meant: list[tuple[str, str]] = []
        for name in dict.fromkeys(found):
            if name == "children.score":
                meant += [("score", each) for each in self.siblings(path)]
            elif name != "value":
                meant.append(self.found(name, path))
        if stage == "answers":
            return [name for what, name in meant if what == "fact"]
        return meant

    def read(self) -> Iterator[str]:
        """Every fact that the total and its grade may hang on: one that cannot be used has to be settled."""
        stages, seen = [("score", "total"), ("grade", "total")], set()
        while stages:
            what, path = stages.pop()
            if (what, path) in seen:
                continue
            seen.add((what, path))
            if what == "fact":
                yield path
                fact = self.facts[path]
                parts = fact.formula.names if isinstance(fact, Number) and fact.formula else ()
                stages += [self.found(part, path) for part in parts]
                continue
            node = self.nodes[path]
            stages += [
                self.found(name, each)
                for each in self.above(path)
                for way in self.nodes[each].applies
                for name in way
            ]
            status = self.states[path][0] if path in self.states else ""
            if status == "not-applicable" and not isinstance(node, Lookup):
                continue
            if "not-applicable" in self.sheet.get(path, {}) and status == "excluded":
                continue
            stages += self.names(node, path, what)
            stages += [("score", path)] if what == "grade" else []
            stages += [("fact", path)] if path in self.facts else []
            if what == "score" and isinstance(node, Group):
                inside = "" if path == "total" else f"{path}."
                stages += [("score", f"{inside}{name}") for name in node.indicators]


def unknown(why: set[Any]) -> str:
    """The status of what nobody knows."""
    return BAD if BAD in why else "missing"
