"""A tool that a message adds or removes, and that is defined nowhere before it.

A `tool_addition` and a `tool_removal` name a tool of `tools`, or one that an earlier `tool_addition` defined; for a
tool of an MCP server they name the server too. A name that is defined nowhere, or is defined only later, is refused,
and so is the listing (`mcp_tool_listing`) of a server that there is not.

The API then refuses that request only, hours later, with the error code `tool_reference_unresolved`; its text is not
known.

Example:

    {"model": "claude-opus-5", "tools": [{"name": "get_weather", "input_schema": {...}}],
     "messages": [{"role": "user", "content": "Hi"}, {"role": "system", "content":
      [{"type": "tool_removal", "tool": {"type": "tool_reference", "name": "get_wether"}}]}], ...}

Instead:

    {"model": "claude-opus-5", "tools": [{"name": "get_weather", "input_schema": {...}}],
     "messages": [{"role": "user", "content": "Hi"}, {"role": "system", "content":
      [{"type": "tool_removal", "tool": {"type": "tool_reference", "name": "get_weather"}}]}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.tool_changes import undefined_references
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:tool_addition", "block:tool_removal", "block:mcp_tool_listing"),
    source="docs: build-with-claude/mid-conversation-system-messages; Python SDK (tool_reference_unresolved)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for pointer, name, is_server, nearest in undefined_references(request):
        what = "MCP server" if is_server else "tool"
        yield Problem(
            pointer=pointer,
            message=f"no {what} `{name[:80]}` is defined before this message"
            + (f"; did you mean `{nearest[:80]}`?" if nearest else ""),
            help=f"write `{nearest[:80]}`" if nearest else f"define the {what}, or remove what names it",
        )
