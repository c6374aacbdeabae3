"""Rubric text to a rubric: documents, patches, structure."""
