"""A text that is empty, or nothing but whitespace.

The API takes no empty text block anywhere but inside a tool result, no message of the user and no system message
without content, and no content or system prompt that is whitespace alone. An empty `system` string is taken, as is a
blank block next to one that says something.

Such texts come from an empty cell of a table, a template without a value, or an answer that was only a tool call and
was sent back with an empty text next to it. One empty system block, shared by all requests, fails the whole batch.

The API then answers, for that request only and hours later: `messages: text content blocks must be non-empty`,
`messages: text content blocks must contain non-whitespace text`, or `messages.0: user messages must have non-empty
content`.

Example:

    {"role": "user", "content": [{"type": "text", "text": ""}, {"type": "image", "source": {...}}]}

Instead:

    {"role": "user", "content": [{"type": "image", "source": {...}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.empty_content import empty_content, empty_system
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("blank-text",),
    source="issue threads of 2024 to 2026; measured by users 2026-04-30 (LibreChat-AI/agents 124), 2026-08-31",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.params.get("system"):
        yield from empty_system(request.params["system"])
    for index in range(len(request.messages)):
        yield from empty_content(request, index)
