"""A search result in a message of the assistant.

Search results are given to the model: in messages of the user, and in tool results. What the model itself found on
the web comes back as `web_search_tool_result`.

The API refuses that request with a 400, hours later.

Example:

    {"role": "assistant", "content": [{"type": "search_result", "source": "...", "title": "...", "content": [...]}]}

Instead:

    {"role": "user", "content": [{"type": "search_result", "source": "...", "title": "...", "content": [...]}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:search_result",),
    source="docs 2026-08-22: build-with-claude/search-results",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("search_result"):
        if block.role == "assistant" and block.parent is None:
            yield Problem(
                pointer=block.pointer,
                message="a search result in a message of the assistant",
                help="move it to a message of the user",
            )
