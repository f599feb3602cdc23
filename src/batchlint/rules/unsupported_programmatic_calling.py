"""A tool that code is to call, and a model that cannot do that.

Some models cannot call tools from code. For those no tool may name code execution in `allowed_callers`; and the newer
versions of the web tools, which are called from code unless they say otherwise, need `"allowed_callers": ["direct"]`.

The API then refuses the request, hours later; its text is not known.

Example:

    {"model": "claude-haiku-4-5", "tools": [{"type": "web_search_20260209", "name": "web_search"}], ...}

Instead:

    {"model": "claude-haiku-4-5", "tools": [{"type": "web_search_20260209", "name": "web_search",
     "allowed_callers": ["direct"]}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.tool_callers import code_callers
from batchlint.facts import tools as known_tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tools",),
    source="docs: tool-use/programmatic-tool-calling, web-search-tool",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    if request.model is None or request.model.accepts_programmatic_tools is not False:
        return
    for index, tool in enumerate(request.params.get("tools") or ()):
        known = known_tools().find(tool.get("type") or "custom")
        if code_callers(tool):
            yield Problem(
                pointer=("params", "tools", index, "allowed_callers"),
                message=f"{request.params['model']} cannot call tools from code",
                help='write "allowed_callers": ["direct"], or leave it out',
            )
        elif known and known.default_caller == "code_execution" and not tool.get("allowed_callers"):
            yield Problem(
                pointer=("params", "tools", index),
                message=f"{known.type} is called from code, which {request.params['model']} cannot do",
                help='add "allowed_callers": ["direct"]',
            )
