"""Commas: a list of comparisons that holds nearly everything, where a range may have been meant."""

from __future__ import annotations

from kinerja import numbers
from kinerja.errors import Phrase
from kinerja.feel import Condition
from kinerja.feel.conditions import Range
from kinerja.shapes import Where

__all__ = ["comma", "meant"]


def comma(*conditions: Where) -> Phrase | str:
    """What a comma means, and the range to write, where one of these conditions has such a list; else nothing."""
    for test in (test for where in conditions for way in where for test in way.values()):
        written = meant(test)
        if written:
            return Phrase("comma-is-or", {"text": str(test), "range": written})
    return ""


def meant(condition: Condition) -> str:
    """
    The range between the ends of two comparisons, one upwards and one downwards, that a comma joins.

    >>> from kinerja.feel import condition
    >>> meant(condition("> 30, <= 40")), meant(condition("> 40, < 30")), meant(condition("< 30, 40"))
    ('(30..40]', '(30..40)', '')
    """
    pieces = [test.interval for test in condition.tests if isinstance(test, Range)]
    if condition.negated or len(condition.tests) != 2 or len(pieces) != 2:
        return ""
    ends = sorted(
        (end, is_closed)
        for piece in pieces
        for end, other, is_closed in (
            (piece.low, piece.high, piece.low_closed),
            (piece.high, piece.low, piece.high_closed),
        )
        if end is not None and other is None
    )
    if len(ends) != 2 or all(piece.low is None for piece in pieces) or all(p.high is None for p in pieces):
        return ""
    (low, low_closed), (high, high_closed) = ends
    if low == high:
        return ""
    opening, closing = "[" if low_closed else "(", "]" if high_closed else ")"
    return f"{opening}{numbers.text(low)}..{numbers.text(high)}{closing}"
