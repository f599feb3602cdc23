"""A cache_control on an empty text inside a tool result, a document or a search result.

An empty text there may be taken; with a `cache_control` on it, it is refused. Elsewhere an empty text is refused
anyway, which is `empty-text`.

The API then answers, for that request only and hours later: `messages.2.content.0.tool_result.content.0.text:
cache_control cannot be set for empty text blocks`.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content":
      [{"type": "text", "text": "", "cache_control": {"type": "ephemeral"}}]}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "cache_control": {"type": "ephemeral"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:cache_control",),
    source="docs: build-with-claude/prompt-caching; issue threads of 2025 and 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for block in request.blocks_of("text"):
        if block.parent is not None and block.value.get("text") == "" and block.value.get("cache_control"):
            yield Problem(
                pointer=(*block.pointer, "cache_control"),
                message=f"a cache_control on an empty text inside a {block.parent} block",
                help="put it on the block around it, or on the last text that is not empty",
                api_error=errors().text("cache_on_empty_text", path=f"{api_path(request.value, block.pointer)}.text"),
            )
