"""A request of more than 32 MB.

The API refuses a single request of that size. Whether it does so with a request inside a batch, whose limit as a
whole is 256 MB, is not documented, so this is a warning. It is mostly images or PDFs that make a request so large;
a file that is uploaded once and named by its `file_id` takes no room.

The API may then answer, for that request only and hours later: `413 request_too_large`.

A request of more than `--max-item-bytes` (64 MiB), or of so many values that they alone would take most of that, is not
read at all, which is an error: nothing may pass for good that nobody has looked at. Only its id is known then, and
whether it is JSON.

Example: a request with a PDF of 30 MB, which is 40 MB as base64.

Instead:

    {"type": "document", "source": {"type": "file", "file_id": "file_..."}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Irregularity

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("large-request", "source:unread-item"),
    source="docs: api/errors, build-with-claude/pdf-support (the synchronous endpoint)",
    checked="2026-11-23",
)


def check(request: Request | Irregularity) -> Iterator[Problem]:
    if isinstance(request, Irregularity):
        yield _unread(request)
        return
    limit = limits().request.bytes
    if request.size > limit and request.blocks_of("image", "document"):
        yield Problem(
            pointer=("params",),
            message=f"the request has {request.size:,} bytes; outside a batch the limit is {limit:,}",
            help="scale its images down, split its documents, or upload them once and name their file_id",
            api_error=errors().text("batch_too_large"),
        )


def _unread(item: Irregularity) -> Problem:
    return Problem(
        pointer=(),
        message=f"{item.detail}: it was not read",
        help="split it into several requests; --max-item-bytes says how large a request may be",
        api_error=errors().text("batch_too_large"),
        severity="error",
    )
