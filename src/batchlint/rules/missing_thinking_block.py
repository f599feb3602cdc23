"""A tool loop that continues with thinking, and its assistant turn has no thinking block.

With `thinking` of type `enabled` the whole of a tool loop is one assistant turn, which begins with the thinking block
that came with the first call. Programs lose it when they rebuild the assistant message from its text and its tool
calls. With adaptive thinking no block is needed.

It is a warning, because the documentation says both that the API enforces the block and that it goes on without
thinking. Where it refuses the request, it answers, for that request only and hours later:
`messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is
enabled, a final `assistant` message must start with a thinking block`.

Example:

    {"thinking": {"type": "enabled", "budget_tokens": 2000}, "messages": [
        {"role": "user", "content": "Weather in Paris?"},
        {"role": "assistant", "content": [{"type": "tool_use", ...}]},
        {"role": "user", "content": [{"type": "tool_result", ...}]}]}

Instead: send the assistant message back as it came, with its thinking block first.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.thinking import is_accepted, thinking_of
from batchlint.analysis.turns import Turn, turns
from batchlint.facts import errors
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("member:thinking",),
    source="docs: build-with-claude/thinking; n8n-io/n8n 22550, Kilo-Org/kilocode 5219, anomalyco/opencode 3077",
    checked="2026-11-28",
)

BEGINNINGS = ("thinking", "redacted_thinking", "compaction", "fallback")
"""What a turn may begin with; after a compaction or a fallback to another model no thinking is left to send."""


def check(request: Request) -> Iterator[Problem]:
    if thinking_of(request).get("type") != "enabled" or is_accepted(request) is False:
        return
    loop = tool_loop(request.once(turns))
    if not loop or not all(turn.complete for turn in loop):
        return
    blocks = [block for turn in loop for block in turn.blocks if turn.role == "assistant"]
    if not blocks or any(block.type in BEGINNINGS for block in blocks):
        return
    first = blocks[0]
    yield Problem(
        pointer=first.pointer,
        message=f"the assistant turn of this tool loop begins with {first.type}, not with the thinking before it",
        help="send the assistant message back as it came, or leave out `thinking`",
        api_error=errors().text("thinking_block_expected", path=_path(first), found=first.type),
    )


def tool_loop(conversation: list[Turn]) -> list[Turn]:
    """The turns from the last question on, where the conversation ends with the result of a tool; else none."""
    if not conversation or not _has_result(conversation[-1]):
        return []
    start = len(conversation)
    while start and (conversation[start - 1].role == "assistant" or _has_result(conversation[start - 1])):
        start -= 1
    return conversation[start:]


def _has_result(turn: Turn) -> bool:
    return turn.role == "user" and any(block.type == "tool_result" for block in turn.blocks)


def _path(block: Block) -> str:
    return f"messages.{block.message}.content.0"
