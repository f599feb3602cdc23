"""Something that cannot be combined with `compaction`, or with the summary that it returned.

A request with `compaction` only gives a summary of the conversation: what edits the context or shapes an answer is
refused with it (`context_management`, `stop_sequences`, an output format, a forced tool choice, `remaining` of a task
budget), and so is a conversation that ends with a call whose result is missing. A request that begins with the signed
summary takes no compaction by a threshold (`compact_20260112`), and no `remaining` either.

The API then refuses that request only, hours later, with a text that names the field.

Example:

    {"model": "claude-opus-5", "compaction": {"type": "summarize"},
     "context_management": {"edits": [{"type": "clear_tool_uses_20250919"}]}, ...}

Instead:

    {"model": "claude-opus-5", "compaction": {"type": "summarize"}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.compaction import in_the_way_of_a_summary, in_the_way_of_summarising, signed_summaries
from batchlint.analysis.server_calls import server_calls
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:compaction", "block:compaction"),
    source="docs 2026-09-30: build-with-claude/compaction-on-demand; Python SDK",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    if request.params.get("compaction") is not None:
        for pointer, what in in_the_way_of_summarising(request):
            yield Problem(
                pointer=pointer,
                message=f"`compaction` cannot be combined with {what}: it gives a summary, and no answer",
                help="leave it out of this request",
            )
        for call in request.once(server_calls).open[:1]:  # Of the caller's own tools unanswered-tool-use speaks.
            yield Problem(
                pointer=call.pointer,
                message="the conversation that is to be summarised ends with a call that has no result yet",
                help="let the turn end first, or leave it out",
            )
    elif signed_summaries(request):
        for pointer, what in in_the_way_of_a_summary(request):
            yield Problem(
                pointer=pointer,
                message=f"a signed summary (`compaction`) cannot be combined with {what}",
                help="leave it out of this request",
            )
