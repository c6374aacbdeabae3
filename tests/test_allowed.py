"""Findings that an author lets stand: what `allow` silences, where, and what is said of one that silences nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

import kinerja
from kinerja.checks import findings
from kinerja.checks.allowed import can_be_allowed
from kinerja.checks.proofs import PROOFS, UNSAFE
from kinerja.errors import KinerjaError
from kinerja.language.documents import read
from kinerja.language.plain import identity
from kinerja.language.structure import structure
from kinerja.messages import MESSAGES
from kinerja.model import Allowed, Level, Levels, Rubric

BAD = Path(__file__).parent / "bad" / "rubrics"

#: The number 8 stands twice in each of two groups, and 40 is where text and rule differ.
TWICE = """\
kinerja: 1
id: x
combine: sum
indicators:
  a:
    combine: sum
    indicators:
      hadir: {number: "8", levels: {ya: 1, tidak: 0}}
      kas: {number: "8", levels: {ya: 1, tidak: 0}}
  b:
    combine: sum
    indicators:
      hadir: {number: "8", levels: {ya: 1, tidak: 0}}
      kas:
        number: "8"
        measure: {unit: "%", in: "[0..100]"}
        bands: {1: {when: ">= 40", text: "> 40%"}, 0: {when: "< 40", text: "sampai 40%"}}
"""
#: All that is found in it.
FOUND = [
    ("K213", "indicators.b.indicators.kas.bands.1.when"),
    ("K213", "indicators.b.indicators.kas.bands.0.when"),
    ("K216", "indicators.a.indicators.kas.number"),
    ("K216", "indicators.b.indicators.kas.number"),
]


def found(text: str) -> list[tuple[str, str]]:
    """Code and path of what is found in a rubric."""
    return [(each.code, each.where) for each in kinerja.check(text)]


@pytest.mark.parametrize(
    ("allow", "left"),
    [
        ("", FOUND),
        ("K216: {because: x}", FOUND[:2]),
        ("K213: {because: x}", FOUND[2:]),
        ("K216: {because: x}, K213: {because: x}", []),
        ("nomor: {code: K216, because: x}", FOUND[:2]),
        # A node, and everything in it.
        ("K216: {at: a, because: x}", [*FOUND[:2], FOUND[3]]),
        ("K216: {at: a.kas, because: x}", [*FOUND[:2], FOUND[3]]),
        ("K216: {at: [a, b], because: x}", FOUND[:2]),
        ("K216: {at: total, because: x}", FOUND[:2]),
        # A path as a finding prints it, and everything below it.
        ("K213: {at: indicators.b.indicators.kas.bands.1, because: x}", FOUND[1:]),
        ("K213: {at: indicators.b.indicators.kas.bands.1.when, because: x}", FOUND[1:]),
        ("K213: {at: indicators.b, because: x}", FOUND[2:]),
        ("satu: {code: K216, at: a, because: x}, dua: {code: K216, at: b, because: y}", FOUND[:2]),
        # Twice the same: both silence it.
        ("satu: {code: K216, because: x}, dua: {code: K216, at: b, because: y}", FOUND[:2]),
    ],
)
def test_what_is_allowed_is_not_found(allow: str, left: list[tuple[str, str]]) -> None:
    """An entry silences the findings of its code, everywhere or where it says, and no other."""
    assert left == found(f"{TWICE}allow: {{{allow}}}\n")


@pytest.mark.parametrize(
    ("allow", "where"),
    [
        ("K217: {because: x}", ()),
        ("K216: {at: a.hadir, because: x}", ["indicators.a.indicators.kas.number", FOUND[3][1]]),
        ("K216: {at: kas, because: x}", [FOUND[2][1], FOUND[3][1]]),
        # A path ends where a name ends.
        ("K216: {at: indicators.a.indicators.ka, because: x}", [FOUND[2][1], FOUND[3][1]]),
        ("satu: {code: K216, at: a, because: x}, K216: {at: a.hadir, because: x}", [FOUND[3][1]]),
    ],
)
def test_an_allowance_that_silences_nothing_is_found(allow: str, where: list[str]) -> None:
    """It is named, with the places where its code is still found."""
    *_, last = kinerja.check(f"{TWICE}allow: {{{allow}}}\n")
    assert ("K241", list(where)) == (last.code, last.values["found"])
    assert "warning" == last.severity
    assert last.place is not None


def test_an_error_that_is_to_be_mended_comes_first() -> None:
    """Nobody knows what will be found in a rubric with a gap once it is mended: its allowances are not judged yet."""
    text = TWICE.replace('"< 40"', '"< 30"') + "allow: {K217: {because: x}, K204: {because: x}}\n"
    assert {"K203", "K213", "K216", "K243"} == {code for code, _ in found(text)}


READING = """\
readings:
  nomor:
    settles: numbering
    problem: "Nomor 8 dua kali."
    taken: "b adalah 9"
    because: "urutannya"
    alternatives: {sama: {change: {indicators: {b: {number: "8", levels: {ya: 2}}}}}}
