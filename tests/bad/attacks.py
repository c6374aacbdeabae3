"""
Inputs that are made to be slow, large, deep or deceitful: texts, values, mappings, tables and stored trails.

Each is a call that must raise; `driver.py` makes it in a process of its own, within the promised time and memory.
"""

from __future__ import annotations

import ctypes
import json
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import kinerja
from kinerja.checks.examples import run_examples
from kinerja.explain import explain
from kinerja.feel import condition, formula
from kinerja.language.documents import read
from kinerja.language.sheetfile import sheet_of
from kinerja.numbers import exact, parse, parse_local
from kinerja.sheets import Sheet, Written
from kinerja.tables import read_table
from kinerja.trail import Trail
from tests.bad.calls import SMALL, evaluator, taken, trail

HEAD = "kinerja: 1\nid: x\ncombine: mean\n"
LEAF = "{direct: {in: '[0..1]'}}"


# --- rubrics and sheets


def rubric(text: str) -> Callable[[], object]:
    """A text that is to be a rubric."""
    return lambda: kinerja.loads(text)


def rubric_of(indicators: str, before: str = "") -> Callable[[], object]:
    """The same, from its indicators."""
    return rubric(f"{HEAD}{before}indicators:\n{indicators}")


def examined(examples: str) -> None:
    """What is wrong with the examples of a sound rubric."""
    found = kinerja.loads(f"{HEAD}indicators: {{a: {LEAF}}}\nexamples:\n{examples}")
    raise kinerja.RubricError(each for run in run_examples(found) for each in run.findings)


def sheet(text: str) -> Callable[[], object]:
    """A text that is to be a sheet; what is wrong with its facts counts as well."""
    return lambda: answered(sheet_of(read(text, name="lembar.yaml")))


def extending(rest: str, **others: str) -> Callable[[], object]:
    """A rubric in a folder with others, which extends whatever it says."""

    def call() -> object:
        with tempfile.TemporaryDirectory() as folder:
            # Nothing of the folder is repeated: its name differs.
            for name, text in {"x": f"kinerja: 1\nid: x\nextends: {rest}\n", **others}.items():
                (Path(folder) / f"{name}.yaml").write_text(text, encoding="utf-8")
            try:
                return kinerja.load(Path(folder) / "x.yaml")
            except kinerja.RubricError as error:
                raise kinerja.RubricError(
                    kinerja.Diagnostic(each.code, each.path, each.values, _elsewhere(each.place, folder))
                    for each in error.diagnostics
                ) from None

    return call


def _elsewhere(place: Any, folder: str) -> Any:
    source = type(place.source)(place.source.name.replace(folder, "folder"), place.source.text)
    return type(place)(source, place.line, place.column, place.length)


def chain(length: int) -> dict[str, str]:
    """Rubrics that each extend the next."""
    return {f"r{n}": f"kinerja: 1\nid: r{n}\nextends: r{n + 1}\n" for n in range(length)}


# --- values


def answered(facts: Any, **readings: str) -> None:
    """What is wrong with the facts; on the way all that can be asked of the result is asked."""
    result = evaluator(**readings).evaluate(facts)
    json.loads(result.trail.to_json())
    for language in ("en", "id"):
        result.explain(language=language)
    result.complete()


def fact(make: Callable[[], object]) -> Callable[[], object]:
    """A value for a number between 0 and 100."""
    return lambda: answered({"perempuan": make()})


class Raises(dict[str, Any]):
    """A mapping that fails when it is read."""

    def items(self) -> Any:
        """Fail."""
        raise RuntimeError("tidak bisa dibaca")


class Twice(dict[str, Any]):
    """A mapping whose parts say different things: one name twice, keys that it does not have, a length of 99."""

    def items(self) -> Any:
        """One name, two values."""
        return [("perempuan", 50), ("perempuan", 60)]

    def keys(self) -> Any:
        """A name that is not there."""
        return ["laki_laki"]

    def __len__(self) -> int:
        return 99


