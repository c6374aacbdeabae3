"""Ready tests: one line in a test module gives a test for each example and each law, as pytest really collects them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import kinerja
from kinerja import UsageError
from kinerja.testing.laws import LAWS
from kinerja.testing.suite import ExampleFailed, suite

KOTA = """\
kinerja: 1
id: kota
combine: sum
indicators:
  kas:
    better: higher
    measure: {in: "[0..100]", step: 1}
    bands: {1: {when: "< 40"}, 0: {when: ">= 40"}}
    examples: {39: 1, 40: 1}
"""
FEW = settings(max_examples=30, derandomize=True, database=None, deadline=None)


def test_pytest_collects_one_test_for_each_example_and_law(tmp_path: Path) -> None:
    """The failures are those of the rubric, with its lines and without those of this library."""
    (tmp_path / "kota.yaml").write_text(KOTA, encoding="utf-8")
    (tmp_path / "test_kota.py").write_text(
        "from hypothesis import settings\nfrom kinerja.testing import suite\n"
        "few = settings(max_examples=30, derandomize=True, database=None, deadline=None)\n"
        "test_kota = suite('kota.yaml', settings=few)\n",
        encoding="utf-8",
    )
    source = str(Path(kinerja.__file__).parents[1])
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-rf"]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": source, "COLUMNS": "100", "PATH": ""},
    )
    assert f"2 failed, {len(LAWS)} passed" in done.stdout
    assert "test_kota[kas[40]]" in done.stdout
    assert "test_kota[better-is-not-worse]" in done.stdout
    assert "kota.yaml:9:27: error K201" in done.stdout
    assert "Law better-is-not-worse does not hold for kota" in done.stdout
    assert "suite.py" not in done.stdout.split("short test summary")[0].replace("testing.suite", "")


def test_cases_in_this_process() -> None:
    """The same called by hand: what holds is silent, what does not is told."""
    made = suite(kinerja.loads(KOTA, name="kota.yaml"), settings=FEW)
    (mark,) = made.pytestmark  # type: ignore[attr-defined]
    cases = {case.name: case for case in mark.args[1]}
    made(cases["kas[39]"])
    made(cases["one-fact"])
    with pytest.raises(ExampleFailed, match="K201") as caught:
        made(cases["kas[40]"])
    assert ("K201",) == tuple(each.code for each in caught.value.diagnostics)
    with pytest.raises(AssertionError, match="better-is-not-worse"):
        made(cases["better-is-not-worse"])


def test_a_rubric_that_is_not_there() -> None:
    """The caller is told, as by `load`."""
    with pytest.raises(UsageError):
        suite("tidak-ada.yaml")
