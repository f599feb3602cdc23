"""A tool result of the user for a call that Anthropic answers.

Calls of server tools (`server_tool_use`, ids that begin with `srvtoolu_`) and of MCP servers (`mcp_tool_use`) are
answered by the API, in the assistant turn itself. A `tool_result` for one of them is refused, as no `tool_use` block
has that id.

The API then answers, for that request only and hours later: ``messages.2.content.0: unexpected `tool_use_id` found in
`tool_result` blocks: srvtoolu_1. Each `tool_result` block must have a corresponding `tool_use` block in the previous
message.``

Example:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "srvtoolu_1", "content": "..."}]}

Instead: send the assistant's content back as it came, and no result for its server tools.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import exchanges, server_tool_ids
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="docs: tool-use/tool-search-tool, server-tools",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for exchange in request.once(exchanges):
        uses = {use.value.get("id") for use in exchange.uses}
        for result in exchange.results:
            tool_id = result.value.get("tool_use_id")
            if tool_id is None or tool_id in uses or tool_id not in request.once(server_tool_ids):
                continue
            path = api_path(request.value, result.pointer)
            yield Problem(
                pointer=result.pointer,
                message=f"the tool result answers `{tool_id[:80]}`, a call that the API answers itself",
                help="remove it",
                api_error=errors().text("unexpected_tool_result", path=path, id=tool_id[:80]),
            )
