"""
Runs every example: `python` blocks in README and docs, `>>>` in the package's docstrings.

It stands at the root because pytest asks a conftest only about files beside and below it.
The examples of one page, or of one module, share their names and run from top to bottom.
"""

from __future__ import annotations

from doctest import ELLIPSIS

import pytest
from sybil import Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.myst import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

pages = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
)
docstrings = Sybil(parsers=[DocTestParser(optionflags=ELLIPSIS)], path="src/kinerja", patterns=["*.py"])

pytest_collect_file = SybilCollection([pages, docstrings]).pytest()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put examples last and in the order of the page: pytest-randomly may not take a story apart."""
    examples = [item for item in items if isinstance(item, SybilItem)]
    examples.sort(key=lambda item: (item.path, item.example.region.start))
    items[:] = [item for item in items if not isinstance(item, SybilItem)] + examples
