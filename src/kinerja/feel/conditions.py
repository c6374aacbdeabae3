"""
Conditions: S-FEEL unary tests over constants, such as `> 40`, `[30..40]`, `1, 2` or `not("kumuh")`.

A condition does not know what it tests.
Asked with `numbers`, `options` or `truths` it answers for a fact of that kind, or says which of its words do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, lru_cache

from attrs import field, frozen

from kinerja.errors import Fault, closest
from kinerja.feel._cells import (
    BLANKS,
    DEPTH,
    PARTS,
    Located,
    Span,
    cut,
    is_doubtful,
    masked,
    no_joined_commas,
    plain_characters,
    printable,
)
from kinerja.intervals import EVERYTHING, Interval, IntervalSet
from kinerja.numbers import parse, text

__all__ = ["Condition", "condition"]

_OPERATORS = (">=", "<=", ">", "<")
_RESPELT = {"=>": ">=", "=<": "<=", "=": "", "==": "", "!=": "not", "<>": "not"}

_BLANK = re.compile(r"[ \t\r\n]*", re.ASCII)
_OPERATOR = re.compile(r"[<>=!]+", re.ASCII)
_QUOTED = re.compile(r'"([^"]*)"', re.ASCII)
_WORD = re.compile(r'[^\s,()"\[\]<>=]+', re.ASCII)
_END = re.compile(r'(?:(?!\.\.)[^\s,()"\[\]<>=])+', re.ASCII)
_NOT = re.compile(r"not[ \t\r\n]*\(", re.ASCII)
_NUMERIC = re.compile(r"[+-]?[.0-9]", re.ASCII)
_ALONE = re.compile(r"-(?=[ \t\r\n]*(?:\)|$))", re.ASCII)
_PERCENT = re.compile(r"[ \t]*%", re.ASCII)
_ITEM = re.compile(r"[^,)]*", re.ASCII)
#: What a range as people write it has between its ends.
_BETWEEN = ("-", "–", "—", "−", "s", "hingga", "to")


@cache
def _spoken() -> re.Pattern[str]:
    """A range as people write it: `30-40`, `30 – 40`, `30% s.d 40%`."""
    return re.compile(
        r"(?<![^\s,(\[])([0-9]+(?:\.[0-9]+)?) ?%? ?"
        r"(?:[-–—−]|s\.? ?/?d\.?|sampai(?: dengan)?|hingga|to|\.\.)"
        r" ?([0-9]+(?:\.[0-9]+)?) ?%?(?![^\s,)\]])",
        re.ASCII,
    )


def _is_number(word: str) -> bool:
    try:
        parse(word)
    except Fault:
        return False
    return True


@frozen
class Literal:
    """One value that a test names, in the author's spelling; what it means is for whoever asks."""

    text: str
    quoted: bool
    span: Span = field(eq=False)

    def __str__(self) -> str:
        bare = not self.quoted and (self.text in ("true", "false") or _is_number(self.text))
        return self.text if bare else f'"{self.text}"'

    def number(self) -> Fraction:
        """The number that it is; raises `Fault` with the literal's place where it is none."""
        if self.quoted or not _NUMERIC.match(self.text):
            raise Fault("K166", self.span, text=cut(self.text))
        return _parsed(self.text, self.span[0])


@frozen
class Range:
    """A comparison or a range with two ends."""

    interval: Interval
    span: Span = field(eq=False)

    def __str__(self) -> str:
        # A range of one number keeps its brackets, so that it is not taken for an option's id.
        one = self.interval.is_point
        return f"[{self.interval}..{self.interval}]" if one else str(self.interval)


def _parsed(word: str, at: int) -> Fraction:
    """The number that a word is; a fault in it is placed in the whole cell."""
    try:
        return parse(word)
    except Fault as fault:
        start, end = fault.span or (0, len(word))
        raise Fault(fault.code, (at + start, at + end), **fault.values) from None


