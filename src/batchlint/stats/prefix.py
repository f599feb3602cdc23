"""Prefixes that requests share: the tools and the system prompt, which a cache could hold for all of them."""

from __future__ import annotations

import hashlib
import marshal
from collections import Counter
from typing import Any, NamedTuple

FIELDS = ("tools", "tool_choice", "system")
"""Fields of params whose tokens come before those of the messages."""
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


class PrefixOfRequest(NamedTuple):
    """The prefix of one request; requests with the same have equal ones."""

    digest: bytes
    model: str
    tokens: int
    cached: bool


def prefix_of(params: dict[str, Any], fields: dict[str, float]) -> PrefixOfRequest | None:
    """The prefix of a request whose fields have so many tokens; None where it has neither tools nor a system prompt."""
    parts = [params.get(name) for name in ("tools", "system")]
    if not any(parts):
        return None
    model = params.get("model") or ""
    try:
        text = marshal.dumps([model, *parts], 2)  # Version 2 writes equal values alike.
    except ValueError:  # nested too deep
        return None
    tokens = round(sum(fields.get(name, 0.0) for name in FIELDS))
    cached = b"cache_control" in text or params.get("cache_control") is not None
    return PrefixOfRequest(hashlib.blake2b(text, digest_size=16).digest(), model, tokens, cached)


class Prefixes:
    """Counts requests by their prefix."""

    def __init__(self) -> None:
        self._counts: Counter[bytes] = Counter()
        self._known: dict[bytes, PrefixOfRequest] = {}

    def add(self, prefix: PrefixOfRequest, requests: int = 1) -> None:
        """Counts so many requests under their prefix."""
        if prefix.digest not in self._known:
            if len(self._known) >= KEPT:
                return
            self._known[prefix.digest] = prefix
        self._counts[prefix.digest] += requests

    def merge(self, other: Prefixes) -> None:
        """Takes what was counted elsewhere."""
        for digest, prefix in other._known.items():
            self.add(prefix, other._counts[digest])

    def shared(self) -> list[Prefix]:
        """The prefixes that at least two requests share, those first in which most tokens of the batch are."""
        found = [
            Prefix(prefix.model, self._counts[digest], prefix.tokens, prefix.cached)
            for digest, prefix in self._known.items()
            if self._counts[digest] > 1
        ]
        return sorted(found, key=lambda prefix: prefix.requests * prefix.tokens, reverse=True)
