"""
Whole frames on one plan: the interpreter's answers in columns, for every engine that narwhals speaks to.

terms -> lines -> formulas, asked -> came -> names -> indicators -> groups -> grades -> nodes -> frames.
Only `frames` knows that there is more than one engine.
"""

__all__: list[str] = []
