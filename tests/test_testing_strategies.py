"""Strategies: sheets that are legal, incomplete or wrong in one way; rubrics and defects; how all of them print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import pretty

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Invalid, Rubric, UsageError, testing
from kinerja.checks import findings
from kinerja.language.documents import read
from kinerja.language.sheetfile import sheet_of
from kinerja.language.structure import structure
from kinerja.plan import plan
from kinerja.testing import Facts, SheetFault, defects, rubrics, sheets
from kinerja.testing.extra import needed
from kinerja.testing.facts import as_sheet
from kinerja.testing.strategies.answers import Answers, around, spelt
from kinerja.testing.strategies.questions import Questions, _inverse
from kinerja.testing.strategies.rubrics import RubricText, documents, rubric_of, texts
from kinerja.testing.ties import Ties

BKM = kinerja.load("pk-bkm")
MAKASSAR = kinerja.load("makassar-rt-rw")
#: The same examples in every run, so that what runs here always runs.
SAME = settings(
    max_examples=150, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)


def drawn(strategy: st.SearchStrategy[Any], count: int = 150) -> list[Any]:
    """What a strategy makes, the same in every run."""
    found: list[Any] = []

    @settings(SAME, max_examples=count)
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def rubric(text: str) -> Rubric:
    """A rubric of some nodes, which need not be safe."""
    return structure(read("kinerja: 1\nid: kota\n" + text, name="kota.yaml"))


# --- sheets


@pytest.mark.volume
@pytest.mark.parametrize("asked", [BKM, MAKASSAR], ids=lambda each: each.id)
def test_complete_sheets_are_complete(asked: Rubric) -> None:
    """A sheet answers all that is asked, and nothing that does not apply: nobody is told that something is idle."""
    evaluator = Evaluator(asked)
    for sheet in drawn(sheets(asked)):
        result = evaluator.evaluate(sheet)
        assert isinstance(result, Complete)
        assert not {note.code for note in result.trail.notes} & {"K401", "K405"}


@pytest.mark.parametrize("asked", [BKM, MAKASSAR], ids=lambda each: each.id)
def test_incomplete_sheets_lack_something(asked: Rubric) -> None:
    """At least one answer is missing, whatever else is said of others."""
    evaluator = Evaluator(asked)
    assert {Incomplete} == {type(evaluator.evaluate(sheet)) for sheet in drawn(sheets(asked, complete=False))}


@pytest.mark.parametrize("asked", [BKM, MAKASSAR], ids=lambda each: each.id)
def test_wrong_sheets_have_the_fault_that_they_name(asked: Rubric) -> None:
    """Exactly one thing is wrong, with the code and name that the sheet says; as a file it is wrong there, too."""
    evaluator = Evaluator(asked)
    for sheet in drawn(sheets(asked, invalid=True)):
        result = evaluator.evaluate(sheet)
        assert isinstance(result, Invalid)
        assert [(sheet.fault.code, sheet.fault.name)] == [(each.code, each.path) for each in result.problems]
        pasted = evaluator.evaluate(sheet_of(read(as_sheet(sheet, rubric=asked.id), name="lembar")))
        assert {sheet.fault.name} == {each.path for each in pasted.problems}


@pytest.mark.parametrize("asked", [BKM, MAKASSAR], ids=lambda each: each.id)
def test_a_printed_sheet_can_be_pasted(asked: Rubric) -> None:
    """As a file a sheet comes to what it comes to as it was drawn."""
    evaluator = Evaluator(asked)
    for sheet in drawn(sheets(asked), 40):
        pasted = sheet_of(read(as_sheet(sheet, rubric=asked.id), name="lembar"))
        assert evaluator.evaluate(sheet).complete().total == evaluator.evaluate(pasted).complete().total


def test_every_bound_and_its_neighbours_are_drawn() -> None:
    """Of a percentage with the bounds 30 and 40: both of them, and one unit to either side."""
    numbers = {Fraction(sheet["perempuan"]) for sheet in drawn(sheets(BKM), 400)}
    assert {29, 30, 31, 39, 40, 41, 0, 100, 1, 99} <= numbers
    assert any(number.denominator > 1 for number in numbers)


def test_a_configuration_is_kept() -> None:
    """What is fixed is in every sheet, also where others are left out; and no other table is filled in."""
    for complete in (True, False):
        for sheet in drawn(sheets(BKM, complete=complete, configuration={"lokasi": "pencegahan"}), 30):
            assert "pencegahan" == sheet["lokasi"]
            assert not [name for name in sheet if name.startswith("pengurangan")]


def test_scores_that_change_a_grade_are_drawn() -> None:
    """Totals lie on the bounds of grades much more often than by chance."""
    evaluator = Evaluator(MAKASSAR)
    bounds = {Fraction(n) for n in (59, 60, 70, 71, 80, 81, 90, 91)}
    totals = [evaluator.evaluate(sheet).complete().total for sheet in drawn(sheets(MAKASSAR), 200)]
    assert sum(total in bounds for total in totals) > len(totals) // 10


COMPUTED = """\
facts:
  awal: {in: "> 0"}
  kini: {in: ">= 0", step: 2}
  sisa: {from: "awal - kini", in: ">= 0"}
  jumlah: {from: "sisa + awal"}
  lepas: {in: "[1..2]"}
  hampa: {from: "lepas", in: "(0..1)", step: 1}
  akar: {from: "sqrt(awal)"}
  tetap: {from: "2"}
