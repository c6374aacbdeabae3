"""Whole frames: the interpreter's answers in every cell, on every engine, and what is refused."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from math import inf, nextafter
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kinerja
from kinerja import Evaluator
from kinerja.engine.columns.asked import _ends
from kinerja.engine.columns.lines import Floats, Whole, Wholes, before
from kinerja.engine.columns.looked import first, given_in, usable_in
from kinerja.engine.columns.running import laid_out, with_layout
from kinerja.engine.columns.terms import (
    Term,
    all_of,
    any_of,
    column,
    constant,
    divided,
    joined,
    negated,
    number,
    where,
)
from kinerja.engine.columns.written import KINDS, written
from kinerja.errors import UsageError
from kinerja.feel import condition
from kinerja.intervals import IntervalSet
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.numbers import MODES, Rounding, exact
from kinerja.plan import PlannedFact
from tests.frames import ENGINES, Row, arrow, cells_of, columns, differing, expected, rows


def made(body: str) -> Evaluator:
    """An evaluator of a rubric with these lines, without its proofs."""
    text = body if body.startswith("kinerja") else f"kinerja: 1\nid: contoh\n{body}"
    return Evaluator(structure(read(text, name="contoh.yaml")))


#: Small rubrics that have together what the language has, each with more than one thing that can go wrong.
RUBRICS = {
    path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "columns").glob("*.yaml"))
}

#: Those whose figures are given by their parts alone.
COMPUTED = frozenset({"formulas", "functions", "powers", "usual"})


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_every_cell_is_the_interpreters(name: str, engine: str) -> None:
    """Whatever a row holds, and however its columns are typed, its cells are those of the interpreter."""
    evaluator = made(RUBRICS[name])
    for seed in range(4):
        random = Random(seed)
        kinds = columns(
            evaluator,
            random,
            stated=0 if name in COMPUTED else 0.5,
            whole=0.0 if seed else 1.0,
        )
        assert [] == differing(evaluator, kinds, rows(evaluator, kinds, random, 80), engine)


@pytest.mark.volume
@pytest.mark.parametrize("name", kinerja.bundled())
def test_bundled_rubrics_on_every_engine(name: str) -> None:
    """10,000 rows of each bundled rubric: every cell on every engine is the interpreter's."""
    evaluator, random = Evaluator(kinerja.load(name)), Random(1)
    kinds = columns(evaluator, random, stated=1)
    found = rows(evaluator, kinds, random, 10_000)
    want = [expected(evaluator, row) for row in found]
    assert {"complete", "incomplete", "invalid"} == {each["status"] for each in want}
    for engine in ("polars", "pyarrow", "duckdb", "pandas"):
        cells = cells_of(evaluator.evaluate_frame(ENGINES[engine](arrow(kinds, found)), trail="scores"))
        for row, has, should in zip(found, cells, want, strict=True):
            nothing = engine == "pandas" and any(
                type(value) is float and math.isnan(value) for value in row.values()
            )
            told = expected(evaluator, row, nan_is_nothing=True) if nothing else should
            assert told == {key: has.get(key) for key in told}


def many(indicators: int, bands: int) -> Evaluator:
    """A rubric of so many indicators with so many bands each."""
    tests = [f"[{n}..{n + 1})" for n in range(bands - 1)] + [f">= {bands - 1}"]
    lines = ", ".join(f'{n * n}: {{when: "{test}"}}' for n, test in enumerate(tests))
    names = "\n".join(f"  n{n}: {{}}" for n in range(indicators))
    return made(
        f'combine: mean\neach: {{measure: {{in: ">= 0", step: 1}}, bands: {{{lines}}}}}\nindicators:\n{names}\n'
    )


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_three_hundred_bands(engine: str) -> None:
    """Many bands are a balanced tree, which no engine is too shallow for."""
    evaluator = many(1, 300)
    kinds = {"n0": "int"}
    assert [] == differing(evaluator, kinds, [{"n0": n} for n in (*range(-1, 301), None)], engine)


