"""
A document to a rubric: every key known, every value of its type, every fault with its place, all of them at once.

One strict cattrs converter dispatches by the types of the model's fields; the hooks here decide nothing silently.
The model has one shape for everything; what authors may write shorter is brought into that shape first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache, partial
from operator import eq
from typing import Any, get_args, get_origin

import attrs
from cattrs import BaseConverter

from kinerja import feel, numbers
from kinerja.errors import Diagnostic, Fault, Place, RubricError, closest
from kinerja.feel import Condition, Formula
from kinerja.language.documents import (
    MAX_FAULTS,
    MAX_VALUES,
    Branch,
    Document,
    Leaf,
    Null,
    Series,
    Tree,
    cell_place,
)
from kinerja.language.patches import dropped, merged
from kinerja.mappings import FrozenMap
from kinerja.model import (
    Answer,
    Assessor,
    Bands,
    Cap,
    Choice,
    Citation,
    Derived,
    Direct,
    Evidence,
    Extends,
    Fact,
    Group,
    Ladder,
    Level,
    Levels,
    Lookup,
    Node,
    Number,
    Option,
    Rubric,
    Set,
    Source,
    Step,
    YesNo,
)
from kinerja.numbers import MODES, Rounding
from kinerja.shapes import Case, Where
from kinerja.sheets import Written

__all__ = ["KINDS", "WAYS", "expanded", "frozen_value", "keys_of", "not_keys", "structure", "structured"]

#: The key that says how a node scores, and the class it makes.
WAYS: dict[str, type[Node]] = {
    "bands": Bands,
    "levels": Levels,
    "ladder": Ladder,
    "direct": Direct,
    "formula": Derived,
    "indicators": Group,
}

KINDS: dict[str, type[Fact]] = {"number": Number, "choice": Choice, "set": Set, "yes-no": YesNo}

#: What a bare value stands for where a mapping is expected.
SHORT: dict[type, str] = {
    Level: "score",
    Step: "score",
    Citation: "in",
    Evidence: "text",
    Assessor: "title",
    Option: "title",
    Source: "title",
    Extends: "rubric",
    Cap: "within",
}

#: Names that conditions and formulas use can be written there; every other id is freer.
_NAME = re.compile(r"[a-z][a-z0-9_]*\Z", re.ASCII)
_FREE = re.compile(r"[!#-&*+\-./0-9:;<=>?@A-Z\[\\\]^_`a-z{|}~]+\Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)

_ROOT_HAS_NO = {"weight", "applies", "missing", "may_not_apply", "number"}


class _Faults(Exception):
    """Everything wrong inside one part of a document, with paths from that part on."""

    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found
        super().__init__(found)


def structure(document: Document) -> Rubric:
    """
    The rubric that a document describes.

    Raises `RubricError` with every fault of the structure, each with its path and place.
    """
    found: list[Diagnostic] = []
    try:
        # Nulls are dropped last, so that one in a child reaches through its template.
        tree = dropped(expanded(document.root))
        if not isinstance(tree, Branch):
            raise not_keys(tree)
        if "kinerja" not in tree.children:
            # In Python the version has a default; a file says which one it was written for.
            found.append(Diagnostic("K102", (), {"key": "kinerja"}))
        rubric: Rubric = _converter().structure(tree, Rubric)
        own: list[Diagnostic] = []
        _check_id(rubric.id, tree.children["id"].place, own, strict=False)
        found += [attrs.evolve(each, path=("id",)) for each in own]
    except Fault as fault:
        raise RubricError([_located(fault, document.root)]) from None
    except _Faults as faults:
        found += faults.found
    if found:
        raise RubricError([document.locate(each) for each in found[:MAX_FAULTS]])
    rubric = attrs.evolve(rubric, origin=document)
    document.rubric = rubric
    return rubric


def expanded(tree: Tree) -> Tree:
    """
    The tree with every `each` merged under the children that it is a template for.

    Raises `Fault` where so much comes of it that no file could hold it.
    """
    return _expanded(tree, [MAX_VALUES])


def _expanded(tree: Tree, room: list[int]) -> Tree:
    """The same; `room` is how many values templates may still add, anywhere in the rubric."""
    if not isinstance(tree, Branch):
        return tree
    children = dict(tree.children)
    template = children.pop("each", None)
    if isinstance(template, Leaf | Series):
        raise _Faults([_under("each", _located(not_keys(template), template))])
    inside = children.get("indicators")
    if isinstance(inside, Branch):
        if template is not None:
            room[0] -= _size(template) * len(inside.children)
            if room[0] < 0:
                raise _Faults([Diagnostic("K016", ("each",), {"limit": MAX_VALUES}, tree.key_place("each"))])
        grown = {
            name: _expanded(child if template is None else merged(template, child), room)
            for name, child in inside.children.items()
        }
        if template is None and all(grown[name] is inside.children[name] for name in grown):
            return tree
        children["indicators"] = Branch(grown, inside.keys, inside.mark)
    elif template is not None:
        # A template for no children stays, so that it is named as a key without meaning.
        return tree
    else:
        return tree
    return Branch(children, tree.keys, tree.mark)


def _size(tree: Tree) -> int:
    """How many values a part of a document holds, itself among them."""
    inside = tree.children.values() if isinstance(tree, Branch) else getattr(tree, "items", ())
    return 1 + sum(map(_size, inside))


@cache
def keys_of(cls: type) -> Mapping[str, attrs.Attribute[Any] | None]:
    """The keys that may stand in a mapping of this class, each with the attribute that it becomes."""
    found: dict[str, attrs.Attribute[Any] | None] = {}
    for attribute in attrs.fields(cls):
        key = attribute.metadata.get("key", attribute.name)
        if key is not None and not (cls is Rubric and attribute.name in _ROOT_HAS_NO):
            found[key] = attribute
    if issubclass(cls, Fact) and cls is not Answer:
        found["kind"] = None
    return found


@cache
def _converter() -> BaseConverter:
    """The one converter: strict, private, and made when it is first needed."""
    converter = BaseConverter()
    exact: dict[Any, Callable[[Tree, Any], Any]] = {
        str: _text,
        int: _integer,
        bool: _truth,
        Fraction: lambda tree, _: numbers.parse(_text(tree, str)),
        dt.date: _day,
        Condition: lambda tree, _: feel.condition(_text(tree, str)),
        Formula: _formula,
        Rounding: _rounding,
        _Shown: _shown,
        _Share: _shares,
        tuple[Case, ...]: _cases,
        Where: _where,
        tuple[Citation, ...]: _listed,
        tuple[str, ...]: _listed,
        tuple[Extends, ...]: _listed,
        tuple[Fraction, Fraction]: _pair,
        Any: lambda tree, _: frozen_value(tree),
    }
    converter.register_structure_hook_func(_is_map, _map)
    converter.register_structure_hook_func(lambda t: attrs.has(t) and t not in exact, _class)
    for kind, hook in exact.items():
        if isinstance(kind, type) and get_origin(kind) is None:
            converter.register_structure_hook(kind, hook)
        else:
            converter.register_structure_hook_func(partial(eq, kind), hook)
    return converter


def _is_map(kind: Any) -> bool:
    return get_origin(kind) is FrozenMap


def structured(tree: Tree, kind: Any, key: str, found: list[Diagnostic]) -> Any:
    """One part of a mapping or list, structured; what is wrong with it is added to `found` under its key."""
    try:
        return _converter().structure(tree, kind)
    except Fault as fault:
        found.append(_under(key, _located(fault, tree)))
    except _Faults as faults:
        found.extend(_under(key, diagnostic) for diagnostic in faults.found)
    return None


def _located(fault: Fault, tree: Tree) -> Diagnostic:
    place = tree.place if fault.span is None else cell_place(tree, fault.span)
    return Diagnostic(fault.code, (), fault.values, place)


def _under(key: str, diagnostic: Diagnostic) -> Diagnostic:
    return attrs.evolve(diagnostic, path=(key, *diagnostic.path))


def not_keys(tree: Tree) -> Fault:
    """The fault of something that is no mapping where one is expected."""
    from kinerja.language.traps import NO_BLANK

    if isinstance(tree, Leaf) and tree.plain and NO_BLANK.match(tree.text):
        return Fault("K023", text=tree.text)
    return Fault("K103", found=_called(tree))


def _called(tree: Tree) -> str:
    """What a part of a document is, in the words of a message's table."""
    if isinstance(tree, Leaf):
        return f'"{tree.text}"'
    return "[ ]" if isinstance(tree, Series) else "null" if isinstance(tree, Null) else "{ }"


