"""`allowed_callers` with code execution, and no code execution tool.

A tool may be called from the code that the model writes and runs. The documentation defines the tool that runs it
with it. The API was seen to add code execution itself where it is missing, of a version of its own choice, so this is
no error.

Example:

    "tools": [{"name": "query", "allowed_callers": ["code_execution_20260120"], "input_schema": {...}}]

Instead:

    "tools": [{"type": "code_execution_20260120", "name": "code_execution"},
     {"name": "query", "allowed_callers": ["code_execution_20260120"], "input_schema": {...}}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.code_execution import is_code_execution
from batchlint.analysis.request_schemas import ToolList, tool_list
from batchlint.analysis.tool_callers import called_by_code_by_default, code_callers
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("carried:allowed_callers",),
    source="docs: tool-use/programmatic-tool-calling; answered with 200 without the tool on 2026-02-26",
    checked="2026-11-28",
)


def check(request: Request) -> Iterable[Problem]:
    return tool_list(request).problems(_callers_without_code)


def _callers_without_code(tools: ToolList) -> Iterator[Problem]:
    if any(not tool or is_code_execution(tool) or called_by_code_by_default(tool) for tool in tools.tools):
        return  # An empty tool is one that the schema refused: it may have been the code execution tool.
    for index, tool in enumerate(tools.tools):
        callers = code_callers(tool)
        if callers:
            yield Problem(
                pointer=("params", "tools", index, "allowed_callers"),
                message=f"code is to call this tool ({callers[0]}), and `tools` does not define code execution",
                help=f'add {{"type": "{callers[0]}", "name": "code_execution"}} to `tools`',
            )
