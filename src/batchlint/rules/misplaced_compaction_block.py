"""A signed summary that is not the first thing in the conversation, or not the only one.

The block that `compaction` gives (with a `signature`) takes the place of the messages that it summarises. It has to be
the first block of the first message, those messages have to be left out, and of several summaries only the newest is
sent. (A block that `context_management` made at a threshold follows the messages that it summarises.)

The API then answers, for that request only and hours later: ```compaction` block must be sent first, in place of the
messages it summarizes; remove those messages``.

Example:

    "messages": [{"role": "user", "content": "Hi"},
     {"role": "assistant", "content": [{"type": "compaction", "content": "They greet.", "signature": "EuYB"}]},
     {"role": "user", "content": "Go on."}]

Instead:

    "messages": [{"role": "assistant", "content":
      [{"type": "compaction", "content": "They greet.", "signature": "EuYB"}]}, {"role": "user", "content": "Go on."}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.compaction import signed_summaries
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:compaction",),
    source="docs 2026-09-30: build-with-claude/compaction-on-demand; Python SDK (compaction_block_misplaced)",
    checked="2026-11-28",
)

FIRST = ("params", "messages", 0, "content", 0)


def check(request: Request) -> Iterator[Problem]:
    summaries = signed_summaries(request)
    if len(summaries) > 1:
        yield Problem(
            pointer=summaries[0].pointer,
            message=f"there are {len(summaries)} signed summaries; only one is accepted",
            help="send the newest alone, as the first block of the first message",
        )
    elif summaries and summaries[0].pointer != FIRST:
        yield Problem(
            pointer=summaries[0].pointer,
            message="a signed summary after other content: it has to be sent first",
            help="remove what comes before it: the summary takes its place",
            api_error=errors().text("compaction_misplaced"),
        )
