"""The kit can fail: each law catches what was made to break it, and tells who reads it what and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import Phase, settings

import kinerja
from kinerja import Evaluator, Rubric, Trail, UsageError
from kinerja.language.documents import read
from kinerja.language.structure import structure
from kinerja.messages import LANGUAGES, PHRASES
from kinerja.testing import laws
from kinerja.testing.laws import LAWS, LawBroken, Subject
from kinerja.testing.laws.direction import judged
from kinerja.testing.laws.report import ROWS, Breach, came_to
from kinerja.trail import Figure
from tests.pages import ROOT

BKM = kinerja.load("pk-bkm")
MAKASSAR = kinerja.load("makassar-rt-rw")
FEW = settings(
    max_examples=60,
    derandomize=True,
    database=None,
    deadline=None,
    report_multiple_bugs=False,
    # Only a test about the simplest sheet waits until it is found.
    phases=[Phase.generate],
)
SHRUNK = settings(FEW, phases=[Phase.generate, Phase.shrink])

#: What is quick to evaluate and to shrink.
SMALL = "kinerja: 1\nid: kota\ncombine: sum\nindicators: {kas: {levels: {ya: 1, tidak: 0}}, dana: {levels: {ya: 1}}}\n"

Change = Callable[[Trail, Mapping[str, Any], Rubric], Trail]


class Wrong:
    """An evaluator whose trails are changed before anybody sees them."""

    def __init__(self, change: Change, rubric: Rubric, readings: Mapping[str, str]) -> None:
        self.change = change
        self.rubric = rubric
        self.honest = Evaluator(rubric, readings=readings)

    def evaluate(self, facts: Mapping[str, Any], /) -> Any:
        class Result:
            trail = self.change(self.honest.evaluate(facts).trail, facts, self.rubric)

        return Result


def wrong(change: Change) -> Any:
    """What makes such evaluators."""
    return lambda rubric, *, readings: Wrong(change, rubric, readings)


def with_node(trail: Trail, path: str, **changed: Any) -> Trail:
    """The trail with something else at one node, where there is such a node."""
    if path not in trail.nodes:
        return trail
    nodes = {**trail.nodes, path: evolve(trail.nodes[path], **changed)}
    return evolve(trail, nodes=type(trail.nodes)(nodes))


def figure(number: int) -> Figure:
    """A whole number as a trail has it."""
    return Figure(Fraction(number), str(number))


def rubric_of(text: str) -> Rubric:
    """A rubric that need not be safe."""
    return structure(read(text, name="kota.yaml"))


def broken(law: str, rubric: Rubric, change: Change | None = None, *, settings: settings = FEW) -> LawBroken:
    """How a law is broken, by an evaluator that is wrong or by the rubric itself."""
    with pytest.raises(LawBroken) as caught:
        LAWS[law].check(rubric, settings=settings, evaluator=Evaluator if change is None else wrong(change))
    return caught.value


# --- one law after another


def test_another_band_breaks_one_answer() -> None:
    """A trail that names a band which does not hold is caught."""
    found = broken(
        "one-answer", BKM, lambda t, f, r: with_node(t, "perempuan", band=t.nodes["perempuan"].others[0])
    )
    assert ("perempuan",) == tuple(row[0] for row in found.breach.rows)


def test_no_band_breaks_one_answer() -> None:
    """A score without a band is caught."""
    found = broken("one-answer", BKM, lambda t, f, r: with_node(t, "perempuan", band=None))
    assert ("perempuan", "–") == (found.breach.rows[0][0], found.breach.rows[0][2])


def test_silence_breaks_one_answer() -> None:
    """A sheet without a result, and without a word why, is caught at the node and at the whole."""
    quiet = lambda t, f, r: evolve(with_node(t, "perempuan", status="invalid"), status="invalid", problems=())  # noqa: E731
    found = broken("one-answer", BKM, quiet)
    assert ["perempuan", "status"] == [row[0] for row in found.breach.rows]


def test_a_gap_is_a_stated_problem() -> None:
    """Where no band holds, the sheet is told so: that is what the law asks."""
    text = (
        "kinerja: 1\nid: kota\ncombine: sum\nindicators:\n"
        "  kas: {measure: {in: '[0..2]', step: 1}, bands: {1: {when: '> 0'}}}\n"
    )
    LAWS["one-answer"].check(rubric_of(text), settings=FEW)


@pytest.mark.parametrize(("path", "number"), [("perempuan", 7), ("total", 101), ("", 101)])
def test_a_score_that_cannot_occur_breaks_in_range(path: str, number: int) -> None:
    """Of an indicator, of a group, of the whole."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        return with_node(trail, path, score=figure(number)) if path else evolve(trail, total=figure(number))

    assert (path or "total") == broken("in-range", BKM, change).breach.rows[0][0]


