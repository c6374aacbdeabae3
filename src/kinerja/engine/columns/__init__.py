"""
Whole frames on one plan: the interpreter's answers in columns, for every engine of frames.

terms -> lines -> near, root -> formulas, asked -> came -> names -> indicators -> groups -> grades -> nodes -> program:
what is to be made. terms -> stages, writers -> running: how it is made, by which engine. typed -> before, looked ->
written -> frames: what is said and seen of a frame before, and what was written for its kind. rows, patched: what is
left to the interpreter. Only `running`, `typed` and `frames` know that there is more than one engine.
"""

__all__: list[str] = []