# --- classes and maps


def _class(tree: Tree, cls: type) -> Any:
    """A mapping to an instance: every key known, every required key there."""
    if cls in SHORT and (isinstance(tree, Leaf) or (SHORT[cls] == "score" and isinstance(tree, Series))):
        tree = Branch({SHORT[cls]: tree}, {SHORT[cls]: tree.mark}, tree.mark)
    if not isinstance(tree, Branch):
        raise not_keys(tree)
    if cls is Fact:
        cls = _kind(tree)
    elif cls is Node:
        cls = _way(tree)
    built = tree.built
    if built is None or type(built) is not cls:
        built = tree.built = _built(tree, cls)
    return built


def _built(tree: Branch, cls: type) -> Any:
    keys = keys_of(cls)
    found: list[Diagnostic] = []
    values: dict[str, Any] = {}
    for key, child in tree.children.items():
        attribute = keys.get(key)
        if key not in keys:
            found.append(_unknown(key, tree, keys))
            if len(found) == MAX_FAULTS:
                # Looking for the nearest of a hundred thousand words takes minutes.
                break
        elif attribute is not None:
            kind = _SPECIAL.get(attribute.name, attribute.type)
            values[attribute.name] = structured(child, kind, key, found)
    for key, attribute in keys.items():
        if attribute is not None and attribute.default is attrs.NOTHING and attribute.name not in values:
            # Its place is found by its path: what is not there has none of its own.
            found.append(Diagnostic("K102", (), {"key": key}))
    if found:
        raise _Faults(found)
    return cls(**values)


