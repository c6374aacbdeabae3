"""
Whole frames on one plan: the interpreter's answers in columns, for every engine that narwhals speaks to.

terms -> lines -> asked -> nodes -> frames; all but `frames` know nothing of any engine.
"""
