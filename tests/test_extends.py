"""Rubrics made from rubrics: `extends`, `kinerja.patched`, and nulls that reach through templates."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import kinerja
from kinerja import Evaluator
from kinerja.checks.examples import run_examples
from kinerja.language.documents import Document, read
from kinerja.language.extends import resolved
from kinerja.language.structure import structure
from kinerja.model import Extends

BASE = """\
kinerja: 1
id: dasar
edition: "2016"
title: "Rubrik dasar"
supersedes: lama
combine: mean
indicators:
  warga:
    title: "Partisipasi warga"
    measure: {unit: "%", in: "[0..100]"}
    bands:
      1: {when: ">= 40"}
      0: {when: "< 40"}
  rapat: {levels: {rutin: 1, tidak: 0}}
examples:
  penuh: {facts: {warga: 40, rapat: rutin}, expect: {total: 1}}
"""
HEAD = "kinerja: 1\nid: wilayah\nextends: dasar\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the rubric that others here extend."""
    (tmp_path / "dasar.yaml").write_text(BASE, encoding="utf-8")
    return tmp_path


def loaded(folder: Path, text: str, name: str = "wilayah.yaml") -> kinerja.Rubric:
    """A rubric from a file of its own in a folder."""
    (folder / name).write_text(text, encoding="utf-8")
    return kinerja.load(folder / name)


def refused(folder: Path, text: str) -> list[str]:
    """The codes that a rubric in a folder is refused with."""
    with pytest.raises(kinerja.RubricError) as caught:
        loaded(folder, text)
    assert list(caught.value.diagnostics) == list(kinerja.check(folder / "wilayah.yaml"))
    return [each.code for each in caught.value.diagnostics]


# --- extends


def test_a_rubric_is_its_base_and_a_patch(folder: Path) -> None:
    """Mappings merge, a null deletes, and the rest is inherited; but for who it is, and examples of other rules."""
    rubric = loaded(
        folder, HEAD + "indicators: {warga: {title: null, bands: {1: {when: '>= 50'}, 0: {when: '< 50'}}}}"
    )
    assert ("wilayah", "", "Rubrik dasar", None) == (
        rubric.id,
        rubric.edition,
        rubric.title,
        rubric.supersedes,
    )
    assert (Extends(rubric="dasar"),) == rubric.extends
    assert ["warga", "rapat"] == list(rubric.indicators)
    assert ("", {}) == (rubric.indicators["warga"].title, dict(rubric.examples))
    result = Evaluator(rubric).evaluate({"warga": 45, "rapat": "rutin"}).complete()
    assert (result.total, ("dasar",)) == (result.trail.nodes["total"].score, result.trail.rubric.extends)
    assert 0 == result["warga"].score


def test_identity_is_that_of_what_comes_of_it(folder: Path) -> None:
    """A rubric that says the same without extending anything has the same identity."""
    whole = BASE.replace("id: dasar", "id: wilayah").replace('edition: "2016"\n', "")
    extending = loaded(folder, HEAD)
    assert Evaluator(kinerja.loads(whole)).identity == Evaluator(extending).identity
    assert extending == kinerja.patched(extending, {})


def test_a_chain_is_followed_to_its_end(folder: Path) -> None:
    """Each rubric of a chain lies on the next; the trail names all of them, the nearest first."""
    (folder / "tengah.yaml").write_text(
        'kinerja: 1\nid: tengah\nedition: "2"\nextends: {rubric: dasar, edition: "2016"}\n'
        "indicators: {rapat: null, tambah: {levels: {a: 1, b: 0}}}\n",
        encoding="utf-8",
    )
    rubric = loaded(
        folder, HEAD.replace("dasar", 'tengah\ntitle: "Wilayah"') + "indicators: {tambah: {title: T}}\n"
    )
    assert ["warga", "tambah"] == list(rubric.indicators)
    trail = Evaluator(rubric).evaluate({"warga": 40, "tambah": "a"}).trail
    assert (("tengah", "dasar@2016"), "Wilayah") == (trail.rubric.extends, trail.rubric.title)
    assert (1, "T") == (trail.total, trail.nodes["tambah"].title)


