"""An assistant message at the end, for a model that does not continue one.

Models up to the 4.5 generation continue a last assistant message ("prefill"); newer ones refuse a conversation that
ends so. Not meant is a turn that is sent back to go on: one that ends with a server tool's call or result, a
compacted one, one with a fallback credit. An empty assistant message is taken, and so is any turn at the end of a
conversation that is only to be summarised (`compaction`).

The API then answers, for that request only and hours later: `This model does not support assistant message prefill.
The conversation must end with a user message.`

Example:

    {"model": "claude-opus-4-8",
     "messages": [{"role": "user", "content": "List three."}, {"role": "assistant", "content": "["}], ...}

Instead: end with the user's message, and ask for the form of the answer there or with `output_config.format`.
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
    source="docs: api/errors; recorded answer 2026-07-13",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or request.model.accepts_prefill is not False:
        return
    prefill = prefill_of(request)
    if prefill is None:
        return
    yield Problem(
        pointer=("params", "messages", prefill.message),
        message=f"the conversation ends with an assistant message, which {request.params['model']} does not continue",
        help="end with a message of the user; shape the answer with output_config.format, or ask for it in the text",
        api_error=errors().text("prefill"),
        severity="warning" if prefill.may_resume else None,
    )
