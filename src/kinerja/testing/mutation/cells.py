"""A condition with one of its tests changed a little: a bound moved, an end opened or closed, a word turned round."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kinerja import numbers
from kinerja.errors import Fault
from kinerja.feel import Condition, condition
from kinerja.feel.conditions import Literal, Range
from kinerja.intervals import Interval
from kinerja.writing import decimal_part

__all__ = ["ends", "moved", "turned", "unit_of"]


def unit_of(number: Fraction) -> Fraction:
    """
    One unit in the last printed decimal of a number, or in the denominator of one that is printed as a fraction.

    >>> unit_of(Fraction(40)), unit_of(Fraction("59.5")), unit_of(Fraction(2, 3))
    (Fraction(1, 1), Fraction(1, 10), Fraction(1, 3))
    """
    tail = decimal_part(number)
    return Fraction(1, number.denominator) if tail is None else Fraction(1, 10 ** len(tail))


def moved(asked: Condition, step: Fraction | None) -> Iterator[Condition]:
    """
    The condition with each of its bounds a step up and a step down; without a step, one unit of its last decimal.

    >>> from kinerja.feel import condition
    >>> [str(each) for each in moved(condition("[30..40)"), None)]
    ['[31..40)', '[29..40)', '[30..41)', '[30..39)']
    """
    for index, test in enumerate(asked.tests):
        if isinstance(test, Literal):
            number = test.number()
            for there in _beside(number, step):
                yield from _with(asked, index, numbers.text(there))
            continue
        low, high = test.interval.low, test.interval.high
        for there in _beside(low, step):
            yield from _with(asked, index, _spelt(test.interval, low=there))
        for there in _beside(high, step):
            yield from _with(asked, index, _spelt(test.interval, high=there))


def ends(asked: Condition) -> Iterator[Condition]:
    """
    The condition with each of its ends opened where it is closed, and closed where it is open.

    >>> from kinerja.feel import condition
    >>> [str(each) for each in ends(condition("[30..40)"))]
    ['(30..40)', '[30..40]']
    """
    for index, test in enumerate(asked.tests):
        if isinstance(test, Range):
            span = test.interval
            if span.low is not None:
                yield from _with(asked, index, _spelt(span, low_closed=not span.low_closed))
            if span.high is not None:
                yield from _with(asked, index, _spelt(span, high_closed=not span.high_closed))


def turned(asked: Condition) -> Iterator[Condition]:
    """
    The condition that holds where this one does not; nothing of one that always holds.

    >>> from kinerja.feel import condition
    >>> [str(each) for each in turned(condition("kumuh"))], [str(each) for each in turned(condition("true"))]
    (['not("kumuh")'], ['false'])
    """
    if asked.is_anything:
        return
    opposite = {"true": "false", "false": "true"}.get(str(asked))
    inside = ", ".join(map(str, asked.tests)) or "-"
    yield condition(opposite or (inside if asked.negated else f"not({inside})"))


def _beside(number: Fraction | None, step: Fraction | None) -> tuple[Fraction, ...]:
    if number is None:
        return ()
    step = unit_of(number) if step is None else step
    return number + step, number - step


def _spelt(span: Interval, **changes: object) -> str:
    """An interval with another end, as a cell has it."""
    said = {name: getattr(span, name) for name in ("low", "high", "low_closed", "high_closed")} | changes
    changed = Interval(
        said["low"], said["high"], low_closed=said["low_closed"], high_closed=said["high_closed"]
    )
    return f"[{changed}..{changed}]" if changed.is_point else str(changed)


def _with(asked: Condition, index: int, cell: str) -> Iterator[Condition]:
    """The condition with another test in one place; nothing where that is no condition, such as an empty range."""
    tests = [cell if at == index else str(test) for at, test in enumerate(asked.tests)]
    inside = ", ".join(tests)
    try:
        yield condition(f"not({inside})" if asked.negated else inside)
    except Fault:
        return
