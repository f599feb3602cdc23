"""What a run is told from outside the file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

DEFAULT_TOKEN_LIMIT = 80_000
"""Tokens a request: a house limit of this project, not the API's (the page of `token-limit` says so)."""


class Options:
    """The things outside the file on which its verdict hangs, and the house limits."""

    __slots__ = (
        "api_version",
        "as_of",
        "betas",
        "exact_tokens",
        "max_request_bytes",
        "max_tokens_per_request",
        "strict",
    )

    def __init__(
        self,
        api_version: str | None = None,
        betas: frozenset[str] | None = None,
        as_of: datetime.date | None = None,
        max_tokens_per_request: int = DEFAULT_TOKEN_LIMIT,
        max_request_bytes: int | None = None,
        strict: bool = False,
        exact_tokens: Mapping[str, int] | None = None,
    ) -> None:
        self.api_version = api_version
        """The `anthropic-version` of the batch; None: not known, so what only one version refuses is a warning."""
        self.betas = betas
        """The `anthropic-beta` headers of the batch; None: not known, an empty set: there are none."""
        self.as_of = as_of or datetime.date.today()
        """The day of submission; not given: today."""
        self.max_tokens_per_request = max_tokens_per_request
        """Estimated input tokens that one request may have; 0: no limit."""
        self.max_request_bytes = max_request_bytes
        """Bytes that one request may have; None: no limit."""
        self.strict = strict
        """Warnings fail too, and what is only possible is said."""
        self.exact_tokens = exact_tokens
        """Input tokens as the API counts them, by the digest of params (`batchlint.exact_tokens`); None: not asked."""
