"""Every limit from both of its sides: what reaches it is taken, what goes beyond is refused in a known word."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pytest

import kinerja
from kinerja import Evaluator, KinerjaError, Sheet, Trail, TrailError
from kinerja.checks.examples import run_examples
from kinerja.errors import Diagnostic, closest, excerpt, written
from kinerja.feel import Inexact, formula
from kinerja.language.documents import MAX_FAULTS, MAX_VALUES, Series, read
from kinerja.language.sheetfile import sheet_of
from kinerja.numbers import exact
from kinerja.sheets import MAX_NAMES, entries
from kinerja.trail import MAX_DEPTH, MAX_TEXT
from tests.bad.attacks import (
    HEAD,
    LEAF,
    Raises,
    Torn,
    Twice,
    Unspeakable,
    Whole,
    listed_within_itself,
    within_itself,
)
from tests.bad.calls import evaluator, small, trail

RUBRIC = f"{HEAD}indicators: {{a: {LEAF}}}\n"


def codes(call: Callable[[], object]) -> list[str]:
    """The codes that a call is refused with; none where it is not."""
    try:
        call()
    except KinerjaError as error:
        return [each.code for each in error.diagnostics]
    return []


def limited(call: Callable[[int], object], limit: int) -> tuple[list[str], list[str]]:
    """What is said at a limit, and one beyond it."""
    return codes(lambda: call(limit)), codes(lambda: call(limit + 1))


# --- texts


def test_values_of_a_text() -> None:
    """A list, its items and all that is inside them are values; a text holds 20,000."""
    assert ([], ["K016"]) == limited(lambda n: read(f"[{'1,' * (n - 1)}]", name="x"), MAX_VALUES)
    assert MAX_VALUES - 1 == len(_items(f"[{'1,' * (MAX_VALUES - 1)}]"))


def _items(text: str) -> list[Any]:
    root = read(text, name="x").root
    assert isinstance(root, Series)
    return root.items


def test_values_of_templates() -> None:
    """What `each` adds counts, in all templates of a rubric together: 7 values for each of so many children."""

    def templated(children: int) -> object:
        options = "{o: 1, p: 1, q: 1, r: 1, s: 1}"
        return kinerja.loads(
            f"{HEAD}each: {{levels: {options}}}\nindicators:\n"
            + "".join(f"  a{n}: {{}}\n" for n in range(children))
        )

    assert ([], ["K016"]) == limited(templated, MAX_VALUES // 7)


def test_declared_tags() -> None:
    """A tag that is only declared is refused like one that is used."""
    with pytest.raises(kinerja.RubricError) as caught:
        read("# tag\n%TAG !a! b\n--- 1\n", name="x")
    assert [("K008", "x:2:1")] == [(each.code, str(each.place)) for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "indicators:\n" + "".join(f"  A{n}: {LEAF}\n" for n in range(MAX_FAULTS + 1)), "K108"),
        (
            HEAD
            + "indicators:\n  a:\n    measure: {in: '[0..1]'}\n    bands:\n"
            + "".join(f"      {n}: {{when: '>= 0'}}\n" for n in range(20)),
            "K204",
        ),
        (
            RUBRIC
            + "readings:\n"
            + "".join(
                f"  r{n}: {{settles: gap, problem: x, taken: x, because: x, alternatives:"
                " {b: {change: {indicators: {a: {direct: {in: '[1..0]'}}}}}}}\n"
                for n in range(MAX_FAULTS + 1)
            ),
            "K206",
        ),
    ],
    ids=["structure", "checks", "alternatives"],
)
def test_faults_of_a_rubric(text: str, code: str) -> None:
    """A hundred faults of one kind are told."""
    assert [code] * MAX_FAULTS == [each.code for each in kinerja.check(text)]


def test_faults_of_a_text() -> None:
    """A hundred faults of a text are told, and a hundred keys that a mapping does not know."""
    assert ["K009"] * MAX_FAULTS == codes(lambda: read("a: 1\n" * 1_000, name="x"))
    unknown = "".join(f"k{n}: 1\n" for n in range(MAX_FAULTS + 1))
    assert ["K101"] * MAX_FAULTS == [each.code for each in kinerja.check(RUBRIC + unknown)]


def test_keys_of_a_sheet() -> None:
    """A hundred unknown keys of a sheet are told."""
    text = "kinerja-sheet: 1\nfacts: {}\n" + "".join(f"k{n}: 1\n" for n in range(MAX_FAULTS + 1))
    assert ["K101"] * MAX_FAULTS == codes(lambda: sheet_of(read(text, name="x")))


# --- rubrics


def banded(count: int) -> object:
    """An indicator with so many bands that neither overlap nor leave a gap."""
    lines = "".join(f"      b{n}: {{when: {n}, score: 1}}\n" for n in range(count))
    return kinerja.loads(
        f"{HEAD}indicators:\n  a:\n    measure: {{in: '[0..{count - 1}]', step: 1}}\n    bands:\n{lines}"
    )


def test_bands() -> None:
    """An indicator has at most 500 bands."""
    assert ([], ["K200"]) == limited(banded, 500)


def chained(length: int) -> object:
    """Scores that each read the next, and what they come to."""
    lines = "".join(f"  a{n}: {{formula: a{n + 1}.score + 1}}\n" for n in range(length))
    rubric = kinerja.loads(f"{HEAD}indicators:\n{lines}  a{length}: {LEAF}\n")
    return Evaluator(rubric).evaluate({f"a{length}": 1}).complete()


def test_scores_of_scores() -> None:
    """The last of a chain applies and is scored, 56 hang on it, then the total and its grade: 60 stages in all."""
    assert ([], ["K219"]) == limited(chained, 56)


def test_facts_of_facts() -> None:
    """Derived facts may form a chain of any length: they are worked out in their order."""
    lines = "".join(f"  f{n}: {{from: f{n + 1} + 1}}\n" for n in range(3_000))
    rubric = kinerja.loads(
        f"{HEAD}facts:\n{lines}  f3000: {{in: '[0..1]'}}\nindicators: {{a: {{formula: f0}}}}\n"
    )
    evaluator, sheets = Evaluator(rubric), [{"f3000": 1}]
    assert 3_001 == evaluator.evaluate(sheets[0]).complete().total
    assert [3_001] == [result.complete().total for result in evaluator.evaluate_many(sheets)]
    assert [3_001] == [total for _, total, _ in evaluator.totals(sheets)]


def summed_up(length: int, column: str) -> object:
    """A frame with one column, for figures that are each computed from the next."""
    kind = "in: '[0..1000]', step: 1"
    lines = "".join(f"  f{n}: {{from: f{n + 1} + 1, {kind}}}\n" for n in range(length))
    text = f"{HEAD}facts:\n{lines}  f{length}: {{{kind}}}\nindicators: {{a: {{formula: f0}}}}\n"
    return Evaluator(kinerja.loads(text)).evaluate_frame(pa.table({column: [1]}))["total"].to_pylist()


def test_facts_of_facts_in_columns() -> None:
    """Columns compute at most 60 facts one after another; one that a column gives is not computed."""
    assert ([], ["K625"]) == limited(lambda n: summed_up(n, f"f{n}"), 60)
    assert [31] == summed_up(100, "f30")


def exemplified(length: int) -> object:
    """Examples that are each like the next."""
    lines = "".join(f"  e{n}: {{like: e{n + 1}}}\n" for n in range(length))
    rubric = kinerja.loads(
        f"{RUBRIC}examples:\n{lines}  e{length}: {{facts: {{a: 1}}, expect: {{total: 1}}}}\n"
    )
    raise kinerja.RubricError(found for run in run_examples(rubric) for found in run.findings)


def test_examples_like_examples() -> None:
    """Forty examples may be each like the next."""
    assert ([], ["K129"]) == limited(exemplified, 40)


# --- facts


def test_names_of_facts() -> None:
    """A mapping has at most 10,000 names, however they are nested, given as a mapping or as a sheet."""
    flat = {f"x{n}": 1 for n in range(MAX_NAMES)}
    assert MAX_NAMES == len(entries(flat)) == len(Sheet(facts=flat).stated)
    for beyond in ({**flat, "y": 1}, {**flat, "y": {"z": 1}}, {"x": {**flat, "y": 1}}, within_itself(2)):
        assert ["K525"] == codes(lambda facts=beyond: entries(facts))  # type: ignore[misc]
        assert ["K525"] == codes(lambda facts=beyond: Sheet(facts=facts))  # type: ignore[misc]


def test_names_of_facts_in_a_file() -> None:
    """A file with more names is refused with the place of its facts."""
    text = "kinerja-sheet: 1\nfacts:\n" + "".join(f"  x{n}: 1\n" for n in range(MAX_NAMES + 1))
    with pytest.raises(kinerja.SheetError) as caught:
        sheet_of(read(text, name="x"))
    assert [("K525", "x:2:1")] == [(each.code, str(each.place)) for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    "call", [lambda: entries(Raises()), lambda: Sheet(facts=Raises()), lambda: Sheet(facts=Twice())]
)
def test_a_mapping_that_fails(call: Callable[[], object]) -> None:
    """A mapping that raises when it is read, or that holds one name twice, is refused as what it is."""
    assert ["K524"] == codes(call)


@pytest.mark.parametrize(
    ("value", "code"),
    [(Torn(1, 3), "K328"), (Whole(500), "K303"), (Whole(70), None), (Unspeakable(), "K146")],
)
def test_a_value_that_lies(value: object, code: str | None) -> None:
    """What a value holds counts, not what it says of itself; one that fails is a problem of the result."""
    result = evaluator().evaluate({"perempuan": value})
    assert [code] * (code is not None) == [each.code for each in result.problems]
    # Kept as what it is, or as something that no file can hold.
    found = [each.code for each in kinerja.verify(result.trail, small())]
    assert found == ([] if isinstance(value, Whole) else ["K604"])


def test_a_number_that_calls_itself_another() -> None:
    """A class of its own says nothing about the number that it holds."""
    assert Fraction(70) == exact(Whole(70))


def test_an_endless_list_beside_a_fact() -> None:
    """Evidence in a list that holds itself is told as far as it goes."""
    result = evaluator().evaluate(
        {"perempuan": {"value": 50, "evidence": [*listed_within_itself(), "rapat", None]}}
    )
    assert "[<list>]; rapat; " == next(iter(result.trail.nodes["perempuan"].facts.values())).evidence


# --- text and errors


def test_what_cannot_be_written() -> None:
    """A value that fails when it is printed is named by its type; a long one is cut."""
    assert ("<Unspeakable>", "12") == (written(Unspeakable()), written(12))
    assert ("x" * 60, "x" * 60 + "…") == (excerpt("x" * 60), excerpt("x" * 61))


def test_long_words_and_paths() -> None:
    """A long word is near to none, and a long path does not fill the screen."""
    assert ("a" * 100, "") == (closest("a" * 100, ["a" * 100]), closest("a" * 101, ["a" * 101]))
    shown = Diagnostic("K301", ("x" * 1_000,), {"name": "x"}).render()
    assert f"{'x' * 60}… (1000): error K301" == shown[: shown.index("K301") + 4]


# --- formulas


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("digits", [39, 40, 41, 60])
def test_logarithms_next_to_one(digits: int, sign: int) -> None:
    """A logarithm next to 1 has 34 right digits on both sides of where it is taken from its series."""
    value = 1 + sign * Fraction(7, 10**digits)
    context = Context(prec=300)
    wanted = context.ln(context.divide(Decimal(value.numerator), Decimal(value.denominator)))
    found = formula("log(a)").evaluate(lambda _: value)
    assert found == Inexact(Fraction(*Context(prec=34).plus(wanted).as_integer_ratio()))


# --- trails


def told(**changes: Any) -> Trail:
    """A stored trail with some of its keys changed, read back."""
    return Trail.from_json(json.dumps({**trail(), **changes}))


def test_length_of_a_trail() -> None:
    """A trail is read from at most 5,000,000 characters."""
    text = json.dumps(trail())
    assert ([], ["K002"]) == limited(lambda n: Trail.from_json(text + " " * (n - len(text))), MAX_TEXT)


def test_depth_of_a_trail() -> None:
    """A text that is too deep for the reader of JSON is refused like any that is too deep."""
    assert ["K005"] == codes(lambda: Trail.from_json("[" * 100_000))


def test_levels_of_a_trail() -> None:
    """The nodes of a trail have at most 40 levels."""

    def levels(count: int) -> Trail:
        names = ["total", *(f"n{n}" for n in range(1, count))]
        below = dict(pairwise(names))
        return told(
            nodes={
                name: {"status": "scored", "children": [below[name]] if name in below else []}
                for name in names
            }
        )

    assert ([], ["K526"]) == limited(levels, MAX_DEPTH)


@pytest.mark.parametrize("children", [["total"], ["a", "a"]])
def test_nodes_of_a_trail(children: list[str]) -> None:
    """No node stands below itself, and none below two."""
    nodes = {"total": {"status": "scored", "children": children}, "a": {"status": "scored"}}
    assert ["K526"] == codes(lambda: told(nodes=nodes))


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"nodes": {"total": {"status": "done"}}}, "K520", "nodes.total.status"),
        (
            {"nodes": {"total": {"status": "scored", "gates": {"g": {"when": "x", "holds": "perhaps"}}}}},
            "K520",
            "nodes.total.gates.g.holds",
        ),
        ({"nodes": {"total": {"status": "scored", "children": [1]}}}, "K516", "nodes.total.children.0"),
        ({"problems": [{"code": "K301", "values": {}}]}, "K102", "problems.0.values.name"),
        ({"notes": [{"code": "K999"}]}, "K520", "notes.0.code"),
        (
            {"readings": {"D3": {"alternatives": {"b": {"status": "done"}}}}},
            "K520",
            "readings.D3.alternatives.b.status",
        ),
        ({"total": {"exact": "9" * 30_000, "shown": "9"}}, "K139", "total.exact"),
        ({"language_version": float("nan")}, "K514", ""),
        ({"language_version": 10**2_000}, "K139", ""),
    ],
)
def test_places_in_a_trail(changes: dict[str, Any], code: str, where: str) -> None:
    """What is wrong with a trail is said with its path, where JSON could read that far."""
    with pytest.raises(TrailError) as caught:
        told(**changes)
    assert [(code, where)] == [(each.code, each.where) for each in caught.value.diagnostics]


def test_the_small_rubric_is_sound() -> None:
    """What the inputs above are laid on has no fault itself."""
    assert () == kinerja.check(small()).errors
