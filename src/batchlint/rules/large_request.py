"""A request of more bytes than a limit of your own.

Off unless `--max-request-bytes N` is given. The API has no such limit for a request of a batch; a well-known guide
suggests 100,000 bytes, which some teams keep as a house rule. Bytes are counted as they are in the file.

Example: a request of 150,000 bytes with `--max-request-bytes 100000`.

Instead: shorter documents, or a higher limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="waste",
    since="0.1.0",
    triggers=("large-request",),
    source="a house limit; not a limit of the API",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    limit = request.options.max_request_bytes
    if limit is not None and request.size > limit:
        yield Problem(
            pointer=("params",),
            message=f"the request has {request.size:,} bytes; your limit is {limit:,} (a house limit, not the API's)",
            help="shorten the request, or raise --max-request-bytes",
        )
