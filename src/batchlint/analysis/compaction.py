"""Compaction on demand: the request for a summary, and the signed summary that later requests begin with."""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.context_edits import edits
from batchlint.request import Block, Request
from batchlint.rule import Pointer


def signed_summaries(request: Request) -> list[Block]:
    """The blocks that stand for messages which are left out; those that a threshold made carry no signature alone."""
    return [
        block
        for block in request.blocks_of("compaction")
        if block.value.get("content") and block.value.get("signature") and not block.value.get("encrypted_content")
    ]


def in_the_way_of_summarising(request: Request) -> Iterator[tuple[Pointer, str]]:
    """What a request for a summary may not have, and its name: it would shape an answer, and none is written."""
    params = request.params
    if params.get("context_management") is not None:
        yield ("params", "context_management"), "`context_management`"
    if params.get("stop_sequences"):
        yield ("params", "stop_sequences"), "`stop_sequences`"
    if params.get("output_format") is not None:
        yield ("params", "output_format"), "an output format"
    if (params.get("output_config") or {}).get("format") is not None:
        yield ("params", "output_config", "format"), "an output format"
    if (params.get("tool_choice") or {}).get("type") in ("any", "tool"):
        yield ("params", "tool_choice"), "a forced tool choice"
    yield from _remaining_budget(request)


def in_the_way_of_a_summary(request: Request) -> Iterator[tuple[Pointer, str]]:
    """What a request that begins with a signed summary may not have, and its name."""
    for pointer, kind in edits(request):
        if kind.startswith("compact_"):
            yield pointer, "compaction by a threshold"
    yield from _remaining_budget(request)


def _remaining_budget(request: Request) -> Iterator[tuple[Pointer, str]]:
    budget = (request.params.get("output_config") or {}).get("task_budget") or {}
    if budget.get("remaining") is not None:
        yield ("params", "output_config", "task_budget", "remaining"), "the remaining value of a task budget"
