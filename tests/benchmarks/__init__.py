"""How long things take: `python -m tests.benchmarks` prints it."""
