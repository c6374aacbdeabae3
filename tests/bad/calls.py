"""Mistakes that no text of a sensible size can hold: calls from Python, and texts that are made here."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import chdir
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pyarrow as pa

import kinerja
from kinerja import files
from kinerja.checks.selected import Selection
from kinerja.cli import app
from kinerja.cli.editions import Rules
from kinerja.cli.scoring import Given, others
from kinerja.engine.intake import take_in
from kinerja.engine.outcome import Outcome
from kinerja.errors import Diagnostic, KinerjaError, UsageError
from kinerja.explanations import explanation
from kinerja.feel import condition, formula
from kinerja.files.columns import meant, taken_in
from kinerja.files.rows import Rows
from kinerja.language.documents import read
from kinerja.language.extends import resolved
from kinerja.library import choose
from kinerja.messages import LANGUAGES, Language
from kinerja.model import Band, Bands, Number, Option, Rubric, Scale, Set, Valid
from kinerja.numbers import Rounding, exact, parse_local
from kinerja.plan import plan
from kinerja.sheets import entries
from kinerja.tables import Table, load_table, read_table, write_jsonl, writes_to
from kinerja.testing import Coverage, edges, rubrics, sheets
from kinerja.testing.against import against
from kinerja.testing.extra import needed
from kinerja.testing.vectors import to_csv, write_vectors
from kinerja.trail import Trail
from kinerja.trail.seals import sealed


def drawn(error: KinerjaError) -> str:
    """Everything that a reader is told, in both languages, as a file keeps it."""
    return "\n\n".join(f"--- {language}\n{error.render(language)}" for language in LANGUAGES) + "\n"


PLAIN = """\
kinerja: 1
id: contoh
combine: mean
indicators: {rapat: {levels: {ya: 1, tidak: 0}}}
"""
SMALL = """\
kinerja: 1
id: contoh
combine: mean
indicators:
  perempuan: {measure: {in: "[0..100]"}, bands: {1: {when: ">= 40"}, 0: {when: "< 40"}}}
readings:
  empat-puluh:
    settles: gap
    problem: "Tepat 40% tidak disebut."
    taken: "Tepat 40% bernilai 1."
    because: "kalimatnya menyebut ke atas"
    alternatives:
      nol: {change: {indicators: {perempuan: {bands: {1: {when: "> 40"}, 0: {when: "<= 40"}}}}}}
  lima-puluh:
    settles: text
    problem: "Sumber lain menyebut 50%."
    taken: "Batasnya 40%."
    because: "formulir lebih baru"
    alternatives:
      lima: {change: {indicators: {perempuan: {bands: {1: {when: ">= 50"}, 0: {when: "< 50"}}}}}}
"""


def small() -> Rubric:
    """A sound rubric with two readings."""
    return kinerja.loads(SMALL, name="contoh.yaml")


def evaluator(**readings: str) -> kinerja.Evaluator:
    """The sound rubric under some readings."""
    return kinerja.Evaluator(small(), readings={k.replace("_", "-"): v for k, v in readings.items()})


def trail(**changes: Any) -> Mapping[str, Any]:
    """The data of a sound trail, changed."""
    return {**evaluator().evaluate({"perempuan": 50}).trail.to_data(), **changes}


def verified(by: Rubric | None = None, *, stated: object = 50, **changes: Any) -> None:
    """What is found in a trail that was changed after it was written, or is held against another rubric."""
    written = attrs.evolve(evaluator().evaluate({"perempuan": stated}).trail, library="kinerja")
    kept = attrs.evolve(written, seal=sealed(written))
    raise kinerja.KinerjaError(kinerja.verify(attrs.evolve(kept, **changes), by))


def checked(rubric: Rubric) -> None:
    """What is wrong with a rubric built in Python: the same sentences, with a path for a place."""
    raise kinerja.RubricError(kinerja.check(rubric))


def taken(value: object) -> None:
    """The problems of an answer to a set of options, which no condition of this version asks for."""
    options = {"nol": Option(title="Foto 0%"), "setengah": Option(title="Foto 50%")}
    outcome = Outcome(plan(attrs.evolve(small(), facts={"dokumen": Set(options=options)})), None)
    take_in(entries({"dokumen": value}), outcome)
    raise kinerja.SheetError(outcome.problems)


def with_a_set() -> kinerja.Evaluator:
    """The sound rubric with a set of options beside its number."""
    options = {"nol": Option(title="Foto 0%"), "setengah": Option(title="Foto 50%")}
    return kinerja.Evaluator(attrs.evolve(small(), facts={"dokumen": Set(options=options)}))


def table(text: str, locale: Language | None = None) -> Table:
    """A table of sheets of the sound rubric."""
    return read_table(text, name="t.csv", evaluator=with_a_set(), locale=locale)


def scored(text: str, locale: Language | None = None) -> None:
    """What is wrong with the result of the first row of a table, each with its cell."""
    row = next(iter(table(text, locale)))
    raise kinerja.SheetError(row.problems(with_a_set().evaluate(row.sheet)))


def changed(text: str) -> None:
    """What was read differently from how it is written."""
    raise kinerja.SheetError(table(text, "id").changes())


def over_itself() -> None:
    """Results that would replace the sheets that they are of; said without the folder, which differs."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("lembar.csv").touch()
        writes_to(Path("lembar.csv"), inputs=[Path("lembar.csv")])


