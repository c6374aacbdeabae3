"""Mutants: every small change of a rubric is tried, and what no example notices is told with one that would."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kinerja
from kinerja import lattices, testing
from kinerja.checks import scores as checked
from kinerja.engine.interpreter import evaluate
from kinerja.language.documents import Document, plant, read
from kinerja.language.patches import merged
from kinerja.language.readings import document_of
from kinerja.language.structure import structure
from kinerja.messages import Language
from kinerja.model import Band, Bands, Number, Rubric
from kinerja.reports.mutants import as_text
from kinerja.sheets import entries
from kinerja.testing import rubrics
from kinerja.testing.mutation import Mutants, mutants, telling
from kinerja.testing.mutation.plans import ground_of
from kinerja.testing.mutation.scope import result
from tests.strategies.sheets import sheets


def rubric_of(text: str) -> Rubric:
    """A rubric as it was written, whether or not it could be loaded."""
    return structure(read(f"kinerja: 1\nid: uji\n{text}", name="uji.yaml"))


@cache
def tried(name: str) -> Mutants:
    """The mutants of one of the rubrics below."""
    return mutants(rubric_of(RUBRICS[name]))


def pasted(found: Mutants) -> Rubric:
    """The rubric with the example of every survivor put into it."""
    document = document_of(found.rubric)
    root = document.root
    for each in found.survived:
        assert each.survivor is not None
        root = merged(root, plant(each.survivor.example))
    return structure(Document(root, document.source))


BOUNDS = """
combine: weighted-sum
scale: {from: [0, 2], to: [0, 100]}
round: {to: 1, mode: half-up}
grades:
  kurang: {when: "< 60", awards: {insentif: {from: 0, to: 100, currency: IDR}, piagam: {text: tidak ada}}}
  baik: {when: ">= 60", awards: {insentif: {amount: 250000, currency: IDR}}}
indicators:
  a:
    weight: 39.5%
    measure: {in: "[0..100]"}
    bands: {2: {when: "> 40"}, 1: {when: "[30..40]"}, 0: {when: "< 30"}}
  b: {weight: 60.5%, levels: {ada: 2, tidak: 0}}
"""

GATES = """
facts:
  jenis: {options: {lama: "", baru: "", lain: ""}, missing: baru}
  sah: {kind: yes-no, missing: true}
  tahun: {in: "[0..9]", missing: 3}
combine: mean
cap: "[0..8]"
round: {to: 0.5, mode: floor}
requires:
  cukup_umur: {when: {tahun: ">= 2"}, text: "terlalu muda"}
  resmi: {when: {sah: "true"}, grade: tolak}
  genap: {when: {tahun: "> 4"}, grade: rendah}
grades:
  tolak: {when: "< 1"}
  rendah: {when: "[1..5)"}
  tinggi: {when: ">= 5"}
indicators:
  a: {levels: {sedikit: 1, banyak: 9}, may-not-apply: true}
  b: {direct: {in: "[0..9]", step: 3}, missing: exclude}
  c: {applies: {jenis: "lama, baru"}, ladder: {satu: 3, dua: {score: 6, all: {x: "", y: ""}}}, otherwise: 0}
"""

CASES = """
facts: {skema: {options: {p: "", q: ""}}}
combine: weighted-mean
indicators:
  a:
    weight: [{when: {skema: p}, is: 70%}, {when: {skema: q}, is: 60%}]
    levels: {ya: [{when: {skema: p}, is: 2}, {when: {skema: q}, is: 4}], tidak: 0}
  b:
    weight: [{when: {skema: p}, is: 30%}, {when: {skema: q}, is: 40%}]
    measure: {in: "[0..10]", step: 1}
    bands: {angka: {when: "> 0", score: "value / 2"}, kosong: {when: "0", score: none, because: "tidak ada"}}
"""

EITHER = """
facts: {lokasi: {options: {kota: "", desa: "", laut: ""}}}
combine: weighted-sum
indicators:
  kota: {weight: 20, applies: {lokasi: kota}, levels: {ya: 1, tidak: 0}}
  desa: {weight: 20, applies: {lokasi: not(kota)}, levels: {ya: 1, tidak: 0}}
  semua: {weight: 75, levels: {ya: 1, tidak: 0}}
  sisa: {weight: 5, levels: {ya: 1, tidak: 0}}
  tambahan: {weight: 0, applies: {lokasi: laut}, levels: {ya: 1, tidak: 0}}
