"""
Random rubrics that can be evaluated safely, over everything that the language has a word for in evaluating.

A rubric is made as the plain data of a file and read like one.
Nothing is filtered: the bands of a number are the stretches between sorted cuts, conditions on several facts are the
leaves of a tree of questions, and weights are shares of a whole, so each rubric is sound by the way it is built.
The plain ones have a total wherever every question is answered; the whole language can refuse a sheet, have answers
without a score, scores outside their scale and values without an exact number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st

from kinerja.errors import Diagnostic, UsageError, excerpt
from kinerja.intervals import Interval
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.model import Rubric
from kinerja.numbers import MODES, Rounding, text

__all__ = ["RubricText", "documents", "rubric_of", "rubrics", "texts"]

#: Scores of bands and levels; as texts they are ids as well.
SCORES = tuple(Fraction(score) for score in ("0", "1", "2", "-1", "0.5", "3", "10", "2/3", "25", "100"))

#: Domains of a number with the ends between which its bands are cut.
DOMAINS: tuple[tuple[str, Fraction | None, Fraction | None], ...] = (
    ("", None, None),
    ("[0..100]", Fraction(0), Fraction(100)),
    ("> 0", Fraction(0), None),
    (">= 0", Fraction(0), None),
    ("<= 100", None, Fraction(100)),
    ("(-5..5)", Fraction(-5), Fraction(5)),
    ("[0..40], (60..100]", Fraction(0), Fraction(100)),
)
STEPS = tuple(Fraction(step) for step in ("1", "0.01", "0.5", "1/3", "2.5"))
ROUNDINGS = tuple(Fraction(to) for to in ("1", "0.1", "0.01", "0.5", "5"))

#: Formulas of two facts above zero, and whether they need a rounding.
FORMULAS = (
    ("{a} + {b}", False),
    ("{a} - {b}", False),
    ("100 * ({a} - {b}) / {a}", False),
    ("{a} / {b}", False),
    ("mean({a}, {b})", False),
    ("max({a}, 2 * {b})", False),
    ("sqrt({a})", True),
)

GATHERED = ("max", "min", "sum", "mean")
WEIGHTS = ("1", "2.5", "40%", "1/3", "0.5", "3")
COMBINES = ("sum", "mean", "weighted-sum", "weighted-mean", "min", "max")
PRODUCTS = ("product", "geometric-mean")
WEIGHTED = ("weighted-sum", "weighted-mean")

#: Formulas over the scores of one node or two.
OVER_SCORES = (
    ("{a}.score + 1", False),
    ("{a}.score - 2 * {b}.score", False),
    ("max({a}.score, {b}.score)", False),
    ("1 / ({a}.score - {b}.score)", False),
    ("sqrt(abs({a}.score))", True),
)
#: A node: its plain data, and the least and greatest score that it can have.
_Built = tuple[dict[str, Any], Fraction, Fraction]
#: A fact that a condition may ask: its name and the conditions that its answers are told apart by.
_Question = tuple[str, Sequence[str]]


def rubrics(*, whole: bool = True, max_depth: int = 2, max_children: int = 4) -> st.SearchStrategy[Rubric]:
    """
    Random rubrics of groups within groups, at most `max_depth` deep and `max_children` wide at each level.

    They are valid by the way they are built: no gaps, no overlaps, weights that close in every configuration.
    With `whole=False` they leave out what may refuse a sheet or leave it without a total: gates, grades, ladders,
    scores that are computed or that are none, scales that end, nodes aside.
    Raises `UsageError` for bounds that no rubric has.

    >>> from hypothesis import given, settings
    >>> import kinerja
    >>> @settings(max_examples=5, database=None)
    ... @given(rubrics())
    ... def test_a_rubric_is_evaluated(rubric):
    ...     assert kinerja.Evaluator(rubric).evaluate({}).status
    >>> test_a_rubric_is_evaluated()
    """
    return texts(whole=whole, max_depth=max_depth, max_children=max_children).map(rubric_of)


def texts(*, whole: bool = True, max_depth: int = 2, max_children: int = 4) -> st.SearchStrategy[RubricText]:
    """The same as the text of a file: JSON, which is YAML as well."""
    return documents(whole=whole, max_depth=max_depth, max_children=max_children).map(RubricText.of)


def documents(
    *, whole: bool = True, max_depth: int = 2, max_children: int = 4
) -> st.SearchStrategy[dict[str, Any]]:
    """The same as plain data with the keys of a file."""
    bounds: dict[str, Any] = {"max_depth": max_depth, "max_children": max_children}
    for name, value in bounds.items():
        if type(value) is not int or value < 1:
            raise UsageError([Diagnostic("K564", (), {"name": name, "value": excerpt(value)})])
    return _documents(whole=whole, max_depth=max_depth, max_children=max_children)


def rubric_of(source: str) -> Rubric:
    """The rubric that a text describes, without its proofs."""
    return structure(read(source, name="acak"))


class RubricText(str):
    """The text of a rubric; Hypothesis prints it line by line, so that it can be pasted into a file."""

    __slots__ = ()

    @classmethod
    def of(cls, data: dict[str, Any]) -> RubricText:
        """The text of a file with this data."""
        return cls(json.dumps(data, indent=1))

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: FBT001, ARG002 - called by the printer
        printer.text('"""')
        for line in self.splitlines():
            printer.text(line)
            # Not `break_`, which would indent the lines after the first.
            printer.text("\n")
        printer.text('"""')


