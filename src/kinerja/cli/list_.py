"""`kinerja list`: the rubrics that come with the library."""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from kinerja.cli.terminal import screen
from kinerja.errors import printable
from kinerja.library import bundled, load

__all__ = ["list_"]


def list_() -> None:
    """List the rubrics that come with the library."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in ("id", "edition", "title", "in force"):
        table.add_column(column, overflow="fold")
    for rubric in map(load, bundled()):
        valid = f"{rubric.valid.since or ''} – {rubric.valid.until or ''}".strip()
        table.add_row(*(Text(printable(cell)) for cell in (rubric.id, rubric.edition, rubric.title, valid)))
    screen().print(table)
