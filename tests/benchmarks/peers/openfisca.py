"""The form in OpenFisca: a variable for each row, computed for one organisation or for a whole column of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from tests.benchmarks.form import CHOICES, NUMBERS, PLACE, ROWS, SHEET, Row

__all__ = ["columns", "one", "scored"]

PERIOD = "2026-01"
Columns = Mapping[str, Any]


class Form:
    """The system of variables, and the answers of each choice as OpenFisca numbers them."""

    def __init__(self) -> None:
        self.entity = build_entity(key="village", plural="villages", label="village", is_person=True)
        self.system = TaxBenefitSystem([self.entity])
        self.answers = {name: Enum(name, {each: each for each in CHOICES[name]}) for name in CHOICES}
        for name, answers in self.answers.items():
            first = answers[CHOICES[name][0]]
            self.add(name, value_type=Enum, possible_values=answers, default_value=first)
        for name in NUMBERS:
            self.add(name, value_type=float)
        for row in ROWS:
            self.add(f"points_{row.name}", value_type=int, formula=self.points(row))
        self.add("total", value_type=int, formula=self.total)

    def add(self, name: str, **content: Any) -> None:
        """One variable of every month."""
        base = {"entity": self.entity, "definition_period": DateUnit.MONTH, "label": name}
        self.system.add_variable(type(name, (Variable,), base | content))

    def points(self, row: Row) -> Callable[[Any, Any], Any]:
        """The formula of one row: 2, 1 or 0 where it is asked."""

        def formula(village: Any, period: Any) -> Any:
            said = village(row.name, period)
            found = np.select([self.holds(row, test, said) for test in row.tests], [2, 1], 0)
            if not row.place:
                return found
            here = self.answers[PLACE[0]][row.place]
            return np.where(village(PLACE[0], period) == here, found, 0)

        return formula

    def holds(self, row: Row, test: str, said: Any) -> Any:
        """Whether each answer passes one test."""
        if row.options:
            return said == self.answers[row.name][test]
        sign, _, bound = test.partition(" ")
        return said > float(bound) if sign == ">" else said >= float(bound)

    @staticmethod
    def total(village: Any, period: Any) -> Any:
        """The formula of the total."""
        return sum(row.weight * village(f"points_{row.name}", period) for row in ROWS)


def columns(sheets: Sequence[Mapping[str, Any]]) -> Columns:
    """The answers of sheets in arrays; what is not asked is whatever, for OpenFisca knows no missing answers."""
    found: dict[str, Any] = {
        name: np.array([CHOICES[name].index(sheet.get(name, CHOICES[name][0])) for sheet in sheets], np.int16)
        for name in CHOICES
    }
    return found | {name: np.array([sheet.get(name, 0) for sheet in sheets], np.float32) for name in NUMBERS}


def scored(form: Form, given: Columns) -> tuple[Any, list[Any]]:
    """The totals, and the points of each row."""
    simulation = SimulationBuilder().build_default_simulation(form.system, len(given[PLACE[0]]))
    for name, values in given.items():
        answers = form.answers.get(name)
        simulation.set_input(name, PERIOD, EnumArray(values, answers) if answers is not None else values)
    totals = simulation.calculate("total", PERIOD)
    return totals, [simulation.calculate(f"points_{row.name}", PERIOD) for row in ROWS]


def one() -> Callable[[Mapping[str, Any]], int]:
    """One sheet at a time."""
    form = Form()
    assert int(scored(form, columns([SHEET]))[0][0]) >= 0
    return lambda sheet: int(scored(form, columns([sheet]))[0][0])
