"""
The one way to change a rubric: JSON Merge Patch (RFC 7396), on documents, so that places survive.

Mappings merge, everything else is replaced, a plain `null` deletes.  Patches are composed with their nulls kept; nulls
are dropped once, at the end, so that a null reaches through whatever is laid under it later.
"""

from __future__ import annotations

from kinerja.language.documents import Branch, Null, Series, Tree

__all__ = ["dropped", "merged"]


def merged(base: Tree, patch: Tree) -> Tree:
    """
    What a patch makes of a tree; nulls are kept, `dropped` removes them.

    >>> from kinerja.language.documents import plant
    >>> sorted(merged(plant({"a": 1}), plant({"b": 2})).children)
    ['a', 'b']
    """
    if not isinstance(patch, Branch):
        return patch
    if not isinstance(base, Branch):
        base = Branch({}, {}, patch.mark)
    children, keys = dict(base.children), dict(base.keys)
    for key, change in patch.children.items():
        children[key] = merged(children[key], change) if key in children else change
        # What a patch touches is found in the patch.
        keys[key] = patch.keys.get(key) or keys.get(key)
    return Branch(children, keys, base.mark or patch.mark)


def dropped(tree: Tree, *, path: tuple[str, ...] = ()) -> Tree:
    """
    The tree of a rubric without its nulls: the last step, once everything is merged.

    The nulls inside the change of an alternative, or of an example that is like another, are that patch's own and stay.
    What holds no null stays the same object.
    """
    if isinstance(tree, Series):
        items = [dropped(item) for item in tree.items if not isinstance(item, Null)]
        same = len(items) == len(tree.items) and all(a is b for a, b in zip(items, tree.items, strict=True))
        return tree if same else Series(items, tree.mark)
    if not isinstance(tree, Branch) or tree.whole:
        return tree
    if path[:1] == ("readings",) and path[2::2] == ("alternatives", "change"):
        return tree
    is_patch = path[:1] == ("examples",) and len(path) == 2 and "like" in tree.children
    kept = {
        key: child if is_patch and key in ("facts", "expect") else dropped(child, path=(*path, key))
        for key, child in tree.children.items()
        if not isinstance(child, Null)
    }
    if len(kept) == len(tree.children) and all(kept[k] is tree.children[k] for k in kept):
        tree.whole = True
        return tree
    return Branch(kept, tree.keys, tree.mark)
