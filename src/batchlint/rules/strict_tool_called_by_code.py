"""A tool with `strict: true` that code may call.

Strict tools make the model follow their schema while it writes the input. Code that calls a tool is not bound by it,
so `strict` and code execution among the `allowed_callers` exclude each other.

The API then refuses the request, hours later; its text is not known.

Example:

    {"name": "query", "strict": true, "allowed_callers": ["code_execution_20260120"], "input_schema": {...}}

Instead:

    {"name": "query", "allowed_callers": ["code_execution_20260120"], "input_schema": {...}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.tool_callers import code_callers
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict",),
    source="docs: tool-use/programmatic-tool-calling",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for index, tool in enumerate(request.params.get("tools") or ()):
        if tool.get("strict") and code_callers(tool):
            yield Problem(
                pointer=("params", "tools", index, "strict"),
                message="a tool that code may call cannot be strict",
                help="remove `strict`, or code execution from `allowed_callers`",
            )
