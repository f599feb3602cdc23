"""A URL of an image or a document that the API cannot fetch.

The API fetches the file itself while the batch runs, so a URL has to be public and to start with `https://`.
`http://`, `data:`, `file:`, `s3://`, a relative path and an address in your own network do not work. The docs do
not list what is refused, so this is a warning.

The API then answers, for that request only and hours later: `Unable to download the file. Please verify the URL and
try again.`

Example:

    {"type": "image", "source": {"type": "url", "url": "http://example.com/chart.png"}}

Instead:

    {"type": "image", "source": {"type": "url", "url": "https://example.com/chart.png"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("unusual-image", "block:document"),
    source="live capture 2026-09-02 (the answer); reports of 2026 (http and data URLs)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("image", "document"):
        source = block.value.get("source") or {}
        url = source.get("url") if source.get("type") == "url" else None
        if url is None or url[:8].lower() == "https://":
            continue
        is_data = url[:5].lower() == "data:"
        yield Problem(
            pointer=(*block.pointer, "source", "url"),
            message=f'the {block.type} is to be fetched from "{url[:60]}", which is not an https:// URL',
            help='use {"type": "base64", "media_type": ..., "data": ...} with the part after the comma'
            if is_data
            else "use a public https:// URL, or send the file as base64 or by a file_id",
            api_error=errors().text("download_failed"),
        )