@pytest.mark.parametrize(("bands", "dtype"), [(128, pl.Int8), (129, pl.Int16)])
def test_places_are_as_narrow_as_the_rubric_lets_them(bands: int, dtype: Any) -> None:
    """Their width hangs on how many bands there are, never on what a frame holds."""
    evaluator, last = many(1, bands), bands - 1
    for frame in (pl.DataFrame({"n0": [0, last]}), pl.DataFrame({"n0": [0, 1]}).lazy()):
        found = evaluator.evaluate_frame(frame).lazy().collect()["n0.band"]
        assert dtype == found.dtype
    found = evaluator.evaluate_frame(pl.DataFrame({"n0": [0, last]}))["n0.band"]
    assert [0, last] == found.to_list()


@pytest.mark.volume
@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_many_indicators(engine: str) -> None:
    """A thousand indicators are one balanced sum, and each is looked at in a few columns, on every engine."""
    evaluator = many(1000, 2)
    kinds = {f"n{n}": "int" for n in range(1000)}
    found = [dict.fromkeys(kinds, 1), dict.fromkeys(kinds, 0), {**dict.fromkeys(kinds, 0), "n9": None}]
    cells = cells_of(evaluator.evaluate_frame(ENGINES[engine](arrow(kinds, found))))
    assert [1.0, 0.0, None] == [row["total"] for row in cells]


# --- whole columns of one kind


def usable(fact: PlannedFact, kind: str, values: list[Any]) -> list[Any]:
    """Those of some values that a fact accepts."""
    if kind not in ("int", "float"):
        return [each for each in values if each is not None and each != "entah"]
    exact_ = [(each, exact(each)) for each in values if each is not None and math.isfinite(each)]
    return [
        each
        for each, number in exact_
        if (fact.domain is None or number in fact.domain) and (fact.step is None or number % fact.step == 0)
    ]


WRONG = {"int": -(2**62) + 1, "float": math.nan, "text": "entah", "truth": None}
#: The cells of one column, by place: as drawn, nothing, or what no fact means.
WAYS: dict[str, Callable[[int, Any, Any], Any]] = {
    "usable": lambda at, cell, wrong: cell,
    "empty": lambda at, cell, wrong: None,
    "wrong": lambda at, cell, wrong: wrong,
    "empty in places": lambda at, cell, wrong: None if at % 3 == 1 else cell,
    "wrong in places": lambda at, cell, wrong: wrong if at % 3 == 1 else cell,
    "empty or wrong": lambda at, cell, wrong: None if at % 2 else wrong,
    "of every kind": lambda at, cell, wrong: (cell, None, wrong)[at % 3],
}


@pytest.mark.volume
@pytest.mark.parametrize("engine", ["pyarrow", "polars", "polars-lazy", "duckdb"])
@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_a_whole_column_of_one_kind(name: str, engine: str) -> None:
    """What a column holds in every row decides how the others are evaluated, and never what comes out."""
    evaluator, random = made(RUBRICS[name]), Random(5)
    for whole in (0.0, 1.0) if engine == "polars" else (0.5,):
        kinds = columns(evaluator, random, stated=0 if name in COMPUTED else 0.5, whole=whole)
        drawn = rows(evaluator, kinds, random, 60, wrong=0.0)
        for each, kind in kinds.items():
            fact = evaluator.plan.facts.get(each)
            if fact is not None:
                sound = usable(fact, kind, [row[each] for row in drawn]) or [None]
                for at, row in enumerate(drawn):
                    row[each] = sound[at % len(sound)]
        # Only of Polars every way: what is seen is decided alike on all engines, and lazy ones are not looked at.
        ways = WAYS.values() if engine == "polars" else [WAYS["of every kind"]]
        for changed, kind in kinds.items():
            for way in ways:
                found = [
                    {**row, changed: way(at, row[changed], WRONG[kind])} for at, row in enumerate(drawn[:9])
                ]
                assert [] == differing(evaluator, kinds, found, engine)


