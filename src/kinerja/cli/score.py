"""`kinerja score`: sheets and tables of sheets by a rubric, told on the screen or written to one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from kinerja import tables
from kinerja.cli.arguments import (
    LanguageOption,
    RubricArgument,
    day_of,
    files_in,
    in_file,
    language_of,
    readings_of,
    refuse_idle,
    rubric_of,
)
from kinerja.cli.columns import scored_by_columns
from kinerja.cli.editions import Rules
from kinerja.cli.scoring import Scoring
from kinerja.cli.terminal import complain, complain_briefly, ruled, say, screen
from kinerja.drafts import refuse_over
from kinerja.errors import KinerjaError
from kinerja.files import Engine
from kinerja.library import editions
from kinerja.messages import Language

__all__ = ["score"]


def score(
    rubric: RubricArgument,
    sheets: Annotated[
        list[Path],
        Parameter(help="YAML or JSON files, one subject each; or CSV or Parquet tables, one subject a row."),
    ],
    /,
    *,
    output: Annotated[
        Path | None,
        Parameter(
            name=["--output", "-o"],
            metavar="FILE",
            help="Write the results to FILE instead: .csv, one row each; .jsonl, one trail a line; .parquet, "
            "by columns.",
        ),
    ] = None,
    engine: Annotated[
        Engine | None,
        Parameter(
            help="Score .parquet and .csv of any length by columns, into one file; polars where a file is .parquet."
        ),
    ] = None,
    locale: Annotated[
        Language | None,
        Parameter(
            help="How numbers are written in a CSV: id 1.250,5; en 1,250.5; as in a rubric if not given."
        ),
    ] = None,
    format: Annotated[
        Literal["text", "json"] | None,
        Parameter(help="On the screen, text: the explanation, as usual; json: one trail on each line."),
    ] = None,
    language: LanguageOption = None,
    read: Annotated[
        list[str] | None,
        Parameter(
            negative=(),
            metavar="READING=ALTERNATIVE",
            help="Take another reading of the source; `kinerja show` lists them. May be given several times.",
        ),
    ] = None,
    on: Annotated[
        str | None,
        Parameter(metavar="DATE", help="Year-month-day: the rules of that day, for sheets without a date."),
    ] = None,
) -> int:
    """Score one or more sheets, or tables of them, each by the edition in force on its day, and show why."""
    by_columns = engine is not None or ".parquet" in {
        each.suffix.lower() for each in (*sheets, *([output] if output else []))
    }
    is_table = ".csv" in {each.suffix.lower() for each in sheets}
    refuse_idle(
        {
            "--format to a file": format is not None and output is not None,
            "--locale": locale is not None and not is_table,
        }
    )
    if output is not None and not by_columns:
        tables.writes_to(output)
    if output is not None and engine != "spark":
        refuse_over(output, [*files_in(rubric), *sheets])
    rules = Rules(editions(rubric_of(rubric)), readings_of(read or []))
    told = language or language_of(rules.rubrics[-1].language)
    scoring = Scoring(rules, told, day_of(on), locale)
    if by_columns:
        return scored_by_columns(scoring, sheets, output, engine=engine or "polars")
    if output is not None:
        return scoring.into(output, sheets)
    worst, first = 0, True
    for path in sheets:
        try:
            given = scoring.given(path)
            results = scoring.results(given)
            if given.table is None:
                # Read and evaluated before anything is said of it.
                results = iter(list(results))
        except KinerjaError as error:
            complain(in_file(error, path), told)
            worst = 2
            continue
        if format != "json" and len(sheets) > 1:
            say([ruled(str(path)), ""] if first else ["", ruled(str(path)), ""])
        first = False
        if given.table is not None and format != "json":
            worst = max(worst, scoring.listed(given.table, given.evaluator, results))
            continue
        for _, result, problems in results:
            worst = max(worst, 0 if result.status == "complete" else 1)
            if format == "json":
                screen().print(Text(result.trail.to_json()), soft_wrap=True)
                complain_briefly(problems if given.table is not None else (), told)
            else:
                say(result.explain(language=told).splitlines())
    return worst
