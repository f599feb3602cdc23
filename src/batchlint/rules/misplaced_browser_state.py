"""A `browser_state` in a tool result that has no place for it.

The block belongs into the result of an action of the browser toolset, and there is one of it at most: the last state
says everything. (That a failed action has none is what `media-in-error-result` speaks of.)

The API then refuses the request, hours later; its text is not known.

Example:

    {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "browser_state", "tabs": []}]}

Instead: `{"type": "tool_result", "tool_use_id": "toolu_1", "content": "done"}` for a tool of your own, and one
`browser_state` for an action of the browser.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.browser_states import BROWSER
from batchlint.analysis.pairing import answers
from batchlint.analysis.server_calls import caller_of
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:browser_state",),
    source="docs: tool-use/browser-use-tool (request errors); Python SDK (BetaBrowserStateBlockParam)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    for use, result in answers(request):
        content = result.value.get("content")
        blocks = content if isinstance(content, list) else []
        states = [position for position, block in enumerate(blocks) if block.get("type") == "browser_state"]
        toolset = use.value.get("toolset_name")
        if states and toolset is None and not caller_of(use):  # Of other toolsets and of code another rule speaks.
            yield Problem(
                pointer=(*result.pointer, "content", states[0]),
                message=f"`{(use.value.get('name') or '?')[:80]}` is not an action of the browser toolset",
                help="remove the block; a call of the toolset has a `toolset_name`, which its result repeats",
            )
        for position in states[1:] if toolset == BROWSER else ():
            yield Problem(
                pointer=(*result.pointer, "content", position),
                message=f"a second browser_state in one result, after content.{states[0]}",
                help="keep the last one: it says which tabs are open after the call",
            )