combine: sum
indicators:
  turun:
    measure: {from: "100 * (awal - kini) / awal", in: "[0..100]"}
    bands: {1: {when: ">= 50"}, 0: {when: "< 50"}}
  luas:
    facts: {panjang: {in: "[1..9]"}, lebar: {in: "[1..9]"}}
    measure: {from: "panjang * lebar", in: "[1..40]", round: {to: 1, mode: half-up}}
    bands: {1: {when: ">= 20"}, 0: {when: "< 20"}}
  banyak: {measure: {from: "jumlah"}, bands: {1: {when: ">= 5"}, 0: {when: "< 5"}}}
  dalam: {measure: {from: "akar", round: {to: 0.1, mode: half-up}}, bands: {1: {when: "> 2"}, 0: {when: "<= 2"}}}
"""


def test_computed_facts_are_stated_or_computed() -> None:
    """A measure is stated, or its parts are, but never both; parts are moved so that it comes to lie on a bound."""
    evaluator = Evaluator(rubric(COMPUTED))
    found = drawn(sheets(rubric(COMPUTED)), 400)
    stated = ["luas" in sheet for sheet in found]
    assert {True, False} == set(stated)
    assert all(("luas.panjang" in sheet) != is_stated for sheet, is_stated in zip(found, stated, strict=True))
    results = [evaluator.evaluate(sheet) for sheet in found]
    assert {"K309"}.isdisjoint(each.code for result in results for each in result.problems)
    values = {result.nodes["luas"].facts["luas"].figure for result in results if isinstance(result, Complete)}
    assert 20 in values


def test_a_part_is_moved_to_where_the_whole_lies_on_a_bound() -> None:
    """Exactly, or to the step below; not at all where the formula has no value there, or never comes to it."""
    asked = Questions(rubric(COMPUTED), {})
    turun, sisa, akar = (asked.plan.facts[name] for name in ("turun", "sisa", "akar"))
    known = {"awal": Fraction(10), "kini": Fraction(4)}
    assert 4 == getattr(asked.aimed(turun, Fraction(50), "kini", known), "meant", None)
    assert 8 == getattr(asked.aimed(turun, Fraction(50), "awal", known), "meant", None)
    assert 5 == getattr(asked.aimed(sisa, Fraction(1), "awal", known), "meant", None)
    assert asked.aimed(turun, Fraction(50), "kini", {**known, "awal": Fraction(0)}) is None
    assert asked.aimed(sisa, Fraction(-99), "awal", known) is None
    assert asked.aimed(akar, Fraction(3), "awal", known) is None


def test_the_inverse_of_a_quotient() -> None:
    """From three places; the third itself, a target that is never met, and too little to go by."""
    tried = [Fraction(1), Fraction(2), Fraction(4)]
    halves: list[Fraction | None] = [Fraction(1), Fraction(1, 2), Fraction(1, 4)]
    assert Fraction(8) == _inverse(tried, halves, Fraction(1, 8))
    assert Fraction(4) == _inverse(tried, halves, Fraction(1, 4))
    assert _inverse(tried, halves, Fraction(0)) is None
    assert _inverse(tried, [Fraction(1)] * 3, Fraction(1)) is None


def test_numbers_are_spelt_as_programs_hold_them() -> None:
    """As int or Decimal, as float where that is exact, and always as a Fraction."""
    assert [Decimal("2.5"), 2.5, Fraction(5, 2)] == spelt(Fraction(5, 2))
    assert [Fraction(1, 3)] == spelt(Fraction(1, 3))
    assert [10**400, Fraction(10**400)] == spelt(Fraction(10**400))


def test_a_part_may_be_fixed() -> None:
    """Then its measure is computed; and a measure may be fixed itself."""
    asked = rubric(COMPUTED)
    assert all("luas" not in each for each in drawn(sheets(asked, configuration={"luas.panjang": 5}), 20))
    assert all(
        20 == each["luas"] and "luas.lebar" not in each
        for each in drawn(sheets(asked, configuration={"luas": 20}), 20)
    )


#: Facts of every kind and domain, and what a strategy has to be careful with.
ODD = """\
facts:
  jenis: {kind: choice, options: {besar: "", kecil: ""}}
  ukuran: {in: "[0..100]"}
  besar_sekali: {from: "ukuran * 2"}
  hampa: {in: "(0..1)", step: 1}
  sempit: {in: "(0..0.001)"}
  utuh: {in: "[1..3], [7..9]", step: 1}
  bebas: {}
  benar: {kind: yes-no}
  daftar: {kind: set, options: {a: "", b: ""}}
  tak_dibaca: {kind: yes-no}
