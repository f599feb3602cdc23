"""`stream: true` in a batch.

A batch returns its results as a file; nothing can be streamed. `stream: false` is taken.

The API then answers, for that request only and hours later: `"stream=True" is not supported in the Message Batches
API`.

Example:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "stream": true, "max_tokens": 100, "messages": [...]}}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.edits import Remove, safe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:stream",),
    source="live capture 2026-09-02; docs: build-with-claude/batch-processing",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    if request.params.get("stream") is True:
        yield Problem(
            pointer=("params", "stream"),
            message="a batch cannot stream",
            help="remove `stream`",
            api_error=errors().text("stream_in_batch"),
            fix=safe(Remove(("params", "stream"))),
        )
