"""
The promise on bad input: one clear error of ours, within a second and 200 MB, whatever the input is.

Every bad input of `tests/bad` is run by `tests/bad/driver.py`: in a process of its own, which the kernel gives no more
than that memory, and in which a crash, a hang or another exception is seen.  What stands in `tests/bad/attacks.py` is
run nowhere else, so its words are compared here; `--reset-expected` writes them anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("resource", reason="the limits of a process are those of POSIX")
if not Path("/proc/self/status").exists():
    pytest.skip("what a process uses is read from /proc", allow_module_level=True)

from tests.bad.attacks import ATTACKS
from tests.bad.calls import CALLS
from tests.bad.driver import HERE, MEMORY, SECONDS
from tests.test_bad import RUBRICS, SHEETS

ROOT = Path(__file__).parent.parent

#: The worst input takes three quarters of the second on two shared cores; a machine may be half as fast as that one.
SLOWER = 2

#: What is said about a whole text, call, frame or day, or about one cell that stands alone, has no place inside it.
WHOLE = ("K002", "K005", "K118", "K13", "K14", "K15", "K16", "K17", "K315", "K404", "K5")
WHOLE += ("K609", "K610", "K611", "K612", "K613", "K619", "K622", "K630", "K633", "K635", "K636")
WHOLE += ("K638", "K639", "K640", "K642", "K645", "K649", "K651")

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def ask() -> Iterator[Ask]:
    """The driver: a name in, a verdict out."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bad.driver"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        asked, answers = process.stdin, process.stdout
        assert asked is not None
        assert answers is not None

        def ask(name: str) -> dict[str, Any]:
            print(name, file=asked, flush=True)
            return dict(json.loads(answers.readline()))

        yield ask
        asked.close()


def assert_kept(name: str, verdict: dict[str, Any]) -> None:
    """One of our errors, with the code that the name begins with, in time, in memory, and with a place."""
    code = name.partition("/")[2][:4]
    assert verdict["ours"], verdict["raised"]
    assert code in verdict["codes"]
    assert verdict["placed"] or code.startswith(WHOLE)
    assert verdict["seconds"] < SLOWER * SECONDS
    assert verdict["memory"] < MEMORY


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_at_once(name: str, ask: Ask, request: pytest.FixtureRequest) -> None:
    """What is made to be slow, large, deep or deceitful is refused in time, in these words, and they are few."""
    verdict = ask(f"attacks/{name}")
    assert_kept(f"attacks/{name}", verdict)
    # Of thousands of faults of one kind, the first show what is said.
    told = "\n".join(part for part in shortened(verdict["text"])) + "\n"
    path = HERE / "attacks" / f"{name}.expected"
    if request.config.getoption("--reset-expected"):
        path.write_text(told, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == told


def shortened(text: str, most: int = 12) -> Iterator[str]:
    """The first lines in each language, and how many there are."""
    for part in text.rstrip("\n").split("\n\n--- "):
        lines = part.split("\n")
        yield from ["--- " * (not part.startswith("--- ")) + lines[0], *lines[1:most]]
        if len(lines) > most:
            yield f"({len(lines)} lines)"


@pytest.mark.parametrize(
    "name",
    [
        f"{folder}/{name}"
        for folder, names in {"rubrics": RUBRICS, "sheets": SHEETS, "calls": CALLS}.items()
        for name in names
    ],
)
def test_a_mistake_is_answered_at_once(name: str, ask: Ask) -> None:
    """What people do wrong is said to them within the same bounds."""
    assert_kept(name, ask(name))


@pytest.mark.parametrize(
    ("name", "raised"),
    [
        ("killed", "ended by signal 11"),
        ("endless", "ended by signal 9"),
        ("memory", "MemoryError"),
        ("stack", "RecursionError"),
        ("nothing", None),
    ],
)
def test_the_driver_sees_what_breaks_the_promise(name: str, raised: str | None, ask: Ask) -> None:
    """A crash, an endless loop, a lack of memory or of stack, and silence are each seen for what they are."""
    verdict = ask(f"controls/{name}")
    assert (raised, False) == (verdict["raised"], verdict["ours"])


def test_the_driver_sees_what_takes_too_long(ask: Ask) -> None:
    """Time is the process's own work: what it is not given by a busy machine does not count."""
    assert ask("controls/slow")["seconds"] >= SLOWER * SECONDS


# --- the command


FILES: dict[str, Callable[[], bytes]] = {
    "empty.yaml": lambda: b"",
    "brackets.yaml": lambda: b"[" * 1_000_000,
    "chance.yaml": lambda: bytes(range(256)),
    "nul.yaml": lambda: b"kinerja: 1\nid: \0\n",
    "keys.yaml": lambda: b"".join(b"k%d: 1\n" % n for n in range(100_000)),
    "brackets.json": lambda: b"[" * 1_000_000,
    "objects.json": lambda: b'{"format": ' * 100_000,
    "tabs.csv": lambda: b"\t" * 1_000_000,
    "sheet.yaml": lambda: b"kinerja-sheet: 1\nrubric: pk-bkm\nfacts: &a {x: *a}\n",
}


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "empty.yaml"),
        ("check", "brackets.yaml"),
        ("check", "keys.yaml"),
        ("check", "/dev/zero"),
        ("test", "nul.yaml"),
        ("show", "chance.yaml"),
        ("score", "pk-bkm", "sheet.yaml"),
        ("score", "pk-bkm", "brackets.yaml"),
        ("score", "pk-bkm", "tabs.csv"),
        ("explain", "brackets.json"),
        ("explain", "objects.json"),
        ("explain", "chance.yaml"),
    ],
    ids=" ".join,
)
def test_the_command_ends_with_a_sentence(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """On bad input the command says what is wrong and exits with 1 or 2, never with a traceback."""
    for name in set(arguments) & set(FILES):
        (tmp_path / name).write_bytes(FILES[name]())
    ended = subprocess.run(
        [sys.executable, "-m", "kinerja", *arguments],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT / "src"), os.environ.get("PYTHONPATH")])),
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode in (1, 2)
    assert "Traceback" not in ended.stderr
    assert " K" in ended.stdout + ended.stderr
