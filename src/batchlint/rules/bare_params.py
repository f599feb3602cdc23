"""The body of a single request, without custom_id and params around it.

A request of a batch is an object with two fields: `custom_id`, by which its result is found, and `params`, which holds
what a single request has as its body.

The API answers at once, and nothing of the batch runs: `requests.0.custom_id: Field required`.

Example:

    {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}

Instead:

    {"custom_id": "a", "params": {"model": "claude-opus-4-8", "max_tokens": 1024, "messages": [...]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from batchlint.analysis.foreign_items import foreign_item
from batchlint.edits import Copied, Fix, Replace, unsafe
from batchlint.rule import Metadata, Problem
from batchlint.sources.item import Item

META = Metadata(
    severity="error",
    impact="batch",
    since="0.1.0",
    triggers=("refused-item",),
    source="live capture 2026-09-02; API reference: create a Message Batch",
    checked="2026-11-23",
    fixes=("unsafe",),
)

PARAMS = {"model", "max_tokens", "messages"}
"""What params have to have."""


def check(item: Item) -> Iterator[Problem]:
    for problem in foreign_item(item, "params"):
        yield problem._replace(fix=_fix(item))


def _fix(item: Item) -> Fix | None:
    """The params with an id around them: the one that is among them, or one of the place and the content."""
    if not item.value.keys() >= PARAMS:
        return None
    if "custom_id" not in item.value:
        from hashlib import sha256

        made = f"request-{item.index + 1}-{sha256(item.raw).hexdigest()[:8]}"
        return unsafe(Replace((), {"custom_id": made, "params": Copied(())}))
    params = {name: Copied((name,)) for name in item.value if name != "custom_id"}
    return unsafe(Replace((), {"custom_id": Copied(("custom_id",)), "params": params}))
