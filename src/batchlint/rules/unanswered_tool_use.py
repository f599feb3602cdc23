"""A tool use without its result in the next turn.

Each `tool_use` block of an assistant turn needs a `tool_result` with its id in the user turn right after it, whatever
became of the call. Neighbouring messages of one role are one turn. The usual causes are a tool that failed and was
never answered, a history that was cut between question and answer, and an answer of the model that was saved as the
last message.

The API then answers, for that request only and hours later: ``messages.2: `tool_use` ids were found without
`tool_result` blocks immediately after: toolu_1. Each `tool_use` block must have a corresponding `tool_result` block
in the next message.``

Example:

    {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}]},
    {"role": "user", "content": "Go on."}

Instead:

    {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "search", "input": {}}]},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "nothing found"},
                                 {"type": "text", "text": "Go on."}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import Unanswered, unpaired
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="recorded answer 2025-09-22; docs: tool-use/troubleshooting-tool-use; issue threads of 2025 and 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for unanswered in request.once(unpaired).unanswered:
        use, exchange = unanswered.use, unanswered.exchange
        tool_id = use.value["id"]
        message, instead = _words(request, unanswered)
        after = exchange.answering or exchange.asking
        at = ("params", "messages", after.messages[0]) if after else use.pointer[:3]
        yield Problem(
            pointer=use.pointer,
            message=f"the tool use `{tool_id[:80]}` {message}",
            help=instead,
            api_error=errors().text("unanswered_tool_use", path=api_path(request.value, at), ids=tool_id[:80]),
        )


def _words(request: Request, unanswered: Unanswered) -> tuple[str, str]:
    if unanswered.elsewhere is not None:
        place = api_path(request.value, unanswered.elsewhere)
        return (
            f"has its result at {place}, not in the next turn",
            "move the result to the turn right after the tool use",
        )
    if unanswered.exchange.answering is None:
        return (
            "ends the conversation without a result",
            "add a user message with its tool_result, or remove the tool use",
        )
    return "has no result in the next turn", "answer it with a tool_result in the next user message, before any text"
