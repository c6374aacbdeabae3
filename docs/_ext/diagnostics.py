"""
The table of all diagnostics, made from `kinerja.messages.MESSAGES` when the pages are built.

`{diagnostics}` stands where the table goes; each row can be linked to by its code, as in `[K203](#k203)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from kinerja import messages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

#: Heading and share of the width.
COLUMNS = {"Code": 10, "English": 45, "Indonesia": 45}


def row(cells: Iterable[list[nodes.Node]]) -> nodes.row:
    """A row of the table, each cell a list of blocks."""
    return nodes.row("", *(nodes.entry("", *blocks) for blocks in cells))


def sentences(message: messages.Message, language: messages.Language) -> list[nodes.Node]:
    """What a diagnostic says and what to do about it, as text: nothing in it is markup."""
    blocks: list[nodes.Node] = [nodes.paragraph("", "", *inline(message.text[language]))]
    if message.help[language]:
        blocks.append(nodes.paragraph("", "", nodes.emphasis("", "", *inline(message.help[language]))))
    return blocks


def inline(template: str) -> list[nodes.Node]:
    """The words of a template, with what stands between backticks as code."""
    parts = template.replace("{{", "{").replace("}}", "}").split("`")
    return [nodes.literal("", part) if index % 2 else nodes.Text(part) for index, part in enumerate(parts)]


class Diagnostics(SphinxDirective):
    """All codes, in order, with severity, sentence and help in both languages."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Build the table."""
        self.env.note_dependency(messages.__file__)
        body = nodes.tbody()
        for code, message in messages.MESSAGES.items():
            name = nodes.literal("", code, names=[code.lower()])
            self.state.document.note_explicit_target(name)
            label = nodes.paragraph("", "", name, nodes.Text(f" {message.severity}"))
            body += row([[label], sentences(message, "en"), sentences(message, "id")])

        head = nodes.thead("", row([[nodes.paragraph("", heading)] for heading in COLUMNS]))
        widths = [nodes.colspec(colwidth=width) for width in COLUMNS.values()]
        group = nodes.tgroup("", *widths, head, body, cols=len(COLUMNS))
        return [nodes.table("", group)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Make the directive known to Sphinx."""
    app.add_directive("diagnostics", Diagnostics)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
