"""
The PK-BKM form as a competent programmer would write it by hand: the floor that the library is measured against.

`total` is exact (whole percentages), strict about answers it does not know, and without any trail; `validated` looks at
each answer as the rubric asks for; `kept` keeps what was stated as well.
"""

from __future__ import annotations

from typing import Any

__all__ = ["kept", "total", "validated"]


def total(sheet: dict[str, Any]) -> int:
    """The total in hundredths of the scale from 0 to 2; raises for answers that the form does not have."""
    points = 0
    answer = sheet["keuangan"]
    if answer == "sangat_baik":
        points += 20
    elif answer == "memadai":
        points += 10
    elif answer != "tidak_memadai":
        raise ValueError(answer)
    answer = sheet["perempuan"]
    if answer > 40:
        points += 10
    elif answer >= 30:
        points += 5
    answer = sheet["kolaborasi"]
    if answer == "terlibat_aktif":
        points += 20
    elif answer == "terbentuk":
        points += 10
    elif answer != "belum_terbentuk":
        raise ValueError(answer)
    answer = sheet["dokumen"]
    if answer == "menjadi_bagian":
        points += 30
    elif answer == "ada":
        points += 15
    elif answer != "belum_ada":
        raise ValueError(answer)
    answer = sheet["anggaran"]
    if answer > 2:
        points += 20
    elif answer >= 1:
        points += 10
    answer = sheet["lokasi"]
    if answer == "kumuh":
        answer = sheet["pengurangan"]
        if answer > 50:
            points += 30
        elif answer > 0:
            points += 15
    elif answer == "pencegahan":
        answer = sheet["pencegahan"]
        if answer == "dijalankan":
            points += 30
        elif answer == "ada_aturan":
            points += 15
        elif answer != "belum_ada_aturan":
            raise ValueError(answer)
    else:
        raise ValueError(answer)
    answer = sheet["database"]
    if answer == "berkualitas":
        points += 20
    elif answer == "berkomputer":
        points += 10
    elif answer != "belum_berkomputer":
        raise ValueError(answer)
    answer = sheet["infrastruktur"]
    if answer > 98:
        points += 30
    elif answer >= 90:
        points += 15
    answer = sheet["kapasitas"]
    if answer > 2:
        points += 10
    elif answer >= 1:
        points += 5
    answer = sheet["pengaduan"]
    if answer == "aktif_responsif":
        points += 10
    elif answer == "ada_layanan":
        points += 5
    elif answer != "belum_ada_layanan":
        raise ValueError(answer)
    return points


def validated(sheet: dict[str, Any]) -> int:
    """The same; raises also for an answer of another type, beyond its domain, and for one that nothing asks for."""
    points = 0
    answer = sheet["keuangan"]
    if type(answer) is not str:
        raise TypeError("keuangan")
    if answer == "sangat_baik":
        points += 20
    elif answer == "memadai":
        points += 10
    elif answer != "tidak_memadai":
        raise ValueError(answer)
    answer = sheet["perempuan"]
    if type(answer) is not int and type(answer) is not float:
        raise TypeError("perempuan")
    if not 0 <= answer <= 100:
        raise ValueError(answer)
    if answer > 40:
        points += 10
    elif answer >= 30:
        points += 5
    answer = sheet["kolaborasi"]
    if type(answer) is not str:
        raise TypeError("kolaborasi")
    if answer == "terlibat_aktif":
        points += 20
    elif answer == "terbentuk":
        points += 10
    elif answer != "belum_terbentuk":
        raise ValueError(answer)
    answer = sheet["dokumen"]
    if type(answer) is not str:
        raise TypeError("dokumen")
    if answer == "menjadi_bagian":
        points += 30
    elif answer == "ada":
        points += 15
    elif answer != "belum_ada":
        raise ValueError(answer)
    answer = sheet["anggaran"]
    if type(answer) is not int:
        raise TypeError("anggaran")
    if answer < 0:
        raise ValueError(answer)
    if answer > 2:
        points += 20
    elif answer >= 1:
        points += 10
    answer = sheet["lokasi"]
    if type(answer) is not str:
        raise TypeError("lokasi")
    if answer == "kumuh":
        answer = sheet["pengurangan"]
        if type(answer) is not int and type(answer) is not float:
            raise TypeError("pengurangan")
        if not -1e300 < answer <= 100:
            raise ValueError(answer)
        if answer > 50:
            points += 30
        elif answer > 0:
            points += 15
    elif answer == "pencegahan":
        answer = sheet["pencegahan"]
        if type(answer) is not str:
            raise TypeError("pencegahan")
        if answer == "dijalankan":
            points += 30
        elif answer == "ada_aturan":
            points += 15
        elif answer != "belum_ada_aturan":
            raise ValueError(answer)
    else:
        raise ValueError(answer)
    answer = sheet["database"]
    if type(answer) is not str:
        raise TypeError("database")
    if answer == "berkualitas":
        points += 20
    elif answer == "berkomputer":
        points += 10
    elif answer != "belum_berkomputer":
        raise ValueError(answer)
    answer = sheet["infrastruktur"]
    if type(answer) is not int and type(answer) is not float:
        raise TypeError("infrastruktur")
    if not 0 <= answer <= 100:
        raise ValueError(answer)
    if answer > 98:
        points += 30
    elif answer >= 90:
        points += 15
    answer = sheet["kapasitas"]
    if type(answer) is not int:
        raise TypeError("kapasitas")
    if answer < 0:
        raise ValueError(answer)
    if answer > 2:
        points += 10
    elif answer >= 1:
        points += 5
    answer = sheet["pengaduan"]
    if type(answer) is not str:
        raise TypeError("pengaduan")
    if answer == "aktif_responsif":
        points += 10
    elif answer == "ada_layanan":
        points += 5
    elif answer != "belum_ada_layanan":
        raise ValueError(answer)
    if len(sheet) != 11:
        raise ValueError("answers that nothing asks for")
    return points


def kept(sheet: dict[str, Any]) -> tuple[int, tuple[str, ...], tuple[Any, ...]]:
    """The same, with what was stated."""
    return validated(sheet), tuple(sheet), tuple(sheet.values())
