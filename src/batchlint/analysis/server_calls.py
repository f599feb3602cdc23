"""Calls of Anthropic's own tools and of MCP servers, whose results are in the assistant's messages too."""

from __future__ import annotations

from typing import Any, NamedTuple

from batchlint.analysis.pairing import first_read
from batchlint.analysis.turns import Turn, turns
from batchlint.request import Block, Request

CALLS = ("server_tool_use", "mcp_tool_use")


class ServerCalls(NamedTuple):
    """The calls without a result, and the results without a call, from the last compaction on."""

    unanswered: list[Block]
    """Calls that the conversation went on without."""
    open: list[Block]
    """Calls that the API answers first: at the end of a paused turn, or next to tool uses that were just answered."""
    orphaned: list[Block]


def is_server_result(block: Block) -> bool:
    """Whether a block is the result of such a call."""
    return block.type.endswith("_tool_result")  # `tool_result` itself has no underscore before it.


def server_calls(request: Request) -> ServerCalls:
    """Uses and results that stay unpaired; to be asked for with `request.once(server_calls)`."""
    conversation = request.once(turns)
    start = first_read(conversation)
    found = ServerCalls([], [], [])
    called: set[str | None] = set()
    known = True
    for position, turn in enumerate(conversation):
        known = known and turn.complete
        if turn.role != "assistant":
            continue
        for block in turn.blocks:
            if block.type in CALLS:
                called.add(block.value.get("id"))
            elif is_server_result(block) and known and position >= start and not _is_called(block, called):
                found.orphaned.append(block)
        if position >= start:
            _sort_unanswered(conversation, position, found)
    return found


def _sort_unanswered(conversation: list[Turn], position: int, found: ServerCalls) -> None:
    turn = conversation[position]
    ids = {block.value.get("tool_use_id") for block in turn.blocks if is_server_result(block)}
    calls = [block for block in turn.blocks if block.type in CALLS and block.value.get("id") not in ids]
    if not calls or not turn.complete or None in ids or any(call.value.get("id") is None for call in calls):
        return  # Of an id that is missing the schema speaks.
    uses = turn.blocks_of("tool_use")
    last = position + 1 == len(conversation)
    after = None if last else conversation[position + 1]
    if after is None:
        found.open.extend([] if uses else calls)
    elif not after.complete or not _well_answered(uses, after):
        return  # What is said of the tool results comes first.
    elif uses and all(block.type == "tool_result" for block in after.blocks):
        found.open.extend(calls if position + 2 == len(conversation) else [])
    else:
        running = {caller_of(use).get("tool_id") for use in uses}
        found.unanswered.extend(call for call in calls if call.value.get("id") not in running)


def _well_answered(uses: list[Block], after: Turn) -> bool:
    """Whether a user turn holds the results of these tool uses and no other, before anything else."""
    asked = {use.value.get("id") for use in uses}
    answered = {result.value.get("tool_use_id") for result in after.blocks_of("tool_result")}
    results_first = [block.type == "tool_result" for block in after.blocks]
    return asked == answered and results_first == sorted(results_first, reverse=True)


def caller_of(use: Block) -> dict[str, Any]:
    """Who made a call: empty where the model called the tool itself, otherwise with the code execution's `tool_id`."""
    caller = use.value.get("caller") or {}
    return {} if caller.get("type") == "direct" else caller


def _is_called(result: Block, called: set[str | None]) -> bool:
    tool_id = result.value.get("tool_use_id")
    return tool_id is None or tool_id in called
