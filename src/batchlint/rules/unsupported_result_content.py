"""A tool result with content that its tool use cannot take.

The result of a tool that code called (`caller` names code execution) is given to that code as text: a string or text
blocks. The result of an action of the computer or browser toolset holds text and images alone, that of the browser
also `browser_state`.

The API then answers with an `invalid_request_error`, for that request only and hours later.

Example: an image for a tool use with `"caller": {"type": "code_execution_20260120", "tool_id": "srvtoolu_1"}`.

Instead: `{"type": "tool_result", "tool_use_id": "toolu_1", "content": "[{\\"row\\": 1}]"}`.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import answers
from batchlint.analysis.server_calls import caller_of
from batchlint.request import Block, Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="docs: tool-use/programmatic-tool-calling, handle-tool-calls",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    for use, result in answers(request):
        allowed = allowed_content(use)
        content = result.value.get("content")
        if allowed is None or not isinstance(content, list):
            continue
        for position, block in enumerate(content):
            kind = block.get("type")
            if kind is None or kind in allowed:
                continue
            asker = "a toolset's action" if use.value.get("toolset_name") else "code"
            yield Problem(
                pointer=(*result.pointer, "content", position),
                message=f"the result of a tool that {asker} called may not hold a block of type `{kind}`"
                if asker == "code"
                else f"the result of {asker} may not hold a block of type `{kind}`",
                help=f"it may hold {' and '.join(f'`{each}`' for each in allowed)} alone",
            )


def allowed_content(use: Block) -> tuple[str, ...] | None:
    """The types of block that the result of a tool use may hold; None: any."""
    toolset = use.value.get("toolset_name")
    if toolset:
        return ("text", "image", "browser_state") if toolset == "browser" else ("text", "image")
    return ("text",) if caller_of(use) else None
