"""All tools with `defer_loading: true`.

A deferred tool is not shown to the model until a tool search finds it, so at least one tool has to be there from the
start: the tool search itself, usually.

The API then answers, for that request only and hours later: `At least one tool must have defer_loading=false. All tools
cannot be deferred.`

Example:

    "tools": [{"name": "a", "defer_loading": true, ...}, {"name": "b", "defer_loading": true, ...}]

Instead:

    "tools": [{"type": "tool_search_tool_bm25_20251119", "name": "tool_search_tool_bm25"}, {"name": "a",
     "defer_loading": true, ...}, {"name": "b", "defer_loading": true, ...}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:defer_loading",),
    source="docs: tool-use/tool-search-tool",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    tools = request.params.get("tools") or ()
    if tools and all(tool.get("defer_loading") for tool in tools):
        yield Problem(
            pointer=("params", "tools"),
            message="all tools are deferred",
            help="add a tool search, or remove `defer_loading` from one of them",
            api_error=errors().text("all_deferred"),
        )
