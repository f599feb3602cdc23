"""A `tool_choice` that names a tool which only code may call.

A tool whose `allowed_callers` lists code execution and not `direct` is called from inside the code execution
container. The model cannot be forced to call it itself. The web tools from 20260209 on are called from code where
`allowed_callers` says nothing; that they cannot be forced is inferred from that, so it is a warning.

The API then answers with an `invalid_request_error`, for that request only and hours later.

Example:

    "tools": [{"type": "code_execution_20260120", "name": "code_execution"},
              {"name": "query", "input_schema": {"type": "object"}, "allowed_callers": ["code_execution_20260120"]}],
    "tool_choice": {"type": "tool", "name": "query"}

Instead: `"allowed_callers": ["direct", "code_execution_20260120"]`, or `"tool_choice": {"type": "auto"}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.defined_tools import defined_tools
from batchlint.analysis.tool_callers import called_by_code_by_default
from batchlint.facts import tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tool_choice",),
    source="docs: tool-use/programmatic-tool-calling, server-tools",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    name = (request.params.get("tool_choice") or {}).get("name")
    tool = None if name is None else request.once(defined_tools).by_name.get(name)
    if name is None or tool is None:
        return
    callers = tool.get("allowed_callers")
    if not set(callers or ()).isdisjoint(tools().direct_callers):
        return
    if not callers and not called_by_code_by_default(tool):
        return
    yield Problem(
        pointer=("params", "tool_choice", "name"),
        message=f"the tool `{name[:80]}` can be called from code alone (`allowed_callers`), so it cannot be forced"
        if callers
        else f"{tool['type']} is called from code unless `allowed_callers` says otherwise, so it cannot be forced",
        help='add "direct" to its `allowed_callers`, or let the model choose: {"type": "auto"}',
        severity=None if callers else "warning",
    )
