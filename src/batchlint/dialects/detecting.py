"""Which dialect a file is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batchlint.facts.platform import Platform
    from batchlint.sources.reader import ItemSource

OWN = "anthropic"
"""The dialect of the Claude API's Message Batches."""


DIALECTS = ("auto", OWN, "bedrock", "vertex")
"""What `--dialect` takes: `platforms.toml` has the others."""


def platform_of(source: ItemSource, dialect: str) -> Platform | None:
    """The other platform that a file is for; None: the Claude API. `auto` is decided by the first item."""
    if dialect == OWN:
        return None
    if dialect == "auto":
        return platform_of_item(source.first_object)
    from batchlint.facts import platforms

    return platforms().by_key[dialect]


def dialect_of(source: ItemSource, dialect: str) -> str:
    """The dialect of a file, where `auto` is decided by its first item."""
    platform = platform_of(source, dialect)
    return OWN if platform is None else platform.key


def irregularities_of(source: ItemSource | None) -> frozenset[str]:
    """Kinds of what is odd about a file that belongs to a file of such items, whatever API they are for."""
    first = None if source is None else source.first_object
    if first is None or "params" in first:
        return frozenset()
    from batchlint.facts import dialects

    found = dialects().of_item(first)
    return frozenset() if found is None else found.irregularities


def platform_of_item(value: Any) -> Platform | None:
    """The other platform whose batches have such lines."""
    if not isinstance(value, dict) or "params" in value:
        return None
    from batchlint.facts import dialects, platforms

    found = dialects().of_item(value)
    return found and platforms().of_item(found.key)
