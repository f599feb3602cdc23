"""A tool that is called from code, together with a tool named code_execution whose code cannot call it.

The web tools from 20260209 on are called from code, and so is any tool whose `allowed_callers` names code execution
of 2026. The API adds the code execution for that by itself, unless the request has one that can call tools:
`code_execution_20260120` or later. An older one, or a tool of your own of that name, is then in the way.

The API then answers, for that request only and hours later: `Auto-injecting tools would conflict with existing tool
names: ['code_execution']. Each tool name must be unique.`

Example:

    "tools": [{"type": "web_search_20260209", "name": "web_search"},
              {"type": "code_execution_20250825", "name": "code_execution"}]

Instead:

    "tools": [{"type": "web_search_20260209", "name": "web_search"},
              {"type": "code_execution_20260120", "name": "code_execution"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.tool_callers import runs_in_newer_code
from batchlint.facts import errors
from batchlint.facts import tools as known_tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tools",),
    source="quoted in eight public projects, 2026-05 to 2026-09; docs: tool-use/code-execution-tool, web-search-tool",
    checked="2026-11-28",
)

NAME = "code_execution"


def check(request: Request) -> Iterator[Problem]:
    tools: list[dict[str, Any]] = request.params.get("tools") or []
    named = [index for index, tool in enumerate(tools) if tool.get("name") == NAME]
    if not named or (request.model is not None and request.model.accepts_programmatic_tools is False):
        return  # That a model calls nothing from code is what another rule says.
    if any(tools[index].get("type") in known_tools().calling for index in named):
        return
    called = next((index for index, tool in enumerate(tools) if runs_in_newer_code(tool) and index not in named), None)
    if called is None:
        return
    own = tools[named[0]].get("type") in (None, "custom")
    newer = known_tools().calling[0]
    yield Problem(
        pointer=("params", "tools", named[0], "name" if own else "type"),
        message=f"tools.{called} is called from code, for which the API adds a tool `{NAME}`; this one has that name",
        help=f'{"rename this tool" if own else f"write {newer}"}, or add "allowed_callers": ["direct"] to that one',
        api_error=errors().text("injected_tool_name", name=NAME),
    )
