"""What a run is told from outside the file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from batchlint.facts import Model

DEFAULT_TOKEN_LIMIT = 80_000
"""Tokens a request: a house limit of this project, not the API's (the page of `token-limit` says so)."""
DEFAULT_ITEM_LIMIT = 64 << 20
"""Bytes of a request: twice what the API takes of one outside a batch."""


class Options:
    """The things outside the file on which its verdict hangs, and the house limits."""

    __slots__ = (
        "api_version",
        "as_of",
        "betas",
        "betas_like",
        "exact_tokens",
        "max_item_bytes",
        "max_request_bytes",
        "max_tokens_per_request",
        "models",
        "strict",
    )

    def __init__(
        self,
        api_version: str | None = None,
        betas: frozenset[str] | None = None,
        as_of: datetime.date | None = None,
        max_tokens_per_request: int = DEFAULT_TOKEN_LIMIT,
        max_request_bytes: int | None = None,
        max_item_bytes: int | None = DEFAULT_ITEM_LIMIT,
        strict: bool = False,
        exact_tokens: Mapping[str, int] | None = None,
        models: Mapping[str, str | None] | None = None,
        betas_like: Mapping[str, str] | None = None,
    ) -> None:
        self.api_version = api_version
        """The `anthropic-version` of the batch; None: not known, so what only one version refuses is a warning."""
        self.betas = betas
        """The `anthropic-beta` headers of the batch; None: not known, an empty set: there are none."""
        self.as_of = as_of or datetime.date.today()
        """The day of submission; not given: today."""
        self.max_tokens_per_request = max_tokens_per_request
        """Estimated input tokens that one request may have; 0: no limit."""
        self.max_item_bytes = max_item_bytes
        """Bytes of the largest request that is read; a larger one is refused unread. None: all are read."""
        self.max_request_bytes = max_request_bytes
        """Bytes that one request may have; None: no limit."""
        self.strict = strict
        """Warnings fail too, and what is only possible is said."""
        self.exact_tokens = exact_tokens
        """Input tokens as the API counts them, by the digest of params (`batchlint.tokens.exact`); None: not asked."""
        self.models = models or {}
        """Ids of models that are newer than this version, each with the known one that it is like, or None."""
        self.betas_like = betas_like or {}
        """Headers that are newer than this version, each with the known one that it opens the same as."""

    @property
    def opening(self) -> frozenset[str] | None:
        """The headers of the batch, and beside each newer one the known one that it is like; None: not known."""
        if self.betas is None or not self.betas_like:
            return self.betas
        return self.betas | {like for header, like in self.betas_like.items() if header in self.betas}

    def model(self, model_id: str) -> Model | None:
        """What is known of a model: from the facts, or else from what these options say of it; None: nothing at all."""
        from batchlint.facts import models

        found = models().find(model_id)
        if found is not None or model_id not in self.models:
            return found
        from batchlint.facts.model import newer_model

        like = self.models[model_id]
        return newer_model(model_id, None if like is None else models().find(like))
