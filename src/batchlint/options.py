"""Options: everything outside the file on which its findings depend."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchlint.facts import Model
    from batchlint.facts.platform import Platform

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
        "dialect",
        "exact_tokens",
        "job_model",
        "max_item_bytes",
        "max_request_bytes",
        "max_tokens_per_request",
        "models",
        "platform",
        "strict",
        "whole_job",
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
        dialect: str = "auto",
        job_model: str | None = None,
        whole_job: bool = False,
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
        self.dialect = dialect
        """`auto`, `anthropic`, or a platform of `platforms.toml`: how the lines of the files are written."""
        self.job_model = job_model
        """The model of the whole batch, where a platform's requests name none; None: not known."""
        self.whole_job = whole_job
        """Whether the files of the run are all that the job has."""
        self.platform: Platform | None = None
        """The other platform whose dialect a file is written in; None: it is for the Claude API."""

    def on(self, platform: Platform | None) -> Options:
        """The same for a file that is written in the dialect of another platform."""
        if platform is None:
            return self
        changed = copy.copy(self)
        changed.platform = platform
        changed.api_version = platform.api_version
        changed.betas = frozenset()
        return changed

    def of_body(self, body: Mapping[str, Any]) -> Options:
        """The same for one request: on other platforms its own body says which beta headers it has."""
        betas = self.platform and body.get(self.platform.betas_field)
        if not isinstance(betas, list) or not all(isinstance(name, str) for name in betas):
            return self
        changed = copy.copy(self)
        changed.betas = frozenset(betas)
        return changed

    @property
    def image_base64_length(self) -> int:
        """Characters that an image may have as base64."""
        from batchlint.facts import limits

        return limits().image.base64_length if self.platform is None else self.platform.limits.image_base64_length

    @property
    def opening(self) -> frozenset[str] | None:
        """The headers of the batch, and next to each newer one the known one that it is like; None: not known."""
        if self.betas is None or not self.betas_like:
            return self.betas
        return self.betas | {like for header, like in self.betas_like.items() if header in self.betas}

    def model(self, model_id: str) -> Model | None:
        """The facts about a model, or else what these options say about it; None: nothing is known."""
        from batchlint.facts import models

        found = models().find(model_id)
        if found is not None or model_id not in self.models:
            return found
        from batchlint.facts.model import newer_model

        like = self.models[model_id]
        return newer_model(model_id, None if like is None else models().find(like))
