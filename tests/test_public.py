"""The public face of the package: what its modules export, what importing it costs."""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from importlib.resources import files

import pytest

import kinerja

#: Libraries that only a door, a frame or a test brings in.
OPTIONAL = {
    "cyclopts",
    "dask",
    "duckdb",
    "hypothesis",
    "ibis",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "pytest",
    "rich",
}

PUBLIC = [
    "kinerja",
    *(
        module.name
        for module in pkgutil.walk_packages(kinerja.__path__, "kinerja.")
        if not any(part.startswith("_") for part in module.name.split("."))
    ),
]


def order(name: str) -> tuple[int, str]:
    """Constants, then classes, then the rest, each by the alphabet: the order that ruff keeps."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_module_lists_its_names(name: str) -> None:
    """Every public module has an `__all__` in order, without repetition, of names that exist."""
    module = importlib.import_module(name)
    listed = list(module.__all__)
    assert sorted(set(listed), key=order) == listed
    assert [] == [entry for entry in listed if not hasattr(module, entry)]


def test_import_stays_light() -> None:
    """`import kinerja` brings in no optional library, installed or not."""
    program = "import json, sys, kinerja; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set() == OPTIONAL & set(json.loads(done.stdout))


def test_types_are_shipped() -> None:
    """A type checker that finds the installed package believes its annotations."""
    assert files("kinerja").joinpath("py.typed").is_file()


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    """What is imported lazily does not hide a misspelt name."""
    assert "Trail" in dir(kinerja)
    with pytest.raises(AttributeError, match="Trial"):
        _ = kinerja.Trial
