"""A tool result with `is_error` and no content.

A `tool_result` may be empty, but not when it says that the tool failed: then it must say how.

The API then answers, for that request only and hours later: ``messages.4.content.0.tool_result: content cannot be
empty if `is_error` is true``.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true, "content": ""}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true, "content": "timed out after 30 seconds"}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2025 and 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for index, message in enumerate(request.messages):
        content = message.get("content")
        if not isinstance(content, list):
            continue
        for position, block in enumerate(content):
            if block.get("is_error") is True and block.get("type") == "tool_result" and not block.get("content"):
                pointer = ("params", "messages", index, "content", position)
                if (*pointer, "content") not in request.refused:
                    yield _problem(request, pointer, block)


def _problem(request: Request, pointer: Pointer, block: dict[str, Any]) -> Problem:
    return Problem(
        pointer=(*pointer, "content") if block.get("content") is not None else pointer,
        message="the tool result says `is_error` and has no content",
        help="say in `content` what went wrong, or remove `is_error`",
        api_error=errors().text("empty_error_result", path=f"{api_path(request.value, pointer)}.tool_result"),
    )
