"""The rows of the form: what was entered, which line it meets, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from kinerja import numbers
from kinerja.explain.words import Words, quoted, sentence, tied
from kinerja.messages import Language
from kinerja.trail import (
    AlternativeTrail,
    AwardTrail,
    BandTrail,
    FactTrail,
    GradeTrail,
    NodeTrail,
    StepTrail,
    Trail,
)

__all__ = ["Rows"]


class Rows(Words):
    """Every row of the form, told one after the other."""

    def __init__(self, trail: Trail, language: Language) -> None:
        super().__init__(trail, language)
        #: Facts that are no node's own, in the order in which they were read: told once, before the rows.
        self.shared: dict[str, FactTrail] = {}
        for path, node in trail.nodes.items():
            for name, fact in node.facts.items():
                if name not in trail.nodes and not name.startswith(f"{path}."):
                    self.shared.setdefault(name, fact)
        #: The group that each row stands in; what stands aside has none.
        self.group = {child: node for node in trail.nodes.values() for child in node.children}
        self.telling: dict[str, dict[str, AlternativeTrail]] = {}
        self.wanted = tuple(problem.path for problem in trail.problems if problem.code == "K330")

    def block(self, path: str, told: set[str], *, depth: int = 0) -> Iterator[str]:
        """One row, and below it the rows of its group, set in; a row is told once, whoever names it again."""
        waiting = [(path, depth)]
        while waiting:
            name, depth = waiting.pop()
            # Below a group that does not apply there are no rows.
            if name in self.trail.nodes and name not in told:
                told.add(name)
                node = self.trail.nodes[name]
                yield from self.node(name, node, indent=_STEP * min(depth, _DEEPEST))
                waiting += [(child, depth + 1) for child in reversed(node.children)]

    def node(self, path: str, node: NodeTrail, *, indent: int) -> Iterator[str]:
        """One row: its heading with its score, and what stands behind it."""
        counted = node.contribution if node.points is None else node.points
        if node.weight is None and node.points is None:
            # The share of a row in a plain mean or sum says nothing that its score does not.
            counted = None
        share = self.figure(counted) if counted is not None else ""
        key = f"node.{node.status}" if not node.reason else f"node.{node.status}.because"
        if node.status == "scored" and node.score is None:
            key = "node.graded"
        elif node.status == "scored" and not share:
            key = "node.scored.alone"
        elif node.status == "scored" and node.weight is None:
            key = "node.scored.unweighted"
        score = self.say("score.stated" if node.stated else "score", score=self.near(node.score))
        values = {"weight": self.figure(node.weight), "share": share}
        values |= {"applies": node.applies, "reason": node.reason}
        text = f"{self.heading(path)}: {self.say(key, score=score, **values)}"
        yield from self.lines(text, indent=indent, hang=_STEP)
        for text in self.about(path, node):
            yield from self.lines(text, indent=indent + _STEP)

    def about(self, path: str, node: NodeTrail) -> Iterator[str]:
        """What was entered, the line it meets, the class it gives, and what it hangs on."""
        if node.status == "not-applicable":
            return
        yield from self.entered(node)
        if node.band is not None:
            yield from self.line(node, node.band)
        elif node.status in ("missing", "invalid"):
            yield from self.form(path, node)
        elif node.status == "scored" and not node.children:
            yield from self.below(node)
            yield from self.working(node)
        if node.children:
            yield from self.steps(node)
        yield from self.classed(node)
        hanging = [name for name in node.readings if name in self.telling]
        if hanging:
            yield self.say("readings-here", readings=", ".join(hanging))

    def own(self, names: Iterable[str]) -> list[str]:
        """The facts among these that are a row's own."""
        return [name for name in names if name not in self.shared]

    def entered(self, node: NodeTrail) -> Iterator[str]:
        """What the sheet says for this row, each part before what is computed from it."""
        # The answer to another row is told there.
        names = [
            name for name in self.own(node.facts) if name == node.measure or name not in self.trail.nodes
        ]
        own = [(name, node.facts[name]) for name in names]
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
        first = node.steps[0].result if band.amount and node.steps else band.score
        score = self.figure(first) if first is not None else self.say("none")
        yield self.say("line", text=quoted(band), score=score)
        measure = node.facts.get(node.measure)
        value = self.figure(measure.figure) if measure is not None and measure.figure is not None else ""
        above, below = neighbours(band, node.others)
        reasons = [
            self.say("not-line", score=self.figure(other.score), value=value, when=tied(other.when))
            for other in (above, below)
            if other is not None and other.when and value
        ]
        if reasons:
            text = "; ".join(reasons)
            yield f"{text[:1].upper()}{text[1:]}."
        elif above is not None and not value:
            yield self.next_line(above)
        yield from self.working(node)

    def below(self, node: NodeTrail) -> Iterator[str]:
        """Where not even the first step of a ladder is reached: that, and what it asks."""
        steps = [] if node.stated else [each for each in node.others if each.score is not None]
        if steps:
            first = min(steps, key=lambda each: each.score or Fraction(0))
            yield self.say("line.none", score=self.figure(node.score))
            yield self.next_line(first)

    def next_line(self, band: BandTrail) -> str:
        """The line that would have given more."""
        return sentence(self.say("next-line", text=quoted(band), score=self.figure(band.score)))

    def classed(self, node: NodeTrail) -> Iterator[str]:
        """The class of a node, and the requirements that it does not meet."""
        for name, gate in node.gates.items():
            if gate.holds != "yes":
                text = gate.text or f"{name} ({gate.when})"
                yield sentence(self.say("gate.no" if gate.holds == "no" else "gate.unknown", text=text))
        if node.grade is None:
            return
        yield sentence(self.say("grade", grade=self.grade(node.grade, printed=True)))
        if node.by_value and node.by_value != node.grade.id:
            yield self.say("grade.by-value", grade=node.by_value)

    def grade(self, grade: GradeTrail, *, printed: bool = False) -> str:
        """A class by its title, with what it awards; printed, with money in words, and how the source words it."""
        return ", ".join([grade.title or grade.id, *self.awards(grade, printed=printed)])

    def awards(self, grade: GradeTrail, *, printed: bool) -> Iterator[str]:
        """What a class awards, each award by its name."""
        for name, award in grade.awards.items():
            if award.amount is not None:
                words = "; ".join(self.worded(award.amount, award)) if printed else ""
                yield f"{name} {self.money(award.amount, award)}" + (f" ({words})" if words else "")
            elif award.low is not None and award.high is not None:
                ends = (self.money(end, award) for end in (award.low, award.high))
                yield f"{name} {'–'.join(ends)}"
            else:
                yield f"{name}: {award.text}"

    def money(self, amount: int, award: AwardTrail) -> str:
        """An amount in figures."""
        return tied(numbers.money(amount, currency=award.currency, language=self.language))

    def worded(self, amount: int, award: AwardTrail) -> Iterator[str]:
        """Rupiah in words for an Indonesian reader; and the words of the source, where they are not the same."""
        # Beyond the names that numbers have, figures must do.
        words = numbers.rupiah_words(amount) if award.currency == "IDR" and abs(amount) < 10**18 else ""
        if words and self.language == "id":
            yield words
        if award.words and award.words.casefold() != words:
            yield self.say("printed", words=award.words)

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
            quoted = f'{tied(answer)}, "{text}"' if text else tied(answer)
            score = self.figure(band.score) if band.score is not None else band.amount
            yield self.say("form.line-of", score=score, text=quoted)

    # --- facts

    def fact(self, name: str, fact: FactTrail) -> str:
        """One fact: its value, how it came about, and who vouches for it."""
        value = self.value(name, fact)
        title = f"{fact.title} ({name})" if fact.title else ""
        key = "fact.titled" if title and fact.how == "given" else f"fact.{fact.how}"
        parts = [sentence(self.say(key, name=title or name, value=value, formula=fact.formula))]
        if fact.before:
            rounded = self.say("rounded", before=self.number(fact.before), rule=self.rounding(fact.rounding))
            parts.append(sentence(rounded))
        return " ".join([*parts, *self.beside(fact)])

    def value(self, name: str, fact: FactTrail) -> str:
        """The answer itself; the steps of a ladder by their titles, in the order of the ladder."""
        if fact.figure is not None:
            return tied(f"{self.figure(fact.figure)} {fact.unit}".strip())
        if isinstance(fact.value, bool):
            return self.say("yes" if fact.value else "no")
        if not isinstance(fact.value, tuple):
            return str(fact.value or "–")
        node = self.trail.nodes.get(name)
        lines = [] if node is None else [*node.others, *([node.band] if node.band is not None else [])]
        steps = {each.id: each for each in sorted(lines, key=lambda each: each.score or Fraction(0))}
        order = {each: at for at, each in enumerate(steps)}
        told = sorted(fact.value, key=lambda each: order.get(each, len(order)))
        return ", ".join(steps[each].title or each if each in steps else each for each in told) or self.say(
            "none"
        )

    def beside(self, fact: FactTrail) -> Iterator[str]:
        """Who says so, since when, and with what proof."""
        for key in ("by", "on", "evidence", "note"):
            text = getattr(fact, key)
            if text:
                yield sentence(self.say(f"fact.{key}", text=text))

    def rounding(self, rule: str) -> str:
        """A rounding in words."""
        mode, _, to = rule.partition(" ")
        return self.say("rounding", mode=self.say(f"mode.{mode}"), to=self.number(to))

    # --- arithmetic

    def step(self, step: StepTrail) -> dict[str, str]:
        """The values that the sentence of a change of scale or of a rounding needs."""
        shown = [self.number(each) for each in step.operands]
        keys = ("before", "low", "high", "bottom", "top")
        values = dict(zip(keys, shown, strict=False))
        rule = self.rounding(step.rule) if step.name == "round" else ""
        return {**values, "rule": rule, "result": self.figure(step.result)}

    def working(self, node: NodeTrail) -> Iterator[str]:
        """The steps of an indicator that change something."""
        for step in node.steps:
            if not _is_idle(step):
                yield self.told(step)

    def told(self, step: StepTrail) -> str:
        """One step of arithmetic as a sentence."""
        if step.name == "formula":
            values = "; ".join(step.operands)
            return self.say("step.formula", rule=step.rule, values=values, result=self.near(step.result))
        if step.name == "cap":
            before = self.number(step.operands[0])
            return self.say("step.cap", before=before, rule=step.rule, result=self.figure(step.result))
        return self.say(f"step.{step.name}", **self.step(step))

    def sum(self, node: NodeTrail) -> Iterator[str]:
        """How the total comes about."""
        found = list(self.steps(node))
        if found:
            yield ""
            yield self.say("sum")
            for text in found:
                yield from self.lines(text, indent=3)

    def steps(self, node: NodeTrail) -> Iterator[str]:
        """The arithmetic of a group, step by step."""
        for step in node.steps:
            if step.name == "combine":
                children = [self.trail.nodes[child] for child in step.operands]
                weights = [child.weight for child in children if child.weight is not None]
                # Where not all of the weight counts, the sum is over what does.
                rule = "weighted-mean" if weights and sum(weights, Fraction(0)) != 1 else step.rule
                terms = " + ".join(self.term(child) for child in children)
                # Where the comma is the decimal sign, it does not separate figures as well.
                scores = ("; " if self.language == "id" else ", ").join(
                    self.figure(child.score) for child in children
                )
                result = self.near(step.result)
                yield self.say(f"combine.{rule}", terms=terms, scores=scores, result=result)
            elif not _is_idle(step):
                yield self.told(step)

    def term(self, node: NodeTrail) -> str:
        """One child in a sum."""
        score = self.figure(node.score)
        return score if node.weight is None else tied(f"{self.figure(node.weight)} × {score}")


#: How far the rows of a group are set in, and to which depth.
_STEP = 3
_DEEPEST = 6


def _is_idle(step: StepTrail) -> bool:
    """Whether a limit or a rounding left the score as it was."""
    return step.name in ("cap", "round") and numbers.parse_computed(step.operands[0]) == step.result


def neighbours(band: BandTrail, others: tuple[BandTrail, ...]) -> tuple[BandTrail | None, BandTrail | None]:
    """The lines next to the one that held, by score: the one above and the one below."""
    rated = sorted(((each.score, index) for index, each in enumerate(others) if each.score is not None))
    if band.score is None:
        return None, None
    above = next((others[index] for score, index in rated if score > band.score), None)
    below = next((others[index] for score, index in reversed(rated) if score < band.score), None)
    return above, below
