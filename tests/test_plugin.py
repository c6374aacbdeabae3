"""The pytest plugin: rubrics collected as examples and laws, told in their own words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings

import _kinerja_pytest
import kinerja
from kinerja import testing
from kinerja.errors import Diagnostic, UsageError

# Imported before pytest runs inside of pytest, which forgets what it imports itself.
from kinerja.testing import counting, plugin

pytest_plugins = ["pytester"]

LAWS = testing.laws.LAWS

ROOT = Path(__file__).parent.parent

KOTA = """\
kinerja: 1
id: kota
title: "Rubrik kota"
language: id
combine: sum
indicators:
  rapat:
    title: "Rapat warga"
    measure: {unit: kali, in: ">= 0", step: 1}
    bands: {2: {when: "> 2", text: "lebih dari dua"}, 0: {when: "<= 2", text: "paling banyak dua"}}
    examples: {2: 0, 3: 2}
  kas:
    levels: {ada: 1, tidak: 0}
    examples: {ada: 1}
examples:
  penuh: {facts: {rapat: 3, kas: ada}, expect: {total: 3}}
"""

#: Its second example and its whole sheet expect what the rules do not give.
FAILING = KOTA.replace("{2: 0, 3: 2}", "{2: 0, 3: 1}").replace("{total: 3}", "{total: 2}")
#: Three meetings are in no band.
BROKEN = KOTA.replace('"> 2"', '"> 3"')


def holds(rubric: kinerja.Rubric) -> None:
    """A law that every rubric obeys."""
    assert isinstance(rubric, kinerja.Rubric)


@pytest.fixture
def laws(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put other laws in the place of the library's own, which take their time."""

    def put(**checks: Callable[[kinerja.Rubric], None]) -> None:
        found = {name: SimpleNamespace(check=check) for name, check in checks.items()}
        monkeypatch.setattr(testing, "laws", SimpleNamespace(LAWS=found), raising=False)

    put(holds=holds)
    return put