def test_what_is_seen_of_columns() -> None:
    """Of columns that are looked at it is known where they are given, and where they hold a value."""
    plan = made("combine: mean\nindicators: {p: {levels: {ya: 1, tidak: 0}}}\n").plan
    for cells, given, has in (
        (["ya", "ya"], "all", "all"),
        ([None, "ya"], "some", "rest"),
        ([None, "x"], "some", "none"),
        (["x", "ya"], "all", "some"),
    ):
        frame = nw.from_native(pl.DataFrame({"p": cells}, schema={"p": pl.String}))
        shares = given_in(frame, plan)
        assert {"p": given} == shares
        layout = laid_out({"s": first(plan, frame.schema, shares)["p"]}, "_k", of=frame)
        assert {"p": has} == usable_in(with_layout(frame, layout), plan, {"p": "s"})
    nothing = nw.from_native(pl.DataFrame({"p": [None, None]}, schema={"p": pl.String}))
    assert {"p": "none"} == given_in(nothing, plan)
    assert {} == first(plan, nothing.schema, {"p": "none"})
    assert {} == given_in(nothing.head(0), plan)


def test_frames_of_the_same_kind_are_written_for_once() -> None:
    """A plan keeps what was written for the last kinds of frame, and not for all of them."""
    evaluator = made(YES)
    for at in range(KINDS + 3):
        frame = pl.DataFrame({"p": ["1", "2"], f"lain{at}": [1, 2]})
        assert [3.0, 5.0] == evaluator.evaluate_frame(frame)["total"].to_list()
        assert [3.0, 5.0] == evaluator.evaluate_frame(frame)["total"].to_list()
    assert KINDS == len(evaluator.plan.kept[written])


# --- frames

YES = 'combine: mean\nindicators: {p: {levels: {"1": 3, "2": 5}}}\n'


def test_kind_order_and_other_columns_stay() -> None:
    """What comes in comes out: the same kind of frame, every row in its place, other columns as they were."""
    evaluator = made(YES)
    frame = pd.DataFrame({"lain": [1.5, 2.5], "p": ["2", None]}, index=["x", "y"])
    found = evaluator.evaluate_frame(frame)
    assert ["x", "y"] == list(found.index)
    assert ["lain", "p", "p.band", "total", "total.scaled", "status", "problems"] == list(found.columns)
    assert ["Int8", "Int64"] == [str(found[name].dtype) for name in ("p.band", "total.scaled")]
    assert [[None, "K330 p"], [1, None]] == [
        [None if pd.isna(each) else each for each in found[name]] for name in ("problems", "p.band")
    ]
    assert ["p"] == list(frame.columns)[1:]


def test_lazy_frames_stay_lazy() -> None:
    """Nothing runs before it is asked for; problems, which the scalar path tells, are then not among the columns."""
    evaluator = made(YES)
    found = evaluator.evaluate_frame(pl.LazyFrame({"p": ["2"]}))
    assert isinstance(found, pl.LazyFrame)
    assert ["p", "p.band", "total", "total.scaled", "status"] == found.collect_schema().names()


@pytest.mark.parametrize("dtype", [pl.Int8, pl.UInt32, pl.Categorical, pl.Enum(["1", "2", "3"])])
def test_a_choice_in_other_types(dtype: Any) -> None:
    """An option may stand as a category, or as the whole number whose text it is."""
    frame = pl.DataFrame({"p": pl.Series(["1", "2", "3"]).cast(dtype)})
    assert [3.0, 5.0, None] == made(YES).evaluate_frame(frame)["total"].to_list()


def test_names_of_helping_columns_give_way() -> None:
    """A frame may have columns of any name: those that are made on the way get another."""
    frame = pl.DataFrame({"p": ["1"], "_k0": [7], "__K1": [8]})
    found = made(YES).evaluate_frame(frame)
    assert (7, 8, 3.0) == (found["_k0"][0], found["__K1"][0], found["total"][0])


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_many_options_and_odd_answers(engine: str) -> None:
    """More options than are told apart at once, scores on no line, and answers full of quotes."""
    names = [f"o{at}" for at in range(30)]
    levels = ", ".join(f"{name}: {at * at % 7 // 2}" for at, name in enumerate(names))
    evaluator = made(f"combine: sum\nindicators: {{p: {{levels: {{{levels}}}}}}}\n")
    found: list[Row] = [{"p": name} for name in [*names, None, "o'", "O'0\"", '"p"']]
    assert [] == differing(evaluator, {"p": "text"}, found, engine)


