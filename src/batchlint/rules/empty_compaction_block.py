"""A `compaction` block with an empty summary.

The summary is a text, or null where the API could not make one; an empty text is refused.

The API then refuses that request only, hours later; its text is not known.

Example:

    {"type": "compaction", "content": ""}

Instead:

    {"type": "compaction", "content": null}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:compaction",),
    source="Python SDK (BetaCompactionBlockParam)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("compaction"):
        if block.value.get("content") == "":
            yield Problem(
                pointer=(*block.pointer, "content"),
                message="the summary is empty",
                help="send the block as the API gave it, or leave it out",
            )
