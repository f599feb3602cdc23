"""More cache breakpoints than the API takes.

A request may have four: every tool and every content block with a `cache_control` is one, in tools, system and
messages together, and the automatic one, which a top-level `cache_control` sets, takes one of the four
too. A breakpoint caches everything before it, so one at the end of what stays the same is mostly enough. Of
breakpoints on blocks inside a tool result or a document it is not certain that the API counts them: where it depends
on those, this is a warning.

The API then answers, for that request only and hours later: `A maximum of 4 blocks with cache_control may be
provided. Found 5.`

Example: five system blocks, each with

    {"type": "text", "text": "...", "cache_control": {"type": "ephemeral"}}

Instead: the last of them alone with `cache_control`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.breakpoints import automatic_breakpoint, breakpoints
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:cache_control",),
    source="docs: build-with-claude/prompt-caching; issue threads of 2024 to 2026",
    checked="2026-11-23",
)

HELP = "keep the one at the end of what stays the same from request to request: it covers everything before it"


def check(request: Request) -> Iterator[Problem]:
    limit = limits().cache.breakpoints
    found = request.once(breakpoints)
    if len(found) < limit:
        return
    own = [point for point in found if not point.nested]
    if len(own) > limit:
        yield Problem(
            pointer=own[limit].cache_control,
            message=f"{len(own)} blocks and tools have cache_control; the limit is {limit}",
            help=HELP,
            api_error=errors().text("too_many_breakpoints", limit=limit, found=len(own)),
        )
    elif len(own) == limit and automatic_breakpoint(request) is not None:
        yield Problem(
            pointer=("params", "cache_control"),
            message=f"the automatic breakpoint needs one of the {limit} a request may have, and all are taken",
            help="remove this cache_control, or one of the blocks'",
        )
    elif len(found) > limit:
        yield Problem(
            pointer=found[limit].cache_control,
            message=f"{len(found)} blocks and tools have cache_control, some inside others; the limit is {limit}",
            help=HELP,
            api_error=errors().text("too_many_breakpoints", limit=limit, found=len(found)),
            severity="warning",
        )