def test_an_absent_column_of_a_fact_whose_absence_means_something() -> None:
    """Where the rubric says what nothing means, the column may be left out."""
    evaluator = made("""combine: sum
facts:
  f: {kind: yes-no, missing: "true"}
  n: {in: "[0..5]", step: 1, missing: 2}
  s: {kind: set, options: {a: {}, b: {}}}
indicators:
  p: {levels: {ya: 1, tidak: 0}}
  q: {bands: {1: {when: {f: "true"}}, 0: {when: {f: "false"}}}}
  r: {formula: "n * 2"}
  t: {bands: {7: {when: {n: "> 1"}}, 8: {when: {n: "<= 1"}}}}
  u: {measure: {options: {a: {}, b: {}}, missing: b}, bands: {16: {when: a}, 32: {when: b}}}
""")
    found = evaluator.evaluate_frame(pa.table({"p": ["ya"]}))
    assert [45.0] == found["total"].to_pylist()


def test_a_grade_that_awards() -> None:
    """Each award has a column, empty where the grade has none; a range has two."""
    evaluator = made("""combine: sum
indicators: {p: {levels: {a: 0, b: 1, c: 2}}}
grades:
  nol: {when: "0"}
  satu: {when: "1", awards: {uang: {amount: 50, currency: IDR}, beras: {from: 1, to: 3, currency: IDR}}}
  dua: {when: "2", awards: {uang: {amount: 90, currency: IDR}}}
""")
    found = evaluator.evaluate_frame(pl.DataFrame({"p": ["a", "b", "c", None]}))
    assert ["nol", "satu", "dua", None] == found["grade"].to_list()
    assert [None, 50, 90, None] == found["awards.uang"].to_list()
    assert [(None, None), (1, 3), (None, None), (None, None)] == [
        (row["awards.beras.from"], row["awards.beras.to"]) for row in found.to_dicts()
    ]


def test_what_the_numbers_mean() -> None:
    """The places of bands and the denominator of totals stand in the evaluator."""
    evaluator = made(
        "combine: mean\nindicators: {p: {levels: {a: 0, b: 1}}, q: {direct: {in: '[0..1]', step: 0.5}}}\n"
    )
    assert {"p": ("a", "b")} == dict(evaluator.bands)
    found = evaluator.evaluate_frame(pl.DataFrame({"p": ["b"], "q": [0.5]}))
    assert Fraction(3, 4) == Fraction(found["total.scaled"][0], evaluator.scale)
    assert evaluator.scale == evaluator.scale


def test_a_set_that_is_half_empty_is_told() -> None:
    """Where one option of a set is answered and another is not, the row is invalid and says why."""
    evaluator = made(RUBRICS["sets"])
    kinds = [
        name for fact in evaluator.plan.facts.values() for name in (f"{fact.name}.{o}" for o in fact.options)
    ]
    frame = pl.DataFrame({name: [True, True, None] for name in kinds}).with_columns(
        pl.when(pl.int_range(pl.len()) == 1).then(None).otherwise(pl.col("l.dua")).alias("l.dua")
    )
    found = evaluator.evaluate_frame(frame)
    assert ["complete", "invalid", "incomplete"] == found["status"].to_list()
    assert "K539 l" in found["problems"][1]


def test_one_row_explained() -> None:
    """A row is found by an id or by its place, and its assessment is that of the scalar path."""
    evaluator = made(YES)
    data = {"desa": ["a", "b"], "p": ["1", "2"]}
    frames = [pl.DataFrame(data), pl.LazyFrame(data), pd.DataFrame(data), pa.table(data)]
    assert [5, 5, 5, 5] == [evaluator.explain_row(each, "b", column="desa").total for each in frames]
    assert [3, 5] == [evaluator.explain_row(pd.DataFrame(data), at).total for at in (0, 1)]


PROGRAM = """
import sys
import kinerja
evaluator = kinerja.Evaluator(kinerja.loads("{kinerja: 1, id: c, combine: mean, indicators: {p: {levels: {a: 1}}}}"))
assert evaluator.evaluate({"p": "a"}).complete().total == 1 and evaluator.bands
known = {"narwhals", "polars", "pandas", "pyarrow", "duckdb", "numpy", "dask", "pyspark"}
assert not known & set(sys.modules)
import polars
evaluator.evaluate_frame(polars.DataFrame({"p": ["a"]}))
print(sorted((known - {"narwhals", "polars"}) & set(sys.modules)))
"""


