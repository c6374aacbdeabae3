"""`kinerja verify`: trails that were kept, evaluated again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from kinerja.cli.arguments import LanguageOption, language_of, rubric_of
from kinerja.cli.terminal import complain, say
from kinerja.cli.trails import in_trail, trails_in
from kinerja.errors import Diagnostic, TrailError
from kinerja.library import load
from kinerja.messages import PHRASES
from kinerja.trail import Trail
from kinerja.verification import verify as verified

__all__ = ["verify"]


#: So many trails that hold are named one by one.
TOLD = 20


def verify(
    trail: Annotated[Path, Parameter(help="A file with one trail, or with one on each line.")],
    /,
    *,
    rubric: Annotated[
        str | None,
        Parameter(help="The rubric to evaluate by, if it is none that comes with the library: its path."),
    ] = None,
    language: LanguageOption = None,
) -> int:
    """Evaluate again what a trail started from, and name the first thing that does not follow from it."""
    rules = None if rubric is None else load(rubric_of(rubric))
    worst, held = 0, 0
    for place, text in trails_in(trail):
        try:
            each = Trail.from_json(text)
            found: Sequence[Diagnostic] = verified(each, rules)
            told = language or language_of(each.rubric.language)
            worst = max(worst, 1 if found else 0)
        except TrailError as error:
            found, told, worst = error.diagnostics, language or "id", 2
        complain(in_trail(found, place), told)
        if not found:
            held += 1
            if held <= TOLD:
                about = each.rubric
                said = {"id": about.id, "edition": about.edition or "–", "identity": about.identity}
                say([PHRASES["verify"][told].format(place=place, **said)])
    if held > TOLD:
        say([PHRASES["verify.more"][told].format(held=held)])
    return worst
