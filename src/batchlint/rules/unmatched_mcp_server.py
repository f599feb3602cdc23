"""An MCP server without its toolset, or a toolset without its server.

Each server in `mcp_servers` is opened to the model by exactly one tool of type `mcp_toolset`, which names it. A server
that no toolset names, a toolset that names no server, and two toolsets for one server are refused. (Under the older
header mcp-client-2025-04-04 there are no toolsets, and the servers alone are enough; without knowing the headers,
servers in a request that has no toolset at all are a warning.)

The API then refuses the request, hours later; its text is not known.

Example:

    "mcp_servers": [{"type": "url", "name": "docs", "url": "https://mcp.example.com"}], "tools": []

Instead:

    "mcp_servers": [{"type": "url", "name": "docs", "url": "https://mcp.example.com"}],
    "tools": [{"type": "mcp_toolset", "mcp_server_name": "docs"}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import betas
from batchlint.request import Request
from batchlint.rule import Metadata, Problem, Severity

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:mcp_servers", "tool:mcp_toolset"),
    source="docs: agents-and-tools/mcp-connector",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    servers = request.params.get("mcp_servers") or []
    names = {server.get("name") for server in servers}
    opened: dict[str, int] = {}
    for index, tool in enumerate(request.params.get("tools") or ()):
        name = tool.get("mcp_server_name")
        if tool.get("type") != "mcp_toolset" or name is None:
            continue
        first = opened.setdefault(name, index)
        if name not in names and None not in names and ("params", "mcp_servers") not in request.refused:
            message, advice = f'the toolset names a server "{name[:60]}" that is not in `mcp_servers`', "add the server"
        elif first != index:
            message, advice = f'a second toolset for the server "{name[:60]}", after tools.{first}', "merge the two"
        else:
            continue
        yield Problem(("params", "tools", index, "mcp_server_name"), message, advice)
    if ("params", "tools") in request.refused or {} in (request.params.get("tools") or ()):
        return  # What the schema refused may have been the toolset.
    severity = _severity_without_toolset(request, bool(opened))
    for index, server in enumerate(servers):
        name = server.get("name")
        if severity is not None and name is not None and name not in opened:
            yield Problem(
                pointer=("params", "mcp_servers", index),
                message=f'no toolset opens the server "{name[:60]}" to the model',
                help=f'add {{"type": "mcp_toolset", "mcp_server_name": "{name[:60]}"}} to `tools`',
                severity=severity,
            )


def _severity_without_toolset(request: Request, has_toolsets: bool) -> Severity | None:
    """How certain it is that a server needs a toolset: by the headers, or where other servers have one."""
    if has_toolsets:
        return "error"
    if request.options.opening is None:
        older = any(server.get("tool_configuration") for server in request.params.get("mcp_servers") or ())
        return None if older else "warning"
    return "error" if request.options.opening.intersection(betas().tools["mcp_toolset"]) else None
