"""A `tool_choice` that names a tool which only code may call.

A tool whose `allowed_callers` lists code execution and not `direct` is called from inside the code execution
container. The model cannot be forced to call it itself.

The API then answers with an `invalid_request_error`, for that request only and hours later.

Example:

    "tools": [{"type": "code_execution_20260120", "name": "code_execution"},
              {"name": "query", "input_schema": {"type": "object"}, "allowed_callers": ["code_execution_20260120"]}],
    "tool_choice": {"type": "tool", "name": "query"}

Instead: `"allowed_callers": ["direct", "code_execution_20260120"]`, or `"tool_choice": {"type": "auto"}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.views.defined_tools import defined_tools

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("member:tool_choice",),
    source="docs: tool-use/programmatic-tool-calling",
    checked="2026-11-23",
    reads=("outline",),
)


def check(request: Request) -> Iterator[Problem]:
    name = (request.params.get("tool_choice") or {}).get("name")
    if name is None:
        return
    callers = request.once(defined_tools).by_name.get(name, {}).get("allowed_callers")
    if not callers or not set(callers).isdisjoint(tools().direct_callers):
        return
    yield Problem(
        pointer=("params", "tool_choice", "name"),
        message=f"the tool `{name[:80]}` can be called from code alone (`allowed_callers`), so it cannot be forced",
        help='add "direct" to its `allowed_callers`, or let the model choose: {"type": "auto"}',
    )
