"""The tools that a request defines, by name."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.request import Request

BRINGING_TOOLS = (("params", "tools"), ("params", "mcp_servers"))
"""Members that bring tools: where the schema refused one whole, nobody knows which."""


class DefinedTools(NamedTuple):
    """The tools of `tools`, and those that a message adds later."""

    by_name: dict[str, dict[str, Any]]
    complete: bool
    """Whether there can be no other: MCP servers bring tools whose names the file does not say, refused ones any."""


def defined_tools(request: Request) -> DefinedTools:
    """The tools that a request defines; to be asked for with `request.once(defined_tools)`."""
    definitions = list(request.params.get("tools") or ())
    complete = not request.params.get("mcp_servers") and request.refused.isdisjoint(BRINGING_TOOLS)
    for block in request.blocks_of("tool_addition", "compaction"):
        added = block.value.get("tool") or {}
        if added.get("type") == "tool_definition":
            definitions.append(added.get("definition") or {})
        elif added.get("type") != "tool_reference":
            complete = complete and block.type == "compaction" and not block.value.get("tool_changes")
    by_name = {tool["name"]: tool for tool in definitions if tool.get("name") is not None}
    return DefinedTools(by_name, complete and all(_says_its_tools(tool) for tool in definitions))


def _says_its_tools(tool: dict[str, Any]) -> bool:
    if tool.get("name") is not None:
        return True
    return is_client_toolset(tool)


def is_client_toolset(tool: dict[str, Any]) -> bool:
    """Whether a tool is one of the sets of computer or browser actions, whose members have fixed names."""
    return (tool.get("type") or "").startswith(("computer_toolset_", "browser_toolset_"))
