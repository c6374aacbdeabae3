"""Facts in columns: whether there is an answer, whether it is a usable one, and what conditions ask of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any, Protocol

import narwhals as nw
from attrs import frozen

from kinerja.engine.columns.doubts import Doubts
from kinerja.engine.columns.formulas import Value, line_of, refusal, rounded
from kinerja.engine.columns.lines import (
    LARGEST,
    Floats,
    Line,
    Ratio,
    Whole,
    Wholes,
    before,
    by_place,
    holes,
    inside,
    stretched,
    tree,
)
from kinerja.engine.columns.terms import (
    DIGITS,
    WIDEST,
    Term,
    Truth,
    all_of,
    any_of,
    column,
    constant,
    divided,
    joined,
    negated,
    number,
    only,
    where,
)
from kinerja.engine.shapes import common
from kinerja.errors import Fault
from kinerja.feel import MISSING
from kinerja.intervals import Interval, IntervalSet
from kinerja.numbers import Rounding
from kinerja.plan import PlannedFact
from kinerja.plan.rules import Test

__all__ = [
    "KEPT",
    "UNSEEN",
    "Answers",
    "Named",
    "Numbers",
    "Options",
    "Seen",
    "answers_of",
    "computed",
    "is_short",
    "options_of",
]

#: A float with fewer significant digits is its own decimal.
KEPT = 10**15

_EVERY = IntervalSet.of(Interval(-LARGEST, LARGEST))


class Named(Protocol):
    """What a name in a condition stands for: a fact, or what a node came to."""

    ok: Truth
    bad: Truth
    left: Truth
    #: Whether there is nothing: neither a value nor anything wrong.
    missing: Truth

    def passes(self, test: Test) -> Truth:
        """Whether there is a value and the test lets it pass."""
        ...


class Answers(ABC):
    """One fact: `ok` where it has a value, `bad` where what was said is none; a fact is never left out."""

    left: Truth = False

    def __init__(self, fact: PlannedFact, *, ok: Truth, bad: Truth, absent: Truth) -> None:
        self.fact = fact
        #: The place of the option of a choice; of a yes-no, whether it is a yes.
        self.code: Term | None = None
        #: Where nothing is said and the rubric says what that means.
        self.usual = absent if fact.missing is not MISSING else False
        #: Where nothing is said, and that means nothing.
        self.missing = absent if fact.missing is MISSING else False
        self.said = ok
        self.ok = any_of([ok, self.usual])
        self.bad = bad

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

    def placed(self, values: Mapping[Any, int]) -> Term | None:
        """The number that belongs to each answer, any where there is none; None where nothing is ever said."""
        if self.code is None:
            return None
        if self.fact.kind == "yes-no":
            return where(self.code, number(values[True]), number(values[False]))
        return by_place(self.code, [values[each] for each in self.fact.options])


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


@frozen
class Seen:
    """
    What is known of the column of a fact once it was looked at: where it is given, has a value, holds what is none.

    None of it is known before; `code` is the column of the places of options, once that is made.
    """

    given: Truth | None = None
    ok: Truth | None = None
    bad: Truth | None = None
    code: Term | None = None


UNSEEN = Seen()
#: The least and the greatest number of the types that whole numbers are read from; any other holds 64 bits.
_ENDS: Mapping[Any, tuple[int, int]] = {
    nw.Int8: (-(2**7), 2**7 - 1),
    nw.Int16: (-(2**15), 2**15 - 1),
    nw.Int32: (-(2**31), 2**31 - 1),
    nw.UInt8: (0, 2**8 - 1),
    nw.UInt16: (0, 2**16 - 1),
    nw.UInt32: (0, 2**32 - 1),
}
#: So many options are told apart one after another; of more, so many at a time.
_AT_ONCE = 12


def answers_of(
    fact: PlannedFact, dtype: nw.dtypes.DType | None, doubts: Doubts, seen: Seen = UNSEEN
) -> Answers:
    """What a column of a type says of a fact; no column for a fact whose absence has a meaning."""
    if dtype is None:
        if fact.kind == "number":
            nothing = Whole.of(Fraction(0))
            return Numbers(fact, None, _EVERY, nothing, ok=False, bad=False, absent=True)
        return Options(fact, lambda _: False, ok=False, bad=False, absent=True)
    if fact.kind == "number":
        return _numbers(fact, dtype, doubts, seen)
    raw = column(fact.name, "truth" if fact.kind == "yes-no" else "text")
    given = _given(raw, seen)
    if fact.kind == "yes-no":
        told = Options(fact, lambda allowed: _truth(raw, allowed), ok=given, bad=False, absent=negated(given))
        told.code = raw
        return told
    code = seen.code
    if code is None:
        code = _coded(raw if dtype == nw.String else raw.as_text(), fact.options)
    known = code >= number(0)
    if isinstance(known, Term) and isinstance(given, Term):
        # What is an option is given.
        known.holding |= given.holding
    ok, bad = _usable([known], given, seen)
    options = Options(
        fact, lambda allowed: _among(code, fact, allowed), ok=ok, bad=bad, absent=negated(given)
    )
    options.code = code
    return options


def _given(raw: Term, seen: Seen) -> Truth:
    return negated(raw.is_nothing()) if seen.given is None else seen.given


def _usable(truths: Sequence[Truth], given: Truth, seen: Seen) -> tuple[Truth, Truth]:
    """Where there is a value, and where what is given is none."""
    ok = all_of(truths) if seen.ok is None else seen.ok
    bad = all_of([given, negated(ok)]) if seen.bad is None else seen.bad
    return ok, bad


def _coded(text: Term, options: Sequence[str]) -> Term:
    """The place of the option that is said, -1 for no such one and for none at all."""
    blocks = []
    for first in range(0, len(options), _AT_ONCE):
        code = number(-1)
        for at in reversed(range(first, min(first + _AT_ONCE, len(options)))):
            code = where(text.equals(constant(options[at], "text")), number(at), code)
        blocks.append(code)
    return joined(blocks, lambda one, other: where(one >= number(0), one, other))


def _truth(raw: Term, allowed: Collection[Any]) -> Truth:
    if len(allowed) == 1:
        return raw if True in allowed else raw.negation
    return bool(allowed)


def _among(code: Term, fact: PlannedFact, allowed: Collection[Any]) -> Truth:
    """Whether the option is among these, by runs of neighbours; what is none of the options is told elsewhere."""
    places = [at for at, each in enumerate(fact.options) if each in allowed]
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    last = len(fact.options) - 1
    return any_of(
        all_of(
            [
                run[0] == 0 or code >= number(run[0]),
                run[-1] == last or code <= number(run[-1]),
            ]
            if len(run) > 1 or run[0] in (0, last)
            else [code.equals(number(run[0]))]
        )
        for run in runs
    )


def options_of(fact: PlannedFact, seen: Seen = UNSEEN) -> tuple[Options, Callable[[Collection[str]], Truth]]:
    """A set with a column for each option, and whether it holds several; where one is empty, all have to be."""
    columns = {option: column(f"{fact.name}.{option}", "truth") for option in fact.options}
    given = [negated(each.is_nothing()) for each in columns.values()]
    some = any_of(given) if seen.given is None else seen.given
    ok, bad = _usable([all_of(given)], some, seen)
    answers = Options(fact, lambda _: False, ok=ok, bad=bad, absent=negated(some))
    return answers, lambda needed: all_of(
        [answers.said, *(columns[each] for each in fact.options if each in needed)]
    )


# --- numbers


def _numbers(fact: PlannedFact, dtype: nw.dtypes.DType, doubts: Doubts, seen: Seen) -> Numbers:
    domain = _EVERY if fact.domain is None else fact.domain & _EVERY
    counted: Whole | Fault
    if dtype == nw.Float64:
        raw = column(fact.name, "float")
        given = _given(raw, seen)
        line: Line = Floats(raw)
        # An engine may know a bound to be met by all numbers of a file, and forget what is none (DuckDB 2.0).
        within = all_of([given, raw.is_finite(), inside(line, domain)]) if seen.ok is None else seen.ok
        truths, counted = [within], Fault("K617", name=fact.name)
        if fact.step is not None:
            fits, counted = _stepped(fact, domain, raw, where(within, raw, constant(0.0, "float")))
            truths.append(fits)
        ok, bad = _usable(truths, given, seen)
        if isinstance(counted, Whole):
            counted = counted.gated(ok)
    elif isinstance(dtype, nw.Decimal):
        raw = column(fact.name, "decimal")
        given = _given(raw, seen)
        decimals, fits = _decimals(fact, dtype, raw, given, doubts)
        line, truths = decimals, [given, fits, inside(decimals, domain)]
        counted = Fault("K617", name=fact.name)
        step = fact.step if fact.step is not None else Fraction(1) if dtype.scale == 0 else None
        if step is not None:
            units = decimals.unit / step
            if units.denominator != 1:
                truths.append((decimals.expr % number(units.denominator)).equals(number(0)))
        ok, bad = _usable(truths, given, seen)
        if step is not None:
            safe = _within(decimals.expr, ok, domain, decimals.unit)
            counted = _counted(
                fact, domain, safe // number(units.denominator) * number(units.numerator), step
            )
            counted = counted.gated(ok) if isinstance(counted, Whole) else counted
    else:
        column_ = column(fact.name, "whole", _ENDS.get(dtype, WIDEST))
        given = _given(column_, seen)
        whole = column_.as_whole((column_.low, column_.high))
        line = Wholes(whole)
        step = fact.step if fact.step is not None else Fraction(1)
        on = step.numerator == 1 or (whole % number(step.numerator)).equals(number(0))
        ok, bad = _usable([given, inside(line, domain), on], given, seen)
        counted = _counted(fact, domain, _in_steps(whole, step, ok, domain), step)
    if fact.rounding is not None and isinstance(counted, Whole):
        counted = counted.rounded(fact.rounding)
    return Numbers(fact, line, domain, counted, ok=ok, bad=bad, absent=negated(given))


def _in_steps(whole: Term, step: Fraction, ok: Truth, domain: IntervalSet) -> Term:
    """A whole number as so many steps; divided first, for on its step it leaves nothing over."""
    safe = _within(whole, ok, domain, Fraction(1))
    return safe // number(step.numerator) * number(step.denominator)


def _within(whole: Term, ok: Truth, domain: IntervalSet, unit: Fraction) -> Term:
    """Whole numbers of a unit; one that is no value counts as 0, for multiplied it might not fit."""
    low, high = _ends(domain)
    if low is None or high is None:
        return whole
    ends = min(floor(low / unit), 0), max(ceil(high / unit), 0)
    return where(ok, whole, number(0)).as_whole(ends)


def is_short(fact: PlannedFact, dtype: nw.Decimal) -> bool:
    """Whether no answer to a fact has more digits in a column of decimals than are read."""
    low, high = _ends(_EVERY if fact.domain is None else fact.domain & _EVERY)
    limit = 10 ** (DIGITS - dtype.scale)
    ends = low is not None and high is not None and max(-low, high) < limit
    return dtype.precision <= DIGITS or ends


def _decimals(
    fact: PlannedFact, dtype: nw.Decimal, raw: Term, given: Truth, doubts: Doubts
) -> tuple[Whole, Truth]:
    """
    A column of decimals as whole numbers of its last place, and where they have no more digits than fit.

    Where more digits than that may stand for an answer, such rows are left to the interpreter.
    """
    fits = given
    if dtype.precision > DIGITS:
        limit = 10 ** (DIGITS - dtype.scale)
        fits = all_of([given, raw < number(limit), raw > number(-limit)])
        if not is_short(fact, dtype):
            doubts.doubt(all_of([given, negated(fits)]))
    most = 10**DIGITS - 1
    term = where(fits, only(fits, raw).in_units(dtype.scale), number(0))
    return Whole(term, Fraction(1, 10**dtype.scale), -most, most), fits


def _stepped(fact: PlannedFact, domain: IntervalSet, raw: Term, safe: Term) -> tuple[Truth, Whole | Fault]:
    """Whether a float that is in its domain is on its step, and which one; `safe` is 0 where it is not there."""
    step = fact.step
    assert step is not None
    low, high = _ends(domain)
    if step == 1:
        # Asked beside whether it is in its domain: of what is no number or not there it may say nothing.
        on = raw.equals(raw.floor())
        if low is None or high is None or max(-low, high) >= KEPT:
            return on, Fault("K618", name=fact.name)
        ends = min(floor(low), 0), max(ceil(high), 0)
        return on, _counted(fact, domain, safe.floor().as_whole(ends), Fraction(1))
    places = next((n for n in range(16) if 10**n % step.denominator == 0), None)
    if places is None or low is None or high is None or max(-low, high) * 10**places >= KEPT:
        raise Fault("K618", name=fact.name)
    tens = 10**places
    # One more at either end, for what the multiplication of floats may add.
    ends = min(floor(low * tens), 0) - 1, max(ceil(high * tens), 0) + 1
    near = (safe * constant(float(tens), "float") + constant(0.5, "float")).floor().as_whole(ends)
    size = int(step * tens)
    truths = [divided(near.as_float(), tens).equals(safe)]
    if size != 1:
        truths.append((near % number(size)).equals(number(0)))
    return all_of(truths), _counted(fact, domain, near // number(size), step)


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
    ends = min(int(low // unit), 0), max(-int(-high // unit), 0)
    if max(-ends[0], ends[1]) > WIDEST[1]:
        return Fault("K616", name=fact.name)
    return Whole(term, unit, *ends)


def computed(
    fact: PlannedFact, found: Value, known: Truth, fault: Truth, bad: Truth, doubts: Doubts
) -> Numbers:
    """A derived fact, where its parts have values: in its domain and on its step."""
    if not isinstance(found, Ratio) and (fact.rounding is None or fact.step is not None):
        raise refusal(found)
    domain = _EVERY if fact.domain is None else fact.domain
    truths: list[Truth] = [known, negated(fault)]
    here = all_of(truths)
    if fact.domain is not None:
        truths.append(inside(line_of(found, here, doubts), fact.domain))
    if fact.step is not None and isinstance(found, Ratio):
        factor = found.above.unit / found.below.unit / fact.step
        above = found.above.times(factor.numerator)
        below = found.below.times(factor.denominator)
        truths.append((above.expr % below.expr).equals(number(0)))
    ok = all_of(truths)
    wrong = any_of([bad, all_of([known, negated(ok)])])
    absent = negated(any_of([ok, wrong]))
    to = fact.rounding
    if not isinstance(found, Ratio):
        assert to is not None
        # Conditions ask for what is rounded: of what is before that only its neighbourhood is known.
        line = rounded(found, to, here, doubts)
        return Numbers(fact, line, line.domain, line, is_rounded=True, ok=ok, bad=wrong, absent=absent)
    counted: Whole | Fault = Fault("K615", name=fact.name, text=str(fact.formula))
    if to is None and fact.step is not None:
        to = Rounding(fact.step, mode="floor")
    if to is not None:
        counted = rounded(found, to, here, doubts)
    elif found.below.term is None:
        counted = found.above
    return Numbers(fact, found, domain, counted, ok=ok, bad=wrong, absent=absent)
