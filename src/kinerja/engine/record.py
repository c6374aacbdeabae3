"""From an outcome to its trail: rendered when somebody looks, so that keeping an outcome costs next to nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve

from kinerja import numbers
from kinerja._version import __version__
from kinerja.engine.combine import ADDITIVE, combine
from kinerja.engine.notes import notes
from kinerja.engine.outcome import INVALID, MISSED, SCORED, NodeOutcome, Outcome, Part
from kinerja.engine.stated import kept
from kinerja.errors import Diagnostic, Fault, closest, excerpt, written
from kinerja.feel import MISSING, NOT_APPLICABLE
from kinerja.mappings import FrozenMap
from kinerja.model import Citation, Node, Reading
from kinerja.numbers import Rounding
from kinerja.plan import (
    Amount,
    Plan,
    PlannedBand,
    PlannedFact,
    PlannedGroup,
    PlannedIndicator,
    PlannedNode,
    capped,
)
from kinerja.plan.rules import BAD, Rule
from kinerja.sheets import Entry, Sheet, as_text
from kinerja.trail import (
    AlternativeTrail,
    AwardTrail,
    BandTrail,
    CitationTrail,
    EvidenceTrail,
    FactTrail,
    Figure,
    GateTrail,
    GradeTrail,
    NodeTrail,
    PartialTrail,
    Problem,
    ReadingTrail,
    RubricTrail,
    StepTrail,
    Trail,
)
from kinerja.trail.seals import sealed

__all__ = [
    "alternative",
    "figure_of",
    "grade_of",
    "nodes_of",
    "partial_of",
    "problems_of",
    "readings_met",
    "record",
    "total_of",
]


def record(
    outcome: Outcome,
    sheet: Sheet,
    *,
    identity: str,
    chosen: Mapping[str, str],
    others: Mapping[tuple[str, str], AlternativeTrail],
    nodes: FrozenMap[NodeTrail],
) -> Trail:
    """
    The whole trail of one outcome.

    `others` holds what each alternative reading would have given, and under an empty name what the rubric's own would;
    `nodes` are those of `nodes_of`.
    """
    rubric = outcome.plan.rubric
    met = readings_met(outcome, chosen, others)
    nodes = FrozenMap({path: evolve(node, readings=_hung(path, met)) for path, node in nodes.items()})
    trail = Trail(
        rubric=RubricTrail(
            id=rubric.id,
            title=rubric.title,
            edition=rubric.edition,
            identity=identity,
            extends=tuple(f"{e.rubric}@{e.edition}" if e.edition else e.rubric for e in rubric.extends),
            language=rubric.language,
        ),
        readings=FrozenMap({n: _reading(rubric.readings[n], p, n, chosen, others) for n, p in met.items()}),
        language_version=rubric.kinerja,
        library=f"kinerja {__version__}",
        date=None if outcome.date is None else outcome.date.isoformat(),
        subject=FrozenMap({str(name): as_text(word) for name, word in sheet.subject.items()}),
        period=as_text(sheet.period),
        basis=as_text(sheet.basis),
        participants=tuple(map(as_text, sheet.participants)),
        note=as_text(sheet.note),
        assessors=FrozenMap({name: each.title for name, each in rubric.assessors.items()}),
        status=outcome.status,
        total=total_of(outcome),
        grade=_Writer(outcome).grade(outcome.plan.root),
        partial=partial_of(outcome),
        problems=problems_of(outcome),
        notes=tuple(Problem.of(_hinted(each, outcome.plan)) for each in notes(outcome)),
        nodes=nodes,
        stated=kept(outcome.stated),
    )
    return evolve(trail, seal=sealed(trail))


def total_of(outcome: Outcome) -> Figure | None:
    """The total of a complete outcome."""
    return figure_of(outcome.root.score, outcome.plan) if outcome.status == "complete" else None


def figure_of(total: Fraction | None, plan: Plan) -> Figure | None:
    """A total as a rubric wants it shown."""
    return _figure(total, plan.rubric, _language(plan))


def grade_of(found: str, node: PlannedNode) -> GradeTrail:
    """A class with what it awards."""
    grade = node.model.grades[found]
    awards = {
        name: AwardTrail(
            amount=each.amount,
            low=each.low,
            high=each.high,
            currency=each.currency,
            words=each.words,
            text=each.text,
        )
        for name, each in grade.awards.items()
    }
    return GradeTrail(id=found, title=grade.title, awards=FrozenMap(awards))


def _language(plan: Plan) -> Any:
    return "en" if plan.rubric.language == "en" else "id"


def _figure(number: Fraction | None, node: Node | None, language: Any) -> Figure | None:
    if number is None:
        return None
    rounding: Rounding | None = node.shown if node is not None else None
    return Figure(number, numbers.shown(number, rounding=rounding, language=language))


def partial_of(outcome: Outcome) -> PartialTrail | None:
    """What the answered children come to, where there is no total."""
    return _Writer(outcome).partial() if outcome.status != "complete" else None


def problems_of(outcome: Outcome) -> tuple[Problem, ...]:
    """Everything that keeps an outcome from being complete."""
    return tuple(Problem.of(_hinted(each, outcome.plan)) for each in outcome.problems)


def nodes_of(outcome: Outcome) -> FrozenMap[NodeTrail]:
    """The trail of every node by its path."""
    return FrozenMap(dict(_Writer(outcome).nodes()))


def _hung(path: str, met: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for name, paths in met.items() if path in paths)


def alternative(outcome: Outcome, text: str) -> AlternativeTrail:
    """What another reading gives, in short."""
    writer = _Writer(outcome)
    if outcome.status == "complete":
        return AlternativeTrail(
            grade=writer.grade(outcome.plan.root),
            text=text,
            status=outcome.status,
            total=writer.figure(outcome.root.score, outcome.plan.rubric),
        )
    needs = tuple(each.where for each in outcome.problems if each.code == "K330")
    return AlternativeTrail(text=text, status=outcome.status, needs=needs)


def readings_met(
    outcome: Outcome, chosen: Mapping[str, str], others: Mapping[tuple[str, str], AlternativeTrail]
) -> dict[str, tuple[str, ...]]:
    """
    The readings that a result passed through, each with the nodes where it did.

    Those that were chosen, those under which this result would be another, and those of the nodes that were scored
    here: a score that the sheet states itself was not derived, so nobody knows how its line was read.
    """
    grade = _Writer(outcome).grade(outcome.plan.root)
    score = outcome.root.score if outcome.status == "complete" else None
    here = (outcome.status, score, grade)
    differing = {name for (name, _), o in others.items() if (o.status, o.total, o.grade) != here}
    met = {}
    for name, paths in outcome.plan.readings.items():
        found = tuple(path for path in paths if path in outcome.nodes and _was_read(outcome.nodes[path]))
        if found or name in chosen or name in differing:
            met[name] = found or tuple(path for path in paths if path in outcome.nodes) or ("total",)
    return met


def _was_read(result: NodeOutcome) -> bool:
    return result.status != "not-applicable" and not result.stated


def _reading(
    reading: Reading,
    paths: tuple[str, ...],
    name: str,
    chosen: Mapping[str, str],
    others: Mapping[tuple[str, str], AlternativeTrail],
) -> ReadingTrail:
    return ReadingTrail(
        chosen=chosen.get(name, ""),
        own=others.get((name, "")),
        text=reading.alternatives[chosen[name]].text if name in chosen else "",
        quote=reading.quote,
        problem=reading.problem,
        taken=reading.taken,
        because=reading.because,
        by=reading.by,
        nodes=paths,
        alternatives=FrozenMap({a: others[name, a] for a in reading.alternatives if (name, a) in others}),
    )


class _Writer:
    """One outcome on its way to a trail."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.plan: Plan = outcome.plan
        self.language: Any = _language(outcome.plan)

    def figure(self, number: Fraction | None, node: Node | None = None) -> Figure | None:
        """A number with the text that it is shown as; only `shown` on a node shortens it, and only for the eye."""
        return _figure(number, node, self.language)

    def nodes(self) -> Iterator[tuple[str, NodeTrail]]:
        """Every node that was come to, without the readings that it hangs on."""
        shares: dict[str, dict[str, Any]] = {}
        for result in self.outcome.nodes.values():
            if isinstance(result.plan, PlannedGroup):
                shares.update(self.shares(result))
        for path in self.plan.nodes:
            if path in self.outcome.nodes:
                yield path, self.node(self.outcome.nodes[path], shares.get(path, {}))

    def node(self, result: NodeOutcome, share: Mapping[str, Any]) -> NodeTrail:
        return NodeTrail(
            status=result.status,
            score=self.figure(result.score, result.plan.model),
            facts=FrozenMap(dict(self.facts(result))),
            band=self.met(result),
            others=tuple(self.others(result)),
            steps=tuple(self.steps(result)),
            stated=result.stated,
            reweighed=result.reweighed,
            reason=result.reason,
            needs=result.needs,
            grade=self.grade(result.plan),
            by_value=self.by_value(result.plan),
            gates=FrozenMap(dict(self.gates(result.plan))),
            **self.about(result.plan),
            **share,
        )

    def about(self, plan: PlannedNode) -> dict[str, Any]:
        """What the rubric says of a node, whatever the sheet."""
        kept: dict[str, Any] | None = self.plan.kept.get(plan.path)
        if kept is not None:
            return kept
        model = plan.model
        kept = {
            "title": model.title,
            "number": model.number,
            "aspect": model.aspect,
            "text": model.text,
            "applies": _asked(plan.applies),
            "assessor": plan.assessor,
            "evidence": FrozenMap(
                {n: EvidenceTrail(text=e.text, signer=e.signer) for n, e in model.evidence.items()}
            ),
            "source": tuple(self.citation(c) for c in model.source),
        }
        if isinstance(plan, PlannedGroup):
            kept["combine"] = plan.model.combine
            kept["children"] = tuple(child.path for child in plan.children)
        elif isinstance(plan, PlannedIndicator) and plan.measure is not None:
            kept["measure"] = plan.measure.name
        self.plan.kept[plan.path] = kept
        return kept

    # --- facts

    def facts(self, result: NodeOutcome) -> Iterator[tuple[str, FactTrail]]:
        """The facts that this node read, in the order in which a reader asks for them."""
        plan = result.plan
        names: dict[str, None] = dict.fromkeys(plan.applies.names if plan.applies is not None else ())
        measure = plan.measure if isinstance(plan, PlannedIndicator) else None
        # A row that does not apply is told by its condition; unless it is the answer itself that does not.
        without = measure is not None and self.outcome.values.get(measure.name) is NOT_APPLICABLE
        if result.status != "not-applicable" or without:
            if measure is not None:
                names[measure.name] = None
                names.update(dict.fromkeys(measure.operands.values()))
            names.update(dict.fromkeys((*plan.reads, *plan.grade_reads)))
        for name in names:
            # What another node came to stands at that node.
            if name in self.plan.facts:
                yield name, self.fact(self.plan.facts[name])

    def fact(self, fact: PlannedFact) -> FactTrail:
        outcome = self.outcome
        value = outcome.values.get(fact.name, MISSING)
        given = outcome.given.get(fact.name)
        entry = given if isinstance(given, Entry) else Entry(value=given)
        text, figure = _written(value), None
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            figure, text = self.figure(Fraction(value)), None
        elif value is BAD:
            text = excerpt(entry.value) if entry.value is not None else None
        formula = fact.formula if entry.value is None and fact.formula is not None else None
        return FactTrail(
            how=self.how(value, entry, fact),
            title=fact.model.title,
            value=text,
            figure=figure,
            unit=fact.unit,
            by=as_text(entry.by),
            on=as_text(entry.on),
            evidence=as_text(entry.evidence),
            note=as_text(entry.note),
            options=_options(fact) if value is MISSING or value is BAD else (),
            formula=str(formula) if formula is not None else "",
            operands=FrozenMap(fact.operands) if formula is not None else FrozenMap(),
            rounding=_rounding(fact.rounding),
            before=self.before(value, entry, fact),
        )

    def before(self, value: Any, entry: Entry, fact: PlannedFact) -> str:
        """A number before the fact's own rounding, where that changed it."""
        derived = self.outcome.before.get(fact.name)
        if derived is not None:
            return numbers.text(derived)
        if fact.rounding is None or entry.value is None or not isinstance(value, int | Fraction):
            return ""
        raw = entry.value
        stated = numbers.parse(raw) if isinstance(raw, str) else numbers.exact(raw)
        return "" if stated == value else numbers.text(stated)

    def how(self, value: Any, entry: Entry, fact: PlannedFact) -> str:
        """How a fact came about."""
        states = {MISSING: "missing", BAD: "invalid", NOT_APPLICABLE: "not-applicable"}
        if isinstance(value, Hashable) and value in states:
            return states[value]
        if fact.name in self.outcome.assumed:
            return "default"
        return "given" if entry.value is not None or fact.formula is None else "derived"

    # --- bands

    def band(self, band: PlannedBand) -> BandTrail:
        kept = self.plan.kept.get(id(band))
        if kept is None:
            kept = self.line(band.id, band.amount, when=band.when, text=band.text, title=band.title)
            self.plan.kept[id(band)] = kept
        found: BandTrail = kept
        return found

    def line(self, name: str, amount: Amount, **about: str) -> BandTrail:
        """A line of the form with its score, or with what its score is computed by."""
        written = "" if amount.constant is not None else amount.text
        return BandTrail(id=name, score=self.figure(amount.constant), amount=written, **about)

    def met(self, result: NodeOutcome) -> BandTrail | None:
        """The line that held: a band, a level, or the rung that was reached."""
        if result.band is not None:
            return self.band(result.band)
        if result.step is not None:
            return self.line(
                result.step.id, result.step.amount, text=result.step.text, title=result.step.title
            )
        return None

    def others(self, result: NodeOutcome) -> Iterator[BandTrail]:
        """The bands that did not hold, as the form has them."""
        if result.status in (SCORED, INVALID, MISSED) and isinstance(result.plan, PlannedIndicator):
            for band in result.plan.bands:
                if band is not result.band:
                    yield self.band(band)
            for step in result.plan.ladder:
                if step is not result.step:
                    yield self.line(step.id, step.amount, text=step.text, title=step.title)

    # --- arithmetic

    def shares(self, result: NodeOutcome) -> Iterator[tuple[str, dict[str, Any]]]:
        """Weight, contribution and points of each child that a group counted."""
        parts = result.parts or []
        group = result.plan
        assert isinstance(group, PlannedGroup)
        base = sum(part.points for part in parts)
        weights = [part.share for part in parts]
        percent = bool(weights) and all(share <= 1 for share in weights)
        for part in parts:
            share: dict[str, Any] = {}
            if part.node.plan.weights:
                share["weight"] = self.share(part.share, percent=percent)
            if result.raw is not None and group.model.combine in ADDITIVE:
                contribution = _contribution(part, group.model.combine, base, len(parts))
                share["contribution"] = self.figure(contribution)
                scaling = group.scaling
                if scaling is not None and not scaling.offset:
                    share["points"] = self.figure(scaling.apply(contribution), group.model)
            yield part.node.plan.path, share

    def share(self, share: Fraction, *, percent: bool) -> Figure:
        text = numbers.shown(share * 100 if percent else share, language=self.language)
        return Figure(
            share, f"{text}%" if percent and "/" not in text else numbers.shown(share, language=self.language)
        )

    def steps(self, result: NodeOutcome) -> Iterator[StepTrail]:
        """Each step from the children or the band to the score, with its operands and its exact result."""
        if result.raw is None:
            return
        model, score = result.plan.model, result.raw
        if isinstance(result.plan, PlannedGroup):
            operands = tuple(part.node.plan.path for part in result.parts or ())
            raw = self.figure(score)
            assert raw is not None
            yield StepTrail(name="combine", operands=operands, rule=result.plan.model.combine, result=raw)
        yield from self.computed(result)
        if result.score is None:
            return
        if model.scale is not None:
            (low, high), (bottom, top) = model.scale.low, model.scale.to
            before, score = score, model.scale.apply(score)
            ends = tuple(numbers.text(end) for end in (low, high, bottom, top))
            last = model.shown if model.cap is None and model.round is None else None
            after = Figure(score, numbers.shown(score, rounding=last, language=self.language))
            yield StepTrail(name="scale", operands=(numbers.text(before), *ends), result=after)
        for name, rule, after_it in (
            ("cap", str(model.cap.within) if model.cap is not None else "", self.held(result.plan, score)),
            ("round", _rounding(model.round), None),
        ):
            if rule:
                before = score
                score = after_it if after_it is not None else model.round.apply(score)  # type: ignore[union-attr]
                shown = Figure(score, numbers.shown(score, language=self.language))
                yield StepTrail(name=name, operands=(numbers.text(before),), rule=rule, result=shown)

    def held(self, plan: PlannedNode, score: Fraction) -> Fraction:
        return capped(score, plan.cap) if plan.cap is not None else score

    def computed(self, result: NodeOutcome) -> Iterator[StepTrail]:
        """The formula that a score was computed by, with what its names stood for."""
        if result.case is None or result.raw is None:
            return
        told = {}
        for name, key in result.case.operands.items():
            for each in (key,) if isinstance(key, str) else key:
                value = self.outcome.value(each)
                told[name if isinstance(key, str) else each] = (
                    numbers.text(Fraction(value)) if isinstance(value, int | Fraction) else "–"
                )
        yield StepTrail(
            name="formula",
            operands=tuple(f"{name} = {value}" for name, value in told.items()),
            rule=str(result.case.formula),
            result=Figure(result.raw, numbers.shown(result.raw, language=self.language)),
        )

    # --- grades

    def grade(self, plan: PlannedNode) -> GradeTrail | None:
        """The class of a node with what it awards; none where there is none, or no complete assessment to award on."""
        found = self.outcome.grades.get(plan.path)
        if not isinstance(found, str) or not self.may_be_graded(plan.path):
            return None
        return grade_of(found, plan)

    def may_be_graded(self, path: str) -> bool:
        """The whole is never graded nor awarded where its assessment is not complete."""
        return path != "total" or self.outcome.status == "complete"

    def by_value(self, plan: PlannedNode) -> str:
        """The grade of a node by its score alone, where a gate may have set another."""
        found = self.outcome.by_value.get(plan.path)
        is_told = any(gate.grade for gate in plan.gates) and self.may_be_graded(plan.path)
        return found if is_told and isinstance(found, str) else ""

    def gates(self, plan: PlannedNode) -> Iterator[tuple[str, GateTrail]]:
        """Every requirement of a node that was tested, and how it came out."""
        tested = self.outcome.gates.get(plan.path, {})
        for gate in plan.gates:
            if gate.id in tested:
                holds = {None: "unknown", True: "yes", False: "no"}[tested[gate.id]]
                when = _asked(gate.rule)
                yield gate.id, GateTrail(when=when, holds=holds, text=gate.text, grade=gate.grade)

    def partial(self) -> PartialTrail | None:
        """The children of the outermost group that have a score, combined; None where there is none."""
        root = self.outcome.root
        parts = root.parts or []
        plan = self.plan.root
        if not any(part.points for part in parts):
            return None
        if not plan.model.combine:
            return None
        try:
            score, _ = combine(plan.model.combine, parts)
        except Fault:
            return None
        if plan.scaling is not None:
            score = plan.scaling.apply(score)
        score = self.held(plan, score)
        if plan.model.round is not None:
            score = plan.model.round.apply(score)
        states = {c.path: self.outcome.nodes[c.path].status for c in plan.children}
        lacks = tuple(path for path, status in states.items() if status in (MISSED, INVALID))
        weight = sum((part.share for part in parts), Fraction(0))
        weighed = bool(plan.children and any(child.weights for child in plan.children))
        return PartialTrail(
            total=self.figure(score, plan.model),
            covers=tuple(part.node.plan.path for part in parts),
            lacks=lacks,
            weight=self.share(weight, percent=weight <= 1) if weighed else None,
        )

    def citation(self, citation: Citation) -> CitationTrail:
        source = self.plan.rubric.sources[citation.document]
        return CitationTrail(document=citation.document, title=source.title, at=citation.at)


def _hinted(problem: Diagnostic, plan: Plan) -> Diagnostic:
    """An unknown name with the nearest known one: looked for only when somebody reads the problem."""
    if problem.code != "K301":
        return problem
    hint = closest(problem.where, plan.named)
    return Diagnostic(problem.code, problem.path, {**problem.values, "suggestion": hint})


def _contribution(part: Part, name: str, base: int, count: int) -> Fraction:
    score = part.node.score
    assert score is not None
    if name == "sum":
        return score
    if name == "mean":
        return score / count
    return part.points * score / base


def _asked(rule: Rule | None) -> str:
    if rule is None:
        return ""
    return " | ".join(", ".join(f"{test.name}: {test.text}" for test in way) for way in rule.ways)


def _written(value: Any) -> Any:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    # What a file said is text like any other from here on.
    return written(value) if isinstance(value, str) else value if isinstance(value, bool) else None


def _options(fact: PlannedFact) -> tuple[str, ...]:
    return ("true", "false") if fact.kind == "yes-no" else fact.options


def _rounding(rounding: Rounding | None) -> str:
    return "" if rounding is None else f"{rounding.mode} {numbers.text(rounding.to)}"
