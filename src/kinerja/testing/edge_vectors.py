"""Edges: for every bound of a rubric sheets on it and next to it, with what has to come of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice, product
from typing import Any

from attrs import evolve

from kinerja.checks.cells import allowed
from kinerja.checks.coverage import Coverage, Target, met
from kinerja.checks.dead import dead, failing
from kinerja.checks.occurring import first_in
from kinerja.checks.placed import asked
from kinerja.checks.spans import Numbers
from kinerja.checks.totals import Configuration, Reachable, parts, reached_by
from kinerja.engine.outcome import NOT_APPLYING, Outcome
from kinerja.evaluation import Evaluator
from kinerja.intervals import Interval, IntervalSet
from kinerja.lattices import Lattice
from kinerja.model import Levels, Rubric
from kinerja.plan import Plan, PlannedFact, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule, Test
from kinerja.testing.answers import around, inside, is_legal, pool, sets, side, unit
from kinerja.testing.vectors import KINDS, Vector, cited, expected
from kinerja.testing.whole import Facts, Whole
from kinerja.writing import text

__all__ = ["edges"]

#: How many corners of one condition on several facts are tried at most.
CORNERS = 64

#: What a condition belongs to, by the key under which it stands.
_KINDS = {"grades": "grade", "requires": "gate", "weight": "weight", "bands": "band"}


def edges(rubric: Rubric) -> tuple[Vector, ...]:
    """
    Vectors for every bound of every node: the value itself, its neighbours, and what has to come of each.

    Each is a complete sheet, but for those just outside a domain; every band, level, step, grade and outcome of a gate
    that complete sheets are known to reach is reached by some vector.  They stand in the order of the file.
    Raises `RubricError` for a rubric that cannot be resolved.

    >>> import kinerja
    >>> near = [
    ...     each for each in edges(kinerja.load("pk-bkm")) if each.of == "perempuan" and each.bound == "40"
    ... ]
    >>> for each in near:
    ...     print(each.id, each.side, each.expect.of_score, each.source[0].at)
    perempuan[39] below 1 formulir PK-BKM, baris 2
    perempuan[40] at 1 formulir PK-BKM, baris 2
    perempuan[41] above 2 formulir PK-BKM, baris 2
    """
    return tuple(_Edges(Evaluator(rubric).plan).vectors())


class _Edges:
    """The vectors of one rubric, as they are found."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.whole = Whole(plan)
        self.coverage = Coverage(plan)
        self.found: list[Vector] = []
        self.seen: set[tuple[str, str, str]] = set()
        self.names: dict[str, int] = {}
        self.reach: dict[tuple[str, bool], Reachable] = {}

    def vectors(self) -> list[Vector]:
        """All of them, those of a node by what the bounds belong to."""
        for fact in self.plan.facts.values():
            self.domain(fact)
        for node in self.plan.nodes.values():
            self.node(node)
        self.rest()
        order = {path: at for at, path in enumerate(self.plan.nodes)}
        return sorted(self.found, key=lambda each: (order[each.of], KINDS.index(each.kind)))

    def add(
        self, node: PlannedNode, kind: str, bound: str, where: str, label: str, facts: Mapping[str, Any]
    ) -> None:
        """Keep a sheet, unless the bound has it already."""
        facts = self.plain(node, facts)
        key = node.path, bound, str(facts)
        if key in self.seen:
            return
        self.seen.add(key)
        outcome = self.whole.evaluate(facts)
        self.coverage.add(outcome)
        expect = expected(outcome, node.path)
        name = f"{node.path}[{label}]"
        self.names[name] = self.names.get(name, 0) + 1
        again = f"#{self.names[name]}" if self.names[name] > 1 else ""
        self.found.append(
            Vector(
                id=f"{name}{again}",
                of=node.path,
                kind=kind,
                bound=bound,
                side=where,
                facts=facts,
                expect=expect,
                source=cited(self.plan, node, expect.of_band, expect.of_grade),
            )
        )

    def plain(self, node: PlannedNode, facts: Mapping[str, Any]) -> Facts:
        """The same facts in the order of the file, without those of nodes that do not apply, and of one type each."""
        outcome = self.whole.evaluate(facts)
        idle = {path for path, result in outcome.nodes.items() if result.status == NOT_APPLYING}
        kept = {name: answer for name, answer in facts.items() if self.plan.facts[name].owner not in idle}
        if expected(self.whole.evaluate(kept), node.path) != expected(outcome, node.path):
            kept = dict(facts)
        return {name: _typed(fact, kept[name]) for name, fact in self.plan.facts.items() if name in kept}

    # --- domains

    def domain(self, fact: PlannedFact) -> None:
        """The ends of what a number may be, and what is refused beyond them."""
        if fact.domain is None:
            return
        node = self.reader(fact)
        base = self.whole.base(node)
        for bound in fact.domain.cuts() if base is not None else ():
            for near in around(fact, bound, stated=True):
                self.answer(node, "domain", base, fact, near.value, bound)

    def reader(self, fact: PlannedFact) -> PlannedNode:
        """The node that a fact is answered for: its own, or the first that reads it."""
        if fact.owner in self.plan.nodes:
            return self.plan.nodes[fact.owner]
        for node in self.plan.nodes.values():
            names = {
                *node.reads,
                *(name for rule in node.around for name in rule.names),
            } & self.plan.facts.keys()
            if fact.name in names.union(*(parts(self.plan, name) for name in names)):
                return node
        return self.plan.root

    def answer(
        self,
        node: PlannedNode,
        kind: str,
        base: Mapping[str, Any] | None,
        fact: PlannedFact,
        value: Any,
        bound: Any,
    ) -> None:
        """The sheet with one answer at an edge, where there is one."""
        facts = None if base is None else self.whole.with_answer(base, fact.name, value)
        if facts is None:
            return
        said = _said(fact, value)
        where = side(value, bound) if isinstance(bound, Fraction) else ""
        label = said if fact.name == node.path else f"{fact.name}={said}"
        self.add(node, kind, text(bound) if isinstance(bound, Fraction) else said, where, label, facts)

    # --- nodes

    def node(self, node: PlannedNode) -> None:
        """Everything that has an edge in a node, in one in which it applies."""
        base = self.whole.base(node)
        if base is None:
            return
        if node.applies is not None:
            self.rule(node, "applies", node.applies, (), base)
        for each in asked(node):
            kind = _KINDS[each.inside[0]] if len(each.inside) == 3 and each.inside[0] in _KINDS else "case"
            self.rule(node, kind, each.rule, each.context, base)
        if isinstance(node, PlannedIndicator) and node.measure is not None:
            self.lines(node, node.measure, base)
        if node.scaling is not None:
            for end in (node.scaling.low, node.scaling.high):
                self.scores(node, "scale", node, end, raw=True)
        for held in node.cap or ():
            if held is not None and (node.scaling is None or node.scaling.slope):
                # What is held to an end is looked for before it is.
                before = held if node.scaling is None else (held - node.scaling.offset) / node.scaling.slope
                self.scores(node, "cap", node, before, raw=True)

    def lines(self, node: PlannedIndicator, measure: PlannedFact, base: Facts) -> None:
        """The options of a level, and the steps of a ladder with each that may be missing."""
        kind = "level" if isinstance(node.model, Levels) else "step"
        answers = list(sets(self.plan, measure)) if node.ladder else []
        answers += pool(self.plan, measure) if kind == "level" else []
        for answer in answers:
            self.answer(node, kind, base, measure, answer, None)

    def rule(self, node: PlannedNode, kind: str, rule: Rule, context: tuple[Rule, ...], base: Facts) -> None:
        """Each test of a condition, where the others hold; and the corners of what they allow together."""
        for way in rule.ways:
            for test in way:
                if test.name in self.plan.references:
                    self.asked_of_node(node, kind, test)
                    continue
                # Of a condition on one fact alone the plain sheet will do.
                others = tuple(each for each in way if each is not test and each.name in self.plan.facts)
                beside = self.beside(node, (*context, Rule((others,)))) if others or context else base
                fact = self.plan.facts[test.name]
                if fact.kind != "number":
                    for answer in pool(self.plan, fact):
                        self.answer(node, kind, beside, fact, answer, None)
                    continue
                for bound in test.allowed.cuts():
                    for near in around(fact, bound):
                        self.answer(node, kind, beside, fact, near.value, bound)
            self.corners(node, kind, way, base)

    def beside(self, node: PlannedNode, rules: tuple[Rule, ...]) -> Facts | None:
        """A sheet in which a node is scored and conditions hold; None where there is none."""
        for facts in self.whole.meeting([*node.around, *rules]):
            return self.whole.mended(facts)
        return None

    def corners(self, node: PlannedNode, kind: str, way: tuple[Test, ...], base: Facts) -> None:
        """The corners of a condition on several facts: their outermost answers in every combination."""
        tests = [test for test in way if test.name in self.plan.facts]
        if len(tests) < 2:
            return
        names = [test.name for test in tests]
        for answers in islice(product(*(inside(self.plan, test) for test in tests)), CORNERS):
            facts: Facts | None = base
            for name, answer in zip(names, answers, strict=True):
                facts = None if facts is None else self.whole.with_answer(facts, name, answer)
            if facts is not None:
                said = [f"{n}={_said(self.plan.facts[n], a)}" for n, a in zip(names, answers, strict=True)]
                self.add(node, kind, " ".join(said), "", ",".join(said), facts)

    # --- scores

    def asked_of_node(self, node: PlannedNode, kind: str, test: Test) -> None:
        """The bounds that a condition sets to what a node came to."""
        path, what = self.plan.references[test.name]
        if what == "score" and isinstance(test.allowed, IntervalSet):
            for bound in test.allowed.cuts():
                self.scores(node, kind, self.plan.nodes[path], bound)

    def scores(
        self, node: PlannedNode, kind: str, of: PlannedNode, bound: Fraction, *, raw: bool = False
    ) -> None:
        """Sheets for the scores that can occur next to a bound."""
        own = "raw" if raw else "score"
        for value, facts in sorted(self.near(of, bound, raw=raw).items()):
            label = f"{own}={text(value)}" if of is node else f"{of.path}.{own}={text(value)}"
            self.add(node, kind, text(bound), side(value, bound), label, facts)

    def near(self, of: PlannedNode, bound: Fraction, *, raw: bool) -> dict[Fraction, Facts]:
        """The nearest scores to either side of a bound, and on it, each with a sheet."""
        best: dict[str, tuple[Fraction, Configuration]] = {}
        for each in self.reachable(of, raw=raw).configurations:
            for value in _nearest(each.totals, bound) if each.totals is not None else ():
                where = side(value, bound)
                if where not in best or abs(value - bound) < abs(best[where][0] - bound):
                    best[where] = value, each
        found = {}
        for value, each in best.values():
            facts = each.sheet(value)
            sheet = self.whole.mended(facts) if facts is not None else None
            if sheet is not None and _score(self.whole.evaluate(sheet), of, raw=raw) == value:
                found[value] = sheet
        return found or self.solved(of, bound, raw=raw) or self.surveyed(of, bound, raw=raw)

    def reachable(self, of: PlannedNode, *, raw: bool) -> Reachable:
        """What a node can come to, before its scale, cap and rounding or after them."""
        if (of.path, raw) not in self.reach:
            bare = evolve(of.model, scale=None, cap=None, round=None)
            asked_for = evolve(of, model=bare, scaling=None, cap=None, gates=(), is_plain=True) if raw else of
            self.reach[of.path, raw] = reached_by(self.plan, asked_for)
        return self.reach[of.path, raw]

    def solved(self, of: PlannedNode, bound: Fraction, *, raw: bool) -> dict[Fraction, Facts]:
        """A score at a bound and one unit to either side, by one answer that the score is linear in."""
        base = self.whole.base(of) or {}
        small = unit(bound)
        found: dict[Fraction, Facts] = {}
        for fact in (self.plan.facts[name] for name in base if self.plan.facts[name].kind == "number"):
            low, high = (self.came(of, base, fact, Fraction(at), raw=raw) for at in (1, 2))
            if low is None or high is None or low == high:
                continue
            for value in (bound - small, bound, bound + small):
                answer = 1 + (value - low) / (high - low)
                if is_legal(fact, answer) and self.came(of, base, fact, answer, raw=raw) == value:
                    found.setdefault(value, {**base, fact.name: answer})
        return found

    def came(
        self, of: PlannedNode, base: Facts, fact: PlannedFact, at: Fraction, *, raw: bool
    ) -> Fraction | None:
        """What a node comes to with one answer changed."""
        return _score(self.whole.evaluate({**base, fact.name: at}), of, raw=raw)

    def surveyed(self, of: PlannedNode, bound: Fraction, *, raw: bool) -> dict[Fraction, Facts]:
        """The nearest scores among many sheets, where it cannot be said which can occur."""
        best: dict[str, tuple[Fraction, Facts]] = {}
        for facts, outcome in self.whole.survey:
            value = _score(outcome, of, raw=raw)
            if value is not None:
                where = side(value, bound)
                if where not in best or abs(value - bound) < abs(best[where][0] - bound):
                    best[where] = value, facts
        return dict(best.values())

    # --- what is left

    def rest(self) -> None:
        """A sheet for everything that can be reached and that no edge has reached by the way."""
        for target in self.coverage.left:
            if target.kind != "reading" and target in self.coverage.left:
                for facts in self.reaching(target):
                    if target in met(self.whole.evaluate(facts)):
                        self.keep(target, facts)
                        break
        left = self.open()
        for facts, outcome in self.whole.survey if left else ():
            for target in [each for each in met(outcome) if each in left]:
                self.keep(target, facts)
                left.discard(target)

    def open(self) -> set[Target]:
        """What was not reached, and is not known to be out of reach."""
        never = (
            {(each.values["name"], each.values["part"]) for each in dead(self.plan)}
            if self.coverage.left
            else set()
        )
        places = {
            "band": "bands",
            "level": "levels",
            "step": "ladder",
            "grade": "grades",
            "gate-failed": "requires",
            "gate-passed": "",
        }
        return {
            each
            for each in self.coverage.left
            if each.kind != "reading"
            and self.whole.base(self.plan.nodes[each.node]) is not None
            and (each.node, f"{places[each.kind]}.{each.id}") not in never
        }

    def keep(self, target: Target, facts: Mapping[str, Any]) -> None:
        kind = target.kind.partition("-")[0]
        self.add(self.plan.nodes[target.node], kind, target.id, "", target.id, facts)

    def reaching(self, target: Target) -> Iterator[Facts]:
        """Sheets that may reach something."""
        node = self.plan.nodes[target.node]
        for rule in self.wanted(node, target):
            for facts in self.whole.meeting([*node.around, rule]):
                yield self.whole.mended(facts)
            own = f"{node.path}.score"
            if own in rule.names:
                yield from self.scoring(node, rule, own)

    def wanted(self, node: PlannedNode, target: Target) -> Iterator[Rule]:
        """The conditions one of which has to hold for something to be reached."""
        if isinstance(node, PlannedIndicator):
            is_line = target.kind in ("band", "level")
            yield from (band.rule for band in node.bands if is_line and band.id == target.id)
        for gate in node.gates:
            if target.kind == "gate-passed" and gate.id == target.id:
                yield gate.rule
            elif (target.kind, target.id) in (("gate-failed", gate.id), ("grade", gate.grade)):
                yield from failing(self.plan, gate.rule)
        yield from (grade.rule for grade in node.grades if ("grade", grade.id) == (target.kind, target.id))

    def scoring(self, node: PlannedNode, rule: Rule, own: str) -> Iterator[Facts]:
        """Sheets by which a node comes to a score that a condition allows."""
        for each in self.reachable(node, raw=False).configurations:
            if each.totals is None or not {*rule.names} - {own} <= each.facts.keys():
                continue
            score = first_in(each.totals, allowed(rule, own, each.facts))
            facts = each.sheet(score) if score is not None else None
            if facts is not None:
                yield self.whole.mended(facts)


