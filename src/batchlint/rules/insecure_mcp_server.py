"""An MCP server whose address does not begin with `https://`.

The API connects to MCP servers itself, over HTTPS only; programs on your own machine and plain HTTP cannot be reached.

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "url", "name": "docs", "url": "http://localhost:8080/mcp"}

Instead:

    {"type": "url", "name": "docs", "url": "https://mcp.example.com/mcp"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:mcp_servers",),
    source="docs: agents-and-tools/mcp-connector",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    prefix = limits().mcp.url_prefix
    for index, server in enumerate(request.params.get("mcp_servers") or ()):
        url = server.get("url")
        if url is not None and not url.lower().startswith(prefix):
            yield Problem(
                pointer=("params", "mcp_servers", index, "url"),
                message=f"the address of an MCP server has to begin with {prefix}",
                help=f"write an address that can be reached from outside, by {prefix.removesuffix('://')}",
            )
