"""
Score many sheets by a rubric on Spark: parquet in, parquet in one folder for each status out.

spark-submit score_on_spark.py RUBRIC IN OUT [DESA...]
"""

from __future__ import annotations

import sys

from pyspark.sql import SparkSession

import kinerja


def main(name: str, source: str, target: str, *explained: str) -> None:
    """Score every row of one folder of parquet files into another one, and explain some of them."""
    spark = SparkSession.builder.appName(f"kinerja {name}").getOrCreate()
    evaluator = kinerja.Evaluator(kinerja.load(name))
    sheets = spark.read.parquet(source)

    scored = evaluator.evaluate_frame(sheets, id="desa")
    scored.write.partitionBy("status").mode("error").parquet(target)

    written = spark.read.parquet(target)
    for status, count in sorted(written.groupBy("status").count().collect()):
        print(status, count)
    for desa in explained:
        print(evaluator.explain_row(sheets, desa, column="desa").explain())
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
