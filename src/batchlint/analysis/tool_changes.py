"""The tools that a conversation adds and removes on its way, and what is defined at each point of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.analysis.defined_tools import BRINGING_TOOLS, is_client_toolset
from batchlint.facts import tools
from batchlint.request import Block, Request
from batchlint.rule import Pointer
from batchlint.spelling import meant


class Undefined(NamedTuple):
    """A tool, or an MCP server, that a message names, and that is not defined before that message."""

    pointer: Pointer
    name: str
    is_server: bool
    nearest: str | None
    """The one that was probably meant."""


def undefined_references(request: Request) -> Iterator[Undefined]:
    """What tool changes and listings of MCP servers name in vain; nothing where nobody knows what is defined."""
    listed = request.params.get("tools") or []
    if not request.refused.isdisjoint(BRINGING_TOOLS) or {} in listed or any(map(is_client_toolset, listed)):
        return  # What the schema refused may have been the one, and how a toolset is named there is not documented.
    names = _names(listed)
    servers = {server.get("name") or "" for server in request.params.get("mcp_servers") or ()} | _servers(listed)
    compactions = [block.message or 0 for block in request.blocks_of("compaction")]
    read_from = max(compactions, default=0)  # What is before a compaction is ignored.
    for block in request.blocks_of("tool_addition", "tool_removal", "mcp_tool_listing", "compaction"):
        reference = _reference(block)
        if reference is not None and (block.message or 0) >= read_from:
            pointer, name = reference
            is_server = pointer[-1] != "name"
            known = servers if is_server else names
            if name not in known:
                yield Undefined(pointer, name, is_server, meant(name, known))
        changes = [block.value, *(block.value.get("tool_changes") or ())]
        definitions = [(change.get("tool") or {}).get("definition") or {} for change in changes]
        names |= _names(definitions)
        servers |= _servers(definitions)


def _reference(block: Block) -> tuple[Pointer, str] | None:
    """The name in a block and its place: the key there is `name` for a tool, another one for a server."""
    pointer, holder, member = block.pointer, block.value, "mcp_server_name"
    if block.type != "mcp_tool_listing":
        pointer, holder = (*pointer, "tool"), holder.get("tool") or {}
        member = "name" if holder.get("type") == "tool_reference" else "server_name"
    name: str | None = holder.get(member)
    return None if name is None else ((*pointer, member), name)


def _names(definitions: list[dict[str, Any]]) -> set[str]:
    return {tool["name"] for tool in definitions if tool.get("name") is not None}


def _servers(definitions: list[dict[str, Any]]) -> set[str]:
    return {tool["mcp_server_name"] for tool in definitions if tool.get("mcp_server_name") is not None}


def taken_names(request: Request) -> Iterator[tuple[Pointer, str]]:
    """The tools that messages define under a name which an available tool of another kind has, each with that name."""
    available = {
        tool["name"]: _is_own(tool)
        for _, tool in request.tools
        if tool.get("name") is not None and not tool.get("defer_loading")
    }
    kinds = [tools().find(tool.get("type") or "custom") for _, tool in request.tools]
    available.update((kind.reserves, False) for kind in kinds if kind is not None and kind.reserves)
    for block in request.blocks_of("tool_addition", "tool_removal"):
        change = block.value.get("tool") or {}
        if block.type == "tool_removal":
            available.pop(change.get("name") or "", None)
            continue
        definition = change.get("definition") or {}
        name, own = definition.get("name"), _is_own(definition)
        if name is not None and available.setdefault(name, own) is not own:
            yield (*block.pointer, "tool", "definition", "name"), name


def _is_own(tool: dict[str, Any]) -> bool:
    """Whether a tool is one of the caller's, and not one that Anthropic defines."""
    return (tool.get("type") or "custom") == "custom"