combine: mean
indicators:
  satu:
    applies: {jenis: besar}
    bands: {1: {when: {hampa: "> 0"}}, 0: {when: {hampa: "<= 0"}}}
  dua: {formula: "sempit + utuh + bebas + 1/3"}
  tiga: {applies: {besar_sekali: "> 20"}, bands: {1: {when: {benar: true}}, 0: {when: {benar: false}}}}
  empat:
    may-not-apply: true
    combine: max
    cap: "<= 5"
    indicators:
      isi: {direct: {in: "[0..10]", step: 1}, scale: {from: [0, 10], to: [0, 5]}, cap: "<= 4"}
      tetap: {direct: {in: "[0..10]", step: 1}, scale: {from: [0, 10], to: [5, 5]}, cap: "<= 4"}
      tangga: {ladder: {x: 1, y: {score: 2, all: {p: "", q: ""}}}, otherwise: 0}
  lima: {combine: sum, cap: "[0..1]", indicators: {isi: {direct: {in: "[0..1]"}}}}
  enam: {applies: {isi.score: 1}, levels: {ya: 1, tidak: 0}}
  isi: {levels: {ya: 1, tidak: 0}, missing: exclude}
grades: {kurang: {when: "< 1"}, baik: {when: ">= 1"}}
"""


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("invalid", [True, False])
def test_sheets_of_an_odd_rubric(complete: bool, invalid: bool) -> None:
    """Domains without a number, sets, nodes that ask for scores: what is drawn is evaluated, and faults are told."""
    evaluator = Evaluator(rubric(ODD))
    for sheet in drawn(sheets(rubric(ODD), complete=complete, invalid=invalid), 300):
        codes = {each.code for each in evaluator.evaluate(sheet).problems}
        assert sheet.fault is None or sheet.fault.code in codes
        assert "hampa" not in sheet


def test_a_rubric_that_asks_nothing_has_empty_sheets() -> None:
    """There is nothing to leave out, and all that can be wrong is a name."""
    nothing = rubric("combine: sum\nindicators: {kas: {formula: 1}, salah_ketik: {formula: 1}}\n")
    assert [{}] == drawn(sheets(nothing, complete=False), 5)
    assert [{"salah_ketik_": 1}] == drawn(sheets(nothing, invalid=True), 5)


BROAD = """\
facts: {jenis: {kind: choice, options: {a: "", b: "", c: ""}}}
combine: sum
indicators:
  kas: {direct: {in: "[0..9]", step: 1}, applies: {jenis: a}}
  lurus: {direct: {in: "[0..9]"}, applies: {jenis: b}}
  dana: {direct: {in: "[0..9]", step: 1}, applies: {jenis: not(b)}}
  lagi: {applies: {jenis: a}, combine: sum, cap: "<= 1", indicators: {isi: {levels: {ya: 1, tidak: 0}}}}
