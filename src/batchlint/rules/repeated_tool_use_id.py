"""A tool use with the id of another one in the same turn.

Results find their tool use by its id, so the ids in one assistant turn must differ. Neighbouring assistant messages
are one turn. In a later turn, once the first was answered, an id may come again.

The API then answers, for that request only and hours later: ``messages.1.content.1: `tool_use` ids must be unique``.

Example:

    {"type": "tool_use", "id": "call_1", "name": "search", "input": {"q": "a"}},
    {"type": "tool_use", "id": "call_1", "name": "search", "input": {"q": "b"}}

Instead:

    {"type": "tool_use", "id": "call_1", "name": "search", "input": {"q": "a"}},
    {"type": "tool_use", "id": "call_2", "name": "search", "input": {"q": "b"}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import exchanges
from batchlint.facts import errors
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2025 and 2026; recorded answer 2026-08-05 (an id used again in a later turn is taken)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for exchange in request.once(exchanges):
        first: dict[str, Block] = {}
        for use in exchange.uses:
            tool_id = use.value.get("id")
            if tool_id is None or first.setdefault(tool_id, use) is use:
                continue
            yield Problem(
                pointer=use.pointer,
                message=f"the id `{tool_id[:80]}` was used before in this turn, at {_place(request, first[tool_id])}",
                help="give each tool use its own id, and its result the same",
                api_error=errors().text("tool_use_ids_unique", path=_place(request, use)),
            )


def _place(request: Request, block: Block) -> str:
    return api_path(request.value, block.pointer)
