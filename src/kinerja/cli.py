"""
The command line: results on standard output, diagnostics on standard error.

Exit 0: nothing above a warning.  Exit 1: errors, failed examples, incomplete or invalid sheets.  Exit 2: input that
cannot be read, or wrong usage.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

import yaml
from cyclopts import App, CycloptsError, Parameter
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kinerja import numbers
from kinerja._version import __version__
from kinerja.checks.examples import run_examples
from kinerja.errors import Diagnostic, Fault, KinerjaError, UsageError, printable
from kinerja.evaluation import Evaluator
from kinerja.explain import explain as explained
from kinerja.language.plain import plain
from kinerja.library import bundled, load, load_sheet
from kinerja.library import check as checked
from kinerja.messages import PHRASES, Language
from kinerja.trail import Trail

__all__ = ["app", "run"]

app = App(
    name="kinerja",
    help="Score sheets by rubrics, and show why.",
    version=__version__,
    help_format="plaintext",
    version_flags=["--version"],
)

LanguageOption = Annotated[Language | None, Parameter(name="--language")]


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    try:
        code = app(list(arguments), exit_on_error=False, print_error=True, result_action="return_value")
    except CycloptsError:
        return 2
    except KinerjaError as error:
        _complain(error.diagnostics, _language_of(arguments))
        return 2
    except BrokenPipeError:
        # Whoever was reading has read enough.
        sys.stderr.close()
        return 0
    return code if isinstance(code, int) else 0


def _language_of(arguments: Sequence[str]) -> Language:
    """The language that was asked for, for faults found before any rubric is known."""
    spelled = " ".join(arguments)
    return "en" if "--language en" in spelled or "--language=en" in spelled else "id"


# --- printing


def _console(*, error: bool = False) -> Console:
    # Nothing in a rubric or a sheet is markup, an emoji or a number to be coloured.
    return Console(stderr=error, markup=False, emoji=False, highlight=False, soft_wrap=True)


def _say(lines: Iterable[str]) -> None:
    """Plain text; on a terminal, what begins a paragraph stands out."""
    console = _console()
    for line in lines:
        heading = bool(line) and not line.startswith(" ")
        console.print(Text(line, style="bold" if heading and console.is_terminal else ""))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    console = Console(markup=False, emoji=False, highlight=False)
    table = Table(
        box=box.SIMPLE_HEAD if console.is_terminal else box.ASCII2, show_lines=not console.is_terminal
    )
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in row))
    console.print(table)


def _complain(diagnostics: Iterable[Diagnostic], language: Language) -> None:
    console = _console(error=True)
    style = {"error": "red", "warning": "yellow", "information": ""}
    for diagnostic in diagnostics:
        first, *rest = diagnostic.render(language).split("\n")
        console.print(Text(first, style=style[diagnostic.severity]))
        for line in rest:
            console.print(Text(line))


def _rubric_argument(name: str) -> str | Path:
    return name if name.partition("@")[0] in bundled() or not Path(name).exists() else Path(name)


# --- commands


@app.command(name="list")
def list_() -> None:
    """List the rubrics that come with the library."""
    rubrics = [load(name) for name in bundled()]
    rows = [(r.id, r.edition, r.title, _validity(r.valid.since, r.valid.until)) for r in rubrics]
    _table(("id", "edition", "title", "valid"), rows)


def _validity(since: dt.date | None, until: dt.date | None) -> str:
    return f"{since or ''} – {until or ''}".strip()


@app.command
def show(rubric: str, *, expanded: bool = False) -> None:
    """
    Show the form of a rubric as a table.

    Parameters
    ----------
    rubric:
        A bundled id, or the path of a rubric file.
    expanded:
        Print the whole resolved rubric as YAML instead.
    """
    loaded = load(_rubric_argument(rubric))
    if expanded:
        text = yaml.safe_dump(plain(loaded), allow_unicode=True, sort_keys=False, width=110)
        _console().print(Text(text), end="")
        return
    language: Language = "en" if loaded.language == "en" else "id"
    _say([f"{loaded.title or loaded.id} {loaded.edition}".strip()])
    columns = [PHRASES[f"form.{key}"][language] for key in ("number", "indicator", "weight", "score", "line")]
    _table(columns, _form(Evaluator(loaded), language))


def _form(evaluator: Evaluator, language: Language) -> Iterable[tuple[str, ...]]:
    """The rows of the form: each indicator once, and each of its lines."""
    for path, node in evaluator.plan.nodes.items():
        if path == "total":
            continue
        weight = ", ".join(_percent(each.share, language) for each in node.weights)
        head = (node.model.number, f"{node.model.title or path}\n({path})", weight)
        for band in getattr(node, "bands", ()):
            text = "\n".join(part for part in (band.text or band.title, f"({band.when or band.id})") if part)
            yield (*head, numbers.shown(band.score, language=language), text)
            head = ("", "", "")


def _percent(share: Fraction, language: Language) -> str:
    return f"{numbers.shown(share * 100, language=language)}%"


@app.command
def score(
    rubric: str,
    sheets: list[Path],
    /,
    *,
    format: Literal["text", "json"] = "text",
    language: LanguageOption = None,
    read: list[str] | None = None,
    on: str | None = None,
) -> int:
    """
    Score one or more sheets and show why.

    Parameters
    ----------
    rubric:
        A bundled id, or the path of a rubric file.
    sheets:
        YAML or JSON files, one subject each.
    format:
        text: the explanation; json: one trail on each line.
    language:
        en or id; the rubric's own language if not given.
    read:
        Take another reading of the source: READING=ALTERNATIVE. May be given several times.
    on:
        The day whose rules apply, as year-month-day, for sheets without a date.
    """
    evaluator = Evaluator(load(_rubric_argument(rubric)), readings=_readings(read or []))
    told = language or _own_language(evaluator)
    day = _day(on)
    worst, first = 0, True
    for path in sheets:
        try:
            result = evaluator.evaluate(load_sheet(path), on=day)
        except KinerjaError as error:
            _complain(error.diagnostics, told)
            worst = 2
            continue
        if format == "json":
            _console().print(Text(result.trail.to_json()))
        else:
            if not first:
                _say(["", "─" * 80, ""])
            _say(result.explain(language=told).splitlines())
        first = False
        worst = max(worst, 0 if result.status == "complete" else 1)
    return worst


def _own_language(evaluator: Evaluator) -> Language:
    return "en" if evaluator.rubric.language == "en" else "id"


def _readings(given: Sequence[str]) -> dict[str, str]:
    readings = {}
    for text in given:
        name, equals, alternative = text.partition("=")
        if not (name and equals and alternative):
            raise UsageError([Diagnostic("K512", (), {"text": text})])
        readings[name] = alternative
    return readings


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError([Diagnostic("K114", (), {"text": text})]) from None


@app.command
def explain(trail: Path, /, *, language: LanguageOption = None) -> int:
    """
    Tell the story of a trail that was kept as JSON.

    Parameters
    ----------
    trail:
        A file with one trail, or with one on each line.
    language:
        en or id; the rubric's own language if not given.
    """
    try:
        text = trail.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "not UTF-8"
        raise UsageError([Diagnostic("K502", (), {"name": str(trail), "problem": problem})]) from None
    for number, each in enumerate(_trails(text)):
        if number:
            _say(["", "─" * 80, ""])
        told = language or ("en" if each.rubric.language == "en" else "id")
        _say(explained(each, language=told).splitlines())
    return 0


def _trails(text: str) -> Iterable[Trail]:
    try:
        return [Trail.from_json(text)]
    except Fault as whole:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or whole.code != "K514":
            raise
        return [Trail.from_json(line) for line in lines]


@app.command
def check(rubric: str, /, *, language: LanguageOption = None) -> int:
    """
    Name everything that is wrong with a rubric.

    Parameters
    ----------
    rubric:
        A bundled id, or the path of a rubric file.
    language:
        en or id; Indonesian if not given.
    """
    told = language or "id"
    found = checked(_rubric_argument(rubric))
    _complain(found, told)
    errors = sum(each.severity == "error" for each in found)
    _say([PHRASES["check"][told].format(rubric=rubric, errors=errors, others=len(found) - errors)])
    return 1 if errors else 0


@app.command(name="test")
def run_tests(rubric: str, /, *, language: LanguageOption = None) -> int:
    """
    Run the examples that stand in a rubric.

    Parameters
    ----------
    rubric:
        A bundled id, or the path of a rubric file.
    language:
        en or id; Indonesian if not given.
    """
    told = language or "id"
    results = list(run_examples(load(_rubric_argument(rubric))))
    failed = [result for result in results if not result.holds]
    for result in failed:
        _complain(result.findings, told)
    said = {"rubric": rubric, "held": len(results) - len(failed), "failed": len(failed)}
    _say([PHRASES["test"][told].format(**said)])
    return 1 if failed else 0