"""

DERIVED = """
combine: sum
indicators:
  a:
    facts:
      awal: {in: "> 0", round: {to: 1, mode: half-up}}
      kini: {in: ">= 0"}
    measure: {in: "<= 100", from: "100 * (awal - kini) / awal", round: {to: 1, mode: floor}}
    bands: {1: {when: "> 50"}, 0: {when: "<= 50"}}
"""

READING_EACH_OTHER = """
combine: max
facts: {x: {kind: yes-no}}
indicators:
  a: {measure: {in: "[0..2]", step: 1}, bands: {1: {when: "> 0"}, 0: {when: "0"}}}
  b: {formula: "2 * a.score", applies: {x: "true"}}
aside:
  c:
    grades: {satu: {when: {a.score: "1", x: "true"}}, lain: {when: [{a.score: "0"}, {x: "false"}]}}
"""

DENSE = """
combine: mean
grades: {rendah: {when: "< 5"}, tinggi: {when: ">= 5"}, mustahil: {when: "> 20"}}
round: {to: 0.1, mode: half-even}
indicators:
  a: {direct: {in: "[0..10]"}}
  b: {direct: {in: "[0..10]"}}
"""

BESIDE = """
combine: sum
facts:
  x: {in: "[0..4]", step: 1}
  y: {kind: yes-no}
grades:
  satu: {when: {x: "< 2"}}
  dua: {when: {x: ">= 2", total.score: ">= 0"}}
indicators:
  a: {bands: {1: {when: {x: "> 2"}}, 0: {when: {x: "<= 2"}}}}
  b: {levels: {"true": 1, "false": 0}}
aside:
  c:
    applies: {y: "true"}
    combine: mean
    indicators: {d: {levels: {ya: 1, tidak: 0}}}
"""

READING = """
combine: weighted-sum
indicators:
  a: {weight: 40%, levels: {ya: 1, tidak: 0}}
  b: {weight: 60%, applies: {a.score: "1"}, levels: {ya: 1, tidak: 0}}
  c: {weight: 0%, levels: {ya: 1, tidak: 0}}
"""

LONG = """
combine: sum
indicators:
  a:
    otherwise: 0
    ladder: {s1: 1, s2: 2, s3: 3, s4: 4, s5: 5, s6: 6, s7: 7, s8: 8, s9: 9}
  b: {measure: {in: "[0..1]", step: 1}, bands: {x: {when: "0", score: "value"}, y: {when: "1", score: "2 * value"}}}
  c: {measure: {in: ">= 0", step: 1}, bands: {x: {when: "< 2", score: "value"}, y: {when: ">= 2", score: "2 * value"}}}
  d: {measure: {in: "[0..1]"}, bands: {x: {when: "< 1", score: "value"}, y: {when: "1", score: "2 * value"}}}
  e: {ladder: {satu: 2, dua: 2, tiga: 3}}
"""

GRADED = """
grades: {baik: {when: {a.grade: tinggi}}, kurang: {when: {a.grade: not(tinggi)}}}
indicators:
  a:
    measure: {in: "[0..9]", step: 1}
    bands: {2: {when: "> 4"}, 1: {when: "<= 4"}}
    grades: {rendah: {when: "< 2"}, tinggi: {when: ">= 2"}}
  b: {grades: {satu: {when: {a: "> 8"}}, dua: {when: {a: "<= 8"}}}}
"""

UNSCORED = """
grades: {baik: {when: {a: "> 4"}}, kurang: {when: {a: "<= 4"}}}
facts: {a: {in: "[0..9]", step: 1}}
indicators:
  b: {grades: {satu: {when: {a: "> 8"}}, dua: {when: {a: "<= 8"}}}}