@pytest.fixture
def run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, laws: Callable[..., None]
) -> Callable[..., pytest.RunResult]:
    """Run pytest with this plugin and no others in a folder with one rubric, in this process."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    write(pytester, KOTA)

    def inside(*arguments: str) -> pytest.RunResult:
        return pytester.runpytest_inprocess(*arguments, plugins=[_kinerja_pytest])

    return inside


def write(pytester: pytest.Pytester, text: str, name: str = "rubrics/kota.yaml") -> Path:
    """Write a rubric."""
    path = pytester.path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def collected(result: pytest.RunResult) -> list[str]:
    """The node ids that `--collect-only -q` lists."""
    return [line for line in result.outlines if "::" in line]


NODES = [
    "rubrics/kota.yaml::kota::rapat[2]",
    "rubrics/kota.yaml::kota::rapat[3]",
    "rubrics/kota.yaml::kota::kas[ada]",
    "rubrics/kota.yaml::kota::penuh",
    "rubrics/kota.yaml::kota::law::holds",
]


# --- what is asked for


def test_nothing_is_collected_until_asked(run: Callable[..., pytest.RunResult]) -> None:
    """Without an option or a configuration a rubric is a file like any other."""
    assert pytest.ExitCode.NO_TESTS_COLLECTED == run().ret


@pytest.mark.parametrize("asked", ["rubrics", "rubrics/kota.yaml"])
def test_a_file_or_a_folder_is_asked_for(run: Callable[..., pytest.RunResult], asked: str) -> None:
    """Each example and each law is an item; a folder means its *.yaml."""
    assert NODES == collected(run("--kinerja", asked, "--collect-only", "-q"))


def test_several_are_asked_for(run: Callable[..., pytest.RunResult], pytester: pytest.Pytester) -> None:
    """The option may be repeated, and what is asked for twice is tested once."""
    write(pytester, KOTA.replace("id: kota", "id: desa"), "desa.yaml")
    asked = ("--kinerja", "desa.yaml", "--kinerja", "rubrics", "--kinerja", "desa.yaml")
    found = collected(run(*asked, "--collect-only", "-q"))
    assert sorted(
        [*NODES, *(node.replace("rubrics/kota", "desa").replace("kota", "desa") for node in NODES)]
    ) == (sorted(found))


def test_a_rubric_elsewhere_is_tested_where_it_is(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """What is asked for is tested beside what pytest collects by itself, wherever it stands."""
    pytester.makepyfile("def test_one(): pass")
    inner = pytester.mkdir("inner")
    os.chdir(inner)
    pytester.makeini("[pytest]")
    run("--rootdir", str(inner), "--kinerja", "../rubrics", "..", "-q").assert_outcomes(passed=6)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("desa.yaml", "ERROR: --kinerja: file or directory not found: desa.yaml"),
        ("empty", "ERROR: --kinerja: there is no *.yaml in empty"),
    ],
)
def test_what_is_not_there_is_refused(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester, asked: str, said: str
) -> None:
    """A path that nothing can be collected from is a usage error."""
    pytester.mkdir("empty")
    result = run("--kinerja", asked)
    assert (pytest.ExitCode.USAGE_ERROR, True) == (result.ret, said in result.errlines)


@pytest.mark.parametrize("pattern", ["rubrics/*.yaml", "rubrics", "{path}/rubrics/kota.yaml", "**/kota.yaml"])
def test_the_configuration_asks(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester, pattern: str
) -> None:
    """Patterns count from the rootdir; a folder means its *.yaml; an absolute path is one, too."""
    pytester.makeini(f"[pytest]\nkinerja_rubrics = {pattern.format(path=pytester.path)}")
    assert NODES == collected(run("--collect-only", "-q"))


def test_testpaths_do_not_keep_rubrics_out(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """A configured rubric is tested where the tests stand in a folder of their own."""
    pytester.makeini("[pytest]\ntestpaths = tests\nkinerja_rubrics = rubrics/*.yaml")
    pytester.makepyfile(**{"tests/test_one": "def test_one(): pass"})
    assert ["tests/test_one.py::test_one", *NODES] == collected(run("--collect-only", "-q"))


def test_who_names_a_path_gets_that_path(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """The configuration adds nothing to what is named on the command line, nor from another folder than the root."""
    pytester.makeini("[pytest]\nkinerja_rubrics = rubrics/*.yaml")
    pytester.makepyfile(test_one="def test_one(): pass")
    found = [
        collected(run("test_one.py", "--collect-only", "-q")),
        collected(run("rubrics", "--collect-only", "-q")),
    ]
    os.chdir(pytester.mkdir("inner"))
    assert [["test_one.py::test_one"], NODES, []] == [*found, collected(run("--collect-only", "-q"))]


@pytest.mark.parametrize(
    ("named", "nodes"),
    [
        ("rubrics/kota.yaml::kota::rapat[3]", NODES[1:2]),
        ("rubrics/kota.yaml::kota::rapat", NODES[:2]),
        ("rubrics/kota.yaml::kota::law", NODES[4:]),
        ("rubrics/kota.yaml::kota::law::holds", NODES[4:]),
        ("rubrics/kota.yaml", NODES),
    ],
)
def test_who_names_a_part_of_a_rubric_gets_that_part(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester, named: str, nodes: list[str]
) -> None:
    """A node id runs alone, although `--kinerja` asks for the folder."""
    write(pytester, KOTA.replace("id: kota", "id: desa"), "rubrics/desa.yaml")
    assert nodes == collected(run("--kinerja", "rubrics", named, "--collect-only", "-q"))


def test_a_pattern_without_a_file_is_told(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """A configuration that matches nothing is a warning, as it is for `testpaths`."""
    pytester.makeini("[pytest]\nkinerja_rubrics = rubrik/*.yaml")
    result = run()
    result.stdout.fnmatch_lines(
        ["*PytestConfigWarning: kinerja_rubrics: no rubric file matches rubrik/[*].yaml"]
    )


# --- what is told


ROW = """\
________________________________ kota::rapat[3] ________________________________
rubrics/kota.yaml:11:25: galat K201: contoh "rapat[3]" menghasilkan 2, bukan 1
   10 |     bands: {2: {when: "> 2", text: "lebih dari dua"}, 0: {when: "<= 2", text: "paling banyak dua"}}
   11 |     examples: {2: 0, 3: 1}
      |                         ^
  bantuan: Perbaiki contoh atau aturannya.

Rapat warga: nilai 2
   Isian (rapat): 3 kali.
   Nilai 2 menurut baris "lebih dari dua".
   Bukan 0, karena 3 tidak memenuhi <= 2.
