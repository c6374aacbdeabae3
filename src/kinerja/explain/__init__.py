"""
Sentences from a trail, as a careful clerk would write them.

Everything said here stands in the trail: no number, name or text is computed or looked up again.
First what came out, or what is missing or wrong; then each row of the form; then the sum, and what hangs on how the
source is read; what a reader of this one result does not need is left to the trail.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from kinerja.explain.rows import Rows
from kinerja.explain.words import WIDTH, sentence
from kinerja.mappings import FrozenMap
from kinerja.messages import MESSAGES, Language
from kinerja.trail import AlternativeTrail, Problem, ReadingTrail, Trail

__all__ = ["WIDTH", "explain", "explain_row"]


def explain(trail: Trail, *, language: Language = "en") -> str:
    """
    The whole story of one assessment, in plain text of 80 columns.

    `language` is `en` or `id`; the rubric's own texts keep the language of their source.

    >>> import kinerja
    >>> result = kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate({"perempuan": 40})
    >>> "40 does not meet > 40" in explain(result.trail)
    True
    """
    teller = _Teller(trail, language)
    return "\n".join(teller.story()).rstrip() + "\n"


def explain_row(trail: Trail, path: str, *, language: Language = "en") -> str:
    """
    What one row of the form came to, told alone, and what is wrong with its answer.

    `path` is one of the trail's nodes: `KeyError` where there is no such one.

    >>> import kinerja
    >>> result = kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate({"perempuan": 40})
    >>> print(explain_row(result.trail, "perempuan").partition(":")[0])
    2. Partisipasi perempuan dalam penanganan kumuh
    """
    teller = _Teller(trail, language)
    # What the other readings make of it stands below the whole story, which is not told here.
    teller.telling = {}
    node = trail.nodes[path]
    named = {path, *node.facts, *node.needs}
    wrong = [each for each in trail.problems if each.path in named]
    lines = [*teller.node(path, node, indent=0), *teller.list_of("problems", wrong)]
    return "\n".join(lines).rstrip() + "\n"


class _Teller(Rows):
    """The whole story: what came out, the rows, the sum, and what hangs on how the source is read."""

    def __init__(self, trail: Trail, language: Language) -> None:
        super().__init__(trail, language)
        #: The readings that this result hangs on, with those of their alternatives that change it.
        self.telling = {
            name: each for name in trail.readings if (each := self.differing(trail.readings[name]))
        }

    def story(self) -> Iterator[str]:
        yield from self.head()
        yield from self.result()
        yield from self.common()
        told = {"total"}
        for path in self.trail.nodes["total"].children:
            if path in self.trail.nodes and path not in told:
                yield ""
                yield from self.block(path, told)
        yield from self.sum(self.trail.nodes["total"])
        yield from self.beside_the_sum(told)
        yield from self.readings()
        # What was left out is told in its row.
        notes = [note for note in self.trail.notes if note.code not in ("K405", "K406")]
        yield from self.list_of("notes", _gathered(notes))
        yield from self.foot()

    def beside_the_sum(self, told: set[str]) -> Iterator[str]:
        """The nodes that no group counts: what stands aside, each with its own rows."""
        aside = [path for path in self.trail.nodes if path not in told and path not in self.group]
        for index, path in enumerate(aside):
            yield ""
            if not index:
                yield self.say("aside")
            yield from self.block(path, told, depth=1)

    def head(self) -> Iterator[str]:
        trail = self.trail
        edition = self.say("edition", edition=trail.rubric.edition) if trail.rubric.edition else ""
        yield from self.lines(f"{trail.rubric.title or trail.rubric.id}{edition}")
        subject = ", ".join(text for key, text in trail.subject.items() if key != "id")
        yield from self.lines(subject or trail.subject.get("id", ""))
        about = [self.say("period", period=trail.period)] if trail.period else []
        about.append(self.say("date", date=trail.date) if trail.date else self.say("undated"))
        about.append(
            self.say("basis.self") if trail.basis == "self" else self.say("basis", basis=trail.basis)
        )
        yield from self.lines("; ".join(about))
        yield from self.lines(trail.note)
        yield ""

    def result(self) -> Iterator[str]:
        """What came out; where nothing did, first what is wrong and what is missing."""
        trail = self.trail
        nothing = trail.status == "incomplete" and any(each.code == "K332" for each in trail.problems)
        key = "result.nothing" if nothing else f"result.{trail.status}"
        if trail.status == "complete" and trail.total is None:
            key = "result.none" if trail.grade is None else "result.graded"
        yield from self.lines(self.say(key, total=self.near(trail.total)))
        for text in self.classed(trail.nodes["total"]):
            yield from self.lines(text)
        chosen = [
            f"{name} {self.called(each.chosen)}" for name, each in trail.readings.items() if each.chosen
        ]
        if chosen:
            yield from self.lines(self.say("chosen-here", readings=", ".join(chosen)))
        yield from self.hanging()
        if trail.nodes["total"].reweighed:
            yield from self.lines(self.say("reweighed"))
        if any(node.stated for node in trail.nodes.values()):
            yield from self.lines(self.say("stated"))
        wrong = [each for each in trail.problems if each.code not in ("K330", "K332")]
        yield from self.list_of("problems", wrong)
        yield from self.missing()
        if trail.partial is not None:
            yield ""
            partial = trail.partial
            values = {"total": self.figure(partial.total), "covers": ", ".join(partial.covers)}
            key = "partial" if partial.weight is not None else "partial.unweighted"
            yield from self.lines(self.say(key, weight=self.figure(partial.weight), **values))

    def missing(self) -> Iterator[str]:
        """What has still to be filled in, by its title; an answer that no row of its own shows, with its options."""
        if not self.wanted:
            return
        yield ""
        yield self.say("missing")
        for name in self.wanted:
            text = self.name(name)
            fact = self.shared.get(name)
            if fact is not None and fact.options:
                text += f": {self.say('or').join(fact.options)}"
            asked = self.asked(name)
            if asked:
                text += self.say("asked", title=self.trail.assessors.get(asked) or asked)
            yield from self.lines(f"- {text}", indent=3)

    def asked(self, name: str) -> str:
        """Whom to ask for an answer, where that is not always the same person."""
        nodes = self.trail.nodes
        owner = name
        while owner and owner not in nodes:
            owner = owner.rpartition(".")[0]
        several = len({node.assessor for node in nodes.values() if node.assessor}) > 1
        return nodes[owner].assessor if several and owner else ""

    def common(self) -> Iterator[str]:
        """Who is meant by the names behind answers, and the facts that more than one row hangs on."""
        trail = self.trail
        used = {fact.by for node in trail.nodes.values() for fact in node.facts.values()}
        said = [
            self.say("assessor", id=name, title=title or name)
            for name, title in trail.assessors.items()
            if name in used
        ]
        said += [self.fact(name, fact) for name, fact in self.shared.items() if fact.how != "missing"]
        if said:
            yield ""
            for text in said:
                yield from self.lines(text)

    # --- readings, notes, foot

    def differing(self, reading: ReadingTrail) -> dict[str, AlternativeTrail]:
        """The alternatives of a reading, where this sheet can tell that one of them gives another result."""
        found = {key: other for key, other in self.ways(reading) if self.outcome(other)}
        # Who chose another reading is told what would have come otherwise, whatever the sheet can say of it.
        telling = bool(reading.chosen) or any(self.is_known(other) for other in found.values())
        return found if telling else {}

    def ways(self, reading: ReadingTrail) -> Iterator[tuple[str, AlternativeTrail]]:
        """Every way that was not taken; the rubric's own, where another was chosen, under an empty name."""
        if reading.own is not None:
            yield "", reading.own
        yield from reading.alternatives.items()

    def is_known(self, other: AlternativeTrail) -> bool:
        """Whether the sheet says enough, and nothing impossible, for another way to read the source."""
        if other.status == "complete" or self.trail.status == "invalid":
            return True
        # Both lack answers: the other way is worth telling where it lacks less.
        return self.trail.status == other.status and not set(self.wanted) <= set(other.needs)

    def outcome(self, other: AlternativeTrail) -> str:
        """What another reading would have given; empty where that is what was given."""
        trail = self.trail
        if other.status == "complete":
            same = trail.status == "complete" and _number(other) == _number(trail)
            if other.grade == trail.grade:
                said = "other.total" if trail.grade is None else "other.total.same"
                if other.total is None:
                    said = "other.none"
                return "" if same else self.say(said, total=self.near(other.total))
            grade = self.grade(other.grade) if other.grade is not None else self.say("none")
            total = self.near(other.total) if other.total is not None else self.say("none")
            return self.say("other.grade", total=total, grade=grade)
        if trail.status != "complete":
            if other.status != trail.status:
                return self.say(f"other.{other.status}")
            more = [name for name in other.needs if name not in self.wanted]
            fewer = [name for name in self.wanted if name not in other.needs]
            told = [self.say("other.more", names=_nested(more))] if more else []
            told += [self.say("other.fewer", names=_nested(fewer))] if fewer else []
            return "; ".join(told)
        if other.needs:
            return self.say("other.needs", names=_nested(other.needs))
        return self.say(f"other.{other.status}")

    def hanging(self) -> Iterator[str]:
        """In short, before anything else: under which readings the class or what it earns would be another."""
        told = []
        for name, others in self.telling.items():
            found: dict[str, list[str]] = {}
            for each, other in others.items():
                if other.status == "complete" and other.grade is not None and other.grade != self.trail.grade:
                    found.setdefault(self.grade(other.grade), []).append(self.called(each))
            told += [f"- {name} {self.say('or').join(keys)}: {grade}" for grade, keys in found.items()]
        if told and self.trail.grade is not None:
            yield from self.lines(self.say("hanging"))
            for text in told:
                yield from self.lines(text, indent=3)

    def called(self, alternative: str) -> str:
        return f'"{alternative}"' if alternative else self.say("own")

    def readings(self) -> Iterator[str]:
        """First the readings that this result hangs on, in full; then in short how the others were taken."""
        readings = self.trail.readings
        if self.telling:
            yield ""
            yield self.say("readings")
            for name, others in self.telling.items():
                yield from self.reading(name, readings[name], others)
        rest = {
            name: {key: said for key, other in self.ways(each) if (said := self.outcome(other))}
            for name, each in readings.items()
            if name not in self.telling
        }
        for heading, names in (
            ("readings.open", [name for name, open_ in rest.items() if open_]),
            (
                "readings.rest" if self.trail.status == "complete" else "readings.later",
                [name for name, open_ in rest.items() if not open_],
            ),
        ):
            if names:
                yield ""
                yield from self.lines(self.say(heading))
            for name in names:
                yield from self.lines(self.in_short(name, rest[name]), indent=3)

    def in_short(self, name: str, others: dict[str, str]) -> str:
        """How a reading was taken, and in few words what its alternatives would want of this sheet."""
        reading = self.trail.readings[name]
        taken = _worded(reading.chosen, reading.text) if reading.chosen else reading.taken
        told: dict[str, list[str]] = {}
        for each, said in others.items():
            told.setdefault(said, []).append(self.called(each))
        tail = "; ".join(f"{self.say('or').join(keys)}: {said}" for said, keys in told.items())
        text = f"{self.where(name)}: {reading.problem} → {taken}"
        return f"{sentence(text)} [{tail}]" if tail else text

    def where(self, name: str) -> str:
        nodes = [
            self.say("the-total") if path == "total" else path for path in self.trail.readings[name].nodes
        ]
        return f"{name} ({', '.join(nodes)})"

    def reading(self, name: str, reading: ReadingTrail, others: dict[str, AlternativeTrail]) -> Iterator[str]:
        yield from self.lines(f"{self.where(name)}: {reading.problem}", indent=3)
        if reading.chosen:
            yield from self.lines(self.say("chosen", chosen=_worded(reading.chosen, reading.text)), indent=6)
        key = "taken.instead" if reading.chosen else "taken"
        yield from self.lines(self.say(key, taken=reading.taken, because=reading.because), indent=6)
        told: dict[str, list[str]] = {}
        for each, other in others.items():
            said = _worded(each, other.text) if each else self.say("own")
            told.setdefault(self.outcome(other), []).append(said)
        for outcome, keys in told.items():
            text = self.say("otherwise", alternative=self.say("or").join(keys), outcome=outcome)
            yield from self.lines(text, indent=6)

    def list_of(self, key: str, problems: Iterable[Problem]) -> Iterator[str]:
        for index, problem in enumerate(problems):
            if not index:
                yield ""
                yield self.say(key)
            said = self.local(problem).diagnostic()
            advice = said.help(self.language)
            text = sentence(said.message(self.language))
            if problem.path and "{name}" not in MESSAGES[problem.code].text["en"]:
                text = f'"{problem.path}": {text}'
            yield from self.lines(f"- {text[:1].upper()}{text[1:]} {advice}".rstrip(), indent=3)

    def local(self, problem: Problem) -> Problem:
        """A problem with its figures as the reader writes them, and its texts without a full stop of their own."""
        if problem.code == "K402":
            wanted = problem.values["evidence"]
            told = tuple(text.rstrip(".") for text in wanted) if isinstance(wanted, tuple) else wanted
            return Problem(
                code="K402", path=problem.path, values=FrozenMap({**problem.values, "evidence": told})
            )
        if problem.code not in _FIGURES:
            return problem
        values = {
            key: tuple(map(self.local_figure, value))
            if isinstance(value, tuple)
            else self.local_figure(value)
            for key, value in problem.values.items()
        }
        return Problem(code=problem.code, path=problem.path, values=FrozenMap(values))

    def local_figure(self, value: Any) -> Any:
        """A figure as the reader writes it; what only looks like one, such as an option `007`, as it is."""
        return self.number(value) if isinstance(value, str) and _EXACT.fullmatch(value) else value

    def foot(self) -> Iterator[str]:
        trail = self.trail
        if trail.participants:
            yield ""
            yield self.say("participants")
            for person in trail.participants:
                yield from self.lines(f"- {person}", indent=3)
        sources = dict.fromkeys(
            citation.title or citation.document for node in trail.nodes.values() for citation in node.source
        )
        yield ""
        if sources:
            yield from self.lines(self.say("sources", sources="; ".join(sources)))
        yield from self.lines(self.say("identity", identity=trail.rubric.identity, library=trail.library))


