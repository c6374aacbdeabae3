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

from kinerja import numbers
from kinerja.errors import printable
from kinerja.mappings import FrozenMap
from kinerja.messages import MESSAGES, PHRASES, Language
from kinerja.trail import (
    AlternativeTrail,
    BandTrail,
    FactTrail,
    Figure,
    NodeTrail,
    Problem,
    ReadingTrail,
    Trail,
)

__all__ = ["explain"]

#: The width of a terminal that a letter can be read in.
WIDTH = 80


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


class _Teller:
    """One trail being told in one language."""

    def __init__(self, trail: Trail, language: Language) -> None:
        self.trail = trail
        self.language = language
        self.native = (trail.rubric.language == "en") == (language == "en")
        #: Facts that are no node's own, in the order in which they were read: told once, before the rows.
        self.shared: dict[str, FactTrail] = {}
        for path, node in trail.nodes.items():
            for name, fact in node.facts.items():
                if name not in trail.nodes and not name.startswith(f"{path}."):
                    self.shared.setdefault(name, fact)
        self.wanted = tuple(problem.path for problem in trail.problems if problem.code == "K330")
        #: The readings that this result hangs on, with those of their alternatives that change it.
        self.telling = {
            name: each for name in trail.readings if (each := self.differing(trail.readings[name]))
        }

    def story(self) -> Iterator[str]:
        yield from self.head()
        yield from self.result()
        yield from self.common()
        for path in dict.fromkeys((*self.rows("total", ()), *self.trail.nodes)):
            if path == "total":
                continue
            yield ""
            yield from self.node(path, self.trail.nodes[path])
        yield from self.sum(self.trail.nodes["total"])
        yield from self.readings()
        # What was left out is told in its row.
        notes = [note for note in self.trail.notes if note.code not in ("K405", "K406")]
        yield from self.list_of("notes", _gathered(notes))
        yield from self.foot()

    def rows(self, path: str, above: tuple[str, ...]) -> Iterator[str]:
        """Every node below one, each group before its children; below a group that does not apply there are none."""
        for child in self.trail.nodes[path].children:
            if child in self.trail.nodes and child not in above:
                yield child
                yield from self.rows(child, (*above, child))

    # --- words

    def say(self, key: str, **values: Any) -> str:
        return PHRASES[key][self.language].format_map(values)

    def figure(self, figure: Figure | None) -> str:
        """A number as the reader writes it; the trail keeps it as the rubric's language does."""
        if figure is None:
            return "–"
        return figure.shown if self.native else figure.shown.translate(_SWAPPED)

    def number(self, exact: str) -> str:
        return numbers.shown(numbers.parse(exact), language=self.language)

    def lines(self, text: str, *, indent: int = 0, hang: int = 2) -> list[str]:
        """A paragraph wrapped to the width; text from a rubric or a sheet is only ever text."""
        # Filled by hand: textwrap's regular expressions would cost more than everything else that is said.
        found: list[str] = []
        line = " " * indent
        begun = False
        for word in _TIE.join(map(printable, text.replace("\n", " ").split(_TIE))).split(" "):
            if begun and len(line) + len(word) >= WIDTH:
                found.append(line)
                line, begun = " " * (indent + hang), False
            line = f"{line} {word}" if begun else f"{line}{word}"
            begun = begun or bool(word)
            while len(line) > WIDTH:
                found.append(line[:WIDTH])
                line = " " * (indent + hang) + line[WIDTH:]
        if begun:
            found.append(line)
        return [each.replace(_TIE, " ") for each in found]

    def heading(self, path: str) -> str:
        """A row as a reader knows it: its printed number and its title."""
        node = self.trail.nodes[path]
        return f"{node.number}. {node.title or path}" if node.number else node.title or path

    def name(self, name: str) -> str:
        """A fact as a reader knows it: its title, and the name that it is filled in under."""
        nodes = self.trail.nodes
        facts = (node.facts[name] for node in nodes.values() if name in node.facts)
        title = next((fact.title for fact in facts if fact.title), "")
        if not title and name in nodes and nodes[name].title:
            title = self.heading(name)
        return f"{title} ({name})" if title else name

    # --- head and result

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
        used = {fact.by for node in trail.nodes.values() for fact in node.facts.values()}
        for name, title in trail.assessors.items():
            if name in used:
                yield from self.lines(self.say("assessor", id=name, title=title or name))
        yield from self.lines(trail.note)
        yield ""

    def result(self) -> Iterator[str]:
        """What came out; where nothing did, first what is wrong and what is missing."""
        trail = self.trail
        nothing = trail.status == "incomplete" and not trail.problems
        key = "result.nothing" if nothing else f"result.{trail.status}"
        yield from self.lines(self.say(key, total=self.figure(trail.total)))
        if trail.nodes["total"].reweighed:
            yield from self.lines(self.say("reweighed"))
        if any(node.stated for node in trail.nodes.values()):
            yield from self.lines(self.say("stated"))
        yield from self.list_of("problems", [each for each in trail.problems if each.code != "K330"])
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
            yield from self.lines(f"- {text}", indent=3)

    def common(self) -> Iterator[str]:
        """The facts that more than one row hangs on."""
        said = [self.fact(name, fact) for name, fact in self.shared.items() if fact.how != "missing"]
        if said:
            yield ""
            for text in said:
                yield from self.lines(text)

    # --- rows

    def node(self, path: str, node: NodeTrail) -> Iterator[str]:
        counted = node.contribution if node.points is None else node.points
        share = self.figure(counted) if counted is not None else ""
        key = f"node.{node.status}" if not node.reason else "node.excluded.because"
        if node.status == "scored" and not share:
            key = "node.scored.alone"
        elif node.status == "scored" and node.weight is None:
            key = "node.scored.unweighted"
        score = self.say("score.stated" if node.stated else "score", score=self.figure(node.score))
        values = {"weight": self.figure(node.weight), "share": share}
        values |= {"applies": node.applies, "reason": node.reason}
        yield from self.lines(f"{self.heading(path)}: {self.say(key, score=score, **values)}", hang=3)
        for text in self.about(path, node):
            yield from self.lines(text, indent=3)

    def about(self, path: str, node: NodeTrail) -> Iterator[str]:
        if node.status == "not-applicable":
            return
        yield from self.entered(node)
        if node.band is not None:
            yield from self.line(node, node.band)
        elif node.status in ("missing", "invalid"):
            yield from self.form(path, node)
        if node.children:
            yield from self.steps(node)
        hanging = [name for name in node.readings if name in self.telling]
        if hanging:
            yield self.say("readings-here", readings=", ".join(hanging))

    def own(self, names: Iterable[str]) -> list[str]:
        """The facts among these that are a row's own."""
        return [name for name in names if name not in self.shared]

    def entered(self, node: NodeTrail) -> Iterator[str]:
        """What the sheet says for this row, each part before what is computed from it."""
        own = [(name, node.facts[name]) for name in self.own(node.facts)]
        for name, fact in sorted(own, key=lambda each: each[1].how == "derived"):
            # What cannot be used is told under the problems, and what is missing with the form, unless more was said.
            silent = fact.how == "missing" or (fact.how == "invalid" and node.status == "invalid")
            if silent or (fact.how == "default" and node.stated):
                beside = " ".join(self.beside(fact))
                if beside:
                    yield beside
            else:
                yield self.fact(name, fact)

    def line(self, node: NodeTrail, band: BandTrail) -> Iterator[str]:
        """Which line of the form is met, and why not its neighbours."""
        yield self.say("line", text=_quoted(band), score=self.figure(band.score))
        measure = node.facts.get(node.measure)
        value = self.figure(measure.figure) if measure is not None and measure.figure is not None else ""
        score = band.score
        above = min((b for b in node.others if b.score > score), key=lambda b: b.score, default=None)
        below = max((b for b in node.others if b.score < score), key=lambda b: b.score, default=None)
        reasons = [
            self.say("not-line", score=self.figure(other.score), value=value, when=_tied(other.when))
            for other in (above, below)
            if other is not None and other.when and value
        ]
        if reasons:
            text = "; ".join(reasons)
            yield f"{text[:1].upper()}{text[1:]}."
        elif above is not None and not value:
            yield self.say("next-line", text=_quoted(above), score=self.figure(above.score))
        yield from (self.say(f"step.{s.name}", **self.step(s.operands, s.rule, s.result)) for s in node.steps)

    def form(self, path: str, node: NodeTrail) -> Iterator[str]:
        """The lines of the form, where none is met yet: what the answer may be."""
        asked = node.status == "invalid" or path in node.needs
        if node.needs and node.needs != (path,):
            yield self.say("needs", names=", ".join(self.name(name) for name in node.needs))
        if not node.others or not (asked or any(name in node.facts for name in self.own(node.needs))):
            return
        measure = node.facts.get(node.measure)
        unit = f" ({measure.unit})" if measure is not None and measure.unit else ""
        yield self.say("form" if asked and measure is not None else "form.lines", name=f"{path}{unit}")
        for band in node.others:
            answer = band.when or band.id
            text = band.text or band.title
            quoted = f'{_tied(answer)}, "{text}"' if text else _tied(answer)
            yield self.say("form.line-of", score=self.figure(band.score), text=quoted)

    # --- facts

    def fact(self, name: str, fact: FactTrail) -> str:
        if fact.figure is not None:
            value = _tied(f"{self.figure(fact.figure)} {fact.unit}".strip())
        elif isinstance(fact.value, bool):
            value = self.say("yes" if fact.value else "no")
        else:
            value = str(fact.value or "–")
        title = f"{fact.title} ({name})" if fact.title else ""
        key = "fact.titled" if title and fact.how == "given" else f"fact.{fact.how}"
        parts = [_sentence(self.say(key, name=title or name, value=value, formula=fact.formula))]
        if fact.before:
            rounded = self.say("rounded", before=self.number(fact.before), rule=self.rounding(fact.rounding))
            parts.append(_sentence(rounded))
        return " ".join([*parts, *self.beside(fact)])

    def beside(self, fact: FactTrail) -> Iterator[str]:
        """Who says so, since when, and with what proof."""
        for key in ("by", "on", "evidence", "note"):
            text = getattr(fact, key)
            if text:
                yield _sentence(self.say(f"fact.{key}", text=text))

    def rounding(self, rule: str) -> str:
        mode, _, to = rule.partition(" ")
        return self.say("rounding", mode=self.say(f"mode.{mode}"), to=self.number(to))

    # --- arithmetic

    def step(self, operands: tuple[str, ...], rule: str, result: Figure) -> dict[str, str]:
        """The values that a step's sentence needs."""
        shown = [self.number(each) for each in operands]
        keys = ("before", "low", "high", "bottom", "top")
        values = dict(zip(keys, shown, strict=False))
        return {**values, "rule": self.rounding(rule) if rule else "", "result": self.figure(result)}

    def sum(self, node: NodeTrail) -> Iterator[str]:
        found = list(self.steps(node))
        if found:
            yield ""
            yield self.say("sum")
            for text in found:
                yield from self.lines(text, indent=3)

    def steps(self, node: NodeTrail) -> Iterator[str]:
        for step in node.steps:
            if step.name == "combine":
                children = [self.trail.nodes[child] for child in step.operands]
                weights = [child.weight for child in children if child.weight is not None]
                # Where not all of the weight counts, the sum is over what does.
                rule = "weighted-mean" if weights and sum(weights, Fraction(0)) != 1 else step.rule
                terms = " + ".join(self.term(child) for child in children)
                scores = ", ".join(self.figure(child.score) for child in children)
                result = self.figure(step.result)
                yield self.say(f"combine.{rule}", terms=terms, scores=scores, result=result)
            else:
                yield self.say(f"step.{step.name}", **self.step(step.operands, step.rule, step.result))

    def term(self, node: NodeTrail) -> str:
        score = self.figure(node.score)
        return score if node.weight is None else _tied(f"{self.figure(node.weight)} × {score}")

    # --- readings, notes, foot

    def differing(self, reading: ReadingTrail) -> dict[str, AlternativeTrail]:
        """The alternatives of a reading under which this result would be another."""
        ways = reading.alternatives if reading.own is None else {"": reading.own, **reading.alternatives}
        return {key: other for key, other in ways.items() if self.outcome(other)}

    def outcome(self, other: AlternativeTrail) -> str:
        """What another reading would have given; empty where that is what was given."""
        trail = self.trail
        if other.total is not None:
            if trail.total is not None and Fraction(other.total) == Fraction(trail.total):
                return ""
            return self.say("other.total", total=self.figure(other.total))
        if trail.total is None:
            if other.status != trail.status:
                return self.say(f"other.{other.status}")
            more = [name for name in other.needs if name not in self.wanted]
            fewer = [name for name in self.wanted if name not in other.needs]
            said = [self.say("other.more", names=_nested(more))] if more else []
            said += [self.say("other.fewer", names=_nested(fewer))] if fewer else []
            return "; ".join(said)
        if other.needs:
            return self.say("other.needs", names=_nested(other.needs))
        return self.say(f"other.{other.status}")

    def readings(self) -> Iterator[str]:
        """First the readings that this result hangs on, in full; then in short how the others were taken."""
        readings = self.trail.readings
        if self.telling:
            yield ""
            yield self.say("readings")
            for name, others in self.telling.items():
                yield from self.reading(name, readings[name], others)
        rest = [name for name in readings if name not in self.telling]
        if rest:
            yield ""
            yield self.say("readings.rest")
            for name in rest:
                reading = readings[name]
                taken = _worded(reading.chosen, reading.text) if reading.chosen else reading.taken
                yield from self.lines(f"{self.where(name)}: {reading.problem} → {taken}", indent=3)

    def where(self, name: str) -> str:
        nodes = self.trail.readings[name].nodes
        return name if nodes == ("total",) else f"{name} ({', '.join(nodes)})"

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
            text = _sentence(said.message(self.language))
            if problem.path and "{name}" not in MESSAGES[problem.code].text["en"]:
                text = f'"{problem.path}": {text}'
            yield from self.lines(f"- {text[:1].upper()}{text[1:]} {advice}".rstrip(), indent=3)

    def local(self, problem: Problem) -> Problem:
        """A problem with its figures as the reader writes them."""
        if problem.code not in _FIGURES:
            return problem
        values = {
            key: tuple(map(self.local_figure, value))
            if isinstance(value, tuple)
            else self.local_figure(value)
            for key, value in problem.values.items()
        }
        return Problem(code=problem.code, path=problem.path, values=FrozenMap(values))

    def local_figure(self, text: str) -> str:
        return self.number(text) if _NUMBER.fullmatch(text) else text

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


#: A blank that no line is broken at; printed as a plain one.
_TIE = "\u00a0"

_NUMBER = re.compile(r"-?[0-9]{1,500}([./][0-9]{1,400})?")
#: Problems whose values are exact numbers as text; in all others a number is quoted as it was written.
_FIGURES = frozenset({"K303", "K304", "K309", "K310", "K312", "K316", "K317", "K320"})

_SWAPPED = str.maketrans(",.", ".,")


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


def _worded(alternative: str, text: str) -> str:
    return f'"{alternative}" ({text})' if text else f'"{alternative}"'


def _quoted(band: BandTrail) -> str:
    """A line of the form: its words, else its condition, else its id."""
    text = band.text or band.title
    if text:
        return f'"{text}"'
    return band.when or band.id


def _tied(text: str) -> str:
    """A short text that stays on one line."""
    return text.replace(" ", _TIE) if len(text) <= 30 else text


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", '."')) else f"{text}."
