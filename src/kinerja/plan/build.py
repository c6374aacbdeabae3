"""From a rubric to its plan; everything that cannot be resolved is a diagnostic at its path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import attrs

from kinerja import numbers
from kinerja.errors import Fault, RubricError, closest, code_like
from kinerja.feel import MISSING
from kinerja.language.documents import Document
from kinerja.messages import LANGUAGES, MESSAGES
from kinerja.model import (
    Bands,
    Derived,
    Direct,
    Grade,
    Group,
    Indicator,
    Ladder,
    Levels,
    Lookup,
    Node,
    Rubric,
)
from kinerja.plan.circles import circles
from kinerja.plan.parts import (
    Amount,
    Location,
    Plan,
    PlannedBand,
    PlannedGate,
    PlannedGrade,
    PlannedGroup,
    PlannedIndicator,
    PlannedLookup,
    PlannedNode,
    PlannedStep,
    Scaling,
    Weight,
    capped,
    parts_of,
)
from kinerja.plan.regions import Regions
from kinerja.plan.resolve import Resolver, is_numberless, joined
from kinerja.plan.rules import Rule, Test
from kinerja.plan.supported import COMBINES, WEIGHTED
from kinerja.plan.touched import touched
from kinerja.shapes import Case, Where, cases
from kinerja.sheets import RECORD_KEYS

__all__ = ["plan"]

#: Every band may meet every other, and each pair is looked at.
MAX_BANDS = 500


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


#: What a rubric is, whichever way its sources are read.
KEPT = frozenset(
    {
        "kinerja",
        "id",
        "edition",
        "valid",
        "supersedes",
        "extends",
        "language",
        "readings",
        "examples",
        "allow",
    }
)

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
            for other, alternative in reading.alternatives.items():
                for key in KEPT & set(alternative.change or ()):
                    self.fault("K211", ("readings", name, "alternatives", other, "change", key), key=key)
        for name, allowed in self.rubric.allow.items():
            code = allowed.code or name
            if code not in MESSAGES:
                at = ("allow", name, "code") if allowed.code else ("allow", name)
                self.fault("K242", at, text=code, suggestion=code_like(code))
        self.collect(self.rubric, "", ())
        self.resolve_formulas()
        root = self.group(self.rubric, "total", (), "", "")
        for name, reading in self.rubric.readings.items():
            for index, path in enumerate(reading.at):
                self.listed(path.removesuffix(".*"), self.nodes, ("readings", name, "at", str(index)))
        self.faults += circles(self.nodes, self.references)
        for path, _ in self.references.values():
            self.nodes[path].is_asked = True
        return Plan(
            rubric=self.rubric,
            facts=self.facts,
            nodes=self.nodes,
            root=root,
            derived=self.derived(),
            defaults=tuple(fact for fact in self.facts.values() if fact.missing is not MISSING),
            readings={name: touched(self.rubric, name) for name in self.rubric.readings},
            references=self.references,
            beside=tuple(self.beside()),
            wordy=frozenset(name for name in self.facts if name.rpartition(".")[2] in RECORD_KEYS),
        )

    def listed(self, text: str, known: Iterable[str], location: Location) -> None:
        """A word that must be one of a few."""
        if text not in known:
            values = {
                "key": next(key for key in reversed(location) if not key.isdigit()),
                "text": text,
                "known": list(known),
                "suggestion": closest(text, known),
            }
            self.fault("K116", location, **values)

    def node(
        self, node: Node, path: str, location: Location, assessor: str, siblings: tuple[str, ...]
    ) -> PlannedNode:
        """One node of any kind; `siblings` are what `children` means in its formulas."""
        if isinstance(node, Group):
            return self.group(node, path, location, path, assessor)
        if isinstance(node, Lookup):
            return self.kept(PlannedLookup(**self.common(node, path, location, assessor)))
        assert isinstance(node, Indicator)
        return self.unchanged(node, path, assessor) or self.indicator(
            node, path, location, assessor, siblings
        )

    def beside(self) -> Iterator[PlannedNode]:
        """Nodes that stand in a trail though the total may not hang on them."""
        for path, node in self.nodes.items():
            if node.grades or "aside" in node.location[::2]:
                yield self.nodes[path]

    def kept(self, built: PlannedNode) -> PlannedNode:
        """The node, from now on known by its path."""
        self.nodes[built.path] = built
        return built

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
        above = self.around.get(path.rpartition(".")[0], ())
        if before.around[: len(above)] != above or len(before.around) - len(above) != (
            before.applies is not None
        ):
            return None
        names = {*before.reads, *before.grade_reads}
        names.update(before.applies.names if before.applies is not None else ())
        for name in names & like.facts.keys():
            names.update(parts_of(name, like.facts))
        # What reads another node is planned anew: its references have to be known here too.
        if any(
            name not in like.facts or like.facts[name].model is not self.facts[name].model for name in names
        ):
            return None
        weights = [attrs.evolve(weight) for weight in before.weights]
        measure = self.facts.get(path) if before.measure else None
        after = attrs.evolve(before, weights=weights, measure=measure, assessor=node.assessor or assessor)
        self.nodes[path] = after
        return after

    def common(self, node: Node, path: str, location: Location, assessor: str) -> dict[str, Any]:
        """What every node has resolved: when it applies, weight, assessor, citations, limits, gates and grades."""
        if node.assessor and node.assessor not in self.rubric.assessors:
            known = list(self.rubric.assessors)
            hint = closest(node.assessor, known)
            self.fault("K186", (*location, "assessor"), id=node.assessor, known=known, suggestion=hint)
        if node.missing not in ("", "exclude"):
            self.fault("K191", (*location, "missing"), text=node.missing)
        if node.better not in ("", "higher", "lower"):
            self.fault("K126", (*location, "better"), text=node.better)
        if node.scale is not None and node.scale.low[0] == node.scale.low[1]:
            self.fault("K195", (*location, "scale", "from"))
        self.citations(node.source, location)
        applies = self.rule(node.applies, path, (*location, "applies")) if node.applies else None
        return {
            "path": path,
            "model": node,
            "location": location,
            "applies": applies,
            "around": (
                *self.around.get(path.rpartition(".")[0], ()),
                *([applies] if applies is not None else []),
            ),
            "weights": [self.weight(case, node, path, (*location, "weight")) for case in node.weight],
            "assessor": node.assessor or assessor,
            "scaling": Scaling(node.scale) if node.scale is not None else None,
            "cap": self.cap(node, location),
            "grades": tuple(self.grades(node, path, location)),
            "gates": tuple(self.gates(node, path, location)),
            "is_plain": node.scale is None and node.cap is None and node.round is None,
        }

    def weight(self, case: Case, node: Node, scope: str, location: Location) -> Weight:
        rule = None
        if len(node.weight) > 1 or case.when:
            index = str(node.weight.index(case))
            rule = self.rule(case.when, scope, (*location, index, "when"))
        share = case.value.constant if case.value is not None else None
        if share is None or share < 0:
            self.fault("K193", location)
            share = Fraction(0)
        return Weight(rule, share)

    def cap(self, node: Node, location: Location) -> tuple[Fraction | None, Fraction | None] | None:
        """The ends that a score is held to: one closed range, so that there is a number to hold it to."""
        if node.cap is None:
            return None
        try:
            pieces = list(node.cap.within.numbers())
        except Fault as fault:
            self.faults.append(fault.at((*location, "cap")))
            return None
        if len(pieces) == 1:
            (piece,) = pieces
            closed = (piece.low is None or piece.low_closed) and (piece.high is None or piece.high_closed)
            if closed and (piece.low is not None or piece.high is not None):
                return piece.low, piece.high
        self.fault("K123", (*location, "cap"), text=str(node.cap.within))
        return None

    def grades(self, node: Node, path: str, location: Location) -> Iterator[PlannedGrade]:
        own = self.own(path) if node.grades and not isinstance(node, Lookup) else None
        for name, grade in node.grades.items():
            at = (*location, "grades", name)
            if not grade.when:
                self.fault("K102", at, key="when")
            self.citations(grade.source, at)
            self.awards(grade, at)
            yield PlannedGrade(name, self.rule(grade.when, path, (*at, "when"), own), grade)

    def awards(self, grade: Grade, location: Location) -> None:
        """Money is whole units of a named currency, or a range of them."""
        for name, award in grade.awards.items():
            at = (*location, "awards", name)
            ranged = award.low is not None and award.high is not None
            half = (award.low is None) != (award.high is None)
            paid = award.amount is not None or ranged
            if half or (award.amount is not None and ranged) or (paid and not award.currency):
                self.fault("K124", at)
            if award.low is not None and award.high is not None and award.low > award.high:
                self.fault("K124", at)
            self.citations(award.source, at)

    def gates(self, node: Node, path: str, location: Location) -> Iterator[PlannedGate]:
        own = self.own(path) if node.requires and not isinstance(node, Lookup) else None
        for name, gate in node.requires.items():
            at = (*location, "requires", name)
            if not gate.when:
                self.fault("K102", at, key="when")
            if gate.grade and gate.grade not in node.grades:
                known = list(node.grades)
                self.fault(
                    "K125", (*at, "grade"), id=gate.grade, known=known, suggestion=closest(gate.grade, known)
                )
            self.citations(gate.source, at)
            yield PlannedGate(name, self.rule(gate.when, path, (*at, "when"), own), gate.grade, gate.text)

    def own(self, path: str) -> str:
        """The key of a node's own score: what `value` means in its grades and gates."""
        key = f"{path}.score"
        self.references[key] = (path, "score")
        return key

    def group(self, node: Group, path: str, location: Location, scope: str, assessor: str) -> PlannedGroup:
        common = self.common(node, path, location, assessor)
        self.around[path] = common["around"]
        if not node.indicators:
            self.fault("K198", (*location, "indicators"))
        if node.combine and node.combine not in COMBINES:
            known = sorted(COMBINES)
            hint = closest(node.combine, known)
            self.fault("K196", (*location, "combine"), combine=node.combine, known=known, suggestion=hint)
        elif not node.combine and not node.grades:
            self.fault("K102", location, key="combine")
        elif node.combine:
            for name, child in node.indicators.items():
                if is_numberless(child) and child.grades:
                    self.fault("K127", (*location, "indicators", name), name=joined(scope, name))
        siblings = tuple(joined(scope, name) for name in node.indicators)
        planned = []
        for key, nodes in (("indicators", node.indicators), ("aside", node.aside)):
            for name, child in nodes.items():
                below = (*location, key, name)
                planned.append(self.node(child, joined(scope, name), below, common["assessor"], siblings))
                self.weights_fit(node if key == "indicators" else None, child, below)
        children = planned[: len(node.indicators)]
        _scale_weights(children)
        built = PlannedGroup(children=tuple(children), aside=tuple(planned[len(children) :]), **common)
        self.nodes[path] = built
        return built

    def weights_fit(self, group: Group | None, child: Node, location: Location) -> None:
        """A weight where the group counts by weights, and nowhere else."""
        combine = group.combine if group is not None else "aside"
        if combine in WEIGHTED and not child.weight:
            self.fault("K199", location, combine=combine)
        elif combine not in WEIGHTED:
            if child.weight:
                self.fault("K183", (*location, "weight"), combine=combine)
            if child.missing and combine != "mean":
                self.fault("K191", (*location, "missing"), text=child.missing)

    def indicator(
        self, node: Indicator, path: str, location: Location, assessor: str, siblings: tuple[str, ...]
    ) -> PlannedNode:
        common = self.common(node, path, location, assessor)
        measure = self.facts.get(path) if self.measure(node, path) is not None else None
        built = PlannedIndicator(measure=measure, bands=(), **common)
        built.is_free = not built.around and not built.gates
        if isinstance(node, Levels):
            built.bands = tuple(self.levels(node, path, location, measure, siblings))
        elif isinstance(node, Bands):
            built.bands = tuple(self.bands(node, path, location, measure, siblings))
        elif isinstance(node, Ladder):
            self.climb(built, node, path, location, siblings)
        elif isinstance(node, Derived):
            built.amount = self.amount(node.formula, path, (*location, "formula"), children=siblings)
        built.scores = _scores(built)
        _tabulate(built)
        return self.kept(built)

    def climb(
        self,
        built: PlannedIndicator,
        node: Ladder,
        path: str,
        location: Location,
        siblings: tuple[str, ...],
    ) -> None:
        """The rungs of a ladder, in their order."""
        if not node.ladder:
            self.fault("K198", (*location, "ladder"))
        steps = []
        for name, step in node.ladder.items():
            at = (*location, "ladder", name)
            self.citations(step.source, at)
            needs = frozenset(step.all or (name,))
            amount = self.amount(step.score, path, (*at, "score"), children=siblings)
            steps.append(PlannedStep(name, needs, amount, step.text, step.title))
        built.ladder = tuple(steps)
        if node.otherwise:
            built.otherwise = self.amount(node.otherwise, path, (*location, "otherwise"), children=siblings)

    def levels(
        self, node: Levels, path: str, location: Location, measure: Any, siblings: tuple[str, ...]
    ) -> Iterator[PlannedBand]:
        if not node.levels:
            self.fault("K198", (*location, "levels"))
        for name, level in node.levels.items():
            at = (*location, "levels", name)
            self.citations(level.source, at)
            # The id of a level is an answer as it stands, and never read as a condition.
            answer = {"true": True, "false": False}[name] if measure.kind == "yes-no" else name
            allowed = frozenset({answer})
            rule = Rule(((Test(measure.name, name, allowed, allowed.__contains__),),))
            amount = self.amount(level.score, path, (*at, "score"), own=measure, children=siblings)
            because = self.reason(level.because, amount, at)
            cited = level.source or node.source
            yield PlannedBand(name, rule, amount, because, level.text, level.title, cited, "")

    def bands(
        self, node: Bands, path: str, location: Location, measure: Any, siblings: tuple[str, ...]
    ) -> Iterator[PlannedBand]:
        if not node.bands:
            self.fault("K198", (*location, "bands"))
        if len(node.bands) > MAX_BANDS:
            self.fault("K200", (*location, "bands"), count=len(node.bands), limit=MAX_BANDS)
            return
        if measure is None and any("value" in way for band in node.bands.values() for way in band.when):
            self.fault("K102", location, key="measure")
            return
        for name, band in node.bands.items():
            at = (*location, "bands", name)
            self.citations(band.source, at)
            if not band.when:
                self.fault("K102", at, key="when")
                continue
            rule = self.rule(band.when, path, (*at, "when"), measure)
            score = band.score or self.named_score(name, at)
            amount = self.amount(score, path, (*at, "score"), own=measure, children=siblings)
            because = self.reason(band.because, amount, at)
            cited = band.source or node.source
            yield PlannedBand(name, rule, amount, because, band.text, band.title, cited, _printed(band.when))

    def reason(self, because: str, amount: Amount, location: Location) -> str:
        """An answer without a score has to say why."""
        if any(case.formula is None for case in amount.cases) and not because:
            self.fault("K102", location, key="because")
        return because

    def named_score(self, name: str, location: Location) -> tuple[Case, ...]:
        """The score of a band that is named by it."""
        try:
            return cases(numbers.parse(name))
        except Fault:
            self.fault("K197", location, id=name)
            return cases(0)