class Endless(dict[str, Any]):
    """A mapping without an end."""

    def items(self) -> Any:
        """Name after name."""
        return self._forever()

    def _forever(self) -> Iterator[tuple[str, int]]:
        number = 0
        while True:
            number += 1
            yield f"x{number}", 1


class Deeper(dict[str, Any]):
    """A mapping that holds another of its kind, made when it is asked."""

    def items(self) -> Any:
        """A new one each time."""
        return [("a", Deeper()), ("b", Deeper())]


class Threes(dict[str, Any]):
    """A mapping whose entries are no pairs."""

    def items(self) -> Any:
        """Three where two belong."""
        return [("perempuan", 50, 60)]


class Unspeakable:
    """A value that cannot be written, compared or hashed."""

    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        raise RuntimeError

    def __hash__(self) -> int:
        raise RuntimeError


class Torn(Fraction):
    """A fraction without a numerator."""

    @property
    def numerator(self) -> int:
        """Fail."""
        raise RuntimeError("tanpa pembilang")


class Pretender(Decimal):
    """A decimal that says that it is finite."""

    def is_finite(self) -> bool:
        """Lie."""
        return True


class Whole(int):
    """A number that calls itself another."""

    def __int__(self) -> int:
        return 50


class Single:
    """What a single-precision number of a dataframe is to this library: no float, though it can become one."""

    def __init__(self, number: float) -> None:
        self.number = ctypes.c_float(number).value

    def __float__(self) -> float:
        return self.number


def within_itself(width: int) -> dict[str, Any]:
    """A mapping that holds itself under so many names."""
    found: dict[str, Any] = {}
    found |= {f"a{n}": found for n in range(width)}
    return found


def listed_within_itself() -> list[Any]:
    """A list that holds itself."""
    found: list[Any] = []
    found.append(found)
    return found


def nested(depth: int) -> dict[str, Any]:
    """A mapping in a mapping, and so on."""
    found: dict[str, Any] = {}
    for _ in range(depth):
        found = {"a": found}
    return found


def steps(value: object) -> None:
    """A value for a fact that is counted in tenths."""
    text = SMALL.replace('{in: "[0..100]"}', '{in: "[0..100]", step: 0.1}')
    kinerja.Evaluator(kinerja.loads(text)).evaluate({"perempuan": value}).complete()


# --- tables and trails


def table(make: Callable[[], str | bytes], locale: Any = None) -> Callable[[], object]:
    """A table of the sound rubric; what is wrong with the results of its first rows counts as well."""

    def call() -> None:
        ours = evaluator()
        rows = read_table(make(), name="t.csv", evaluator=ours, locale=locale)
        raise kinerja.SheetError(
            each
            for row, _ in zip(rows, range(10), strict=False)
            for each in row.problems(ours.evaluate(row.sheet))
        )

    return call


def stored(**changes: Any) -> Callable[[], object]:
    """A stored trail with some of its keys changed, read back and told."""
    return lambda: told(json.dumps({**trail(), **changes}))


def stored_with(key: str, raw: str) -> Callable[[], object]:
    """The same with a value that stands there as JSON text."""
    return lambda: told(json.dumps(trail())[:-1] + f', "{key}": {raw}}}')


def told(text: str) -> None:
    """Read a trail back, and tell its story in both languages."""
    found = Trail.from_json(text)
    for language in ("en", "id"):
        explain(found, language=language)


def nodes(**below: list[str]) -> dict[str, Any]:
    """Nodes of a trail, each with those below it."""
    return {path: {"status": "scored", "children": children} for path, children in below.items()}


