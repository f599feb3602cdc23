"""`disable_parallel_tool_use` in a request whose tools may be called from code.

Code that Claude writes may call tools several times in one go, so it cannot be limited to one call a turn. The
combination is documented as not supported; whether it is refused or ignored is not documented: a warning.

Example:

    "tools": [{"type": "code_execution_20260120", "name": "code_execution"},
              {"name": "query", "input_schema": {"type": "object"}, "allowed_callers": ["code_execution_20260120"]}],
    "tool_choice": {"type": "auto", "disable_parallel_tool_use": true}

Instead: `"tool_choice": {"type": "auto"}`, or tools without code execution in `allowed_callers`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("member:tool_choice",),
    source="docs: tool-use/programmatic-tool-calling",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if (request.params.get("tool_choice") or {}).get("disable_parallel_tool_use") is not True:
        return
    for _, tool in request.tools:
        if set(tool.get("allowed_callers") or ()).isdisjoint(tools().code_execution_callers):
            continue
        name = (tool.get("name") or "")[:80]
        yield Problem(
            pointer=("params", "tool_choice", "disable_parallel_tool_use"),
            message=f"parallel use of tools is off, while code may call the tool `{name}` (`allowed_callers`)",
            help='remove `disable_parallel_tool_use`, or let `allowed_callers` be ["direct"]',
        )
        return
