"""Tools that an answer calls and its request never offered: nothing is done, and nobody can answer the call."""

from __future__ import annotations

from typing import Any

from batchlint.analysis.defined_tools import is_client_toolset

BRINGING_TOOLS = frozenset(("tool_addition", "compaction"))
"""Blocks of messages that may bring tools."""


def calls_not_offered(message: dict[str, Any], params: Any) -> list[str]:
    """The tools that an answer calls and the request surely did not offer, each once.

    Nothing is sure of what MCP servers, later messages and definitions without a name bring.
    """
    offered = _offered(params)
    return [] if offered is None else list(dict.fromkeys(name for name in calls(message) if name not in offered))


def calls(message: dict[str, Any]) -> list[str]:
    """The names of the tools that an answer calls, but for those of a toolset."""
    content = message.get("content")
    return [
        block["name"]
        for block in (content if isinstance(content, list) else ())
        if isinstance(block, dict)
        and block.get("type") == "tool_use"
        and isinstance(block.get("name"), str)
        and block.get("toolset_name") is None
    ]


def _offered(params: Any) -> frozenset[str] | None:
    """The names of all tools of a request; None where they are not all known."""
    if not isinstance(params, dict) or params.get("mcp_servers"):
        return None
    tools, messages = params.get("tools") or [], params.get("messages")
    if not isinstance(tools, list) or not isinstance(messages, list) or any(map(_brings_tools, messages)):
        return None
    names = []
    for tool in tools:
        name = tool.get("name") if isinstance(tool, dict) else None
        if isinstance(name, str):
            names.append(name)
        elif not isinstance(tool, dict) or not isinstance(tool.get("type"), str) or not is_client_toolset(tool):
            return None
    return frozenset(names)


def _brings_tools(message: Any) -> bool:
    content = message.get("content") if isinstance(message, dict) else None
    return isinstance(content, list) and any(
        isinstance(block, dict) and isinstance(block.get("type"), str) and block["type"] in BRINGING_TOOLS
        for block in content
    )
