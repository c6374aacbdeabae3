"""Facts and conditions as source: each fact is looked at once, and all that is not plainly right is undecided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction

from kinerja.engine.arithmetic import Pair, Uncovered, computed
from kinerja.engine.lines import Held, Lines, is_binary_safe
from kinerja.feel import MISSING
from kinerja.intervals import Interval, IntervalSet
from kinerja.model import Direct
from kinerja.plan import Amount, Plan, PlannedFact, PlannedIndicator, parts_of
from kinerja.plan.rules import Rule, Test

__all__ = ["ODD", "Asking", "Known", "quoted"]

#: The digits of numerator and denominator of a number that goes into a formula.
DIGITS = 122
#: No fact that is computed from others stands further in, nor behind more lines: each is looked at before its parts,
#: again in every block that asks for it, and Python compiles no more than a hundred blocks in each other.
DEEPEST = 60
MOST_LINES = 50_000
#: So few answers are compared with one by one.
FEW = 4
#: Whole numbers that Python compares fastest: each fits one of the digits that it counts in.
SHORT = IntervalSet.of(Interval(Fraction(1 - 2**30), Fraction(2**30 - 1)))
#: Said where the name of a fact no longer holds what the sheet stated, or something else was stated as well.
ODD = "odd = True"


def quoted(value: object) -> str:
    """A text or truth value as a constant of the source, in ASCII whatever it holds."""
    return ascii(value)


class Known:
    """What the code knows of a node: its score, whether it has one here, and its grade."""

    def __init__(self) -> None:
        #: The number that its score is, where it has one.
        self.score: Held | None = None
        #: The name of a truth value: whether it applies; empty where it always does.
        self.flag = ""
        #: The name that holds its grade.
        self.grade = ""


class Asking:
    """The facts of one rubric in the code: where each stands, and which are known at the line being written."""

    def __init__(self, plan: Plan, lines: Lines, often: frozenset[str]) -> None:
        self.plan = plan
        self.lines = lines
        #: Facts that an earlier writing has looked at in more than one place.
        self.often = often
        self.index = {name: index for index, name in enumerate(plan.facts)}
        self.loads: Counter[str] = Counter()
        self.always = 0
        self.counts = False
        self.exact = frozenset(_exact(plan))
        #: Facts that are asked for by more than one derived fact, or by a node.
        self.shared = _shared(plan)
        self.scopes: list[set[str]] = [set()]
        self.known: dict[str, Known] = {}

    @contextmanager
    def under(self, head: str, about: str = "") -> Iterator[None]:
        """A block; what is looked at in it is not known behind it."""
        with self.lines.under(head, about):
            self.scopes.append(set())
            try:
                yield
            finally:
                self.scopes.pop()

    # --- facts

    def held(self, fact: PlannedFact) -> Held:
        """How a number stands in the code."""
        name = f"x{self.index[fact.name]}"
        if fact.formula is not None and fact.rounding is None:
            return Held(f"p{name}", "pair", under=f"q{name}")
        whole = fact.step is not None and fact.step.denominator == 1 and fact.formula is None
        if whole and _leaves_whole_alone(fact):
            return Held(name, "int")
        return Held(name, "exact" if fact.name in self.exact else "float")

    def is_known(self, fact: PlannedFact) -> bool:
        """Whether a fact was looked at before this line."""
        return any(fact.name in scope for scope in self.scopes)

    def load(self, fact: PlannedFact, *, tested: bool = True) -> str:
        """Look at a fact, unless it was before; where not `tested`, its domain is left to whoever asked."""
        name = f"x{self.index[fact.name]}"
        if self.is_known(fact):
            return name
        self.scopes[-1].add(fact.name)
        lines = self.lines
        if fact.formula is not None:
            self.derived(fact, name)
        elif fact.missing is not MISSING:
            lines.put(f"{name} = sheet.get({quoted(fact.name)})")
            with lines.under(f"if {name} is None:"):
                lines.put(f"{name} = {self.default(fact)}")
            with lines.under("else:"):
                self.count(fact, always=False)
                self.read(fact, name)
        else:
            lines.put(f"{name} = sheet[{quoted(fact.name)}]")
            self.count(fact, always=len(self.scopes) == 1)
            self.read(fact, name, tested=tested)
        return name

    def count(self, fact: PlannedFact, *, always: bool) -> None:
        """Names that are looked at are counted, so that a sheet with others in it is seen."""
        self.loads[fact.name] += 1
        if always:
            self.always += 1
        elif fact.name not in self.often:
            self.counts = True
            self.lines.put("names += 1")

    def default(self, fact: PlannedFact) -> str:
        """What a missing answer counts as."""
        if fact.kind != "number":
            return quoted(fact.missing)
        held, value = self.held(fact), Fraction(fact.missing)
        return (
            repr(float(value))
            if held.kind == "float" and value.denominator != 1
            else self.lines.number(value)
        )

    def read(self, fact: PlannedFact, name: str, *, tested: bool = True) -> None:
        """Its type and, where `tested`, its domain; what is of another type is read as the interpreter reads it."""
        lines = self.lines
        if fact.kind == "number":
            self.number(fact, name, tested=tested)
        elif fact.kind == "choice":
            # What was refused in a block that is over is refused there.
            lines.strange.pop(name, None)
            with lines.under(f"if type({name}) is not str:"):
                self.reread(fact, name)
            if tested and len(fact.options) < FEW:
                lines.refuse_strange(name, [quoted(option) for option in fact.options])
            elif tested:
                lines.refuse(f"{name} not in {self.names(fact.options)}")
        elif fact.kind == "yes-no":
            with lines.under(f"if {name} is not True and {name} is not False:"):
                self.reread(fact, name)
        else:
            self.reread(fact, name)

    def reread(self, fact: PlannedFact, name: str, reader: str = "read") -> None:
        """Read what is stated as the interpreter does."""
        self.lines.put(f"{name} = {reader}({quoted(fact.name)}, {name})")
        self.lines.put(ODD)

    def number(self, fact: PlannedFact, name: str, *, tested: bool) -> None:
        """A number: an int, or what reading makes of it."""
        lines, held, step = self.lines, self.held(fact), fact.step
        if held.kind == "exact" and not _leaves_whole_alone(fact):
            self.reread(fact, name)
            return
        inside = lines.inside(held, held.accepted(fact.domain))
        places = _places(step) if held.kind == "float" else None
        word = "if"
        if places is not None:
            # A float below the limit is a decimal of so many places if it is its own rounding to them.
            limit = 10 ** (15 - places)
            with lines.under(f"if type({name}) is float:"):
                lines.refuse(f"not (-{limit} < {name} < {limit} and round({name}, {places}) == {name})")
            word = "elif"
        is_float = f" and type({name}) is not float" if held.kind == "float" and step is None else ""
        with lines.under(f"{word} type({name}) is not int{is_float}:"):
            self.reread(fact, name, "read_decimal" if held.kind == "float" else "read")
        if held.kind == "exact":
            with lines.under(f"elif not ({inside}):"):
                lines.undecided()
        if step is not None and step.numerator != 1:
            whole = name if step.denominator == 1 else f"{name} * {step.denominator}"
            of_int = f"type({name}) is int and " if held.kind != "int" else ""
            lines.refuse(f"{of_int}{whole} % {step.numerator}")
        if tested and held.kind != "exact":
            lines.refuse(f"not ({inside})")

    def derived(self, fact: PlannedFact, name: str) -> None:
        """A derived fact: computed, or stated itself and none of its parts."""
        lines, held = self.lines, self.held(fact)
        if lines.depth > DEEPEST or len(lines.rows) > MOST_LINES:
            raise Uncovered(f"{fact.name}: facts computed from too many others, one after another")
        lines.put(f"{name} = sheet.get({quoted(fact.name)})")
        with self.under(f"if {name} is None:"):
            for part in dict.fromkeys(fact.operands.values()):
                self.load(self.plan.facts[part])
            try:
                self.computed(fact, name, held)
            except Uncovered:
                # Stated itself it can still be scored.
                lines.undecided()
        with self.under("else:"):
            parts = sorted(parts_of(fact.name, self.plan.facts), key=self.index.__getitem__)
            if not self.shared.isdisjoint(parts):
                # Looked at elsewhere too, a part is no other name: see `others`.
                lines.refuse(f"not sheet.keys().isdisjoint({self.names(parts)})")
            self.count(fact, always=False)
            self.stated(fact, name, held)

    def computed(self, fact: PlannedFact, name: str, held: Held) -> None:
        """A derived fact from its parts, in its domain and on its step."""
        lines = self.lines
        assert fact.formula is not None
        found = computed(lines, fact.formula.tree, lambda spelt: [self.pair(fact.operands[spelt])])
        if held.kind != "pair":
            lines.put(f"{name} = read({quoted(fact.name)}, Fraction({found.above}, {found.below}))")
            return
        lines.put(f"{held.name} = {found.above}")
        lines.put(f"{held.under} = {found.below}")
        self.short(held.name, held.under)
        if fact.domain is not None:
            lines.refuse(f"not ({lines.inside(held, fact.domain)})")
        if fact.step is not None:
            above, below = fact.step.denominator, fact.step.numerator
            lines.refuse(f"{held.name} * {above} % ({held.under} * {below})")

    def stated(self, fact: PlannedFact, name: str, held: Held) -> None:
        """A derived fact that the sheet states itself."""
        lines = self.lines
        if held.kind != "pair":
            self.reread(fact, name)
            return
        whole = Held(name, "exact")
        inside = lines.inside(whole, SHORT if fact.domain is None else SHORT & fact.domain)
        plain = f"type({name}) is int and ({inside})" if fact.step is None else "False"
        with lines.under(f"if {plain}:"):
            lines.put(f"{held.name} = {name}")
            lines.put(f"{held.under} = 1")
        with lines.under("else:"):
            self.reread(fact, name)
            lines.put(f"{held.name} = {name}.numerator")
            lines.put(f"{held.under} = {name}.denominator")

    def names(self, names: Iterable[str]) -> str:
        """Several texts as one constant."""
        return self.lines.constant("N", f"frozenset(({', '.join(map(quoted, names))},))")

    # --- numbers of formulas

    def short(self, above: str, below: str) -> None:
        """Only numbers of a length that people use go into a formula: none then grows beyond what it may hold."""
        self.lines.refuse(f"not (-LONG < {above} < LONG and {below} < LONG)")

    def pair(self, key: str) -> Pair:
        """A fact or a score as a formula computes with it."""
        fact = self.plan.facts.get(key)
        if fact is not None:
            held = self.held(fact)
            if held.kind == "pair":
                return Pair(held.name, held.under, DIGITS)
            if held.kind == "int":
                return Pair(held.name, "1", DIGITS)
            return Pair(f"{held.name}.numerator", f"{held.name}.denominator", DIGITS)
        known = self.known[self.plan.references[key][0]]
        score = known.score
        if score is None:
            raise Uncovered("a score that only the interpreter comes to")
        if known.flag:
            self.lines.refuse(f"not {known.flag}")
        if score.kind == "int":
            self.short(score.name, "1")
            above, below = score.unit.numerator, score.unit.denominator
            return Pair(
                score.name if above == 1 else f"({score.name} * {above})",
                str(below),
                DIGITS + len(str(above)) + len(str(below)),
            )
        self.short(f"{score.name}.numerator", f"{score.name}.denominator")
        return Pair(f"{score.name}.numerator", f"{score.name}.denominator", DIGITS)

    # --- conditions

    def rule(self, rule: Rule) -> str:
        """Whether a rule holds; all that it asks for is known."""
        ways = [" and ".join(map(self.test, way)) or "True" for way in rule.ways]
        return " or ".join(ways) or "False"

    def test(self, test: Test) -> str:
        """Whether one test holds; of what does not apply it does not."""
        fact = self.plan.facts.get(test.name)
        if fact is None:
            return self.reference(test)
        if fact.kind == "number":
            found = self.lines.inside(self.held(fact), test.allowed)
            return f"({found})" if " or " in found else found
        name = f"x{self.index[fact.name]}"
        options = (True, False) if fact.kind == "yes-no" else fact.options
        allowed = [option for option in options if option in test.allowed]
        if fact.kind == "yes-no":
            return f"{name} is {allowed[0]}" if len(allowed) == 1 else str(bool(allowed))
        if len(allowed) == 1:
            return f"{name} == {quoted(allowed[0])}"
        return f"{name} in {self.names(map(str, allowed))}" if allowed else "False"

    def reference(self, test: Test) -> str:
        """Whether what another node came to passes a test."""
        path, what = self.plan.references[test.name]
        known = self.known[path]
        if what == "grade":
            grades = [each.id for each in self.plan.nodes[path].grades]
            places = [str(at) for at, grade in enumerate(grades) if grade in test.allowed]
            found = f"{known.grade} in ({', '.join(places)},)" if places else "False"
        elif isinstance(test.allowed, frozenset):
            # An answer without a score is never decided here, so a node that applies has one.
            found = str(test.holds(Fraction(0)))
        elif known.score is None:
            # Nothing was decided where it stands, so this line is not come to.
            found = "False"
        else:
            found = f"({self.lines.inside(known.score, test.allowed)})"
        return f"({known.flag} and {found})" if known.flag else found


def _leaves_whole_alone(fact: PlannedFact) -> bool:
    """Whether a fact's own rounding changes no whole number."""
    return fact.rounding is None or fact.rounding.to.numerator == 1