#: Each name begins with the code that the call must raise.
ATTACKS: dict[str, Callable[[], object]] = {
    # The text as a whole.
    "K001-tabs": rubric("\t" * 1_900_000),
    "K001-comments": rubric("#\n" * 900_000),
    "K002-digits": lambda: kinerja.loads("a: " + "9" * 5_000_000),
    "K003-bytes-of-chance": lambda: read(bytes(range(256)) * 1_000, name="acak.yaml"),
    "K004-nothing-but-nul": rubric("\0" * 1_900_000),
    "K004-override-in-an-id": rubric(f"{HEAD}indicators: {{a\u202eb: {LEAF}}}\n"),
    "K004-joiner-in-an-id": rubric(f"{HEAD}indicators: {{a\u200db: {LEAF}}}\n"),
    "K004-isolate-in-a-text": rubric(f"{HEAD}title: 'a\u2066b'\nindicators: {{a: {LEAF}}}\n"),
    "K004-surrogate-of-a-pair": rubric(f"{HEAD}title: 'a\udc00b'\nindicators: {{a: {LEAF}}}\n"),
    "K110-cyrillic-id": rubric(f"{HEAD}indicators: {{perempu\u0430n: {LEAF}}}\n"),
    "K110-letter-and-accent": rubric(f"{HEAD}indicators: {{cafe\u0301: {LEAF}}}\n"),
    # Depth.
    "K005-opening-brackets": rubric("[" * 1_000_000),
    "K005-opening-braces": rubric("{" * 1_000_000),
    "K005-dashes": rubric("- " * 300_000),
    "K005-question-marks": rubric("? " * 300_000),
    "K005-nested-maps": rubric("{a: " * 5_000),
    "K005-nested-maps-by-indentation": rubric("".join(" " * n + "a:\n" for n in range(1_900))),
    # What YAML has and a rubric has not.
    "K006-many-laughs": rubric("a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(20_000))),
    "K006-cycle": rubric("a: &a [*a]\n"),
    "K006-cycle-of-keys": rubric("&a a: &b {b: *b}\n"),
    "K007-merge-keys": rubric("a: {x: 1}\n" + "b: {<<: [*a, *a]}\n" * 500),
    "K008-tags": rubric("a: !!python/object/apply:os.system ['id']\n" * 20_000),
    "K008-declared-tags": rubric("".join(f"%TAG !a{n}! b\n" for n in range(60_000)) + "--- a\n"),
    "K009-one-key": rubric("a: 1\n" * 300_000),
    "K009-quotes-behind-quotes": rubric("{" + "a: ',',b: ','," * 100_000),
    "K010-documents": rubric("--- a\n" * 200_000),
    "K011-lists-as-keys": rubric("? [a]\n: b\n" * 150_000),
    "K012-tabs-on-every-line": rubric("a:\n" + "\tb: 1\n" * 200_000),
    "K013-closing-brackets": rubric("]" * 100_000),
    "K013-one-long-key": rubric("x" * 1_900_000 + ": 1"),
    "K013-versions": rubric("%YAML 1.1\n" * 100_000),
    "K014-one-long-quote": rubric('a: "' + "x" * 1_900_000),
    "K015-keys-behind-keys": rubric("{" + ",a:\tx" * 300_000 + "\n- }"),
    "K020-ranges": rubric("a: [" + "[1..2]," * 200_000 + "1]"),
    "K021-hashes": rubric("- x #y\n" * 200_000),
    "K022-commas": rubric("{" + ",".join(f"{n:x}" for n in range(300_000)) + "}"),
    "K028-colons": rubric("a: " * 300_000),
    # As many values as there can be.
    "K016-keys": rubric("".join(f"kunci{n}: 1\n" for n in range(100_000))),
    "K016-one-list": rubric("a: [" + "1," * 900_000 + "1]"),
    "K016-empty-maps": rubric("a: [" + "{}," * 600_000 + "{}]"),
    "K016-template-of-a-template": rubric(
        f"{HEAD}each: {{each: {{levels: {{{','.join(f'o{n}: {n}' for n in range(150))}}}}}}}\nindicators:\n"
        + "".join(f"  a{n}: {{indicators: {{b: {{}}, c: {{}}}}}}\n" for n in range(100))
    ),
    "K101-keys": rubric("".join(f"kunci{n}: 1\n" for n in range(15_000))),
    "K101-one-long-key": rubric(f"{HEAD}? '{'x' * 1_900_000}'\n: 1\nindicators: {{a: {LEAF}}}\n"),
    "K103-everything-one-text": rubric("\U0001f600" * 1_900_000),
    "K108-ids": rubric_of("".join(f"  Nama{n}: 1\n" for n in range(19_000))),
    "K139-digits-for-a-version": rubric(f"kinerja: {'9' * 1_900_000}\nid: x\n"),
    "K180-names": rubric_of("".join(f"  a{n}: {{formula: 'x{n} + y{n}'}}\n" for n in range(5_000))),
    "K181-circle-of-scores": rubric_of(
        "".join(f"  a{n}: {{formula: a{(n + 1) % 5_000}.score + 1}}\n" for n in range(5_000))
    ),
    "K181-circle-of-facts": rubric_of(
        "  a: {formula: f0}\n",
        "facts:\n" + "".join(f"  f{n}: {{from: f{(n + 1) % 5_000} + 1}}\n" for n in range(5_000)),
    ),
    "K181-circle-of-conditions": rubric_of(
        f"  a: {LEAF[:-1]}, applies: {{b.score: '> 1'}}}}\n  b: {LEAF[:-1]}, applies: {{a.score: '> 1'}}}}\n"
    ),
    "K200-bands": rubric_of(
        "  a:\n    measure: {in: '[0..100]'}\n    bands:\n"
        + "".join(f"      {n}: {{when: '> {n}'}}\n" for n in range(5_000))
    ),
    "K129-examples-like-examples": lambda: examined(
        "".join(f"  e{n}: {{like: e{n + 1}}}\n" for n in range(3_000)) + "  e3000: {facts: {a: 1}}\n"
    ),
    "K219-scores-of-scores": rubric_of(
        "".join(f"  a{n}: {{formula: a{n + 1}.score + 1}}\n" for n in range(3_000)) + f"  a3000: {LEAF}\n"
    ),
    "K203-gaps": rubric_of(
        "".join(
            f"  a{n}: {{measure: {{in: '[0..100]'}}, bands: {{1: {{when: '> 40'}}, 0: {{when: '< 40'}}}}}}\n"
            for n in range(2_000)
        )
    ),
    "K204-overlaps": rubric_of(
        "  a:\n    measure: {in: '[0..1000]'}\n    bands:\n"
        + "".join(f"      {n}: {{when: '>= {n}'}}\n" for n in range(500))
    ),
    # Rubrics that other rubrics rest on.
    "K103-extends-a-list": extending("[r0, r1]"),
    "K120-extends-itself": extending("x"),
    "K120-extends-in-a-circle": extending(
        "y", y="kinerja: 1\nid: y\nextends: z\n", z="kinerja: 1\nid: z\nextends: y\n"
    ),
    "K121-a-chain-of-a-thousand": extending("r0", **chain(1_000)),
    "K122-extends-another-folder": extending("../../etc/passwd"),
    "K122-extends-an-absolute-path": extending("/etc/passwd"),
    "K122-extends-a-device": extending("/dev/zero"),
    "K122-extends-an-address": extending("'https://example.org/x'"),
    "K122-extends-a-long-name": extending("y" * 1_900_000),
    "K519-device": lambda: kinerja.load(Path("/dev/zero")),
    "K519-device-for-a-sheet": lambda: kinerja.load_sheet("/dev/zero"),
    "K501-long-id": lambda: kinerja.load("x" * 10_000_000),
    "K518-nul-in-a-path": lambda: kinerja.load(Path("a\0b.yaml")),
    # Sheets.
    "K005-sheet-of-brackets": sheet("kinerja-sheet: 1\nfacts: " + "[" * 300_000),
    "K006-sheet-with-an-anchor": sheet("kinerja-sheet: 1\nfacts: &a {perempuan: *a}\n"),
    "K009-sheet-with-one-fact": sheet("kinerja-sheet: 1\nfacts:\n" + "  perempuan: 1\n" * 100_000),
    "K101-sheet-of-keys": sheet(
        "kinerja-sheet: 1\nfacts: {}\n" + "".join(f"kunci{n}: 1\n" for n in range(15_000))
    ),
    "K301-sheet-of-unknown-facts": sheet(
        "kinerja-sheet: 1\nfacts:\n" + "".join(f"  fakta{n}: 1\n" for n in range(9_000))
    ),
    "K525-sheet-of-too-many-facts": sheet(
        "kinerja-sheet: 1\nfacts:\n" + "".join(f"  fakta{n}: 1\n" for n in range(12_000))
    ),
    "K138-sheet-with-arabic-digits": sheet("kinerja-sheet: 1\nfacts: {perempuan: ٣٣}\n"),
    "K138-sheet-with-fullwidth-digits": sheet("kinerja-sheet: 1\nfacts: {perempuan: ３３}\n"),
    "K132-sheet-with-an-underscore": sheet("kinerja-sheet: 1\nfacts: {perempuan: 1_000}\n"),
    "K137-sheet-with-infinity": sheet("kinerja-sheet: 1\nfacts: {perempuan: Infinity}\n"),
    "K139-sheet-of-digits": sheet(f"kinerja-sheet: 1\nfacts: {{perempuan: {'9' * 1_900_000}}}\n"),
    "K301-sheet-with-a-cyrillic-name": sheet("kinerja-sheet: 1\nfacts: {perempu\u0430n: 40}\n"),
    # Cells.
    "K151-parentheses-in-a-condition": lambda: condition("(" * 100_000),
    "K151-signs-in-a-condition": lambda: condition("-" * 100_000),
    "K151-parentheses-in-a-formula": lambda: formula("(" * 100_000),
    "K151-signs-in-a-formula": lambda: formula("-" * 100_000),
    "K153-parentheses": lambda: formula("(" * 500),
    "K153-signs": lambda: formula("-" * 499 + "1"),
    "K153-tests": lambda: condition(", ".join("1" * 160)),
    "K160-inverted": lambda: condition("[40..30]"),
    "K161-empty": lambda: condition("(30..30)"),
    "K139-digits-in-a-cell": lambda: parse("9" * 5_000_000),
    "K139-commas-in-a-cell": lambda: parse("1," * 2_500_000),
    "K139-groups-in-a-table": lambda: parse_local("1.000" * 1_000_000, locale="id"),
    "K139-product": lambda: formula(" * ".join(["a"] * 40)).evaluate(
        lambda _: Fraction(10**9_000 + 1, 7**9_000)
    ),
    "K139-sum-of-fractions": lambda: formula(" + ".join(f"1 / (a + {n})" for n in range(16))).evaluate(
        lambda _: Fraction(10**9_000 + 1, 7**9_000)
    ),
    "K139-logarithms-next-to-one": lambda: formula(
        " + ".join(f"log(a + {n % 9})" for n in range(18))
    ).evaluate(lambda _: Fraction(10**9_999 + 1, 10**9_999)),
    "K178-behind-roots": lambda: formula(
        " + ".join(f"a ** (1 / {n})" for n in range(3, 18)) + " + 1 / (a - a)"
    ).evaluate(lambda _: Fraction(10**9_000 + 1, 7**9_000)),
    # Values from Python.
    "K137-nan": fact(lambda: float("nan")),
    "K137-infinity": fact(lambda: float("-inf")),
    "K137-signaling-nan": fact(lambda: Decimal("sNaN")),
    "K137-nan-with-a-million-digits": fact(lambda: Decimal("NaN" + "1" * 1_000_000)),
    "K138-arabic-digits": lambda: parse("٣٣"),
    "K139-exponent-of-a-million": fact(lambda: Decimal("1E+1000000")),
    "K139-exponent-below-a-million": fact(lambda: Decimal("1E-1000000")),
    "K139-decimal-of-a-million-digits": fact(lambda: Decimal("9" * 1_000_000)),
    "K139-integer-of-a-million-digits": fact(lambda: 10**1_000_000),
    "K139-fraction-of-a-million-digits": fact(lambda: Fraction(1, 10**1_000_000)),
    "K139-text-of-a-million-digits": fact(lambda: Written("9" * 1_000_000)),
    "K143-truth-value": fact(lambda: True),
    "K145-arabic-digits-as-text": fact(lambda: "٣٣"),
    "K146-complex": fact(lambda: 3j),
    "K146-single-precision": fact(lambda: Single(33.3)),
    "K146-unspeakable": fact(Unspeakable),
    "K146-bytes": lambda: exact(b"12"),
    "K304-single-precision-as-a-float": lambda: steps(float(Single(33.3))),
    "K303-number-that-calls-itself-another": fact(lambda: Whole(500)),
    "K328-torn-fraction": fact(lambda: Torn(1, 3)),
    "K137-decimal-that-says-it-is-finite": fact(lambda: Pretender("NaN")),
    "K305-unspeakable-option": lambda: taken([Unspeakable()]),
    "K305-option-of-ten-million-letters": lambda: taken(["x" * 10_000_000]),
    "K305-list-within-itself": lambda: taken(listed_within_itself()),
    "K308-unit-of-a-million-digits": lambda: answered({"perempuan": {"value": 50, "unit": 10**1_000_000}}),
    "K308-unspeakable-unit": lambda: answered({"perempuan": {"value": 50, "unit": Unspeakable()}}),
    "K303-evidence-within-itself": lambda: answered(
        {"perempuan": {"value": 500, "evidence": listed_within_itself()}}
    ),
    # Mappings.
    "K301-name-of-a-million-digits": lambda: answered({10**1_000_000: 1}),
    "K301-name-of-ten-million-letters": lambda: answered({"x" * 10_000_000: 1}),
    "K301-override-in-a-name": lambda: answered({"perempuan\u202e": 50}),
    "K301-surrogate-in-a-name": lambda: answered({"\ud800": 50}),
    "K301-within-itself": lambda: answered(within_itself(1)),
    "K301-nested": lambda: answered(nested(100_000)),
    "K302-one-name-twice": lambda: answered(Twice()),
    "K524-raises": lambda: answered(Raises()),
    "K524-raises-inside": lambda: answered({"perempuan": Raises(a=1)}),
    "K524-threes": lambda: answered(Threes()),
    "K524-sheet-that-raises": lambda: Sheet(facts=Raises()),
    "K524-sheet-with-one-name-twice": lambda: Sheet(facts=Twice()),
    "K525-endless": lambda: answered(Endless()),
    "K525-endless-inside": lambda: answered({"perempuan": Endless()}),
    "K525-endless-sheet": lambda: Sheet(facts=Endless()),
    "K525-deeper-and-deeper": lambda: answered(Deeper()),
    "K525-ten-times-within-itself": lambda: answered(within_itself(10)),
    "K525-a-million-names": lambda: answered({f"x{n}": 1 for n in range(1_000_000)}),
    # Tables.
    "K002-table": table(lambda: "x" * 20_000_001),
    "K003-table-in-utf-16": table(lambda: ("id,perempuan\n" + "a" * 900_000).encode("utf-16")),
    "K004-table-ends-in-nul": table(lambda: "id,perempuan\n" + "a" * 1_900_000 + "\0"),
    "K004-table-with-a-surrogate": table(lambda: "id,perempuan\na\ud800,1\n"),
    "K004-table-with-an-override": table(lambda: "id,per\u202empuan\na,1\n"),
    "K014-table-with-an-open-quote": table(lambda: 'id,perempuan\na,"' + '""' * 900_000),
    "K130-table-with-a-formula": table(lambda: "id,perempuan\na,=1+1\n"),
    "K132-table-with-an-underscore": table(lambda: "id,perempuan\na,1_000\n"),
    "K137-table-with-nan": table(lambda: "id,perempuan\na,NaN\nb,inf\nc,-Infinity\n"),
    "K138-table-with-arabic-digits": table(lambda: "id,perempuan\na,٣٣\n"),
    "K138-table-with-fullwidth-digits": table(lambda: "id,perempuan\na,３３\n", "id"),
    "K139-table-of-digits": table(lambda: "id,perempuan\na," + "9" * 1_900_000),
    "K531-table-of-tabs": table(lambda: "\t" * 1_900_000),
    "K532-table-of-ragged-rows": table(lambda: "id,perempuan\n" + "a\n" * 90_000),
    "K533-table-with-a-cyrillic-column": table(lambda: "id,perempu\u0430n\na,1\n"),
    "K533-table-with-a-long-column": table(lambda: "x" * 1_900_000),
    "K536-table-of-one-subject": table(lambda: "id,perempuan\n" + "a,5\n" * 50_000),
    "K541-table-of-columns": table(lambda: "," * 1_900_000),
    "K542-table-of-rows": table(lambda: "id\n" + "x\n" * 100_001),
    # Stored trails.
    "K002-trail": lambda: told('"' + "x" * 20_000_000 + '"'),
    "K005-trail-of-brackets": lambda: told("[" * 1_000_000),
    "K005-trail-of-objects": lambda: told('{"a":' * 200_000),
    "K102-trail-without-a-value": stored(problems=[{"code": "K301", "values": {}}]),
    "K135-trail-divided-by-zero": stored(total={"exact": "1/0", "shown": "5"}),
    "K136-trail-with-an-exponent": stored(total={"exact": "1e1000000", "shown": "5"}),
    "K514-trail-with-nan": stored_with("total", "NaN"),
    "K137-trail-with-nan-as-text": stored(total={"exact": "NaN", "shown": "5"}),
    "K139-trail-with-a-long-number": stored_with("language_version", "9" * 5_000),
    "K139-trail-of-digits": stored(total={"exact": "9" * 1_000_000, "shown": "5"}),
    "K514-trail-of-nothing": lambda: told(""),
    "K514-trail-of-nul": lambda: told("\0"),
    "K514-trail-with-a-mark": lambda: told("\ufeff{}"),
    "K515-trail-of-a-list": lambda: told("[]"),
    "K516-trail-deep-in-a-value": stored_with("problems", "[" * 900 + "]" * 900),
    "K516-trail-with-an-infinite-number": stored_with("language_version", "1e400"),
    "K516-trail-with-a-truth-value": stored(language_version=True),
    "K516-trail-with-a-number-for-a-figure": stored(total={"exact": 5, "shown": "5"}),
    "K516-trail-with-a-list-for-a-code": stored(problems=[{"code": ["K301"]}]),
    "K517-trail-of-lists": stored_with("x", "[" + "[]," * 1_500_000 + "[]]"),
    "K517-trail-of-keys": stored(**{f"k{n}": 1 for n in range(100_000)}),
    "K520-trail-with-a-long-word": stored(status="x" * 1_900_000),
    "K526-trail-of-a-node-in-itself": stored(nodes=nodes(total=["total"])),
    "K526-trail-of-a-thousand-levels": stored(
        nodes=nodes(total=["n0"], **{f"n{n}": [f"n{n + 1}"] for n in range(1_000)})
    ),
    "K526-trail-of-a-lattice": stored(
        nodes=nodes(total=["n0", "n0"], **{f"n{n}": [f"n{n + 1}"] * 10 for n in range(30)})
    ),
}