"""

WITHOUT_EFFECT = """
combine: sum
facts: {y: {kind: yes-no}}
indicators:
  a: {levels: {ya: 1, tidak: 0}}
  g: {combine: sum, applies: {y: "true"}, indicators: {d: {levels: {ya: 0}}}}
  h:
    combine: sum
    cap: "<= 8"
    requires: {kecil: {when: "<= 5", text: "terlalu besar"}}
    indicators: {e: {levels: {sedikit: 1, banyak: 9}}}
"""

RUBRICS = {
    "bounds": BOUNDS,
    "gates": GATES,
    "cases": CASES,
    "either": EITHER,
    "derived": DERIVED,
    "reading each other": READING_EACH_OTHER,
    "dense": DENSE,
    "beside": BESIDE,
    "reading": READING,
    "long": LONG,
    "graded": GRADED,
    "unscored": UNSCORED,
    "without effect": WITHOUT_EFFECT,
}

KINDS = [
    ("bounds", {"bound", "end", "score", "weight", "combine", "scale", "rounding", "award"}),
    ("gates", {"bound", "end", "test", "missing", "score", "order", "cap", "rounding", "applies", "gate"}),
    ("cases", {"bound", "test", "score", "weight"}),
    ("either", {"test", "score", "weight", "combine", "applies"}),
    ("derived", {"bound", "end", "formula", "rounding", "score"}),
    ("reading each other", {"bound", "end", "score", "test", "applies", "combine"}),
    ("dense", {"bound", "end", "rounding", "combine"}),
    ("beside", {"bound", "end", "score", "test", "applies"}),
    ("reading", {"weight", "applies", "score", "combine"}),
    ("long", {"score", "order"}),
    ("graded", {"bound", "end", "test"}),
    ("unscored", {"bound", "end"}),
    ("without effect", {"test", "applies", "gate", "score"}),
]


@pytest.mark.parametrize(("name", "kinds"), KINDS)
def test_what_no_example_notices_survives(name: str, kinds: set[str]) -> None:
    """Without examples every kind of change survives; with each survivor's sheet as an example, none does."""
    found = tried(name)
    assert () == found.killed
    assert kinds <= {each.mutant.kind for each in found.survived}
    again = mutants(pasted(found))
    assert [] == [each.mutant.name for each in again.survived]
    assert len(found.survived) == len(again.killed)


