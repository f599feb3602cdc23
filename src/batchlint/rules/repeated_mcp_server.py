"""Two MCP servers of the same name.

Tools and toolsets name their server, so each name in `mcp_servers` may be used once.

The API then refuses the request, hours later; its text is not known.

Example:

    "mcp_servers": [{"type": "url", "name": "docs", "url": "https://a.example/mcp"},
     {"type": "url", "name": "docs", "url": "https://b.example/mcp"}]

Instead:

    "mcp_servers": [{"type": "url", "name": "docs", "url": "https://a.example/mcp"},
     {"type": "url", "name": "tickets", "url": "https://b.example/mcp"}]
"""

from __future__ import annotations

from collections.abc import Iterator

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
    first: dict[str, int] = {}
    for index, server in enumerate(request.params.get("mcp_servers") or ()):
        name = server.get("name")
        if name is not None and first.setdefault(name, index) != index:
            yield Problem(
                pointer=("params", "mcp_servers", index, "name"),
                message=f'the server name "{name[:80]}" is already used by mcp_servers.{first[name]}',
                help="give each server a name of its own",
            )
