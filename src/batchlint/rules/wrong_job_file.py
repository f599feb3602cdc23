"""A file that another platform would not read as the input of a batch.

Amazon Bedrock and Google Cloud read JSONL, one record on each line, and no JSON array. On Bedrock the name of the file
has to end in `.jsonl`; it may be given another name when it is uploaded, so that is a warning.

The job is refused when it is created.

Example:

    [{"custom_id": "a", "request": {"anthropic_version": "vertex-2023-10-16", "max_tokens": 100, "messages": [...]}}]

Instead:

    {"custom_id": "a", "request": {"anthropic_version": "vertex-2023-10-16", "max_tokens": 100, "messages": [...]}}
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
    source="AWS: batch-inference-data; Google Cloud: batch predictions of Claude",
    checked="2026-11-28",
)

CONTAINERS = {"jsonl": "JSONL", "array": "a JSON array", "envelope": "an object with a list `requests`"}


def check(batch: Batch) -> Iterator[Problem]:
    platform = batch.options.platform
    if platform is None:
        return
    if batch.container not in platform.containers:
        read = " or ".join(CONTAINERS[each] for each in platform.containers)
        yield Problem(
            pointer=None,
            message=f"this is {CONTAINERS[batch.container]}; {platform.name} reads {read}",
            help="write each record on a line of its own",
        )
    suffix, name = platform.suffix, batch.path
    if suffix is not None and not name.startswith("<") and not name.endswith(suffix):
        yield Problem(
            pointer=None,
            message=f"the name of the file does not end in {suffix}; {platform.name} takes no other",
            help=f"upload it under a name that ends in {suffix}",
            severity="warning",
        )
