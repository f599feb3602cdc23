"""A record of more bytes than a request to another platform may have.

Amazon Bedrock takes requests of 20 MB, Google Cloud of 30 MB. That this holds for a record of a batch too is not
documented, so it is a warning.

Example: a record with images of 25 MB on Amazon Bedrock.

Instead: smaller images, or several records.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("large-request",),
    source="docs 2026-08-22: claude-in-amazon-bedrock, claude-on-vertex-ai (request payload)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    platform = request.options.platform
    if platform is not None and request.size > platform.limits.maximum_record_bytes:
        most = platform.limits.maximum_record_bytes
        yield Problem(
            pointer=("params",),
            message=f"the record has {request.size:,} bytes; a request to {platform.name} may have {most:,}",
            help="shorten it, or divide it into several records",
        )
