"""A conversation that begins with an assistant message.

A conversation begins with the user. The API used to refuse anything else; recorded requests of 2025 and 2026 were
accepted. Mostly it is a history whose beginning was cut off, and the model does not see what the first message
answers. A compaction block may come first: it sums up what was before.

The API answered, until it took such requests: `messages: first message must use the "user" role`.

Example:

    {"messages": [{"role": "assistant", "content": "How can I help?"}, {"role": "user", "content": "Sum it up."}], ...}

Instead:

    {"messages": [{"role": "user", "content": "Sum it up."}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="waste",
    since="0.1.0",
    triggers=("first:assistant",),
    source="issue threads of 2024; recorded answers of 2025 and 2026 (accepted)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    messages = request.messages
    if len(messages) > 1 and messages[0].get("role") == "assistant" and not _is_summary(messages[0]):
        yield Problem(
            pointer=("params", "messages", 0),
            message="the conversation begins with an assistant message, as if its beginning had been cut off",
            help="begin with a message of the user; instructions belong into `system`",
        )


def _is_summary(message: dict[str, Any]) -> bool:
    """Whether a message holds the compaction of what was said before it."""
    content = message.get("content")
    return isinstance(content, list) and any(block.get("type") == "compaction" for block in content)
