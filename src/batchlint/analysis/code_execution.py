"""Whether a request can run code: by a code execution tool of its own, or by one that the API adds."""

from __future__ import annotations

from typing import Any, Literal

from batchlint.analysis.tool_callers import called_by_code, called_by_code_by_default
from batchlint.facts import tools
from batchlint.request import Request


def is_code_execution(tool: dict[str, Any]) -> bool:
    """Whether a tool is Anthropic's code execution, of any version."""
    known = tools().find(tool.get("type") or "custom")
    return known is not None and known.name == "code_execution"


def brings_code_execution(tool: dict[str, Any]) -> bool:
    """Whether a tool is code execution, or one that code calls: for that the API adds code execution itself."""
    if is_code_execution(tool):
        return True
    return called_by_code(tool) if tool.get("allowed_callers") else called_by_code_by_default(tool)


def code_execution(request: Request) -> Literal["defined", "added", "absent"] | None:
    """Whether code execution is among the tools, is added by the API, or neither; None where that is not known.

    To be asked for with `request.once(code_execution)`.
    """
    definitions = [tool for _, tool in request.tools]
    known = ("params", "tools") not in request.refused and all(definitions)  # An empty one is refused by the schema.
    for block in request.blocks_of("tool_addition", "compaction"):
        added = block.value.get("tool") or {}
        definitions.append(added.get("definition") or {})
        known = known and block.type == "tool_addition" and bool(added)
    if any(map(is_code_execution, definitions)):
        return "defined"
    if not known:
        return None
    return "added" if any(map(brings_code_execution, definitions)) else "absent"
