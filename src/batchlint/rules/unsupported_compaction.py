"""Compaction with a model for which it is not documented.

Compaction (an edit of type `compact_20260112`, or the field `compaction`) is for Claude Opus 4.6, Sonnet 4.6 and
newer models. What the API answers for an older one is not known, hence the warning.

Example:

    {"model": "claude-haiku-4-5", "context_management": {"edits": [{"type": "compact_20260112"}]}, ...}

Instead:

    {"model": "claude-sonnet-4-6", "context_management": {"edits": [{"type": "compact_20260112"}]}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.context_edits import edits
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem

META = Metadata(
    severity="warning",
    impact="request",
    since="0.1.0",
    triggers=("member:context_management", "member:compaction"),
    source="docs: build-with-claude/compaction (supported models)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or request.model.accepts_compaction is not False:
        return
    places: list[Pointer] = [(*pointer, "type") for pointer, kind in edits(request) if kind.startswith("compact_")]
    if request.params.get("compaction"):
        places.append(("params", "compaction"))
    for pointer in places:
        yield Problem(
            pointer=pointer,
            message=f"{request.params['model']} is not among the models that compact a conversation",
            help="remove it, or use a model from Claude 4.6 on",
        )
