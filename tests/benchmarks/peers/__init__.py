"""The PK-BKM form in other engines: each module has one, and builds its model from tests.benchmarks.form."""
