"""
Evaluating sheets: the live object, and what it gives back.

`Evaluator` takes a rubric and readings; `evaluate` gives a `Complete`, an `Incomplete` or an `Invalid` assessment, each
with the trail that says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kinerja.engine.interpreter import evaluate
from kinerja.errors import Diagnostic, RubricError, SheetError, UsageError, closest
from kinerja.language.plain import identity
from kinerja.language.readings import reread
from kinerja.mappings import FrozenMap
from kinerja.messages import Language
from kinerja.model import Rubric
from kinerja.plan import Plan, plan, under
from kinerja.sheets import Sheet, a_day, entries

if TYPE_CHECKING:
    from kinerja.engine.outcome import Outcome
    from kinerja.trail import AlternativeTrail, Figure, GradeTrail, NodeTrail, PartialTrail, Problem, Trail

__all__ = ["Assessment", "Complete", "Evaluator", "Incomplete", "Invalid"]


class Assessment:
    """
    The outcome of evaluating one sheet.

    It is `Complete`, `Incomplete` or `Invalid`; each carries its trail.
    """

    __slots__ = ("__weakref__", "_evaluator", "_outcome", "_sheet", "_trail")

    status: str

    def __init__(self, evaluator: Evaluator, outcome: Outcome, sheet: Sheet) -> None:
        self._evaluator = evaluator
        self._outcome = outcome
        self._sheet = sheet
        self._trail: Trail | None = None

    @property
    def trail(self) -> Trail:
        """Why each score is what it is: rendered when first asked for, then kept."""
        if self._trail is None:
            # The trail's classes are needed only by who looks at one.
            from kinerja.engine.record import nodes_of, record

            evaluator = self._evaluator
            self._trail = record(
                self._outcome,
                self._sheet,
                identity=evaluator.identity,
                chosen=evaluator.readings,
                others=evaluator.others(self._outcome),
                nodes=nodes_of(self._outcome),
            )
        return self._trail

    @property
    def outcome(self) -> Outcome:
        """What the evaluation left behind, before anything is made of it: for who counts many results."""
        return self._outcome

    @property
    def readings(self) -> Mapping[str, str]:
        """The readings that were chosen instead of the rubric's own."""
        return self._evaluator.readings

    @property
    def nodes(self) -> FrozenMap[NodeTrail]:
        """What every node came to, by its path, without the readings that it hangs on: those are in the trail."""
        from kinerja.engine.record import nodes_of

        return nodes_of(self._outcome)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that makes the assessment incomplete or invalid."""
        from kinerja.engine.record import problems_of

        return problems_of(self._outcome)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What changes nothing and should still be known."""
        return self.trail.notes

    def __getitem__(self, path: str) -> NodeTrail:
        """The trail of one node by its path; `total` is the outermost group."""
        nodes = self.trail.nodes
        if path not in nodes:
            values = {"name": path, "suggestion": closest(path, nodes)}
            raise UsageError([Diagnostic("K508", (path,), values)])
        return nodes[path]

    def complete(self) -> Complete:
        """The assessment itself, if it is complete; else `SheetError` with everything that is missing or wrong."""
        if isinstance(self, Complete):
            return self
        raise SheetError([Diagnostic("K509", (), {}), *(p.diagnostic() for p in self.problems)])

    def explain(self, *, language: Language = "en") -> str:
        """The whole story in sentences, from the trail alone; `language` is `en` or `id`."""
        from kinerja.explain import explain

        return explain(self.trail, language=language)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._sheet.subject.get('id', '')}>"


class Complete(Assessment):
    """An assessment with nothing missing and nothing wrong."""

    __slots__ = ()
    status = "complete"

    @property
    def total(self) -> Figure | None:
        """
        The exact total; a Fraction that also knows how it is shown.

        None where an answer has no score on purpose: the reason stands in the trail.
        """
        from kinerja.engine.record import total_of

        return total_of(self._outcome)

    @property
    def grade(self) -> GradeTrail | None:
        """The class that the total falls in, where the rubric has classes."""
        return self.trail.grade

    @property
    def shown(self) -> str:
        """The total as the rubric wants it shown; a dash where there is none."""
        total = self.total
        return total.shown if total is not None else "–"


