"""What a run is told from outside the file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT_TOKEN_LIMIT = 80_000
"""Tokens a request: a house limit of this project, not the API's (the page of `token-limit` says so)."""


@dataclass(frozen=True, slots=True)
class Options:
    """The things outside the file on which its verdict hangs, and the house limits."""

    api_version: str | None = None
    """The `anthropic-version` of the batch; None: not known, so what only one version refuses is a warning."""
    betas: frozenset[str] | None = None
    """The `anthropic-beta` headers of the batch; None: not known, an empty set: there are none."""
    as_of: datetime.date = field(default_factory=datetime.date.today)
    """The day of submission."""
    max_tokens_per_request: int = DEFAULT_TOKEN_LIMIT
    """Estimated input tokens that one request may have; 0: no limit."""
    max_request_bytes: int | None = None
    """Bytes that one request may have; None: no limit."""
    strict: bool = False
    """Warnings fail too, and what is only possible is said."""
    exact_tokens: Mapping[str, int] | None = None
    """Input tokens as the API counts them, by the digest of params (`batchlint.exact_tokens`); None: not asked."""
