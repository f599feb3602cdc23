"""A tool result without its tool use in the turn before.

A `tool_result` answers a `tool_use` of the assistant turn right before it, by its id. The usual causes are a history
that was cut at the wrong place, so that it begins with the answer, an id that was made anew on one side, and a result
that was sent twice.

The API then answers, for that request only and hours later: ``messages.0.content.0: unexpected `tool_use_id` found in
`tool_result` blocks: toolu_1. Each `tool_result` block must have a corresponding `tool_use` block in the previous
message.``

Example: a history that was cut after 20 messages and now begins with

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "42"}]}

Instead: cut one message earlier, so that it begins before the assistant message with the tool use `toolu_1`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import Orphaned, unpaired
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2025 and 2026; docs: tool-use/troubleshooting-tool-use",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for orphaned in request.once(unpaired).orphaned:
        pointer, tool_id = orphaned.result.pointer, orphaned.result.value["tool_use_id"]
        message, instead = _words(orphaned)
        yield Problem(
            pointer=pointer,
            message=f"the tool result answers `{tool_id[:80]}`, {message}",
            help=instead,
            api_error=errors().text("unexpected_tool_result", path=api_path(request.value, pointer), id=tool_id[:80]),
        )


def _words(orphaned: Orphaned) -> tuple[str, str]:
    if orphaned.instead is not None:
        unanswered = orphaned.instead[:80]
        return f"but the tool use that waits for one is `{unanswered}`", f'write "tool_use_id": "{unanswered}"'
    if orphaned.exchange.asking is None:
        return "but nothing comes before it", "begin the conversation before its tool use, or remove the result"
    return "but the turn before has no tool use with that id", "put it right after its tool use, or remove it"
