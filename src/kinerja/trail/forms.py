"""Parts of a trail as plain data and back: strict, and with the path of what does not belong."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any, get_args, get_origin

import attrs
from cattrs import BaseConverter

from kinerja import numbers
from kinerja.errors import Diagnostic, Fault, TrailError, closest, excerpt
from kinerja.mappings import FrozenMap
from kinerja.trail.figures import Figure

__all__ = ["fields", "structured", "unstructured"]


@cache
def fields(cls: Hashable) -> Mapping[str, attrs.Attribute[Any]]:
    """The fields of a class by their keys."""
    owner: Any = cls
    attrs.resolve_types(owner)
    return {a.metadata.get("key", a.name): a for a in attrs.fields(owner)}


def unstructured(value: Any) -> Any:
    """A part of a trail as JSON values, without what is at its default."""
    if isinstance(value, Figure):
        return {"exact": value.exact, "shown": value.shown}
    if attrs.has(type(value)):
        cls: Any = type(value)
        keys = fields(cls).items()
        found = {key: (getattr(value, a.name), a.default) for key, a in keys}
        return {k: unstructured(v) for k, (v, default) in found.items() if not _is_default(v, default)}
    if isinstance(value, Mapping):
        return {key: unstructured(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [unstructured(part) for part in value]
    return value


def _is_default(value: Any, default: Any) -> bool:
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        return not value
    return default is not attrs.NOTHING and bool(value == default)


def structured(value: Any, kind: Any) -> Any:
    """A part of a trail from JSON values; `TrailError`, with the path inside, where it is none."""
    return _converter().structure(value, kind)


def _part(value: Any, kind: Any, key: str) -> Any:
    """The same for what stands under a key."""
    try:
        return _converter().structure(value, kind)
    except Fault as fault:
        raise TrailError([fault.at((key,))]) from None
    except TrailError as error:
        raise TrailError(attrs.evolve(each, path=(key, *each.path)) for each in error.diagnostics) from None


@cache
def _converter() -> BaseConverter:
    """The strict way back: known keys only, each value of its own JSON type."""
    converter = BaseConverter()
    converter.register_structure_hook_func(lambda t: t is Any, lambda value, _: _frozen(value))
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly)
    converter.register_structure_hook_func(_is_map, _named)
    converter.register_structure_hook_func(_is_list, _listed)
    converter.register_structure_hook_func(attrs.has, _object)
    converter.register_structure_hook_func(lambda t: t is Figure, _figure)
    return converter


def _is_map(kind: Any) -> bool:
    return get_origin(kind) is FrozenMap


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _frozen(value: Any) -> Any:
    """A value whose type stands nowhere: text, a truth value, a list of texts, or nothing."""
    if isinstance(value, list):
        return tuple(_exactly(part, str) for part in value)
    return value if value is None or isinstance(value, bool) else _exactly(value, str)


def _exactly(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise Fault("K516", found=excerpt(value), kind=kind.__name__)
    return value


def _figure(value: Any, _: Any) -> Figure:
    if not isinstance(value, Mapping) or set(value) != {"exact", "shown"}:
        raise Fault("K516", found=excerpt(value), kind="{exact, shown}")
    text = _part(value["exact"], str, "exact")
    try:
        figure = Figure(numbers.parse_computed(text), _part(value["shown"], str, "shown"))
    except Fault as fault:
        raise TrailError([fault.at(("exact",))]) from None
    if figure.exact != text:
        raise TrailError([Diagnostic("K522", ("exact",), {"text": text, "exact": figure.exact})])
    return figure


def _named(value: Any, kind: Any) -> Any:
    if not isinstance(value, Mapping):
        raise Fault("K516", found=excerpt(value), kind="object")
    (part,) = get_args(kind)
    return FrozenMap({str(k): _part(v, part, str(k)) for k, v in value.items()})


def _listed(value: Any, kind: Any) -> Any:
    if not isinstance(value, list):
        raise Fault("K516", found=excerpt(value), kind="list")
    return tuple(_part(v, get_args(kind)[0], str(at)) for at, v in enumerate(value))


def _object(value: Any, cls: type) -> Any:
    if not isinstance(value, Mapping):
        raise Fault("K516", found=excerpt(value), kind="object")
    keys = fields(cls)
    for key in value:
        if key not in keys:
            values = {"key": key, "suggestion": closest(str(key), keys)}
            raise TrailError([Diagnostic("K517", (str(key),), values)])
    values = {keys[k].name: _part(v, keys[k].type or Any, k) for k, v in value.items()}
    for key, attribute in keys.items():
        if attribute.default is attrs.NOTHING and attribute.name not in values:
            raise TrailError([Diagnostic("K102", (key,), {"key": key})])
    return cls(**values)
