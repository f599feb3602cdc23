"""Two tools of the same name.

The model calls tools by name, so each may be used once in the whole list; the fixed names of Anthropic's own tools
(`web_search`, `bash`, `code_execution` ...) count. Beside a toolset of computer or browser actions no other tool may be
named `computer` or `browser`, and each such toolset may be there once.

The API then answers, for that request only and hours later: `tools: Tool names must be unique.`

Example:

    "tools": [{"type": "web_search_20250305", "name": "web_search"}, {"name": "web_search", "input_schema": {...}}]

Instead:

    "tools": [{"type": "web_search_20250305", "name": "web_search"}, {"name": "search_shop", "input_schema": {...}}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.request_schemas import ToolList, tool_list
from batchlint.facts import errors
from batchlint.facts import tools as known_tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tools",),
    source="error texts quoted in many issues; docs: tool-use/computer-use-tool",
    checked="2026-11-23",
)


def check(request: Request) -> Iterable[Problem]:
    tools = request.params.get("tools")
    return tool_list(request).problems(_repeated_names) if tools and len(tools) > 1 else ()


def _repeated_names(tools: ToolList) -> Iterator[Problem]:
    unique = errors().text("tool_names_unique")
    first: dict[str, int] = {}
    toolsets: dict[str, int] = {}
    for index, tool in enumerate(tools.tools):
        name, known = tool.get("name"), known_tools().find(tool.get("type") or "custom")
        if name is not None and first.setdefault(name, index) != index:
            yield Problem(
                pointer=("params", "tools", index, "name"),
                message=f'the tool name "{name[:80]}" is already used by tools.{first[name]}',
                help="give each tool a name of its own",
                api_error=unique,
            )
        if known and known.reserves and toolsets.setdefault(known.reserves, index) != index:
            yield Problem(
                pointer=("params", "tools", index),
                message=f"a second toolset of type {known.type}",
                help="define it once",
            )
    for reserved, index in toolsets.items():
        if reserved in first:
            yield Problem(
                pointer=("params", "tools", first[reserved], "name"),
                message=f'the tool name "{reserved}" cannot be used together with the toolset in tools.{index}',
                help="rename the tool",
            )
