"""How many tokens a request can have at most, known without tokenising."""

from __future__ import annotations

from batchlint.request import Request


def most_tokens(request: Request) -> int:
    """A number of input tokens that the estimate cannot exceed."""
    from batchlint.tokens import upper_bound

    return upper_bound(request.params, request.size, request.params.get("model") or "")
