"""
Random sheets for a rubric: complete, with answers left out, and wrong in every way that a sheet can be wrong.

Values lie on and beside the ends that the rubric itself names: those of domains and conditions, and one smallest step
to either side.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from kinerja.errors import Fault
from kinerja.intervals import IntervalSet
from kinerja.model import (
    Bands,
    Choice,
    Direct,
    Fact,
    Group,
    Ladder,
    Levels,
    Node,
    Number,
    Option,
    Rubric,
    Set,
    YesNo,
)
from kinerja.shapes import Where
from kinerja.testing.strategies.answers import spelt

#: The smallest step of a number that is not counted in steps.
BESIDE = Fraction(1, 100)
EVERYWHERE = tuple(
    Fraction(number) for number in ("-100", "-1", "0", "0.5", "1", "2", "10", "50", "75", "1000")
)

#: What nobody should state for anything, and somebody will.
JUNK: tuple[Any, ...] = (
    True,
    float("nan"),
    float("inf"),
    float("-inf"),
    Decimal("1E+1000000"),
    Decimal("NaN"),
    Decimal("sNaN"),
    10**5_000,
    10**20_000,
    -(10**31),
    "",
    "40",
    "\x1b[31m",
    "\ud800",
    "x" * 10_000,
    b"40",
    1j,
    object(),
    int,
    (),
    [],
    set(),
    range(3),
    [[[1]]],
    {"value": {"value": 1}},
    {"value": [1]},
    {"score": "2"},
    {"score": float("nan")},
    {"score": {}, "value": 3},
    {"not-applicable": ""},
    {"not-applicable": 5},
    {"unit": object()},
    {"by": None, "on": 5, "evidence": {"a": 1}, "note": b"x"},
    {"score": 1, "not-applicable": "x", "value": 2},
    {1: 2},
    {"a": {"b": {"c": 1}}},
    {"": 1},
    {None: None},
)


def facts_of(rubric: Rubric) -> dict[str, Fact]:
    """Every fact of a rubric by its dotted name; a level's options are the answers to its measure."""
    found: dict[str, Fact] = {}
    for path, node in nodes_of(rubric).items():
        inside = "" if path == "total" else path
        found.update({f"{inside}.{name}".lstrip("."): fact for name, fact in node.facts.items()})
        measure = _measure(node)
        if measure is not None:
            found[path] = measure
    return found


def nodes_of(rubric: Rubric) -> dict[str, Node]:
    """Every node of a rubric by its path; the outermost group is `total`."""
    found: dict[str, Node] = {"total": rubric}

    def below(group: Group, path: str) -> None:
        for name, node in (*group.indicators.items(), *group.aside.items()):
            found[f"{path}{name}"] = node
            if isinstance(node, Group):
                below(node, f"{path}{name}.")

    below(rubric, "")
    return found


def parents_of(rubric: Rubric) -> dict[str, str]:
    """The group that each node stands in, or aside of."""
    return {path: path.rpartition(".")[0] or "total" for path in nodes_of(rubric) if path != "total"}


def values(fact: Fact, *, near: tuple[Fraction, ...] = EVERYWHERE) -> st.SearchStrategy[Any]:
    """Values that a fact accepts; a number lies on or beside one of `near` or an end of its domain."""
    if isinstance(fact, Choice):
        return st.sampled_from(list(fact.options))
    if isinstance(fact, Set):
        return st.lists(st.sampled_from(list(fact.options)), unique=True)
    if not isinstance(fact, Number):
        return st.booleans()
    return st.sampled_from(accepted(fact, near)).flatmap(lambda number: st.sampled_from(spelt(number)))


