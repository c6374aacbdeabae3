"""The console script: the command line where its extra is installed, and one line of help where it is not."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; exit 0 when all is well, 1 for findings, 2 for input that cannot be read or wrong usage."""
    try:
        from kinerja.cli import run
    except ModuleNotFoundError as error:
        if error.name not in ("cyclopts", "rich"):
            raise
        print("The command line needs an extra: pip install 'kinerja[cli]'", file=sys.stderr)
        sys.exit(2)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
