"""The usual way in which tools are used, told apart at the cost of one look at each block."""

from __future__ import annotations

from typing import Any

BEFORE_TOOL_USE = ("text", "thinking", "redacted_thinking")


def in_order(messages: list[dict[str, Any]]) -> bool:
    """Whether tool uses end the assistant's turn, and the user's next message begins with one result for each.

    Whatever is less usual is not in order, right or wrong: system messages, results in two messages, server tools,
    toolsets, calls from code, and what the schema refused.
    """
    asked: dict[str, None] = {}
    for message in messages:
        role, content = message.get("role"), message.get("content")
        if content.__class__ is str:
            if asked:
                return False
        elif content is None:
            return False
        elif role == "assistant":
            if not _ends_in_tool_uses(content, asked):
                return False
        elif role == "user":
            if not _begins_with_results(content, asked):
                return False
            asked = {}
        else:
            return False
    return not asked


def _ends_in_tool_uses(content: list[dict[str, Any]], asked: dict[str, None]) -> bool:
    """Whether tool uses of the model's own stand last; their ids are added to `asked`."""
    for block in content:
        kind = block.get("type")
        if kind == "tool_use":
            tool_id = block.get("id")
            if tool_id is None or tool_id in asked or "toolset_name" in block or "caller" in block:
                return False
            asked[tool_id] = None
        elif asked or kind not in BEFORE_TOOL_USE:
            return False
    return True


def _begins_with_results(content: list[dict[str, Any]], asked: dict[str, None]) -> bool:
    """Whether each tool use has one result, and those stand first."""
    results: list[str | None] = []
    for position, block in enumerate(content):
        if block.get("type") == "tool_result":
            if position != len(results) or "toolset_name" in block:
                return False
            results.append(block.get("tool_use_id"))
    return len(results) == len(asked) and asked.keys() == set(results)
