"""Other content of the assistant turn after a tool use.

A tool use ends an assistant turn: its result comes next. A text, a call of a server tool or its result may be
before the tool uses, not between or after them. Such turns come from programs that put several answers of the model
into one, or the text after the calls.

The API then answers, for that request only and hours later: ``messages.1: `tool_use` ids were found without
`tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block
in the next message.``

Example:

    {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}},
                                      {"type": "text", "text": "Let me look that up."}]}

Instead:

    {"role": "assistant", "content": [{"type": "text", "text": "Let me look that up."},
                                      {"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import Exchange, exchanges, unpaired
from batchlint.facts import errors
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="recorded answer 2025-05-24; issue threads of 2025 and 2026 (texts, server tools)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    unanswered = {each.use.pointer for each in request.once(unpaired).unanswered}
    for exchange in request.once(exchanges):
        early = early_use(exchange)
        if early is None or early[0].pointer in unanswered:
            continue
        use, after = early
        tool_id = (use.value.get("id") or "")[:80]
        yield Problem(
            pointer=use.pointer,
            message=f"a block of type `{after.type}` comes after the tool use `{tool_id}`, which must end the turn",
            help="put the tool uses at the end of the assistant turn",
            api_error=errors().text("unanswered_tool_use", path=api_path(request.value, use.pointer[:3]), ids=tool_id),
        )


def early_use(exchange: Exchange) -> tuple[Block, Block] | None:
    """The first tool use with other content after it, and the first block of that content."""
    if exchange.asking is None or not exchange.uses:
        return None
    use: Block | None = None
    for block in exchange.asking.blocks:
        if block.type == "tool_use":
            use = use or block
        elif use is not None and _is_reported(block.type):
            return use, block
    return None


def _is_reported(block_type: str) -> bool:
    """Whether somebody saw a block of this type refused after a tool use."""
    return block_type in ("text", "server_tool_use", "mcp_tool_use") or block_type.endswith("_tool_result")
