"""Sheets for a rubric, built from its own bounds: complete, with answers left out, or with one thing wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from kinerja.errors import Diagnostic, UsageError
from kinerja.model import Rubric
from kinerja.plan import PlannedIndicator
from kinerja.testing.facts import Facts, SheetFault
from kinerja.testing.strategies.answers import Answer
from kinerja.testing.strategies.faults import Spoilt, faults
from kinerja.testing.strategies.questions import Computed, Questions

__all__ = ["sheets"]


def sheets(
    rubric: Rubric,
    *,
    complete: bool = True,
    invalid: bool = False,
    configuration: Mapping[str, Any] | bool = True,
    left_out: bool = True,
) -> st.SearchStrategy[Facts]:
    """
    Facts of sheets that a rubric can be scored by, biased to every bound and the smallest step to either side of it.

    A sheet answers all that is asked in its configuration, and nothing else.
    With `complete=False` at least one answer is missing, where there is any, and others come as records or as scores.
    With `invalid=True` exactly one thing is wrong, and `fault` of the drawn facts says what, where and by which code.
    `configuration` fixes answers, mostly of facts that decide what applies or what it weighs: a mapping from names to
    values; with True they are drawn like all others.
    `left_out` lets sheets say of a node that it does not apply, where the rubric allows that.

    Raises `UsageError` for a rubric that is none, for a configuration with a name that is no fact, and for a value that
    its fact does not accept.

    >>> import kinerja
    >>> from hypothesis import given, settings
    >>> rubric = kinerja.load("pk-bkm")
    >>> @settings(max_examples=20, database=None)
    ... @given(sheets(rubric, configuration={"lokasi": "kumuh"}))
    ... def test_total(sheet):
    ...     assert 0 <= kinerja.Evaluator(rubric).evaluate(sheet).complete().total <= 100
    >>> test_total()
    """
    if not isinstance(rubric, Rubric):
        values = {"expected": "Rubric", "found": type(rubric).__name__}
        raise UsageError([Diagnostic("K523", (), values)])
    if configuration is not True and not isinstance(configuration, Mapping):
        raise UsageError([Diagnostic("K563", (), {"found": type(configuration).__name__})])
    questions = Questions(rubric, configuration if isinstance(configuration, Mapping) else {})
    return sheets_of(questions, complete=complete, invalid=invalid, left_out=left_out)


@st.composite
def sheets_of(
    draw: st.DrawFn, questions: Questions, *, complete: bool, invalid: bool, left_out: bool
) -> Facts:
    drawing = _Drawing(draw, questions)
    drawing.whole(left_out=left_out)
    if not complete:
        drawing.thin()
    return drawing.facts(invalid=invalid)


class _Drawing:
    """One sheet while it is drawn."""

    def __init__(self, draw: st.DrawFn, questions: Questions) -> None:
        self.draw = draw
        self.questions = questions
        self.given: dict[str, Answer] = dict(questions.fixed)
        #: What is stated, and what it means to a condition.
        self.said: dict[str, Any] = {}
        self.known: dict[str, Any] = {}
        self.left_out = ""

    def whole(self, *, left_out: bool) -> None:
        """An answer to everything that is asked."""
        questions = self.questions
        # One time of three the scores of a group come to lie where its grade changes.
        if questions.graded and self.draw(st.integers(0, 2)) == 2:
            self.given |= self.draw(st.sampled_from(questions.graded))
        if left_out and questions.leavable and len(self.given) == len(questions.fixed):
            at = self.draw(st.integers(0, 4 * len(questions.leavable)))
            paths = questions.leavable[at - 1 : at] if at else []
            self.left_out = paths[0] if paths and paths[0] not in self.given else ""
        for name, answer in self.given.items():
            self.state(name, answer)
        done: set[Computed] = set()
        for name in questions.order:
            computed = questions.computed.get(name)
            if computed is not None:
                if computed not in done:
                    done.add(computed)
                    self.compute(computed)
            elif name not in self.given and self.is_asked(name):
                self.answer(name)
        if self.left_out:
            self.said[self.left_out] = {"not-applicable": "tidak ada di sini"}

    def is_asked(self, name: str) -> bool:
        return self.questions.is_asked(name, self.known, self.left_out)

    def answer(self, name: str) -> None:
        answers = self.questions.answers[name]
        # A domain without a single number on its steps cannot be answered.
        if answers.pool:
            self.state(name, answers.drawn(self.draw))

    def state(self, name: str, answer: Answer) -> None:
        self.said[name], self.known[name] = answer.said, answer.meant

    def compute(self, computed: Computed) -> None:
        """Facts that are computed: from their parts, or one of them stated itself."""
        names = {*computed.parts, *(fact.name for fact in computed.facts)}
        if not any(self.is_asked(name) for name in names):
            return
        given = names & self.given.keys()
        may_state = computed.stated is not None and not given - {computed.stated}
        if computed.stated in given or (may_state and not self.draw(st.booleans())):
            self.directly(computed)
            return
        for name in computed.parts:
            if name not in self.given:
                self.answer(name)
        self.aim(computed)
        values = self.questions.values({n: self.said[n] for n in computed.parts if n in self.said})
        if values is not None and all(fact.name in values for fact in computed.facts):
            self.known |= {fact.name: values[fact.name] for fact in computed.facts}
        elif may_state:
            # The parts come to something that is no answer: outside the domain, or no exact number.
            for name in computed.parts:
                self.said.pop(name, None)
                self.known.pop(name, None)
            self.directly(computed)

    def directly(self, computed: Computed) -> None:
        assert computed.stated is not None
        if computed.stated not in self.given:
            self.answer(computed.stated)

    def aim(self, computed: Computed) -> None:
        """Half of the time, one part is moved so that what is computed comes to lie on a bound or beside it."""
        free = [name for name in computed.parts if name in self.known and name not in self.given]
        if not free or len(free) < len(computed.parts) or not self.draw(st.booleans()):
            return
        fact = self.draw(st.sampled_from(computed.facts))
        pool = self.questions.answers[fact.name].pool
        if pool:
            part = self.draw(st.sampled_from(free))
            target = self.draw(st.sampled_from(pool)).meant
            answer = self.questions.aimed(fact, target, part, self.known)
            if answer is not None:
                self.state(part, answer)

    # --- what is missing, and what is wrong

    def thin(self) -> None:
        """Leave answers out, and put others another way."""
        names = [name for name in self.said if name not in self.questions.fixed]
        if not names:
            return
        for name in self.draw(st.lists(st.sampled_from(names), min_size=1, unique=True)):
            del self.said[name]
            self.known.pop(name, None)
        kept = [name for name in names if name in self.known]
        at = self.draw(st.integers(0, 2 * len(kept)))
        if at and at <= len(kept):
            name = kept[at - 1]
            self.said[name] = self.draw(st.sampled_from(self.records(name)))

    def records(self, name: str) -> list[dict[str, Any]]:
        """The same answer with words beside it, and the scores that may be stated instead."""
        plan = self.questions.plan
        node = plan.nodes.get(name)
        scores = node.scores if isinstance(node, PlannedIndicator) and node.scores else ()
        record = {"value": self.said[name], "by": "fgd", "evidence": "daftar hadir"}
        return [record, *({"score": score} for score in sorted(scores))]

    def facts(self, *, invalid: bool) -> Facts:
        """What was drawn, in the order of the rubric."""
        order = [*self.questions.plan.facts, *self.questions.plan.nodes]
        said = {name: self.said[name] for name in dict.fromkeys(order) if name in self.said}
        fault: SheetFault | None = None
        if invalid:
            counted = [
                name
                for name in self.known
                if name in said
                and name not in self.questions.fixed
                and self.questions.is_counted(name, self.known, self.left_out)
            ]
            spoilt: Spoilt = self.draw(st.sampled_from(faults(self.questions, counted)))
            said[spoilt.name] = spoilt.said
            fault = SheetFault(spoilt.kind, spoilt.name, spoilt.code)
        return Facts(said, fault=fault)
