"""
Fuzzing: whatever bytes arrive, nothing is raised but the library's own errors, and what is accepted keeps its word.

`targets` has one function for each door through which text comes in; `tests/test_fuzz.py` runs it on the committed
corpus, and `python -m tests.fuzz TARGET` lets a coverage-guided fuzzer look for what is not in it.
"""
