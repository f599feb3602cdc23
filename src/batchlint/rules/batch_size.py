"""A batch with no request, too many requests, or too many bytes.

A batch takes 1 to 100,000 requests and 256 MB, counted as it will be sent: with `{"requests": [...]}` around it.
Whether 256 MB are 256,000,000 bytes or 256 MiB is not documented: between the two the finding is a warning.

The API answers at once, and nothing of the batch runs: `requests: List should have at least 1 item after validation,
not 0`, or `413 request_too_large`.

Example: a file of 120,000 requests.

Instead: two files of 60,000 requests (`batchlint split` writes them).
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.batch import Batch
from batchlint.facts import errors, limits
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("batch",),
    source="docs: build-with-claude/batch-processing; live capture 2026-09-02 (empty list)",
    checked="2026-11-23",
)


def check(batch: Batch) -> Iterator[Problem]:
    limit = limits().batch
    if batch.requests < limit.minimum_requests and not batch.irregular:
        yield Problem(
            pointer=None,
            message="the batch has no requests",
            help="see why the program that writes the file wrote nothing",
            api_error=errors().text("too_few_items", path="requests", limit=limit.minimum_requests, found=0),
        )
    if batch.requests > limit.requests:
        yield Problem(
            pointer=None,
            message=f"the batch has {batch.requests:,} requests; the limit is {limit.requests:,}",
            help="split it: batchlint split FILE",
            api_error=errors().text("too_many_items", path="requests", limit=limit.requests, found=batch.requests),
        )
    if batch.sent_bytes > limit.bytes_decimal:
        certain = batch.sent_bytes > limit.bytes_binary
        yield Problem(
            pointer=None,
            message=f"the batch has {batch.sent_bytes:,} bytes as it will be sent; the limit is 256 MB"
            + ("" if certain else f", which may mean {limit.bytes_decimal:,} bytes"),
            help="split it: batchlint split FILE",
            api_error=errors().text("batch_too_large"),
            severity=None if certain else "warning",
        )
