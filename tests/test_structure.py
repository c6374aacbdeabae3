"""Structure: every key known, every value of its type, every fault at its place, all of them at once."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import attrs
import pytest

import kinerja
from kinerja.errors import KinerjaError
from kinerja.feel import Condition, Formula
from kinerja.language.documents import Document, plant, read
from kinerja.language.plain import plain
from kinerja.language.structure import KINDS, WAYS, keys_of, structure
from kinerja.model import (
    Allowed,
    Alternative,
    Answer,
    Assessor,
    Award,
    Band,
    Bands,
    Cap,
    Choice,
    Citation,
    Derived,
    Direct,
    Evidence,
    Example,
    Extends,
    Fact,
    Gate,
    Grade,
    Group,
    Ladder,
    Level,
    Levels,
    Number,
    Option,
    Reading,
    Rubric,
    Scale,
    Set,
    Source,
    Step,
    Valid,
    YesNo,
)
from kinerja.numbers import Rounding
from kinerja.shapes import Case, where

#: Everything that the language has, on one page; much of it no engine evaluates yet.
WHOLE = """\
kinerja: 1
id: semua
edition: "2017"
valid: {from: 2017-04-05, until: 2018-01-01}
supersedes: {rubric: lama, edition: "2016"}
extends: dasar
language: en
title: Judul
aspect: Aspek
text: Teks
note: Catatan
assessor: fgd
better: lower
cap: "[0..100]"
scale: {from: [0, 2], to: [0, 100]}
round: {to: 0.01, mode: half-even}
shown: 0.1
combine: sum
source: kak
sources:
  kak: Kerangka acuan
  paparan: {title: Paparan, publisher: KOTAKU, dated: 2017-01-25, text: Salindia, note: ringkas}
assessors:
  fgd: Peserta FGD
  kota: {title: Kota, text: Tim kota, note: ringkas}
evidence:
  foto: Foto
  surat: {text: Surat, signer: Lurah, note: ringkas}
facts:
  luas:
    {title: L, text: Teks, unit: ha, in: "> 0", step: 0.5, missing: 1, source: [kak, {in: paparan, at: "5"}], note: n}
  turunan: {kind: number, from: luas * 2, round: {to: 1, mode: up}}
  lokasi: {options: {kumuh: Kumuh, cegah: {title: Cegah, text: Teks, note: n}}}
  peran: {kind: choice, options: {rt: RT}}
  dokumen: {kind: set, options: {nol: 0%}}
  ada: {kind: yes-no, missing: false}
indicators:
  pita:
    number: 1
    weight: 5%
    applies: {lokasi: kumuh}
    missing: exclude
    may-not-apply: true
    shown: {to: 0.01, mode: down}
    measure: {unit: "%"}
    bands:
      2: {when: "> 40", title: T, text: t, source: {in: kak, text: kutipan}, note: n}
      lain: {when: [{luas: "1"}, {lokasi: kumuh, ada: true}], score: none, because: tidak diuji}
    examples: {41: 2, 0.5: 1/3}
  jenjang:
    weight: [{when: {lokasi: kumuh}, is: 70%}, {when: {lokasi: cegah}, is: 0.6}]
    measure: {title: Tanya, text: Teks, missing: A, source: kak, note: n}
    levels:
      AA: 100
      A: {score: luas + 1, because: b, title: T, text: t, source: kak, note: n}
  tangga:
    measure: {title: Tanya}
    ladder:
      satu: 1
      dua: {score: 2, all: {a: Satu, b: Dua}, title: T, text: t, source: kak, note: n}
    otherwise: 0
  nilai:
    direct: {in: "[0..10]", step: 1}
  rumus:
    formula: [{when: {ada: true}, is: luas * 2}, {when: {ada: false}, is: none}]
  kelompok:
    combine: mean
    indicators:
      dalam: {levels: {true: 1, false: 0}}
    aside:
      samping: {formula: max(children.score)}
    grades:
      kurang: {when: "< 1", title: K, text: t, source: kak, note: n}
      baik:
        when: {value: ">= 1", dalam.score: "1"}
        awards: {insentif: {amount: 250000, currency: IDR, words: dua ratus lima puluh ribu, text: t, source: kak}}
      utama: {when: none, awards: {bonus: {from: 1, to: 2}}}
    requires:
      amdal: {when: {ada: true}, grade: kurang, text: t, source: kak, note: n}
readings:
  D1:
    settles: gap
    problem: p
    taken: t
    because: b
    quote: q
    by: {who: pustaka}
    at: [pita, jenjang]
    source: kak
    note: n
    alternatives:
      lain: {text: t, change: {scale: null, indicators: {pita: {bands: {2: {when: ">= 40"}}}}}}