def test_libraries_of_frames_are_imported_when_one_arrives() -> None:
    """Nothing of frames is imported for sheets, and for one kind of frame not the library of another."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "[]\n" == done.stdout


# --- parts


def worked_out(frame: Any, term: Term) -> list[Any]:
    """The cells of a term over a frame."""
    native = nw.from_native(frame)
    found = with_layout(native, laid_out({"y": term}, "_k", of=native)).lazy().collect()
    cells: list[Any] = found["y"].to_list()
    return cells


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "text", ["> 2", ">= 2", "< 2", "<= 2", "[-2..2]", "(-2..2)", "0", "(0..0.4)", "-", "> 1.7"]
)
def test_before_rounding(mode: Any, text: str) -> None:
    """A number is in what is rounded to a set exactly where, rounded, it is in the set."""
    rounding, numbers = Rounding(Fraction(1, 2), mode=mode), condition(text).numbers()
    found = before(numbers, rounding)
    tried = [Fraction(n, 16) for n in range(-64, 65)]
    assert [rounding.apply(each) in numbers for each in tried] == [each in found for each in tried]
    assert numbers is before(numbers, None)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("low", [-40, 0])
def test_rounding_of_whole_numbers(mode: Any, low: int) -> None:
    """A column of whole numbers is rounded as one number is, below zero too."""
    rounding, values = Rounding(Fraction(3, 2), mode=mode), list(range(low, 41))
    whole = Whole(column("x", "whole", (low, 40)), Fraction(1, 4), low, 40).rounded(rounding)
    found = worked_out(pl.DataFrame({"x": values}, schema={"x": pl.Int16}), whole.expr)
    assert [rounding.apply(Fraction(each, 4)) for each in values] == [each * whole.unit for each in found]
    assert all(whole.low <= each <= whole.high for each in found)


CUTS = ["0", "0.1", "1/3", "98.5", "-2/3", "9007199254740993", "1e400", "-1e400", "0.30000000000000004"]


@pytest.mark.parametrize("text", CUTS)
def test_floats_are_compared_as_their_decimals(text: str) -> None:
    """Floats beside a bound, and the largest ones, lie where their shortest decimals lie."""
    cut = Fraction(text)
    near = float(cut) if abs(cut) < 10**300 else 0.0
    values = [
        near,
        nextafter(near, inf),
        nextafter(near, -inf),
        1.7976931348623157e308,
        -1.7976931348623157e308,
    ]
    frame = pl.DataFrame({"x": values})
    for sign, holds in (("<", cut.__gt__), ("<=", cut.__ge__), (">", cut.__lt__), (">=", cut.__le__)):
        truth = Floats(column("x", "float")).compared(sign, cut)
        found = [truth] * 5 if isinstance(truth, bool) else worked_out(frame, truth)
        assert [holds(exact(each)) for each in values] == found


def test_whole_numbers_beyond_all_bounds() -> None:
    """A bound that no whole number of 64 bits reaches is known to lie above or below."""
    line = Wholes(column("x", "whole"))
    assert (True, False) == (line.compared("<", Fraction(2**70)), line.compared(">", Fraction(2**70)))
    assert (False, True) == (line.compared("<=", Fraction(-(2**70))), line.compared(">=", Fraction(-(2**70))))


def test_whole_numbers_know_their_ends() -> None:
    """Sums and products lie between the sums and products of the ends; what might run over is as wide as can be."""
    x, y = column("x", "whole", (-1, 2)), column("y", "whole", (0, 9))
    wide = column("z", "whole")
    for term, low, high in (
        (x + y, -1, 11),
        (x - y, -10, 2),
        (x * y, -9, 18),
        (y // number(2), 0, 9),
        (y % number(4), 0, 4),
        (x % number(4), -(2**63), 2**63 - 1),
        (number(5) - y, -4, 5),
        (wide + number(1), -(2**63), 2**63 - 1),
        ((x + number(3)) * number(2) + (y + number(4)), 8, 23),
        ((wide + number(3)) * number(2), -(2**63), 2**63 - 1),
    ):
        assert (low, high) == (term.low, term.high)
    assert 7 == (number(3) + number(4)).value
    assert 12 == (number(3) * number(4)).value
    assert (True, False, True) == (x < number(3), x.equals(number(3)), number(3).equals(number(3)))
    assert 10 == ((x + number(3)) * number(2) + (y + number(4))).parts[1].value
    assert 6 == (x * number(2) * number(3)).parts[1].value


def test_whole_numbers_are_as_wide_as_they_have_to_be() -> None:
    """Numbers that do not fit into 16 bits are made of wider ones, and come out the same."""
    x = column("x", "whole", (0, 30_000))
    frame = pl.DataFrame({"x": [0, 30_000]}, schema={"x": pl.Int16})
    assert [1, 30_001] == worked_out(frame, x + number(1))
    assert [0, 900_000_000] == worked_out(frame, x * x)
    assert [0, 27 * 10**12] == worked_out(frame, x * x * x)
    above = x > number(5)
    assert isinstance(above, Term)
    assert [False, True] == worked_out(frame, above)


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table, lambda data: duckdb.from_arrow(pa.table(data))])
def test_high_expressions_are_taken_apart(make: Any) -> None:
    """A long chain, in which each asks for the one before, is made in parts: no engine recurses too deep."""
    term = column("x", "whole", (0, 99)).as_whole((0, 99))
    want = [7, 2]
    for _ in range(300):
        term, want = (term * number(3)) % number(97), [each * 3 % 97 for each in want]
    assert want == worked_out(make({"x": [7, 2]}), term)


def test_constants_and_names_are_quoted() -> None:
    """Whatever a column is called, and whatever a constant holds, is quoted in the text of DuckDB."""
    name = "x\"; DROP TABLE y; --'"
    frame = duckdb.from_arrow(pa.table({name: ["a'\"b", None]}))
    term = column(name, "text").equals(constant("a'\"b", "text"))
    assert isinstance(term, Term)
    assert [True, None] == worked_out(frame, term)


def test_quotients_are_the_nearest() -> None:
    """A whole number over a constant is the float nearest to the quotient, on every engine."""
    for make in (pl.DataFrame, pa.table):
        frame = make({"x": [float(n) for n in range(2000)]})
        assert [n / 10 for n in range(2000)] == worked_out(frame, divided(column("x", "float"), 10))


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_numbers_at_the_ends(engine: str) -> None:
    """Whole numbers and floats of any size are an answer or none, and none of them is too large for an engine."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[-9..9]', step: 0.01}, b: {step: 1}, c: {in: '[-9..9]', step: 2/5}}\n"
        "indicators: {p: {formula: 'a'}, q: {bands: {1: {when: {b: '>= 0'}}, 0: {when: {b: '< 0'}}}}, "
        "r: {formula: c}}\n"
    )
    odd = [math.nan, inf, -inf, -0.0, 5e-324, 1.7976931348623157e308, -1e300, 2.0**63, 2.0**53 + 2, 0.5, 3.0]
    whole = [2**63 - 1, -(2**63), 2**62, 7, -4, 1]
    found = [{"a": a, "b": b, "c": c} for a in whole for b in odd for c in (2, -2, 2**63 - 1)]
    assert [] == differing(evaluator, {"a": "int", "b": "float", "c": "int"}, found, engine)


