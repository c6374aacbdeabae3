"""From a rubric to its plan; everything that cannot be resolved is a diagnostic at its path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

import attrs

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, RubricError, closest
from kinerja.feel import MISSING, Condition, condition
from kinerja.language.documents import Document
from kinerja.mappings import FrozenMap
from kinerja.model import (
    Answer,
    Band,
    Bands,
    Choice,
    Citation,
    Fact,
    Group,
    Level,
    Levels,
    Node,
    Number,
    Option,
    Rubric,
    Set,
    YesNo,
)
from kinerja.plan.parts import (
    Location,
    Plan,
    PlannedBand,
    PlannedFact,
    PlannedGroup,
    PlannedIndicator,
    PlannedNode,
    Scaling,
    Weight,
)
from kinerja.plan.regions import Regions
from kinerja.plan.rules import Rule, Test
from kinerja.plan.supported import COMBINES, WEIGHTED, unsupported
from kinerja.shapes import Case, Where

__all__ = ["plan"]


def plan(rubric: Rubric, *, like: Plan | None = None) -> Plan:
    """
    Resolve every name of a rubric and fix the order of its evaluation.

    `like` is the plan of a rubric that this one was patched from: what the patch left alone is taken over.
    Raises `RubricError` with everything that cannot be resolved, each at its path.
    """
    document = rubric.origin if isinstance(rubric.origin, Document) else None
    if document is not None and document.plan is not None and document.plan.rubric is rubric:
        kept: Plan = document.plan
        return kept
    builder = _Builder(rubric, like)
    built = builder.build()
    if builder.faults:
        raise RubricError(builder.faults)
    if document is not None:
        document.plan = built
    return built


class _Builder:
    """One rubric on its way to a plan, with the faults found so far."""

    def __init__(self, rubric: Rubric, like: Plan | None) -> None:
        self.rubric = rubric
        self.like = like
        self.faults: list[Diagnostic] = []
        self.facts: dict[str, PlannedFact] = {}
        self.nodes: dict[str, PlannedNode] = {}

    def fault(self, code: str, location: Location, **values: Any) -> None:
        self.faults.append(Diagnostic(code, location, values))

    def build(self) -> Plan:
        if self.rubric.kinerja != 1:
            self.fault("K117", ("kinerja",), version=self.rubric.kinerja)
        self.collect(self.rubric, "", ())
        self.resolve_formulas()
        root = self.group(self.rubric, "total", (), "", "")
        return Plan(
            rubric=self.rubric,
            facts=self.facts,
            nodes=self.nodes,
            root=root,
            derived=self.derived(),
            defaults=tuple(fact for fact in self.facts.values() if fact.missing is not MISSING),
            readings={name: touched(self.rubric, name) for name in self.rubric.readings},
        )

    # --- facts

    def collect(self, node: Node, path: str, location: Location) -> None:
        """Every fact under a node, by its full dotted name."""
        self.faults += unsupported(node, location)
        for name, fact in node.facts.items():
            self.add_fact(_join(path, name), fact, (*location, "facts", name), path)
        measure = self.measure(node, path)
        if measure is not None:
            self.add_fact(path, measure, (*location, "measure"), path)
        if isinstance(node, Group):
            for name, child in node.indicators.items():
                if name in node.facts:
                    self.fault("K188", (*location, "indicators", name), name=name)
                self.collect(child, _join(path, name), (*location, "indicators", name))

    def measure(self, node: Node, path: str) -> Fact | None:
        """The fact that an indicator scores; a level's options are its answers."""
        if isinstance(node, Levels):
            before = self.like.nodes.get(path) if self.like is not None else None
            if self.like is not None and before is not None and before.model is node:
                return self.like.facts[path].model
            if not node.levels:
                return None
            asked = node.measure or Answer()
            about: Any = {
                "title": asked.title,
                "text": asked.text,
                "missing": asked.missing,
                "source": asked.source,
            }
            if set(node.levels) == {"true", "false"}:
                return YesNo(**about)
            return Choice(options=FrozenMap(dict.fromkeys(node.levels, Option())), **about)
        return node.measure if isinstance(node, Bands) else None

    def add_fact(self, name: str, fact: Fact, location: Location, owner: str) -> None:
        before = self.like.facts.get(name) if self.like is not None else None
        if before is not None and before.model is fact:
            self.facts[name] = attrs.evolve(before)
            return
        kind = _KINDS[type(fact)]
        built = PlannedFact(name=name, kind=kind, model=fact, location=location, owner=owner)
        if isinstance(fact, Choice | Set):
            built.options = tuple(fact.options)
            if not built.options:
                self.fault("K190", location)
        if isinstance(fact, Number):
            self.number(built, fact, location)
        self.citations(fact.source, location)
        if fact.missing is not None:
            self.default(built, fact.missing, (*location, "missing"))
        self.facts[name] = built

    def number(self, built: PlannedFact, fact: Number, location: Location) -> None:
        built.unit, built.step, built.rounding, built.formula = fact.unit, fact.step, fact.round, fact.formula
        if fact.step is not None and fact.step <= 0:
            self.fault("K194", (*location, "step"), text=numbers.text(fact.step))
            built.step = None
        if fact.within is not None:
            try:
                built.domain = fact.within.numbers()
            except Fault as fault:
                self.faults.append(fault.at((*location, "in")))
            else:
                built.inside = Regions([built.domain])

    def default(self, built: PlannedFact, text: str, location: Location) -> None:
        """What an absent answer counts as: a value that the fact itself would accept."""
        try:
            if built.kind == "number":
                built.missing = numbers.parse(text)
                if built.inside is not None and not built.inside.find(built.missing):
                    raise Fault("K192", text=text)
            elif built.kind == "yes-no":
                (built.missing,) = condition(text).truths()
            elif built.kind == "choice":
                (built.missing,) = condition(text).options(built.options)
            else:
                raise Fault("K192", text=text)
        except Fault as fault:
            self.faults.append(fault.at(location))
        except ValueError:
            self.fault("K192", location, text=text)

    def resolve_formulas(self) -> None:
        for fact in self.facts.values():
            if fact.formula is None:
                continue
            operands = {}
            at = (*fact.location, "from")
            for name, span in fact.formula.spans.items():
                found = self.name(name, fact.owner, at, span=span)
                if found is not None:
                    operands[name] = found.name
                    if found.kind != "number":
                        self.fault("K189", at, name=name, kind=found.kind, span=span)
            fact.operands = operands

    def derived(self) -> tuple[PlannedFact, ...]:
        """The derived facts in an order in which each comes after its operands."""
        order: dict[str, PlannedFact] = {}
        state: dict[str, int] = {}

        def visit(name: str, chain: tuple[str, ...]) -> None:
            fact = self.facts[name]
            if fact.formula is None or state.get(name) == 2:
                return
            if state.get(name) == 1:
                cycle = [*chain[chain.index(name) :], name]
                self.fault("K181", (*fact.location, "from"), cycle=" → ".join(cycle))
                return
            state[name] = 1
            for operand in fact.operands.values():
                visit(operand, (*chain, name))
            state[name] = 2
            order[name] = fact

        for name in self.facts:
            visit(name, ())
        return tuple(order.values())

    # --- names and rules

    def name(self, name: str, path: str, location: Location, **where: Any) -> PlannedFact | None:
        """The fact that a name means at a node: the nearest scope outward in which the whole name resolves."""
        if name in ("value", "total") or name.endswith((".score", ".grade")):
            self.fault("K184", location, name=name, **where)
            return None
        scope: str | None = path
        while scope is not None:
            found = self.facts.get(_join(scope, name))
            if found is not None:
                return found
            scope = None if not scope else scope.rpartition(".")[0]
        self.fault("K180", location, name=name, suggestion=closest(name, self.facts), **where)
        return None

    def rule(self, where: Where, path: str, location: Location, measure: PlannedFact | None) -> Rule:
        """A condition with every name resolved and every test fitted to the kind of its fact."""
        ways = []
        for index, way in enumerate(where):
            base = location if len(where) == 1 else (*location, str(index))
            tests = []
            for name, asked in way.items():
                # A bare test and a mapping with `value` are one thing; only the mapping has a key to point at.
                at = base if tuple(way) == ("value",) else (*base, name)
                fact = measure if name == "value" and measure is not None else self.name(name, path, at)
                if fact is not None:
                    test = self.test(fact, asked, at)
                    tests += [test] if test is not None else []
            ways.append(tuple(tests))
        return Rule(tuple(ways))

    def test(self, fact: PlannedFact, asked: Condition, location: Location) -> Test | None:
        try:
            if fact.kind == "number":
                allowed: Any = asked.numbers()
                regions = Regions([allowed])
                return Test(fact.name, str(asked), allowed, lambda value: bool(regions.find(value)))
            if fact.kind == "choice":
                options = asked.options(fact.options)
                return Test(fact.name, str(asked), options, options.__contains__)
            if fact.kind == "yes-no":
                truths = asked.truths()
                return Test(fact.name, str(asked), truths, truths.__contains__)
        except Fault as fault:
            self.faults.append(_with_span(fault, location))
            return None
        self.fault("K185", location, name=fact.name)
        return None

    # --- nodes

    def node(
        self, node: Node, path: str, location: Location, scope: str, assessor: str
    ) -> PlannedNode | None:
        if isinstance(node, Group):
            return self.group(node, path, location, scope, assessor)
        if isinstance(node, Bands | Levels):
            return self.unchanged(node, path) or self.indicator(node, path, location, scope, assessor)
        return None

    def unchanged(self, node: Node, path: str) -> PlannedNode | None:
        """The planned indicator of the plan that this one is like, where nothing that it reads has changed."""
        like = self.like
        if (
            like is None
            or like.rubric.sources != self.rubric.sources
            or like.facts.keys() != self.facts.keys()
        ):
            return None
        before = like.nodes.get(path)
        if not isinstance(before, PlannedIndicator) or before.model is not node:
            return None
        rules = [
            before.applies,
            *(band.rule for band in before.bands),
            *(weight.rule for weight in before.weights),
        ]
        names = {name for rule in rules if rule is not None for name in rule.names}
        if any(like.facts[name].model is not self.facts[name].model for name in names):
            return None
        weights = [attrs.evolve(weight) for weight in before.weights]
        after = attrs.evolve(
            before, weights=weights, measure=self.facts.get(path) if before.measure else None
        )
        self.nodes[path] = after
        return after

    def common(self, node: Node, path: str, location: Location, scope: str, assessor: str) -> dict[str, Any]:
        """What every node has resolved: when it applies, its weight, its assessor, its citations."""
        assessor = node.assessor or assessor
        if node.assessor and node.assessor not in self.rubric.assessors:
            known = list(self.rubric.assessors)
            hint = closest(node.assessor, known)
            self.fault("K186", (*location, "assessor"), id=node.assessor, known=known, suggestion=hint)
        if node.missing not in ("", "exclude"):
            self.fault("K191", (*location, "missing"), text=node.missing)
        if node.scale is not None and node.scale.low[0] == node.scale.low[1]:
            self.fault("K195", (*location, "scale", "from"))
        self.citations(node.source, location)
        where = node.applies
        return {
            "path": path,
            "model": node,
            "location": location,
            "applies": self.rule(where, scope, (*location, "applies"), None) if where else None,
            "weights": [self.weight(case, node, path, (*location, "weight")) for case in node.weight],
            "assessor": assessor,
            "scaling": Scaling(node.scale) if node.scale is not None else None,
        }

    def weight(self, case: Case, node: Node, scope: str, location: Location) -> Weight:
        if len(node.weight) > 1 or case.when:
            index = node.weight.index(case)
            rule = self.rule(case.when, scope, (*location, str(index), "when"), None)
        else:
            rule = None
        share = case.value.constant if case.value is not None else None
        if share is None or share < 0:
            self.fault("K193", location)
            share = Fraction(0)
        return Weight(rule, share)

    def citations(self, cited: tuple[Citation, ...], location: Location) -> None:
        known = list(self.rubric.sources)
        for index, document in enumerate(citation.document for citation in cited):
            if document not in known:
                values = {"id": document, "known": known, "suggestion": closest(document, known)}
                self.fault("K187", (*location, "source", str(index), "in"), **values)

    def group(self, node: Group, path: str, location: Location, scope: str, assessor: str) -> PlannedGroup:
        common = self.common(node, path, location, scope, assessor)
        if not node.indicators:
            self.fault("K198", (*location, "indicators"))
        if not node.combine:
            self.fault("K102", location, key="combine")
        elif node.combine not in COMBINES:
            known = sorted(COMBINES)
            hint = closest(node.combine, known)
            self.fault("K196", (*location, "combine"), combine=node.combine, known=known, suggestion=hint)
        children = []
        for name, child in node.indicators.items():
            below = (*location, "indicators", name)
            inner = _join(scope, name)
            built = self.node(child, inner, below, inner, common["assessor"])
            if built is not None:
                children.append(built)
            self.weights_fit(node, child, below)
        _scale_weights(children)
        built_group = PlannedGroup(children=tuple(children), **common)
        self.nodes[path] = built_group
        return built_group

    def weights_fit(self, group: Group, child: Node, location: Location) -> None:
        if group.combine in WEIGHTED and not child.weight:
            self.fault("K199", location, combine=group.combine)
        elif group.combine in COMBINES and group.combine not in WEIGHTED:
            if child.weight:
                self.fault("K183", (*location, "weight"), combine=group.combine)
            if child.missing and group.combine != "mean":
                self.fault("K191", (*location, "missing"), text=child.missing)

    def indicator(
        self, node: Bands | Levels, path: str, location: Location, scope: str, assessor: str
    ) -> PlannedIndicator:
        common = self.common(node, path, location, scope, assessor)
        measure = self.facts.get(path) if self.measure(node, path) is not None else None
        make = self.levels if isinstance(node, Levels) else self.bands
        bands = tuple(make(node, path, location, measure))
        key = "levels" if isinstance(node, Levels) else "bands"
        lines: Mapping[str, Level | Band] = node.levels if isinstance(node, Levels) else node.bands
        for name, line in lines.items():
            self.citations(line.source, (*location, key, name))
        built = PlannedIndicator(measure=measure, bands=bands, **common)
        built.scores = frozenset(_finished(node, band.score) for band in bands)
        _tabulate(built)
        self.nodes[path] = built
        return built

    def levels(self, node: Any, path: str, location: Location, measure: Any) -> Iterator[PlannedBand]:
        if not node.levels:
            self.fault("K198", (*location, "levels"))
        for name, level in node.levels.items():
            at = (*location, "levels", name)
            # The id of a level is an answer as it stands, and never read as a condition.
            answer = {"true": True, "false": False}[name] if measure.kind == "yes-no" else name
            allowed = frozenset({answer})
            rule = Rule(((Test(measure.name, name, allowed, allowed.__contains__),),))
            score = self.score(level.score, (*at, "score"))
            yield PlannedBand(name, rule, score, level.text, level.title, level.source or node.source, "")

    def bands(self, node: Any, path: str, location: Location, measure: Any) -> Iterator[PlannedBand]:
        if not node.bands:
            self.fault("K198", (*location, "bands"))
        if measure is None and any("value" in way for band in node.bands.values() for way in band.when):
            self.fault("K102", location, key="measure")
            return
        for name, band in node.bands.items():
            at = (*location, "bands", name)
            if not band.when:
                self.fault("K102", at, key="when")
                continue
            rule = self.rule(band.when, path, (*at, "when"), measure)
            if band.score:
                score = self.score(band.score, (*at, "score"))
            else:
                score = self.named_score(name, at)
            yield PlannedBand(
                name, rule, score, band.text, band.title, band.source or node.source, _printed(band.when)
            )

    def named_score(self, name: str, location: Location) -> Fraction:
        try:
            return numbers.parse(name)
        except Fault:
            self.fault("K197", location, id=name)
            return Fraction(0)

    def score(self, given: tuple[Case, ...], location: Location) -> Fraction:
        constant = given[0].value.constant if len(given) == 1 and given[0].value is not None else None
        if constant is None:
            self.fault("K182", location, key="score")
            return Fraction(0)
        return constant


