"""
Every task of the project: `nox` runs what a change must pass, `nox -l` lists the rest.

Every session starts from a new environment; with uv that costs less than deciding what can be kept.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import nox
from nox.command import CommandFailed

# From this version on nox finds interpreters by starting them: a pyenv shim without a Python behind it does not count.
nox.needs_version = ">=2026.8.10"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
SUPPORTED = nox.project.python_versions(PROJECT)
RUBRICS = sorted((ROOT / "rubrics").glob("*.yaml"))
EXAMPLE = ROOT / "docs" / "examples" / "bkm.yaml"

#: How many inputs `nox -s deep` tries on each target of tests/fuzz; two million in all.
SEARCHED = {"conditions": 650_000, "csv": 200_000, "rubrics": 240_000, "sheets": 220_000, "trails": 700_000}

#: Run outside the checkout, with the names of the rubric files as arguments.
INSPECT_INSTALLED = """
import sys
from pathlib import Path
import kinerja

home = Path(kinerja.__file__).parent
assert home.parent.name == "site-packages", f"imported from {home}"
assert (home / "py.typed").is_file(), "py.typed is not in the wheel"
shipped = sorted(path.name for path in (home / "rubrics").glob("*.yaml"))
assert shipped == sys.argv[1:], f"rubrics in the wheel: {shipped}"
print(f"kinerja from site-packages, with {len(shipped)} rubrics")
"""

#: Run with the testing extra alone: Hypothesis finds rubrics by their type, and the laws are tried.
TRY_LAWS = """
import sys
import hypothesis
assert "kinerja" not in sys.modules, "Hypothesis alone imports kinerja"
import kinerja
from kinerja.testing import laws
few = hypothesis.settings(max_examples=5, database=None, deadline=None)
laws.check_all(kinerja.load("pk-bkm"), settings=few)
hypothesis.find(hypothesis.strategies.from_type(kinerja.Rubric), lambda made: isinstance(made, kinerja.Rubric))
print("laws tried, and rubrics found by their type")
"""


def group(name: str) -> tuple[str, ...]:
    """The requirements of a dependency group of pyproject.toml."""
    return nox.project.dependency_groups(PROJECT, name)


def starts(version: str) -> bool:
    """Whether this interpreter runs: its name on PATH is not enough."""
    try:
        return (
            subprocess.run([f"python{version}", "-c", ""], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False


def oldest() -> str | None:
    """The oldest supported interpreter of this machine; None is the one that runs nox."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    first = next((version for version in SUPPORTED if version == own or starts(version)), own)
    return None if first == own else first


@nox.session
def lint(session: nox.Session) -> None:
    """Rules and layout; `nox -s lint -- --fix` mends what can be mended."""
    session.install(*group("lint"))
    fix = "--fix" in session.posargs
    session.run("ruff", "check", *(["--fix"] if fix else []), ".")
    session.run("ruff", "format", *([] if fix else ["--check"]), ".")


@nox.session
def types(session: nox.Session) -> None:
    """The package, this file and a caller's program under mypy's strictest rules."""
    session.install("-e", ".[cli,testing]", *group("types"))
    session.run("mypy", *session.posargs)


OLDEST = oldest()
#: Each of the sessions that are measured leaves what it has run in a file of its own.
MEASURED = {name: f".coverage.{name}" for name in ("tests", "engines")}


@nox.session(python=OLDEST)
def tests(session: nox.Session) -> None:
    """Tests, and the examples of README, docs and docstrings, on the oldest Python; laws, which nothing measures."""
    session.install("-e", ".[cli,testing]", *group("test"))
    if session.posargs:
        session.run("python", "-m", "pytest", *session.posargs)
        return
    # A file stays whole: the examples of a page are one story, and what a module has worked out is there for its tests.
    spread = ("-n", "auto", "--dist", "loadfile")
    # Exact tests run every branch; laws and what goes through many rows are most of the work, and counting doubles it.
    measure(session, "tests", [], *spread, "-m", "not volume")
    session.run("coverage", "report", "--fail-under=0", env={"COVERAGE_FILE": MEASURED["tests"]})
    # These share nothing, and some take long: whoever has nothing left takes from the others.
    session.run("python", "-m", "pytest", "-n", "auto", "--dist", "worksteal", "-m", "volume", "tests")


@nox.session(python=OLDEST)
def engines(session: nox.Session) -> None:
    """Frames of PySpark and Dask against the interpreter; needs Java 17 or newer."""
    if (found := java()) is None or found < 17:
        had = "none was found" if found is None else f"Java {found} was found"
        session.error(f"Spark needs Java 17 or newer, and {had}: apt-get install openjdk-17-jre-headless")
    session.install("-e", ".[cli,testing,dask,spark]", *group("test"), *group("engines"))
    if session.posargs:
        session.run("python", "-m", "pytest", "tests/engines", *session.posargs)
        return
    # All but the columns and files is measured by the tests: counting branches takes as long as running them.
    folders = sorted(each.name for each in (ROOT / "src" / "kinerja").iterdir() if each.is_dir())
    other = ["*.py", "engine/*.py", *(f"{name}/*" for name in folders if name not in ("engine", "files"))]
    omitted = ",".join(f"src/kinerja/{each}" for each in other)
    # One process has Spark, the other one Dask.
    measure(session, "engines", [f"--omit={omitted}"], "-n", "2", "--dist", "loadfile", "tests/engines")


def measure(session: nox.Session, name: str, how: Sequence[str], *arguments: str) -> None:
    """The tests, and which branches they ran; that all of them did is asked of both sessions together."""
    data = {"COVERAGE_FILE": MEASURED[name]}
    session.run("coverage", "erase", env=data)
    session.run("coverage", "run", *how, "-m", "pytest", *arguments, env=data)
    session.run("coverage", "combine", "--quiet", env=data)


