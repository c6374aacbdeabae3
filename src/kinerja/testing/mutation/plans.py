"""A rubric with its templates filled in, and a mutant laid over it; nothing is proved of what comes of that."""

from __future__ import annotations

from attrs import frozen

from kinerja.errors import RubricError
from kinerja.language.documents import Document, plant
from kinerja.language.patches import dropped, merged
from kinerja.language.readings import document_of
from kinerja.language.structure import expanded, structure
from kinerja.model import Rubric
from kinerja.plan import Plan, plan
from kinerja.testing.mutation.changes import Mutant

__all__ = ["Ground", "ground_of"]


@frozen(eq=False)
class Ground:
    """The rubric that mutants are made of."""

    #: As it was written, with the templates that an alternative of a reading may change.
    written: Document
    #: The same with every template filled in: what a mutant leaves alone is then the same object in both.
    filled: Document
    plan: Plan

    @property
    def rubric(self) -> Rubric:
        """The rubric as it was written."""
        rubric: Rubric = self.written.rubric
        return rubric

    def mutated(self, mutant: Mutant) -> Plan | None:
        """The plan of a mutant; None where the change breaks the rubric, and there is no such mutant."""
        try:
            return plan(structure(_patched(self.filled, mutant)), like=self.plan)
        except RubricError:
            return None

    def rewritten(self, mutant: Mutant) -> Rubric:
        """The mutant as a rubric, whose sources can be read in another way."""
        return structure(_patched(self.written, mutant))


def ground_of(rubric: Rubric) -> Ground:
    """A rubric made ready; raises `RubricError` where it cannot be resolved."""
    written = document_of(rubric)
    if written.rubric is None:
        structure(written)
    filled = Document(dropped(expanded(written.root)), written.source)
    return Ground(written, filled, plan(structure(filled)))


def _patched(document: Document, mutant: Mutant) -> Document:
    root = document.root
    for patch in mutant.patches:
        root = merged(root, plant(patch))
    return Document(root, document.source)