grades: {kurang: {when: "< 8"}, baik: {when: ">= 8"}}
"""


def test_sheets_beside_a_grade_fit_the_configuration() -> None:
    """Sheets that were found for another configuration are not used."""
    listed = BROAD.replace('lurus: {direct: {in: "[0..9]"}', 'lurus: {direct: {in: "[0..9]", step: 1}')
    for name, value in (("jenis", "c"), ("dana", 3)):
        asked = Questions(rubric(listed), {name: value})
        assert {value} == {each[name].meant for each in asked.graded if name in each} or name == "dana"
    assert Questions(rubric(listed), {}).graded
    assert not [each for each in Questions(rubric(BROAD), {}).graded if "dana" in each]


def test_what_is_too_large_to_list_has_no_sheets_beside_its_grades(monkeypatch: pytest.MonkeyPatch) -> None:
    """Then sheets are drawn without them."""
    monkeypatch.setattr("kinerja.lattices.CELLS", 3)
    listed = BROAD.replace('lurus: {direct: {in: "[0..9]"}', 'lurus: {direct: {in: "[0..9]", step: 1}')
    assert not [each for each in Questions(rubric(listed), {}).graded if "dana" in each]


def test_neighbours() -> None:
    """One step, one unit of the last decimal; the steps around what lies between them."""
    assert [Fraction(5), Fraction(5, 2), Fraction(15, 2)] == list(around(Fraction(5), Fraction(5, 2)))
    assert [2, 3] == list(around(Fraction(5, 2), Fraction(1)))
    assert [Fraction(2, 3), Fraction(1, 3), 1] == list(around(Fraction(2, 3), None))


def test_what_is_rounded_has_its_halves() -> None:
    """The numbers that are just rounded to a bound, and just not."""
    measure = 'measure: {in: "[0..9]", round: {to: 1, mode: half-up}}'
    text = f'combine: sum\nindicators: {{kas: {{{measure}, bands: {{1: {{when: "> 5"}}}}}}}}'
    planned = plan(rubric(text))
    found = Answers.of(planned.facts["kas"], [planned.nodes["kas"].bands[0].rule])
    assert {(Decimal("4.5"), 5), (Decimal("4.4"), 4)} <= {(each.said, each.meant) for each in found.pool}


def test_ties() -> None:
    """A fact is tied to what reads it, to what counts that, and to all in a group that it decides about."""
    text = """\
facts: {jenis: {kind: choice, options: {a: "", b: ""}}}
combine: sum
indicators:
  luar: {applies: {jenis: a}, combine: sum, indicators: {dalam: {levels: {ya: 1}}}}
  lain: {levels: {ya: 1, tidak: 0}}
  ikut: {bands: {1: {when: {luar.score: 1}}, 0: {when: {luar.score: not(1)}}}}
