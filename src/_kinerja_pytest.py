"""
The pytest plugin: which rubrics a run of pytest tests; what is done with them stands in `kinerja.testing.plugin`.

pytest loads this module in every run wherever the library is installed.  So it stands outside of the package, whose
modules cannot be imported without it, and imports the package only when a rubric is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from glob import glob
from pathlib import Path

import pytest

__all__: list[str] = []

#: The rubric files that are asked for, as absolute paths.
_ASKED = pytest.StashKey[frozenset[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the entry of the configuration file."""
    group = parser.getgroup("kinerja", "rubrics")
    group.addoption(
        "--kinerja",
        action="append",
        default=[],
        metavar="PATH",
        help="test this rubric file as well, or every *.yaml of this folder: its examples and the laws of scoring; "
        "may be given several times",
    )
    group.addoption(
        "--kinerja-coverage",
        action="store_true",
        help="show which bands, levels, steps, gates, grades and readings of the rubrics were reached",
    )
    group.addoption(
        "--kinerja-coverage-json",
        metavar="FILE",
        help="write the same to a file, as JSON",
    )
    parser.addini(
        "kinerja_rubrics",
        type="args",
        default=[],
        help="patterns of rubric files to test, relative to the rootdir; a folder means every *.yaml in it",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Find out what is asked for; refuse what is not there."""
    config.addinivalue_line("markers", "kinerja_example: an example that stands in a rubric")
    config.addinivalue_line("markers", "kinerja_law: a law of scoring, checked for a rubric")
    given = [path for name in config.getoption("kinerja") for path in _given(config, name)]
    configured = [
        path for pattern in config.getini("kinerja_rubrics") for path in _configured(config, pattern)
    ]
    config.stash[_ASKED] = frozenset((*given, *configured))
    is_named = config.args_source is pytest.Config.ArgsSource.ARGS
    if is_named and not config.stash[_ASKED].isdisjoint(_named(config)):
        # Whoever names a rubric file, or a part of one, wants that one and no others.
        return
    if is_named or config.invocation_params.dir != config.rootpath:
        # Like `testpaths`, the configuration counts where nothing is named and pytest starts from its root.
        configured = []
    config.args = [*config.args, *map(str, dict.fromkeys((*given, *configured)))]


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Begin to count what is reached, if somebody wants to know."""
    option = session.config.option
    if option.kinerja_coverage or option.kinerja_coverage_json:
        from kinerja.testing.counting import NAME, Counting

        session.config.pluginmanager.register(Counting(session.config), NAME)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A rubric file that is asked for."""
    if file_path not in parent.config.stash[_ASKED]:
        return None
    from kinerja.testing.plugin import RubricFile

    return RubricFile.from_parent(parent, path=file_path)


def _given(config: pytest.Config, name: str) -> list[Path]:
    """The files of one `--kinerja`, whose path counts from where pytest was started."""
    path = _absolute(config.invocation_params.dir / name)
    if not path.exists():
        raise pytest.UsageError(f"--kinerja: file or directory not found: {name}")
    if not (found := list(_files(path))):
        raise pytest.UsageError(f"--kinerja: there is no *.yaml in {name}")
    return found


def _configured(config: pytest.Config, pattern: str) -> list[Path]:
    """The files of one pattern of the configuration."""
    root = config.rootpath
    # A path's own glob refuses a pattern that is absolute.
    names = sorted(glob(pattern, root_dir=root, recursive=True))  # noqa: PTH207
    found = [path for name in names for path in _files(_absolute(root / name))]
    if not found:
        said = f"kinerja_rubrics: no rubric file matches {pattern}"
        config.issue_config_time_warning(pytest.PytestConfigWarning(said), stacklevel=2)
    return found


def _files(path: Path) -> Iterator[Path]:
    """A file itself; of a folder, what is called like a rubric."""
    if not path.is_dir():
        yield path
        return
    yield from (each for each in sorted(path.glob("*.yaml")) if each.is_file())


def _named(config: pytest.Config) -> Iterator[Path]:
    """The files that were named on the command line, in whole or in part."""
    for argument in config.args:
        name = argument.partition("[")[0].partition("::")[0]
        yield _absolute(config.invocation_params.dir / name)


def _absolute(path: Path) -> Path:
    # As pytest spells the files that it comes to: links are not followed.
    return Path(os.path.abspath(path))  # noqa: PTH100
