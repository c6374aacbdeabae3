"""
Evaluating sheets: the live object, and what it gives back.

`Evaluator` takes a rubric and readings; `evaluate` gives a `Complete`, an `Incomplete` or an `Invalid` assessment, each
with the trail that says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, get_args

from kinerja.engine.interpreter import evaluate
from kinerja.errors import Diagnostic, RubricError, SheetError, UsageError, closest
from kinerja.language.plain import identity
from kinerja.language.readings import reread
from kinerja.mappings import FrozenMap
from kinerja.messages import Language
from kinerja.model import Rubric
from kinerja.plan import Plan, PlannedIndicator, plan, under
from kinerja.sheets import Sheet, a_day, entries

if TYPE_CHECKING:
    from kinerja.engine.compiled import Compiled, Found
    from kinerja.engine.outcome import Outcome
    from kinerja.trail import AlternativeTrail, Figure, GradeTrail, NodeTrail, PartialTrail, Problem, Trail

FrameT = TypeVar("FrameT")
#: What is kept of each row: the band of each indicator, or its score as well.
FrameTrail = Literal["bands", "scores"]
TRAILS: tuple[FrameTrail, ...] = get_args(FrameTrail)

__all__ = ["Assessment", "Complete", "Evaluator", "Incomplete", "Invalid"]


class _About:
    """What the assessments of one evaluator share: the names that their sheets state, in one order, and the day."""

    __slots__ = ("date", "evaluator", "names", "sheet")

    def __init__(
        self, evaluator: Evaluator, sheet: Sheet, *, names: tuple[str, ...] = (), date: dt.date | None = None
    ) -> None:
        self.evaluator = evaluator
        self.sheet = sheet
        self.names = names
        self.date = date


class Assessment:
    """
    The outcome of evaluating one sheet.

    It is `Complete`, `Incomplete` or `Invalid`; each carries its trail.
    """

    #: What generated code found, and what the sheet stated; or the outcome of the interpreter, at once or when asked.
    #: Filled in by whoever makes one, for a method that does costs as much as half a sheet.
    __slots__ = ("__weakref__", "_about", "_grade", "_outcome_kept", "_total", "_trail", "_values")

    status: str
    _about: _About
    _outcome_kept: Outcome | None
    _trail: Trail | None
    _values: list[Any] | tuple[Any, ...]
    _total: int | Fraction | None
    _grade: int

    @property
    def _outcome(self) -> Outcome:
        """What the interpreter makes of the sheet: for a sheet that generated code has scored, when it is asked for."""
        outcome = self._outcome_kept
        if outcome is None:
            about = self._about
            stated = about.evaluator._code.stated(about.names, self._values)
            outcome = evaluate(about.evaluator.plan, stated, on=about.date)
            total = about.evaluator._code.total(self._total)
            assert (outcome.status, outcome.root.score) == ("complete", total)
            self._outcome_kept = outcome
        return outcome

    @property
    def trail(self) -> Trail:
        """Why each score is what it is: rendered when first asked for, then kept."""
        if self._trail is None:
            # The trail's classes are needed only by who looks at one.
            from kinerja.engine.record import nodes_of, record

            evaluator = self._about.evaluator
            self._trail = record(
                self._outcome,
                self._about.sheet,
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
        return self._about.evaluator.readings

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

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise UsageError([Diagnostic("K591", (), {})])

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _: dict[int, Any]) -> Self:
        # Nothing of it changes, so it is as good as any copy.
        return self

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._about.sheet.subject.get('id', '')}>"


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
        from kinerja.engine.record import figure_of, total_of

        if self._outcome_kept is not None:
            return total_of(self._outcome_kept)
        evaluator = self._about.evaluator
        return figure_of(evaluator._code.total(self._total), evaluator.plan)

    @property
    def grade(self) -> GradeTrail | None:
        """The class that the total falls in, where the rubric has classes."""
        from kinerja.engine.record import grade_of

        root = self._about.evaluator.plan.root
        if self._outcome_kept is not None:
            found = self._outcome_kept.grades.get("total")
        else:
            found = root.grades[self._grade].id if root.grades else None
        return grade_of(found, root) if isinstance(found, str) else None

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

    Pickled for another process it is made again there from the rubric and the readings; of results, send the trails.
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
        #: The code for one sheet, once there were enough of them to be worth its making, and how many there were.
        self._decide: Callable[[dict[str, Any]], Found | None] | None = None
        self._waited = 0
        #: Whether what sheets state cannot be changed afterwards.
        self._lasts = False
        self._about: _About | None = None
        self._abouts: dict[tuple[tuple[str, ...], dt.date | None], _About] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        # The plan and the code are functions, which no process can send to another.
        return _made_again, (self.rubric, dict(self.readings))

    @cached_property
    def identity(self) -> str:
        """The SHA-256 of what the rubric says, before readings."""
        return identity(self.rubric)

    @cached_property
    def _code(self) -> Compiled:
        """The generated code of the rubric under these readings."""
        from kinerja.engine.compiled import compiled

        return compiled(self.plan)

    def source(self) -> str:
        """
        The Python that sheets are scored by, as it was generated from the rubric.

        Where there is none, a comment says what of the rubric only the interpreter can do.

        >>> import kinerja
        >>> print(kinerja.Evaluator(kinerja.load("pk-bkm")).source()[:41])
        # The generated evaluator of pk-bkm 2017.
        """
        return self._code.text

    def evaluate(
        self, facts: Sheet | Mapping[str, Any], *, on: dt.date | None = None
    ) -> Complete | Incomplete | Invalid:
        """
        Score one sheet.

        `facts` is a mapping from dotted names to values, or a whole `Sheet`.
        `on` is the day whose rules apply, where the sheet does not say.
        Whatever the facts say, this does not raise: their problems are in the result.
        """
        decide = self._decide
        if decide is not None and type(facts) is dict:
            found = decide(facts)
            if found is not None:
                names = tuple(facts)
                about = self._about
                if about is None or about.names != names or about.date is not on:
                    about = self._shared(names, on)
                if about is not None:
                    result = Complete()
                    result._about = about
                    result._outcome_kept = result._trail = None
                    result._values = [*facts.values()] if self._lasts else self._code.values(facts)
                    result._total, result._grade = found
                    return result
        return self._interpreted(facts, on)

    def evaluate_many(
        self, sheets: Iterable[Sheet | Mapping[str, Any]], *, on: dt.date | None = None
    ) -> Iterator[Complete | Incomplete | Invalid]:
        """
        Score sheets one after the other, in their order, each with its trail; faster than one call for each.

        Arguments and results as of `evaluate`, except that what is no sheet raises when it is come to, which ends it.

        >>> import kinerja
        >>> evaluator = kinerja.Evaluator(kinerja.load("pk-bkm"))
        >>> [result.status for result in evaluator.evaluate_many([{"perempuan": 42}, {"perempuan": 142}])]
        ['incomplete', 'invalid']
        """
        _several(sheets)

        def left(facts: Sheet | Mapping[str, Any]) -> Complete | Incomplete | Invalid:
            return self._interpreted(facts, on)

        if not self._covers(on) or self._code.refused:
            # Like generated code, and unlike `map`, this ends where a sheet raises.
            return (left(sheet) for sheet in sheets)
        return self._code.evaluate_many(
            sheets, Complete, lambda names: _agreed(self._shared(names, on)), left
        )

    def totals(
        self, sheets: Iterable[Sheet | Mapping[str, Any]], *, on: dt.date | None = None
    ) -> Iterator[tuple[str, Fraction | None, str | None]]:
        """
        What sheets come to and nothing else: status, exact total and grade of each, and no trail to say why.

        The total and the grade are None where the assessment is not complete, or the rubric has none.
        Arguments as of `evaluate_many`.

        >>> import kinerja
        >>> list(kinerja.Evaluator(kinerja.load("pk-bkm")).totals([{"perempuan": 42}]))
        [('incomplete', None, None)]
        """
        _several(sheets)

        def left(facts: Sheet | Mapping[str, Any]) -> tuple[str, Fraction | None, str | None]:
            outcome = self._interpreted(facts, on)._outcome
            if outcome.status != "complete":
                return outcome.status, None, None
            grade = outcome.grades.get("total")
            return "complete", outcome.root.score, grade if isinstance(grade, str) else None

        if not self._covers(on) or self._code.refused:
            # Like generated code, and unlike `map`, this ends where a sheet raises.
            return (left(sheet) for sheet in sheets)
        known = _Known(self)
        return self._code.totals(sheets, known.found, known.make, left)

    def evaluate_frame(self, frame: FrameT, *, trail: FrameTrail = "bands", id: str | None = None) -> FrameT:
        """
        Score a whole data frame, a row a sheet; the same kind of frame comes back, with every row in its place.

        Columns are dotted names of facts, a set has a true/false column for each option, and all others are carried.
        Added are `PATH.band`, a place in `bands`; with `trail="scores"` also `PATH.score`; `total`, `total.scaled`,
        which divided by `scale` is exact, `grade`, `awards.NAME` and `status`; in a frame at hand also `problems`.
        Frames of Polars, pandas and Dask (by way of PyArrow), PyArrow, DuckDB and PySpark are taken; lazy ones stay
        lazy.
        `id` names a column that has to be there.
        What is not rational is settled by scoring rows near a bound one by one, in a frame at hand.
        Raises `UsageError`: K610 to K614 and K622 for the frame and its columns, K615 to K621 and K623 to K625 for what
        a rubric or a column asks for that columns cannot compute exactly, K619 for another trail.

        >>> import kinerja, pyarrow
        >>> text = "{kinerja: 1, id: contoh, combine: mean, indicators: {rapat: {levels: {ya: 1, tidak: 0}}}}"
        >>> rubric = kinerja.loads(text)
        >>> frame = pyarrow.table({"rapat": ["ya", "tidak", "entah"]})
        >>> kinerja.Evaluator(rubric).evaluate_frame(frame)["status"].to_pylist()
        ['complete', 'complete', 'invalid']
        """
        from kinerja.engine.columns.frames import evaluated

        if trail not in TRAILS:
            raise UsageError([Diagnostic("K619", (), {"found": str(trail), "known": list(TRAILS)})])
        found: FrameT = evaluated(frame, self.plan, trail=trail, id=id)
        return found

    @property
    def bands(self) -> Mapping[str, tuple[str, ...]]:
        """
        The ids of the bands, levels or steps of each indicator, in the order that a frame counts them in from 0.

        >>> import kinerja
        >>> kinerja.Evaluator(kinerja.load("pk-bkm")).bands["perempuan"]
        ('2', '1', '0')
        """
        found = {}
        for path, node in self.plan.nodes.items():
            if isinstance(node, PlannedIndicator) and (node.bands or node.ladder):
                found[path] = tuple(each.id for each in node.bands or node.ladder)
        return FrozenMap(found)

    @property
    def scale(self) -> int:
        """
        What `total.scaled` of a frame is divided by to give the exact total.

        Raises `UsageError` (K615 to K618, K621, K625) where columns cannot compute the total exactly.
        """
        from kinerja.engine.columns.program import scale_of

        return scale_of(self.plan)

    def explain_row(
        self, frame: Any, id: Any, *, column: str | None = None
    ) -> Complete | Incomplete | Invalid:
        """
        The full assessment of one row of a frame: the one that has `id` in a column, or the one at the place `id`.

        A place is counted from 0, in frames at hand only: the rows of a lazy one have no order.
        Raises `UsageError`: K610 for what is no frame, K611 without that column, K609 where no row or more than one is
        meant, K622 for columns of one name.
        """
        from kinerja.engine.columns.frames import row_at

        return self.evaluate(row_at(frame, self.plan, id, column=column))

    def _interpreted(
        self, facts: Sheet | Mapping[str, Any], on: dt.date | None
    ) -> Complete | Incomplete | Invalid:
        """The same by the interpreter; after a number of sheets, the next ones go to generated code first."""
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
        day = a_day(sheet.date or on)
        if sheet is facts and self._decide is not None:
            result = self._decided(sheet, day)
            if result is not None:
                return result
        self._waited += 1
        # Not exactly then: of two threads that count at once, neither may see that number.
        if self._decide is None and self._waited >= PATIENCE and not self._code.refused:
            self._decide, self._lasts = self._code.decide, not self._code.copies
        return self._assessed(sheet, stated, day)

    def _decided(self, sheet: Sheet, day: dt.date | None) -> Complete | None:
        """A whole sheet by the generated code, where that decides it."""
        named = dict(sheet.stated)
        found = self._decide(named) if self._decide is not None and self._covers(day) else None
        if found is None or len(named) < len(sheet.stated):
            return None
        result = Complete()
        result._about = _About(self, sheet, names=tuple(named), date=day)
        result._outcome_kept = result._trail = None
        result._values = self._code.values(named)
        result._total, result._grade = found
        return result

    def _shared(self, names: tuple[str, ...], on: dt.date | None) -> _About | None:
        """What assessments of sheets with these names, on this day, share; None where the interpreter has to look."""
        a_day(on)
        about = self._abouts.get((names, on))
        if about is None:
            if not self._covers(on) or not all(type(name) is str for name in names):
                return None
            if len(self._abouts) >= MOST_ORDERS:
                self._abouts.clear()
            self._abouts[names, on] = about = _About(self, _BARE, names=names, date=on)
        self._about = about
        return about

    def _covers(self, on: dt.date | None) -> bool:
        """Whether the rubric is in force on a day; `UsageError` for what is no day."""
        return a_day(on) is None or self.plan.rubric.valid.covers(on)  # type: ignore[arg-type]

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
        return self.assessment(evaluate(self.plan, stated, on=day), sheet)

    def assessment(self, outcome: Outcome, sheet: Sheet | None = None) -> Complete | Incomplete | Invalid:
        """What is said of an outcome, for who has evaluated something by this rubric otherwise, such as an example."""
        result = _ASSESSMENTS[outcome.status]()
        result._about = _About(self, sheet or _BARE)
        result._outcome_kept, result._trail = outcome, None
        return result

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


def _made_again(rubric: Rubric, readings: Mapping[str, str]) -> Evaluator:
    """An evaluator in another process, or a copy of one."""
    return Evaluator(rubric, readings=readings)


def _planned(rubric: Rubric) -> Plan:
    from kinerja.language.readings import document_of

    try:
        return plan(rubric)
    except RubricError as error:
        document = document_of(rubric)
        raise RubricError([document.locate(each) for each in error.diagnostics]) from None


def _several(sheets: object) -> None:
    """Sheets one after the other: not a single one, nor anything that does not hold any."""
    if isinstance(sheets, Mapping | Sheet | str) or not isinstance(sheets, Iterable):
        raise UsageError([Diagnostic("K590", (), {"found": type(sheets).__name__})])


def _agreed(about: _About | None) -> _About:
    """What is shared; raises where the interpreter has to look."""
    if about is None:
        raise ValueError("names")
    return about


class _Known:
    """What was made of a total and a grade before, so that each is made once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._code = evaluator._code
        self._grades = [grade.id for grade in evaluator.plan.root.grades]
        #: A plain dict, which generated code looks into faster than into a kind of its own.
        self.found: dict[Any, tuple[str, Fraction | None, str | None]] = {}

    def make(self, *told: Any) -> tuple[str, Fraction | None, str | None]:
        """What is said of a total and the place of its grade, the first time that a sheet comes to them."""
        if len(self.found) >= MOST_KNOWN:
            self.found.clear()
        total, grade = told if self._grades else (*told, -1)
        made = ("complete", self._code.total(total), self._grades[grade] if self._grades else None)
        self.found[told if self._grades else total] = made
        return made


#: The sheet around facts that came without one.
_BARE = Sheet(facts={})
#: So many sheets the interpreter scores before code is made: what making it costs would score about as many.
PATIENCE = 100
#: So many different totals are kept at hand while totals are listed.
MOST_KNOWN = 10_000
#: So many orders of names are told apart; sheets of one kind share theirs.
MOST_ORDERS = 1_000
