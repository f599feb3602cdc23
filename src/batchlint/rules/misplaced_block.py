"""A content block in a message of the wrong role.

Calls of tools and thinking are the model's: `tool_use`, `server_tool_use`, `mcp_tool_use`, `thinking` and
`redacted_thinking` belong into assistant messages. A `tool_result` is your program's: it belongs into a user message.

The API then answers, for that request only and hours later: ``messages.1: `tool_result` blocks can only be in `user`
messages``.

Example:

    {"role": "assistant", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}]}

Instead:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2025 and 2026; docs: build-with-claude/thinking, tool-use/handle-tool-calls",
    checked="2026-11-23",
)

MODEL_ONLY = ("tool_use", "server_tool_use", "mcp_tool_use", "thinking", "redacted_thinking")
WRONG = {"user": MODEL_ONLY, "assistant": ("tool_result",)}
"""The types of block that a message of that role may not hold."""


def check(request: Request) -> Iterator[Problem]:
    for index, message in enumerate(request.messages):
        role, content = message.get("role") or "", message.get("content")
        wrong = WRONG.get(role)
        if wrong is None or not isinstance(content, list):
            continue
        for position, block in enumerate(content):
            kind = block.get("type")
            if kind in wrong:
                yield _problem(request, ("params", "messages", index, "content", position), kind, role)


def _problem(request: Request, pointer: Pointer, kind: str, role: str) -> Problem:
    error, right = ("tool_result_role", "user") if kind == "tool_result" else ("model_block_role", "assistant")
    return Problem(
        pointer=pointer,
        message=f"a block of type `{kind}` in a message of role `{role}`",
        help=f"put it into a message of role `{right}`",
        api_error=errors().text(error, path=api_path(request.value, pointer[:3]), type=kind),
    )
