"""The usual way in which tools are used, distinguished at the cost of one look at each block."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from batchlint.facts import limits

EXCHANGING = frozenset(
    (
        *("tool_use", "server_tool_use", "mcp_tool_use", "thinking", "redacted_thinking"),
        *("tool_result", "mcp_tool_result", "web_search_tool_result", "web_fetch_tool_result"),
        *("code_execution_tool_result", "bash_code_execution_tool_result", "text_editor_code_execution_tool_result"),
        *("tool_search_tool_result", "advisor_tool_result"),
    )
)
"""The types of block that an order is asked of."""
DIRECT = {"type": "direct"}
"""The caller of a tool use that the model makes itself, as answers have it."""
BY_SERVER = frozenset(
    (
        *("server_tool_use", "web_search_tool_result", "web_fetch_tool_result", "code_execution_tool_result"),
        *("bash_code_execution_tool_result", "text_editor_code_execution_tool_result", "tool_search_tool_result"),
    )
)
"""Calls of server tools, and their results."""
BEFORE_TOOL_USE = ("text", "thinking", "redacted_thinking")
BESIDE_RESULTS = ("text", "image", "document", "search_result", "container_upload")


def in_order(messages: list[dict[str, Any]]) -> bool:
    """Whether tool uses end the assistant's turn, and the user's next message begins with one result for each.

    The result of a server tool comes after its call, in the same message. Where it is so, no rule on
    `unusual-exchange` has anything to say. Whatever is less usual is not in order, right or wrong: results in two
    messages, errors without a word, paused turns, toolsets, calls from code, ids of another form, and what the schema
    refused.
    """
    asked: dict[str, None] = {}
    for message in messages:
        role, content = message.get("role"), message.get("content")
        if role == "system":
            continue  # Turns are counted without it.
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
    """Whether tool uses of the model's own are last; their ids are added to `asked`."""
    running: set[str] = set()
    for block in content:
        kind = block.get("type")
        if kind == "tool_use":
            tool_id = block.get("id")
            if tool_id is None or tool_id in asked or "toolset_name" in block or block.get("caller", DIRECT) != DIRECT:
                return False
            if not _is_usual_id()(tool_id):
                return False
            asked[tool_id] = None
        elif asked:
            return False
        elif kind in BY_SERVER:
            if not _follows(block, running):
                return False
        elif kind not in BEFORE_TOOL_USE:
            return False
    return not running


def _follows(block: dict[str, Any], running: set[str]) -> bool:
    """Whether a block is a new call of a server tool, or the result of one that is running."""
    if block.get("caller", DIRECT) != DIRECT:
        return False
    if block["type"] != "server_tool_use":
        tool_id = block.get("tool_use_id")
        if tool_id not in running:
            return False
        running.remove(tool_id)
        return True
    tool_id = block.get("id")
    if tool_id is None or tool_id in running or not _is_usual_server_id()(tool_id):
        return False
    running.add(tool_id)
    return True


def _begins_with_results(content: list[dict[str, Any]], asked: dict[str, None]) -> bool:
    """Whether each tool use has one result, and those are first."""
    results: list[str | None] = []
    for position, block in enumerate(content):
        kind = block.get("type")
        if kind == "tool_result":
            if position != len(results) or "toolset_name" in block:
                return False
            if block.get("is_error") and not block.get("content"):
                return False
            results.append(block.get("tool_use_id"))
        elif kind not in BESIDE_RESULTS:
            return False
    return len(results) == len(asked) and asked.keys() == set(results)


@cache
def _is_usual_id() -> Callable[[str], object]:
    import re

    return re.compile(limits().tool_use.id_pattern).fullmatch


@cache
def _is_usual_server_id() -> Callable[[str], object]:
    import re

    return re.compile(limits().tool_use.server_id_pattern).fullmatch