def test_a_judgement_outside_its_domain_breaks_in_range() -> None:
    """Of an indicator that is its answer."""
    found = broken("in-range", MAKASSAR, lambda t, f, r: with_node(t, "mtr", score=figure(101)))
    assert "mtr" == found.breach.rows[0][0]


@pytest.mark.parametrize("key", ["contribution", "score", "total"])
def test_a_wrong_sum_breaks_sum_of_parts(key: str) -> None:
    """A contribution, a score behind the steps, a total that is not that of the whole."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        if key == "contribution":
            return with_node(trail, "perempuan", contribution=figure(9))
        return (
            with_node(trail, "total", score=figure(9)) if key == "score" else evolve(trail, total=figure(9))
        )

    assert "total" == broken("sum-of-parts", BKM, change).breach.rows[0][0]


PUNISHING = """\
kinerja: 1
id: kota
combine: mean
indicators:
  kas:
    better: higher
    measure: {in: "[0..100]"}
    bands: {1: {when: ">= 40"}, 0: {when: "< 40"}}
  rapat: {levels: {ya: 1, tidak: 0}}
grades:
  kurang: {when: "< 1"}
  baik: {when: ">= 1"}
requires:
  hemat: {when: {kas: "< 90"}, text: "kas di bawah 90", grade: kurang}
"""


def test_a_gate_that_punishes_the_better_answer_breaks_better_is_not_worse() -> None:
    """The report says both sheets, what became of them, and where the grades stand."""
    found = broken("better-is-not-worse", rubric_of(PUNISHING), settings=SHRUNK)
    better, grade = found.breach.rows
    assert ("kas", "90", ("total", "baik", "kurang")) == (better[0], better[2], grade)
    assert all(len(line) <= 80 for line in str(found).splitlines())
    assert "kota.yaml:10:1" in str(found)
    assert found.render("id").startswith("Hukum better-is-not-worse tidak berlaku bagi kota")


def test_a_total_that_falls_breaks_better_is_not_worse() -> None:
    """An evaluator that adds up wrongly from some answer on is caught."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        best = trail.nodes["perempuan"].score == 2
        return with_node(trail, "total", score=figure(0)) if best else trail

    assert "total" == broken("better-is-not-worse", BKM, change).breach.rows[1][0]


@pytest.mark.parametrize(("better", "rows"), [("higher", "kas"), ("lower", "")])
def test_rows_that_go_against_the_declared_direction_break_better_is_not_worse(
    better: str, rows: str
) -> None:
    """Where the rubric says that high is good, a high number may not score less."""
    rubric = rubric_of(
        "kinerja: 1\nid: kota\ncombine: sum\nindicators:\n"
        f"  kas: {{better: {better}, measure: {{in: '[0..9]'}}, bands: {{1: {{when: '< 4'}}, 0: {{when: '>= 4'}}}}}}\n"
    )
    if rows:
        assert rows == broken("better-is-not-worse", rubric).breach.rows[0][0]
    else:
        LAWS["better-is-not-worse"].check(rubric, settings=FEW)


def first(facts: Mapping[str, Any]) -> str:
    """The first name of a mapping."""
    return next(iter(facts), "")