def _score(outcome: Outcome, node: PlannedNode, *, raw: bool) -> Fraction | None:
    """What a node came to; or what it would have come to without its scale, cap and rounding."""
    result = outcome.nodes.get(node.path)
    return None if result is None else result.raw if raw else result.score


def _nearest(numbers: Numbers, bound: Fraction) -> list[Fraction]:
    """The members next to a bound, below and above it, and the bound itself if it is one."""
    if isinstance(numbers, Lattice):
        above = IntervalSet.of(Interval(bound, None, low_closed=False))
        under = IntervalSet.of(Interval(-bound, None, low_closed=False))
        below = first_in(numbers.linear(Fraction(-1)), under)
        found = [
            None if below is None else -below,
            bound if bound in numbers else None,
            first_in(numbers, above),
        ]
        return [each for each in found if each is not None]
    small = unit(bound)
    return [each for each in (bound - small, bound, bound + small) if each in numbers]


def _typed(fact: PlannedFact, answer: Any) -> Any:
    """An answer as a vector has it: numbers exact, sets in the order of their options."""
    if fact.kind == "set":
        return tuple(option for option in fact.options if option in answer)
    return Fraction(answer) if fact.kind == "number" else answer


def _said(fact: PlannedFact, answer: Any) -> str:
    typed = _typed(fact, answer)
    if isinstance(typed, Fraction):
        return text(typed)
    if isinstance(typed, tuple):
        return ",".join(typed) or "-"
    return str(typed).lower() if isinstance(typed, bool) else str(typed)
