"""What an explanation is made of, and pieces of rubrics that several examples share."""

from __future__ import annotations

from attrs import frozen

from kinerja.messages import Language

__all__ = ["BANDS", "GRADED", "NUMBERED", "PLACES", "READING", "WEIGHTED", "Explanation", "of", "said"]


@frozen
class Explanation:
    """What a code means: its definition, why it matters, what to do, and a rubric in which it is found and one not."""

    definition: dict[Language, str]
    why: dict[Language, str]
    do: dict[Language, str]
    found: str
    mended: str


def said(en: str, id: str) -> dict[Language, str]:
    """A text in both languages."""
    return {"en": en, "id": id}


def of(
    definition: dict[Language, str],
    why: dict[Language, str],
    do: dict[Language, str],
    found: str,
    mended: str,
) -> Explanation:
    """Texts, and the rubrics below a head that all of them share."""
    head = "kinerja: 1\nid: contoh\n"
    return Explanation(definition, why, do, f"{head}{found}", f"{head}{mended}")


#: One measure in bands, which are filled in elsewhere.
BANDS = """\
combine: sum
indicators:
  perempuan:
    measure: {unit: "%", in: "[0..100]"}
    bands:
"""
#: One reading with an alternative, whose change is filled in elsewhere.
READING = """\
readings:
  tepat-40:
    settles: gap
    problem: "Tepat 40% tidak disebut."
    taken: "Tepat 40% bernilai 1."
    because: "kalimatnya menyebut ke atas"
    alternatives:
      nol:
"""
#: Two places, which decide what applies.
PLACES = "facts: {lokasi: {kind: choice, options: {kumuh: Kumuh, cegah: Pencegahan}}}\n"
#: Two rows, whose printed numbers are filled in elsewhere.
NUMBERED = """\
combine: sum
indicators:
  hadir: {{number: "{}", levels: {{ya: 1, tidak: 0}}}}
  kas: {{number: "{}", levels: {{ya: 1, tidak: 0}}}}
"""
#: Two weights, which are filled in elsewhere; the second row applies in one place.
WEIGHTED = """\
combine: weighted-sum
facts: {{lokasi: {{kind: choice, options: {{kumuh: Kumuh, cegah: Pencegahan}}}}}}
indicators:
  hadir: {{weight: {}, levels: {{ya: 1, tidak: 0}}}}
  kas: {{weight: {}, applies: {{lokasi: kumuh}}, levels: {{ya: 1, tidak: 0}}}}
"""
#: One award, whose words are filled in elsewhere.
GRADED = """\
combine: sum
grades:
  baik:
    when: ">= 0"
    awards: {{insentif: {{amount: 500000, currency: IDR, words: "{}"}}}}
indicators:
  nilai: {{direct: {{in: "[0..100]"}}}}
"""