def test_an_order_of_facts_that_matters_is_caught() -> None:
    """An evaluator that takes the first fact for something special is caught; the report says the other order."""
    found = broken(
        "order-of-facts", BKM, lambda t, f, r: t if first(f) < "m" else evolve(t, status="unknown")
    )
    assert "status" == found.breach.rows[0][0]
    assert list(found.breach.sheet) != list(found.breach.other or ())
    assert ", ".join(found.breach.other or ())[:40] in str(found)


def test_an_order_of_the_file_that_matters_is_caught() -> None:
    """An evaluator that takes the first indicator for something special is caught."""
    found = broken(
        "order-of-file",
        BKM,
        lambda t, f, r: t if first(r.indicators) == "keuangan" else with_node(t, "total", status="invalid"),
    )
    assert "total.status" == found.breach.rows[0][0]


def test_a_fact_that_is_felt_elsewhere_breaks_one_fact() -> None:
    """A node that hangs on a fact which it does not read is caught."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        return with_node(trail, "dokumen", score=trail.nodes["perempuan"].score)

    assert "dokumen" == broken("one-fact", BKM, change).breach.rows[0][0]


def test_a_fact_of_what_does_not_apply_breaks_idle_facts() -> None:
    """An evaluator that counts what does not apply is caught."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        return evolve(trail, total=figure(1)) if facts.keys() >= {"pencegahan", "pengurangan"} else trail

    assert "total" == broken("idle-facts", BKM, change).breach.rows[0][0]


def test_an_altered_trail_breaks_verified_trail() -> None:
    """A figure that does not follow from the facts is named by its path."""
    found = broken("verified-trail", BKM, lambda t, f, r: with_node(t, "perempuan", score=figure(7)))
    assert "nodes.perempuan.score" in found.breach.rows[0][0]


def test_a_trail_that_cannot_be_read_back_breaks_verified_trail() -> None:
    """What is no trail any more, and what comes back as another."""
    found = broken("verified-trail", rubric_of(SMALL), lambda t, f, r: evolve(t, status="lengkap"))
    assert "JSON" == found.breach.rows[0][0]
    found = broken("verified-trail", rubric_of(SMALL), lambda t, f, r: evolve(t, participants=["x"]))
    assert ("JSON", "=", "≠") == found.breach.rows[0]