"""


def test_an_allowance_for_another_reading_is_used() -> None:
    """What is found under an alternative alone can be allowed, and the entry then silences something."""
    text = (
        "kinerja: 1\nid: x\ncombine: sum\nindicators:\n"
        '  a: {number: "8", levels: {ya: 1, tidak: 0}}\n  b: {levels: {ya: 1, tidak: 0}}\n'
        f"{READING.replace('settles: numbering', 'settles: silence')}"
    )
    assert () == kinerja.check(text)
    under = [(each.code, each.readings) for each in kinerja.check(text, all_readings=True)]
    assert [("K216", {"nomor": "sama"})] == under
    allowed = f"{text}allow: {{K216: {{because: x}}}}\n"
    assert () == kinerja.check(allowed) == kinerja.check(allowed, all_readings=True)
    assert ["K241"] == [each.code for each in kinerja.check(f"{text}allow: {{K217: {{because: x}}}}\n")]


def test_under_a_broken_alternative_nothing_is_allowed() -> None:
    """An alternative that breaks the rubric is named; an entry is not in use because of it."""
    text = (BAD / "K206-alternative-with-a-gap.yaml").read_text(encoding="utf-8")
    assert ["K206"] == [code for code, _ in found(text)]
    allowed = f"{text}allow: {{K213: {{because: x}}}}\n"
    assert ["K241", "K206"] == [code for code, _ in found(allowed)]


@pytest.mark.parametrize("code", sorted(UNSAFE))
def test_what_makes_a_rubric_unsafe_stays_an_error(code: str) -> None:
    """An entry for it silences nothing, and is named itself; the rubric does not load."""
    for path in sorted(BAD.glob(f"{code}-*.yaml")):
        text = f"{path.read_text(encoding='utf-8')}allow: {{{code}: {{because: x}}}}\n"
        with pytest.raises(kinerja.RubricError):
            kinerja.loads(text)
        assert code in {each.code for each in kinerja.check(text)} | {
            each.values.get("code") for each in kinerja.check(text)
        }


def test_every_error_of_the_proofs_is_unsafe() -> None:
    """The list of what nobody can allow holds whatever `load` refuses a rubric for."""
    refused = set()
    for path in BAD.glob("*.yaml"):
        try:
            rubric = structure(read(path.read_bytes(), name=path.name))
        except KinerjaError:
            continue
        refused |= {each.code for each in findings(rubric, checks=PROOFS) if each.severity == "error"}
    assert {"K203", "K204", "K205", "K208", "K212"} <= refused
    assert set() == {code for code in refused if can_be_allowed(code)}


def test_only_what_a_check_finds_can_be_allowed() -> None:
    """What keeps a rubric from being read, what a sheet is told, what examples show: none of it."""
    assert set() == {code for code in MESSAGES if can_be_allowed(code) and not code.startswith("K2")}
    assert [False] * 5 == [can_be_allowed(code) for code in ("K201", "K202", "K241", "K242", "K243")]
    assert [True] * 5 == [can_be_allowed(code) for code in ("K207", "K209", "K210", "K213", "K217")]


def test_a_reading_cannot_allow() -> None:
    """A reading changes rules; what is found under it is allowed in the rubric itself."""
    text = f"{TWICE}{READING}".replace(
        '{indicators: {b: {number: "8", levels: {ya: 2}}}}', "{allow: {K216: {because: x}}}"
    )
    assert ["K211"] == [each.code for each in kinerja.check(text)]


def test_an_allowance_changes_no_identity() -> None:
    """It says something about the rubric, and changes no answer."""
    rubric = structure(read(TWICE, name="x"))
    assert identity(rubric) == identity(evolve(rubric, allow={"K216": Allowed(because="x")}))


def test_an_allowance_in_python() -> None:
    """It reads as in a file, and one path stands for a list of one."""
    levels = {
        name: Levels(number="8", levels={"ya": Level(score=1), "tidak": Level(score=0)})
        for name in ("a", "b")
    }
    allow = {"K216": Allowed(at="b", because="Dua kali di formulir.")}
    rubric = Rubric(id="x", combine="sum", indicators=levels, allow=allow)
    assert ("b",) == rubric.allow["K216"].at
    assert () == kinerja.check(rubric)
    assert ["K216"] == [each.code for each in kinerja.check(evolve(rubric, allow={}))]


def test_a_region_takes_back_what_it_inherits() -> None:
    """A rubric that extends another inherits what that one allows, and a null takes it back."""
    text = f"{TWICE}allow: {{K216: {{because: x}}}}\n"
    rubric = kinerja.loads(text)
    assert {"K213", "K216"} == {each.code for each in kinerja.check(kinerja.patched(rubric, {"allow": None}))}
    assert {"K213"} == {each.code for each in kinerja.check(kinerja.patched(rubric, {"title": "X"}))}
