"""A tool reference that names no tool of the request.

A tool search answers with `tool_reference` blocks, which the API replaces by the definitions of those tools: in a
`tool_result` of a search of your own, or in the `tool_search_tool_result` of the API's. Each must be in `tools`, as a
rule with `defer_loading`, in every later request that still holds the search: also when it is not to be used any more.

The API then answers, for that request only and hours later: `Tool reference 'get_wether' not found in available
tools`.

Example:

    "content": [{"type": "tool_reference", "tool_name": "get_wether"}]

Instead:

    "content": [{"type": "tool_reference", "tool_name": "get_weather"}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.defined_tools import defined_tools, is_client_toolset
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem
from batchlint.spelling import meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("block:tool_reference", "block:tool_search_tool_result"),
    source="docs: tool-use/tool-search-tool; issue threads of 2026-07 and 2026-08 (searches of the API's)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    defined = request.once(defined_tools)
    if not defined.complete or any(is_client_toolset(tool) for _, tool in request.tools):
        return
    compactions = [block.message or 0 for block in request.blocks_of("compaction")]
    read_from = max(compactions, default=0)  # What comes before a compaction is ignored.
    for message, pointer, name in _references(request):
        if name in defined.by_name or message < read_from:
            continue
        nearest = meant(name, defined.by_name)
        yield Problem(
            pointer=pointer,
            message=f"`tools` defines no tool `{name[:80]}`" + (f"; did you mean `{nearest[:80]}`?" if nearest else ""),
            help=f"write `{nearest[:80]}`" if nearest else "define the tool in `tools`, or remove the reference",
            api_error=errors().text("tool_reference", name=name[:80]),
        )


def _references(request: Request) -> Iterator[tuple[int, Pointer, str]]:
    """The names that searches found, each after its message and place: searches of the user, then those of the API."""
    for block in request.blocks_of("tool_reference"):
        if block.parent == "tool_result" and block.value.get("tool_name") is not None:
            yield block.message or 0, (*block.pointer, "tool_name"), block.value["tool_name"]
    for block in request.blocks_of("tool_search_tool_result"):
        references = (block.value.get("content") or {}).get("tool_references") or ()
        for index, reference in enumerate(references):
            if reference.get("tool_name") is not None:
                place = (*block.pointer, "content", "tool_references", index, "tool_name")
                yield block.message or 0, place, reference["tool_name"]