"""

SHEET = """\
_________________________________ kota::penuh __________________________________
rubrics/kota.yaml:16:56: galat K201: contoh "penuh: total" menghasilkan 3, bukan
    2
   15 | examples:
   16 |   penuh: {facts: {rapat: 3, kas: ada}, expect: {total: 2}}
      |                                                        ^
  bantuan: Perbaiki contoh atau aturannya.

Rubrik kota
tanpa tanggal; penilaian sendiri

Nilai total 3. Lengkap: setiap indikator yang berlaku sudah bernilai.
"""

#: More meetings are better, and the eleventh takes the score away.
TURNING = (
    KOTA.replace('"> 2"', '"[3..10]"')
    .replace('"<= 2"', '"< 3, > 10"')
    .replace('title: "Rapat warga"', "better: higher")
)

TURNED = """\
________________________ kota::law::better-is-not-worse ________________________
Hukum better-is-not-worse tidak berlaku bagi kota: Jawaban yang lebih baik,
yaitu yang bernilai lebih tinggi atau lebih jauh ke arah `better`, tidak
menurunkan nilai total atau predikat.

kinerja-sheet: 1
rubric: kota
facts:
  rapat: 3
  kas: ada

Dan dengan jawaban berikut sebagai gantinya, atau dengan urutan ini:
  rapat: 11

       lembar ini                           jawaban yang lebih baik
rapat  3                                    11
rapat  2                                    0
total  3                                    1

rubrics/kota.yaml:7:3
    6 | indicators:
    7 |   rapat:
      |   ^^^^^

rubrics/kota.yaml:1:1
    1 | kinerja: 1
      | ^
"""

UNREADABLE = """\
______________________ ERROR collecting rubrics/kota.yaml ______________________
rubrics/kota.yaml:10:5: galat K203: tidak ada batasan "rapat" yang memuat 3
    9 |     measure: {unit: kali, in: ">= 0", step: 1}
   10 |     bands: {2: {when: "> 3", text: "lebih dari dua"}, 0: {when: "<= 2", text: "paling banyak dua"}}
      |     ^^^^^
  lembar contoh: {rapat: 3}
  bantuan: Perluas salah satu batasan, atau persempit ranah `in`.
