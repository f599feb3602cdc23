"""An edit that clears thinking, after another edit.

Earlier documentation of context editing requires `clear_thinking_20251015` to be the first of several edits; the
current one no longer says so, hence the warning. The other order does no harm.

Example:

    {"context_management": {"edits": [{"type": "clear_tool_uses_20250919"}, {"type": "clear_thinking_20251015"}]}, ...}

Instead:

    {"context_management": {"edits": [{"type": "clear_thinking_20251015"}, {"type": "clear_tool_uses_20250919"}]}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.context_edits import CLEAR_THINKING, edits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("member:context_management",),
    source="docs of 2025-11: build-with-claude/context-editing; the page of 2026-08 no longer says it",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for pointer, kind in edits(request):
        if kind.startswith(CLEAR_THINKING) and pointer[-1] != 0:
            yield Problem(
                pointer=(*pointer, "type"),
                message=f"{kind} comes after another edit; it may have to be the first",
                help="move it to the front of `edits`",
            )
            return
