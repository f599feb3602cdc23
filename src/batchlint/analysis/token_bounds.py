"""How many tokens a request can have at most, known without tokenising."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batchlint.request import Request

if TYPE_CHECKING:
    from batchlint.tokens import Estimate


def most_tokens(request: Request) -> int:
    """A number of input tokens that the estimate cannot exceed, found by looking at the characters of its texts."""
    from batchlint.tokens import closer_bound

    return closer_bound(request.params, request.params.get("model") or "")


def between(found: Estimate) -> str:
    """The two ends of an estimate in words, and what it was made with."""
    how = "" if found.exact_text else "; from characters alone, as this installation has no token ranks"
    return f"{found.low:,} to {found.high:,}, tokenizer {found.generation}{how}"
