"""More records, or more bytes, than a job on another platform may have by its quotas.

Amazon Bedrock takes 50,000 records in a file and in a job, 1 GB in a file and 5 GB in a job. The first can be raised
for an account, and the values are documented for some models only, so these are warnings. All files of a job are
counted with `--whole-job`.

The job is refused when it is created.

Example: a file of 60,000 records.

Instead: two jobs of 30,000 records.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.batch import Batch
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="batch",
    since="0.1.0",
    triggers=("batch",),
    source="AWS General Reference: quotas of Amazon Bedrock",
    checked="2026-11-28",
)


def check(batch: Batch) -> Iterator[Problem]:
    platform = batch.options.platform
    if platform is None:
        return
    limits, job = platform.limits, batch.job
    found = [
        ("the file", batch.requests, limits.maximum_records, "records"),
        ("the file", batch.file_bytes, limits.maximum_file_bytes, "bytes"),
    ]
    if job is not None and job.files > 1:
        found.append(("the job", job.requests, limits.maximum_records, "records"))
        found.append(("the job", job.bytes, limits.maximum_job_bytes, "bytes"))
    for what, count, most, unit in found:
        if most is not None and count > most:
            yield Problem(
                pointer=None,
                message=f"{what} has {count:,} {unit}; the quota of {platform.name} is {most:,}, if it was not raised",
                help="split it: batchlint split FILE",
                variant=f"{what} {unit}",
            )
