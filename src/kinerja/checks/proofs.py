"""The checks without which nothing may be scored: what they find is wrong for some sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from kinerja.checks.gaps import gaps
from kinerja.checks.overlaps import overlaps
from kinerja.checks.weights import weights
from kinerja.errors import Diagnostic
from kinerja.plan import Plan

__all__ = ["PROOFS", "UNSAFE", "Check"]

Check: TypeAlias = Callable[[Plan], Iterator[Diagnostic]]

#: What a rubric has to pass to be loaded, and each alternative of its readings with it.
PROOFS: tuple[Check, ...] = (gaps, overlaps, weights)

#: The errors of the proofs, and of what they find under another reading: nobody can let these stand.
UNSAFE = frozenset({"K203", "K204", "K205", "K206", "K208", "K211", "K212"})
