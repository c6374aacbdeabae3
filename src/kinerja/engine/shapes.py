"""What is known of scores before any sheet: the unit that they are whole numbers of, their ends, their weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import gcd, prod

from attrs import frozen

from kinerja.model import Direct
from kinerja.plan import Plan, PlannedGroup, PlannedIndicator, PlannedLookup, PlannedNode, capped
from kinerja.plan.rules import Rule

__all__ = ["AVERAGED", "COVERED", "Shape", "Shapes", "common", "finished"]

#: The combines that divide by the sum of weights, and all that generated code knows; any other is the interpreter's.
AVERAGED = frozenset({"mean", "weighted-sum", "weighted-mean"})
COVERED = AVERAGED | {"", "sum", "min", "max", "product"}

#: So many ways in which the children of a group may apply are looked at.
CONFIGURATIONS = 256
#: Whole numbers that are counted in beyond this are slower than fractions.
COMMON = 2**60


@frozen
class Shape:
    """
    The score of a node, wherever it has one.

    It is a whole number of `unit` where there is one, and lies between `low` and `high` where these are known;
    `may_be_empty` says that a group may have nothing that applies.
    """

    unit: Fraction | None
    low: Fraction | None = None
    high: Fraction | None = None
    may_be_empty: bool = False


def common(units: Iterable[Fraction]) -> Fraction:
    """The greatest number that all of these are whole multiples of; 1 where all are 0."""
    found = Fraction(0)
    for unit in units:
        above = gcd(found.numerator * unit.denominator, unit.numerator * found.denominator)
        found = Fraction(above, found.denominator * unit.denominator)
    return found or Fraction(1)


def finished(node: PlannedNode, score: Fraction) -> Fraction | None:
    """A raw score after scale, cap and rounding; None where the scale has no place for it."""
    scaling = node.scaling
    if scaling is not None:
        if not _is_placed(node, score, score):
            return None
        score = scaling.apply(score)
    if node.cap is not None:
        score = capped(score, node.cap)
    return node.model.round.apply(score) if node.model.round is not None else score


def _is_placed(node: PlannedNode, low: Fraction | None, high: Fraction | None) -> bool:
    """Whether all between two scores lies on the scale, or is held to it by a cap."""
    below, above = open_ends(node)
    assert node.scaling is not None
    return (not below or (low is not None and low >= node.scaling.low)) and (
        not above or (high is not None and high <= node.scaling.high)
    )


def open_ends(node: PlannedNode) -> tuple[bool, bool]:
    """Whether a score below the scale of a node, and one above it, is held by no cap."""
    assert node.scaling is not None
    low, high = node.cap if node.cap is not None else (None, None)
    if node.scaling.slope < 0:
        low, high = high, low
    return low is None, high is None


class Shapes:
    """The shapes of all nodes of one plan, each found once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.found: dict[str, Shape] = {}

    def of(self, node: PlannedNode) -> Shape:
        """The shape of the score itself, after scale, cap and rounding."""
        if node.path not in self.found:
            self.found[node.path] = self._of(node)
        return self.found[node.path]

    def _of(self, node: PlannedNode) -> Shape:
        if isinstance(node, PlannedIndicator):
            return self.indicator(node)
        if isinstance(node, PlannedLookup):
            return Shape(None)
        raw = self.raw(node)
        unit = self.capped(node, raw.unit)
        low, high = self.ends(node, raw)
        if node.model.round is not None:
            unit = node.model.round.to
        return Shape(unit, low, high, raw.may_be_empty)

    def indicator(self, node: PlannedIndicator) -> Shape:
        """The shape of an indicator: known where its scores can be listed, or are rounded, or are whole answers."""
        constants = list(_constants(node))
        if isinstance(node.model, Direct) or None in constants:
            unit = Fraction(1) if _is_whole_answer(node) else None
            return Shape(node.model.round.to if node.model.round is not None else unit)
        scores = [finished(node, each) for each in constants if each is not None]
        known = [each for each in scores if each is not None] or [Fraction(0)]
        return Shape(common(known), min(known), max(known))

    # --- groups

    def raw(self, node: PlannedNode) -> Shape:
        """The shape of a group's score before scale, cap and rounding."""
        assert isinstance(node, PlannedGroup)
        shapes = [self.of(child) for child in node.children]
        bases = self.bases(node)
        may_be_empty = bases is None or 0 in bases
        unit = self.gathered(node)
        if unit is not None and node.model.combine in AVERAGED:
            whole = common_base(bases)
            unit = unit / whole if whole is not None else None
        lows = [shape.low for shape in shapes if shape.low is not None]
        highs = [shape.high for shape in shapes if shape.high is not None]
        if len(lows) < len(shapes) or len(highs) < len(shapes) or node.model.combine in ("product", ""):
            return Shape(unit, None, None, may_be_empty)
        if node.model.combine == "sum":
            always = [not self.is_optional(child) for child in node.children]
            low = sum(
                (x if a else min(x, Fraction(0)) for x, a in zip(lows, always, strict=True)), Fraction(0)
            )
            high = sum(
                (x if a else max(x, Fraction(0)) for x, a in zip(highs, always, strict=True)), Fraction(0)
            )
            return Shape(unit, low, high, may_be_empty)
        return Shape(unit, min(lows), max(highs), may_be_empty)

    def gathered(self, node: PlannedGroup) -> Fraction | None:
        """The unit in which the scores of children, times their weights, are gathered."""
        units = []
        for child in node.children:
            unit = self.of(child).unit
            if unit is None or node.model.combine in ("product", ""):
                return None
            units += [unit * weight.points for weight in child.weights] or [unit]
        return common(units)

    def is_optional(self, node: PlannedNode) -> bool:
        """Whether a child may not apply where its group does."""
        return node.applies is not None or self.of(node).may_be_empty

    def bases(self, node: PlannedGroup) -> frozenset[int] | None:
        """What the weights of the children that apply can add up to; None where that is not looked at."""
        facts: dict[str, tuple[object, ...]] = {}
        free = []
        for child in node.children:
            rules = [child.applies, *(weight.rule for weight in child.weights)]
            for rule in (rule for rule in rules if rule is not None):
                for name in rule.names:
                    fact = self.plan.facts.get(name)
                    if fact is not None and fact.kind in ("choice", "yes-no"):
                        facts[name] = fact.options or (True, False)
            if self.is_free(child):
                free.append(child.path)
            if not all(self.is_finite(weight.rule) for weight in child.weights):
                return None
        sizes = [len(options) for options in facts.values()]
        if prod(sizes) * 2 ** min(len(free), 20) > CONFIGURATIONS:
            return None
        found = set()
        for answers in product(*facts.values()):
            values = dict(zip(facts, answers, strict=True))
            for present in product((True, False), repeat=len(free)):
                found.add(self.base(node, values, dict(zip(free, present, strict=True))))
        return frozenset(found)

    def is_free(self, child: PlannedNode) -> bool:
        """Whether no listed answer says if a child counts."""
        return self.of(child).may_be_empty or not self.is_finite(child.applies)

    def is_finite(self, rule: Rule | None) -> bool:
        """Whether a rule asks only for answers that can be listed."""
        facts = self.plan.facts
        return rule is None or all(
            name in facts and facts[name].kind in ("choice", "yes-no") for name in rule.names
        )

    def base(self, node: PlannedGroup, values: Mapping[str, object], present: Mapping[str, bool]) -> int:
        """What the weights of the children add up to under some answers."""
        found = 0
        for child in node.children:
            if not present.get(child.path, True):
                continue
            if child.path not in present and child.applies is not None and not child.applies.holds(values):
                continue
            holding = [each for each in child.weights if each.rule is None or each.rule.holds(values)]
            # Where none or several hold, nothing is decided.
            found += holding[0].points if holding else 0 if child.weights else 1
        return found

    # --- scale, cap, rounding

    def capped(self, node: PlannedNode, unit: Fraction | None) -> Fraction | None:
        """The unit of a score after scale and cap."""
        if unit is None:
            return None
        units = [unit]
        if node.scaling is not None:
            units = [unit * abs(node.scaling.slope), abs(node.scaling.offset)]
        if node.cap is not None:
            units += [abs(end) for end in node.cap if end is not None]
        return common(units)

    def ends(self, node: PlannedNode, raw: Shape) -> tuple[Fraction | None, Fraction | None]:
        """The ends of a score after scale, cap and rounding."""
        if raw.low is None or raw.high is None:
            return None, None
        ends = [raw.low, raw.high]
        if node.scaling is not None:
            ends = sorted(map(node.scaling.apply, ends))
        if node.cap is not None:
            ends = [capped(end, node.cap) for end in ends]
        if node.model.round is not None:
            ends = [node.model.round.apply(end) for end in ends]
        return ends[0], ends[1]


def _constants(node: PlannedIndicator) -> Iterator[Fraction | None]:
    """Every score of an indicator that there can be, where it is a number that hangs on nothing; None where not."""
    for amount in node.amounts:
        if amount.constant is not None:
            yield amount.constant
        else:
            yield from (case.formula.constant for case in amount.cases if case.formula is not None)


def _is_whole_answer(node: PlannedIndicator) -> bool:
    """Whether the score is the answer itself, and that a whole number."""
    fact = node.measure
    return (
        isinstance(node.model, Direct)
        and node.is_plain
        and fact is not None
        and fact.formula is None
        and fact.rounding is None
        and fact.step is not None
        and fact.step.denominator == 1
    )


def common_base(bases: frozenset[int] | None) -> int | None:
    """A number that every sum of weights goes into; None where there is none that is small."""
    if bases is None:
        return None
    found = 1
    for base in bases - {0}:
        found = found * base // gcd(found, base)
    return found if found < COMMON else None