def bands(**changes: Any) -> Rubric:
    """A rubric built in Python whose bands leave a gap."""
    node = Bands(measure=Number(within="[0..100]"), bands={"1": Band(when=">= 40"), "0": Band(when="< 30")})
    return Rubric(**{"id": "contoh", "combine": "mean", "indicators": {"perempuan": node}, **changes})


#: Two editions of the sound rubric, one after the other.
EDITIONS = tuple(
    attrs.evolve(small(), edition=edition, valid=valid)
    for edition, valid in (
        ("2017", Valid(until=dt.date(2018, 1, 1))),
        ("2018", Valid(since=dt.date(2018, 1, 1))),
    )
)


def twice_the_same_edition() -> None:
    """Two files of one folder that say to be the same edition."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name in ("contoh.yaml", "contoh@2018.yaml"):
            Path(name).write_text(SMALL + 'edition: "2017"\n', encoding="utf-8")
        kinerja.load(Path("contoh.yaml"), on=dt.date(2017, 5, 31))


def told(name: str, **texts: str) -> None:
    """What `check` finds in one of the files of a folder; said without the folder, which differs."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for edition, text in texts.items():
            Path(f"contoh@{edition[1:]}.yaml").write_text(
                f'{PLAIN}edition: "{edition[1:]}"\n{text}\n', encoding="utf-8"
            )
        raise kinerja.RubricError(kinerja.check(Path(name)))


def rows_of_two_editions() -> None:
    """A table whose rows are scored by different rules."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("t.csv").write_text("id,date\na,2017-05-31\nb,2018-05-31\n", encoding="utf-8")
        Rules(EDITIONS, {}).of_table(Path("t.csv"), None)


def files_of_two_editions() -> None:
    """Sheets for one table of results whose columns would be different ones."""
    ready = [kinerja.Evaluator(rubric) for rubric in EDITIONS]
    raise kinerja.SheetError(others([Given(Path(f"{each.rubric.edition}.csv"), each) for each in ready]))


def filed(
    *rows: dict[str, Any],
    text: str = "",
    output: str = "hasil.parquet",
    engine: Any = "polars",
    name: str = "",
    spoil: int = 0,
) -> None:
    """A file of rows, or of a text, scored by columns; some of its last bytes may be lost on the way."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        path = Path(name or ("data.csv" if text else "data.parquet"))
        if text:
            path.write_text(text, encoding="utf-8")
        else:
            pl.DataFrame([*rows]).write_parquet(path)
            path.write_bytes(path.read_bytes()[: -spoil or None])
        files.score(path, output, evaluator=evaluator(), engine=engine)


def filed_several(*names: str) -> None:
    """Files with other columns, or of another ending, that are to become one."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for count, name in enumerate(names):
            frame = pl.DataFrame({"perempuan": [40.0], **({"desa": ["a"]} if count else {})})
            frame.write_csv(name) if name.endswith(".csv") else frame.write_parquet(name)
        files.score(names, "hasil.parquet", evaluator=evaluator())


def filed_over_a_folder() -> None:
    """The folder of an earlier run of Spark."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        pl.DataFrame({"perempuan": [40.0]}).write_parquet("data.parquet")
        Path("hasil.parquet").mkdir()
        files.score("data.parquet", "hasil.parquet", evaluator=evaluator(), engine="spark")


