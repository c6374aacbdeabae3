"""
The PK-BKM form as a competent programmer would write it by hand: the floor that the library is measured against.

Exact (whole percentages), strict about answers it does not know, and without any trail.
"""

from __future__ import annotations

from typing import Any

__all__ = ["total"]


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
