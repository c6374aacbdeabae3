"""One Spark for all tests of a process, with nothing of it to be seen from another machine."""

from __future__ import annotations

import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

#: Two cores, the loopback only, no pages, and no notes of where each expression was written.
SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.python.sql.dataFrameDebugging.enabled": "false",
    # A few rows are not worked out while the query is planned, but by code that Spark compiles, as many are.
    "spark.sql.optimizer.excludedRules": "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation",
    "spark.log.level": "FATAL",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """The session of Spark that all tests share."""
    from pyspark.sql import SparkSession

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    with tempfile.TemporaryDirectory(prefix="kinerja-") as place, warnings.catch_warnings():
        builder = SparkSession.builder.config("spark.sql.warehouse.dir", place).config(
            "spark.local.dir", place
        )
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()
