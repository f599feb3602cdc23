"""A system message inside the conversation, for a model that does not take one.

Since Opus 4.8 a message of role `system` may change the instructions in the middle of a conversation. Older models
refuse it, and Sonnet 5 takes it without heeding it.

The API then answers, for that request only and hours later: `role 'system' is not supported on this model`.

Example:

    {"model": "claude-haiku-4-5", "messages": [..., {"role": "system", "content": "Now in French."}], ...}

Instead: write it into the top-level `system`, or into the message of the user before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.system_messages import system_turns
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("role:system",),
    source="docs: build-with-claude/mid-conversation-system-messages; recorded answers 2026-06-02, 2026-07-28",
    checked="2026-11-23",
)

INSTEAD = "write it into the top-level `system`, or into the message of the user before it"


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or request.model.system_role not in ("refused", "no-effect"):
        return
    turn = next((turn for turn in system_turns(request.messages) if turn.start > 0), None)
    if turn is None:  # At the beginning no model takes it, which another rule says.
        return
    pointer = ("params", "messages", turn.start)
    name = request.params["model"]
    if request.model.system_role == "no-effect":
        yield Problem(
            pointer=pointer,
            message=f"{name} takes a system message inside the conversation, but ignores it",
            help=INSTEAD,
            severity="warning",
            impact="waste",
        )
        return
    yield Problem(
        pointer=pointer,
        message=f"{name} takes no system message inside the conversation",
        help=INSTEAD,
        api_error=errors().text("system_role_unsupported"),
    )
