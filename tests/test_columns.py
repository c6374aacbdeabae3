"""Whole frames: the interpreter's answers in every cell, on every engine, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from random import Random
from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kinerja
from kinerja import Evaluator
from kinerja.engine.columns.lines import Floats, Whole, Wholes, before
from kinerja.engine.columns.terms import Stages, Term, all_of, any_of, divided, joined
from kinerja.errors import UsageError
from kinerja.feel import condition
from kinerja.numbers import MODES, Rounding, exact
from tests.frames import ENGINES, arrow, cells_of, columns, differing, expected, rows


def made(body: str) -> Evaluator:
    """An evaluator of a rubric with these lines, without its proofs."""
    from kinerja.language.documents import read
    from kinerja.language.structure import structure

    return Evaluator(structure(read(f"kinerja: 1\nid: contoh\n{body}", name="contoh.yaml")))


#: Small rubrics that have together what the language has, each with more than one thing that can go wrong.
RUBRICS = {
    "bands": """
combine: mean
indicators:
  a: {measure: {in: "[0..100]"}, bands: {2: {when: "> 98.5"}, 1: {when: "[90..98.5)"}, 0: {when: "< 90"}}}
  b: {measure: {in: ">= 0", step: 1}, bands: {3: {when: "> 1/3"}, 7: {when: "0"}, 4: {when: "[5..6], 9"}}}
  c: {measure: {round: {to: 1, mode: half-up}}, bands: {1: {when: "[10..25]"}, 0: {when: "< 10, > 25"}}}
  d: {measure: {in: "[0..10]", step: 0.25}, bands: {baik: {when: "not([2..3])", score: 5}}}
  e: {measure: {in: "[0..10]", step: 5}, bands: {1: {when: "-"}}}
  f: {measure: {in: "[0..10]", step: 2.5}, bands: {1: {when: "> 2.5"}, 2: {when: "<= 2.5"}}}
grades: {kurang: {when: "< 1"}, cukup: {when: "[1..2)"}, baik: {when: ">= 2"}}
""",
    "choices": """
combine: weighted-sum
facts:
  jenis: {kind: choice, options: {a: {}, b: {}, c: {}}}
  ada: {kind: yes-no, missing: "false"}
  jumlah: {in: "[0..9]", step: 1, missing: 4}
  tingkat: {kind: choice, options: {x: {}, y: {}}, missing: y}
indicators:
  p: {weight: 50%, applies: {jenis: 'a, b'}, levels: {ya: 1, tidak: {score: none, because: "tidak diuji"}, belum: 0}}
  q: {weight: 50%, applies: {jenis: c}, levels: {"true": 1, "false": 0}}
  r:
    weight: [{when: {ada: "true"}, is: 50%}, {when: {ada: "false"}, is: 50%}]
    bands: {1: {when: {ada: "true", jumlah: "> 3"}}, 0: {when: {ada: "false"}}, 2: {when: {ada: "true", jumlah: "<= 3"}}}
  s: {weight: 0%, bands: {1: {when: {tingkat: x}}, 3: {when: {tingkat: not(x)}}}}
grades: {kurang: {when: "< 0.5"}, baik: {when: ">= 0.5"}, tanpa: {when: none}}
""",
    "sets": """
combine: mean
facts: {syarat: {kind: set, options: {a: {}, b: {}}}}
indicators:
  l: {ladder: {satu: {score: 1, text: x}, dua: {score: 5, text: y}, tiga: {score: 7, text: z}}, otherwise: 0}
  m: {ladder: {satu: {score: 1, text: x}, dua: {score: 5, text: y}}}
  n: {ladder: {satu: {score: 1, all: {p: x, q: y}}, dua: {score: 2, text: z}}, otherwise: 0, missing: exclude}
""",
    "groups": """
