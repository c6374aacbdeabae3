"""
How hard Hypothesis tries: `HYPOTHESIS_PROFILE` is `ci`, `dev` or `deep`.

`ci` gives the same examples in every run, `dev` new ones, `deep` fifty times as many; see also `tests/test_rows.py`.
"""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# What is measured is what the tests themselves do: the programs that they start run as a user's would.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)

# A shell has programs in the background ignore Ctrl-C, and all that they start: it is tested as in a terminal.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No deadline: a first example pays for imports and compilation, and coverage slows everything.
settings.register_profile("dev", deadline=None, print_blob=True)
settings.register_profile(
    "ci",
    settings.get_profile("dev"),
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "deep",
    settings.get_profile("dev"),
    max_examples=5_000,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if "CI" in os.environ else "dev"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--reset-expected`, which keeps what is told as what is expected."""
    parser.addoption(
        "--reset-expected", action="store_true", help="write tests/bad/**/*.expected and tests/golden anew"
    )
