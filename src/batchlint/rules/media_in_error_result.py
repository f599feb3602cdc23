"""A failed tool result that holds something else than text.

A `tool_result` with `is_error: true` takes text alone, so a screenshot of the failure has to go next to it, or
has to be left out. The result of a failed action of the browser toolset has no `browser_state` either.

The API then answers, for that request only and hours later:
``messages.2.content.0.tool_result: all content must be type `text` if `is_error` is true``.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true, "content":
      [{"type": "text", "text": "..."}, {"type": "image", ...}]}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true, "content":
      [{"type": "text", "text": "..."}]}, {"type": "image", ...}
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
    triggers=("unusual-image", "block:document", "block:search_result", "block:browser_state"),
    source="issue threads and reports of 2025 and 2026; docs: tool-use/browser-use-tool",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for result in request.blocks_of("tool_result"):
        content = result.value.get("content")
        if result.value.get("is_error") is not True or not isinstance(content, list):
            continue
        types = [block.get("type", "text") for block in content]
        other = next((position for position, kind in enumerate(types) if kind != "text"), None)
        if other is not None:
            path = api_path(request.value, result.pointer) + ".tool_result"
            yield Problem(
                pointer=(*result.pointer, "content", other),
                message=f"a block of type {types[other]} in a tool result with is_error, which takes text alone",
                help="report the tabs in the next result that is not an error"
                if types[other] == "browser_state"
                else "put the block after the tool result, into the message itself, or leave it out",
                api_error=errors().text("error_result_not_text", path=path),
            )
