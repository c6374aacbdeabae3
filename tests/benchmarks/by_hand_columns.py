"""
The PK-BKM form in columns, as a competent programmer would write it by hand in Polars.

The bands of ten rows and the total in hundredths of 0 to 2; a status only where asked for.
"""

from __future__ import annotations

from random import Random
from typing import Any

import polars as pl

__all__ = ["frame", "scored"]

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
NUMBERS = {"perempuan", "anggaran", "pengurangan", "infrastruktur", "kapasitas"}


def frame(count: int) -> pl.DataFrame:
    """So many complete rows."""
    random = Random(0)
    data: dict[str, Any] = {"lokasi": random.choices(("kumuh", "pencegahan"), k=count)}
    for name, (answers, _) in ROWS.items():
        if name in NUMBERS:
            top = 5 if name in ("anggaran", "kapasitas") else 100
            data[name] = [float(random.randint(0, top)) for _ in range(count)]
        else:
            data[name] = random.choices(answers, k=count)
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


def scored(rows: pl.DataFrame, *, checked: bool = False) -> pl.DataFrame:
    """Bands and totals; where checked, also whether a row holds only what the form accepts."""
    slum = pl.col("lokasi") == "kumuh"
    bands = [_band(name).alias(f"{name}.band") for name in ROWS if name not in ("pengurangan", "pencegahan")]
    bands += [
        pl.when(slum).then(_band("pengurangan")).alias("pengurangan.band"),
        pl.when(~slum).then(_band("pencegahan")).alias("pencegahan.band"),
    ]
    total = pl.lit(200, dtype=pl.Int64) - pl.sum_horizontal(
        pl.col(f"{name}.band").fill_null(0).cast(pl.Int64) * weight for name, (_, weight) in ROWS.items()
    )
    found = rows.lazy().with_columns(bands).with_columns(total.alias("total"))
    if checked:
        rights = [_is_right(name) for name in ROWS if name not in ("pengurangan", "pencegahan")]
        either = pl.when(slum).then(_is_right("pengurangan")).otherwise(_is_right("pencegahan"))
        status = (
            pl.when(pl.all_horizontal(*rights, either)).then(pl.lit("complete")).otherwise(pl.lit("wrong"))
        )
        found = found.with_columns(status.alias("status"))
    return found.collect()


def _is_right(name: str) -> pl.Expr:
    if name in NUMBERS:
        return pl.col(name).is_between(-1e300 if name == "pengurangan" else 0, 1e300).fill_null(value=False)
    return pl.col(name).is_in(list(ROWS[name][0])).fill_null(value=False)