@pytest.mark.parametrize("make", [pl.DataFrame, pa.table])
def test_large_numbers_are_divided_to_the_last_digit(make: Any) -> None:
    """Where a float no longer tells whole numbers apart, quotients are still exact."""
    most = 2**62 - 1
    cases = [
        (a, b) for a in (0, 1, 2**53 + 1, 2**60 - 1, most) for b in (1, 2, 7, 10**9 + 7, 2**53 + 1, most)
    ]
    frame = make({"a": [a for a, _ in cases], "b": [b for _, b in cases]})
    a, b = column("a", "whole", (0, most)), column("b", "whole", (1, most))
    assert [a // b for a, b in cases] == worked_out(frame, a // b)


@pytest.mark.parametrize("engine", sorted(ENGINES))
def test_totals_that_are_no_floats(engine: str) -> None:
    """A total of more digits than a float has is exact, and for looking at the nearest float."""
    evaluator = made("combine: sum\nindicators: {p: {direct: {in: '[0..9007199254740999]', step: 1}}}\n")
    frame = ENGINES[engine](arrow({"p": "int"}, [{"p": 2**53 + 1}]))
    (row,) = cells_of(evaluator.evaluate_frame(frame))
    assert (2.0**53, 2**53 + 1) == (row["total"], row["total.scaled"])


def test_whole_numbers_of_steps_that_do_not_fit() -> None:
    """Counted in its steps a number may pass 2^63; that is told where it is computed with."""
    rubric = "combine: sum\nfacts: {a: {in: '[0..1000000000000]', step: 0.00000001}}\n"
    frame = pl.DataFrame({"a": [7]})
    bands = made(rubric + "indicators: {p: {bands: {1: {when: {a: '> 6'}}, 0: {when: {a: '<= 6'}}}}}\n")
    assert [1.0] == bands.evaluate_frame(frame)["total"].to_list()
    with pytest.raises(UsageError) as caught:
        made(rubric + "indicators: {p: {formula: 'a'}}\n").evaluate_frame(frame)
    assert [("K616", ("a",))] == [(each.code, each.path) for each in caught.value.diagnostics]


def test_truths_fold() -> None:
    """What is known of all rows is worked out once, and so is what follows from something else."""
    term, other = column("x", "truth"), column("y", "truth")
    both = all_of([term, other])
    assert isinstance(both, Term)
    assert (True, False) == (all_of([]), any_of([]))
    assert (False, True) == (all_of([term, False]), any_of([True, term]))
    assert (term, term) == (all_of([term, term]), any_of([term, both]))
    assert both is all_of([term, both])
    assert (False, True) == (all_of([both, term.negation]), any_of([term, term.negation]))
    neither = negated(any_of([term, other]))
    assert (False, neither) == (all_of([term, neither]), all_of([other.negation, neither]))
    assert term is negated(negated(term))
    one, two = number(1), number(2)
    assert (one, two) == (where(True, one, two), where(False, one, two))
    assert (two, one) == where(term.negation, one, two).parts[1:]
    assert "((a b) (c d))" == joined(list("abcd"), lambda a, b: f"({a} {b})")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (
            "combine: geometric-mean\neach: {direct: {in: '[1..9]', step: 1}}\nindicators: {p: {}, q: {}}\n",
            "total",
        ),
        ("combine: mean\nindicators: {p: {levels: {ya: 1, tidak: 2}}, q: {formula: '3 / p.score'}}\n", "q"),
        ("combine: mean\nindicators: {p: {levels: {ya: 1}}, q: {formula: '2 ** p.score'}}\n", "q"),
        (
            "combine: mean\neach: {missing: exclude, levels: {ya: 1, tidak: 0}}\n"
            "indicators: {" + ", ".join(f"n{n}: {{}}" for n in range(9)) + "}\n",
            "total",
        ),
        ("combine: sum\nfacts: {p: {step: 1/3, in: '[0..9]'}}\nindicators: {q: {formula: 'p * 2'}}\n", "p"),
    ],
)
def test_what_columns_cannot_do_is_refused_by_name(body: str, path: str) -> None:
    """Whatever whole numbers do not come to is refused with the name of the node or the fact."""
    evaluator = made(body)
    frame = pl.DataFrame(
        {name: ["ya"] if fact.kind == "choice" else [3.0] for name, fact in evaluator.plan.facts.items()}
    )
    with pytest.raises(UsageError) as caught:
        evaluator.evaluate_frame(frame)
    (found,) = caught.value.diagnostics
    assert (path,) == found.path
    assert found.code in ("K615", "K618", "K621")


