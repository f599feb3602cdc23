"""Search results mixed with other blocks in one tool result.

Where one block of a tool result is a `search_result`, all of them have to be. Beside each other in a message they
may be mixed with anything.

The API refuses that request with a 400, hours later.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content":
      [{"type": "search_result", ...}, {"type": "text", "text": "2 results"}]}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "search_result", ...}]},
    {"type": "text", "text": "2 results"}
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
    source="docs 2026-08-22: build-with-claude/search-results (those of 2025 showed a text beside them)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for result in request.blocks_of("tool_result"):
        content = result.value.get("content")
        if not isinstance(content, list):
            continue
        types = [block.get("type", "search_result") for block in content]
        other = next((position for position, kind in enumerate(types) if kind != "search_result"), None)
        if "search_result" in types and other is not None:
            yield Problem(
                pointer=(*result.pointer, "content", other),
                message=f"a block of type {types[other]} next to search results in one tool result",
                help="put it into the content of a search result, or after the tool result",
            )