def _printed(where: Where) -> str:
    """A condition as one line: the bare test, or the names with theirs."""
    ways = []
    for way in where:
        if tuple(way) == ("value",):
            ways.append(str(way["value"]))
        else:
            ways.append(", ".join(f"{name}: {test}" for name, test in way.items()))
    return " | ".join(ways)


def _scores(built: PlannedIndicator) -> frozenset[Fraction] | None:
    """Every score that an indicator can have, where each is a number that hangs on nothing."""
    node = built.model
    if isinstance(node, Direct | Derived):
        return None
    found = set()
    for amount in built.amounts:
        if amount.constant is None and any(case.formula is not None for case in amount.cases):
            return None
        if amount.constant is not None:
            found.add(_finished(built, amount.constant))
    return frozenset(found)


def _finished(built: PlannedIndicator, score: Fraction) -> Fraction:
    """A raw score after the node's own scale, cap and rounding."""
    if built.scaling is not None:
        score = built.scaling.apply(score)
    if built.cap is not None:
        score = capped(score, built.cap)
    return built.model.round.apply(score) if built.model.round is not None else score


def _scale_weights(children: list[PlannedNode]) -> None:
    """The weights of one group as whole numbers on one denominator."""
    weights = [weight for child in children for weight in child.weights]
    common = lcm(*(weight.share.denominator for weight in weights))
    for weight in weights:
        weight.points = int(weight.share * common)


def _tabulate(node: PlannedIndicator) -> None:
    """Where every band tests the measure alone, the answer can be looked up instead of asked band by band."""
    measure = node.measure
    if (
        measure is None
        or not node.bands
        or any(set(band.rule.names) != {measure.name} for band in node.bands)
    ):
        return
    if measure.kind == "number":
        node.regions = Regions([band.rule.numbers() for band in node.bands])
    else:
        # Else a yes-no: the conditions on a set of options are refused before.
        answers = measure.options if measure.kind == "choice" else (True, False)
        node.table = _holding(node.bands, answers)


def _holding(bands: Sequence[PlannedBand], answers: Iterable[Any]) -> dict[Any, tuple[int, ...]]:
    """The places of the bands that hold each answer: found band by band, for a list can have thousands of both."""
    found: dict[Any, list[int]] = {answer: [] for answer in answers}
    for index, band in enumerate(bands):
        for answer in band.rule.answers():
            found[answer].append(index)
    return {answer: tuple(places) for answer, places in found.items()}