"""


def section(result: pytest.RunResult, *, heading: str, until: str) -> str:
    """The lines of an output from the one that holds a heading to the next one that holds something else."""
    lines = result.outlines
    start = next(index for index, line in enumerate(lines) if heading in line)
    end = next(index for index, line in enumerate(lines) if index > start and until in line)
    return "\n".join(lines[start:end]) + "\n"


def test_selection_by_word_and_mark(run: Callable[..., pytest.RunResult]) -> None:
    """`-k` and `-m` choose, and the marks are known where marks have to be."""
    by_word = collected(run("--kinerja", "rubrics", "-k", "kas or penuh", "--collect-only", "-q"))
    law = collected(
        run("--kinerja", "rubrics", "-m", "kinerja_law", "--strict-markers", "--collect-only", "-q")
    )
    example = collected(run("--kinerja", "rubrics", "-m", "kinerja_example", "--collect-only", "-q"))
    assert (NODES[2:4], NODES[4:], NODES[:4]) == (by_word, law, example)


def test_last_failures_are_run_again(run: Callable[..., pytest.RunResult], pytester: pytest.Pytester) -> None:
    """`--lf` runs what failed, `-x` stops at the first failure, and every line of the summary says why."""
    write(pytester, FAILING)
    first = run("--kinerja", "rubrics", "-x", "-q")
    first.assert_outcomes(passed=1, failed=1)
    run("--kinerja", "rubrics", "-q").assert_outcomes(passed=3, failed=2)
    again = run("--kinerja", "rubrics", "-q", "--lf")
    again.assert_outcomes(failed=2, deselected=3)
    assert [
        'FAILED rubrics/kota.yaml::kota::rapat[3] - galat K201: contoh "rapat[3]" meng...',
        'FAILED rubrics/kota.yaml::kota::penuh - galat K201: contoh "penuh: total" men...',
    ] == [line for line in again.outlines if line.startswith("FAILED")]


def test_a_failing_example_is_told_in_the_words_of_the_rubric(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """The place, the line, what to do, and why the rules give what they give; no traceback."""
    write(pytester, FAILING)
    result = run("--kinerja", "rubrics")
    told = section(result, heading="_ kota::rapat[3] _", until="_ kota::penuh _")
    whole = section(result, heading="_ kota::penuh _", until="short test summary")
    assert (ROW, SHEET) == (told, whole[: len(SHEET)])


def test_a_failure_has_a_line_of_its_own(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """What other programs read of a failure is the line of the rubric and one sentence."""
    write(pytester, FAILING)
    result = run("--kinerja", "rubrics", "--tb=line")
    assert 'rubrics/kota.yaml:11: galat K201: contoh "rapat[3]" menghasilkan 2, bukan 1' in result.outlines


def test_an_english_rubric_is_told_in_english(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """The language of a failure is that of the rubric, also where it cannot be loaded."""
    told = []
    for text in (FAILING, BROKEN):
        write(pytester, text.replace("language: id", "language: en"))
        told.append(
            [line for line in run("--kinerja", "rubrics", "-k", "rapat").outlines if "help: " in line]
        )
    assert [
        ["  help: Mend the example or the rule."],
        ["  help: Widen a band, or narrow the domain `in`."],
    ] == told


def test_an_example_that_nobody_could_run_has_no_explanation(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """A sheet that is like one that is not there is told with its place alone."""
    write(pytester, KOTA.replace("penuh: {", "penuh: {like: kosong, "))
    told = section(run("--kinerja", "rubrics"), heading="_ kota::penuh _", until="short test summary")
    assert ["  bantuan: Contoh: penuh."] == told.splitlines()[-1:]


def test_an_item_knows_its_line(pytester: pytest.Pytester, run: Callable[..., pytest.RunResult]) -> None:
    """An example is where it is written, a law at the id; what a rubric takes over has no line in its own file."""
    write(pytester, "kinerja: 1\nextends: {rubric: kota}\nid: desa\n", "rubrics/desa.yaml")
    calls = pytester.inline_run("--kinerja", "rubrics", "--collect-only", plugins=[_kinerja_pytest])
    found = [call.item.location for call in calls.getcalls("pytest_itemcollected")]
    assert [
        ("rubrics/desa.yaml", None, "desa::rapat[2]"),
        ("rubrics/desa.yaml", None, "desa::rapat[3]"),
        ("rubrics/desa.yaml", None, "desa::kas[ada]"),
        ("rubrics/desa.yaml", 2, "desa::law::holds"),
        ("rubrics/kota.yaml", 10, "kota::rapat[2]"),
        ("rubrics/kota.yaml", 10, "kota::rapat[3]"),
        ("rubrics/kota.yaml", 13, "kota::kas[ada]"),
        ("rubrics/kota.yaml", 15, "kota::penuh"),
        ("rubrics/kota.yaml", 1, "kota::law::holds"),
    ] == found


def test_a_broken_rubric_is_an_error_of_collection(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """It is told like `kinerja check` tells it, and no test of it runs."""
    write(pytester, BROKEN)
    result = run("--kinerja", "rubrics")
    assert UNREADABLE == section(result, heading="ERROR collecting", until="short test summary")
    result.assert_outcomes(errors=1)


def test_a_rubric_that_nobody_may_read_is_an_error_of_collection(
    run: Callable[..., pytest.RunResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has no place in a file is told without one."""

    def refuse(path: Path) -> None:
        raise UsageError([Diagnostic("K502", (), {"name": str(path), "problem": "Permission denied"})])

    monkeypatch.setattr(plugin, "load", refuse)
    told = section(run("--kinerja", "rubrics"), heading="ERROR collecting", until="short test summary")
    assert ['galat K502: "rubrics/kota.yaml" tidak dapat dibaca: Permission denied'] == told.splitlines()[1:]


def test_a_broken_law_is_told_in_its_own_words(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester, laws: Callable[..., None]
) -> None:
    """The law, the sheet that breaks it, and the lines of the rubric, in its language; no traceback."""
    name = "better-is-not-worse"
    same = settings(derandomize=True, database=None, deadline=None, report_multiple_bugs=False)
    laws(**{name: partial(LAWS[name].check, settings=same)})
    write(pytester, TURNING)
    result = run("--kinerja", "rubrics")
    result.assert_outcomes(passed=4, failed=1)
    assert TURNED == section(result, heading=f"_ kota::law::{name} _", until="short test summary")
    told = "FAILED rubrics/kota.yaml::kota::law::better-is-not-worse - Hukum better-is-no"
    assert [told] == [line[: len(told)] for line in result.outlines if line.startswith("FAILED")]


