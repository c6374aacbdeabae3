"""
The interpreter in columns: what every node comes to in every row, in the order that the language fixes.

What `kinerja.engine.interpreter` decides for one sheet, and in its words, is decided here for all of them; a node is
come to once, and where it is asked for decides whether what is wrong with it counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinerja.engine.columns.came import Came, Stage
from kinerja.engine.columns.grades import Grades
from kinerja.engine.columns.terms import (
    Truth,
    all_of,
    any_of,
    negated,
)
from kinerja.plan import (
    PlannedGroup,
    PlannedIndicator,
    PlannedLookup,
    PlannedNode,
)
from kinerja.plan.rules import Rule

__all__ = ["Nodes"]


class Nodes(Grades):
    """All nodes of a plan over the columns of one frame."""

    def invalid(self) -> Truth:
        """Where anything that the total and its grade hang on is wrong; asked for when all else is done."""
        self.ask(("score", "total"), by=None, here=True)
        self.score(self.plan.root)
        if self.plan.root.grades:
            self.ask(("grade", "total"), by=None, here=True)
            self.grade(self.plan.root)
        asked: dict[Stage, Truth] = {}
        nodes = [all_of([self.is_asked(stage, asked), where_]) for stage, where_ in self.wrong.items()]
        # Some are not looked at yet, where no row comes to what asks for them.
        facts = [all_of([self.fact(name).bad, read]) for name, read in self.read(asked).items()]
        return any_of([*nodes, *facts, self.came["total"].invalid])

    def rest(self) -> dict[str, Truth]:
        """Come to the nodes aside too, which decide nothing; where each node was come to at all."""
        for node in self.plan.beside:
            self.ask(("score", node.path), by=None, here=True)
            self.score(node)
            if node.grades:
                self.ask(("grade", node.path), by=None, here=True)
                self.grade(node)
        known: dict[Stage, Truth] = {}
        return {path: self.is_asked(("score", path), known) for path in self.plan.nodes}

    def is_asked(self, stage: Stage, known: dict[Stage, Truth]) -> Truth:
        """Where a stage is evaluated, whoever asks for it."""
        if stage not in known:
            known[stage] = any_of(
                all_of([True if by is None else self.is_asked(by, known), here])
                for by, here in self.asks.get(stage, ())
            )
        return known[stage]

    def read(self, asked: dict[Stage, Truth]) -> dict[str, Truth]:
        """The facts that the total and its grade may hang on, and in which rows."""
        waiting: dict[Stage, list[Truth]] = {("score", "total"): [True], ("grade", "total"): [True]}
        order = self.read_order()
        found: dict[str, list[Truth]] = {}
        for stage in order:
            here = any_of(waiting.get(stage, []))
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
        return {name: any_of(truths) for name, truths in found.items()}

    def not_applying(self, node: PlannedNode) -> Truth:
        """Where a node is not applicable, as against left out because nobody answered."""
        came = self.came.get(node.path)
        if came is None:
            # No row comes to it.
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

    def score(self, node: PlannedNode) -> Came:
        """A node, come to once."""
        if node.path not in self.came:
            with self.about(node.path):
                self.came[node.path] = self.admitted(node)
        return self.came[node.path]

    def admitted(self, node: PlannedNode) -> Came:
        """Whether it applies and no gate refuses it, then what it comes to."""
        by = ("score", node.path)
        here: Truth = True
        rules = []
        for rule in node.around:
            rules.append(self.rule(rule, by, here))
            here = all_of([here, negated(rules[-1].no)])
        applies = all_of(each.yes for each in rules)
        left = any_of(each.no for each in rules)
        invalid = all_of([negated(any_of([applies, left])), any_of(each.unusable for each in rules)])
        missed = all_of([negated(any_of([applies, left])), negated(invalid)])
        asks = {gate.id: any(name in self.plan.references for name in gate.rule.names) for gate in node.gates}
        refused, waiting, passing = self.gated(
            [gate.rule for gate in node.gates if not gate.grade and not asks[gate.id]], by, applies
        )
        problem = refused
        invalid, missed = any_of([invalid, refused, waiting[0]]), any_of([missed, waiting[1]])
        came = self.within(node, passing)
        if node.model.missing == "exclude":
            came.excluded = all_of([passing, came.missed])
            came.left, came.missed, came.is_plain = any_of([came.left, came.excluded]), False, False
        came.is_plain = came.is_plain and came.left is False
        if passing is not True:
            # What is looked at beyond its conditions is not there.
            for state in ("scored", "missed", "invalid", "unscored", "left", "problem", "banded"):
                setattr(came, state, all_of([passing, getattr(came, state)]))
        came.left = any_of([came.left, left])
        came.missed, came.invalid = any_of([came.missed, missed]), any_of([came.invalid, invalid])
        later = [gate.rule for gate in node.gates if not gate.grade and asks[gate.id]]
        if later:
            self.came[node.path] = came
            there = any_of([came.scored, came.unscored])
            refused, waiting, passing = self.gated(later, by, there)
            problem = any_of([problem, refused])
            came.scored, came.unscored = all_of([came.scored, passing]), all_of([came.unscored, passing])
            came.invalid = any_of([came.invalid, refused, waiting[0]])
            came.missed = any_of([came.missed, waiting[1]])
        came.problem = any_of([came.problem, problem])
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
