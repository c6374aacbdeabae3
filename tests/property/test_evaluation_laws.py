"""Laws of evaluation, over random rubrics and sheets; the interpreter against the reference evaluator."""

from __future__ import annotations

import json
import math
import pickle
from fractions import Fraction
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

import kinerja
from kinerja import Complete, Evaluator, Incomplete, Rubric, Trail, testing, verify
from kinerja.engine.outcome import Outcome
from kinerja.library import check
from kinerja.plan import Plan, PlannedIndicator, PlannedNode
from kinerja.plan.rules import BAD
from kinerja.testing import rubrics
from kinerja.testing.strategies.rubrics import texts
from tests.reference import Reference
from tests.strategies.sheets import JUNK, facts_of, junk, sheets, values

BKM = Evaluator(kinerja.load("pk-bkm"))


@st.composite
def cases(draw: st.DrawFn, *, whole: bool = False, wrong: bool = True) -> tuple[Rubric, dict[str, Any]]:
    """A rubric with a sheet for it, legal or not; `whole` lets the rubric use the whole language."""
    rubric = draw(rubrics(whole=whole))
    return rubric, draw(st.one_of(sheets(rubric, wrong=wrong), testing.sheets(rubric, left_out=False)))


@st.composite
def complete_cases(draw: st.DrawFn) -> tuple[Rubric, dict[str, Any]]:
    """A rubric with a sheet that answers everything."""
    rubric = draw(rubrics(whole=False))
    return rubric, draw(testing.sheets(rubric, left_out=False))


def outcome_of(result: kinerja.Assessment) -> Outcome:
    """What the engine left behind, before anything is rendered."""
    return result._outcome


# --- the oracle


@settings(max_examples=400)
@given(cases(whole=True))
def test_interpreter_is_the_reference(case: tuple[Rubric, dict[str, Any]]) -> None:
    """Status, total, and each node's status, score and band are what the design's own words give."""
    rubric, sheet = case
    expected = Reference(rubric, sheet)
    result = Evaluator(rubric).evaluate(sheet)
    found = {
        path: (node.status, node.score, getattr(node.band or node.step, "id", None))
        for path, node in outcome_of(result).nodes.items()
    }
    assert expected.states == found
    grades = {path: "invalid" if grade is BAD else grade for path, grade in outcome_of(result).grades.items()}
    assert expected.grades == grades
    assert expected.status == result.status
    if isinstance(result, Complete):
        assert expected.total == result.total


@settings(max_examples=max(500, settings().max_examples))
@given(texts(whole=True))
def test_random_rubrics_are_sound(text: str) -> None:
    """The checks find no error in a rubric that is sound by the way it is built."""
    assert [] == [finding for finding in check(text) if finding.severity == "error"]


# --- what never happens


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*BKM.plan.named, "salah", "", "pengurangan.x"]), junk(), max_size=8))
def test_no_sheet_raises(facts: dict[str, Any]) -> None:
    """Whatever Python puts where a fact should stand: it is evaluated, told, and kept as JSON."""
    trail = BKM.evaluate(facts).trail
    assert trail == Trail.from_json(trail.to_json())
    for language in ("en", "id"):
        from kinerja.explain import explain

        assert explain(trail, language=language)


@given(st.sampled_from(BKM.plan.named), st.sampled_from(range(len(JUNK))))
@example("lokasi", 0)
def test_no_junk_is_taken_for_an_answer(name: str, index: int) -> None:
    """Junk where an answer should stand never makes a sheet complete."""
    result = BKM.evaluate({name: JUNK[index]})
    assert not isinstance(result, Complete)


# --- sums


@given(complete_cases())
def test_contributions_make_the_score(case: tuple[Rubric, dict[str, Any]]) -> None:
    """Exact contributions add up to what the group combined to, and the later steps lead from there to the score."""
    rubric, sheet = case
    trail = Evaluator(rubric).evaluate(sheet).trail
    for node in trail.nodes.values():
        if node.status != "scored":
            continue
        shares = [trail.nodes[child].contribution for child in node.children]
        given_ = [share for share in shares if share is not None]
        if given_:
            assert node.steps[0].result == sum(given_)
        if node.steps:
            assert node.score == node.steps[-1].result