def test_a_figure_itself_and_by_its_parts_is_counted_alike() -> None:
    """Where a figure by its parts is finer than the figure itself may be, the exact total would be of two scales."""
    evaluator = made(
        "combine: sum\nfacts: {a: {in: '[0..9]', step: 1}, b: {from: 'a / 4', in: '[0..9]'}}\n"
        "indicators: {p: {formula: 'b * 3'}}\n"
    )
    assert [9] == evaluator.evaluate_frame(pl.DataFrame({"b": [3]}))["total.scaled"].to_list()
    with pytest.raises(UsageError) as caught:
        evaluator.evaluate_frame(pl.DataFrame({"a": [3]}))
    assert "K615" == caught.value.diagnostics[0].code


def test_a_total_beyond_what_floats_hold() -> None:
    """The exact total of numbers with more digits than a float has is exact all the same."""
    evaluator = made("combine: sum\nindicators: {p: {direct: {in: '[0..10000000000000000]', step: 1}}}\n")
    found = evaluator.evaluate_frame(pl.DataFrame({"p": [2**53 + 1, 10**16 - 1, 7]}))
    assert [2**53 + 1, 10**16 - 1, 7] == found["total.scaled"].to_list()
    assert [float(2**53 + 1), float(10**16 - 1), 7.0] == found["total"].to_list()


