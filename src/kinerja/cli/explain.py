"""`kinerja explain`: the story of trails that were kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from kinerja.cli.arguments import LanguageOption, language_of
from kinerja.cli.terminal import complain, ruled, say
from kinerja.cli.trails import in_trail, trails_in
from kinerja.errors import KinerjaError
from kinerja.explain import explain as explained
from kinerja.trail import Trail

__all__ = ["explain"]


def explain(
    trail: Annotated[Path, Parameter(help="A file with one trail, or with one on each line.")],
    /,
    *,
    language: LanguageOption = None,
) -> int:
    """Tell the story of a trail that was kept as JSON."""
    worst = 0
    for number, (place, text) in enumerate(trails_in(trail)):
        try:
            each = Trail.from_json(text)
            told = explained(each, language=language or language_of(each.rubric.language))
        except KinerjaError as error:
            complain(in_trail(error.diagnostics, place), language or "id")
            worst = 2
            continue
        if number:
            say(["", ruled(str(place)), ""])
        say(told.splitlines())
    return worst