@settings(max_examples=60)
@given(complete_cases())
def test_a_complete_sheet_has_a_total(case: tuple[Rubric, dict[str, Any]]) -> None:
    """Everything answered: a total, no problem, no partial score."""
    rubric, sheet = case
    result = Evaluator(rubric).evaluate(sheet)
    assert isinstance(result, Complete)
    assert (None, ()) == (result.trail.partial, result.problems)
    assert result.total == result.trail.nodes["total"].score


@given(complete_cases(), st.data())
def test_a_sheet_with_a_hole_has_no_total(case: tuple[Rubric, dict[str, Any]], data: st.DataObject) -> None:
    """One answer taken out: a total all the same, where nothing hangs on it, or no total, and the name to ask for."""
    rubric, sheet = case
    if not sheet:
        return
    name = data.draw(st.sampled_from(sorted(sheet)))
    result = Evaluator(rubric).evaluate({key: value for key, value in sheet.items() if key != name})
    trail = result.trail
    if isinstance(result, Incomplete):
        assert trail.total is None
        assert trail.grade is None
        # Asked for is the fact itself, or a part or the whole of one that is computed, or what applies only without it;
        # or all is left out.
        assert {problem.code for problem in trail.problems} in ({"K330"}, {"K331"})
        assert all(
            n == name
            or n.startswith(f"{name}.")
            or name.startswith(f"{n}.")
            or n in rubric_parts(rubric, name)
            or n not in sheet
            for n in result.missing
        )
        scored = [c for c in trail.nodes["total"].children if trail.nodes[c].status == "scored"]
        if trail.partial is not None:
            assert set(trail.partial.covers) <= set(scored)
            assert not set(trail.partial.covers) & set(trail.partial.lacks)


def rubric_parts(rubric: Rubric, name: str) -> set[str]:
    """The facts that are computed from a fact."""
    plan = Evaluator(rubric).plan
    found = {name}
    for fact in plan.derived:
        if found & set(fact.operands.values()):
            found.add(fact.name)
    return found


# --- what changes nothing


@given(cases(whole=True), st.randoms(use_true_random=False))
def test_order_of_facts_does_not_matter(case: tuple[Rubric, dict[str, Any]], random: Any) -> None:
    """The same facts in another order give the same trail, but for the order of its problems."""
    rubric, sheet = case
    turned = list(sheet.items())
    random.shuffle(turned)
    evaluator = Evaluator(rubric)
    one, other = evaluator.evaluate(sheet).trail, evaluator.evaluate(dict(turned)).trail
    assert one.nodes == other.nodes
    assert one.notes == other.notes
    assert (one.status, one.total, one.partial) == (other.status, other.total, other.partial)
    assert sorted(map(repr, one.problems)) == sorted(map(repr, other.problems))


@given(cases(), st.data())
def test_facts_of_nodes_that_do_not_apply_change_nothing(
    case: tuple[Rubric, dict[str, Any]], data: st.DataObject
) -> None:
    """What a sheet says of a node that does not apply, and wrong or not, changes nothing but the notes."""
    rubric, sheet = case
    evaluator = Evaluator(rubric)
    before = evaluator.evaluate(sheet).trail
    idle = [
        path for path, node in before.nodes.items() if node.status == "not-applicable" and not node.children
    ]
    facts = facts_of(rubric)
    names = [name for name in facts if any(name == p or name.startswith(f"{p}.") for p in idle)]
    read = {name for node in evaluator.plan.nodes.values() for name in read_by(node, but=idle)}
    names = [name for name in names if name not in read]
    if not names:
        return
    name = data.draw(st.sampled_from(names))
    value = data.draw(st.one_of(values(facts[name]), st.just("salah")))
    after = evaluator.evaluate({**sheet, name: value}).trail
    assert (before.status, before.total, before.partial) == (after.status, after.total, after.partial)
    assert sorted(map(repr, before.problems)) == sorted(map(repr, after.problems))
    assert {p: n for p, n in before.nodes.items() if p not in idle} == {
        p: n for p, n in after.nodes.items() if p not in idle
    }
    assert "K401" in {note.code for note in after.notes}


def read_by(node: PlannedNode, *, but: list[str]) -> set[str]:
    """The facts that a node reads, unless it is one of `but`."""
    if node.path in but:
        return set()
    rules = [node.applies, *(weight.rule for weight in node.weights)]
    own: set[str] = set()
    if isinstance(node, PlannedIndicator):
        rules += [band.rule for band in node.bands]
        own = {node.measure.name} if node.measure is not None else set()
    return own | {name for rule in rules if rule is not None for name in rule.names}


