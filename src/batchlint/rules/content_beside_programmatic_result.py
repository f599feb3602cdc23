"""Other content next to the results that running code waits for.

When code that Claude wrote has called tools (`caller` names code execution), it waits for their results. The user
turn that brings them may hold nothing else, not even a text after them.

The API then answers with an `invalid_request_error`, for that request only and hours later.

Example:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "[...]"},
                                 {"type": "text", "text": "What should I do next?"}]}

Instead:

    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "[...]"}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import exchanges
from batchlint.analysis.server_calls import caller_of
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="docs: tool-use/programmatic-tool-calling",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for exchange in request.once(exchanges):
        if exchange.answering is None or not exchange.results or not any(map(caller_of, exchange.uses)):
            continue
        other = next((block for block in exchange.answering.blocks if block.type not in ("tool_result", "")), None)
        if other is None:
            continue
        same_message = any(result.message == other.message for result in exchange.results)
        yield Problem(
            pointer=other.pointer,
            message=f"a block of type `{other.type}` is next to the results that code waits for",
            help="send the tool results alone",
            severity=None if same_message else "warning",
        )
