"""A tool result whose `toolset_name` is not that of its tool use.

The actions of the computer and browser toolsets carry `toolset_name`, and their results must repeat it; the results
of other tools must not have one.

The API then answers with an `invalid_request_error`, for that request only and hours later.

Example:

    {"type": "tool_use", "id": "toolu_1", "name": "screenshot", "toolset_name": "computer", "input": {}}
    {"type": "tool_result", "tool_use_id": "toolu_1", "content": "done"}

Instead:

    {"type": "tool_result", "tool_use_id": "toolu_1", "toolset_name": "computer", "content": "done"}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.pairing import answers
from batchlint.edits import Edit, Insert, Remove, Replace, safe
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("unusual-exchange",),
    source="docs: tool-use/handle-tool-calls, browser-use-tool",
    checked="2026-11-23",
    fixes=("safe",),
)


def check(request: Request) -> Iterator[Problem]:
    for use, result in answers(request):
        expected, found = use.value.get("toolset_name"), result.value.get("toolset_name")
        if expected == found:
            continue
        if expected is None:
            message = f"the result has a `toolset_name`, but its tool use `{use.value['id'][:80]}` has none"
        else:
            message = f'the result of a tool use of toolset "{expected[:40]}" does not repeat that `toolset_name`'
        at = (*result.pointer, "toolset_name")
        edit: Edit = Replace(at, expected)
        if expected is None:
            edit = Remove(at)
        elif found is None:
            edit = Insert(result.pointer, "toolset_name", expected)
        yield Problem(
            pointer=result.pointer if found is None else at,
            message=message,
            help="remove it" if expected is None else f'write "toolset_name": "{expected[:40]}" in the result too',
            fix=safe(edit),
        )
