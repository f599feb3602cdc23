"""A deferred tool with a cache_control.

A tool with `defer_loading: true` is not part of the prompt until the tool search finds it, so no cache can end at
it. Put the breakpoint on the last tool that is not deferred.

The API then answers, for that request only and hours later: `Tool 'lookup' cannot have both defer_loading=true and
cache_control set. Tools with defer_loading cannot use prompt caching.`

Example:

    {"name": "lookup", "defer_loading": true, "cache_control": {"type": "ephemeral"}, "input_schema": {...}}

Instead:

    {"name": "lookup", "defer_loading": true, "input_schema": {...}}
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
    triggers=("carried:cache_control",),
    source="live captures and issue threads of 2026; docs: tool-use/tool-search-tool",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for pointer, tool in request.tools:
        if tool.get("defer_loading") is True and tool.get("cache_control"):
            name = tool.get("name") or tool.get("type") or ""
            yield Problem(
                pointer=(*pointer, "cache_control"),
                message=f'the tool "{name[:60]}" is deferred and has a cache_control',
                help="move the cache_control to the last tool that is not deferred",
                api_error=errors().text("cache_on_deferred_tool", name=name),
            )
