"""A tool reference that names no tool of the request.

A tool search of your own answers with `tool_reference` blocks, which the API replaces by the definitions of those
tools. Each must be in `tools`, as a rule with `defer_loading`.

The API then answers, for that request only and hours later: `Tool reference 'get_wether' not found in available
tools`.

Example:

    "content": [{"type": "tool_reference", "tool_name": "get_wether"}]

Instead:

    "content": [{"type": "tool_reference", "tool_name": "get_weather"}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.spelling import meant
from batchlint.views.defined_tools import defined_tools, is_client_toolset

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("block:tool_reference",),
    source="docs: tool-use/tool-search-tool",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    defined = request.once(defined_tools)
    if not defined.complete or any(is_client_toolset(tool) for _, tool in request.tools):
        return
    for block in request.blocks_of("tool_reference"):
        name = block.value.get("tool_name")
        if name is None or name in defined.by_name or block.parent != "tool_result":
            continue
        nearest = meant(name, defined.by_name)
        yield Problem(
            pointer=(*block.pointer, "tool_name"),
            message=f"`tools` defines no tool `{name[:80]}`" + (f"; did you mean `{nearest[:80]}`?" if nearest else ""),
            help=f"write `{nearest[:80]}`" if nearest else "define the tool in `tools`, or remove the reference",
            api_error=errors().text("tool_reference", name=name[:80]),
        )
