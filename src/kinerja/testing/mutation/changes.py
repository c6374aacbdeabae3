"""
Mutants: a rubric with one small change each, as a merge patch and in words.

Every way to change a rubric is one function here, from a plan to mutants; `WAYS` lists them in the order of a node.
Adding one: a function, and its line in `WAYS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import field, frozen

from kinerja import numbers
from kinerja.feel import Condition
from kinerja.language.plain import plain
from kinerja.messages import PHRASES, Language
from kinerja.model import Award, Derived, Direct, Ladder, Levels
from kinerja.model import Bands as BandedIndicator
from kinerja.model import Number as NumberFact
from kinerja.numbers import MODES, Rounding
from kinerja.plan import Plan, PlannedFact, PlannedGroup, PlannedIndicator
from kinerja.plan.rules import Rule
from kinerja.shapes import Case, Where, formula_of
from kinerja.shapes import cases as cases_of
from kinerja.testing.mutation.cells import ends, moved, turned, unit_of
from kinerja.testing.mutation.weights import shifted

__all__ = ["WAYS", "Mutant", "changes"]

Path = tuple[str, ...]


@frozen
class Mutant:
    """
    One small change of a rubric: what kind of change, where in the file, what stood there and what stands there then.

    `patches` are JSON Merge Patches of the rubric, laid over it one after the other.
    """

    kind: str
    path: Path
    was: str
    becomes: str
    patches: tuple[Any, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The change in English."""
        return self.said("en")

    def said(self, language: Language) -> str:
        """The change in a sentence: its place, and what stood and stands there."""
        key = "mutant.becomes" if self.becomes else "mutant.gone"
        values = {"path": ".".join(self.path), "was": self.was, "becomes": self.becomes}
        return PHRASES[key][language].format(**values)


def changes(planned: Plan) -> Iterator[Mutant]:
    """Every mutant of a rubric, in the order of its plan; some may break the rubric, and then are none."""
    for way in WAYS:
        yield from way(planned)


def _patch(path: Path, value: Any) -> Any:
    """A merge patch that puts a value at a path."""
    for key in reversed(path):
        value = {key: value}
    return value


def _one(kind: str, path: Path, was: str, becomes: str, value: Any) -> Mutant:
    """A mutant that replaces what stands at its own path."""
    return Mutant(kind, path, was, becomes, (_patch(path, value),))


# --- conditions


@frozen
class _Asked:
    """A condition somewhere in a rubric: as the file has it, as it was planned, and how to put another in its place."""

    where: Where
    rule: Rule
    path: Path
    put: Callable[[Where], Any]


def _conditions(planned: Plan) -> Iterator[_Asked]:
    """Every condition of a rubric, each once and at its own place."""
    for node in planned.nodes.values():
        at = node.location
        if node.applies is not None:
            yield _asked(node.model.applies, node.applies, (*at, "applies"))
        yield from _of_cases(
            node.model.weight, [weight.rule for weight in node.weights], (*at, "weight"), is_share=True
        )
        if isinstance(node, PlannedIndicator):
            yield from _of_indicator(node)
        for gate in node.gates:
            yield _asked(node.model.requires[gate.id].when, gate.rule, (*at, "requires", gate.id, "when"))
        for grade in node.grades:
            yield _asked(node.model.grades[grade.id].when, grade.rule, (*at, "grades", grade.id, "when"))


def _of_indicator(node: PlannedIndicator) -> Iterator[_Asked]:
    model = node.model
    if isinstance(model, BandedIndicator):
        for band in node.bands:
            yield _asked(model.bands[band.id].when, band.rule, (*node.location, "bands", band.id, "when"))
    for path, cases, amount in _scores(node):
        yield from _of_cases(cases, [case.rule for case in amount.cases], path)


def _asked(where: Where, rule: Rule, path: Path) -> _Asked:
    return _Asked(where, rule, path, lambda changed: _patch(path, _plain(changed)))


