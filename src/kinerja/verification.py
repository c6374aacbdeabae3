"""Verifying a stored trail: the same facts under the same rules must give the same figures and texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import evolve

from kinerja.errors import Diagnostic, TrailError, UsageError
from kinerja.evaluation import Evaluator
from kinerja.library import load
from kinerja.mappings import FrozenMap
from kinerja.model import Rubric
from kinerja.trail import Trail
from kinerja.trail.seals import altered

__all__ = ["verify"]

#: How much of a part a message repeats.
_EXCERPT = 200

#: Lists in the order of the rubric's file, which is no part of its identity: files of one identity may differ in it.
_UNORDERED = frozenset({"others", "children", "covers", "lacks", "needs", "notes", "problems"})


def verify(trail: Trail, rubric: Rubric | str | Path | None = None) -> tuple[Diagnostic, ...]:
    """
    The first thing in a trail that does not follow from its facts and its rubric; nothing where all of it does.

    What the trail started from is held against its check digits, evaluated again, and compared to the last text.
    `rubric` is the rubric to evaluate by, or what `load` takes; without it, the bundled one that the trail names.
    The diagnostic has the path in the trail, and says what stands there and what should.
    Raises what `load` raises for a rubric that is named.

    >>> import kinerja
    >>> trail = kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate({"perempuan": 40}).trail
    >>> kinerja.verify(trail)
    ()
    >>> forged = kinerja.Trail.from_json(trail.to_json().replace('"[30..40]"', '"[30..50]"', 1))
    >>> [finding.where for finding in kinerja.verify(forged)]
    ['nodes.perempuan.band.when']
    """
    found = _unsealed(trail)
    if found is None:
        rules = _named(trail) if rubric is None else rubric if isinstance(rubric, Rubric) else load(rubric)
        found = rules if isinstance(rules, Diagnostic) else _differing(trail, rules)
    return () if found is None else (found,)


def _unsealed(trail: Trail) -> Diagnostic | None:
    """What was altered of that which the trail started from."""
    if trail.seal is None:
        return Diagnostic("K605", ("seal",))
    found = altered(trail, trail.seal)
    if found is None:
        return None
    path, value = found
    return Diagnostic("K603", path, {"value": _excerpt(value)})


def _named(trail: Trail) -> Rubric | Diagnostic:
    """The bundled rubric that a trail names."""
    about = trail.rubric
    try:
        return load(f"{about.id}@{about.edition}" if about.edition else about.id)
    except UsageError as error:
        key = "id" if any(each.code == "K501" for each in error.diagnostics) else "edition"
        return Diagnostic("K606", ("rubric", key), {"id": about.id, "edition": about.edition or "–"})


def _differing(trail: Trail, rubric: Rubric) -> Diagnostic | None:
    identity = _evaluator(rubric, FrozenMap()).identity
    if identity != trail.rubric.identity:
        values = {"stored": trail.rubric.identity, "computed": identity, "rubric": rubric.id}
        return Diagnostic("K602", ("rubric", "identity"), values)
    chosen = {name: reading.chosen for name, reading in trail.readings.items() if reading.chosen}
    try:
        again = _evaluator(rubric, FrozenMap(chosen)).again(trail).trail
    except TrailError as error:
        return error.diagnostics[0]
    except UsageError as error:
        # A reading that these rules do not have.
        return evolve(error.diagnostics[0], path=("readings",))
    computed = evolve(again, library=trail.library, seal=trail.seal).to_data()
    stored = trail.to_data()
    # The result and its reasons are told before what other readings would have given.
    stored["readings"] = stored.pop("readings")
    for path, stood, stands in _differences(stored, computed, ()):
        values = {"stored": _excerpt(stood), "computed": _excerpt(stands), "library": trail.library}
        return Diagnostic("K601", path, values)
    return None


@lru_cache(maxsize=8)
def _evaluator(rubric: Rubric, readings: FrozenMap[str]) -> Evaluator:
    # Thousands of trails of one rubric are verified by one evaluator, which keeps the plans of its alternatives.
    return Evaluator(rubric, readings=readings)


def _differences(
    stored: Any, computed: Any, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Every place at which two trails differ, in the order of the stored one; what is absent is None."""
    if isinstance(stored, Mapping) and isinstance(computed, Mapping):
        pairs = {key: (stored.get(key), computed.get(key)) for key in (*stored, *computed)}
    elif isinstance(stored, list) and isinstance(computed, list):
        longest = max(len(stored), len(computed))
        pairs = {str(at): (_at(stored, at), _at(computed, at)) for at in range(longest)}
    else:
        # True is 1 for Python, and not for whoever reads a trail.
        if stored != computed or isinstance(stored, bool) != isinstance(computed, bool):
            yield path, stored, computed
        return
    for key, (one, other) in pairs.items():
        is_unordered = key in _UNORDERED or (key == "operands" and stored.get("name") == "combine")
        compared = _aligned(one, other) if is_unordered else other
        yield from _differences(one, compared, (*path, key))


def _aligned(stored: Any, computed: Any) -> Any:
    """The computed parts in the order of the stored ones; those that are not stored fill what is left."""
    if not isinstance(stored, list) or not isinstance(computed, list):
        return computed
    rest = list(computed)
    found: list[Any] = []
    for part in stored:
        found.append(part if part in rest else None)
        if part in rest:
            rest.remove(part)
    return [rest.pop(0) if part is None and rest else part for part in found] + rest


def _at(items: list[Any], at: int) -> Any:
    return items[at] if at < len(items) else None


def _excerpt(value: Any) -> str:
    """A part of a trail as a message repeats it; a dash where there is none."""
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
