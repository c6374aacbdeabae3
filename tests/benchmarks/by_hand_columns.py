"""
The PK-BKM form in columns, as a competent programmer would write it by hand in Polars.

The bands of ten rows and the total in hundredths of 0 to 2; scores, a grade and a status only where asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import polars as pl

__all__ = ["GRADED", "copied", "frame", "scored"]

#: The answers from best to worst, or the bounds that a number lies above or on; and the weight in percent.
ROWS: dict[str, tuple[tuple[Any, ...], int]] = {
    "keuangan": (("sangat_baik", "memadai", "tidak_memadai"), 10),
    "perempuan": ((">", 40.0, 30.0), 5),
    "kolaborasi": (("terlibat_aktif", "terbentuk", "belum_terbentuk"), 10),
    "dokumen": (("menjadi_bagian", "ada", "belum_ada"), 15),
    "anggaran": ((">", 2.0, 1.0), 10),
    "pengurangan": (("> >", 50.0, 0.0), 15),
    "pencegahan": (("dijalankan", "ada_aturan", "belum_ada_aturan"), 15),
    "database": (("berkualitas", "berkomputer", "belum_berkomputer"), 10),
    "infrastruktur": ((">", 98.0, 90.0), 15),
    "kapasitas": ((">", 2.0, 1.0), 5),
    "pengaduan": (("aktif_responsif", "ada_layanan", "belum_ada_layanan"), 5),
}
PERCENT = {"perempuan", "pengurangan", "infrastruktur"}
WHOLE = {"anggaran", "kapasitas"}
NUMBERS = {"perempuan", "anggaran", "pengurangan", "infrastruktur", "kapasitas"}


#: The least total of each grade, best first, in hundredths.
GRADES = (("baik", 150), ("cukup", 100), ("kurang", 0))
#: The same grades, for a rubric of pk-bkm whose total goes from 0 to 100.
GRADED = """
kinerja: 1
id: pk-bkm-berperingkat
extends: {rubric: pk-bkm, edition: "2017"}
grades: {kurang: {when: "< 50"}, cukup: {when: "[50..75)"}, baik: {when: ">= 75"}}
"""


def frame(count: int, *, spoilt: float = 0.0) -> pl.DataFrame:
    """So many rows; of the cells of each column, but for the place, a share is half empty and half wrong."""
    random = Random(0)
    data: dict[str, Any] = {"lokasi": random.choices(("kumuh", "pencegahan"), k=count)}
    for name, (answers, _) in ROWS.items():
        if name in NUMBERS:
            top = 5 if name in ("anggaran", "kapasitas") else 100
            data[name] = [float(random.randint(0, top)) for _ in range(count)]
        else:
            data[name] = random.choices(answers, k=count)
        for at in random.sample(range(count), int(count * spoilt)):
            wrong = float("nan") if name in NUMBERS else "entah"
            data[name][at] = None if at % 2 else wrong
    return pl.DataFrame(data)


def _band(name: str) -> pl.Expr:
    first, second, third = ROWS[name][0]
    column = pl.col(name)
    if name not in NUMBERS:
        chain = pl.when(column == first).then(_small(0)).when(column == second).then(_small(1))
        return chain.when(column == third).then(_small(2))
    lower = column > third if first == "> >" else column >= third
    return pl.when(column > second).then(_small(0)).when(lower).then(_small(1)).otherwise(_small(2))


def _small(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.UInt8)


def copied(rows: str, found: str, ids: Mapping[str, Sequence[str]]) -> None:
    """One Parquet file to another, with the columns of `kinerja score`: the ids of bands, both totals, the status."""
    made = _made(pl.scan_parquet(rows), checked=True)
    names = {path: pl.Enum(each) for path, each in ids.items()}
    places = {path: pl.col(f"{path}.band") for path in ids}
    made = made.with_columns(
        *(
            pl.when(places[path] == 0)
            .then(pl.lit(each[0], dtype=names[path]))
            .when(places[path] == 1)
            .then(pl.lit(each[1], dtype=names[path]))
            .when(places[path] == 2)
            .then(pl.lit(each[2], dtype=names[path]))
            .alias(f"{path}.band")
            for path, each in ids.items()
        ),
        (pl.col("total") / 2).alias("total"),
        pl.col("total").alias("total.scaled"),
        pl.lit(None, dtype=pl.String).alias("problems"),
    )
    made.sink_parquet(found)


def scored(
    rows: pl.DataFrame, *, checked: bool = False, graded: bool = False, trail: str = "bands"
) -> pl.DataFrame:
    """The same in a frame at hand."""
    return _made(rows.lazy(), checked=checked, graded=graded, trail=trail).collect()


def _made(
    rows: pl.LazyFrame, *, checked: bool = False, graded: bool = False, trail: str = "bands"
) -> pl.LazyFrame:
    """
    Bands and totals, with `trail="scores"` scores too, and the grade where asked for.

    Where checked, also which of three states a row is in; a band is then there where its answer is one, and a total
    where the row is complete.
    """
    slum = pl.col("lokasi") == "kumuh"
    either = {"pengurangan": slum, "pencegahan": ~slum}
    bands = []
    for name in ROWS:
        holds = either.get(name)
        if checked and name in NUMBERS:
            holds = _is_right(name) if holds is None else holds & _is_right(name)
        band = _band(name) if holds is None else pl.when(holds).then(_band(name))
        bands.append(band.alias(f"{name}.band"))
    total = pl.lit(200, dtype=pl.Int64) - pl.sum_horizontal(
        pl.col(f"{name}.band").fill_null(0).cast(pl.Int64) * weight for name, (_, weight) in ROWS.items()
    )
    found = rows.with_columns(bands).with_columns(total.alias("total"))
    if checked:
        # A band that is there is an answer that is one.
        rights = {name: pl.col(f"{name}.band").is_not_null() for name in ROWS}
        right = [rights[name] | ~either[name] if name in either else rights[name] for name in ROWS]
        wrongs = {name: ~rights[name] & pl.col(name).is_not_null() for name in ROWS}
        wrong = [wrongs[name] & either[name] if name in either else wrongs[name] for name in ROWS]
        found = found.with_columns(
            pl.when(pl.all_horizontal(right))
            .then(pl.lit("complete"))
            .when(pl.any_horizontal(wrong))
            .then(pl.lit("invalid"))
            .otherwise(pl.lit("incomplete"))
            .alias("status")
        ).with_columns(pl.when(pl.col("status") == "complete").then(pl.col("total")))
    if trail == "scores":
        found = found.with_columns((2.0 - pl.col(f"{name}.band")).alias(f"{name}.score") for name in ROWS)
    if graded:
        at_least = [pl.col("total") >= low for _, low in GRADES]
        first, second, third = (pl.lit(grade) for grade, _ in GRADES)
        grade = pl.when(at_least[0]).then(first).when(at_least[1]).then(second).when(at_least[2]).then(third)
        found = found.with_columns(grade.alias("grade"))
    return found


def _is_right(name: str) -> pl.Expr:
    right = pl.col(name).is_between(-1e300 if name == "pengurangan" else 0, 100 if name in PERCENT else 1e300)
    if name in WHOLE:
        right &= pl.col(name).floor() == pl.col(name)
    return right.fill_null(value=False)
