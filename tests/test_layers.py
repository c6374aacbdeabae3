"""
The layers of the package: an import goes down or stays in its own folder, never up, never in a circle.

The source is read, not imported, so an import inside a function or under TYPE_CHECKING counts as well.
"""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "kinerja"

#: A module or folder directly below the package, and how high it stands. The doors import everything.
DOOR = 99
LAYERS = {
    "_version": 0,
    "drafts": 1,
    "errors": 0,
    "explanations": 0,
    "intervals": 0,
    "lattices": 0,
    "mappings": 0,
    "messages": 0,
    "numbers": 0,
    "writing": 0,
    "feel": 1,
    "model": 2,
    "shapes": 2,
    "sheets": 2,
    "trail": 3,
    "language": 4,
    "plan": 5,
    "engine": 6,
    "evaluation": 7,
    "explain": 7,
    "checks": 8,
    "library": 9,
    "tables": 9,
    "verification": 9,
    "analysis": 10,
    "files": 10,
    "reports": 11,
    "testing": 12,
    "__init__": DOOR,
    "__main__": DOOR,
    "cli": DOOR,
    "sphinx": DOOR,
}


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name; a folder is named as its `__init__` is imported."""
    names = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def unit(module: str) -> str:
    """The part of a dotted name that the table of layers knows."""
    return module.split(".")[1] if "." in module else "__init__"


def imports(source: str, module: str, known: set[str], *, folder: bool) -> set[str]:
    """The modules of this package that a source text imports, wherever in the text."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            up = module.split(".")[: None if folder and node.level == 1 else folder - node.level]
            base = ".".join([*(up if node.level else []), *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in known else base)
    return {name for name in found if name.split(".")[0] == PACKAGE.name and name != module}


def graph() -> dict[str, set[str]]:
    """What each module of the package imports from it."""
    known = modules()
    return {
        name: imports(path.read_text("utf-8"), name, set(known), folder=path.stem == "__init__")
        for name, path in known.items()
    }


def upward(edges: dict[str, set[str]]) -> list[str]:
    """The imports that go up, or sideways within a layer that is not the importer's own folder or table row."""
    return [
        f"{name} imports {target}"
        for name, targets in edges.items()
        for target in sorted(targets)
        if LAYERS[unit(target)] > LAYERS[unit(name)]
    ]


def test_every_module_has_a_layer() -> None:
    """A new module fails here until somebody has decided where it stands."""
    assert [] == sorted({unit(name) for name in modules()} - set(LAYERS))


def test_imports_go_down() -> None:
    """No module imports from a layer above its own."""
    assert [] == upward(graph())


def test_imports_make_no_circle() -> None:
    """Within a layer or a folder, imports have an order too."""
    edges = graph()
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize(
    ("module", "folder", "source", "expected"),
    [
        ("kinerja.feel", False, "import kinerja.errors", {"kinerja.errors"}),
        ("kinerja.feel", False, "from kinerja import errors", {"kinerja.errors"}),
        ("kinerja.feel", False, "from kinerja import load", {"kinerja"}),
        ("kinerja.feel", False, "from kinerja.errors import Fault", {"kinerja.errors"}),
        ("kinerja.feel", False, "from . import errors", {"kinerja.errors"}),
        ("kinerja.checks.gaps", False, "from ..errors import Fault", {"kinerja.errors"}),
        ("kinerja.checks.gaps", False, "from . import words", {"kinerja.checks.words"}),
        ("kinerja.checks", True, "from .words import x", {"kinerja.checks.words"}),
        ("kinerja.feel", False, "def f():\n    import kinerja.plan", {"kinerja.plan"}),
        ("kinerja.feel", False, "if TYPE_CHECKING:\n    from kinerja.plan import Plan", {"kinerja.plan"}),
        ("kinerja.feel", False, "import ast, numbers", set()),
    ],
)
def test_every_way_to_import_is_seen(module: str, folder: bool, source: str, expected: set[str]) -> None:
    """Absolute, relative, hidden in a function: an import is found however it is written."""
    known = {"kinerja", "kinerja.errors", "kinerja.plan", "kinerja.checks", "kinerja.checks.words"}
    assert expected == imports(source, module, known, folder=folder)


def test_an_import_upward_is_named() -> None:
    """The finding says who imports whom."""
    edges = {"kinerja.feel": {"kinerja.plan", "kinerja.errors"}, "kinerja.engine.columns": {"kinerja.plan"}}
    assert ["kinerja.feel imports kinerja.plan"] == upward(edges)
