"""Coverage: what examples and sheets reach of a rubric, counted, merged, as a table and as JSON."""

from __future__ import annotations

import json
import pickle

import pytest

import kinerja
from kinerja import Evaluator, Rubric, UsageError
from kinerja.checks.coverage import KINDS, Target, targets
from kinerja.cli import run
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.messages import LANGUAGES, Language
from kinerja.plan import plan
from kinerja.testing import Coverage, reached

TEXT = """\
kinerja: 1
id: x
facts: {n: {}}
combine: sum
requires: {g: {when: {n: "> 0"}, text: T}}
indicators:
  a: {measure: {in: "[0..9]"}, bands: {1: {when: "> 5"}, 0: {when: "<= 5"}}, examples: {6: 1}}
  t: {ladder: {satu: 1, dua: 2}, otherwise: 0}
  l: {levels: {ya: 1, tidak: 0}}
grades: {kurang: {when: "< 2"}, baik: {when: ">= 2"}}
readings:
  r:
    settles: gap
    problem: p
    taken: t
    because: b
    alternatives:
      lain: {change: {indicators: {a: {bands: {1: {when: ">= 5"}, 0: {when: "< 5"}}}}}}
      sama: {text: "tidak mengubah apa-apa"}
examples:
  satu: {facts: {n: 1, a: 6, t: [satu], l: ya}, expect: {grade: baik}}
"""


def rubric(text: str = TEXT) -> Rubric:
    """A rubric that need not be safe."""
    return structure(read(text, name="x"))


def test_everything_that_can_be_reached() -> None:
    """Bands, levels, steps, grades, gates both ways, and each other reading that changes something."""
    assert {
        "band": {"a": ("1", "0")},
        "level": {"l": ("ya", "tidak")},
        "step": {"t": ("satu", "dua")},
        "gate-passed": {"total": ("g",)},
        "gate-failed": {"total": ("g",)},
        "grade": {"total": ("kurang", "baik")},
        "reading": {"r": ("lain",)},
    } == Coverage(rubric()).of
    assert {each.kind for each in targets(plan(rubric()))} == set(KINDS)


def test_what_the_examples_reach() -> None:
    """Those of the nodes and whole sheets; what is left is by kind and node as well."""
    found = reached(rubric())
    assert {
        "band": {"a": ("1",)},
        "level": {"l": ("ya",)},
        "step": {"t": ("satu",)},
        "gate-passed": {"total": ("g",)},
        "grade": {"total": ("baik",)},
    } == found.reached
    assert {
        "band": {"a": ("0",)},
        "level": {"l": ("tidak",)},
        "step": {"t": ("dua",)},
        "gate-failed": {"total": ("g",)},
        "grade": {"total": ("kurang",)},
        "reading": {"r": ("lain",)},
    } == found.missing


def test_an_example_that_cannot_be_run_reaches_nothing() -> None:
    """What it was to reach stays among what is missing."""
    found = reached(rubric(TEXT + "  putus: {like: tidak-ada}\n"))
    assert reached(rubric()).reached == found.reached


def test_what_sheets_reach() -> None:
    """Instead of the examples any sheets; under another reading only that reading counts."""
    sheets = [{"n": 1, "a": 5, "t": [], "l": "ya"}, {"n": 0, "a": 6, "t": ["satu", "dua"], "l": "ya"}]
    assert {"gate-failed": {"total": ("g",)}, "gate-passed": {"total": ("g",)}}.items() <= reached(
        rubric(), sheets=sheets
    ).reached.items()
    assert {"reading": {"r": ("lain",)}} == reached(rubric(), sheets=sheets, readings={"r": "lain"}).reached
    with pytest.raises(UsageError):
        reached(rubric(), sheets=[], readings={"r": "tidak-ada"})


def test_a_gate_that_waits_is_neither_passed_nor_failed() -> None:
    """Without the fact that it asks for nothing is known of it."""
    assert {} == reached(rubric(), sheets=[{}]).reached


