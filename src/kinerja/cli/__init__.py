"""
The command line: results on standard output, diagnostics on standard error.

Each command has a module of its name; `list` has an underscore, for no module may hide a word of Python.
Exit 0: nothing above a warning.  Exit 1: errors, failed examples, incomplete or invalid sheets.  Exit 2: input that
cannot be read, or wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from cyclopts import App, CycloptsError
from cyclopts.help import DefaultFormatter, PanelSpec
from rich import box
from rich.text import Text

from kinerja._version import __version__
from kinerja.cli.arguments import code_of
from kinerja.cli.check import check as _check
from kinerja.cli.ending import Ended
from kinerja.cli.explain import explain as _explain
from kinerja.cli.list_ import list_ as _list
from kinerja.cli.score import score as _score
from kinerja.cli.show import show as _show
from kinerja.cli.terminal import complain, screen
from kinerja.cli.test import run_tests as _test
from kinerja.cli.verify import verify as _verify
from kinerja.errors import KinerjaError, printable
from kinerja.messages import Language

__all__ = ["app", "run"]

app = App(
    name="kinerja",
    help="Score sheets by rubrics, and show why.",
    version=__version__,
    help_format="plaintext",
    # A panel without a frame, so that help reads alike in a terminal, a pipe and a page.
    help_formatter=DefaultFormatter(panel_spec=PanelSpec(box=box.Box("    \n" * 8), padding=(0, 1))),
    help_epilogue="Exit code 0: nothing above a warning. 1: errors, failed examples, incomplete or invalid sheets. "
    "2: input that cannot be read, or wrong usage.",
)


app.command(_list, name="list")
app.command(_show, name="show")
app.command(_score, name="score")
app.command(_explain, name="explain")
app.command(_verify, name="verify")
app.command(_check, name="check")
app.command(_test, name="test")


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by who started the program: no file that is opened later may take its place.
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8"))
        # A terminal or a pipe that lacks a character shows its number; it never ends the story.
        getattr(sys, name).reconfigure(errors="backslashreplace")
    try:
        code = app(
            list(arguments),
            console=screen(),
            error_console=screen(error=True),
            error_formatter=_usage,
            exit_on_error=False,
            result_action="return_value",
        )
    except CycloptsError:
        return 2
    except KinerjaError as error:
        complain(error.diagnostics, _asked_language(arguments))
        return code_of(error)
    except Ended as error:
        complain([error.diagnostic], error.told)
        return error.code
    except BrokenPipeError:
        # Whoever was reading has read enough.
        return 0
    return code if isinstance(code, int) else 0


def _usage(error: CycloptsError) -> Text:
    """What is wrong with a command line, and where to look."""
    words = " ".join(("kinerja", *(error.command_chain or ())))
    return Text(f"{printable(str(error))}\nSee: {words} --help")


def _asked_language(arguments: Sequence[str]) -> Language:
    """The language that was asked for, for faults found before any rubric is known."""
    spelled = " ".join(arguments)
    return "en" if "--language en" in spelled or "--language=en" in spelled else "id"
