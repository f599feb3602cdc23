"""A second result for the same tool use.

Each tool use takes one `tool_result`. What a call gave in several parts belongs into the `content` of one result.
Neighbouring user messages are one turn.

The API then answers, for that request only and hours later: ``messages.2.content.1: each tool_use must have a single
result. Found multiple `tool_result` blocks with id: toolu_1``.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": "first page"},
    {"type": "tool_result", "tool_use_id": "toolu_1", "content": "second page"}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "first page"},
                                                                  {"type": "text", "text": "second page"}]}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from batchlint.analysis.pairing import exchanges
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2025 and 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for exchange in request.once(exchanges):
        if len(exchange.results) < 2:
            continue
        # A repeated id of tool uses brings as many results with it: that is one mistake, and another rule's.
        left = Counter(use.value.get("id") for use in exchange.uses)
        asked = set(left)
        for result in exchange.results:
            tool_id = result.value.get("tool_use_id")
            left[tool_id] -= 1
            if tool_id is None or left[tool_id] >= 0 or tool_id not in asked:
                continue
            place = api_path(request.value, result.pointer)
            yield Problem(
                pointer=result.pointer,
                message=f"the tool use `{tool_id[:80]}` has a result already",
                help="join the results into one, or remove this one",
                api_error=errors().text("second_tool_result", path=place, id=tool_id[:80]),
            )
