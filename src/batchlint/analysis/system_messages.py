"""Messages of role system: neighbours are read as one, and one that only sets options may be anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.turns import turn_around


def is_directive(message: dict[str, Any]) -> bool:
    """Whether a system message says nothing and only sets options: an `output_config` with something in it."""
    return not message.get("content") and bool(message.get("output_config"))


def changes_only_tools(message: dict[str, Any]) -> bool:
    """Whether a system message only adds or removes tools."""
    content = message.get("content")
    kinds = ("tool_addition", "tool_removal")
    return isinstance(content, list) and all(block.get("type") in kinds for block in content)


def system_turns(messages: list[dict[str, Any]]) -> Iterator[range]:
    """The indexes of each group of neighbouring system messages."""
    index = 0
    while index < len(messages):
        if messages[index].get("role") == "system":
            turn = turn_around(messages, index)
            yield turn
            index = turn.stop
        else:
            index += 1
