"""An id of a tool use that has characters which ids may not have.

Ids of tool uses, and the references to them in results, consist of ASCII letters, digits, `_` and `-`. Those of
server tools begin with `srvtoolu_`. Ids that other APIs or programs made (with a colon, a dot, a blank, or empty) are
refused.

The API then answers, for that request only and hours later: `messages.1.content.0.tool_use.id: String should match
pattern '^[a-zA-Z0-9_-]+$'`.

Example:

    {"type": "tool_use", "id": "functions.search:0", "name": "search", "input": {}}

Instead, here and in the result:

    {"type": "tool_use", "id": "functions_search_0", "name": "search", "input": {}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from batchlint.analysis.pairing import unpaired
from batchlint.facts import errors, limits
from batchlint.reports.plain import plain
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.schema.api_path import api_path

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2025 and 2026; published OpenAPI document",
    checked="2026-11-23",
)

OF_SERVER = ("server_tool_use", "caller")


def check(request: Request) -> Iterator[Problem]:
    import re

    facts = limits().tool_use
    fits, fits_server = re.compile(facts.id_pattern).fullmatch, re.compile(facts.server_id_pattern).fullmatch
    seen: set[str] = set()
    for pointer, kind, tool_id in _ids(request.messages):
        of_server = kind in OF_SERVER or (kind.endswith("_tool_result") and kind != "mcp_tool_result")
        if tool_id in seen or (fits_server if of_server else fits)(tool_id):
            continue
        if kind == "tool_result" and pointer[:-1] in request.once(_orphaned):
            continue  # The id that it should have is reported by orphaned-tool-result.
        seen.add(tool_id)  # The same id in the answer is the same mistake.
        if of_server:
            what, pattern = "a call of a server tool", facts.server_id_pattern
            instead = "send the id back as it came: srvtoolu_ and letters, digits or _"
        else:
            what, pattern = "a tool use", facts.id_pattern
            instead = "use only A-Z a-z 0-9 _ -, the same in the call and its result"
        yield Problem(
            pointer=pointer,
            message=f'"{plain(tool_id[:80])}" is not a valid id of {what}',
            help=instead,
            api_error=errors().text("wrong_pattern", path=api_path(request.value, pointer), pattern=pattern),
        )


def _ids(messages: list[dict[str, Any]]) -> Iterator[tuple[Pointer, str, str]]:
    """The ids of calls, and of what results and callers refer to: the place, the block's type or `caller`, the id."""
    for index, message in enumerate(messages):
        content = message.get("content")
        if not isinstance(content, list):
            continue
        for position, block in enumerate(content):
            kind = block.get("type") or ""
            member = "id" if kind.endswith("tool_use") else "tool_use_id"
            tool_id = block.get(member)
            if tool_id is not None:
                yield ("params", "messages", index, "content", position, member), kind, tool_id
            caller_id = (block.get("caller") or {}).get("tool_id")
            if caller_id is not None:
                yield ("params", "messages", index, "content", position, "caller", "tool_id"), "caller", caller_id


def _orphaned(request: Request) -> frozenset[Pointer]:
    return frozenset(orphaned.result.pointer for orphaned in request.once(unpaired).orphaned)
