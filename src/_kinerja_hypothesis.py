"""
What Hypothesis loads when it is imported: from then on `st.from_type(kinerja.Rubric)` makes rubrics.

It imports neither kinerja nor a strategy: whoever uses Hypothesis for something else pays for this file alone.
Where kinerja comes later, its class is made known as soon as the module that defines it has been run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

__all__ = ["register"]

#: The module that defines `Rubric`.
MODEL = "kinerja.model"


def register() -> None:
    """Make the class known to Hypothesis, now or when there is one."""
    if MODEL in sys.modules:
        _make_known(sys.modules[MODEL])
    else:
        sys.meta_path.insert(0, _Later())


class _Later(MetaPathFinder):
    """Finds one module, as it would be found anyway, and sees to it that its class is made known."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != MODEL:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            loader = spec.loader
            run = loader.exec_module

            def exec_module(module: ModuleType) -> None:
                # A loader may be shared by all modules of an archive: from here on it is what it was.
                del loader.exec_module
                run(module)
                _make_known(module)

            loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def _make_known(model: ModuleType) -> None:
    from hypothesis import strategies as st

    def rubrics(_: type) -> Any:
        from kinerja.testing import rubrics

        return rubrics()

    st.register_type_strategy(model.Rubric, rubrics)
