"""A tool of Anthropic's that the model does not take, or not in this version.

The versions of a tool belong to models: text editors and computer tools of earlier years are refused by newer models,
and the newer toolsets by older models. Where the documentation names another version for the model, and what the API
answers is not known, it is a warning. Tools of your own work with every model.

The API then answers, for that request only and hours later: `'claude-opus-4-6' does not support tool types:
text_editor_20250429. Did you mean one of bash_20250124, text_editor_20250728, web_search_20250305?`

Example:

    {"model": "claude-opus-5-5", "tools": [{"type": "computer_20251124", "name": "computer", ...}], ...}

Instead:

    {"model": "claude-opus-5-5", "tools": [{"type": "computer_toolset_20260801"}], ...}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from batchlint.facts import errors, tools
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

if TYPE_CHECKING:
    from batchlint.facts import Model

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tools",),
    source="docs: tool-use/computer-use-tool, text-editor-tool; error texts quoted in issues",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    known = request.model
    if known is None:
        return
    for index, tool in enumerate(request.params.get("tools") or ()):
        kind = tool.get("type")
        if kind in known.refused_tool_types or kind in known.doubtful_tool_types:
            yield _problem(request.params["model"], known, index, kind)


def _problem(model: str, known: Model, index: int, kind: str) -> Problem:
    taken = _versions_taken(known, kind)
    doubtful = kind in known.doubtful_tool_types
    return Problem(
        pointer=("params", "tools", index, "type"),
        message=f"{kind} is not the version of this tool that is documented for {model}"
        if doubtful
        else f"{model} does not take tools of type {kind}",
        help=f"use {' or '.join(taken)}" if taken else "use another model",
        api_error=errors().text("tool_type_unsupported", model=model, type=kind),
        severity="warning" if doubtful else None,
        variant=f"{model} {kind}",
    )


def _versions_taken(known: Model, kind: str) -> list[str]:
    """The other versions of a tool, newest first, that the model takes as far as is known."""
    not_taken = {*known.refused_tool_types, *known.doubtful_tool_types}
    family = tools().types[kind].family
    return sorted(
        (name for name, tool in tools().types.items() if tool.family == family and name not in not_taken), reverse=True
    )