def test_what_nobody_expects_keeps_its_traceback(
    run: Callable[..., pytest.RunResult], laws: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of this library is shown as one, wherever it comes up."""

    def breaks(_: Any) -> None:
        raise ZeroDivisionError

    laws(breaks=breaks)
    failing = run("--kinerja", "rubrics")
    monkeypatch.setattr(plugin, "load", breaks)
    erring = run("--kinerja", "rubrics")
    for result in (failing, erring):
        assert [True, True] == [
            any(line.startswith("E ") and line.endswith("ZeroDivisionError") for line in result.outlines),
            any("raise ZeroDivisionError" in line for line in result.outlines),
        ]


def test_without_hypothesis_the_laws_are_skipped(
    run: Callable[..., pytest.RunResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One item stands in their place and says what to install."""

    def absent(name: str) -> None:
        raise UsageError([Diagnostic("K560", (), {"library": "hypothesis"})])

    monkeypatch.delattr(testing, "laws")
    monkeypatch.setattr(testing, "__getattr__", absent, raising=False)
    result = run("--kinerja", "rubrics", "-m", "kinerja_law", "-rs")
    result.assert_outcomes(skipped=1, deselected=4)
    (said,) = (line for line in result.outlines if line.startswith("SKIPPED"))
    assert said == (
        "SKIPPED [1] rubrics/kota.yaml: hypothesis belum terpasang, padahal pengujian ini memerlukannya. "
        "Pasang tambahannya: pip install 'kinerja[testing]'"
    )


# --- what is reached

TABLE = """\
=============================== kinerja coverage ===============================
rubrics/kota.yaml
Simpul      Jenis     Tercapai  Belum tercapai
rapat       batasan        2/2
kas         jenjang        1/2  tidak
Seluruhnya                 3/4
"""

ONE_TEST = """\
import kinerja
from datetime import date

def test_one():
    kinerja.Evaluator(kinerja.load({name!r}), readings={readings!r}).evaluate({facts!r})
"""

SEVERAL = """\
import kinerja

def test_several():
    evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
    assert 2 == len(list(evaluator.evaluate_many([{"perempuan": 42}, {"perempuan": 2}])))
"""


def reached(result: pytest.RunResult) -> dict[str, str]:
    """The sum of the table of each rubric, by its name."""
    lines = [*section(result, heading="kinerja coverage", until="= ").splitlines()[1:], ""]
    tables = "\n".join(lines).split("\n\n")
    return {table.splitlines()[0]: table.split()[-1] for table in tables if table.strip()}


def test_what_examples_reach_is_shown(
    run: Callable[..., pytest.RunResult], laws: Callable[..., None]
) -> None:
    """Every line, grade and reading of a rubric, those that no example reaches by name; what laws reach counts not."""
    few = settings(max_examples=20, database=None, deadline=None)
    laws(**{"in-range": partial(LAWS["in-range"].check, settings=few)})
    result = run("--kinerja", "rubrics", "--kinerja-coverage")
    result.assert_outcomes(passed=5)
    assert TABLE == section(result, heading="kinerja coverage", until="passed in")


def test_what_is_left_out_is_not_reached(run: Callable[..., pytest.RunResult]) -> None:
    """Only the examples that were run count."""
    result = run("--kinerja", "rubrics", "--kinerja-coverage", "-k", "kas")
    assert {"rubrics/kota.yaml": "1/4"} == reached(result)


def test_evaluations_of_other_tests_count(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """A rubric that a test loads and evaluates is counted beside those that are collected, and with them."""
    tests = {
        "test_kota": ("rubrics/kota.yaml", {}, {"kas": "tidak"}),
        "test_bundled": ("pk-bkm", {}, {"perempuan": 42}),
        "test_reading": ("pk-bkm", {"D3": "dua-mulai-98"}, {"infrastruktur": 98}),
    }
    write(pytester, KOTA.replace("id: kota", "id: desa"), "desa.yaml")
    for name, (rubric, readings, facts) in (
        *tests.items(),
        ("test_desa", ("desa.yaml", {}, {"kas": "tidak"})),
    ):
        pytester.makepyfile(**{name: ONE_TEST.format(name=rubric, readings=readings, facts=facts)})
    result = run("--kinerja", "rubrics", "--kinerja-coverage")
    assert {"desa.yaml": "1/4", "pk-bkm@2017": "2/51", "rubrics/kota.yaml": "4/4"} == reached(result)


def test_many_evaluations_at_once_count(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """Each of the sheets that are scored one after the other."""
    pytester.makepyfile(test_several=SEVERAL)
    assert {"pk-bkm@2017": "2/51"} == reached(run("--kinerja-coverage"))


def test_rubrics_that_tests_make_up_do_not_count(
    run: Callable[..., pytest.RunResult], pytester: pytest.Pytester
) -> None:
    """Neither a text, nor a changed rubric, nor one in Python, nor one whose file has gone bad since."""
    write(pytester, KOTA)
    pytester.makepyfile(
        f"""
        import kinerja, pathlib
        from kinerja.model import Levels, Level

        KOTA = {KOTA!r}

        def test_made_up():
            kota = kinerja.load("rubrics/kota.yaml")
            other = {{"indicators": {{"kas": {{"levels": {{"ada": 3}}}}}}}}
            level = Levels(levels={{"ada": Level(score=1)}})
            gone = kinerja.loads(KOTA, name="gone.yaml")
            pathlib.Path("gone.yaml").write_text(KOTA + "nothing: known", encoding="utf-8")
            for rubric in (
                kinerja.loads(KOTA),
                kinerja.patched(kota, other),
                kinerja.Rubric(id="kota", combine="sum", indicators={{"kas": level}}),
                gone,
            ):
                kinerja.Evaluator(rubric).evaluate({{"kas": "ada"}})
        """
    )
    result = run("--kinerja-coverage")
    result.assert_outcomes(passed=1)
    assert "no rubric was evaluated" in result.outlines


def test_coverage_is_written_as_json(run: Callable[..., pytest.RunResult], pytester: pytest.Pytester) -> None:
    """Into a folder that need not be there, with or without the table."""
    result = run("--kinerja", "rubrics", "--kinerja-coverage-json", "out/kinerja.json")
    found = json.loads((pytester.path / "out" / "kinerja.json").read_text("utf-8"))
    expected = {
        "kinerja-coverage": 1,
        "rubrics": [
            {
                "file": "rubrics/kota.yaml",
                "kinerja-coverage": 1,
                "rubric": "kota",
                "of": 4,
                "reached": 3,
                "kinds": {
                    "band": {"rapat": {"reached": ["2", "0"], "missing": []}},
                    "level": {"kas": {"reached": ["ada"], "missing": ["tidak"]}},
                },
            }
        ],
    }
    assert (expected, False) == (found, any("kinerja coverage" in line for line in result.outlines))


def test_evaluators_are_left_as_they_were(run: Callable[..., pytest.RunResult]) -> None:
    """When a run is over nothing is counted any more."""
    before = kinerja.Evaluator.evaluate
    run("--kinerja", "rubrics", "--kinerja-coverage")
    assert before is kinerja.Evaluator.evaluate


def test_workers_hand_over_what_they_have_counted(tmp_path: Path) -> None:
    """What each worker of pytest-xdist has reached is put together; one that died has nothing to say."""

    def count(facts: dict[str, Any], **more: Any) -> counting.Counting:
        option = SimpleNamespace(kinerja_coverage_json=None)
        config = SimpleNamespace(rootpath=tmp_path, option=option, **more)
        found = counting.Counting(config)
        evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
        try:
            for value in facts.items():
                evaluator.evaluate(dict([value]))
            found.pytest_sessionfinish()
        finally:
            found.pytest_unconfigure()
        return found

    handed: list[dict[str, Any]] = [{}, {}]
    count({"perempuan": 42}, workeroutput=handed[0])
    count({"perempuan": 20, "anggaran": 1}, workeroutput=handed[1])
    master = count({})
    for each in json.loads(json.dumps(handed)):
        master.pytest_testnodedown(SimpleNamespace(workeroutput=each))
    master.pytest_testnodedown(SimpleNamespace())
    (found,) = json.loads(master.to_json())["rubrics"]
    assert ("pk-bkm@2017", 3) == (found["file"], found["reached"])


# --- as it is installed


def alone(
    folder: Path, *arguments: str, path: tuple[Path, ...] = (), autoload: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run pytest in a process of its own, as a user's would."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))
    }
    environment |= {
        "PYTHONPATH": os.pathsep.join(map(str, (*path, HOME))),
        "COLUMNS": "80",
        **({} if autoload else {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}),
    }
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


#: What the package is imported from: the sources, or the place where it is installed.
HOME = Path(_kinerja_pytest.__file__).parent

CONFTEST = """
import sys

def pytest_unconfigure():
    print("imported", sorted({"kinerja", "hypothesis"} & sys.modules.keys()))
"""


def test_loading_the_plugin_imports_nothing(tmp_path: Path) -> None:
    """A run that asks for no rubric imports neither the package nor Hypothesis."""
    (tmp_path / "conftest.py").write_text(CONFTEST, "utf-8")
    (tmp_path / "kota.yaml").write_text(KOTA, "utf-8")
    (tmp_path / "test_one.py").write_text("def test_one(): pass", "utf-8")
    done = alone(tmp_path, "-p", "_kinerja_pytest", "-q")
    assert ("1 passed", "imported []") == (done.stdout.splitlines()[-2][:8], done.stdout.splitlines()[-1])


def test_the_entry_point_can_be_switched_off(tmp_path: Path) -> None:
    """An installed library brings the plugin under the name `kinerja`, and `-p no:kinerja` keeps it out."""
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][
        "pytest11"
    ]
    known = tmp_path / "packages" / "rules-1.dist-info"
    known.mkdir(parents=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: rules\nVersion: 1\n", "utf-8")
    text = "[pytest11]\n" + "\n".join(f"{name} = {value}" for name, value in points.items())
    (known / "entry_points.txt").write_text(text, "utf-8")
    (tmp_path / "kota.yaml").write_text(KOTA, "utf-8")
    asked = ("--kinerja", "kota.yaml", "-m", "kinerja_example", "-q")
    ways = [
        alone(tmp_path, *options, *asked, path=(known.parent,), autoload=True)
        for options in ((), ("-p", "no:kinerja"))
    ]
    assert [0, pytest.ExitCode.USAGE_ERROR] == [done.returncode for done in ways]
    assert "unrecognized arguments: --kinerja" in ways[1].stderr


#: One law that takes no time, and one that does not hold.
FEW_LAWS = """
from types import SimpleNamespace
from kinerja import testing

def holds(rubric): pass

name = "better-is-not-worse"
laws = {"holds": holds, name: testing.laws.LAWS[name].check}
testing.laws = SimpleNamespace(LAWS={name: SimpleNamespace(check=check) for name, check in laws.items()})
"""


def test_rubrics_are_tested_in_several_processes(tmp_path: Path) -> None:
    """With pytest-xdist and in random order the same tests fail for the same reasons, and all is counted."""
    (tmp_path / "conftest.py").write_text(FEW_LAWS, "utf-8")
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "kota.yaml").write_text(FAILING, "utf-8")
    (tmp_path / "rubrics" / "desa.yaml").write_text(TURNING, "utf-8")
    (tmp_path / "rubrics" / "rusak.yaml").write_text(BROKEN, "utf-8")
    several = ("-p", "xdist", "-n", "2", "-p", "randomly")
    told = []
    for options in ((), several):
        asked = ("--kinerja", "rubrics", "--kinerja-coverage", "--continue-on-collection-errors")
        done = alone(tmp_path, "-p", "_kinerja_pytest", *options, *asked)
        lines = done.stdout.splitlines()
        start = next(index for index, line in enumerate(lines) if "kinerja coverage" in line)
        told.append(sorted({line for line in lines[start:] if "passed" not in line}))
    assert told[0] == told[1]
    # On a CI server pytest cuts no line.
    assert [
        "ERROR rubrics/rusak.yaml - galat K203: tidak ada batasan",
        "FAILED rubrics/desa.yaml::kota::law::better-is-not-worse",
    ] == [line[:56] for line in told[0] if line.startswith(("ERROR", "FAILED")) and "K201" not in line]