def test_another_award_breaks_awards_by_grade() -> None:
    """A grade that earns something else than the rubric says is caught, at the node and at the whole."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        grade = trail.grade
        return trail if grade is None else evolve(trail, grade=evolve(grade, awards={}))

    assert "total" == broken("awards-by-grade", MAKASSAR, change).breach.rows[0][0]
    found = broken(
        "awards-by-grade",
        MAKASSAR,
        lambda t, f, r: t if t.grade is None else evolve(t, grade=evolve(t.grade, id="tak_dikenal")),
    )
    assert "{}" == found.breach.rows[0][1]


def test_a_reading_that_reaches_further_is_caught() -> None:
    """An alternative that changes a node which it is not about is caught."""

    def make(rubric: Rubric, *, readings: Mapping[str, str]) -> Wrong:
        def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
            return with_node(trail, "keuangan", status="invalid") if readings else trail

        return Wrong(change, rubric, readings)

    with pytest.raises(LawBroken) as caught:
        LAWS["alternative-is-local"].check(BKM, settings=FEW, evaluator=make)
    assert "keuangan" == caught.value.breach.rows[0][0]


class Hasty(Evaluator):
    """An evaluator that is wrong about sheets only where there are many."""

    def totals(self, sheets: Any, *, on: Any = None) -> Any:
        for status, total, grade in super().totals(sheets, on=on):
            yield status, None if total is None else total + 1, grade


def test_another_total_among_many_is_caught() -> None:
    """A total that is one more where many sheets are scored; an evaluator of one sheet has no many."""
    with pytest.raises(LawBroken) as caught:
        LAWS["among-many"].check(BKM, settings=FEW, evaluator=Hasty)
    ((what, one, many),) = caught.value.breach.rows
    assert ("total", Fraction(one) + 1) == (what, Fraction(many))
    LAWS["among-many"].check(BKM, settings=FEW, evaluator=wrong(lambda t, f, r: t))


def test_a_patch_that_is_felt_is_caught() -> None:
    """An evaluator for which a patched rubric is another one, and a patch that makes another rubric."""
    found = broken("empty-patch", BKM, lambda t, f, r: t if r is BKM else evolve(t, status="unknown"))
    assert "status" == found.breach.rows[0][0]
    subject = Subject(BKM)
    subject.unchanged = evolve(BKM, title="Lain")
    with pytest.raises(LawBroken) as caught:
        LAWS["empty-patch"].once(subject, lambda strategy: {})
    assert "identity" == caught.value.breach.rows[0][0]


def test_an_evaluator_that_raises_is_caught() -> None:
    """What is raised is named by its class and its words."""

    def change(trail: Trail, facts: Mapping[str, Any], rubric: Rubric) -> Trail:
        raise ZeroDivisionError("tidak boleh")

    found = broken("never-raises", BKM, change)
    assert (("ZeroDivisionError", "–", "tidak boleh"),) == found.breach.rows


def test_every_law_can_fail() -> None:
    """No law is without a test above that breaks it."""
    text = Path(__file__).read_text(encoding="utf-8")
    assert [] == [name for name in LAWS if f'"{name}"' not in text.split("# --- what all laws")[0]]


# --- what all laws share


def test_check_all_stops_at_the_first_broken_law() -> None:
    """And a rubric that keeps them all is passed in silence."""
    laws.check_all(rubric_of(PUNISHING.partition("requires")[0]), settings=settings(FEW, max_examples=10))
    with pytest.raises(LawBroken, match="one-answer"):
        laws.check_all(
            BKM, settings=FEW, evaluator=wrong(lambda t, f, r: with_node(t, "perempuan", band=None))
        )


def test_a_law_is_the_same_every_time() -> None:
    """Under a fixed seed the same sheet shows it."""
    found = [broken("better-is-not-worse", rubric_of(PUNISHING)).breach for _ in range(2)]
    assert found[0] == found[1]


def test_what_is_no_rubric_has_no_laws() -> None:
    """The caller is told what is expected."""
    with pytest.raises(UsageError, match="K523"):
        LAWS["one-fact"].check("pk-bkm")  # type: ignore[arg-type]


def test_the_usual_settings() -> None:
    """Without settings those of the profile hold, and nothing is kept on disk."""
    LAWS["one-fact"].check(
        rubric_of("kinerja: 1\nid: kota\ncombine: sum\nindicators: {kas: {levels: {ya: 1}}}\n")
    )


NOTHING = "kinerja: 1\nid: kota\ncombine: sum\nindicators: {kas: {formula: 1}, dana: {formula: 2}}\n"


@pytest.mark.parametrize("name", LAWS)
def test_a_rubric_that_asks_nothing_keeps_every_law(name: str) -> None:
    """No fact, no reading, no direction: nothing is drawn that is not there."""
    LAWS[name].check(rubric_of(NOTHING), settings=settings(FEW, max_examples=10))


#: One rubric with everything that laws have to be careful with.
WHOLE = """\
kinerja: 1
id: kota
facts:
  jenis: {kind: choice, options: {besar: "", kecil: ""}}
combine: mean
indicators:
  kas: {measure: {in: "[0..9]", step: 1}, bands: {a: {when: "< 4", score: none, because: "x"}, 1: {when: ">= 4"}}}
  dana: {applies: {jenis: besar}, levels: {ya: 1, tidak: 0}, missing: exclude, may-not-apply: true}
  rapat: {better: higher, measure: {in: "[0..1]", step: 1}, bands: {5: {when: "1"}, 0: {when: "0"}}}
  turun: {combine: sum, scale: {from: [0, 1], to: [1, 0]}, indicators: {isi: {levels: {ya: 1, tidak: 0}}}}
  kali: {combine: product, indicators: {isi: {levels: {ya: 1, tidak: 0}}}}
  bobot:
    combine: weighted-mean
    indicators:
      satu: {weight: [{when: {jenis: besar}, is: 1}, {when: {jenis: kecil}, is: 2}], levels: {ya: 1, tidak: 0}}
      dua: {weight: 1, direct: {in: "[0..1]", step: 0.5}, cap: "<= 0.5"}
  lebih: {bands: {1: {when: {jenis: besar}}, 0: {when: {jenis: kecil}}}}
  lanjut: {bands: {1: {when: {kas.score: 1}}, 0: {when: {kas.score: not(1)}}}}
