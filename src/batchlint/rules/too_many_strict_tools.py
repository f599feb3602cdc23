"""More tools with `strict: true` than the API takes.

A request may have 20 strict tools; tools that are not strict do not count.

The API then answers, for that request only and hours later: `Too many strict tools (22). The maximum number of strict
tools supported is 20. Try reducing the number of tools marked as strict.`

Example, with 22 tools:

    "tools": [{"name": "a", "strict": true, "input_schema": {...}}, {"name": "b", "strict": true, ...}, ...]

Instead, strict where a wrong input does harm:

    "tools": [{"name": "a", "strict": true, "input_schema": {...}}, {"name": "b", ...}, ...]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("carried:strict",),
    source="docs: build-with-claude/structured-outputs; live probe 2026-08-16; error texts quoted in public code",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    most = limits().strict.tools
    found = sum(1 for tool in request.params.get("tools") or () if tool.get("strict"))
    if found > most:
        yield Problem(
            pointer=("params", "tools"),
            message=f"{found} tools are strict; the limit is {most}",
            help=f"remove `strict` from {found - most} of them",
            api_error=errors().text("too_many_strict_tools", found=found, limit=most),
        )