def accepted(fact: Number, near: tuple[Fraction, ...]) -> list[Fraction]:
    """The numbers on and beside the ends that a fact accepts."""
    domain = IntervalSet.of() if fact.within is None else fact.within.numbers()
    step = fact.step or BESIDE
    around = [end + shift for end in (*near, *domain.cuts()) for shift in (-step, 0, step)]
    if fact.step is not None:
        around = [number // step * step for number in around]
    return sorted({number for number in around if fact.within is None or number in domain})


@st.composite
def sheets(draw: st.DrawFn, rubric: Rubric, *, wrong: bool = True) -> dict[str, Any]:
    """
    Sheets that answer some names, perhaps in records, in any order.

    `wrong` lets them hold scores that cannot occur, wrong types, unknown names and values out of place.
    """
    near = edges_of(rubric)
    nodes, facts = nodes_of(rubric), facts_of(rubric)
    found: dict[str, Any] = {}
    usual = draw(st.sampled_from([0, 0, 1, 3]))
    for name in dict.fromkeys([*facts, *nodes]):
        value = values(facts[name], near=near) if name in facts else st.none()
        ways = [value] if name in facts else []
        ways += ([st.just(MISSING_NAME)] if usual else []) or (
            [] if name in facts else [st.just(MISSING_NAME)]
        )
        if usual > 1:
            ways += [_record(value), st.none()]
            if name in nodes:
                ways.append(_stated(nodes[name]))
            if name in nodes and nodes[name].may_not_apply:
                ways.append(st.just({"not-applicable": "tidak ada di sini"}))
            if wrong:
                ways += [
                    illegal(facts.get(name)),
                    st.just({"score": 7, "value": 1}),
                    st.just({"score": Fraction(1, 7)}),
                ]
        chosen = draw(st.sampled_from(ways)) if ways else st.just(MISSING_NAME)
        answer = draw(chosen)
        if answer is not MISSING_NAME:
            found[name] = answer
    if wrong and usual > 1 and draw(st.booleans()):
        found[draw(st.sampled_from(["salah_ketik", "n1.x", "total", ""]))] = 1
    return dict(draw(st.permutations(list(found.items()))))


def illegal(fact: Fact | None) -> st.SearchStrategy[Any]:
    """Values that a fact refuses: of another type, outside its domain, off its step, no option of it."""
    wrong: list[Any] = ["tidak_ada", object(), [1], b"1", float("nan")]
    if isinstance(fact, Number):
        wrong += [True, "40"]
        if fact.within is not None:
            wrong += [end + shift for end in fact.within.numbers().cuts() for shift in (-BESIDE, 0, BESIDE)]
            wrong = [
                each for each in wrong if type(each) is not Fraction or each not in fact.within.numbers()
            ]
        if fact.step is not None:
            wrong += [fact.step / 2, fact.step * 3 / 2]
    elif isinstance(fact, YesNo):
        wrong += [1, 0, "true", "ya"]
    elif isinstance(fact, Set):
        wrong += [["tidak_ada"], "ada", {"ada": True}, True]
    else:
        wrong += [True, 1, Fraction(1)]
    return st.sampled_from(wrong)


def junk() -> st.SearchStrategy[Any]:
    """Anything at all that Python can put where a fact should stand."""
    # By number: Hypothesis prints what it chooses from, and cannot print an integer of 20,000 digits.
    picked = st.integers(0, len(JUNK) - 1).map(lambda at: JUNK[at])
    leaf = picked | st.integers() | st.floats() | st.text() | st.decimals() | st.binary()
    return st.recursive(
        leaf,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(max_size=5) | st.sampled_from(["value", "score", "not-applicable"]), inner, max_size=3
            )
        ),
        max_leaves=8,
    )


def edges_of(rubric: Rubric) -> tuple[Fraction, ...]:
    """Every end of a condition in a rubric."""
    found: dict[Fraction, None] = dict.fromkeys(EVERYWHERE)
    for node in nodes_of(rubric).values():
        if isinstance(node, Bands):
            for band in node.bands.values():
                found.update(dict.fromkeys(_cuts(band.when)))
    return tuple(found)


#: Stands for a name that a sheet does not mention.
MISSING_NAME = object()


def _measure(node: Node) -> Fact | None:
    if isinstance(node, Levels):
        missing = node.measure.missing if node.measure is not None else None
        if set(node.levels) == {"true", "false"}:
            return YesNo(missing=missing)
        return Choice(options=dict.fromkeys(node.levels, Option()), missing=missing)
    if isinstance(node, Ladder):
        steps = [each for name, step in node.ladder.items() for each in (step.all or (name,))]
        return Set(options=dict.fromkeys(steps, Option()))
    if isinstance(node, Direct):
        return node.direct
    return node.measure if isinstance(node, Bands) else None


def _cuts(when: Where) -> list[Fraction]:
    cuts: list[Fraction] = []
    for way in when:
        for test in way.values():
            try:
                cuts += test.numbers().cuts()
            except Fault:
                continue
    return cuts


def _record(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Mapping[str, Any]]:
    return value.map(lambda value: {"value": value, "by": "fgd", "evidence": "daftar hadir"})


def _stated(node: Node) -> st.SearchStrategy[Mapping[str, Any]]:
    """A score that can occur, where the node is an indicator without arithmetic of its own."""
    lines = {**getattr(node, "levels", {}), **getattr(node, "bands", {}), **getattr(node, "ladder", {})}
    amounts = [line.score[0].value if line.score else Fraction(name) for name, line in lines.items()]
    constants = [each if isinstance(each, Fraction) else each and each.constant for each in amounts]
    scores = [each for each in constants if each is not None] or [Fraction(1)]
    return st.sampled_from(scores).map(lambda score: {"score": score})