def _unknown(key: str, tree: Branch, keys: Mapping[str, Any]) -> Diagnostic:
    hint = closest(key, keys)
    values = {"key": key, "suggestion": hint, "known": sorted(keys)}
    return Diagnostic("K101", (key,), values, tree.key_place(key))


def _kind(tree: Branch) -> type[Fact]:
    said = tree.children.get("kind")
    if said is None:
        return Choice if "options" in tree.children else Number
    name = _text(said, str)
    if name not in KINDS:
        diagnostic = _located(
            Fault("K105", kind=name, known=list(KINDS), suggestion=closest(name, KINDS)), said
        )
        raise _Faults([_under("kind", diagnostic)])
    return KINDS[name]


def _way(tree: Branch) -> type[Node]:
    ways = [key for key in WAYS if key in tree.children]
    if len(ways) > 1:
        raise _Faults([Diagnostic("K107", (), {"ways": ways}, tree.key_place(ways[1]))])
    if not ways and "grades" in tree.children:
        return Lookup
    if not ways:
        hint = next((h for key in tree.children if (h := closest(key, WAYS))), "")
        raise _Faults([Diagnostic("K106", (), {"ways": list(WAYS), "suggestion": hint})])
    return WAYS[ways[0]]


def _map(tree: Tree, kind: Any) -> FrozenMap[Any]:
    if not isinstance(tree, Branch):
        raise not_keys(tree)
    (value,) = get_args(kind)
    found: list[Diagnostic] = []
    built = {}
    for key, child in tree.children.items():
        strict = value in (Node, Fact)
        free = value in (Any, Fraction, str)
        if not free:
            _check_id(key, tree.key_place(key), found, strict=strict)
        built[key] = structured(child, value, key, found)
        if len(found) >= MAX_FAULTS:
            break
    if found:
        raise _Faults(found)
    return FrozenMap(built)


def _check_id(key: str, place: Place | None, found: list[Diagnostic], *, strict: bool) -> None:
    """An id that conditions and formulas can name, or a freer one that can at least stand in a list."""
    foreign = next((c for c in key if not c.isascii()), None)
    if foreign is not None:
        values = {"id": key, "character": f"U+{ord(foreign):04X}"}
        found.append(Diagnostic("K110", (key,), values, place))
    elif strict and key in feel.RESERVED:
        found.append(Diagnostic("K111", (key,), {"id": key}, place))
    elif not (_NAME if strict else _FREE).match(key):
        found.append(Diagnostic("K108" if strict else "K109", (key,), {"id": key}, place))


# --- single values


class _Share:
    """The type of `weight`: cases whose numbers may be percentages."""


class _Shown:
    """The type of `shown`: a rounding that may leave out its mode."""


#: Keys whose values may be written in ways that their types do not tell.
_SPECIAL: dict[str, type] = {"weight": _Share, "shown": _Shown}


def _text(tree: Tree, _: Any) -> str:
    if not isinstance(tree, Leaf):
        raise Fault("K104", found=_called(tree))
    return tree.text


def _integer(tree: Tree, _: Any) -> int:
    number = numbers.parse(_text(tree, str))
    if number.denominator != 1:
        raise Fault("K112", text=_text(tree, str))
    return number.numerator


def _truth(tree: Tree, _: Any) -> bool:
    text = _text(tree, str)
    if text not in ("true", "false"):
        raise Fault("K113", text=text)
    return text == "true"


