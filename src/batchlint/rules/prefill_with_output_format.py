"""A prefilled answer together with an output format.

With `output_config.format` the API itself sees to it that the answer fits the schema from the first character on: an
assistant message at the end is refused then, also on the models that take prefill.

The API then refuses that request only, hours later.

Example:

    {"model": "claude-haiku-4-5", "output_config": {"format": {"type": "json_schema", "schema": {...}}},
     "messages": [{"role": "user", "content": "List three."}, {"role": "assistant", "content": "{"}], ...}

Instead: leave out the last message.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.prefill import prefill_of
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("last:assistant",),
    source="docs: build-with-claude/structured-outputs",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    config = request.params.get("output_config") or {}
    if config.get("format") is None and request.params.get("output_format") is None:
        return
    if request.model is None or not request.model.accepts_prefill:
        return
    prefill = prefill_of(request)
    if prefill is not None and not prefill.may_resume:
        yield Problem(
            pointer=("params", "messages", prefill.message),
            message="the answer is prefilled, and has an output format",
            help="remove the last message: the format alone shapes the answer",
        )
