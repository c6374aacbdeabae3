"""Python source being written: lines, blocks, constants, and how a number is compared there without losing a digit."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

from attrs import frozen

from kinerja.intervals import Interval, IntervalSet
from kinerja.plan.regions import Regions

__all__ = ["Held", "Lines", "Run", "is_binary_safe", "runs"]

#: The greatest number that a float can be: what is beyond, and what is no number, is left to the interpreter.
LARGEST = Fraction(sys.float_info.max)
#: The most significant digits of a decimal that every float keeps.
KEPT_DIGITS = 15

_BOUNDS = {
    "int": Fraction(10**15),
    "float": LARGEST,
    "exact": Fraction(10**30),
    "pair": Fraction(10**30),
}


@frozen
class Held:
    """
    A number in the code, and how it stands there.

    `int`: a whole number of `unit`; `float`: an int or a float, which counts as its shortest decimal;
    `exact`: an int or a Fraction; `pair`: a numerator over the denominator `under`, which is above zero.
    """

    name: str
    kind: Literal["int", "float", "exact", "pair"]
    unit: Fraction = Fraction(1)
    under: str = ""

    def accepted(self, domain: IntervalSet | None) -> IntervalSet:
        """The numbers of a domain that the code answers for."""
        bound = _BOUNDS[self.kind]
        sized = IntervalSet.of(Interval(-bound, bound))
        return sized if domain is None else sized & domain


#: Up to an end, closed or not, the same one of several sets holds a number; None: none of them, or more than one.
Run: TypeAlias = tuple[int | None, Fraction | None, bool]


def is_binary_safe(number: Fraction) -> bool:
    """
    Whether a float can be compared with the float of this number instead of with the number itself.

    A decimal of at most 15 digits is the shortest one of its float, and rounding to a float keeps the order: so a
    float above, on or below the float of such a number counts as a decimal above, on or below the number; likewise a
    whole number.

    >>> is_binary_safe(Fraction("97.5")), is_binary_safe(Fraction(1, 3))
    (True, False)
    """
    if number == 0:
        return True
    if not Fraction(1, 10**15) < abs(number) < 10**15:
        return False
    places = next((n for n in range(31) if 10**n % number.denominator == 0), None)
    return places is not None and len(str(abs(number * 10**places).numerator).rstrip("0")) <= KEPT_DIGITS


def runs(sets: Sequence[IntervalSet], held: Held, accepted: IntervalSet | None) -> list[Run]:
    """The number line in stretches, each held by one of the sets or, as all that is not accepted, undecided."""
    regions = Regions([*sets, *([accepted] if accepted is not None else [])])
    ends = [Fraction(bound, regions.scale) for bound in regions.bounds]
    found: list[Run] = []
    for index, holding in enumerate(regions.answers):
        which = _which(holding, None if accepted is None else len(sets))
        cut = ends[index // 2] if index // 2 < len(ends) else None
        run = (which, cut, bool(index % 2))
        if held.kind == "int" and cut is not None:
            # Between two whole numbers there is nothing to be told apart.
            scaled = cut / held.unit
            whole = floor(scaled) if index % 2 else ceil(scaled) - 1
            run = (which, whole * held.unit, True)
            if found and found[-1][1] == run[1]:
                continue
        if found and found[-1][0] == which:
            found.pop()
        found.append(run)
    return found


def _which(holding: tuple[int, ...], domain: int | None) -> int | None:
    if domain is not None:
        if domain not in holding:
            return None
        holding = holding[:-1]
    return holding[0] if len(holding) == 1 else None


class Lines:
    """The source on its way: each line with its depth, and the constants that it names."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, str]] = []
        self.depth = 0
        self.constants: dict[str, str] = {}
        self.made = 0
        #: The place behind blocks that were just closed, and the answers that they are for.
        self.closed: tuple[int, int, str, frozenset[str]] = (-1, 0, "", frozenset())
        #: Where it is refused that a name holds none of some answers: the place, its depth, and the answers.
        self.strange: dict[str, tuple[int, int, frozenset[str]]] = {}

    def put(self, text: str, about: str = "") -> None:
        """One line, with the path that it is about as a comment."""
        self.rows.append((self.depth, f"{text}  # {about}" if about else text))

    @contextmanager
    def under(self, head: str, about: str = "") -> Iterator[None]:
        """What stands below a line with a colon; an `else` with nothing below it is left out."""
        self.put(head, about)
        at = len(self.rows)
        self.depth += 1
        try:
            yield
        finally:
            if len(self.rows) == at:
                if head == "else:":
                    self.rows.pop()
                else:
                    self.put("pass")
            self.depth -= 1

    @contextmanager
    def answered(self, name: str, answer: str) -> Iterator[None]:
        """What stands below one answer to a question; right behind other answers to the same, as an `elif`."""
        at, depth, asked, others = self.closed
        follows = (at, depth, asked) == (len(self.rows), self.depth, name) and answer not in others
        with self.under(f"{'elif' if follows else 'if'} {name} == {answer}:"):
            yield
        answers = (others if follows else frozenset()) | {answer}
        if (self.depth, answers) == self.strange.get(name, (0, 0, frozenset()))[1:]:
            self.refuse_behind(name)
        self.closed = (len(self.rows), self.depth, name, answers)

    def undecided(self) -> None:
        """The interpreter answers instead."""
        self.put("raise Undecided")

    def refuse(self, condition: str) -> None:
        """The interpreter answers instead where this holds."""
        with self.under(f"if {condition}:"):
            self.undecided()

    def refuse_strange(self, name: str, answers: Sequence[str]) -> None:
        """The interpreter answers instead where a name holds none of these answers."""
        self.strange[name] = (len(self.rows), self.depth, frozenset(answers))
        self.refuse(" and ".join(f"{name} != {answer}" for answer in answers))

    def refuse_behind(self, name: str) -> None:
        """The same behind a branch for each of the answers, where nothing has to be compared any more."""
        start, _, _ = self.strange.pop(name)
        del self.rows[start : start + 2]
        for other, (at, depth, answers) in self.strange.items():
            self.strange[other] = (at - 2 if at > start else at, depth, answers)
        with self.under("else:"):
            self.undecided()

    def fresh(self, letter: str) -> str:
        """A name that is used once."""
        self.made += 1
        return f"{letter}{self.made}"

    def constant(self, letter: str, text: str) -> str:
        """The name of a constant."""
        return self.constants.setdefault(text, f"{letter}{len(self.constants)}")

    def number(self, value: Fraction) -> str:
        """An exact number: a whole one as it is, any other as a constant."""
        if value.denominator == 1:
            return str(value.numerator)
        return self.constant("F", f"Fraction({value.numerator}, {value.denominator})")

    # --- comparing

    def compared(self, held: Held, sign: str, cut: Fraction) -> str:
        """A number compared with a bound."""
        if held.kind == "pair":
            left = f"{held.name} * {cut.denominator}" if cut.denominator != 1 else held.name
            return f"{left} {sign} {f'{cut.numerator} * {held.under}' if cut else '0'}"
        if held.kind == "int" and (cut / held.unit).denominator != 1:
            return f"{held.name} {'<=' if sign in ('<', '<=') else '>'} {floor(cut / held.unit)}"
        return f"{held.name} {sign} {self.bound(held, cut)}"

    def bound(self, held: Held, cut: Fraction) -> str:
        """A bound as the code writes it."""
        if held.kind == "float":
            return repr(float(cut)) if cut.denominator != 1 or abs(cut) == LARGEST else str(cut.numerator)
        return self.number(cut / held.unit)

    def inside(self, held: Held, numbers: IntervalSet) -> str:
        """Whether a set holds a number."""
        pieces = [self.piece(held, piece) for piece in numbers]
        return " or ".join(pieces) if pieces else "False"

    def piece(self, held: Held, piece: Interval) -> str:
        """Whether one interval holds a number."""
        low, high = piece.low, piece.high
        if low is not None and low == high:
            whole = held.kind != "int" or (low / held.unit).denominator == 1
            return self.compared(held, "==", low) if whole else "False"
        above = "" if low is None else self.compared(held, ">=" if piece.low_closed else ">", low)
        below = "" if high is None else self.compared(held, "<=" if piece.high_closed else "<", high)
        return f"{above} and {below}" if above and below else above or below or "True"

    def among(
        self, held: Held, stretches: Sequence[Run], use: Callable[[int | None], None], *, word: str = "if"
    ) -> None:
        """A tree of comparisons that finds the stretch that a number lies in."""
        if len(stretches) == 1:
            use(stretches[0][0])
            return
        middle = len(stretches) // 2
        left, right = stretches[:middle], stretches[middle:]
        _, cut, closed = left[-1]
        assert cut is not None
        with self.under(f"{word} {self.compared(held, '<=' if closed else '<', cut)}:"):
            self.among(held, left, use)
        if len(right) == 1:
            with self.under("else:"):
                self.among(held, right, use)
        else:
            self.among(held, right, use, word="elif")