@frozen(repr=False)
class Condition:
    """
    A test of one value, in the notation of a decision table's cell.

    `text` is its canonical spelling, which `condition` reads back to an equal one; equality and hash go by it.
    Words come out in double quotes and ends of ranges in lowest terms; a literal keeps its spelling, since `70/30`
    may be a number or an option.
    """

    text: str
    tests: tuple[Literal | Range, ...] = field(eq=False)
    #: Whether `not(...)` stands around the tests; without tests it is anything, negated nothing.
    negated: bool = field(eq=False)
    #: Literals such as `1.000` that may have been meant as thousands, with their places.
    suspicious: tuple[Located, ...] = field(eq=False)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Condition {self.text}>"

    @property
    def is_anything(self) -> bool:
        """Whether it is `-`, which every value fulfils."""
        return not self.tests and not self.negated

    @property
    def mentions(self) -> tuple[str, ...]:
        """The literals that it names, as they were written; ends of ranges are not among them."""
        return tuple(test.text for test in self.tests if isinstance(test, Literal))

    def numbers(self, *, step: Fraction | None = None) -> IntervalSet:
        """
        The numbers that fulfil it, on the real line or among the multiples of `step`.

        Raises `Fault` where a literal is no number.

        >>> str(condition("not([30..40], 50)").numbers())
        '< 30, (40..50), > 50'
        """
        if not self.tests:
            return (~EVERYTHING if self.negated else EVERYTHING).on_step(step)
        pieces = [t.interval if isinstance(t, Range) else t.number() for t in self.tests]
        # The complement is taken before the step, where it is the same and costs less.
        held = IntervalSet.of(*pieces)
        return (~held if self.negated else held).on_step(step)

    def options(self, ids: Iterable[str]) -> frozenset[str]:
        """
        The options that fulfil it, out of all ids that the fact has.

        Raises `Fault`: K167 for a literal that is none of them, K168 for a range.

        >>> sorted(condition('not("kumuh")').options(["kumuh", "pencegahan"]))
        ['pencegahan']
        """
        every = tuple(ids)
        for test in self.tests:
            if isinstance(test, Range):
                raise Fault("K168", test.span, text=str(test))
            if test.text not in every:
                near = closest(test.text, every)
                raise Fault("K167", test.span, text=cut(test.text), options=every, suggestion=near)
        return self._among(every)

    def truths(self) -> frozenset[bool]:
        """
        The truth values that fulfil it; raises `Fault` K169 for anything but `true` and `false`.

        >>> condition("true").truths()
        frozenset({True})
        """
        for test in self.tests:
            named = str(test) if isinstance(test, Range) else test.text
            if isinstance(test, Range) or test.quoted or named not in ("true", "false"):
                raise Fault("K169", test.span, text=cut(named))
        return frozenset(word == "true" for word in self._among(("true", "false")))

    def _among(self, every: tuple[str, ...]) -> frozenset[str]:
        if not self.tests:
            return frozenset() if self.negated else frozenset(every)
        named = frozenset(self.mentions)
        return frozenset(every) - named if self.negated else named

    def numeric(self) -> Condition:
        """
        The same condition for a fact that is known to hold numbers: literals in lowest terms too.

        Raises `Fault` where a literal is no number.

        >>> str(condition("5.0, 4/6").numeric())
        '5, 2/3'
        """
        tests = tuple(
            t if isinstance(t, Range) else Literal(text(t.number()), quoted=False, span=t.span)
            for t in self.tests
        )
        return _built(tests, negated=self.negated, suspicious=self.suspicious)


def condition(text: str) -> Condition:
    """
    The condition that a cell holds.

    S-FEEL unary tests over constants, at most 500 characters and 100 tests.
    Raises `Fault` with the exact place and, where it can be guessed, the right spelling.

    >>> condition(">40"), condition("[ 4/6 .. 1 ]")
    (<Condition > 40>, <Condition [2/3..1]>)
    >>> condition("30,5")
    Traceback (most recent call last):
    kinerja.errors.Fault: error K154: "30,5" has a comma between two digits: 30.5, or the values 30, 5?
      help: Write "30.5" for a decimal, or "30, 5" with a blank for several values.
    """
    return _condition(text)


