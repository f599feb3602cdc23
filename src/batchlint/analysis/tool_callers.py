"""Who may call a tool: the model itself, or the code that it runs."""

from __future__ import annotations

from typing import Any

from batchlint.facts import tools


def code_callers(tool: dict[str, Any]) -> list[str]:
    """The kinds of code execution that `allowed_callers` of a tool names."""
    return [caller for caller in tool.get("allowed_callers") or () if caller in tools().code_execution_callers]


def called_by_code(tool: dict[str, Any]) -> bool:
    """Whether code execution may call a tool."""
    return bool(code_callers(tool))


def runs_in_newer_code(tool: dict[str, Any]) -> bool:
    """Whether a tool is to be called by code execution of a kind that the API adds where the request has none."""
    callers = tool.get("allowed_callers")
    if callers:
        return not set(callers).isdisjoint(tools().calling)
    return called_by_code_by_default(tool)


def called_by_code_by_default(tool: dict[str, Any]) -> bool:
    """Whether code execution calls a tool, and the model itself does not, where its definition says nothing of it."""
    known = tools().find(tool.get("type") or "custom")
    return known is not None and known.default_caller == "code_execution"