@st.composite
def _documents(draw: st.DrawFn, *, whole: bool, max_depth: int, max_children: int) -> dict[str, Any]:
    return _Author(draw, max_children, whole=whole).rubric(max_depth)


class _Author:
    """One rubric being written."""

    def __init__(self, draw: st.DrawFn, max_children: int, *, whole: bool) -> None:
        self.draw = draw
        self.whole = whole
        self.max_children = max_children
        self.count = 0

    def name(self, letter: str) -> str:
        """A name that is used once: a name that also exists further out would hide another."""
        self.count += 1
        return f"{letter}{self.count}"

    def rarely(self) -> bool:
        """True now and then, where the whole language is used."""
        return self.whole and self.number(0, 2) == 0

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def one_of(self, *things: Any) -> Any:
        return self.draw(st.sampled_from(things))

    def number(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    # --- the whole

    def rubric(self, depth: int) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        asked = [self.finite(facts) for _ in range(self.number(1, 3))]
        body, _, _ = self.group(depth, asked, "")
        if self.whole and "grades" in body:
            classes = list(body["grades"])
            body.setdefault("aside", {})[self.name("s")] = {
                "grades": {
                    "satu": {"when": {"total.grade": classes[0]}},
                    "dua": {"when": {"total.grade": f"not({classes[0]})"}},
                }
            }
        language = self.one_of("id", "en")
        return {
            "kinerja": "1",
            "id": "acak",
            "language": language,
            **body,
            "facts": {**facts, **body.get("facts", {})},
        }

    # --- facts

    def finite(self, facts: dict[str, Any]) -> _Question:
        """A choice or a yes-no among the facts of a node, perhaps with a meaning for no answer."""
        name = self.name("f")
        if self.maybe():
            options: tuple[str, ...] = ("a", "b", "c")[: self.number(2, 3)]
            facts[name] = {"kind": "choice", "options": dict.fromkeys(options, "")}
        else:
            options = ("true", "false")
            facts[name] = {"kind": "yes-no"}
        if self.number(0, 5) == 0:
            facts[name]["missing"] = self.one_of(*options)
        return name, options

    def measured(self) -> tuple[dict[str, Any], list[str]]:
        """A number with a domain, and the stretches that its bands are made of."""
        domain, low, high = self.one_of(*DOMAINS)
        fact: dict[str, Any] = {"in": domain} if domain else {}
        if self.maybe():
            fact["unit"] = self.one_of("%", "ha")
        step = self.one_of(*STEPS) if self.maybe() else None
        rounding = self.rounding() if step is None and self.maybe() else None
        if step is not None:
            fact["step"] = text(step)
        if rounding is not None:
            fact["round"] = {"to": text(rounding.to), "mode": rounding.mode}
        start = low if low is not None else (high or Fraction(0)) - 100
        span = (high if high is not None else start + 100) - start
        if step is not None:
            stretches = self.stepped(start, span, step)
        else:
            stretches = self.dense(start, span)
        if self.number(0, 5) == 0:
            # Three quarters of the way lies in every domain, on no end of it; then down to the step.
            value = start + span * 3 / 4
            fact["missing"] = text(value // step * step if step is not None else value)
        return fact, stretches

    def rounding(self) -> Rounding:
        return Rounding(self.one_of(*ROUNDINGS), mode=self.one_of(*MODES))

    def dense(self, start: Fraction, span: Fraction) -> list[str]:
        """The real line in stretches, each cut in the one beside it or alone."""
        parts = self.one_of(4, 7, 10, 20)
        cuts = [start + span * at / parts for at in self.chosen(1, parts - 1)]
        found = []
        left, closed = None, False
        for cut in cuts:
            side = self.one_of("below", "above", "alone")
            found.append(_stretch(left, cut, low_closed=closed, high_closed=side == "below"))
            if side == "alone":
                found.append(text(cut))
            left, closed = cut, side == "above"
        return [*found, _stretch(left, None, low_closed=closed, high_closed=False)]

    def stepped(self, start: Fraction, span: Fraction, step: Fraction) -> list[str]:
        """The multiples of a step in stretches, their ends spelt either way."""
        first = floor(start / step) + 2
        last = max(first + 1, ceil((start + span) / step) - 1)
        cuts = [step * at for at in self.chosen(first, last)]
        found = []
        left: Fraction | None = None
        closed = False
        for cut in cuts:
            inside = self.maybe()
            found.append(_stretch(left, cut - step if inside else cut, low_closed=closed, high_closed=inside))
            closed = self.maybe()
            left = cut if closed else cut - step
        return [*found, _stretch(left, None, low_closed=closed, high_closed=False)]

    def chosen(self, low: int, high: int) -> list[int]:
        """A few different whole numbers in order."""
        return sorted(self.draw(st.lists(st.integers(low, high), max_size=3, unique=True)))

    def derived(self, facts: dict[str, Any]) -> dict[str, Any]:
        """A measure computed from two new facts, the second perhaps computed itself."""
        names = {"a": self.name("g"), "b": self.name("g")}
        for name in names.values():
            facts[name] = {"in": "> 0", **({"missing": "2"} if self.number(0, 5) == 0 else {})}
        if self.number(0, 3) == 0:
            whole = self.name("g")
            facts[whole] = {"from": "{a} + 2 * {b}".format_map(names)}
            names["b"] = whole
        formula, inexact = self.one_of(*FORMULAS)
        rounding = self.rounding() if inexact or self.maybe() else None
        return {
            "from": formula.format_map(names),
            **({"in": "<= 100"} if self.maybe() else {}),
            **({"round": {"to": text(rounding.to), "mode": rounding.mode}} if rounding is not None else {}),
        }

    # --- indicators

    def indicator(self, asked: Sequence[_Question], inside: str) -> _Built:
        ways = ("number", "derived", "levels", "truth", "choice", "names")
        way = self.one_of(*ways, *(("ladder", "direct", "formula") if self.whole else ()))
        node: dict[str, Any] = {}
        if way == "number":
            node["measure"], stretches = self.measured()
            scores = self.bands(node, asked, self.shared(stretches))
        elif way == "derived":
            node["facts"] = {}
            node["measure"] = self.derived(node["facts"])
            scores = self.bands(node, asked, self.shared(self.dense(Fraction(0), Fraction(50))))
        elif way == "names":
            node["facts"] = {}
            questions = [self.one_of(*asked), self.finite(node["facts"])]
            if self.maybe():
                name = self.name("h")
                node["facts"][name], stretches = self.measured()
                questions.append((name, stretches))
            leaves = self.leaves(questions[: self.number(1, 3)])
            scores = self.bands(node, asked, self.shared(leaves))
        elif way == "ladder":
            scores = self.ladder(node, asked)
        elif way == "direct":
            node["direct"] = {"in": "[-5..100]", **({"step": "0.5"} if self.maybe() else {})}
            scores = [Fraction(-5), Fraction(100)]
        elif way == "formula":
            node["facts"] = {}
            parts = self.derived(node["facts"])
            node["formula"] = self.amount(parts["from"], asked)
            scores = [Fraction(0), Fraction(50)]
        elif way == "choice":
            choices = {"a": "", "b": "Pilihan kedua", "c": ""}
            node["measure"] = {"kind": "choice", "options": choices}
            scores = self.bands(node, asked, self.shared(list(choices)))
        else:
            options = ("true", "false") if way == "truth" else ("rendah", "sedang", "tinggi")
            scores = self.levels(node, asked, options)
        return self.common(node, asked, min(scores), max(scores), inside)

    def shared(self, parts: Sequence[Any]) -> list[Any]:
        """Parts dealt out to bands: a band's condition is the list of its parts."""
        dealt: dict[int, list[Any]] = {}
        for index, part in enumerate(parts):
            dealt.setdefault(self.number(0, index), []).append(part)
        groups = list(dealt.values())
        if not all(isinstance(part, str) for part in parts):
            return [group[0] if len(group) == 1 else group for group in groups]
        tests = [", ".join(group) for group in groups]
        if len(tests) > 1 and self.maybe():
            tests[-1] = f"not({', '.join(tests[:-1])})"
        return tests

    def leaves(self, questions: Sequence[_Question]) -> list[dict[str, str]]:
        """Mappings that tell every combination of answers apart: the leaves of a tree of questions."""
        (name, answers), rest = questions[0], questions[1:]
        found = []
        for test in self.shared(answers):
            deeper = self.leaves(rest) if rest and self.maybe() else [{}]
            found += [{name: test, **leaf} for leaf in deeper]
        return found

    def bands(
        self, node: dict[str, Any], asked: Sequence[_Question], conditions: Sequence[Any]
    ) -> list[Fraction]:
        """One band for each condition, named by its score where that name is free."""
        bands: dict[str, Any] = {}
        scores = [self.one_of(*SCORES) for _ in conditions]
        for score, condition in zip(scores, conditions, strict=True):
            band = {"when": condition, **({"text": f"Baris {text(score)}"} if self.maybe() else {})}
            if self.rarely():
                written = self.amount(text(score), asked)
                if "value" not in json.dumps(condition) and "measure" in node and isinstance(condition, str):
                    numeric = node["measure"].get("kind", "number") == "number"
                    written = "value / 2 + 1" if numeric and self.maybe() else written
                bands[f"baris_{len(bands)}"] = {**band, "score": written, "because": "Tidak dinilai"}
            elif text(score) in bands or self.maybe():
                bands[f"baris_{len(bands)}"] = {**band, "score": text(score)}
            else:
                bands[text(score)] = band
        node["bands"] = dict(self.draw(st.permutations(list(bands.items()))))
        return scores

    def amount(self, written: str, asked: Sequence[_Question]) -> Any:
        """A number or a formula, as it is or among cases of which exactly one holds; perhaps without a score."""
        if not self.rarely():
            return written
        name, options = self.one_of(*asked)
        return [
            {"when": {name: options[0]}, "is": written},
            {"when": {name: f"not({options[0]})"}, "is": self.one_of("none", "1", "2/3")},
        ]

    def ladder(self, node: dict[str, Any], asked: Sequence[_Question]) -> list[Fraction]:
        """Steps in order, some of several things, and perhaps what the lowest is worth."""
        steps: dict[str, Any] = {}
        scores = [self.one_of(*SCORES) for _ in range(self.number(1, 3))]
        for index, score in enumerate(scores):
            steps[f"anak{index}"] = {"score": self.amount(text(score), asked)}
            if self.maybe():
                steps[f"anak{index}"]["all"] = {f"depan{index}": "Depan", f"belakang{index}": ""}
        node["ladder"] = steps
        if self.maybe():
            scores.append(Fraction(0))
            node["otherwise"] = self.amount("0", asked)
        return scores

    def levels(
        self, node: dict[str, Any], asked: Sequence[_Question], options: tuple[str, ...]
    ) -> list[Fraction]:
        scores = [self.one_of(*SCORES) for _ in options]
        node["levels"] = {
            option: text(score) if self.maybe() else {"score": text(score), "text": f"Jenjang {option}"}
            for option, score in zip(options, scores, strict=True)
        }
        if self.rarely():
            unscored = {"score": self.amount("none", asked), "because": "Belum diuji"}
            node["levels"][self.one_of(*options)] = unscored
        if self.number(0, 5) == 0:
            node["measure"] = {"missing": self.one_of(*options)}
        return scores

    # --- groups

    def group(self, depth: int, asked: Sequence[_Question], inside: str) -> _Built:
        node: dict[str, Any] = {"combine": self.one_of(*COMBINES, *(PRODUCTS if self.whole else ()))}
        if inside and self.number(0, 2) == 0:
            node["facts"] = {}
            asked = [*asked, self.finite(node["facts"])]
        if node["combine"] == "weighted-sum":
            children = self.closed(depth, asked)
        else:
            children = [
                self.child(depth, asked, node["combine"]) for _ in range(self.number(1, self.max_children))
            ]
            for data, _, _ in children[1:]:
                # The first always applies, so there is always something to combine.
                if self.number(0, 2) == 0:
                    name, options = self.one_of(*asked)
                    data["applies"] = {name: self.one_of(*options)}
            if node["combine"] == "weighted-mean":
                for data, _, _ in children:
                    data["weight"] = self.one_of(*WEIGHTS)
        node["indicators"] = {self.name("n"): data for data, _, _ in children}
        if self.whole:
            self.beside(node, asked)
        lows, highs = [low for _, low, _ in children], [high for _, _, high in children]
        low, high = min(lows), max(highs)
        if node["combine"] == "sum":
            nothing = Fraction(0)
            low = sum((min(each, nothing) for each in lows), nothing)
            high = sum((max(each, nothing) for each in highs), nothing)
        return self.common(node, asked, low, high, inside)

    def beside(self, node: dict[str, Any], asked: Sequence[_Question]) -> None:
        """What the whole language adds to a group: a child over others, nodes aside."""
        names = list(node["indicators"])
        if node["combine"] not in WEIGHTED and self.rarely():
            node["indicators"][self.name("n")] = self.over(names, asked)
        if self.rarely():
            node["aside"] = {
                self.name("s"): self.over(names, asked),
                self.name("s"): {"formula": self.one_of(*(f"{each}(children.score)" for each in GATHERED))},
            }
            if self.maybe():
                node["aside"][self.name("s")] = self.indicator(asked, "")[0]

    def over(self, names: Sequence[str], asked: Sequence[_Question]) -> dict[str, Any]:
        """An indicator computed from the scores of others."""
        formula, inexact = self.one_of(*OVER_SCORES)
        written = formula.format(a=self.one_of(*names), b=self.one_of(*names))
        node = {"formula": self.amount(written, asked)}
        if (inexact and self.maybe()) or self.rarely():
            node["round"] = {"to": "0.01", "mode": self.one_of(*MODES)}
        return node

    def graded(self, node: dict[str, Any], asked: Sequence[_Question], low: Fraction, high: Fraction) -> None:
        """Grades over the whole line of scores, lowest first, gates, and which way is better."""
        # On whole numbers, so that no cut has three decimals: those look like thousands.
        stretches = self.dense(Fraction(floor(low)), Fraction(ceil(high - low) or 1))
        node["grades"] = {f"kelas{index}": {"when": each} for index, each in enumerate(stretches)}
        if self.maybe():
            node["grades"]["tanpa"] = {"when": "none"}
        if self.maybe() and "indicators" in node:
            # Of an indicator it would say which answers are better, and its bands are dealt out at random.
            node["better"] = self.one_of("lower", "higher")
        if self.maybe():
            node["requires"] = {
                f"syarat{index}": self.gate(node, asked) for index in range(self.number(1, 3))
            }

    def gate(self, node: dict[str, Any], asked: Sequence[_Question]) -> dict[str, Any]:
        """A requirement on a fact, on the score itself or on that of a child; it refuses, or sets a grade."""
        name, options = self.one_of(*asked)
        # A gate on the score itself never refuses the better one.
        enough = "< 300" if node.get("better") == "lower" else "> -3"
        ways: list[Any] = [{name: self.one_of(*options)}, {"value": enough}]
        ways += [{f"{child}.score": "not(1)"} for child in node.get("indicators", ())]
        gate = {"when": self.one_of(*ways), "text": "Syarat"}
        if self.number(0, 3):
            gate["grade"] = self.one_of(*node["grades"])
        return gate

    def child(self, depth: int, asked: Sequence[_Question], combine: str) -> _Built:
        if depth > 1 and self.number(0, 2) == 0:
            return self.group(depth - 1, asked, combine)
        return self.indicator(asked, combine)

    def closed(self, depth: int, asked: Sequence[_Question]) -> list[_Built]:
        """Children of a weighted sum, whose weights close in every configuration."""
        whole = self.one_of(20, 100, 6)
        count = self.number(1, min(self.max_children, 4))
        ends = [
            0,
            *sorted(self.draw(st.sets(st.integers(1, whole - 1), min_size=count - 1, max_size=count - 1))),
        ]
        shares = [Fraction(high - low, whole) for low, high in zip(ends, [*ends[1:], whole], strict=True)]
        children = [self.child(depth, asked, "weighted-sum") for _ in shares]
        for (data, _, _), share in zip(children, shares, strict=True):
            data["weight"] = _weight(share)
        kind = self.one_of("plain", "plain", "either", "cases")
        name, options = self.one_of(*asked)
        if kind == "either":
            first = children[0][0]
            first["applies"] = {name: options[0]}
            for option in options[1:]:
                other = self.child(depth, asked, "weighted-sum")
                other[0].update(weight=_weight(shares[0]), applies={name: option})
                children.append(other)
        elif kind == "cases" and count > 1:
            for here, there in ((0, 1), (1, 0)):
                children[here][0]["weight"] = [
                    {"when": {name: options[0]}, "is": _weight(shares[here])},
                    {"when": {name: f"not({options[0]})"}, "is": _weight(shares[there])},
                ]
        return children

    # --- what every node may have

    def common(
        self, node: dict[str, Any], asked: Sequence[_Question], low: Fraction, high: Fraction, inside: str
    ) -> _Built:
        if self.maybe():
            node["title"] = f"Simpul {self.count}"
        if inside and ("combine" not in node or self.whole):
            if inside in ("mean", *WEIGHTED) and self.number(0, 3) == 0:
                node["missing"] = "exclude"
            if self.number(0, 3) == 0:
                node["may-not-apply"] = "true"
        if self.number(0, 2) == 0:
            margin = self.one_of(Fraction(0), Fraction(1), Fraction(1, 3))
            start, end = low - margin, high + margin + (low == high)
            bottom, top = self.one_of(*SCORES), self.one_of(*SCORES)
            node["scale"] = {"from": [text(start), text(end)], "to": [text(bottom), text(top)]}
            ends = [bottom + (each - start) * (top - bottom) / (end - start) for each in (low, high)]
            low, high = min(ends), max(ends)
        if self.rarely():
            node["cap"] = self.one_of("<= 10", "[0..1]", ">= 0", "[-5..50]")
        if self.number(0, 2) == 0:
            rounding = self.rounding()
            node["round"] = {"to": text(rounding.to), "mode": rounding.mode}
            low, high = rounding.apply(low), rounding.apply(high)
        if self.number(0, 2) == 0:
            node["shown"] = self.one_of("0.01", "1", "0.5")
        if self.rarely():
            self.graded(node, asked, low, high)
        return node, low, high


def _weight(share: Fraction) -> str:
    """A share as authors write it: a percentage where that is short."""
    return f"{text(share * 100)}%" if 100 % share.denominator == 0 else text(share)


def _stretch(low: Fraction | None, high: Fraction | None, *, low_closed: bool, high_closed: bool) -> str:
    return str(Interval(low, high, low_closed=low_closed, high_closed=high_closed))