combine: sum
facts: {pilih: {kind: choice, options: {a: {}, b: {}}}}
indicators:
  least: {combine: min, cap: "<= 7", indicators: {x: {applies: {pilih: a}, direct: {in: "[0..10]", step: 1}}, y: {direct: {in: "[-3..10]", step: 0.5}}}}
  most: {combine: max, round: {to: 1, mode: half-even}, indicators: {x: {direct: {in: "[0..10]", step: 0.5}}, y: {direct: {in: "[0..10]", step: 1}}}}
  times: {combine: product, scale: {from: [0, 50], to: [10, 0]}, indicators: {x: {applies: {pilih: a}, direct: {in: "[0..10]", step: 1}}, y: {direct: {in: "[-1..10]", step: 1}}}}
  mid: {combine: mean, cap: "[2..20]", round: {to: 0.1, mode: floor}, indicators: {x: {missing: exclude, direct: {in: "[-5..30]", step: 1}}, y: {missing: exclude, direct: {in: "[0..30]", step: 1}}, z: {applies: {pilih: b}, direct: {in: "[0..30]", step: 1}}}}
  rest: {levels: {ya: 1, tidak: 0}}
aside:
  bare: {indicators: {x: {levels: {ya: 1, tidak: 0}}}, grades: {g: {when: {bare.x.score: "1"}}, h: {when: {bare.x.score: "0"}}}}
""",
    "formulas": """
combine: sum
facts:
  awal: {in: "[0..1000]", step: 0.01}
  kini: {in: "[-5..1000]", step: 1}
  laju: {in: "[-2..2]", step: 1}
  turun: {from: "100 * (awal - kini) / awal", in: "<= 100"}
  bulat: {from: "awal / laju", round: {to: 1, mode: half-up}}
  tambah: {from: "kini + 1", step: 1, in: "[-4..1001]"}
indicators:
  a: {measure: {from: "100 * (awal - kini) / awal"}, bands: {2: {when: "> 50"}, 1: {when: "(0..50]"}, 0: {when: "<= 0"}}}
  b: {bands: {1: {when: {bulat: "> 3"}}, 0: {when: {bulat: "<= 3"}}}}
  c: {formula: "tambah * 2 - b.score"}
  d: {formula: "c.score / kini", round: {to: 0.01, mode: half-down}}
  e: {formula: [{when: {laju: "> 0"}, is: "-laju * 3"}, {when: {laju: "0"}, is: none}, {when: {laju: "< 0"}, is: 4}]}
  f: {formula: "bulat + 1/2"}
  g: {measure: {in: "[0..5]", step: 1}, bands: {a: {when: "> 2", score: "kini * 2"}, b: {when: "<= 2", score: [{when: {laju: "> 0"}, is: 1}, {when: {laju: "> 1"}, is: 2}]}}}
""",
    "gates": """
combine: sum
better: lower
facts: {izin: {kind: yes-no}, nilai: {in: "[0..9]", step: 1}, lapor: {kind: choice, options: {a: {}, b: {}}}}
requires:
  syarat: {when: {izin: "true"}, text: "harus ada", grade: buruk}
  lain: {when: {nilai: "> 3"}, text: "harus lebih", grade: sedang}
indicators:
  a:
    combine: sum
    requires: {x: {when: {nilai: "< 9"}, text: "kurang"}, y: {when: {a.score: "< 8"}, text: "terlalu"}, z: {when: {lapor: a}, text: "lapor"}}
    indicators: {p: {measure: {in: "[0..9]", step: 1}, bands: {1: {when: "< 5"}, 9: {when: "> 5"}}}}
  b: {applies: {a.score: "> 0"}, levels: {ya: 1, tidak: 0}}
grades: {baik: {when: "< 3"}, sedang: {when: "[3..9]"}, buruk: {when: "> 9"}}
aside:
  atas: {grades: {satu: {when: {total.grade: baik}}, dua: {when: {total.grade: "not(baik)"}}}}
  samping: {applies: {atas.grade: satu}, levels: {ya: 1, tidak: 0}}
""",
}


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("name", sorted(RUBRICS))
def test_every_cell_is_the_interpreters(name: str, engine: str) -> None:
    """Whatever a row holds, and however its columns are typed, its cells are those of the interpreter."""
    evaluator = made(RUBRICS[name])
    for seed in range(4):
        random = Random(seed)
        kinds = columns(evaluator, random, stated=0 if name == "formulas" else 0.5, whole=0.0 if seed else 1.0)
        assert [] == differing(evaluator, kinds, rows(evaluator, kinds, random, 80), engine)