def test_a_null_in_the_middle_of_a_chain_is_kept_for_what_lies_under_it(folder: Path) -> None:
    """What one rubric deletes and the next one says anew is there; what only the first had is not."""
    (folder / "tengah.yaml").write_text(
        "kinerja: 1\nid: tengah\nextends: dasar\nindicators: {warga: {bands: {1: null}}}\n", encoding="utf-8"
    )
    text = HEAD.replace("dasar", "tengah") + "indicators: {warga: {bands: {2: {when: '>= 40'}}}}\n"
    warga = loaded(folder, text).indicators["warga"]
    assert ["0", "2"] == list(warga.bands)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("extends: tidak-ada", "K122"),
        ('extends: {rubric: dasar, edition: "2015"}', "K122"),
        ("extends: wilayah", "K120"),
        ("extends: putar", "K120"),
        ("extends: ../dasar", "K122"),
        ("extends: sub/dasar", "K122"),
        ("extends: /etc/passwd", "K122"),
        ("extends: .dasar", "K122"),
        ("extends: tautan", "K122"),
        ("extends: menyamar", "K122"),
        ("extends: folder", "K122"),
        (f"extends: {'x' * 5_000}", "K122"),
        ('extends: {rubric: dasar, edition: "../dasar"}', "K122"),
        ('extends: {rubric: dasar, edition: "\\0"}', "K122"),
        (f"extends: {{rubric: dasar, edition: {'9' * 5_000}}}", "K122"),
        ("extends: [dasar]", "K103"),
        ("extends: {edition: '2016'}", "K102"),
        ("extends: {rubric: dasar, editon: '2016'}", "K101"),
    ],
)
def test_what_cannot_be_extended_is_refused_at_its_place(folder: Path, text: str, code: str) -> None:
    """Only a regular file directly beside a rubric, or a bundled one, that says to be what is asked for."""
    (folder / "sub").mkdir()
    (folder / "folder.yaml").mkdir()
    (folder / "sub" / "dasar.yaml").write_text(BASE, encoding="utf-8")
    (folder / "putar.yaml").write_text("kinerja: 1\nid: putar\nextends: wilayah\n", encoding="utf-8")
    (folder / "menyamar.yaml").write_text(BASE, encoding="utf-8")
    (folder / "sub" / "tautan.yaml").write_text(BASE.replace("id: dasar", "id: tautan"), encoding="utf-8")
    (folder / "tautan.yaml").symlink_to(folder / "sub" / "tautan.yaml")
    assert [code] == refused(folder, f"kinerja: 1\nid: wilayah\n{text}\n")[:1]


def test_an_edition_may_stand_in_the_name_of_a_file(folder: Path) -> None:
    """Which file says to be the edition counts, not how it is called; where two are there, one has to be named."""
    (folder / "dasar@2015.yaml").write_text(
        BASE.replace("2016", "2015").replace("40", "30"), encoding="utf-8"
    )
    for edition, found in (("2015", 1), ("2016", 0)):
        rubric = loaded(folder, HEAD.replace("dasar", f'{{rubric: dasar, edition: "{edition}"}}'))
        assert found == Evaluator(rubric).evaluate({"warga": 35})["warga"].score
    with pytest.raises(
        kinerja.RubricError, match=r"3:10: error K547.*\n.*\n.*\n.*\n.*dasar@2016, dasar@2015"
    ):
        loaded(folder, HEAD)
    (folder / "dasar@baru.yaml").write_text(BASE, encoding="utf-8")
    named = HEAD.replace("dasar", '{rubric: dasar, edition: "2016"}')
    assert ["K550"] == refused(folder, named)
    with pytest.raises(kinerja.RubricError, match=r'"dasar@2016" .*dasar\.yaml, .*dasar@baru\.yaml'):
        loaded(folder, named)


def test_an_edition_extends_another_one_by_its_name(folder: Path) -> None:
    """Rules that change become a new edition of a few lines; what it rests on has to be said, and is no circle."""
    text = HEAD.replace("wilayah", 'dasar\nedition: "2020"')
    named = text.replace("extends: dasar", 'extends: {rubric: dasar, edition: "2016"}')
    rubric = loaded(folder, named + "indicators: {rapat: null}\n", "dasar@2020.yaml")
    assert ("2020", ["warga"]) == (rubric.edition, list(rubric.indicators))
    for circle in (text, named.replace("2016", "2020")):
        with pytest.raises(kinerja.RubricError, match=r"K120: .*: dasar@2020 → dasar"):
            loaded(folder, circle, "dasar@2020.yaml")


