"""
Whole frames on one plan: the interpreter's answers in columns, for every engine that narwhals speaks to.

terms -> lines -> formulas, asked -> came -> names -> indicators -> groups -> grades -> nodes -> frames: what is to be
made. terms -> stages, writers -> running: how it is made, by which engine. asked -> looked -> frames: what is seen of a
frame before. Only `running` and `frames` know that there is more than one engine.
"""

__all__: list[str] = []
