"""A tool search that is deferred itself.

Tools with `defer_loading: true` are found by the tool search; deferred itself, it could never be found.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "tool_search_tool_regex_20251119", "name": "tool_search_tool_regex", "defer_loading": true}

Instead:

    {"type": "tool_search_tool_regex_20251119", "name": "tool_search_tool_regex"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Remove, safe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:defer_loading",),
    source="docs: tool-use/tool-search-tool",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    tools = request.params.get("tools") or ()
    alone = all(tool.get("defer_loading") for tool in tools)
    for index, tool in enumerate(tools):
        searches = (tool.get("type") or "").startswith("tool_search_tool_")
        if searches and tool.get("defer_loading") and not alone:  # All deferred: all-tools-deferred reports it.
            at = ("params", "tools", index, "defer_loading")
            yield Problem(
                pointer=at,
                message="the tool search is deferred",
                help="remove `defer_loading`",
                fix=safe(Remove(at)),
            )
