"""Rubrics by id and from files, and what `load` and `check` take for which."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import kinerja
from kinerja.language.documents import read
from kinerja.language.readings import document_of
from kinerja.library import checking, choose

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
    assert kinerja.check(rubric) == kinerja.check(name)


@pytest.mark.parametrize("name", ["pk-bkn", "tidak-ada.yaml", "pk-bkm@1999", "."])
def test_what_is_not_there_is_the_callers_mistake(name: str) -> None:
    """An unknown id, edition or file raises `UsageError`, which is not about any rubric."""
    with pytest.raises(kinerja.UsageError):
        kinerja.load(name)


def test_a_text_is_read_where_it_looks_like_one() -> None:
    """`check` takes a text by its line ends, its brace or a colon with a blank."""
    assert () == kinerja.check(SMALL)
    assert ["K102"] * 2 == [each.code for each in kinerja.check("title: kecil")][:2]
    assert () == kinerja.check("{kinerja: 1, id: x, combine: mean, indicators: {a: {levels: {b: 1, c: 0}}}}")
    assert () == kinerja.check(read(SMALL, name="x"))
    assert () == kinerja.check(kinerja.loads(SMALL))


def test_load_is_strict_and_check_is_not() -> None:
    """A gap and a broken alternative are refused; a warning is told by `check` alone."""
    for text, codes in [(BROKEN, ["K203"]), (READ, ["K206"])]:
        with pytest.raises(kinerja.RubricError) as caught:
            kinerja.loads(text)
        assert codes == [each.code for each in caught.value.diagnostics]
        assert codes == [each.code for each in kinerja.check(text) if each.severity == "error"]
    assert "kecil" == kinerja.loads(DOUBTFUL).id
    assert ["K207"] == [each.code for each in kinerja.check(DOUBTFUL)]


def test_check_gives_a_report() -> None:
    """Whatever it is asked of and whatever it finds, a report; one with errors raises when it is asked to."""
    for source in ("pk-bkm", BROKEN, READ, "a: 1\n", read(SMALL, name="x"), kinerja.loads(SMALL)):
        assert isinstance(kinerja.check(source), kinerja.Report)
    with pytest.raises(kinerja.RubricError) as caught:
        kinerja.check(BROKEN).raise_if_errors()
    assert kinerja.check(BROKEN).errors == caught.value.diagnostics
    kinerja.check(DOUBTFUL).raise_if_errors()


@pytest.mark.volume
def test_all_readings_of_a_bundled_rubric() -> None:
    """Two or more is no way to read "lebih 2": that alternative says other numbers than the text, and no other does."""
    found = kinerja.check("pk-bkm", all_readings=True)
    assert [{"D6": "dua-atau-lebih"}] * 4 == [each.readings for each in found if each.code == "K213"]


@pytest.mark.volume
def test_a_check_goes_part_by_part() -> None:
    """The rubric first, then each alternative, with the number of parts; all of them are one report."""
    readings = kinerja.load("pk-bkm").readings.values()
    count = 1 + sum(len(reading.alternatives) for reading in readings)
    parts = list(checking("pk-bkm", all_readings=True))
    assert [count] * count == [each for each, _ in parts]
    assert tuple(each for _, found in parts for each in found) == kinerja.check("pk-bkm", all_readings=True)


def test_of_a_broken_rubric_no_alternative_is_tried() -> None:
    """Under each of them the same would be said again: one part."""
    ((parts, found),) = checking(READ.replace(SMALL, BROKEN), all_readings=True)
    assert (1, ["K203"]) == (parts, [each.code for each in found if each.severity == "error"])


def test_of_a_rubric_that_loads_the_alternatives_are_tried() -> None:
    """Whatever else is an error in it: what keeps it from being loaded is told with that."""
    text = """
    kinerja: 1
    id: contoh
    combine: sum
    indicators: {a: {direct: {in: "[0..9]", step: 1}}}
    grades: {p: {when: "<= 5"}, q: {when: ">= 5"}}
    readings: {r: {settles: gap, problem: p, taken: t, because: b, alternatives: {x: {change: {indicators: {b: {}}}}}}}
    """
    assert ["K224", "K206"] == [each.code for each in kinerja.check(text).errors]
    with pytest.raises(kinerja.RubricError, match="K206"):
        kinerja.loads(text)


def test_the_same_text_is_structured_once() -> None:
    """A rubric never changes, so it can be shared."""
    assert kinerja.loads(SMALL) is kinerja.loads(SMALL)
    assert kinerja.loads(SMALL) is not kinerja.loads(SMALL, name="lain")


def test_a_rubric_keeps_its_document(tmp_path: Path) -> None:
    """Whatever else is asked about the same text, a rubric still has its own places and templates for a patch."""
    path = tmp_path / "kecil.yaml"
    path.write_text(SMALL, encoding="utf-8")
    for name in ("pk-bkm", path):
        rubric = kinerja.load(name)
        assert () == kinerja.check(name).errors
        assert rubric is kinerja.load(name, on=dt.date(2018, 1, 1))
        assert document_of(rubric) is rubric.origin
        assert () == kinerja.check(rubric.origin).errors
        assert document_of(rubric) is rubric.origin


def test_the_rubrics_of_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wheel has its rubrics inside the package; an editable install finds them in the checkout."""
    (tmp_path / "kinerja" / "rubrics").mkdir(parents=True)
    (tmp_path / "kinerja" / "rubrics" / "kecil.yaml").write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr("kinerja.library.__file__", str(tmp_path / "kinerja" / "library.py"))
    assert ["kecil"] == list(kinerja.bundled())
    assert "kecil" == kinerja.load("kecil").id


