"""
From a plan to Python source that scores what is plain and certain, and leaves all else to the interpreter.

The source holds numbers, quoted constants in ASCII, and the paths of nodes as comments; nothing else of a rubric.
Scores are whole numbers of a unit wherever there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeAlias

from attrs import field, frozen

from kinerja.engine.arithmetic import LEFT_OUT, Pair, Uncovered, computed
from kinerja.engine.asking import ODD, Asking, Known, quoted
from kinerja.engine.lines import Held, Lines, Run, runs
from kinerja.engine.shapes import AVERAGED, COVERED, Shape, Shapes, finished, open_ends
from kinerja.feel import MISSING
from kinerja.intervals import IntervalSet
from kinerja.model import Direct
from kinerja.numbers import Rounding
from kinerja.plan import (
    Amount,
    Plan,
    PlannedGroup,
    PlannedIndicator,
    PlannedLookup,
    PlannedNode,
)
from kinerja.plan.rules import Rule

__all__ = ["Source", "source"]

#: More lines of a form than these are looked up instead of compared one by one.
MANY = 8
#: So many branches may follow each other.
MOST = 600

#: What is done with a score as soon as there is one: a constant, a number in the code, or none at all.
Use: TypeAlias = Callable[[Fraction | Held | None], None]


@frozen
class Source:
    """
    The generated code of one rubric, before anything stands around it.

    `constants` and `body` are lines of Python; `refused` says why there are none.
    The body reads `sheet` and leaves `total`, a number of `unit` where there is one, and `grade`, a place among the
    grades or -1.
    Behind `before` it also leaves `odd`: whether what the sheet states is anything but what stands under the `names`.
    """

    constants: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    #: The facts that are looked at, and the name that each has in the body.
    names: Mapping[str, str] = field(factory=dict)
    #: The lines that stand before the body where these names are asked for afterwards.
    before: tuple[str, ...] = ()
    unit: Fraction | None = None
    refused: str = ""


def source(plan: Plan) -> Source:
    """The code for one plan; the same for the same plan, in every process."""
    try:
        first = _Writer(plan, frozenset())
        first.write()
        # What is looked at in several places is counted in none of them.
        often = frozenset(name for name, count in first.asking.loads.items() if count > 1)
        writer = first
        if often:
            writer = _Writer(plan, often)
            writer.write()
    except Uncovered as uncovered:
        return Source(refused=str(uncovered))
    lines = writer.lines
    return Source(
        constants=tuple(f"{name} = {text}" for text, name in lines.constants.items()),
        body=tuple(f"{'    ' * depth}{text}" for depth, text in (*writer.opening(), *lines.rows)),
        names=writer.names(),
        before=tuple(writer.before()),
        unit=writer.unit,
    )


class _Writer:
    """One rubric being written."""

    def __init__(self, plan: Plan, often: frozenset[str]) -> None:
        self.plan = plan
        self.lines = Lines()
        self.asking = Asking(plan, self.lines, often)
        self.shapes = Shapes(plan)
        self.index = {path: index for index, path in enumerate(plan.nodes)}
        #: Conditions that hold at the line being written.
        self.holding: list[Rule] = []
        self.flags: list[str] = []
        self.unit: Fraction | None = None

    def write(self) -> None:
        """The whole body."""
        root, lines = self.plan.root, self.lines

        def take(score: Fraction | Held | None) -> None:
            if isinstance(score, Held) and score.kind == "int":
                self.unit = score.unit
            lines.put(f"total = {score.name if isinstance(score, Held) else None}")

        self.visit(root, take)
        if root.grades:
            self.grade(root)
            lines.put(f"grade = {self.asking.known[root.path].grade}")
        else:
            lines.put("grade = -1")
        expected = f"{self.asking.always} + names" if self.asking.counts else str(self.asking.always)
        with lines.under(f"if len(sheet) != {expected}:"):
            lines.put("others(sheet)")
            lines.put(ODD)

    def opening(self) -> Iterator[tuple[int, str]]:
        """What stands before the body."""
        if self.asking.counts:
            yield 0, "names = 0"
        if self.flags:
            yield 0, f"{' = '.join(self.flags)} = False"

    # --- names

    def names(self) -> dict[str, str]:
        """The name of each fact that is looked at, in the order of the rubric."""
        index = self.asking.index
        return {fact: f"x{index[fact]}" for fact in sorted(self.asking.loads, key=index.__getitem__)}

    def before(self) -> Iterator[str]:
        """What is said of names at first: those that some sheet does not come to hold nothing of another sheet."""
        yield "odd = False"
        if missed := [name for fact, name in self.names().items() if fact not in self.asking.scopes[0]]:
            yield f"{' = '.join(missed)} = None"

    def prepare(self, names: Iterable[str]) -> None:
        """Look at every fact, and come to every node, that is asked for."""
        for name in names:
            fact = self.plan.facts.get(name)
            if fact is not None:
                self.asking.load(fact)
                continue
            path, what = self.plan.references[name]
            node = self.plan.nodes[path]
            if path not in self.asking.known:
                self.visit(node, lambda _: None)
            if what == "grade" and not self.asking.known[path].grade:
                self.grade(node)

    def prepare_outside(self, node: PlannedNode) -> None:
        """Come to the nodes outside that something in this one asks for, before a condition hides them."""
        inside = {each.path for each in _below(node)}
        for each in _below(node):
            names = [*each.reads, *(name for rule in each.around for name in rule.names)]
            asked = [name for name in names if name in self.plan.references]
            self.prepare(name for name in asked if self.plan.references[name][0] not in inside)

    # --- nodes

    def visit(self, node: PlannedNode, use: Use, *, at_once: bool = False) -> None:
        """
        Come to a node; `use` takes its score, below the conditions that it applies by.

        With `at_once` it is taken in one place, whatever the score follows from.
        """
        known = self.asking.known.get(node.path)
        if known is not None:
            with self.block(f"if {known.flag}:" if known.flag else ""):
                use(known.score)
            return
        self.prepare_outside(node)
        rules = [rule for rule in node.around if rule not in self.holding]
        known = Known()
        if node.is_asked and (node.around or self.shapes.of(node).may_be_empty):
            known.flag = f"a{self.index[node.path]}"
            self.flags.append(known.flag)
        self.prepare(name for rule in rules for name in rule.names)
        with self.applying(rules):
            self.applied(node, known, use, at_once=at_once)
        self.asking.known[node.path] = known

    @contextmanager
    def applying(self, rules: Sequence[Rule]) -> Iterator[None]:
        """What stands below the conditions of a node."""
        if not rules:
            yield
            return
        text = " and ".join(
            f"({self.asking.rule(rule)})" if len(rules) > 1 else self.asking.rule(rule) for rule in rules
        )
        name, _, answer = text.partition(" == ")
        self.holding += rules
        self.asking.scopes.append(set())
        one = name.isidentifier() and answer.startswith("'") and " " not in answer
        with self.lines.answered(name, answer) if one else self.lines.under(f"if {text}:"):
            yield
        self.asking.scopes.pop()
        del self.holding[-len(rules) :]

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """What stands below a line, where there is one."""
        if not head:
            yield
            return
        with self.asking.under(head):
            yield

    def applied(self, node: PlannedNode, known: Known, use: Use, *, at_once: bool) -> None:
        """A node where its conditions hold: its gates on facts, its score, its gates on scores."""
        before, after = self.gates(node)
        self.refuse(node, before)
        self.prepare(name for weight in node.weights if weight.rule is not None for name in weight.rule.names)

        def then(score: Fraction | Held | None) -> None:
            if node.is_asked:
                score = self.stored(node, score)
            if isinstance(score, Held):
                known.score = score
            if after:
                self.asking.known[node.path] = Known()
                self.asking.known[node.path].score = known.score
                self.refuse(node, after)
                del self.asking.known[node.path]
            if known.flag:
                self.lines.put(f"{known.flag} = True")
            use(score)

        if isinstance(node, PlannedIndicator):
            if at_once or after:
                self.collected(node, then)
            else:
                self.indicator(node, then)
        elif isinstance(node, PlannedLookup):
            then(None)
        else:
            assert isinstance(node, PlannedGroup)
            self.group(node, then)

    def gates(self, node: PlannedNode) -> tuple[list[Rule], list[Rule]]:
        """The refusing gates on facts alone, and those that ask for what nodes came to."""
        refusing = [gate.rule for gate in node.gates if not gate.grade]
        asks = [any(name in self.plan.references for name in rule.names) for rule in refusing]
        return (
            [rule for rule, later in zip(refusing, asks, strict=True) if not later],
            [rule for rule, later in zip(refusing, asks, strict=True) if later],
        )

    def refuse(self, node: PlannedNode, rules: Iterable[Rule]) -> None:
        """Gates that refuse the score of a node."""
        for rule in rules:
            self.prepare_beside(node, rule.names)
            self.lines.refuse(f"not ({self.asking.rule(rule)})")

    def prepare_beside(self, node: PlannedNode, names: Iterable[str]) -> None:
        """The same as `prepare`, for names that may ask for the very score that was just come to."""
        own = (node.path, "score")
        self.prepare(name for name in names if self.plan.references.get(name) != own)

    def stored(self, node: PlannedNode, score: Fraction | Held | None) -> Held | None:
        """The score under a name of its own."""
        if score is None:
            return None
        name, unit = f"s{self.index[node.path]}", self.shapes.of(node).unit
        if isinstance(node, PlannedGroup) and isinstance(score, Held):
            # It comes to its score in one place, and has a name there.
            return score
        if unit is None:
            self.lines.put(f"{name} = {self.exact(score)}")
            return Held(name, "exact")
        self.lines.put(f"{name} = {self.counted(score, unit)}")
        return Held(name, "int", unit)

    def counted(self, score: Fraction | Held, unit: Fraction) -> str:
        """A score as a whole number of a unit."""
        if isinstance(score, Fraction):
            return str(int(score / unit))
        assert score.kind == "int"
        times = int(score.unit / unit)
        return score.name if times == 1 else f"{score.name} * {times}"

    def exact(self, score: Fraction | Held) -> str:
        """A score as an int or a Fraction."""
        if isinstance(score, Fraction):
            return self.lines.number(score)
        if score.kind != "int" or score.unit == 1:
            return score.name
        return f"{score.name} * {self.lines.number(score.unit)}"

    # --- indicators

    def collected(self, node: PlannedIndicator, use: Use) -> None:
        """An indicator whose score is used in one place, whatever it follows from."""
        name, unit = self.lines.fresh("v"), self.shapes.of(node).unit

        def take(score: Fraction | Held | None) -> None:
            assert score is not None
            self.lines.put(f"{name} = {self.exact(score) if unit is None else self.counted(score, unit)}")

        self.indicator(node, take)
        use(Held(name, "exact") if unit is None else Held(name, "int", unit))

    def indicator(self, node: PlannedIndicator, use: Use) -> None:
        """The score by the band that holds, the rung reached, the answer itself or the formula."""
        self.lines.put(f"# {node.path}")
        measure = node.measure
        names = [name for amount in node.amounts for name in amount.names]
        mine = measure.name if measure is not None else ""
        self.prepare(name for name in names if name != mine)
        if node.amount is not None:
            self.amount(node, node.amount, use)
        elif measure is None:
            self.prepare(name for band in node.bands for name in band.rule.names)
            rules = [band.rule for band in node.bands]
            self.one_of(rules, lambda at: self.amount(node, node.bands[at].amount, use))
        elif isinstance(node.model, Direct):
            self.asking.load(measure)
            self.direct(node, use)
        elif node.ladder:
            self.asking.load(measure)
            self.ladder(node, use)
        elif node.regions is not None:
            self.ranged(node, use)
        elif node.table is not None:
            self.listed(node, use)
        else:
            # Bands on other facts beside the measure.
            self.asking.load(measure)
            self.prepare(name for band in node.bands for name in band.rule.names)
            rules = [band.rule for band in node.bands]
            self.one_of(rules, lambda at: self.amount(node, node.bands[at].amount, use))

    def ranged(self, node: PlannedIndicator, use: Use) -> None:
        """Bands of a number; where it is looked at only here, the ends of its domain are ends of bands."""
        measure = node.measure
        assert measure is not None
        held = self.asking.held(measure)
        joined = not self.asking.is_known(measure) and held.kind in ("int", "float")
        joined = joined and measure.missing is MISSING
        self.asking.load(measure, tested=not joined)
        stretches = runs(
            [band.rule.numbers() for band in node.bands],
            held,
            held.accepted(measure.domain) if joined else None,
        )

        def take(at: int | None) -> None:
            if at is None:
                self.lines.undecided()
            else:
                self.amount(node, node.bands[at].amount, use)

        self.branched(lambda: self.lines.among(held, stretches, take))

    def branched(self, write: Callable[[], None]) -> None:
        """Branches, in each of which other things are known than behind them."""
        self.asking.scopes.append(set())
        write()
        self.asking.scopes.pop()

    def listed(self, node: PlannedIndicator, use: Use) -> None:
        """Bands of a choice or of a yes-no, by the answer."""
        measure, table = node.measure, node.table
        assert measure is not None
        assert table is not None
        name = self.asking.load(measure, tested=False)
        word = "if"
        by_band: dict[int, list[object]] = {}
        for answer, holding in table.items():
            if len(holding) == 1:
                by_band.setdefault(holding[0], []).append(answer)
        if len(by_band) > MANY:
            self.looked_up(node, by_band, name, use)
            return
        for at, answers in by_band.items():
            if measure.kind == "yes-no":
                test = " or ".join(f"{name} is {answer}" for answer in answers)
            elif len(answers) == 1:
                test = f"{name} == {quoted(answers[0])}"
            else:
                test = f"{name} in {self.asking.names(map(str, answers))}"
            with self.asking.under(f"{word} {test}:"):
                self.amount(node, node.bands[at].amount, use)
            word = "elif"
        if by_band:
            with self.lines.under("else:"):
                self.lines.undecided()
        else:
            self.lines.undecided()

    def looked_up(
        self, node: PlannedIndicator, by_band: Mapping[int, list[object]], name: str, use: Use
    ) -> None:
        """The same for long lists: the place of the answer first, then its band by bisection."""
        places = [at for at, answers in by_band.items() for _ in answers]
        answers = [answer for several in by_band.values() for answer in several]
        entries = ", ".join(f"{quoted(answer)}: {place}" for place, answer in enumerate(answers))
        place = self.lines.fresh("k")
        self.lines.put(f"{place} = {self.lines.constant('D', f'{{{entries}}}')}[{name}]")
        stretches: list[Run] = [(at, Fraction(index), True) for index, at in enumerate(places)]
        stretches = [
            each
            for each, after in zip(stretches, [*stretches[1:], None], strict=True)
            if after is None or after[0] != each[0]
        ]

        def take(at: int | None) -> None:
            assert at is not None
            self.amount(node, node.bands[at].amount, use)

        self.branched(lambda: self.lines.among(Held(place, "int"), stretches, take))

    def ladder(self, node: PlannedIndicator, use: Use) -> None:
        """The last rung of the unbroken run from the first: the one before the first that is not there."""
        assert node.measure is not None
        self.few(node.ladder)
        name = self.asking.load(node.measure)
        word = "if"
        reached = node.otherwise
        for step in node.ladder:
            needs = [each for each in node.measure.options if each in step.needs]
            there = " and ".join(f"{quoted(each)} in {name}" for each in needs)
            with self.asking.under(f"{word} not ({there}):"):
                if reached is None:
                    self.lines.undecided()
                else:
                    self.amount(node, reached, use)
            word, reached = "elif", step.amount
        with self.asking.under("else:"):
            assert reached is not None
            self.amount(node, reached, use)

    def direct(self, node: PlannedIndicator, use: Use) -> None:
        """An answer that is the score."""
        assert node.measure is not None
        held = self.asking.held(node.measure)
        if held.kind == "int" and self.shapes.of(node).unit == 1 and node.is_plain:
            use(held)
            return
        self.ended(node, self.asking.pair(node.measure.name), use)

    def amount(self, node: PlannedIndicator, amount: Amount, use: Use) -> None:
        """A number, a formula, or the one of several cases that holds."""
        if amount.constant is not None:
            self.constant(node, amount.constant, use)
            return
        rules = [case.rule for case in amount.cases if case.rule is not None]
        if rules:
            self.prepare(name for rule in rules for name in rule.names)
            self.one_of(rules, lambda at: self.case(node, amount, at, use))
        else:
            self.case(node, amount, 0, use)

    def constant(self, node: PlannedIndicator, score: Fraction, use: Use) -> None:
        """A number, after scale, cap and rounding: worked out here and now."""
        known = finished(node, score)
        if known is None:
            self.lines.undecided()
        else:
            use(known)

    def case(self, node: PlannedIndicator, amount: Amount, at: int, use: Use) -> None:
        """One formula; an answer without a score, and what is not always rational, is left to the interpreter."""
        case = amount.cases[at]
        if case.formula is None:
            self.lines.undecided()
            return
        constant = case.formula.constant
        if constant is not None:
            self.constant(node, constant, use)
            return

        def operands(spelt: str) -> list[Pair]:
            key = case.operands[spelt]
            if isinstance(key, str):
                return [self.asking.pair(key)]
            return [self.member(each) for each in key]

        try:
            found = computed(self.lines, case.formula.tree, operands)
        except Uncovered as uncovered:
            if len(self.asking.scopes) == 1:
                raise Uncovered(f"{node.path}: {uncovered}") from None
            self.lines.undecided()
            return
        self.ended(node, found, use)

    def member(self, key: str) -> Pair:
        """One of the scores that `children.score` stands for."""
        known = self.asking.known[self.plan.references[key][0]]
        return LEFT_OUT if known.flag else self.asking.pair(key)

    def ended(self, node: PlannedNode, raw: Pair, use: Use) -> None:
        """A computed score after scale, cap and rounding."""
        name = self.lines.fresh("v")
        self.lines.put(f"{name} = Fraction({raw.above}, {raw.below})")
        if not node.is_plain:
            self.lines.put(f"{name} = finished({quoted(node.path)}, {name})")
        unit = self.shapes.of(node).unit
        if unit is None:
            use(Held(name, "exact"))
            return
        self.lines.put(f"{name} = int({name} / {self.lines.number(unit)})")
        use(Held(name, "int", unit))

    def one_of(self, rules: Sequence[Rule], take: Callable[[int], None]) -> None:
        """The one of several rules that holds; where none or several do, the interpreter says so."""
        self.few(rules)
        if not self.are_apart(rules):
            names = [self.lines.fresh("h") for _ in rules]
            for name, rule in zip(names, rules, strict=True):
                self.lines.put(f"{name} = {self.asking.rule(rule)}")
            self.lines.refuse(f"{' + '.join(names)} != 1")
            texts = names
        else:
            texts = [self.asking.rule(rule) for rule in rules]
        word = "if"
        for at, text in enumerate(texts):
            with self.asking.under(f"{word} {text}:"):
                take(at)
            word = "elif"
        with self.lines.under("else:"):
            self.lines.undecided()

    def few(self, things: Sequence[object]) -> None:
        """Branches one after the other are few: Python does not compile any number of them."""
        if len(things) > MOST:
            raise Uncovered(f"more than {MOST} rules that are looked at one by one")

    def are_apart(self, rules: Sequence[Rule]) -> bool:
        """Whether no two of these rules can hold together: each tests the same choice or yes-no for other answers."""
        tests = [rule.ways[0][0] for rule in rules if len(rule.ways) == 1 and len(rule.ways[0]) == 1]
        names = {test.name for test in tests}
        if len(tests) < len(rules) or len(names) != 1:
            return False
        fact = self.plan.facts.get(next(iter(names)))
        if fact is None or fact.kind == "number":
            return False
        return sum(len(test.allowed) for test in tests) == len(frozenset().union(*(t.allowed for t in tests)))

    # --- groups

    def group(self, node: PlannedGroup, use: Use) -> None:
        """A group: its children gathered in one number, then brought to its scale."""
        lines, raw, bases = self.lines, self.shapes.raw(node), self.shapes.bases(node)
        averaged = node.model.combine in AVERAGED
        weighs = raw.may_be_empty or (averaged and (bases is None or len(bases) > 1))
        if node.model.combine not in COVERED:
            raise Uncovered(f"{node.path}: {node.model.combine}")
        number = self.index[node.path]
        total, base = f"t{number}", f"w{number}"
        gathered = self.shapes.gathered(node)
        if node.model.combine in ("min", "max"):
            lines.put(f"{total} = None", node.path)
        elif node.model.combine:
            lines.put(f"{total} = {1 if node.model.combine == 'product' else 0}", node.path)
        if weighs:
            lines.put(f"{base} = 0")
        for child in node.children:
            self.child(node, child, total, base if weighs else "", gathered)
        if raw.may_be_empty:
            if node is self.plan.root:
                lines.refuse(f"not {base}")
            else:
                with self.asking.under(f"if {base}:"):
                    self.averaged(node, total, base, gathered, bases, use)
                return
        self.averaged(node, total, base, gathered, bases, use)

    def child(
        self, node: PlannedGroup, child: PlannedNode, total: str, base: str, unit: Fraction | None
    ) -> None:
        """One child of a group, gathered where it applies."""
        weights, lines = child.weights, self.lines
        cased = any(weight.rule is not None for weight in weights)

        def gather(score: Fraction | Held | None, points: int) -> None:
            if score is not None and node.model.combine:
                self.gather(node.model.combine, total, score, points, unit)
            if base and points:
                lines.put(f"{base} += {points}")

        def take(score: Fraction | Held | None) -> None:
            if not cased:
                gather(score, weights[0].points if weights else 1)
                return
            rules = [weight.rule for weight in weights if weight.rule is not None]
            self.one_of(rules, lambda at: gather(score, weights[at].points))

        self.visit(child, take, at_once=cased or node.model.combine in ("min", "max", "product"))

    def gather(
        self, combine: str, total: str, score: Fraction | Held, points: int, unit: Fraction | None
    ) -> None:
        """Add a score, or multiply by it, or keep the less or the greater."""
        lines = self.lines
        if combine == "product":
            lines.put(f"{total} *= {self.exact(score)}")
            return
        if combine in ("min", "max"):
            text = self.exact(score) if unit is None else self.counted(score, unit)
            sign = "<" if combine == "min" else ">"
            with lines.under(f"if {total} is None or {text} {sign} {total}:"):
                lines.put(f"{total} = {text}")
            return
        if unit is not None:
            scale = points * (1 if isinstance(score, Fraction) else score.unit) / unit
            amount = int(score * scale) if isinstance(score, Fraction) else int(scale)
            if not amount:
                return
            if isinstance(score, Fraction):
                lines.put(f"{total} {'+' if amount > 0 else '-'}= {abs(amount)}")
            else:
                lines.put(f"{total} += {score.name if amount == 1 else f'{score.name} * {amount}'}")
        elif isinstance(score, Fraction):
            lines.put(f"{total} += {lines.number(score * points)}")
        else:
            factor = score.unit * points if score.kind == "int" else Fraction(points)
            text = score.name if factor == 1 else f"{score.name} * {lines.number(factor)}"
            lines.put(f"{total} += {text}")

    def averaged(
        self,
        node: PlannedGroup,
        total: str,
        base: str,
        gathered: Fraction | None,
        bases: frozenset[int] | None,
        use: Use,
    ) -> None:
        """A group's sum over the sum of its weights, where it has any, then on its scale."""
        if not node.model.combine:
            use(None)
            return
        unit = self.shapes.raw(node).unit
        if node.model.combine in AVERAGED:
            several = bases is None or len(bases - {0}) > 1
            if unit is not None:
                assert gathered is not None
                if several:
                    self.lines.put(f"{total} *= {int(gathered / unit)} // {base}")
            else:
                factor = "" if gathered is None or gathered == 1 else f" * {self.lines.number(gathered)}"
                below = base if several else str(next(iter(bases - {0}), 1))  # type: ignore[operator]
                self.lines.put(f"{total} = Fraction({total}{factor}) / {below}")
        held = Held(total, "exact") if unit is None else Held(total, "int", unit)
        self.finish(node, held, use)

    def finish(self, node: PlannedGroup, raw: Held, use: Use) -> None:
        """A group's score after scale, cap and rounding."""
        if raw.kind == "exact":
            if node.is_plain:
                use(raw)
            else:
                self.ended(node, Pair(f"{raw.name}.numerator", f"{raw.name}.denominator", 0), use)
            return
        lines, name, shape = self.lines, raw.name, self.shapes.raw(node)
        unit = self.shapes.capped(node, raw.unit)
        assert unit is not None
        slope, offset = Fraction(1), Fraction(0)
        if node.scaling is not None:
            self.placed(node, raw, shape)
            slope, offset = node.scaling.slope, node.scaling.offset
        times, more = int(slope * raw.unit / unit), int(offset / unit)
        if times != 1:
            lines.put(f"{name} *= {times}")
        if more:
            lines.put(f"{name} += {more}")
        held = Held(name, "int", unit)
        low, high = node.cap if node.cap is not None else (None, None)
        for end, sign in ((low, "<"), (high, ">")):
            if end is not None:
                with lines.under(f"if {lines.compared(held, sign, end)}:"):
                    lines.put(f"{name} = {int(end / unit)}")
        if node.model.round is not None:
            held = self.rounded(node.model.round, held)
        use(held)

    def placed(self, node: PlannedGroup, raw: Held, shape: Shape) -> None:
        """A score beyond an end of its scale that no cap holds is no score."""
        assert node.scaling is not None
        below, above = open_ends(node)
        low, high = node.scaling.low, node.scaling.high
        if below and (shape.low is None or shape.low < low):
            self.lines.refuse(self.lines.compared(raw, "<", low))
        if above and (shape.high is None or shape.high > high):
            self.lines.refuse(self.lines.compared(raw, ">", high))

    def rounded(self, rounding: Rounding, held: Held) -> Held:
        """A whole number of one unit as a whole number of the rounding's steps."""
        name, ratio = held.name, held.unit / rounding.to
        above = name if ratio.numerator == 1 else f"{name} * {ratio.numerator}"
        below = ratio.denominator
        if below == 1:
            if above != name:
                self.lines.put(f"{name} = {above}")
        elif rounding.mode == "half-up":
            self.lines.put(f"{name} = {above}" if above != name else f"{name} = {name}")
            with self.lines.under(f"if {name} >= 0:"):
                self.lines.put(f"{name} = (2 * {name} + {below}) // {2 * below}")
            with self.lines.under("else:"):
                self.lines.put(f"{name} = -((2 * -{name} + {below}) // {2 * below})")
        else:
            self.lines.put(f"{name} = rounded({quoted(rounding.mode)}, {above}, {below})")
        return Held(name, "int", rounding.to)

    # --- grades

    def grade(self, node: PlannedNode) -> None:
        """The grade of a node where it applies: by its rules, then by the gates that it fails."""
        known = self.asking.known[node.path]
        self.prepare_beside(node, node.grade_reads)
        name, lines = f"g{self.index[node.path]}", self.lines
        with self.block(f"if {known.flag}:" if known.flag else ""):
            self.classed(node, known, name)
            worst = "max" if node.model.better == "lower" else "min"
            order = [each.id for each in node.grades]
            for gate in node.gates:
                if gate.grade:
                    with lines.under(f"if not ({self.asking.rule(gate.rule)}):"):
                        lines.put(f"{name} = {worst}({name}, {order.index(gate.grade)})")
        known.grade = name

    def classed(self, node: PlannedNode, known: Known, name: str) -> None:
        """The grade by the rules alone."""
        rules = [grade.rule for grade in node.grades]
        own = f"{node.path}.score"
        sets = [_numbers(rule) if set(rule.names) == {own} else None for rule in rules]

        def take(at: int | None) -> None:
            if at is None:
                self.lines.undecided()
            else:
                self.lines.put(f"{name} = {at}")

        if known.score is not None and None not in sets:
            stretches = runs([each for each in sets if each is not None], known.score, None)
            self.lines.among(known.score, stretches, take)
        else:
            self.one_of(rules, take)


def _numbers(rule: Rule) -> IntervalSet | None:
    """The scores that a rule on one score allows; none where it asks for an answer without one."""
    tests = [test for way in rule.ways for test in way]
    if all(isinstance(test.allowed, IntervalSet) for test in tests):
        return rule.numbers()
    return IntervalSet.of() if len(tests) == 1 and not tests[0].holds(Fraction(0)) else None


def _below(node: PlannedNode) -> Iterator[PlannedNode]:
    """A node and what it combines."""
    yield node
    for child in node.children if isinstance(node, PlannedGroup) else ():
        yield from _below(child)
