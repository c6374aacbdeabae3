"""Laws of the proofs: one defect laid into a sound rubric is found, as what it is and where it is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kinerja.checks import findings
from kinerja.checks.proofs import PROOFS
from kinerja.errors import Diagnostic
from kinerja.testing.strategies.rubrics import rubric_of, texts

Path = tuple[str, ...]


def nodes(data: dict[str, Any], path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every node of a rubric's data, by its place."""
    yield path, data
    for key in ("indicators", "aside"):
        for name, child in data.get(key, {}).items():
            yield from nodes(child, (*path, key, name))


def proved(data: dict[str, Any]) -> list[Diagnostic]:
    """The errors that keep a rubric from being loaded."""
    found = findings(rubric_of(json.dumps(data)), checks=PROOFS)
    return [each for each in found if each.severity == "error"]


def numeric(node: dict[str, Any]) -> bool:
    """Whether a node has several bands on one number."""
    bands = node.get("bands", {})
    is_number = isinstance(node.get("measure"), dict) and node["measure"].get("kind", "number") == "number"
    return is_number and len(bands) > 1 and all(isinstance(band["when"], str) for band in bands.values())


def counted(node: dict[str, Any]) -> bool:
    """Whether a measure is counted in steps or rounded: between two of its numbers a row may hold nothing at all."""
    return bool({"step", "round"} & node["measure"].keys())


@given(texts(whole=True), st.data())
def test_a_dropped_band_is_a_gap(text: str, data: st.DataObject) -> None:
    """Where the row of a table is left out, what it held is found to be held by none."""
    rubric = json.loads(text)
    found = [(path, node) for path, node in nodes(rubric) if numeric(node)]
    if found:
        path, node = data.draw(st.sampled_from(found))
        del node["bands"][data.draw(st.sampled_from(sorted(node["bands"])))]
        told = [(each.code, each.path) for each in proved(rubric)]
        assert told == [("K203", (*path, "bands"))] or (told == [] and counted(node))


@given(texts(whole=True), st.data())
def test_a_band_that_holds_everything_overlaps(text: str, data: st.DataObject) -> None:
    """Where the bound of a row is lost, it overlaps every other one, and nothing else is found."""
    rubric = json.loads(text)
    found = [(path, node) for path, node in nodes(rubric) if numeric(node)]
    if found:
        path, node = data.draw(st.sampled_from(found))
        wide = data.draw(st.sampled_from(sorted(node["bands"])))
        node["bands"][wide]["when"] = "-"
        told = proved(rubric)
        assert {"K204"} == {each.code for each in told} or (not told and counted(node))
        assert len(node["bands"]) - 1 == len(told) or counted(node)
        assert all(wide in each.values["bands"] and each.path[:-1] == (*path, "bands") for each in told)


@given(texts(whole=True), st.data())
def test_a_changed_weight_does_not_close(text: str, data: st.DataObject) -> None:
    """Where one weight of a weighted sum is raised, the sum is found at its group."""
    rubric = json.loads(text)
    found = [
        (path, name)
        for path, node in nodes(rubric)
        if node.get("combine") == "weighted-sum"
        for name, child in node["indicators"].items()
        if isinstance(child.get("weight"), str)
    ]
    if found:
        path, name = data.draw(st.sampled_from(found))
        changed = copy.deepcopy(rubric)
        group = changed
        for key in path:
            group = group[key]
        group["indicators"][name]["weight"] = "700%"
        told = proved(changed)
        assert {each.code for each in told} <= {"K205", "K208"}
        # A child that never counts beside the others changes no sum that occurs.
        assert (*path, "indicators") in {each.path for each in told} or "applies" in group["indicators"][name]


@given(texts(whole=True))
def test_without_a_defect_nothing_is_found(text: str) -> None:
    """A rubric that is sound by the way it is built is proved."""
    assert [] == proved(json.loads(text))