@lru_cache(maxsize=4096)
def _condition(text: str) -> Condition:
    plain = masked(text)
    no_joined_commas(plain)
    _no_spoken_range(plain)
    plain_characters(plain)
    read = _Reader(text).condition()
    printable(read.text, text)
    return read


def _built(
    tests: tuple[Literal | Range, ...], *, negated: bool, suspicious: tuple[Located, ...]
) -> Condition:
    cell = ", ".join(map(str, tests)) or "-"
    return Condition(f"not({cell})" if negated else cell, tests, negated, suspicious)


def _no_spoken_range(plain: str) -> None:
    """Refuse `30-40` and its like, naming the range."""
    if not any(mark in plain for mark in _BETWEEN) and (".." not in plain or plain[:1] in "[(]"):
        return
    for found in _spoken().finditer(plain):
        low, high = found.groups()
        if (
            _is_number(low)
            and _is_number(high)
            and parse(low) < parse(high)
            and not _in_brackets(plain, found)
        ):
            raise Fault("K156", found.span(), text=found[0].strip(BLANKS), spelling=f"[{low}..{high}]")


def _in_brackets(plain: str, found: re.Match[str]) -> bool:
    """Whether this is the inside of a proper range, `[ 30 .. 40 ]`."""
    before = plain[: found.start()].rstrip(BLANKS)
    return ".." in found[0] and before[-1:] in ("[", "(", "]")


