"""Rubric text to a rubric: documents, patches, readings, structure, and the plain form back."""

from kinerja.language.documents import Document, read
from kinerja.language.patches import merged
from kinerja.language.plain import identity, plain
from kinerja.language.readings import reread
from kinerja.language.sheetfile import sheet_of
from kinerja.language.structure import structure

__all__ = ["Document", "identity", "merged", "plain", "read", "reread", "sheet_of", "structure"]
