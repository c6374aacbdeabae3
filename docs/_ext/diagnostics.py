"""
All diagnostics, made from the tables of the package when the pages are built.

`{diagnostics}` stands where the table of `kinerja.messages.MESSAGES` goes; each row can be linked to by its code, as in
`[K203](#k203)`.  `{explanations}` stands where the sections of `kinerja.explanations.EXPLANATIONS` go.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from kinerja import explanations, messages

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


def section_id(code: str) -> str:
    """What the section of a code is linked to by; its row in the table has the code itself."""
    return f"{code.lower()}-explained"


def section(code: str) -> nodes.section:
    """What a code means, in both languages, with its rubrics once."""
    found = nodes.section("", nodes.title("", "", nodes.literal("", code)), ids=[section_id(code)])
    english, indonesian = (list(explanations.explanation(code, language=each)) for each in messages.LANGUAGES)
    for one, other in zip(english, indonesian, strict=True):
        if one.is_rubric:
            found += nodes.paragraph("", "", nodes.strong("", f"{one.heading} · {other.heading}"))
            found += nodes.literal_block(one.text, one.text, language="yaml")
        else:
            for part in (one, other):
                said = [nodes.Text(" "), *inline(part.text)]
                found += nodes.paragraph("", "", nodes.strong("", f"{part.heading}."), *said)
    return found


class Explanations(SphinxDirective):
    """What each code of a check means, at length."""

    has_content = False
    option_spec: ClassVar = {}

    def run(self) -> list[nodes.Node]:
        """Build the sections."""
        for path in sorted(Path(explanations.__file__).parent.glob("*.py")):
            self.env.note_dependency(str(path))
        return [section(code) for code in explanations.EXPLANATIONS]


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
            if code in explanations.EXPLANATIONS:
                label += [nodes.Text(", "), nodes.reference("", "more", refid=section_id(code))]
            body += row([[label], sentences(message, "en"), sentences(message, "id")])

        head = nodes.thead("", row([[nodes.paragraph("", heading)] for heading in COLUMNS]))
        widths = [nodes.colspec(colwidth=width) for width in COLUMNS.values()]
        group = nodes.tgroup("", *widths, head, body, cols=len(COLUMNS))
        return [nodes.table("", group)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Make the directive known to Sphinx."""
    app.add_directive("diagnostics", Diagnostics)
    app.add_directive("explanations", Explanations)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
