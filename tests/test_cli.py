"""The command line: what it prints where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kinerja
from kinerja import __main__ as script
from kinerja._version import __version__
from kinerja.cli import run
from kinerja.cli.terminal import Bar

#: What a newcomer would score first.
SHEET = """\
kinerja-sheet: 1
rubric: pk-bkm
subject: {id: sukamerdu, nama: "BKM Sinar Merdu"}
date: 2017-06-12
facts: {lokasi: kumuh, keuangan: sangat_baik, perempuan: 40, kolaborasi: terbentuk, dokumen: menjadi_bagian,
  anggaran: 2, pengurangan: 35, database: berkomputer, infrastruktur: 98, kapasitas: 3, pengaduan: ada_layanan}
"""

#: A rubric with everything that a form shows: groups, weights by cases, derived facts, conditions on names.
GROUPED = """\
kinerja: 1
id: grup
title: "Penilaian [red]RW[/red] :smile:"
edition: "2024"
facts:
  skema: {kind: choice, options: {a: "Skema A", b: "Skema B"}, title: "Skema"}
  daftar: {kind: set, options: {x: "X", y: "Y"}}
combine: weighted-sum
indicators:
  satu:
    number: A
    title: "Kelompok pertama dengan judul yang begitu panjang sehingga tidak muat dalam satu baris saja"
    weight: [{when: {skema: a}, is: 60%}, {when: {skema: "b"}, is: 40%}]
    combine: weighted-mean
    indicators:
      luas:
        weight: 3
        facts: {awal: {unit: ha, in: "> 0"}, aktif: {kind: yes-no, title: "Aktif?"}}
        measure: {in: "[0..1]", step: 0.5, from: "awal / awal"}
        bands:
          2: {when: "> 0.5"}
          1: {when: "<= 0.5", title: "kecil"}
      rapat:
        weight: 1
        applies: [{skema: a}, {skema: "b"}]
        bands:
          2: {when: {skema: a, satu.luas.aktif: true}, text: "keduanya"}
          1: {when: [{skema: "b"}, {satu.luas.aktif: false}]}
  dua:
    weight: [{when: {skema: a}, is: 40%}, {when: {skema: "b"}, is: 60%}]
    levels: {true: 1, false: {score: 0, text: "belum"}}
"""

GAP = """\
kinerja: 1
id: celah
combine: sum
indicators:
  perempuan:
    measure: {in: "[0..100]"}
    bands:
      1: {when: "> 40"}
      0: {when: "< 40"}
"""


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Eighty columns, no colours asked for, and a folder of one's own."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str) -> str:
    """A file in the test's own folder."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "kinerja", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )


# --- help and wrong usage


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Called without a word, the command says what it can do, and what its exit codes mean."""
    assert 0 == run([])
    told = capsys.readouterr().out
    assert [] == [word for word in ("list", "show", "score", "explain", "check", "test") if word not in told]
    assert "Exit code 0" in told


@pytest.mark.parametrize("command", ["list", "show", "score", "explain", "check", "test"])
def test_help_of_a_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command explains itself in eighty columns, without frames and without options that negate others."""
    assert 0 == run([command, "--help"])
    told = capsys.readouterr().out
    assert told.startswith(f"Usage: kinerja {command}")
    assert "--no-" not in told
    assert "--empty" not in told
    assert max(map(len, told.splitlines())) <= 80
    assert not set("│╭╰─") & set(told)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` prints the version and nothing else."""
    assert 0 == run(["--version"])
    assert f"{__version__}\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "Available commands: list, show, score"),
        (["shwo", "pk-bkm"], 'Did you mean "show"?'),
        (["score", "pk-bkm"], "SHEETS"),
        (["show"], "See: kinerja show --help"),
        (["show", "pk-bkm", "lagi"], "lagi"),
        (["show", "--rubric", "pk-bkm"], "--rubric"),
        (["score", "pk-bkm", "a.yaml", "--format", "xml"], 'Choose from: "text", "json"'),
        (["score", "pk-bkm", "a.yaml", "--langauge", "en"], "Did you mean --language?"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage exits with 2 and says on standard error what to type instead."""
    assert 2 == run(arguments)
    captured = capsys.readouterr()
    assert "" == captured.out
    assert said in captured.err


# --- rubrics by name


def test_list(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bundled rubric has a row."""
    monkeypatch.setenv("COLUMNS", "120")
    assert 0 == run(["list"])
    told = capsys.readouterr().out
    assert [] == [name for name in kinerja.bundled() if name not in told]
    assert "Penilaian Kinerja BKM (PK-BKM)" in told


@pytest.mark.parametrize("command", ["show", "check", "test"])
def test_a_misspelt_rubric_is_guessed(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command that takes a rubric asks whether the nearest bundled one was meant."""
    assert 2 == run([command, "pk-bk"])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert 'Maksudnya "pk-bkm"?' in captured.err


@pytest.mark.parametrize("command", ["show", "check", "test"])
def test_an_edition_is_understood(command: str) -> None:
    """`id@edition` names a bundled rubric wherever a rubric is asked for."""
    assert 0 == run([command, "pk-bkm@2017"])


def test_another_edition_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """An edition that nobody shipped is refused with those that are there."""
    assert 2 == run(["show", "pk-bkm@1999"])
    assert "K511" in capsys.readouterr().err


def test_a_file_needs_no_ending(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there is read, whatever it is called; a bundled id comes first."""
    write("rubrik", GROUPED)
    assert 0 == run(["check", "rubrik"])
    assert "rubrik: galat 0, temuan lain 0\n" == capsys.readouterr().out


def test_a_name_too_long_for_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no file system takes is an unknown rubric, not an accident."""
    assert 2 == run(["show", "x" * 5000])
    assert "K501" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tiada.yaml", None, "K518"),
        ("folder/", None, "K519"),
        ("biner.yaml", b"\x7fELF\x02\xff", "K003"),
        ("kosong.yaml", b"", "K001"),
        ("petik.yaml", b'kinerja: "1', "K014"),
    ],
)
@pytest.mark.parametrize("command", ["show", "check", "test", "score"])
def test_input_that_cannot_be_read(
    command: str, name: str, content: bytes | None, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing file, a folder, a binary, an empty and a torn file exit with 2 and name the file, in every command."""
    Path("folder").mkdir()
    if content is not None:
        Path(name).write_bytes(content)
    told = ["score", "pk-bkm", name] if command == "score" else [command, name]
    assert 2 == run(told)
    captured = capsys.readouterr()
    assert code in captured.err
    assert name.rstrip("/") in captured.err


# --- show


def test_show_reads_like_the_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Each row has its number, title and weight; each line its score, the answer that meets it and its words."""
    assert 0 == run(["show", "pk-bkm"])
    told = capsys.readouterr().out
    assert max(map(len, told.splitlines())) == 80
    assert (
        """\
2    Partisipasi perempuan dalam penanganan kumuh                             5%
     perempuan: [0..100] %
         2  > 40      Tingkat partisipasi perempuan > 40%
         1  [30..40]  Tingkat partisipasi perempuan 30% s.d 40%
         0  < 30      Tingkat partisipasi perempuan < 30%
"""
        in told
    )
    assert "     Hanya berlaku bila lokasi: kumuh.\n" in told
    assert "     lokasi: kumuh | pencegahan – Jenis lokasi kelurahan/desa\n" in told
    assert "     D4=lima-puluh-dua: Tepat 50% bernilai 2.\n" in told


def test_show_of_groups_and_cases(capsys: pytest.CaptureFixture[str]) -> None:
    """Weights given by cases say when; groups, derived facts, conditions on names and untitled rows are shown."""
    assert 0 == run(["show", write("grup.yaml", GROUPED)])
    expected = """\
Penilaian [red]RW[/red] :smile: 2024

No   Indikator                                                             Bobot
     Nilai  Batasan penilaian
--------------------------------------------------------------------------------
A    Kelompok pertama dengan judul yang begitu panjang sehingga tidak muat
     dalam satu baris saja
     60% bila skema: a
     40% bila skema: b

     satu.luas                                                                 3
     satu.luas: [0..1], kelipatan 0,5, atau dihitung: awal / awal
     satu.luas.awal: > 0 ha
     satu.luas.aktif: true | false – Aktif?
         2  > 0.5
         1  <= 0.5  kecil

     satu.rapat                                                                1
     Hanya berlaku bila skema: a, atau skema: b.
         2  skema: a, satu.luas.aktif: true
              keduanya
         1  skema: b | satu.luas.aktif: false

     dua
     40% bila skema: a
     60% bila skema: b
     dua:
         1  true
         0  false  belum

Isian yang dipakai beberapa baris
     skema: a | b – Skema
     daftar: x | y
"""
    assert expected == capsys.readouterr().out


def test_show_of_a_small_rubric(capsys: pytest.CaptureFixture[str]) -> None:
    """Without titles, weights, shared facts and readings nothing is shown in their place."""
    assert 0 == run(["show", write("kecil.yaml", GAP.replace("< 40", "<= 40"))])
    expected = """\
     perempuan
     perempuan: [0..100]
         1  > 40
         0  <= 40
"""
    assert capsys.readouterr().out.endswith(f"---\n{expected}")


def test_show_expanded_reads_back(capsys: pytest.CaptureFixture[str]) -> None:
    """What `--expanded` prints is a rubric file that says the same."""
    assert 0 == run(["show", "pk-bkm", "--expanded"])
    told = capsys.readouterr().out
    assert kinerja.load("pk-bkm") == kinerja.loads(told)


# --- score


def test_score(capsys: pytest.CaptureFixture[str]) -> None:
    """A complete sheet: the explanation on standard output, nothing on standard error, exit 0."""
    path = write("lembar.yaml", SHEET)
    assert 0 == run(["score", "pk-bkm", path])
    captured = capsys.readouterr()
    result = kinerja.Evaluator(kinerja.load("pk-bkm")).evaluate(kinerja.load_sheet(path))
    assert result.explain(language="id") == captured.out
    assert "" == captured.err


@pytest.mark.parametrize("spelled", [["--language", "en"], ["--language=en"]])
def test_score_in_english(spelled: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """`--language` chooses the language of the sentences, also of the faults."""
    assert 0 == run(["score", "pk-bkm", write("lembar.yaml", SHEET), *spelled])
    assert "Sum of weight × score" in capsys.readouterr().out
    assert 2 == run(["score", "pk-bk", "lembar.yaml", *spelled])
    assert "there is no rubric" in capsys.readouterr().err


def test_score_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` prints one trail on each line, of every sheet that could be read."""
    good, torn = write("lembar.yaml", SHEET), write("salah.yaml", SHEET.replace("facts:", "fakta:"))
    short = write("kurang.yaml", SHEET.replace("perempuan: 40, ", ""))
    assert 2 == run(["score", "pk-bkm", good, torn, short, "--format", "json"])
    captured = capsys.readouterr()
    found = [json.loads(line) for line in captured.out.splitlines()]
    assert [("complete", {"exact": "65", "shown": "65,00"}), ("incomplete", None)] == [
        (each["status"], each["total"]) for each in found
    ]
    assert "salah.yaml:5:1: galat K101" in captured.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("perempuan: 40, ", "", "(perempuan)"),
        ("perempuan: 40", "perempuan: 140", "di luar [0..100]"),
        ("perempuan: 40", "perempuann: 40", 'Maksudnya "perempuan"?'),
        ("date: 2017-06-12", "date: 2016-06-12", "2016-06-12"),
    ],
)
def test_score_of_a_sheet_with_problems(
    old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An incomplete or invalid sheet exits with 1; what is wrong stands in the result."""
    assert 1 == run(["score", "pk-bkm", write("lembar.yaml", SHEET.replace(old, new))])
    captured = capsys.readouterr()
    assert said in " ".join(captured.out.split())
    assert "" == captured.err


def test_several_sheets_are_kept_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """With several sheets each answer begins with the name of its file; a wrong one among them stops nothing."""
    good = write("satu.yaml", SHEET)
    other = write("lain.yaml", SHEET.replace("rubric: pk-bkm", "rubric: lain"))
    last = write("tiga.yaml", SHEET)
    assert 2 == run(["score", "pk-bkm", good, other, "tiada.yaml", last])
    captured = capsys.readouterr()
    headings = [line.split()[1] for line in captured.out.splitlines() if line.startswith("-- ")]
    assert ["satu.yaml", "tiga.yaml"] == headings
    assert "lain.yaml:1:1: galat K504" in captured.err
    assert 'K518: tidak ada berkas "tiada.yaml"' in captured.err