def damaged() -> None:
    """A Parquet file whose beginning and end are whole, and what stands between is not."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        pl.DataFrame({"perempuan": [float(n) for n in range(100)]}).write_parquet("data.parquet")
        raw = Path("data.parquet").read_bytes()
        Path("data.parquet").write_bytes(raw[:30] + bytes(100) + raw[130:])
        files.score("data.parquet", "hasil.parquet", evaluator=evaluator())


def described_at_length() -> None:
    """A file that says of itself that the description of its columns takes a hundred megabytes."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        with Path("data.parquet").open("wb") as file:
            file.write(b"PAR1")
            file.seek(100_000_012)
            file.write((100_000_000).to_bytes(4, "little") + b"PAR1")
        files.score("data.parquet", "hasil.parquet", evaluator=evaluator())


def not_installed() -> None:
    """An engine whose library is not there."""
    before = sys.modules.get("duckdb")
    sys.modules["duckdb"] = None  # type: ignore[assignment]
    try:
        filed({"perempuan": 40.0}, engine="duckdb")
    finally:
        if before is None:
            del sys.modules["duckdb"]
        else:
            sys.modules["duckdb"] = before


def with_many_digits() -> None:
    """A number with more digits than a float has; it is scored, and that its cell is empty is said."""
    texts = '["40,00000000000000000001"]'
    found = Rows(evaluator(), meant(["perempuan"], evaluator().plan), locale="id")
    raise kinerja.SheetError(found.beyond(found.written(texts)[1]))


def between_the_steps() -> None:
    """A stated total that columns have no whole number for."""
    found = Rows(evaluator(), ())
    found.scale = Fraction(1, 3)  # type: ignore[assignment]
    problems = found.cells(evaluator().evaluate({"perempuan": 50}))["problems"]
    assert problems.startswith("K642")
    values = {"total": "1", "scale": 2}
    raise kinerja.SheetError([Diagnostic("K642", (), values)])


