"""The surroundings change nothing: locale, time zone, hash seed, decimal context, threads."""

from __future__ import annotations

import decimal
import hashlib
import locale
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

import kinerja
from kinerja import Evaluator
from tests.strategies.numbers import ambient_contexts

EXAMPLES = Path(__file__).parent.parent / "docs" / "examples"

#: Reads the sheets named on its command line and writes everything that anybody is ever shown, as bytes.
PROGRAM = """
import sys, kinerja
evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
facts = {"perempuan": 0.1 + 0.2, "lokasi": "kumuh", "salah": {1, 2}, "keuangan": "Baik", "anggaran": "i\\u0130\\u0131I"}
results = [evaluator.evaluate(kinerja.load_sheet(path)) for path in sys.argv[1:]] + [evaluator.evaluate(facts)]
for result in results:
    for text in (result.trail.to_json(), result.explain(language="id"), result.explain(language="en")):
        sys.stdout.buffer.write(text.encode("utf-8"))
"""


def written(**environment: str) -> str:
    """The digest of what a process of its own writes in some environment."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON")) and k != "TZ"}
    command = [sys.executable, "-c", PROGRAM, *sorted(map(str, EXAMPLES.glob("bkm*.yaml")))]
    done = subprocess.run(command, capture_output=True, check=True, env={**kept, **environment})
    assert len(done.stdout) > 50_000
    return hashlib.sha256(done.stdout).hexdigest()


@pytest.fixture(scope="module")
def usual() -> str:
    """What is written with a fixed seed in plain surroundings."""
    return written(PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"LC_ALL": "id_ID.UTF-8", "LANGUAGE": "id"},
        {"TZ": "Asia/Makassar"},
        {"TZ": "Pacific/Kiritimati"},
        {"PYTHONOPTIMIZE": "2"},
        {"PYTHONINTMAXSTRDIGITS": "640"},
    ],
    ids=lambda environment: "-".join(environment.values()),
)
def test_same_bytes(environment: dict[str, str], usual: str) -> None:
    """Trails and explanations are the same bytes whatever the environment of the process."""
    assert usual == written(**environment)


@pytest.mark.parametrize("name", ["tr_TR.UTF-8", "id_ID.UTF-8", "de_DE.UTF-8", "C"])
def test_locale_of_the_program(name: str) -> None:
    """A program that sets its locale gets the same figures."""
    evaluator = Evaluator(kinerja.load("pk-bkm"))
    sheet = kinerja.load_sheet(EXAMPLES / "bkm.yaml")
    expected = evaluator.evaluate(sheet).explain(language="id")
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pytest.skip(f"this machine has no {name}")
    try:
        assert expected == Evaluator(kinerja.load("pk-bkm")).evaluate(sheet).explain(language="id")
    finally:
        locale.setlocale(locale.LC_ALL, before)


SHEET = kinerja.load_sheet(EXAMPLES / "bkm.yaml")
FACTS = {"perempuan": decimal.Decimal("40.000000000000000000000001"), "infrastruktur": 97.99999999999999}
EVALUATOR = Evaluator(kinerja.load("pk-bkm"))
EXPECTED = [EVALUATOR.evaluate(each).trail.to_json() for each in (SHEET, FACTS)]


@given(ambient_contexts())
def test_decimal_context_of_the_caller(context: decimal.Context) -> None:
    """Whatever precision, rounding and traps the caller has set: the same digits."""
    with decimal.localcontext(context):
        found = [EVALUATOR.evaluate(each).trail.to_json() for each in (SHEET, FACTS)]
    assert EXPECTED == found


def test_the_worst_decimal_context() -> None:
    """Three digits, rounded up, every trap set."""
    traps = list(decimal.getcontext().traps)
    with decimal.localcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP, traps=traps)):
        evaluator = Evaluator(kinerja.load("pk-bkm"))
        assert EXPECTED == [evaluator.evaluate(each).trail.to_json() for each in (SHEET, FACTS)]
        assert evaluator.evaluate(SHEET).explain() == EVALUATOR.evaluate(SHEET).explain()


@pytest.mark.volume
def test_threads_share_an_evaluator() -> None:
    """Eight threads with one evaluator, from its first sheet on: each gets its own answer."""
    evaluator = Evaluator(kinerja.load("pk-bkm"))
    sheets = [{"perempuan": Fraction(at, 4), "lokasi": "kumuh", "anggaran": at % 5} for at in range(160)]
    expected = [EVALUATOR.evaluate(sheet).trail.to_json() for sheet in sheets]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda sheet: evaluator.evaluate(sheet).trail.to_json(), sheets))
    assert expected == found


def test_inputs_are_left_alone() -> None:
    """Evaluating changes neither the facts nor the sheet that it was given."""
    facts = {"perempuan": {"value": 40, "evidence": ["a", "b"]}, "pengurangan": {"luas_awal": 3}}
    before = repr(facts)
    EVALUATOR.evaluate(facts).explain()
    assert before == repr(facts)