def _of_cases(
    cases: Sequence[Case], rules: Sequence[Rule | None], path: Path, *, is_share: bool = False
) -> Iterator[_Asked]:
    """The conditions in a list of cases, which a patch can only replace as a whole."""
    for index, (case, rule) in enumerate(zip(cases, rules, strict=True)):
        if rule is not None:

            def put(changed: Where, index: int = index) -> Any:
                listed = [*cases[:index], Case(changed, cases[index].value), *cases[index + 1 :]]
                return _patch(path, _listed(listed, is_share=is_share))

            yield _Asked(case.when, rule, (*path, str(index), "when"), put)


def _plain(where: Where) -> Any:
    """A condition as a file has it."""
    ways = [{name: str(test) for name, test in way.items()} for way in where]
    if len(ways) > 1:
        return ways
    return ways[0]["value"] if tuple(ways[0]) == ("value",) else ways[0]


def _said(where: Where) -> str:
    """A condition on one line."""
    ways = []
    for way in where:
        told = [str(test) if name == "value" else f"{name}: {test}" for name, test in way.items()]
        ways.append(", ".join(told))
    return " | ".join(ways)


def _value(case: Case, *, is_share: bool = False) -> str:
    """The number or formula of a case; a share is written as an exact number."""
    if case.value is None:
        return "none"
    return (
        numbers.text(case.value.constant) if is_share and case.value.constant is not None else str(case.value)
    )


def _listed(cases: Sequence[Case], *, is_share: bool = False) -> Any:
    """Cases as a file has them."""
    if len(cases) == 1 and not cases[0].when:
        return _value(cases[0], is_share=is_share)
    return [{"when": _plain(case.when), "is": _value(case, is_share=is_share)} for case in cases]


def _shown(cases: Sequence[Case]) -> str:
    return " | ".join(_value(case) for case in cases)


def _changed(asked: _Asked, change: Callable[[str, Condition], Iterator[Condition]]) -> Iterator[Where]:
    """The condition with one of its tests changed, in every way that a function knows for a test of this name."""
    for at, (way, tests) in enumerate(zip(asked.where, asked.rule.ways, strict=True)):
        for (name, test), resolved in zip(way.items(), tests, strict=True):
            for other in change(resolved.name, test):
                there = type(way)({**way, name: other})
                yield (*asked.where[:at], there, *asked.where[at + 1 :])


def bounds(planned: Plan) -> Iterator[Mutant]:
    """Every bound of every condition moved by one smallest step, up and down."""

    def change(name: str, test: Condition) -> Iterator[Condition]:
        if _is_number(planned, name, test):
            yield from moved(test, _step(planned, name))

    yield from _conditional(planned, "bound", change)


def openings(planned: Plan) -> Iterator[Mutant]:
    """Every end of every condition opened or closed."""

    def change(name: str, test: Condition) -> Iterator[Condition]:
        if _is_number(planned, name, test):
            yield from ends(test)

    yield from _conditional(planned, "end", change)


def words(planned: Plan) -> Iterator[Mutant]:
    """Every test of a choice, a yes-no or a grade turned round."""

    def change(name: str, test: Condition) -> Iterator[Condition]:
        if not _is_number(planned, name, test):
            yield from turned(test)

    yield from _conditional(planned, "test", change)


def _conditional(
    planned: Plan, kind: str, change: Callable[[str, Condition], Iterator[Condition]]
) -> Iterator[Mutant]:
    for asked in _conditions(planned):
        for where in _changed(asked, change):
            yield Mutant(kind, asked.path, _said(asked.where), _said(where), (asked.put(where),))


def _is_number(planned: Plan, name: str, test: Condition) -> bool:
    """Whether a test is one of numbers: of a fact that is a number, or of a score that there is."""
    if name in planned.facts:
        return planned.facts[name].kind == "number"
    return planned.references[name][1] == "score" and test.mentions != ("none",)


