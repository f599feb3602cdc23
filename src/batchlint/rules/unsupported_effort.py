"""An `output_config.effort` that the model does not take.

Claude Sonnet 4.5, Haiku 4.5 and older models do not know effort at all; `max` came with Claude 4.6, `xhigh` with
Claude Opus 4.7. On some models the two highest levels exclude `thinking` of type `disabled`, since they mean to think
more.

The API then answers, for that request only and hours later: `This model does not support effort level 'xhigh'.
Supported levels: high, low, max, medium.`

Example:

    {"model": "claude-sonnet-4-6", "output_config": {"effort": "xhigh"}, ...}

Instead:

    {"model": "claude-sonnet-4-6", "output_config": {"effort": "high"}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.thinking import effort_of, thinking_of
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:output_config.effort",),
    source="docs: build-with-claude/effort, thinking-troubleshooting; recorded refusal 2026-04-16",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    effort, model = effort_of(request), request.model
    if effort is None or model is None:
        return
    name, levels = request.params["model"], model.effort_levels
    thinking_type = thinking_of(request).get("type", "")
    mode = model.thinking.get(thinking_type)
    if levels == ():
        message, help_text = f"{name} has no effort levels", "remove `effort`"
        api_error: str | None = errors().text("effort_unsupported")
    elif levels is not None and effort not in levels:
        message, help_text = f"{name} has no effort level {effort}", f"use one of {', '.join(levels)}"
        api_error = errors().text("effort_level_unsupported", effort=effort, levels=", ".join(sorted(levels)))
    elif mode is not None and mode.accepted and not mode.accepts(effort):
        message = f"{name} does not take effort {effort} with thinking of type {thinking_type}"
        help_text = f"use one of {', '.join(mode.efforts or ())}, or another type of thinking"
        api_error = errors().text("effort_without_thinking", effort=effort) if thinking_type == "disabled" else None
    else:
        return
    yield Problem(("params", "output_config", "effort"), message, help_text, api_error)