def test_a_bundled_rubric_can_be_extended_from_anywhere(folder: Path) -> None:
    """What does not stand beside a file is looked for among the bundled rubrics, also from a text."""
    text = 'kinerja: 1\nid: kota\nextends: {rubric: pk-bkm, edition: "2017"}\nshown: 0.01\n'
    rubric = loaded(folder, text)
    assert rubric == kinerja.loads(text) == structure(resolved_document(text))
    assert () == kinerja.check(text)
    assert list(kinerja.load("pk-bkm").indicators) == list(rubric.indicators)
    (folder / "pk-bkm.yaml").write_text(BASE.replace("id: dasar", "id: pk-bkm"), encoding="utf-8")
    nearer = loaded(folder, text.replace(', edition: "2017"', ""))
    assert ["warga", "rapat"] == list(nearer.indicators)


def resolved_document(text: str) -> Document:
    """A document with the bundled rubric that it extends laid under it; checked as one, it is not resolved again."""
    base = read(kinerja.bundled()["pk-bkm"].read_bytes(), name="pk-bkm.yaml")
    document = resolved(read(text, name="kota"), lambda *_: [base])
    assert document is resolved(document, lambda *_: [])
    assert () == kinerja.check(document)
    return document


def test_findings_stand_where_their_line_was_written(folder: Path) -> None:
    """What the patch breaks is found in the patch, what the base broke in the base."""
    text = HEAD + "indicators:\n  warga:\n    bands:\n      1: {when: '> 40'}\n"
    assert ["K203"] == refused(folder, text)
    (gap,) = kinerja.check(folder / "wilayah.yaml")
    assert (str(folder / "wilayah.yaml"), 6) == (gap.place.source.name, gap.place.line)
    (folder / "dasar.yaml").write_text(BASE.replace("tidak: 0", "tidak: nol"), encoding="utf-8")
    assert ["K180"] == refused(folder, HEAD)
    (name,) = kinerja.check(folder / "wilayah.yaml")
    assert (str(folder / "dasar.yaml"), 14) == (name.place.source.name, name.place.line)
    assert "tidak: nol" in name.render("en")


def test_a_base_that_cannot_be_read_is_told_with_its_own_name(folder: Path) -> None:
    """A broken YAML in the base is a finding with the place in the base."""
    (folder / "dasar.yaml").write_text(BASE + "title: [\n", encoding="utf-8")
    assert refused(folder, HEAD)
    assert kinerja.check(folder / "wilayah.yaml")[0].place.source.name == str(folder / "dasar.yaml")
    (folder / "dasar.yaml").write_text("- daftar\n", encoding="utf-8")
    assert ["K122"] == refused(folder, HEAD)


def test_a_changed_base_is_seen(folder: Path) -> None:
    """A rubric that rests on another text is read anew with it."""
    before = loaded(folder, HEAD)
    (folder / "dasar.yaml").write_text(BASE.replace("Rubrik dasar", "Rubrik baru"), encoding="utf-8")
    assert ("Rubrik dasar", "Rubrik baru") == (before.title, kinerja.load(folder / "wilayah.yaml").title)


# --- patched


def test_a_rubric_patched_in_python(folder: Path) -> None:
    """Mappings merge, lists are replaced, None deletes; numbers and truth values are what they say."""
    base = kinerja.loads(BASE)
    changed = kinerja.patched(
        base,
        {
            "title": "Lain",
            "indicators": {"warga": {"may-not-apply": True, "examples": {"45": 1}}, "rapat": None},
            "scale": {"from": [0, 1], "to": [0, 100]},
        },
    )
    assert ("Lain", ["warga"]) == (changed.title, list(changed.indicators))
    assert 100 == Evaluator(changed).evaluate({"warga": 40}).complete().total
    assert "Rubrik dasar" == base.title
    assert [True, False] == [result.holds for result in run_examples(changed)]
    assert base == kinerja.patched(
        changed,
        {
            "title": "Rubrik dasar",
            "scale": None,
            "indicators": {
                "warga": {"may-not-apply": None, "examples": None},
                "rapat": {"levels": {"rutin": 1, "tidak": 0}},
            },
        },
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"indicators": {"warga": {"bands": {"1": {"when": "> 40"}}}}}, "K203"),
        ({"indikator": {}}, "K101"),
        ({"indicators": {"warga": {"bands": {"1": None}}}}, "K203"),
        ({"indicators": None}, "K198"),
        ({"combine": None}, "K102"),
        ({"combine": 3}, "K196"),
    ],
)
def test_a_patch_that_breaks_a_rubric_is_refused(change: dict[str, object], code: str) -> None:
    """What comes of a patch is proved like a rubric from a file."""
    with pytest.raises(kinerja.RubricError) as caught:
        kinerja.patched(kinerja.loads(BASE), change)
    assert code == caught.value.diagnostics[0].code