def _step(planned: Plan, name: str) -> Fraction | None:
    """The smallest step of what a name asks for, where the rubric says one."""
    if name in planned.facts:
        fact = planned.facts[name]
        return fact.step if fact.step is not None or fact.rounding is None else fact.rounding.to
    rounding = planned.nodes[planned.references[name][0]].model.round
    return None if rounding is None else rounding.to


# --- facts


def _facts(planned: Plan) -> Iterator[tuple[PlannedFact, Path]]:
    """Every fact that stands in the rubric, and where: the measure of a `direct` stands under that key."""
    for fact in planned.facts.values():
        node = planned.nodes.get(fact.owner)
        if node is not None and isinstance(node.model, Direct) and fact.name == node.path:
            yield fact, (*node.location, "direct")
        else:
            yield fact, fact.location


def domains(planned: Plan) -> Iterator[Mutant]:
    """Every bound of what a number may be, moved by one smallest step, opened or closed."""
    for fact, at in _facts(planned):
        within = fact.model.within if isinstance(fact.model, NumberFact) else None
        if within is not None:
            path = (*at, "in")
            # A domain is tested before rounding, so its smallest step is not that of the rounding.
            for kind, found in (("bound", moved(within, fact.step)), ("end", ends(within))):
                yield from (_one(kind, path, str(within), str(other), str(other)) for other in found)


def formulas(planned: Plan) -> Iterator[Mutant]:
    """Every derived fact, one smallest step more than its formula says."""
    for fact, at in _facts(planned):
        if fact.formula is not None:
            step = fact.step or (fact.rounding.to if fact.rounding is not None else Fraction(1))
            other = f"{fact.formula} + {numbers.text(step)}"
            yield _one("formula", (*at, "from"), str(fact.formula), other, other)


def absences(planned: Plan) -> Iterator[Mutant]:
    """What no answer counts as, gone or another; a node that may be left out, or need not apply, no longer so."""
    for fact, at in _facts(planned):
        path = (*at, "missing")
        was = fact.model.missing
        if was is not None:
            yield _one("missing", path, was, "", None)
            yield from (_one("missing", path, was, other, other) for other in _instead(fact, was))
    for node in planned.nodes.values():
        if node.model.missing:
            yield _one("missing", (*node.location, "missing"), node.model.missing, "", None)
        if node.model.may_not_apply:
            yield _one("missing", (*node.location, "may-not-apply"), "true", "", None)


def _instead(fact: PlannedFact, was: str) -> list[str]:
    """Other answers than the one that counts where there is none: the options beside it, the numbers beside it."""
    if fact.kind == "yes-no":
        return ["false" if was == "true" else "true"]
    if fact.kind == "choice":
        at = fact.options.index(fact.missing)
        return [*fact.options[max(0, at - 1) : at], *fact.options[at + 1 : at + 2]]
    step = fact.step or unit_of(fact.missing)
    return [numbers.text(fact.missing + step), numbers.text(fact.missing - step)]


# --- scores


def _scores(node: PlannedIndicator) -> Iterator[tuple[Path, tuple[Case, ...], Any]]:
    """Every score of an indicator: where it stands, its cases as the file has them, and the planned amount."""
    model, at = node.model, node.location
    if isinstance(model, BandedIndicator):
        for band in node.bands:
            cases = model.bands[band.id].score or cases_of(band.amount.constant)
            yield (*at, "bands", band.id, "score"), cases, band.amount
    elif isinstance(model, Levels):
        for band in node.bands:
            yield (*at, "levels", band.id, "score"), model.levels[band.id].score, band.amount
    elif isinstance(model, Ladder):
        for step in node.ladder:
            yield (*at, "ladder", step.id, "score"), model.ladder[step.id].score, step.amount
        if node.otherwise is not None:
            yield (*at, "otherwise"), model.otherwise, node.otherwise
    elif isinstance(model, Derived):
        yield (*at, "formula"), model.formula, node.amount


