"""A document in a message of the assistant, which API version 2026-10-21 refuses.

Documents belong into messages of the user. Those inside another block, such as the result of a web fetch, stay
where they are. API version 2023-06-01 takes both.

The API refuses that request with a 400, hours later, where the batch was created with `anthropic-version:
2026-10-21`, the default of Python SDK 2.0 and later. Say which one you use with `--api-version`; without that, it
is a warning.

Example:

    {"role": "assistant", "content": [{"type": "document", "source": {...}}, {"type": "text", "text": "..."}]}

Instead:

    {"role": "user", "content": [{"type": "document", "source": {...}}]}, {"role": "assistant", "content": "..."}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.api_version import refused_since_2026_10_21
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:document",),
    source="docs: api/migration-2026-10-21",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("document"):
        if block.role == "assistant" and block.parent is None:
            yield from refused_since_2026_10_21(
                request,
                block.pointer,
                "a document in a message of the assistant",
                "move it to a message of the user",
            )
