"""Prefixes that requests share: the tools and the system prompt, which a cache could hold for all of them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import NamedTuple

from batchlint.stats.measure import Measured

KEPT = 10_000
"""Different prefixes that are counted; where every request has its own, there is nothing to share."""
NAMED = 3


class Prefix(NamedTuple):
    """Tools and system prompt that several requests begin with."""

    model: str
    requests: int
    tokens: int
    """Estimated, of the prefix alone."""
    cached: bool
    """Whether the requests ask for caching, by any cache_control."""


class Prefixes:
    """Counts the requests by model, tools and system prompt."""

    def __init__(self) -> None:
        self._counts: Counter[bytes] = Counter()
        self._tokens: dict[bytes, tuple[str, int, bool]] = {}

    def add(self, request: Measured) -> None:
        """Counts a request under its prefix, if it has one."""
        prefix = {name: request.params[name] for name in ("tools", "system") if request.params.get(name)}
        if not prefix:
            return
        text = json.dumps([request.model, prefix])
        key = hashlib.blake2b(text.encode(), digest_size=16).digest()
        if key not in self._tokens:
            if len(self._tokens) >= KEPT:
                return
            from batchlint.tokens import estimate

            cached = '"cache_control": {' in text or request.params.get("cache_control") is not None
            self._tokens[key] = (request.model or "", estimate(prefix, request.model or "").tokens, cached)
        self._counts[key] += 1

    def shared(self) -> list[Prefix]:
        """The prefixes that most tokens of the batch stand in, each shared by at least two requests."""
        found = [
            Prefix(model, self._counts[key], tokens, cached) for key, (model, tokens, cached) in self._tokens.items()
        ]
        shared = (prefix for prefix in found if prefix.requests > 1)
        return sorted(shared, key=lambda prefix: prefix.requests * prefix.tokens, reverse=True)[:NAMED]
