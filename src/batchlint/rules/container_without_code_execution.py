"""A container to use again, and nothing that runs in one.

A container belongs to the code execution tool. Only a request that defines this tool may name one, or a request with
tools that are called from code: the newer web tools, and those whose `allowed_callers` name code execution. Newer web
tools whose `allowed_callers` name only `direct` are a warning: whether those bring a container is not documented.

The API then answers, for that request only and hours later: `container: Container identifier can only be provided when
using the code execution tool`.

Example:

    {"container": "container_01ABC", "tools": [{"type": "web_search_20250305", "name": "web_search"}], ...}

Instead:

    {"container": "container_01ABC", "tools": [{"type": "code_execution_20250825", "name": "code_execution"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.code_execution import code_execution
from batchlint.analysis.tool_callers import called_by_code_by_default
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Pointer, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:container",),
    source="answers of the API quoted in issues of 2026; docs: tool-use/code-execution-tool",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    container = request.params.get("container")
    place: Pointer = ("params", "container")
    if isinstance(container, dict):
        if container.get("skills"):
            return  # skills-without-code-execution says the same of the whole container.
        container, place = container.get("id"), (*place, "id")
    if container and request.once(code_execution) == "absent":
        direct = any(called_by_code_by_default(tool) for _, tool in request.tools)
        yield Problem(
            pointer=place,
            message="a container is named, and no tool runs code in it",
            help="remove `container`, or define the code execution tool that it was made for",
            api_error=errors().text("container_without_code_execution"),
            severity="warning" if direct else None,
        )