def touched_by(plan: Plan, name: str) -> set[str]:
    """The nodes that may change with one fact: those that read it, or what is computed from it, and what holds them."""
    facts = {name}
    for fact in plan.derived:
        if facts & set(fact.operands.values()):
            facts.add(fact.name)
    found = {"total"}
    for path, node in plan.nodes.items():
        if read_by(node, but=[]) & facts:
            steps = path.split(".")
            found.update(".".join(steps[:end]) for end in range(1, len(steps) + 1))
            found.update(other for other in plan.nodes if other.startswith(f"{path}."))
    return found


@given(complete_cases(), st.data())
def test_one_fact_changes_only_what_hangs_on_it(
    case: tuple[Rubric, dict[str, Any]], data: st.DataObject
) -> None:
    """Changing one answer changes the nodes that read it and the groups around them, and no other score."""
    rubric, sheet = case
    if not sheet:
        return
    name = data.draw(st.sampled_from(sorted(sheet)))
    evaluator = Evaluator(rubric)
    before = evaluator.evaluate(sheet).trail
    after = evaluator.evaluate({**sheet, name: data.draw(values(facts_of(rubric)[name]))}).trail
    paths = before.nodes.keys() | after.nodes.keys()
    changed = {p for p in paths if score_of(before, p) != score_of(after, p)}
    assert changed <= touched_by(evaluator.plan, name)


def score_of(trail: Trail, path: str) -> Fraction | None:
    """The exact score of a node; None where it has none or is not there."""
    return trail.nodes[path].score if path in trail.nodes else None


# --- the trail


KEYS = (
    *("format", "rubric", "readings", "language_version", "library", "date", "subject", "period", "basis"),
    *(
        "participants",
        "note",
        "assessors",
        "status",
        "total",
        "grade",
        "partial",
        "problems",
        "notes",
        "nodes",
    ),
    *("stated", "seal"),
)


@given(cases(whole=True))
def test_trail_is_its_json(case: tuple[Rubric, dict[str, Any]]) -> None:
    """Written and read back a trail is the same, and so is its text; every documented key is there and no other."""
    rubric, sheet = case
    trail = Evaluator(rubric).evaluate(sheet).trail
    text = trail.to_json()
    again = Trail.from_json(text)
    assert trail == again
    assert text == again.to_json()
    assert list(KEYS) == list(json.loads(text))


@given(cases(whole=True))
def test_trail_is_verified(case: tuple[Rubric, dict[str, Any]]) -> None:
    """Whatever comes of a sheet follows from what its trail keeps of it, unless no file can hold it."""
    rubric, sheet = case
    trail = Trail.from_json(Evaluator(rubric).evaluate(sheet).trail.to_json())
    assert {each.code for each in verify(trail, rubric)} <= {"K604"}


@given(cases(whole=True))
def test_trail_has_no_floats(case: tuple[Rubric, dict[str, Any]]) -> None:
    """A number in a trail is an integer or exact text: no float, no NaN, whatever the sheet held."""
    rubric, sheet = case

    def refuse(text: str) -> Any:
        raise AssertionError(text)

    json.loads(Evaluator(rubric).evaluate(sheet).trail.to_json(), parse_float=refuse, parse_constant=refuse)


@given(cases(whole=True))
def test_trail_is_a_value(case: tuple[Rubric, dict[str, Any]]) -> None:
    """A trail is hashable, picklable, and equal to another of the same sheet."""
    rubric, sheet = case
    evaluator = Evaluator(rubric)
    one, other = evaluator.evaluate(sheet).trail, evaluator.evaluate(sheet).trail
    assert one == other
    assert hash(one) == hash(other)
    assert one == pickle.loads(pickle.dumps(one))
    assert one.to_json() == pickle.loads(pickle.dumps(one)).to_json()


@given(st.sampled_from(["perempuan", "infrastruktur"]), st.floats(0, 100))
def test_a_float_is_its_shortest_decimal(name: str, value: float) -> None:
    """A float is taken as it prints, so 0.1 is one tenth and no more."""
    figure = BKM.evaluate({name: value})[name].facts[name].figure
    assert figure is not None
    assert Fraction(repr(value)) == figure
    assert math.isclose(float(figure), value)
