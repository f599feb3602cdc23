"""A tool result after other content of the user turn.

Tool results come first in the user turn that answers a tool use, texts and images after them. Neighbouring user
messages are one turn, so a text message before the results, or an image between them, counts too; whether the API
minds it there is less certain (a warning).

The API then answers, for that request only and hours later: ``messages.2: `tool_use` ids were found without
`tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block
in the next message.``

Example:

    {"role": "user", "content": [{"type": "text", "text": "Here it is:"},
                                 {"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}]}

Instead:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"},
                                 {"type": "text", "text": "Here it is."}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import Exchange, exchanges
from batchlint.edits import Reorder, safe
from batchlint.facts import errors
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="docs: tool-use/troubleshooting-tool-use, implement-tool-use; issue threads of 2026",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    for exchange in request.once(exchanges):
        late = late_result(exchange)
        if late is None:
            continue
        result, before = late
        tool_id = result.value["tool_use_id"]
        place = api_path(request.value, result.pointer[:3])
        split = before.message != result.message
        yield Problem(
            pointer=result.pointer,
            message=f"the tool result for `{tool_id[:80]}` comes after a block of type `{before.type}`"
            + (f" of the message before, at {api_path(request.value, before.pointer)}" if split else ""),
            help="put all tool results before the other content of the turn",
            api_error=errors().text("unanswered_tool_use", path=place, ids=tool_id[:80]),
            severity="warning" if split else None,
            fix=None if split else safe(_results_first(request, result.pointer)),
        )


def _results_first(request: Request, pointer: Pointer) -> Reorder:
    """The edit that puts the tool results of a message before its other content, each part in its own order."""
    message, content = pointer[2], pointer[:-1]
    blocks = request.messages[int(message)]["content"]
    is_result = [block.get("type") == "tool_result" for block in blocks]
    order = sorted(range(len(blocks)), key=lambda index: not is_result[index])
    return Reorder(content, tuple(order))


def late_result(exchange: Exchange) -> tuple[Block, Block] | None:
    """The first result of a tool use that comes after other content, and the first block of that content."""
    if exchange.answering is None or not exchange.results:
        return None
    asked = {use.value["id"] for use in exchange.uses if use.value.get("id") is not None}
    before: Block | None = None
    for block in exchange.answering.blocks:
        if block.type != "tool_result":
            before = before or block
        elif before is not None and before.type and block.value.get("tool_use_id") in asked:
            return block, before
    return None
