"""
The coverage-guided search: `python -m tests.fuzz TARGET [OPTIONS] [FOLDERS]`, in an environment that has atheris.

Options and folders are libFuzzer's: `-runs=200000`, `-max_total_time=60`, `-merge=1`.  Without folders the search
starts from the committed corpus, and what it finds is kept in `.fuzz/TARGET`, which git ignores.
"""

from __future__ import annotations

import pkgutil
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

#: Modules that need more than the core, and through which no text of a stranger comes in.
_DOORS = ("kinerja.__main__", "kinerja.cli")
FOUND = Path(".fuzz")


def main(arguments: Sequence[str]) -> None:
    """Search from the corpus of one target until a fault is found or the options say to stop."""
    try:
        import atheris
    except ImportError:
        sys.exit("tests.fuzz needs atheris: pip install --group fuzz")

    # Only our own code counts as covered; what is imported late is imported now, so that it counts as well.
    with atheris.instrument_imports(include=["kinerja"]):
        import kinerja

        for module in pkgutil.walk_packages(kinerja.__path__, "kinerja."):
            if module.name not in _DOORS:
                import_module(module.name)
    from tests.fuzz.changes import changed, dictionary
    from tests.fuzz.targets import CORPUS, LONGEST, TARGETS

    name, *rest = arguments or [""]
    if name not in TARGETS:
        sys.exit(
            f"usage: python -m tests.fuzz TARGET [OPTIONS] [FOLDERS]; the targets are {', '.join(TARGETS)}"
        )
    kept = FOUND / name
    kept.mkdir(parents=True, exist_ok=True)
    wordlist = FOUND / "words.dict"
    wordlist.write_text(dictionary(), encoding="utf-8")
    options = [f"-max_len={LONGEST[name]}", f"-dict={wordlist}", f"-artifact_prefix={kept}-", "-timeout=20"]
    # A merge names its folders, and its second process is told by a file which inputs to run.
    is_told = any(not each.startswith("-") or each.startswith("-merge") for each in rest)
    folders = [] if is_told else [str(kept), str(CORPUS / name)]
    # libFuzzer starts its second process with these words.
    command = f"{shlex.quote(sys.executable)} -m tests.fuzz {name}"

    def mutated(data: bytes, longest: int, seed: int) -> bytes:
        return changed(data, longest, seed, by_bytes=atheris.Mutate)

    atheris.Setup([command, *options, *rest, *folders], TARGETS[name], custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
