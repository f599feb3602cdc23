"""A `thinking.type` that the model does not take.

Models from Claude Opus 4.7 on think adaptively and refuse `enabled` with a budget; Claude 4.5 and older know nothing
but `enabled` with a budget. Some newer models always think and refuse `disabled`. `between_tools` is for Claude
Sonnet 5.5 alone. `batchlint models` shows what each model takes.

The API then answers, for that request only and hours later: `"thinking.type.enabled" is not supported for this model.
Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.`

Example:

    {"model": "claude-opus-4-8", "thinking": {"type": "enabled", "budget_tokens": 8000}, ...}

Instead:

    {"model": "claude-opus-4-8", "thinking": {"type": "adaptive"}, "output_config": {"effort": "high"}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.thinking import is_accepted, thinking_of
from batchlint.edits import Fix, Remove, Replace, unsafe
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:thinking.type",),
    source="docs: build-with-claude/thinking-troubleshooting; live capture 2026-09-02 (enabled)",
    checked="2026-11-23",
    fixes=("unsafe",),
)


def check(request: Request) -> Iterator[Problem]:
    if is_accepted(request) is not False or request.model is None:
        return
    refused = thinking_of(request)["type"]
    accepted = [name for name, mode in request.model.thinking.items() if mode.accepted]
    yield Problem(
        pointer=("params", "thinking", "type"),
        message=f"{request.params['model']} does not take thinking of type {refused}",
        help=_instead(refused, accepted),
        api_error=errors().text(f"thinking_{refused}_unsupported"),
        fix=_fix(refused, accepted),
    )


def _fix(refused: str, accepted: list[str]) -> Fix | None:
    """Adaptive thinking in the place of a budget, or none; a budget cannot be guessed."""
    if refused != "disabled" and "adaptive" in accepted:
        return unsafe(Replace(("params", "thinking"), {"type": "adaptive"}))
    if refused == "disabled" or "enabled" not in accepted:
        return unsafe(Remove(("params", "thinking")))
    return None


def _instead(refused: str, accepted: list[str]) -> str:
    if refused == "disabled":
        return "remove `thinking`: this model always thinks; a lower `output_config.effort` makes it think less"
    if "adaptive" in accepted:
        return 'write {"type": "adaptive"}, and say how much with `output_config.effort`'
    if "enabled" in accepted:
        return 'write {"type": "enabled", "budget_tokens": ...}, from 1024 up to below `max_tokens`'
    return "remove `thinking`"