examples:
  e1:
    facts: {lokasi: kumuh, pita: 41, dokumen: [nol]}
    on: 2017-05-01
    readings: {D1: lain}
    expect: {total: 1, missing: [a, b]}
    note: n
  e2: {like: e1}
allow:
  K213: {because: b}
  nomor: {code: K216, at: [pita, indicators.jenjang], because: b}
"""

KAK = (Citation(document="kak"),)


def everything() -> Rubric:
    """The same page, written in Python."""
    common: dict[str, Any] = {"title": "T", "text": "t", "source": KAK, "note": "n"}
    return Rubric(
        id="semua",
        edition="2017",
        valid=Valid(since=dt.date(2017, 4, 5), until=dt.date(2018, 1, 1)),
        supersedes=Extends(rubric="lama", edition="2016"),
        extends=(Extends(rubric="dasar"),),
        language="en",
        title="Judul",
        aspect="Aspek",
        text="Teks",
        note="Catatan",
        assessor="fgd",
        better="lower",
        cap=Cap(within="[0..100]"),
        scale=Scale(low=(0, 2), to=(0, 100)),
        round=Rounding(0.01, mode="half-even"),
        shown=0.1,
        combine="sum",
        source=KAK,
        sources={
            "kak": Source(title="Kerangka acuan"),
            "paparan": Source(
                title="Paparan",
                publisher="KOTAKU",
                dated=dt.date(2017, 1, 25),
                text="Salindia",
                note="ringkas",
            ),
        },
        assessors={
            "fgd": Assessor(title="Peserta FGD"),
            "kota": Assessor(title="Kota", text="Tim kota", note="ringkas"),
        },
        evidence={
            "foto": Evidence(text="Foto"),
            "surat": Evidence(text="Surat", signer="Lurah", note="ringkas"),
        },
        facts={
            "luas": Number(
                title="L",
                text="Teks",
                unit="ha",
                within="> 0",
                step=0.5,
                missing="1",
                source=(Citation(document="kak"), Citation(document="paparan", at="5")),
                note="n",
            ),
            "turunan": Number(formula="luas * 2", round=Rounding(1, mode="up")),
            "lokasi": Choice(
                options={
                    "kumuh": Option(title="Kumuh"),
                    "cegah": Option(title="Cegah", text="Teks", note="n"),
                }
            ),
            "peran": Choice(options={"rt": Option(title="RT")}),
            "dokumen": Set(options={"nol": Option(title="0%")}),
            "ada": YesNo(missing="false"),
        },
        indicators={
            "pita": Bands(
                number="1",
                weight="5%",
                applies={"lokasi": "kumuh"},
                missing="exclude",
                may_not_apply=True,
                shown=Rounding(0.01, mode="down"),
                measure=Number(unit="%"),
                bands={
                    "2": Band(
                        when="> 40",
                        title="T",
                        text="t",
                        source=Citation(document="kak", text="kutipan"),
                        note="n",
                    ),
                    "lain": Band(
                        when=[{"luas": "1"}, {"lokasi": "kumuh", "ada": True}],
                        score="none",
                        because="tidak diuji",
                    ),
                },
                examples={"41": Fraction(2), "0.5": Fraction(1, 3)},
            ),
            "jenjang": Levels(
                weight=[
                    {"when": {"lokasi": "kumuh"}, "is": "70%"},
                    {"when": {"lokasi": "cegah"}, "is": "0.6"},
                ],
                measure=Answer(title="Tanya", text="Teks", missing="A", source=KAK, note="n"),
                levels={"AA": Level(score=100), "A": Level(score="luas + 1", because="b", **common)},
            ),
            "tangga": Ladder(
                measure=Answer(title="Tanya"),
                ladder={"satu": Step(score=1), "dua": Step(score=2, all={"a": "Satu", "b": "Dua"}, **common)},
                otherwise=0,
            ),
            "nilai": Direct(direct=Number(within="[0..10]", step=1)),
            "rumus": Derived(
                formula=[{"when": {"ada": True}, "is": "luas * 2"}, {"when": {"ada": False}, "is": "none"}]
            ),
            "kelompok": Group(
                combine="mean",
                indicators={"dalam": Levels(levels={"true": Level(score=1), "false": Level(score=0)})},
                aside={"samping": Derived(formula="max(children.score)")},
                grades={
                    "kurang": Grade(when="< 1", **{**common, "title": "K"}),
                    "baik": Grade(
                        when={"value": ">= 1", "dalam.score": "1"},
                        awards={
                            "insentif": Award(
                                amount=250000,
                                currency="IDR",
                                words="dua ratus lima puluh ribu",
                                text="t",
                                source=KAK,
                            )
                        },
                    ),
                    "utama": Grade(when="none", awards={"bonus": Award(low=1, high=2)}),
                },
                requires={"amdal": Gate(when={"ada": True}, grade="kurang", text="t", source=KAK, note="n")},
            ),
        },
        readings={
            "D1": Reading(
                settles="gap",
                problem="p",
                taken="t",
                because="b",
                quote="q",
                by={"who": "pustaka"},
                at=("pita", "jenjang"),
                source=KAK,
                note="n",
                alternatives={
                    "lain": Alternative(
                        text="t",
                        change={"scale": None, "indicators": {"pita": {"bands": {"2": {"when": ">= 40"}}}}},
                    )
                },
            )
        },
        examples={
            "e1": Example(
                facts={"lokasi": "kumuh", "pita": "41", "dokumen": ["nol"]},
                on=dt.date(2017, 5, 1),
                readings={"D1": "lain"},
                expect={"total": "1", "missing": ["a", "b"]},
                note="n",
            ),
            "e2": Example(like="e1"),
        },
        allow={
            "K213": Allowed(because="b"),
            "nomor": Allowed(code="K216", at=("pita", "indicators.jenjang"), because="b"),
        },
    )


def parts(value: object) -> list[object]:
    """A thing of the model and every thing of the model inside it."""
    found: list[object] = [value] if attrs.has(type(value)) else []
    if attrs.has(type(value)):
        cls: Any = type(value)
        inside = [getattr(value, field.name) for field in attrs.fields(cls) if field.name != "origin"]
    elif hasattr(value, "values"):
        inside = list(value.values())
    else:
        inside = list(value) if isinstance(value, tuple) else []
    return found + [part for each in inside for part in parts(each)]


def faults(text: str) -> list[tuple[str, str, str]]:
    """The codes, paths and places of what is wrong with a text."""
    with pytest.raises(KinerjaError) as caught:
        structure(read(text, name="x"))
    return [(each.code, each.where, str(each.place).partition(":")[2]) for each in caught.value.diagnostics]


def test_every_key_means_the_same_in_a_file_and_in_python() -> None:
    """The page with everything equals what Python says with the names of the model."""
    assert everything() == structure(read(WHOLE, name="semua.yaml"))


def test_the_page_has_everything() -> None:
    """Each class of the model and each of its fields is used on the page, so that nothing goes untested."""
    said: dict[type, set[str]] = {}
    for part in parts(everything()):
        cls: Any = type(part)
        defaults = {field.name: field for field in attrs.fields(cls)}
        for name, field in defaults.items():
            default = field.default.factory() if hasattr(field.default, "factory") else field.default
            if getattr(part, name) != default:
                said.setdefault(cls, set()).add(name)
    indicators = {name for cls in (Bands, Levels, Ladder, Direct, Derived, Group) for name in said[cls]}
    for cls in (*said, *WAYS.values(), *KINDS.values()):
        fields = {field.name for field in attrs.fields(cls)} - {"origin", "kinerja"}
        if issubclass(cls, (Bands, Levels, Ladder, Direct, Derived, Group)):
            fields &= {field.name for field in attrs.fields(cls)} - indicators - said.get(Rubric, set())
            assert set() == fields
        elif issubclass(cls, Fact):
            facts = {name for kind in (*KINDS.values(), Answer) for name in said[kind]}
            assert set() == fields - facts
        else:
            assert fields == said[cls] | ({"kinerja"} & fields), cls


@pytest.mark.parametrize(
    "rubric", [everything(), structure(read(WHOLE, name="x")), kinerja.load("pk-bkm")], ids=str
)
def test_a_rubric_written_out_reads_back(rubric: Rubric) -> None:
    """The plain form of a rubric is a rubric that equals it, and its plain form is the same again."""
    again = structure(Document(plant(plain(rubric)), read("x: 1", name="x").source))
    assert rubric == again
    assert plain(rubric) == plain(again)


@pytest.mark.parametrize(
    "chosen", [(n, a) for n, r in kinerja.load("pk-bkm").readings.items() for a in r.alternatives]
)
def test_every_reading_written_out_reads_back(chosen: tuple[str, str]) -> None:
    """So is the plain form of each alternative of a bundled rubric."""
    rubric = kinerja.Evaluator(kinerja.load("pk-bkm"), readings=dict([chosen])).plan.rubric
    assert rubric == structure(Document(plant(plain(rubric)), read("x: 1", name="x").source))


# --- short and long


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("sources: {kak: Judul}", "sources: {kak: {title: Judul}}"),
        ("assessors: {fgd: Judul}", "assessors: {fgd: {title: Judul}}"),
        ("evidence: {foto: Foto}", "evidence: {foto: {text: Foto}}"),
        ("source: kak", "source: [{in: kak}]"),
        ("source: {in: kak}", "source: [kak]"),
        ("extends: dasar", "extends: {rubric: dasar}"),
        ('cap: "<= 10"', 'cap: {within: "<= 10"}'),
        ("shown: 0.01", "shown: {to: 0.01, mode: half-up}"),
        ("facts: {l: {options: {a: A}}}", "facts: {l: {kind: choice, options: {a: {title: A}}}}"),
        ("facts: {l: {}}", "facts: {l: {kind: number}}"),
        ("facts: {l: }", "facts: {l: {}}"),
        ('requires: {a: {when: "> 1"}}', 'requires: {a: {when: {value: "> 1"}}}'),
        ('requires: {a: {when: {b: "1"}}}', 'requires: {a: {when: [{b: "1"}]}}'),
        ("indicators: {a: {levels: {x: 1}}}", "indicators: {a: {levels: {x: {score: 1}}}}"),
        ("indicators: {a: {ladder: {x: 1}}}", "indicators: {a: {ladder: {x: {score: 1}}}}"),
        ("indicators: {a: {weight: 5%, levels: {x: 1}}}", "indicators: {a: {weight: 1/20, levels: {x: 1}}}"),
    ],
)
def test_short_and_long_forms_are_one(short: str, long: str) -> None:
    """What may be written in several ways is read as one thing."""
    one, other = (structure(read(f"kinerja: 1\nid: x\n{text}\n", name="x")) for text in (short, long))
    assert one == other


def test_text_without_quotes_is_told_apart_in_examples() -> None:
    """The facts of an example keep whether they stood in quotes, for the fact to decide what they mean."""
    rubric = structure(read("kinerja: 1\nid: x\nexamples: {a: {facts: {b: 1, c: '1', d: null}}}\n", name="x"))
    facts = rubric.examples["a"].facts
    assert ["Written", "str"] == [type(facts[name]).__name__ for name in ("b", "c")]
    assert "d" not in facts


def test_a_rubric_remembers_its_document() -> None:
    """The document is kept beside the rubric and takes no part in equality."""
    document = read(WHOLE, name="x")
    rubric = structure(document)
    assert document is rubric.origin
    assert rubric is document.rubric
    assert None is everything().origin


# --- what is wrong


def test_several_faults_come_at_once() -> None:
    """Faults of every part are told together, each with its path and place."""
    text = (
        "kinerja: 1\n"
        "id: x\n"
        "valid: {from: kemarin, untill: 2018-01-01}\n"
        "scale: {from: [0, x], to: [0]}\n"
        "round: {to: 1, mod: up}\n"
        "indicators:\n"
        "  A: {levels: {x: 1}}\n"
        '  b: {weight: berat, levels: {x: {score: 1, skor: 2}}, applies: [{c: "30,5"}]}\n'
        "  c: {weight: [{when: {a: x}}, {is: 1, wen: {}}, {when: {b: '1'}, is: x}, 5]}\n"
        '  d: {bands: {1: {when: "> 1"}}, measure: {kind: teks}, source: [kak, {at: x}]}\n'
    )
    assert [
        ("K114", "valid.from", "3:15"),
        ("K101", "valid.untill", "3:24"),
        ("K130", "scale.from.1", "4:19"),
        ("K118", "scale.to", "4:27"),
        ("K101", "round.mod", "5:16"),
        ("K102", "round", "5:8"),
        ("K108", "indicators.A", "7:3"),
        ("K130", "indicators.b.weight", "8:15"),
        ("K101", "indicators.b.levels.x.skor", "8:45"),
        ("K154", "indicators.b.applies.0.c", "8:71"),
        ("K106", "indicators.c", "9:3"),
        ("K105", "indicators.d.measure.kind", "10:50"),
        ("K102", "indicators.d.source.1", "10:71"),
    ] == faults(text)


def test_faults_in_cases_are_told_each() -> None:
    """A list of cases names what is wrong with each of its entries."""
    text = (
        "kinerja: 1\nid: x\nindicators:\n"
        "  c: {levels: {x: 1}, weight: [{when: {a: x}}, {is: 1, wen: {}}, {when: {b: '30,5'}, is: x}, 5]}\n"
    )
    assert [
        ("K102", "indicators.c.weight.0", "4:32"),
        ("K101", "indicators.c.weight.1.wen", "4:56"),
        ("K102", "indicators.c.weight.1", "4:48"),
        ("K154", "indicators.c.weight.2.when.b", "4:78"),
        ("K130", "indicators.c.weight.2.is", "4:90"),
        ("K103", "indicators.c.weight.3", "4:94"),
    ] == faults(text)


def keyed() -> list[Any]:
    """Every class of the model with the path at which the page above has one, and its keys."""
    rubric = structure(read(WHOLE, name="x"))
    return [
        pytest.param(type(part), path, id=".".join(path) or "rubric")
        for path, part in located(rubric, ())
        if not isinstance(part, Case)
    ]


def located(part: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    """Every instance inside a rubric that is written as a mapping on the page, with its path."""
    found = [(path, part)]
    for key, attribute in keys_of(type(part)).items():
        value = getattr(part, attribute.name) if attribute is not None else None
        if attrs.has(type(value)) and not isinstance(value, (Rounding, Condition, Formula)):
            found += located(value, (*path, key))
        elif hasattr(value, "items") and value and all(attrs.has(type(each)) for each in value.values()):
            for name, each in value.items():
                if not isinstance(each, (Condition, Formula)):
                    found += located(each, (*path, key, name))
    return found


@pytest.mark.parametrize(("cls", "path"), keyed())
def test_a_misspelt_key_is_named_on_every_level(cls: type, path: tuple[str, ...]) -> None:
    """Wherever a key may stand, one with a slip of the hand is refused, and the right one suggested."""
    data: Any = plain(everything())
    inside = data
    for step in path:
        inside = inside[step]
    right = max(keys_of(cls), key=len)
    wrong = right[:-1] + "x"
    inside[wrong] = "1"
    with pytest.raises(KinerjaError) as caught:
        structure(Document(plant(data), read("x: 1", name="x").source))
    (diagnostic,) = (each for each in caught.value.diagnostics if each.code == "K101")
    assert ".".join((*path, wrong)) == diagnostic.where
    assert right == diagnostic.values["suggestion"]
    assert right in diagnostic.values["known"]


@pytest.mark.parametrize("key", ["weight", "applies", "missing", "may-not-apply", "number"])
def test_the_outermost_group_has_fewer_keys(key: str) -> None:
    """What only means something inside a group is no key of the rubric itself."""
    assert [("K101", key, "3:1")] == faults(f"kinerja: 1\nid: x\n{key}: 1\n")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Luas", "K108"),
        ("luas awal", "K108"),
        ("1a", "K108"),
        ("_a", "K108"),
        ("a.b", "K108"),
        ('"a\\n"', "K108"),
        ("total", "K111"),
        ("sqrt", "K111"),
        ("lúas", "K110"),
        ("''", "K108"),
    ],
)
def test_names_that_no_condition_could_say(name: str, code: str) -> None:
    """Facts and nodes have names that conditions and formulas can write."""
    assert code in {found for found, _, _ in faults(f"kinerja: 1\nid: x\nfacts:\n  {name}: {{}}\n")}


@pytest.mark.parametrize(
    "name", ["70/30", "A+", "kelas-a", "2017-04-05", "5", "x.y", "-", "Total", "true", ">5", "[1..2]"]
)
def test_ids_are_freer(name: str) -> None:
    """Options, levels and bands may be called what the form prints."""
    text = f"kinerja: 1\nid: x\ncombine: mean\nindicators: {{a: {{levels: {{'{name}': 1, lain: 0}}}}}}\n"
    assert [name, "lain"] == list(kinerja.loads(text).indicators["a"].levels)  # type: ignore[attr-defined]
    assert 1 == kinerja.Evaluator(kinerja.loads(text)).evaluate({"a": name}).trail.total


def test_where_is_one_shape() -> None:
    """A test, a mapping and a list of mappings in a file are what `where` makes of them in Python."""
    text = "kinerja: 1\nid: x\nrequires: {a: {when: '> 1'}, b: {when: {c: '1'}}, d: {when: [{e: '1'}, {f: '2'}]}}\n"
    rubric = structure(read(text, name="x"))
    assert [where("> 1"), where({"c": "1"}), where([{"e": "1"}, {"f": "2"}])] == [
        gate.when for gate in rubric.requires.values()
    ]


def test_a_condition_that_is_nothing_is_refused() -> None:
    """A null in a list of conditions, or a list in a list, is no condition."""
    assert [("K103", "requires.a.when.0", "3:23")] == faults(
        "kinerja: 1\nid: x\nrequires: {a: {when: [[x]]}}\n"
    )
