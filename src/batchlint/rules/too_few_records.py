"""Fewer records than a job on another platform needs.

A batch inference job of Amazon Bedrock needs 100 records, all its files together. One file does not tell how many
others there are, so this is a warning; with `--whole-job` the files of the run are all that the job has, and it is an
error.

The job is refused when it is created.

Example: a file of 3 records.

Instead: more records; or send so few requests one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.batch import Batch
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("batch",),
    source="AWS General Reference: quotas of Amazon Bedrock; langchain-ai/langchain-aws 250",
    checked="2026-11-28",
)


def check(batch: Batch) -> Iterator[Problem]:
    platform = batch.options.platform
    least = None if platform is None else platform.limits.minimum_records
    if platform is None or least is None:
        return
    if batch.options.whole_job:
        if batch.job is not None and batch.job.requests < least:
            yield Problem(
                pointer=None,
                message=f"the job has {_records(batch.job.requests)}; a job of {platform.name} needs {least:,}",
                help="add records, or send these requests one by one",
            )
    elif batch.requests < least:
        yield Problem(
            pointer=None,
            message=f"the file has {_records(batch.requests)}; a job of {platform.name} needs {least:,}",
            help="with all files of the job, and --whole-job, they are counted together",
            severity="warning",
        )


def _records(count: int) -> str:
    return f"{count:,} record" if count == 1 else f"{count:,} records"