def test_another_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """`--read` takes other readings, several times if need be."""
    path = write("lembar.yaml", SHEET)
    assert 0 == run(["score", "pk-bkm", path, "--read", "D3=dua-mulai-98", "--read", "D1=skala-0-2"])
    assert "Nilai total 1,45" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("read", "code"),
    [("D3", "K512"), ("D3=", "K512"), ("=x", "K512"), ("D33=x", "K505"), ("D3=dua-mulai-89", "K506")],
)
def test_a_reading_that_is_not_there(read: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A reading or alternative that does not exist is wrong usage, found before any sheet is read."""
    assert 2 == run(["score", "pk-bkm", write("lembar.yaml", SHEET), "--read", read])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert code in captured.err


def test_the_day_whose_rules_apply(capsys: pytest.CaptureFixture[str]) -> None:
    """`--on` gives the date that a sheet lacks; the sheet's own date stands."""
    undated = write("lembar.yaml", SHEET.replace("date: 2017-06-12\n", ""))
    assert 0 == run(["score", "pk-bkm", undated, "--on", "2017-06-30"])
    assert "tanggal 2017-06-30" in capsys.readouterr().out
    assert 1 == run(["score", "pk-bkm", undated, "--on", "2016-06-30"])


@pytest.mark.parametrize("day", ["30-06-2017", "20170630", "2017-W26-5", "2017-02-30"])
def test_only_one_way_to_write_a_day(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A day is written as in a sheet, year-month-day."""
    assert 2 == run(["score", "pk-bkm", write("lembar.yaml", SHEET), "--on", day])
    assert "K114" in capsys.readouterr().err


def test_a_rubric_with_errors_scores_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A rubric that was read and is wrong exits with 1, as `check` does."""
    assert 1 == run(["score", write("celah.yaml", GAP), write("lembar.yaml", SHEET)])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "celah.yaml:7:5: galat K203" in captured.err


# --- tables of sheets

TABLE = """\
id;period;date;lokasi;keuangan;perempuan;kolaborasi;dokumen;anggaran;pengurangan;database;infrastruktur;kapasitas;pengaduan
sukamerdu;2017;2017-06-12;kumuh;sangat_baik;40,5;terbentuk;menjadi_bagian;2;35;berkomputer;98;3;ada_layanan
sukajadi;2017;2017-06-12;kumuh;sangat_baik;;terbentuk;menjadi_bagian;2;35;berkomputer;98;3;ada_layanan
=suka;2017;2017-06-12;kumuh;sangat_baik;40.5;terbentuk;menjadi_bagian;2;35;berkomputer;98;3;ada_layanan
"""


def test_score_of_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """A table prints a line a row and how many there are of what; problems go to standard error by their cell."""
    path = write("t.csv", TABLE)
    assert 1 == run(["score", "pk-bkm", path, "--locale", "id"])
    captured = capsys.readouterr()
    expected = """\
 Baris  Subjek     Status                 Total  Predikat
     2  sukamerdu  lengkap                67,50
     3  sukajadi   belum lengkap
     4  =suka      perlu dibetulkan

Lembar: 3; lengkap 1, belum lengkap 1, perlu dibetulkan 1
"""
    assert expected == captured.out
    first, second, *problems = captured.err.splitlines()
    assert "t.csv: angka yang dibaca menurut lokal id: 1; yang pertama:" == first
    assert 't.csv:2:45: informasi K535: perempuan: "40,5" dibaca sebagai 40.5' == second
    assert ["t.csv:3:44: galat K330", "t.csv:4:41: galat K148"] == [
        each[: each.index(":", 20)] for each in problems
    ]


def test_a_table_of_complete_sheets(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard error and exit 0, where nothing is wrong and nothing was read differently."""
    text = "\n".join(TABLE.splitlines()[:2]).replace("40,5", "40.5").replace("sukamerdu", "x" * 60)
    assert 0 == run(["score", "pk-bkm", write("T.CSV", text)])
    captured = capsys.readouterr()
    assert "" == captured.err
    assert f"     2  {'x' * 39}…  lengkap" in captured.out


def test_grades_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The grades of the complete rows, in the order of the rubric, with those that have none."""
    rubric = """\
kinerja: 1
id: x
combine: sum
indicators: {a: {levels: {ya: 1, tidak: 0, belum: {score: none, because: "belum diuji"}}}}
grades: {kurang: {title: Kurang, when: "0"}, baik: {when: "1"}}
"""
    table = write("t.csv", "id,a\np,ya\nq,ya\nr,tidak\ns,belum\nt,\n")
    run(["score", write("x.yaml", rubric), table])
    told = capsys.readouterr().out
    assert told.endswith("Predikat: Kurang 1, baik 2, tanpa predikat 1\n")
    run(["score", "x.yaml", write("t.csv", "id,a\np,ya\n")])
    assert capsys.readouterr().out.endswith("Predikat: Kurang 0, baik 1\n")
    assert ["4", "r", "lengkap", "0", "Kurang"] in [line.split() for line in told.splitlines()]


def test_results_go_to_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """`-o` writes a row for each sheet of every file, in their order, and says how many there are of what."""
    table, sheet = write("t.csv", TABLE), write("l.yaml", SHEET.replace("date: 2017-06-12\n", ""))
    arguments = ["score", "pk-bkm", table, sheet, "--locale", "id", "--on", "2017-06-30", "--language", "en"]
    assert 1 == run([*arguments, "-o", "h.csv"])
    captured = capsys.readouterr()
    assert [
        "Sheets: 4; complete 2, incomplete 1, to be put right 1",
        "Written to h.csv",
    ] == captured.out.splitlines()
    assert "t.csv:4:41: error K148: " in captured.err
    with Path("h.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [(row["subject.id"], row["subject.nama"], row["date"][-2:], row["total.shown"]) for row in rows]
    assert [
        ("sukamerdu", "", "12", "67,50"),
        ("sukajadi", "", "12", ""),
        ("'=suka", "", "12", ""),
        ("sukamerdu", "BKM Sinar Merdu", "30", "65,00"),
    ] == found
    assert rows[1]["problems"].startswith('K330 "perempuan" is missing')
    assert 1 == run([*arguments, "-o", "h.jsonl"])
    trails = [kinerja.Trail.from_json(line) for line in Path("h.jsonl").read_text("utf-8").splitlines()]
    assert [row["status"] for row in rows] == [trail.status for trail in trails]
    assert 0 == run(["explain", "h.jsonl"])


def test_many_problems_are_in_the_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Of hundreds of problems the first are told, and where the others are."""
    rows = "".join(f"k{number},140\n" for number in range(100))
    table = write("t.csv", "id,perempuan\n" + rows)
    assert 1 == run(["score", "pk-bkm", table, "-o", "h.csv"])
    told = capsys.readouterr().err.splitlines()
    assert 21 == len(told)
    assert told[-1].endswith(" masalah lagi; semuanya ada di h.csv")


def test_a_table_as_trails(capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` prints a trail for each row; its problems by their cell go to standard error."""
    assert 1 == run(["score", "pk-bkm", write("t.csv", TABLE), "--format", "json", "--locale", "id"])
    captured = capsys.readouterr()
    trails = [json.loads(line) for line in captured.out.splitlines()]
    assert ["complete", "incomplete", "invalid"] == [each["status"] for each in trails]
    assert "t.csv:4:41: galat K148" in captured.err


def test_tables_among_sheets(capsys: pytest.CaptureFixture[str]) -> None:
    """Each file has its heading; a table that cannot be read stops nothing."""
    table, sheet, bad = write("t.csv", TABLE), write("l.yaml", SHEET), write("b.csv", "id,lokas\na,b\n")
    assert 2 == run(["score", "pk-bkm", table, bad, sheet])
    captured = capsys.readouterr()
    headings = [line.split()[1] for line in captured.out.splitlines() if line.startswith("-- ")]
    assert ["t.csv", "l.yaml"] == headings
    assert "b.csv:1:4: galat K533" in captured.err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["t.csv", "-o", "h.xlsx"], "K545"),
        (["t.csv", "-o", "t.csv"], "K546"),
        (["t.csv", "-o", "folder.csv"], "K519"),
        (["t.csv", "-o", "tiada/h.csv"], "K544"),
        (["tiada.csv", "-o", "h.csv"], "K518"),
        (["t.csv", "b.csv", "-o", "h.csv"], "K533"),
        (["t.csv", "lain.yaml", "-o", "h.csv"], "K504"),
        (["t.csv", "l.yaml", "-o", "h.csv"], "K536"),
    ],
)
def test_no_results_are_written(arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where one sheet cannot be read, one subject has two, or the file cannot be, nothing is written; exit 2."""
    write("t.csv", TABLE)
    write("b.csv", "id,lokas\na,b\n")
    write("lain.yaml", SHEET.replace("rubric: pk-bkm", "rubric: lain"))
    write("l.yaml", SHEET.replace("date: ", 'period: "2017"\ndate: '))
    Path("folder.csv").mkdir()
    before = sorted(Path().iterdir())
    assert 2 == run(["score", "pk-bkm", *arguments])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert f"galat {code}" in captured.err
    assert before == sorted(Path().iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "iuran.csv", "t.csv", "-o", "iuran.csv"],
        ["score", "iuran.csv", "t.csv", "-o", "iuran.csv", "--engine", "polars"],
        ["test", "iuran.csv", "--vectors", "iuran.csv"],
        ["test", "iuran.csv", "--vectors", "link.csv"],
        ["test", "iuran.csv", "--vectors", "v.csv", "--against", "./v.csv"],
    ],
)
def test_nothing_that_is_read_is_written_over(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the rubric, under whatever name, nor the vectors that are to be compared."""
    write("iuran.csv", HOUSE)
    write("t.csv", "id,warga\na,40\n")
    write("v.csv", "id,warga,expect:total\na,40,0\n")
    Path("link.csv").symlink_to("iuran.csv")
    before = {each: each.read_bytes() for each in Path().iterdir()}
    assert 2 == run(arguments)
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "galat K546" in captured.err
    assert before == {each: each.read_bytes() for each in Path().iterdir()}


# --- editions

HOUSE = """\
kinerja: 1
id: iuran
edition: "2017"
valid: {until: 2018-01-01}
combine: sum
indicators: {warga: {measure: {in: "[0..100]"}, bands: {1: {when: ">= 40"}, 0: {when: "< 40"}}}}
grades: {kurang: {when: "0"}, baik: {title: Baik, when: "1"}}
"""
#: A stricter bound, an indicator more, and another class.
NEWER = """\
kinerja: 1
id: iuran
edition: "2018"
valid: {from: 2018-01-01, until: null}
extends: {rubric: iuran, edition: "2017"}
indicators: {warga: {bands: {1: {when: ">= 50"}, 0: {when: "< 50"}}}, rapat: {levels: {rutin: 1, tidak: 0}}}
grades: {unggul: {title: Unggul, when: "2"}}
"""


@pytest.fixture
def house(plain_terminal: None) -> None:
    """Two editions of a rubric, and a sheet of each year, and of none."""
    write("iuran.yaml", HOUSE)
    write("iuran@2018.yaml", NEWER)
    for name, date in (("lama", "date: 2017-12-31"), ("baru", "date: 2018-01-01"), ("kapan", "note: lupa")):
        write(
            f"{name}.yaml",
            f"kinerja-sheet: 1\nrubric: iuran\nsubject: {{id: {name}}}\n{date}\n"
            f"facts: {{warga: 45{', rapat: rutin' * (name == 'baru')}}}\n",
        )


def editions_of(told: str) -> list[tuple[str, str | None]]:
    """The edition and the total of each trail, as it is printed."""
    found = [json.loads(line) for line in told.splitlines()]
    return [(each["rubric"]["edition"], each["total"] and each["total"]["exact"]) for each in found]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("rubric", ["iuran.yaml", "iuran@2018.yaml"])
def test_each_sheet_by_the_rules_of_its_day(rubric: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The edition in force on the date of a sheet scores it, whichever file of the rubric was named."""
    assert 0 == run(["score", rubric, "lama.yaml", "baru.yaml", "--format", "json"])
    assert [("2017", "1"), ("2018", "1")] == editions_of(capsys.readouterr().out)
    assert 0 == run(["score", rubric, "kapan.yaml", "lama.yaml", "--on", "2017-01-01", "--format", "json"])
    assert [("2017", "1"), ("2017", "1")] == editions_of(capsys.readouterr().out)
    assert 1 == run(["score", rubric, "kapan.yaml", "--on", "2018-01-01", "--format", "json"])
    assert [("2018", None)] == editions_of(capsys.readouterr().out)


@pytest.mark.usefixtures("house")
def test_a_bundled_rubric_with_editions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its id means all of them, `id@edition` one alone, and the list has a row for each."""
    monkeypatch.setattr("kinerja.library._folder", Path.cwd)
    for name in ("lama.yaml", "baru.yaml", "kapan.yaml"):
        Path(name).rename(Path(name).with_suffix(".yml"))
    assert 0 == run(["list"])
    rows = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert [["iuran", "2017"], ["iuran", "2018"]] == rows[-2:]
    assert 2 == run(["score", "iuran", "kapan.yml", "baru.yml", "--format", "json"])
    captured = capsys.readouterr()
    assert [("2018", "1")] == editions_of(captured.out)
    assert "kapan.yml:1:1: galat K547" in captured.err
    assert "iuran@2017 (… – 2018-01-01), iuran@2018 (2018-01-01 – …)" in captured.err
    assert 0 == run(["score", "iuran@2017", "kapan.yml", "--format", "json"])
    assert [("2017", "1")] == editions_of(capsys.readouterr().out)
    assert 1 == run(["score", "iuran@2017", "baru.yml"])
    assert "2018-01-01" in capsys.readouterr().out
    for command in ("show", "check", "test"):
        assert 2 == run([command, "iuran"])
        assert "K547" in capsys.readouterr().err
        assert 0 == run([command, "iuran@2018"])
        assert 0 == run([command, "iuran", "--on", "2018-01-01"])


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("rubric", "date", "expected"),
    [
        ("iuran@2017", "", [("2017", "1")]),
        ("iuran@2017", "date: 2017-06-30\n", [("2017", "1")]),
        # Not in force on that day: the result says so.
        ("iuran@2017", "date: 2018-06-30\n", [("2017", None)]),
        ("iuran@2019", "", "K511"),
        ("lain", "", "K504"),
        ("iuran", "", "K547"),
    ],
)
def test_the_edition_that_a_sheet_names(
    rubric: str, date: str, expected: str | list[tuple[str, str | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet for one edition is scored by that one; by none where there is none of that name."""
    sheet = write("l.yaml", f"kinerja-sheet: 1\nrubric: {rubric}\n{date}facts: {{warga: 45}}\n")
    run(["score", "iuran.yaml", sheet, "--format", "json"])
    captured = capsys.readouterr()
    if isinstance(expected, str):
        assert "" == captured.out
        assert f"l.yaml:1:1: galat {expected}" in captured.err
    else:
        assert expected == editions_of(captured.out)


@pytest.mark.usefixtures("house")
def test_a_table_is_of_one_edition(capsys: pytest.CaptureFixture[str]) -> None:
    """The days of its rows lead to the rules, and so to the columns that it may have."""
    assert 0 == run(["score", "iuran.yaml", write("t.csv", "id,date,warga,rapat\na,2018-05-01,45,rutin\n")])
    assert "Predikat: kurang 0, Baik 1, Unggul 0\n" in capsys.readouterr().out
    assert 2 == run(["score", "iuran.yaml", write("t.csv", "id,date,warga,rapat\na,2017-05-01,45,rutin\n")])
    assert "t.csv:1:15: galat K533" in capsys.readouterr().err
    table = write("t.csv", "id,date,warga\na,2017-05-01,45\nb,,45\nc,2017-05-01,45\n")
    assert 0 == run(["score", "iuran.yaml", table, "--on", "2017-12-31", "--format", "json"])
    assert [("2017", "1")] * 3 == editions_of(capsys.readouterr().out)


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            "a,2017-05-01,45\nb,2018-05-01,45\n",
            't.csv:3:1: galat K551: baris ini termasuk edisi "iuran@2018"',
        ),
        ("a,2017-05-01,45\nb,2018-05-01,45\n", 'baris di t.csv:2 termasuk "iuran@2017"'),
        ("a,2017-05-01,45\nb,,45\n", "t.csv:3:1: galat K547"),
        ("a,2017-05-01,45\nb,1.5.2017,45\n", "t.csv:3:3: galat K114"),
        ("a,2017-05-01,45\nb\n", "t.csv:3:1: galat K547"),
        ("", "t.csv:1:1: galat K531"),
    ],
)
def test_a_table_that_belongs_to_no_one_edition(
    rows: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rows of different editions, a row without a day, or with one that is none: nothing is scored."""
    assert 2 == run(["score", "iuran.yaml", write("t.csv", f"id,date,warga\n{rows}")])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert said in captured.err


@pytest.mark.usefixtures("house")
def test_results_of_several_editions(capsys: pytest.CaptureFixture[str]) -> None:
    """Trails of all editions go into one file; a CSV has the columns of one, and is not written for two."""
    told = ["score", "iuran.yaml", "lama.yaml", "baru.yaml"]
    assert 0 == run([*told, "-o", "h.jsonl"])
    assert "Predikat: kurang 0, Baik 2, Unggul 0\n" in capsys.readouterr().out
    assert [("2017", "1"), ("2018", "1")] == editions_of(Path("h.jsonl").read_text(encoding="utf-8"))
    assert 2 == run([*told, "-o", "h.csv"])
    assert 'galat K552: "baru.yaml" termasuk edisi "iuran@2018"' in capsys.readouterr().err
    assert not Path("h.csv").exists()
    assert 0 == run(["score", "iuran.yaml", "baru.yaml", "-o", "h.csv"])
    assert "rapat.score" in Path("h.csv").read_text(encoding="utf-8")


@pytest.mark.usefixtures("house")
def test_readings_of_editions(capsys: pytest.CaptureFixture[str]) -> None:
    """A reading is asked of the edition that scores a sheet."""
    write(
        "iuran.yaml",
        HOUSE.replace(
            "sum",
            "sum\nreadings: {r: {settles: gap, problem: p, taken: t, because: b, "
            "alternatives: {ya: {change: {indicators: {warga: {bands: {1: {when: '> 45'}, 0: {when: '<= 45'}}}}}}}}}",
        ),
    )
    write("iuran@2018.yaml", NEWER + "readings: {r: null}\n")
    assert 2 == run(["score", "iuran.yaml", "lama.yaml", "baru.yaml", "--read", "r=ya", "--format", "json"])
    captured = capsys.readouterr()
    assert [("2017", "0")] == editions_of(captured.out)
    assert "baru.yaml:1:1: galat K505" in captured.err


@pytest.mark.usefixtures("house")
def test_the_edition_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    """`show`, `check` and `test` take the file that they are given, or with `--on` the edition in force that day."""
    for day, edition in (([], "2017"), (["--on", "2018-05-01"], "2018")):
        assert 0 == run(["show", "iuran.yaml", *day])
        assert f"iuran {edition}\n" == capsys.readouterr().out.splitlines(keepends=True)[0]
    assert 0 == run(["check", "iuran.yaml", "--on", "2018-05-01"])
    assert "iuran.yaml, 2018-05-01: galat 0, temuan lain 0\n" == capsys.readouterr().out
    assert 0 == run(["test", "iuran.yaml", "--on", "2018-05-01"])
    assert capsys.readouterr().out.startswith("iuran.yaml, 2018-05-01: ")
    write("iuran@2018.yaml", NEWER.replace(">= 50", "> 50"))
    assert 0 == run(["check", "iuran.yaml"])
    assert 1 == run(["check", "iuran.yaml", "--on", "2018-05-01"])
    assert "iuran@2018.yaml:6:22: galat K203" in capsys.readouterr().err
    for command in ("show", "check", "test"):
        assert 2 == run([command, "iuran.yaml", "--on", "kapan"])
        assert "K114" in capsys.readouterr().err


# --- explain


def test_a_kept_trail_tells_the_same_story(capsys: pytest.CaptureFixture[str]) -> None:
    """A trail as JSON, on one line or indented, is explained in the words of `score`."""
    path = write("lembar.yaml", SHEET)
    run(["score", "pk-bkm", path])
    told = capsys.readouterr().out
    run(["score", "pk-bkm", path, "--format", "json"])
    kept = capsys.readouterr().out
    for text in (kept, json.dumps(json.loads(kept), indent=2)):
        assert 0 == run(["explain", write("jejak.json", text)])
        assert told == capsys.readouterr().out


def test_trails_on_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Of several trails in a file each is told; one that is none is named by its line and stops nothing."""
    run(["score", "pk-bkm", write("lembar.yaml", SHEET), "--format", "json"])
    kept = capsys.readouterr().out
    path = write("jejak.jsonl", f'{kept}\n{{"format": "lain"}}\n{kept}')
    assert 2 == run(["explain", path, "--language", "en"])
    captured = capsys.readouterr()
    assert 2 == captured.out.count("Sum of weight × score")
    assert "-- jejak.jsonl:4:1 ---" in captured.out
    assert "jejak.jsonl:3:1: format: error K515" in captured.err


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tiada.json", None, "K518"),
        ("folder", None, "K519"),
        ("biner.json", b"\xff\xfe", "K502"),
        ("lembar.yaml", SHEET.encode(), "K514"),
        ("kosong.json", b"", "K514"),
    ],
)
def test_a_trail_that_cannot_be_read(
    name: str, content: bytes | None, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no trail exits with 2 and says why."""
    Path("folder").mkdir()
    if content is not None:
        Path(name).write_bytes(content)
    assert 2 == run(["explain", name])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert code in captured.err
    assert name in captured.err


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("status", "done", "K520"),
        ("nodes.total", None, "K521"),
        ("nodes.keuangan", None, "K521"),
        ("nodes.keuangan.status", "done", "K520"),
        ("nodes.keuangan.facts.keuangan.how", "guessed", "K520"),
        ("nodes.total.steps.0.name", "magic", "K520"),
        ("nodes.total.steps.0.rule", "magic", "K520"),
        ("nodes.total.steps.0.operands.0", "lain", "K521"),
        ("nodes.total.steps.1.operands.0", "1,5", "K131"),
        ("readings.D1.alternatives.rerata.status", "done", "K520"),
        ("notes.0.code", "K999", "K520"),
        ("notes.0.values.name", None, "K102"),
    ],
)
def test_a_trail_that_was_tampered_with(
    path: str, value: str | None, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Words and names that no trail has are refused, never an accident."""
    run(["score", "pk-bkm", write("lembar.yaml", SHEET), "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    *steps, last = (int(step) if step.isdigit() else step for step in path.split("."))
    part = data
    for step in steps:
        part = part[step]
    if value is None:
        del part[last]
    else:
        part[last] = value
    assert 2 == run(["explain", write("jejak.json", json.dumps(data))])
    captured = capsys.readouterr()
    assert "" == captured.out
    assert captured.err.startswith("jejak.json:1:1: ")
    assert f": galat {code}: " in captured.err


# --- check and test


def test_check_finds_a_gap(capsys: pytest.CaptureFixture[str]) -> None:
    """Findings go to standard error with their line, the count to standard output; errors exit with 1."""
    assert 1 == run(["check", write("celah.yaml", GAP), "--language", "en"])
    captured = capsys.readouterr()
    assert "celah.yaml: errors 1, other findings 0\n" == captured.out
    assert captured.err.startswith('celah.yaml:7:5: error K203: no band of "perempuan" holds 40\n')


def test_check_lets_warnings_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """A warning is told and does not change the exit code."""
    text = GAP.replace('"> 40"', '">= 1.000"').replace('"< 40"', '"< 1"')
    assert 0 == run(["check", write("titik.yaml", text)])
    captured = capsys.readouterr()
    assert "titik.yaml: galat 0, temuan lain 1\n" == captured.out
    assert "peringatan K207" in captured.err


#: The number 8 stands twice only where the reading is taken otherwise.
READ = """\
kinerja: 1
id: nomor
combine: sum
indicators:
  a: {number: "8", levels: {ya: 1}}
  b: {number: "9", levels: {ya: 1}}
readings:
  nomor:
    settles: silence
    problem: "Nomor b tidak jelas."
    taken: "9"
    because: "urutannya"
    alternatives:
      delapan: {change: {indicators: {b: {number: "8"}}}}
      celah: {change: {indicators: {b: {title: "B"}}}}
"""


def test_check_of_several_rubrics(capsys: pytest.CaptureFixture[str]) -> None:
    """Each is counted, one that is not there is named, and the worst exit code counts."""
    doubtful = GAP.replace('"> 40"', '">= 1.000"').replace('"< 40"', '"< 1"')
    names = [write("titik.yaml", doubtful), write("celah.yaml", GAP)]
    assert 1 == run(["check", *names, "pk-bkm"])
    captured = capsys.readouterr()
    assert [
        "titik.yaml: galat 0, temuan lain 1",
        "celah.yaml: galat 1, temuan lain 0",
        "pk-bkm: galat 0, temuan lain 3",
    ] == captured.out.splitlines()
    assert ["K207", "K203", *["K234"] * 3] == [
        word[:4] for word in captured.err.split() if word.startswith("K2")
    ]
    assert 2 == run(["check", "tiada.yaml", *names])
    captured = capsys.readouterr()
    assert 2 == len(captured.out.splitlines())
    assert captured.err.startswith("galat K518: ")
    assert 2 == run(["check", "pk-bkm", write("kosong.yaml", "# nanti")])


def test_check_of_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a rubric and without a code there is nothing to do; that is wrong usage."""
    assert 2 == run(["check"])
    assert "K555" in capsys.readouterr().err


def test_findings_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object a line on standard output and nothing else; what cannot be read is such a line too."""
    assert 2 == run(["check", write("celah.yaml", GAP), "tiada.yaml", "--format", "json"])
    captured = capsys.readouterr()
    assert "" == captured.err
    first, second = map(json.loads, captured.out.splitlines())
    assert {
        "code": "K203",
        "severity": "error",
        "path": "indicators.perempuan.bands",
        "file": "celah.yaml",
        "line": 7,
        "column": 5,
        "message": 'tidak ada batasan "perempuan" yang memuat 40',
        "help": "Perluas salah satu batasan, atau persempit ranah `in`.",
        "sheet": {"perempuan": 40},
        "readings": {},
    } == first
    assert ("K518", None, None) == (second["code"], second["file"], second["line"])
    assert 0 == run(["check", "pk-bkm", "--format", "json", "--select", "K203"])
    assert "" == capsys.readouterr().out


def test_findings_for_github(capsys: pytest.CaptureFixture[str]) -> None:
    """Commands that GitHub turns into annotations, with what would end one early written out; then the count."""
    write("a,b:c%.yaml", GAP.replace('"> 40"', '"> 40", text: "40% ke atas"'))
    assert 1 == run(["check", "a,b:c%.yaml", "--format", "github", "--language", "en"])
    captured = capsys.readouterr()
    assert "" == captured.err
    gap, text, count = captured.out.splitlines()
    assert (
        '::error file=a%2Cb%3Ac%25.yaml,line=7,col=5,title=K203::no band of "perempuan" holds 40'
        "%0Aexample sheet: {perempuan: 40}%0Ahelp: Widen a band, or narrow the domain `in`."
    ) == gap
    assert text.startswith(
        '::warning file=a%2Cb%3Ac%25.yaml,line=8,col=17,title=K213::the text "40%25 ke atas"'
    )
    assert "a,b:c%.yaml: errors 1, other findings 1" == count


def test_findings_under_every_reading(capsys: pytest.CaptureFixture[str]) -> None:
    """What is found only where a reading is taken otherwise is told when it is asked for, with the reading."""
    path = write("nomor.yaml", READ)
    assert 0 == run(["check", path, "--select", "K216"])
    assert "nomor.yaml: galat 0, temuan lain 0\n" == capsys.readouterr().out
    assert 0 == run(["check", path, "--all-readings", "--select", "K216"])
    captured = capsys.readouterr()
    assert "nomor.yaml: galat 0, temuan lain 1\n" == captured.out
    assert captured.err.startswith("nomor.yaml:14:51: peringatan K216: ")
    assert "  menurut tafsir: nomor=delapan\n" in captured.err
    run(["check", path, "--all-readings", "--select", "K216", "--format", "json"])
    assert {"nomor": "delapan"} == json.loads(capsys.readouterr().out)["readings"]
    run(["check", path, "--all-readings", "--select", "K216", "--format", "github"])
    assert "%0Amenurut tafsir: nomor=delapan%0A" in capsys.readouterr().out


def test_a_broken_alternative_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """With all readings or without, an alternative that breaks the rubric is one finding."""
    path = write("nomor.yaml", READ.replace('{title: "B"}', "{levels: null}"))
    for more in ([], ["--all-readings"]):
        assert 1 == run(["check", path, "--select", "K206", *more])
        assert "nomor.yaml: galat 1, temuan lain 0\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told", "code"),
    [
        ([], ["K203", "K213"], 1),
        (["--select", "K203"], ["K203"], 1),
        (["--select", "K21"], ["K213"], 0),
        (["--select", "K203,K21"], ["K203", "K213"], 1),
        (["--select", "K203", "--select", "K21"], ["K203", "K213"], 1),
        (["--ignore", "K203"], ["K213"], 0),
        (["--select", "K2", "--ignore", "K21"], ["K203"], 1),
        (["--select", "K217"], [], 0),
    ],
)
def test_findings_that_are_asked_for(
    options: list[str], told: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only those are told, counted, and decide the exit code."""
    path = write("celah.yaml", GAP.replace('"> 40"', '"> 40", text: "40% ke atas"'))
    assert code == run(["check", path, "--format", "json", *options])
    assert told == [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("codes", ["K999", "k203", "K101", "", "K203,", "x"])
def test_codes_that_no_check_has(codes: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt code would hide every finding, or none; it is refused."""
    for option in ("--select", "--ignore"):
        assert 2 == run(["check", "pk-bkm", option, codes])
        captured = capsys.readouterr()
        assert "" == captured.out
        assert "galat K553: " in captured.err
        assert ('Maksudnya "K203"?' in captured.err) == (codes == "k203")


def test_what_cannot_be_read_is_always_told(capsys: pytest.CaptureFixture[str]) -> None:
    """No selection makes an unreadable rubric look sound."""
    assert 2 == run(["check", write("kosong.yaml", "# nanti"), "--select", "K203"])
    assert "K001" in capsys.readouterr().err


def test_an_explanation(capsys: pytest.CaptureFixture[str]) -> None:
    """What a code means, with a rubric that can be copied from the screen; nothing is checked."""
    assert 0 == run(["check", "--explain", "K203", "--language", "en"])
    captured = capsys.readouterr()
    assert "" == captured.err
    lines = captured.out.splitlines()
    assert ["K203, error", "", "What it finds"] == lines[:3]
    assert [] == [line for line in lines if len(line) > 80 and "{" not in line]
    start = lines.index("Example") + 1
    text = "\n".join(line[2:] for line in lines[start : lines.index("Instead")])
    assert ["K203"] == [each.code for each in kinerja.check(text)]
    assert 0 == run(["check", "--explain", "K131"])
    assert ["K131, galat", "", "Bunyinya"] == capsys.readouterr().out.splitlines()[:3]


def test_an_explanation_beside_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    """A code and a rubric: the one is explained and the other checked."""
    assert 1 == run(["check", write("celah.yaml", GAP), "--explain", "K203"])
    captured = capsys.readouterr()
    assert captured.out.startswith("K203, galat\n")
    assert captured.out.endswith("celah.yaml: galat 1, temuan lain 0\n")
    assert "galat K203" in captured.err


def test_an_explanation_of_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    """A misspelt code is refused, with the one that is meant where that is plain."""
    assert 2 == run(["check", "--explain", "k203"])
    assert 'Maksudnya "K203"?' in capsys.readouterr().err


def test_a_long_run_shows_how_far_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal, once it has taken a while, a bar with the name of the rubric; in a pipe none, on output never."""
    check = ["check", write("nomor.yaml", READ), write("[bold].yaml", READ), "--all-readings"]
    monkeypatch.setattr(Bar, "PATIENCE", 0.0)
    assert 0 == run(check)
    piped = capsys.readouterr()
    assert "\x1b" not in piped.err
    assert "%" not in piped.err
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert 0 == run(check)
    shown = capsys.readouterr()
    assert "100%" in shown.err
    assert "nomor.yaml" in shown.err
    assert "[bold].yaml" in shown.err
    assert "%" not in shown.out
    monkeypatch.setattr(Bar, "PATIENCE", 60.0)
    assert 0 == run(check)
    assert "100%" not in capsys.readouterr().err


def test_examples_that_hold(capsys: pytest.CaptureFixture[str]) -> None:
    """`test` runs the examples in a rubric."""
    assert 0 == run(["test", "pk-bkm"])
    captured = capsys.readouterr()
    assert captured.out.startswith("pk-bkm: contoh yang sesuai ")
    assert captured.out.endswith(", yang gagal 0\n")
    assert "" == captured.err


def test_examples_that_fail(capsys: pytest.CaptureFixture[str]) -> None:
    """An example that the rules do not bear out is named with its line, in the language of the rubric; exit 1."""
    text = GAP.replace('"< 40"', '"<= 40"').replace("id: celah", "id: celah\nlanguage: en")
    assert 1 == run(["test", write("contoh.yaml", f"{text}    examples: {{41: 1, 40: 1}}\n")])
    captured = capsys.readouterr()
    assert "contoh.yaml: examples that hold 1, that fail 1\n" == captured.out
    assert captured.err.startswith("contoh.yaml:11:27: error K201")


# --- what is shown is only ever text


def test_nothing_in_data_is_markup(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Markup, emoji names and escapes from a sheet or a file name are shown as they are written, on a terminal too."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    nasty = r"[bold]x[/bold] :smile: \e[31mmerah"
    path = write(
        "\x1b[2J.yaml", SHEET.replace("BKM Sinar Merdu", nasty).replace("perempuan: 40", "perempuan: x")
    )
    assert 1 == run(["score", "pk-bkm", path])
    told = capsys.readouterr().out
    assert "[bold]x[/bold] :smile: <U+001B>[31mmerah" in told
    assert 2 == run(["score", "pk-bkm", write("\x1b[2Jx.yaml", "a: &b 1")])
    assert "\x1b[2J" not in capsys.readouterr().err
    write("form.yaml", GROUPED)
    run(["show", "form.yaml"])
    assert "[red]RW[/red] :smile:" in capsys.readouterr().out


def test_a_terminal_gets_emphasis(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal headings stand out and errors are red; the words are the same."""
    path = write("lembar.yaml", SHEET)
    run(["score", "pk-bkm", path])
    plain = capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(["score", "pk-bkm", path])
    bright = capsys.readouterr().out
    assert plain == bright.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert plain != bright
    run(["check", write("celah.yaml", GAP)])
    assert "\x1b[31m" in capsys.readouterr().err


#: A gap under a long name, in a line that is longer than a terminal is wide.
LONG = GAP.replace("perempuan:", f"{'perempuan_' * 6}dan_laki_laki:").replace(
    "    bands:\n", f"    bands: # {'panjang ' * 15}\n"
)


@pytest.mark.parametrize(("columns", "width"), [(40, 40), (80, 80), (200, 80)])
def test_a_terminal_gets_lines_that_fit(
    columns: int, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentences and help are folded at the width of the terminal, at most 80; the line with its caret is not."""
    check = ["check", write("celah.yaml", LONG), "--language", "en"]
    assert 1 == run(check)
    whole = capsys.readouterr().err.splitlines()
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    assert 1 == run(check)
    folded = capsys.readouterr().err.splitlines()
    assert whole[1:4] == [line for line in folded if line[:8].endswith("| ")]
    assert len(whole[2]) > 80
    told = [line for line in folded if line not in whole[1:4]]
    # A name that is longer than a line is not broken.
    assert [] == [line for line in told if len(line) > width and " " in line.strip()]
    assert [whole[0], *whole[4:]] == joined(told)
    assert len(told) > 2


def joined(lines: list[str]) -> list[str]:
    """Folded lines as the sentences that they were; what continues one is indented by four."""
    found: list[str] = []
    for line in lines:
        if line.startswith("    "):
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
    return found


def test_a_pipe_gets_one_line_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """What another program reads is not folded, however narrow the terminal is that it was started from."""
    assert 1 == run(["check", write("celah.yaml", LONG), "--language", "en"])
    lines = capsys.readouterr().err.splitlines()
    assert 6 == len(lines)
    assert lines[0].endswith(" holds 40")
    assert lines[4].endswith("dan_laki_laki: 40}")
    assert lines[5].endswith("narrow the domain `in`.")


def test_problems_of_a_table_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with a row is folded like any sentence; in a pipe it is one line."""
    score = ["score", "pk-bkm", write("t.csv", TABLE), "--locale", "id"]
    run(score)
    whole = capsys.readouterr().err.splitlines()
    assert max(map(len, whole)) > 80
    monkeypatch.setenv("FORCE_COLOR", "1")
    run(score)
    folded = capsys.readouterr().err.splitlines()
    assert max(map(len, folded)) <= 80
    assert whole == joined(folded)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colours_can_be_refused(
    name: str, value: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`NO_COLOR` and a dumb terminal get no colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv(name, value)
    run(["check", write("celah.yaml", GAP)])
    assert "\x1b[31m" not in capsys.readouterr().err


def test_a_narrow_encoding_ends_no_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the output cannot hold a character, its number is shown."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert 0 == run(["score", "pk-bkm", write("lembar.yaml", SHEET)])
    sys.stdout.flush()
    assert rb"bobot \xd7 nilai" in raw.getvalue()


def test_a_reader_that_has_read_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe that is closed, as by `head`, is no fault."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert 0 == run(["show", "pk-bkm"])
        # What is left over is swallowed instead of failing when Python ends.
        stream.write("x")


def test_results_are_written_although_nobody_hears_of_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    """`kinerja score ... -o h.csv 2>&1 | head -1` writes all of the file, and has the exit code of its rows."""
    write("t.csv", "id,perempuan\na,x\nb,x\n")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        assert 1 == run(["score", "pk-bkm", "t.csv", "-o", "h.csv"])
    assert 3 == len(Path("h.csv").read_text().splitlines())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that not every system has")
def test_output_that_is_full(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Results that can be told nowhere are told of on standard error."""
    with Path("/dev/full").open("w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert 2 == run(["list"])
    assert 'galat K544: "stdout" tidak dapat ditulis: No space left on device\n' == capsys.readouterr().err


@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_stream_that_is_closed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As by `>&-`: what would be said there is said nowhere, and the rest is as ever."""
    write("t.csv", "id,perempuan\na,x\n")
    monkeypatch.setattr(sys, name, None)
    assert 1 == run(["score", "pk-bkm", "t.csv", "-o", "h.csv"])
    getattr(sys, name).close()
    assert 2 == len(Path("h.csv").read_text().splitlines())


# --- the script


def test_the_script_exits_with_the_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The console script hands the arguments on and ends with the code."""
    monkeypatch.setattr(sys, "argv", ["kinerja", "check", "tiada.yaml"])
    with pytest.raises(SystemExit) as ended:
        script.main()
    assert 2 == ended.value.code
    assert "K518" in capsys.readouterr().err


def test_the_script_interrupted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C while nothing is written ends with the exit code of a shell, and without a traceback."""

    def interrupted(_: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("kinerja.cli.run", interrupted)
    with pytest.raises(SystemExit) as ended:
        script.main()
    assert (130, ("", "")) == (ended.value.code, capsys.readouterr())


@pytest.mark.parametrize("library", ["cyclopts", "rich"])
def test_without_the_extra(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the libraries of the command line, one line says what to install."""
    for name in [name for name in sys.modules if name.startswith(("kinerja.cli", library))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SystemExit) as ended:
        script.main()
    assert 2 == ended.value.code
    captured = capsys.readouterr()
    assert "" == captured.out
    assert "The command line needs an extra: pip install 'kinerja[cli]'\n" == captured.err


def test_another_missing_module_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is not mistaken for a missing extra."""
    for name in [name for name in sys.modules if name.startswith("kinerja.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ModuleNotFoundError, match="yaml"):
        script.main()


def test_as_a_program() -> None:
    """Started by a shell: results and diagnostics apart, and the exit code."""
    write("lembar.yaml", SHEET)
    done = program("score", "pk-bkm", "lembar.yaml", "tiada.yaml")
    assert 2 == done.returncode
    assert "Nilai total 65,00" in done.stdout
    assert "K518" in done.stderr


def test_as_a_program_in_a_closed_pipe() -> None:
    """`kinerja score ... | head -1` ends quietly."""
    write("lembar.yaml", SHEET)
    command = [sys.executable, "-m", "kinerja", "score", "pk-bkm", *["lembar.yaml"] * 20]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stderr is not None
        started.stdout.readline()
        started.stdout.close()
        assert "" == started.stderr.read()
    assert 0 == started.returncode


# --- verify


def kept(capsys: pytest.CaptureFixture[str], *names: str) -> Path:
    """A file of trails, one on each line."""
    for name in names:
        Path(name).write_text(SHEET.replace("sukamerdu", name[:-5]), encoding="utf-8")
    assert 0 == run(["score", "pk-bkm", *names, "--format", "json"])
    path = Path("jejak.jsonl")
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    return path


def test_verify_says_what_it_verified(capsys: pytest.CaptureFixture[str]) -> None:
    """Each trail of a file is told with its line and its rubric, in the language that was asked for."""
    path = kept(capsys, "satu.yaml", "dua.yaml")
    assert 0 == run(["verify", str(path), "--language", "en"])
    out, err = capsys.readouterr()
    assert "" == err
    first, second = out.splitlines()
    assert first.startswith(
        "jejak.jsonl:1:1: every figure follows from the facts and the rubric pk-bkm, edition 2017"
    )
    assert second.startswith("jejak.jsonl:2:1: ")


def test_verify_names_what_was_altered(capsys: pytest.CaptureFixture[str]) -> None:
    """The others of a file are verified all the same; the worst of them is the exit code."""
    path = kept(capsys, "satu.yaml", "dua.yaml", "tiga.yaml")
    one, two, three = path.read_text(encoding="utf-8").splitlines()
    spoilt = two.replace('"status": "scored"', '"status": "skor"', 1)
    total = json.loads(one)["total"]["exact"]
    forged = one.replace(f'"total": {{"exact": "{total}"', '"total": {"exact": "99"')
    path.write_text(f"{forged}\n{two}\n{three}", encoding="utf-8")
    assert 1 == run(["verify", str(path)])
    out, err = capsys.readouterr()
    assert 2 == len(out.splitlines())
    assert err.startswith("jejak.jsonl:1:1: total.exact: galat K601: di sini jejak berisi 99")
    path.write_text(f"{one}\n{spoilt}\n{three}", encoding="utf-8")
    assert 2 == run(["verify", str(path)])
    out, err = capsys.readouterr()
    assert 2 == len(out.splitlines())
    assert err.startswith("jejak.jsonl:2:1: nodes.keuangan.status: galat K520")


def test_verify_by_another_rubric(capsys: pytest.CaptureFixture[str]) -> None:
    """A rubric that is named is the one to evaluate by."""
    path = kept(capsys, "satu.yaml")
    assert 0 == run(["verify", str(path), "--rubric", "pk-bkm"])
    assert 1 == run(["verify", str(path), "--rubric", "makassar-rt-rw"])
    assert "K602" in capsys.readouterr().err


def test_verify_counts_many(capsys: pytest.CaptureFixture[str]) -> None:
    """Of many trails the first are told one by one, and all are counted."""
    path = kept(capsys, "satu.yaml")
    path.write_text(path.read_text(encoding="utf-8") * 30, encoding="utf-8")
    assert 0 == run(["verify", str(path)])
    lines = capsys.readouterr().out.splitlines()
    assert (21, "jejak yang terperiksa seluruhnya: 30") == (len(lines), lines[-1])
