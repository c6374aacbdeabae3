"""Weights changed against each other: what one child gains another loses, wherever the two count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from kinerja import feel, numbers
from kinerja.checks.cells import configurations
from kinerja.plan import Plan, PlannedGroup, PlannedNode
from kinerja.plan.rules import Rule
from kinerja.shapes import Case
from kinerja.testing.mutation.cells import unit_of

__all__ = ["shifted"]

#: The new weights of some children, by their ids.
Shift = Mapping[str, tuple[Case, ...]]
#: Some weights that are changed as one: the index of a child, and of its case.
_Slot = tuple[tuple[int, int], ...]


def shifted(planned: Plan, group: PlannedGroup) -> Iterator[Shift]:
    """
    The weights of a group with one unit taken from one and given to another, both ways.

    Two that count in the same configurations are paired; so are those of which exactly one counts everywhere, taken
    together, with one that always counts.  A weight that has no partner is changed alone.
    """
    names = list(group.model.indicators)
    slots = _slots(planned, group)
    for one, two in _pairs(slots):
        if two is None:
            for sign in (1, -1):
                yield _shift(group, names, [(one, sign)], _unit(group, [one]))
            continue
        unit = _unit(group, [one, two])
        for sign in (1, -1):
            if min(_shares(group, one if sign < 0 else two)) >= unit:
                yield _shift(group, names, [(one, sign), (two, -sign)], unit)


def _pairs(slots: Sequence[tuple[_Slot, Any]]) -> Iterator[tuple[_Slot, _Slot | None]]:
    """Each weight with the next one that counts where it does; alone where there is none."""
    by_place: dict[Any, list[_Slot]] = {}
    for slot, counted in slots:
        by_place.setdefault(counted, []).append(slot)
    for alike in by_place.values():
        yield from pairwise(alike) if len(alike) > 1 else ((alike[0], None),)


def _slots(planned: Plan, group: PlannedGroup) -> list[tuple[_Slot, Any]]:
    """The weights of a group, each with the configurations in which it counts; alternatives of one place as one."""
    rules = [rule for child in group.children for rule in _deciding(child)]
    tried = list(configurations(planned, rules) or ())
    single: list[tuple[_Slot, Any]] = []
    for at, child in enumerate(group.children):
        for index, weight in enumerate(child.weights):
            asked = [each for each in (child.applies, weight.rule) if each is not None]
            # Where what decides cannot be gone through, weights are alike whose conditions read alike.
            counted: Any = tuple(all(rule.holds(each) for rule in asked) for each in tried)
            single.append((((at, index),), counted or tuple(map(_read, asked))))
    return [*_joined(single)] if tried else single


def _joined(single: Sequence[tuple[_Slot, Any]]) -> Iterator[tuple[_Slot, Any]]:
    """The same with two or three weights of which exactly one always counts taken as one."""
    sometimes = [each for each in single if not all(each[1])]
    taken: set[_Slot] = set()
    together: dict[_Slot, _Slot] = {}
    for size in (2, 3):
        for chosen in combinations(sometimes, size):
            free = not any(slot in taken for slot, _ in chosen)
            if free and all(
                sum(column) == 1 for column in zip(*(counted for _, counted in chosen), strict=True)
            ):
                taken.update(slot for slot, _ in chosen)
                together[chosen[0][0]] = tuple(part for slot, _ in chosen for part in slot)
    for slot, counted in single:
        if slot in together:
            yield together[slot], tuple(True for _ in counted)
        elif slot not in taken:
            yield slot, counted


def _deciding(child: PlannedNode) -> Iterator[Rule]:
    if child.applies is not None:
        yield child.applies
    yield from (weight.rule for weight in child.weights if weight.rule is not None)


def _read(rule: Rule) -> Any:
    return tuple(tuple((test.name, test.text) for test in way) for way in rule.ways)


def _shares(group: PlannedGroup, slot: _Slot) -> list[Fraction]:
    return [group.children[at].weights[index].share for at, index in slot]


def _unit(group: PlannedGroup, slots: Sequence[_Slot]) -> Fraction:
    """One percent, or the unit in which the weights are written: the smaller one; points are moved by their own."""
    found = [share for slot in slots for share in _shares(group, slot)]
    smallest = min(unit_of(share) for share in found)
    return min(smallest, Fraction(1, 100)) if max(found) <= 1 else smallest


def _shift(
    group: PlannedGroup, names: Sequence[str], moved: Sequence[tuple[_Slot, int]], unit: Fraction
) -> Shift:
    found: dict[str, tuple[Case, ...]] = {}
    for slot, sign in moved:
        for at, index in slot:
            name = names[at]
            cases = found.get(name, group.model.indicators[name].weight)
            share = group.children[at].weights[index].share + sign * unit
            changed = Case(cases[index].when, feel.formula(numbers.text(share)))
            found[name] = (*cases[:index], changed, *cases[index + 1 :])
    return found
