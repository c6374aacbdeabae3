"""Rubrics by id and from files, and what `load` and `check` take for which."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import kinerja
from kinerja.language.documents import read

SMALL = 'kinerja: 1\nid: kecil\ncombine: mean\nindicators: {a: {levels: {ya: 1, tidak: 0}, title: "A"}}\n'
#: A warning is no reason to refuse; a gap is.
DOUBTFUL = SMALL.replace('title: "A"', 'applies: {n: "> 1.000"}') + "facts: {n: {}}\n"
BROKEN = SMALL.replace("levels: {ya: 1, tidak: 0}", "measure: {}, bands: {1: {when: '> 0'}}")
#: Sound itself, with an alternative that is not.
READ = SMALL + (
    "readings: {r: {settles: gap, problem: p, taken: t, because: b, "
    "alternatives: {x: {change: {combine: acak}}}}}\n"
)


@pytest.mark.parametrize("name", ["kota.yaml", "kota.yml", "kota.json", "folder/kota"])
def test_a_rubric_is_loaded_from_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path, or text that looks like one, is a file, whose name stands in front of what is wrong with it."""
    (tmp_path / "folder").mkdir()
    (tmp_path / name).write_text(SMALL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert kinerja.loads(SMALL) == kinerja.load(name) == kinerja.load(Path(name))
    assert () == kinerja.check(name) == kinerja.check(Path(name))
    (tmp_path / name).write_text(BROKEN, encoding="utf-8")
    assert f"{name}:4:" in str(kinerja.check(name)[0].place)
    with pytest.raises(kinerja.RubricError) as caught:
        kinerja.load(name)
    assert f"{name}:4:" in str(caught.value)


@pytest.mark.parametrize("name", ["pk-bkm", "pk-bkm@2017"])
def test_a_bundled_rubric_is_loaded_by_its_id(name: str) -> None:
    """The id, or the id and an edition; `on` asks that it is in force."""
    rubric = kinerja.load(name)
    assert "pk-bkm" == rubric.id
    assert rubric is kinerja.load(name, on=dt.date(2017, 4, 5))
    assert () == kinerja.check(name)


@pytest.mark.parametrize("name", ["pk-bkn", "tidak-ada.yaml", "pk-bkm@1999", "."])
def test_what_is_not_there_is_the_callers_mistake(name: str) -> None:
    """An unknown id, edition or file raises `UsageError`, which is not about any rubric."""
    with pytest.raises(kinerja.UsageError):
        kinerja.load(name)


def test_a_text_is_read_where_it_looks_like_one() -> None:
    """`check` takes a text by its line ends, its brace or a colon with a blank."""
    assert () == kinerja.check(SMALL)
    assert ["K102"] * 2 == [each.code for each in kinerja.check("title: kecil")][:2]
    assert () == kinerja.check("{kinerja: 1, id: x, combine: mean, indicators: {a: {levels: {b: 1}}}}")
    assert () == kinerja.check(read(SMALL, name="x"))
    assert () == kinerja.check(kinerja.loads(SMALL))


def test_load_is_strict_and_check_is_not() -> None:
    """A gap and a broken alternative are refused; a warning is told by `check` alone."""
    for text, codes in [(BROKEN, ["K203"]), (READ, ["K206"])]:
        with pytest.raises(kinerja.RubricError) as caught:
            kinerja.loads(text)
        assert codes == [each.code for each in caught.value.diagnostics]
        assert codes == [each.code for each in kinerja.check(text)]
    assert "kecil" == kinerja.loads(DOUBTFUL).id
    assert ["K207"] == [each.code for each in kinerja.check(DOUBTFUL)]


def test_the_same_text_is_structured_once() -> None:
    """A rubric never changes, so it can be shared."""
    assert kinerja.loads(SMALL) is kinerja.loads(SMALL)
    assert kinerja.loads(SMALL) is not kinerja.loads(SMALL, name="lain")


def test_the_rubrics_of_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel has its rubrics inside the package; an editable install finds them in the checkout."""
    (tmp_path / "kinerja" / "rubrics").mkdir(parents=True)
    (tmp_path / "kinerja" / "rubrics" / "kecil.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("kinerja.library.__file__", str(tmp_path / "kinerja" / "library.py"))
    assert ["kecil"] == list(kinerja.bundled())
    assert "kecil" == kinerja.load("kecil").id
