"""What every name of a rubric means: its facts, and the conditions that ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, closest
from kinerja.feel import Condition, Formula, condition
from kinerja.mappings import FrozenMap
from kinerja.model import (
    Answer,
    Bands,
    Choice,
    Citation,
    Direct,
    Fact,
    Group,
    Ladder,
    Levels,
    Lookup,
    Node,
    Number,
    Option,
    Rubric,
    Set,
    YesNo,
)
from kinerja.plan.order import ordered
from kinerja.plan.parts import Amount, Location, Plan, PlannedCase, PlannedFact, PlannedNode
from kinerja.plan.regions import Regions
from kinerja.plan.rules import NO_SCORE, Rule, Test
from kinerja.plan.supported import unsupported
from kinerja.shapes import Case, Where

__all__ = ["Resolver", "is_numberless", "joined", "scopes"]


class Resolver:
    """The facts of one rubric by their full names, and what names and conditions mean at each place in it."""

    def __init__(self, rubric: Rubric, like: Plan | None) -> None:
        self.rubric = rubric
        self.like = like
        self.faults: list[Diagnostic] = []
        self.facts: dict[str, PlannedFact] = {}
        self.nodes: dict[str, PlannedNode] = {}
        #: Every node of the rubric by its path, planned or not yet.
        self.models: dict[str, Node] = {}
        #: The conditions around each group that was begun.
        self.around: dict[str, tuple[Rule, ...]] = {}
        self.references: dict[str, tuple[str, str]] = {}

    def fault(self, code: str, location: Location, **values: Any) -> None:
        """Something wrong at a place; everything found is told together."""
        self.faults.append(Diagnostic(code, location, values))

    # --- facts

    def collect(self, node: Node, path: str, location: Location) -> None:
        """Every fact under a node, by its full dotted name."""
        self.faults += unsupported(node, location)
        self.models[path or "total"] = node
        for name, fact in node.facts.items():
            self.add_fact(joined(path, name), fact, (*location, "facts", name), path)
        measure = self.measure(node, path)
        if measure is not None:
            self.add_fact(path, measure, (*location, "measure"), path)
        if isinstance(node, Group):
            for key, children in (("indicators", node.indicators), ("aside", node.aside)):
                for name, child in children.items():
                    if name in node.facts or (key == "aside" and name in node.indicators):
                        self.fault("K188", (*location, key, name), name=name)
                    self.collect(child, joined(path, name), (*location, key, name))

    def measure(self, node: Node, path: str) -> Fact | None:
        """The fact that an indicator scores; a level's options are its answers."""
        if isinstance(node, Levels | Ladder):
            before = self.like.nodes.get(path) if self.like is not None else None
            if self.like is not None and before is not None and before.model is node:
                return self.like.facts[path].model
            return _answer_to(node)
        if isinstance(node, Direct):
            return node.direct
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
        """What every name in a derived fact's formula means: facts only, so that nothing is computed from itself."""
        for fact in self.facts.values():
            if fact.formula is None:
                continue
            operands = {}
            at = (*fact.location, "from")
            for name, span in fact.formula.spans.items():
                found = self.name(name, fact.owner, at, span=span)
                if isinstance(found, PlannedFact):
                    operands[name] = found.name
                    if found.kind != "number":
                        self.fault("K189", at, name=name, kind=found.kind, span=span)
                elif found is not None:
                    self.fault("K184", at, name=name, span=span)
            fact.operands = operands

    def derived(self) -> tuple[PlannedFact, ...]:
        """The derived facts in an order in which each comes after its operands."""
        operands = {
            name: [each for each in fact.operands.values() if self.facts[each].formula is not None]
            for name, fact in self.facts.items()
            if fact.formula is not None
        }
        order, circles = ordered(operands)
        for chain in circles:
            self.fault("K181", (*self.facts[chain[0]].location, "from"), cycle=" → ".join(chain))
        return tuple(self.facts[name] for name in order)

    def citations(self, cited: tuple[Citation, ...], location: Location) -> None:
        """Every citation must name a source that the rubric declares."""
        known = list(self.rubric.sources)
        for index, document in enumerate(citation.document for citation in cited):
            if document not in known:
                values = {"id": document, "known": known, "suggestion": closest(document, known)}
                self.fault("K187", (*location, "source", str(index), "in"), **values)

    # --- names and rules

    def name(self, name: str, path: str, location: Location, **where: Any) -> PlannedFact | str | None:
        """What a name means at a node: the nearest scope outward in which the whole name resolves; a fact, or a key."""
        if name == "value":
            self.fault("K184", location, name=name, **where)
            return None
        stem, _, what = name.rpartition(".") if name != "total" else ("total", ".", "score")
        asks_node = what in ("score", "grade") and bool(stem)
        for scope in scopes(path):
            if asks_node and joined(scope, stem) in self.models:
                return self.reference(joined(scope, stem), what, location, name, **where)
            found = self.facts.get(joined(scope, name))
            if found is not None:
                return found
        nodes = [f"{each}.{what}" for each in self.models] if asks_node else []
        self.fault("K180", location, name=name, suggestion=closest(name, [*self.facts, *nodes]), **where)
        return None

    def reference(self, path: str, what: str, location: Location, name: str, **where: Any) -> str | None:
        """The key of what a node came to."""
        if what == "grade" and not self.models[path].grades:
            self.fault("K184", location, name=name, **where)
            return None
        key = f"{path}.{what}"
        self.references[key] = (path, what)
        return key

    def rule(self, where: Where, path: str, location: Location, own: PlannedFact | str | None = None) -> Rule:
        """A condition with every name resolved and every test fitted to what it asks; `own` is what `value` means."""
        ways = []
        for index, way in enumerate(where):
            base = location if len(where) == 1 else (*location, str(index))
            tests = []
            for name, asked in way.items():
                # A bare test and a mapping with `value` are one thing; only the mapping has a key to point at.
                at = base if tuple(way) == ("value",) else (*base, name)
                found = own if name == "value" else self.name(name, path, at)
                if name == "value" and own is None:
                    self.fault("K184", at, name=name)
                if found is not None:
                    test = self.test(found, asked, at)
                    tests += [test] if test is not None else []
            ways.append(tuple(tests))
        return Rule(tuple(ways))

    def test(self, found: PlannedFact | str, asked: Condition, location: Location) -> Test | None:
        """One condition fitted to the kind of what it asks for."""
        name = found if isinstance(found, str) else found.name
        kind = _kind_of(found, self.references)
        try:
            if kind == "score" and asked.mentions == ("none",):
                without = not asked.negated
                return Test(name, str(asked), frozenset({NO_SCORE}), lambda v: (v is NO_SCORE) is without)
            if kind == "score" and self.has_no_score(name):
                self.fault("K127", location, name=self.references[name][0])
                return None
            if kind in ("number", "score"):
                allowed: Any = asked.numbers()
                regions = Regions([allowed])
                return Test(name, str(asked), allowed, lambda v: v is not NO_SCORE and bool(regions.find(v)))
            if kind == "yes-no":
                truths = asked.truths()
                return Test(name, str(asked), truths, truths.__contains__)
            if kind != "set":
                options = asked.options(self.options(found))
                return Test(name, str(asked), options, options.__contains__)
        except Fault as fault:
            self.faults.append(fault.at(location))
            return None
        self.fault("K185", location, name=name)
        return None

    def has_no_score(self, key: str) -> bool:
        """Whether a name asks for the score of a node that never has one."""
        path, what = self.references[key]
        return what == "score" and is_numberless(self.models[path])

    def options(self, found: PlannedFact | str) -> tuple[str, ...]:
        """The answers that a choice, or the grade of a node, can be."""
        if isinstance(found, PlannedFact):
            return found.options
        return tuple(self.models[self.references[found][0]].grades)

    def amount(
        self,
        given: tuple[Case, ...],
        path: str,
        location: Location,
        *,
        own: PlannedFact | None = None,
        children: tuple[str, ...] = (),
    ) -> Amount:
        """A number, a formula or cases, with every name resolved."""
        cases = []
        for index, case in enumerate(given):
            at = (*location, str(index)) if case.when else location
            rule = self.rule(case.when, path, (*at, "when"), own) if case.when else None
            if len(given) > 1 and rule is None:
                self.fault("K102", at, key="when")
            place = (*at, "is") if case.when else at
            cases.append(PlannedCase(rule, case.value, self.operands(case.value, path, place, own, children)))
        alone = given[0].value if len(given) == 1 and not given[0].when else None
        text = " | ".join("none" if case.value is None else str(case.value) for case in given)
        return Amount(tuple(cases), alone.constant if alone is not None else None, text)

    def operands(
        self,
        formula: Formula | None,
        path: str,
        location: Location,
        own: PlannedFact | None,
        children: tuple[str, ...],
    ) -> dict[str, str | tuple[str, ...]]:
        """What the names of a formula mean: numbers, scores, and `children.score` for all of a group's."""
        found: dict[str, str | tuple[str, ...]] = {}
        for name, span in formula.spans.items() if formula is not None else ():
            if name == "children.score":
                keys = [self.reference(each, "score", location, name, span=span) for each in children]
                found[name] = tuple(key for key in keys if key is not None)
                for key in found[name]:
                    self.numbered(key, location, span)
                continue
            meant = own if name == "value" and own is not None else self.name(name, path, location, span=span)
            if meant is None:
                continue
            if _kind_of(meant, self.references) not in ("number", "score"):
                self.fault("K189", location, name=name, kind=_kind_of(meant, self.references), span=span)
            if isinstance(meant, str):
                self.numbered(meant, location, span)
            found[name] = meant if isinstance(meant, str) else meant.name
        return found

    def numbered(self, key: str, location: Location, span: Any) -> None:
        """Only what has a score can be calculated with."""
        if self.has_no_score(key):
            self.fault("K127", location, name=self.references[key][0], span=span)


