"""The thinking settings of a request, compared with those that its model takes."""

from __future__ import annotations

from typing import Any

from batchlint.request import Request


def thinking_of(request: Request) -> dict[str, Any]:
    """The member `thinking`; empty where there is none."""
    return request.params.get("thinking") or {}


def is_accepted(request: Request) -> bool | None:
    """Whether the model takes the type of thinking that is asked for; None where that is not known."""
    thinking_type = thinking_of(request).get("type")
    mode = request.model.thinking.get(thinking_type) if request.model and thinking_type else None
    return mode.accepted if mode else None


def effort_of(request: Request) -> str | None:
    """The `output_config.effort`."""
    return (request.params.get("output_config") or {}).get("effort")
