"""What caching a shared prefix would save."""

from __future__ import annotations

from batchlint.stats.prefix import Prefix


def saved_by_caching(prefix: Prefix) -> float | None:
    """US dollars at batch prices, at most; 0 for a prefix that is too short to be cached, None without a price.

    One request writes the prefix to the cache of five minutes, which costs more, and all others read it.
    """
    from batchlint.facts import models, prices

    model = models().find(prefix.model) if prefix.model else None
    price = prices().find(model.id) if model is not None else None
    if model is None or price is None:
        return None
    if prefix.tokens < (model.minimum_cached_prefix or 0):
        return 0.0
    factors = prices().modifiers
    read = factors.cache_read if price.cache_read is None else price.cache_read
    shares = (prefix.requests - 1) * (1 - read) - (factors.cache_write_5m - 1)
    return max(price.cost(prefix.tokens * shares, 0, prefix.tokens), 0.0)
