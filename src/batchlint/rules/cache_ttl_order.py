"""A cache breakpoint of one hour after one of five minutes.

What lives longer has to come first, in the order in which a prompt is read: tools, then system, then messages. A
`cache_control` without `ttl` lives five minutes. The automatic breakpoint, which a top-level
`cache_control` sets, falls on the last block.

The API then answers, for that request only and hours later: `messages.0.content.1.cache_control.ttl: a ttl='1h'
cache_control block must not come after a ttl='5m' cache_control block. ...`

Example: a tool with `"cache_control": {"type": "ephemeral"}`, and a system prompt with

    {"type": "text", "text": "...", "cache_control": {"type": "ephemeral", "ttl": "1h"}}

Instead: `"ttl": "1h"` on the tool as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from batchlint.analysis.breakpoints import Breakpoint, automatic_breakpoint, breakpoints
from batchlint.edits import Replace, unsafe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:cache_control",),
    source="docs: build-with-claude/prompt-caching; issue threads of 2025 and 2026",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    found = request.once(breakpoints)
    certain = [point for point in found if not point.nested]
    automatic = automatic_breakpoint(request)
    if automatic is not None:
        certain.append(automatic)
    pair = out_of_order(certain) or out_of_order(found)
    if pair is None:
        return
    short, long = pair
    place = api_path(request.value, short.pointer)
    yield Problem(
        pointer=(*long.cache_control, "ttl"),
        message=f"a cache breakpoint of 1h comes after one of 5m ({place})",
        help=f'give {place} "ttl": "1h" too, or this one "5m"; the order is tools, system, messages',
        api_error=None if long is automatic else errors().text("ttl_order", path=api_path(request.value, long.pointer)),
        severity="warning" if long.nested or short.nested else None,
        fix=unsafe(Replace((*long.cache_control, "ttl"), "5m")),
    )


def out_of_order(breakpoints: Iterable[Breakpoint]) -> tuple[Breakpoint, Breakpoint] | None:
    """The first breakpoint of 5m, and the first of 1h after it; None where there is no such pair."""
    short: Breakpoint | None = None
    for point in breakpoints:
        if point.ttl == "1h" and short is not None:
            return short, point
        if point.ttl == "5m" and short is None:
            short = point
    return None
