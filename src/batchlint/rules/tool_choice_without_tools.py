"""A `tool_choice` in a request without tools.

There is nothing to choose from. An empty list of tools is taken, and so is no list, but not a choice with it. What
the API makes of `{"type": "none"}` there, and of any choice with an empty list, is less certain: a warning.

The API then answers, for that request only and hours later: `tool_choice may only be specified while providing
tools.`

Example:

    {"model": "claude-opus-4-8", "max_tokens": 100, "tool_choice": {"type": "auto"}, "messages": [...]}

Instead:

    {"model": "claude-opus-4-8", "max_tokens": 100, "messages": [...]}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.defined_tools import defined_tools
from batchlint.edits import Remove, safe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tool_choice",),
    source="issue threads of 2024 to 2026",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    choice = request.params.get("tool_choice")
    tools = request.params.get("tools")
    if choice is None or tools or ("params", "tools") in request.refused:
        return
    defined = request.once(defined_tools)
    if defined.by_name or not defined.complete:
        return
    kind = choice.get("type")
    yield Problem(
        pointer=("params", "tool_choice"),
        message="`tool_choice` is given, and no tools"
        if tools is None
        else "`tool_choice` is given, and `tools` is empty",
        help="remove `tool_choice`, or define the tools to choose from",
        api_error=errors().text("choice_without_tools"),
        severity="warning" if kind == "none" or tools is not None else None,
        fix=safe(Remove(("params", "tool_choice"))),
    )
