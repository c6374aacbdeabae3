"""What a file of results says about itself, so that whoever has only the file can read it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from kinerja._version import __version__
from kinerja.evaluation import Evaluator

__all__ = ["KEY", "about", "named", "sealed"]

#: The name under which a Parquet file keeps it in its metadata.
KEY = "kinerja"


def about(evaluator: Evaluator) -> str:
    """
    The rubric, its identity and readings, the scale of exact totals and the ids of all bands, as JSON with a seal.

    The seal is the SHA-256 of the same JSON without it: it shows that nothing was altered by chance, and signs nothing.

    >>> import json, kinerja
    >>> told = json.loads(about(kinerja.Evaluator(kinerja.load("pk-bkm"))))
    >>> told["rubric"]["id"], told["scale"], told["bands"]["perempuan"]
    ('pk-bkm', 2, ['2', '1', '0'])
    >>> told["seal"] == sealed(told)
    True
    """
    rubric = evaluator.rubric
    found: dict[str, Any] = {
        "kinerja-file": 1,
        "library": f"kinerja {__version__}",
        "rubric": {
            "id": rubric.id,
            "edition": rubric.edition,
            "title": rubric.title,
            "identity": evaluator.identity,
        },
        "readings": dict(evaluator.readings),
        "scale": evaluator.scale,
        "bands": {path: list(ids) for path, ids in evaluator.bands.items()},
    }
    return _text({**found, "seal": sealed(found)})


def sealed(told: dict[str, Any]) -> str:
    """The seal over what a file says of itself, whatever seal it has."""
    return sha256(
        _text({key: each for key, each in told.items() if key != "seal"}).encode("ascii")
    ).hexdigest()


def _text(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def named(evaluator: Evaluator) -> str:
    """
    The rubric in one cell: id and edition, the first sixteen digits of its identity, and the readings chosen.

    >>> import kinerja
    >>> named(kinerja.Evaluator(kinerja.load("pk-bkm"), readings={"D4": "lima-puluh-dua"})).split()[::2]
    ['pk-bkm@2017', 'D4=lima-puluh-dua']
    """
    rubric = evaluator.rubric
    edition = f"{rubric.id}@{rubric.edition}" if rubric.edition else rubric.id
    readings = [f"{name}={chosen}" for name, chosen in evaluator.readings.items()]
    return " ".join([edition, evaluator.identity.rpartition(":")[2][:16], *readings])
