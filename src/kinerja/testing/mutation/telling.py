"""
Whether any sheet can tell a mutant from its rubric: such a sheet, or the proof that there is none.

For a change in an indicator every cell of the answers that it hangs on is evaluated by both; for one in a group, what
its children can come to is gone through.  Where neither can be done and no sheet was found, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property, reduce
from itertools import chain, islice, product
from math import prod
from typing import Any

from attrs import evolve, frozen

from kinerja.checks.cells import allowed
from kinerja.checks.scores import Facts, Walk
from kinerja.checks.totals import Configuration, Reachable, fixed, reached
from kinerja.engine.combine import combine
from kinerja.engine.interpreter import evaluate
from kinerja.engine.outcome import SCORED, NodeOutcome, Outcome, Part
from kinerja.engine.scoring import finish
from kinerja.errors import Fault
from kinerja.feel import MISSING
from kinerja.intervals import NOTHING, IntervalSet
from kinerja.lattices import MEMBERS, Lattice, TooLargeError
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule
from kinerja.sheets import entries
from kinerja.testing.mutation.answers import Cells, cells_of
from kinerja.testing.mutation.scope import result, scope_of
from kinerja.testing.mutation.sheets import Background, backgrounds, completed, varied

__all__ = ["Telling", "Verdict"]

#: How many combinations of answers are evaluated by both, and how many whole sheets.
CELLS = 10_000
SHEETS = 1_000
#: How many scores of a group are tried that should come to something else.
SCORES = 20


@frozen
class Verdict:
    """A sheet that tells a mutant from its rubric; without one, whether it is proved that there is none."""

    sheet: Facts | None = None
    is_decided: bool = True


#: No sheet can tell the two apart; and nobody knows.
SAME = Verdict()
OPEN = Verdict(is_decided=False)

#: The fields of a node that say what becomes of its score once it is combined, and what it is called then.
_AFTER = {"scale", "cap", "round"}
_NAMED = {"grades", "requires"}


class Telling:
    """A rubric whose mutants are told from it; what is known of the rubric itself is found out once."""

    def __init__(self, base: Plan) -> None:
        self.base = base
        self._reached: dict[tuple[str, bool], Reachable] = {}

    @cached_property
    def grounds(self) -> list[Background]:
        """Complete sheets of the rubric."""
        return backgrounds(self.base)

    def apart(self, other: Plan) -> Verdict:
        """A sheet to which a mutant gives another score, grade or award; or that there is none, or that it is open."""
        return _Pair(self, other).verdict()

    def reached(self, path: str, *, is_bare: bool) -> Reachable:
        """What a node can come to by the rubric, with or without scale, cap and rounding; no gate refuses anything."""
        if (path, is_bare) not in self._reached:
            node = self.base.nodes[path]
            # A gate that only sets a grade lets every score through.
            gates = tuple(evolve(gate, grade=gate.grade or "-") for gate in node.gates)
            asked = evolve(node, gates=gates, is_plain=node.is_plain or is_bare)
            rooted: Plan = evolve(self.base, root=asked)  # type: ignore[arg-type]
            self._reached[path, is_bare] = reached(rooted, left_out=True)
        return self._reached[path, is_bare]


class _Pair:
    """A rubric and one of its mutants."""

    def __init__(self, telling: Telling, other: Plan) -> None:
        self.telling = telling
        self.base = telling.base
        self.other = other

    def verdict(self) -> Verdict:
        """First what the change itself says, then sheets to try, then everything if that is little."""
        scope = scope_of(self.base, self.other)
        if all(isinstance(self.base.nodes[path], PlannedIndicator) for path in scope):
            verdicts = [self.by_indicator(path, fields) for path, fields in scope.items()]
        elif len(scope) == 1:
            ((path, fields),) = scope.items()
            verdicts = [self.by_group(path, fields)]
        else:
            verdicts = [OPEN]
        found = next((each.sheet for each in verdicts if each.sheet is not None), None)
        if found is not None:
            return Verdict(self.whole(found))
        if all(each.is_decided for each in verdicts):
            return SAME
        found = self.tried(scope)
        if found is not None:
            return Verdict(found)
        # What stands aside is no part of the whole, and a sheet may be told apart by it.
        cells = cells_of(self.base, self.other, ["total", *scope], reads_alike=False)
        return self.evaluated(cells, "total") if cells.count <= CELLS // 10 else OPEN

    def tried(self, scope: Iterable[str]) -> Facts | None:
        """The first of many whole sheets that tells the two apart."""
        sheets = islice(chain(varied(self.base, self.telling.grounds), self.near(scope)), SHEETS)
        return next((sheet for sheet in sheets if self.differ(sheet)), None)

    def near(self, scope: Iterable[str]) -> Iterator[Facts]:
        """Whole sheets with each answer to what the changed nodes hang on."""
        cells = cells_of(self.base, self.other, scope, reads_alike=True)
        for ground in self.telling.grounds:
            sheet = ground.sheet(-1)
            for name, answers in cells.of.items():
                yield from ({**sheet, name: value} for value in answers.values)

    def differ(self, sheet: Facts, path: str = "total") -> bool:
        """Whether one of the two gives this sheet another result than the other; of one node, if one is named."""
        stated = entries({name: value for name, value in sheet.items() if value is not MISSING})
        models = [planned.nodes[path].model for planned in (self.base, self.other)]
        if any(model.may_not_apply or model.missing for model in models):
            # A node is left out only of something that it stands in.
            path = "total"
        return bool(
            result(evaluate(_rooted(self.base, path), stated))
            != result(evaluate(_rooted(self.other, path), stated))
        )

    def whole(self, sheet: Facts) -> Facts:
        """The same as a whole sheet, complete if it can be, that tells the two apart."""
        found = [each for each in completed(self.base, sheet, self.telling.grounds) if self.differ(each)]
        complete = (each for each in found if evaluate(self.base, entries(each)).status == "complete")
        return next(complete, next(iter(found), sheet))

    # --- indicators

    def by_indicator(self, path: str, fields: set[str]) -> Verdict:
        """What an indicator can come to, where only its grades and gates differ; else what answers it hangs on."""
        verdict = self.by_group(path, fields) if fields <= _NAMED else OPEN
        if verdict != OPEN:
            return verdict
        return self.by_cells(path, fields)

    def by_cells(self, path: str, fields: set[str]) -> Verdict:
        """Every combination of answers to what a node hangs on, evaluated by both."""
        alike = self.reads_alike(path, fields)
        cells = cells_of(self.base, self.other, [path], reads_alike=alike)
        return self.evaluated(cells, path) if cells.count <= CELLS else OPEN

    def evaluated(self, cells: Cells, path: str) -> Verdict:
        """Every combination of some answers, evaluated by both."""
        for values in product(*(each.values for each in cells.of.values())):
            sheet = dict(zip(cells.of, values, strict=True))
            if self.differ(sheet, path):
                return Verdict(sheet)
        return SAME if cells.is_exact else OPEN

    def reads_alike(self, path: str, fields: set[str]) -> bool:
        """Whether a number that enters the score does so in one way in both, and is tested only before."""
        here, there = self.base.nodes[path], self.other.nodes[path]
        assert isinstance(here, PlannedIndicator)
        assert isinstance(there, PlannedIndicator)
        # Two formulas that agree on one number of a cell need not agree on the others.
        formulas = {each.text for node in (here, there) for each in node.amounts}
        return len(formulas) <= 1 and not fields & (_AFTER | _NAMED)

    # --- groups

    def by_group(self, path: str, fields: set[str]) -> Verdict:
        """What a group can come to, gone through."""
        try:
            if fields <= _NAMED:
                return self.by_name(path)
            if fields <= _AFTER:
                return self.by_score(path)
            if fields <= {"combine", "weight"}:
                return self.by_children(path)
        except TooLargeError:
            return OPEN
        return OPEN

    def by_name(self, path: str) -> Verdict:
        """The scores to which grades, awards or gates say something else: whether any of them can occur."""
        here, there = self.base.nodes[path], self.other.nodes[path]
        found = self.telling.reached(path, is_bare=False)
        decided = found.is_complete
        for each in found.configurations:
            known = {f"{path}.score", *each.facts}
            rules = (*_named(here).values(), *_named(there).values())
            if not all(known >= set(rule.names) for rule in rules):
                return OPEN
            region = _otherwise(here, there, each)
            for score in _occurring(each, region):
                verdict = self.at(path, each, score)
                if verdict is not None:
                    return verdict
                decided = False
            decided = decided and each.totals is not None
        return SAME if decided else OPEN

    def by_score(self, path: str) -> Verdict:
        """The raw scores that become something else: whether any of them can occur."""
        here, there = self.base.nodes[path], self.other.nodes[path]
        found = self.telling.reached(path, is_bare=True)
        decided = found.is_decided
        for each in found.configurations:
            if isinstance(each.totals, Lattice):
                differing = each.totals.mapped(
                    lambda raw: raw if _finished(here, raw) != _finished(there, raw) else None
                )
                for raw in islice(differing, SCORES):
                    verdict = self.at(path, each, raw)
                    if verdict is not None:
                        return verdict
                    decided = False
        return SAME if decided else OPEN

    def at(self, path: str, configuration: Configuration, score: Fraction) -> Verdict | None:
        """A sheet of this score, if it tells the two apart."""
        sheet = configuration.sheet(score)
        return Verdict(sheet) if sheet is not None and self.differ(sheet, path) else None

    def by_children(self, path: str) -> Verdict:
        """Every combination of what the children can come to, combined by both."""
        found = self.tried([path])
        if found is not None:
            return Verdict(found)
        here, there = self.base.nodes[path], self.other.nodes[path]
        assert isinstance(here, PlannedGroup)
        assert isinstance(there, PlannedGroup)
        configurations = fixed(self.base)
        cells = 0
        for facts in configurations or ():
            options = _options(Walk(self.base, facts, left_out=True), here)
            cells += prod(map(len, options)) if options is not None else MEMBERS
            if options is None or cells > MEMBERS:
                return OPEN
            for scores in product(*options):
                if _combined(here, facts, scores) != _combined(there, facts, scores):
                    return OPEN
        return OPEN if configurations is None else SAME


def _rooted(planned: Plan, path: str) -> Plan:
    """The plan of one node as if it were the whole."""
    if path == "total":
        return planned
    return evolve(planned, root=planned.nodes[path], beside=())  # type: ignore[arg-type]


def _named(node: PlannedNode) -> dict[str, Rule]:
    """The conditions of grades and gates."""
    found = {f"grades.{each.id}": each.rule for each in node.grades}
    return found | {f"requires.{each.id}": each.rule for each in node.gates}


def _otherwise(here: PlannedNode, there: PlannedNode, configuration: Configuration) -> IntervalSet:
    """The scores to which the grades, awards or gates of two nodes say something else."""
    own, facts = f"{here.path}.score", configuration.facts
    one = {key: allowed(rule, own, facts) for key, rule in _named(here).items()}
    two = {key: allowed(rule, own, facts) for key, rule in _named(there).items()}
    found = [(one[key] - two[key]) | (two[key] - one[key]) for key in one if key in two]
    # A gate that is gone says nothing any more where it failed.
    found += [~one[key] for key in one if key not in two]
    for grade in here.grades:
        if grade.model.awards != there.model.grades[grade.id].awards:
            found.append(one[f"grades.{grade.id}"])
    if [each.id for each in here.grades] != [each.id for each in there.grades]:
        # Which grade is the worse one is asked where a gate fails.
        found += [~one[f"requires.{gate.id}"] for gate in here.gates]
    return reduce(IntervalSet.__or__, found, NOTHING)


def _occurring(configuration: Configuration, region: IntervalSet) -> Iterator[Fraction]:
    """Scores of a region that can occur in a configuration; some of them, where they are many."""
    totals = configuration.totals
    if isinstance(totals, Lattice):
        last = totals.offset + max(0, totals.bits.bit_length() - 1) * totals.step
        for piece in region:
            low = totals.offset if piece.low is None else piece.low
            high = last if piece.high is None else piece.high
            yield from islice((each for each in totals.between(low, high) if each in region), SCORES)
    elif totals is not None:
        example = (totals.numbers & region).example()
        yield from () if example is None else (example,)


def _finished(node: PlannedNode, raw: Fraction) -> Fraction | None:
    """A raw score after a node's scale, cap and rounding; None where it is refused."""
    found = NodeOutcome(node, SCORED)
    found.score = raw
    # Only the problem of a score beyond its scale is put there, and nobody reads it.
    finish(found, Outcome(None, None))  # type: ignore[arg-type]
    return found.score


def _options(walk: Walk, group: PlannedGroup) -> list[list[Fraction | None]] | None:
    """What each child can come to, None where it may be left out; nothing where that is not known exactly."""
    found: list[list[Fraction | None]] = []
    for child in group.children:
        scores = walk.node(child)
        numbers = scores.finished if scores is not None else Lattice()
        if not isinstance(numbers, Lattice) or len(numbers) > MEMBERS:
            return None
        left_out = [] if scores is not None and scores.out is None else [None]
        found.append([*numbers, *left_out])
    return found


def _combined(group: PlannedGroup, facts: Facts, scores: tuple[Fraction | None, ...]) -> Any:
    """The children of a group combined in one configuration; what keeps them from it, where they are not."""
    parts = []
    for child, score in zip(group.children, scores, strict=True):
        if score is not None:
            result = NodeOutcome(child, SCORED)
            result.score = score
            held = [each for each in child.weights if each.rule is None or each.rule.holds(facts)]
            if child.weights and len(held) != 1:
                return child.path
            points, share = (held[0].points, held[0].share) if held else (1, Fraction(1))
            parts.append(Part(result, points, share))
    if not any(part.points for part in parts):
        return None
    try:
        return combine(group.model.combine, parts)
    except Fault as fault:
        return fault.code