def scopes(path: str) -> Iterator[str]:
    """The scopes around a node, the nearest first; the outermost is without a name."""
    while path and path != "total":
        yield path
        path = path.rpartition(".")[0]
    yield ""


def _kind_of(found: PlannedFact | str, references: Mapping[str, tuple[str, str]]) -> str:
    return found.kind if isinstance(found, PlannedFact) else references[found][1]


def _answer_to(node: Levels | Ladder) -> Fact | None:
    """What an indicator with listed answers asks: one level, or the set of steps that are fulfilled."""
    asked = node.measure or Answer()
    about: Any = {"title": asked.title, "text": asked.text, "missing": asked.missing, "source": asked.source}
    if isinstance(node, Ladder):
        options = {}
        for name, step in node.ladder.items():
            options.update(
                {each: Option(text=text) for each, text in (step.all or {name: step.text}).items()}
            )
        return Set(options=FrozenMap(options), **about) if options else None
    if not node.levels:
        return None
    if set(node.levels) == {"true", "false"}:
        return YesNo(**about)
    return Choice(options=FrozenMap(dict.fromkeys(node.levels, Option())), **about)


_KINDS: Mapping[type[Fact], str] = {Number: "number", Choice: "choice", Set: "set", YesNo: "yes-no"}


def is_numberless(node: Node) -> bool:
    """Whether a node has a grade and never a score: a lookup, or a group that combines nothing."""
    return isinstance(node, Lookup) or (isinstance(node, Group) and not node.combine)


def joined(path: str, name: str) -> str:
    """A name under a path."""
    return f"{path}.{name}" if path else name
