"""`kinerja test`: the examples of a rubric, what they reach and notice, and vectors for other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from kinerja import tables
from kinerja.checks.examples import run_examples
from kinerja.cli.arguments import (
    DayOption,
    LanguageOption,
    RubricArgument,
    asked_for,
    day_of,
    files_in,
    language_of,
    refuse_idle,
    rubric_of,
)
from kinerja.cli.ending import ending
from kinerja.cli.terminal import Bar, complain, complain_briefly, say
from kinerja.drafts import refuse_over
from kinerja.errors import Diagnostic
from kinerja.library import load
from kinerja.messages import PHRASES, Language
from kinerja.model import Rubric

__all__ = ["run_tests"]


def run_tests(
    rubric: RubricArgument,
    /,
    *,
    vectors: Annotated[
        Path | None,
        Parameter(
            metavar="FILE", help="Write sheets at every edge, with their results, to this .csv or .json."
        ),
    ] = None,
    against: Annotated[
        Path | None, Parameter(metavar="FILE", help="Compare the results in such a file with the rubric's.")
    ] = None,
    coverage: Annotated[
        bool, Parameter(negative=(), help="Tell what the examples reach of the rubric, and what they do not.")
    ] = False,
    format: Annotated[
        Literal["text", "json"] | None, Parameter(help="Of what --coverage tells: text, as usual, or json.")
    ] = None,
    locale: Annotated[
        Language | None,
        Parameter(help="How numbers are written in a CSV of vectors; as in a rubric if not given."),
    ] = None,
    mutants: Annotated[
        bool, Parameter(negative=(), help="Also tell which small changes of the rubric no example notices.")
    ] = False,
    language: LanguageOption = None,
    on: DayOption = None,
) -> int:
    """Run the examples that stand in a rubric; write or compare vectors, tell what the examples reach and notice."""
    is_table = ".csv" in {each.suffix.lower() for each in (vectors, against) if each is not None}
    refuse_idle(
        {
            "--format of coverage": format is not None and not coverage,
            "--locale": locale is not None and not is_table,
        }
    )
    if vectors is not None:
        refuse_over(vectors, [*files_in(rubric), *filter(None, [against])])
    loaded = load(rubric_of(rubric), on=day_of(on))
    told = language or language_of(loaded.language)
    results = list(run_examples(loaded))
    failed = [result for result in results if not result.holds]
    for result in failed:
        complain(result.findings, told)
    said = {"rubric": asked_for(rubric, on), "held": len(results) - len(failed), "failed": len(failed)}
    if not (coverage and format == "json"):
        say([PHRASES["test"][told].format(**said)])
    code = 1 if failed else 0
    if vectors is not None:
        _write_vectors(loaded, vectors, locale, told)
    if against is not None:
        code = max(code, _compare(loaded, against, locale, told))
    if coverage:
        from kinerja.testing import reached

        found = reached(loaded)
        say(["", *found.table(language=told).splitlines()] if format != "json" else [found.to_json()])
    if mutants and _mutants(loaded, asked_for(rubric, on), told):
        code = 1
    return code


def _write_vectors(rubric: Rubric, path: Path, locale: Language | None, told: Language) -> None:
    from kinerja.testing import edges
    from kinerja.testing.vectors import write_vectors

    found = edges(rubric)
    with ending(path, told):
        write_vectors(path, found, rubric=rubric, locale=locale)
    say([PHRASES["vectors"][told].format(name=path, count=len(found))])


def _compare(rubric: Rubric, path: Path, locale: Language | None, told: Language) -> int:
    from kinerja.testing.against import against as compared

    found = compared(path, rubric=rubric, locale=locale)
    complain_briefly(found.findings[: tables.TOLD], told)
    if len(found.findings) > tables.TOLD:
        complain([Diagnostic("K543", (), {"count": len(found.findings) - tables.TOLD})], told)
    said = {"name": path, "held": found.rows - found.differing, "failed": found.differing}
    say([PHRASES["against"][told].format(**said)])
    return 0 if found.holds else 1


def _mutants(rubric: Rubric, name: str, told: Language) -> bool:
    """Try every mutant of a rubric, and tell those that no example notices; whether there are any."""
    from kinerja.reports.mutants import as_text
    from kinerja.testing.mutation import Mutants, mutating

    tried = []
    with Bar(1) as progress:
        for count, each in mutating(rubric):
            tried.append(each)
            progress.went_on(name, 1 / count)
    found = Mutants(rubric, tuple(tried))
    say(as_text(found.to_json(), name=name, language=told))
    return bool(found.survived)