def scores(planned: Plan) -> Iterator[Mutant]:
    """Every score one unit higher and one lower, and two neighbouring scores in each other's place."""
    for node in planned.nodes.values():
        if not isinstance(node, PlannedIndicator):
            continue
        found = list(_scores(node))
        for path, cases, _ in found:
            for index in range(len(cases)):
                for other in _instead_of(cases, index):
                    yield _one("score", path, _shown(cases), _shown(other), _listed(other))
        lines = [(path, cases) for path, cases, _ in found if len(path) - len(node.location) == 3]
        for (one, cases), (two, others) in pairwise(lines):
            if _shown(cases) != _shown(others):
                patches = (_patch(one, _listed(others)), _patch(two, _listed(cases)))
                was = f"{one[-2]}: {_shown(cases)}, {two[-2]}: {_shown(others)}"
                becomes = f"{one[-2]}: {_shown(others)}, {two[-2]}: {_shown(cases)}"
                yield Mutant("score", one[:-2], was, becomes, patches)


def _instead_of(cases: tuple[Case, ...], index: int) -> Iterator[tuple[Case, ...]]:
    """The cases with another value in one of them: a unit more, a unit less; a number where there is no score."""
    value = cases[index].value
    if value is None:
        said = ["0"]
    elif value.constant is not None:
        unit = unit_of(value.constant)
        said = [numbers.text(value.constant + unit), numbers.text(value.constant - unit)]
    else:
        said = [f"{value} + 1", f"{value} - 1"]
    for each in said:
        yield (*cases[:index], Case(cases[index].when, formula_of(each)), *cases[index + 1 :])


def orders(planned: Plan) -> Iterator[Mutant]:
    """Two neighbouring rungs of a ladder in each other's place; two neighbouring grades, where gates set grades."""
    for node in planned.nodes.values():
        if isinstance(node.model, Ladder):
            yield from _reordered(planned, (*node.location, "ladder"), list(node.model.ladder))
        if any(gate.grade for gate in node.gates):
            yield from _reordered(planned, (*node.location, "grades"), list(node.model.grades))


def _reordered(planned: Plan, path: Path, names: list[str]) -> Iterator[Mutant]:
    said: Any = plain(planned.rubric)
    for key in path:
        said = said[key]
    for index in range(len(names) - 1):
        other = [*names[:index], names[index + 1], names[index], *names[index + 2 :]]
        # A merge patch keeps the order of what it finds, so all of it goes first and comes back in another.
        patches = (_patch(path, None), _patch(path, {name: said[name] for name in other}))
        yield Mutant("order", path, ", ".join(names), ", ".join(other), patches)


# --- after the score


def roundings(planned: Plan) -> Iterator[Mutant]:
    """Every rounding in each other mode, and gone."""
    rounded: list[tuple[Rounding | None, Path]] = [
        (fact.rounding, (*at, "round")) for fact, at in _facts(planned)
    ]
    rounded += [(node.model.round, (*node.location, "round")) for node in planned.nodes.values()]
    for rounding, path in rounded:
        if rounding is not None:
            for mode in MODES:
                if mode != rounding.mode:
                    yield _one("rounding", (*path, "mode"), rounding.mode, mode, mode)
            yield _one("rounding", path, f"{numbers.text(rounding.to)} {rounding.mode}", "", None)


def caps(planned: Plan) -> Iterator[Mutant]:
    """Every bound of a cap moved by one smallest step, and the cap gone."""
    for node in planned.nodes.values():
        if node.model.cap is not None:
            path, within = (*node.location, "cap"), node.model.cap.within
            rounding = node.model.round
            for other in moved(within, None if rounding is None else rounding.to):
                yield _one("cap", path, str(within), str(other), str(other))
            yield _one("cap", path, str(within), "", None)


def scales(planned: Plan) -> Iterator[Mutant]:
    """Every end of a change of scale moved by one unit, and the scale gone."""
    for node in planned.nodes.values():
        scale = node.model.scale
        if scale is None:
            continue
        at = (*node.location, "scale")
        for key, pair in (("from", scale.low), ("to", scale.to)):
            for index, end in enumerate(pair):
                for other in (end + unit_of(end), end - unit_of(end)):
                    changed = [numbers.text(other if i == index else each) for i, each in enumerate(pair)]
                    was = f"[{', '.join(map(numbers.text, pair))}]"
                    yield _one("scale", (*at, key), was, f"[{', '.join(changed)}]", changed)
        yield _one("scale", at, f"{scale.low[0]}..{scale.low[1]} → {scale.to[0]}..{scale.to[1]}", "", None)


