"""
Text to a document: values with their places, and nothing decided yet.

YAML is read as events, never composed or constructed: a scalar stays the text that the author wrote and the target type
decides what it means (`no`, `00123` and `2017-04-05` stay as they are).  What YAML does to an unsuspecting author is
named here, at its place, with the edit that mends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import yaml

from kinerja.errors import Diagnostic, KinerjaError, Place, RubricError, SourceText

__all__ = [
    "MAX_VALUES",
    "Branch",
    "Document",
    "Leaf",
    "Null",
    "Series",
    "Tree",
    "cell_place",
    "plant",
    "read",
]

#: Limits of one text; beyond them a file is an attack or a mistake, and is refused at once.
MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_VALUES = 20_000
#: As many faults of one stage are told at once; nobody reads more, and drawing a million takes minutes.
MAX_FAULTS = 100

#: What these say is about a key, and not about the value beside it.
_OF_KEYS = frozenset({"K180", "K182", "K184", "K185", "K202"})

#: One blank and a `#` after plain text: YAML drops the rest without a word.  Two blanks mean a comment on purpose.
CUT_BY_HASH = " #"

Mark: TypeAlias = "tuple[SourceText, int, int, int] | None"


class _Spot:
    """What every part of a document has: where it stands, if it was read from a text."""

    __slots__ = ("mark",)

    def __init__(self, mark: Mark) -> None:
        self.mark = mark

    @property
    def place(self) -> Place | None:
        return None if self.mark is None else Place(*self.mark)


class Leaf(_Spot):
    """A scalar: its text as written, and whether it stood there without quotes."""

    __slots__ = ("plain", "text")

    def __init__(self, text: str, *, plain: bool, mark: Mark = None) -> None:
        self.text = text
        self.plain = plain
        super().__init__(mark)


class Null(_Spot):
    """A plain `null`: in a patch, the word that deletes."""

    __slots__ = ()


class Series(_Spot):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, items: list[Tree], mark: Mark = None) -> None:
        self.items = items
        super().__init__(mark)


class Branch(_Spot):
    """A mapping: its children by key, and where each key stands."""

    __slots__ = ("built", "children", "keys", "whole")

    def __init__(self, children: dict[str, Tree], keys: dict[str, Mark], mark: Mark = None) -> None:
        self.children = children
        self.keys = keys
        #: What this mapping was structured to, kept so that a patched rubric shares what it did not change.
        self.built: Any = None
        #: Whether it is known to hold no null, so that nobody has to look again.
        self.whole = False
        super().__init__(mark)

    def __getstate__(self) -> tuple[dict[str, Tree], dict[str, Mark], Mark]:
        return self.children, self.keys, self.mark

    def __setstate__(self, state: tuple[dict[str, Tree], dict[str, Mark], Mark]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def key_place(self, key: str) -> Place | None:
        """Where this key is written."""
        mark = self.keys.get(key)
        return None if mark is None else Place(*mark)


Tree: TypeAlias = Leaf | Null | Series | Branch


class Document:
    """
    A text that was read: a tree of values with their places.

    Only a document turns a path into a line; the model knows paths alone.
    """

    __slots__ = ("plan", "root", "rubric", "source")

    def __init__(self, root: Tree, source: SourceText) -> None:
        self.root = root
        self.source = source
        #: The rubric that it was structured to, and that rubric's plan: neither ever changes, so both are kept.
        self.rubric: Any = None
        self.plan: Any = None

    def __getstate__(self) -> tuple[Tree, SourceText, Any]:
        return self.root, self.source, self.rubric

    def __setstate__(self, state: tuple[Tree, SourceText, Any]) -> None:
        self.root, self.source, self.rubric = state
        self.plan = None

    def place(self, path: Sequence[str]) -> Place | None:
        """
        The place of what stands at a path.

        Where a step is not written in the text, the nearest thing around it is named.
        """
        return self._found(path)[1]

    def _found(self, path: Sequence[str], *, key: bool = False) -> tuple[Tree, Place | None]:
        """What stands at a path and where; with `key`, where its last key stands."""
        tree, place = self.root, self.root.place
        for index, step in enumerate(path):
            if isinstance(tree, Branch) and step in tree.children:
                child = tree.children[step]
                at_value = isinstance(child, Leaf) and not (key and index == len(path) - 1)
                place = child.place if at_value else tree.key_place(step)
            elif isinstance(tree, Series) and step.isdigit() and int(step) < len(tree.items):
                child = tree.items[int(step)]
                place = child.place
            elif step == "0":
                # Where several may stand, one may stand by itself.
                continue
            else:
                break
            tree = child
        return tree, place

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """The same diagnostic with the place that its path has in this text."""
        if diagnostic.place is not None:
            return diagnostic
        span = diagnostic.values.get("span")
        tree, place = self._found(diagnostic.path, key=span is None and diagnostic.code in _OF_KEYS)
        if place is not None and span is not None:
            place = cell_place(tree, span)
        return Diagnostic(diagnostic.code, diagnostic.path, diagnostic.values, place)


def cell_place(tree: Tree, span: tuple[int, int]) -> Place | None:
    """The place of a part of a cell, counted in characters of its text."""
    place = tree.place
    if place is None or not isinstance(tree, Leaf):
        return place
    # A quoted scalar stands behind its quote.
    shift = 0 if tree.plain else 1
    if place.length != len(tree.text) + 2 * shift:
        # Folded over several lines, or written with escapes: the text's characters are not the file's.
        return place
    return place.within(span[0] + shift, span[1] + shift)


def plant(value: Any) -> Tree:
    """Plain Python values as a tree without places: text, numbers, truth values, None, lists, mappings."""
    if value is None:
        return Null(None)
    if isinstance(value, Leaf | Null | Series | Branch):
        return value
    if isinstance(value, Mapping):
        return Branch({str(k): plant(v) for k, v in value.items()}, {})
    if isinstance(value, list | tuple):
        return Series([plant(v) for v in value])
    if isinstance(value, bool):
        return Leaf("true" if value else "false", plain=True)
    return Leaf(str(value), plain=True)


def read(text: str | bytes, *, name: str) -> Document:
    """
    Read one YAML or JSON text into a document.

    Raises `RubricError` with every fault that reading finds, each with its place.

    >>> read("a: 1", name="note").root.children["a"].text
    '1'
    """
    source = _decoded(text, name)
    reader = _Reader(source)
    try:
        root = reader.tree()
    except yaml.YAMLError as error:
        # What explains a fault is loaded when there is one.
        from kinerja.language.traps import explained

        stopped = explained(error, source)
        # What looks like an anchor or alias is better explained by why the parser stopped there.
        earlier = [each for each in reader.faults if str(each.place) != str(stopped.place)]
        raise RubricError([*earlier, stopped]) from None
    if reader.faults:
        raise RubricError(reader.faults)
    return Document(root, source)


#: Characters that a text may not hold: control, zero-width and direction-changing characters, lone surrogates.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


_DECLARED = re.compile(r"^%TAG\b[^\n]*", re.MULTILINE)


def _decoded(text: str | bytes, name: str) -> SourceText:
    """The text as characters, or a refusal that says what is wrong with the file."""
    if len(text) > MAX_BYTES:
        raise _refused("K002", SourceText(name), size=len(text), limit=MAX_BYTES)
    if isinstance(text, bytes):
        raw = text
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            place = Place(SourceText(name), line, 1)
            raise _refused("K003", place.source, place, line=line) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = SourceText(name, text)
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1) + 1
        point = f"U+{ord(found.group()):04X}"
        raise _refused("K004", source, Place(source, line, column), character=point)
    if not text.strip():
        raise _refused("K001", source)
    # A declaration of tags, which libyaml compares with every earlier one before it gives a first event.
    found = _DECLARED.search(text)
    if found:
        place = Place(source, text.count("\n", 0, found.start()) + 1, 1, len(found.group()))
        raise _refused("K008", source, place, tag=found.group())
    return source


def _refused(code: str, source: SourceText, place: Place | None = None, **values: Any) -> KinerjaError:
    return RubricError([Diagnostic(code, (), values, place or Place(source, 1, 1))])


def _is_cut(key: Any, value: Any) -> bool:
    """Whether nothing, not even a colon, stands between a key and its empty value."""
    empty = isinstance(value, yaml.ScalarEvent) and not value.style and not value.value
    return empty and bool(value.start_mark.index == key.end_mark.index)


class _Reader:
    """One pass over the events of one text, with its own depth counter and everything refused on the way."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.faults: list[Diagnostic] = []
        self.lines = source.text.split("\n")
        self.values = 0

    def fault(self, code: str, mark: Mark, path: Sequence[str], **values: Any) -> None:
        place = None if mark is None else Place(*mark)
        self.faults.append(Diagnostic(code, tuple(path), values, place))
        if len(self.faults) == MAX_FAULTS:
            raise RubricError(self.faults)

    def mark(self, event: Any) -> Mark:
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        length = end.column - column if end.line == line else 1
        return (self.source, line + 1, column + 1, length or 1)

    def tree(self) -> Tree:
        # The C parser is twenty times faster; where PyYAML was built without it, the pure one reads the same.
        loader = getattr(yaml, "CLoader", yaml.Loader)
        events = yaml.parse(self.source.text, Loader=loader)
        root: Tree | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.fault("K010", self.mark(event), ())
                break
            if isinstance(event, yaml.NodeEvent):
                root = self.node(event, events, (), 0)
        if root is None:
            raise _refused("K001", self.source)
        return root

    def node(self, event: Any, events: Iterator[Any], path: tuple[str, ...], depth: int) -> Tree:
        """node := scalar | mapping | sequence; anchors, aliases and tags are refused where they stand."""
        mark = self.mark(event)
        if depth > MAX_DEPTH:
            raise RubricError([*self.faults, Diagnostic("K005", path, {"limit": MAX_DEPTH}, Place(*mark))])  # type: ignore[misc]
        self.values += 1
        if self.values > MAX_VALUES:
            raise RubricError([*self.faults, Diagnostic("K016", path, {"limit": MAX_VALUES}, Place(*mark))])  # type: ignore[misc]
        if isinstance(event, yaml.AliasEvent):
            self.fault("K007", mark, path, name=event.anchor)
            return Null(mark)
        if event.anchor is not None or event.tag is not None:
            self.refuse(event, mark, path)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, mark, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, path, depth, mark)
        return self.sequence(event, events, path, depth, mark)

    def refuse(self, event: Any, mark: Mark, path: Sequence[str]) -> None:
        if event.anchor is not None:
            self.fault("K006", mark, path, name=event.anchor)
        if event.tag is not None:
            self.fault("K008", mark, path, tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def scalar(self, event: Any, mark: Mark, path: tuple[str, ...]) -> Tree:
        plain = not event.style
        if plain:
            if not event.value:
                # An empty child stands for an empty mapping: `kolaborasi:` with nothing below it.
                return Branch({}, {}, mark)
            end = event.end_mark
            line = self.lines[end.line]
            if line.startswith(CUT_BY_HASH, end.column):
                whole = (*mark[:3], mark[3] + len(line.rstrip()) - end.column)  # type: ignore[index]
                self.fault("K021", whole, path, rest=line[end.column :].strip())
            if event.value == "null":
                return Null(mark)
        return Leaf(event.value, plain=plain, mark=mark)

    def mapping(
        self, event: Any, events: Iterator[Any], path: tuple[str, ...], depth: int, whole: Mark
    ) -> Tree:
        children: dict[str, Tree] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            mark = self.mark(key)
            if not isinstance(key, yaml.ScalarEvent):
                self.fault("K011", mark, path)
                self.node(key, events, path, depth + 1)
                self.node(next(events), events, path, depth + 1)
                continue
            below = (*path, key.value)
            if key.anchor is not None or key.tag is not None:
                self.refuse(key, mark, below)
            value = next(events)
            if event.flow_style and _is_cut(key, value):
                from kinerja.language.traps import NO_BLANK

                code = "K023" if NO_BLANK.match(key.value) else "K022"
                self.fault(code, mark, path, text=key.value)
            child = self.node(value, events, below, depth + 1)
            if key.value in children:
                first = Place(*keys[key.value])  # type: ignore[misc]
                self.fault("K009", mark, below, key=key.value, first=f"{first.line}:{first.column}")
                continue
            children[key.value], keys[key.value] = child, mark
        return Branch(children, keys, whole)

    def sequence(
        self, event: Any, events: Iterator[Any], path: tuple[str, ...], depth: int, mark: Mark
    ) -> Tree:
        items: list[Tree] = []
        while not isinstance(item := next(events), yaml.SequenceEndEvent):
            items.append(self.node(item, events, (*path, str(len(items))), depth + 1))
        if event.flow_style and any(isinstance(i, Leaf) and i.plain and ".." in i.text for i in items):
            line, start = self.lines[event.start_mark.line], event.start_mark.column
            text = line[start : line.find("]", start) + 1]
            self.fault("K020", (*mark[:3], len(text)), path, text=text)  # type: ignore[index]
        return Series(items, mark)
