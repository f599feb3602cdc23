"""A call of a server tool without its result in the same assistant turn.

Anthropic runs server tools and the tools of MCP servers itself: the result comes in the assistant turn that made the
call, and both are sent back as they came. A call may stay open only at the end of the conversation (a paused turn,
which the API continues), or next to tool uses of your own when the next user turn holds their results and nothing
else. A text after those results ends the turn.

The API then answers, for that request only and hours later: `... was found without a corresponding
web_search_tool_result block`. For MCP tools the same rule is documented, but no refusal was seen: a warning.

Example:

    {"role": "assistant", "content": [{"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", ...}]},
    {"role": "user", "content": "And?"}

Instead: send the `web_search_tool_result` block that came with the call too, or leave the call out.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.server_calls import server_calls
from batchlint.facts import errors, tools
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:server_tool_use", "block:mcp_tool_use"),
    source="docs: tool-use/troubleshooting-tool-use, server-tools; recorded answers 2026-08-17 (what may stay open)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for call in request.once(server_calls).unanswered:
        tool_id = call.value["id"][:80]
        result = result_type(call)
        is_mcp = call.type == "mcp_tool_use"
        path = api_path(request.value, call.pointer)
        yield Problem(
            pointer=call.pointer,
            message=f"the call `{tool_id}` has no `{result}` in its turn, and the user's next turn ends it",
            help=_help(request, call),
            api_error=None if is_mcp else errors().text("server_use_without_result", path=path, type=result),
            severity="warning" if is_mcp else None,
        )


def result_type(call: Block) -> str:
    """The type of the block that answers a call."""
    if call.type == "mcp_tool_use":
        return "mcp_tool_result"
    name = call.value.get("name") or ""
    return tools().results.get(name, f"{name[:40]}_tool_result")


def _help(request: Request, call: Block) -> str:
    if call.message in request.once(_messages_with_tool_uses):
        return "let the next user turn hold nothing but the tool results, so that the API runs the call first"
    return "send the result block that came with the call back too, or remove the call"


def _messages_with_tool_uses(request: Request) -> frozenset[int | None]:
    return frozenset(block.message for block in request.blocks_of("tool_use") if block.parent is None)