def java() -> int | None:
    """Which Java there is."""
    home = os.environ.get("JAVA_HOME")
    try:
        done = subprocess.run(
            [Path(home, "bin", "java") if home else "java", "-version"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    said = re.search(r'version "(?:1\.)?(\d+)', done.stderr)
    return int(said[1]) if said else None


@nox.session(requires=[name if OLDEST is None else f"{name}-{OLDEST}" for name in MEASURED])
def coverage(session: nox.Session) -> None:
    """Every branch ran, in the tests or with the engines."""
    session.install(*(each for each in group("test") if each.startswith("coverage")))
    session.run("coverage", "combine", "--quiet", "--keep", *MEASURED.values())
    session.run("coverage", "report")


@nox.session
def docs(session: nox.Session) -> None:
    """The pages as HTML, in docs/_build/html; a warning is an error."""
    session.install("-e", ".[cli,testing]", *group("docs"))
    doctrees = str(Path(session.create_tmp()) / "doctrees")
    build = ["sphinx-build", "-W", "--keep-going", "-n", "-E", "-q", "-b", "html", "-d", doctrees]
    session.run(*build, "docs", "docs/_build/html")


@nox.session
def rubrics(session: nox.Session) -> None:
    """Every bundled rubric has no errors and its examples hold; read from the checkout, from elsewhere."""
    session.install("-e", ".[cli]")
    if not RUBRICS:
        session.error("there is no rubric in rubrics/")
    with tempfile.TemporaryDirectory(prefix="kinerja-") as elsewhere, session.chdir(elsewhere):
        for path in RUBRICS:
            session.run("kinerja", "check", str(path))
            session.run("kinerja", "test", str(path))
        session.run("kinerja", "score", "pk-bkm", str(EXAMPLE))


@nox.session
def build(session: nox.Session) -> None:
    """The sdist, and the wheel from the sdist, in dist/."""
    session.install(*group("build"))
    dist = ROOT / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--no-isolation", "--outdir", str(dist))

    with zipfile.ZipFile(next(dist.glob("*.whl"))) as wheel:
        tops = {name.split("/")[0] for name in wheel.namelist()}
    own = re.compile(r"kinerja|_kinerja_\w+\.py|.*\.dist-info")
    if strangers := {top for top in tops if not own.fullmatch(top)}:
        session.error(f"not ours to install: {sorted(strangers)}")

    with tarfile.open(next(dist.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    wanted = {
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "noxfile.py",
        "conftest.py",
        "docs/conf.py",
        "tests/conftest.py",
    }
    if absent := wanted - names:
        session.error(f"not in the sdist: {sorted(absent)}")


@nox.session(requires=["build"])
def wheel(session: nox.Session) -> None:
    """The wheel as a user gets it: in a clean environment, away from the sources."""
    package = str(next((ROOT / "dist").glob("*.whl")))
    with tempfile.TemporaryDirectory(prefix="kinerja-") as name, session.chdir(name):
        away = Path(name)
        shutil.copytree(ROOT / "tests", away / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "docs" / "examples", away / "docs" / "examples")
        shutil.copytree(ROOT / "rubrics", away / "rubrics")
        shutil.copy(ROOT / "pyproject.toml", away)

        # With the core alone the command says in one line what to install.
        session.install(package)
        session.run("python", "-c", INSPECT_INSTALLED, *(path.name for path in RUBRICS), log=False)
        said = session.run("kinerja", "list", silent=True, success_codes=[1, 2])
        if not re.fullmatch(r"[^\n]*kinerja\[cli\][^\n]*\n?", said or ""):
            session.error(f"without the cli extra the command said: {said}")

        # The extra first, the tools after it: they must not stand in for what the extra forgot to name.
        session.install(f"{package}[testing]")
        session.run("python", "-c", TRY_LAWS)
        session.install(f"{package}[cli]")
        session.run("kinerja", "score", "pk-bkm", str(away / EXAMPLE.relative_to(ROOT)))
        rubric = ("--kinerja", "rubrics", "rubrics/pk-bkm.yaml")
        session.run("python", "-m", "pytest", "-p", "no:cacheprovider", *rubric)
        session.install(*group("test"))
        session.run("python", "-m", "pytest", "-p", "no:cacheprovider", "tests/test_rubrics.py")


@nox.session(python=SUPPORTED, default=False)
def deep(session: nox.Session) -> None:
    """Fifty times the examples and a hundred times the rows, on every supported Python that this machine has."""
    session.install("-e", ".[cli,testing]", *group("test"))
    session.run("python", "-m", "pytest", *session.posargs, env={"HYPOTHESIS_PROFILE": "deep"})
    if not session.posargs:
        search(session)


def search(session: nox.Session) -> None:
    """The coverage-guided search on every target, where this interpreter has a fuzzer."""
    try:
        # Never built from source: that takes a compiler with libFuzzer.
        session.install("--only-binary", "atheris", *group("fuzz"))
    except CommandFailed:
        session.warn(f"no atheris for Python {session.python}: nothing is searched for here")
        return
    for target, runs in SEARCHED.items():
        session.run("python", "-m", "tests.fuzz", target, f"-runs={runs}")


@nox.session(default=False)
def benchmark(session: nox.Session) -> None:
    """How long things take, printed; `nox -s benchmark -- sheets peers` measures a part. Nothing depends on it."""
    session.install("-e", ".[cli,testing]", *group("test"), *group("benchmark"))
    session.run("python", "-m", "tests.benchmarks", *session.posargs)