class _Reader:
    """A place in a cell that moves forward; each method reads one rule of the grammar and says which."""

    def __init__(self, cell: str) -> None:
        self.cell = cell
        self.at = 0
        self.doubtful: list[Located] = []

    # --- moving

    def skip(self) -> None:
        found = _BLANK.match(self.cell, self.at)
        assert found is not None
        self.at = found.end()

    def rest(self) -> str:
        self.skip()
        return self.cell[self.at :]

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        self.skip()
        found = pattern.match(self.cell, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def peek(self) -> str:
        self.skip()
        return self.cell[self.at : self.at + 1]

    def unexpected(self) -> Fault:
        rest = self.rest().rstrip(BLANKS)
        return Fault("K163", (self.at, self.at + len(rest)), text=cut(rest))

    def lacking(self) -> Fault:
        return Fault("K158", (self.at, self.at + 1))

    # --- grammar

    def condition(self) -> Condition:
        """condition = "not" "(" ( "-" | tests ) ")" | "-" | tests ."""
        opening = self.take(_NOT)
        tests = () if self.take(_ALONE) else tuple(self.tests())
        if opening is not None:
            if self.peek() != ")":
                raise self.unclosed(opening) if not self.rest() else self.unexpected()
            self.at += 1
        if self.rest():
            raise self.unexpected()
        return _built(tests, negated=opening is not None, suspicious=tuple(self.doubtful))

    def unclosed(self, opening: re.Match[str]) -> Fault:
        return Fault("K165", opening.span(), text=opening[0], spelling=")")

    def tests(self) -> Iterator[Literal | Range]:
        """tests = test { "," test } ."""
        for _ in range(PARTS):
            yield self.test()
            if self.peek() != ",":
                return
            self.at += 1
        raise Fault("K153", (self.at, len(self.cell)), parts=PARTS, depth=DEPTH)

    def test(self) -> Literal | Range:
        """test = comparison | range | quoted | word ."""
        character = self.peek()
        if character in ("", ",", ")"):
            raise self.lacking()
        if character in "<>=!":
            return self.comparison()
        if character in "[(]":
            return self.range()
        return self.quoted() if character == '"' else self.word()

    def comparison(self) -> Range:
        """comparison = ( "<" | "<=" | ">" | ">=" ) number ."""
        found = self.take(_OPERATOR)
        assert found is not None
        if found[0] in _RESPELT:
            raise self.respelt(found)
        if found[0] not in _OPERATORS:
            raise Fault("K163", found.span(), text=found[0])
        number, closed = self.number(), found[0].endswith("=")
        if found[0].startswith(">"):
            interval = Interval(number, None, low_closed=closed)
        else:
            interval = Interval(None, number, high_closed=closed)
        return Range(interval, (found.start(), self.at))

    def respelt(self, found: re.Match[str]) -> Fault:
        spelling = _RESPELT[found[0]]
        item = _ITEM.match(self.cell, found.end())
        assert item is not None
        value = item[0].strip(BLANKS)
        if not value:
            return self.lacking()
        words = {"": value, "not": f"not({value})"}.get(spelling, f"{spelling} {value}")
        return Fault("K155", found.span(), text=found[0], spelling=cut(words))

    def range(self) -> Range:
        """range = ( "[" | "(" | "]" ) number ".." number ( "]" | ")" | "[" ) ."""
        start, opening = self.at, self.peek()
        self.at += 1
        low = self.number()
        if not self.rest().startswith(".."):
            raise self.unexpected() if self.rest() else self.lacking()
        self.at += 2
        high = self.number()
        closing = self.peek()
        if closing not in ("]", ")", "["):
            if closing:
                raise self.unexpected()
            raise Fault("K165", (start, start + 1), text=opening, spelling="]")
        self.at += 1
        span = (start, self.at)
        left, right = "[" if opening == "[" else "(", "]" if closing == "]" else ")"
        if low > high:
            spelling = f"{left}{text(high)}..{text(low)}{right}"
            raise Fault("K160", span, text=cut(self.cell[start : self.at]), spelling=cut(spelling))
        if low == high and (left, right) != ("[", "]"):
            raise Fault("K161", span, text=cut(self.cell[start : self.at]), spelling=cut(text(low)))
        return Range(Interval(low, high, low_closed=left == "[", high_closed=right == "]"), span)

    def number(self) -> Fraction:
        """number = [ "+" | "-" ] digits [ "." digits | "/" digits ] ."""
        found = self.take(_END)
        if found is None:
            raise self.lacking()
        word = found[0]
        self.no_call(found)
        self.no_percent(found)
        if not _NUMERIC.match(word):
            raise Fault("K158" if word in ("+", "-") else "K159", found.span(), text=cut(word))
        number = _parsed(word, found.start())
        self.doubt(found)
        return number

    def quoted(self) -> Literal:
        """quoted = '"' any text without that sign '"' ."""
        found = self.take(_QUOTED)
        if found is None:
            raise Fault("K165", (self.at, len(self.cell)), text=cut(self.cell[self.at :]), spelling='"')
        return Literal(found[1], quoted=True, span=found.span())

    def word(self) -> Literal:
        """word = the id of an option, a number, "true" or "false" ."""
        found = self.take(_WORD)
        assert found is not None
        if found[0] == "-":
            raise Fault("K162", found.span(), text="-")
        self.no_call(found)
        self.no_percent(found)
        self.no_second_word(found)
        self.doubt(found)
        return Literal(found[0], quoted=False, span=found.span())

    # --- what goes wrong around a word

    def doubt(self, found: re.Match[str]) -> None:
        if is_doubtful(found[0]):
            self.doubtful.append((found[0], found.span()))

    def no_call(self, found: re.Match[str]) -> None:
        """Refuse `max(`: conditions have no functions, and `not(` only around all of them."""
        if self.peek() == "(":
            raise Fault("K162" if found[0] == "not" else "K159", found.span(), text=f"{cut(found[0])}(")

    def no_percent(self, found: re.Match[str]) -> None:
        """Refuse `40%` and `40 %`."""
        number = found[0].removesuffix("%")
        behind = _PERCENT.match(self.cell, found.end())
        if (behind or number != found[0]) and _is_number(number):
            end = behind.end() if behind else found.end()
            spelling = self.cell[found.start() : end]
            raise Fault("K157", (found.start(), end), text=spelling, spelling=number)

    def no_second_word(self, found: re.Match[str]) -> None:
        """Refuse `lokasi kumuh`: an id has no blank."""
        if self.peek() not in ("", ",", ")"):
            if self.at == found.end():
                raise self.unexpected()
            item = _ITEM.match(self.cell, found.start())
            assert item is not None
            words = item[0].rstrip(BLANKS)
            raise Fault("K164", (found.start(), found.start() + len(words)), text=cut(words))
