"""
Sentences from a trail, as a careful clerk would write them.

Everything said here stands in the trail: no number, name or text is computed or looked up again.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kinerja import numbers
from kinerja.errors import printable
from kinerja.messages import PHRASES, Language
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

    def story(self) -> Iterator[str]:
        yield from self.head()
        yield from self.result()
        for path, node in self.trail.nodes.items():
            if path != "total":
                yield ""
                yield from self.node(path, node)
        yield from self.sum(self.trail.nodes["total"])
        yield from self.readings()
        yield from self.list_of("notes", self.trail.notes)
        yield from self.foot()

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
        if begun:
            found.append(line)
        return [each.replace(_TIE, " ") for each in found]

    def name(self, path: str) -> str:
        """A node or fact as a reader knows it: its title, and the name it is filled in under."""
        node = self.trail.nodes.get(path)
        title = node.title if node is not None else self.fact_title(path)
        return f"{title} ({path})" if title else path

    def fact_title(self, name: str) -> str:
        found = (node.facts[name].title for node in self.trail.nodes.values() if name in node.facts)
        return next(found, "")

    # --- parts

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
        trail = self.trail
        yield from self.lines(self.say(f"result.{trail.status}", total=self.figure(trail.total)))
        if trail.nodes["total"].reweighed:
            yield from self.lines(self.say("reweighed"))
        if trail.partial is not None:
            weight = self.figure(trail.partial.weight)
            lacks = ", ".join(trail.partial.lacks)
            covers = ", ".join(trail.partial.covers)
            key = "partial" if trail.partial.weight is not None else "partial.unweighted"
            total = self.figure(trail.partial.total)
            yield from self.lines(
                self.say(key, total=total, weight=weight, lacks=lacks or "–", covers=covers)
            )
        yield from self.list_of("problems", trail.problems)

    def node(self, path: str, node: NodeTrail) -> Iterator[str]:
        number = f"{node.number}. " if node.number else ""
        counted = node.contribution if node.points is None else node.points
        share = self.figure(counted) if counted is not None else ""
        key = f"node.{node.status}" if not (node.status == "scored" and not share) else "node.scored.alone"
        if node.status == "scored" and share and node.weight is None:
            key = "node.scored.unweighted"
        values = {"score": self.figure(node.score), "weight": self.figure(node.weight), "share": share}
        yield from self.lines(f"{number}{node.title or path}: {self.say(key, **values)}", hang=3)
        for text in self.about(node):
            yield from self.lines(text, indent=3)

    def about(self, node: NodeTrail) -> Iterator[str]:
        if node.status == "not-applicable":
            for name in node.facts:
                yield self.fact(name, node.facts[name])
            yield self.say("applies-where", applies=node.applies)
            return
        if node.status == "excluded":
            yield self.say("excluded-because", reason=node.reason) if node.reason else self.say("excluded")
        if node.stated:
            yield self.say("stated", score=self.figure(node.score))
        else:
            yield from self.answered(node)
        if node.needs:
            yield self.say("needs", names=", ".join(self.name(name) for name in node.needs))
        if node.children:
            yield from self.steps(node)
        if node.readings:
            yield self.say("readings-here", readings=", ".join(node.readings))

    def answered(self, node: NodeTrail) -> Iterator[str]:
        """What was entered, which line of the form it meets, and why not its neighbours."""
        measure = node.facts.get(node.measure)
        for name, fact in node.facts.items():
            if fact.how != "missing" and not (
                name == node.measure and fact.how == "default" and node.band is None
            ):
                yield self.fact(name, fact)
        if node.band is None:
            return
        yield self.say("line", text=_quoted(node.band), score=self.figure(node.band.score))
        value = self.figure(measure.figure) if measure is not None and measure.figure is not None else ""
        reasons = [
            self.say("not-line", score=self.figure(band.score), value=value, when=_tied(band.when))
            for band in self.neighbours(node)
            if band.when and value
        ]
        if reasons:
            text = "; ".join(reasons)
            yield f"{text[:1].upper()}{text[1:]}."
        elif not node.band.when:
            yield from (
                self.say("next-line", text=_quoted(b), score=self.figure(b.score)) for b in self.above(node)
            )
        yield from (self.say(f"step.{s.name}", **self.step(s.operands, s.rule, s.result)) for s in node.steps)

    def neighbours(self, node: NodeTrail) -> list[BandTrail]:
        """The lines next to the one that held, by score."""
        assert node.band is not None
        score = node.band.score
        above = min((b for b in node.others if b.score > score), key=lambda b: b.score, default=None)
        below = max((b for b in node.others if b.score < score), key=lambda b: b.score, default=None)
        return [band for band in (above, below) if band is not None]

    def above(self, node: NodeTrail) -> list[BandTrail]:
        assert node.band is not None
        return [band for band in self.neighbours(node) if band.score > node.band.score]

    def fact(self, name: str, fact: FactTrail) -> str:
        if fact.figure is not None:
            value = _tied(f"{self.figure(fact.figure)} {fact.unit}".strip())
        elif isinstance(fact.value, bool):
            value = self.say("yes" if fact.value else "no")
        elif isinstance(fact.value, tuple):
            value = ", ".join(fact.value)
        else:
            value = str(fact.value or "–")
        parts = [self.say(f"fact.{fact.how}", name=name, value=value, formula=fact.formula)]
        if fact.before:
            parts.append(
                self.say("rounded", before=self.number(fact.before), rule=self.rounding(fact.rounding))
            )
        for key in ("by", "on", "evidence", "note"):
            text = getattr(fact, key)
            if text:
                parts.append(self.say(f"fact.{key}", text=text))
        return " ".join(_sentence(part) for part in parts)

    def rounding(self, rule: str) -> str:
        mode, _, to = rule.partition(" ")
        return f"{mode} {self.number(to)}"

    def step(self, operands: tuple[str, ...], rule: str, result: Figure) -> dict[str, str]:
        """The values that a step's sentence needs."""
        shown = [self.number(each) if _is_number(each) else each for each in operands]
        shown += [""] * (5 - len(shown))
        keys = ("before", "low", "high", "bottom", "top")
        rounding = self.rounding(rule) if " " in rule else rule
        return {**dict(zip(keys, shown, strict=False)), "rule": rounding, "result": self.figure(result)}

    # --- the sum

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
                terms = " + ".join(self.term(self.trail.nodes[child]) for child in step.operands)
                key = f"combine.{step.rule}"
                scores = ", ".join(self.figure(self.trail.nodes[child].score) for child in step.operands)
                yield self.say(key, terms=terms, scores=scores, result=self.figure(step.result))
            else:
                yield self.say(f"step.{step.name}", **self.step(step.operands, step.rule, step.result))

    def term(self, node: NodeTrail) -> str:
        score = self.figure(node.score)
        return score if node.weight is None else _tied(f"{self.figure(node.weight)} × {score}")

    # --- readings, notes, foot

    def readings(self) -> Iterator[str]:
        if not self.trail.readings:
            return
        yield ""
        yield self.say("readings")
        for name, reading in self.trail.readings.items():
            yield from self.reading(name, reading)

    def reading(self, name: str, reading: ReadingTrail) -> Iterator[str]:
        where = "" if reading.nodes == ("total",) else f" ({', '.join(reading.nodes)})"
        yield from self.lines(f"{name}{where}: {reading.problem}", indent=3)
        if reading.chosen:
            yield from self.lines(self.say("chosen", chosen=reading.chosen), indent=6)
        yield from self.lines(self.say("taken", taken=reading.taken, because=reading.because), indent=6)
        told: dict[str, list[str]] = {}
        for key, other in reading.alternatives.items():
            outcome, same = self.other(other)
            said = f'"{key}"' if same else f'"{key}" ({other.text})'
            told.setdefault(outcome, []).append(said)
        for outcome, keys in told.items():
            text = self.say("otherwise", alternative=self.say("or").join(keys), outcome=outcome)
            yield from self.lines(text, indent=6)

    def other(self, other: AlternativeTrail) -> tuple[str, bool]:
        """What another reading would have given, and whether that is what was given."""
        trail = self.trail
        if other.total is None:
            same = other.status == trail.status
            if other.needs:
                return self.say("other.needs", names=", ".join(other.needs)), same
            return self.say(f"other.{other.status}"), same
        same = trail.total is not None and Fraction(other.total) == Fraction(trail.total)
        return self.say("other.same" if same else "other.total", total=self.figure(other.total)), same

    def list_of(self, key: str, problems: tuple[Problem, ...]) -> Iterator[str]:
        if not problems:
            return
        yield ""
        yield self.say(key)
        for problem in problems:
            said = problem.diagnostic()
            advice = said.help(self.language)
            text = f"{said.message(self.language)}. {advice}".strip()
            yield from self.lines(f"- {text[:1].upper()}{text[1:]}", indent=3)

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

_SWAPPED = str.maketrans(",.", ".,")


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


def _is_number(text: str) -> bool:
    return text[:1].isdigit() or text[:1] == "-"
