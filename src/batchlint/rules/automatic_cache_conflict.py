"""Automatic caching with another lifetime than the last block's own.

A top-level `cache_control` puts a breakpoint on the last block by itself. Where that block has a
`cache_control` already, both have to name the same `ttl` (without one: `5m`), and the automatic breakpoint then
changes nothing.

The API refuses that request with a 400, hours later.

Example:

    {"cache_control": {"type": "ephemeral", "ttl": "1h"}, "messages": [{"role": "user", "content":
      [{"type": "text", "text": "...", "cache_control": {"type": "ephemeral"}}]}]}

Instead: one of the two, or the same `ttl` in both.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.breakpoints import last_breakpoint, requested_ttl
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:cache_control",),
    source="docs: build-with-claude/prompt-caching",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    ttl = requested_ttl(request.params)
    last = last_breakpoint(request) if ttl is not None else None
    if last is not None and last.ttl != ttl:
        place = api_path(request.value, last.pointer)
        yield Problem(
            pointer=("params", "cache_control"),
            message=f"automatic caching for {ttl}, but the last block ({place}) has a cache_control for {last.ttl}",
            help="remove one of the two, or name the same ttl in both",
        )
