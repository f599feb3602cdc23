"""A source of URLs for web fetch that is not a tool of the request.

`url_sources` of the web fetch tool says whose results may bring URLs to fetch: of all tools, of none, of some (`only`),
or of all but some (`except`). Each tool that it names has to be in `tools`.

The API then refuses the request, hours later; its text is not known.

Example:

    "tools": [{"type": "web_fetch_20260318", "name": "web_fetch", "url_sources":
      {"client_tool_results": {"type": "only", "tools": [{"type": "tool_reference", "name": "list_links"}]}}}]

Instead:

    "tools": [{"type": "web_fetch_20260318", "name": "web_fetch", "url_sources":
      {"client_tool_results": {"type": "only", "tools": [{"type": "tool_reference", "name": "list_links"}]}}},
     {"name": "list_links", "input_schema": {...}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.spelling import meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tools",),
    source="Python SDK (BetaWebFetchURLSourceToolReference)",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    tools = request.params.get("tools") or []
    sources = [(index, tool["url_sources"]) for index, tool in enumerate(tools) if tool.get("url_sources")]
    if not sources or {} in tools:
        return  # An empty tool is one that the schema refused: it may have been the one that is named.
    names = {tool["name"] for tool in tools if tool.get("name") is not None}
    for index, source in sources:
        for member, kept in source.items():
            for position, reference in enumerate((kept or {}).get("tools") or ()):
                name = reference.get("name")
                if name is None or name in names:
                    continue
                nearest = meant(name, names)
                yield Problem(
                    pointer=("params", "tools", index, "url_sources", member, "tools", position, "name"),
                    message=f"`tools` defines no tool `{name[:80]}`"
                    + (f"; did you mean `{nearest[:80]}`?" if nearest else ""),
                    help=f"write `{nearest[:80]}`" if nearest else "define that tool, or remove its name here",
                )