class Incomplete(Assessment):
    """An assessment that lacks something: a partial score, never a total."""

    __slots__ = ()
    status = "incomplete"

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the facts to ask for."""
        return tuple(problem.where for problem in self._outcome.problems if problem.code == "K330")

    @property
    def partial(self) -> PartialTrail | None:
        """What the answered children come to, and which they are."""
        from kinerja.engine.record import partial_of

        return partial_of(self._outcome)


class Invalid(Assessment):
    """An assessment with problems that somebody has to settle first."""

    __slots__ = ()
    status = "invalid"


_ASSESSMENTS: dict[str, type[Complete | Incomplete | Invalid]] = {
    "complete": Complete,
    "incomplete": Incomplete,
    "invalid": Invalid,
}


class Evaluator:
    """
    A rubric ready to score sheets; safe to share between threads.

    `readings` takes other readings of the source than the rubric does: reading id to alternative id.
    Raises `UsageError` for an unknown or contradicting reading, `RubricError` for a rubric that cannot be resolved.

    >>> import kinerja
    >>> evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"), readings={"D3": "dua-mulai-98"})
    >>> evaluator.evaluate({"infrastruktur": 98})["infrastruktur"].score == 2
    True
    """

    def __init__(self, rubric: Rubric, *, readings: Mapping[str, str] | None = None) -> None:
        if not isinstance(rubric, Rubric):
            raise UsageError([Diagnostic("K523", (), {"expected": "Rubric", "found": type(rubric).__name__})])
        self.rubric = rubric
        self.readings: Mapping[str, str] = FrozenMap(readings or {})
        self.plan = _planned(reread(rubric, self.readings))

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of what the rubric says, before readings."""
        return identity(self.rubric)

    def evaluate(
        self, facts: Sheet | Mapping[str, Any], *, on: dt.date | None = None
    ) -> Complete | Incomplete | Invalid:
        """
        Score one sheet.

        `facts` is a mapping from dotted names to values, or a whole `Sheet`.
        `on` is the day whose rules apply, where the sheet does not say.
        Whatever the facts say, this does not raise: their problems are in the result.
        """
        if isinstance(facts, Sheet):
            sheet, stated = facts, facts.stated
            rubric = self.rubric
            if sheet.rubric and sheet.rubric not in (rubric.id, f"{rubric.id}@{rubric.edition}"):
                ours = rubric.id if "@" not in sheet.rubric else f"{rubric.id}@{rubric.edition}"
                raise UsageError([Diagnostic("K504", (), {"asked": sheet.rubric, "rubric": ours})])
        elif isinstance(facts, Mapping):
            sheet, stated = _BARE, entries(facts)
        else:
            raise UsageError([Diagnostic("K510", (), {"found": type(facts).__name__})])
        return self._assessed(sheet, stated, a_day(sheet.date or on))

    def again(self, trail: Trail) -> Complete | Incomplete | Invalid:
        """
        Score once more what a stored trail started from: the same sheet, on the same day, by this rubric.

        The readings are this evaluator's own.
        Raises `TrailError` where the trail keeps something that no file can hold.

        >>> import kinerja
        >>> evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
        >>> kept = evaluator.evaluate({"perempuan": 42}).trail.to_json()
        >>> evaluator.again(kinerja.Trail.from_json(kept))["perempuan"].score == 2
        True
        """
        from kinerja.engine.stated import restated

        sheet = Sheet(
            facts={},
            subject=trail.subject,
            period=trail.period,
            basis=trail.basis,
            participants=trail.participants,
            note=trail.note,
        )
        day = None if trail.date is None else dt.date.fromisoformat(trail.date)
        return self._assessed(sheet, restated(trail.stated), day)

    def _assessed(
        self, sheet: Sheet, stated: Sequence[tuple[str, Any]], day: dt.date | None
    ) -> Complete | Incomplete | Invalid:
        outcome = evaluate(self.plan, stated, on=day)
        return _ASSESSMENTS[outcome.status](self, outcome, sheet)

    def others(self, outcome: Outcome) -> dict[tuple[str, str], AlternativeTrail]:
        """What each alternative of each reading would have given, one at a time."""
        from kinerja.engine.record import alternative

        found = {}
        for name, reading in self.rubric.readings.items():
            taken = self.readings.get(name, "")
            ways = {key: each.text for key, each in reading.alternatives.items()}
            if taken:
                # The rubric's own reading is then one more that was not taken.
                ways[""] = reading.taken
            for chosen, text in ways.items():
                other = self._other(name, chosen) if chosen != taken else None
                if other is not None:
                    there = evaluate(other, outcome.stated, on=outcome.date, like=outcome)
                    found[name, chosen] = alternative(there, text)
        return found

    @cached_property
    def _own(self) -> Plan:
        """The plan under the rubric's own readings, which keeps those of the others."""
        return _planned(self.rubric) if self.readings else self.plan

    def _other(self, name: str, chosen: str) -> Plan | None:
        """The plan of one alternative beside the readings already taken; None where they cannot be taken together."""
        readings = {key: each for key, each in {**self.readings, name: chosen}.items() if each}
        try:
            return under(self._own, readings)
        except (UsageError, RubricError):
            return None


def _planned(rubric: Rubric) -> Plan:
    from kinerja.language.readings import document_of

    try:
        return plan(rubric)
    except RubricError as error:
        document = document_of(rubric)
        raise RubricError([document.locate(each) for each in error.diagnostics]) from None


#: The sheet around facts that came without one.
_BARE = Sheet(facts={})
