"""The laws of merge patches, over random trees."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kinerja.language.documents import Branch, Leaf, Series, Tree, plant
from kinerja.language.patches import dropped, merged

KEYS = st.sampled_from(["a", "b", "c", "bobot", "0"])
LEAVES = st.sampled_from(["1", "teks", "> 40"])


def mappings(*, nulls: bool) -> st.SearchStrategy[Any]:
    """Mappings of mappings, lists and texts, a few levels deep, with or without nulls in mappings."""
    lists = st.lists(LEAVES, max_size=2)
    ends = LEAVES | lists | st.none() if nulls else LEAVES | lists
    inside = st.recursive(ends, lambda inner: st.dictionaries(KEYS, inner, max_size=3), max_leaves=8)
    return st.dictionaries(KEYS, inside, max_size=4)


def said(tree: Tree) -> Any:
    """A tree as plain values, with its nulls."""
    if isinstance(tree, Branch):
        return {key: said(child) for key, child in tree.children.items()}
    if isinstance(tree, Series):
        return [said(item) for item in tree.items]
    return tree.text if isinstance(tree, Leaf) else None


def patched(base: Any, patch: Any) -> Any:
    """RFC 7396's own pseudocode, in Python."""
    if not isinstance(patch, dict):
        return patch
    result = dict(base) if isinstance(base, dict) else {}
    for key, change in patch.items():
        if change is None:
            result.pop(key, None)
        else:
            result[key] = patched(result.get(key), change)
    return result


@given(mappings(nulls=False), mappings(nulls=True))
def test_a_patch_does_what_the_standard_says(base: Any, patch: Any) -> None:
    """Merging and then dropping is the standard's algorithm."""
    assert patched(base, patch) == said(dropped(merged(plant(base), plant(patch))))


@given(mappings(nulls=True))
def test_an_empty_patch_changes_nothing(base: Any) -> None:
    """Nothing on top, or nothing below, leaves what there is."""
    assert base == said(merged(plant(base), plant({})))
    assert base == said(merged(plant({}), plant(base)))


@given(mappings(nulls=False), mappings(nulls=True))
def test_a_patch_applied_twice_is_applied_once(base: Any, patch: Any) -> None:
    """What a patch asks for is there already the second time."""
    once = merged(plant(base), plant(patch))
    assert said(once) == said(merged(once, plant(patch)))


@given(mappings(nulls=False), mappings(nulls=True), mappings(nulls=True))
def test_patches_with_their_nulls_kept_are_patches_applied_in_turn(base: Any, one: Any, other: Any) -> None:
    """Nulls can wait: dropped once at the end, they do what they do when each patch drops its own."""
    kept = merged(merged(plant(base), plant(one)), plant(other))
    assert patched(patched(base, one), other) == said(dropped(kept))


@given(mappings(nulls=True))
def test_dropping_ends_it(base: Any) -> None:
    """After dropping, no mapping holds a null, and dropping again gives the very same tree."""
    left = dropped(plant(base))
    assert left is dropped(left)
    assert "None" not in repr(said(left))


@given(mappings(nulls=True), mappings(nulls=True))
def test_patching_leaves_the_patched_alone(base: Any, patch: Any) -> None:
    """Neither the tree nor the patch is changed by putting them together."""
    tree, change = plant(base), plant(patch)
    merged(tree, change)
    dropped(tree)
    assert (base, patch) == (said(tree), said(change))