def test_answers_that_nobody_has_to_give() -> None:
    """A rubric of nothing but usual answers says the same of every row; where no band holds, each is invalid."""
    sound = made(
        "combine: sum\nfacts: {f: {kind: yes-no, missing: 'true'}}\n"
        "indicators: {p: {measure: {in: '[0..9]', missing: 3}, bands: {1: {when: '> 2'}, 0: {when: '<= 2'}}}}\n"
        "grades: {baik: {when: '>= 0'}, buruk: {when: '< 0'}}\n"
        "requires: {g: {when: {f: 'true'}, text: x, grade: buruk}}\n"
    )
    assert [(1.0, "baik")] == sound.evaluate_frame(pl.DataFrame({"x": [1]})).select("total", "grade").rows()
    unsound = made(
        "combine: sum\nfacts: {f: {kind: yes-no, missing: 'true'}}\n"
        "indicators: {p: {bands: {1: {when: {f: 'false'}}}}}\n"
    )
    assert ["invalid"] == unsound.evaluate_frame(pl.DataFrame({"x": [1]}))["status"].to_list()
    without = made("combine: sum\nindicators: {p: {levels: {a: {score: none, because: x}}}}\n")
    assert [None] == without.evaluate_frame(pl.DataFrame({"p": ["a"]}))["total"].to_list()


def test_an_empty_domain_has_ends() -> None:
    """Where nothing is accepted, everything counts as 0."""
    assert (0, 0) == _ends(IntervalSet.of())


def test_a_number_that_never_counts() -> None:
    """Where a number counts in no row, the other one stands in every row."""
    assert Whole(None, Fraction(1), 7, 7) == Whole(column("x", "whole"), Fraction(1), 0, 5).gated(
        truth=False, otherwise=7
    )


def test_a_score_without_a_grade_is_a_problem() -> None:
    """A row whose total lies between the grades is invalid, as on the scalar path."""
    evaluator = made(
        "combine: sum\nindicators: {p: {levels: {a: 0, b: 1, c: 2}}}\ngrades: {x: {when: '< 1'}, y: {when: '> 1'}}\n"
    )
    found = evaluator.evaluate_frame(pl.DataFrame({"p": ["a", "b", "c"]}))
    assert [("x", None), (None, "K324 total"), ("y", None)] == found.select("grade", "problems").rows()


def test_duckdb_does_not_trust_what_a_file_says_of_its_numbers(tmp_path: Path) -> None:
    """The least and greatest values in a Parquet file pass over NaN, which meets no bound for all that."""
    evaluator = kinerja.Evaluator(
        kinerja.loads(
            "{kinerja: 1, id: x, combine: sum, indicators: {a: {measure: {in: '[0..100]'}, "
            "bands: {1: {when: '>= 40'}, 0: {when: '< 40'}}}}}"
        )
    )
    pl.DataFrame({"a": [35.0, math.nan, 50.0]}).write_parquet(tmp_path / "a.parquet")
    relation = duckdb.connect().read_parquet(str(tmp_path / "a.parquet"))
    found = evaluator.evaluate_frame(relation).select("status, total").fetchall()
    assert [("complete", 0.0), ("invalid", None), ("complete", 1.0)] == found
