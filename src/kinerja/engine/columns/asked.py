"""Facts in columns: whether there is an answer, whether it is a usable one, and what conditions ask of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from typing import Any, Protocol

import narwhals as nw

from kinerja.engine.columns.formulas import Value, line_of, refusal, rounded
from kinerja.engine.columns.lines import (
    LARGEST,
    Floats,
    Line,
    Ratio,
    Whole,
    Wholes,
    before,
    holes,
    inside,
    stretched,
    tree,
)
from kinerja.engine.columns.terms import Stages, Term, Truth, all_of, any_of, divided, negated, number, where
from kinerja.engine.shapes import common
from kinerja.errors import Fault
from kinerja.feel import MISSING
from kinerja.intervals import Interval, IntervalSet
from kinerja.numbers import Rounding
from kinerja.plan import PlannedFact
from kinerja.plan.rules import Test

__all__ = [
    "DIGITS",
    "Answers",
    "Named",
    "Numbers",
    "Options",
    "answers_of",
    "computed",
    "is_short",
    "options_of",
]

#: A float with fewer significant digits is its own decimal.
KEPT = 10**15

#: So many digits of a decimal are read.
DIGITS = 18

_EVERY = IntervalSet.of(Interval(-LARGEST, LARGEST))


class Named(Protocol):
    """What a name in a condition stands for: a fact, or what a node came to."""

    ok: Truth
    bad: Truth
    left: Truth

    @property
    def missing(self) -> Truth:
        """Whether there is nothing: neither a value nor anything wrong."""
        ...

    def passes(self, test: Test) -> Truth:
        """Whether there is a value and the test lets it pass."""
        ...


class Answers(ABC):
    """One fact: `ok` where it has a value, `bad` where what was said is none; a fact is never left out."""

    left: Truth = False

    def __init__(self, fact: PlannedFact, *, ok: Truth, bad: Truth, usual: Truth) -> None:
        self.fact = fact
        #: Where nothing is said and the rubric says what that means.
        self.usual = usual if fact.missing is not MISSING else False
        self.said = ok
        self.ok = any_of([ok, self.usual])
        self.bad = bad

    @property
    def missing(self) -> Truth:
        """Whether nothing is said, and that means nothing."""
        return negated(any_of([self.ok, self.bad]))

    def passes(self, test: Test) -> Truth:
        """Whether there is a value and the test lets it pass."""
        return any_of(
            [
                all_of([self.said, self.holds(test.allowed)]),
                all_of([self.usual, test.holds(self.fact.missing)]),
            ]
            if self.usual is not False
            else [all_of([self.said, self.holds(test.allowed)])]
        )

    @abstractmethod
    def holds(self, allowed: Any) -> Truth:
        """Whether what is said is among these."""
        ...


class Options(Answers):
    """A choice, a yes-no, or a set with a column for each option."""

    def __init__(self, fact: PlannedFact, among: Callable[[Collection[Any]], Truth], **states: Truth) -> None:
        super().__init__(fact, **states)
        self._among = among

    def holds(self, allowed: Any) -> Truth:
        """Whether what is said is among these."""
        return self._among(allowed)


class Numbers(Answers):
    """A number, measured or computed."""

    def __init__(
        self,
        fact: PlannedFact,
        line: Line | None,
        domain: IntervalSet,
        whole: Whole | Fault,
        *,
        is_rounded: bool = False,
        **states: Truth,
    ) -> None:
        super().__init__(fact, **states)
        self.line = line
        self.domain = domain
        #: What the numbers of the line have still to be rounded to.
        self.rounding = None if is_rounded else fact.rounding
        self._whole = whole

    def holds(self, allowed: Any) -> Truth:
        """Whether what is said is among these, once it is rounded."""
        return self.line is not None and inside(self.line, before(allowed, self.rounding))

    def places(self, sets: Sequence[IntervalSet]) -> tuple[Term | None, bool]:
        """
        The place of the set that holds the number said, -1 for none or several; and whether it is always one.

        None where nothing is ever said.
        """
        if self.line is None:
            return None, True
        usual = [before(each, self.rounding) for each in sets]
        left = holes(usual, self.domain)
        held = self.line.held
        whole = left.on_step(
            self.fact.step if isinstance(self.line, Floats) else held.unit if held.kind == "int" else None
        )
        return tree(self.line, stretched(usual, held, whole=whole.is_empty)), whole.is_empty

    @property
    def whole(self) -> Whole:
        """The number to compute with; `Fault` where it has no step or no ends."""
        if isinstance(self._whole, Fault):
            raise self._whole
        if self.usual is False:
            return self._whole
        other = Whole.of(Fraction(self.fact.missing))
        if self.line is None:
            return other
        unit = common((self._whole.unit, other.unit))
        counted, usual = self._whole.counted(unit), other.counted(unit)
        return counted.gated(negated(self.usual), usual.low)


def answers_of(fact: PlannedFact, dtype: nw.dtypes.DType | None, stages: Stages) -> Answers:
    """What a column of a type says of a fact; no column for a fact whose absence has a meaning."""
    if dtype is None:
        if fact.kind == "number":
            nothing = Whole.of(Fraction(0))
            return Numbers(fact, None, _EVERY, nothing, ok=False, bad=False, usual=True)
        return Options(fact, lambda _: False, ok=False, bad=False, usual=True)
    raw = Term(nw.col(fact.name))
    given = stages.keep(raw.to(lambda a: ~a.is_null()))
    if fact.kind == "number":
        return _numbers(fact, dtype, raw, given, stages)
    absent = negated(given)
    if fact.kind == "yes-no":
        return Options(fact, lambda allowed: _truth(raw, allowed), ok=given, bad=False, usual=absent)
    if dtype != nw.String:
        raw = stages.keep(raw.to(lambda a: a.cast(nw.String)))
    known = all_of([given, raw.to(lambda a: a.is_in(list(fact.options)))])
    ok = stages.kept(known)
    bad = stages.kept(all_of([given, negated(ok)]))
    return Options(fact, lambda allowed: _among(raw, fact, allowed), ok=ok, bad=bad, usual=absent)


def _truth(raw: Term, allowed: Collection[Any]) -> Truth:
    if len(allowed) == 1:
        return raw if True in allowed else negated(raw)
    return bool(allowed)


def _among(raw: Term, fact: PlannedFact, allowed: Collection[Any]) -> Truth:
    options = [each for each in fact.options if each in allowed]
    if len(options) in (0, len(fact.options)):
        return bool(options)
    if len(options) == 1:
        return raw.to(lambda a: a == nw.lit(options[0]))
    return raw.to(lambda a: a.is_in(options))


def options_of(fact: PlannedFact, stages: Stages) -> tuple[Options, Callable[[Collection[str]], Truth]]:
    """A set with a column for each option, and whether it holds several; where one is empty, all have to be."""
    columns = {option: Term(nw.col(f"{fact.name}.{option}")) for option in fact.options}
    given = [column.to(lambda a: ~a.is_null()) for column in columns.values()]
    ok, some = stages.kept(all_of(given)), any_of(given)
    bad = stages.kept(all_of([some, negated(ok)]))
    answers = Options(fact, lambda _: False, ok=ok, bad=bad, usual=stages.kept(negated(some)))
    return answers, lambda needed: all_of(
        [answers.said, *(columns[each] for each in fact.options if each in needed)]
    )


# --- numbers


def _numbers(fact: PlannedFact, dtype: nw.dtypes.DType, raw: Term, given: Term, stages: Stages) -> Numbers:
    domain = _EVERY if fact.domain is None else fact.domain & _EVERY
    if dtype == nw.Float64:
        line: Line = Floats(raw)
        fits = inside(line, domain)
        truths = [given, fits]
        counted: Whole | Fault = Fault("K617", name=fact.name)
        if fact.step is not None:
            ok = stages.kept(all_of(truths))
            assert isinstance(ok, Term)
            safe = stages.keep(Term(where(ok, raw.expr, nw.lit(0.0)), ok.level))
            fits, counted = _stepped(fact, domain, safe, stages)
            truths = [ok, fits]
    elif isinstance(dtype, nw.Decimal):
        line, fits = _decimals(fact, dtype, raw, given, stages)
        truths = [given, fits, inside(line, domain)]
        counted = Fault("K617", name=fact.name)
        step = fact.step if fact.step is not None else Fraction(1) if dtype.scale == 0 else None
        if step is not None:
            assert line.term is not None
            units = line.unit / step
            several = line.term
            if units.denominator != 1:
                truths.append(several.to(lambda a: a % number(units.denominator) == number(0)))
                several = several.to(lambda a: a // number(units.denominator))
            counted = _counted(fact, domain, several.to(lambda a: a * number(units.numerator)), step)
    else:
        whole = stages.keep(
            Term(nw.when(given.expr).then(raw.expr.cast(nw.Int64)).otherwise(number(0)), given.level)
        )
        line = Wholes(whole)
        step = fact.step if fact.step is not None else Fraction(1)
        on = True if step.numerator == 1 else whole.to(lambda a: a % number(step.numerator) == number(0))
        truths = [given, inside(line, domain), on]
        several = whole
        if step != 1:
            several = whole.to(lambda a: a * number(step.denominator) // number(step.numerator))
        counted = _counted(fact, domain, several, step)
    ok = stages.kept(all_of(truths))
    bad = stages.kept(all_of([given, negated(ok)]))
    if isinstance(counted, Whole):
        # What is out of bounds would not fit once it is multiplied.
        counted = counted.gated(ok)
    if fact.rounding is not None and isinstance(counted, Whole):
        counted = counted.rounded(fact.rounding)
    return Numbers(fact, line, domain, counted, ok=ok, bad=bad, usual=negated(given))


def is_short(fact: PlannedFact, dtype: nw.Decimal) -> bool:
    """Whether no answer to a fact has more digits in a column of decimals than are read."""
    low, high = _ends(_EVERY if fact.domain is None else fact.domain & _EVERY)
    limit = 10 ** (DIGITS - dtype.scale)
    ends = low is not None and high is not None and max(-low, high) < limit
    return dtype.precision <= DIGITS or ends


def _decimals(
    fact: PlannedFact, dtype: nw.Decimal, raw: Term, given: Term, stages: Stages
) -> tuple[Whole, Truth]:
    """
    A column of decimals as whole numbers of its last place, and where they have no more digits than fit.

    Where more digits than that may stand for an answer, such rows are left to the interpreter.
    """
    limit = 10 ** (DIGITS - dtype.scale)
    fits: Truth = given
    if dtype.precision > DIGITS:
        fits = stages.keep(
            Term(given.expr & (raw.expr < nw.lit(limit)) & (raw.expr > nw.lit(-limit)), given.level)
        )
        if not is_short(fact, dtype):
            stages.doubt(all_of([given, negated(fits)]))
    assert isinstance(fits, Term)
    safe = nw.when(fits.expr).then(raw.expr).cast(nw.Decimal(DIGITS, dtype.scale))
    whole = (safe * number(10**dtype.scale)).cast(nw.Int64)
    term = stages.keep(Term(nw.when(fits.expr).then(whole).otherwise(number(0)), fits.level))
    return Whole(term, Fraction(1, 10**dtype.scale), 1 - 10**DIGITS, 10**DIGITS - 1), fits


def _stepped(
    fact: PlannedFact, domain: IntervalSet, safe: Term, stages: Stages
) -> tuple[Truth, Whole | Fault]:
    """Whether a float is on its step, and which one; every float is 0 here that is not in its domain."""
    step = fact.step
    assert step is not None
    if step == 1:
        on = safe.to(lambda a: a == a.floor())
        low, high = _ends(domain)
        if low is None or high is None or max(-low, high) >= KEPT:
            return on, Fault("K618", name=fact.name)
        return on, _counted(
            fact, domain, stages.keep(safe.to(lambda a: a.floor().cast(nw.Int64))), Fraction(1)
        )
    places = next((n for n in range(16) if 10**n % step.denominator == 0), None)
    low, high = _ends(domain)
    if places is None or low is None or high is None or max(-low, high) * 10**places >= KEPT:
        raise Fault("K618", name=fact.name)
    tens = 10**places
    near = stages.keep(safe.to(lambda a: (a * nw.lit(float(tens)) + nw.lit(0.5)).floor().cast(nw.Int64)))
    size = int(step * tens)
    truths = [near.with_(safe, lambda a, b: divided(a.cast(nw.Float64), tens) == b)]
    if size != 1:
        truths.append(near.to(lambda a: a % number(size) == number(0)))
    if size != 1:
        near = near.to(lambda a: a // number(size))
    return all_of(truths), _counted(fact, domain, near, step)


def _ends(domain: IntervalSet) -> tuple[Fraction | None, Fraction | None]:
    """The ends of a domain; none where they are only those of floats."""
    pieces = list(domain)
    if not pieces:
        return Fraction(0), Fraction(0)
    low, high = pieces[0].low, pieces[-1].high
    return (None if low == -LARGEST else low), (None if high == LARGEST else high)


def _counted(fact: PlannedFact, domain: IntervalSet, term: Term, unit: Fraction) -> Whole | Fault:
    """A number as so many of a unit, between the ends of its domain."""
    low, high = _ends(domain)
    if low is None or high is None:
        return Fault("K618", name=fact.name)
    # What is no answer counts as 0 here.
    return Whole(term, unit, min(int(low // unit), 0), max(-int(-high // unit), 0))


def computed(
    fact: PlannedFact, found: Value, known: Truth, fault: Truth, bad: Truth, stages: Stages
) -> Numbers:
    """A derived fact, where its parts have values: in its domain and on its step."""
    if not isinstance(found, Ratio) and (fact.rounding is None or fact.step is not None):
        raise refusal(found)
    domain = _EVERY if fact.domain is None else fact.domain
    truths: list[Truth] = [known, negated(fault)]
    here = stages.kept(all_of(truths)) if not isinstance(found, Ratio) else True
    if fact.domain is not None:
        truths.append(inside(line_of(found, here, stages), fact.domain))
    if fact.step is not None and isinstance(found, Ratio):
        factor = found.above.unit / found.below.unit / fact.step
        above = found.above.times(factor.numerator)
        below = found.below.times(factor.denominator)
        truths.append(Term((above.expr % below.expr) == number(0), max(above.level, below.level)))
    ok = stages.kept(all_of(truths))
    wrong = stages.kept(any_of([bad, all_of([known, negated(ok)])]))
    usual = negated(any_of([ok, wrong]))
    to = fact.rounding
    if not isinstance(found, Ratio):
        assert to is not None
        # Conditions ask for what is rounded: of what is before that only its neighbourhood is known.
        whole = rounded(found, to, here, stages)
        line = Whole(stages.keep(Term(whole.expr, whole.level)), whole.unit, whole.low, whole.high)
        return Numbers(fact, line, line.domain, line, is_rounded=True, ok=ok, bad=wrong, usual=usual)
    counted: Whole | Fault = Fault("K615", name=fact.name, text=str(fact.formula))
    if to is None and fact.step is not None:
        to = Rounding(fact.step, mode="floor")
    if to is not None:
        counted = rounded(found, to, here, stages)
    elif found.below.term is None:
        counted = found.above
    return Numbers(fact, found, domain, counted, ok=ok, bad=wrong, usual=usual)
