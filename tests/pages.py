"""
The terminal on the pages: every `console` block of README and docs is run and compared, so that none can drift.

A block after `<!-- file: NAME -->` is a file that the commands below it can read; the examples of `docs/examples` are
there as well.  A line of three points stands for any lines.  `python -m tests.pages` writes the output as it is now;
what stands between two such lines is found again by its first and last line, where these have not changed too much.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

import _kinerja_pytest
from kinerja.cli import run

__all__ = ["PAGES", "matches", "rewritten", "transcripts"]

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if "```console" in path.read_text(encoding="utf-8")
)

_BLOCK = re.compile(
    r"(?:<!-- file: (?P<name>\S+) -->\n)?(?:<!-- wrong -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_ANYTHING = "..."


@contextmanager
def _folder() -> Iterator[None]:
    """A folder like the root of the checkout, as far as a reader of the pages needs it, in a plain terminal."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as name, chdir(name):
        shutil.copytree(ROOT / "docs" / "examples", Path("docs") / "examples")
        os.environ.update(COLUMNS="80", TERM="dumb")
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


class _Shell:
    """As much of a shell as the pages use: `kinerja`, `pytest`, `> file`, `sed s/one/other/ FILE` and `echo $?`."""

    def __init__(self) -> None:
        self.code = 0

    def run(self, line: str) -> list[str]:
        if line == "echo $?":
            return [str(self.code)]
        name, *words = shlex.split(line)
        target = words.pop() if words[-2:-1] == [">"] else ""
        if target:
            words.pop()
        if name == "sed":
            _, one, other, _ = words[0].split("/")
            printed = Path(words[1]).read_text(encoding="utf-8").replace(one, other)
        elif name == "pytest":
            printed = self.tested(words)
        else:
            assert name == "kinerja", f"a page may call kinerja and pytest only: {line}"
            printed = self.captured(words)
        if target:
            Path(target).write_text(printed, encoding="utf-8")
            return []
        return printed.splitlines()

    def tested(self, words: list[str]) -> str:
        """What pytest prints with the plugin of this library and no others, in a process of its own."""
        # None of what this run of pytest, or one that measures it, has left for the programs that it starts.
        own = ("PYTEST", "COV", "CI", "GITHUB_ACTIONS", "HYPOTHESIS")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        environment |= {
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            "PYTHONPATH": str(Path(_kinerja_pytest.__file__).parent),
        }
        command = [sys.executable, "-m", "pytest", "-p", "_kinerja_pytest", "-p", "no:cacheprovider", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        self.code = done.returncode
        return done.stdout + done.stderr

    def captured(self, words: list[str]) -> str:
        """What the command prints, diagnostics and results in the order in which a terminal shows them."""
        raw = io.BytesIO()
        screen = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
        before = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = screen
        try:
            self.code = run(words)
        finally:
            sys.stdout, sys.stderr = before
        return "\n".join(line.rstrip() for line in raw.getvalue().decode("utf-8").splitlines())


def _sessions(body: str) -> list[tuple[str, list[str]]]:
    """The commands of a block, each with the lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def transcripts(page: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Each command of a page, what the page says it prints, and what it prints."""
    with _folder():
        shell = _Shell()
        for block in _BLOCK.finditer(page.read_text(encoding="utf-8")):
            if block["name"]:
                Path(block["name"]).write_text(block["body"], encoding="utf-8")
            elif block["kind"] == "console":
                for command, expected in _sessions(block["body"]):
                    yield command, expected, shell.run(command)


def matches(expected: list[str], printed: list[str]) -> bool:
    """Whether the page tells the truth; a line of three points stands for any lines."""
    pattern = "\n".join("*" if line == _ANYTHING else _literally(line) for line in expected)
    # A line of points may also stand for no line at all.
    return fnmatchcase("\n".join(printed), pattern)


def _literally(line: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", line)


def rewritten(page: Path) -> str:
    """The page with the output of its blocks as it is now."""
    told = {id_: printed for id_, (_, _, printed) in enumerate(transcripts(page))}
    number = iter(range(len(told)))

    def block(found: re.Match[str]) -> str:
        if found["kind"] != "console" or found["name"]:
            return found[0]
        lines = []
        for command, expected in _sessions(found["body"]):
            printed = told[next(number)]
            lines += [f"$ {command}", *(_excerpt(expected, printed) if _ANYTHING in expected else printed)]
        return f"```console\n{chr(10).join(lines)}\n```"

    return _BLOCK.sub(block, page.read_text(encoding="utf-8"))


def _excerpt(expected: list[str], printed: list[str]) -> list[str]:
    """The parts of an excerpt as they are printed now; one that cannot be found again is left to its author."""
    found: list[str] = []
    part: list[str] = []
    at = 0
    for line in [*expected, _ANYTHING]:
        if line != _ANYTHING:
            part.append(line)
            continue
        start = _nearest(part[:1], printed, at)
        end = _nearest(part[-1:], printed, start)
        found += printed[start : end + 1] if part and start <= end < len(printed) else part
        found.append(_ANYTHING)
        at = end if end < len(printed) else at
        part = []
    return found[:-1]


def _nearest(wanted: list[str], printed: list[str], at: int) -> int:
    """The index of the line from `at` on that is most like the wanted one; past the end where none is like it."""
    near = get_close_matches(wanted[0], printed[at:], n=1, cutoff=0.6) if wanted else []
    return printed.index(near[0], at) if near else len(printed)


if __name__ == "__main__":
    for each in PAGES:
        each.write_text(rewritten(each), encoding="utf-8")