aside: {samping: {formula: "lain.score"}}
"""
    ties = Ties(plan(rubric(text)))
    assert {"luar", "luar.dalam", "ikut", "total"} == ties.changed(["jenis"])
    assert {"lain", "samping", "total"} == ties.changed(["lain"])
    assert {"luar", "luar.dalam", "ikut", "total"} == ties.changed(nodes=["luar"])
    assert set(plan(rubric(text)).nodes) == ties.changed(nodes=["total"])


# --- what is printed


def test_facts_print_as_yaml() -> None:
    """One line by repr, a line each where Hypothesis prints them, exact whatever the type of a number."""
    facts = Facts({"a": 1.5, "b": Decimal("2.50"), "c": float("nan"), "d": {"score": Fraction(1, 3)}, 5: [1]})
    assert "{a: 1.5, b: 2.5, c: nan, d: {score: 1/3}, 5: [1]}" == repr(facts)
    assert "{\n    a: 1.5,\n    b: 2.5,\n    c: nan,\n    d: {score: 1/3},\n    5: [1],\n}" == pretty(facts)
    assert "{}" == pretty(Facts())
    assert "{\n    a: 1,\n}  # unknown-name: a, K301" == pretty(
        Facts({"a": 1}, fault=SheetFault("unknown-name", "a", "K301"))
    )
    assert "kinerja-sheet: 1\nrubric: x\nfacts: {}" == as_sheet({}, rubric="x")


def test_strategies_and_rubrics_print_briefly() -> None:
    """A strategy names its rubric; a random rubric is printed as the text that it was made from."""
    assert "sheets_of(<pk-bkm>, complete=True, invalid=False, left_out=True)" == repr(sheets(BKM))
    assert '"""{\n "id": "x"\n}\n"""' == pretty(RubricText.of({"id": "x"}))


# --- rubrics


@pytest.mark.volume
@pytest.mark.parametrize("whole", [True, False])
def test_random_rubrics_are_sound(whole: bool) -> None:
    """What is made is proved, and reads back from its text."""
    for text in drawn(texts(whole=whole), 160):
        made = rubric_of(text)
        assert [] == [each for each in findings(made) if each.severity == "error"]
    assert isinstance(drawn(rubrics(whole=whole, max_depth=1, max_children=1), 1)[0], Rubric)


def test_documents_are_plain_data() -> None:
    """What is drawn can be written as JSON."""
    assert all(each == json.loads(json.dumps(each)) for each in drawn(documents(), 10))


# --- defects

TABLES = """\
facts: {jenis: {kind: choice, options: {a: "", b: ""}}, isian: {kind: yes-no}}
combine: weighted-sum
indicators:
  tambahan: {weight: 20%, measure: {in: "[0..9]"}, bands: {1: {when: "> 4"}, 0: {when: "<= 4"}}}
  satu: {weight: 30%, applies: {jenis: a}, levels: {ya: 1, tidak: 0}}
  dua: {weight: 30%, applies: {jenis: b}, levels: {ya: 1, tidak: 0}}
  tiga:
    weight: 50%
    combine: weighted-sum
    indicators:
      lagi: {weight: 1, measure: {in: "[0..9]", step: 1}, bands: {1: {when: "-"}, 0: {when: "> 9"}}}
aside:
  samping: {applies: {isian: true}, combine: weighted-sum, indicators: {isi: {weight: 1, levels: {ya: 1, tidak: 0}}}}
