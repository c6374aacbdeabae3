"""`kinerja show`: a rubric as the printed form has it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Any

import yaml
from cyclopts import Parameter
from rich.text import Text

from kinerja import numbers
from kinerja.cli.arguments import DayOption, RubricArgument, day_of, language_of, rubric_of
from kinerja.cli.terminal import WIDTH, say, screen
from kinerja.evaluation import Evaluator
from kinerja.language.plain import plain
from kinerja.library import load
from kinerja.messages import PHRASES
from kinerja.model import Levels, Number
from kinerja.plan import Amount, PlannedFact, PlannedGroup, PlannedIndicator, PlannedNode
from kinerja.plan.rules import Rule

__all__ = ["show"]

#: The longest answer that stands beside the words of its line; a longer one stands above them.
ANSWER = 20


def show(
    rubric: RubricArgument,
    /,
    *,
    expanded: Annotated[
        bool, Parameter(negative=(), help="Print the whole resolved rubric as YAML instead.")
    ] = False,
    on: DayOption = None,
) -> None:
    """Show a rubric as a form: its rows, the lines to choose from, and the names to fill in."""
    loaded = load(rubric_of(rubric), on=day_of(on))
    if expanded:
        text = yaml.safe_dump(plain(loaded), allow_unicode=True, sort_keys=False, width=110)
        screen().print(Text(text), end="", soft_wrap=True)
        return
    say(_Form(Evaluator(loaded), min(screen().width, WIDTH)).lines())


class _Form:
    """A rubric as the printed form has it, in the width of a terminal."""

    def __init__(self, evaluator: Evaluator, width: int) -> None:
        self.rubric = evaluator.rubric
        self.plan = evaluator.plan
        self.language = language_of(self.rubric.language)
        self.width = width

    def say(self, key: str, **values: Any) -> str:
        return PHRASES[key][self.language].format(**values)

    def wrapped(self, text: str, first: str = "", *, hang: int = 0, room: int = 0) -> list[str]:
        """A paragraph that begins with `first`; its other lines are indented by `hang`."""
        return textwrap.wrap(
            " ".join(text.split()),
            width=self.width - room,
            initial_indent=first,
            subsequent_indent=" " * hang,
            break_on_hyphens=False,
        )

    def lines(self) -> Iterator[str]:
        rubric = self.rubric
        yield from self.wrapped(f"{rubric.title or rubric.id} {rubric.edition}")
        yield ""
        number, weight = self.say("form.number"), self.say("form.weight")
        yield self.spread(f"{number:<4} {self.say('form.indicator')}", weight)
        yield f"     {self.say('form.score')}  {self.say('form.line')}"
        yield "-" * self.width
        yield from self.children(self.plan.root)
        if rubric.facts:
            yield from ("", self.say("form.facts"))
            yield from self.facts("")
        if rubric.readings:
            yield from ("", self.say("form.readings"))
            for name, reading in rubric.readings.items():
                for key, other in reading.alternatives.items():
                    yield from self.wrapped(f"{name}={key}: {other.text}", " " * 5, hang=7)

    def spread(self, left: str, right: str) -> str:
        return f"{left:<{self.width - len(right)}}{right}" if right else left

    def children(self, group: PlannedGroup) -> Iterator[str]:
        percent = all(weight.share <= 1 for child in group.children for weight in child.weights)
        for index, child in enumerate(group.children):
            if index:
                yield ""
            yield from self.node(child, percent=percent)

    def node(self, node: PlannedNode, *, percent: bool) -> Iterator[str]:
        weights = [self.weight(each.share, percent=percent) for each in node.weights]
        always = weights[0] if node.weights and node.weights[0].rule is None else ""
        title = node.model.title or node.path
        first, *rest = self.wrapped(title, f"{node.model.number:<4} ", hang=5, room=len(always) + 2)
        yield self.spread(first, always)
        yield from rest
        for weight, each in zip(weights, node.weights, strict=True):
            if each.rule is not None:
                said = self.say("form.where", weight=weight, applies=self.asked(each.rule))
                yield from self.wrapped(said, " " * 5, hang=7)
        if node.applies is not None:
            said = self.say("form.applies", applies=self.asked(node.applies))
            yield from self.wrapped(said, " " * 5, hang=7)
        yield from self.facts(node.path)
        if isinstance(node, PlannedGroup):
            yield ""
            yield from self.children(node)
        else:
            assert isinstance(node, PlannedIndicator)
            yield from self.bands(node)

    def weight(self, share: Fraction, *, percent: bool) -> str:
        return f"{numbers.shown(share * (100 if percent else 1), language=self.language)}{'%' * percent}"

    def asked(self, rule: Rule) -> str:
        ways = (", ".join(f"{test.name}: {_bare(test.text)}" for test in way) for way in rule.ways)
        return self.say("form.or").join(ways)

    def facts(self, owner: str) -> Iterator[str]:
        """What has to be filled in for a node: its measure first, then its other facts."""
        found = [fact for fact in self.plan.facts.values() if fact.owner == owner]
        if owner in self.plan.nodes and isinstance(self.plan.nodes[owner].model, Levels):
            # Its answers are the lines of the form themselves.
            found.remove(self.plan.facts[owner])
            yield f"     {owner}:"
        for fact in sorted(found, key=lambda fact: fact.name != owner):
            title = f" – {fact.model.title}" if fact.model.title else ""
            yield from self.wrapped(f"{fact.name}: {self.answers(fact)}{title}", " " * 5, hang=7)

    def answers(self, fact: PlannedFact) -> str:
        """What a fact may be, in a few words."""
        if fact.kind == "yes-no":
            return "true | false"
        if not isinstance(fact.model, Number):
            return " | ".join(fact.options)
        told = [f"{fact.model.within or ''} {fact.unit}".strip()]
        if fact.step is not None:
            told.append(self.say("form.step", step=numbers.shown(fact.step, language=self.language)))
        if fact.formula is not None:
            told.append(self.say("form.computed", formula=fact.formula))
        return ", ".join(filter(None, told))

    def amount(self, amount: Amount) -> str:
        constant = amount.constant
        return numbers.shown(constant, language=self.language) if constant is not None else amount.text

    def bands(self, node: PlannedIndicator) -> Iterator[str]:
        """The lines to choose from: each with its score, the answer that meets it, and its words."""
        answers = [_bare(band.when) or band.id for band in node.bands]
        column = max((len(answer) for answer in answers if len(answer) <= ANSWER), default=0)
        for band, answer in zip(node.bands, answers, strict=True):
            score = self.amount(band.amount)
            first, hang = f"     {score:>{len(self.say('form.score'))}}  ", 9 + len(self.say("form.score"))
            if len(answer) > column:
                yield from self.wrapped(answer, first, hang=hang)
                yield from self.wrapped(band.text or band.title, " " * hang, hang=hang)
            else:
                beside, hang = f"{first}{answer:<{column}}  ", hang + column
                yield from self.wrapped(band.text or band.title, beside, hang=hang) or [beside.rstrip()]


def _bare(test: str) -> str:
    """A condition with its options as a sheet has them, without quotes."""
    return test.replace('"', "")
