"""A prefilled answer while thinking is on.

A model that thinks has to begin its answer itself: an assistant message at the end and `thinking` exclude each other,
also on the models that take prefill.

The API then answers, for that request only and hours later: `messages.1.content.0.type: Expected `thinking` or
`redacted_thinking`, but found `text`. When `thinking` is enabled, a final `assistant` message must start with a
thinking block.`

Example:

    {"model": "claude-haiku-4-5", "thinking": {"type": "enabled", "budget_tokens": 2000},
     "messages": [{"role": "user", "content": "List three."}, {"role": "assistant", "content": "["}], ...}

Instead: leave out `thinking`, or the last message.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.prefill import prefill_of
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("last:assistant",),
    source="docs: build-with-claude/thinking; Aider-AI/aider 3820",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    thinking = request.params.get("thinking") or {}
    if thinking.get("type") != "enabled" or request.model is None or not request.model.accepts_prefill:
        return
    prefill = prefill_of(request)
    if prefill is None or prefill.may_resume:
        return
    continues = prefill.first_block in ("thinking", "redacted_thinking")
    path = f"messages.{prefill.message}.content.0"
    yield Problem(
        pointer=("params", "messages", prefill.message),
        message="the answer is prefilled while thinking is on",
        help="remove the last message, or `thinking`",
        api_error=None if continues else errors().text("thinking_block_expected", path=path, found=prefill.first_block),
        severity="warning" if continues else None,
    )
