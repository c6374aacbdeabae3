"""
Formulas: FEEL's arithmetic over named numbers, such as `100 * (awal - kini) / awal`.

Only `+ - * / **`, parentheses and eleven functions: no comparison, no rounding, no text, no null.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

from attrs import evolve, field, frozen

from kinerja.errors import Fault, closest
from kinerja.feel._cells import (
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
from kinerja.feel._tree import (
    GATHERING,
    SINGLE,
    Call,
    Name,
    Negation,
    Node,
    Number,
    Operation,
    may_be_inexact,
    printed,
    walk,
)
from kinerja.feel.values import Lookup, Operand
from kinerja.numbers import parse

__all__ = ["FUNCTIONS", "RESERVED", "Formula", "formula", "is_name"]

#: Every function of a formula.
FUNCTIONS = tuple(sorted((*GATHERING, *SINGLE)))

_CHOICES = frozenset(
    "and or not if then else for return some every in between instance of satisfies".split()  # noqa: SIM905
)
_CONSTANTS = frozenset({"true", "false", "null", "none"})
#: Words that no fact, node or other part of a rubric may have as its name.
RESERVED = frozenset({"value", "total", "score", "grade", "function", *_CHOICES, *_CONSTANTS, *FUNCTIONS})

#: What other languages call a function, and what it is called here.
_ALIASES = {
    "average": "mean",
    "avg": "mean",
    "rata": "mean",
    "ln": "log",
    "ceil": "ceiling",
    "jumlah": "sum",
    "akar": "sqrt",
    "pow": "**",
    "power": "**",
    "pangkat": "**",
}
_ROUNDING = frozenset({"round", "rounded", "rounding", "decimal", "trunc", "truncate", "int", "fix", "bulat"})
#: Operators of other languages, and how they are written here.
_OPERATORS = {"^": "**", "//": "floor(a / b)", ":": "/"}

_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_TOKEN = re.compile(
    r"[ \t\r\n]*(?:"
    r"(?P<number>[0-9.][0-9A-Za-z_.]*)|(?P<word>[A-Za-z_][A-Za-z0-9_.]*)|(?P<comparison>[<>=!]+)"
    r"|(?P<quote>[\"'][^\"']*[\"']?)|(?P<sign>\*\*|//|[-+*/(),])|(?P<other>[^ \t\r\n])|(?P<end>$))",
    re.ASCII,
)


def is_name(text: str) -> bool:
    """
    Whether a fact or node may have this name: a lower-case letter, then letters, digits and underscores.

    >>> is_name("luas_awal"), is_name("Luas"), is_name("total")
    (True, False, False)
    """
    return _NAME.fullmatch(text) is not None and text not in RESERVED


@frozen(repr=False)
class Formula:
    """
    An expression that computes one number from named ones.

    `text` is its canonical spelling, with single blanks and no needless parentheses; `formula` reads it back to an
    equal one, and equality and hash go by it.
    """

    text: str
    tree: Node = field(eq=False)
    #: The names that it reads, in order of first use.
    names: tuple[str, ...] = field(eq=False)
    #: Literals such as `1.000` that may have been meant as thousands, with their places.
    suspicious: tuple[Located, ...] = field(eq=False)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Formula {self.text}>"

    @property
    def constant(self) -> Fraction | None:
        """
        Its value, where it reads no name and comes out exact.

        >>> formula("2/3").constant
        Fraction(2, 3)
        """
        if self.names:
            return None
        try:
            value = self.evaluate(lambda _: ())
        except Fault:
            return None
        return value if isinstance(value, Fraction) else None

    @property
    def spans(self) -> dict[str, Span]:
        """Where each name that it reads first stands, in characters of the cell that it was read from."""
        found: dict[str, Span] = {}
        for node in walk(self.tree):
            if isinstance(node, Name):
                found.setdefault(node.name, node.span)
        return found

    @property
    def may_be_inexact(self) -> bool:
        """Whether some value of its names may give a result that is not rational."""
        return may_be_inexact(self.tree)

    def evaluate(self, lookup: Lookup) -> Operand:
        """
        What it comes to: a Fraction, `Inexact`, `MISSING` or `NOT_APPLICABLE`.

        `lookup` gives the value of a name, or a tuple of values for `children.score` inside min, max, sum and mean.
        Missing beats not applicable; min, max, sum and mean leave out what is not applicable.
        Raises `Fault`: K178 for division by zero, K179 outside a function's domain, K139 and K147 for results and
        exponents beyond the limits, K177 for several values where one is needed.

        >>> formula("100 * (awal - kini) / awal").evaluate(
        ...     {"awal": Fraction(8), "kini": Fraction(5)}.__getitem__
        ... )
        Fraction(75, 2)
        """
        return self.tree.evaluate(lookup)


def formula(text: str) -> Formula:
    """
    The formula that a cell holds.

    `+ - * / **`, parentheses, dotted names, and abs min max sum mean floor ceiling sqrt log exp, as in FEEL:
    `3 ** 4 ** 5` groups from the left and `-3 ** 2` is 9.
    At most 500 characters, 100 parts and 20 levels; raises `Fault` with the exact place.

    >>> formula("((a+b))/ (2*c)")
    <Formula (a + b) / (2 * c)>
    >>> formula("median(a, b)")
    Traceback (most recent call last):
    kinerja.errors.Fault: error K174: there is no function "median"
      help: Did you mean "mean"? The functions are abs, ceiling, exp, floor, log, max, mean, min, sqrt, sum.
    """
    return _formula(text)


@lru_cache(maxsize=4096)
def _formula(text: str) -> Formula:
    plain = masked(text)
    no_joined_commas(plain)
    plain_characters(plain.replace("'", '"'))
    reader = _Reader(text)
    tree = reader.formula()
    spelling = printed(tree)
    printable(spelling, text)
    names = dict.fromkeys(node.name for node in walk(tree) if isinstance(node, Name))
    return Formula(spelling, tree, tuple(names), tuple(reader.doubtful))


class _Reader:
    """The tokens of a formula, one at a time; each method reads one rule of the grammar and says which."""

    def __init__(self, cell: str) -> None:
        self.cell = cell
        self.doubtful: list[Located] = []
        self.depth = 0
        self.parts = 0
        self.advance(0)

    def advance(self, start: int) -> None:
        found = _TOKEN.match(self.cell, start)
        assert found is not None
        assert found.lastgroup is not None
        self.kind = found.lastgroup
        self.token = found[self.kind]
        self.span: Span = found.span(self.kind)

    def next(self) -> None:
        self.advance(self.span[1])

    def at(self, *signs: str) -> bool:
        return self.kind == "sign" and self.token in signs

    def counted(self, node: Node) -> Node:
        self.parts += 1
        if self.parts > PARTS:
            raise self.too_large()
        return node

    def too_large(self) -> Fault:
        return Fault("K153", self.span, parts=PARTS, depth=DEPTH)

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise self.too_large()

    # --- grammar

    def formula(self) -> Node:
        """formula = sum end ."""
        tree = self.sum()
        if self.kind != "end":
            raise self.unexpected()
        return tree

    def sum(self) -> Node:
        """sum = product { ( "+" | "-" ) product } ."""
        node = self.product()
        while self.at("+", "-"):
            node = self.operation(node, self.product)
        return node

    def product(self) -> Node:
        """product = power { ( "*" | "/" ) power } ."""
        node = self.power()
        while self.at("*", "/"):
            node = self.operation(node, self.power)
        return node

    def power(self) -> Node:
        """power = unary { "**" unary } ."""
        node = self.unary()
        while self.at("**"):
            node = self.operation(node, self.unary)
        return node

    def operation(self, left: Node, operand: Callable[[], Node]) -> Node:
        sign = self.token
        self.next()
        right = operand()
        return self.counted(Operation(sign, left, right, (left.span[0], right.span[1])))

    def unary(self) -> Node:
        """unary = "-" unary | primary ."""
        if not self.at("-"):
            return self.primary()
        start = self.span[0]
        self.deeper()
        self.next()
        operand = self.unary()
        self.depth -= 1
        span = (start, operand.span[1])
        if isinstance(operand, Number):
            return Number(-operand.value, span)
        return self.counted(Negation(operand, span))

    def primary(self) -> Node:
        """primary = number | name | call | "(" sum ")" ."""
        if self.kind == "number":
            return self.counted(self.number())
        if self.kind == "word":
            return self.counted(self.word())
        if not self.at("("):
            raise self.unexpected() if self.kind not in ("sign", "end") else self.lacking()
        opening = self.span
        self.deeper()
        self.next()
        node = self.sum()
        end = self.span[1]
        self.close(opening)
        self.depth -= 1
        return evolve(node, span=(opening[0], end))

    def close(self, opening: Span) -> None:
        if self.kind == "end":
            raise Fault("K165", opening, text=self.cell[slice(*opening)], spelling=")")
        if not self.at(")"):
            raise self.unexpected()
        self.next()

    def number(self) -> Number:
        """number = digits [ "." digits ] ."""
        word, span = self.token, self.span
        try:
            value = parse(word)
        except Fault as fault:
            raise Fault(fault.code, span, **fault.values) from None
        if is_doubtful(word):
            self.doubtful.append((word, span))
        self.next()
        return Number(value, span)

    def word(self) -> Node:
        """name = part { "." part } ; call = function "(" sum { "," sum } ")" ."""
        word, span = self.token, self.span
        self.next()
        if self.at("("):
            return self.call(word, span)
        if word in _ROUNDING and self.kind == "word":
            raise Fault("K172", span, text=word)
        return Name(_checked(word, span), span)

    def call(self, function: str, span: Span) -> Call:
        if function not in FUNCTIONS:
            raise _no_function(function, span)
        opening = self.span
        self.deeper()
        self.next()
        arguments = [self.sum()]
        while self.at(","):
            self.next()
            arguments.append(self.sum())
        end = self.span[1]
        self.close(opening)
        self.depth -= 1
        if function in SINGLE and len(arguments) > 1:
            raise Fault("K175", (span[0], end), text=function, count=len(arguments))
        return Call(function, tuple(arguments), (span[0], end))

    # --- what goes wrong

    def lacking(self) -> Fault:
        if self.token in _OPERATORS:
            return self.unexpected()
        return Fault("K158", (self.span[0], self.span[0] + 1))

    def unexpected(self) -> Fault:
        """The fault for a token that no rule expects here, with the way out where the intent is clear."""
        if self.kind == "comparison" or (self.kind == "word" and self.token in _CHOICES):
            return Fault("K170", self.span, text=self.token)
        if self.kind == "quote":
            return Fault("K171", self.span, text=cut(self.token))
        if self.token in _OPERATORS:
            return Fault("K155", self.span, text=self.token, spelling=_OPERATORS[self.token])
        if self.token == "%":  # noqa: S105 (a sign, no password)
            before = self.cell[: self.span[0]].rstrip()
            return Fault("K157", self.span, text=f"{cut(before)}%", spelling=cut(before))
        return Fault("K163", self.span, text=cut(self.token))


def _no_function(word: str, span: Span) -> Fault:
    """The fault for a call of something that is no function."""
    if word in _CHOICES:
        return Fault("K170", span, text=word)
    if word.partition("_")[0] in _ROUNDING:
        return Fault("K172", span, text=word)
    near = _ALIASES.get(word) or closest(word.lower(), FUNCTIONS)
    return Fault("K174", span, text=cut(word), functions=FUNCTIONS, suggestion=near)


def _checked(word: str, span: Span) -> str:
    """The name itself, if a formula may read it."""
    if word in _CHOICES:
        raise Fault("K170", span, text=word)
    if word in _CONSTANTS:
        raise Fault("K171", span, text=word)
    parts = word.split(".")
    for part in parts:
        if not _NAME.fullmatch(part):
            lower = word.lower()
            valid = all(_NAME.fullmatch(p) for p in lower.split("."))
            raise Fault("K176", span, text=cut(word), suggestion=lower if valid else "")
    if word in ("value", "total"):
        return word
    # What a node came to ends in .score or .grade; the outermost group is called total.
    named = parts[:-1] if len(parts) > 1 and parts[-1] in ("score", "grade") else parts
    if named != ["total"] and any(part in RESERVED for part in named):
        raise Fault("K173", span, text=cut(word))
    return word
