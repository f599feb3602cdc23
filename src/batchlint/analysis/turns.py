"""Turns: neighbouring messages of one role, which the API reads as one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from batchlint.request import Block, Request


class Turn(NamedTuple):
    """Neighbouring messages of one role with their blocks in order; system messages between them are set aside."""

    role: str
    """`user` or `assistant`; empty where the schema refused the role."""
    blocks: list[Block]
    """The messages' own blocks, not those inside them; a plain string is a text block at `content`."""
    messages: list[int]
    """The indexes of the messages."""
    complete: bool
    """Whether the schema took every role and block: if not, nothing follows from what is not there."""

    def blocks_of(self, block_type: str) -> list[Block]:
        """The blocks of one type, in order."""
        return [block for block in self.blocks if block.type == block_type]


def turns(request: Request) -> list[Turn]:
    """The turns of a conversation; to be asked for with `request.once(turns)`."""
    found: list[Turn] = []
    for index, message in enumerate(request.messages):
        role = message.get("role") or ""
        if role == "system":
            continue
        blocks = _blocks(message, role, index)
        complete = bool(role) and message.get("content") is not None and all(block.type for block in blocks)
        if found and found[-1].role == role:
            turn = found[-1]
            turn.blocks.extend(blocks)
            turn.messages.append(index)
            found[-1] = turn._replace(complete=turn.complete and complete)
        else:
            found.append(Turn(role, blocks, [index], complete))
    return found


def _blocks(message: dict[str, Any], role: str, index: int) -> list[Block]:
    content = message.get("content")
    at = ("params", "messages", index, "content")
    if isinstance(content, str):
        return [Block(at, "text", {"type": "text", "text": content}, role, index, None)]
    return [
        Block((*at, position), value.get("type") or "", value, role, index, None)
        for position, value in enumerate(content or ())
    ]


def turn_around(messages: list[dict[str, Any]], index: int) -> range:
    """The indexes of the turn that a message belongs to."""
    role = messages[index].get("role")
    first = last = index
    while first > 0 and messages[first - 1].get("role") == role:
        first -= 1
    while last + 1 < len(messages) and messages[last + 1].get("role") == role:
        last += 1
    return range(first, last + 1)


def blocks_of_turn(messages: list[dict[str, Any]], turn: range) -> Iterator[dict[str, Any]]:
    """The content blocks of a turn; a plain string is a text block."""
    for index in turn:
        content = messages[index].get("content")
        if isinstance(content, str):
            yield {"type": "text", "text": content}
        else:
            yield from content or ()
