"""A tool of Anthropic's that the model does not take.

The models of autumn 2026 do not take the older tools for computer use, and some older models do not take the newer
toolsets. Tools of your own work with every model.

The API then answers, for that request only and hours later: `'claude-opus-5-5' does not support tool types:
computer_20251124.`

Example:

    {"model": "claude-opus-5-5", "tools": [{"type": "computer_20251124", "name": "computer", ...}], ...}

Instead:

    {"model": "claude-opus-5-5", "tools": [{"type": "computer_toolset_20260801"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("member:tools",),
    source="docs: tool-use/computer-use-tool; error texts quoted in issues",
    checked="2026-11-23",
    reads=("tools", "model"),
)


def check(request: Request) -> Iterator[Problem]:
    refused = request.model.refused_tool_types if request.model else ()
    for index, tool in enumerate(request.params.get("tools") or ()) if refused else ():
        kind = tool.get("type")
        if kind in refused:
            from batchlint.facts import errors

            model = request.params["model"]
            yield Problem(
                pointer=("params", "tools", index, "type"),
                message=f"{model} does not take tools of type {kind}",
                help="use another model, or the tool's type for this one",
                api_error=errors().text("tool_type_unsupported", model=model, type=kind),
            )