@settings(max_examples=max(2, settings().max_examples // 50), suppress_health_check=list(HealthCheck))
@given(rubrics(whole=False, max_depth=1, max_children=2))
def test_the_examples_of_all_survivors_notice_them(rubric: Rubric) -> None:
    """Whatever the rubric, what was told to notice a mutant does."""
    assert () == mutants(pasted(mutants(rubric))).survived


@settings(max_examples=max(2, settings().max_examples // 50), suppress_health_check=list(HealthCheck))
@given(rubrics(whole=False, max_depth=1, max_children=2), st.data())
def test_no_sheet_tells_an_equivalent_mutant(rubric: Rubric, data: st.DataObject) -> None:
    """What was proved to have no effect has none on random sheets, legal or not."""
    ground = ground_of(rubric)
    given_sheets = data.draw(st.lists(sheets(rubric), min_size=20, max_size=20))
    for each in mutants(rubric).equivalent:
        other = ground.mutated(each.mutant)
        assert other is not None
        for sheet in given_sheets:
            stated = [entry for entry in entries(sheet) if getattr(entry[1], "score", None) is None]
            both = [result(evaluate(planned, stated)) for planned in (ground.plan, other)]
            assert both[0] == both[1], (each.mutant.name, sheet)


@pytest.mark.volume
@pytest.mark.parametrize("name", kinerja.bundled())
def test_examples_of_a_bundled_rubric_notice_every_change(name: str) -> None:
    """No change of a rubric that comes with the library goes unnoticed, and of none it is open whether it could."""
    found = mutants(kinerja.load(name))
    assert [] == [each.mutant.name for each in (*found.survived, *found.undecided)]
    expected = {
        # Nothing counts less than nothing: below 0 there is no band.
        "pk-bkm": {"anggaran", "kapasitas"},
        # The same; and a score above 100 cannot occur.
        "makassar-rt-rw": {
            "jumlah",
            "rapat",
            "kerja_bakti",
            "keagamaan",
            "regu_ronda",
            "kelompok_keagamaan",
            "memuaskan",
        },
    }
    assert expected[name] == {
        each.mutant.path[-3 if each.mutant.path[-1] == "in" else -2] for each in found.equivalent
    }


# --- one by one


def names(text: str, kind: str) -> list[str]:
    """The mutants of one kind, without the place of each."""
    found = (each.mutant for each in mutants(rubric_of(text)).tried)
    return [each.name.partition(": ")[2] for each in found if each.kind == kind]


ONE = "combine: sum\nindicators: {{a: {{measure: {}, bands: {}}}}}\n"


@pytest.mark.parametrize(
    ("measure", "when", "expected"),
    [
        ("{}", "> 40", ["> 40 becomes > 41", "> 40 becomes > 39"]),
        ("{}", "> 40.5", ["> 40.5 becomes > 40.6", "> 40.5 becomes > 40.4"]),
        ("{step: 0.5}", "> 40", ["> 40 becomes > 40.5", "> 40 becomes > 39.5"]),
        ("{round: {to: 0.1, mode: up}}", "> 40", ["> 40 becomes > 40.1", "> 40 becomes > 39.9"]),
        ("{}", "> 2/3", ["> 2/3 becomes > 1", "> 2/3 becomes > 1/3"]),
        ("{}", "5", ["5 becomes 6", "5 becomes 4"]),
        ("{}", "(5..6)", ["(5..6) becomes (4..6)", "(5..6) becomes (5..7)"]),
        ("{}", "[5..6]", [f"[5..6] becomes [{ends}]" for ends in ("6..6", "4..6", "5..7", "5..5")]),
        (
            "{}",
            "not(1, 3)",
            [f"not(1, 3) becomes not({ends})" for ends in ("2, 3", "0, 3", "1, 4", "1, 2")],
        ),
        ("{}", "-", []),
    ],
)
def test_bounds_are_moved_by_the_smallest_step(measure: str, when: str, expected: list[str]) -> None:
    """That of the fact, or of its rounding; else one unit of the last decimal that is printed."""
    found = names(ONE.format(measure, f'{{1: {{when: "{when}"}}}}'), "bound")
    assert expected == found


def test_ways_of_a_condition_are_changed_one_by_one() -> None:
    """Of several ways, each with several names, one test is another at a time."""
    facts = "facts: {p: {}, q: {kind: yes-no}}"
    when = '[{p: "1"}, {q: "-"}]'
    text = f"combine: sum\n{facts}\nindicators: {{a: {{bands: {{1: {{when: {when}}}}}}}}}\n"
    assert ["p: 1 | q: - becomes p: 2 | q: -", "p: 1 | q: - becomes p: 0 | q: -"] == names(text, "bound")
    assert [] == names(text, "test")


def test_weights_are_moved_against_each_other() -> None:
    """Alternatives of one place move together; a weight that counts where no other does is changed alone."""
    assert [
        "kota 20, desa 20, semua 75 becomes kota 21, desa 21, semua 74",
        "kota 20, desa 20, semua 75 becomes kota 19, desa 19, semua 76",
        "semua 75, sisa 5 becomes semua 76, sisa 4",
        "semua 75, sisa 5 becomes semua 74, sisa 6",
        "tambahan 0% becomes tambahan 1%",
    ] == names(EITHER, "weight")


def test_a_change_that_breaks_the_rubric_is_no_mutant() -> None:
    """The empty run of a ladder cannot score nothing on purpose without a reason, so that change does not exist."""
    text = "combine: product\nindicators: {a: {missing: '', levels: {ya: {score: none, because: b}, tidak: 1}}}\n"
    assert ["none becomes 0", "1 becomes 2", "1 becomes 0"] == names(text, "score")


# --- what cannot be decided


def test_what_is_not_proved_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the room to go through all answers, nothing is claimed of a change that no sheet was found for."""
    text = RUBRICS["bounds"].replace('"[30..40]"', '"[30..40], 35"')
    known = mutants(rubric_of(text))
    assert () == known.undecided
    monkeypatch.setattr(telling, "CELLS", 0)
    monkeypatch.setattr(telling, "SHEETS", 0)
    monkeypatch.setattr(telling, "SCORES", 0)
    found = mutants(rubric_of(text))
    assert found.undecided
    assert set(found.counts) == {"killed", "survived", "equivalent", "undecided"}
    told = "\n".join(as_text(found.to_json(), name="uji.yaml"))
    assert "not proved" in told


def verdicts(text: str) -> dict[str, str]:
    """What became of each mutant, by what it changes."""
    return {each.mutant.name: each.verdict for each in mutants(rubric_of(text)).tried}


def test_bounds_beyond_every_score_have_no_effect() -> None:
    """A score on the real line that no bound can be reached by is proved as well as one of a few."""
    found = verdicts(DENSE.replace("round: {to: 0.1, mode: half-even}\n", ""))
    assert "equivalent" == found["grades.mustahil.when: > 20 becomes > 21"]
    assert "survived" == found["grades.rendah.when: < 5 becomes <= 5"]


def test_a_sum_of_one_dense_score_is_left_open() -> None:
    """That the sum of one is its mean is true, and not proved where the scores cannot be gone through."""
    text = 'combine: sum\nindicators: {a: {direct: {in: "[0..1]"}}}\n'
    assert "undecided" == verdicts(text)["combine: sum becomes mean"]
    assert "equivalent" == verdicts(text.replace("}}}", ", step: 1}}}"))["combine: sum becomes mean"]


def test_a_formula_without_an_answer_for_each_score() -> None:
    """Where no answer can be given for a score, sheets are made of the other indicators."""
    text = """
combine: sum
indicators:
  a: {facts: {x: {in: "[0..1]"}}, formula: "2 * x"}
  b: {levels: {ya: 1, tidak: 0}}
"""
    assert "survived" == verdicts(text)["indicators.b.levels.ya.score: 1 becomes 2"]


def test_weights_of_children_with_one_score_have_no_effect() -> None:
    """Who has one score gives it whatever it weighs, also where no weight holds."""
    text = """
combine: weighted-sum
facts: {x: {in: "[0..9]", step: 1}}
indicators:
  a: {weight: [{when: {x: "< 5"}, is: 50%}, {when: {x: "> 5"}, is: 50%}], levels: {ya: 1}}
  b: {weight: 50%, levels: {ya: 1}}
"""
    found = verdicts(text)
    assert {"equivalent"} == {found[name] for name in found if "a 51% | 50%" in name}


def test_what_is_too_large_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """More scores or answers than are gone through prove nothing."""
    monkeypatch.setattr(telling, "CELLS", 0)
    monkeypatch.setattr(telling, "SHEETS", 0)
    text = "combine: geometric-mean\nindicators: {a: {levels: {x: -1, y: 4}}, b: {levels: {x: 1, y: 9}}}\n"
    assert "undecided" == verdicts(text)["combine: geometric-mean becomes mean"]
    monkeypatch.setattr(lattices, "MEMBERS", 0)
    assert "undecided" == verdicts(BOUNDS)["scale.from: [0, 2] becomes [0, 3]"]
    monkeypatch.setattr(checked, "LIMIT", 0)
    monkeypatch.setattr(telling, "SHEETS", 10)
    assert "undecided" == verdicts(BOUNDS)["scale.from: [0, 2] becomes [0, 3]"]


# --- examples


def test_an_example_under_another_reading_notices() -> None:
    """A change that only an example under another reading of the source meets is killed by it."""
    text = """
combine: sum
indicators: {a: {measure: {in: "[0..9]", step: 1}, bands: {1: {when: "> 3"}, 0: {when: "<= 3"}}}}
readings:
  r:
    settles: gap
    problem: p
    taken: t
    because: b
    alternatives:
      lain: {change: {indicators: {a: {bands: {0: {when: "< 3"}, 2: {when: "3"}}}}}}
      rusak: {change: {indicators: {a: {bands: null}}}}
examples:
  bacaan: {facts: {a: 4}, readings: {r: lain}, expect: {total: 1}}
  gagal: {facts: {a: 4}, expect: {total: 7}}
  bacaan_lagi: {facts: {a: 9}, readings: {r: lain}, expect: {total: 1}}
  rusak: {facts: {a: 4}, readings: {r: rusak}, expect: {total: 1}}
  tanpa_pangkal: {like: hilang, expect: {total: 1}}
"""
    found = mutants(rubric_of(text))
    assert {"bacaan", "bacaan_lagi"} == {each.by for each in found.killed}
    assert "indicators.a.bands.1.when: > 3 becomes > 4" in [each.mutant.name for each in found.killed]


def test_an_answer_in_the_indicator_is_shown_where_it_is_enough() -> None:
    """The shortest example that notices: an answer with its score; and only if there is none, a whole sheet."""
    found = {each.mutant.name: each for each in tried("bounds").survived}
    inside = found["indicators.a.bands.2.when: > 40 becomes > 41"].survivor
    assert inside is not None
    assert "indicators:\n  a:\n    examples: {41: 2}" == inside.yaml
    assert [("a.score", "2", "none")] == [(each.key, each.rubric, each.mutant) for each in inside.says]
    whole = found["indicators.a.measure.in: [0..100] becomes [0..101]"].survivor
    assert whole is not None
    assert {"facts": {"a": Fraction(101), "b": "tidak"}, "expect": {"status": "invalid"}} == whole.example[
        "examples"
    ]["a-measure-in-2"]


def test_rubrics_built_in_python_have_mutants() -> None:
    """A rubric that was read from no text is changed like any other."""
    a = Bands(measure=Number(), bands={"1": Band(when="> 0"), "0": Band(when="<= 0")})
    assert 13 == len(mutants(Rubric(id="kecil", combine="sum", indicators={"a": a})).tried)


def test_verdicts_as_json() -> None:
    """The whole as plain data, with the example as a file has it."""
    told = json.loads(json.dumps(tried("bounds").to_json()))
    assert ["kinerja-mutants/1", "uji", ""] == [told["format"], told["rubric"], told["edition"]]
    first = told["mutants"][0]
    assert {
        "kind": "bound",
        "path": "indicators.a.bands.2.when",
        "was": "> 40",
        "becomes": "> 41",
        "verdict": "survived",
        "by": None,
    } == {key: first[key] for key in ("kind", "path", "was", "becomes", "verdict", "by")}
    assert sum(told["counts"].values()) == len(told["mutants"])


@pytest.mark.volume
@pytest.mark.parametrize("language", ["en", "id"])
def test_a_report_fits_a_page(language: Language) -> None:
    """No line of the report is longer than 80 characters, in either language."""
    for name in RUBRICS:
        told = list(as_text(tried(name).to_json(), name="uji.yaml", language=language))
        assert [] == [line for line in told if len(line) > 80]


def test_names_are_loaded_when_they_are_asked_for() -> None:
    """`kinerja.testing` has the function and its results, and no other name."""
    assert testing.mutants is mutants
    assert "mutants" in dir(testing)
    with pytest.raises(AttributeError, match="mutan"):
        _ = testing.mutan  # type: ignore[attr-defined]


# --- the command line


def run(arguments: list[str]) -> int:
    """One command line."""
    from kinerja.cli import run

    return run(arguments)


def test_survivors_end_in_an_exit_code(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What no example notices is told with the example that would, and the exit code says that there is something."""
    path = tmp_path / "uji.yaml"
    path.write_text(f"kinerja: 1\nid: uji\n{RUBRICS['bounds']}", encoding="utf-8")
    assert 1 == run(["test", str(path), "--mutants", "--language", "en"])
    told = capsys.readouterr().out
    assert "indicators.a.bands.2.when: > 40 becomes > 41" in told
    assert "        examples: {41: 2}" in told
    assert 0 == run(["test", str(path)])


def test_nothing_survives_in_a_bundled_rubric(capsys: pytest.CaptureFixture[str]) -> None:
    """Where every change is noticed, one line says so."""
    assert 0 == run(["test", "pk-bkm", "--mutants"])
    assert "lolos 0" in capsys.readouterr().out.splitlines()[-1]
