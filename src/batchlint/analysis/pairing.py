"""Tool use and its results: who asks, who answers, and what stays without the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from batchlint.analysis.turns import Turn, turns
from batchlint.request import Block, Request
from batchlint.rule import Pointer


class Exchange(NamedTuple):
    """The tool use of an assistant turn and the results of the user turn after it; one of the turns may be missing."""

    asking: Turn | None
    answering: Turn | None
    uses: list[Block]
    results: list[Block]
    complete: bool
    """Whether everything in both turns is known: if not, nothing follows from what is not there."""
    last: bool
    """Whether no turn comes after."""


class Unanswered(NamedTuple):
    """A tool use without a result in the turn after it."""

    use: Block
    exchange: Exchange
    elsewhere: Pointer | None
    """Where a result of it is after all."""


class Orphaned(NamedTuple):
    """A tool result without its tool use in the turn before it."""

    result: Block
    exchange: Exchange
    instead: str | None
    """The id of the tool use that it was surely meant for."""


class Unpaired(NamedTuple):
    """Uses and results that stay unpaired in a conversation; each mistake once, a moved or misspelt answer too."""

    unanswered: list[Unanswered]
    orphaned: list[Orphaned]


def exchanges(request: Request) -> list[Exchange]:
    """The exchanges of a conversation from its last compaction on; to be asked for with `request.once(exchanges)`."""
    found = []
    conversation = request.once(turns)
    for position in range(first_read(conversation), len(conversation)):
        turn = conversation[position]
        if turn.role == "assistant":
            after = conversation[position + 1] if position + 1 < len(conversation) else None
            exchange = _exchange(turn, after, position + 2 >= len(conversation))
        elif turn.role == "user" and (position == 0 or conversation[position - 1].role != "assistant"):
            exchange = _exchange(None, turn, position + 1 == len(conversation))
            exchange = exchange._replace(complete=exchange.complete and position == 0)
        else:
            continue
        if exchange.uses or exchange.results:
            found.append(exchange)
    return found


def first_read(conversation: list[Turn]) -> int:
    """The position of the first turn that the API reads: what is before a compaction is ignored."""
    compacted = [
        position
        for position, turn in enumerate(conversation)
        if turn.role == "assistant" and any(block.type == "compaction" for block in turn.blocks)
    ]
    return compacted[-1] if compacted else 0


def _exchange(asking: Turn | None, answering: Turn | None, last: bool) -> Exchange:
    uses = asking.blocks_of("tool_use") if asking else []
    results = answering.blocks_of("tool_result") if answering and answering.role == "user" else []
    complete = (
        (asking is None or asking.complete)
        and (answering is None or answering.complete)
        and all(use.value.get("id") is not None for use in uses)
        and all(result.value.get("tool_use_id") is not None for result in results)
    )
    return Exchange(asking, answering, uses, results, complete, last)


def answers(request: Request) -> Iterator[tuple[Block, Block]]:
    """Every tool use with each of its results in the turn after it."""
    for exchange in request.once(exchanges):
        uses = {use.value["id"]: use for use in exchange.uses if use.value.get("id") is not None}
        for result in exchange.results:
            use = uses.get(result.value.get("tool_use_id"))
            if use is not None:
                yield use, result


def unpaired(request: Request) -> Unpaired:
    """Uses and results that stay unpaired; to be asked for with `request.once(unpaired)`."""
    missing, extra = [], []
    for exchange in request.once(exchanges):
        asked = {use.value.get("id") for use in exchange.uses}
        answered = {result.value.get("tool_use_id") for result in exchange.results}
        if asked != answered and exchange.complete:
            missing += [(use, exchange) for use in exchange.uses if use.value["id"] not in answered]
            extra += [(result, exchange) for result in exchange.results if result.value["tool_use_id"] not in asked]
    return _told_apart(request, missing, extra) if missing or extra else Unpaired([], [])


def _told_apart(
    request: Request, missing: list[tuple[Block, Exchange]], extra: list[tuple[Block, Exchange]]
) -> Unpaired:
    """Says each mistake once: what is in the wrong role is another rule's, a moved or misspelt answer is one."""
    misplaced = _ids(request, "assistant", "tool_result")
    missing = [(use, exchange) for use, exchange in missing if use.value["id"] not in misplaced]
    lost = {use.value["id"] for use, _ in missing}
    spoken_for = lost | _ids(request, "user", "tool_use") | server_tool_ids(request)
    places = {result.value["tool_use_id"]: result.pointer for result, _ in extra}
    unclaimed: dict[int, deque[Block]] = {}
    for use, exchange in missing:
        if use.value["id"] not in places:
            unclaimed.setdefault(id(exchange), deque()).append(use)
    orphaned = []
    for result, exchange in extra:
        if result.value["tool_use_id"] not in spoken_for:
            uses = unclaimed.get(id(exchange))
            orphaned.append(Orphaned(result, exchange, uses.popleft().value["id"] if uses else None))
    meant = {(id(each.exchange), each.instead) for each in orphaned}
    unanswered = [
        Unanswered(use, exchange, places.get(use.value["id"]))
        for use, exchange in missing
        if (id(exchange), use.value["id"]) not in meant
    ]
    return Unpaired(unanswered, orphaned)


def _ids(request: Request, role: str, block_type: str) -> set[str | None]:
    member = "id" if block_type == "tool_use" else "tool_use_id"
    return {
        block.value.get(member)
        for turn in request.once(turns)
        if turn.role == role
        for block in turn.blocks
        if block.type == block_type
    }


def server_tool_ids(request: Request) -> set[str | None]:
    """The ids of the calls that Anthropic's own tools and MCP servers answer."""
    return {
        block.value.get("id")
        for turn in request.once(turns)
        for block in turn.blocks
        if block.type in ("server_tool_use", "mcp_tool_use")
    }