def test_a_rubric_made_in_python_is_patched_like_one_from_a_file() -> None:
    """A rubric without a text has a document that says the same."""
    made = attrs.evolve(kinerja.loads(BASE), origin=None)
    assert "Lain" == kinerja.patched(made, {"title": "Lain"}).title


# --- nulls and templates

TEMPLATE = """\
kinerja: 1
id: pola
combine: mean
each:
  each: {assessor: kota, levels: {x: 1}, aspect: Umum}
  combine: mean
indicators:
  satu:
    indicators:
      a: {}
      b: {assessor: null, aspect: null}
      c:
  dua:
    each: {assessor: null, aspect: Dua}
    indicators: {a: {}, b: {assessor: desa}}
assessors: {kota: Kota, desa: Desa}
"""


def assessors(rubric: kinerja.Rubric) -> dict[str, tuple[str, str]]:
    """Who assesses each indicator, and its aspect."""
    nodes = Evaluator(rubric).plan.nodes
    return {path: (node.assessor, node.model.aspect) for path, node in nodes.items() if "." in path}


def test_a_null_reaches_through_two_templates() -> None:
    """A null in a child, or in its group's template, deletes what the template above says; a null child is gone."""
    assert {
        "satu.a": ("kota", "Umum"),
        "satu.b": ("", ""),
        "dua.a": ("", "Dua"),
        "dua.b": ("desa", "Dua"),
    } == assessors(kinerja.loads(TEMPLATE.replace("      c:\n", "      c: null\n")))


def test_a_null_in_a_patch_reaches_a_template() -> None:
    """A patch on a template changes every child; a null for one child keeps the template from it alone."""
    base = kinerja.loads(TEMPLATE.replace("      c:\n", ""))
    changed = kinerja.patched(
        base,
        {
            "each": {"each": {"assessor": None}},
            "indicators": {"satu": {"indicators": {"a": {"aspect": None}}}},
        },
    )
    assert {
        "satu.a": ("", ""),
        "satu.b": ("", ""),
        "dua.a": ("", "Dua"),
        "dua.b": ("desa", "Dua"),
    } == assessors(changed)
    gone = kinerja.patched(base, {"indicators": {"satu": {"indicators": {"b": None}}}})
    assert ["satu.a", "dua.a", "dua.b"] == list(assessors(gone))


def test_a_null_in_a_chosen_reading_reaches_a_template() -> None:
    """An alternative may take from one child what the template gives to all."""
    reading = (
        "readings: {r: {settles: text, problem: p, taken: t, because: b, alternatives: {x: {change: "
        "{indicators: {satu: {indicators: {a: {assessor: null}}}}}}}}}\n"
    )
    rubric = kinerja.loads(TEMPLATE.replace("      c:\n", "") + reading)
    nodes = Evaluator(rubric, readings={"r": "x"}).plan.nodes
    assert ("", "kota") == (nodes["satu.a"].assessor, Evaluator(rubric).plan.nodes["satu.a"].assessor)


def test_a_template_does_not_reach_what_stands_aside() -> None:
    """`each` is for the indicators that are counted."""
    text = TEMPLATE.replace("      c:\n", "") + "aside: {puncak: {formula: 'max(children.score)'}}\n"
    assert ("", "") == (
        Evaluator(kinerja.loads(text)).plan.nodes["puncak"].assessor,
        Evaluator(kinerja.loads(text)).plan.nodes["puncak"].model.aspect,
    )
