"""
The generated code of a plan, compiled when it is first of use and kept by the plan.

It answers for a sheet only where nothing is missing, wrong or unusual; everywhere else the interpreter does.
"""

from __future__ import annotations

import linecache
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import count
from typing import Any, TypeAlias
from weakref import finalize

from kinerja.engine.asking import ODD
from kinerja.engine.intake import READERS
from kinerja.engine.shapes import finished
from kinerja.engine.source import Source, source
from kinerja.numbers import Rounding, exact
from kinerja.plan import Plan, parts_of
from kinerja.sheets import Written

__all__ = ["Compiled", "compiled", "kept"]

#: What one sheet comes to: the total as it stands in the code, and the place of its grade.
Found: TypeAlias = tuple[int | Fraction | None, int]

#: A number with more digits does not go into a formula.
LONG = 10**60
#: Types of which a value never changes.
_LASTING = frozenset({int, str, Written, float, bool, Fraction, Decimal})
#: Types of which a value is copied, with what may stand in them.
_COPIED = frozenset({list, tuple, set, frozenset})

_HEAD = """\
# The generated evaluator of {rubric}.
# It is made from the plan of the rubric and never read back; "Undecided" leaves a sheet to the interpreter.
"""

_REFUSED = """\
# There is no generated evaluator of {rubric}: the interpreter scores every sheet.
# What it is needed for: {refused}
"""

_DECIDE = '''
def decide(sheet):
    """The total as a whole number of {unit}, and the place of the grade; None where the interpreter has to say."""
    try:
{body}
        return total, grade
    except Exception:
        return None
'''

# In a loop, what every sheet asks for is found sooner among the parameters than among the names of Python; and the
# names of a sheet are a list sooner than a tuple.
_EVALUATE_MANY = '''
def evaluate_many(sheets, complete, about, left, *, type=type, str=str, int=int, float=float):
    """An assessment for each sheet: what it stated is kept, and its total."""
    order = shared = other = beside = None
    met = dict()
    for sheet in sheets:
        try:
            if type(sheet) is not dict:
                raise Undecided
{body}
            stated = [*sheet]
            if stated != order:
                order, shared, other, beside = other, beside, order, shared
                if stated != order:
                    key = tuple(stated)
                    found = met.get(key)
                    if found is None:
                        if len(met) >= 1000:
                            met.clear()
                        found = met[key] = about(key)
                    order, shared = stated, found
            result = complete()
            result._about = shared
            result._outcome_kept = result._trail = None
            result._values = {values}
            result._total = total
{graded}        except Exception:
            result = left(sheet)
        yield result
'''

_TOTALS = '''
def totals(sheets, known, make, left, *, type=type, str=str, int=int, float=float):
    """The status, total and grade of each sheet, and nothing kept but what totals were made to before."""
    for sheet in sheets:
        try:
            if type(sheet) is not dict:
                raise Undecided
{body}
            try:
                result = known[{key}]
            except KeyError:
                result = make({key})
        except Exception:
            result = left(sheet)
        yield result
'''


class Undecided(Exception):
    """Raised in generated code where a sheet is not plain and certain."""


def compiled(plan: Plan) -> Compiled:
    """The code of a plan, made once."""
    found: Compiled | None = plan.kept.get(compiled)
    if found is None:
        # Two threads may both make it: what they make is the same.
        found = plan.kept.setdefault(compiled, Compiled(plan))
    return found


