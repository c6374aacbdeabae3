"""A law: one sentence, and a way to try it on one sheet after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from attrs import frozen
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of
from hypothesis import strategies as st

from kinerja.evaluation import Evaluator
from kinerja.messages import PHRASES, Language
from kinerja.model import Rubric
from kinerja.testing.laws.report import Breach, lines
from kinerja.testing.laws.subject import Evaluating, Subject
from kinerja.testing.trying import trying

__all__ = ["Draw", "Law", "LawBroken"]


class Draw(Protocol):
    """What draws from a strategy: `data.draw` of `st.data()`."""

    def __call__(self, strategy: st.SearchStrategy[Any], /) -> Any:
        """One value."""
        ...


class LawBroken(AssertionError):
    """
    A law that does not hold, with the sheet that shows it.

    `str()` is the report in English, `render("id")` in Indonesian; `law`, `rubric` and `breach` are its data.
    """

    def __init__(self, law: Law, rubric: Rubric, breach: Breach) -> None:
        super().__init__(law, rubric, breach)
        self.law = law
        self.rubric = rubric
        self.breach = breach

    def __str__(self) -> str:
        return self.render("en")

    def render(self, language: Language = "en") -> str:
        """The definition, the sheet, what differs, and the lines of the rubric."""
        return "\n".join(lines(self.breach, self.law.name, self.rubric, language))


@frozen
class Law:
    """
    Something that holds for every sheet of every rubric.

    >>> import kinerja
    >>> from kinerja.testing.laws import LAWS
    >>> LAWS["one-fact"].definition("en")
    'Changing one answer changes only the nodes that hang on it.'
    """

    name: str
    attempt: Callable[[Subject, Draw], Breach | None]

    def definition(self, language: Language = "en") -> str:
        """The law in one sentence; `language` is `en` or `id`."""
        return PHRASES[f"law.{self.name}"][language]

    def once(self, subject: Subject, draw: Draw) -> None:
        """
        Try the law on one sheet, for tests that draw the rubric as well.

        Raises `LawBroken` where it does not hold.
        """
        breach = self.attempt(subject, draw)
        if breach is not None:
            raise LawBroken(self, subject.rubric, breach)

    def check(
        self, rubric: Rubric, *, settings: settings_of | None = None, evaluator: Evaluating = Evaluator
    ) -> None:
        """
        Try the law on as many sheets as Hypothesis is set to try; `evaluator` makes what evaluates them.

        Without `settings` those of the profile hold, but that there is no deadline and that nothing is kept on disk.
        Raises `LawBroken` with the simplest sheet that was found, where it does not hold.

        >>> import kinerja
        >>> from kinerja.testing.laws import LAWS
        >>> LAWS["in-range"].check(kinerja.load("pk-bkm"))
        """
        subject = Subject(rubric, evaluator=evaluator)

        @(settings if settings is not None else _usual())
        @given(st.data())
        def law(data: st.DataObject) -> None:
            self.once(subject, data.draw)

        with trying():
            law()


def _usual() -> settings_of:
    return settings_of(
        deadline=None,
        # Examples are kept by the source of a test, which is the same for all laws and rubrics.
        database=None,
        report_multiple_bugs=False,
        suppress_health_check=[*settings_of().suppress_health_check, HealthCheck.too_slow],
    )