aside:
  samping: {measure: {kind: choice, options: {x: "", y: ""}}, bands: {1: {when: x}, 0: {when: y}}}
  pandang: {grades: {satu: {when: {jenis: besar}}, dua: {when: {jenis: kecil}}}}
grades:
  kurang: {when: "< 1"}
  baik: {when: ">= 1"}
  tanpa: {when: none}
"""


@pytest.mark.parametrize("name", LAWS)
def test_a_rubric_with_everything_keeps_every_law(name: str) -> None:
    """Answers without a score, nodes aside, readings of scores, scales that fall: the laws say nothing too much."""
    LAWS[name].check(rubric_of(WHOLE), settings=settings(FEW, max_examples=60))


def test_what_is_judged() -> None:
    """A direction is asked only where nothing but sums and the like lies between an answer and the total."""
    assert {
        "rapat": ["total"],
        "dana": ["total"],
        "bobot.satu": ["bobot", "total"],
        "bobot.dua": ["bobot", "total"],
    } == judged(Subject(rubric_of(WHOLE)))


def test_what_is_read_elsewhere_is_not_judged() -> None:
    """Another node that reads the answer may be worse for it, and rightly so."""
    text = WHOLE.replace(
        "  lebih: {bands: {1: {when: {jenis: besar}}", "  lebih: {bands: {1: {when: {rapat: '0'}}"
    )
    text = text.replace("0: {when: {jenis: kecil}}}}\n  lanjut", "0: {when: {rapat: '1'}}}}\n  lanjut")
    assert "rapat" not in judged(Subject(rubric_of(text)))


def test_a_report_of_many_rows_is_cut() -> None:
    """Twenty rows say enough; how many more there are is told. What a sheet lacks is named."""
    rows = tuple((f"simpul{n}", "kiri " * 20, "kanan") for n in range(ROWS + 3))
    breach = Breach(
        {"kas": 1, "rapat": 0}, rows, ("tidak_ada",), ("law.this", "law.other"), {"kas": 2, "dana": 1}
    )
    told = str(LawBroken(LAWS["one-fact"], rubric_of(WHOLE), breach))
    assert "… and 3 more" in told
    assert "  kas: 2\n  without: rapat\n  dana: 1\n" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_a_rubric_without_a_text_is_told_without_its_lines() -> None:
    """A rubric built in Python has no places."""
    rubric = evolve(rubric_of(WHOLE), title="Lain")
    told = str(LawBroken(LAWS["one-fact"], rubric, Breach({}, (), ("kas",))))
    assert told.endswith("facts: {}")


def test_what_a_trail_came_to_leaves_nodes_out() -> None:
    """The nodes that are not compared are not there."""
    trail = Evaluator(BKM).evaluate({}).trail
    assert not [key for key in came_to(trail, but=["perempuan"]) if key.startswith("perempuan.")]


def test_laws_have_a_definition_and_a_line_on_the_page() -> None:
    """The page, the table of laws and the messages name the same laws in the same words."""
    page = (ROOT / "docs" / "reference" / "testing.md").read_text(encoding="utf-8")
    for name, law in LAWS.items():
        assert f"| `{name}` | {law.definition('en')} |" in page
        assert all(law.definition(language) for language in LANGUAGES)
    words = {
        "broken",
        "and-with",
        "without",
        "more",
        "expected",
        "found",
        "this",
        "other",
        "better",
        "turned",
        "reading",
        "read-back",
        "patched",
        "many",
    }
    assert {*LAWS, *words} == {key.removeprefix("law.") for key in PHRASES if key.startswith("law.")}