class Compiled:
    """The generated code of one plan, each of its functions compiled when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        self.written: Source = source(plan)
        self._plan = plan
        #: Whether a sheet may state what its owner can still change: sets of options are lists.
        self.copies = any(fact.kind == "set" for fact in plan.facts.values())
        #: The place of each fact among the values that are kept of a sheet with nothing odd in it.
        self.places = {fact: place for place, fact in enumerate(self.written.names)}
        names = "".join(f"{name}, " for name in self.written.names.values())
        self._laid = "kept(sheet.values())" if self.copies else f"[*sheet.values()] if odd else ({names})"
        self._key = "total, grade" if plan.root.grades else "total"
        self._title = (
            f"{plan.rubric.id} {plan.rubric.edition}" if plan.rubric.edition.isalnum() else plan.rubric.id
        )
        self._made: dict[str, Callable[..., Any]] = {}

    @property
    def refused(self) -> str:
        """Why there is no code for this plan; empty where there is."""
        return self.written.refused

    @property
    def text(self) -> str:
        """The source, as it is compiled for one sheet; a comment where there is none."""
        if self.refused:
            return _REFUSED.format(rubric=self._title, refused=self.refused)
        return self._text(_DECIDE, 2)

    def values(self, sheet: dict[str, Any]) -> list[Any]:
        """What a sheet stated, apart from what its owner may still change."""
        return kept(sheet.values()) if self.copies else [*sheet.values()]

    def stated(self, names: tuple[str, ...], values: list[Any] | tuple[Any, ...]) -> list[tuple[str, Any]]:
        """What a sheet stated under these names: a list of values has their order, a tuple that of the rubric."""
        if type(values) is tuple:
            values = [values[self.places[name]] for name in names]
        return list(zip(names, values, strict=True))

    @property
    def decide(self) -> Callable[[dict[str, Any]], Found | None]:
        """The function that scores one sheet, or gives None."""
        return self._function("decide", _DECIDE, 2)

    @property
    def evaluate_many(self) -> Callable[..., Iterator[Any]]:
        """The function that makes an assessment of each of many sheets."""
        return self._function("evaluate_many", _EVALUATE_MANY, 3)

    @property
    def totals(self) -> Callable[..., Iterator[Any]]:
        """The function that says what each of many sheets comes to."""
        return self._function("totals", _TOTALS, 3)

    def total(self, found: int | Fraction | None) -> Fraction | None:
        """The total itself, of the number that the code found."""
        unit = self.written.unit
        return None if found is None else Fraction(found) if unit is None else found * unit

    @cached_property
    def _names(self) -> dict[str, Any]:
        return _names_of(self._plan)

    def _text(self, frame: str, depth: int) -> str:
        written = self.written
        head = _HEAD.format(rubric=self._title)
        lines = [*written.before, *written.body]
        if frame is not _EVALUATE_MANY or self.copies:
            # Nothing is taken from under the names of the facts.
            lines = [line for line in written.body if line.lstrip() != ODD]
        body = "\n".join(f"{'    ' * depth}{line}" for line in lines)
        unit = written.unit if written.unit is not None else "1"
        # Of a rubric without grades nobody asks for one.
        graded = "            result._grade = grade\n" if self._key != "total" else ""
        function = frame.format(body=body, unit=unit, values=self._laid, key=self._key, graded=graded)
        return "\n".join([head, *written.constants, function])

    def _function(self, name: str, frame: str, depth: int) -> Callable[..., Any]:
        made = self._made.get(name)
        if made is None:
            text = self._text(frame, depth)
            namespace = dict(self._names)
            exec(compile(text, _shown(self, self._title, text), "exec"), namespace)  # noqa: S102 - made from the plan alone
            made = self._made.setdefault(name, namespace[name])
        return made


#: One for each text, so that none is taken away while another of the same words is in use.
_TEXTS = count(1)


def _shown(owner: Compiled, title: str, text: str) -> str:
    """A file name for the text, under which a traceback finds its lines for as long as it is used."""
    name = f"<kinerja {title} {next(_TEXTS)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    finalize(owner, linecache.cache.pop, name, None)
    return name


def kept(values: Iterable[Any]) -> list[Any]:
    """What a sheet stated, apart from what its owner may still change."""
    return [type(value)(value) if type(value) in (list, set) else value for value in values]


def _names_of(plan: Plan) -> dict[str, Any]:
    """What generated code calls."""
    facts, nodes = plan.facts, plan.nodes
    derived = {fact.name: frozenset(parts_of(fact.name, facts)) for fact in plan.derived}
    copied = _COPIED if any(fact.kind == "set" for fact in facts.values()) else frozenset()

    def read(name: str, raw: Any) -> Any:
        """A value as the interpreter reads it; a number as an int or a Fraction."""
        fact = facts[name]
        value = READERS[fact.kind](fact, raw)
        if fact.kind == "set" and type(raw) not in copied:
            raise Undecided
        if fact.kind != "number":
            return value
        if not (-LONG < value.numerator < LONG and value.denominator < LONG):
            raise Undecided
        return value.numerator if value.denominator == 1 else value

    def read_decimal(name: str, raw: Any) -> int | float:
        """The same as an int, or as the float that counts as this very number."""
        value = read(name, raw)
        if type(value) is int:
            return value
        number: float = value.numerator / value.denominator
        if exact(number) != value:
            raise Undecided
        return number

    def finish(path: str, score: Fraction) -> Fraction:
        """A score after scale, cap and rounding."""
        found = finished(nodes[path], score)
        if found is None:
            raise Undecided
        return found

    def others(sheet: Mapping[str, Any]) -> None:
        """Names beside those that were looked at: facts that nothing hangs on here, and whose values last."""
        for name, value in sheet.items():
            lasts = type(value) in _LASTING or (
                type(value) in copied and all(type(each) in _LASTING for each in value)
            )
            if type(name) is not str or name not in facts or not lasts:
                raise Undecided
        if any(name in sheet and not parts.isdisjoint(sheet) for name, parts in derived.items()):
            raise Undecided

    return {
        "Fraction": Fraction,
        "LONG": LONG,
        "Undecided": Undecided,
        "finished": finish,
        "kept": kept,
        "others": others,
        "read": read,
        "read_decimal": read_decimal,
        "rounded": _rounded,
    }


def _rounded(mode: Any, above: int, below: int) -> int:
    """The whole number that a quotient is rounded to."""
    return int(Rounding(Fraction(1), mode=mode).apply(Fraction(above, below)))
