"""Checks files on Spark: a task for each part of a file, a reduce by the digests of ids, a join by file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from batchlint.reports.json import finding_object
from batchlint.shards import Shard, bytes_of, check_shard, shard_of
from batchlint.shards import by_file as steps
from batchlint.shards.checking import in_order, paths_of
from batchlint.sources.opening import divisible_size
from batchlint.sources.reach import Reach, extend, reach

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

PART = 64_000_000
"""Bytes of a file that a task takes."""
SCHEMA = (
    "rule string, severity string, impact string, message string, help string, url string, path string, line long, "
    "column long, end_line long, end_column long, offset long, end_offset long, index long, custom_id string, "
    "pointer string, api_error string, related array<struct<path:string,line:long,column:long,message:string>>, "
    "more long, fix struct<safety:string,edits:array<struct<offset:long,end_offset:long,text:string>>>"
)
"""A finding, with the fields of `schemas/findings.schema.json`."""


def check(spark: SparkSession, paths: Iterable[str], options: Mapping[str, Any] | None = None) -> DataFrame:
    """The findings in these files, a row each, in the order in which a folder of them is read.

    Each executor reads the files by these paths; URLs within `batchlint.sources.reach.reaching`. `options` are those of
    a configuration, by its keys. Raises OSError where a file cannot be read.
    """
    rows = reports(spark, paths, options).flatMap(lambda report: list(map(finding_object, report.findings)))
    return spark.createDataFrame(rows, SCHEMA)


def reports(
    spark: SparkSession, paths: Iterable[str], options: Mapping[str, Any] | None = None, *, frames: bool = False
) -> RDD[steps.FileReport]:
    """What a run reports of each file, in order. Raises OSError where a file cannot be read."""
    from pyspark import StorageLevel

    context, allowed = spark.sparkContext, reach()
    fixed = {"as-of": datetime.date.today(), **(options or {})}
    parts = [part for path in dict.fromkeys(paths) for part in _parts(path)]
    shards = (
        context.parallelize(parts, max(len(parts), 1))
        .map(partial(_made, allowed, fixed))
        .persist(StorageLevel.MEMORY_AND_DISK)
    )
    for path, reason in shards.flatMap(lambda each: [] if isinstance(each, Shard) else [each]).take(1):
        raise OSError(5, reason, path)
    digests = frozenset(
        shards.flatMap(steps.digests_by_bucket).groupByKey().flatMap(lambda bucket: steps.repeated(bucket[1])).collect()
    )
    few = context.broadcast(digests)
    outlines = in_order(shards.map(lambda shard: steps.outline(steps.thinned(shard, few.value))).collect())
    if not steps.can_be_joined_by_file(outlines):
        whole = in_order(shards.collect())
        return context.parallelize(list(steps.reports_in_one_place(whole, frames=frames)), len(parts))
    known = context.broadcast(outlines)
    order = {path: number for number, path in enumerate(paths_of(outlines))}
    by_file = shards.map(lambda shard: (order[shard.part.path], bytes_of(steps.thinned(shard, few.value))))
    groups = by_file.groupByKey(len(order)).sortByKey(numPartitions=1 if len(order) < 2 else len(order))
    return groups.map(lambda group: _report(allowed, group[1], known.value, frames)).persist(
        StorageLevel.MEMORY_AND_DISK
    )


def _parts(path: str) -> list[tuple[str, int, int]]:
    count = max(-(-divisible_size(path) // PART), 1)
    return [(path, number, count) for number in range(1, count + 1)]


def _made(allowed: Reach, options: Mapping[str, Any], part: tuple[str, int, int]) -> Shard | tuple[str, str]:
    """The shard of a part; a path and a reason where it cannot be read."""
    extend(allowed)
    path, number, count = part
    try:
        return check_shard(path, options, number=number, count=count)
    except OSError as error:
        return path, error.strerror or str(error)


def _report(allowed: Reach, shards: Iterable[bytes], outlines: list[Shard], frames: bool) -> steps.FileReport:
    extend(allowed)
    return steps.report_of_file(in_order(map(shard_of, shards)), outlines, frames=frames)
