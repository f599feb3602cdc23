"""A partial answer that a fallback credit is to continue, with an output format or a forced tool choice.

With `fallback_credit_token` the retry of a refused request may end with the partial answer, on models that take no
prefill otherwise. Not so where the request has an output format, or a `tool_choice` that forces a tool: then it has to
be sent as it was. In a batch the token is ignored altogether.

The API then refuses that request only, hours later, with `invalid_request_error`.

Example:

    {"model": "claude-opus-5", "fallback_credit_token": "...", "tools": [{"name": "list", "input_schema": {...}}],
     "tool_choice": {"type": "any"},
     "messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Well"}], ...}

Instead: leave out the last message.
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.prefill import last_words
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("member:fallback_credit_token",),
    source="Python SDK (fallback_credit_token); docs: build-with-claude/fallback-credit, structured-outputs",
    checked="2026-11-28",
)


def check(request: Request) -> Iterator[Problem]:
    if request.params.get("fallback_credit_token") is None:
        return
    words = last_words(request)
    shape = _shape(request)
    if words is not None and shape is not None:
        yield Problem(
            pointer=("params", "messages", words.message),
            message=f"a partial answer cannot be continued with a fallback credit where there is {shape}",
            help="remove the last message, and send the request as it was refused",
            severity="warning" if words.may_resume else None,
        )


def _shape(request: Request) -> str | None:
    """What is in the way; a forced tool is not, where the model takes prefill anyway: the token is ignored."""
    config = request.params.get("output_config") or {}
    if config.get("format") is not None or request.params.get("output_format") is not None:
        return "an output format"
    forced = (request.params.get("tool_choice") or {}).get("type") in ("any", "tool")
    takes_prefill = request.model is None or request.model.accepts_prefill is not False
    return "a forced tool choice" if forced and not takes_prefill else None
