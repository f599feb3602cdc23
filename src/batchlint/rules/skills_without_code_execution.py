"""Skills in `container`, but no code execution tool.

Skills run in the container of the code execution tool, so a request that loads some has to define that tool. For the
newer web tools, and for tools whose `allowed_callers` name code execution, the API adds it; whether that is enough is
not documented, and a warning.

The API then answers, for that request only and hours later: `container: skills can only be used when a code execution
tool is enabled`.

Example:

    {"container": {"skills": [{"type": "anthropic", "skill_id": "xlsx"}]}, "tools": [], ...}

Instead:

    {"container": {"skills": [{"type": "anthropic", "skill_id": "xlsx"}]},
     "tools": [{"type": "code_execution_20250825", "name": "code_execution"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.code_execution import code_execution
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:container",),
    source="docs: build-with-claude/skills-guide; the answer is quoted by three projects",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    container = request.params.get("container")
    if not isinstance(container, dict) or not container.get("skills"):
        return
    state = request.once(code_execution)
    if state not in ("added", "absent"):
        return
    yield Problem(
        pointer=("params", "container", "skills"),
        message="skills need the code execution tool"
        + (", and the API adds it only for tools that code calls" if state == "added" else ""),
        help='add {"type": "code_execution_20250825", "name": "code_execution"} to `tools`',
        api_error=errors().text("skills_without_code_execution"),
        severity="warning" if state == "added" else None,
    )