# --- editions


def edition(name: str, *, since: str = "", until: str = "", levels: str = "ya: 1") -> str:
    """The small rubric as one of its editions."""
    days = ", ".join(filter(None, (since and f"from: {since}", until and f"until: {until}")))
    return f'{SMALL.replace("ya: 1", levels)}edition: "{name}"\nvalid: {{{days}}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two editions, and files that are named like one and are none."""
    (tmp_path / "kecil.yaml").write_text(edition("2017", until="2018-01-01"), encoding="utf-8")
    (tmp_path / "kecil@2018.yaml").write_text(edition("2018", since="2018-01-01"), encoding="utf-8")
    (tmp_path / "kecil@lain.yaml").write_text(edition("x").replace("id: kecil", "id: lain"), encoding="utf-8")
    (tmp_path / "kecil2.yaml").write_text(edition("x"), encoding="utf-8")
    (tmp_path / "kecil@folder.yaml").mkdir()
    (tmp_path / "jauh").mkdir()
    (tmp_path / "jauh" / "kecil.yaml").write_text(edition("jauh"), encoding="utf-8")
    (tmp_path / "kecil@tautan.yaml").symlink_to(tmp_path / "jauh" / "kecil.yaml")
    return tmp_path


@pytest.fixture
def shipped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same folder in the place of the bundled rubrics, without the file of another rubric."""
    (folder / "kecil@lain.yaml").unlink()
    (folder / "kecil@tautan.yaml").unlink()
    (folder / "kecil2.yaml").unlink()
    monkeypatch.setattr("kinerja.library._folder", lambda: folder)
    return folder


def codes(name: str | Path, day: dt.date | None = None) -> list[str]:
    """What `load` and `check` refuse a name and a day with; both the same."""
    with pytest.raises(kinerja.UsageError) as caught:
        kinerja.load(name, on=day)
    with pytest.raises(kinerja.UsageError) as too:
        kinerja.check(name, on=day)
    assert caught.value.diagnostics == too.value.diagnostics
    return [each.code for each in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2017, 12, 31), "2017"),
        (dt.date(2018, 1, 1), "2018"),
        (dt.date.min, "2017"),
        (dt.date.max, "2018"),
    ],
)
def test_a_day_chooses_the_edition(day: dt.date, expected: str, shipped: Path) -> None:
    """Of a bundled id, and of a file that is one of the editions in its folder, the one in force is loaded."""
    for name in ("kecil", shipped / "kecil.yaml", str(shipped / "kecil@2018.yaml")):
        assert expected == kinerja.load(name, on=day).edition
        assert () == kinerja.check(name, on=day)


def test_without_a_day_the_edition_has_to_be_named(shipped: Path) -> None:
    """An id with several editions is undecided, whichever file is found first; a file means itself."""
    assert ["K547"] == codes("kecil")
    for name in ("2017", "2018"):
        assert name == kinerja.load(f"kecil@{name}").edition
        assert () == kinerja.check(f"kecil@{name}")
    assert "2017" == kinerja.load(shipped / "kecil.yaml").edition
    assert "2018" == kinerja.load(shipped / "kecil@2018.yaml").edition
    with pytest.raises(
        kinerja.UsageError, match=r"kecil@2017 \(… – 2018-01-01\), kecil@2018 \(2018-01-01 – …\)"
    ):
        kinerja.load("kecil")


def test_a_named_edition_has_to_be_in_force_as_well(shipped: Path) -> None:
    """`id@edition` is exactly that one, also on a day on which it is not in force; and it has to be there."""
    assert ["K315"] == codes("kecil@2018", dt.date(2017, 6, 30))
    assert "2018" == kinerja.load("kecil@2018", on=dt.date(2018, 6, 30)).edition
    assert ["K511"] == codes("kecil@2019")
    with pytest.raises(kinerja.UsageError, match="Editions: 2017, 2018"):
        kinerja.load("kecil@2019")


def test_days_that_no_edition_or_several_have(folder: Path) -> None:
    """A day in a gap, and one that two editions have, are refused with the editions that there are."""
    (folder / "kecil@2018.yaml").write_text(edition("2018", since="2018-02-01"), encoding="utf-8")
    path = folder / "kecil.yaml"
    assert ["K548"] == codes(path, dt.date(2018, 1, 31))
    (folder / "kecil@2020.yaml").write_text(edition("2020", since="2020-01-01"), encoding="utf-8")
    assert ["K549"] == codes(path, dt.date(2020, 1, 1))
    assert "2018" == kinerja.load(path, on=dt.date(2019, 12, 31)).edition


def test_two_files_of_one_edition(shipped: Path) -> None:
    """Nobody can say which of them is meant, so neither is, in whichever way it is asked for."""
    (shipped / "kecil@baru.yaml").write_text(edition("2018", since="2019-01-01"), encoding="utf-8")
    assert ["K550"] == codes("kecil@2017") == codes("kecil", dt.date(2017, 1, 1))
    assert ["K550"] == codes(shipped / "kecil.yaml", dt.date(2017, 1, 1))
    assert "2018" == kinerja.load(shipped / "kecil@baru.yaml").edition


@pytest.mark.parametrize("name", ["kecil2.yaml", "kecil@tautan.yaml", "kecil@lain.yaml"])
def test_a_file_that_is_called_otherwise_stands_alone(name: str, folder: Path) -> None:
    """Only `ID.yaml` and `ID@EDITION.yaml` are editions of one rubric; a copy, a link or a misnomer is itself."""
    rubric = kinerja.load(folder / name)
    assert rubric == kinerja.load(folder / name, on=dt.date(2018, 6, 30))
    assert (rubric,) == kinerja.editions(folder / name)


def test_an_edition_alone_in_its_folder(tmp_path: Path) -> None:
    """There is nothing to choose from: a day on which it is not in force is refused with its own days."""
    path = tmp_path / "kecil.yaml"
    path.write_text(edition("2017", until="2018-01-01"), encoding="utf-8")
    assert ["K315"] == codes(path, dt.date(2018, 1, 1))
    assert "2017" == kinerja.load(path, on=dt.date(2017, 1, 1)).edition
    for source in (read(path.read_bytes(), name="x"), kinerja.load(path), path.read_text(encoding="utf-8")):
        with pytest.raises(kinerja.UsageError, match="K315"):
            kinerja.check(source, on=dt.date(2018, 1, 1))


def test_what_is_wrong_with_an_edition(folder: Path) -> None:
    """An edition is chosen by its days alone; one whose days cannot be read keeps all from being chosen."""
    (folder / "kecil.yaml").write_text(edition("2017", until="2018-01-01", levels="ya: a"), encoding="utf-8")
    path = folder / "kecil@2018.yaml"
    assert "2018" == kinerja.load(path, on=dt.date(2018, 1, 1)).edition
    with pytest.raises(kinerja.RubricError, match=r"kecil\.yaml:4:"):
        kinerja.load(path, on=dt.date(2017, 1, 1))
    (folder / "kecil.yaml").write_text(edition("2017", until="kapan"), encoding="utf-8")
    with pytest.raises(kinerja.RubricError, match=r"kecil\.yaml:6:16: error K114") as caught:
        kinerja.load(path, on=dt.date(2018, 1, 1))
    assert caught.value.diagnostics == kinerja.check(path, on=dt.date(2018, 1, 1))
    (folder / "kecil.yaml").write_text("kecil", encoding="utf-8")
    assert "2018" == kinerja.load(path, on=dt.date(2018, 1, 1)).edition


def test_all_editions(shipped: Path) -> None:
    """They come in the order in which they come into force, whatever their files are called; or one by its name."""
    (shipped / "kecil@0.yaml").write_text(edition("0", since="2030-01-01"), encoding="utf-8")
    for name in ("kecil", shipped / "kecil@0.yaml"):
        assert ["2017", "2018", "0"] == [rubric.edition for rubric in kinerja.editions(name)]
    assert ["2018"] == [rubric.edition for rubric in kinerja.editions("kecil@2018")]
    with pytest.raises(kinerja.UsageError, match="K501"):
        kinerja.editions("besar")


def test_a_day_is_a_day(folder: Path) -> None:
    """A text or a moment chooses nothing, in any of the functions that take a day."""
    path = folder / "kecil.yaml"
    for day in ("2017-06-30", dt.datetime(2017, 6, 30, tzinfo=dt.UTC)):
        assert ["K114"] == codes(path, day)  # type: ignore[arg-type]
        with pytest.raises(kinerja.UsageError, match="K114"):
            choose(kinerja.editions(path), on=day)  # type: ignore[arg-type]


def test_bundled_editions_have_names_of_their_own(shipped: Path) -> None:
    """Each name loads one rubric; one that has no edition beside it is called by its id."""
    (shipped / "lain@2.yaml").write_text(edition("2").replace("id: kecil", "id: lain"), encoding="utf-8")
    assert ["kecil@2017", "kecil@2018", "lain"] == list(kinerja.bundled())
    assert [(name, kinerja.load(name).edition) for name in ("kecil@2017", "kecil@2018", "lain")] == [
        (name, kinerja.load(path).edition) for name, path in kinerja.bundled().items()
    ]
    (shipped / "lain.yaml").write_text(SMALL.replace("id: kecil", "id: lain"), encoding="utf-8")
    assert ["lain", "lain@2"] == list(kinerja.bundled())[2:]
    with pytest.raises(kinerja.UsageError, match=r'Did you mean "kecil@2017"\? Rubrics: kecil@2017'):
        kinerja.load("kecil2017")


def test_an_edition_that_rests_on_the_one_before(folder: Path) -> None:
    """An edition may extend another one by its name, and then takes over its days unless it says its own."""
    text = 'kinerja: 1\nid: kecil\nedition: "2019"\nextends: {rubric: kecil, edition: "2018"}\n'
    path = folder / "kecil@2019.yaml"
    path.write_text(text, encoding="utf-8")
    assert ["K549"] == codes(path, dt.date(2019, 1, 1))
    for valid in ("{from: 2019-01-01, until: null}", "{until: 2019-01-01}", "null"):
        path.write_text(f"{text}valid: {valid}\n", encoding="utf-8")
        rubric = kinerja.load(path)
        assert ("2019", "2018") == (rubric.edition, rubric.extends[0].edition)
        found = {each.edition: each.valid for each in kinerja.editions(path)}
        assert rubric.valid == found["2019"]
    (folder / "kecil@2018.yaml").write_text(
        edition("2018", since="2018-01-01", until="2019-01-01"), encoding="utf-8"
    )
    path.write_text(f"{text}valid: {{from: 2019-01-01, until: null}}\n", encoding="utf-8")
    assert ["2018", "2019"] == [kinerja.load(path, on=dt.date(year, 12, 31)).edition for year in (2018, 2019)]