# --- groups


#: What each way to combine is most easily mistaken for; a weighted sum and a weighted mean are computed alike.
_NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "sum": ("mean", "max"),
    "mean": ("sum", "min", "max"),
    "weighted-sum": ("mean",),
    "weighted-mean": ("mean",),
    "min": ("max", "mean"),
    "max": ("min", "mean"),
    "product": ("geometric-mean", "min"),
    "geometric-mean": ("product", "mean"),
}


def combines(planned: Plan) -> Iterator[Mutant]:
    """Every way to combine, replaced by those that it is most easily mistaken for."""
    for node in planned.nodes.values():
        if not isinstance(node, PlannedGroup):
            continue
        for other in _NEIGHBOURS.get(node.model.combine, ()):
            change: dict[str, Any] = {"combine": other}
            if any(child.weights for child in node.children):
                # Only a group that counts by weights may have them.
                change["indicators"] = {name: {"weight": None} for name in node.model.indicators}
            path = (*node.location, "combine")
            yield Mutant("combine", path, node.model.combine, other, (_patch(node.location, change),))


def weights(planned: Plan) -> Iterator[Mutant]:
    """The weights of two children changed by one unit against each other, so that they still close."""
    for node in planned.nodes.values():
        if isinstance(node, PlannedGroup):
            for shift in shifted(planned, node):
                at = (*node.location, "indicators")
                change = {name: {"weight": _listed(cases, is_share=True)} for name, cases in shift.items()}
                was = ", ".join(f"{name} {_points(node.model.indicators[name].weight)}" for name in shift)
                becomes = ", ".join(f"{name} {_points(cases)}" for name, cases in shift.items())
                yield Mutant("weight", at, was, becomes, (_patch(at, change),))


def _points(cases: Sequence[Case]) -> str:
    """A weight as its author writes it: a share of one in percent."""
    told = []
    for case in cases:
        share = case.value.constant if case.value is not None else None
        assert share is not None
        told.append(f"{numbers.text(share * 100)}%" if share <= 1 else numbers.text(share))
    return " | ".join(told)


def applicabilities(planned: Plan) -> Iterator[Mutant]:
    """Every condition by which a node applies, gone."""
    for node in planned.nodes.values():
        if node.applies is not None:
            yield _one("applies", (*node.location, "applies"), _said(node.model.applies), "", None)


def gates(planned: Plan) -> Iterator[Mutant]:
    """Every gate, gone."""
    for node in planned.nodes.values():
        for gate in node.gates:
            path = (*node.location, "requires", gate.id)
            yield _one("gate", path, _said(node.model.requires[gate.id].when), "", None)


def awards(planned: Plan) -> Iterator[Mutant]:
    """Every amount of an award one currency unit higher and one lower."""
    for node in planned.nodes.values():
        for grade in node.grades:
            for name, award in grade.model.awards.items():
                for key, amount in _amounts(award):
                    path = (*node.location, "grades", grade.id, "awards", name, key)
                    for other in (amount + 1, amount - 1):
                        yield _one("award", path, str(amount), str(other), str(other))


def _amounts(award: Award) -> Iterator[tuple[str, int]]:
    for key, amount in (("amount", award.amount), ("from", award.low), ("to", award.high)):
        if amount is not None:
            yield key, amount


#: Every way to change a rubric.
WAYS: tuple[Callable[[Plan], Iterator[Mutant]], ...] = (
    bounds,
    openings,
    words,
    domains,
    formulas,
    absences,
    scores,
    orders,
    weights,
    combines,
    scales,
    caps,
    roundings,
    applicabilities,
    gates,
    awards,
)
