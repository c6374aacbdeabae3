"""What became of the mutants of a rubric: each with its verdict, a survivor with the example that would notice it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from attrs import field, frozen

from kinerja.mappings import FrozenMap
from kinerja.model import Rubric
from kinerja.testing.mutation.changes import Mutant
from kinerja.writing import jsonable

__all__ = ["VERDICTS", "Mutants", "Says", "Survivor", "Tried", "Word"]

#: `killed`: an example notices; `survived`: a sheet can tell and no example does; `equivalent`: no sheet can tell;
#: `undecided`: no sheet was found, and it is not proved that there is none.
Word = Literal["killed", "survived", "equivalent", "undecided"]
VERDICTS: tuple[Word, ...] = ("killed", "survived", "equivalent", "undecided")


@frozen
class Says:
    """What a rubric and its mutant say of one sheet, under a key of `expect`."""

    key: str
    rubric: str
    mutant: str


@frozen
class Survivor:
    """
    A sheet that tells a mutant from its rubric, what each says of it, and an example that would notice.

    `example` is a merge patch of the rubric: an answer with its score among the examples of an indicator, or a sheet
    among those of the rubric.  `yaml` is the same as it is put into a file.
    """

    sheet: Mapping[str, Any]
    says: tuple[Says, ...]
    example: Mapping[str, Any]
    yaml: str


@frozen
class Tried:
    """One mutant and what became of it: killed by an example, or survived."""

    mutant: Mutant
    verdict: Word
    by: str = ""
    survivor: Survivor | None = None

    def to_json(self) -> dict[str, Any]:
        """The same as plain data that JSON can hold; numbers that are not whole are text."""
        told: dict[str, Any] = {
            "kind": self.mutant.kind,
            "path": ".".join(self.mutant.path),
            "was": self.mutant.was,
            "becomes": self.mutant.becomes or None,
            "verdict": self.verdict,
            "by": self.by or None,
        }
        if self.survivor is not None:
            told["sheet"] = jsonable(self.survivor.sheet)
            told["says"] = {each.key: [each.rubric, each.mutant] for each in self.survivor.says}
            told["example"] = self.survivor.yaml
        return told


@frozen
class Mutants:
    """
    Every mutant of a rubric, tried.

    >>> import kinerja
    >>> from kinerja.testing import mutants
    >>> mutants(kinerja.load("pk-bkm")).survived
    ()
    """

    rubric: Rubric = field(repr=False)
    tried: tuple[Tried, ...]

    @property
    def killed(self) -> tuple[Tried, ...]:
        """Those that an example notices."""
        return self._of("killed")

    @property
    def survived(self) -> tuple[Tried, ...]:
        """Those that a sheet can tell from the rubric, and that no example notices."""
        return self._of("survived")

    @property
    def equivalent(self) -> tuple[Tried, ...]:
        """Those that no sheet can tell from the rubric: they change nothing, and nobody need notice."""
        return self._of("equivalent")

    @property
    def undecided(self) -> tuple[Tried, ...]:
        """Those of which neither is known."""
        return self._of("undecided")

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are of each verdict."""
        return FrozenMap([(verdict, len(self._of(verdict))) for verdict in VERDICTS])

    def _of(self, verdict: Word) -> tuple[Tried, ...]:
        return tuple(each for each in self.tried if each.verdict == verdict)

    def to_json(self) -> dict[str, Any]:
        """The whole as plain data that JSON can hold."""
        return {
            "format": "kinerja-mutants/1",
            "rubric": self.rubric.id,
            "edition": self.rubric.edition,
            "counts": dict(self.counts),
            "mutants": [each.to_json() for each in self.tried],
        }
