"""An open call of a server tool that the request does not define.

A conversation that ends in a paused turn, or in results for tool uses next to a call of a server tool, makes the API
run that call first. For that, `tools` must define the tool again, as in the request before.

The API then answers, for that request only and hours later: ``... but no `web_fetch` tool was provided``.

Example: a conversation that ends in

    {"role": "assistant", "content": [{"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", ...}]}

in a request without `tools`.

Instead: `"tools": [{"type": "web_search_20250305", "name": "web_search"}]`, as in the request that was paused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.code_execution import brings_code_execution
from batchlint.analysis.defined_tools import defined_tools
from batchlint.analysis.server_calls import server_calls
from batchlint.analysis.tool_callers import called_by_code_by_default
from batchlint.facts import tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:server_tool_use",),
    source="docs: tool-use/server-tools, troubleshooting-tool-use",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    calls = [call for call in request.once(server_calls).open if call.type == "server_tool_use"]
    if not calls:
        return
    defined = request.once(defined_tools)
    if not defined.complete:
        return
    by_type = tools().types
    types = [by_type[tool["type"]] for tool in defined.by_name.values() if tool.get("type") in by_type]
    runs_code = any(map(_may_run_code, defined.by_name.values()))
    usable = {name for each in types for name in each.uses}
    for call in calls:
        name = call.value.get("name")
        if name is None or name in usable or (runs_code and name.endswith("code_execution")):
            continue
        yield Problem(
            pointer=(*call.pointer, "name"),
            message=f"the open call of `{name[:80]}` cannot be run: `tools` does not define that tool",
            help="send the same `tools` as in the request that gave this turn",
            api_error=f"… but no `{name[:80]}` tool was provided",
        )


def _may_run_code(tool: dict[str, Any]) -> bool:
    """Whether the API adds code execution for a tool, or may: of a newer web tool that only the model calls."""
    return brings_code_execution(tool) or called_by_code_by_default(tool)
