"""An edit that clears thinking, in a request without thinking.

An edit of type `clear_thinking_20251015` requires `thinking` of type `enabled` or `adaptive`. On models that think by
default `thinking` may be absent.

The API then answers, for that request only and hours later: `` `clear_thinking_20251015` strategy requires `thinking`
to be enabled or adaptive ``.

Example:

    {"model": "claude-opus-4-8", "context_management": {"edits": [{"type": "clear_thinking_20251015"}]}, ...}

Instead:

    {"model": "claude-opus-4-8", "thinking": {"type": "adaptive"},
     "context_management": {"edits": [{"type": "clear_thinking_20251015"}]}, ...}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.context_edits import CLEAR_THINKING, edits
from batchlint.analysis.thinking import is_accepted, thinking_of
from batchlint.facts import errors
from batchlint.request import Request
from batchlint.rule import Metadata, Problem, Severity

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:context_management",),
    source="issues that quote the refusal: can1357/oh-my-pi 2143, router-for-me/CLIProxyAPI 4957",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    clearing = next((pointer for pointer, kind in edits(request) if kind.startswith(CLEAR_THINKING)), None)
    certainty = thinking_is_off(request) if clearing is not None else None
    if clearing is None or certainty is None:
        return
    yield Problem(
        pointer=(*clearing, "type"),
        message="this edit clears thinking, but "
        + ("thinking is off" if certainty == "error" else "`thinking` is absent, which may not be enough"),
        help="remove the edit, or turn thinking on with `thinking`",
        api_error=errors().text("clear_thinking_without_thinking"),
        severity=certainty,
    )


def thinking_is_off(request: Request) -> Severity | None:
    """Whether a request goes without thinking; a warning where nobody knows what the model does by default."""
    thinking = thinking_of(request)
    if thinking:
        return "error" if thinking.get("type") == "disabled" and is_accepted(request) is not False else None
    if request.model is None or ("params", "thinking") in request.refused:
        return None
    if request.model.thinks_by_default:
        return None
    return "error" if request.model.thinks_by_default is False else "warning"
