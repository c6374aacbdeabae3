"""
Random conditions and formulas, each with what it means.

The meaning is computed here from the parts that the text was made of, without reading the text.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

#: Ends of tests, as a rubric spells them.
NUMBERS = (
    "0",
    "1",
    "2",
    "5",
    "-3",
    "0.5",
    "-0.25",
    "29.99",
    "30",
    "40",
    "40.01",
    "2/3",
    "-1/3",
    "10/4",
    "98",
    "1.000",
)
WORDS = ("kumuh", "pencegahan", "tidak_ada", "kelas-a", "A+", "2017-04-05", "70/30", "5", "true", "not", "x2")
BLANKS = st.sampled_from(["", " ", "  ", "\n"])


@frozen
class Cell:
    """The text of a condition, and whether a number fulfils it."""

    text: str
    holds: Callable[[Fraction], bool]


def _comparison(sign: str, blank: str, end: str) -> Cell:
    number = Fraction(end)
    compare: dict[str, Callable[[Fraction], bool]] = {
        ">": lambda value: value > number,
        ">=": lambda value: value >= number,
        "<": lambda value: value < number,
        "<=": lambda value: value <= number,
    }
    return Cell(f"{sign}{blank}{end}", compare[sign])


def _range(ends: tuple[str, str], left: str, right: str, blank: str) -> Cell:
    low, high = sorted(ends, key=Fraction)
    if Fraction(low) == Fraction(high):
        left, right = "[", "]"
    below, above = Fraction(low), Fraction(high)

    def holds(value: Fraction) -> bool:
        starts = below <= value if left == "[" else below < value
        stops = value <= above if right == "]" else value < above
        return starts and stops

    return Cell(f"{left}{blank}{low}{blank}..{blank}{high}{blank}{right}", holds)


def _equal(text: str) -> Cell:
    return Cell(text, lambda value: value == Fraction(text))


def number_tests() -> st.SearchStrategy[Cell]:
    """One test of a number."""
    number = st.sampled_from(NUMBERS)
    return (
        st.builds(_comparison, st.sampled_from([">", ">=", "<", "<="]), BLANKS, number)
        | st.builds(_range, st.tuples(number, number), st.sampled_from("[(]"), st.sampled_from("])["), BLANKS)
        | number.map(_equal)
    )


@st.composite
def number_conditions(draw: st.DrawFn) -> Cell:
    """A whole cell that tests a number: a list of tests, perhaps inside not(...), or a dash."""
    tests = draw(st.lists(number_tests(), max_size=5))
    blank, negated = draw(BLANKS), draw(st.booleans())
    if not tests:
        return Cell(f"{blank}-{blank}", lambda _: True)
    text = f"{blank}, ".join(test.text for test in tests)
    if negated:
        return Cell(f"not{blank}({text}{blank})", lambda value: not any(test.holds(value) for test in tests))
    return Cell(f"{blank}{text}{blank}", lambda value: any(test.holds(value) for test in tests))


@st.composite
def option_conditions(draw: st.DrawFn) -> tuple[str, tuple[str, ...], bool]:
    """A cell that tests a choice, with the ids it names and whether it is negated."""
    named = tuple(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)))
    quotes = draw(st.lists(st.sampled_from(['"', ""]), min_size=4, max_size=4))
    text = ", ".join(f"{mark}{word}{mark}" for mark, word in zip(quotes, named, strict=False))
    negated = draw(st.booleans())
    return (f"not({text})" if negated else text), named, negated


# --- formulas

NAMES = ("a", "b", "luas_awal", "longgar.panjang", "x2.score", "value", "total")


@frozen
class Leaf:
    """A constant or a name."""

    text: str


@frozen
class Branch:
    """An operator or function and what it works on."""

    sign: str
    parts: tuple[Leaf | Branch, ...]


Tree = Leaf | Branch


class Undefined(Exception):
    """The tree has no value: it divides by zero."""


def trees() -> st.SearchStrategy[Tree]:
    """Formulas that stay rational and small."""
    constant = st.sampled_from(["0", "1", "2", "3.5", "0.25", "100", "12.500"])
    leaf: st.SearchStrategy[Tree] = st.builds(Leaf, constant | st.sampled_from(NAMES))
    return st.recursive(leaf, _branches, max_leaves=10)


def _branches(part: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    exponent = st.sampled_from(
        [Leaf("0"), Leaf("1"), Leaf("2"), Branch("-", (Leaf("1"),)), Branch("-", (Leaf("2"),))]
    )
    return (
        st.builds(lambda s, a, b: Branch(s, (a, b)), st.sampled_from("+-*/"), part, part)
        | st.builds(lambda a, b: Branch("**", (a, b)), part, exponent)
        | st.builds(lambda a: Branch("-", (a,)), part)
        | st.builds(lambda s, a: Branch(s, (a,)), st.sampled_from(["abs", "floor", "ceiling"]), part)
        | st.builds(
            lambda s, a: Branch(s, tuple(a)),
            st.sampled_from(["min", "max", "sum", "mean"]),
            st.lists(part, min_size=1, max_size=3),
        )
    )


def spelt(tree: Tree, *, blank: str = " ") -> str:
    """The tree as text, with parentheses around everything."""
    if isinstance(tree, Leaf):
        return tree.text
    parts = [spelt(part, blank=blank) for part in tree.parts]
    if tree.sign == "-" and len(parts) == 1:
        return f"(-{blank}{parts[0]})"
    if tree.sign[0].isalpha():
        return f"{tree.sign}{blank}({', '.join(parts)})"
    return f"({parts[0]}{blank}{tree.sign}{blank}{parts[1]})"


def worked(tree: Tree, facts: dict[str, Fraction]) -> Fraction:
    """The value of the tree by the rules of arithmetic; raises Undefined for a division by zero."""
    if isinstance(tree, Leaf):
        return facts[tree.text] if tree.text in facts else Fraction(tree.text)
    parts = [worked(part, facts) for part in tree.parts]
    if tree.sign[0].isalpha():
        return _function(tree.sign, parts)
    return -parts[0] if len(parts) == 1 else operated(tree.sign, *parts)


def operated(sign: str, left: Fraction, right: Fraction) -> Fraction:
    """Two numbers and the operator between them; the power of a whole exponent is repeated multiplication."""
    if sign == "**":
        result = Fraction(1)
        for _ in range(abs(int(right))):
            result *= left
        return result if right >= 0 else operated("/", Fraction(1), result)
    if sign == "/":
        if right == 0:
            raise Undefined
        return Fraction(left.numerator * right.denominator, left.denominator * right.numerator)
    return {"+": left + right, "-": left - right, "*": left * right}[sign]


def _function(name: str, parts: list[Fraction]) -> Fraction:
    match name:
        case "abs":
            return max(parts[0], -parts[0])
        case "floor":
            return Fraction(math.floor(parts[0]))
        case "ceiling":
            return Fraction(-math.floor(-parts[0]))
        case "min":
            return min(parts)
        case "max":
            return max(parts)
        case "sum":
            return sum(parts, Fraction(0))
    return sum(parts, Fraction(0)) / len(parts)


def facts() -> st.SearchStrategy[dict[str, Fraction]]:
    """A value for every name."""
    value = st.fractions(-20, 20, max_denominator=8)
    return st.fixed_dictionaries(dict.fromkeys(NAMES, value))


def flat_formulas() -> st.SearchStrategy[tuple[list[str], list[str]]]:
    """Operands and the operators between them, without parentheses."""
    operand = st.sampled_from(["1", "2", "-3", "5", "0.5", "-0.25", "10"])
    sign = st.sampled_from(["+", "-", "*", "/"])
    return st.lists(st.tuples(operand, sign | st.just("**")), min_size=1, max_size=7).map(
        lambda pairs: ([pair[0] for pair in pairs], [pair[1] for pair in pairs[:-1]])
    )
