"""The PK-BKM form as data: what the models of peers, and frames for them, are made from."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from attrs import frozen

__all__ = ["CHOICES", "NUMBERS", "PLACE", "ROWS", "SHEET", "Row", "answered"]

#: A complete sheet.
SHEET: dict[str, Any] = {
    "lokasi": "kumuh",
    "keuangan": "sangat_baik",
    "perempuan": 40,
    "kolaborasi": "terbentuk",
    "dokumen": "menjadi_bagian",
    "anggaran": 2,
    "pengurangan": 35,
    "database": "berkomputer",
    "infrastruktur": 98,
    "kapasitas": 3,
    "pengaduan": "ada_layanan",
}
#: The question that decides which of two rows is asked, and its answers.
PLACE = ("lokasi", ("kumuh", "pencegahan"))


@frozen
class Row:
    """
    One row of the form, which gives 2, 1 or 0 points.

    `tests` are what gives 2 and what gives 1: options, or comparisons with a number; `place` is where it is asked.
    """

    name: str
    weight: int
    tests: tuple[str, str]
    options: tuple[str, ...] = ()
    top: int = 0
    place: str = ""


def _choice(name: str, weight: int, *options: str, place: str = "") -> Row:
    return Row(name, weight, (options[0], options[1]), options=options, place=place)


def _number(name: str, weight: int, *tests: str, top: int, place: str = "") -> Row:
    return Row(name, weight, (tests[0], tests[1]), top=top, place=place)


#: The rows with their weights in percent: the total is in hundredths of the scale from 0 to 2.
ROWS = (
    _choice("keuangan", 10, "sangat_baik", "memadai", "tidak_memadai"),
    _number("perempuan", 5, "> 40", ">= 30", top=100),
    _choice("kolaborasi", 10, "terlibat_aktif", "terbentuk", "belum_terbentuk"),
    _choice("dokumen", 15, "menjadi_bagian", "ada", "belum_ada"),
    _number("anggaran", 10, "> 2", ">= 1", top=4),
    _number("pengurangan", 15, "> 50", "> 0", top=100, place="kumuh"),
    _choice("pencegahan", 15, "dijalankan", "ada_aturan", "belum_ada_aturan", place="pencegahan"),
    _choice("database", 10, "berkualitas", "berkomputer", "belum_berkomputer"),
    _number("infrastruktur", 15, "> 98", ">= 90", top=100),
    _number("kapasitas", 5, "> 2", ">= 1", top=4),
    _choice("pengaduan", 5, "aktif_responsif", "ada_layanan", "belum_ada_layanan"),
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    PLACE[0]: PLACE[1],
    **{row.name: row.options for row in ROWS if row.options},
}
NUMBERS = tuple(row.name for row in ROWS if not row.options)


def answered(count: int) -> list[dict[str, Any]]:
    """So many complete sheets, each with other answers; the same in every run."""
    random, found = Random(0), []
    for _ in range(count):
        here = random.choice(PLACE[1])
        asked = [row for row in ROWS if row.place in ("", here)]
        answers = {row.name: random.choice(row.options or range(row.top + 1)) for row in asked}
        found.append({PLACE[0]: here, **answers})
    return found