def _day(tree: Tree, _: Any) -> dt.date:
    text = _text(tree, str)
    try:
        if _DATE.match(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise Fault("K114", text=text)


def _formula(tree: Tree, _: Any) -> Formula | None:
    text = _text(tree, str)
    return None if text == "none" else feel.formula(text)


def _rounding(tree: Tree, _: Any) -> Rounding:
    if not isinstance(tree, Branch):
        raise Fault("K115", found=_called(tree))
    keys: dict[str, type] = {"to": Fraction, "mode": str}
    found: list[Diagnostic] = [_unknown(key, tree, keys) for key in tree.children if key not in keys]
    values = {
        k: structured(tree.children[k], kind, k, found) for k, kind in keys.items() if k in tree.children
    }
    found += [Diagnostic("K102", (), {"key": k}, tree.place) for k in keys if k not in values]
    mode = values.get("mode")
    if mode is not None and mode not in MODES:
        fault = Fault("K144", text=mode, modes=MODES, suggestion=closest(mode, MODES))
        found.append(_under("mode", _located(fault, tree.children["mode"])))
    if found:
        raise _Faults(found)
    return Rounding(values["to"], mode=values["mode"])


def _shown(tree: Tree, _: Any) -> Rounding:
    if isinstance(tree, Leaf):
        return Rounding(numbers.parse(tree.text), mode="half-up")
    return _rounding(tree, _)


def _cases(tree: Tree, _: Any) -> tuple[Case, ...]:
    return _case_list(tree, _formula)


def _shares(tree: Tree, _: Any) -> tuple[Case, ...]:
    return _case_list(tree, _share)


def _share(tree: Tree, _: Any) -> Formula | None:
    # A weight is a constant: what names a fact is refused here, as text that is no number.
    return feel.formula(numbers.text(numbers.parse_share(_text(tree, str))))


def _case_list(tree: Tree, value: Callable[[Tree, Any], Formula | None]) -> tuple[Case, ...]:
    if not isinstance(tree, Series):
        return (Case((), value(tree, None)),)
    found: list[Diagnostic] = []
    built = []
    for index, item in enumerate(tree.items):
        try:
            built.append(_case(item, value))
        except Fault as fault:
            found.append(_under(str(index), _located(fault, item)))
        except _Faults as faults:
            found.extend(_under(str(index), diagnostic) for diagnostic in faults.found)
    if found:
        raise _Faults(found)
    return tuple(built)


def _case(tree: Tree, value: Callable[[Tree, Any], Formula | None]) -> Case:
    if not isinstance(tree, Branch):
        raise not_keys(tree)
    keys = keys_of(Case)
    found = [_unknown(key, tree, keys) for key in tree.children if key not in keys]
    found += [Diagnostic("K102", (), {"key": key}, tree.place) for key in keys if key not in tree.children]
    if found:
        raise _Faults(found)
    when = structured(tree.children["when"], Where, "when", found)
    try:
        given = value(tree.children["is"], None)
    except Fault as fault:
        found.append(_under("is", _located(fault, tree.children["is"])))
    if found:
        raise _Faults(found)
    return Case(when, given)


def _where(tree: Tree, _: Any) -> Where:
    if isinstance(tree, Leaf):
        return (FrozenMap({"value": feel.condition(tree.text)}),)
    if isinstance(tree, Branch):
        return (_converter().structure(tree, FrozenMap[Condition]),)
    found: list[Diagnostic] = []
    ways = [
        structured(item, FrozenMap[Condition], str(i), found)
        for i, item in enumerate(getattr(tree, "items", ()))
    ]
    if found:
        raise _Faults(found)
    if not ways:
        raise Fault("K119")
    return tuple(ways)


def _listed(tree: Tree, kind: Any) -> tuple[Any, ...]:
    item = get_args(kind)[0]
    if not isinstance(tree, Series):
        return (_converter().structure(tree, item),)
    found: list[Diagnostic] = []
    built = tuple(structured(part, item, str(index), found) for index, part in enumerate(tree.items))
    if found:
        raise _Faults(found)
    return built


def _pair(tree: Tree, _: Any) -> tuple[Fraction, Fraction]:
    if not isinstance(tree, Series) or len(tree.items) != 2:
        raise Fault("K118", found=_called(tree))
    found: list[Diagnostic] = []
    low, high = (structured(part, Fraction, str(index), found) for index, part in enumerate(tree.items))
    if found:
        raise _Faults(found)
    return low, high


def frozen_value(tree: Tree) -> Any:
    """A part of a document as plain frozen values; text that stood there without quotes stays marked as such."""
    if isinstance(tree, Branch):
        return FrozenMap({key: frozen_value(child) for key, child in tree.children.items()})
    if isinstance(tree, Series):
        return tuple(frozen_value(item) for item in tree.items)
    if isinstance(tree, Null):
        return None
    return Written(tree.text) if tree.plain else tree.text
