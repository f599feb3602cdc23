"""Prefill: an assistant message at the end, which the model is to continue."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.analysis.turns import blocks_of_turn, turn_around
from batchlint.request import Request
from batchlint.rule import Pointer

SERVER_TOOL_USES = frozenset({"server_tool_use", "mcp_tool_use"})
WITHOUT_PREFILL = frozenset({"tool_use", "compaction"})
"""Blocks that make the last turn something else: a call that waits for its answer, a compacted conversation."""

NOT_CONTINUED = ("fallback_credit_token", "compaction")
"""Members of params with which a conversation may end with the assistant's message on every model."""


class Prefill(NamedTuple):
    """The text at the end of a conversation that ends with an assistant message."""

    message: int
    """The message's index."""
    pointer: Pointer
    """The place of the text."""
    text: str
    first_block: str
    """The type of the turn's first block."""
    may_resume: bool
    """Whether the turn used server tools, so that it may be a paused one that is sent back."""


def prefill_of(request: Request) -> Prefill | None:
    """The prefill of a request, where it has one.

    None for a turn that is sent back to go on (its last block is no text, or a fallback credit is used), for a
    conversation that is only to be summarised (`compaction`), and for an empty message, which the API takes everywhere.
    """
    if any(request.params.get(name) is not None for name in NOT_CONTINUED):
        return None
    return last_words(request)


def last_words(request: Request) -> Prefill | None:
    """The text with which the assistant ends a conversation, whatever the request makes of it."""
    messages = request.messages
    if not messages or messages[-1].get("role") != "assistant":
        return None
    content = messages[-1].get("content")
    if not content:
        return None
    index = len(messages) - 1
    pointer: Pointer = ("params", "messages", index, "content")
    text = content
    if isinstance(content, list):
        if content[-1].get("type") != "text":
            return None
        pointer, text = (*pointer, len(content) - 1, "text"), content[-1].get("text") or ""
    turn: list[dict[str, Any]] = list(blocks_of_turn(messages, turn_around(messages, index)))
    types = {block.get("type", "") for block in turn}
    if types & WITHOUT_PREFILL:
        return None
    return Prefill(index, pointer, text, turn[0].get("type", ""), bool(types & SERVER_TOOL_USES))
