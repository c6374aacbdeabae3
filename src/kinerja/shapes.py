"""
What authors may write in several ways, brought into one shape: conditions on names, and values that come in cases.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from attrs import field, frozen

from kinerja import feel, numbers
from kinerja.feel import Condition, Formula
from kinerja.mappings import FrozenMap

__all__ = ["Case", "Where", "cases", "condition_of", "optional_condition", "optional_formula", "where"]

#: Conditions on named things: every test of one mapping must hold, in at least one of the mappings.
Where: TypeAlias = tuple[FrozenMap[Condition], ...]


def where(value: Any) -> Where:
    """
    A condition as authors write it, in one shape: a test, a mapping (*and*), or a list of mappings (*or*).

    >>> where("> 40") == where({"value": "> 40"})
    True
    """
    if isinstance(value, str | Condition | int | Fraction):
        return (FrozenMap({"value": condition_of(value)}),)
    if isinstance(value, Mapping):
        return (FrozenMap({str(name): condition_of(test) for name, test in value.items()}),)
    return tuple(way for part in value for way in where(part))


def condition_of(value: Any) -> Condition:
    """A condition from its text, from a number or a truth value, or as it is."""
    if isinstance(value, Condition):
        return value
    if isinstance(value, bool):
        return feel.condition("true" if value else "false")
    return feel.condition(value if isinstance(value, str) else numbers.text(numbers.exact(value)))


def optional_condition(value: Any) -> Condition | None:
    """The same, or none."""
    return None if value is None else condition_of(value)


@frozen
class Case:
    """One of several values, and when it is the one; a `value` of None is `none`: no score on purpose."""

    when: Where
    value: Formula | None = field(metadata={"key": "is"})


def cases(value: Any) -> tuple[Case, ...]:
    """
    A number, a formula or a list of cases, in one shape; `5%` is a share of one.

    >>> cases("5%")[0].value.constant
    Fraction(1, 20)
    """
    if isinstance(value, tuple) and all(isinstance(case, Case) for case in value):
        return value
    if isinstance(value, list | tuple):
        return tuple(Case(where(case["when"]), formula_of(case["is"])) for case in value)
    return (Case((), formula_of(value)),)


def formula_of(value: Any) -> Formula | None:
    if isinstance(value, Formula) or value == "none":
        return value if isinstance(value, Formula) else None
    if not isinstance(value, str):
        return feel.formula(numbers.text(numbers.exact(value)))
    if value.endswith("%"):
        return feel.formula(numbers.text(numbers.parse_share(value)))
    return feel.formula(value)


def optional_formula(value: Any) -> Formula | None:
    """A formula from its text or a number, or none."""
    return None if value is None else formula_of(value)
