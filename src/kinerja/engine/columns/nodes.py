"""
The interpreter in columns: what every node comes to in every row, in the order that the language fixes.

What `kinerja.engine.interpreter` decides for one sheet, and in its words, is decided here for all of them; a node is
come to once, and where it is asked for decides whether what is wrong with it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

import narwhals as nw

from kinerja.engine.columns.asked import Answers, Named, Numbers, answers_of, options_of
from kinerja.engine.columns.asked import computed as derived
from kinerja.engine.columns.formulas import computed
from kinerja.engine.columns.lines import Whole, holes, inside, stretched, tree
from kinerja.engine.columns.terms import (
    Stages,
    Term,
    Truth,
    all_of,
    any_of,
    chosen,
    joined,
    negated,
    number,
    where,
)
from kinerja.engine.shapes import Shapes, common, common_base, finished, open_ends
from kinerja.errors import Diagnostic, Fault, UsageError
from kinerja.feel import MISSING
from kinerja.intervals import IntervalSet
from kinerja.model import Direct
from kinerja.plan import (
    Amount,
    Plan,
    PlannedCase,
    PlannedFact,
    PlannedGroup,
    PlannedIndicator,
    PlannedLookup,
    PlannedNode,
)
from kinerja.plan.parts import Weight
from kinerja.plan.rules import NO_SCORE, Rule, Test

__all__ = ["Came", "Graded", "Nodes"]

#: What is evaluated: a score or a grade, and of which node.
Stage: TypeAlias = tuple[str, str]


class Came:
    """What a node came to: of the first five exactly one holds in every row."""

    def __init__(
        self,
        *,
        scored: Truth = False,
        missed: Truth = False,
        invalid: Truth = False,
        unscored: Truth = False,
        left: Truth = False,
        problem: Truth = False,
        score: Whole | None = None,
    ) -> None:
        self.scored = scored
        self.missed = missed
        self.invalid = invalid
        self.unscored = unscored
        #: Not applicable, or left out of its group because nobody answered.
        self.left = left
        self.excluded: Truth = False
        #: Where something is wrong with the node itself, and not with what it is made of.
        self.problem = problem
        self.score = score
        #: The place of the band or rung that it was scored by, and where there is one.
        self.band: Term | None = None
        self.banded: Truth = False
        #: Whether it is left out only where its own condition, on listed answers, says so.
        self.is_plain = True


class Graded:
    """The grade of a node: its place, and where there is one, none on purpose, or another state instead."""

    def __init__(
        self, place: Term, held: Truth, none: Truth, missing: Truth, bad: Truth, left: Truth
    ) -> None:
        self.place = place
        self.held = held
        self.none = none
        self.missing = missing
        self.bad = bad
        self.left = left


class _Score:
    """What the name of a score means to a condition."""

    def __init__(self, came: Came) -> None:
        self.came = came
        self.ok = any_of([came.scored, came.unscored])
        self.bad, self.left, self.missing = came.invalid, came.left, came.missed

    def passes(self, test: Test) -> Truth:
        """Whether there is a score, or none on purpose, that the test lets pass."""
        came = self.came
        without = all_of([came.unscored, test.holds(NO_SCORE)])
        if not isinstance(test.allowed, IntervalSet):
            return any_of([without, all_of([came.scored, not test.holds(NO_SCORE)])])
        assert came.score is not None
        return any_of([without, all_of([came.scored, inside(came.score, test.allowed)])])


class _Grade:
    """What the name of a grade means to a condition."""

    def __init__(self, node: PlannedNode, graded: Graded) -> None:
        self.node = node
        self.graded = graded
        self.ok = any_of([graded.held, graded.none])
        self.bad, self.left, self.missing = graded.bad, graded.left, graded.missing

    def passes(self, test: Test) -> Truth:
        """Whether there is a grade that the test lets pass."""
        places = [at for at, grade in enumerate(self.node.grades) if test.holds(grade.id)]
        held = any_of(self.graded.place.to(lambda a, at=at: a == number(at)) for at in places)  # type: ignore[misc]
        return any_of([all_of([self.graded.held, held]), all_of([self.graded.none, test.holds(NO_SCORE)])])


class _Asked:
    """A rule in every row: it holds, it does not, or that hangs on what is missing or cannot be used."""

    def __init__(self, yes: Truth, no: Truth, unusable: Truth) -> None:
        self.yes = yes
        self.no = no
        self.open = negated(any_of([yes, no]))
        #: Where one of its ways hangs on something that cannot be used.
        self.unusable = unusable


class _OneOf:
    """Of several rules the one that holds."""

    def __init__(self, asked: Sequence[_Asked], stages: Stages) -> None:
        self.yes = [stages.kept(each.yes) for each in asked]
        none = negated(any_of(self.yes))
        waiting = any_of(each.open for each in asked)
        unusable = any_of(all_of([each.open, each.unusable]) for each in asked)
        counts = [
            each.to(lambda a: a.cast(nw.Int64)) if isinstance(each, Term) else Term(number(int(each)))
            for each in self.yes
            if each is not False
        ]
        if counts:
            summed = joined(counts, lambda a, b: a.with_(b, lambda x, y: x + y))
            self.one: Truth = summed.to(lambda a: a == number(1))
            several: Truth = summed.to(lambda a: a > number(1)) if len(counts) > 1 else False
        else:
            self.one, several = False, False
        self.one = stages.kept(self.one)
        self.bad = stages.kept(all_of([none, unusable]))
        self.missing = stages.kept(all_of([none, waiting, negated(unusable)]))
        self.problem = stages.kept(any_of([several, all_of([none, negated(waiting)])]))


class _Weighing(Shapes):
    """The sums of weights that there can be where children are also left out for what only rows show."""

    def __init__(self, plan: Plan, free: Iterable[str]) -> None:
        super().__init__(plan)
        self.free = frozenset(free)

    def is_free(self, child: PlannedNode) -> bool:
        """Whether no listed answer says if a child counts."""
        return child.path in self.free or not self.is_finite(child.applies)


class Nodes:
    """All nodes of a plan over the columns of one frame."""

    def __init__(self, plan: Plan, types: Mapping[str, nw.dtypes.DType], stages: Stages) -> None:
        self.plan = plan
        self.types = types
        self.stages = stages
        self.facts: dict[str, Answers] = {}
        self.sets: dict[str, object] = {}
        self.came: dict[str, Came] = {}
        self.graded: dict[str, Graded] = {}
        self.rules: dict[int, _Asked] = {}
        self.wrong: dict[Stage, Truth] = {}
        #: Who evaluates what, and where.
        self.asks: dict[Stage, list[tuple[Stage | None, Truth]]] = {}

    def invalid(self) -> Truth:
        """Where anything that the total and its grade hang on is wrong; asked for when all else is done."""
        self.ask(("score", "total"), by=None, here=True)
        self.score(self.plan.root)
        if self.plan.root.grades:
            self.ask(("grade", "total"), by=None, here=True)
            self.grade(self.plan.root)
        asked: dict[Stage, Truth] = {}
        nodes = [all_of([self.is_asked(stage, asked), where_]) for stage, where_ in self.wrong.items()]
        facts = [all_of([self.facts[name].bad, read]) for name, read in self.read(asked).items()]
        return any_of([*nodes, *facts, self.came["total"].invalid])

    def is_asked(self, stage: Stage, known: dict[Stage, Truth]) -> Truth:
        """Where a stage is evaluated, whoever asks for it."""
        if stage not in known:
            known[stage] = self.stages.kept(
                any_of(
                    all_of([True if by is None else self.is_asked(by, known), here])
                    for by, here in self.asks.get(stage, ())
                )
            )
        return known[stage]

    def ask(self, stage: Stage, *, by: Stage | None, here: Truth) -> None:
        """Note who evaluates what."""
        if stage != by and here is not False:
            self.asks.setdefault(stage, []).append((by, here))

    def read(self, asked: dict[Stage, Truth]) -> dict[str, Truth]:
        """The facts that the total and its grade may hang on, and in which rows."""
        waiting: dict[Stage, list[Truth]] = {("score", "total"): [True], ("grade", "total"): [True]}
        order = self.read_order()
        found: dict[str, list[Truth]] = {}
        for stage in order:
            here = self.stages.kept(any_of(waiting.get(stage, [])))
            what, path = stage
            node = self.plan.nodes[path]
            inner = all_of(
                [here, negated(all_of([self.is_asked(("score", path), asked), self.not_applying(node)]))]
            )
            for name, within in self.read_by(stage):
                where_ = inner if within else here
                if name in self.plan.references:
                    other, kind = self.plan.references[name]
                    waiting.setdefault((kind, other), []).append(where_)
                else:
                    found.setdefault(name, []).append(where_)
            if what == "grade":
                waiting.setdefault(("score", path), []).append(inner)
            elif isinstance(node, PlannedGroup):
                for child in node.children:
                    waiting.setdefault(("score", child.path), []).append(inner)
        return {name: any_of(truths) for name, truths in found.items() if name in self.facts}

    def not_applying(self, node: PlannedNode) -> Truth:
        """Where a node is not applicable, as against left out because nobody answered."""
        came = self.came.get(node.path)
        if came is None:
            return False
        left = all_of([came.left, negated(came.excluded)])
        if isinstance(node, PlannedLookup) and node.path in self.graded:
            return any_of([left, self.graded[node.path].left])
        return left

    def read_by(self, stage: Stage) -> Iterator[tuple[str, bool]]:
        """The names that a stage reads, and whether only where its node applies."""
        what, path = stage
        node = self.plan.nodes[path]
        for rule in node.around:
            for name in rule.names:
                yield name, False
        for name in node.grade_reads if what == "grade" else node.reads:
            yield name, True

    def read_order(self) -> list[Stage]:
        """The stages that the total and its grade hang on, each before those that it hangs on."""
        done: dict[Stage, None] = {}
        open_: set[Stage] = set()

        def visit(stage: Stage) -> None:
            if stage in done or stage in open_:
                return
            open_.add(stage)
            what, path = stage
            node = self.plan.nodes[path]
            for name, _ in self.read_by(stage):
                if name in self.plan.references:
                    other, kind = self.plan.references[name]
                    visit((kind, other))
            if what == "grade":
                visit(("score", path))
            elif isinstance(node, PlannedGroup):
                for child in node.children:
                    visit(("score", child.path))
            open_.discard(stage)
            done[stage] = None

        visit(("grade", "total"))
        visit(("score", "total"))
        return list(reversed(done))

    # --- names

    @contextmanager
    def about(self, path: str) -> Iterator[None]:
        """Faults of the arithmetic under the name of a node or a fact."""
        try:
            yield
        except Fault as fault:
            values = {"name": path, **fault.values}
            raise UsageError([Diagnostic(fault.code, (str(values["name"]),), values)]) from None

    def fact(self, name: str) -> Answers:
        """A fact, looked at once."""
        if name not in self.facts:
            with self.about(name):
                self.facts[name] = self._fact(self.plan.facts[name])
        return self.facts[name]

    def _fact(self, fact: PlannedFact) -> Answers:
        if fact.kind == "set":
            if f"{fact.name}.{fact.options[0]}" not in self.types:
                return answers_of(fact, None, self.stages)
            answers, has = options_of(fact, self.stages)
            self.sets[fact.name] = has
            return answers
        if fact.name in self.types or fact.formula is None or not self.has_parts(fact):
            return answers_of(fact, self.types.get(fact.name), self.stages)
        return self.derived(fact)

    def has_parts(self, fact: PlannedFact) -> bool:
        """Whether the frame holds what a fact is computed from."""
        facts = self.plan.facts
        return all(
            name in self.types
            or facts[name].missing is not MISSING
            or (bool(facts[name].operands) and self.has_parts(facts[name]))
            for name in fact.operands.values()
        )

    def derived(self, fact: PlannedFact) -> Answers:
        """A fact from its parts; absent where all of them are."""
        parts = {name: self.fact(name) for name in fact.operands.values()}
        assert fact.formula is not None

        def operand(spelt: str) -> tuple[Whole, Truth]:
            part = parts[fact.operands[spelt]]
            assert isinstance(part, Numbers)
            with self.about(fact.operands[spelt]):
                return part.whole, part.ok

        bad = any_of(part.bad for part in parts.values())
        with self.told(fact.name, str(fact.formula)):
            found = computed(fact.formula.tree, operand, self.stages)
            known = all_of([found.known, negated(bad)])
            # A division of parts that are there is at fault even where other parts are missing.
            fault = all_of([found.fault, negated(bad)])
            return derived(fact, found.ratio, known, fault, any_of([bad, fault]), self.stages)

    @contextmanager
    def told(self, path: str, text: str) -> Iterator[None]:
        """The same as `about`, where a formula or a way to combine may be beyond whole numbers."""
        try:
            yield
        except Fault as fault:
            raise Fault(fault.code, **{"name": path, "text": text, **fault.values}) from None

    def named(self, name: str, by: Stage | None, here: Truth) -> Named:
        """What a name means; who asks for a node, and where, is noted."""
        if name in self.plan.facts:
            return self.fact(name)
        path, what = self.plan.references[name]
        self.ask((what, path), by=by, here=here)
        node = self.plan.nodes[path]
        if what == "grade":
            return _Grade(node, self.grade(node))
        return _Score(self.score(node))

    def rule(self, rule: Rule, by: Stage, here: Truth) -> _Asked:
        """A rule in every row."""
        named = {name: self.named(name, by, here) for name in rule.names}
        if id(rule) not in self.rules:
            yes, no, unusable = [], [], []
            for way in rule.ways:
                passed = [named[test.name].passes(test) for test in way]
                failed = [
                    any_of([named[test.name].left, all_of([named[test.name].ok, negated(each)])])
                    for test, each in zip(way, passed, strict=True)
                ]
                yes.append(all_of(passed))
                no.append(any_of(failed))
                bad = any_of(named[test.name].bad for test in way)
                unusable.append(all_of([bad, negated(no[-1])]))
            kept = self.stages.kept
            self.rules[id(rule)] = _Asked(kept(any_of(yes)), kept(all_of(no)), kept(any_of(unusable)))
        return self.rules[id(rule)]

    # --- nodes

    def score(self, node: PlannedNode) -> Came:
        """A node, come to once."""
        if node.path not in self.came:
            with self.about(node.path):
                self.came[node.path] = self.admitted(node)
        return self.came[node.path]

    def admitted(self, node: PlannedNode) -> Came:
        """Whether it applies and no gate refuses it, then what it comes to."""
        by, kept = ("score", node.path), self.stages.kept
        here: Truth = True
        rules = []
        for rule in node.around:
            rules.append(self.rule(rule, by, here))
            here = all_of([here, negated(rules[-1].no)])
        applies = kept(all_of(each.yes for each in rules))
        left = kept(any_of(each.no for each in rules))
        invalid = all_of([negated(any_of([applies, left])), any_of(each.unusable for each in rules)])
        missed = all_of([negated(any_of([applies, left])), negated(invalid)])
        asks = {gate.id: any(name in self.plan.references for name in gate.rule.names) for gate in node.gates}
        refused, waiting, passing = self.gated(
            [gate.rule for gate in node.gates if not gate.grade and not asks[gate.id]], by, applies
        )
        problem = refused
        invalid, missed = any_of([invalid, refused, waiting[0]]), any_of([missed, waiting[1]])
        came = self.within(node, kept(passing))
        if node.model.missing == "exclude":
            came.excluded = all_of([passing, came.missed])
            came.left, came.missed, came.is_plain = any_of([came.left, came.excluded]), False, False
        came.is_plain = came.is_plain and came.left is False
        if passing is not True:
            # What is looked at beyond its conditions is not there.
            for state in ("scored", "missed", "invalid", "unscored", "left", "problem", "banded"):
                setattr(came, state, kept(all_of([passing, getattr(came, state)])))
        came.left = any_of([came.left, left])
        came.missed, came.invalid = any_of([came.missed, missed]), any_of([came.invalid, invalid])
        later = [gate.rule for gate in node.gates if not gate.grade and asks[gate.id]]
        if later:
            self.came[node.path] = came
            there = kept(any_of([came.scored, came.unscored]))
            refused, waiting, passing = self.gated(later, by, there)
            problem = any_of([problem, refused])
            came.scored, came.unscored = all_of([came.scored, passing]), all_of([came.unscored, passing])
            came.invalid = any_of([came.invalid, refused, waiting[0]])
            came.missed = any_of([came.missed, waiting[1]])
        came.problem = kept(any_of([came.problem, problem]))
        for state in ("scored", "missed", "invalid", "unscored", "left"):
            setattr(came, state, kept(getattr(came, state)))
        if came.problem is not False:
            self.wrong[by] = came.problem
        return came

    def gated(
        self, rules: Sequence[Rule], by: Stage, here: Truth
    ) -> tuple[Truth, tuple[Truth, Truth], Truth]:
        """Where gates refuse; where they wait for what cannot be used, or is missing; where all hold."""
        asked = [self.rule(rule, by, here) for rule in rules]
        refused = all_of([here, any_of(each.no for each in asked)])
        waiting = all_of(
            [here, negated(any_of(each.no for each in asked)), any_of(each.open for each in asked)]
        )
        unusable = any_of(all_of([each.open, each.unusable]) for each in asked)
        passing = all_of([here, *(each.yes for each in asked)])
        return refused, (all_of([waiting, unusable]), all_of([waiting, negated(unusable)])), passing

    def within(self, node: PlannedNode, here: Truth) -> Came:
        """A node by its kind, where it applies and is not refused."""
        if isinstance(node, PlannedIndicator):
            return self.indicator(node, here)
        if isinstance(node, PlannedLookup):
            return Came(scored=True)
        assert isinstance(node, PlannedGroup)
        return self.group(node, here)

    # --- indicators

    def indicator(self, node: PlannedIndicator, here: Truth) -> Came:
        """The score by the band that holds, the rung reached, the answer itself or the formula."""
        measure = node.measure
        if node.amount is not None:
            return self.amount(node, node.amount, here)
        if measure is None:
            return self.banded(node, None, here)
        asked = self.fact(measure.name)
        if node.bands:
            return self.banded(node, asked, here)
        if isinstance(node.model, Direct):
            assert isinstance(asked, Numbers)
            came = self.finish(node, Came(scored=asked.ok, score=asked.whole))
        else:
            came = self.climbed(node, asked, here)
        came.missed = any_of([came.missed, asked.missing])
        came.invalid = any_of([came.invalid, asked.bad])
        return came

    def climbed(self, node: PlannedIndicator, asked: Answers, here: Truth) -> Came:
        """The last rung of the unbroken run from the first."""
        has = self.sets.get(asked.fact.name)
        usual = asked.fact.missing
        reached: list[Truth] = []
        for step in node.ladder:
            said = has(step.needs) if callable(has) else False
            truth = (
                said if asked.usual is False else any_of([said, all_of([asked.usual, step.needs <= usual])])
            )
            reached.append(self.stages.kept(all_of([*reached[-1:], truth])))
        holding = [
            all_of([truth, negated(after)])
            for truth, after in zip(reached, [*reached[1:], False], strict=True)
        ]
        none = all_of([asked.ok, negated(reached[0])])
        amounts = [step.amount for step in node.ladder]
        if node.otherwise is not None:
            came = self.picked(node, [*holding, none], [*amounts, node.otherwise], here)
        else:
            came = self.picked(node, holding, amounts, here)
            came.problem = any_of([came.problem, none])
            came.invalid = any_of([came.invalid, none])
        summed = joined(
            [
                each.to(lambda a: a.cast(nw.Int64)) if isinstance(each, Term) else Term(number(int(each)))
                for each in reached
            ],
            lambda a, b: a.with_(b, lambda x, y: x + y),
        )
        came.band = summed.to(lambda a: a - number(1))
        came.banded = reached[0]
        return came

    def banded(self, node: PlannedIndicator, asked: Answers | None, here: Truth) -> Came:
        """The score of the one band that holds; two are a problem, none is one unless an answer is missing."""
        by = ("score", node.path)
        amounts = [band.amount for band in node.bands]
        if asked is None or not (node.regions is not None or node.table is not None):
            one = _OneOf([self.rule(band.rule, by, here) for band in node.bands], self.stages)
            came = self.picked(node, one.yes, amounts, all_of([here, one.one]))
            # Where several hold there is none.
            for state in ("scored", "missed", "invalid", "unscored", "left", "problem"):
                setattr(came, state, all_of([one.one, getattr(came, state)]))
            came.invalid = any_of([came.invalid, one.bad, one.problem])
            came.missed = any_of([came.missed, one.missing])
            came.problem = any_of([came.problem, one.problem])
            places = [number(at) for at in range(len(one.yes))]
            came.band = self.picking(one.yes, places)
            came.banded = one.one
            if asked is not None:
                came.invalid = any_of([came.invalid, asked.bad])
                for state in ("scored", "missed", "unscored", "left", "problem", "banded"):
                    setattr(came, state, all_of([negated(asked.bad), getattr(came, state)]))
            return came
        return self.tabled(node, asked, amounts, here)

    def picking(self, truths: Sequence[Truth], values: Sequence[nw.Expr]) -> Term:
        """The value of the one truth that holds; any where none does."""
        found = [(each, value) for each, value in zip(truths, values, strict=True) if each is not False]
        for each, value in found:
            if each is True:
                return Term(value)
        terms = [each for each, _ in found if isinstance(each, Term)]
        if not terms:
            return Term(number(0))
        return self.stages.keep(chosen(terms, [value for _, value in found]))

    def tabled(self, node: PlannedIndicator, asked: Answers, amounts: Sequence[Amount], here: Truth) -> Came:
        """Bands of one number, choice or yes-no, by a tree of comparisons or by the answer."""
        kept = self.stages.kept
        whole = True
        if node.regions is not None:
            assert isinstance(asked, Numbers)
            place, whole = asked.places([band.rule.numbers() for band in node.bands])
            by_value = node.regions.find(asked.fact.missing) if asked.usual is not False else ()
        else:
            assert node.table is not None
            by_band: dict[int, list[object]] = {}
            for answer, holding in node.table.items():
                by_band.setdefault(holding[0] if len(holding) == 1 else -1, []).append(answer)
            whole = -1 not in by_band
            # What is said is one of the answers: the last needs no test.
            truths = [asked.holds(answers) for answers in by_band.values()]
            place = (
                self.picking(
                    [*truths[:-1], True] if len(truths) == 1 else truths, [number(at) for at in by_band]
                )
                if asked.said is not False
                else None
            )
            by_value = node.table[asked.fact.missing] if asked.usual is not False else ()
        if asked.usual is not False:
            usual = by_value[0] if len(by_value) == 1 else -1
            whole = whole and usual >= 0
            if place is None or asked.usual is True:
                place = Term(number(usual))
            else:
                usual_here = asked.usual
                place = Term(where(usual_here, number(usual), place.expr), max(place.level, usual_here.level))
        assert place is not None
        place = self.stages.keep(place)
        problem: Truth = False
        found = asked.ok
        if not whole:
            problem = kept(all_of([asked.ok, place.to(lambda a: a < number(0))]))
            found = kept(all_of([asked.ok, place.to(lambda a: a >= number(0))]))
        came = self.by_place(node, place, found, amounts, here)
        came.problem = any_of([came.problem, problem])
        came.missed = any_of([came.missed, asked.missing])
        came.invalid = any_of([came.invalid, asked.bad, problem])
        came.band, came.banded = place, found
        return came

    def by_place(
        self, node: PlannedIndicator, place: Term, found: Truth, amounts: Sequence[Amount], here: Truth
    ) -> Came:
        """The score by the place of the band that holds."""
        constants = [amount.constant for amount in amounts]
        scores = [None if each is None else finished(node, each) for each in constants]
        known = [each for each in scores if each is not None]
        if len(known) < len(amounts):
            truths = [
                all_of([found, place.to(lambda a, at=at: a == number(at))]) for at in range(len(amounts))
            ]  # type: ignore[misc]
            return self.picked(node, truths, amounts, here)
        return Came(scored=found, score=self.looked_up(place, known))

    def looked_up(self, place: Term, scores: Sequence[Fraction]) -> Whole:
        """The scores of bands by their places: a line where they lie on one, else a tree."""
        unit = common(scores)
        values = [int(each / unit) for each in scores]
        low, high = min(values), max(values)
        if low == high:
            return Whole(None, unit, low, low)
        rise = values[1] - values[0]
        whole = Whole(place, unit, low, high).fitting()
        if all(b - a == rise for a, b in pairwise(values)):
            made = place.to(lambda a: a * number(rise) + number(values[0]))
        else:
            stretches = [(at, Fraction(at), True) for at in range(len(values) - 1)]
            found = [(values[at], cut, closed) for at, cut, closed in stretches]
            made = tree(Whole(place, Fraction(1), -1, len(values)), [*found, (values[-1], None, False)])
        return Whole(self.stages.keep(made), unit, whole.low, whole.high)

    def picked(
        self, node: PlannedIndicator, truths: Sequence[Truth], amounts: Sequence[Amount], here: Truth
    ) -> Came:
        """What one of several amounts comes to, where its truth holds; at most one does."""
        several = [
            (truth, self.amount(node, amount, all_of([here, truth])))
            for truth, amount in zip(truths, amounts, strict=True)
            if truth is not False
        ]
        found = Came()
        for state in ("scored", "missed", "invalid", "unscored", "left", "problem"):
            setattr(found, state, any_of(all_of([truth, getattr(came, state)]) for truth, came in several))
        scored = [
            (all_of([truth, came.scored]), came.score) for truth, came in several if came.score is not None
        ]
        found.score = self.added([(truth, score, Fraction(1)) for truth, score in scored])
        found.is_plain = all(came.is_plain for _, came in several)
        return found

    def added(self, several: Sequence[tuple[Truth, Whole, Fraction]]) -> Whole:
        """The sum of numbers times their factors, each where its truth holds."""
        parts = [
            (truth, score.scaled(factor)) for truth, score, factor in several if factor and truth is not False
        ]
        unit = common(part.unit for _, part in parts if part.low or part.high)
        counted = [part.counted(unit).gated(truth) for truth, part in parts if part.low or part.high]
        if not counted:
            return Whole(None, unit, 0, 0)
        constant = sum(each.low for each in counted if each.term is None)
        terms = [each for each in counted if each.term is not None]
        low = constant + sum(each.low for each in terms)
        high = constant + sum(each.high for each in terms)
        if not terms:
            return Whole(None, unit, low, high).fitting()
        Whole(None, unit, -max(abs(low), abs(high)), 0).fitting()
        summed = joined(
            [Term(each.expr, each.level) for each in terms], lambda a, b: a.with_(b, lambda x, y: x + y)
        )
        if constant:
            summed = summed.to(lambda a: a + number(constant))
        return Whole(self.stages.keep(summed), unit, low, high)

    def amount(self, node: PlannedIndicator, amount: Amount, here: Truth) -> Came:
        """A number, a formula, or the one of several cases that holds."""
        if amount.constant is not None:
            return self.constant(node, amount.constant)
        if len(amount.cases) == 1 and amount.cases[0].rule is None:
            return self.case(node, amount.cases[0], here)
        by = ("score", node.path)
        asked = [self.rule(case.rule, by, here) for case in amount.cases if case.rule is not None]
        one = _OneOf(asked, self.stages)
        found = Came()
        several = [
            (truth, self.case(node, case, all_of([here, one.one, truth])))
            for truth, case in zip(one.yes, amount.cases, strict=True)
        ]
        for state in ("scored", "missed", "invalid", "unscored", "left", "problem"):
            within = any_of(all_of([truth, getattr(came, state)]) for truth, came in several)
            setattr(found, state, all_of([one.one, within]))
        found.score = self.added(
            [
                (all_of([truth, came.scored]), came.score, Fraction(1))
                for truth, came in several
                if came.score is not None
            ]
        )
        found.missed = any_of([found.missed, one.missing])
        found.invalid = any_of([found.invalid, one.bad, one.problem])
        found.problem = any_of([found.problem, one.problem])
        found.is_plain = all(came.is_plain for _, came in several)
        return found

    def constant(self, node: PlannedIndicator, score: Fraction) -> Came:
        """A number, after scale, cap and rounding: worked out here and now."""
        known = finished(node, score)
        if known is None:
            return Came(invalid=True, problem=True)
        return Came(scored=True, score=Whole.of(known))

    def case(self, node: PlannedIndicator, case: PlannedCase, here: Truth) -> Came:
        """One formula, or no score on purpose."""
        formula = case.formula
        if formula is None:
            return Came(unscored=True)
        if formula.constant is not None:
            return self.constant(node, formula.constant)
        keys = [key for key in case.operands.values() if isinstance(key, str)]
        with self.told(node.path, str(formula)):
            if len(keys) < len(case.operands):
                raise Fault("K615")
            by = ("score", node.path)
            named = {key: self.named(key, by, here) for key in keys}

            def operand(spelt: str) -> tuple[Whole, Truth]:
                each = named[str(case.operands[spelt])]
                if isinstance(each, Numbers):
                    with self.about(each.fact.name):
                        return each.whole, each.ok
                assert isinstance(each, _Score)
                if each.came.score is None:
                    raise Fault("K615")
                return each.came.score, each.came.scored

            found = computed(formula.tree, operand, self.stages)
            bad = any_of(each.bad for each in named.values())
            unscored = any_of(each.came.unscored for each in named.values() if isinstance(each, _Score))
            usable = negated(any_of([bad, unscored]))
            fault = all_of([usable, found.fault])
            missing = any_of(each.missing for each in named.values())
            left = any_of(each.left for each in named.values())
            score = found.ratio.above
            if found.ratio.below.term is not None:
                if node.model.round is None or node.scaling is not None or node.cap is not None:
                    raise Fault("K615")
                score = found.ratio.rounded(node.model.round)
            kept = self.stages.kept
            came = Came(
                scored=kept(all_of([usable, found.known, negated(fault)])),
                missed=kept(all_of([usable, missing, negated(fault)])),
                invalid=kept(any_of([bad, fault])),
                unscored=kept(all_of([negated(bad), unscored])),
                left=kept(all_of([usable, left, negated(any_of([missing, fault]))])),
                problem=fault,
                score=score,
            )
            came.is_plain = came.left is False
            return came if found.ratio.below.term is not None else self.finish(node, came)

    # --- groups

    def group(self, node: PlannedGroup, here: Truth) -> Came:
        """A group: its children that apply and are answered, combined."""
        kept = self.stages.kept
        by = ("score", node.path)
        children = []
        for child in node.children:
            self.ask(("score", child.path), by=by, here=here)
            children.append(self.score(child))
        weighed = [
            self.weighed(child, came, by, here) for child, came in zip(node.children, children, strict=True)
        ]
        bad = any_of(weight[2] for weight in weighed)
        invalid = kept(any_of([*(came.invalid for came in children), bad]))
        problem = any_of(weight[4] for weight in weighed)
        missed = any_of([*(came.missed for came in children), *(weight[3] for weight in weighed)])
        missed = kept(all_of([missed, negated(invalid)]))
        unscored = any_of(came.unscored for came in children)
        stopped = any_of([invalid, missed])
        unscored = kept(all_of([unscored, negated(stopped)]))
        rest = negated(any_of([stopped, unscored]))
        present = [weight[0] for weight in weighed]
        counting = [
            any_of(all_of([where_, bool(points)]) for where_, points in weight[1]) for weight in weighed
        ]
        filled = any_of(all_of([here_, count]) for here_, count in zip(present, counting, strict=True))
        # A child that is there wherever the group has a score makes it never empty.
        always = any(
            came.left is False and count is True for came, count in zip(children, counting, strict=True)
        )
        scored = kept(rest if always else all_of([rest, filled]))
        left = False if always else kept(all_of([rest, negated(filled)]))
        came = Came(
            scored=scored, missed=missed, invalid=invalid, unscored=unscored, left=left, problem=problem
        )
        came.is_plain = left is False
        if node.model.combine:
            with self.told(node.path, node.model.combine):
                came.score = self.combined(node, children, weighed, present)
                came = self.finish(node, came)
        return came

    def weighed(
        self, child: PlannedNode, came: Came, by: Stage, here: Truth
    ) -> tuple[Truth, list[tuple[Truth, int]], Truth, Truth, Truth]:
        """Where a child counts, with which points, and where its weight cannot be told: bad, missing, a problem."""
        weights: list[Weight] = child.weights
        if len(weights) < 2 and (not weights or weights[0].rule is None):
            return came.scored, [(True, weights[0].points if weights else 1)], False, False, False
        there = all_of([here, came.scored])
        asked = [self.rule(weight.rule, by, there) for weight in weights if weight.rule is not None]
        one = _OneOf(asked, self.stages)
        states = [
            self.stages.kept(all_of([came.scored, each]))
            for each in (one.one, one.bad, one.missing, one.problem)
        ]
        points = [(truth, weight.points) for truth, weight in zip(one.yes, weights, strict=True)]
        return states[0], points, any_of([states[1], states[3]]), states[2], states[3]

    def combined(
        self,
        node: PlannedGroup,
        children: Sequence[Came],
        weighed: Sequence[tuple[Truth, list[tuple[Truth, int]], Truth, Truth, Truth]],
        present: Sequence[Truth],
    ) -> Whole:
        """The score of a group from the scores of those of its children that count."""
        combine = node.model.combine
        scores = []
        for came in children:
            if came.score is None:
                # It never has one: what it has instead decides.
                scores.append(Whole.of(Fraction(0)))
            else:
                scores.append(came.score)
        # Where a child is never left out it counts in every row in which the group has a score.
        counts = [
            True if came.left is False and weight[2] is False and weight[3] is False else truth
            for came, weight, truth in zip(children, weighed, present, strict=True)
        ]
        if combine in ("min", "max"):
            return self.extreme(scores, counts, least=combine == "min")
        if combine == "product":
            return self.product(scores, counts)
        if combine == "geometric-mean":
            raise Fault("K615")
        parts, bases = [], []
        for score, truth, weight in zip(scores, counts, weighed, strict=True):
            for holds, points in weight[1]:
                both = self.stages.kept(all_of([truth, holds]))
                parts.append((both, score, Fraction(points)))
                bases.append((both, Whole(None, Fraction(1), points, points), Fraction(1)))
        total = self.added(parts)
        if combine == "sum":
            return total
        base = self.added([each for each in bases if each[1].low])
        whole = base.low
        if base.term is not None:
            free = [
                child.path for child, came in zip(node.children, children, strict=True) if not came.is_plain
            ]
            found = common_base(_Weighing(self.plan, free).bases(node))
            if found is None:
                raise Fault("K615")
            whole = found
        unit = total.unit / max(whole, 1)
        low = min(score.low * score.unit for score in scores)
        high = max(score.high * score.unit for score in scores)
        made = None
        if base.term is not None:
            below = Term(nw.when(base.expr > number(0)).then(base.expr).otherwise(number(1)), base.level)
            made = Term(total.expr * (number(whole) // below.expr), max(total.level, below.level))
        elif total.term is not None:
            made = total.term
        ends = (floor(low / unit), ceil(high / unit)) if made is not None else (total.low, total.low)
        if base.term is not None:
            # In rows without a score the sum goes with any base.
            size = max(abs(total.low), abs(total.high)) * whole
            Whole(None, unit, -size, size).fitting()
        return Whole(made, unit, *ends).fitting()

    def extreme(self, scores: Sequence[Whole], counts: Sequence[Truth], *, least: bool) -> Whole:
        """The least or the greatest of the scores that count."""
        unit = common(score.unit for score in scores if score.low or score.high)
        counted = [
            score.counted(unit) if score.low or score.high else Whole(None, unit, 0, 0) for score in scores
        ]
        low, high = min(each.low for each in counted), max(each.high for each in counted)
        beyond = high + 1 if least else low - 1
        gated = [each.gated(truth, beyond) for each, truth in zip(counted, counts, strict=True)]

        def better(one: Term, two: Term) -> Term:
            def made(a: nw.Expr, b: nw.Expr) -> nw.Expr:
                return nw.when(a <= b if least else a >= b).then(a).otherwise(b)

            return self.stages.keep(self.stages.keep(one).with_(self.stages.keep(two), made))

        found = joined([Term(each.expr, each.level) for each in gated], better)
        return Whole(found, unit, low, high).fitting()

    def product(self, scores: Sequence[Whole], counts: Sequence[Truth]) -> Whole:
        """The product of the scores that count; one that does not is a factor of 1."""
        found = Whole.of(Fraction(1))
        for score, truth in zip(scores, counts, strict=True):
            factor = score
            if truth is not True:
                factor = score.counted(common((score.unit, Fraction(1))))
                factor = factor.gated(truth, int(1 / factor.unit))
            found = found.multiplied(factor)
        return found

    def finish(self, node: PlannedNode, came: Came) -> Came:
        """Scale, then cap, then round: after this the score is the score."""
        score = came.score
        assert score is not None
        if node.scaling is not None:
            below, above = open_ends(node)
            outside = any_of(
                [
                    score.compared("<", node.scaling.low) if below else False,
                    score.compared(">", node.scaling.high) if above else False,
                ]
            )
            beyond = self.stages.kept(all_of([came.scored, outside]))
            came.scored = all_of([came.scored, negated(beyond)])
            came.invalid, came.problem = any_of([came.invalid, beyond]), any_of([came.problem, beyond])
            slope, offset = node.scaling.slope, Whole.of(node.scaling.offset)
            turned = score.negated() if slope < 0 else score
            score = turned.scaled(abs(slope)) if slope else Whole.of(Fraction(0))
            score = score.plus(offset) if offset.low else score
        if node.cap is not None:
            score = self.held_to(node.cap, score)
        if node.model.round is not None and score.unit % node.model.round.to:
            score = score.rounded(node.model.round)
        if score.term is not None and score is not came.score:
            score = Whole(self.stages.keep(score.term), score.unit, score.low, score.high)
        came.score = score
        return came

    def held_to(self, cap: tuple[Fraction | None, Fraction | None], score: Whole) -> Whole:
        """A score held between two ends."""
        for end, sign in zip(cap, ("<", ">"), strict=True):
            if end is None:
                continue
            beyond = score.compared(sign, end)
            if beyond is False:
                continue
            unit = common((score.unit, end)) if end else score.unit
            counted, place = score.counted(unit), int(end / unit)
            if beyond is True:
                score = Whole(None, unit, place, place)
                continue
            term = Term(where(beyond, number(place), counted.expr), max(beyond.level, counted.level))
            low = max(counted.low, place) if sign == "<" else min(counted.low, place)
            high = max(counted.high, place) if sign == "<" else min(counted.high, place)
            score = Whole(self.stages.keep(term), unit, low, high)
        return score

    # --- grades

    def grade(self, node: PlannedNode) -> Graded:
        """The class of a node: by its score, then by the gates that it fails; the worst one wins."""
        if node.path not in self.graded:
            with self.about(node.path):
                self.graded[node.path] = self.classed(node)
        return self.graded[node.path]

    def classed(self, node: PlannedNode) -> Graded:
        """The one grade that holds, then the gates."""
        by, kept = ("grade", node.path), self.stages.kept
        came = self.score(node)
        self.ask(("score", node.path), by=by, here=True)
        there = any_of([came.scored, came.unscored])
        own = f"{node.path}.score"
        rules = [grade.rule for grade in node.grades]
        one: _OneOf | None = None
        if (
            came.score is not None
            and came.unscored is False
            and all(
                rule.names == (own,) and all(isinstance(t.allowed, IntervalSet) for w in rule.ways for t in w)
                for rule in rules
            )
        ):
            sets = [rule.numbers() for rule in rules]
            score = came.score
            lacking = holes(sets, score.domain).on_step(score.unit)
            place = self.stages.keep(tree(score, stretched(sets, score.held, whole=lacking.is_empty)))
            problem: Truth = False
            if not lacking.is_empty:
                problem = kept(all_of([came.scored, place.to(lambda a: a < number(0))]))
            held = kept(all_of([came.scored, negated(problem)]))
            none: Truth = False
            missing, bad = came.missed, any_of([came.invalid, problem])
        else:
            one = _OneOf([self.rule(rule, by, there) for rule in rules], self.stages)
            place = self.picking(one.yes, [number(at) for at in range(len(rules))])
            held = kept(all_of([there, one.one]))
            none = kept(all_of([came.unscored, one.problem, negated(any_of(one.yes))]))
            problem = kept(all_of([there, one.problem, negated(none)]))
            missing = any_of([came.missed, all_of([there, one.missing])])
            bad = any_of([came.invalid, all_of([there, one.bad]), problem])
        if problem is not False:
            self.wrong[by] = problem
        graded = Graded(place, held, none, kept(missing), kept(bad), came.left)
        return self.lowered(node, graded, came) if any(gate.grade for gate in node.gates) else graded

    def lowered(self, node: PlannedNode, graded: Graded, came: Came) -> Graded:
        """The grade after the gates that set one; where a gate is open that would set a worse one, it is open too."""
        by, kept = ("grade", node.path), self.stages.kept
        order = [each.id for each in node.grades]
        worse_is_more = node.model.better == "lower"
        here = negated(came.left)
        asked = [self.rule(gate.rule, by, here) for gate in node.gates if gate.grade]
        places = [order.index(gate.grade) for gate in node.gates if gate.grade]
        beyond = -1 if worse_is_more else len(order)
        usable = any_of([graded.held, graded.none])
        place = Whole(graded.place, Fraction(1), -1, len(order)).gated(graded.held, beyond)

        def worst(one: Term, two: Term) -> Term:
            def made(a: nw.Expr, b: nw.Expr) -> nw.Expr:
                return nw.when(a >= b if worse_is_more else a <= b).then(a).otherwise(b)

            return self.stages.keep(one.with_(two, made))

        found = self.stages.keep(Term(place.expr, place.level))
        for each, at in zip(asked, places, strict=True):
            if each.no is False:
                continue
            other = (
                Term(number(at))
                if each.no is True
                else Term(where(each.no, number(at), number(beyond)), each.no.level)
            )
            found = worst(found, self.stages.keep(other))
        waits: list[Truth] = []
        unusable: list[Truth] = []
        for each, at in zip(asked, places, strict=True):
            open_ = all_of(
                [
                    usable,
                    each.open,
                    found.to(lambda a, at=at: a < number(at) if worse_is_more else a > number(at)),
                ]  # type: ignore[misc]
            )
            waits.append(open_)
            unusable.append(all_of([open_, each.unusable]))
        spoilt = kept(any_of(unusable))
        waiting = kept(any_of(waits))
        is_set = found.to(lambda a: a != number(beyond))
        held = kept(all_of([usable, is_set, negated(waiting)]))
        none = kept(all_of([usable, negated(is_set), negated(waiting)]))
        return Graded(
            found,
            held,
            none,
            kept(any_of([graded.missing, all_of([waiting, negated(spoilt)])])),
            kept(any_of([graded.bad, spoilt])),
            graded.left,
        )
