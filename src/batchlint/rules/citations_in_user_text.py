"""Citations on a text of the user, which API version 2026-10-21 refuses.

`citations` on a text block are what the model wrote; a text of the user, in a search result too, has none. They
stay on texts of the assistant that are given back, and `"citations": {"enabled": true}` on documents and search
results is something else. API version 2023-06-01 takes them.

The API refuses that request with a 400, hours later, where the batch was created with `anthropic-version:
2026-10-21`, the default of Python SDK 2.0 and later. Say which one you use with `--api-version`; without that, it
is a warning.

Example:

    {"role": "user", "content": [{"type": "text", "text": "...", "citations": [{"type": "char_location", ...}]}]}

Instead:

    {"role": "user", "content": [{"type": "text", "text": "..."}]}
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
    triggers=("carried:citations",),
    source="docs: api/migration-2026-10-21",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("text"):
        if block.role == "user" and block.value.get("citations"):
            yield from refused_since_2026_10_21(
                request,
                (*block.pointer, "citations"),
                "citations on a text of the user",
                "remove citations from this text",
            )