def too_long_a_table() -> None:
    """A table of which one sheet after the other would be scored."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("data.csv").write_text("perempuan\n" + "40\n" * 7_000_000, encoding="utf-8")
        load_table("data.csv", evaluator=evaluator())


def stopped() -> None:
    """A run that somebody ended."""
    raise UsageError([Diagnostic("K640", (), {"name": "hasil.parquet"})])


def changed_meanwhile() -> None:
    """A table that is saved anew as soon as a part of it was read."""

    class Saving(files.Watch):
        def went_on(self, *, rows: int = 0, part: float = 0.0) -> None:
            Path("data.csv").write_text("perempuan\n41\n", encoding="utf-8")
            super().went_on(rows=rows, part=part)

    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("data.csv").write_text("perempuan\n40\n40\n", encoding="utf-8")
        files.score("data.csv", "hasil.parquet", evaluator=evaluator(), watch=Saving())


def engine_stopped() -> None:
    """An engine that cannot go on, and does not say at which file."""
    problem = "Job aborted due to stage failure: Task 1 in stage 15.0 failed 1 times"
    raise UsageError([Diagnostic("K651", (), {"engine": "spark", "problem": problem})])


#: Each name begins with the code that the call must raise.
CALLS: dict[str, Callable[[], object]] = {
    "K002-over-two-megabytes": lambda: read("# " + "x" * 2_000_000, name="besar.yaml"),
    "K003-utf-16": lambda: read(SMALL.encode("utf-16"), name="dari-notepad.yaml"),
    "K003-latin-1": lambda: read('judul: "Penilaian – Café"\n'.encode("cp1252"), name="lama.yaml"),
    "K004-nul": lambda: read("kinerja: 1\nid: con\0toh\n", name="nul.yaml"),
    "K004-lone-surrogate": lambda: read('title: "\ud800"\n', name="setengah.yaml"),
    "K102-built-without-a-measure": lambda: checked(
        bands(indicators={"perempuan": Bands(bands={"1": Band(when="> 1")})})
    ),
    "K118-three-ends": lambda: Scale(low=(0, 1, 2), to=(0, 100)),
    "K136-exponent-in-a-cell": lambda: formula("1e3 * 2"),
    "K137-nan": lambda: exact(float("nan")),
    "K139-power-too-long": lambda: formula("(10 ** 900) ** 900").evaluate(lambda _: Fraction(0)),
    "K139-integer-too-long": lambda: exact(10**20_000),
    "K140-rounding-to-a-negative-step": lambda: Rounding(Fraction(-1), mode="half-up"),
    "K143-truth-value": lambda: exact(value=True),
    "K144-way-of-rounding": lambda: Rounding(Fraction(1), mode="half_up"),  # type: ignore[arg-type]
    "K145-text-for-a-number": lambda: exact("12,5"),
    "K146-another-type": lambda: exact([12]),
    "K147-exponent": lambda: formula("2 ** 1001").evaluate(lambda _: Fraction(0)),
    "K137-decimal-infinity": lambda: exact(Decimal("-Infinity")),
    "K148-separators-of-another-locale": lambda: parse_local("1,250.5", locale="id"),
    "K149-not-a-number-in-a-table": lambda: parse_local("Rp1.250", locale="id"),
    "K177-several-values": lambda: formula("2 * children.score").evaluate(
        lambda _: (Fraction(1), Fraction(2))
    ),
    "K178-division": lambda: formula("1 / (a - a)").evaluate(lambda _: Fraction(1)),
    "K179-logarithm": lambda: formula("log(a)").evaluate(lambda _: Fraction(0)),
    "K166-condition-asked-for-numbers": lambda: condition("kumuh").numbers(),
    "K121-chain-of-rubrics": lambda: resolved(
        read("kinerja: 1\nid: r0\nextends: r1\n", name="r0.yaml"),
        lambda wanted, _: [
            read(f"kinerja: 1\nid: {wanted}\nextends: r{int(wanted[1:]) + 1}\n", name=f"{wanted}.yaml")
        ],
    ),
    "K182-weight-of-the-whole": lambda: checked(bands(weight="5%", applies={"perempuan": "> 1"})),
    "K203-built-with-a-gap": lambda: checked(bands()),
    "K305-no-such-option-in-a-list": lambda: taken(["nol", "seratus"]),
    "K307-one-option-for-a-list": lambda: taken("nol"),
    "K501-no-such-rubric": lambda: kinerja.load("pk-bkn"),
    "K502-name-too-long": lambda: kinerja.load(Path("x" * 5_000)),
    "K504-sheet-of-another-rubric": lambda: evaluator().evaluate(kinerja.Sheet(facts={}, rubric="pk-bkm")),
    "K505-no-such-reading": lambda: evaluator(empat_pulu="nol"),
    "K506-no-such-alternative": lambda: evaluator(empat_puluh="satu"),
    "K507-readings-that-contradict": lambda: evaluator(empat_puluh="nol", lima_puluh="lima"),
    "K508-no-such-node": lambda: evaluator().evaluate({"perempuan": 50})["perampuan"],
    "K509-not-complete": lambda: evaluator().evaluate({}).complete(),
    "K510-facts-that-are-no-mapping": lambda: evaluator().evaluate([("perempuan", 50)]),  # type: ignore[arg-type]
    "K511-no-such-edition": lambda: kinerja.load("pk-bkm@2016"),
    "K315-not-in-force": lambda: kinerja.load("pk-bkm", on=dt.date(2016, 1, 1)),
    "K531-empty-table": lambda: table(""),
    "K531-only-a-header": lambda: table("id;perempuan\n;\n"),
    "K003-latin-1-table": lambda: read_table(
        "id\nCafé\n".encode("cp1252"), name="t.csv", evaluator=evaluator()
    ),
    "K004-nul-in-a-table": lambda: table("id,perempuan\na,4\0\n"),
    "K014-quote-left-open-in-a-table": lambda: table('id,note\na,"x\nb,y\n'),
    "K029-text-behind-a-quote-in-a-table": lambda: table('id,note\na,"RT 01" lama\n'),
    "K114-day-of-a-spreadsheet": lambda: table("id,date\na,2017-05-31\nb,31/05/2017\n"),
    "K131-decimal-comma-in-a-table": lambda: scored("id;perempuan\na;40,5\n"),
    "K148-point-in-an-indonesian-table": lambda: scored("id;perempuan\na;40.5\n", "id"),
    "K532-ragged-rows": lambda: table("id,note\na,RT 01, lama\nb,RT 02\nc\n"),
    "K533-misspelt-columns": lambda: table("id,perampuan,desa\na,1,2\n"),
    "K534-column-twice": lambda: table("id,perempuan,subject.id\na,1,b\n"),
    "K535-numbers-of-a-locale": lambda: changed("id;perempuan\na;40,5\nb;40\nc;1.250\n"),
    "K536-subject-twice": lambda: table("id,period\na,2017\nb,2017\na,2017\n"),
    "K537-thousand-or-one": lambda: scored("id,perempuan\na,1.250\n"),
    "K538-set-without-all-its-columns": lambda: table("id,dokumen.nol\na,true\n"),
    "K539-option-left-empty": lambda: taken(
        next(iter(table("id,dokumen.nol,dokumen.setengah\na,true,\n"))).sheet.facts["dokumen"]
    ),
    "K540-cell-without-a-column": lambda: table("id,,\na,,\nb,,x\n"),
    "K541-too-many-columns": lambda: table(",".join(f"k{n}" for n in range(100_000))),
    "K542-too-many-rows": lambda: table("id\n" + "x\n" * 100_001),
    "K543-ragged-by-the-thousand": lambda: table("id\n" + "a,b\n" * 5_000),
    "K544-results-in-no-folder": lambda: write_jsonl(Path("tiada") / "hasil.jsonl", []),
    "K545-results-as-a-workbook": lambda: writes_to(Path("hasil.xlsx")),
    "K546-results-over-a-sheet": over_itself,
    "K547-undecided-edition": lambda: choose(EDITIONS),
    "K548-between-editions": lambda: choose(
        [EDITIONS[1], attrs.evolve(EDITIONS[0], valid=Valid(until=dt.date(2017, 7, 1)))],
        on=dt.date(2017, 10, 31),
    ),
    "K549-editions-that-overlap": lambda: choose(
        [attrs.evolve(EDITIONS[0], valid=Valid()), EDITIONS[1]], on=dt.date(2018, 5, 31)
    ),
    "K550-edition-twice": twice_the_same_edition,
    "K238-editions-that-overlap": lambda: told(
        "contoh@2018.yaml",
        _2017="valid: {until: 2018-07-01}",
        _2018="valid: {from: 2018-01-01}",
    ),
    "K238-days-without-an-edition": lambda: told(
        "contoh@2017.yaml",
        _2017="valid: {until: 2018-01-01}",
        _2018="valid: {from: 2018-07-01}",
    ),
    "K239-supersedes-what-is-not-there": lambda: told(
        "contoh@2018.yaml",
        _2018='supersedes: {rubric: contoh, edition: "2017"}',
    ),
    "K551-rows-of-two-editions": rows_of_two_editions,
    "K552-files-of-two-editions": files_of_two_editions,
    "K553-codes-that-no-check-has": lambda: Selection(ignore=["K21,k213,", "K9", "K101"]),
    "K554-code-that-is-none": lambda: explanation("k203"),
    "K554-code-of-nothing": lambda: explanation("K999"),
    "K555-nothing-to-check": lambda: _app("check"),
    "K556-form-of-a-file": lambda: _app(
        "score", "pk-bkm", "data.parquet", "-o", "hasil.parquet", "--format", "json", "--locale", "id"
    ),
    "K512-reading-without-alternative": lambda: _app("score", "pk-bkm", "lembar.yaml", "--read", "D3"),
    "K522-figure-of-another-spelling": lambda: Trail.from_data(
        trail(total={"exact": "100/2", "shown": "50"})
    ),
    "K560-without-hypothesis": lambda: _without("hypothesis"),
    "K561-fixed-name": lambda: sheets(small(), configuration={"peremppuan": 40}),
    "K562-fixed-value": lambda: sheets(small(), configuration={"perempuan": 140}),
    "K562-fixed-at-nothing": lambda: sheets(small(), configuration={"perempuan": None}),
    "K563-no-configuration": lambda: sheets(small(), configuration=False),
    "K564-no-level": lambda: rubrics(max_depth=0),
    "K570-vectors-of-another-ending": lambda: write_vectors(Path("vektor.xlsx"), (), rubric=PK_BKM),
    "K570-vectors-that-nothing-reads": lambda: against("vektor.txt", rubric=PK_BKM),
    "K571-figure-that-differs": lambda: compared("kumuh,40,perempuan,2"),
    "K572-nothing-expected": lambda: compared("kumuh", header="lokasi"),
    "K573-no-such-result": lambda: compared("kumuh,2,2", header="lokasi,expect:of.skor,expect:total"),
    "K573-no-such-result-in-json": lambda: compared_json(vectors=[vector(expect={"totl": "2"})]),
    "K574-another-format": lambda: compared_json(**{"kinerja-vectors": 2}),
    "K574-no-vectors": lambda: compared_json(vectors=[]),
    "K574-not-a-mapping": lambda: compared_json(vectors=["perempuan"]),
    "K574-list-for-text": lambda: compared_json(vectors=[vector(expect={"total": [2]})]),
    "K574-name-that-is-no-text": lambda: compared_json(vectors=[vector(id=[])]),
    "K575-vectors-of-another-rubric": lambda: compared_json(rubric={"id": "makassar-rt-rw"}),
    "K576-coverage-of-another-rubric": lambda: Coverage(PK_BKM).merge(Coverage(loaded(SMALL))),
    "K577-fraction-in-a-locale": lambda: to_csv(edges(loaded(THIRDS)), rubric=loaded(THIRDS), locale="id"),
    "K578-no-such-node": lambda: compared("kumuh,40,permpuan,2"),
    "K578-no-such-node-in-json": lambda: compared_json(vectors=[vector(of="permpuan")]),
    "K514-vectors-that-are-no-json": lambda: compared_file("vektor.json", "{"),
    "K590-one-sheet-for-many": lambda: evaluator().evaluate_many({"perempuan": 42}),  # type: ignore[arg-type]
    "K590-a-number-of-sheets": lambda: evaluator().totals(5),  # type: ignore[arg-type]
    "K591-an-assessment-pickled": lambda: pickle.dumps(evaluator().evaluate({})),
    "K601-altered-status": lambda: verified(small(), status="incomplete"),
    "K602-another-rubric": lambda: verified(bands()),
    "K603-altered-period": lambda: verified(small(), period="2018"),
    "K604-complex-number": lambda: verified(small(), stated=1j),
    "K605-no-check-digits": lambda: verified(small(), seal=None),
    "K606-rubric-of-somebody-else": verified,
    "K609-no-such-row": lambda: framed({"perempuan": [40.0]}, explain=7),
    "K609-two-rows-of-one-id": lambda: framed(
        {"perempuan": [40.0, 41.0], "desa": ["a", "a"]}, explain="a", column="desa"
    ),
    "K609-place-in-a-lazy-frame": lambda: framed({"perempuan": [40.0]}, explain=0, lazy=True),
    "K610-a-dict-for-a-frame": lambda: evaluator().evaluate_frame({"perempuan": [40.0]}),
    "K610-a-series-for-a-frame": lambda: evaluator().evaluate_frame(pl.Series([1.0])),
    "K611-columns-that-are-not-there": lambda: framed({"perempuan": ["40"]}, PK_BKM, id="desa"),
    "K611-column-of-ids": lambda: framed({"perempuan": [40.0]}, explain="a", column="desa"),
    "K612-text-for-numbers": lambda: framed({"perempuan": ["40"]}),
    "K613-columns-in-the-way": lambda: framed({"perempuan": [40.0], "status": ["baru"], "problems": [""]}),
    "K614-figure-and-its-parts": lambda: framed({"turun": [1.0], "awal": [3], "kini": [1]}, loaded(PARTS)),
    "K615-exponent": lambda: framed({"a": [1]}, computing("2 ** a", WHOLE)),
    "K616-too-large": lambda: framed({"a": [1]}, computing("a * a", ', in: "[0..10000000000]"'), lazy=True),
    "K617-no-step": lambda: framed({"a": [1.0]}, computing("a * 2", ', in: "[0..9]"')),
    "K618-no-ends": lambda: framed({"a": [1]}, computing("a * 2", ", step: 1")),
    "K618-too-many-digits": lambda: framed({"a": [1.0]}, computing("a * 2", ', in: ">= 0", step: 0.01')),
    "K619-no-such-trail": lambda: evaluator().evaluate_frame(
        pl.DataFrame({"perempuan": [40.0]}), trail="all"
    ),  # type: ignore[arg-type]
    "K622-two-columns-of-one-name": lambda: evaluator().evaluate_frame(
        pa.table([[40.0], [41.0]], names=["perempuan", "perempuan"])
    ),
    "K523-id-instead-of-a-rubric": lambda: kinerja.Evaluator("pk-bkm"),  # type: ignore[arg-type]
    "K514-not-json": lambda: Trail.from_json('{"format": '),
    "K515-another-format": lambda: Trail.from_data(trail(format="kinerja-trail: 9")),
    "K516-number-for-text": lambda: Trail.from_data(trail(period=2017)),
    "K517-unknown-key": lambda: Trail.from_data(trail(totl=None)),
    "K518-no-such-file": lambda: kinerja.load(Path("tidak-ada.yaml")),
    "K519-folder": lambda: kinerja.load_sheet(Path("/")),
    "K520-unknown-status": lambda: Trail.from_data(trail(status="done")),
    "K521-node-that-is-gone": lambda: Trail.from_data(trail(nodes={})),
    "K620-logarithm-in-a-lazy-frame": lambda: framed({"a": [1]}, computing("log(a)", WHOLE), lazy=True),
    "K621-root-that-is-not-rounded": lambda: framed({"a": [1]}, loaded(ROOTED)),
    "K623-figure-of-parts-without-answers": lambda: framed({"b": [1, None]}, loaded(USUAL), lazy=True),
    "K624-unit-beyond-floats": lambda: framed({f"p{at}": ["ya"] for at in range(110)}, loaded(TINY)),
    "K625-figures-of-figures": lambda: framed({"f61": [1]}, loaded(CHAINED)),
    "K630-engine-that-is-not-installed": not_installed,
    "K631-parquet-cut-off": lambda: filed({"perempuan": 40.0}, spoil=9),
    "K632-nested-fact": lambda: filed({"perempuan": {"awal": 1.0}}),
    "K632-list-in-a-csv": lambda: filed({"perempuan": 40.0, "tahun": [1, 2]}, output="hasil.csv"),
    "K633-csv-by-duckdb": lambda: filed(text="perempuan\n40\n", engine="duckdb"),
    "K634-other-columns": lambda: filed_several("a.parquet", "b.parquet"),
    "K635-workbook-by-columns": lambda: filed({"perempuan": 40.0}, output="hasil.xlsx"),
    "K636-table-and-parquet": lambda: filed_several("a.parquet", "b.csv"),
    "K637-quote-that-nobody-closes": lambda: filed(text='desa,perempuan\n"a,40\n' + "b,40\n" * 30_000),
    "K638-more-digits-than-a-float": with_many_digits,
    "K639-folder-that-is-there": filed_over_a_folder,
    "K640-stopped": stopped,
    "K641-score-stated-for-duckdb": lambda: taken_in(Path("data.parquet"), ["perempuan.score"], "duckdb"),
    "K642-total-between-the-steps": between_the_steps,
    "K643-table-too-long": too_long_a_table,
    "K645-columns-without-a-file": lambda: _app("score", "pk-bkm", "data.parquet"),
    "K647-parquet-damaged": damaged,
    "K648-description-of-columns": described_at_length,
    "K649-no-such-engine": lambda: filed({"perempuan": 40.0}, engine="pandas"),
    "K650-file-that-spark-passes-over": lambda: filed(
        {"perempuan": 40.0}, name="_data.parquet", engine="spark"
    ),
    "K651-engine-that-names-no-file": engine_stopped,
    "K652-table-saved-meanwhile": changed_meanwhile,
}


PK_BKM = kinerja.load("pk-bkm")
THIRDS = PLAIN.replace(
    "{levels: {ya: 1, tidak: 0}}",
    '{measure: {in: "[0..9]"}, bands: {1: {when: "> 1/3"}, 0: {when: "<= 1/3"}}}',
)


PARTS = """\
kinerja: 1
id: contoh
combine: mean
facts: {awal: {in: "> 0"}, kini: {in: ">= 0"}}
indicators: {turun: {measure: {from: "awal - kini"}, bands: {1: {when: "> 0"}, 0: {when: "<= 0"}}}}
"""
COMPUTED = """\
kinerja: 1
id: contoh
combine: sum
facts: {{a: {{kind: number{more}}}}}
indicators: {{luas: {{formula: "{formula}", round: {{to: 1, mode: half-up}}}}}}
"""


#: What is said of a whole number.
WHOLE = ', in: "[0..9]", step: 1'

USUAL = """\
kinerja: 1
id: contoh
combine: sum
facts: {a: {in: "[0..9]", step: 1, missing: 2}, b: {from: "a + 1"}}
indicators: {p: {bands: {1: {when: {b: "> 2"}}, 0: {when: {b: "<= 2"}}}}}
"""
ROOTED = """\
kinerja: 1
id: contoh
combine: sum
round: {to: 1, mode: half-up}
facts: {a: {in: "[0..9]", step: 1}}
indicators: {luas: {formula: "sqrt(a)"}}
"""

#: A product of so many thousandths that its unit is less than the least float.
TINY = "kinerja: 1\nid: contoh\ncombine: product\nindicators:\n" + "".join(
    f"  p{at}: {{levels: {{ya: 0.001}}}}\n" for at in range(110)
)

CHAINED = (
    "kinerja: 1\nid: contoh\ncombine: sum\nfacts:\n"
    + "".join(f"  f{at}: {{from: f{at + 1} + 1}}\n" for at in range(61))
    + "  f61: {in: '[0..1]', step: 1}\nindicators: {a: {formula: f0}}\n"
)

TWICE = {"perempuan": [40.0, 41.0], "desa": ["a", "a"]}


def computing(formula: str, more: str) -> Rubric:
    """A rubric that computes with one number, of which more is said."""
    return loaded(COMPUTED.format(formula=formula, more=more))


def framed(
    columns: dict[str, Any],
    rubric: Rubric | None = None,
    *,
    explain: Any = None,
    lazy: bool = False,
    **named: Any,
) -> object:
    """A frame evaluated, or one row of it explained."""
    frame = pl.DataFrame(columns).lazy() if lazy else pl.DataFrame(columns)
    by = evaluator() if rubric is None else kinerja.Evaluator(rubric)
    return by.evaluate_frame(frame, **named) if explain is None else by.explain_row(frame, explain, **named)


def loaded(text: str) -> Rubric:
    """A rubric from its text."""
    return kinerja.loads(text, name="contoh.yaml")


def compared_file(name: str, text: str) -> None:
    """A file of vectors checked against pk-bkm; what differs is raised."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path(name).write_text(text, encoding="utf-8")
        against(name, rubric=PK_BKM).findings.raise_if_errors()


def compared(row: str, *, header: str = "lokasi,perempuan,expect:of,expect:of.score") -> None:
    """A table of one row checked against pk-bkm."""
    compared_file("vektor.csv", f"{header}\n{row}\n")


def vector(**other: Any) -> dict[str, Any]:
    """One vector as a file has it, with some of it replaced."""
    return {"id": "v1", "of": "perempuan", "facts": {"perempuan": 40}, "expect": {"of.score": "1"}, **other}


def compared_json(**other: Any) -> None:
    """A file of one vector, with some of it replaced."""
    data = {"kinerja-vectors": 1, "rubric": {"id": "pk-bkm"}, "vectors": [vector()], **other}
    compared_file("vektor.json", json.dumps(data))


def _without(library: str) -> None:
    with needed(library):
        raise ModuleNotFoundError(name=library)


def _app(*arguments: str) -> object:
    return app(list(arguments), exit_on_error=False, print_error=False, result_action="return_value")
