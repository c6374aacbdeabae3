"""
Testing rubrics: what a rubric's author, or whoever checks it, asks of the rules themselves.

Sheets built around a rubric's own edges, the laws that every scoring rule should obey, vectors, what examples reach,
and which changes they notice.  Strategies and laws need Hypothesis, which the extra `kinerja[testing]` brings; each
name is loaded when it is first asked for, so that everything else works without it.
"""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kinerja.testing.extra import needed
from kinerja.testing.facts import Facts, SheetFault

# Not lazily: an import of the module would otherwise put it where the function belongs.
from kinerja.testing.suite import suite

if TYPE_CHECKING:
    from kinerja.testing import laws
    from kinerja.testing.coverage import Coverage, reached
    from kinerja.testing.edge_vectors import edges
    from kinerja.testing.laws.law import Law, LawBroken
    from kinerja.testing.mutation import Mutant, Mutants, mutants
    from kinerja.testing.strategies import Defect, defects, rubrics, sheets
    from kinerja.testing.vectors import Expected, Vector

__all__ = [
    "Coverage",
    "Defect",
    "Expected",
    "Facts",
    "Law",
    "LawBroken",
    "Mutant",
    "Mutants",
    "SheetFault",
    "Vector",
    "defects",
    "edges",
    "laws",
    "mutants",
    "reached",
    "rubrics",
    "sheets",
    "suite",
]

#: The module in which each name is.
_HOMES = {
    "Coverage": "coverage",
    "Defect": "strategies",
    "Expected": "vectors",
    "Law": "laws.law",
    "LawBroken": "laws.law",
    "Mutant": "mutation",
    "Mutants": "mutation",
    "Vector": "vectors",
    "defects": "strategies",
    "edges": "edge_vectors",
    "mutants": "mutation",
    "reached": "coverage",
    "rubrics": "strategies",
    "sheets": "strategies",
}
#: The modules that are made with Hypothesis.
_WITH_HYPOTHESIS = ("laws", "laws.law", "strategies")


def __getattr__(name: str) -> Any:
    home = "laws" if name == "laws" else _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with needed("hypothesis") if home in _WITH_HYPOTHESIS else nullcontext():
        found = import_module(f"{__name__}.{home}")
    return found if name == "laws" else getattr(found, name)


def __dir__() -> list[str]:
    return __all__
