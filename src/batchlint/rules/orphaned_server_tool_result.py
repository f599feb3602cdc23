"""A result of a server tool without its call before it.

The result of a server tool (`web_search_tool_result`, `code_execution_tool_result`, `advisor_tool_result` and the
like) refers to a `server_tool_use` block that comes before it. It is orphaned where a program dropped the call, or
cut the history between the two.

The API then answers, for that request only and hours later: ``messages.3.content.0: unexpected `tool_use_id` found in
`advisor_tool_result` blocks: srvtoolu_1. Each `advisor_tool_result` block must have a corresponding `server_tool_use`
block before it.`` For `mcp_tool_result` no refusal was seen: a warning.

Example:

    {"role": "assistant", "content": [{"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []}]}

Instead:

    {"role": "assistant", "content": [{"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", ...},
                                      {"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": []}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.server_calls import server_calls
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=(
        "block:web_search_tool_result",
        "block:web_fetch_tool_result",
        "block:code_execution_tool_result",
        "block:bash_code_execution_tool_result",
        "block:text_editor_code_execution_tool_result",
        "block:tool_search_tool_result",
        "block:advisor_tool_result",
        "block:mcp_tool_result",
    ),
    source="issue threads of 2026 (advisor)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for result in request.once(server_calls).orphaned:
        tool_id, is_mcp = result.value["tool_use_id"], result.type == "mcp_tool_result"
        call = "mcp_tool_use" if is_mcp else "server_tool_use"
        path = api_path(request.value, result.pointer)
        error = errors().text("server_result_without_use", path=path, type=result.type, id=tool_id[:80])
        yield Problem(
            pointer=result.pointer,
            message=f"the result refers to the call `{tool_id[:80]}`, which does not come before it",
            help=f"put the `{call}` block with that id before it, or remove the result",
            api_error=None if is_mcp else error,
            severity="warning" if is_mcp else None,
        )