#: A number as a trail writes it, of a length that is read.
_EXACT = re.compile(r"-?(0|[1-9][0-9]{0,499})(\.[0-9]{1,400}|/[1-9][0-9]{0,399})?", re.ASCII)
#: Problems whose values are exact numbers as text; in all others a number is quoted as it was written.
_FIGURES = frozenset({"K303", "K304", "K309", "K310", "K312", "K316", "K317", "K320"})


def _gathered(notes: Iterable[Problem]) -> Iterator[Problem]:
    """Notes that say the same of several names, as one note each."""
    found: dict[tuple[str, FrozenMap[Any]], list[Problem]] = {}
    for note in notes:
        rest = FrozenMap({key: value for key, value in note.values.items() if key != "name"})
        found.setdefault((note.code, rest), []).append(note)
    for (code, rest), same in found.items():
        names = tuple(note.values["name"] for note in same if "name" in note.values)
        yield Problem(code=code, path=same[0].path, values=FrozenMap({**rest, "name": names}))


def _nested(names: Iterable[str]) -> str:
    """A list of names; those of one node under its name: `database (valid, akurat)`."""
    found: dict[str, list[str]] = {}
    for name in names:
        node, _, last = name.rpartition(".")
        found.setdefault(node or name, []).extend([last] if node else [])
    return ", ".join(f"{node} ({', '.join(inside)})" if inside else node for node, inside in found.items())


def _number(outcome: AlternativeTrail | Trail) -> Fraction | None:
    """The total without what it is shown as."""
    return None if outcome.total is None else Fraction(outcome.total)


def _worded(alternative: str, text: str) -> str:
    return f'"{alternative}" ({text})' if text else f'"{alternative}"'
