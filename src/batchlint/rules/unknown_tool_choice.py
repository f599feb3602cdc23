"""A `tool_choice` that names a tool which the request does not define.

`{"type": "tool", "name": ...}` must name an entry of `tools`. The sets of computer and browser actions cannot be
named, nor can one of their tools.

The API then answers, for that request only and hours later: `Tool 'serach' not found in provided tools`.

Example:

    "tools": [{"name": "search", "input_schema": {"type": "object"}}], "tool_choice": {"type": "tool", "name": "serach"}

Instead:

    "tools": [{"name": "search", "input_schema": {"type": "object"}}], "tool_choice": {"type": "tool", "name": "search"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.defined_tools import defined_tools, is_client_toolset
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem
from batchlint.spelling import meant

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tool_choice",),
    source="live capture 2026-09; docs: tool-use/tool-reference (toolsets)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    name = (request.params.get("tool_choice") or {}).get("name")
    if name is None or not request.params.get("tools"):
        return
    defined = request.once(defined_tools)
    if name in defined.by_name or not defined.complete:
        return
    nearest = meant(name, defined.by_name)
    toolset = any(is_client_toolset(tool) for _, tool in request.tools)
    yield Problem(
        pointer=("params", "tool_choice", "name"),
        message=f"`tools` defines no tool `{name[:80]}`" + (f"; did you mean `{nearest[:80]}`?" if nearest else ""),
        help=_help(nearest, list(defined.by_name), toolset),
        api_error=None if toolset else errors().text("chosen_tool_missing", name=name[:80]),
    )


def _help(nearest: str | None, names: list[str], toolset: bool) -> str:
    if nearest:
        return f"write `{nearest[:80]}`"
    if toolset:
        return "a toolset and its tools cannot be chosen by name: use `auto` or `any`"
    listed = ", ".join(f"`{name[:40]}`" for name in names[:5])
    return f"name one of the tools ({listed}{', ...' if len(names) > 5 else ''}), or define this one"