def _places(step: Fraction | None) -> int | None:
    """How many decimal places the multiples of a step have, where they are all that have so many."""
    return next((n for n in range(1, 10) if step == Fraction(1, 10**n)), None)


def _exact(plan: Plan) -> Iterator[str]:
    """The numbers that are computed with, rounded, or compared with what no float is exactly."""
    for fact in plan.facts.values():
        yield from fact.operands.values()
        cuts = fact.domain.cuts() if fact.domain is not None else ()
        if fact.rounding is not None or not all(map(is_binary_safe, cuts)):
            yield fact.name
        if fact.kind == "number" and fact.missing is not MISSING and not is_binary_safe(fact.missing):
            yield fact.name
    for node in plan.nodes.values():
        rules = [*node.around, *(grade.rule for grade in node.grades), *(gate.rule for gate in node.gates)]
        rules += [weight.rule for weight in node.weights if weight.rule is not None]
        if isinstance(node, PlannedIndicator):
            rules += [band.rule for band in node.bands]
            if isinstance(node.model, Direct) and node.measure is not None:
                yield node.measure.name
            for amount in node.amounts:
                yield from _operands(amount)
                rules += [case.rule for case in amount.cases if case.rule is not None]
        for rule in rules:
            for test in (test for way in rule.ways for test in way):
                asked = plan.facts.get(test.name)
                is_number = asked is not None and asked.kind == "number"
                if is_number and not all(map(is_binary_safe, test.allowed.cuts())):
                    yield test.name


def _shared(plan: Plan) -> frozenset[str]:
    asked = Counter(name for fact in plan.facts.values() for name in set(fact.operands.values()))
    by_nodes = {
        name
        for node in plan.nodes.values()
        for name in (*node.reads, *node.grade_reads, *(n for rule in node.around for n in rule.names))
    }
    return frozenset(by_nodes.union(name for name, count in asked.items() if count > 1))


def _operands(amount: Amount) -> Iterator[str]:
    for case in amount.cases:
        for key in case.operands.values():
            yield from (key,) if isinstance(key, str) else key