_KINDS: Mapping[type[Fact], str] = {Number: "number", Choice: "choice", Set: "set", YesNo: "yes-no"}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _with_span(fault: Fault, location: Location) -> Diagnostic:
    values = dict(fault.values)
    if fault.span is not None:
        values["span"] = fault.span
    return Diagnostic(fault.code, location, values)


def _printed(where: Where) -> str:
    """A condition as one line: the bare test, or the names with theirs."""
    ways = []
    for way in where:
        if tuple(way) == ("value",):
            ways.append(str(way["value"]))
        else:
            ways.append(", ".join(f"{name}: {test}" for name, test in way.items()))
    return " | ".join(ways)


def _finished(node: Node, score: Fraction) -> Fraction:
    """A raw score after the node's own scale and rounding."""
    if node.scale is not None and node.scale.low[0] != node.scale.low[1]:
        score = node.scale.apply(score)
    return node.round.apply(score) if node.round is not None else score


def _scale_weights(children: list[PlannedNode]) -> None:
    """The weights of one group as whole numbers on one denominator."""
    weights = [weight for child in children for weight in child.weights]
    common = lcm(*(weight.share.denominator for weight in weights))
    for weight in weights:
        weight.points = int(weight.share * common)


def _tabulate(node: PlannedIndicator) -> None:
    """Where every band tests the measure alone, the answer can be looked up instead of asked band by band."""
    measure = node.measure
    if measure is None or any(set(band.rule.names) != {measure.name} for band in node.bands):
        return
    if measure.kind == "number":
        node.regions = Regions([band.rule.numbers() for band in node.bands])
    elif measure.kind == "choice":
        node.table = {o: _holding(node.bands, o, measure.name) for o in measure.options}
    elif measure.kind == "yes-no":
        node.table = {truth: _holding(node.bands, truth, measure.name) for truth in (True, False)}


def _holding(bands: tuple[PlannedBand, ...], answer: Any, name: str) -> tuple[int, ...]:
    return tuple(index for index, band in enumerate(bands) if band.rule.holds({name: answer}))


def touched(rubric: Rubric, reading: str) -> tuple[str, ...]:
    """
    The nodes that a reading is found at: those that its alternatives change, or where it says so itself.

    A change to every child of a group is a change of the group.
    """
    said = rubric.readings[reading]
    found: dict[str, None] = {}
    for alternative in said.alternatives.values():
        if isinstance(alternative.change, Mapping):
            for path in _changed(rubric, alternative.change, ""):
                found[path] = None
    return tuple(found) or said.at


def _changed(group: Group, change: Mapping[str, Any], path: str) -> Iterator[str]:
    inside = change.get("indicators")
    inner = inside if isinstance(inside, Mapping) else {}
    if set(change) - {"indicators"} or (set(inner) >= set(group.indicators) and inner):
        yield path or "total"
        return
    for name, part in inner.items():
        child = group.indicators.get(name)
        if isinstance(child, Group) and isinstance(part, Mapping):
            yield from _changed(child, part, _join(path, name))
        else:
            yield _join(path, name)
