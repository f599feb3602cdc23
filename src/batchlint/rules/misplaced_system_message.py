"""A system message at a place in the conversation where none is allowed.

A system message inside a conversation comes directly after the user's message (tool results count), or after an
assistant message that ends in the result of a server tool; after it comes an assistant message, or nothing.
Neighbouring system messages count as one. One that only sets options (`"content": []` with `output_config`) may be
anywhere.

The API then answers, for that request only and hours later: `messages.1: role 'system' must precede an 'assistant'
message or end the array`, or `messages.2: role 'system' must follow a 'user' message or an 'assistant' message ending
in a server tool result`.

Example:

    {"messages": [..., {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Go on."}], ...}

Instead:

    {"messages": [..., {"role": "user", "content": "Go on."}, {"role": "system", "content": "Be brief."}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.system_messages import changes_only_tools, is_directive, system_turns
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("role:system",),
    source="docs: build-with-claude/mid-conversation-system-messages; measured by users 2026-08-31 (Opus 5, Sonnet 5)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or request.model.system_role not in ("accepted", "no-effect"):
        return
    messages = request.messages
    for turn in system_turns(messages):
        if turn.start == 0 or any(is_directive(messages[index]) for index in turn):
            continue
        severity = "warning" if all(changes_only_tools(messages[index]) for index in turn) else None
        if not _may_come_before(messages[turn.start - 1]):
            yield _problem(turn.start, "follow", "a system message after the wrong message", severity)
        elif turn.stop < len(messages) and messages[turn.stop].get("role") == "user":
            yield _problem(turn[-1], "precede", "a system message before a message of the user", severity)


def _may_come_before(message: dict[str, Any]) -> bool:
    content = message.get("content")
    if message.get("role") != "assistant" or content is None:
        return True  # A message of the user; or one that was refused, of which nothing is known.
    last = content[-1].get("type", "") if isinstance(content, list) and content else ""
    return last != "tool_use" and last.endswith(("tool_result", "tool_use"))


def _problem(index: int, where: str, message: str, severity: Any) -> Problem:
    return Problem(
        pointer=("params", "messages", index),
        message=message,
        help="put it directly after a message of the user, before the assistant's or at the end",
        api_error=errors().text(f"system_must_{where}", path=f"messages.{index}"),
        severity=severity,
    )
