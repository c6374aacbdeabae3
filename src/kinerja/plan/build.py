"""From a rubric to its plan; everything that cannot be resolved is a diagnostic at its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

import attrs

from kinerja import numbers
from kinerja.errors import Fault, RubricError, closest
from kinerja.feel import MISSING
from kinerja.language.documents import Document
from kinerja.messages import LANGUAGES
from kinerja.model import (
    Band,
    Bands,
    Group,
    Level,
    Levels,
    Node,
    Rubric,
)
from kinerja.plan.parts import (
    Location,
    Plan,
    PlannedBand,
    PlannedGroup,
    PlannedIndicator,
    PlannedNode,
    Scaling,
    Weight,
)
from kinerja.plan.regions import Regions
from kinerja.plan.resolve import Resolver, joined
from kinerja.plan.rules import Rule, Test
from kinerja.plan.supported import COMBINES, WEIGHTED
from kinerja.plan.touched import touched
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


#: What a reading can settle.
SETTLES = ("gap", "overlap", "text", "words", "numbering", "silence")


class _Builder(Resolver):
    """One rubric on its way to a plan: its nodes, on top of what its names mean."""

    def build(self) -> Plan:
        if self.rubric.kinerja != 1:
            self.fault("K117", ("kinerja",), version=self.rubric.kinerja)
        self.listed(self.rubric.language, LANGUAGES, ("language",))
        for name, reading in self.rubric.readings.items():
            self.listed(reading.settles, SETTLES, ("readings", name, "settles"))
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

    def listed(self, text: str, known: Iterable[str], location: Location) -> None:
        """A word that must be one of a few."""
        if text not in known:
            values = {
                "key": location[-1],
                "text": text,
                "known": list(known),
                "suggestion": closest(text, known),
            }
            self.fault("K116", location, **values)

    def node(
        self, node: Node, path: str, location: Location, scope: str, assessor: str
    ) -> PlannedNode | None:
        if isinstance(node, Group):
            return self.group(node, path, location, scope, assessor)
        if isinstance(node, Bands | Levels):
            return self.unchanged(node, path, assessor) or self.indicator(
                node, path, location, scope, assessor
            )
        return None

    def unchanged(self, node: Node, path: str, assessor: str) -> PlannedNode | None:
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
        measure = self.facts.get(path) if before.measure else None
        after = attrs.evolve(before, weights=weights, measure=measure, assessor=node.assessor or assessor)
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
            inner = joined(scope, name)
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

    def levels(self, node: Any, _: str, location: Location, measure: Any) -> Iterator[PlannedBand]:
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
    else:
        # A yes-no: the conditions on a set of options are refused before.
        node.table = {truth: _holding(node.bands, truth, measure.name) for truth in (True, False)}


def _holding(bands: tuple[PlannedBand, ...], answer: Any, name: str) -> tuple[int, ...]:
    return tuple(index for index, band in enumerate(bands) if band.rule.holds({name: answer}))