"""


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(BKM, id="pk-bkm", marks=pytest.mark.volume),
        pytest.param(rubric(TABLES), id="tables"),
        pytest.param(evolve(rubric(TABLES), title="Lain"), id="evolved"),
    ],
)
def test_a_defect_is_told_as_what_it_is(sound: Rubric) -> None:
    """Each with its code, at its path, once, and not before; each kind is among them."""
    before = [(each.code, each.where) for each in findings(sound)]
    seen = set()
    for defect in drawn(defects(sound), 45):
        told = [(each.code, each.where) for each in findings(defect.rubric)]
        assert (1, 0) == (told.count((defect.code, defect.path)), before.count((defect.code, defect.path)))
        assert f"<Defect {defect.name}: {defect.code} at {defect.path} in {sound.id}>" == repr(defect)
        seen.add(defect.name)
    kinds = {"dropped-band", "overlapping-band", "open-weight", "lost-case", "twofold-case", "shared-grade"}
    kinds |= {"band-outside", "passed-step", "dead-grade", "never-applying", "silent-test", "unread-fact"}
    assert kinds == seen


@settings(max_examples=15)
@given(st.data())
def test_a_defect_of_a_random_rubric_is_told(data: st.DataObject) -> None:
    """Whatever the rubric is."""
    defect = data.draw(defects(data.draw(rubrics())))
    assert 1 == [(each.code, each.where) for each in findings(defect.rubric)].count(
        (defect.code, defect.path)
    )


# --- what is refused


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: sheets("pk-bkm"), "K523"),  # type: ignore[arg-type]
        (lambda: defects("pk-bkm"), "K523"),  # type: ignore[arg-type]
        (lambda: sheets(BKM, configuration={"lokas": "kumuh"}), "K561"),
        (lambda: sheets(BKM, configuration={"lokasi": "kota"}), "K562"),
        (lambda: sheets(BKM, configuration=False), "K563"),
        (lambda: rubrics(max_children=0), "K564"),
    ],
)
def test_what_no_strategy_is_made_of(call: Any, code: str) -> None:
    """The caller is told at once, not when something is drawn."""
    with pytest.raises(UsageError, match=code):
        call()


# --- Hypothesis is asked for only where it is used


def run(program: str, path: Path | None = None) -> str:
    """What a program prints that runs by itself, with Hypothesis as it is installed, and with our entry point."""
    source = Path(kinerja.__file__).parents[1]
    paths = [*([str(path)] if path is not None else []), str(source)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, env=environment
    )
    assert not done.stderr
    return done.stdout.strip()


def test_the_kit_is_imported_without_hypothesis() -> None:
    """Neither Hypothesis nor pytest is loaded before somebody asks for a strategy."""
    program = "import sys, kinerja.testing; print({'hypothesis', 'pytest'} & set(sys.modules))"
    assert "set()" == run(program)


@pytest.mark.parametrize("name", ["sheets", "laws", "Law"])
def test_without_hypothesis_one_line_says_what_to_install(name: str) -> None:
    """Every name that needs it names the extra."""
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import kinerja.testing\n"
        f"try:\n    kinerja.testing.{name}\n"
        "except kinerja.UsageError as error:\n    print(error.diagnostics[0].help())"
    )
    assert "Install the extra: pip install 'kinerja[testing]'" == run(program)


def test_another_library_that_is_missing_is_not_ours() -> None:
    """What else cannot be imported is told as Python tells it."""
    with pytest.raises(ModuleNotFoundError), needed("hypothesis"):
        import kinerja.tidak_ada  # type: ignore[import-not-found]
    with pytest.raises(UsageError, match="K560"), needed("kinerja"):
        import kinerja.tidak_ada  # type: ignore[import-not-found]  # noqa: F401
    with pytest.raises(AttributeError, match="sheet"):
        _ = testing.sheet
    assert "sheets" in dir(testing)
    assert testing.laws.LAWS


def installed(folder: Path) -> Path:
    """A folder with an entry point like that of the installed package."""
    about = folder / "kinerja_probe-0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: kinerja-probe\nVersion: 0\n")
    (about / "entry_points.txt").write_text("[hypothesis]\nkinerja = _kinerja_hypothesis:register\n")
    return folder


@pytest.mark.parametrize("order", ["import kinerja, hypothesis", "import hypothesis, kinerja"])
def test_rubrics_are_made_by_their_type(order: str, tmp_path: Path) -> None:
    """Whichever is imported first; and Hypothesis alone imports nothing of kinerja."""
    program = (
        f"import sys, warnings\nwarnings.simplefilter('ignore')\n{order}\n"
        "from hypothesis import strategies as st\n"
        "print('kinerja.testing' in sys.modules, type(st.from_type(kinerja.Rubric).example()).__name__)"
    )
    assert "False Rubric" == run(program, installed(tmp_path))


def test_hypothesis_alone_does_not_import_kinerja(tmp_path: Path) -> None:
    """Whoever uses it for something else pays for one small file."""
    program = "import sys, hypothesis; print([name for name in sys.modules if 'kinerja' in name])"
    assert "['_kinerja_hypothesis']" == run(program, installed(tmp_path))


def test_the_entry_point_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The class is made known at once where it is there, else by whoever loads its module."""
    from importlib.machinery import ModuleSpec, PathFinder

    import _kinerja_hypothesis as entry

    entry.register()
    assert isinstance(drawn(st.from_type(Rubric), 1)[0], Rubric)
    monkeypatch.setattr(entry, "MODEL", "kinerja_lain")
    known: list[ModuleType] = []
    monkeypatch.setattr(entry, "_make_known", known.append)
    monkeypatch.setattr(sys, "meta_path", [])
    entry.register()
    (later,) = sys.meta_path
    assert later.find_spec("lain", None) is None

    class Loader:
        def exec_module(self, module: ModuleType) -> None:
            module.ran = True

    spec = ModuleSpec("kinerja_lain", Loader())
    monkeypatch.setattr(PathFinder, "find_spec", lambda *_: spec)
    assert later.find_spec("kinerja_lain", None) is spec
    assert [] == sys.meta_path
    module = ModuleType("kinerja_lain")
    spec.loader.exec_module(module)
    assert [module] == known
    assert module.ran
    monkeypatch.setattr(PathFinder, "find_spec", lambda *_: None)
    entry.register()
    assert sys.meta_path[0].find_spec("kinerja_lain", None) is None
