"""A forced `tool_choice` while the model thinks.

`{"type": "any"}` and `{"type": "tool"}` begin the answer with the call of a tool, which leaves no room for thinking.
With `thinking` of type `enabled` that is refused. With `adaptive` it is documented as allowed, but users of some
models saw it refused: a warning there.

The API then answers, for that request only and hours later: `Thinking may not be enabled when tool_choice forces tool
use.`

Example:

    "thinking": {"type": "enabled", "budget_tokens": 2048}, "tool_choice": {"type": "any"}

Instead: leave out `thinking`, or write `"tool_choice": {"type": "auto"}` and ask for the tool in the prompt.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.facts import errors
from batchlint.facts.model import Model
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:tool_choice",),
    source="docs: tool-use/implement-tool-use, build-with-claude/thinking; issue threads of 2026 (adaptive)",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    choice = request.params.get("tool_choice") or {}
    thinking = (request.params.get("thinking") or {}).get("type")
    if choice.get("type") not in ("any", "tool") or thinking not in ("enabled", "adaptive"):
        return
    if _is_refused_anyway(request.model, thinking):
        return
    adaptive = thinking == "adaptive"
    if adaptive and (request.model is None or request.model.forced_tool_choice_when_adaptive != "doubtful"):
        return
    yield Problem(
        pointer=("params", "thinking"),
        message=f'`thinking` is {thinking}, and `tool_choice` of type "{choice["type"]}" forces the use of a tool'
        + (": sources disagree whether this is taken" if adaptive else ""),
        help='leave out `thinking`, or write "tool_choice": {"type": "auto"}',
        api_error=errors().text("thinking_with_forced_tool"),
        severity="warning" if adaptive else None,
    )


def _is_refused_anyway(model: Model | None, thinking: str) -> bool:
    """Whether the model takes no such choice, or no such thinking, whatever else the request has."""
    if model is None:
        return False
    mode = model.thinking.get(thinking)
    return model.accepts_forced_tool_choice is False or (mode is not None and not mode.accepted)
