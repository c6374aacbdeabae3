"""`kinerja score` by columns: files larger than memory into one file, with a bar, a summary and a clean end."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja import files
from kinerja.cli.ending import ending
from kinerja.cli.terminal import Bar, say, whisper
from kinerja.errors import Diagnostic, UsageError

if TYPE_CHECKING:
    from kinerja.cli.scoring import Scoring

__all__ = ["scored_by_columns"]


def scored_by_columns(
    scoring: Scoring, paths: Sequence[Path], output: Path | None, *, engine: files.Engine
) -> int:
    """Score files into one file; the exit code, which is 1 where some row is not complete."""
    if output is None:
        raise UsageError([Diagnostic("K645")])
    rules = scoring.rules
    evaluator = rules.on(None) if len(rules.rubrics) == 1 else None
    if evaluator is None:
        day = files.first_day(paths[0], evaluator=rules.newest, engine=engine)
        evaluator = rules.on(day or scoring.day)
    with Bar(1) as bar, ending(output, scoring.told):
        scored = files.score(
            paths,
            output,
            evaluator=evaluator,
            engine=engine,
            locale=scoring.locale,
            on=scoring.day,
            language=scoring.told,
            watch=_Watching(bar, scoring, output.name),
        )
    for row, problems in scored.problems:
        whisper([scoring.say("table.row-problem", name=output, row=row, problems=problems)])
    untold = scored.troubled - len(scored.problems)
    if untold > 0:
        whisper([scoring.say("table.row-more", count=untold, name=output)])
    say([*scoring.summary(scored.tally, [evaluator]), scoring.say("table.written", name=output)])
    return scoring.code(scored.tally)


class _Watching(files.Watch):
    """A run that is shown in a terminal: how much is done, and how many rows a second."""

    def __init__(self, bar: Bar, scoring: Scoring, name: str) -> None:
        super().__init__()
        self.bar = bar
        self.scoring = scoring
        self.name = name
        self.began = time.monotonic()
        self.shown = 0.0

    def look(self) -> None:
        rate = f"{self.rows / max(time.monotonic() - self.began, 1e-9):,.0f}"
        rate = rate.replace(",", ".") if self.scoring.told == "id" else rate
        more, self.shown = self.part - self.shown, self.part
        self.bar.went_on(f"{self.name}  {self.scoring.say('table.rate', rate=rate)}", more)
