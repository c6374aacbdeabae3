"""What every name of a rubric means: its facts, and the conditions that ask for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, closest
from kinerja.feel import Condition, condition
from kinerja.mappings import FrozenMap
from kinerja.model import (
    Answer,
    Bands,
    Choice,
    Citation,
    Fact,
    Group,
    Levels,
    Node,
    Number,
    Option,
    Rubric,
    Set,
    YesNo,
)
from kinerja.plan.parts import Location, Plan, PlannedFact, PlannedNode
from kinerja.plan.regions import Regions
from kinerja.plan.rules import Rule, Test
from kinerja.plan.supported import unsupported
from kinerja.shapes import Where

__all__ = ["Resolver", "joined"]


class Resolver:
    """The facts of one rubric by their full names, and what names and conditions mean at each place in it."""

    def __init__(self, rubric: Rubric, like: Plan | None) -> None:
        self.rubric = rubric
        self.like = like
        self.faults: list[Diagnostic] = []
        self.facts: dict[str, PlannedFact] = {}
        self.nodes: dict[str, PlannedNode] = {}

    def fault(self, code: str, location: Location, **values: Any) -> None:
        """Something wrong at a place; everything found is told together."""
        self.faults.append(Diagnostic(code, location, values))

    # --- facts

    def collect(self, node: Node, path: str, location: Location) -> None:
        """Every fact under a node, by its full dotted name."""
        self.faults += unsupported(node, location)
        for name, fact in node.facts.items():
            self.add_fact(joined(path, name), fact, (*location, "facts", name), path)
        measure = self.measure(node, path)
        if measure is not None:
            self.add_fact(path, measure, (*location, "measure"), path)
        if isinstance(node, Group):
            for name, child in node.indicators.items():
                if name in node.facts:
                    self.fault("K188", (*location, "indicators", name), name=name)
                self.collect(child, joined(path, name), (*location, "indicators", name))

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
        """One fact, its domain and its default as sets and values."""
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
        """What only numbers have: unit, step, rounding, formula and domain."""
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
                off_step = built.step is not None and built.missing % built.step
                if off_step or (built.inside is not None and not built.inside.find(built.missing)):
                    raise Fault("K192", text=text)
                if built.rounding is not None:
                    built.missing = built.rounding.apply(built.missing)
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
        """What every name in a derived fact's formula means."""
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

    def citations(self, cited: tuple[Citation, ...], location: Location) -> None:
        """Every citation must name a source that the rubric declares."""
        known = list(self.rubric.sources)
        for index, document in enumerate(citation.document for citation in cited):
            if document not in known:
                values = {"id": document, "known": known, "suggestion": closest(document, known)}
                self.fault("K187", (*location, "source", str(index), "in"), **values)

    # --- names and rules

    def name(self, name: str, path: str, location: Location, **where: Any) -> PlannedFact | None:
        """The fact that a name means at a node: the nearest scope outward in which the whole name resolves."""
        if name in ("value", "total") or name.endswith((".score", ".grade")):
            self.fault("K184", location, name=name, **where)
            return None
        scope: str | None = path
        while scope is not None:
            found = self.facts.get(joined(scope, name))
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
        """One condition fitted to the kind of the fact that it asks for."""
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
            self.faults.append(fault.at(location))
            return None
        self.fault("K185", location, name=fact.name)
        return None


_KINDS: Mapping[type[Fact], str] = {Number: "number", Choice: "choice", Set: "set", YesNo: "yes-no"}


def joined(path: str, name: str) -> str:
    """A name under a path."""
    return f"{path}.{name}" if path else name
