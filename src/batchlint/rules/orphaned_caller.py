"""A tool use that code made, without the call that ran the code.

Where the code that Claude runs calls a tool, the `caller` of the tool use says by `tool_id` which `server_tool_use` ran
that code. The call comes before it, and both are sent back as they came. It is missing where a program cut the
history between the two, or kept tool uses of its own and dropped the blocks of Anthropic's tools. The same holds for
searches that code made (`web_search_20260209` and later).

The API then answers, for that request only and hours later: ``source tool `srvtoolu_1` not found for tool use block
`toolu_1` ``.

Example:

    {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "query", "input": {},
                                       "caller": {"type": "code_execution_20260120", "tool_id": "srvtoolu_1"}}]},
    {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "content": "nothing found"}]}

Instead: send the `server_tool_use` block with that id before it, and its result, or leave out the whole exchange.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import first_read
from batchlint.analysis.server_calls import caller_of
from batchlint.analysis.turns import turns
from batchlint.facts import errors, limits
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="issue threads of 2026-02 (programmatic tool calls) and 2026-06 (searches made by code)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    uses = [use for use in request.blocks_of("tool_use", "server_tool_use") if caller_of(use)]
    if not uses:
        return
    conversation = request.once(turns)
    if not all(turn.complete for turn in conversation):
        return  # The call may be one of the blocks that the schema refused.
    called = {call.value.get("id") for call in request.blocks_of("server_tool_use")}
    read = {index for turn in conversation[first_read(conversation) :] for index in turn.messages}
    for use in uses:
        source, tool_id = caller_of(use).get("tool_id"), use.value.get("id")
        if source is None or tool_id is None or source in called or use.message not in read:
            continue
        if not _is_server_id(source):
            continue
        yield Problem(
            pointer=use.pointer,
            message=f"`{tool_id[:80]}` was called by code, and the call that ran it, `{source[:80]}`, is missing",
            help="send that `server_tool_use` block and its result too, or leave out the whole exchange",
            api_error=errors().text("missing_source_tool", id=tool_id[:80], source=source[:80]),
        )


def _is_server_id(source: str) -> bool:
    """Of an id that no server tool can have, another rule speaks."""
    import re

    return re.fullmatch(limits().tool_use.server_id_pattern, source) is not None
