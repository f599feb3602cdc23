"""A request of more input tokens than the model's context window.

The tokens are estimated: it is an error where even the lower end of the estimate is over the window, a warning where
the estimate is. `max_tokens` is not added: current models take a request whose answer would not fit, and stop when the
window is full.

The API then answers, for that request only and hours later: `prompt is too long: 208656 tokens > 200000 maximum`.

Example: a request with a document of 1,200,000 characters for claude-haiku-4-5.

Instead: a shorter document, several requests, or a model with a larger window (`batchlint models` lists them).
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.token_bounds import between, most_tokens
from batchlint.finding import pointer_text
from batchlint.request import Request
from batchlint.rule import Metadata, Problem

META = Metadata(
    severity="error",
    impact="request",
    since="0.1.0",
    triggers=("large-request",),
    source="docs: about-claude/models/overview, build-with-claude/context-windows; issue threads of 2026",
    checked="2026-11-23",
)


def check(request: Request) -> Iterator[Problem]:
    window = request.model.context_window if request.model is not None else None
    if window is None or request.once(most_tokens) <= window:
        return
    from batchlint.tokens import largest_parts, over_limit

    model = request.params.get("model") or ""
    found = over_limit(request.params, request.size, model, window, request.options.betas)
    if found is None or found.tokens <= window:
        return
    sure = found.low > window
    named = (
        f"{pointer_text(part.pointer[1:])} ({part.what}, {part.tokens:,})"
        for part in largest_parts(request.params, model)
    )
    yield Problem(
        pointer=("params",),
        message=(
            f"{'' if sure else 'probably '}longer than the context window of {model}, {window:,} tokens: "
            f"about {found.tokens:,} ({between(found)})"
        ),
        help=f"largest: {', '.join(named)}; shorten them, or use a model with a larger window",
        api_error=f"prompt is too long: {found.tokens} tokens > {window} maximum",
        severity=None if sure else "warning",
    )
