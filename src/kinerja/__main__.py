"""The console script: the command line where its extra is installed, and one line of help where it is not."""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> None:
    """
    Run the command line.

    Exit 0 when all is well, 1 for findings, 2 for input that cannot be read or wrong usage, 130 for Ctrl-C.
    """
    try:
        from kinerja.cli import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        # Nothing was being written: where something is, that is told (`kinerja.cli.ending`).
        code = 128 + signal.SIGINT
    except ModuleNotFoundError as error:
        if error.name not in ("cyclopts", "rich"):
            raise
        print("The command line needs an extra: pip install 'kinerja[cli]'", file=sys.stderr)
        sys.exit(2)
    sys.exit(code)


if __name__ == "__main__":
    main()
