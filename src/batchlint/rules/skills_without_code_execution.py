"""Skills in `container`, but no code execution tool.

Skills run in the container of the code execution tool, so a request that loads some has to define that tool. Newer
web tools bring code execution along; whether that is enough is not documented, and a warning.

The API then refuses that request only, hours later, with `invalid_request_error`.

Example:

    {"container": {"skills": [{"type": "anthropic", "skill_id": "xlsx"}]}, "tools": [], ...}

Instead:

    {"container": {"skills": [{"type": "anthropic", "skill_id": "xlsx"}]},
     "tools": [{"type": "code_execution_20250825", "name": "code_execution"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    wakes_on=("member:container",),
    source="docs: build-with-claude/skills-guide",
    checked="2026-11-23",
)

CODE_EXECUTION = "code_execution"


def check(request: Request) -> Iterator[Problem]:
    container = request.params.get("container")
    if not isinstance(container, dict) or not container.get("skills") or ("params", "tools") in request.refused:
        return
    from batchlint.facts import tools

    types = [tool.get("type") or "custom" if tool else "" for _, tool in request.tools]
    defined = [tools().find(kind) for kind in types]
    if "" in types or any(tool is not None and tool.name == CODE_EXECUTION for tool in defined):
        return
    brought = any(tool is not None and tool.default_caller == CODE_EXECUTION for tool in defined)
    yield Problem(
        pointer=("params", "container", "skills"),
        message="skills need the code execution tool" + (", which the web tools may bring along" if brought else ""),
        help='add {"type": "code_execution_20250825", "name": "code_execution"} to `tools`',
        severity="warning" if brought else None,
    )