def test_adding_tells_what_is_new() -> None:
    """The same sheet once more adds nothing; an outcome counts like the assessment around it."""
    result = Evaluator(rubric()).evaluate({"n": 1, "a": 6})
    found = Coverage(rubric())
    assert {Target("band", "a", "1"), Target("gate-passed", "total", "g")} == found.add(result)
    assert set() == found.add(result.outcome)
    assert {Target("reading", "r", "lain")} == found.add(result, {"r": "lain"})


def test_processes_count_together() -> None:
    """What one has counted is plain data, which another adds to its own."""
    one, two = Coverage(rubric()), Coverage(rubric())
    one.add(Evaluator(rubric()).evaluate({"n": 1, "a": 6}))
    two.add(Evaluator(rubric()).evaluate({"n": 1, "a": 5}))
    two.merge(pickle.loads(pickle.dumps(json.loads(json.dumps(one.data())))))
    assert {"band": {"a": ("1", "0")}, "gate-passed": {"total": ("g",)}} == two.reached
    one.merge(two)
    assert two.reached == one.reached


def test_other_rules_are_not_counted_together() -> None:
    """Another rubric, or the same with another bound, is refused."""
    with pytest.raises(UsageError) as caught:
        Coverage(rubric()).merge(Coverage(rubric(TEXT.replace("> 5", "> 6"))))
    assert ["K576"] == [each.code for each in caught.value.diagnostics]


def test_the_readings_of_a_rubric_that_extends_another_are_left_to_that_one() -> None:
    """A regional rubric's examples need not repeat those of its base."""
    assert "reading" not in Coverage(kinerja.load("docs/examples/pk-bkm-desa.yaml")).of


# --- as a table and as JSON


def test_the_table() -> None:
    """One line for each kind in each node, how many of how many, and what is left."""
    assert """\
Node        Kind              Reached  Not reached
a           bands                 1/2  0
t           steps                 1/2  dua
l           levels                1/2  tidak
total       gates passed          1/1
total       gates failed          0/1  g
total       grades                1/2  kurang
r           other readings        0/1  lain
Altogether                       5/11""" == reached(rubric()).table()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_fits_a_terminal(language: Language) -> None:
    """Long names have a line of their own, and long lists go on below; no word is lost."""
    deep = "  panjang_sekali:\n    combine: sum\n    indicators:\n      nama_indikator_yang_panjang:\n        levels: {"
    levels = ", ".join(f"jawaban_nomor_{n}: {n}" for n in range(20))
    found = reached(rubric(f"kinerja: 1\nid: x\ncombine: sum\nindicators:\n{deep}{levels}}}\n"))
    lines = found.table(language=language).splitlines()
    assert max(map(len, lines)) <= 80
    assert "panjang_sekali.nama_indikator_yang_panjang" in lines
    assert 20 == sum(line.count("jawaban_nomor_") for line in lines)


def test_as_json() -> None:
    """In a versioned form, with counts, and both sides of every kind and node."""
    found = json.loads(reached(rubric()).to_json())
    assert (1, "x", 11, 5) == tuple(found[key] for key in ("kinerja-coverage", "rubric", "of", "reached"))
    assert {"reached": ["1"], "missing": ["0"]} == found["kinds"]["band"]["a"]
    assert {"reached": [], "missing": ["lain"]} == found["kinds"]["reading"]["r"]


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """The table below the result of the examples, in the language of the rubric."""
    assert 0 == run(["test", "pk-bkm", "--coverage"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("pk-bkm: contoh yang sesuai ")
    assert "Simpul         Jenis         Tercapai  Belum tercapai" == lines[2]
    assert max(map(len, lines)) <= 80


def test_the_command_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing but JSON on standard output."""
    assert 0 == run(["test", "pk-bkm", "--coverage", "--format", "json"])
    assert "pk-bkm" == json.loads(capsys.readouterr().out)["rubric"]
